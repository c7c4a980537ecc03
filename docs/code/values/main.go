package main

import (
	"fmt"
	"log"
	"math/big"
	"time"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

func main() {
	defer metaffi.BeginExit()
	seen, err := metaffi.NewMetaFFIRuntime("python3").LoadModule("seen.py")
	if err != nil {
		log.Fatal(err)
	}
	large := new(big.Int).Lsh(big.NewInt(1), 70)
	moment := time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	for _, value := range []any{
		5, float32(2.5), 'x', large, moment,
		[]byte{0, 255}, [][]int{{1, 2}, {}}, []any{"a", 1, true}, nil,
	} {
		fmt.Println(seen.Call("show", value))
	}

	sum, err := seen.Call("add", large, large).Value()
	fmt.Printf("%T %v %v\n", sum, sum, err)

	stock, err := metaffi.As[map[string]int](seen.Call("stock"))
	fmt.Println(stock, err)
	live := seen.Call("stock")
	if err := live.SetIndex("cup", 1); err != nil {
		log.Fatal(err)
	}
	fmt.Println(live)
}
