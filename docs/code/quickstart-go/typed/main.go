// The command calls a function of Python by a static type.
package main

import (
	"fmt"
	"log"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

func main() {
	defer metaffi.BeginExit()
	math, err := metaffi.NewMetaFFIRuntime("python3").LoadModule("math")
	if err != nil {
		log.Fatal(err)
	}
	hypot, err := metaffi.Func[func(float64, float64) (float64, error)](math, "callable=hypot")
	if err != nil {
		log.Fatal(err)
	}
	length, err := hypot(3, 4)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(length)
}
