package theme

import (
	"strings"
	"testing"
	"testing/fstest"
)

// modules is a folder of modules.
func modules(files ...string) fstest.MapFS {
	folder := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		folder["js/"+files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return folder
}

// find returns the asset of a name.
func (t *Theme) find(name string) string {
	for _, a := range t.assets {
		if "/"+a.Path == t.urls[name] {
			return string(a.Data)
		}
	}
	return ""
}

func TestModulesImportAddressesThatChangeWithTheirContent(t *testing.T) {
	const main = `import {a} from './deep/a.js'; import "./b.js"; const later = import("./b.js"); const s = "from ./x.js";`
	load := func(b string) *Theme {
		th := &Theme{}
		if err := th.readAssets(modules("main.js", main, "deep/a.js", `export {b as a} from "../b.js";`, "b.js", b)); err != nil {
			t.Fatal(err)
		}
		return th
	}
	before, after := load("export const b = 1;"), load("export const b = 2;")
	want := "import {a} from '" + before.urls["js/deep/a.js"] + `'; import "` + before.urls["js/b.js"] + `"; const later = import("` +
		before.urls["js/b.js"] + `"); const s = "from ./x.js";`
	if got := before.find("js/main.js"); got != want {
		t.Errorf("it is\n%s, want\n%s", got, want)
	}
	for _, name := range []string{"js/main.js", "js/deep/a.js", "js/b.js"} {
		if before.urls[name] == after.urls[name] || before.scripts[name] == after.scripts[name] {
			t.Errorf("%s stays at its address, though a module that it needs has changed", name)
		}
	}
	html, err := before.script("js/main.js")
	lines := strings.Split(strings.TrimSpace(string(html)), "\n")
	if err != nil || len(lines) != 3 {
		t.Fatalf("%q, %v", lines, err)
	}
	for i, want := range []string{
		`<link rel="modulepreload" href="` + before.urls["js/b.js"] + `" integrity="sha256-`,
		`<link rel="modulepreload" href="` + before.urls["js/deep/a.js"] + `" integrity="sha256-`,
		`<script type="module" src="` + before.urls["js/main.js"] + `" integrity="` + integrity([]byte(before.find("js/main.js"))) + `"></script>`,
	} {
		if !strings.HasPrefix(lines[i], want) {
			t.Errorf("line %d is %s, want %s", i, lines[i], want)
		}
	}
}

func TestModulesThatCannotBeLoaded(t *testing.T) {
	for want, folder := range map[string]fstest.MapFS{
		"js/a.js: it imports js/none.js, which is not there": modules("a.js", `import "./none.js"`),
		"js/b.js: it imports js/a.js, which imports it":      modules("a.js", `import "./b.js"`, "b.js", `import "./a.js"`),
		"js/a.js: it imports js/a.js, which imports it":      modules("a.js", `import x from "./a.js"`),
		"js/b.js: it imports js/gone.js, which is not there": modules("a.js", `import "./b.js"; import "./c.js"`, "b.js", `import "./gone.js"`, "c.js", ""),
	} {
		if err := new(Theme).readAssets(folder); err == nil || err.Error() != want {
			t.Errorf("error %v, want %s", err, want)
		}
	}
	if _, err := loaded(t).script("js/none.js"); err == nil {
		t.Error("a module that is not there can be asked for")
	}
}
