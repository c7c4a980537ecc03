// The command greets in Python.
package main

import (
	"fmt"
	"log"

	"github.com/MetaFFI/plugin-sdk/compiler/go/IDL"
	metaffi "github.com/MetaFFI/sdk/api/go"
)

func main() {
	module, err := metaffi.NewMetaFFIRuntime("python3").LoadModule("greeting.py")
	if err != nil {
		log.Fatal(err)
	}
	greet, err := module.Load("callable=greet",
		[]IDL.MetaFFIType{IDL.STRING8}, []IDL.MetaFFIType{IDL.STRING8})
	if err != nil {
		log.Fatal(err)
	}
	result, err := greet("Go")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(result[0])
}
