module github.com/MetaFFI/sdk/api/go

go 1.22
