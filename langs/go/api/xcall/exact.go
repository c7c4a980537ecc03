//go:build go1.22

package xcall

import (
	"fmt"
	"math"
	"math/big"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Values that another language has its own type for are passed as objects that
// describe their value: METAFFI_EXACT_* of the header, of which Go has these.
const (
	exactInteger  = 1
	exactDecimal  = 2
	exactDatetime = 5
	exactInstant  = 6
	exactDuration = 7
	exactUUID     = 8
)

// isExact reports whether a value of the type may have such a description.
func isExact(of reflect.Type) bool {
	switch of {
	case reflect.TypeFor[time.Time](), reflect.TypeFor[*time.Time](), reflect.TypeFor[*big.Int](),
		reflect.TypeFor[big.Int](), reflect.TypeFor[error]():
		return true
	}
	return isUUID(of)
}

// isUUID reports whether the type is a UUID as packages commonly define it.
func isUUID(of reflect.Type) bool {
	return of.Kind() == reflect.Array && of.Len() == 16 && of.Elem().Kind() == reflect.Uint8 &&
		of.Name() == "UUID" && of.Implements(reflect.TypeFor[fmt.Stringer]())
}

// lowerExact lowers a value that another language has a type for; it returns
// false for all other values.
func lowerExact(out *Value, value reflect.Value) (bool, error) {
	if !isExact(value.Type()) {
		return false, nil
	}
	kind, text := uint32(0), ""
	switch x := value.Interface().(type) {
	case time.Time:
		kind, text = instantText(x)
	case *time.Time:
		if x != nil {
			kind, text = instantText(*x)
		}
	case *big.Int:
		return lowerInteger(out, x)
	case big.Int:
		return lowerInteger(out, &x)
	case fmt.Stringer:
		kind, text = exactUUID, strings.ToLower(x.String())
	}
	if kind == 0 || kind == exactUUID && len(text) != 36 {
		return false, nil
	}
	return true, lowerAsExact(out, kind, text, value)
}

// lowerInteger lowers an integer, as a number if one can hold it.
func lowerInteger(out *Value, x *big.Int) (bool, error) {
	switch {
	case x == nil:
		*out = Value{Type: TypeNull}
	case x.IsInt64():
		*out = Value{Type: TypeInt64, Bits: uint64(x.Int64())}
	case x.IsUint64():
		*out = Value{Type: TypeUint64, Bits: x.Uint64()}
	default:
		return true, lowerAsExact(out, exactInteger, x.Text(16), reflect.ValueOf(x))
	}
	return true, nil
}

func lowerAsExact(out *Value, kind uint32, text string, value reflect.Value) error {
	plain, err := objectOfReflected(value)
	if err != nil {
		return err
	}
	made := native.NewExactObject(kind, text, plain)
	if made == nil {
		return &callError{kind: ErrorInternal, message: "out of memory"}
	}
	countLive()
	*out = handleValue(made)
	return nil
}

const wallClock = "2006-01-02T15:04:05.999999999"

// instantText returns a moment in the form of the header; kind is 0 if that
// form cannot express it.
func instantText(moment time.Time) (kind uint32, text string) {
	if year := moment.Year(); year < 0 || year > 9999 {
		return 0, ""
	}
	text = moment.Format(wallClock)
	if moment.Location() == time.UTC {
		return exactInstant, text + "Z"
	}
	_, offset := moment.Zone()
	text += offsetText(offset)
	if zone := moment.Location().String(); strings.Contains(zone, "/") {
		text += "[" + zone + "]"
	}
	return exactInstant, text
}

func offsetText(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	text := fmt.Sprintf("%c%02d:%02d", sign, seconds/3600, seconds/60%60)
	if seconds%60 != 0 {
		text += fmt.Sprintf(":%02d", seconds%60)
	}
	return text
}

// exact returns the description that an object of another runtime has of its
// value; nil if it has none.
func exact(v *Value) *exactObject {
	if !v.isObject() || v.object() == nil || v.object().Owner == native.Owner {
		return nil
	}
	return v.object().exact()
}

// exactValue returns the Go value that the description of another runtime's
// object stands for; it returns false if Go has no such value, or several. A
// duration stays an object unless one is declared: a time.Duration is passed as
// a plain number, and would not come back as a duration.
func exactValue(exact *exactObject) (any, bool) {
	text := exact.text.lift()
	switch exact.kind {
	case exactInteger:
		return new(big.Int).SetString(text, 16)
	case exactInstant:
		return parseInstant(text)
	}
	return nil, false
}

// fromExact converts a slot with a description, or a plain number, to the
// declared type T; it returns false if T is none of these types, or the other
// language's object has no description.
func fromExact[T any](v *Value) (value T, done bool, err error) {
	made, done, err := exactAs(reflect.TypeFor[T](), v)
	if done && err == nil {
		reflect.ValueOf(&value).Elem().Set(made)
	}
	return value, done, err
}

// exactAs is fromExact for a type of which only the reflect.Type is known.
func exactAs(of reflect.Type, v *Value) (made reflect.Value, done bool, err error) {
	pointer := of.Kind() == reflect.Pointer
	element := of
	if pointer {
		element = of.Elem()
	}
	value, done, err := exactAsValue(element, v)
	if !done || err != nil {
		return made, done, err
	}
	if pointer {
		made = reflect.New(element)
		made.Elem().Set(value)
		return made, true, nil
	}
	return value, true, nil
}

func exactAsValue(of reflect.Type, v *Value) (made reflect.Value, done bool, err error) {
	switch of {
	case reflect.TypeFor[big.Int]():
		return integerOf(v)
	case reflect.TypeFor[big.Rat]():
		return rationalOf(v)
	case reflect.TypeFor[time.Time](), reflect.TypeFor[time.Duration]():
	default:
		if !isUUID(of) {
			return made, false, nil
		}
	}
	object := exact(v)
	if object == nil {
		return made, false, nil
	}
	value, is := exactValue(object)
	switch {
	case is && reflect.TypeOf(value) == of:
		return reflect.ValueOf(value), true, nil
	case object.kind == exactDatetime && of == reflect.TypeFor[time.Time]():
		value, is = parseWallClock(object.text.lift(), time.Local)
	case object.kind == exactDuration && of == reflect.TypeFor[time.Duration]():
		value, is = parseDuration(object.text.lift())
	case object.kind == exactUUID && isUUID(of):
		return parseUUID(of, object.text.lift())
	}
	if !is {
		return made, true, fmt.Errorf("expected %s, got %s, which it cannot hold", of, object.text.lift())
	}
	return reflect.ValueOf(value), true, nil
}

// integerOf returns a number as a big.Int.
func integerOf(v *Value) (made reflect.Value, done bool, err error) {
	x := new(big.Int)
	switch object := exact(v); {
	case object != nil && object.kind == exactInteger:
		x.SetString(object.text.lift(), 16)
	case v.isInteger() && !v.isSigned():
		x.SetUint64(v.Bits)
	case v.isInteger():
		x.SetInt64(int64(v.Bits))
	default:
		return made, false, nil
	}
	return reflect.ValueOf(x).Elem(), true, nil
}

// rationalOf returns a number or a decimal as a big.Rat.
func rationalOf(v *Value) (made reflect.Value, done bool, err error) {
	if object := exact(v); object != nil && object.kind == exactDecimal {
		x, is := new(big.Rat).SetString(object.text.lift())
		if !is {
			return made, true, fmt.Errorf("expected a number, got %s", object.text.lift())
		}
		return reflect.ValueOf(x).Elem(), true, nil
	}
	whole, done, err := integerOf(v)
	if !done || err != nil {
		return made, done, err
	}
	integer := whole.Addr().Interface().(*big.Int)
	return reflect.ValueOf(new(big.Rat).SetInt(integer)).Elem(), true, nil
}

// parseWallClock reads a date and a time.
func parseWallClock(text string, in *time.Location) (time.Time, bool) {
	layout := "2006-01-02T15:04:05"
	if len(text) == len("2006-01-02T15:04") {
		layout = "2006-01-02T15:04"
	}
	moment, err := time.ParseInLocation(layout, text, in)
	return moment, err == nil
}

// parseInstant reads a moment in the form of the header.
func parseInstant(text string) (any, bool) {
	at := strings.IndexByte(text, 'T')
	if at < 0 {
		return nil, false
	}
	if clock, isUTC := strings.CutSuffix(text, "Z"); isUTC {
		return parseWallClock(clock, time.UTC)
	}
	text, zone, inZone := strings.Cut(strings.TrimSuffix(text, "]"), "[")
	sign := at + strings.IndexAny(text[at:], "+-")
	if sign < at {
		return nil, false
	}
	offset, ok := parseOffset(text[sign:])
	if !ok {
		return nil, false
	}
	moment, ok := parseWallClock(text[:sign], time.FixedZone("", offset))
	if !ok || !inZone {
		return moment, ok
	}
	location, err := time.LoadLocation(zone)
	if err != nil {
		return nil, false
	}
	moment = moment.In(location)
	_, there := moment.Zone()
	return moment, there == offset
}

// parseOffset reads +01:00 or -00:19:32, in seconds.
func parseOffset(text string) (int, bool) {
	seconds, unit := 0, 3600
	for _, part := range strings.Split(text[1:], ":") {
		number, err := strconv.Atoi(part)
		if err != nil || unit == 0 {
			return 0, false
		}
		seconds += number * unit
		unit /= 60
	}
	if text[0] == '-' {
		seconds = -seconds
	}
	return seconds, true
}

// parseDuration reads a number of seconds between PT and S.
func parseDuration(text string) (any, bool) {
	seconds, is := new(big.Rat).SetString(strings.TrimSuffix(strings.TrimPrefix(text, "PT"), "S"))
	if !is {
		return nil, false
	}
	nanoseconds := seconds.Mul(seconds, new(big.Rat).SetInt64(int64(time.Second)))
	if !nanoseconds.IsInt() || !nanoseconds.Num().IsInt64() {
		return nil, false
	}
	return time.Duration(nanoseconds.Num().Int64()), true
}

// parseUUID reads 32 hexadecimal digits in groups.
func parseUUID(of reflect.Type, text string) (made reflect.Value, done bool, err error) {
	digits := strings.ReplaceAll(text, "-", "")
	made = reflect.New(of).Elem()
	for i := 0; i < 16 && len(digits) == 32; i++ {
		octet, err := strconv.ParseUint(digits[2*i:2*i+2], 16, 8)
		if err != nil {
			return made, true, fmt.Errorf("expected %s, got %s", of, text)
		}
		made.Index(i).SetUint(octet & math.MaxUint8)
	}
	return made, true, nil
}
