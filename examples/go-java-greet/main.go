// The command greets in Java.
package main

import (
	"fmt"
	"log"

	"github.com/MetaFFI/plugin-sdk/compiler/go/IDL"
	metaffi "github.com/MetaFFI/sdk/api/go"
)

func main() {
	runtime := metaffi.NewMetaFFIRuntime("openjdk")
	module, err := runtime.LoadModule("MyClass.jar")
	if err != nil {
		log.Fatal(err)
	}
	newMyClass, err := module.Load("class=com.example.MyClass,callable=<init>",
		[]IDL.MetaFFIType{IDL.STRING8}, []IDL.MetaFFIType{IDL.HANDLE})
	if err != nil {
		log.Fatal(err)
	}
	greet, err := module.Load("class=com.example.MyClass,callable=greet,instance_required",
		[]IDL.MetaFFIType{IDL.HANDLE, IDL.STRING8}, []IDL.MetaFFIType{IDL.STRING8})
	if err != nil {
		log.Fatal(err)
	}

	created, err := newMyClass("Hello")
	if err != nil {
		log.Fatal(err)
	}
	greeter := created[0]
	for _, name := range []string{"Go", ""} {
		greeting, err := greet(greeter, name)
		if err != nil {
			fmt.Println("error:", err)
			continue
		}
		fmt.Println(greeting[0])
	}

	if err := runtime.ReleaseRuntimePlugin(); err != nil {
		log.Fatal(err)
	}
}
