// The command queries a Java database.
package main

import (
	"errors"
	"fmt"
	"log"

	sql "example.com/go-h2-jdbc/javasql"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

//go:generate metaffi -c --idl java.sql -h go

func main() {
	defer metaffi.BeginExit()
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

func run() error {
	if err := sql.BindModuleToCode("h2-2.2.224.jar", "openjdk"); err != nil {
		return err
	}
	connection, err := sql.DriverManagerGetConnectionString("jdbc:h2:mem:")
	if err != nil {
		return err
	}
	defer connection.Close()
	statement, err := connection.CreateStatement()
	if err != nil {
		return err
	}
	if _, err := statement.ExecuteString("create table city (name varchar, size int) as values ('Rome', 5), ('Oslo', 7)"); err != nil {
		return err
	}
	rows, err := statement.ExecuteQuery("select name, size from city order by name")
	if err != nil {
		return err
	}
	for {
		if more, err := rows.Next(); err != nil || !more {
			break
		}
		name, _ := rows.GetStringString("name")
		size, _ := rows.GetIntString("size")
		fmt.Println(name, size)
	}
	_, err = statement.ExecuteQuery("select nothing from city")
	var failed *sql.SQLException
	if errors.As(err, &failed) {
		code, _ := failed.GetErrorCode()
		message, _ := failed.GetMessage()
		fmt.Println(code, message)
	}
	return nil
}
