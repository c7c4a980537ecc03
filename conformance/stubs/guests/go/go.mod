module books

go 1.23
