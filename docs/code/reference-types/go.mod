module example.com/reference-types

go 1.22
