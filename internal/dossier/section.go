package dossier

// The sections that pages of entries may have beside their body. Each is an address, /events/udcg-28/#outcomes, that prose may
// lead to: [[udcg-28#outcomes]]. A heading of the body never takes one of these ids.
const (
	SectionKeyPoints  = "key-points"
	SectionQuestions  = "questions"
	SectionOutcomes   = "outcomes"
	SectionPledges    = "pledges"
	SectionSum        = "sum"
	SectionAttendance = "attendance"
	SectionQuotations = "quotations"
	SectionDisputed   = "disputed"
	SectionRoles      = "roles"
	SectionSteps      = "ledger"
	SectionEvents     = "events"
	SectionFigures    = "figures"
	SectionMentions   = "mentions"
	SectionChanges    = "changes"
	SectionCite       = "cite"
	SectionSources    = "sources"
)

// Sections lists the ids of all sections, those that every page uses for its own frame, and the words before the numbers of what a page
// counts.
var Sections = []string{
	SectionKeyPoints, SectionQuestions, SectionOutcomes, SectionPledges, SectionSum, SectionAttendance, SectionQuotations, SectionDisputed,
	SectionRoles, SectionSteps, SectionEvents, SectionFigures, SectionMentions, SectionChanges, SectionCite, SectionSources,
	"outcome-", "point-", "disputed-", "note-",
	"content", "facts", "text", "about", "progress", "received", "followed", "rests", "values", "contents", "meetings", "counted", "contains", "chairs", "key-events", "days",
}
