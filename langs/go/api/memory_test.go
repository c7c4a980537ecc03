package metaffi_test

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/MetaFFI/plugin-sdk/compiler/go/IDL"
	metaffi "github.com/MetaFFI/sdk/api/go"
)

const large = 10 << 20

// largeObject returns a value of that size, counted until it is collected.
func largeObject(live *atomic.Int64) *[]byte {
	content := make([]byte, large)
	for at := 0; at < large; at += 4096 {
		content[at] = 1
	}
	live.Add(1)
	runtime.SetFinalizer(&content, func(*[]byte) { live.Add(-1) })
	return &content
}

// For Java's collector a large Go value is a small object, of which millions
// fit.
func TestGoValuesThatOthersForgetAreFreed(t *testing.T) {
	for name, echo := range map[string]function{
		"openjdk": use(t, java, "class=java.util.Objects,callable=requireNonNull", infos(IDL.HANDLE), infos(IDL.HANDLE)),
		"go":      use(t, goGuest, "callable=Any", infos(IDL.ANY), infos(IDL.ANY)),
	} {
		var live atomic.Int64
		freed := false
		for made := int64(1); made <= 500 && !freed; made++ {
			one(t, echo, largeObject(&live))
			freed = made >= 20 && live.Load() < made/2
		}
		if !freed {
			t.Errorf("%s: %d objects of 500 live", name, live.Load())
		}
	}
}

// fillJava makes Java allocate more than fits.
func fillJava() {
	module, err := metaffi.NewMetaFFIRuntime("openjdk").LoadModule("")
	if err != nil {
		panic(err)
	}
	allocate, err := module.Load("class=java.nio.ByteBuffer,callable=allocate",
		[]IDL.MetaFFIType{IDL.INT32}, []IDL.MetaFFIType{IDL.HANDLE})
	for range 100 {
		if err == nil {
			_, err = allocate(int32(large))
		}
	}
	if err != nil {
		panic(err)
	}
	metaffi.Exit(0)
}

func TestJavaObjectsThatGoForgetDoNotFillTheHeap(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, collector := range []string{"G1", "Serial", "Parallel"} {
		command := exec.Command(program)
		command.Env = append(os.Environ(), "METAFFI_TEST_PLAY=fill",
			"METAFFI_JVM_OPTIONS=-Xmx256m -XX:+Use"+collector+"GC")
		if output, err := command.CombinedOutput(); err != nil {
			t.Errorf("%s: %v: %s", collector, err, output)
		}
	}
}

func TestAStaticProgramIsRefused(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module example.com/static\n\ngo 1.22\n",
		"main.go": `package main

import metaffi "github.com/MetaFFI/sdk/api/go"

func main() {
	_, err := metaffi.NewMetaFFIRuntime("loopback").LoadModule("loopback")
	print(err.Error())
}
`,
	} {
		if err := os.WriteFile(folder+"/"+name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := func(name string, args ...string) (string, error) {
		command := exec.Command(name, args...)
		command.Dir = folder
		output, err := command.CombinedOutput()
		return string(output), err
	}
	if output, err := run(os.Getenv("METAFFI_HOME")+"/bin/metaffi", "go-setup"); err != nil {
		t.Fatal(output)
	}
	if output, err := run("go", "build", "-o", "program", "-ldflags=-extldflags=-static", "."); err != nil {
		t.Skip("there is no static C library: ", output)
	}
	output, err := run(folder + "/program")
	if err != nil || !strings.Contains(output, "this program is linked statically") {
		t.Error(err, output)
	}
}
