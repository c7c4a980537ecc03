// Command go uses a Go library by the names of its members.
package main

import (
	"errors"
	"os"
	"strings"

	. "programs/check"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

var (
	module *metaffi.MetaFFIModule
	books  *metaffi.Object
)

func main() {
	use := func(loaded *metaffi.MetaFFIModule) { module, books = loaded, loaded.Object() }
	guest := Of(metaffi.NewMetaFFIRuntime("go").LoadModule(os.Args[1]))
	collect := Of(guest.Load("callable=Collect", nil, nil))
	Run("go", use, func() error {
		module, books = nil, nil
		_, err := collect()
		return err
	}, map[string]func(){
		"functions": functions, "overloads": overloads, "parameters": parameters,
		"classes": classes, "fields": fields, "variables": variables,
		"object_protocol": objectProtocol, "lists": lists, "maps": maps, "iteration": iteration,
		"callbacks": callbacks, "implementing": implementing, "errors": failures,
		"untyped": untyped, "refusals": refusals, "closing": closing,
	})
}

func functions() {
	Is(books.Call("Add", -3, 5), 2)
	Is(books.Call("Half", 5.0), 2.5)
	Is(books.Call("Negate", true), false)
	Is(module.Call("greet", "Gö"), "Hello, Gö")
	Is(books.Call("Divide", 7, 2).Index(1), 1)
	before := As[int](books.Get("Visits"))
	That(books.Call("Visit").IsNil())
	Is(books.Get("Visits"), before+1)
}

func overloads() {
	Is(books.Call("Twice", int64(4)), 8)
	Is(books.Call("Twice", "ab"), "abab")
	Is(books.Call("First", []string{"a", "b"}), "a")
}

func parameters() {
	Is(books.Call("Join", "a"), "a")
	Is(books.Call("Join", "a", "b", "c"), "a+b+c")
	Fails(books.Call("Greet", metaffi.Named("name", "a")).Err(), "named arguments")
}

func classes() {
	book := books.Call("NewBook", "a", 100)
	Is(book.Call("Longer", 5).Get("Pages"), 105)
	Is(books.Call("ParseBook", "b:7").Call("Title"), "b")
	Is(book.Call("IsSame", book.Call("Me")), true)
	Is(book.Call("IsSame", books.Call("NewBook", "a", 100)), false)
	tape := books.Get("Tape").Call("", "so")
	Is(tape.Call("Read", 1), "so 1")
	Is(books.Call("Tape", metaffi.Named("Text", "or")).Call("read", 2), "or 2")
	novel := books.Call("NewNovel", "n", "Ann")
	Is(books.Call("Describe", novel), "the novel of Ann")
}

func fields() {
	book := books.Call("NewBook", "a", 5)
	OK(book.Set("Pages", 6))
	Is(book.Call("Longer", 0).Get("pages"), 6)
}

func variables() {
	type constants struct {
		Most  int
		Ratio float64
		Name  string
		Open  bool
	}
	Same(As[constants](books), constants{7, 0.5, "books", true})
	OK(module.Set("Visits", 40))
	books.Call("Visit")
	Is(module.Get("Visits"), 41)
	Fails(module.Set("Most", 8), "Most")
}

func objectProtocol() {
	book := func(pages int) *metaffi.Object { return books.Call("NewBook", "a", pages) }
	Same(book(5).String(), "a, 5 pages")
	That(Of(book(5).Equal(book(5))))
	That(!Of(book(5).Equal(book(6))))
	That(Of(book(5).Compare(book(6))) < 0)
	description := Of(book(5).Describe())
	Same(description.Name, "Book")
	found := ""
	for _, member := range description.Members {
		if member.Name == "Longer" {
			found = member.Signature
		}
	}
	Same(found, "Longer(by int) *Book")
}

func lists() {
	Is(books.Call("Titles", "a b c"), []string{"a", "b", "c"})
	Is(books.Call("Total", []int{1, 2, 3}), 6)
	made := books.Call("BooksOf", []string{"a", "b"})
	Same(Of(made.Len()), 2)
	Is(made.Index(1).Call("Title"), "b")
	Is(books.Call("PagesIn", made), 200)
	Is(books.Call("PagesIn", []any{made.Index(0), books.Call("NewBook", "c", 1)}), 101)
}

func maps() {
	lengths := books.Call("Lengths", []string{"a", "ccc"})
	Same(Of(lengths.Len()), 2)
	Is(lengths.Index("ccc"), 3)
	OK(lengths.SetIndex("dd", 2))
	OK(lengths.Delete("a"))
	That(!Of(lengths.Contains("a")))
	Is(lengths, map[string]int{"ccc": 3, "dd": 2})
	Same(Of(lengths.Value()), map[string]any{"ccc": int64(3), "dd": int64(2)})
	Fails(lengths.Index("zz").Err(), "no such key")
	Is(books.Call("Longest", lengths), "ccc")
	Is(books.Call("Longest", map[string]int{"bb": 2, "ccc": 3}), "ccc")
}

func iteration() {
	sum := 0
	for number, err := range metaffi.All[int](books.Call("CountUp", 3)) {
		OK(err)
		sum += number
	}
	Same(sum, 6)
	shelf := books.Call("NewShelf", books.Call("NewBook", "a", 1), books.Call("NewBook", "b", 1))
	titles := ""
	for book := range shelf.Iter() {
		titles += As[string](book.Call("Title"))
	}
	Same(titles, "ab")
	OK(shelf.Close())
}

func callbacks() {
	Is(books.Call("Apply", func(value int) (int, error) { return value * 2, nil }, 21), 42)
	Is(books.Call("Each", []string{"a", "b"}, strings.ToUpper), []string{"A", "B"})
	OK(books.Call("Keep", func(book *metaffi.Object) string { return As[string](book.Call("Title")) + "!" }).Err())
	Is(books.Call("RunKept", books.Call("NewBook", "a", 1)), "a!")
	Is(books.Call("Adder", 5).Call("", 4), 9)
	mine := errors.New("mine")
	err := books.Call("Apply", func(int) (int, error) { return 0, mine }, 1).Err()
	That(errors.Is(err, mine))
}

type singer struct{}

func (singer) Read(page int) string { return strings.Repeat("la", page) }

func (singer) Pages() int { return 3 }

type silent struct{}

func (silent) Read(int) string { return "" }

func implementing() {
	Is(books.Call("Aloud", singer{}), "; la; lala")
	Fails(books.Call("Aloud", silent{}).Err(), "Pages")
}

func failures() {
	failure := Fails(books.Call("Lend", "gone").Err(), "gone is missing")
	That(strings.HasSuffix(failure.TypeName, "MissingError"))
	Is(metaffi.ObjectOf(failure).Get("Title"), "gone")
	Fails(books.Call("Lend", "torn").Err(), "a page is torn")
	Is(books.Call("Lend", "a"), "a")
}

func untyped() {
	Same(Of(Of(module.LoadEntity("callable=Add"))(2, 3)), []any{int64(5)})
	add := Of(metaffi.Func[func(int, int) (int, error)](module, "callable=Add"))
	Same(Of(add(2, 3)), 5)
	var bound struct {
		Greet func(string) (string, error)
		Maker func(title string, pages int) (*metaffi.Object, error) `metaffi:"NewBook"`
	}
	OK(metaffi.Bind(books, &bound))
	Same(Of(bound.Greet("a")), "Hello, a")
	longer := Of(metaffi.Func[func(*metaffi.Object, int) (*metaffi.Object, error)](module, "callable=Book.Longer"))
	Is(Of(longer(Of(bound.Maker("a", 100)), 5)).Get("Pages"), 105)
	Is(books.Call("Anything", 5), 5)
	own := &struct{ n int }{5}
	That(As[any](books.Call("Anything", own)) == any(own))
	Is(books.Call("Something", "book").Get("Pages"), 100)
	That(books.Call("Something", "nothing").IsNil())
}

func refusals() {
	book := books.Call("NewBook", "a", 100)
	Fails(book.Call("Longr", 5).Err(), "did you mean `Longer`?")
	Fails(books.Get("Bok").Err(), "Bok")
	Fails(books.Call("Add", "a", 1).Err(), "int64")
	Fails(books.Call("Add", 1).Err(), "argument")
	_, err := metaffi.Func[func(string) (int, error)](module, "callable=Add")
	Fails(err, "has 1 parameter(s), the function 2")
	var wrong struct{ Greeet, Ad func() }
	Fails(metaffi.Bind(books, &wrong), "Greeet", "Ad")
	book.Release()
	Fails(book.Call("Longer", 5).Call("Title").Err(), "released")
	Is(books.Call("NewBook", "a", 100).Call("Longer", 1).Get("Pages"), 101)
}

func closing() {
	before := As[int](books.Get("OpenShelves"))
	shelf := books.Call("NewShelf")
	Is(books.Get("OpenShelves"), before+1)
	OK(shelf.Close())
	Is(books.Get("OpenShelves"), before)
}
