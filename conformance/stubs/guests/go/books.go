// Package books has books, and shelves that hold them: a typical Go package.
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

// Constants of all books.
const (
	Most  = 7
	Ratio = 0.5
	Name  = "books"
	Open  = true
)

// Visits counts visits.
var Visits int

// Visit counts a visit.
func Visit() { Visits++ }

// Add adds two numbers.
func Add(a, b int) int { return a + b }

// Half returns half of a value.
func Half(value float64) float64 { return value / 2 }

// Negate returns the opposite.
func Negate(value bool) bool { return !value }

// Greet greets.
func Greet(name string) string { return "Hello, " + name }

// Divide returns the quotient and the remainder.
func Divide(a, b int) (quotient, rest int) { return a / b, a % b }

// Join joins any number of texts.
func Join(first string, more ...string) string {
	return strings.Join(append([]string{first}, more...), "+")
}

// Twice returns a value of any type twice.
func Twice(value any) any {
	switch value := value.(type) {
	case string:
		return value + value
	case int64:
		return value + value
	}
	return nil
}

// Genre is the genre of a book.
type Genre int

// The genres.
const (
	Novels Genre = 1
	Poems  Genre = 2
)

// Other returns the other genre.
func (g Genre) Other() Genre { return Novels + Poems - g }

// String returns its name.
func (g Genre) String() string { return [...]string{"", "Novels", "Poems"}[g] }

// GenreOf returns the genre of a title.
func GenreOf(title string) Genre {
	if strings.Contains(title, "Poems") {
		return Poems
	}
	return Novels
}

// GenreName returns the name of a genre.
func GenreName(genre Genre) string { return genre.String() }

// ErrTorn is the error of a torn page.
var ErrTorn = errors.New("a page is torn")

// MissingError is the error of a missing book.
type MissingError struct {
	Title string
	cause error
}

// Error names the book.
func (e *MissingError) Error() string { return e.Title + " is missing" }

// Unwrap returns the cause.
func (e *MissingError) Unwrap() error { return e.cause }

// Lend lends a book, if it exists.
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
	// Pages is the number of pages.
	Pages int
}

// Made counts the books that were created.
var Made int

// NewBook creates a book.
func NewBook(title string, pages int) *Book {
	Made++
	return &Book{title, pages}
}

// ParseBook parses a book.
func ParseBook(text string) *Book {
	title, pages, _ := strings.Cut(text, ":")
	number, _ := strconv.Atoi(pages)
	return NewBook(title, number)
}

// Title returns its title.
func (b *Book) Title() string { return b.title }

// Longer returns the same book with more pages.
func (b *Book) Longer(by int) *Book { return NewBook(b.title, b.Pages+by) }

// Me returns the book itself.
func (b *Book) Me() *Book { return b }

// IsSame reports whether it is this book.
func (b *Book) IsSame(other *Book) bool { return other == b }

// Describe returns a description.
func (b *Book) Describe() string { return "the book " + b.title }

// String returns the title and the number of pages.
func (b *Book) String() string { return fmt.Sprintf("%s, %d pages", b.title, b.Pages) }

// Equal reports whether two books are equal.
func (b *Book) Equal(other *Book) bool { return other != nil && *other == *b }

// Compare compares the pages.
func (b *Book) Compare(other *Book) int { return b.Pages - other.Pages }

// Novel has a hero.
type Novel struct {
	*Book
	Hero string
}

// NewNovel creates a novel.
func NewNovel(title, hero string) *Novel { return &Novel{NewBook(title, 300), hero} }

// Describe returns a description.
func (n *Novel) Describe() string { return "the novel of " + n.Hero }

// Described describes itself.
type Described interface {
	Describe() string
	Title() string
}

// Describe returns its description.
func Describe(what Described) string { return what.Describe() }

// Pick returns a novel, which is Described.
func Pick(title string) Described { return NewNovel(title, "Ann") }

// Reader reads aloud.
type Reader interface {
	Read(page int) string
	Pages() int
}

// Tape reads a recorded text.
type Tape struct{ Text string }

// NewTape creates a tape.
func NewTape(text string) *Tape { return &Tape{text} }

// Read reads a page.
func (t *Tape) Read(page int) string { return fmt.Sprintf("%s %d", t.Text, page) }

// Pages returns 2.
func (t *Tape) Pages() int { return 2 }

// ReaderOf creates a reader.
func ReaderOf(text string) Reader { return NewTape(text) }

// Aloud reads all pages.
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

// Keep stores a function until it is called.
func Keep(function func(*Book) string) { kept = function }

// RunKept calls the stored function.
func RunKept(book *Book) string {
	function := kept
	kept = nil
	return function(book)
}

// Adder returns a function that adds a number.
func Adder(number int) func(int) int { return func(value int) int { return value + number } }

// Chosen returns the function itself.
func Chosen(function func(int) int) func(int) int { return function }

// Find returns a book, or nil if there is no title.
func Find(title string) *Book {
	if title == "" {
		return nil
	}
	return NewBook(title, 100)
}

// PagesOf returns the pages of a book, if there is one.
func PagesOf(book *Book) (pages int, ok bool) {
	if book == nil {
		return 0, false
	}
	return book.Pages, true
}

// Titles returns the words.
func Titles(text string) []string { return strings.Fields(text) }

// Total adds up pages.
func Total(pages []int) int {
	total := 0
	for _, number := range pages {
		total += number
	}
	return total
}

// BooksOf creates books.
func BooksOf(titles []string) []*Book {
	made := make([]*Book, len(titles))
	for at, title := range titles {
		made[at] = NewBook(title, 100)
	}
	return made
}

// PagesIn adds up the pages.
func PagesIn(books []*Book) int {
	total := 0
	for _, book := range books {
		total += book.Pages
	}
	return total
}

// Letters returns the letters of a text.
func Letters(text string) map[string]struct{} {
	letters := map[string]struct{}{}
	for _, letter := range text {
		letters[string(letter)] = struct{}{}
	}
	return letters
}

// Distinct counts letters.
func Distinct(letters map[string]struct{}) int { return len(letters) }

// Lengths returns the lengths of titles.
func Lengths(titles []string) map[string]int {
	lengths := map[string]int{}
	for _, title := range titles {
		lengths[title] = len(title)
	}
	return lengths
}

// Longest returns the longest title.
func Longest(lengths map[string]int) string {
	longest := ""
	for title, length := range lengths {
		if length > lengths[longest] {
			longest = title
		}
	}
	return longest
}

// CountUp counts up to a number.
func CountUp(to int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for number := 1; number <= to && yield(number); number++ {
		}
	}
}

// Shelf holds books, and has to be closed.
type Shelf struct{ books []*Book }

// OpenShelves counts the shelves that are not closed.
var OpenShelves int

// NewShelf creates a shelf.
func NewShelf(books ...*Book) *Shelf {
	OpenShelves++
	return &Shelf{books}
}

// Add adds a book.
func (s *Shelf) Add(book *Book) int {
	s.books = append(s.books, book)
	return s.Len()
}

// Len returns the number of books.
func (s *Shelf) Len() int { return len(s.books) }

// All returns its books.
func (s *Shelf) All() iter.Seq[*Book] { return slices.Values(s.books) }

// Contains reports whether there is an equal book.
func (s *Shelf) Contains(book *Book) bool { return slices.ContainsFunc(s.books, book.Equal) }

// At returns the book at an index.
func (s *Shelf) At(index int) *Book { return s.books[index] }

// Close closes the shelf.
func (s *Shelf) Close() error {
	OpenShelves--
	return nil
}

// Box holds one thing.
type Box[T any] struct{ Content T }

// NewBox creates a box.
func NewBox[T any](content T) *Box[T] { return &Box[T]{content} }

// Get returns the content.
func (b *Box[T]) Get() T { return b.Content }

// Put replaces the content.
func (b *Box[T]) Put(content T) T {
	old := b.Content
	b.Content = content
	return old
}

// First returns the first item.
func First[T any](items []T) T { return items[0] }

// Boxed returns a book in a box.
func Boxed(title string) *Box[*Book] { return NewBox(NewBook(title, 100)) }

// Anything returns the value itself.
func Anything(value any) any { return value }

// Something creates a value of an undeclared type.
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

// Reverse reverses the bytes.
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

// Mean returns the mean.
func Mean(values []float64) float64 {
	sum := 0.0
	for _, value := range values {
		sum += value
	}
	return sum / float64(len(values))
}

// Transpose swaps rows and columns.
func Transpose(rows [][]int64) [][]int64 {
	columns := make([][]int64, len(rows[0]))
	for at := range columns {
		for _, row := range rows {
			columns[at] = append(columns[at], row[at])
		}
	}
	return columns
}

// Collect runs the garbage collector.
func Collect() { runtime.GC() }
