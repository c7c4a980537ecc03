package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"hosts/check"
	"hosts/part"

	metaffi "github.com/MetaFFI/sdk/api/go"
	"github.com/MetaFFI/sdk/api/go/stubs"
)

func main() {
	other := stubs.Module{Package: "other", Version: 99, MadeBy: "9.0.0"}
	err := other.Bind(os.Args[1], "python3")
	check.Fails(err, "written by metaffi 9.0.0")
	var refused *metaffi.MetaFFIError
	check.Same(errors.As(err, &refused) && refused.Kind == metaffi.ErrorABI, true)
	check.OK(part.BindModuleToCode(os.Args[1], "python3"))
	options()
	overloads()
	values()
	objects()
	failures()
	implemented()
	awaited()
}

func options() {
	check.Same(check.Of(part.Add(1)), 2)
	check.Same(check.Of(part.Add(1, part.AddOptions{B: stubs.Ptr[int64](41)})), 42)
	check.Same(check.Of(part.Positions(4, 2)), 42)
	check.Same(check.Of(part.Keywords("l")), "lr")
	check.Same(check.Of(part.Keywords("l", part.KeywordsOptions{Right: stubs.Ptr("x")})), "lx")
	check.Same(check.Of(part.Bottles("wine", nil, 1, 2)), "wine: [1, 2] l {}")
	more := part.BottlesOptions{Unit: stubs.Ptr("ml"), Others: map[string]any{"tint": "red"}}
	check.Same(check.Of(part.Bottles("beer", &more)), "beer: [] ml {'tint': 'red'}")
	check.NoAllocation(func() { _, _ = part.Add(1) })
}

func overloads() {
	check.Same(check.Of(part.Read("a", part.ReadOptions{Loud: stubs.Ptr(true)})), "A")
	check.Same(fmt.Sprint(check.Of(part.ReadSize("a", 2))), "[a a]")
	// What the third one takes, the first one takes as well.
	check.Same(*check.Of(part.Find("a")), "a")
	check.Same(check.Of(part.Find(nil)), nil)
	check.Same(check.Of(part.FindText("abc")), 3)
}

func values() {
	check.Same(part.LIMIT, 5)
	check.Same(check.Of(part.Apply(func(x int64) (int64, error) { return x * 2, nil }, 21)), 42)
	check.Same(check.Of(check.Of(part.Adder(3))(4)), 7)
	check.Same(fmt.Sprint(check.Of(part.Words("a b"))), "[a b]")
	check.Same(fmt.Sprint(check.Of(part.Counts([]string{"a", "b"}))), "map[a:1 b:1]")
	check.Same(check.Of(part.Total([]float64{1, 2})), 3)
	entries := check.Of(part.Entries(map[string]any{"z": 5}))
	check.Same(fmt.Sprint(entries), "[{'z': 5} {'z': 5} 5]")
	var failed error
	check.Same(fmt.Sprint(slices.Collect(check.Of(part.Gen(3)).All(&failed))), "[0 1 2]")
	check.OK(failed)
	check.Same(check.Of(part.Maybe(stubs.Ptr[int64](1))), nil)
	number, text, err := part.Pair()
	check.Same(fmt.Sprintln(number, text, err), "1 a <nil>\n")
	check.Same(check.Of(part.Pick(part.ColorBLUE)), part.ColorBLUE)
}

func objects() {
	object := check.Of(part.NewDerived("x"))
	check.Same(check.Of(object.Name()), "x")
	check.OK(object.SetName("y"))
	check.Same(check.Of(object.Hello(part.BaseHelloOptions{Loud: stubs.Ptr(true)})), "y")
	check.Same(check.Of(object.Len()), 3)
	check.Same(check.Of(object.Size()), 7)
	back := check.Of(object.More(object))
	check.Same(check.Of(back.Equal(object)), true)
	check.Same(check.Of(object.More(nil)), nil)
	var failed error
	sum := int64(0)
	for element := range object.All(&failed) {
		sum += element
	}
	check.OK(failed)
	check.Same(sum, 6)
	point := check.Of(part.NewPoint(3, part.NewPointOptions{Y: stubs.Ptr(4.0)}))
	check.Same(check.Of(point.Norm()), 5)
	check.Same(point.String(), "Point(x=3, y=4.0)")
}

func failures() {
	err := part.Fail("oops")
	var worse *part.Worse
	var bad *part.Bad
	check.Same(errors.As(err, &worse) && errors.As(err, &bad), true)
	check.Fails(bad, "oops")
	_, err = part.Add(1, part.AddOptions{Scale: stubs.Ptr(1.0)})
	check.OK(err)
}

// till is a type of the program.
type till struct{ broken error }

func (t till) Open(name string) (int64, error) { return int64(len(name)), t.broken }

func (t till) PayAll(points []*part.Point, amount float64) (*part.Point, error) {
	check.Same(amount, 1.5)
	return points[0], nil
}

func implemented() {
	point := check.Of(part.NewPoint(1))
	own := check.Of(part.ImplementTill(till{}))
	check.Same(check.Of(part.Sell(own, point)), "6 True")
	back := check.Of(part.SameTill(own))
	check.Same(back.MetaFFIObject().Same(own.MetaFFIObject()), true)
	errBroken := errors.New("broken")
	broken := check.Of(part.ImplementTill(till{errBroken}))
	_, err := part.Sell(broken, point)
	check.Same(errors.Is(err, errBroken), true)
	own.Release()
	broken.Release()
	back.Release()
	gc := check.Of(metaffi.NewMetaFFIRuntime("python3").LoadModule("gc"))
	collect := check.Of(gc.Load("callable=collect", nil, nil))
	check.NoneLeft(func() { check.Of(collect()) })
}

func awaited() {
	background := context.Background()
	check.Same(check.Of(part.Later(background, "soon")), "soon!")
	check.OK(part.Nothing(background))
	ctx, cancel := context.WithTimeout(background, 10*time.Second)
	defer cancel()
	check.Same(check.Of(part.Later(ctx, "soon", part.LaterOptions{Delay: stubs.Ptr(0.01)})), "soon!")
	_, err := part.Later(ctx, "")
	var bad *part.Bad
	check.Same(errors.As(err, &bad), true)
	short, stop := context.WithTimeout(background, 10*time.Millisecond)
	defer stop()
	_, err = part.Later(short, "late", part.LaterOptions{Delay: stubs.Ptr(5.0)})
	check.Same(errors.Is(err, context.DeadlineExceeded), true)
	check.Same(errors.Is(part.Nothing(short), context.DeadlineExceeded), true)
}
