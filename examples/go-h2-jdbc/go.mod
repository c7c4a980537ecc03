module example.com/go-h2-jdbc

go 1.23
