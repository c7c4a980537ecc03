package triangle

import "testing"

func TestHypot(t *testing.T) {
	if length, err := Hypot(3, 4); err != nil || length != 5.0 {
		t.Error(length, err)
	}
}
