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

// owner is the name under which objects of a Go host travel. Those of a Go
// guest have another one, go:<path>, also when the guest itself is a host.
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

// hub is the hub of this process, opened at the first call that succeeds.
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

// opened is the hub, if there was a need for it.
func opened() (native.Hub, bool) {
	opening.Lock()
	defer opening.Unlock()
	return opening.hub, opening.done
}

func hostError(kind xcall.Status, message string) error {
	return &MetaFFIError{Kind: kind, Language: "go", Message: message}
}

// hubLibrary is where the hub is inside of an installation.
func hubLibrary() string {
	switch runtime.GOOS {
	case "windows":
		return filepath.Join("lib", "metaffi.dll")
	case "darwin":
		return filepath.Join("lib", "libmetaffi.dylib")
	}
	return filepath.Join("lib", "libmetaffi.so")
}

// homeCandidates are the folders in which the installation is looked for.
// METAFFI_HOME, when set, is the only one. The error is that the installation
// which this module carries cannot be unpacked.
func homeCandidates() ([]string, error) {
	if home := os.Getenv("METAFFI_HOME"); home != "" {
		return []string{home}, nil
	}
	var candidates []string
	home, err := carried.unpacked()
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

// findHub is the first candidate's hub that exists.
func findHub(candidates []string) (string, error) {
	var tried []string
	for _, home := range candidates {
		if real, err := filepath.EvalSymlinks(home); err == nil {
			home = real // so that everybody gives it the same name
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
