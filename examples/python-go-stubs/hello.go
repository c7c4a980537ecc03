package main

// SayHello greets whoever is named.
func SayHello(name string) string {
	return "Hello, " + name + "! Greetings from Go."
}
