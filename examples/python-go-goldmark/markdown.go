// Package markdown turns Markdown into HTML.
package markdown

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

var converter = goldmark.New(goldmark.WithExtensions(extension.GFM))

// ToHTML renders Markdown, as GitHub understands it, as HTML.
func ToHTML(source string) (string, error) {
	var html strings.Builder
	err := converter.Convert([]byte(source), &html)
	return html.String(), err
}
