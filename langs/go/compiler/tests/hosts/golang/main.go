package main

import (
	"errors"
	"os"

	"hosts/check"
	"hosts/tool"
)

func main() {
	check.OK(tool.BindModuleToCode(os.Args[1], "go"))
	check.Same(tool.Most, 9)
	check.Same(check.Of(tool.Add(1, 2)), 3)
	check.Same(check.Of(tool.Half(3)), 1.5)
	_, err := tool.Half(-1)
	check.Fails(err, "half of -1: negative")
	box := check.Of(tool.NewBox("a"))
	check.Same(check.Of(box.Put("b")), "a")
	check.Same(check.Of(box.Text()), "b")
	check.OK(box.SetText("c"))
	check.Same(check.Of(box.Text()), "c")
	check.Same(check.Of(tool.Apply(func(x int64) (int64, error) { return x + 1, nil }, 1)), 2)
	check.Same(check.Of(check.Of(tool.Twice())(4)), 8)
	check.Same(check.Of(tool.Sum(1, 2, 3)), 6)
	check.Same(tool.Low, 1)
	check.Same(check.Of(tool.High.Raised()), 3)
	check.Same(check.Of(tool.Seconds(1_500_000_000)), 1.5)
	implemented()
	check.NoAllocation(func() { _, _ = tool.Add(1, 2) })
}

// drawer is a type of the program.
type drawer struct{ amount float64 }

var errNoName = errors.New("no name")

func (d drawer) Open(box *tool.Box, name string) (*tool.Box, error) {
	if name == "" {
		return nil, errNoName
	}
	_, err := box.Put(name + "s ")
	return box, err
}

func (d drawer) Amount() (float64, error) { return d.amount, nil }

func implemented() {
	own := check.Of(tool.ImplementDrawer(drawer{2.5}))
	check.Same(check.Of(tool.Draw(own, "thing")), "things 2.5")
	check.Same(check.Of(own.Amount()), 2.5)
	back := check.Of(tool.SameDrawer(own))
	check.Same(back.MetaFFIObject().Same(own.MetaFFIObject()), true)
	_, err := tool.Draw(own, "")
	check.Same(errors.Is(err, errNoName), true)
	own.Release()
	back.Release()
	check.NoneLeft(func() { check.OK(tool.Collect()) })
}
