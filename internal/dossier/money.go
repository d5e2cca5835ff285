package dossier

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"briefing/internal/diag"
)

// A Range is an exact number, or one known only by a bound: Value alone, Min alone ("more than"), Max alone ("up to"), or Min and
// Max. The zero Range is no number.
type Range struct {
	// Min and Max are equal where the number is exact, and zero where they are not known.
	Min, Max decimal.Decimal
	HasMin   bool
	HasMax   bool
	// Wording is the source's words where the number is not exact.
	Wording string
}

// IsZero reports whether r holds no number.
func (r Range) IsZero() bool { return !r.HasMin && !r.HasMax }

// IsExact reports whether r is a single number.
func (r Range) IsExact() bool { return r.HasMin && r.HasMax && r.Min.Equal(r.Max) }

// Low returns the least that r may mean: zero where only a maximum is known. No number of a dossier is less than zero.
func (r Range) Low() decimal.Decimal { return r.Min }

// High returns the most that is known of r: its minimum where it has no maximum.
func (r Range) High() decimal.Decimal {
	if r.HasMax {
		return r.Max
	}
	return r.Min
}

// Add returns the sum of two ranges, bound by bound. Where one of the two has no maximum, nor has the sum. No wording is kept.
func (r Range) Add(s Range) Range {
	r.Wording, s.Wording = "", ""
	switch {
	case r.IsZero():
		return s
	case s.IsZero():
		return r
	}
	sum := Range{Min: r.Min.Add(s.Min), HasMin: r.HasMin || s.HasMin, HasMax: r.HasMax && s.HasMax}
	switch {
	case !sum.HasMax:
	case r.Min == r.Max && s.Min == s.Max: // most numbers are exact, and one addition does for both bounds
		sum.Max = sum.Min
	default:
		sum.Max = r.Max.Add(s.Max)
	}
	return sum
}

// Less returns what is left of r when s is taken away, but never less than nothing: at the least what the most of s leaves, which is
// nothing where s has no most, and at the most what the least of s leaves. No wording is kept.
func (r Range) Less(s Range) Range {
	if s.IsZero() {
		return r
	}
	least := decimal.Zero
	if s.HasMax {
		least = decimal.Max(r.Min.Sub(s.Max), least)
	}
	r.Min, r.Max = least, decimal.Max(r.Max.Sub(s.Low()), decimal.Zero)
	r.Wording = ""
	return r
}

// Times returns r by a factor and through a divisor, both greater than nothing, bound by bound. It is exact but where the division does not
// come out even: then it ends thirty places behind the point, which no sum of rows can bring into sight. No wording is kept.
func (r Range) Times(factor, divisor decimal.Decimal) Range {
	times := func(d decimal.Decimal) decimal.Decimal {
		if d = d.Mul(factor); divisor.Equal(decimal.NewFromInt(1)) {
			return d
		}
		return d.DivRound(divisor, 2*maxDigits)
	}
	return Range{Min: times(r.Min), Max: times(r.Max), HasMin: r.HasMin, HasMax: r.HasMax}
}

// Whole returns r with its bounds rounded to whole units.
func (r Range) Whole() Range {
	r.Min, r.Max = r.Min.Round(0), r.Max.Round(0)
	return r
}

// Short returns r with its bounds rounded to as many digits as words have room for: to millions from a billion up, to thousands from a
// million up, else to whole units.
func (r Range) Short() Range {
	short := func(d decimal.Decimal) decimal.Decimal {
		for _, places := range []int32{-6, -3} {
			if d = d.Round(0); d.Shift(places - 3).GreaterThanOrEqual(decimal.NewFromInt(1)) {
				return d.Round(places)
			}
		}
		return d
	}
	r.Min, r.Max = short(r.Min), short(r.Max)
	return r
}

// Text returns r in words: "350 million", "about 85,000", "more than 40", "between 1,000 and 1,200".
func (r Range) Text() string { return r.phrase(NumberText) }

// phrase puts r in words, with each number as written by number. A wording that begins with a common qualifier gives the qualifier;
// any other follows in brackets. Where there is a greatest number and no exact one, the numbers alone say what is known.
func (r Range) phrase(number func(decimal.Decimal) string) string {
	qualifier, rest := qualifier(r.Wording), ""
	if qualifier == "" && r.Wording != "" {
		rest = " (" + r.Wording + ")"
	}
	switch {
	case r.IsZero():
		return r.Wording
	case r.IsExact():
		return qualifier + number(r.Min) + rest
	case !r.HasMax && qualifier != "":
		return qualifier + number(r.Min)
	case !r.HasMax:
		return "at least " + number(r.Min) + rest
	case !r.HasMin:
		return "up to " + number(r.Max)
	}
	return "between " + number(r.Min) + " and " + number(r.Max)
}

// Digits returns r in digits, in a form that a reader with a pencil can add up: "4,500,000,000", "at least 40", "between 1,000 and 1,200".
// The wording of the source is left out.
func (r Range) Digits() string {
	r.Wording = ""
	return r.phrase(Digits)
}

// qualifiers are the words before a number that say how exact it is.
var qualifiers = []string{
	"about", "almost", "approximately", "around", "at least", "more than", "nearly", "over", "roughly", "some", "close to", "well over",
}

// qualifier returns the qualifier with which a wording begins, and a space; or "".
func qualifier(wording string) string {
	lower := strings.ToLower(wording)
	for _, q := range qualifiers {
		if lower == q || strings.HasPrefix(lower, q+" ") {
			return q + " "
		}
	}
	return ""
}

// rangeFields returns the keys of a number, and of its bounds. Of keys that exclude each other the first counts, until an editor has
// removed one.
func (r *Range) rangeFields() Table {
	return Table{
		{Key: "value", Doc: "The number, where one is given.", Example: "100000", Excludes: []string{"min", "max"}, Slot: number(r.exact, func(d decimal.Decimal) {
			if r.IsZero() {
				r.Min, r.Max, r.HasMin, r.HasMax = d, d, true, true
			}
		})},
		{Key: "min", Doc: "The least it may be: “more than”, “at least”.", Example: "85000", Slot: r.bound(&r.Min, &r.HasMin)},
		{Key: "max", Doc: "The most it may be: “up to”.", Example: "1200", Slot: r.bound(&r.Max, &r.HasMax)},
	}
}

// numbered returns t, which begins with the fields of a range, with one of them required, or else the source's words.
func (t Table) numbered() Table {
	t[0].Unless = []string{"min", "max", "wording"}
	return t
}

// wordingField is the key for the words of a source. It stands apart from rangeFields, so that it comes behind the currency.
func wordingField(r *Range) Field {
	return Field{Key: "wording", Doc: "The source’s own words where the number is not exact.", Example: "more than 85,000", Slot: text(&r.Wording)}
}

// Check reports bounds that exclude each other.
func (r *Range) Check(report Report) {
	if r.HasMin && r.HasMax && r.Max.LessThan(r.Min) {
		report(faultf(diag.Contradiction, "write the smaller one as min", "the greatest, %s, is less than the least, %s", r.Max, r.Min), "max")
	}
}

// exact returns the number in digits where it is exact.
func (r *Range) exact() string {
	if !r.IsExact() {
		return ""
	}
	return r.Min.String()
}

// bound takes one end of the range, unless a value has set it. The bounds of an exact number need not be written.
func (r *Range) bound(p *decimal.Decimal, has *bool) Slot {
	get := func() string {
		if !*has || r.IsExact() {
			return ""
		}
		return p.String()
	}
	return number(get, func(d decimal.Decimal) {
		if !*has {
			*p, *has = d, true
		}
	})
}

// number takes a number that is not less than nothing.
func number(get func() string, set func(decimal.Decimal)) Slot {
	return Scalar{Type: Number, Get: get, Set: func(s string) *Fault {
		d, fault := parseNumber(s)
		if fault == nil {
			set(d)
		}
		return fault
	}}
}

// maxDigits bounds the digits of a number before the point, and behind it: a thousand trillion is more than any pledge, so that what comes
// to more is a slip, which one row would carry into every total.
const maxDigits = 15

// parseNumber reads plain decimal digits, in which underscores may stand between digits.
func parseNumber(s string) (decimal.Decimal, *Fault) {
	whole, fraction, point := strings.Cut(s, ".")
	switch bare := strings.ReplaceAll(whole, "_", ""); {
	case strings.HasPrefix(s, "-"):
		return decimal.Decimal{}, faultf(diag.BadNumber, "write it without the minus; what was taken back is a step with stage: withdrawn", "%q is less than nothing", s)
	case !allDigits(bare) || point && !allDigits(fraction) || strings.HasPrefix(s, "_") || strings.HasSuffix(whole, "_") || strings.Contains(s, "__"):
		return decimal.Decimal{}, faultf(diag.BadNumber, numberHint(s), "%q is not a number", s)
	case len(strings.TrimLeft(bare, "0")) > maxDigits || len(fraction) > maxDigits:
		return decimal.Decimal{}, faultf(diag.BadNumber, "check the number of digits", "%q has more than %d digits before or behind the point, and no pledge comes near a thousand trillion", s, maxDigits)
	default:
		if point {
			bare += "." + fraction
		}
		return decimal.RequireFromString(bare), nil
	}
}

// scales are words and letters that editors put behind a number, and how many zeros they stand for.
var scales = []struct {
	suffix string
	zeros  int32
}{
	{"billion", 9}, {"million", 6}, {"thousand", 3}, {"bn", 9}, {"mn", 6}, {"mln", 6}, {"b", 9}, {"m", 6}, {"k", 3}, {"", 0},
}

// stopped is a number whose digits are grouped by stops, as in 2.000.000. One group alone may be a fraction.
var stopped = regexp.MustCompile(`^\d{1,3}(\.\d{3}){2,}$`)

// numberHint says how to write a number.
func numberHint(s string) string {
	if stopped.MatchString(s) {
		s = strings.ReplaceAll(s, ".", "")
	}
	bare := strings.ToLower(strings.NewReplacer(",", "", " ", "", "\u00a0", "", "\u202f", "", "€", "", "$", "", "£", "").Replace(s))
	for _, scale := range scales {
		digits, found := strings.CutSuffix(bare, scale.suffix)
		whole, fraction, _ := strings.Cut(digits, ".")
		if !found || !allDigits(whole+fraction) || len(digits) > maxDigits {
			continue
		}
		if d, err := decimal.NewFromString(digits); err == nil {
			return "write " + d.Shift(scale.zeros).String()
		}
	}
	return "write plain digits, such as 4500000000"
}

// allDigits reports whether s is one or more ASCII digits; those of other scripts would not sort or compare as text.
func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// The rates at which an Amount may be stated.
const (
	PerYear = "year"
	// PerPackage is for schemes in which donors buy packages of about one price, and how many is open.
	PerPackage = "package"
)

// An Amount is money, exact or known by its bounds, in one currency.
type Amount struct {
	Range
	// Currency is a code of ISO 4217. Sums of different currencies are never added.
	Currency string
	// Per is PerYear or PerPackage where the amount is a rate and no total; else empty.
	Per string
	// Basis is stated or estimate; empty means stated.
	Basis string
}

// Table returns the keys of an amount.
func (a *Amount) Table() Table {
	return append(a.rangeFields(), Table{
		required(Field{Key: "currency", Doc: "The currency in which it was stated, by ISO 4217.", Example: "EUR", Slot: currencyCode(&a.Currency)}),
		{Key: "per", Doc: "Says that the sum is a rate, not a total; it is then in no total.", Example: PerYear, Slot: word(&a.Per, PerYear, PerPackage)},
		wordingField(&a.Range),
		{Key: "basis", Doc: "Whether the donor stated the sum or the source estimated it.", Example: "stated", Slot: word(&a.Basis, "stated", "estimate")},
	}...).numbered()
}

// Text returns a in words: "£350 million", "more than US$66.5 billion", "€1 billion a year".
func (a Amount) Text() string {
	if a.IsZero() {
		return a.Wording
	}
	s := a.phrase(func(d decimal.Decimal) string { return MoneyText(d, a.Currency) })
	if a.Per != "" {
		s += " a " + a.Per
	}
	return s
}

// MoneyText returns a sum in words: "£4.5 billion", "CAD 35 million". Of one in digits, cents are two digits: "€1,250.50".
func MoneyText(d decimal.Decimal, currency string) string {
	number := NumberText(d.Abs())
	if i := strings.IndexByte(number, '.'); i >= 0 && i == len(number)-2 {
		number += "0"
	}
	switch currency {
	case "EUR":
		return minus(d) + "€" + number
	case "GBP":
		return minus(d) + "£" + number
	case "USD":
		return minus(d) + "US$" + number
	}
	return minus(d) + currency + " " + number
}

// minus returns the sign of a negative number, as it is typeset.
func minus(d decimal.Decimal) string {
	if d.IsNegative() {
		return "−"
	}
	return ""
}

// NumberText returns a number in words where that loses nothing ("6.5 billion"), else in digits grouped by threes ("85,000").
func NumberText(d decimal.Decimal) string {
	whole, fraction, _ := strings.Cut(d.Abs().String(), ".")
	for _, unit := range []struct {
		zeros int
		word  string
	}{{9, " billion"}, {6, " million"}} {
		// Behind the point of the words three digits have room.
		if at := len(whole) - unit.zeros; at > 0 && fraction == "" && strings.Trim(whole[at+3:], "0") == "" {
			return minus(d) + grouped(whole[:at], strings.TrimRight(whole[at:at+3], "0")) + unit.word
		}
	}
	return minus(d) + grouped(whole, fraction)
}

// Digits returns a number in digits, grouped by threes: "1,850,000,000".
func Digits(d decimal.Decimal) string {
	whole, fraction, _ := strings.Cut(d.Abs().String(), ".")
	return minus(d) + grouped(whole, fraction)
}

// grouped returns the digits of a number before the point, grouped by threes, and those behind it, if there are any.
func grouped(whole, fraction string) string {
	b := make([]byte, 0, len(whole)+len(whole)/3+len(".")+len(fraction))
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b = append(b, ',')
		}
		b = append(b, whole[i])
	}
	if fraction != "" {
		b = append(append(b, '.'), fraction...)
	}
	return string(b)
}
