package markup

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// unlinked returns the fragment of a text without the links to what begins with "gone".
func unlinked(t *testing.T, text string) Fragment {
	t.Helper()
	f := compile(t, text)
	return f.Unlink(func(h *Hole) (string, bool) {
		if h.Text != "" && h.Kind == Link {
			return h.Text, strings.HasPrefix(h.Target, "gone")
		}
		return "<i>" + h.Target + "</i>", strings.HasPrefix(h.Target, "gone")
	}, func(address string) bool { return strings.HasPrefix(strings.Trim(address, "/#"), "gone") })
}

func TestUnlinkLeavesTheWords(t *testing.T) {
	for text, want := range map[string]string{
		"[[gone]] and [[a]]":                         "<p><i>gone</i> and {a#|}</p>\n",
		"[[a]][[gone|*its* words]][[b]]":             "<p>{a#|}<em>its</em> words{b#|}</p>\n",
		"[x](/gone/) [y](/a/) [z *z*](/gone/ \"t\")": "<p>x <a href=\"/a/\">y</a> z <em>z</em></p>\n",
		"[x](/gone/#a) [y](#gone) [z](/gone/?a&b)":   "<p>x y z</p>\n",
		"`<a href=\"/gone/\">` [x](/gone/)":          "<p><code>&lt;a href=&quot;/gone/&quot;&gt;</code> x</p>\n",
		"A word.[@gone; @a]":                         "<p>A word.<i>gone</i>{@a,}</p>\n",
		"":                                           "",
	} {
		f := unlinked(t, text)
		if got := string(f.Fill(nil, marked)); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
		if slices.ContainsFunc(f.Paths, func(p Path) bool { return strings.Contains(p.Address, "gone") }) {
			t.Errorf("%s: the paths are %v", text, f.Paths)
		}
	}
}

func TestUnlinkKeepsQuotationsInTheirPlaces(t *testing.T) {
	const text = "[[gone-before]] [x](/gone/)\n\n> One [[gone]] [two](/gone/) [[a]].\n>\n> — [[c]], [[gone]], [@d]\n\n[[gone]]\n"
	f := unlinked(t, text)
	q := f.Quotes[0]
	words := f.Cut(q.Start, q.End)
	if got, want := string(words.Fill(nil, marked)), "<p>One <i>gone</i> two {a#|}.</p>\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A fragment is shared by all that show it, so that Unlink makes a new one, which is the same where nothing goes.
func TestUnlinkChangesNothingElse(t *testing.T) {
	f := compile(t, body)
	before := compile(t, body)
	same := f.Unlink(func(*Hole) (string, bool) { return "", false }, func(string) bool { return false })
	if diff := cmp.Diff(before, same); diff != "" {
		t.Errorf("where nothing goes (-want +got):\n%s", diff)
	}
	f.Unlink(func(*Hole) (string, bool) { return "x", true }, func(string) bool { return true })
	if diff := cmp.Diff(before, f); diff != "" {
		t.Errorf("the fragment itself changed (-want +got):\n%s", diff)
	}
}
