// The command logs with log4j.
package main

import (
	"fmt"
	"log"

	log4j "example.com/go-log4j/log4japi"

	metaffi "github.com/MetaFFI/sdk/api/go"
	"github.com/MetaFFI/sdk/api/go/stubs"
)

//go:generate metaffi -c --idl log4j-api-2.21.1.jar -h go --host-options only=LogManager;ExtendedLogger

func main() {
	defer metaffi.BeginExit()
	if err := log4j.BindModuleToCode("log4j-api-2.21.1.jar;log4j-core-2.21.1.jar", "openjdk"); err != nil {
		log.Fatal(err)
	}
	logger, err := log4j.LogManagerGetLoggerString("mylogger")
	if err != nil {
		log.Fatal(err)
	}
	name, err := logger.GetName()
	if err != nil {
		log.Fatal(err)
	}
	_, extended := stubs.As[*log4j.ExtendedLogger](logger)
	fmt.Println(name, "is an ExtendedLogger:", extended)
	if err := logger.ErrorString("Hello from Go!"); err != nil {
		log.Fatal(err)
	}
}
