// The command uses a class of the JDK, and catches its exception.
package main

import (
	"errors"
	"fmt"
	"log"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

func main() {
	defer metaffi.BeginExit()
	java, err := metaffi.NewMetaFFIRuntime("openjdk").LoadModule("") // the JDK itself
	if err != nil {
		log.Fatal(err)
	}
	ages := java.Get("java.util.TreeMap").Call("") // an empty name makes an object
	ages.Call("put", "Grace", 45)
	ages.Call("put", "Ada", 36)
	fmt.Println(ages, ages.Call("firstKey"))

	_, err = java.Get("java.lang.Integer").Call("parseInt", "twelve").Value()
	var failed *metaffi.MetaFFIError
	if errors.As(err, &failed) {
		fmt.Println(failed.TypeName, failed.Message)
	}
}
