package dossier

import (
	"strings"

	"github.com/shopspring/decimal"

	"briefing/internal/diag"
)

// A Rate is what one unit of a currency was worth in another on a day, as a source gives it.
type Rate struct {
	Date Date
	// Base and Quote are codes of ISO 4217: one unit of Base was worth Value units of Quote.
	Base, Quote string
	Value       decimal.Decimal
	Source      ID
	// At is where the line begins, SourceAt where the source stands in it.
	At, SourceAt diag.Mark
}

// Rates are the exchange rates of a site. The zero Rates are those of a site that converts nothing.
type Rates struct {
	// File is where they are written; empty where the site has no such file.
	File string
	List []Rate
	// Broken means that some could not be read, so that one that is missing is no further problem.
	Broken bool
}

// Table returns the columns of a rate.
func (r *Rate) Table() Table {
	return Table{
		required(Field{Key: "date", Doc: "The day.", Example: "2025-06-04", Slot: onDay(&r.Date)}),
		required(Field{Key: "pair", Doc: "The currencies: of EUR/USD the rate says what one euro is in dollars.", Example: "EUR/USD", Slot: pair(&r.Base, &r.Quote)}),
		required(Field{Key: "rate", Doc: "What one unit of the first currency was in units of the second.", Example: "1.25", Slot: rate(&r.Value)}),
		required(Field{Key: "source", Doc: "What says so.", Example: "guardian-2025-06-04-europe-live", Slot: ref(&r.Source, KindSource).placed(&r.SourceAt)}),
	}
}

// Pair returns the currencies as they are written.
func (r *Rate) Pair() string { return r.Base + "/" + r.Quote }

// Text returns the rate in words: "1 EUR = 0.8405 GBP".
func (r *Rate) Text() string { return "1 " + r.Base + " = " + Digits(r.Value) + " " + r.Quote }

// onDay takes a certain day.
func onDay(p *Date) Scalar {
	return Scalar{Type: DateType, Get: func() string { return p.String() }, Set: func(s string) *Fault {
		d, fault := ParseDate(s)
		if fault == nil && !d.IsDay() {
			fault = faultf(diag.BadDate, "write the day of the rate, such as 2025-06-04", "%q is not a certain day", s)
		}
		if fault == nil {
			*p = d
		}
		return fault
	}}
}

// pair takes two currencies joined by a slash.
func pair(base, quote *string) Scalar {
	return Scalar{Type: Text, Get: func() string { return strings.Trim(*base+"/"+*quote, "/") }, Set: func(s string) *Fault {
		first, second, found := strings.Cut(s, "/")
		if !found {
			return faultf(diag.BadValue, pairHint(s), "%q is not a pair of currencies", s)
		}
		for _, code := range []string{first, second} {
			if fault := currencyCode(new(string)).(Scalar).Set(code); fault != nil {
				return fault
			}
		}
		if first == second {
			return faultf(diag.BadValue, "remove the line: what a currency is in itself needs no rate", "%q names one currency twice", s)
		}
		*base, *quote = first, second
		return nil
	}}
}

// pairHint says how to write a pair.
func pairHint(s string) string {
	letters := strings.Map(func(r rune) rune {
		if r < 'A' || r > 'Z' {
			return -1
		}
		return r
	}, strings.ToUpper(s))
	if len(letters) == 6 {
		return "write " + letters[:3] + "/" + letters[3:]
	}
	return "write two codes of ISO 4217 with a slash, such as EUR/USD"
}

// maxRate bounds a rate, and its inverse: the smallest of units has been worth a millionth of the greatest, and what lies further apart is
// a slip of the decimal point.
var maxRate = decimal.New(1, 7)

// rate takes a number that can be a rate.
func rate(p *decimal.Decimal) Scalar {
	get := func() string {
		if p.IsZero() {
			return ""
		}
		return p.String()
	}
	return Scalar{Type: Number, Get: get, Set: func(s string) *Fault {
		d, fault := parseNumber(s)
		switch {
		case fault != nil:
			fault.Hint = "write a plain decimal number, such as 1.0825"
		case d.IsZero():
			fault = faultf(diag.BadNumber, "write what one unit of the first currency is in the second", "a rate of nothing")
		case d.GreaterThan(maxRate) || d.Mul(maxRate).LessThan(decimal.NewFromInt(1)):
			fault = faultf(diag.BadNumber, "check the decimal point, and which currency comes first", "no two currencies are %s apart", s)
		}
		if fault == nil {
			*p = d
		}
		return fault
	}}
}
