package metaffi

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/MetaFFI/sdk/api/go/native"
)

func TestTheNamedHomeIsTheOnlyOne(t *testing.T) {
	t.Setenv("METAFFI_HOME", "/somewhere")
	if homes, err := homeCandidates(); err != nil || len(homes) != 1 || homes[0] != "/somewhere" {
		t.Error(homes, err)
	}
}

func TestWithoutANamedHomeTheUsualPlacesAreTried(t *testing.T) {
	t.Setenv("METAFFI_HOME", "")
	t.Setenv("HOME", "/home/me")
	candidates, err := homeCandidates()
	if err != nil {
		t.Fatal(err)
	}
	homes := strings.Join(candidates, " ")
	for _, usual := range []string{"/home/me/.metaffi", "/usr/local/metaffi", "/usr/lib/metaffi"} {
		if !strings.Contains(homes, usual) {
			t.Errorf("%s is not in %s", usual, homes)
		}
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	if around := filepath.Dir(here); !strings.HasPrefix(homes, around+" ") {
		t.Errorf("the folder around this package, %s, is not the first of %s", around, homes)
	}
}

func TestAnErrorSaysWhereAHubWasLookedFor(t *testing.T) {
	nowhere, here := t.TempDir(), t.TempDir()
	_, err := findHub([]string{nowhere, here})
	if err == nil || !strings.Contains(err.Error(), nowhere) || !strings.Contains(err.Error(), here) ||
		!strings.Contains(err.Error(), "set METAFFI_HOME") {
		t.Error(err)
	}
	library := filepath.Join(here, hubLibrary())
	if err := os.MkdirAll(filepath.Dir(library), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(library, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if found, err := findHub([]string{nowhere, here}); err != nil || found != library {
		t.Error(found, err)
	}
	if _, status, err := native.Open(library, owner()); status != ErrorLoad || err == nil {
		t.Error("an empty file was opened as a hub")
	}
}
