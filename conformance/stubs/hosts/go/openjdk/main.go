// Command openjdk calls a library of Java through its stubs.
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
	bind := func(module string) error { return books.BindModuleToCode(module, "openjdk") }
	Run(bind, books.BooksCollect, map[string]func(){
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
	_, err := books.BooksAdd(1, 2)
	Fails(err, "call books.BindModuleToCode(path, runtime) first")
	Same(books.BooksMOST, int32(7))
}

func functions() {
	Same(Of(books.BooksAdd(-3, 5)), int32(2))
	Same(Of(books.BooksHalf(5)), 2.5)
	Same(Of(books.BooksNegate(true)), false)
	Same(Of(books.BooksGreet("Gö")), "Hello, Gö")
	before := Of(books.BooksVisits())
	OK(books.BooksVisit())
	Same(Of(books.BooksVisits()), before+1)
}

func parameters() {
	Same(Of(books.BooksLabelString("a")), "a/100")
	Same(Of(books.BooksLabelStringInt32("a", 5)), "a/5")
	Same(Of(books.BooksJoin("a")), "a")
	Same(Of(books.BooksJoin("a", "b", "c")), "a+b+c")
}

func overloads() {
	Same(Of(books.BooksTwiceInt32(4)), int32(8))
	Same(Of(books.BooksTwiceString("ab")), "abab")
}

func classes() {
	book := Of(books.NewBookString("a"))
	Same(Of(Of(book.Longer(5)).Pages()), int32(105))
	Same(Of(Of(books.BookParse("b:7")).Title()), "b")
	That(Of(Of(book.Me()).Equal(book)))
	That(Of(book.IsSame(Of(book.Me()))))
	That(!Of(book.IsSame(Of(books.NewBookString("a")))))
	Same(Of(books.BookDescribe_(book)), Of(book.Describe()))
}

func fields() {
	book := Of(books.NewBookStringInt32("a", 5))
	Same(Of(book.Title()), "a")
	OK(book.SetPages(6))
	Same(Of(book.Pages()), int32(6))
	Same(Of(Of(book.Longer(0)).Pages()), int32(6))
	before := Of(books.BookMade())
	Of(books.NewBookString("b"))
	Same(Of(books.BookMade()), before+1)
	OK(books.BookSetMade(50))
	Same(Of(books.BookMade()), int32(50))
}

func variables() {
	OK(books.BooksSetVisits(40))
	OK(books.BooksVisit())
	Same(Of(books.BooksVisits()), int32(41))
}

func constants() {
	Same(books.BooksMOST, int32(7))
	Same(books.BooksRATIO, 0.5)
	Same(books.BooksNAME, "books")
	Same(books.BooksOPEN, true)
}

func enums() {
	Same(Of(books.BooksGenreOf("Poems of a year")), books.GenrePOEMS)
	Same(Of(books.BooksGenreName(books.GenreNOVEL)), "NOVEL")
	Same(Of(books.GenreNOVEL.Other()), books.GenrePOEMS)
	Same(Of(books.GenrePOEMS.Name()), "POEMS")
	Same(Of(books.GenrePOEMS.Ordinal()), int32(1))
	Same(Of(books.GenreValues()), []books.Genre{books.GenreNOVEL, books.GenrePOEMS})
	Used(2)
}

func inheritance() {
	novel := Of(books.NewNovel("a", "Ann"))
	Same(Of(novel.Title()), "a")
	Same(Of(novel.Hero()), "Ann")
	Same(Of(Of(novel.Longer(1)).Pages()), int32(301))
	Same(Of(books.BooksDescribe(novel)), "the novel of Ann")
	Same(Of(books.BooksDescribe(Of(books.NewBookString("b")))), "the book b")
	book := Of(books.BooksPick("c"))
	Same(Of(book.Describe()), "the novel of Ann")
	back, is := stubs.As[*books.Novel](book)
	That(is)
	Same(Of(back.Hero()), "Ann")
	_, is = stubs.As[*books.Novel](Of(books.NewBookString("b")))
	That(!is)
}

func interfaces() {
	reader := Of(books.BooksReader("so"))
	Same(Of(reader.Read(1)), "so 1")
	Same(Of(reader.Pages()), int32(2))
	Same(Of(books.BooksAloud(reader)), "so 0; so 1")
	Same(Of(books.BooksAloud(Of(books.NewTape("or")))), "or 0; or 1")
}

type singer struct{}

func (singer) Read(page int32) (string, error) { return strings.Repeat("la", int(page)), nil }

func (singer) Pages() (int32, error) { return 3, nil }

func implementing() {
	Same(Of(books.BooksAloud(Of(books.ImplementReader(singer{})))), "; la; lala")
}

func callbacks() {
	double := func(value int32) (int32, error) { return value * 2, nil }
	Same(Of(books.BooksApply(double, 21)), int32(42))
	upper := func(text string) (string, error) { return strings.ToUpper(text), nil }
	Same(collected(Of(books.BooksEach([]string{"a", "b"}, upper))), []string{"A", "B"})
	is5 := func(book *books.Book) (bool, error) { return Of(book.Pages()) == 5, nil }
	That(Of(books.BooksFits(Of(books.NewBookStringInt32("a", 5)), is5)))
	OK(books.BooksKeep(func(book *books.Book) (string, error) { return Of(book.Title()) + "!", nil }))
	Same(Of(books.BooksRunKept(Of(books.NewBookString("a")))), "a!")
	own := errors.New("mine")
	_, err := books.BooksApply(func(int32) (int32, error) { return 0, own }, 1)
	That(errors.Is(err, own))
}

func collected(list *books.JavaUtilList) []string {
	var failed error
	var texts []string
	for element := range list.All(&failed) {
		texts = append(texts, element.(string))
	}
	OK(failed)
	return texts
}

func returnedFunctions() {
	add := Of(books.BooksAdder(5))
	Same(Of(add.ApplyAsInt(4)), int32(9))
	Same(Of(books.BooksApply(add.ApplyAsInt, 1)), int32(6))
	long := Of(books.BooksLongerThan(5))
	book := Of(books.NewBookStringInt32("a", 6))
	That(Of(long.Fits(book)))
	That(!Of(Of(long.Not()).Fits(book)))
	own := func(value int32) (int32, error) { return value + 2, nil }
	Same(Of(Of(books.BooksChosen(own)).ApplyAsInt(1)), int32(3))
}

func failures() {
	_, err := books.BooksLend("gone")
	var missing *books.MissingException
	var failed *books.BookException
	That(errors.As(err, &missing) && errors.As(err, &failed))
	Fails(missing, "gone is missing")
	Same(Of(missing.GetTitle()), "gone")
	var whole, cause *metaffi.MetaFFIError
	That(errors.As(err, &whole) && errors.As(whole.Cause, &cause))
	Same(cause.TypeName, "java.util.NoSuchElementException")
	_, err = books.BooksLend("torn")
	That(errors.As(err, &failed) && !errors.As(err, &missing))
	Same(Of(books.BooksLend("a")), "a")
}

func nullable() {
	That(Of(Of(books.BooksFind("a")).IsPresent()))
	Same(*Of(books.BooksPagesOf(Of(books.NewBookString("a")))), int32(100))
	That(Of(books.BooksPagesOf(nil)) == nil)
	Same(Of(books.BooksLoud("a")), "A")
}

func lists() {
	Same(collected(Of(books.BooksTitles("a b"))), []string{"a", "b"})
	Same(Of(books.BooksTotal([]int32{1, 2, 3})), int32(6))
	made := Of(books.BooksBooksOf("a", "b"))
	book, is := stubs.As[*books.Book](Of(made.Get(1)))
	That(is)
	Same(Of(book.Title()), "b")
	Same(Of(books.BooksPagesIn(made)), int32(200))
	Same(Of(books.BooksPagesIn([]*books.Book{book, book})), int32(200))
}

func sets() {
	letters := Of(books.BooksLetters("abca"))
	Same(Of(letters.Size()), int32(3))
	That(Of(letters.Contains("a")) && !Of(letters.Contains("d")))
	Same(Of(books.BooksDistinct(letters)), int32(3))
	Same(Of(books.BooksDistinct([]string{"x", "y"})), int32(2))
}

func maps() {
	lengths := Of(books.BooksLengths([]string{"a", "ccc"}))
	Same(Of(lengths.Size()), int32(2))
	Same(Of(lengths.Get("ccc")), int32(3))
	Same(Of(books.BooksLongest(lengths)), "ccc")
	Same(Of(books.BooksLongest(map[string]int32{"bb": 2, "a": 1})), "bb")
}

func iteration() {
	var failed error
	numbers := []int32{}
	for number := range Of(books.BooksCountUp(3)).All(&failed) {
		numbers = append(numbers, number.(int32))
	}
	OK(failed)
	Same(numbers, []int32{1, 2, 3})
	a, b := Of(books.NewBookString("a")), Of(books.NewBookString("b"))
	shelf := Of(books.NewShelf(a, b))
	titles := []string{}
	for book := range shelf.All(&failed) {
		titles = append(titles, Of(book.Title()))
	}
	OK(failed)
	That(slices.Equal(titles, []string{"a", "b"}))
	Same(Of(shelf.Size()), int32(2))
	Same(Of(Of(shelf.Get(1)).Title()), "b")
	That(Of(shelf.Contains(a)) && !Of(shelf.Contains(Of(books.NewBookString("c")))))
	Same(Of(shelf.Add(a)), int32(3))
	OK(shelf.Close())
}

func objectProtocol() {
	book := Of(books.NewBookStringInt32("a", 5))
	Same(book.String(), "a, 5 pages")
	That(Of(book.Equal(Of(books.NewBookStringInt32("a", 5)))))
	That(!Of(book.Equal(Of(books.NewBookStringInt32("a", 6)))))
	Same(Of(book.HashCode()), int32(5))
	That(Of(book.CompareTo(Of(books.NewBookStringInt32("a", 6)))) < 0)
}

func generics() {
	box := Of(books.NewBox("a"))
	Same(Of(box.Put("b")), "a")
	Same(Of(box.Get()), "b")
	Same(Of(books.BooksFirst([]string{"x", "y"})), "x")
	book, is := stubs.As[*books.Book](Of(Of(books.BooksBoxed("c")).Get()))
	That(is)
	Same(Of(book.Title()), "c")
}

func binary() {
	Same(Of(books.BooksReverse([]byte{0, 128, 255})), []byte{255, 128, 0})
	Same(len(Of(books.BooksReverse([]byte{}))), 0)
}

func arrays() {
	Same(Of(books.BooksScale([]float64{1, 2.5}, 2)), []float64{2, 5})
	Same(Of(books.BooksMean([]float64{1, 2})), 1.5)
	Same(Of(books.BooksTranspose([][]int32{{1, 2}, {3, 4}})), [][]int32{{1, 3}, {2, 4}})
}

func untyped() {
	Same(Of(books.BooksAnything(int32(5))), int32(5))
	Same(Of(books.BooksAnything("five")), "five")
	type own struct{ text string }
	value := &own{"mine"}
	That(Of(books.BooksAnything(value)) == any(value))
	Same(Of(books.BooksSomething("number")), int32(5))
	Same(Of(books.BooksSomething("nothing")), nil)
	book, is := stubs.As[*books.Book](Of(books.BooksSomething("book")))
	That(is)
	Same(Of(book.Title()), "Any")
	list, is := stubs.As[*books.JavaUtilList](Of(books.BooksSomething("list")))
	That(is)
	Same(Of(list.Size()), int32(2))
}

func closing() {
	before := Of(books.ShelfOpen())
	shelf := Of(books.NewShelf(Of(books.NewBookString("a"))))
	Same(Of(books.ShelfOpen()), before+1)
	OK(shelf.Close())
	Same(Of(books.ShelfOpen()), before)
}
