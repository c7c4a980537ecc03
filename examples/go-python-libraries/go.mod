module example.com/go-python-libraries

go 1.23
