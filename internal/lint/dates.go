package lint

import (
	"slices"
	"strconv"
	"strings"

	"briefing/internal/diag"
)

// months are the names of the months.
var months = []string{
	"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
}

// inWords is what to write where nobody can say which of two numbers is the month.
const inWords = "the month in words"

// dates reports dates and ranges of dates that are not written as the house writes them, such as 4 June 2025 and 24 to 25 June.
func (r *reader) dates(p *prose) {
	for i, t := range p.tokens {
		if t.theirs {
			continue
		}
		// start and stop are the first and the last token of the date, use how the house writes it; empty where nothing is wrong.
		start, stop, use := i, i, ""
		switch {
		case slices.Contains(months, t.lower) && startsUpper(p.text[t.start:]):
			start, stop, use = p.aroundMonth(i)
		case '0' <= t.lower[0] && t.lower[0] <= '9':
			use = inFigures(t.lower)
		}
		if use != "" {
			from, to := p.tokens[start].start, p.tokens[stop].stop
			problem := diag.Problem{Code: diag.DateForm, Msg: "“" + p.text[from:to] + "” is not how the house writes dates", Hint: "write " + use}
			if use != inWords {
				problem.Fix.New = use
			}
			r.report(p, from, to, problem)
		}
	}
}

// aroundMonth returns the tokens of a date around a month that is written in another form, and how to write it.
func (p *prose) aroundMonth(i int) (start, stop int, use string) {
	month := p.text[p.tokens[i].start:p.tokens[i].stop]
	before, after := p.word(i-1), p.word(i+1)
	if p.next(i - 1) {
		if from, to, ok := dayRange(before); ok {
			return i - 1, i, from + " to " + to + " " + month
		}
		if day := ordinal(before); day != "" {
			return i - 1, i, day + " " + month
		}
		if day := ordinal(p.word(i - 2)); before == "of" && day != "" && p.next(i-2) {
			return i - 2, i, day + " " + month
		}
	}
	day := ordinal(after)
	if day == "" {
		day = dayOf(after)
	}
	// In “June 12 drones” the number is not the day: what follows a date is no word but “2025”.
	if day == "" || !p.next(i) || dayOf(before) != "" {
		return i, i, ""
	}
	rest := p.text[p.tokens[i+1].stop:]
	if year := p.word(i + 2); isYear(year) && strings.Trim(rest[:p.tokens[i+2].start-p.tokens[i+1].stop], " ,") == "" {
		return i, i + 2, day + " " + month + " " + year
	}
	if after != day || rest == "" || strings.ContainsRune(".,;:)", rune(rest[0])) {
		return i, i + 1, day + " " + month
	}
	return i, i, ""
}

// dayOf returns s if it is the number of a day.
func dayOf(s string) string {
	if n, err := strconv.Atoi(s); err == nil && 1 <= n && n <= 31 && s[0] != '0' {
		return s
	}
	return ""
}

// ordinal returns the number of a day that is written 4th.
func ordinal(s string) string {
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		if n, ok := strings.CutSuffix(s, suffix); ok {
			return dayOf(n)
		}
	}
	return ""
}

// dayRange returns the days of a range that is written 24–25.
func dayRange(s string) (from, to string, ok bool) {
	from, to, ok = strings.Cut(strings.ReplaceAll(s, "–", "-"), "-")
	return from, to, ok && dayOf(from) != "" && dayOf(to) != ""
}

// isYear reports whether s is a year of this age.
func isYear(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && 1900 <= n && n < 2100
}

// inFigures returns how the house writes a date that is given in figures, such as 04.06.2025 or 2025-06-04; "" where s is none. Of
// 4/6/2025 nobody can say which is the month.
func inFigures(s string) string {
	for _, sign := range []string{".", "/", "-"} {
		parts := strings.Split(s, sign)
		if len(parts) != 3 {
			continue
		}
		// ISO 8601 begins with the year.
		if isYear(parts[0]) {
			slices.Reverse(parts)
		}
		day, month := dayOf(strings.TrimPrefix(parts[0], "0")), dayOf(strings.TrimPrefix(parts[1], "0"))
		if n, _ := strconv.Atoi(month); day != "" && isYear(parts[2]) && 1 <= n && n <= len(months) {
			if sign == "/" {
				return inWords
			}
			return day + " " + strings.ToUpper(months[n-1][:1]) + months[n-1][1:] + " " + parts[2]
		}
	}
	return ""
}
