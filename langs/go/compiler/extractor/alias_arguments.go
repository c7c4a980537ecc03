//go:build go1.23

package main

import "go/types"

// aliasArguments returns the type arguments of an instance of a generic alias.
func aliasArguments(t *types.Alias) *types.TypeList { return t.TypeArgs() }

// aliasParameters returns the type parameters of a generic alias.
func aliasParameters(t *types.Alias) *types.TypeParamList { return t.TypeParams() }

// aliasOrigin returns the generic alias of an instance.
func aliasOrigin(t *types.Alias) types.Type { return t.Origin() }
