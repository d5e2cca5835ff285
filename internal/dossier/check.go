package dossier

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/currency"
	"golang.org/x/text/language"

	"briefing/internal/diag"
)

// quoteLimit is how many characters of a value a message shows.
const quoteLimit = 60

// faultf returns a fault whose message, and hint where it holds a verb, are formatted with args. Long texts are cut.
func faultf(code diag.Code, hint, format string, args ...any) *Fault {
	for i, arg := range args {
		if s, ok := arg.(string); ok && utf8.RuneCountInString(s) > quoteLimit {
			args[i] = string([]rune(s)[:quoteLimit]) + "…"
		}
	}
	if strings.Contains(hint, "%[") {
		hint = fmt.Sprintf(hint, args...)
	}
	return &Fault{Code: code, Msg: fmt.Sprintf(format, args...), Hint: hint}
}

// integer takes a whole number from 1 up, in digits alone. Where it stands is recorded, since two files may claim the same number.
func integer(p *int, at *diag.Mark) Slot {
	get := func() string {
		if *p == 0 {
			return ""
		}
		return strconv.Itoa(*p)
	}
	return Scalar{Type: Integer, At: at, Get: get, Set: func(s string) *Fault {
		n, err := strconv.Atoi(s)
		if err != nil || !allDigits(s) || n < 1 || n > 1_000_000 {
			return faultf(diag.BadNumber, "write it in digits, such as 28", "%q is not a whole number from 1 to a million", s)
		}
		*p = n
		return nil
	}}
}

// address takes an absolute web address.
func address(p *string) Slot {
	return Scalar{Type: Address, Get: got(p), Set: func(s string) *Fault {
		u, err := url.Parse(s)
		if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" || strings.ContainsAny(s, " <>\"[]{}|\\^`") {
			return faultf(diag.BadValue, addressHint(s), "%q is not a web address", s)
		}
		*p = s
		return nil
	}}
}

// addressHint says how to write an address.
func addressHint(s string) string {
	if u, err := url.Parse("https://" + s); err == nil && strings.Contains(u.Host, ".") && u.User == nil && !strings.ContainsAny(s, ": <>\"[]{}|\\^`") {
		return "write https://" + s
	}
	return "write it in full, as https://example.org/page, with %20 for a space, %5B for [ and %5D for ]"
}

// languageTag takes a BCP 47 tag.
func languageTag(p *string) Slot {
	return Scalar{Type: Language, Get: got(p), Set: func(s string) *Fault {
		if _, err := language.Parse(s); err != nil || strings.Contains(s, "_") {
			return faultf(diag.BadValue, "write a BCP 47 tag, such as en or uk", "%q is not a language tag", s)
		}
		*p = s
		return nil
	}}
}

// countries are the codes that ISO 3166-1 assigns, and XK, which stands for Kosovo by common use.
const countries = " AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ " +
	"CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE " +
	"GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP " +
	"KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF " +
	"NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN " +
	"SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT " +
	"ZA ZM ZW "

// country takes an ISO 3166-1 alpha-2 code.
func country(p *string) Slot {
	return Scalar{Type: Country, Get: got(p), Set: func(s string) *Fault {
		if len(s) != 2 || !strings.Contains(countries, " "+s+" ") {
			hint, meant := "write two capital letters of ISO 3166-1, such as UA", ""
			switch upper := strings.ToUpper(s); {
			case upper == "UK":
				hint, meant = "write GB, the code of the United Kingdom in ISO 3166-1", "GB"
			case len(s) == 2 && strings.Contains(countries, " "+upper+" "):
				hint, meant = "write "+upper, upper
			}
			return faultf(diag.BadValue, hint, "%q is not a country code", s).meant(meant)
		}
		*p = s
		return nil
	}}
}

// currencyCode takes an ISO 4217 code.
func currencyCode(p *string) Slot {
	return Scalar{Type: Money, Get: got(p), Set: func(s string) *Fault {
		if _, err := currency.ParseISO(s); err != nil || s != strings.ToUpper(s) || s == "XXX" || s == "XTS" {
			hint, meant := "write three capital letters of ISO 4217, such as EUR", ""
			if unit, err := currency.ParseISO(s); err == nil && unit.String() != s {
				hint, meant = "write "+unit.String(), unit.String()
			}
			return faultf(diag.BadValue, hint, "%q is not a currency code", s).meant(meant)
		}
		*p = s
		return nil
	}}
}

// slug takes a kebab-case word.
func slug(p *string) Slot {
	return Scalar{Type: Slug, Get: got(p), Set: func(s string) *Fault {
		if !ID(s).Valid() {
			return faultf(diag.BadValue, "write lower-case letters, digits and hyphens, such as air-defence", "%q is not in kebab-case", s)
		}
		*p = s
		return nil
	}}
}

// alias takes a former id.
func alias(p *Alias) Slot {
	return Scalar{Type: FormerID, At: &p.At, Get: got(&p.ID), Set: func(s string) *Fault {
		if !ID(s).Valid() {
			return faultf(diag.BadValue, "write a former id, in lower-case letters, digits and hyphens", "%q is not an id", s)
		}
		p.ID = ID(s)
		return nil
	}}
}

// span reports a time that ends before it begins, at the key "to".
func span(what string, from, to Date, report Report) {
	if !from.IsZero() && !to.IsZero() && to.Last().Before(from.First()) {
		report(faultf(diag.Contradiction, "check both dates", "the %s ends on %s, before it begins", what, to), "to")
	}
}
