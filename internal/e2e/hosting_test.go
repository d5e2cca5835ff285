package e2e

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"briefing/internal/export"
)

// servers are the programs for which there is a configuration: how to start each on a port of this machine alone, given the configuration
// that the command prints and a folder for the files of the program.
var servers = map[string]struct {
	config func(export.Host, io.Writer) error
	start  func(config, dir, address string) (files map[string]string, args []string)
}{
	"nginx": {export.Host.Nginx, func(config, dir, address string) (map[string]string, []string) {
		main := "daemon off;\nmaster_process off;\npid nginx.pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\ninclude site.conf;\n"
		for _, kind := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
			main += kind + "_temp_path " + filepath.Join(dir, kind) + ";\n"
		}
		config = strings.Replace(config, "listen 80;", "listen "+address+";", 1)
		return map[string]string{"nginx.conf": main + "}\n", "site.conf": config}, []string{"-e", "stderr", "-p", dir, "-c", "nginx.conf"}
	}},
	"caddy": {export.Host.Caddy, func(config, dir, address string) (map[string]string, []string) {
		config = "{\n\tadmin off\n\tauto_https off\n}\n" + strings.Replace(config, "brief.example {", "http://"+address+" {", 1)
		return map[string]string{"Caddyfile": config}, []string{"run", "--config", filepath.Join(dir, "Caddyfile")}
	}},
}

// host serves a folder with a server until the test ends, and returns its address.
func hosted(t *testing.T, name, root string) string {
	t.Helper()
	program, err := exec.LookPath(name)
	if err != nil {
		missing(t, name)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	free.Close()
	var config bytes.Buffer
	if err := servers[name].config(export.Host{Name: "brief.example", Root: root}, &config); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	files, args := servers[name].start(config.String(), dir, address)
	for file, text := range files {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var said bytes.Buffer
	command := exec.CommandContext(t.Context(), program, args...)
	command.Env, command.Stderr = append(os.Environ(), "HOME="+dir, "XDG_DATA_HOME="+dir, "XDG_CONFIG_HOME="+dir), &said
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = 5 * time.Second
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			break
		}
		select {
		case err := <-ended:
			t.Fatalf("%s: %v: %s", name, err, said.String())
		default:
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s does not answer: %s", name, said.String())
		}
	}
	t.Cleanup(func() { // before the folders go
		command.Process.Signal(os.Interrupt)
		<-ended
	})
	return "http://" + address
}

// ask sends a request with headers, in pairs, and returns the answer and its body as it came.
func ask(t *testing.T, method, url string, headers ...string) (*http.Response, []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	client := http.Client{
		Transport:     &http.Transport{DisableCompression: true, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, body
}

// Each server sends what the table says, as the preview does.
func TestServersSendWhatTheyAreTold(t *testing.T) {
	b := build(t)
	root := b.save(t)
	for name := range servers {
		t.Run(name, func(t *testing.T) {
			base := hosted(t, name, root)
			for address := range b.oneOfEachType() {
				checkAnswer(t, base+address, export.Headers(file(address)), b.tree[file(address)])
			}
			answer, body := ask(t, http.MethodGet, base+"/nowhere/")
			if answer.StatusCode != http.StatusNotFound || !bytes.Equal(body, b.tree["404.html"]) || answer.Header.Get("Content-Security-Policy") == "" {
				t.Errorf("what is not there: %s, %v, %d bytes", answer.Status, answer.Header, len(body))
			}
			answer, _ = ask(t, http.MethodGet, base+"/events")
			if to := answer.Header.Get("Location"); answer.StatusCode/100 != 3 || to != "/events/" && to != "events/" {
				t.Errorf("an address without its slash: %s to %q", answer.Status, to)
			}
		})
	}
}

// oneOfEachType returns an address of each type of file, a page of the first and of a further level, and each sort of feed.
func (b built) oneOfEachType() map[string]bool {
	list := map[string]bool{"/": true, "/events/udcg-28/": true, "/feed.xml": true, "/ramstein/calendar.ics": true}
	seen := map[string]bool{}
	for name := range b.tree {
		ending := filepath.Ext(name)
		if strings.HasSuffix(name, "feed.json") {
			ending = "feed.json"
		}
		if strings.HasPrefix(name, "assets/") {
			ending = "asset" + ending
		}
		if !seen[ending] && !strings.HasSuffix(name, "index.html") && name != "_headers" && !strings.HasPrefix(name, ".") {
			seen[ending], list["/"+name] = true, true
		}
	}
	return list
}

// checkAnswer asks for an address in each way in which browsers and readers of feeds do.
func checkAnswer(t *testing.T, url string, headers []export.Header, want []byte) {
	t.Helper()
	answer, body := ask(t, http.MethodGet, url)
	if answer.StatusCode != http.StatusOK || !bytes.Equal(body, want) {
		t.Errorf("%s: %s, %d bytes, want %d", url, answer.Status, len(body), len(want))
	}
	for _, h := range headers {
		if got := answer.Header.Values(h.Name); len(got) != 1 || got[0] != h.Value {
			t.Errorf("%s: %s is %q, want %q", url, h.Name, got, h.Value)
		}
	}
	tag, modified := answer.Header.Get("ETag"), answer.Header.Get("Last-Modified")
	for _, condition := range [][]string{{"If-None-Match", tag}, {"If-Modified-Since", modified}} {
		if again, body := ask(t, http.MethodGet, url, condition...); condition[1] == "" || again.StatusCode != http.StatusNotModified || len(body) > 0 {
			t.Errorf("%s with %v: %s", url, condition, again.Status)
		}
	}
	if head, body := ask(t, http.MethodHead, url); head.StatusCode != http.StatusOK || len(body) > 0 || head.ContentLength != int64(len(want)) {
		t.Errorf("%s: HEAD gives %s, %d bytes", url, head.Status, head.ContentLength)
	}
	kind := answer.Header.Get("Content-Type")
	text := strings.Contains(kind, "charset") || strings.Contains(kind, "json")
	if packed, body := ask(t, http.MethodGet, url, "Accept-Encoding", "gzip"); text && len(want) > 1000 {
		if packed.Header.Get("Content-Encoding") != "gzip" || len(body) >= len(want) {
			t.Errorf("%s is not compressed: %v", url, fmt.Sprint(packed.Header))
		}
	}
}
