module example.com/go-java-greet

go 1.22
