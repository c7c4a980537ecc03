module example.com/entity-paths

go 1.23
