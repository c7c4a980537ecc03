package main

import (
	"fmt"
	"log"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

func main() {
	defer metaffi.BeginExit()
	files, err := metaffi.NewMetaFFIRuntime("python3").LoadModule("files.py")
	if err != nil {
		log.Fatal(err)
	}
	// Close calls the object's own close.
	first := files.Call("Log", "first")
	first.Call("write", "a line")
	fmt.Println(first.Close())

	// Release gives up the reference, and nothing else.
	before := metaffi.LiveObjects("python3")
	first.Release()
	after := metaffi.LiveObjects("python3")
	fmt.Println(files.Get("Log").Get("__name__"), before-after)
	fmt.Println(first.Call("write", "too late").Err())
}
