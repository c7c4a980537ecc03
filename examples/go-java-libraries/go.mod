module example.com/go-java-libraries

go 1.23
