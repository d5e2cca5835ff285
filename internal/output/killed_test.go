package output_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"briefing/internal/output"
)

// childEnv names the directory to which a child process commits until it is killed.
const childEnv = "BRIEFING_TEST_COMMIT_TO"

func TestMain(m *testing.M) {
	if path := os.Getenv(childEnv); path != "" {
		commitForever(output.Dir{Path: path})
	}
	os.Exit(m.Run())
}

// commitForever commits version after version of a tree, and says so.
func commitForever(d output.Dir) {
	for version := 1; ; version++ {
		if _, err := d.Commit(context.Background(), versionFiles(version)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println(version)
	}
}

// versionFiles returns a tree whose shape and texts tell its version: some files stay, some change, some come and go.
func versionFiles(version int) output.List {
	files := promises("version", strconv.Itoa(version))
	for n := range 40 {
		files = append(files,
			promise(fmt.Sprintf("stays/%d/index.html", n), "stays"),
			promise(fmt.Sprintf("changes/%d/index.html", n), strconv.Itoa(version)),
			promise(fmt.Sprintf("comes/%d/%d/index.html", version, n), "comes"))
	}
	for i := range files {
		var text strings.Builder
		files[i].Write(&text)
		files[i].Key = text.String()
	}
	return files
}

// A build that is killed leaves the old or the new tree, complete; and the next build is none the worse for it.
func TestKilled(t *testing.T) {
	d := newDir(t)
	for range 25 {
		killSoon(t, d)
		got := contents(t, d.Path)
		if len(got) == 0 {
			continue // killed before the first commit
		}
		version, err := strconv.Atoi(got["version"])
		if err != nil {
			t.Fatal(err)
		}
		if result := commit(t, d, versionFiles(version)); result.Written+result.Removed > 0 {
			t.Fatalf("version %d was not complete: %+v", version, result)
		}
	}
	if got := commit(t, d, promises("index.html", "end")); got.Written != 1 {
		t.Errorf("the last commit: %+v", got)
	}
}

// killSoon runs a child and kills it at a moment left to chance, most often after its first commit.
func killSoon(t *testing.T, d output.Dir) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childEnv+"="+d.Path)
	child.Stderr = os.Stderr
	says, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	if rand.IntN(5) > 0 {
		bufio.NewReader(says).ReadString('\n')
	}
	time.Sleep(time.Duration(rand.Int64N(int64(100 * time.Millisecond))))
	child.Process.Kill()
	if child.Wait(); child.ProcessState.Exited() {
		t.Fatalf("child ended by itself: %v", child.ProcessState)
	}
}
