// The command solves linear equations with numpy.
package main

import (
	"errors"
	"fmt"
	"log"

	linalg "example.com/go-python-libraries/stubs/numpylinalg"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

func main() {
	defer metaffi.BeginExit()
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

func run() error {
	if err := linalg.BindModuleToCode("numpy.linalg", "python3"); err != nil {
		return err
	}
	// 2x + y = 3, x + 3y = 5
	equations := [][]float64{{2, 1}, {1, 3}}
	solution, err := linalg.Solve(equations, []float64{3, 5})
	if err != nil {
		return err
	}
	values, err := solution.Tolist()
	if err != nil {
		return err
	}
	fmt.Println(solution, values.([]float64))
	eigen, err := linalg.Eigh(equations)
	if err != nil {
		return err
	}
	eigenvalues, err := eigen.Eigenvalues()
	if err != nil {
		return err
	}
	fmt.Println(eigenvalues)
	_, err = linalg.Inv([][]float64{{1, 2}, {2, 4}})
	var singular *linalg.LinAlgError
	fmt.Println(errors.As(err, &singular), singular)
	return nil
}
