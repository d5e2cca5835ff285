package e2e

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	downloads "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// strict is a policy under which a page may load its own style and pictures, and nothing else.
const strict = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"

// The formats of a citation are links that hold their files: the browser saves them, without scripts and under a strict policy.
func TestACitationIsDownloadedWithoutScripts(t *testing.T) {
	tab := browser(t)[0]
	pages := build(t).serve(t).Config.Handler
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", strict)
		pages.ServeHTTP(w, r)
	}))
	defer host.Close()
	dir := t.TempDir()
	if _, err := chromedp.Call(tab, downloads.SetDownloadBehavior, downloads.SetDownloadBehaviorParams{Behavior: downloads.SetDownloadBehaviorBehaviorAllow, DownloadPath: dir}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(tab, chromedp.Navigate(host.URL+"/events/udcg-28/"), chromedp.Click("#cite summary")); err != nil {
		t.Fatal(err)
	}
	for name, begin := range map[string]string{
		"udcg-28.bib": "@misc{udcg-28,\n", "udcg-28.ris": "TY  - ELEC\r\nID  - udcg-28\r\n", "udcg-28.csl.json": `[{"id":"udcg-28","type":"webpage",`,
	} {
		if err := chromedp.Do(tab, chromedp.Click(`#cite a[download="`+name+`"]`)); err != nil {
			t.Fatal(err)
		}
		if text := downloaded(filepath.Join(dir, name)); !strings.HasPrefix(text, begin) {
			t.Errorf("%s: got %q, want %q…", name, text, begin)
		}
	}
}

// downloaded returns a file once the browser has saved it; nothing if it never does.
func downloaded(name string) string {
	for deadline := time.Now().Add(pageLimit / 4); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if text, err := os.ReadFile(name); err == nil && len(text) > 0 {
			return string(text)
		}
	}
	return ""
}
