package e2e

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// A printing is a page on paper.
type printing struct {
	address string
	paper   string
	size    chromedp.PaperSize
}

// String names the printing.
func (p printing) String() string { return p.address + " on " + p.paper }

// prints returns the longest page of each template on one paper, and the shortest on the other.
func (b built) prints() []printing {
	long, short := b.samples()
	var list []printing
	for i := range long {
		list = append(list, printing{long[i], "A4", chromedp.PaperA4}, printing{short[i], "Letter", chromedp.PaperLetter})
	}
	return list
}

// make opens the page and prints it to a file.
func (p printing) make(ctx context.Context, base, dir string) (string, error) {
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 800), chromedp.Navigate(base+p.address)); err != nil {
		return "", err
	}
	pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPaper(p.size), chromedp.PDFPreferCSSPageSize(), chromedp.PDFOutlineAndTagged()))
	if err != nil {
		return "", err
	}
	if !bytes.Contains(pdf, []byte("/Lang (en-GB)")) {
		return "", fmt.Errorf("the PDF does not say its language")
	}
	name := filepath.Join(dir, strings.ReplaceAll(p.address, "/", "_")+p.paper+".pdf")
	return name, os.WriteFile(name, pdf, 0o644)
}

// poppler runs a program of poppler, and returns what it prints.
func poppler(ctx context.Context, program string, args ...string) (string, error) {
	out, err := exec.CommandContext(ctx, program, args...).Output()
	return string(out), err
}

// pageCount finds the number of pages in what pdfinfo prints, pageSize the size of each in points.
var (
	pageCount = regexp.MustCompile(`(?m)^Pages:\s+(\d+)$`)
	pageSize  = regexp.MustCompile(`(?m)^Page +\d+ size:\s+([\d.]+) x ([\d.]+) pts`)
)

// mostSheets is how many sheets a page of this site may take: the longest are lists of two hundred rows, and the whole brief.
const mostSheets = 80

// properties returns what is wrong with a PDF as a whole, and how many sheets it has.
func (p printing) properties(ctx context.Context, name, title string) (sheets int, wrong []string) {
	info, err := poppler(ctx, "pdfinfo", "-f", "1", "-l", "-1", name)
	if err != nil {
		return 0, []string{err.Error()}
	}
	for _, line := range []string{`Title:\s+` + regexp.QuoteMeta(title) + `\n`, `Tagged:\s+yes\n`, `Encrypted:\s+no\n`} {
		if !regexp.MustCompile(line).MatchString(info) {
			wrong = append(wrong, fmt.Sprintf("pdfinfo does not say %q:\n%s", line, info))
		}
	}
	if m := pageCount.FindStringSubmatch(info); m != nil {
		sheets, _ = strconv.Atoi(m[1])
	}
	if sheets < 1 || sheets > mostSheets {
		wrong = append(wrong, fmt.Sprintf("%d sheets", sheets))
	}
	for _, m := range pageSize.FindAllStringSubmatch(info, -1) {
		w, _ := strconv.ParseFloat(m[1], 64)
		h, _ := strconv.ParseFloat(m[2], 64)
		if short, long := min(w, h)/72, max(w, h)/72; short < p.size.Width-.02 || short > p.size.Width+.02 || long < p.size.Height-.02 || long > p.size.Height+.02 {
			wrong = append(wrong, fmt.Sprintf("a sheet of %s x %s points", m[1], m[2]))
		}
	}
	return sheets, wrong
}

// squeeze takes out of a text white space and what has no width: where lines end on paper says nothing.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
}

// A sheetful is what must be found on paper.
type sheetful struct {
	// Title is that of the document. Whole are texts that must stand somewhere: the page's heading, the address of each of its sources,
	// the last column of its tables.
	Title string
	Whole []string

	// Each are texts that must stand on every sheet, Headings those that may not stand last on one.
	Each     []string
	Headings []string
}

// contents reads a sheetful from a page that looks as it does on paper.
const contents = `(() => {
	const texts = (selector) => [...document.querySelectorAll(selector)].filter(e => e.getClientRects().length > 0).map(e => e.innerText);
	const { title, address, standing, licence } = document.documentElement.dataset;
	return {
		Title: document.title,
		Whole: [title, ...texts("h1, tr > :last-child"), ...[...document.querySelectorAll(".notes a.original")].map(a => a.getAttribute("href"))],
		Each: [address, standing, licence],
		Headings: texts("h2, h3, h4"),
	};
})()`

// read returns what must be found on paper of the page that the tab shows.
func read(ctx context.Context) (sheetful, error) {
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
		return sheetful{}, err
	}
	want, err := chromedp.Run(ctx, chromedp.Evaluate[sheetful](contents))
	if err != nil {
		return sheetful{}, err
	}
	_, err = chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})
	return want, err
}

// missing returns what the text of all sheets lacks.
func (want sheetful) missing(text string, sheets int) (wrong []string) {
	all := squeeze(text)
	for _, s := range want.Whole {
		if !strings.Contains(all, squeeze(s)) {
			wrong = append(wrong, fmt.Sprintf("it lacks %q", s))
		}
	}
	var headings []string
	for _, h := range want.Headings {
		headings = append(headings, squeeze(h))
	}
	for i, sheet := range strings.SplitN(text, "\f", sheets+1)[:sheets] {
		for _, s := range append([]string{fmt.Sprintf("Page %d of %d", i+1, sheets)}, want.Each...) {
			if s == "" || !strings.Contains(squeeze(sheet), squeeze(s)) {
				wrong = append(wrong, fmt.Sprintf("sheet %d does not say %q", i+1, s))
			}
		}
		lines := strings.Split(strings.TrimSpace(sheet), "\n")
		if last := lines[len(lines)-1]; i+1 < sheets && slices.Contains(headings, squeeze(last)) {
			wrong = append(wrong, fmt.Sprintf("sheet %d ends with the heading %q", i+1, last))
		}
	}
	return wrong
}

// A box is where a word stands on a sheet, in points.
type box struct {
	XMin float64 `xml:"xMin,attr"`
	XMax float64 `xml:"xMax,attr"`
	YMax float64 `xml:"yMax,attr"`
	Word string  `xml:",chardata"`
}

// outside returns the words that reach out of a sheet's margins of 15 mm at the sides or over its lower edge.
func outside(ctx context.Context, name string) (wrong []string) {
	out, err := poppler(ctx, "pdftotext", "-bbox", name, "-")
	if err != nil {
		return []string{err.Error()}
	}
	var doc struct {
		Sheets []struct {
			Width  float64 `xml:"width,attr"`
			Height float64 `xml:"height,attr"`
			Words  []box   `xml:"word"`
		} `xml:"body>doc>page"`
	}
	if err := xml.Unmarshal([]byte(out), &doc); err != nil {
		return []string{err.Error()}
	}
	const margin = 15.0 / 25.4 * 72
	for i, sheet := range doc.Sheets {
		for _, w := range sheet.Words {
			if w.XMin < margin-2 || w.XMax > sheet.Width-margin+2 || w.YMax > sheet.Height {
				wrong = append(wrong, fmt.Sprintf("sheet %d: %q reaches from %.0f to %.0f of %.0f points", i+1, w.Word, w.XMin, w.XMax, sheet.Width))
			}
		}
	}
	return wrong[:min(len(wrong), 5)]
}

// check prints the page to a folder and returns what is wrong with it.
func (p printing) check(ctx context.Context, base, dir string) []string {
	name, err := p.make(ctx, base, dir)
	if err != nil {
		return []string{err.Error()}
	}
	want, err := read(ctx)
	if err != nil {
		return []string{err.Error()}
	}
	sheets, wrong := p.properties(ctx, name, want.Title)
	text, err := poppler(ctx, "pdftotext", "-raw", name, "-")
	if err != nil || sheets == 0 {
		return append(wrong, fmt.Sprint(err))
	}
	return slices.Concat(wrong, want.missing(text, sheets), outside(ctx, name))
}

// Every page can be printed: whole, on the paper at hand, with the addresses of its sources, each sheet with its place and what it
// belongs to, as a PDF that screen readers can read.
func TestPagesArePrintedWhole(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		missing(t, "pdftotext, of poppler-utils")
	}
	tabs := browser(t)
	b := build(t)
	host := b.serve(t)
	dir := t.TempDir()
	share(tabs, b.prints(), func(ctx context.Context, p printing) {
		for _, wrong := range p.check(ctx, host.URL, dir) {
			t.Errorf("%v: %s", p, wrong)
		}
	})
}

// A table names its columns on every sheet, whether or not a script has made buttons of their names.
func TestATableNamesItsColumnsOnEverySheet(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		missing(t, "pdftotext, of poppler-utils")
	}
	tab := browser(t)[0]
	host := build(t).serve(t)
	name, err := printing{"/ramstein/", "A4", chromedp.PaperA4}.make(tab, host.URL, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, tab, "the module has run", `document.querySelector(".meetings th > button") !== null`)
	text, err := poppler(tab, "pdftotext", "-raw", name, "-")
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for sheet := range strings.SplitSeq(text, "\f") {
		if strings.Contains(sheet, "Took part") && strings.Contains(sheet, "Outcome") {
			named++
		}
	}
	if named < 3 {
		t.Errorf("the table of meetings goes over three sheets and more, and %d of them name its columns", named)
	}
}

// The check must be able to fail.
func TestTheCheckOfPaperFindsFaults(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		missing(t, "pdftotext, of poppler-utils")
	}
	tab := browser(t)[0]
	host := built{tree: map[string][]byte{"index.html": []byte(`<!doctype html><html lang="en-GB" data-title="Brief" data-address="https://brief.example/"
		data-standing="Updated" data-licence="Free"><title>Faults</title><link rel="icon" href="data:,">
		<style>@page { margin: 15mm } @media print { i { position: fixed } td { overflow: hidden; max-width: 3em; white-space: nowrap } }</style>
		<h1>Faults</h1><p>` + strings.Repeat("wide", 100) + `<table><tr><td>One<td>What is cut off</table>
		<ol class="notes"><li><a class="original" href="https://source.example/">original</a></ol>`)}}.serve(t)
	found := strings.Join(printing{"/", "A4", chromedp.PaperA4}.check(tab, host.URL, t.TempDir()), "\n")
	for _, fault := range []string{`lacks "https://source.example/"`, `does not say "Page 1 of 1"`, `does not say "Updated"`, "sheet 1: \"wide"} {
		if !strings.Contains(found, fault) {
			t.Errorf("it does not find that a page %s:\n%s", fault, found)
		}
	}
}
