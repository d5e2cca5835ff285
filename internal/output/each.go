package output

import (
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"

	"briefing/internal/crash"
)

// Each calls f for every index below n, on all cores, until one returns an error or ctx is done, and returns the first error. Results go
// into slices by index, so that nothing depends on the order in which the calls end. A panic, which would end the program, is an error;
// whoever knows the name of what f works on guards it under that name.
func Each(ctx context.Context, n int, f func(i int) error) error {
	const batch = 16 // indexes to a goroutine, so that small work is not all overhead
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for from := 0; from < n; from += batch {
		group.Go(func() error {
			return crash.Guard(func() error { return inOrder(ctx, from, min(from+batch, n), f) }, "making the site")
		})
	}
	return group.Wait()
}

// inOrder calls f for every index from one up to another, and returns the first error.
func inOrder(ctx context.Context, from, to int, f func(i int) error) error {
	for i := from; i < to; i++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := f(i); err != nil {
			return err
		}
	}
	return nil
}
