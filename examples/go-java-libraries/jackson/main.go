// The command reads and writes JSON with Jackson.
package main

import (
	"errors"
	"fmt"
	"log"

	jackson "example.com/go-java-libraries/stubs/jacksondatabind"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

const jars = "jackson-databind-2.17.1.jar;jackson-core-2.17.1.jar;jackson-annotations-2.17.1.jar"

func main() {
	defer metaffi.BeginExit()
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

func run() error {
	if err := jackson.BindModuleToCode(jars, "openjdk"); err != nil {
		return err
	}
	mapper, err := jackson.NewObjectMapper()
	if err != nil {
		return err
	}
	order, err := mapper.ReadTreeString(`{"customer": "Ann", "items": [{"name": "pen", "price": 3}]}`)
	if err != nil {
		return err
	}
	items, err := order.PathString("items")
	if err != nil {
		return err
	}
	total := int32(0)
	for each := range items.All(&err) {
		price, err := each.PathString("price")
		if err != nil {
			return err
		}
		amount, err := price.AsInt()
		if err != nil {
			return err
		}
		total += amount
	}
	receipt, err := mapper.CreateObjectNode()
	if err != nil {
		return err
	}
	if _, err := receipt.PutStringInt32("total", total); err != nil {
		return err
	}
	fmt.Println(receipt)
	_, err = mapper.ReadTreeString("{bad}")
	var wrong *jackson.JsonProcessingException
	if errors.As(err, &wrong) {
		message, err := wrong.GetOriginalMessage()
		if err != nil {
			return err
		}
		fmt.Println(message)
	}
	return nil
}
