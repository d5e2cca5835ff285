package site_test

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"briefing/internal/export"
	"briefing/internal/site"
)

// webp is an image of 3 by 2 pixels.
const webp = "UklGRiIAAABXRUJQVlA4TBYAAAAvAkAAAAcQEf0PRET/A0S0vwDof0D/Aw=="

// drawn returns an image of 5 by 4 pixels in one of the formats of package image.
func drawn(t *testing.T, encode func(w io.Writer, m image.Image) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b, image.NewPaletted(image.Rect(0, 0, 5, 4), palette.Plan9)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// illustrated returns the starter with images, and a page that shows them by its own words.
func illustrated(t *testing.T, words string, images map[string]string) site.Source {
	t.Helper()
	files := starter(t)
	const about = "content/pages/about.md"
	files = edited(files, about, string(files[about].Data)+"\n"+words+"\n")
	for name, data := range images {
		files["content/media/"+name] = &fstest.MapFile{Data: []byte(data)}
	}
	return realSource(files)
}

func TestImagesHaveTheirSizes(t *testing.T) {
	small, err := base64.StdEncoding.DecodeString(webp)
	if err != nil {
		t.Fatal(err)
	}
	photo := drawn(t, func(w io.Writer, m image.Image) error { return jpeg.Encode(w, m, nil) })
	images := map[string]string{
		"a.png": drawn(t, png.Encode), "b.jpg": photo, "c.jpeg": photo,
		"c.gif": drawn(t, func(w io.Writer, m image.Image) error { return gif.Encode(w, m, nil) }), "maps/d.webp": string(small),
		"e.svg":              `<?xml version="1.0"?><!-- a --><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640.4,480"/>`,
		"f.svg":              `<svg xmlns="http://www.w3.org/2000/svg" width="30px" height="20" viewBox="0 0 1 1"/>`,
		"g.svg":              `<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%" viewBox="0 0 7 8"/>`,
		"kept-for-later.png": drawn(t, png.Encode),
	}
	sizes := map[string]string{
		"a.png": `width="5" height="4"`, "b.jpg": `width="5" height="4"`, "c.jpeg": `width="5" height="4"`, "c.gif": `width="5" height="4"`, "maps/d.webp": `width="3" height="2"`,
		"e.svg": `width="640" height="480"`, "f.svg": `width="30" height="20"`, "g.svg": `width="7" height="8"`,
	}
	var words strings.Builder
	for name := range sizes {
		words.WriteString("![A picture](/media/" + name + ")\n\n")
	}
	tree := keep(t, load(t, illustrated(t, words.String(), images), nil))
	for name, size := range sizes {
		if want := `<img src="/media/` + name + `" ` + size + ` loading="lazy" alt="A picture">`; !strings.Contains(tree["about/index.html"], want) {
			t.Errorf("the page lacks %s", want)
		}
		if tree["media/"+name] != images[name] {
			t.Errorf("media/%s is not what it was", name)
		}
		if kind := export.Headers("media/" + name)[0].Value; !strings.HasPrefix(kind, "image/") {
			t.Errorf("media/%s is served as %s", name, kind)
		}
	}
	if tree["media/kept-for-later.png"] != "" {
		t.Error("an image is published that no entry shows")
	}
}

func TestFeedsLeadToImages(t *testing.T) {
	files := starter(t)
	const brief = "content/briefs/boats.md"
	files = edited(files, brief, string(files[brief].Data)+"\n![A boat](/media/boat.png)\n")
	files["content/media/boat.png"] = &fstest.MapFile{Data: []byte(drawn(t, png.Encode))}
	s := load(t, realSource(files), nil)
	if feed := keep(t, s)["feed.json"]; !strings.Contains(feed, `src=\"`+s.Graph.Site.BaseURL+`/media/boat.png\"`) {
		t.Errorf("no full address of the image in\n%s", feed)
	}
}

func TestImagesThatAreNotThere(t *testing.T) {
	src := illustrated(t, "![A boat](/media/baot.png) ![A tree](/media/harbour-by-night.png) ![A map](https://example.org/map.png) ![](/media/boat.png)",
		map[string]string{"boat.png": drawn(t, png.Encode), "empty.jpg": "", "flat.svg": "<svg/>", "note.txt": "no image"})
	_, problems, err := site.Load(t.Context(), src, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range problems {
		got = append(got, string(p.Code)+" "+p.File+": "+p.Msg+"; "+p.Hint)
	}
	for _, want := range []string{
		"dangling-address content/pages/about.md: there is nothing at /media/baot.png; did you mean /media/boat.png?",
		"dangling-address content/pages/about.md: there is nothing at /media/harbour-by-night.png; put the image into content/media/",
		"unsafe-link content/pages/about.md: an image from another site; put the file into content/media/ and write /media/ and its name: a page asks no other site for anything",
		"missing-alt content/pages/about.md: an image without an alternative text; say between the brackets what the image shows",
		"unreadable content/media/empty.jpg: no size can be read from the image: image: unknown format; save it again as what its name says; an SVG image needs a viewBox, or a width and a height",
		"unreadable content/media/flat.svg: no size can be read from the image: its first element says none; save it again as what its name says; an SVG image needs a viewBox, or a width and a height",
		"unread-file content/media/note.txt: nothing reads a file of this name; save its text as Markdown in a file that ends in .md, or move it out of content/",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("no problem %q in\n%s", want, strings.Join(got, "\n"))
		}
	}
	if len(got) != 7 {
		t.Errorf("%d problems:\n%s", len(got), strings.Join(got, "\n"))
	}
}
