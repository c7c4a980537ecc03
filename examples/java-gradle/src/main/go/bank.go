// Package bank stores money.
package bank

import "fmt"

// Account holds an amount in cents.
type Account struct {
	Owner string
	cents int64
}

// NewAccount opens an account.
func NewAccount(owner string) *Account {
	return &Account{Owner: owner}
}

// Add pays in, or out if cents is negative, and returns the balance.
func (a *Account) Add(cents int64) (int64, error) {
	if a.cents+cents < 0 {
		return a.cents, fmt.Errorf("%s has %d only", a.Owner, a.cents)
	}
	a.cents += cents
	return a.cents, nil
}
