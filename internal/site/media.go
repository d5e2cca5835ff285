package site

import (
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // formats of images
	_ "image/jpeg"
	_ "image/png"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	_ "golang.org/x/image/webp"

	"briefing/internal/diag"
	"briefing/internal/graph"
	"briefing/internal/output"
)

// MediaFolder is where the images of entries lie. They are published at graph.MediaAddress under the names that they have in it.
const MediaFolder = ContentFolder + "/media"

// images are the ends of the names of files that are images.
var images = []string{".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"}

// media returns the sizes of all images by their addresses. A file that only says that it is an image is a problem.
func media(files fs.FS) (map[string]graph.Size, diag.List) {
	sizes := map[string]graph.Size{}
	var problems diag.List
	fs.WalkDir(files, MediaFolder, func(name string, d fs.DirEntry, err error) error { // there need be none
		if err != nil || d.IsDir() || !slices.Contains(images, path.Ext(name)) {
			return nil
		}
		size, err := imageSize(files, name)
		if err != nil {
			problems.Add(diag.Problem{
				Pos: diag.Pos{File: name}, Code: diag.Unreadable, Msg: fmt.Sprintf("no size can be read from the image: %v", err),
				Hint: "save it again as what its name says; an SVG image needs a viewBox, or a width and a height",
			})
		}
		// It has an address even so: a reference to it leads somewhere, and only one problem is told.
		sizes[graph.MediaAddress+strings.TrimPrefix(name, MediaFolder+"/")] = size
		return nil
	})
	return sizes, problems
}

// imageSize reads the size of an image from the head of its file.
func imageSize(files fs.FS, name string) (graph.Size, error) {
	f, err := files.Open(name)
	if err != nil {
		return graph.Size{}, err
	}
	defer f.Close()
	if path.Ext(name) == ".svg" {
		return vectorSize(f)
	}
	c, _, err := image.DecodeConfig(f)
	return graph.Size{Width: c.Width, Height: c.Height}, err
}

// vectorSize reads the size of an SVG image: its width and height in pixels, or else those of its viewBox.
func vectorSize(r io.Reader) (graph.Size, error) {
	d := xml.NewDecoder(r)
	for {
		token, err := d.Token()
		if err != nil {
			return graph.Size{}, err
		}
		root, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		attr := map[string]string{}
		for _, a := range root.Attr {
			attr[a.Name.Local] = a.Value
		}
		// A viewBox holds four numbers, the last two of which are the size. The empty ones stand for those that are missing.
		box := append(strings.Fields(strings.ReplaceAll(attr["viewBox"], ",", " ")), "", "", "", "")
		for _, pair := range [][2]string{{attr["width"], attr["height"]}, {box[2], box[3]}} {
			if s := (graph.Size{Width: pixels(pair[0]), Height: pixels(pair[1])}); root.Name.Local == "svg" && s.Width > 0 && s.Height > 0 {
				return s, nil
			}
		}
		return graph.Size{}, errors.New("its first element says none")
	}
}

// pixels returns a length without a unit or in px as a whole number; 0 where it is another.
func pixels(s string) int {
	f, err := strconv.ParseFloat(strings.TrimSuffix(s, "px"), 64)
	if err != nil || f < 0 || f > 1e5 {
		return 0
	}
	return int(f + 0.5)
}

// mediaFiles promises the images that entries show.
func (s *Site) mediaFiles(files fs.FS) output.Files {
	list := s.Graph.Images()
	return family{len(list), func(i int) string { return outputPath(list[i]) }, func(i int) output.File {
		return output.File{Key: s.key(), Write: func(w io.Writer) error {
			data, err := fs.ReadFile(files, MediaFolder+"/"+strings.TrimPrefix(list[i], graph.MediaAddress))
			if err != nil {
				return fmt.Errorf("the image went away during the build; build again: %w", err)
			}
			_, err = w.Write(data)
			return err
		}}
	}}
}
