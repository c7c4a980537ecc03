// Package main takes functions of one and of two parameters.
package main

// One passes one argument.
func One(function func(int32) int32) int32 { return function(20) }

// Two passes two.
func Two(function func(int32, int32) int32) int32 { return function(3, 4) }

// Object passes a text, and returns the result.
func Object(function func(any) any) any { return function("text") }

// Say passes a text, and ignores the result.
func Say(function func(string)) { function("hello") }
