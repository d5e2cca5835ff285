// Command briefing builds a briefing site from a folder of Markdown entries, and shows it as it is being written.
package main

import (
	"context"
	"os"
	"os/signal"
	"time"
	_ "time/tzdata" // time zones are the same on every machine

	"golang.org/x/term"

	"briefing/internal/cli"
)

// main gives the command what a process has, and leaves with its exit code. An interrupt ends the context, so that a build stops between
// files and a preview closes its port.
func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	host := cli.Host{
		Stdout: os.Stdout, Stderr: os.Stderr, Now: time.Now, Getenv: os.Getenv, Terminal: term.IsTerminal(int(os.Stderr.Fd())),
	}
	// What a script pipes in answers no questions.
	if term.IsTerminal(int(os.Stdin.Fd())) {
		host.Stdin = os.Stdin
	}
	os.Exit(cli.Run(ctx, os.Args[1:], host))
}
