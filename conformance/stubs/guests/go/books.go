// Package books has books, and shelves that hold them: what a package of Go has.
package books

import (
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// What is known of all books.
const (
	Most  = 7
	Ratio = 0.5
	Name  = "books"
	Open  = true
)

// Visits are counted.
var Visits int

// Visit counts one.
func Visit() { Visits++ }

// Add adds two numbers.
func Add(a, b int) int { return a + b }

// Half halves.
func Half(value float64) float64 { return value / 2 }

// Negate turns it round.
func Negate(value bool) bool { return !value }

// Greet greets.
func Greet(name string) string { return "Hello, " + name }

// Divide divides, and says what is left over.
func Divide(a, b int) (quotient, rest int) { return a / b, a % b }

// Join joins any number of texts.
func Join(first string, more ...string) string {
	return strings.Join(append([]string{first}, more...), "+")
}

// Twice is the value and the value, whatever it is.
func Twice(value any) any {
	switch value := value.(type) {
	case string:
		return value + value
	case int64:
		return value + value
	}
	return nil
}

// Genre is what a book is.
type Genre int

// The genres.
const (
	Novels Genre = 1
	Poems  Genre = 2
)

// Other is the other one.
func (g Genre) Other() Genre { return Novels + Poems - g }

// String names it.
func (g Genre) String() string { return [...]string{"", "Novels", "Poems"}[g] }

// GenreOf is what a title says.
func GenreOf(title string) Genre {
	if strings.Contains(title, "Poems") {
		return Poems
	}
	return Novels
}

// GenreName names it.
func GenreName(genre Genre) string { return genre.String() }

// ErrTorn is for pages.
var ErrTorn = errors.New("a page is torn")

// MissingError is for a book that is not there.
type MissingError struct {
	Title string
	cause error
}

// Error says which.
func (e *MissingError) Error() string { return e.Title + " is missing" }

// Unwrap says why.
func (e *MissingError) Unwrap() error { return e.cause }

// Lend lends a book, if it is there.
func Lend(title string) (string, error) {
	switch title {
	case "torn":
		return "", ErrTorn
	case "gone":
		_, err := strconv.Atoi(title)
		return "", &MissingError{title, err}
	}
	return title, nil
}

// Book has a title and pages.
type Book struct {
	title string
	// Pages are how many it has.
	Pages int
}

// Made are how many were made.
var Made int

// NewBook makes one.
func NewBook(title string, pages int) *Book {
	Made++
	return &Book{title, pages}
}

// ParseBook reads one.
func ParseBook(text string) *Book {
	title, pages, _ := strings.Cut(text, ":")
	number, _ := strconv.Atoi(pages)
	return NewBook(title, number)
}

// Title is what it is called.
func (b *Book) Title() string { return b.title }

// Longer is the same with more pages.
func (b *Book) Longer(by int) *Book { return NewBook(b.title, b.Pages+by) }

// Me is the book itself.
func (b *Book) Me() *Book { return b }

// IsSame says whether it is this one.
func (b *Book) IsSame(other *Book) bool { return other == b }

// Describe says what it is.
func (b *Book) Describe() string { return "the book " + b.title }

// String is the title, and how many pages.
func (b *Book) String() string { return fmt.Sprintf("%s, %d pages", b.title, b.Pages) }

// Equal says whether two are alike.
func (b *Book) Equal(other *Book) bool { return other != nil && *other == *b }

// Compare compares the pages.
func (b *Book) Compare(other *Book) int { return b.Pages - other.Pages }

// Novel has a hero.
type Novel struct {
	*Book
	Hero string
}

// NewNovel makes one.
func NewNovel(title, hero string) *Novel { return &Novel{NewBook(title, 300), hero} }

// Describe says what it is.
func (n *Novel) Describe() string { return "the novel of " + n.Hero }

// Described is what describes itself.
type Described interface {
	Describe() string
	Title() string
}

// Describe asks it.
func Describe(what Described) string { return what.Describe() }

// Pick picks a novel, which is described.
func Pick(title string) Described { return NewNovel(title, "Ann") }

// Reader reads aloud.
type Reader interface {
	Read(page int) string
	Pages() int
}

// Tape reads what was recorded.
type Tape struct{ Text string }

// NewTape makes one.
func NewTape(text string) *Tape { return &Tape{text} }

// Read reads a page.
func (t *Tape) Read(page int) string { return fmt.Sprintf("%s %d", t.Text, page) }

// Pages are two.
func (t *Tape) Pages() int { return 2 }

// ReaderOf makes a reader.
func ReaderOf(text string) Reader { return NewTape(text) }

// Aloud has all pages read.
func Aloud(reader Reader) string {
	read := make([]string, reader.Pages())
	for page := range read {
		read[page] = reader.Read(page)
	}
	return strings.Join(read, "; ")
}

// Apply calls a function.
func Apply(function func(int) (int, error), value int) (int, error) { return function(value) }

// Each calls a function with each title.
func Each(titles []string, function func(string) string) []string {
	made := make([]string, len(titles))
	for at, title := range titles {
		made[at] = function(title)
	}
	return made
}

var kept func(*Book) string

// Keep keeps a function until it is run.
func Keep(function func(*Book) string) { kept = function }

// RunKept runs it.
func RunKept(book *Book) string {
	function := kept
	kept = nil
	return function(book)
}

// Adder adds a number.
func Adder(number int) func(int) int { return func(value int) int { return value + number } }

// Chosen is the function itself.
func Chosen(function func(int) int) func(int) int { return function }

// Find finds a book; it is nil where there is no title.
func Find(title string) *Book {
	if title == "" {
		return nil
	}
	return NewBook(title, 100)
}

// PagesOf are those of a book, if there is one.
func PagesOf(book *Book) (pages int, ok bool) {
	if book == nil {
		return 0, false
	}
	return book.Pages, true
}

// Titles are the words.
func Titles(text string) []string { return strings.Fields(text) }

// Total adds up.
func Total(pages []int) int {
	total := 0
	for _, number := range pages {
		total += number
	}
	return total
}

// BooksOf makes some.
func BooksOf(titles []string) []*Book {
	made := make([]*Book, len(titles))
	for at, title := range titles {
		made[at] = NewBook(title, 100)
	}
	return made
}

// PagesIn adds up.
func PagesIn(books []*Book) int {
	total := 0
	for _, book := range books {
		total += book.Pages
	}
	return total
}

// Letters are those of a text.
func Letters(text string) map[string]struct{} {
	letters := map[string]struct{}{}
	for _, letter := range text {
		letters[string(letter)] = struct{}{}
	}
	return letters
}

// Distinct counts.
func Distinct(letters map[string]struct{}) int { return len(letters) }

// Lengths are how long titles are.
func Lengths(titles []string) map[string]int {
	lengths := map[string]int{}
	for _, title := range titles {
		lengths[title] = len(title)
	}
	return lengths
}

// Longest is the longest one.
func Longest(lengths map[string]int) string {
	longest := ""
	for title, length := range lengths {
		if length > lengths[longest] {
			longest = title
		}
	}
	return longest
}

// CountUp counts.
func CountUp(to int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for number := 1; number <= to && yield(number); number++ {
		}
	}
}

// Shelf holds books, and is closed at the end.
type Shelf struct{ books []*Book }

// OpenShelves are those that are not closed.
var OpenShelves int

// NewShelf makes one.
func NewShelf(books ...*Book) *Shelf {
	OpenShelves++
	return &Shelf{books}
}

// Add puts one more on it.
func (s *Shelf) Add(book *Book) int {
	s.books = append(s.books, book)
	return s.Len()
}

// Len counts.
func (s *Shelf) Len() int { return len(s.books) }

// All are its books.
func (s *Shelf) All() iter.Seq[*Book] { return slices.Values(s.books) }

// Contains says whether there is one like it.
func (s *Shelf) Contains(book *Book) bool { return slices.ContainsFunc(s.books, book.Equal) }

// At is the book there.
func (s *Shelf) At(index int) *Book { return s.books[index] }

// Close closes it.
func (s *Shelf) Close() error {
	OpenShelves--
	return nil
}

// Box holds one thing.
type Box[T any] struct{ Content T }

// NewBox makes one.
func NewBox[T any](content T) *Box[T] { return &Box[T]{content} }

// Get is what it holds.
func (b *Box[T]) Get() T { return b.Content }

// Put puts something else into it.
func (b *Box[T]) Put(content T) T {
	old := b.Content
	b.Content = content
	return old
}

// First is the first one.
func First[T any](items []T) T { return items[0] }

// Boxed is a book in a box.
func Boxed(title string) *Box[*Book] { return NewBox(NewBook(title, 100)) }

// Anything is the value itself.
func Anything(value any) any { return value }

// Something makes what is wanted, of a type that is not told.
func Something(what string) any {
	switch what {
	case "number":
		return 5
	case "text":
		return "five"
	case "book":
		return NewBook("Any", 100)
	case "list":
		return []any{1, "a"}
	}
	return nil
}

// Reverse turns the bytes round.
func Reverse(data []byte) []byte {
	reversed := slices.Clone(data)
	slices.Reverse(reversed)
	return reversed
}

// Scale multiplies.
func Scale(values []float64, by float64) []float64 {
	scaled := make([]float64, len(values))
	for at, value := range values {
		scaled[at] = value * by
	}
	return scaled
}

// Mean is the middle.
func Mean(values []float64) float64 {
	sum := 0.0
	for _, value := range values {
		sum += value
	}
	return sum / float64(len(values))
}

// Transpose turns rows into columns.
func Transpose(rows [][]int64) [][]int64 {
	columns := make([][]int64, len(rows[0]))
	for at := range columns {
		for _, row := range rows {
			columns[at] = append(columns[at], row[at])
		}
	}
	return columns
}

// Collect collects.
func Collect() { runtime.GC() }
