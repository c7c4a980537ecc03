// The command uses guava's collections.
package main

import (
	"errors"
	"fmt"
	"log"
	"strings"

	"example.com/go-java-libraries/stubs/guava"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

func main() {
	defer metaffi.BeginExit()
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

func run() error {
	if err := guava.BindModuleToCode("guava-33.2.1-jre.jar", "openjdk"); err != nil {
		return err
	}
	comma, err := guava.SplitterOnChar32(',')
	if err != nil {
		return err
	}
	trimmed, err := comma.TrimResults()
	if err != nil {
		return err
	}
	words, err := trimmed.SplitToList("pen, ink , paper")
	if err != nil {
		return err
	}
	byLength, err := guava.ArrayListMultimapCreate()
	if err != nil {
		return err
	}
	for word := range words.All(&err) {
		if _, err := byLength.Put(len(word.(string)), word); err != nil {
			return err
		}
	}
	loud, err := guava.ListsTransform(words, func(word any) (any, error) {
		return strings.ToUpper(word.(string)), nil
	})
	if err != nil {
		return err
	}
	fmt.Println(byLength, loud)
	prices, err := guava.ImmutableMapOfKVKV("pen", 3, "ink", 5)
	if err != nil {
		return err
	}
	ink, err := prices.Get("ink")
	if err != nil {
		return err
	}
	fmt.Println(prices, ink)
	var illegal *guava.JavaLangIllegalArgumentException
	fmt.Println(errors.As(guava.PreconditionsCheckArgumentBoolAny(false, "too small"), &illegal), illegal)
	return nil
}
