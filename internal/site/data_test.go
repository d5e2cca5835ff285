package site_test

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"golang.org/x/net/html"

	"briefing/internal/dossier"
)

// A descriptor is what a data package says of its files, read by what Frictionless Data Package 1 calls its parts.
type descriptor struct {
	Profile, Name, Version string
	Licenses               []struct{ Name, Path string }
	Resources              []resource
}

type resource struct {
	Name, Path, Profile, Hash string
	Bytes                     int
	Schema                    struct {
		Fields []struct {
			Name, Type, Description string
			Constraints             struct {
				Required bool
				Pattern  string
			}
		}
		PrimaryKey  []string
		ForeignKeys []struct {
			Fields    string
			Reference struct{ Resource, Fields string }
		}
	}
	rows [][]string
}

// opened returns the data package of a built site, and its tables by name.
func opened(t *testing.T, s built) (descriptor, map[string]*resource) {
	t.Helper()
	var d descriptor
	if err := json.Unmarshal([]byte(s.tree["data/datapackage.json"]), &d); err != nil {
		t.Fatal(err)
	}
	tables := map[string]*resource{}
	for i := range d.Resources {
		r := &d.Resources[i]
		if r.Profile != "tabular-data-resource" {
			continue
		}
		rows, err := csv.NewReader(strings.NewReader(s.tree["data/"+r.Path])).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", r.Path, err)
		}
		r.rows = rows
		tables[r.Name] = r
	}
	return d, tables
}

// column returns the place of a column.
func (r *resource) column(name string) int { return slices.Index(r.rows[0], name) }

// values returns the cells of some columns in each row, joined.
func (r *resource) values(columns ...string) []string {
	var list []string
	for _, row := range r.rows[1:] {
		var cells []string
		for _, name := range columns {
			cells = append(cells, row[r.column(name)])
		}
		list = append(list, strings.Join(cells, "\x00"))
	}
	return list
}

func TestTheDataPackageDescribesItsFiles(t *testing.T) {
	for name, s := range sites(t) {
		d, tables := opened(t, s)
		if d.Profile != "data-package" || !regexp.MustCompile(`^[-a-z0-9._/]+$`).MatchString(d.Name) || len(d.Licenses) == 0 && name == "this repository" {
			t.Errorf("%s: %+v", name, d)
		}
		if date := s.Graph.Date().UTC().Format(time.DateOnly); d.Version != date {
			t.Errorf("%s: the version is %q, the date of the site %s", name, d.Version, date)
		}
		var paths []string
		for _, r := range d.Resources {
			file := s.tree["data/"+r.Path]
			paths = append(paths, "data/"+r.Path)
			if r.Bytes != len(file) || r.Hash != fmt.Sprintf("sha256:%x", sha256.Sum256([]byte(file))) {
				t.Errorf("%s: %s has other bytes than the package says", name, r.Path)
			}
		}
		for path := range maps.Keys(s.tree) {
			if strings.HasPrefix(path, "data/") && path != "data/index.html" && path != "data/datapackage.json" && !slices.Contains(paths, path) {
				t.Errorf("%s: the package does not know %s", name, path)
			}
		}
		for _, r := range tables {
			r.check(t, tables)
		}
	}
}

// check reports cells that are not of the type of their column, keys given twice, and foreign keys that lead nowhere.
func (r *resource) check(t *testing.T, tables map[string]*resource) {
	t.Helper()
	for i, f := range r.Schema.Fields {
		if r.rows[0][i] != f.Name || f.Description == "" {
			t.Errorf("%s: column %d is %q, or is not described: %+v", r.Name, i, r.rows[0][i], f)
		}
		pattern := regexp.MustCompile("^(" + f.Constraints.Pattern + ")$")
		for _, row := range r.rows[1:] {
			switch cell := row[i]; {
			case cell == "" && f.Constraints.Required, cell != "" && !ofType(cell, f.Type), cell != "" && f.Constraints.Pattern != "" && !pattern.MatchString(cell):
				t.Errorf("%s: %s has the cell %q", r.Name, f.Name, cell)
			}
		}
	}
	keys := r.values(r.Schema.PrimaryKey...)
	slices.Sort(keys)
	if len(r.Schema.PrimaryKey) == 0 || len(slices.Compact(slices.Clone(keys))) != len(keys) {
		t.Errorf("%s: %v does not tell its rows apart", r.Name, r.Schema.PrimaryKey)
	}
	for _, f := range r.Schema.ForeignKeys {
		target := r
		if f.Reference.Resource != "" {
			target = tables[f.Reference.Resource]
		}
		for _, id := range r.values(f.Fields) {
			if id != "" && !slices.Contains(target.values(f.Reference.Fields), id) {
				t.Errorf("%s: %s leads to no row of %s: %q", r.Name, f.Fields, target.Name, id)
			}
		}
	}
}

// ofType reports whether a cell is of a type of Table Schema.
func ofType(cell, kind string) bool {
	var err error
	switch kind {
	case "number", "integer":
		number, ok := new(big.Rat).SetString(cell)
		return ok && !strings.ContainsAny(cell, "/eE") && (kind == "number" || number.IsInt())
	case "boolean":
		return cell == "true" || cell == "false"
	case "date":
		_, err = time.Parse(time.DateOnly, cell)
	case "datetime":
		_, err = time.Parse("2006-01-02T15:04:05Z", cell)
	}
	return err == nil
}

// The ids in lists, which a schema cannot check, lead to rows too.
func TestListsOfIdsLeadToRows(t *testing.T) {
	for name, s := range sites(t) {
		_, tables := opened(t, s)
		for _, list := range []struct{ table, column, target string }{
			{"pledges", "donors", "actors"}, {"pledges", "recipients", "actors"}, {"pledges", "sources", "sources"}, {"steps", "sources", "sources"},
			{"meetings", "chairs", "actors"}, {"events", "involved", "actors"}, {"events", "absent", "actors"}, {"events", "pledges", "pledges"},
			{"actors", "member_of", "actors"},
		} {
			ids := tables[list.target].values("id")
			for _, cell := range tables[list.table].values(list.column) {
				for id := range strings.SplitSeq(cell, ";") {
					if id != "" && !slices.Contains(ids, id) {
						t.Errorf("%s: %s of %s: no %q in %s", name, list.column, list.table, id, list.target)
					}
				}
			}
		}
	}
}

// Adding up the rows that are marked as counted gives the totals that the page of sums prints, whether by pledge or by share.
func TestCountedRowsAddUpToThePrintedTotals(t *testing.T) {
	for name, s := range sites(t) {
		_, tables := opened(t, s)
		want := printedTotals(t, s.tree["pledges/sum/index.html"])
		if name == "this repository" && len(want) < 8 {
			t.Errorf("the page prints %v", want)
		}
		for _, from := range []struct{ table, currency, min, max string }{
			{"pledges", "counted_currency", "counted_min", "counted_max"}, {"shares", "currency", "amount_min", "amount_max"},
		} {
			got := map[string]string{}
			r := tables[from.table]
			cells := r.values("counted", from.currency, from.min, from.max, "firm", "loan")
			for key, total := range added(cells) {
				got[key] = total.Text()
			}
			if !maps.Equal(got, want) {
				t.Errorf("%s: %s come to\n%v, want\n%v", name, from.table, got, want)
			}
		}
	}
}

// added adds up rows of counted, currency, least, most, firm and loan.
func added(rows []string) map[string]dossier.Amount {
	totals := map[string]dossier.Amount{}
	for _, row := range rows {
		c := strings.Split(row, "\x00")
		if c[0] != "true" {
			continue
		}
		key := c[1] + " loan " + c[5] + " firm " + c[4]
		r := dossier.Range{HasMin: c[2] != "", HasMax: c[3] != ""}
		if r.HasMin {
			r.Min = decimal.RequireFromString(c[2])
		}
		if r.HasMax {
			r.Max = decimal.RequireFromString(c[3])
		}
		a := totals[key]
		totals[key] = dossier.Amount{Range: a.Add(r), Currency: c[1]}
	}
	return totals
}

// printedTotals returns the cells of the table of totals.
func printedTotals(t *testing.T, text string) map[string]string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	totals := map[string]string{}
	for n := range root.Descendants() {
		if n.Data != "tr" || n.Parent.Data != "tbody" || !slices.Contains(n.Parent.Parent.Attr, html.Attribute{Key: "class", Val: "sums"}) {
			continue
		}
		var cells []string
		for c := range n.ChildNodes() {
			if c.Type == html.ElementNode {
				cells = append(cells, strings.TrimSpace(inner(c)))
			}
		}
		currency, loan := cells[0][:3], fmt.Sprint(strings.Contains(cells[0], "loans"))
		for i, firm := range []string{"true", "false"} {
			if cells[i+1] != "none recorded" {
				totals[currency+" loan "+loan+" firm "+firm] = cells[i+1]
			}
		}
	}
	return totals
}

// inner returns the text of an element.
func inner(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}
