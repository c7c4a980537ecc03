module example.com/go-beautifulsoup

go 1.22
