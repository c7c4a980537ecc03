package metaffi

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/MetaFFI/sdk/api/go/xcall"
)

// installation is an installation that a module embeds, as a zip archive.
type installation struct {
	archive string
	digest  string
}

// bundled is the installation for this platform; a published module sets it.
var bundled installation

// unpacked returns the folder of the installation, which is unpacked once into
// the user's cache: in a folder named after its digest, and under a lock, so
// that processes that start at the same time unpack it only once. The folder is
// empty if there is no embedded installation.
func (i installation) unpacked() (string, error) {
	if i.digest == "" {
		return "", nil
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	folder := filepath.Join(cache, "metaffi", "installations")
	home, err := i.unpackedInto(folder)
	if err != nil {
		return "", hostError(xcall.ErrorLoad, fmt.Sprintf("the installation embedded in this program  "+
			"cannot be unpacked into %s: %v; make room there, name another cache folder "+
			"(XDG_CACHE_HOME), or set METAFFI_HOME to an installation", folder, err))
	}
	return home, nil
}

func (i installation) unpackedInto(folder string) (string, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	if err := private(folder); err != nil {
		return "", err
	}
	home := filepath.Join(folder, i.digest[:16])
	if isFolder(home) {
		return home, nil
	}
	lock, err := os.OpenFile(home+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return "", err
	}
	defer lock.Close() // also unlocks it
	if err := lockFile(lock); err != nil {
		return "", err
	}
	if isFolder(home) {
		return home, nil
	}
	scratch := home + ".unpacking"
	if err := os.RemoveAll(scratch); err != nil {
		return "", err
	}
	if err := i.unpackTo(scratch); err != nil {
		return "", err
	}
	return home, os.Rename(scratch, home)
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func (i installation) unpackTo(folder string) error {
	archive, err := zip.NewReader(strings.NewReader(i.archive), int64(len(i.archive)))
	if err != nil {
		return err
	}
	for _, file := range archive.File {
		if !fs.ValidPath(file.Name) {
			return errors.New(file.Name + " points outside of the archive")
		}
		if err := unpackFile(file, filepath.Join(folder, filepath.FromSlash(file.Name))); err != nil {
			return err
		}
	}
	return nil
}

func unpackFile(file *zip.File, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	from, err := file.Open()
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, file.Mode().Perm())
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, to.Close())
}
