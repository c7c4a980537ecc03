package main

import (
	"fmt"

	"example.com/hypot/triangle"
)

func main() {
	length, err := triangle.Hypot(3, 4)
	if err != nil {
		panic(err)
	}
	fmt.Println("hypot of 3 and 4:", length)
}
