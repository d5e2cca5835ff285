package page

import "briefing/internal/dossier"

// A StageCount says how many of some pledges have come as far as a stage, and no further that we know of.
type StageCount struct {
	// Stage is the status of a pledge, such as part-delivered.
	Stage string

	// N is how many there are.
	N int

	// Width is the share of the most, from 0 to StripWidth.
	Width int

	// URL leads to their sum; it may be empty.
	URL string
}

// statuses are those that a pledge may have, in the order in which they are reached.
var statuses = []string{"announced", "committed", "allocated", "part-delivered", "delivered", "withdrawn"}

// stageCounts counts pledges by how far they have come. Stages that none has reached are left out, but delivery is not: that none is known
// to have arrived is what readers want to know first.
func stageCounts(pledges []*dossier.Pledge) []StageCount {
	of := map[string]int{}
	most := 1
	for _, x := range pledges {
		label := x.Status().Label()
		of[label]++
		most = max(most, of[label])
	}
	var out []StageCount
	for _, s := range statuses {
		if n := of[s]; n > 0 || s == string(dossier.Delivered) && len(pledges) > 0 {
			out = append(out, StageCount{Stage: s, N: n, Width: n * StripWidth / most})
		}
	}
	return out
}
