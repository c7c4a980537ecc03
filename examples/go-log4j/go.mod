module example.com/go-log4j

go 1.23
