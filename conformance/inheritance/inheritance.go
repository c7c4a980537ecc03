// Package inheritance has a type that embeds another.
package inheritance

// Animal has a name.
type Animal struct{ Name string }

// Sound is unknown.
func (a *Animal) Sound() string { return "something" }

// Describe describes.
func (a *Animal) Describe() string { return a.Name + " says " + a.Sound() }

// Dog is an animal.
type Dog struct{ Animal }

// NewDog creates a Dog.
func NewDog(name string) *Dog { return &Dog{Animal{name}} }

// Sound returns the sound of a dog.
func (d *Dog) Sound() string { return "woof" }

// Fetch fetches.
func (d *Dog) Fetch() string { return d.Name + " fetches" }

// Kingdom returns the kingdom of all animals.
func Kingdom() string { return "animals" }
