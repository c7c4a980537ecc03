// The Go host: runs one cell's plan through the public API, and prints ok.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		metaffi.Exit(1)
	}
	fmt.Println("ok")
	metaffi.BeginExit()
}

func run(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var plan plan
	if err := json.Unmarshal(text, &plan); err != nil {
		return err
	}
	cell := newCell(plan)
	if err := cell.run(); err != nil || plan.Leaves {
		return err
	}
	return cell.finish()
}
