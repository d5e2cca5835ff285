package site_test

import (
	"encoding/csv"
	"fmt"
	"maps"
	"math/big"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// These tests play an auditor who trusts nobody: of the site they read the CSV files that anyone can download and the pages that anyone can
// see, and add up with code of their own.

// A bounds is a number known by its ends. Either may be nil.
type bounds struct{ min, max *big.Rat }

func (b bounds) none() bool { return b.min == nil && b.max == nil }

// add returns the sum of two numbers. It has a lower end where one of the two has, and an upper end where both have.
func (b bounds) add(c bounds) bounds {
	switch {
	case b.none():
		return c
	case c.none():
		return b
	}
	var sum bounds
	if b.min != nil || c.min != nil {
		sum.min = new(big.Rat).Add(orZero(b.min), orZero(c.min))
	}
	if b.max != nil && c.max != nil {
		sum.max = new(big.Rat).Add(b.max, c.max)
	}
	return sum
}

func orZero(r *big.Rat) *big.Rat {
	if r == nil {
		return new(big.Rat)
	}
	return r
}

func (b bounds) String() string {
	end := func(r *big.Rat) string {
		if r == nil {
			return "?"
		}
		return r.RatString()
	}
	return end(b.min) + ".." + end(b.max)
}

// A totalKey is a column of a total: a currency, loans or not, firm or not.
type totalKey struct {
	currency   string
	loan, firm bool
}

// An account is what the auditor finds for one sum: the totals, and the pledges of the rows that are in them and of those that are not.
type account struct {
	totals  map[totalKey]bounds
	in, out []string
}

// A sumKey is a dimension and a value of it, in the words of the data.
type sumKey struct{ dimension, value string }

// accounts adds up the rows of the data, by each dimension and value, as the descriptions of the columns say.
func accounts(t *testing.T, tree map[string]string) map[sumKey]*account {
	t.Helper()
	all := map[sumKey]*account{}
	of := func(dimension, value string) *account {
		key := sumKey{dimension, value}
		if all[key] == nil {
			all[key] = &account{totals: map[totalKey]bounds{}}
		}
		return all[key]
	}
	of("all", "all")
	for _, row := range table(t, tree, "shares") {
		of("all", "all").enter(t, row)
		for dimension, column := range map[string]string{
			"donor": "donors", "recipient": "recipients", "category": "category", "instrument": "instrument", "event": "event", "month": "month", "stage": "stage",
		} {
			values := strings.Split(row[column], ";")
			switch {
			case row[column] == "":
				of(dimension, "(not stated)").enter(t, row)
			case len(values) == 1:
				of(dimension, values[0]).enter(t, row)
			default:
				of(dimension, "(joint)").enter(t, row)
				for _, value := range values {
					a := of(dimension, value)
					a.out = append(a.out, row["pledge"])
				}
			}
		}
	}
	return all
}

// enter adds a row.
func (a *account) enter(t *testing.T, row map[string]string) {
	t.Helper()
	if row["counted"] != "true" {
		a.out = append(a.out, row["pledge"])
		return
	}
	a.in = append(a.in, row["pledge"])
	key := totalKey{row["currency"], row["loan"] == "true", row["firm"] == "true"}
	a.totals[key] = a.totals[key].add(bounds{rat(t, row["amount_min"]), rat(t, row["amount_max"])})
}

// table returns the rows of a table, from all its files, by the names of the columns.
func table(t *testing.T, tree map[string]string, name string) []map[string]string {
	t.Helper()
	var rows []map[string]string
	for _, file := range slices.Sorted(maps.Keys(tree)) {
		if ok, _ := path.Match("data/"+name+"*.csv", file); !ok {
			continue
		}
		lines, err := csv.NewReader(strings.NewReader(tree[file])).ReadAll()
		if err != nil {
			t.Fatal(file, err)
		}
		for _, line := range lines[1:] {
			row := map[string]string{}
			for i, column := range lines[0] {
				row[column] = line[i]
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// rat reads a number; an empty text is none.
func rat(t *testing.T, s string) *big.Rat {
	t.Helper()
	if s == "" {
		return nil
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		t.Fatalf("%q is no number", s)
	}
	return r
}

var printedNumber = regexp.MustCompile(`([\d,]+(?:\.\d+)?)( billion| million)?`)

// printedSum reads a number as pages print it: in words or digits, with the sign of a currency or without.
func printedSum(t *testing.T, s string) bounds {
	t.Helper()
	var ends []*big.Rat
	for _, m := range printedNumber.FindAllStringSubmatch(s, -1) {
		r := rat(t, strings.ReplaceAll(m[1], ",", ""))
		switch m[2] {
		case " billion":
			r.Mul(r, big.NewRat(1e9, 1))
		case " million":
			r.Mul(r, big.NewRat(1e6, 1))
		}
		ends = append(ends, r)
	}
	switch {
	case len(ends) == 0:
		return bounds{}
	case len(ends) == 2 && strings.HasPrefix(s, "between "):
		return bounds{ends[0], ends[1]}
	case len(ends) != 1:
		t.Fatalf("%q is no sum", s)
	case strings.HasPrefix(s, "at least "):
		return bounds{min: ends[0]}
	case strings.HasPrefix(s, "up to "):
		return bounds{max: ends[0]}
	}
	return bounds{ends[0], ends[0]}
}

// A page of a sum, as the auditor reads it.
type sumPage struct {
	// totals are those of the table at its head.
	totals map[totalKey]bounds
	tables []sumTable
	// out are the pledges that it says are left out.
	out []string
}

// A sumTable is the rows of one currency.
type sumTable struct {
	currency string
	loan     bool
	rows     []sumRow
	// total is the last row; its name says whether the table goes on.
	total sumRow
}

// A sumRow is a row in two columns.
type sumRow struct {
	name, pledge    string
	firm, announced bounds
}

// readSum reads a sum: a page, or the section of one that has the id.
func readSum(t *testing.T, text, id string) sumPage {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if id != "" {
		root = elementByID(t, root, id)
	}
	p := sumPage{totals: map[totalKey]bounds{}}
	for n := range root.Descendants() {
		if n.Data != "table" || n.Type != html.ElementNode {
			continue
		}
		switch rows := rowsOf(n); attr(n, "class") {
		case "sums":
			p.head(t, rows[1:])
		case "sum-rows":
			if id := attr(n, "id"); id != "" {
				p.tables = append(p.tables, readTable(t, id, rows[1:]))
				continue
			}
			for _, row := range rows[1:] {
				p.out = append(p.out, pledgeAt(row[0]))
			}
		}
	}
	return p
}

// head reads the totals at the head of a sum.
func (p *sumPage) head(t *testing.T, rows [][]*html.Node) {
	t.Helper()
	for _, row := range rows {
		name := inner(row[0])
		for i, firm := range []bool{true, false} {
			if b := printedSum(t, inner(row[i+1])); !b.none() {
				p.totals[totalKey{name[:3], strings.Contains(name, "loans"), firm}] = b
			}
		}
	}
}

// readTable reads the rows of one currency. The two sums are the last cells of each.
func readTable(t *testing.T, id string, rows [][]*html.Node) sumTable {
	t.Helper()
	s := sumTable{currency: strings.ToUpper(id[4:7]), loan: strings.HasSuffix(id, "-loans")}
	for _, row := range rows {
		s.rows = append(s.rows, sumRow{
			inner(row[0]), pledgeAt(row[0]), printedSum(t, inner(row[len(row)-2])), printedSum(t, inner(row[len(row)-1])),
		})
	}
	last := len(s.rows) - 1
	s.rows, s.total = s.rows[:last], s.rows[last]
	return s
}

func elementByID(t *testing.T, root *html.Node, id string) *html.Node {
	t.Helper()
	for n := range root.Descendants() {
		if attr(n, "id") == id {
			return n
		}
	}
	t.Fatalf("no element has the id %q", id)
	return nil
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// rowsOf returns the cells of a table, row by row.
func rowsOf(table *html.Node) [][]*html.Node {
	var rows [][]*html.Node
	for n := range table.Descendants() {
		switch n.Data {
		case "tr":
			rows = append(rows, nil)
		case "th", "td":
			rows[len(rows)-1] = append(rows[len(rows)-1], n)
		}
	}
	return rows
}

// pledgeAt returns the id of the pledge to which a cell leads.
func pledgeAt(cell *html.Node) string {
	for n := range cell.Descendants() {
		if id, ok := strings.CutPrefix(attr(n, "href"), "/pledges/"); ok {
			return strings.Trim(id, "/")
		}
	}
	return ""
}

// place returns where a sum stands: the file, and the section of it where it is not the whole page.
func (k sumKey) place(tree map[string]string) (file, section string) {
	folder := map[string]string{"donor": "actors/", "event": "events/"}[k.dimension]
	value := strings.NewReplacer("(", "", ")", "", " ", "-").Replace(k.value)
	switch {
	case k.dimension == "all":
		return "pledges/sum/", ""
	case folder == "" || value != k.value:
		return "pledges/sum/" + k.dimension + "/" + value + "/", ""
	case tree[folder+value+"/sum/index.html"] != "":
		return folder + value + "/sum/", ""
	}
	return folder + value + "/", "sum"
}

// audit compares every sum of a site with the auditor's own, and returns how many there are.
func audit(t *testing.T, tree map[string]string) int {
	t.Helper()
	all := accounts(t, tree)
	read := map[string]bool{}
	for key, want := range all {
		file, section := key.place(tree)
		got := account{totals: map[totalKey]bounds{}}
		for page := 1; ; page++ {
			name := file + "index.html"
			if page > 1 {
				name = fmt.Sprintf("%spage/%d/index.html", file, page)
			}
			text, ok := tree[name]
			if !ok && page > 1 {
				break
			}
			read[name] = true
			p := readSum(t, text, section)
			sameTotals(t, key, p.totals, want.totals)
			got.follow(t, key, p)
			if section != "" {
				break
			}
		}
		sameTotals(t, key, got.totals, want.totals)
		samePledges(t, key, got.in, want.in)
		samePledges(t, key, got.out, want.out)
	}
	for name, text := range tree {
		ofDimension := len(strings.Split(name, "/")) < 5 || strings.Contains(name, "/page/") // /pledges/sum/donor/ shows sums, and no rows
		isSum := strings.HasPrefix(name, "pledges/sum/") && !ofDimension || strings.Contains(text, `<section id="sum"`)
		if long := tree[strings.TrimSuffix(name, "index.html")+"sum/index.html"] != ""; isSum && !read[name] && !long {
			t.Errorf("no rows of the data lead to the sum in %s", name)
		}
	}
	auditData(t, tree, all)
	return len(all)
}

// follow goes through the rows of a page with a pencil: what was brought forward and each row come to the last row, which is the total, or
// carried forward.
func (a *account) follow(t *testing.T, key sumKey, p sumPage) {
	t.Helper()
	for _, s := range p.tables {
		var firm, announced bounds
		for _, row := range s.rows {
			firm, announced = firm.add(row.firm), announced.add(row.announced)
			if row.pledge != "" {
				a.in = append(a.in, row.pledge)
			}
		}
		if firm.String() != s.total.firm.String() || announced.String() != s.total.announced.String() {
			t.Errorf("%v: the rows of %s come to %v and %v, and the last one says %v and %v", key, s.currency, firm, announced, s.total.firm, s.total.announced)
		}
		for isFirm, b := range map[bool]bounds{true: s.total.firm, false: s.total.announced} {
			if !b.none() {
				a.totals[totalKey{s.currency, s.loan, isFirm}] = b
			}
		}
	}
	a.out = append(a.out, p.out...)
}

func sameTotals(t *testing.T, key sumKey, got, want map[totalKey]bounds) {
	t.Helper()
	if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
		t.Errorf("%v: the page says\n%s, the data\n%s", key, g, w)
	}
}

func samePledges(t *testing.T, key sumKey, got, want []string) {
	t.Helper()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%v: the page has rows of\n%v, the data of\n%v", key, got, want)
	}
}

// auditData compares the table of sums with the auditor's own, and the addresses in it with where the sums stand.
func auditData(t *testing.T, tree map[string]string, all map[sumKey]*account) {
	t.Helper()
	told := map[sumKey]map[totalKey]bounds{}
	for _, row := range table(t, tree, "sums") {
		key := sumKey{row["dimension"], row["value"]}
		if told[key] == nil {
			told[key] = map[totalKey]bounds{}
		}
		for _, column := range []string{"firm", "announced"} {
			if b := (bounds{rat(t, row[column+"_min"]), rat(t, row[column+"_max"])}); !b.none() {
				told[key][totalKey{row["currency"], row["loan"] == "true", column == "firm"}] = b
			}
		}
		file, _, _ := strings.Cut(row["page"][strings.Index(row["page"], "//")+2:], "#")
		if _, file, _ = strings.Cut(file, "/"); tree[file+"index.html"] == "" {
			t.Errorf("%v: there is no page %s", key, row["page"])
		}
	}
	for key, a := range all {
		if len(a.totals)+len(told[key]) > 0 {
			sameTotals(t, key, told[key], a.totals)
		}
	}
	if len(told) > len(all) {
		t.Errorf("the data tells of %d sums, of which rows lead to %d", len(told), len(all))
	}
}

// linkedSums compares each sum that is a link on any page with the rows to which it leads.
func linkedSums(t *testing.T, tree map[string]string) int {
	t.Helper()
	n := 0
	pages := map[string]map[totalKey]bounds{} // by the address of the section
	for name, text := range tree {
		for _, m := range sumLink.FindAllStringSubmatch(text, -1) {
			address, section, _ := strings.Cut(html.UnescapeString(m[1]), "#")
			target := strings.TrimPrefix(address, "/") + "index.html"
			if section != "sum" {
				section = ""
			}
			n++
			if pages[target+section] == nil {
				pages[target+section] = readSum(t, tree[target], section).totals
			}
			stated, found := fmt.Sprint(printedSum(t, html.UnescapeString(m[2]))), false
			for _, b := range pages[target+section] {
				found = found || fmt.Sprint(b) == stated
			}
			if !found {
				t.Errorf("%s says %s, and %s no such thing", name, m[2], m[1])
			}
		}
	}
	return n
}

// sumLink is a sum of money that leads to its rows.
var sumLink = regexp.MustCompile(`<a href="([^"]*#sum[^"]*)">((?:at least |up to |between )?(?:€|£|US\$|[A-Z]{3} )\d[^<]*)</a>`)

// Each total that stands on a page is a link to its rows, or has them beside it.
func TestEveryTotalLeadsToItsRows(t *testing.T) {
	for _, s := range sites(t) {
		for name, text := range s.tree {
			if !strings.Contains(text, `class="sum`) || path.Ext(name) != ".html" {
				continue
			}
			root, err := html.Parse(strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			for n := range root.Descendants() {
				class, of := attr(n, "class"), n.Data
				if shown := of == "span" && class == "sum" || of == "td" && class == "num" && inClass(n, "sums"); !shown || !money.MatchString(inner(n)) {
					continue
				}
				if !leads(n) && !inSection(n, "sum") {
					t.Errorf("%s: %s leads to no rows", name, inner(n))
				}
			}
		}
	}
}

// money is a sum in words.
var money = regexp.MustCompile(`^(at least |up to |between )?(€|£|US\$|[A-Z]{3} )\d`)

// leads reports whether an element holds a link to the rows of a sum.
func leads(n *html.Node) bool {
	for d := range n.Descendants() {
		if strings.Contains(attr(d, "href"), "#sum") {
			return true
		}
	}
	return false
}

// inClass reports whether an element stands in one of a class, inSection whether in one that has an id.
func inClass(n *html.Node, class string) bool { return within(n, "class", class) }
func inSection(n *html.Node, id string) bool  { return within(n, "id", id) }

func within(n *html.Node, key, value string) bool {
	for up := range n.Ancestors() {
		if attr(up, key) == value {
			return true
		}
	}
	return false
}

func TestAnAuditorComesToEveryTotalOfThisSite(t *testing.T) {
	for name, s := range sites(t) {
		sums, links := audit(t, s.tree), linkedSums(t, s.tree)
		if name == "this repository" && (sums < 100 || links < 40) {
			t.Errorf("only %d sums, and %d links to them", sums, links)
		}
	}
}
