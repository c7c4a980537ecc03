package metaffi_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/MetaFFI/plugin-sdk/compiler/go/IDL"
	metaffi "github.com/MetaFFI/sdk/api/go"
)

// plays are programs of their own: the test's binary runs them when it is told
// so. Their working directory is a scratch folder with a guest in Python.
var plays = map[string]func(){
	"exit":   func() { startBoth(); metaffi.Exit(3) },
	"return": func() { defer metaffi.BeginExit(); startBoth() },
	"told":   func() { startBoth(); metaffi.BeginExit(); metaffi.BeginExit(); os.Exit(4) },
	"abrupt": func() { startBoth(); os.Exit(5) },
	"threads": func() {
		sqrt := startBoth()
		for range 16 {
			go func() {
				for {
					_, _ = sqrt(2.0)
				}
			}()
		}
		metaffi.Exit(6)
	},
	"panic": func() { startBoth(); panic("on purpose") },
}

const exitingSource = `
import atexit, sys
atexit.register(lambda: print("python's handler"))
def start() -> None:
    sys.stdout.write("no newline")
`

// startBoth starts Java, with a shutdown hook that deletes a file, and Python.
func startBoth() function {
	must := func(loaded function, err error) function {
		if err != nil {
			panic(err)
		}
		return loaded
	}
	python, err := metaffi.NewMetaFFIRuntime("python3").LoadModule("exiting.py")
	if err != nil {
		panic(err)
	}
	java, err := metaffi.NewMetaFFIRuntime("openjdk").LoadModule("")
	if err != nil {
		panic(err)
	}
	file := must(java.Load("class=java.io.File,callable=<init>", []IDL.MetaFFIType{IDL.STRING8}, []IDL.MetaFFIType{IDL.HANDLE}))
	mark := must(java.Load("class=java.io.File,callable=deleteOnExit,instance_required", []IDL.MetaFFIType{IDL.HANDLE}, nil))
	made, err := file("to-be-deleted")
	if err != nil {
		panic(err)
	}
	if _, err := mark(made[0]); err != nil {
		panic(err)
	}
	if _, err := must(python.Load("callable=start", nil, nil))(); err != nil {
		panic(err)
	}
	return must(java.Load("class=java.lang.Math,callable=sqrt", []IDL.MetaFFIType{IDL.FLOAT64}, []IDL.MetaFFIType{IDL.FLOAT64}))
}

func TestExit(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		play  string
		code  int
		told  bool
		fails string
	}{
		{"exit", 3, true, ""}, {"return", 0, true, ""}, {"told", 4, true, ""}, {"threads", 6, true, ""},
		{"abrupt", 5, false, ""}, {"panic", 2, false, "panic: on purpose"},
	} {
		t.Run(test.play, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			file := filepath.Join(folder, "to-be-deleted")
			for path, text := range map[string]string{file: "", filepath.Join(folder, "exiting.py"): exitingSource} {
				if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			command := exec.Command(program)
			command.Dir = folder
			command.Env = append(os.Environ(), "METAFFI_TEST_PLAY="+test.play)
			var complaints strings.Builder
			command.Stderr = &complaints
			output, _ := command.Output()
			if code := command.ProcessState.ExitCode(); code != test.code {
				t.Errorf("exit code %d: %s", code, complaints.String())
			}
			if !strings.HasPrefix(complaints.String(), test.fails) || test.fails == "" && complaints.Len() > 0 {
				t.Error(complaints.String())
			}
			_, err := os.Stat(file)
			told := fmt.Sprint(string(output) == "no newlinepython's handler\n", os.IsNotExist(err))
			if told != fmt.Sprint(test.told, test.told) {
				t.Errorf("%s: %q, %v", told, output, err)
			}
		})
	}
}
