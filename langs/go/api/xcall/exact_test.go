package xcall

import (
	"math/big"
	"reflect"
	"testing"
	"time"
)

func TestMomentsAreReadAndWrittenAlike(t *testing.T) {
	for _, text := range []string{
		"2024-02-29T23:59:00Z", "1969-12-31T23:59:59.5Z", "2024-02-29T12:30:00-03:30",
		"1911-03-10T00:00:00+00:09:21", "2024-07-01T00:00:00.123456789+02:00[Europe/Paris]",
	} {
		moment, ok := parseInstant(text)
		if !ok {
			t.Errorf("%s is not read", text)
			continue
		}
		if _, again := instantText(moment.(time.Time)); again != text {
			t.Errorf("%s is %s", text, again)
		}
	}
	for _, text := range []string{
		"2024-02-30T00:00Z", "2024-02-29T00:00", "2024-02-29", "2024-02-29T00:00+01:00[Nowhere/There]",
		"2024-07-01T00:00+05:00[Europe/Paris]", "+12024-01-01T00:00Z",
	} {
		if moment, ok := parseInstant(text); ok {
			t.Errorf("%s is %v", text, moment)
		}
	}
}

func TestDurationsAreReadWhereNanosecondsHoldThem(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"PT-1.5S": -1500 * time.Millisecond, "PT0.000000001S": 1, "PT86400S": 24 * time.Hour,
	} {
		if duration, ok := parseDuration(text); !ok || duration != want {
			t.Errorf("%s is %v", text, duration)
		}
	}
	if duration, ok := parseDuration("PT1E30S"); ok {
		t.Error(duration)
	}
}

func TestNumbersBecomeLargeOnes(t *testing.T) {
	slot := Value{Type: TypeUint64, Bits: 1 << 63}
	made, done, err := exactAs(reflect.TypeFor[*big.Int](), &slot)
	if want := new(big.Int).Lsh(big.NewInt(1), 63); !done || err != nil || made.Interface().(*big.Int).Cmp(want) != 0 {
		t.Error(made, done, err)
	}
	half, done, err := exactAs(reflect.TypeFor[*big.Rat](), &Value{Type: TypeInt64, Bits: 5})
	if !done || err != nil || half.Interface().(*big.Rat).Cmp(big.NewRat(5, 1)) != 0 {
		t.Error(half, done, err)
	}
	if _, done, _ = exactAs(reflect.TypeFor[*big.Int](), &Value{Type: TypeBool}); done {
		t.Error("a truth value is not a number")
	}
}

func TestTheNearestNameIsSuggested(t *testing.T) {
	known := []string{"Longer", "Title", "Pages"}
	for name, want := range map[string]string{
		"longr": "; did you mean `Longer`?", "Tilte": "; did you mean `Title`?", "xyzzy": "",
	} {
		if got := didYouMean(name, known); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
}
