package site

import (
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// each calls f for every index below n, on all cores, and returns the first error. Results go into slices by index, so that
// nothing depends on the order in which the calls end.
func each(ctx context.Context, n int, f func(i int) error) error {
	const batch = 16 // indexes to a goroutine, so that small work is not all overhead
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for from := 0; from < n; from += batch {
		group.Go(func() error {
			for i := from; i < min(from+batch, n); i++ {
				if err := ctx.Err(); err != nil {
					return err
				}
				if err := f(i); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}
