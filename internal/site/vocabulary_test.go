package site_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"
)

// schemaTypes are the types of schema.org 30 that pages use, each with the types of which it is a narrower one.
var schemaTypes = map[string]string{
	"Thing": "", "Action": "Thing", "CreativeWork": "Thing", "Event": "Thing", "Intangible": "Thing", "Organization": "Thing", "Person": "Thing",
	"Place": "Thing", "StructuredValue": "Intangible", "Role": "Intangible", "OrganizationRole": "Role", "Occupation": "Intangible",
	"GovernmentOrganization": "Organization", "EventSeries": "Event", "VirtualLocation": "Intangible", "PostalAddress": "StructuredValue",
	"Grant": "Intangible", "MonetaryGrant": "Grant", "MonetaryAmount": "StructuredValue", "PropertyValue": "StructuredValue",
	"QuantitativeValue": "StructuredValue", "Observation": "QuantitativeValue", "ItemList": "Intangible", "BreadcrumbList": "ItemList",
	"ListItem": "Intangible", "WebSite": "CreativeWork", "WebPage": "CreativeWork", "CollectionPage": "WebPage", "Article": "CreativeWork",
	"NewsArticle": "Article", "ScholarlyArticle": "Article", "SocialMediaPosting": "Article", "BlogPosting": "SocialMediaPosting", "Report": "Article",
	"Book": "CreativeWork", "Chapter": "CreativeWork", "Claim": "CreativeWork", "Comment": "CreativeWork", "CorrectionComment": "Comment",
	"Dataset": "CreativeWork", "DataFeed": "Dataset", "DataDownload": "MediaObject", "MediaObject": "CreativeWork", "Legislation": "CreativeWork",
	"DefinedTermSet": "CreativeWork", "DefinedTerm": "Intangible", "Manuscript": "CreativeWork", "Map": "CreativeWork", "Movie": "CreativeWork", "Quotation": "CreativeWork", "Thesis": "CreativeWork",
}

// A schemaProperty is a property of schema.org: of which types things have it, and what its values are. Only the types that pages use are
// listed of either.
type schemaProperty struct {
	domain, values string
}

// schemaProperties are those that pages use.
var schemaProperties = map[string]schemaProperty{
	"additionalType": {"Thing", "Text URL"}, "alternateName": {"Thing", "Text"}, "description": {"Thing", "Text"},
	"identifier": {"Thing", "PropertyValue Text URL"}, "name": {"Thing", "Text"}, "sameAs": {"Thing", "URL"},
	"subjectOf": {"Thing", "CreativeWork Event"}, "url": {"Thing", "URL"},

	"about": {"CreativeWork Event", "Thing"}, "archivedAt": {"CreativeWork", "URL WebPage"}, "author": {"CreativeWork", "Organization Person"},
	"citation": {"CreativeWork", "CreativeWork Text"}, "correction": {"CreativeWork", "CorrectionComment Text URL"},
	"dateModified": {"CreativeWork", "Date DateTime"}, "datePublished": {"CreativeWork", "Date DateTime"},
	"sdDatePublished": {"CreativeWork", "Date"},
	"hasPart":         {"CreativeWork", "CreativeWork"}, "inLanguage": {"CreativeWork Event", "Text"}, "isPartOf": {"CreativeWork", "CreativeWork URL"},
	"license": {"CreativeWork", "CreativeWork URL"}, "mainEntity": {"CreativeWork", "Thing"}, "publisher": {"CreativeWork", "Organization Person"},
	"text": {"CreativeWork", "Text"}, "appearance": {"Claim", "CreativeWork"}, "breadcrumb": {"WebPage", "BreadcrumbList Text"},
	"reportNumber": {"Report", "Text"}, "spokenByCharacter": {"Quotation", "Organization Person"}, "wordCount": {"CreativeWork", "Integer"},
	"distribution": {"Dataset", "DataDownload"}, "contentUrl": {"MediaObject", "URL"}, "encodingFormat": {"CreativeWork MediaObject", "Text URL"},

	"attendee": {"Event", "Organization Person"}, "endDate": {"Event Role", "Date DateTime"},
	"eventAttendanceMode": {"Event", "EventAttendanceModeEnumeration"}, "eventStatus": {"Event", "EventStatusType"},
	"location": {"Action Event Organization", "Place PostalAddress Text VirtualLocation"}, "organizer": {"Event", "Organization Person"},
	"previousStartDate": {"Event", "Date DateTime"}, "startDate": {"Event Role", "Date DateTime"}, "subEvent": {"Event", "Event"},
	"superEvent": {"Event", "Event"},

	"address": {"Organization Person Place", "PostalAddress Text"}, "addressCountry": {"PostalAddress", "Text"},
	"addressLocality": {"PostalAddress", "Text"}, "hasOccupation": {"Person", "Occupation"}, "jobTitle": {"Person", "Text"},
	"memberOf": {"Organization Person", "Organization"}, "roleName": {"Role", "Text URL"},

	"amount": {"MonetaryGrant", "MonetaryAmount Number"}, "fundedItem": {"Grant", "CreativeWork Event Organization Person"},
	"sponsor": {"CreativeWork Event Grant Organization Person", "Organization Person"},

	"currency": {"MonetaryAmount", "Text"}, "maxValue": {"MonetaryAmount PropertyValue QuantitativeValue", "Number"},
	"minValue":        {"MonetaryAmount PropertyValue QuantitativeValue", "Number"},
	"observationDate": {"Observation", "Date DateTime"}, "observationAbout": {"Observation", "Place Thing"}, "propertyID": {"PropertyValue", "Text URL"},
	"unitText": {"PropertyValue QuantitativeValue", "Text"}, "variableMeasured": {"Dataset Observation", "PropertyValue Text"},
	"value": {"MonetaryAmount PropertyValue QuantitativeValue", "Number StructuredValue Text"},

	"hasDefinedTerm": {"DefinedTermSet", "DefinedTerm"}, "inDefinedTermSet": {"DefinedTerm", "DefinedTermSet URL"},

	"item": {"ListItem", "Thing"}, "itemListElement": {"ItemList", "ListItem Text Thing"}, "numberOfItems": {"ItemList", "Integer"},
	"position": {"CreativeWork ListItem", "Integer Text"},
}

// schemaMembers are the members of enumerations.
var schemaMembers = map[string]string{
	"EventStatusType":                "EventCancelled EventMovedOnline EventPostponed EventRescheduled EventScheduled",
	"EventAttendanceModeEnumeration": "MixedEventAttendanceMode OfflineEventAttendanceMode OnlineEventAttendanceMode",
}

// is reports whether a type is one of those named, or a narrower one.
func is(typ, names string) bool {
	for ; typ != ""; typ = schemaTypes[typ] {
		if slices.Contains(strings.Fields(names), typ) {
			return true
		}
	}
	return false
}

// An object is an object of structured data.
type object = map[string]any

// A vocabulary checks objects against schema.org. Types are those of all objects that the pages of a site define, by their @id.
type vocabulary struct {
	types  map[string]string
	report func(format string, args ...any)
}

// object checks an object that is the value of a property, or of none where it stands by itself.
func (v vocabulary) object(x object, as string) {
	typ, _ := x["@type"].(string)
	if _, ok := schemaTypes[typ]; !ok {
		v.report("there is no type %q", typ)
		return
	}
	for _, name := range slices.Sorted(maps.Keys(x)) {
		p, ok := schemaProperties[name]
		switch {
		case strings.HasPrefix(name, "@"):
			continue
		case !ok:
			v.report("there is no property %q, on a %s", name, typ)
		case !is(typ, p.domain) && (name != as || !is(typ, "Role")):
			v.report("a %s has no property %s", typ, name)
		default:
			v.value(x[name], name)
		}
	}
}

// value checks the value, or each value, of a property.
func (v vocabulary) value(x any, of string) {
	ranges := schemaProperties[of].values
	switch x := x.(type) {
	case []any:
		if len(x) == 0 {
			v.report("%s is an empty list", of)
		}
		for _, one := range x {
			v.value(one, of)
		}
	case object:
		v.node(x, of)
	case string:
		if strings.TrimSpace(x) == "" || !slices.ContainsFunc(strings.Fields(ranges), func(r string) bool { return isText(x, r) }) {
			v.report("%s is %q, which is no %s", of, x, ranges)
		}
	case json.Number:
		if _, err := x.Int64(); !is("Number", ranges) && !strings.Contains(ranges, "Number") && (err != nil || !strings.Contains(ranges, "Integer")) {
			v.report("%s is %s, which is no %s", of, x, ranges)
		}
	default:
		v.report("%s is %v", of, x)
	}
}

// node checks an object as a value: one that is told here, or one that is told elsewhere.
func (v vocabulary) node(x object, of string) {
	typ, _ := x["@type"].(string)
	id, _ := x["@id"].(string)
	told := v.types[id]
	switch {
	case typ == "" && (id == "" || len(x) != 1):
		v.report("%s is an object without a type: %v", of, x)
		return
	case typ == "" && told == "":
		v.report("%s refers to %q, which no page tells of", of, id)
		return
	case typ == "":
		typ = told
	case told != "" && !is(told, typ):
		v.report("%s calls %q a %s, which is a %s", of, id, typ, told)
	}
	if _, holds := x[of]; !is(typ, schemaProperties[of].values) && !(is(typ, "Role") && holds) {
		v.report("%s is a %s, and not a %s", of, typ, schemaProperties[of].values)
	}
	if len(x) > 1 {
		v.object(x, of)
	}
}

// isText reports whether a text is a value of a data type, or a member of an enumeration.
func isText(s, typ string) bool {
	switch typ {
	case "Text":
		return true
	case "URL":
		u, err := url.Parse(s)
		return err == nil && u.IsAbs() && u.Host != ""
	case "Date":
		return slices.ContainsFunc([]string{"2006", "2006-01", time.DateOnly}, func(layout string) bool { return isTime(s, layout) })
	case "DateTime":
		return isTime(s, time.RFC3339)
	}
	member, ok := strings.CutPrefix(s, "https://schema.org/")
	return ok && slices.Contains(strings.Fields(schemaMembers[typ]), member)
}

func isTime(s, layout string) bool {
	_, err := time.Parse(layout, s)
	return err == nil
}

// define notes the types of the objects that stand by themselves on a page, or within others with an @id and more to tell.
func (v vocabulary) define(graph []any) error {
	for _, x := range graph {
		node, _ := x.(object)
		id, _ := node["@id"].(string)
		typ, _ := node["@type"].(string)
		if id == "" || typ == "" {
			return fmt.Errorf("an object without a type or an address: %v", x)
		}
		if told, ok := v.types[id]; ok && told != typ {
			return fmt.Errorf("%s is a %s here and a %s elsewhere", id, typ, told)
		}
		v.types[id] = typ
	}
	return nil
}
