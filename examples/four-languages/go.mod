module fourlanguages

go 1.23
