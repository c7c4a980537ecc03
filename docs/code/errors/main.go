package main

import (
	"errors"
	"fmt"
	"log"
	"strings"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

var errNegative = errors.New("negative")

func main() {
	defer metaffi.BeginExit()
	bank, err := metaffi.NewMetaFFIRuntime("python3").LoadModule("bank.py")
	if err != nil {
		log.Fatal(err)
	}

	var failed *metaffi.MetaFFIError
	if err := bank.Call("withdraw", 10, 25).Err(); errors.As(err, &failed) {
		fmt.Println(failed.Kind == metaffi.ErrorGuest, failed.Language)
		fmt.Println(failed.TypeName, failed.Message)
		fmt.Println(metaffi.ObjectOf(failed.Original()).Get("missing"))
		fmt.Println(strings.Split(failed.StackTrace(), "\n")[0])
	}

	err = bank.Call("pay", 10, "ten").Err()
	fmt.Println(err, "| because:", errors.Unwrap(err))

	// The error of a callback passes through Python as the same value.
	err = bank.Call("each", []int{1, -1}, func(amount int) error {
		if amount < 0 {
			return errNegative
		}
		return nil
	}).Err()
	fmt.Println(errors.Is(err, errNegative))

	err = bank.Call("withdrw", 1, 1).Err()
	errors.As(err, &failed)
	fmt.Println(failed.Kind == metaffi.ErrorNotFound, err)
}
