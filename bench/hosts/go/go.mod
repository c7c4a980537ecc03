module bench/host

go 1.22

require (
	github.com/MetaFFI/plugin-sdk/compiler/go/IDL v0.0.0
	github.com/MetaFFI/sdk/api/go v0.0.0
)

replace (
	github.com/MetaFFI/plugin-sdk/compiler/go/IDL => ../../../langs/go/api/IDL
	github.com/MetaFFI/sdk/api/go => ../../../langs/go/api
)
