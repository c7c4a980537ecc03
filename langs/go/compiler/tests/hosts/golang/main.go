package main

import (
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
	check.NoAllocation(func() { _, _ = tool.Add(1, 2) })
}
