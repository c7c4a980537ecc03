module example.com/packaging

go 1.23
