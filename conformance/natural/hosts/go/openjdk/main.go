// Command openjdk uses a Java library by the names of its members.
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
	use := func(loaded *metaffi.MetaFFIModule) { module, books = loaded, loaded.Get("books.Books") }
	jdk := Of(metaffi.NewMetaFFIRuntime("openjdk").LoadModule(""))
	collect := Of(jdk.Load("class=java.lang.System,callable=gc", nil, nil))
	Run("openjdk", use, func() error {
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

func book(arguments ...any) *metaffi.Object { return module.Get("books.Book").Call("", arguments...) }

func functions() {
	Is(books.Call("add", -3, 5), 2)
	Is(books.Call("half", 5.0), 2.5)
	Is(books.Call("negate", true), false)
	Is(module.Get("books").Get("Books").Call("greet", "Gö"), "Hello, Gö")
	before := As[int](books.Get("visits"))
	That(books.Call("visit").IsNil())
	Is(books.Get("visits"), before+1)
}

func overloads() {
	Is(books.Call("twice", 4), 8)
	Is(books.Call("twice", "ab"), "abab")
	Is(module.Get("books.Book").Call("describe", book("a")), "the book a")
}

func parameters() {
	Is(books.Call("label", "a"), "a/100")
	Is(books.Call("label", "a", 5), "a/5")
	Is(books.Call("join", "a"), "a")
	Is(books.Call("join", "a", "b", "c"), "a+b+c")
	Fails(books.Call("label", metaffi.Named("title", "a")).Err(), "named arguments")
}

func classes() {
	Is(book("a").Call("longer", 5).Get("pages"), 105)
	Is(module.Get("books.Book").Call("parse", "b:7").Get("title"), "b")
	one := book("a")
	Is(one.Call("isSame", one.Call("me")), true)
	Is(one.Call("is_same", book("a")), false)
	novel := module.Get("books.Novel").Call("", "n", "Ann")
	Is(novel.Call("describe"), "the novel of Ann")
	Same(module.Get("books.Genre").Get("NOVEL").Call("other").String(), "POEMS")
}

func fields() {
	one := book("a", 5)
	OK(one.Set("pages", 6))
	Is(one.Call("longer", 0).Get("pages"), 6)
	OK(module.Get("books.Book").Set("made", 50))
	Is(module.Get("books.Book").Get("made"), 50)
	Fails(one.Set("title", "b"), "title")
}

func variables() {
	type constants struct {
		Most  int     `metaffi:"MOST"`
		Ratio float64 `metaffi:"RATIO"`
		Name  string  `metaffi:"NAME"`
		Open  bool    `metaffi:"OPEN"`
	}
	Same(As[constants](books), constants{7, 0.5, "books", true})
	OK(books.Set("visits", 40))
	books.Call("visit")
	Is(books.Get("visits"), 41)
}

func objectProtocol() {
	Same(book("a", 5).String(), "a, 5 pages")
	That(Of(book("a", 5).Equal(book("a", 5))))
	That(!Of(book("a", 5).Equal(book("a", 6))))
	That(Of(book("a", 5).Compare(book("a", 6))) < 0)
	description := Of(book("a").Describe())
	Same(description.Name, "books.Book")
	found := false
	for _, member := range description.Members {
		found = found || member.Name == "longer" && strings.Contains(member.Signature, "longer(int by)")
	}
	That(found)
}

func lists() {
	titles := books.Call("titles", "a b c")
	Same(Of(titles.Len()), 3)
	OK(titles.SetIndex(0, "x"))
	OK(titles.Append("d"))
	OK(titles.Delete(1))
	Is(titles, []string{"x", "c", "d"})
	Same(Of(titles.Value()), []any{"x", "c", "d"})
	That(Of(titles.Contains("c")))
	Is(books.Call("total", []int32{1, 2, 3}), 6)
	made := books.Call("booksOf", "a", "b")
	Is(made.Index(1).Get("title"), "b")
	Is(books.Call("pagesIn", made), 200)
	Is(books.Call("pagesIn", []any{made.Index(0), book("c", 1)}), 101)
	Fails(titles.Index(9).Err(), "9")
}

func maps() {
	lengths := books.Call("lengths", []string{"a", "ccc"})
	Same(Of(lengths.Len()), 2)
	Is(lengths.Index("ccc"), 3)
	OK(lengths.SetIndex("dd", int32(2)))
	OK(lengths.Delete("a"))
	That(!Of(lengths.Contains("a")))
	Is(lengths, map[string]int{"ccc": 3, "dd": 2})
	Is(books.Call("longest", lengths), "ccc")
	Is(books.Call("longest", map[string]int32{"bb": 2, "ccc": 3}), "ccc")
	Is(books.Call("letters", "aba").Call("size"), 2)
}

func iteration() {
	sum := 0
	for number, err := range metaffi.All[int](books.Call("countUp", 3)) {
		OK(err)
		sum += number
	}
	Same(sum, 6)
	shelf := module.Get("books.Shelf").Call("", book("a"), book("b"))
	titles := ""
	for one := range shelf.Iter() {
		titles += As[string](one.Get("title"))
	}
	Same(titles, "ab")
	OK(shelf.Close())
}

func callbacks() {
	Is(books.Call("apply", func(value int) int { return value * 2 }, 21), 42)
	Is(books.Call("each", []string{"a", "b"}, strings.ToUpper), []string{"A", "B"})
	OK(books.Call("keep", func(one *metaffi.Object) string { return As[string](one.Get("title")) + "!" }).Err())
	Is(books.Call("runKept", book("a")), "a!")
	Is(books.Call("adder", 5).Call("", 4), 9)
	mine := errors.New("mine")
	err := books.Call("apply", func(int) (int, error) { return 0, mine }, 1).Err()
	That(errors.Is(err, mine))
}

type singer struct{}

func (singer) Read(page int) string { return strings.Repeat("la", page) }

func (singer) Pages() int { return 3 }

type silent struct{}

func (silent) Read(int) string { return "" }

func implementing() {
	Is(books.Call("aloud", singer{}), "; la; lala")
	Fails(books.Call("aloud", silent{}).Err(), "pages")
}

func failures() {
	failure := Fails(books.Call("lend", "gone").Err(), "gone is missing")
	Same(failure.TypeName, "books.MissingException")
	Is(metaffi.ObjectOf(failure).Call("getTitle"), "gone")
	Fails(books.Call("lend", "torn").Err(), "a page is torn")
	Is(books.Call("lend", "a"), "a")
}

func untyped() {
	Same(Of(Of(module.LoadEntity("class=books.Books,callable=twice"))("ab")), []any{"abab"})
	add := Of(metaffi.Func[func(int, int) (int, error)](module, "class=books.Books,callable=add"))
	Same(Of(add(2, 3)), 5)
	var bound struct {
		Greet   func(string) (string, error)
		CountUp func(int) (*metaffi.Object, error)
		Label   func(title string, pages ...any) (string, error)
	}
	OK(metaffi.Bind(books, &bound))
	Same(Of(bound.Greet("a")), "Hello, a")
	Same(Of(bound.Label("a", 7)), "a/7")
	longer := Of(metaffi.Func[func(*metaffi.Object, int) (*metaffi.Object, error)](module, "class=books.Book,callable=longer,instance_required"))
	Is(Of(longer(book("a"), 5)).Get("pages"), 105)
	Is(books.Call("anything", 5), 5)
	own := &struct{ n int }{5}
	That(As[any](books.Call("anything", own)) == any(own))
	Is(books.Call("something", "book").Get("pages"), 100)
	That(books.Call("something", "nothing").IsNil())
}

func refusals() {
	one := book("a")
	Fails(one.Call("longr", 5).Err(), "did you mean `longer`?")
	Fails(module.Get("books.Bok").Err(), "Bok")
	Fails(books.Call("twice", one).Err(), "twice(int", "twice(java.lang.String")
	Fails(books.Call("add", 1).Err(), "add")
	_, err := metaffi.Func[func(int, string) (int, error)](module, "class=books.Books,callable=add")
	Fails(err, "parameter 2: string does not fit int32")
	var wrong struct{ Greeet, Ad func() }
	Fails(metaffi.Bind(books, &wrong), "Greeet", "Ad")
	one.Release()
	Fails(one.Call("longer", 5).Get("title").Err(), "released")
	Is(book("a").Call("longer", 1).Get("pages"), 101)
}

func closing() {
	class := module.Get("books.Shelf")
	before := As[int](class.Get("open"))
	shelf := class.Call("", book("a"))
	Is(class.Get("open"), before+1)
	OK(shelf.Close())
	Is(class.Get("open"), before)
}
