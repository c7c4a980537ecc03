// Command python3 calls a library of Python through its stubs.
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
	bind := func(module string) error { return books.BindModuleToCode(module, "python3") }
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
	Same(books.MOST, int64(7))
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
	Same(Of(books.Label("a")), "a/100/novel")
	Same(Of(books.Label("a", books.LabelOptions{Pages: stubs.Ptr[int64](5)})), "a/5/novel")
	Same(Of(books.Label("a", books.LabelOptions{Kind: stubs.Ptr("poems")})), "a/100/poems")
	Same(Of(books.Join("a")), "a")
	Same(Of(books.Join("a", "b", "c")), "a+b+c")
	tags := map[string]any{"year": "1", "by": "b"}
	Same(Of(books.Tagged("a", books.TaggedOptions{Others: tags})), "a by=b year=1")
}

func overloads() {
	Same(Of(books.TwiceInt64(4)), int64(8))
	Same(Of(books.TwiceString("ab")), "abab")
}

func classes() {
	book := Of(books.NewBook("a"))
	Same(Of(Of(book.Longer(5)).Pages()), int64(105))
	Same(Of(Of(books.BookParse("b:7")).Title()), "b")
	That(Of(Of(book.Me()).Equal(book)))
	That(Of(book.IsSame(Of(book.Me()))))
	That(!Of(book.IsSame(Of(books.NewBook("a")))))
}

func fields() {
	book := Of(books.NewBook("a", books.NewBookOptions{Pages: stubs.Ptr[int64](5)}))
	Same(Of(book.Title()), "a")
	OK(book.SetPages(6))
	Same(Of(book.Pages()), int64(6))
	Same(Of(Of(book.Longer(0)).Pages()), int64(6))
	before := Of(books.BookMade())
	Of(books.NewBook("b"))
	Same(Of(books.BookMade()), before+1)
	OK(books.BookSetMade(50))
	Same(Of(books.BookMade()), int64(50))
}

func variables() {
	OK(books.SetVisits(40))
	OK(books.Visit())
	Same(Of(books.GetVisits()), int64(41))
}

func constants() {
	Same(books.MOST, int64(7))
	Same(books.RATIO, 0.5)
	Same(books.NAME, "books")
	Same(books.OPEN, true)
}

func enums() {
	Same(Of(books.GenreOf("Poems of a year")), books.GenrePOEMS)
	Same(Of(books.GenreName(books.GenreNOVEL)), "NOVEL")
	Same(Of(books.GenreNOVEL.Other()), books.GenrePOEMS)
	Same(Of(books.GenrePOEMS.Name()), "POEMS")
	Same(Of(books.GenrePOEMS.Value()), int64(2))
	Used(2)
}

func inheritance() {
	novel := Of(books.NewNovel("a", "Ann"))
	Same(Of(novel.Title()), "a")
	Same(Of(novel.Hero()), "Ann")
	Same(Of(Of(novel.Longer(1)).Pages()), int64(301))
	Same(Of(books.Describe(novel)), "the novel of Ann")
	Same(Of(books.Describe(Of(books.NewBook("b")))), "the book b")
	book := Of(books.Pick("c"))
	Same(Of(book.Describe()), "the novel of Ann")
	back, is := stubs.As[*books.Novel](book)
	That(is)
	Same(Of(back.Hero()), "Ann")
	_, is = stubs.As[*books.Novel](Of(books.NewBook("b")))
	That(!is)
}

func interfaces() {
	reader := Of(books.BooksReader("so"))
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
	Same(Of(books.RunKept(Of(books.NewBook("a")))), "a!")
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
	var missing *books.Missing
	var failed *books.BookError
	That(errors.As(err, &missing) && errors.As(err, &failed))
	Fails(missing, "gone is missing")
	Same(Of(missing.Title()), "gone")
	var whole, cause *metaffi.MetaFFIError
	That(errors.As(err, &whole) && errors.As(whole.Cause, &cause))
	Same(cause.TypeName, "KeyError")
	_, err = books.Lend("torn")
	That(errors.As(err, &failed) && !errors.As(err, &missing))
	Same(Of(books.Lend("a")), "a")
}

func nullable() {
	Same(Of(Of(books.Find(stubs.Ptr("a"))).Title()), "a")
	That(Of(books.Find(nil)) == nil)
	Same(*Of(books.PagesOf(Of(books.NewBook("a")))), int64(100))
	That(Of(books.PagesOf(nil)) == nil)
	Same(*Of(books.Loud(stubs.Ptr("a"))), "A")
	That(Of(books.Loud(nil)) == nil)
}

func lists() {
	Same(Of(books.Titles("a b")), []string{"a", "b"})
	Same(len(Of(books.Titles(""))), 0)
	Same(Of(books.Total([]int64{1, 2, 3})), int64(6))
	made := Of(books.BooksOf([]string{"a", "b"}))
	Same(Of(made[1].Title()), "b")
	Same(Of(books.PagesIn([]books.AnyBook{made[0], made[1]})), int64(200))
}

func sets() {
	var failed error
	letters := Of(books.Letters("abca"))
	Same(slices.Sorted(letters.All(&failed)), []string{"a", "b", "c"})
	OK(failed)
	Same(Of(books.Distinct(letters)), int64(3))
	Same(Of(books.Distinct([]string{"x", "y"})), int64(2))
}

func maps() {
	lengths := Of(books.Lengths([]string{"a", "ccc"}))
	Same(lengths, map[string]int64{"a": 1, "ccc": 3})
	Same(Of(books.Longest(lengths)), "ccc")
}

func iteration() {
	var failed error
	Same(slices.Collect(Of(books.CountUp(3)).All(&failed)), []int64{1, 2, 3})
	a, b := Of(books.NewBook("a")), Of(books.NewBook("b"))
	shelf := Of(books.NewShelf(a, b))
	titles := ""
	for book := range shelf.All(&failed) {
		titles += Of(book.Title())
	}
	OK(failed)
	Same(titles, "ab")
	Same(Of(shelf.Len()), int64(2))
	Same(Of(Of(shelf.GetItem(1)).Title()), "b")
	That(Of(shelf.Contains(a)) && !Of(shelf.Contains(Of(books.NewBook("c")))))
	Same(Of(shelf.Add(a)), int64(3))
	OK(shelf.Close())
}

func objectProtocol() {
	pages := func(number int64) books.NewBookOptions {
		return books.NewBookOptions{Pages: stubs.Ptr(number)}
	}
	book := Of(books.NewBook("a", pages(5)))
	Same(book.String(), "a, 5 pages")
	That(Of(book.Equal(Of(books.NewBook("a", pages(5))))))
	That(!Of(book.Equal(Of(books.NewBook("a", pages(6))))))
	Same(Of(book.Hash()), int64(5))
	That(Of(book.Lt(Of(books.NewBook("a", pages(6))))))
}

func generics() {
	box := Of(books.NewBox("a"))
	Same(Of(box.Put("b")), "a")
	Same(Of(box.Get()), "b")
	Same(Of(books.First([]string{"x", "y"})), "x")
	book, is := stubs.As[*books.Book](Of(Of(books.Boxed("c")).Get()))
	That(is)
	Same(Of(book.Title()), "c")
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
	Same(Of(books.Anything(5)), int64(5))
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
	before := Of(books.ShelfOpen())
	shelf := Of(books.NewShelf(Of(books.NewBook("a"))))
	Same(Of(books.ShelfOpen()), before+1)
	OK(shelf.Close())
	Same(Of(books.ShelfOpen()), before)
}
