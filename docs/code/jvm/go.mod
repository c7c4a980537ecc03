module example.com/jvm

go 1.23
