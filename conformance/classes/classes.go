// Package classes has a type with methods.
package classes

import "strings"

// Greeter greets.
type Greeter struct {
	greeting string
	count    int64
}

// NewGreeter makes one.
func NewGreeter(greeting string) *Greeter { return &Greeter{greeting: greeting} }

// Polite makes a polite one.
func Polite() *Greeter { return NewGreeter("Good day") }

// Greet greets.
func (g *Greeter) Greet(name string) string {
	g.count++
	return g.greeting + ", " + name
}

// Greeted counts.
func (g *Greeter) Greeted() int64 { return g.count }

// Louder makes a louder one.
func (g *Greeter) Louder() *Greeter { return NewGreeter(strings.ToUpper(g.greeting)) }

// Itself returns the same.
func (g *Greeter) Itself() *Greeter { return g }

// GreetWith greets with a greeter.
func GreetWith(greeter *Greeter, name string) string { return greeter.Greet(name) }
