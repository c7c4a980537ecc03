// The command lists the links of a page that Beautiful Soup parses.
package main

import (
	"fmt"
	"log"
	"os"

	"github.com/MetaFFI/plugin-sdk/compiler/go/IDL"
	metaffi "github.com/MetaFFI/sdk/api/go"
)

// must ends the program if something cannot be loaded or called.
func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func main() {
	bs4 := must(metaffi.NewMetaFFIRuntime("python3").LoadModule("bs4"))

	parse := must(bs4.Load("callable=BeautifulSoup",
		[]IDL.MetaFFIType{IDL.STRING8, IDL.STRING8}, []IDL.MetaFFIType{IDL.HANDLE}))
	sel := must(bs4.Load("callable=Tag.select,instance_required",
		[]IDL.MetaFFIType{IDL.HANDLE, IDL.STRING8}, []IDL.MetaFFIType{IDL.HANDLE_ARRAY}))
	text := must(bs4.Load("callable=Tag.get_text,instance_required",
		[]IDL.MetaFFIType{IDL.HANDLE}, []IDL.MetaFFIType{IDL.STRING8}))
	attribute := must(bs4.Load("callable=Tag.__getitem__,instance_required",
		[]IDL.MetaFFIType{IDL.HANDLE, IDL.STRING8}, []IDL.MetaFFIType{IDL.STRING8}))

	page := must(os.ReadFile("page.html"))
	soup := must(parse(string(page), "html.parser"))[0]
	for _, link := range must(sel(soup, "li a"))[0].([]metaffi.MetaFFIHandle) {
		fmt.Println(must(text(link))[0], must(attribute(link, "href"))[0])
	}
}
