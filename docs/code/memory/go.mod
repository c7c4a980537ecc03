module example.com/memory

go 1.23
