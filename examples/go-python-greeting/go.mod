module example.com/go-python-greeting

go 1.22
