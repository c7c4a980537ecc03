package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

func main() {
	defer metaffi.BeginExit()
	program, err := os.Executable()
	if err != nil {
		log.Fatal(err)
	}
	path := filepath.Join(filepath.Dir(program), "greeting.py")
	greeting, err := metaffi.NewMetaFFIRuntime("python3").LoadModule(path)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(greeting.Call("greet", "binary"))
}
