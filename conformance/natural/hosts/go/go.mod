module programs

go 1.23
