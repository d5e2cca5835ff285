package data

import (
	"slices"
	"strconv"
	"time"

	"briefing/internal/dossier"
	"briefing/internal/graph"
)

// moment returns a time in UTC.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// standingDoc describes a column of standings.
const standingDoc = "How sure it is by its sources: confirmed, reported, claimed, unconfirmed or disputed."

// actors are the people, states and organisations.
func (l linked) actors() Table {
	return table[*dossier.Actor, *dossier.Actor]{
		Table:   Table{Name: "actors", Kind: dossier.KindActor, Doc: "People, states and organisations, in the order of the alphabet.", Key: []string{"id"}},
		entries: every[*dossier.Actor](l, dossier.KindActor), rows: alone[*dossier.Actor],
		section: func(a *dossier.Actor) string { return string(a.Sort) },
		columns: slices.Concat(titled[*dossier.Actor](), []column[*dossier.Actor]{
			col(Word, "kind", "person, state, organisation, alliance or group.", func(a *dossier.Actor) string { return string(a.Sort) }).words(written(dossier.KindActor, "kind")...).always(),
			col(Text, "short_name", "A short name, where one is common.", func(a *dossier.Actor) string { return a.ShortName }),
			many(Texts, "also_known_as", "Other names and spellings, in any script.", func(a *dossier.Actor) Cell { return slices.Clone(a.AlsoKnownAs) }),
			col(Word, "code", "A state’s code by ISO 3166-1 alpha-2.", func(a *dossier.Actor) string { return a.Code }).like(countryForm),
			many(IDs, "member_of", "What it belongs to, or once did.", func(a *dossier.Actor) Cell {
				var c Cell
				for _, m := range a.MemberOf {
					c = append(c, l.id(m.Of))
				}
				return c
			}).of("actors"),
			many(Texts, "same_as", "Addresses of the same actor in registers elsewhere.", func(a *dossier.Actor) Cell { return slices.Clone(a.SameAs) }),
		}, ending[*dossier.Actor](l)),
	}.described()
}

// sources are what can be cited.
func (l linked) sources() Table {
	return table[*dossier.Source, *dossier.Source]{
		Table:   Table{Name: "sources", Kind: dossier.KindSource, Doc: "What the entries cite, by title. The same list is there as CSL-JSON, BibTeX and RIS.", Key: []string{"id"}},
		entries: every[*dossier.Source](l, dossier.KindSource), rows: alone[*dossier.Source],
		section: func(s *dossier.Source) string { return string(s.ID[:1]) },
		columns: slices.Concat(titled[*dossier.Source](), []column[*dossier.Source]{
			col(Word, "type", "What sort of item it is, by CSL 1.0.2.", func(s *dossier.Source) string { return s.Type }).words(written(dossier.KindSource, "type")...).always(),
			col(Text, "publisher", "Who published it.", func(s *dossier.Source) string { return s.Publisher }),
			many(Texts, "authors", "Who wrote it.", func(s *dossier.Source) Cell { return slices.Clone(s.Authors) }),
		}, dated("issued", "When it was published; empty where it bears no date.", func(s *dossier.Source) dossier.Date { return s.Issued }), []column[*dossier.Source]{
			col(Address, "url", "Where it is.", func(s *dossier.Source) string { return s.URL }),
			col(EDTF, "accessed", "When we read it there.", func(s *dossier.Source) string { return s.Accessed.String() }),
			col(Address, "archive_url", "Where a stored copy is.", func(s *dossier.Source) string { return s.Archive.URL }),
			col(EDTF, "archived", "When the copy was made.", func(s *dossier.Source) string { return s.Archive.At.String() }),
			col(Word, "language", "Its language, as a BCP 47 tag.", func(s *dossier.Source) string { return s.Language }).like(languageForm),
			col(Word, "class", "What sort of witness it is: official, agency, media, research or secondary.", func(s *dossier.Source) string { return string(s.Class) }).words(written(dossier.KindSource, "class")...),
			col(ID, "via", "The source through which we know it.", func(s *dossier.Source) string { return l.id(s.Via) }).of("sources"),
		}, ending[*dossier.Source](l)),
	}.described()
}

// figures are totals and counts that someone stated.
func (l linked) figures() Table {
	return table[*dossier.Figure, *dossier.Figure]{
		Table:   Table{Name: "figures", Kind: dossier.KindFigure, Doc: "Totals and counts as someone stated them, oldest first. None is part of a total of ours.", Key: []string{"id"}},
		entries: every[*dossier.Figure](l, dossier.KindFigure), rows: alone[*dossier.Figure],
		section: func(f *dossier.Figure) string { return yearOf(int(f.AsOf.Start.Year)) },
		columns: slices.Concat(titled[*dossier.Figure](), ranged("value", "the number", func(f *dossier.Figure) dossier.Range { return f.Range }), []column[*dossier.Figure]{
			col(Text, "unit", "What is counted, where it is not money.", func(f *dossier.Figure) string { return f.Unit }),
			col(Word, "currency", "The currency, by ISO 4217.", func(f *dossier.Figure) string { return f.Currency }).like(currencyForm),
			col(Text, "value_text", "The number with its unit, as pages print it.", func(f *dossier.Figure) string { return f.Text() }),
			col(Text, "measures", "What the number measures.", func(f *dossier.Figure) string { return f.Measures }),
		}, dated("as_of", "The date for which it holds.", func(f *dossier.Figure) dossier.Date { return f.AsOf }), []column[*dossier.Figure]{
			col(ID, "asserted_by", "Who says so.", func(f *dossier.Figure) string { return l.id(f.AssertedBy) }).of("actors"),
		}, ending[*dossier.Figure](l), []column[*dossier.Figure]{
			col(ID, "supersedes", "The earlier value of the same measure, which this one replaces.", func(f *dossier.Figure) string { return l.id(f.Supersedes) }).of("figures"),
			col(Word, "standing", standingDoc, func(f *dossier.Figure) string { return string(l.Standing(f, f)) }).words(texts(dossier.Standings)...),
		}),
	}.described()
}

// corrections are what was wrong in the entries.
func (l linked) corrections() Table {
	all := func() []graph.Changed {
		return slices.DeleteFunc(l.Changes(), func(c graph.Changed) bool { return c.Kind != dossier.Correction })
	}
	return table[graph.Changed, graph.Changed]{
		Table:   Table{Name: "corrections", Doc: "What was wrong in this brief, newest first.", Key: []string{"entry", "change"}},
		entries: all, rows: alone[graph.Changed],
		section: func(c graph.Changed) string { return yearOf(c.At.UTC().Year()) },
		columns: []column[graph.Changed]{
			col(ID, "entry", "The entry that was corrected.", func(c graph.Changed) string { return string(c.Entry.Base().ID) }),
			col(Word, "entry_kind", "What sort of entry it is: actor, series, event, pledge, figure, brief, source or page.", func(c graph.Changed) string { return string(c.Entry.Base().Kind) }).words(texts(dossier.Kinds)...).always(),
			col(Text, "entry_title", "What the entry is called.", func(c graph.Changed) string { return c.Entry.Base().Title }),
			col(Integer, "change", "The number of the note among all changes of the entry, from 1.", func(c graph.Changed) string { return strconv.Itoa(c.Number) }),
			col(Time, "at", "When the correction was published.", func(c graph.Changed) string { return moment(c.At) }),
			col(Text, "note", "What changed, and why.", func(c graph.Changed) string { return c.Note }),
			col(Address, "page", "The address of the entry’s page.", func(c graph.Changed) string { return l.page(c.Entry) }),
			col(Text, "was", "What stood there before.", func(c graph.Changed) string { return c.Was }),
			col(Text, "now", "What stands there instead.", func(c graph.Changed) string { return c.Now }),
			col(Word, "severity", "How grave it is: clarification, correction or retraction.", func(c graph.Changed) string { return string(c.Grade()) }).words(written(dossier.KindPage, "changes", "severity")...),
		},
	}.described()
}
