// The command declares an array of rank 2.
package main

import (
	"fmt"
	"log"

	"github.com/MetaFFI/plugin-sdk/compiler/go/IDL"
	metaffi "github.com/MetaFFI/sdk/api/go"
)

func main() {
	rows := IDL.MetaFFITypeInfo{StringType: IDL.INT64_ARRAY, Dimensions: 2}
	text := IDL.MetaFFITypeInfo{StringType: IDL.STRING8}
	module, err := metaffi.NewMetaFFIRuntime("python3").LoadModule("builtins")
	if err != nil {
		log.Fatal(err)
	}
	show, err := module.LoadWithInfo("callable=str",
		[]IDL.MetaFFITypeInfo{rows}, []IDL.MetaFFITypeInfo{text})
	if err != nil {
		log.Fatal(err)
	}
	results, err := show([][]int64{{1, 2, 3}, {4}, {}})
	fmt.Println(results, err)
}
