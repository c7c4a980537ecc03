package main

import (
	"fmt"
	"log"
	"sync"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

func main() {
	defer metaffi.BeginExit()
	events, err := metaffi.NewMetaFFIRuntime("python3").LoadModule("events.py")
	if err != nil {
		log.Fatal(err)
	}
	twice := func(value int) int { return value * 2 }
	fmt.Println(events.Call("apply", twice, 21))

	// Kept by Python, called from its threads.
	heard := make(chan string, 2)
	listener := func(text string) { heard <- text }
	events.Call("listen", listener)
	events.Call("listen", listener)
	fmt.Println(events.Call("publish", "news").Err(), <-heard, <-heard)

	// A function of Python as one of Go.
	addFive, err := metaffi.As[func(int) (int, error)](events.Call("adder", 5))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(addFive(4))

	// Many goroutines.
	var group sync.WaitGroup
	var sum [4]int
	for i := range sum {
		group.Add(1)
		go func() {
			defer group.Done()
			sum[i], _ = addFive(i)
		}()
	}
	group.Wait()
	fmt.Println(sum)
}
