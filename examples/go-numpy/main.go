// The command solves linear equations with numpy.
package main

import (
	"fmt"
	"log"

	"github.com/MetaFFI/plugin-sdk/compiler/go/IDL"
	metaffi "github.com/MetaFFI/sdk/api/go"
)

var (
	number = IDL.MetaFFITypeInfo{StringType: IDL.FLOAT64}
	vector = IDL.MetaFFITypeInfo{StringType: IDL.FLOAT64_ARRAY, Dimensions: 1}
	matrix = IDL.MetaFFITypeInfo{StringType: IDL.FLOAT64_ARRAY, Dimensions: 2}
)

func main() {
	linalg, err := metaffi.NewMetaFFIRuntime("python3").LoadModule("numpy.linalg")
	if err != nil {
		log.Fatal(err)
	}
	det, err := linalg.LoadWithInfo("callable=det",
		[]IDL.MetaFFITypeInfo{matrix}, []IDL.MetaFFITypeInfo{number})
	if err != nil {
		log.Fatal(err)
	}
	solve, err := linalg.LoadWithInfo("callable=solve",
		[]IDL.MetaFFITypeInfo{matrix, vector}, []IDL.MetaFFITypeInfo{vector})
	if err != nil {
		log.Fatal(err)
	}

	// 3x + y = 9, x + 2y = 8
	equations := [][]float64{{3, 1}, {1, 2}}
	result, err := det(equations)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("determinant: %.1f\n", result[0].(float64))

	result, err = solve(equations, []float64{9, 8})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("x, y = %.1f\n", result[0].([]float64))

	// An exception of numpy is an error; the next call works.
	_, err = solve([][]float64{{1, 2}, {2, 4}}, []float64{1, 2})
	fmt.Println(err)
}
