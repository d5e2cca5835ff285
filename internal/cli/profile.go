package cli

import (
	"errors"
	"os"
	"runtime"
	"runtime/pprof"
	"runtime/trace"

	"github.com/spf13/cobra"
)

// A profile names the files to which a command writes what it used, for those who want to know why it took so long. Each may be empty.
type profile struct{ cpu, memory, trace string }

// flags adds the flags by which a profile is asked for, named as the Go command names them.
func (p *profile) flags(c *cobra.Command) {
	c.Flags().StringVar(&p.cpu, "cpuprofile", "", "write a profile of the processor's time to a `file`")
	c.Flags().StringVar(&p.memory, "memprofile", "", "write a profile of all memory that was asked for to a `file`")
	c.Flags().StringVar(&p.trace, "trace", "", "write a trace of the run to a `file`")
}

// around runs f and writes what is asked for. A profile that cannot be written is an error, though what f did stays done.
func (p *profile) around(f func() error) error {
	// The trace lies within the profile of the processor, and each is ended also where the other could not begin.
	stopCPU, err := record(p.cpu, func(out *os.File) error { return pprof.StartCPUProfile(out) }, pprof.StopCPUProfile)
	if err != nil {
		return err
	}
	stopTrace, err := record(p.trace, func(out *os.File) error { return trace.Start(out) }, trace.Stop)
	if err != nil {
		return errors.Join(err, stopCPU())
	}
	return errors.Join(f(), stopTrace(), stopCPU(), p.writeMemory())
}

// record begins to write to the file of a name, and returns what ends it. An empty name asks for nothing.
func record(name string, start func(*os.File) error, stop func()) (func() error, error) {
	if name == "" {
		return func() error { return nil }, nil
	}
	out, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	if err := start(out); err != nil {
		return nil, errors.Join(err, out.Close())
	}
	return func() error { stop(); return out.Close() }, nil
}

// writeMemory writes the profile of memory, once all that is no longer used has been collected.
func (p *profile) writeMemory() error {
	if p.memory == "" {
		return nil
	}
	out, err := os.Create(p.memory)
	if err != nil {
		return err
	}
	runtime.GC()
	return errors.Join(pprof.Lookup("allocs").WriteTo(out, 0), out.Close())
}
