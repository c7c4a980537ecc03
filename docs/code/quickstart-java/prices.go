package main

import "fmt"

// Basket is a list of prices.
type Basket struct {
	prices []float64
}

// NewBasket makes an empty basket.
func NewBasket() *Basket {
	return &Basket{}
}

// Add puts a price into the basket.
func (b *Basket) Add(price float64) error {
	if price < 0 {
		return fmt.Errorf("negative price: %v", price)
	}
	b.prices = append(b.prices, price)
	return nil
}

// Total returns the sum of all prices after a discount.
func (b *Basket) Total(discount func(sum float64) float64) float64 {
	sum := 0.0
	for _, price := range b.prices {
		sum += price
	}
	return sum - discount(sum)
}
