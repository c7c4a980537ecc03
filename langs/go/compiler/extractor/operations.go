package main

import (
	"fmt"
	"strings"
)

// operations are the methods for which languages have a notation, by their names and the types of
// their parameters and results.
var operations = map[string]string{
	"String() string8":    "text",
	"Error() string8":     "message",
	"Len() int64":         "length",
	"Equal(self) bool":    "equal",
	"Equals(self) bool":   "equal",
	"Compare(self) int64": "compare",
	"Cmp(self) int64":     "compare",
	"Close()":             "close",
}

// addOperation records the method, if it is such an operation.
func (c *class) addOperation(of *function) {
	var takes, gives []string
	for _, parameter := range of.Parameters {
		if parameter.Tree.class() == c.ID && parameter.Dimensions == 0 {
			takes = append(takes, "self")
		} else {
			takes = append(takes, parameter.Type)
		}
	}
	for _, result := range of.ReturnValues {
		gives = append(gives, result.Type)
	}
	signature := fmt.Sprintf("%s(%s) %s", of.Name, strings.Join(takes, ","), strings.Join(gives, ","))
	operation, known := operations[strings.TrimSpace(signature)]
	if !known {
		return
	}
	if c.Operations == nil {
		c.Operations = map[string]string{}
	}
	if _, taken := c.Operations[operation]; !taken {
		c.Operations[operation] = of.stableID()
	}
}

// stableID returns the id of a function as MetaFFI computes it from its parameters.
func (f *function) stableID() string {
	var types []string
	for _, parameter := range f.Parameters {
		text := parameter.Type
		if parameter.TypeAlias != "" {
			text += "<" + parameter.TypeAlias + ">"
		}
		if parameter.Dimensions > 1 {
			text += fmt.Sprintf("[%d]", parameter.Dimensions)
		}
		types = append(types, text)
	}
	return f.Name + "(" + strings.Join(types, ",") + ")"
}
