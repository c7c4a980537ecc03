package main

import (
	"fmt"
	"log"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

// Whisperer is a reader to Python: it has the method.
type Whisperer struct{}

// Read returns what is heard.
func (Whisperer) Read(book *metaffi.Object) string {
	return fmt.Sprint("psst, ", book.Get("title"))
}

func main() {
	defer metaffi.BeginExit()
	library, err := metaffi.NewMetaFFIRuntime("python3").LoadModule("library.py")
	if err != nil {
		log.Fatal(err)
	}
	momo := library.Call("Book", "Momo", metaffi.Named("pages", 304))
	shelf := library.Call("Shelf", momo, library.Call("Book", "Emma"))

	if err := momo.Set("pages", 305); err != nil {
		log.Fatal(err)
	}
	pages, err := metaffi.As[int](momo.Get("pages"))
	fmt.Println(momo, pages, err)
	fmt.Println(shelf.Call("longest", 200).Equal(momo))
	fmt.Println(shelf.Index(1).Get("title"))
	for book := range shelf.Iter() {
		fmt.Println("-", book)
	}

	// Fields of an object, as a struct of Go.
	type Book struct {
		Title string
		Pages int
	}
	fmt.Println(metaffi.As[Book](momo))

	// Methods of an object, as funcs in a struct.
	var typed struct {
		Longest func(atLeast int) (*metaffi.Object, error)
	}
	if err := metaffi.Bind(shelf, &typed); err != nil {
		log.Fatal(err)
	}
	fmt.Println(typed.Longest(200))
	fmt.Println(metaffi.As[[]string](library.Call("aloud", Whisperer{}, shelf)))

	// The first step that fails is reported at the end.
	_, err = metaffi.As[int](shelf.Index(7).Get("pages"))
	fmt.Println(err)
}
