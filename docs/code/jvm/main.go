package main

import (
	"fmt"
	"log"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

func main() {
	defer metaffi.BeginExit()
	sys, err := metaffi.NewMetaFFIRuntime("python3").LoadModule("sys")
	if err != nil {
		log.Fatal(err)
	}
	jdk, err := metaffi.NewMetaFFIRuntime("openjdk").LoadModule("")
	if err != nil {
		log.Fatal(err)
	}
	system := jdk.Get("java.lang.System")
	fmt.Println("Python of", sys.Get("prefix"), system.Call("getProperty", "greeting"))
}
