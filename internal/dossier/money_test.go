package dossier

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

// mustRange reads "5", "5..", "..5" or "5..10", and a wording after a bar.
func mustRange(t testing.TB, s string) Range {
	t.Helper()
	var r Range
	s, r.Wording, _ = strings.Cut(s, "|")
	low, high, bounds := strings.Cut(s, "..")
	if !bounds {
		high = low
	}
	for _, b := range []struct {
		text string
		p    *decimal.Decimal
		has  *bool
	}{{low, &r.Min, &r.HasMin}, {high, &r.Max, &r.HasMax}} {
		if b.text == "" {
			continue
		}
		d, fault := parseNumber(b.text)
		if fault != nil {
			t.Fatal(fault.Msg)
		}
		*b.p, *b.has = d, true
	}
	return r
}

func TestNumberText(t *testing.T) {
	tests := []struct{ in, text, digits string }{
		{"0", "0", "0"},
		{"7", "7", "7"},
		{"999", "999", "999"},
		{"1000", "1,000", "1,000"},
		{"85000", "85,000", "85,000"},
		{"999999", "999,999", "999,999"},
		{"1000000", "1 million", "1,000,000"},
		{"1850000", "1.85 million", "1,850,000"},
		{"1234567", "1,234,567", "1,234,567"},
		{"350000000", "350 million", "350,000,000"},
		{"4500000000", "4.5 billion", "4,500,000,000"},
		{"1234500000", "1,234.5 million", "1,234,500,000"},
		{"1234567890", "1,234,567,890", "1,234,567,890"},
		{"126000000000", "126 billion", "126,000,000,000"},
		{"1200000000000", "1,200 billion", "1,200,000,000,000"},
		{"66.5", "66.5", "66.5"},
		{"1234.50", "1,234.5", "1,234.5"},
		{"28.0", "28", "28"},
		{"1_000_000", "1 million", "1,000,000"},
		{"007", "7", "7"},
	}
	for _, test := range tests {
		d, fault := parseNumber(test.in)
		if fault != nil {
			t.Errorf("%s: %s", test.in, fault.Msg)
			continue
		}
		if NumberText(d) != test.text || Digits(d) != test.digits {
			t.Errorf("%s is %q, %q; want %q, %q", test.in, NumberText(d), Digits(d), test.text, test.digits)
		}
	}
	if got := MoneyText(decimal.RequireFromString("5000000.5"), "EUR"); got != "€5,000,000.50" {
		t.Errorf("cents are %q", got)
	}
	if got := MoneyText(decimal.NewFromInt(-4_500_000), "GBP"); got != "−£4.5 million" {
		t.Errorf("got %q", got)
	}
}

func TestParseNumberFaults(t *testing.T) {
	const plain = "write plain digits, such as 4500000000"
	tests := []struct{ in, hint string }{
		{"4.5bn", "write 4500000000"},
		{"4.5 billion", "write 4500000000"},
		{"£350m", "write 350000000"},
		{"1,000,000", "write 1000000"},
		{"1 000 000", "write 1000000"},
		{"10k", "write 10000"},
		{"1e30", plain},
		{"10^30", plain},
		{"0x10", plain},
		{"1.2.3", plain},
		{"1.", "write 1"},
		{".5", "write 0.5"},
		{"_1", "write plain digits, such as 4500000000"},
		{"1__0", plain},
		{"1.", "write 1"},
		{".5", "write 0.5"},
		{"", plain},
		{"NaN", plain},
		{"٢٨", plain},
		{"-5", "write it without the minus; what was taken back is a step with stage: withdrawn"},
		{"1234567890123456", "check the number of digits"},
		{"0.1234567890123456", "check the number of digits"},
	}
	for _, test := range tests {
		d, fault := parseNumber(test.in)
		if fault == nil {
			t.Errorf("%q is %s, want a fault", test.in, d)
		} else if fault.Hint != test.hint {
			t.Errorf("%q: %s; %s; want %s", test.in, fault.Msg, fault.Hint, test.hint)
		}
	}
}

func TestAmountText(t *testing.T) {
	tests := []struct{ in, currency, per, want string }{
		{"350000000", "GBP", "", "£350 million"},
		{"66500000000..|more than 66.5", "USD", "", "more than US$66.5 billion"},
		{"40..", "EUR", "", "at least €40"},
		{"..500000000", "EUR", "", "up to €500 million"},
		{"1000..1200", "EUR", "", "between €1,000 and €1,200"},
		{"1000000000", "EUR", PerYear, "€1 billion a year"},
		{"35000000|almost 35 million", "CAD", "", "almost CAD 35 million"},
		{"5|the odd five", "SEK", "", "SEK 5 (the odd five)"},
		{"|several millions", "EUR", "", "several millions"},
	}
	for _, test := range tests {
		r := mustRange(t, test.in)
		if strings.HasPrefix(test.in, "|") {
			r = Range{Wording: test.in[1:]}
		}
		a := Amount{Range: r, Currency: test.currency, Per: test.per}
		if got := a.Text(); got != test.want {
			t.Errorf("%s is %q, want %q", test.in, got, test.want)
		}
	}
}

// TestRangeArithmetic adds, and takes away, bound by bound.
func TestRangeArithmetic(t *testing.T) {
	tests := []struct{ a, b, sum, less string }{
		{"100", "30", "between 130 and 130", "70"},
		{"100", "30..", "at least 130", "between 0 and 70"},
		{"100..", "30", "at least 130", "at least 70"},
		{"100..", "30..40", "at least 130", "at least 60"},
		{"..100", "30", "between 30 and 130", "up to 70"},
		{"..100", "..30", "up to 130", "up to 100"},
		{"100..120", "30..40", "between 130 and 160", "between 60 and 90"},
		{"100", "130", "230", "0"},
	}
	for _, test := range tests {
		a, b := mustRange(t, test.a), mustRange(t, test.b)
		sum, less := a.Add(b), a.Less(b)
		if want := strings.ReplaceAll(test.sum, "between 130 and 130", "130"); sum.Text() != want || b.Add(a).Text() != want {
			t.Errorf("%s + %s is %s and %s, want %s", test.a, test.b, sum.Text(), b.Add(a).Text(), want)
		}
		if less.Text() != test.less {
			t.Errorf("%s - %s is %s, want %s", test.a, test.b, less.Text(), test.less)
		}
		if !(Range{}).Add(a).Low().Equal(a.Low()) || a.Add(Range{}).HasMax != a.HasMax || a.Less(Range{}).Text() != a.Text() {
			t.Errorf("nothing changes %s", test.a)
		}
	}
	if !(Range{}).Add(Range{}).IsZero() {
		t.Error("nothing and nothing is something")
	}
}

// FuzzNumber checks that a number that is taken is printed, in digits, as a number of the same value.
func FuzzNumber(f *testing.F) {
	for _, s := range []string{"28", "4500000000", "1_000.50", "4.5bn", "1e30", "-5", "1,000", "0", "€5", "12 million"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, fault := parseNumber(s)
		if fault != nil {
			if fault.Hint == "" || fault.Msg == "" {
				t.Errorf("%q: %+v", s, fault)
			}
			if number, ok := strings.CutPrefix(fault.Hint, "write "); ok && allDigits(number) && len(number) <= maxDigits {
				if _, fault := parseNumber(number); fault != nil {
					t.Errorf("%q: the hint %q is wrong itself", s, number)
				}
			}
			return
		}
		again, fault := parseNumber(strings.ReplaceAll(Digits(d), ",", ""))
		if fault != nil || !again.Equal(d) || d.IsNegative() {
			t.Errorf("%q is %s, printed %s", s, d, Digits(d))
		}
		if text := NumberText(d); text == "" || strings.Contains(text, "e") {
			t.Errorf("%q is %q in words", s, text)
		}
	})
}
