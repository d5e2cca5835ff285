package feedlint

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
)

// isAddress reports whether a text is an absolute address on the web.
// The characters are those that RFC 3986 leaves out everywhere; Go's parser lets them pass.
func isAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && !strings.ContainsAny(s, " <>\"{}|\\^`")
}

// isIRI reports whether a text is an absolute IRI, of whatever scheme.
func isIRI(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme != "" && (u.Host != "" || u.Opaque != "" || u.Path != "") && !strings.ContainsAny(s, " <>\"{}|\\^`")
}

// tagURI is the syntax of RFC 4151: who minted it, since when, and what is named.
var tagURI = regexp.MustCompile(`^tag:` +
	`(?:[\w.+-]+@)?[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*` +
	`,(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?` +
	`:(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*(?:#(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?$`)

// isTag reports whether an id that begins as a tag URI is one.
// Any other id passes: that it is an IRI is a rule of its own.
func isTag(s string) bool { return !strings.HasPrefix(s, "tag:") || tagURI.MatchString(s) }

// isLanguage reports whether a text is a language tag by BCP 47, with hyphens, of subtags that are registered.
// The parser takes underscores, as in the names of locales, for hyphens.
func isLanguage(s string) bool {
	_, err := language.Parse(s)
	return err == nil && !strings.Contains(s, "_")
}

// email is an address as people have them, not all that RFC 5322 allows: a local part, a host with a dot, and a name as RSS shows it.
var email = regexp.MustCompile(`^[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>().]+(?: \([^()]*\))?$`)

// isEmail reports whether a text is an e-mail address, and perhaps a name in brackets after it.
func isEmail(s string) bool { return email.MatchString(s) }

// isCount reports whether a text is a whole number of at least n.
func isCount(s string, n int) bool {
	i, err := strconv.Atoi(s)
	return err == nil && i >= n && s == strconv.Itoa(i)
}

// rfc822 reads a date as RSS and OPML write it, in the one form that every reader knows: with the day of the week, a year of four digits
// and a zone in numbers or GMT. The second result says what is wrong.
func rfc822(s string) (time.Time, string) {
	for _, layout := range []string{"Mon, 02 Jan 2006 15:04:05 -0700", "Mon, 02 Jan 2006 15:04:05 GMT"} {
		t, err := time.Parse(layout, s)
		switch {
		case err != nil:
		case t.Format("Mon") != s[:3]:
			return t, "that day was a " + t.Format("Monday")
		default:
			return t, ""
		}
	}
	// RFC 822 itself wrote two digits; readers guess the century, and not all alike.
	if _, err := time.Parse("Mon, 02 Jan 06 15:04:05 -0700", s); err == nil {
		return time.Time{}, "its year has two digits"
	}
	return time.Time{}, "it is not of the form “Mon, 02 Jan 2006 15:04:05 +0000”"
}

// rfc3339 reads a date as Atom and JSON Feed write it.
func rfc3339(s string) (time.Time, string) {
	t, err := time.Parse(time.RFC3339, s)
	// RFC 3339 lets a space stand for the T; the formats do not, and Go's parser does not ask.
	if err != nil || !strings.Contains(s, "T") {
		return time.Time{}, "it is not of the form “2006-01-02T15:04:05Z”"
	}
	return t, ""
}

// tagLike is text that a reader would take for markup.
var tagLike = regexp.MustCompile(`</?[a-zA-Z][^<>]*>|<!--`)

// entityLike is text that a reader would take for a character reference.
var entityLike = regexp.MustCompile(`&(?:[a-zA-Z][a-zA-Z0-9]*|#\d+|#x[0-9a-fA-F]+);`)

// bareAmpersand reports whether HTML has an ampersand that begins no character reference.
func bareAmpersand(html string) bool {
	return strings.Contains(entityLike.ReplaceAllString(html, ""), "&")
}
