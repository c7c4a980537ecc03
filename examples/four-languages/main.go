// Calls the till from Go.
package main

import (
	"errors"
	"fmt"
	"log"
	"os"

	"fourlanguages/till"

	metaffi "github.com/MetaFFI/sdk/api/go"
	"github.com/MetaFFI/sdk/api/go/stubs"
)

func main() {
	defer metaffi.BeginExit()
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

func run() error {
	if err := till.BindModuleToCode(os.Args[1], "python3"); err != nil {
		return err
	}
	shop, err := till.NewTill()
	if err != nil {
		return err
	}
	_, err = shop.Put("tea", 2.5)
	_, err2 := shop.Put("pot", 20, till.TillPutOptions{Size: stubs.Ptr(till.SizeLARGE)})
	err3 := shop.Change(func(price float64) (float64, error) { return price * 2, nil })
	if err := errors.Join(err, err2, err3); err != nil {
		return err
	}
	currency, _ := shop.Currency()
	for thing := range shop.All(&err) {
		price, _ := shop.Price(thing)
		fmt.Printf("%s: %.1f %s\n", thing, price, currency)
	}
	total, _ := till.Total([]float64{2, 3}, till.TotalOptions{Discount: stubs.Ptr(0.5)})
	fmt.Printf("total: %.1f\n", total)
	var soldOut *till.SoldOut
	if _, err := shop.Price("cup"); errors.As(err, &soldOut) {
		fmt.Println("sold out")
	}
	return err
}
