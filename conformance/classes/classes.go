// Package classes has a type with methods.
package classes

import "strings"

// Greeter greets.
type Greeter struct {
	greeting string
	count    int64
}

// NewGreeter creates a Greeter.
func NewGreeter(greeting string) *Greeter { return &Greeter{greeting: greeting} }

// Polite creates a polite Greeter.
func Polite() *Greeter { return NewGreeter("Good day") }

// Greet greets.
func (g *Greeter) Greet(name string) string {
	g.count++
	return g.greeting + ", " + name
}

// Greeted returns the number of greetings.
func (g *Greeter) Greeted() int64 { return g.count }

// Louder returns a louder Greeter.
func (g *Greeter) Louder() *Greeter { return NewGreeter(strings.ToUpper(g.greeting)) }

// Itself returns its receiver.
func (g *Greeter) Itself() *Greeter { return g }

// GreetWith greets by a Greeter.
func GreetWith(greeter *Greeter, name string) string { return greeter.Greet(name) }
