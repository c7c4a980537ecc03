package metaffi

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func archiveOf(t *testing.T, name, text string) installation {
	var archive strings.Builder
	writer := zip.NewWriter(&archive)
	file, err := writer.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return installation{archive: archive.String(), digest: strings.Repeat("1", 64)}
}

func TestAnInstallationIsUnpackedOnce(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "installations")
	bundled := archiveOf(t, "lib/some.so", "some")
	var group sync.WaitGroup
	for range 8 {
		group.Add(1)
		go func() {
			defer group.Done()
			if _, err := bundled.unpackedInto(folder); err != nil {
				t.Error(err)
			}
		}()
	}
	group.Wait()
	text, err := os.ReadFile(filepath.Join(folder, bundled.digest[:16], "lib", "some.so"))
	if err != nil || string(text) != "some" {
		t.Error(string(text), err)
	}
	if entries, err := os.ReadDir(folder); len(entries) != 2 || err != nil {
		t.Error("not it and its lock: ", entries, err)
	}
}

func TestACacheThatOthersMayWriteIsRefused(t *testing.T) {
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	_, err := archiveOf(t, "some", "some").unpackedInto(folder)
	if err == nil || !strings.Contains(err.Error(), "other users can write") {
		t.Error(err)
	}
}

func TestAnArchiveStaysInItsFolder(t *testing.T) {
	_, err := archiveOf(t, "../some", "some").unpackedInto(filepath.Join(t.TempDir(), "cache"))
	if err == nil || !strings.Contains(err.Error(), "outside") {
		t.Error(err)
	}
}
