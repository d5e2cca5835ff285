package site

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"briefing/internal/dossier"
	"briefing/internal/pack"
)

// filler sets every field of a value to something that no other field has.
type filler struct{ n int64 }

func (f *filler) fill(t *testing.T, v reflect.Value) {
	f.n++
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.Unix(f.n, f.n).UTC()))
		return
	case decimal.Decimal:
		v.Set(reflect.ValueOf(decimal.New(f.n, -2)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(time.Unix(f.n, 0).UTC().String())
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(f.n%100 + 1)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(f.n%100 + 1))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		f.fill(t, v.Index(0))
		f.fill(t, v.Index(1))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(t, v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if !v.Type().Field(i).IsExported() {
				t.Fatalf("%v has a field that no memory keeps: %s", v.Type(), v.Type().Field(i).Name)
			}
			f.fill(t, v.Field(i))
		}
	default:
		t.Fatalf("a %v is kept by no memory", v.Type())
	}
}

func TestAMemoryForgetsNoField(t *testing.T) {
	values := []any{new(dossier.Rates)}
	for _, k := range dossier.Kinds {
		values = append(values, dossier.New(k))
	}
	var f filler
	for _, want := range values {
		f.fill(t, reflect.ValueOf(want).Elem())
		b, err := pack.Append(nil, want)
		if err != nil {
			t.Fatal(err)
		}
		got := reflect.New(reflect.TypeOf(want).Elem())
		if err := pack.Unpack(string(b), got.Interface()); err != nil || !reflect.DeepEqual(got.Interface(), want) {
			t.Errorf("a %T comes back as another (%v)", want, err)
		}
	}
}

// remembered returns a memory of a site, and the site.
func remembered(t *testing.T, folder string, src Source, at time.Time) *Site {
	t.Helper()
	m := OpenMemory(folder, src.Program)
	defer m.Close()
	s, problems, err := Load(t.Context(), src, m.Site())
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	if err := m.Keep(s, at); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestWhatIsRememberedIsNotParsedAgain(t *testing.T) {
	const n = 60
	folder, now := t.TempDir(), time.Unix(1e9, 0)
	src := corpusSource(n)
	src.Program = "program"
	first := remembered(t, folder, src, now)
	if all := len(first.files); first.Parsed != all || all < n {
		t.Fatalf("parsed %d of %d", first.Parsed, all)
	}
	second := remembered(t, folder, src, now)
	if second.Parsed != 0 {
		t.Errorf("parsed %d again", second.Parsed)
	}
	for i := range first.files {
		if !equalEntries(first.files[i].entry, second.files[i].entry) {
			t.Errorf("%s came back as another", first.files[i].Name)
		}
	}
	if first.From() == "" || first.From() != second.From() {
		t.Error("the same inputs have two names")
	}
	src.Program = "another program"
	if third := remembered(t, folder, src, now); third.Parsed != first.Parsed {
		t.Errorf("another program parsed %d files", third.Parsed)
	}
}

// equalEntries reports whether two entries are the same to all who look at them. A number that is zero has two forms.
func equalEntries(a, b dossier.Entry) bool {
	if a == nil || b == nil {
		return a == b
	}
	one, err := pack.Append(nil, a)
	two, err2 := pack.Append(nil, b)
	return err == nil && err2 == nil && string(one) == string(two)
}

func TestADamagedMemoryCountsForNothing(t *testing.T) {
	src := corpusSource(20)
	src.Program = "program"
	now := time.Unix(1e9, 0)
	for name, damage := range map[string]func(folder string) error{
		"no inputs":          func(folder string) error { return os.Remove(filepath.Join(folder, inputsName)) },
		"no entries":         func(folder string) error { return os.Remove(filepath.Join(folder, entriesName)) },
		"half of inputs":     func(folder string) error { return os.Truncate(filepath.Join(folder, inputsName), 500) },
		"half of entries":    func(folder string) error { return os.Truncate(filepath.Join(folder, entriesName), 5000) },
		"other inputs":       func(folder string) error { return flip(filepath.Join(folder, inputsName)) },
		"other entries":      func(folder string) error { return flip(filepath.Join(folder, entriesName)) },
		"an empty file":      func(folder string) error { return os.Truncate(filepath.Join(folder, inputsName), 0) },
		"everything removed": os.RemoveAll,
	} {
		folder := t.TempDir()
		first := remembered(t, folder, src, now)
		if err := damage(folder); err != nil {
			t.Fatal(err)
		}
		again := remembered(t, folder, src, now)
		if again.Parsed == 0 {
			t.Errorf("%s: nothing was parsed", name)
		}
		for i := range first.files {
			if !equalEntries(first.files[i].entry, again.files[i].entry) {
				t.Errorf("%s: %s is another", name, first.files[i].Name)
			}
		}
		if third := remembered(t, folder, src, now); third.Parsed != 0 {
			t.Errorf("%s: after it was mended %d files were parsed", name, third.Parsed)
		}
	}
}

// flip changes a byte in the middle of a file.
func flip(name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	text[len(text)/2] ^= 1
	return os.WriteFile(name, text, 0o644)
}
