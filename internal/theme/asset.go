package theme

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// An Asset is a file that pages need.
type Asset struct {
	// Path is where it is put out, such as assets/site.0123456789.css.
	Path string

	// Data is its content, and Integrity the digest of it as the attribute integrity has it.
	Data      []byte
	Integrity string
}

const (
	// cssFolder holds the parts of the stylesheet, which are joined to one file, stylesheet: a page then needs one request for all of it.
	cssFolder  = "css/"
	stylesheet = "site.css"

	// printSheet is what pages look like on paper. It is apart from the rest, for a browser fetches it after all that a reader sees.
	printSheet = "print.css"
	printPart  = cssFolder + printSheet

	// feedStyles is what a browser shows a feed with, and the part that is its alone. The colours are those of the pages.
	feedStyles = "feed.css"
	feedPart   = cssFolder + feedStyles

	// fingerprint is how many characters of a digest stand in an address: enough to tell all versions of a file apart. They are in base 64,
	// as in the integrity that a page tells beside the address, so that a compressed page tells them once.
	fingerprint = 10
)

// readAssets reads the assets of a folder. An asset's name is its path in the folder; Go files, such as the one that embeds it, are none.
func (t *Theme) readAssets(static fs.FS) error {
	var names, styles, modules []string
	err := fs.WalkDir(static, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || d.IsDir():
			return err
		case strings.HasPrefix(name, cssFolder) && path.Ext(name) == ".css":
			styles = append(styles, name)
		case strings.HasPrefix(name, scriptFolder) && path.Ext(name) == ".js":
			modules = append(modules, name)
		case path.Ext(name) != ".go":
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		return err
	}
	t.urls = map[string]string{}
	if t.assets, err = sheets(static, styles, t.urls); err != nil {
		return err
	}
	t.colours = coloursOf(string(t.assets[0].Data))
	for _, name := range names {
		data, err := fs.ReadFile(static, name)
		if err != nil {
			return err
		}
		t.assets = append(t.assets, newAsset(name, data, t.urls))
	}
	scripts, elements, err := readScripts(static, modules, t.urls)
	if err != nil {
		return err
	}
	t.assets, t.scripts = append(t.assets, scripts...), elements
	sortAssets(t.assets)
	return nil
}

// sheets returns the stylesheets: that of the pages, and those of paper and of feeds where there is a part for them.
func sheets(static fs.FS, parts []string, urls map[string]string) ([]Asset, error) {
	var pages, paper, feeds []string
	for _, name := range parts {
		switch name {
		case printPart:
			paper = append(paper, name)
		case feedPart:
			feeds = append(feeds, name)
		case "css/palette.css", "css/intent.css":
			pages, feeds = append(pages, name), append(feeds, name)
		default:
			pages = append(pages, name)
		}
	}
	if !slices.Contains(feeds, feedPart) {
		feeds = nil
	}
	var assets []Asset
	for _, sheet := range []struct {
		name  string
		parts []string
	}{{stylesheet, pages}, {printSheet, paper}, {feedStyles, feeds}} {
		if sheet.parts == nil && sheet.name != stylesheet {
			continue
		}
		css, err := joinStyles(static, sheet.parts)
		if err != nil {
			return nil, err
		}
		assets = append(assets, newAsset(sheet.name, css, urls))
	}
	return assets, nil
}

// sortAssets puts assets in the order of their paths.
func sortAssets(list []Asset) {
	slices.SortFunc(list, func(a, b Asset) int { return cmp.Compare(a.Path, b.Path) })
}

// newAsset returns the asset of a name and enters its address. The address changes with the content, so that a browser may keep
// what it got for ever.
func newAsset(name string, data []byte, urls map[string]string) Asset {
	sum := sha256.Sum256(data)
	ext := path.Ext(name)
	a := Asset{Path: "assets/" + strings.TrimSuffix(name, ext) + "." + base64.RawURLEncoding.EncodeToString(sum[:])[:fingerprint] + ext, Data: data, Integrity: integrity(data)}
	urls[name] = "/" + a.Path
	return a
}

// styleOrder ranks the parts of the stylesheet: those that come later may override those that come before. A name that ends in a
// slash stands for all files of the folder that are not named.
var styleOrder = []string{"css/palette.css", "css/intent.css", "css/base.css", "css/layout.css", "css/components/", "css/"}

// styleRank returns the place of a part in styleOrder. It does not depend on the folder's own order, so that the same parts make the same
// stylesheet, and the same address, on any machine.
func styleRank(name string) int {
	for i, of := range styleOrder {
		if name == of {
			return i
		}
	}
	if strings.HasPrefix(name, "css/components/") {
		return slices.Index(styleOrder, "css/components/")
	}
	return slices.Index(styleOrder, "css/")
}

// joinStyles returns the parts of the stylesheet as one.
func joinStyles(static fs.FS, names []string) ([]byte, error) {
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(styleRank(a), styleRank(b)), cmp.Compare(a, b)) })
	var out []byte
	for _, name := range names {
		src, err := fs.ReadFile(static, name)
		if err != nil {
			return nil, err
		}
		out = appendStyles(out, string(src))
	}
	return out, nil
}

// whiteSpace is what CSS holds to be white space.
const whiteSpace = " \t\r\n\f"

// stringLength returns the length of the string that css begins with, quotes and escaped quotes included.
func stringLength(css string) int {
	for i := 1; i < len(css); i++ {
		switch css[i] {
		case '\\':
			i++
		case css[0]:
			return i + 1
		}
	}
	return len(css)
}

// appendStyles appends CSS without comments, and without the white space that follows one of {};:, where it means nothing. Strings stay as
// they are, and so does any other space, for between two selectors it means something.
func appendStyles(out []byte, css string) []byte {
	for css != "" {
		n := 1
		switch c := css[0]; {
		case strings.HasPrefix(css, "/*"):
			css = css[len("/*")+lengthTo(css[len("/*"):], "*/"):]
			continue
		case c == '"' || c == '\'':
			n = stringLength(css)
		case strings.IndexByte(whiteSpace, c) >= 0:
			css = strings.TrimLeft(css, whiteSpace)
			if len(out) > 0 && strings.IndexByte("{};:,"+whiteSpace, out[len(out)-1]) < 0 {
				out = append(out, ' ')
			}
			continue
		}
		out, css = append(out, css[:n]...), css[n:]
	}
	return out
}
