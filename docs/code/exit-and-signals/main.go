package main

import (
	"fmt"
	"log"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

func main() {
	defer metaffi.BeginExit()
	cleanup, err := metaffi.NewMetaFFIRuntime("python3").LoadModule("cleanup.py")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("still here:", cleanup.Call("leave", 3).Err())
}
