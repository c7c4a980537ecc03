module github.com/MetaFFI/plugin-sdk/compiler/go/IDL

go 1.22
