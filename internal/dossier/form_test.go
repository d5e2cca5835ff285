package dossier

import (
	"reflect"
	"testing"
)

// One form serves for several entries, of which none may have what another has.
func TestFormsKeepEntriesApart(t *testing.T) {
	for _, k := range Kinds {
		form := Borrow(k)
		for _, f := range form.Keys {
			fill(t, string(k)+"."+f.Key, f.Slot)
		}
		full := form.Made()
		form.Return()
		if len(full.Base().Tags) != 1 || !full.Base().Draft {
			t.Errorf("%s: what was taken is gone: %+v", k, full)
		}
		form = Borrow(k)
		empty := form.Made()
		if !reflect.DeepEqual(empty, New(k)) || empty.Base().Seldom != nothing {
			t.Errorf("%s: an empty form makes %+v", k, empty)
		}
		form.Copy(empty)
		form.Copy(full)
		if got := form.Made(); !reflect.DeepEqual(got, full) {
			t.Errorf("%s: %+v is copied as %+v", k, full, got)
		}
		form.Return()
		if !reflect.ValueOf(*nothing).IsZero() {
			t.Fatalf("%s: what all entries share is no longer empty", k)
		}
	}
}
