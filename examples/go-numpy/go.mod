module example.com/go-numpy

go 1.22
