package main

func Broken() int {
	return "no number"
}
