package metaffi_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/MetaFFI/plugin-sdk/compiler/go/IDL"
	metaffi "github.com/MetaFFI/sdk/api/go"
)

// plays are programs of their own: the test's binary runs them when its
// environment says so. Their working directory is a scratch folder with a guest
// in Python.
var plays = map[string]func(){
	"fill":     fillJava,
	"exit":     func() { startBoth(); metaffi.Exit(3) },
	"return":   func() { defer metaffi.BeginExit(); startBoth() },
	"notified": func() { startBoth(); metaffi.BeginExit(); metaffi.BeginExit(); os.Exit(4) },
	"abrupt":   func() { startBoth(); os.Exit(5) },
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
	"busy":  func() { defer metaffi.BeginExit(); startBoth(); callPython("keep_busy") },
	"pipe":  func() { defer metaffi.BeginExit(); startBoth(); callPython("write_to_nobody") },
	// Java ends the program, and Python is notified.
	"java": func() {
		startBoth()
		java := loadFrom("openjdk", "", "class=java.lang.System,callable=exit", []IDL.MetaFFIType{IDL.INT32}, nil)
		_, _ = java(int32(7))
	},
}

const exitingSource = `
import atexit, sys
atexit.register(lambda: print("python's handler"))
def start() -> None:
    sys.stdout.write("no newline")
def write_to_nobody() -> None:
    import os, threading
    def write():
        read, to = os.pipe()
        os.close(read)
        try:
            os.write(to, b"x")
        except BrokenPipeError:
            notified.append(True)
    notified = []
    thread = threading.Thread(target=write)
    thread.start()
    thread.join()
    assert notified
def keep_busy() -> None:
    import threading, time
    from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
    global kept
    kept = ThreadPoolExecutor(1), ProcessPoolExecutor(1)
    kept[1].submit(time.sleep, 100)
    threading.Thread(target=time.sleep, args=(100,)).start()
`

func loadFrom(runtime, module, path string, params, results []IDL.MetaFFIType) function {
	loaded, err := metaffi.NewMetaFFIRuntime(runtime).LoadModule(module)
	if err != nil {
		panic(err)
	}
	entity, err := loaded.Load(path, params, results)
	if err != nil {
		panic(err)
	}
	return entity
}

func callPython(name string) {
	if _, err := loadFrom("python3", "exiting.py", "callable="+name, nil, nil)(); err != nil {
		panic(err)
	}
}

// startBoth starts Java, with a shutdown hook that deletes a file, and Python.
func startBoth() function {
	file := loadFrom("openjdk", "", "class=java.io.File,callable=<init>", []IDL.MetaFFIType{IDL.STRING8}, []IDL.MetaFFIType{IDL.HANDLE})
	mark := loadFrom("openjdk", "", "class=java.io.File,callable=deleteOnExit,instance_required", []IDL.MetaFFIType{IDL.HANDLE}, nil)
	made, err := file("to-be-deleted")
	if err != nil {
		panic(err)
	}
	if _, err := mark(made[0]); err != nil {
		panic(err)
	}
	callPython("start")
	return loadFrom("openjdk", "", "class=java.lang.Math,callable=sqrt", []IDL.MetaFFIType{IDL.FLOAT64}, []IDL.MetaFFIType{IDL.FLOAT64})
}

func TestExit(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		play     string
		code     int
		notified bool
		fails    string
	}{
		{"exit", 3, true, ""}, {"return", 0, true, ""}, {"notified", 4, true, ""}, {"threads", 6, true, ""},
		{"abrupt", 5, false, ""}, {"panic", 2, false, "panic: on purpose"},
		{"pipe", 0, true, ""}, {"busy", 0, true, ""}, {"java", 7, true, ""},
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
			command.Env = append(os.Environ(), "METAFFI_TEST_PLAY="+test.play, "METAFFI_EXIT_SECONDS=1")
			command.WaitDelay = 20 * time.Second // remaining processes may hold the output
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
			notified := fmt.Sprint(string(output) == "no newlinepython's handler\n", os.IsNotExist(err))
			if notified != fmt.Sprint(test.notified, test.notified) {
				t.Errorf("%s: %q, %v", notified, output, err)
			}
		})
	}
}
