module github.com/MetaFFI/sdk/api/go

go 1.22

require github.com/MetaFFI/plugin-sdk/compiler/go/IDL v0.0.0

replace github.com/MetaFFI/plugin-sdk/compiler/go/IDL => ./IDL
