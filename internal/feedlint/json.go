package feedlint

import (
	"bytes"
	"encoding/json"
	"io"
)

// A value is a value of JSON with its place. The methods of a nil value are those of one that is not there.
type value struct {
	kind kind
	text string   // of a string or a number, or true or false
	keys []string // of an object, beside kids
	// kids are the elements of an array, or the values of an object, in the order of the file.
	kids []*value
	at   int
}

// A kind is a type of JSON, as messages name it.
type kind string

const (
	// They are written with their article, as they stand in messages.
	object  kind = "an object"
	array   kind = "an array"
	textual kind = "a string"
	number  kind = "a number"
	truth   kind = "true or false"
	null    kind = "null"
)

// key returns the value of a key, or nil.
func (v *value) key(name string) *value {
	if v != nil {
		for i, k := range v.keys {
			if k == name {
				return v.kids[i]
			}
		}
	}
	return nil
}

// is reports whether there is a value, of a kind.
func (v *value) is(k kind) bool { return v != nil && v.kind == k }

// str returns the text of a string, and nothing for anything else.
func (v *value) str() string {
	if v.is(textual) {
		return v.text
	}
	return ""
}

// list returns the elements of an array, and nothing for anything else.
func (v *value) list() []*value {
	if v.is(array) {
		return v.kids
	}
	return nil
}

// field returns the text of a key with its place.
func (v *value) field(name string) field {
	k := v.key(name)
	if k == nil {
		return field{}
	}
	return field{text: k.str(), at: k.at, element: name, given: true}
}

// parseJSON makes a tree of the values.
func (d *doc) parseJSON() {
	r := &jsonReader{doc: d, decoder: json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(d.data, []byte("\ufeff"))))}
	r.start = len(d.data) - len(bytes.TrimPrefix(d.data, []byte("\ufeff")))
	// A number is only ever named in a message, and stays as it was written.
	r.decoder.UseNumber()
	root, ok := r.next(0)
	if !ok {
		return
	}
	if _, err := r.decoder.Token(); err != io.EOF {
		d.fault("json-syntax", r.offset(), "something stands behind the object")
		return
	}
	d.json = root
}

// A jsonReader makes a tree of tokens.
type jsonReader struct {
	doc     *doc
	decoder *json.Decoder
	// start is how many bytes of the file the decoder was not given.
	start int
}

// offset returns where the next value begins: the decoder knows where the last one ended.
func (r *jsonReader) offset() int {
	at := r.start + int(r.decoder.InputOffset())
	for at < len(r.doc.data) && bytes.IndexByte([]byte(" \t\r\n,:"), r.doc.data[at]) >= 0 {
		at++
	}
	return at
}

// next reads a value. It reports whether there was one.
func (r *jsonReader) next(depth int) (*value, bool) {
	v := &value{at: r.offset()}
	if depth == depthLimit {
		r.doc.fault("feed-limit", v.at, "values lie more than %d deep in each other", depthLimit)
		return nil, false
	}
	token, err := r.decoder.Token()
	if err != nil {
		r.doc.fault("json-syntax", v.at, "%v", err)
		return nil, false
	}
	switch t := token.(type) {
	case json.Delim:
		v.kind = array
		if t == '{' {
			v.kind = object
		}
		return v, r.fill(v, depth)
	case string:
		v.kind, v.text = textual, t
	case json.Number:
		v.kind, v.text = number, t.String()
	case bool:
		v.kind = truth
	case nil:
		v.kind = null
	}
	return v, true
}

// fill reads what an object or an array holds, up to its end.
func (r *jsonReader) fill(v *value, depth int) bool {
	seen := map[string]bool{}
	for r.decoder.More() {
		if v.kind == object {
			at := r.offset()
			token, err := r.decoder.Token()
			name, ok := token.(string)
			if err != nil || !ok {
				r.doc.fault("json-syntax", at, "no key stands where one should: %v", err)
				return false
			}
			// The decoder of Go keeps the last of two without a word.
			if seen[name] {
				r.doc.fault("json-twice", at, "the key %q stands twice in one object", short(name))
			}
			seen[name] = true
			v.keys = append(v.keys, name)
		}
		k, ok := r.next(depth + 1)
		if !ok {
			return false
		}
		v.kids = append(v.kids, k)
	}
	if _, err := r.decoder.Token(); err != nil {
		r.doc.fault("json-syntax", r.offset(), "%v", err)
		return false
	}
	return true
}
