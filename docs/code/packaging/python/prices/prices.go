// Package prices knows what things cost.
package prices

// Price returns the price of a thing, 0 if it is not sold.
func Price(thing string) float64 {
	return map[string]float64{"tea": 2.5, "cup": 9}[thing]
}
