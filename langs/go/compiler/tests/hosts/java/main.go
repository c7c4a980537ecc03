package main

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"hosts/check"
	"hosts/kit"

	metaffi "github.com/MetaFFI/sdk/api/go"
	"github.com/MetaFFI/sdk/api/go/stubs"
)

func main() {
	_, err := kit.KitAdd(1, 2)
	check.Fails(err, "call kit.BindModuleToCode(path, runtime) first")
	check.Fails(kit.BindModuleToCode("nowhere.jar", "openjdk"), "nowhere.jar")
	check.OK(kit.BindModuleToCode(os.Args[1], "openjdk"))
	scalars()
	texts()
	functions()
	objects()
	classes()
	failures()
	implemented()
	if kit.KitMAX != 7 || kit.KitNAME != "kit" {
		panic("constants")
	}
	metaffi.BeginExit()
}

func classes() {
	class := check.Of(stubs.ClassOf[kit.JavaLangClass](&kit.Kit{}))
	made := check.Of(kit.KitMake(class))
	check.Same(check.Of(made.Label()), "plain")
	_, err := kit.KitMake(check.Of(stubs.ClassOf[kit.JavaLangClass](&kit.KitTrouble{})))
	check.Fails(err, "NoSuchMethodException")
}

func scalars() {
	check.Same(check.Of(kit.KitAdd(-3, 5)), 2)
	check.Same(check.Of(kit.KitHalf(5)), 2.5)
	check.Same(check.Of(kit.KitNot(true)), false)
	check.Same(check.Of(kit.KitAfter('a')), 'b')
	check.OK(kit.KitTick())
	check.Same(check.Of(kit.KitCount()), 1)
	check.OK(kit.KitSetCount(40))
	check.OK(kit.KitTick())
	check.Same(check.Of(kit.KitCount()), 41)
	check.NoAllocation(func() { _, _ = kit.KitAdd(1, 2) })
	check.NoAllocation(func() { _, _ = kit.KitHalf(1) })
}

func texts() {
	check.Same(check.Of(kit.KitGreet("Gö")), "Hello, Gö")
	check.Same(check.Of(kit.KitJoin("a")), "a")
	check.Same(check.Of(kit.KitJoin("a", "b", "c")), "abc")
	check.Same(check.Of(kit.KitShow()), "nothing")
	check.Same(check.Of(kit.KitShowInt32(5)), "int 5")
	check.Same(check.Of(kit.KitShowString("5")), "text 5")
	check.Same(fmt.Sprint(check.Of(kit.KitGrid([][]int32{{1}, {2, 3}}))), "[[1] [2 3]]")
}

func functions() {
	add := func(a, b int32) (int32, error) { return a + b, nil }
	check.Same(check.Of(kit.KitFold([]int32{1, 2, 3}, add)), 6)
	check.Same(check.Of(kit.KitMap("hey", func(text string) (string, error) { return text + "!", nil })), "hey!")
	_, err := kit.KitMap("hey", func(string) (string, error) { return "", errors.New("no luck") })
	check.Fails(err, "no luck")
	check.Same(check.Of(check.Of(kit.KitSuffixing("?")).Apply("why")), any("why?"))
}

func objects() {
	square := check.Of(kit.NewKitSquare(3))
	check.Same(check.Of(square.Area()), 9)
	check.Same(check.Of(square.Describe()), "area 9.0")
	check.Same(square.String(), "square of 3.0")
	check.Same(check.Of(square.Equal(check.Of(kit.NewKitSquare(3)))), true)
	check.Same(check.Of(square.Equal("3")), false)
	check.Same(check.Of(kit.KitTotal(square.Area, square.Area)), 18)
	check.Same(check.Of(kit.KitDescribed(square.Area)), "area 9.0")
	check.Same(check.Of(kit.KitDescribed(nil)), "none")
	check.Same(check.Of(kit.KitShape_(-1)) == nil, true)
	shape := check.Of(kit.KitShape_(2))
	check.Same(check.Of(shape.Area()), 4)
	back, is := stubs.As[*kit.KitSquare](shape)
	check.Same(is, true)
	check.OK(back.Close())
	check.Same(check.Of(back.Closed()), true)
	_, is = stubs.As[*kit.KitTrouble](shape)
	check.Same(is, false)
	var red kit.KitLight = kit.KitLightRED
	check.Same(check.Of(red.Next()), kit.KitLightGREEN)
	things := check.Of(kit.NewKit())
	check.Same(check.Of(things.Label()), "plain")
	check.OK(things.SetLabel("new"))
	check.Same(check.Of(things.Label()), "new")
	var failed error
	words := slices.Collect(check.Of(kit.KitWords("b a")).All(&failed))
	check.OK(failed)
	check.Same(fmt.Sprint(words), "[b a]")
	lengths := check.Of(kit.KitLengths("one three"))
	check.Same(check.Of(lengths.Get("three")), any(int32(5)))
	check.Same(check.Of(kit.KitSum(map[string]int32{"a": 1, "b": 2})), 3)
	check.Same(check.Of(kit.KitSum(lengths)), 8)
	total := int32(0)
	for word, length := range lengths.All(&failed) {
		check.Same(len(word.(string)), int(length.(int32)))
		total += length.(int32)
	}
	check.OK(failed)
	check.Same(total, 8)
}

func failures() {
	err := kit.KitFail("badly")
	var disaster *kit.KitDisaster
	var trouble *kit.KitTrouble
	if !errors.As(err, &disaster) || !errors.As(err, &trouble) {
		panic(err)
	}
	check.Same(check.Of(trouble.Code()), 42)
	check.Fails(trouble, "badly")
	err = fmt.Errorf("wrapped: %w", kit.KitFail("somehow"))
	if errors.As(err, &disaster) || !errors.As(err, &trouble) {
		panic(err)
	}
	var raw *metaffi.MetaFFIError
	check.Same(errors.As(err, &raw) && raw.TypeName == "kit.Kit$Trouble", true)
}

// figure is a type of the program.
type figure struct{ side float64 }

var errNoKit = errors.New("no kit")

func (f *figure) Area() (float64, error) { return f.side * f.side, nil }

func (f *figure) Label(prefix string, of *kit.Kit) (string, error) {
	if of == nil {
		return "", errNoKit
	}
	label, err := of.Label()
	return prefix + label, err
}

// louder also overrides a default method.
type louder struct{ *figure }

func (l louder) Describe(*kit.Kit) (string, error) { return "LOUD", nil }

func implemented() {
	things := check.Of(kit.NewKit())
	own := check.Of(kit.ImplementKitFigure(&figure{2}))
	check.Same(check.Of(kit.KitDrawn(own, things)), "a plain of 4.0")
	check.Same(check.Of(own.Describe(things)), "a plain of 4.0")
	loud := check.Of(kit.ImplementKitFigure(louder{&figure{1}}))
	check.Same(check.Of(kit.KitDrawn(loud, things)), "LOUD")
	back := check.Of(kit.KitSame(own))
	check.Same(back.MetaFFIObject().Same(own.MetaFFIObject()), true)
	_, err := kit.KitDrawn(own, nil)
	check.Same(errors.Is(err, errNoKit), true)
	own.Release()
	loud.Release()
	back.Release()
	check.NoneLeft(func() { check.OK(kit.KitCollect()) })
}
