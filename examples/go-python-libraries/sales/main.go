// The command adds up sales by city.
package main

import (
	"fmt"
	"log"

	"example.com/go-python-libraries/stubs/pandas"

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
	if err := pandas.BindModuleToCode("pandas", "python3"); err != nil {
		return err
	}
	sales, err := pandas.ReadCsv("sales.csv")
	if err != nil {
		return err
	}
	byCity, err := sales.Groupby(pandas.DataFrameGroupbyOptions{By: "city"})
	if err != nil {
		return err
	}
	amounts, err := byCity.GetItem("amount")
	if err != nil {
		return err
	}
	grouped, _ := stubs.As[*pandas.SeriesGroupBy](amounts)
	sum, err := grouped.Sum()
	if err != nil {
		return err
	}
	totals, _ := stubs.As[*pandas.Series](sum)
	perCity, err := totals.ToDict()
	if err != nil {
		return err
	}
	fmt.Println(perCity)
	large, err := sales.Query("amount > 10")
	if err != nil {
		return err
	}
	count, err := large.Len()
	fmt.Println(count, "large ones")
	if err != nil {
		return err
	}
	prices, err := pandas.NewDataFrame(pandas.NewDataFrameOptions{
		Data:    map[string]any{"tea": []float64{2.5, 3}, "pot": []float64{20, 18}},
		Columns: []string{"tea", "pot"}, // a Go map has no order
	})
	if err != nil {
		return err
	}
	mean, err := prices.Mean()
	fmt.Println(mean)
	return err
}
