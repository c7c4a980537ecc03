// The command calls Python and Java by the names of what they have.
package main

import (
	"fmt"
	"log"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

func main() {
	defer metaffi.BeginExit() // the guests run what they run at the end of a program
	python := metaffi.NewMetaFFIRuntime("python3")

	statistics, err := python.LoadModule("statistics")
	if err != nil {
		log.Fatal(err)
	}
	median, err := metaffi.As[float64](statistics.Call("median", []float64{3, 1, 2}))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(median)

	collections, err := python.LoadModule("collections")
	if err != nil {
		log.Fatal(err)
	}
	counter := collections.Call("Counter", "mississippi")
	for pair := range counter.Call("most_common", 2).Iter() {
		fmt.Println(pair.Index(0), pair.Index(1))
	}

	builtins, err := python.LoadModule("builtins")
	if err != nil {
		log.Fatal(err)
	}
	length := func(city string) int { return len(city) } // Python calls this function
	cities := []string{"Rome", "Lisbon", "Riga", "Ulm"}
	sorted, err := metaffi.As[[]string](builtins.Call("sorted", cities, metaffi.Named("key", length)))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(sorted)

	_, err = statistics.Call("mean", []float64{}).Value()
	fmt.Println(err)
}
