package theme

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// scriptFolder holds the JavaScript modules. Each is an asset of its own.
const scriptFolder = "js/"

// imported is the part of a module that names another: a path that begins with a dot, in quotes, after from or import. A module
// must name the modules of its folder so, and in no comment or string.
var imported = regexp.MustCompile(`\b(from|import)\s*\(?\s*["'](\.{1,2}/[^"']+)["']`)

// scripts are the modules while they become assets. The address of a module changes with its content, and its content holds the addresses
// of those that it imports: they come first.
type scripts struct {
	static fs.FS
	urls   map[string]string
	assets []Asset

	// needs leads from each module to all that it loads, itself last; while a module is being read the list is nil.
	needs map[string][]string
	sums  map[string]string
}

// readScripts returns the modules as assets, and the elements that load each.
func readScripts(static fs.FS, names []string, urls map[string]string) ([]Asset, map[string]template.HTML, error) {
	s := scripts{static: static, urls: urls, needs: map[string][]string{}, sums: map[string]string{}}
	elements := map[string]template.HTML{}
	for _, name := range names {
		if err := s.read(name, ""); err != nil {
			return nil, nil, err
		}
		elements[name] = s.element(name)
	}
	return s.assets, elements, nil
}

// read makes the asset of a module, unless it is there already, after those of the modules that it imports. By is the one that asks for it.
func (s *scripts) read(name, by string) error {
	if needs, ok := s.needs[name]; ok {
		if needs == nil {
			return fmt.Errorf("%s: it imports %s, which imports it", by, name)
		}
		return nil
	}
	src, err := fs.ReadFile(s.static, name)
	if err != nil {
		return fmt.Errorf("%s: it imports %s, which is not there", by, name)
	}
	s.needs[name] = nil
	var needs []string
	code := imported.ReplaceAllStringFunc(string(src), func(match string) string {
		of := imported.FindStringSubmatch(match)[2]
		other := path.Join(path.Dir(name), of)
		if failed := s.read(other, name); failed != nil && err == nil {
			err = failed
		}
		needs = append(needs, s.needs[other]...)
		return strings.Replace(match, of, s.urls[other], 1)
	})
	if err != nil {
		return err
	}
	a := newAsset(name, []byte(code), s.urls)
	s.assets, s.sums[name] = append(s.assets, a), a.Integrity
	s.needs[name] = append(distinct(needs), name)
	return nil
}

// element returns what loads a module and, before it, those that it imports, so that all are asked for at once. Each may only have the
// content that it had when the page was made.
func (s *scripts) element(name string) template.HTML {
	var b strings.Builder
	for _, n := range s.needs[name] {
		if n != name {
			fmt.Fprintf(&b, "<link rel=\"modulepreload\" href=\"%s\" integrity=\"%s\">\n", s.urls[n], s.sums[n])
		}
	}
	fmt.Fprintf(&b, "<script type=\"module\" src=\"%s\" integrity=\"%s\"></script>\n", s.urls[name], s.sums[name])
	return template.HTML(b.String())
}

// integrity returns the digest of a file as the attribute integrity has it.
func integrity(data []byte) string {
	sum := sha256.Sum256(data)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// distinct returns the list without what stands in it before.
func distinct(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// script returns the elements that load a module, by the name of its file.
func (t *Theme) script(name string) (template.HTML, error) {
	html, ok := t.scripts[name]
	if !ok {
		return "", fmt.Errorf("no module %s in static", name)
	}
	return html, nil
}
