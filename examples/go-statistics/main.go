// The command uses Python's statistics.
package main

import (
	"errors"
	"fmt"
	"log"

	"example.com/go-statistics/stubs/statistics"
)

//go:generate metaffi -c --idl statistics -h go -o stubs

func main() {
	if err := statistics.BindModuleToCode("statistics", "python3"); err != nil {
		log.Fatal(err)
	}
	ages := []float64{1, 2, 3, 4}
	mean, err := statistics.Fmean(ages)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("mean", mean)
	spread, err := statistics.Pstdev(ages, statistics.PstdevOptions{Mu: 2.5})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("spread %.2f\n", spread)

	_, err = statistics.Fmean([]float64{})
	var wrong *statistics.StatisticsError
	if errors.As(err, &wrong) {
		fmt.Println("StatisticsError:", wrong)
	}
}
