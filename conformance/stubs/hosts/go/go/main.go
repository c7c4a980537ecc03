// Command go calls a library of Go through its stubs.
package main

import (
	"errors"
	"slices"
	"strings"

	"programs/books"
	. "programs/check"

	metaffi "github.com/MetaFFI/sdk/api/go"
	"github.com/MetaFFI/sdk/api/go/stubs"
)

func main() {
	bind := func(module string) error { return books.BindModuleToCode(module, "go") }
	Run(bind, books.Collect, map[string]func(){
		"binding": binding, "functions": functions, "parameters": parameters,
		"overloads": overloads, "classes": classes, "fields": fields, "variables": variables,
		"constants": constants, "enums": enums, "inheritance": inheritance,
		"interfaces": interfaces, "implementing": implementing, "callbacks": callbacks,
		"returned_functions": returnedFunctions, "errors": failures, "nullable": nullable,
		"lists": lists, "sets": sets, "maps": maps, "iteration": iteration,
		"object_protocol": objectProtocol, "generics": generics, "binary": binary,
		"arrays": arrays, "untyped": untyped, "closing": closing,
	})
}

func binding() {
	_, err := books.Add(1, 2)
	Fails(err, "call books.BindModuleToCode(path, runtime) first")
	Same(books.Most, int64(7))
}

func functions() {
	Same(Of(books.Add(-3, 5)), int64(2))
	Same(Of(books.Half(5)), 2.5)
	Same(Of(books.Negate(true)), false)
	Same(Of(books.Greet("Gö")), "Hello, Gö")
	quotient, rest, err := books.Divide(7, 2)
	OK(err)
	Same([]int64{quotient, rest}, []int64{3, 1})
	before := Of(books.GetVisits())
	OK(books.Visit())
	Same(Of(books.GetVisits()), before+1)
}

func parameters() {
	Same(Of(books.Join("a")), "a")
	Same(Of(books.Join("a", "b", "c")), "a+b+c")
}

func overloads() {
	Same(Of(books.Twice(int64(4))), int64(8))
	Same(Of(books.Twice("ab")), "abab")
}

func classes() {
	book := Of(books.NewBook("a", 100))
	Same(Of(Of(book.Longer(5)).Pages()), int64(105))
	Same(Of(Of(books.ParseBook("b:7")).Title()), "b")
	That(Of(book.IsSame(Of(book.Me()))))
	That(!Of(book.IsSame(Of(books.NewBook("a", 100)))))
}

func fields() {
	book := Of(books.NewBook("a", 5))
	Same(Of(book.Title()), "a")
	OK(book.SetPages(6))
	Same(Of(book.Pages()), int64(6))
	Same(Of(Of(book.Longer(0)).Pages()), int64(6))
}

func variables() {
	OK(books.SetVisits(40))
	OK(books.Visit())
	Same(Of(books.GetVisits()), int64(41))
}

func constants() {
	Same(books.Most, int64(7))
	Same(books.Ratio, 0.5)
	Same(books.Name, "books")
	Same(books.Open, true)
}

func enums() {
	Same(Of(books.GenreOf("Poems of a year")), books.Poems)
	Same(Of(books.GenreName(books.Novels)), "Novels")
	Same(Of(books.Novels.Other()), books.Poems)
	Same(books.Poems, books.Genre(2))
}

func inheritance() {
	novel := Of(books.NewNovel("a", "Ann"))
	Same(Of(novel.Title()), "a")
	Same(Of(novel.Hero()), "Ann")
	Same(Of(novel.Pages()), int64(300))
	Same(Of(Of(novel.Longer(1)).Pages()), int64(301))
	Same(Of(Of(novel.Book()).Describe()), "the book a")
	Same(Of(books.Describe(novel)), "the novel of Ann")
	Same(Of(books.Describe(Of(books.NewBook("b", 1)))), "the book b")
	described := Of(books.Pick("c"))
	Same(Of(described.Describe()), "the novel of Ann")
	back, is := stubs.As[*books.Novel](described)
	That(is)
	Same(Of(back.Hero()), "Ann")
}

func interfaces() {
	reader := Of(books.ReaderOf("so"))
	Same(Of(reader.Read(1)), "so 1")
	Same(Of(reader.Pages()), int64(2))
	Same(Of(books.Aloud(reader)), "so 0; so 1")
	Same(Of(books.Aloud(Of(books.NewTape("or")))), "or 0; or 1")
}

type singer struct{}

func (singer) Read(page int64) (string, error) { return strings.Repeat("la", int(page)), nil }

func (singer) Pages() (int64, error) { return 3, nil }

func implementing() {
	Same(Of(books.Aloud(Of(books.ImplementReader(singer{})))), "; la; lala")
}

func callbacks() {
	double := func(value int64) (int64, error) { return value * 2, nil }
	Same(Of(books.Apply(double, 21)), int64(42))
	upper := func(text string) (string, error) { return strings.ToUpper(text), nil }
	Same(Of(books.Each([]string{"a", "b"}, upper)), []string{"A", "B"})
	OK(books.Keep(func(book *books.Book) (string, error) { return Of(book.Title()) + "!", nil }))
	Same(Of(books.RunKept(Of(books.NewBook("a", 1)))), "a!")
	own := errors.New("mine")
	_, err := books.Apply(func(int64) (int64, error) { return 0, own }, 1)
	That(errors.Is(err, own))
}

func returnedFunctions() {
	add := Of(books.Adder(5))
	Same(Of(add(4)), int64(9))
	Same(Of(books.Apply(add, 1)), int64(6))
	own := func(value int64) (int64, error) { return value + 2, nil }
	Same(Of(Of(books.Chosen(own))(1)), int64(3))
}

func failures() {
	_, err := books.Lend("gone")
	var missing *books.MissingError
	That(errors.As(err, &missing))
	Fails(missing, "gone is missing")
	Same(Of(missing.Title()), "gone")
	var whole, cause *metaffi.MetaFFIError
	That(errors.As(err, &whole) && errors.As(whole.Cause, &cause))
	Same(cause.TypeName, "*strconv.NumError")
	_, err = books.Lend("torn")
	That(!errors.As(err, &missing))
	Fails(err, "a page is torn")
	Same(Of(books.Lend("a")), "a")
}

func nullable() {
	Same(Of(Of(books.Find("a")).Title()), "a")
	That(Of(books.Find("")) == nil)
	pages, ok, err := books.PagesOf(Of(books.NewBook("a", 100)))
	OK(err)
	Same([]any{pages, ok}, []any{int64(100), true})
	_, ok, err = books.PagesOf(nil)
	OK(err)
	That(!ok)
}

func lists() {
	Same(Of(books.Titles("a b")), []string{"a", "b"})
	Same(len(Of(books.Titles(""))), 0)
	Same(Of(books.Total([]int64{1, 2, 3})), int64(6))
	made := Of(books.BooksOf([]string{"a", "b"}))
	Same(Of(made[1].Title()), "b")
	Same(Of(books.PagesIn(made)), int64(200))
}

func sets() {
	letters := Of(books.Letters("abca"))
	Same(Of(letters.MapLen()), int64(3))
	That(Of(letters.MapHas("a")) && !Of(letters.MapHas("d")))
	Same(Of(books.Distinct(letters)), int64(3))
}

func maps() {
	lengths := Of(books.Lengths([]string{"a", "ccc"}))
	Same(Of(lengths.MapLen()), int64(2))
	Same(Of(lengths.MapIndex("ccc")), int64(3))
	Same(Of(books.Longest(lengths)), "ccc")
	Same(Of(books.Longest(map[string]int64{"bb": 2, "a": 1})), "bb")
}

func iteration() {
	var failed error
	Same(slices.Collect(Of(books.CountUp(3)).All(&failed)), []int64{1, 2, 3})
	a, b := Of(books.NewBook("a", 1)), Of(books.NewBook("b", 1))
	shelf := Of(books.NewShelf(a, b))
	titles := ""
	for book := range Of(shelf.All_()).All(&failed) {
		titles += Of(book.Title())
	}
	OK(failed)
	Same(titles, "ab")
	Same(Of(shelf.Len()), int64(2))
	Same(Of(Of(shelf.At(1)).Title()), "b")
	That(Of(shelf.Contains(a)) && !Of(shelf.Contains(Of(books.NewBook("c", 1)))))
	Same(Of(shelf.Add(a)), int64(3))
	OK(shelf.Close())
}

func objectProtocol() {
	book := Of(books.NewBook("a", 5))
	Same(book.String(), "a, 5 pages")
	That(Of(book.Equal(Of(books.NewBook("a", 5)))))
	That(!Of(book.Equal(Of(books.NewBook("a", 6)))))
	That(Of(book.Compare(Of(books.NewBook("a", 6)))) < 0)
}

func generics() {
	box := Of(books.NewBoxString("a"))
	Same(Of(box.Put("b")), "a")
	Same(Of(box.Get()), "b")
	Same(Of(books.FirstString([]string{"x", "y"})), "x")
	Same(Of(books.FirstInt([]int64{7, 8})), int64(7))
	Same(Of(Of(Of(books.Boxed("c")).Get()).Title()), "c")
}

func binary() {
	Same(Of(books.Reverse([]byte{0, 128, 255})), []byte{255, 128, 0})
	Same(len(Of(books.Reverse([]byte{}))), 0)
}

func arrays() {
	Same(Of(books.Scale([]float64{1, 2.5}, 2)), []float64{2, 5})
	Same(Of(books.Mean([]float64{1, 2})), 1.5)
	Same(Of(books.Transpose([][]int64{{1, 2}, {3, 4}})), [][]int64{{1, 3}, {2, 4}})
}

func untyped() {
	Same(Of(books.Anything(int64(5))), int64(5))
	Same(Of(books.Anything("five")), "five")
	type own struct{ text string }
	value := &own{"mine"}
	That(Of(books.Anything(value)) == any(value))
	Same(Of(books.Something("number")), int64(5))
	Same(Of(books.Something("list")), []any{int64(1), "a"})
	Same(Of(books.Something("nothing")), nil)
	book, is := stubs.As[*books.Book](Of(books.Something("book")))
	That(is)
	Same(Of(book.Title()), "Any")
}

func closing() {
	before := Of(books.GetOpenShelves())
	shelf := Of(books.NewShelf(Of(books.NewBook("a", 1))))
	Same(Of(books.GetOpenShelves()), before+1)
	OK(shelf.Close())
	Same(Of(books.GetOpenShelves()), before)
}
