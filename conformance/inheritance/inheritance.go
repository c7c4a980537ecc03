// Package inheritance has a type that embeds another.
package inheritance

// Animal has a name.
type Animal struct{ Name string }

// Sound is not known.
func (a *Animal) Sound() string { return "something" }

// Describe describes.
func (a *Animal) Describe() string { return a.Name + " says " + a.Sound() }

// Dog is an animal.
type Dog struct{ Animal }

// NewDog makes one.
func NewDog(name string) *Dog { return &Dog{Animal{name}} }

// Sound returns that of a dog.
func (d *Dog) Sound() string { return "woof" }

// Fetch fetches.
func (d *Dog) Fetch() string { return d.Name + " fetches" }

// Kingdom returns that of all.
func Kingdom() string { return "animals" }
