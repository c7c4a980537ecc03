package metaffi

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/MetaFFI/sdk/api/go/native"
	"github.com/MetaFFI/sdk/api/go/xcall"
)

// owner returns the name under which objects of a Go host are passed. Objects of a
// Go guest have another one, go:<path>, also if the guest is itself a host.
func owner() string {
	if path := native.GuestPath(); path != "" {
		return "go:" + path
	}
	return "go"
}

var opening struct {
	sync.Mutex
	hub  native.Hub
	done bool
}

// hub returns the hub of this process, opened at the first call that succeeds.
func hub() (native.Hub, error) {
	opening.Lock()
	defer opening.Unlock()
	if opening.done {
		return opening.hub, nil
	}
	if table, started := native.Started(); started {
		opening.hub, opening.done = table, true
		return table, nil
	}
	candidates, err := homeCandidates()
	if err != nil {
		return native.Hub{}, err
	}
	path, err := findHub(candidates)
	if err != nil {
		return native.Hub{}, err
	}
	table, status, err := native.Open(path, owner())
	if err != nil {
		return native.Hub{}, hostError(status, fmt.Sprintf("%s: %v", path, err))
	}
	opening.hub, opening.done = table, true
	return table, nil
}

// opened returns the hub, if it has been opened.
func opened() (native.Hub, bool) {
	opening.Lock()
	defer opening.Unlock()
	return opening.hub, opening.done
}

func hostError(kind xcall.Status, message string) error {
	return &MetaFFIError{Kind: kind, Language: "go", Message: message}
}

// hubLibrary returns the path of the hub's library inside an installation.
func hubLibrary() string {
	switch runtime.GOOS {
	case "windows":
		return filepath.Join("lib", "metaffi.dll")
	case "darwin":
		return filepath.Join("lib", "libmetaffi.dylib")
	}
	return filepath.Join("lib", "libmetaffi.so")
}

// homeCandidates returns the folders in which the installation is looked for.
// METAFFI_HOME, if set, is the only one. It fails if the installation embedded
// in this module cannot be unpacked.
func homeCandidates() ([]string, error) {
	if home := os.Getenv("METAFFI_HOME"); home != "" {
		return []string{home}, nil
	}
	var candidates []string
	home, err := bundled.unpacked()
	if err != nil {
		return nil, err
	}
	if home != "" {
		candidates = append(candidates, home)
	}
	// This file is in the go folder of the installation, unless the program
	// was built with -trimpath.
	if _, file, _, ok := runtime.Caller(0); ok && filepath.IsAbs(file) {
		candidates = append(candidates, filepath.Dir(filepath.Dir(file)))
	}
	if program, err := os.Executable(); err == nil {
		candidates = append(candidates, filepath.Dir(filepath.Dir(program)))
	}
	if user, err := os.UserHomeDir(); err == nil {
		candidates = append(candidates, filepath.Join(user, ".metaffi"))
	}
	if runtime.GOOS != "windows" {
		candidates = append(candidates, "/usr/local/metaffi", "/usr/lib/metaffi")
	}
	return candidates, nil
}

// findHub returns the hub's library of the first candidate that has one.
func findHub(candidates []string) (string, error) {
	var tried []string
	for _, home := range candidates {
		if real, err := filepath.EvalSymlinks(home); err == nil {
			home = real // so that every host uses the same name for it
		}
		path := filepath.Join(home, hubLibrary())
		if info, err := os.Stat(path); err == nil && !info.IsDir() {
			return path, nil
		}
		tried = append(tried, path)
	}
	return "", hostError(xcall.ErrorNotFound, fmt.Sprintf(
		"no MetaFFI installation; tried %s; set METAFFI_HOME to the folder that contains %s",
		strings.Join(tried, ", "), hubLibrary()))
}
