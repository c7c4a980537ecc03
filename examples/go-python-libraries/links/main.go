// The command lists the links of a page, and adds a note.
package main

import (
	"fmt"
	"log"
	"os"

	"example.com/go-python-libraries/stubs/bs4"

	metaffi "github.com/MetaFFI/sdk/api/go"
	"github.com/MetaFFI/sdk/api/go/stubs"
)

func main() {
	defer metaffi.BeginExit()
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

func run() error {
	if err := bs4.BindModuleToCode("bs4", "python3"); err != nil {
		return err
	}
	page, err := os.ReadFile("page.html")
	if err != nil {
		return err
	}
	soup, err := bs4.NewBeautifulSoup(bs4.NewBeautifulSoupOptions{Markup: string(page), Features: "html.parser"})
	if err != nil {
		return err
	}
	links, err := soup.Select("li a")
	if err != nil {
		return err
	}
	for each := range links.All(&err) {
		link, _ := stubs.As[*bs4.Tag](each)
		text, _ := link.GetText()
		address, _ := link.GetItem("href")
		fmt.Println(text, address)
	}
	heading, err := soup.Find("h1")
	if err != nil {
		return err
	}
	note, err := soup.NewTag("small")
	if err != nil {
		return err
	}
	if _, err := note.Append("all of them"); err != nil {
		return err
	}
	_, err = heading.Append(note)
	fmt.Println(heading)
	return err
}
