// The command queries a server, which it starts itself.
package main

import (
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"

	"example.com/go-python-libraries/stubs/requests"

	metaffi "github.com/MetaFFI/sdk/api/go"
	"github.com/MetaFFI/sdk/api/go/stubs"
)

func main() {
	defer metaffi.BeginExit()
	server := httptest.NewServer(http.HandlerFunc(answer))
	defer server.Close()
	if err := ask(server.URL); err != nil {
		log.Fatal(err)
	}
}

func ask(address string) error {
	if err := requests.BindModuleToCode("requests", "python3"); err != nil {
		return err
	}
	options := requests.GetOptions{Params: map[string]any{"min": 5}}
	response, err := requests.Get(address+"/cities", options)
	if err != nil {
		return err
	}
	status, err := response.StatusCode()
	if err != nil {
		return err
	}
	body, err := response.Json()
	if err != nil {
		return err
	}
	answer, err := stubs.MapOf[map[string]any](body)
	if err != nil {
		return err
	}
	fmt.Println(status, answer["query"], answer["cities"])
	if response, err = requests.Get(address + "/nothing"); err != nil {
		return err
	}
	var failed *requests.HTTPError
	if errors.As(response.RaiseForStatus(), &failed) {
		fmt.Println(failed)
	}
	return nil
}

func answer(to http.ResponseWriter, request *http.Request) {
	if request.URL.Path != "/cities" {
		http.NotFound(to, request)
		return
	}
	to.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(to, `{"query": %q, "cities": ["Oslo", "Rome"]}`, request.URL.RawQuery)
}
