package data

import (
	"slices"

	"briefing/internal/dossier"
)

// The forms of single values.
const (
	idForm       = `[a-z0-9]+(-[a-z0-9]+)*`
	pointForm    = `\d{4}(-\d{2}(-\d{2})?)?[~?%]?`
	edtfForm     = pointForm + `(/(\.\.|` + pointForm + `)?)?`
	clockForm    = `\d{2}:\d{2}`
	currencyForm = `[A-Z]{3}`
	countryForm  = `[A-Z]{2}`
	languageForm = `[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*`
)

// words says that a column holds words of a fixed list.
func (c column[R]) words(list ...string) column[R] {
	c.Words = list
	return c
}

// like says which form the values of a column have, as a regular expression for the whole of one.
func (c column[R]) like(form string) column[R] {
	c.Form = form
	return c
}

// always says that no cell of a column is empty.
func (c column[R]) always() column[R] {
	c.Required = true
	return c
}

// written returns the words that editors may write for a key of a kind of entry; further keys lead into the records within.
func written(kind dossier.Kind, keys ...string) []string {
	slot := dossier.Slot(dossier.Record{Table: dossier.New(kind).Table})
	for _, key := range keys {
		// A key of a list leads to the key of its items.
		if list, ok := slot.(dossier.Sequence); ok {
			slot = list.Next(1)
		}
		t := slot.(dossier.Record).Table()
		slot = t[t.Index(key)].Slot
	}
	return slot.(dossier.Scalar).Words
}

// texts returns words as texts.
func texts[T ~string](words []T) []string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = string(w)
	}
	return list
}

// constrained fills in what the type of a column alone says of its cells, and what its being a key does.
func (t *Table) constrained(c Column) Column {
	c.Required = c.Required || t.InKey(c.Name) || c.Type == Boolean
	c.Unique = slices.Equal(t.Key, []string{c.Name})
	switch {
	case c.Form != "":
	case c.Type == ID:
		c.Form = idForm
	case c.Type == EDTF:
		c.Form = edtfForm
	}
	return c
}
