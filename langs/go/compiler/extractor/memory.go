package main

import (
	"go/token"
	"go/types"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// memory is what a function does with the memory that a parameter refers to.
type memory int

// Each of them promises less than those before it; nothing is promised of a
// parameter of which the compiler says nothing.
const (
	unknown memory = iota
	// isRead is neither kept nor written.
	isRead
	// isWritten is not kept.
	isWritten
	// isReturned may be what a result refers to, and is not kept else.
	isReturned
	isKept
)

// What hosts and glue go by: the arguments' memory is lent, and what is
// written reaches it (filled); or only what is copied back after the call does.
const (
	lent       = "lent"
	filled     = "filled"
	copiedBack = "copied_back"
)

// parameterPlace is a parameter by its name and where that stands.
type parameterPlace struct {
	file         string
	line, column int
	name         string
}

// memories is what Go's compiler found out about parameters.
type memories map[parameterPlace]memory

// compilerFlags make the compiler of these packages say what it found out. They are
// those of every run of go here: so it compiles once, and says it again from its
// cache.
func compilerFlags(patterns []string) []string {
	var flags []string
	for _, pattern := range patterns {
		flags = append(flags, "-gcflags="+pattern+"=-m -d=escapemutationscalls=1")
	}
	return flags
}

// memoriesOf asks the compiler; it knows nothing where the packages do not compile.
func memoriesOf(asked request) memories {
	// As the package `packages` does, whose compilation it is.
	arguments := append([]string{"list", "-e", "-export", "-pgo=off", "-f", ""}, asked.Flags...)
	arguments = append(append(arguments, compilerFlags(asked.Patterns)...), "--")
	command := exec.Command("go", append(arguments, asked.Patterns...)...)
	command.Dir = asked.Dir
	said, err := command.CombinedOutput()
	if err != nil {
		return nil
	}
	return memoriesIn(string(said), asked.Dir)
}

// memoriesIn reads what the compiler said in a folder.
func memoriesIn(said, folder string) memories {
	found := memories{}
	for _, line := range strings.Split(said, "\n") {
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

// positionIn takes a line apart: `file:line:column: message`.
func positionIn(line string) (at parameterPlace, message string) {
	before, message, found := strings.Cut(line, ": ")
	file, column, hasColumn := cutLast(before)
	file, row, hasLine := cutLast(file)
	if !found || !hasColumn || !hasLine {
		return parameterPlace{}, ""
	}
	return parameterPlace{file: filepath.FromSlash(file), line: row, column: column}, message
}

// cutLast cuts the number behind the last colon off.
func cutLast(text string) (before string, number int, ok bool) {
	at := strings.LastIndexByte(text, ':')
	if at < 0 {
		return text, 0, false
	}
	number, err := strconv.Atoi(text[at+1:])
	return text[:at], number, err == nil
}

// memoryIn returns what a message says, and of which name. Parameters are not all that
// escapes; where something else does, no parameter stands.
func memoryIn(message string) (name string, of memory) {
	if name, is := strings.CutSuffix(message, " does not escape, mutate, or call"); is {
		return name, isRead
	}
	// Of a body in assembly, by the word of who wrote it; what it writes is not said.
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

// of returns what a function does with what the parameter refers to.
func (m memories) of(files *token.FileSet, parameter *types.Var) memory {
	at := files.Position(parameter.Pos())
	return m[parameterPlace{file: at.Filename, line: at.Line, column: at.Column, name: parameter.Name()}]
}

// remember notes for the glue which parameters' memory need not be copied; and
// which slices are copied back, as something may be written to them.
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
		case !isSlice: // nothing is written to a string
		case found == isWritten && !isGeneric(object):
			of.Memory = filled
		default:
			of.Memory = copiedBack
		}
	}
}

// returnsCopies reports whether nothing of Go's memory leaves with its results: the
// glue copies text before the call is over, and numbers refer to none.
func (e *entry) returnsCopies() bool {
	for _, result := range e.Results {
		if result.Kind != "string" && result.Kind != "bool" && !numbers[result.Kind] {
			return false
		}
	}
	return true
}

// numbers are the kinds of elements whose memory is the same in all languages.
var numbers = map[string]bool{
	"int": true, "int8": true, "int16": true, "int32": true, "int64": true, "uint": true, "uint8": true,
	"uint16": true, "uint32": true, "uint64": true, "uintptr": true, "float32": true, "float64": true,
}

// isGeneric reports whether a function has many instances, of which the compiler
// says nothing.
func isGeneric(object types.Object) bool {
	function, is := object.(*types.Func)
	if !is {
		return true
	}
	signature := function.Origin().Type().(*types.Signature)
	return signature.TypeParams().Len() > 0 || signature.RecvTypeParams().Len() > 0
}

// describeMemory notes the same for hosts.
func (e *entry) describeMemory(of *function) {
	for i, parameter := range e.Params {
		if parameter.Memory != "" {
			of.Parameters[i].Tags["memory"] = parameter.Memory
		}
	}
}
