module example.com/go-statistics

go 1.23
