package main

import (
	"fmt"
	"log"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

func main() {
	defer metaffi.BeginExit()
	greeting, err := metaffi.NewMetaFFIRuntime("python3").LoadModule("greeting.py")
	if err != nil {
		log.Fatal(err)
	}
	jdk, err := metaffi.NewMetaFFIRuntime("openjdk").LoadModule("")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(greeting.Call("greet", "Go"))
	fmt.Println(jdk.Get("java.lang.Math").Call("floorMod", -7, 3))
}
