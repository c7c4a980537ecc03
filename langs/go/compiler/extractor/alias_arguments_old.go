//go:build !go1.23

package main

import "go/types"

// This Go has no generic aliases.

func aliasArguments(*types.Alias) *types.TypeList { return nil }

func aliasParameters(*types.Alias) *types.TypeParamList { return nil }

func aliasOrigin(t *types.Alias) types.Type { return t }
