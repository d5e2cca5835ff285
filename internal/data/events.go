package data

import (
	"slices"
	"strconv"

	"briefing/internal/dossier"
)

// meetings are the events that belong to a series.
func (l linked) meetings() Table {
	t := l.happening(func() []*dossier.Event {
		return slices.DeleteFunc(every[*dossier.Event](l, dossier.KindEvent)(), func(e *dossier.Event) bool { return e.Series == "" })
	})
	t.Name, t.Doc = "meetings", "The events that belong to a series, oldest first: its history."
	// Each meeting is an event too, with the same id.
	t.columns[0].Of = "events"
	return t.described()
}

// events are all events.
func (l linked) events() Table {
	t := l.happening(every[*dossier.Event](l, dossier.KindEvent))
	t.Name, t.Kind, t.Doc = "events", dossier.KindEvent, "Events of every sort, meetings included, oldest first."
	return t.described()
}

// happening describes a table of events.
func (l linked) happening(list func() []*dossier.Event) table[*dossier.Event, *dossier.Event] {
	return table[*dossier.Event, *dossier.Event]{
		Table:   Table{Key: []string{"id"}},
		entries: list, rows: alone[*dossier.Event],
		section: func(e *dossier.Event) string { return yearOf(int(e.Date.Start.Year)) },
		columns: slices.Concat(
			titled[*dossier.Event](), l.when(), l.where(), l.who(), l.outcome(), ending[*dossier.Event](l), l.sureness(),
		),
	}
}

// when describes the columns that say what an event is, and when.
func (l linked) when() []column[*dossier.Event] {
	return slices.Concat([]column[*dossier.Event]{
		col(Word, "kind", "What sort of event it is, such as meeting, summit or attack.", func(e *dossier.Event) string { return string(e.Sort) }).words(written(dossier.KindEvent, "kind")...).always(),
		col(ID, "series", "The series it belongs to.", func(e *dossier.Event) string { return l.id(e.Series) }),
		col(Integer, "number", "Its number in the series.", func(e *dossier.Event) string {
			if e.Number == 0 {
				return ""
			}
			return strconv.Itoa(e.Number)
		}),
	}, dated("date", "When it took place, or is to.", func(e *dossier.Event) dossier.Date { return e.Date }), []column[*dossier.Event]{
		col(Text, "time", "When it began, as hours and minutes in the time zone of the site.", func(e *dossier.Event) string { return e.Time }).like(clockForm),
		col(Word, "status", "scheduled, held, postponed or cancelled.", func(e *dossier.Event) string { return string(e.State()) }).words(written(dossier.KindEvent, "status")...).always(),
		col(EDTF, "was", "The old date of an event that was moved.", func(e *dossier.Event) string { return e.Was.String() }),
	})
}

// where describes the columns of a place.
func (l linked) where() []column[*dossier.Event] {
	return []column[*dossier.Event]{
		col(Word, "format", "in person, online or hybrid; empty where not known to us.", func(e *dossier.Event) string { return e.Format() }).words("in person", "online", "hybrid"),
		col(Text, "place", "The building, base or area.", func(e *dossier.Event) string { return e.Place.Name }),
		col(Text, "city", "The city.", func(e *dossier.Event) string { return e.Place.City }),
		col(Word, "country", "The country, by ISO 3166-1 alpha-2.", func(e *dossier.Event) string { return e.Place.Country }).like(countryForm),
	}
}

// who describes the columns of those who took part.
func (l linked) who() []column[*dossier.Event] {
	// part describes the column of those who took part in one way.
	part := func(name, doc string, mode dossier.Mode) column[*dossier.Event] {
		return many(IDs, name, doc, func(e *dossier.Event) Cell {
			var c Cell
			for _, a := range e.Attendance {
				if a.Mode == mode {
					c = append(c, l.id(a.Actor))
				}
			}
			return c
		}).of("actors")
	}
	return slices.Concat([]column[*dossier.Event]{
		many(IDs, "chairs", "Who chaired.", func(e *dossier.Event) Cell { return l.ids(e.Chairs) }).of("actors"),
		part("in_person", "Who took part in person.", dossier.InPerson),
		part("online", "Who took part online.", dossier.Remote),
		part("represented", "Who was represented by someone else.", dossier.Represented),
		part("attended", "Who took part in a way that is not known to us.", ""),
		part("absent", "Who is known to have been absent; nobody is absent only for not being named.", dossier.Absent),
		part("contested", "Whose part sources differ on.", dossier.Contested),
		many(IDs, "involved", "Who else is concerned.", func(e *dossier.Event) Cell { return l.ids(e.Actors) }).of("actors"),
	}, ranged("participants", "the number of participants", func(e *dossier.Event) dossier.Range { return e.Participants.Range }), []column[*dossier.Event]{
		col(Text, "participants_text", "The number of participants as pages print it.", func(e *dossier.Event) string { return e.Participants.Text() }),
	})
}

// outcome describes the columns of what came of an event, and of what it is part.
func (l linked) outcome() []column[*dossier.Event] {
	return []column[*dossier.Event]{
		many(Texts, "outcomes", "What came out of it, a sentence each.", func(e *dossier.Event) Cell {
			var c Cell
			for _, o := range e.Outcomes {
				c = append(c, o.Text)
			}
			return c
		}),
		many(IDs, "pledges", "The pledges announced there.", func(e *dossier.Event) Cell {
			var c Cell
			for _, p := range l.PledgesAt(e.ID) {
				c = append(c, string(p.ID))
			}
			return c
		}).of("pledges"),
		col(ID, "part_of", "The event of which it was a part.", func(e *dossier.Event) string { return l.id(e.PartOf) }).of("events"),
		col(ID, "follows", "The event that it continues.", func(e *dossier.Event) string { return l.id(e.Follows) }).of("events"),
		col(Text, "key", "A label, where it is a key event.", func(e *dossier.Event) string { return e.Key }),
	}
}

// sureness describes the columns that say how sure the rest is.
func (l linked) sureness() []column[*dossier.Event] {
	return []column[*dossier.Event]{
		many(Texts, "outcomes_standing", "How sure each outcome is by its sources, in the order of outcomes: confirmed, reported, claimed, unconfirmed or disputed.", func(e *dossier.Event) Cell {
			var c Cell
			for i := range e.Outcomes {
				c = append(c, string(l.Standing(e, &e.Outcomes[i])))
			}
			return c
		}),
	}
}
