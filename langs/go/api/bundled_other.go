//go:build !unix && !windows

package metaffi

import "os"

// lockFile does nothing here: only one process succeeds in renaming the folder
// into place.
func lockFile(*os.File) error { return nil }

func private(string) error { return nil }
