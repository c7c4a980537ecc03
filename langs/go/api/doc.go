// Package metaffi calls Python, Java and Go modules from Go, in one process.
//
// Load a runtime, a module, an entity by its entity path; call it:
//
//	runtime := metaffi.NewMetaFFIRuntime("openjdk")
//	module, err := runtime.LoadModule("commons-lang3.jar")
//	...
//	reverse, err := module.Load("class=org.apache.commons.lang3.StringUtils,callable=reverse",
//		[]IDL.MetaFFIType{IDL.STRING8}, []IDL.MetaFFIType{IDL.STRING8})
//	...
//	results, err := reverse("abc") // []interface{}{"cba"}
//
// Or use what a module contains by its names, without paths and types; see
// [Object]:
//
//	sales := pandas.Call("read_csv", "sales.csv", metaffi.Named("sep", ";"))
//	rows, err := metaffi.As[int](sales.Call("count"))
//
// Everything here may be used by any goroutine. Errors of guests and of MetaFFI
// are *[MetaFFIError]. The hub is opened at run time; see [NewMetaFFIRuntime].
// End a program with [Exit], or defer [BeginExit] in main, so that shutdown
// hooks of Java and Python's atexit handlers run.
package metaffi
