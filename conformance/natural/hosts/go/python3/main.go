// Command python3 uses a Python library by the names of its members.
package main

import (
	"errors"
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
	python := metaffi.NewMetaFFIRuntime("python3")
	gc := Of(python.LoadModule("gc"))
	collect := Of(gc.Load("callable=collect", nil, []metaffi.MetaFFIType{metaffi.INT64}))
	Run("python3", use, func() error {
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
	Is(books.Call("add", -3, 5), 2)
	Is(books.Call("half", 5.0), 2.5)
	Is(books.Call("negate", true), false)
	Is(module.Call("greet", "Gö"), "Hello, Gö")
	Is(books.Call("divide", 7, 2), []int{3, 1})
	before := As[int](books.Get("visits"))
	That(books.Call("visit").IsNil())
	Is(books.Get("visits"), before+1)
}

func overloads() {
	Is(books.Call("twice", 4), 8)
	Is(books.Call("twice", "ab"), "abab")
}

func parameters() {
	Is(books.Call("label", "a"), "a/100/novel")
	Is(books.Call("label", "a", metaffi.Named("kind", "poem"), metaffi.Named("pages", 5)), "a/5/poem")
	Is(books.Call("tagged", "a", metaffi.Named("by", "Ann")), "a by=Ann")
	Is(books.Call("join", "a", "b", "c"), "a+b+c")
}

func classes() {
	class := books.Get("Book")
	book := class.Call("", "a")
	Is(book.Call("longer", 5).Get("pages"), 105)
	Is(class.Call("parse", "b:7").Get("title"), "b")
	Is(book.Call("is_same", book.Call("me")), true)
	Is(book.Call("isSame", class.Call("", "a")), false)
	Is(books.Call("describe", books.Call("Novel", "n", "Ann")), "the novel of Ann")
	Same(books.Get("Genre").Get("NOVEL").Call("other").Get("name").String(), "POEMS")
}

func fields() {
	book := books.Call("Book", "a", 5)
	OK(book.Set("pages", 6))
	Is(book.Call("longer", 0).Get("pages"), 6)
	OK(books.Get("Book").Set("made", 50))
	Is(books.Get("Book").Get("made"), 50)
	Fails(book.Set("title", "b"), "title")
}

func variables() {
	type constants struct {
		Most  int     `metaffi:"MOST"`
		Ratio float64 `metaffi:"RATIO"`
		Name  string  `metaffi:"NAME"`
		Open  bool    `metaffi:"OPEN"`
	}
	Same(As[constants](books), constants{7, 0.5, "books", true})
	OK(module.Set("visits", 40))
	books.Call("visit")
	Is(module.Get("visits"), 41)
}

func objectProtocol() {
	book := func(pages int) *metaffi.Object { return books.Call("Book", "a", pages) }
	Same(book(5).String(), "a, 5 pages")
	That(Of(book(5).Equal(book(5))))
	That(!Of(book(5).Equal(book(6))))
	That(Of(book(5).Compare(book(6))) < 0)
	description := Of(book(5).Describe())
	Same([]string{description.Name, description.Doc}, []string{"books.Book", "A book has a title and pages."})
	found := false
	for _, member := range description.Members {
		found = found || member.Name == "longer" && strings.HasPrefix(member.Signature, "longer(self, by")
	}
	That(found)
}

func lists() {
	Is(books.Call("titles", "a b c"), []string{"a", "b", "c"})
	Is(books.Call("total", []int{1, 2, 3}), 6)
	made := books.Call("books_of", []string{"a", "b"})
	Same(Of(made.Len()), 2)
	Is(made.Index(1).Get("title"), "b")
	Is(books.Call("pages_in", made), 200)
	Is(books.Call("pages_in", []any{made.Index(0), books.Call("Book", "c", 1)}), 101)
	shelf := books.Call("Shelf", books.Call("Book", "a"))
	Is(shelf.Index(0).Get("title"), "a")
	OK(shelf.Close())
}

func maps() {
	lengths := books.Call("lengths", []string{"a", "ccc"})
	Same(Of(lengths.Len()), 2)
	Is(lengths.Index("ccc"), 3)
	OK(lengths.SetIndex("dd", 2))
	OK(lengths.Delete("a"))
	That(!Of(lengths.Contains("a")))
	Is(lengths, map[string]int{"ccc": 3, "dd": 2})
	Same(Of(lengths.Value()), map[string]any{"ccc": int64(3), "dd": int64(2)})
	Fails(lengths.Index("zz").Err(), "zz")
	Is(books.Call("longest", lengths), "ccc")
	Is(books.Call("longest", map[string]int{"bb": 2, "ccc": 3}), "ccc")
	Is(books.Call("letters", "aba").Call("issuperset", "a"), true)
}

func iteration() {
	sum := 0
	for number, err := range metaffi.All[int](books.Call("count_up", 3)) {
		OK(err)
		sum += number
	}
	Same(sum, 6)
	shelf := books.Call("Shelf", books.Call("Book", "a"), books.Call("Book", "b"))
	titles := ""
	for book := range shelf.Iter() {
		titles += As[string](book.Get("title"))
	}
	Same(titles, "ab")
	OK(shelf.Close())
}

func callbacks() {
	Is(books.Call("apply", func(value int) int { return value * 2 }, 21), 42)
	Is(books.Call("each", []string{"a", "b"}, strings.ToUpper), []string{"A", "B"})
	OK(books.Call("keep", func(book *metaffi.Object) string { return As[string](book.Get("title")) + "!" }).Err())
	Is(books.Call("run_kept", books.Call("Book", "a")), "a!")
	Is(books.Call("adder", 5).Call("", 4), 9)
	mine := errors.New("mine")
	err := books.Call("apply", func(int) (int, error) { return 0, mine }, 1).Err()
	That(errors.Is(err, mine))
}

type singer struct{}

func (singer) Read(page int) string { return strings.Repeat("la", page) }

func (singer) Pages() int { return 3 }

func implementing() {
	Is(books.Call("aloud", singer{}), "; la; lala")
}

func failures() {
	failure := Fails(books.Call("lend", "gone").Err(), "gone is missing")
	That(strings.HasSuffix(failure.TypeName, "Missing"))
	Is(metaffi.ObjectOf(failure).Get("title"), "gone")
	Fails(books.Call("lend", "torn").Err(), "a page is torn")
	Is(books.Call("lend", "a"), "a")
}

func untyped() {
	Same(Of(Of(module.LoadEntity("callable=add"))(2, 3)), []any{int64(5)})
	add := Of(metaffi.Func[func(int, int) (int, error)](module, "callable=add"))
	Same(Of(add(2, 3)), 5)
	var bound struct {
		Greet   func(string) (string, error)
		CountUp func(int) ([]int, error)
		Maker   func(title string) (*metaffi.Object, error) `metaffi:"Book"`
	}
	OK(metaffi.Bind(books, &bound))
	Same(Of(bound.Greet("a")), "Hello, a")
	Same(Of(bound.CountUp(3)), []int{1, 2, 3})
	longer := Of(metaffi.Func[func(*metaffi.Object, int) (*metaffi.Object, error)](module, "callable=Book.longer,instance_required"))
	Is(Of(longer(Of(bound.Maker("a")), 5)).Get("pages"), 105)
	Is(books.Call("anything", 5), 5)
	own := &struct{ n int }{5}
	That(As[any](books.Call("anything", own)) == any(own))
	Is(books.Call("something", "book").Get("pages"), 100)
	That(books.Call("something", "nothing").IsNil())
}

func refusals() {
	book := books.Call("Book", "a")
	Fails(book.Call("longr", 5).Err(), "did you mean `longer`?")
	Fails(books.Get("Bok").Err(), "did you mean `Book`?")
	Fails(books.Call("add", 1).Err(), "argument")
	Fails(books.Call("label", metaffi.Named("colour", 1)).Err(), "colour")
	_, err := metaffi.Func[func(int, string) (int, error)](module, "callable=add")
	Fails(err, "parameter 2: string does not fit int64")
	var wrong struct{ Greeet, Ad func() }
	Fails(metaffi.Bind(books, &wrong), "Greeet", "Ad")
	book.Release()
	Fails(book.Call("longer", 5).Get("title").Err(), "released")
	Is(books.Call("Book", "a").Call("longer", 1).Get("pages"), 101)
}

func closing() {
	before := As[int](books.Get("Shelf").Get("open"))
	shelf := books.Call("Shelf")
	Is(books.Get("Shelf").Get("open"), before+1)
	OK(shelf.Close())
	Is(books.Get("Shelf").Get("open"), before)
}
