package main

import (
	"go/token"
	"go/types"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// memory describes what a function does with the memory that a parameter refers to.
type memory int

// Each of them promises less than the ones before it; nothing is promised for a parameter that the
// compiler reports nothing about.
const (
	unknown memory = iota
	// isRead is neither kept nor written to.
	isRead
	// isWritten is written to, but not kept.
	isWritten
	// isReturned may be referred to by a result, and is not kept otherwise.
	isReturned
	isKept
)

// What hosts and glue use: the arguments' memory is borrowed, and writes reach it directly
// (filled); or it is copied back after the call.
const (
	lent       = "lent"
	filled     = "filled"
	copiedBack = "copied_back"
)

// parameterPlace is a parameter by its name and position.
type parameterPlace struct {
	file         string
	line, column int
	name         string
}

// memories holds what Go's compiler found out about parameters.
type memories map[parameterPlace]memory

// compilerFlags make the compiler report what it found out about these packages. Every run of go
// here uses them, so that it compiles once, and repeats the output from its cache.
func compilerFlags(patterns []string) []string {
	var flags []string
	for _, pattern := range patterns {
		flags = append(flags, "-gcflags="+pattern+"=-m -d=escapemutationscalls=1")
	}
	return flags
}

// memoriesOf runs the compiler; the result is empty if the packages do not compile.
func memoriesOf(req request) memories {
	// The same arguments as those of the package `packages`, to reuse its compilation.
	arguments := append([]string{"list", "-e", "-export", "-pgo=off", "-f", ""}, req.Flags...)
	arguments = append(append(arguments, compilerFlags(req.Patterns)...), "--")
	command := exec.Command("go", append(arguments, req.Patterns...)...)
	command.Dir = req.Dir
	output, err := command.CombinedOutput()
	if err != nil {
		return nil
	}
	return memoriesIn(string(output), req.Dir)
}

// memoriesIn reads the output of the compiler in a folder.
func memoriesIn(output, folder string) memories {
	found := memories{}
	for _, line := range strings.Split(output, "\n") {
		at, message := positionIn(line)
		name, of := memoryIn(message)
		if of == unknown || at.line == 0 {
			continue
		}
		if !filepath.IsAbs(at.file) {
			at.file = filepath.Join(folder, at.file)
		}
		at.name = name
		found[at] = max(found[at], of)
	}
	return found
}

// positionIn parses a line: `file:line:column: message`.
func positionIn(line string) (at parameterPlace, message string) {
	before, message, found := strings.Cut(line, ": ")
	file, column, hasColumn := cutLast(before)
	file, row, hasLine := cutLast(file)
	if !found || !hasColumn || !hasLine {
		return parameterPlace{}, ""
	}
	return parameterPlace{file: filepath.FromSlash(file), line: row, column: column}, message
}

// cutLast cuts off the number after the last colon.
func cutLast(text string) (before string, number int, ok bool) {
	at := strings.LastIndexByte(text, ':')
	if at < 0 {
		return text, 0, false
	}
	number, err := strconv.Atoi(text[at+1:])
	return text[:at], number, err == nil
}

// memoryIn returns what a message says, and about which name. Other things than parameters escape
// as well; no parameter is at their position.
func memoryIn(message string) (name string, of memory) {
	if name, is := strings.CutSuffix(message, " does not escape, mutate, or call"); is {
		return name, isRead
	}
	// A body in assembly, as its author declares it; it does not say what is written to.
	if name, is := strings.CutSuffix(message, " does not escape"); is {
		return name, isWritten
	}
	for prefix, of := range map[string]memory{
		"mutates param: ": isWritten, "leaking param: ": isKept, "leaking param content: ": isKept,
		"moved to heap: ": isKept,
	} {
		if rest, is := strings.CutPrefix(message, prefix); is {
			name, where, _ := strings.Cut(rest, " ")
			if strings.HasPrefix(where, "to result ") && strings.HasSuffix(where, " level=0") {
				of = isReturned
			}
			return name, of
		}
	}
	return "", unknown
}

// of returns what a function does with the memory that the parameter refers to.
func (m memories) of(files *token.FileSet, parameter *types.Var) memory {
	at := files.Position(parameter.Pos())
	return m[parameterPlace{file: at.Filename, line: at.Line, column: at.Column, name: parameter.Name()}]
}

// remember records for the glue which parameters' memory need not be copied, and which slices are
// copied back because they may be written to.
func (f *finder) remember(made *entry, object types.Object, signature *types.Signature) {
	for i := range made.Params {
		of := &made.Params[i]
		isSlice := of.Kind == isSlice && numbers[of.Elem.Kind]
		if !isSlice && of.Kind != "string" {
			continue
		}
		switch found := f.memories.of(f.source.Fset, signature.Params().At(i)); {
		case found == isRead && !isGeneric(object):
			of.Memory = lent
		case found == isReturned && !isSlice && made.returnsCopies() && !isGeneric(object):
			of.Memory = lent
		case !isSlice: // strings are never written to
		case found == isWritten && !isGeneric(object):
			of.Memory = filled
		default:
			of.Memory = copiedBack
		}
	}
}

// returnsCopies reports whether no Go memory is passed out with the results: the glue copies text
// before the call returns, and numbers contain no references.
func (e *entry) returnsCopies() bool {
	for _, result := range e.Results {
		if result.Kind != "string" && result.Kind != "bool" && !numbers[result.Kind] {
			return false
		}
	}
	return true
}

// numbers are the kinds of elements with the same memory layout in all languages.
var numbers = map[string]bool{
	"int": true, "int8": true, "int16": true, "int32": true, "int64": true, "uint": true, "uint8": true,
	"uint16": true, "uint32": true, "uint64": true, "uintptr": true, "float32": true, "float64": true,
}

// isGeneric reports whether a function has many instances, for which the compiler reports nothing.
func isGeneric(object types.Object) bool {
	function, is := object.(*types.Func)
	if !is {
		return true
	}
	signature := function.Origin().Type().(*types.Signature)
	return signature.TypeParams().Len() > 0 || signature.RecvTypeParams().Len() > 0
}

// describeMemory records the same for hosts.
func (e *entry) describeMemory(of *function) {
	for i, parameter := range e.Params {
		if parameter.Memory != "" {
			of.Parameters[i].Tags["memory"] = parameter.Memory
		}
	}
}
