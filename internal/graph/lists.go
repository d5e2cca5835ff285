package graph

// Lists are a list for each of some things, which are known by their numbers. They lie one behind the other: as slices of their own they
// would take three times the memory, and the collector of garbage would look at each.
type lists[T any] struct {
	// starts holds where each list begins, and behind the last where that ends.
	starts []int32
	all    []T
}

// of returns the list of one thing.
func (l *lists[T]) of(i int32) []T {
	from, to := l.starts[i], l.starts[i+1]
	return l.all[from:to:to]
}

// A gathering is lists in the making: values as they come, and the numbers of those whose they are.
type gathering[T any] struct {
	numbers []int32
	values  []T
}

// add adds a value to the list of a number.
func (g *gathering[T]) add(number int32, v T) {
	g.numbers = append(g.numbers, number)
	g.values = append(g.values, v)
}

// lists returns the lists of n things. Each has its values in the order in which they came.
func (g *gathering[T]) lists(n int) lists[T] {
	l := lists[T]{starts: make([]int32, n+1), all: make([]T, len(g.values))}
	for _, number := range g.numbers {
		l.starts[number+1]++
	}
	for i := range n {
		l.starts[i+1] += l.starts[i]
	}
	next := append([]int32(nil), l.starts...)
	for i, number := range g.numbers {
		l.all[next[number]] = g.values[i]
		next[number]++
	}
	return l
}
