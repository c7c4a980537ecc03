package main

import (
	"fmt"
	"log"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

func main() {
	defer metaffi.BeginExit()
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

func run() error {
	shop, err := metaffi.NewMetaFFIRuntime("python3").LoadModule("shop.py")
	if err != nil {
		return err
	}
	// Types that are declared: a handle and an int64 in, a float64 out.
	total, err := shop.Load("callable=Item.total,instance_required",
		[]metaffi.MetaFFIType{metaffi.HANDLE, metaffi.INT64},
		[]metaffi.MetaFFIType{metaffi.FLOAT64})
	if err != nil {
		return err
	}
	// Types of the module: none are named.
	parse, err := shop.LoadEntity("callable=Item.parse")
	if err != nil {
		return err
	}
	item, err := parse("tea:2.5")
	if err != nil {
		return err
	}
	price, err := total(item[0], 4)
	if err != nil {
		return err
	}
	fmt.Println(price[0])

	// A func type of Go, which is the fastest way to call.
	words, err := metaffi.Func[func(string, string) (string, error)](shop, "callable=label")
	if err != nil {
		return err
	}
	text, err := words("green", "tea")
	fmt.Println(text)
	return err
}
