// Package libraries generates the stubs for its programs.
package libraries

//go:generate metaffi -c --idl bs4 -h go -o stubs
//go:generate metaffi -c --idl numpy.linalg -h go -o stubs
//go:generate metaffi -c --idl pandas -h go -o stubs --host-options only=read_csv;DataFrame;Series;DataFrameGroupBy;SeriesGroupBy
//go:generate metaffi -c --idl requests -h go -o stubs
