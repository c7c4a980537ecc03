package xcall

import (
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
	"unsafe"
)

type point struct{ x, y int }

type named interface{ name() string }

func (p point) name() string { return "point" }

func addressOf[T any](items []T) uint64 {
	return uint64(uintptr(unsafe.Pointer(unsafe.SliceData(items))))
}

func TestAnObjectComesBackAsTheOriginal(t *testing.T) {
	original := &point{1, 2}
	slot := lowered(t, original)
	if back, err := Pointer[*point](&slot); err != nil || back != original {
		t.Errorf("%v, %v", back, err)
	}
	if back, err := Struct[point](&slot); err != nil || back != *original {
		t.Errorf("%v, %v", back, err)
	}
	if back, err := Pointer[named](&slot); err != nil || back != named(original) {
		t.Errorf("%v, %v", back, err)
	}
	if _, err := Pointer[*strings.Builder](&slot); err == nil {
		t.Error("the wrong type was accepted")
	}
	slot.release()
	noLiveObjects(t)
}

func TestAStructByValueIsOneAgainAsAnInterface(t *testing.T) {
	slot := lowered(t, point{1, 2})
	if back, err := Any(&slot); err != nil || back != any(point{1, 2}) {
		t.Errorf("%T, %v", back, err)
	}
	if back, err := Pointer[named](&slot); err != nil || back != named(point{1, 2}) {
		t.Errorf("%T, %v", back, err)
	}
	if back, err := Pointer[*point](&slot); err != nil || back.x != 1 {
		t.Errorf("%v, %v", back, err)
	}
	slot.release()
	noLiveObjects(t)
}

func TestAStructInAnInterfaceIsAHandleToItsCopy(t *testing.T) {
	object, err := ObjectOf[named](point{1, 2})
	if err != nil {
		t.Fatal(err)
	}
	slot := handleValue(object)
	if back, err := Pointer[*point](&slot); err != nil || back.x != 1 {
		t.Errorf("%v, %v", back, err)
	}
	if back, err := Pointer[named](&slot); err != nil || back != named(point{1, 2}) {
		t.Errorf("%T, %v", back, err)
	}
	if back, err := Struct[point](&slot); err != nil || back != (point{1, 2}) {
		t.Errorf("%v, %v", back, err)
	}
	slot.release()
	noLiveObjects(t)
}

func TestAStructOfANilPointerIsNotNil(t *testing.T) {
	type optional struct{ value *int }
	object, err := ObjectOf[any](optional{})
	if err != nil || object == nil {
		t.Fatalf("%v, %v", object, err)
	}
	slot := handleValue(object)
	if back, err := Any(&slot); err != nil || back != any(optional{}) {
		t.Errorf("%T, %v", back, err)
	}
	slot.release()
	noLiveObjects(t)
}

func TestNilIsNull(t *testing.T) {
	for _, value := range []any{(*point)(nil), map[string]int(nil), (chan int)(nil), MetaFFIHandle{}} {
		if slot := lowered(t, value); !slot.isNull() {
			t.Errorf("%T nil left as %s", value, slot.describe())
		}
	}
	null := Value{Type: TypeNull}
	if back, err := Pointer[*point](&null); err != nil || back != nil {
		t.Errorf("%v, %v", back, err)
	}
	if _, err := Pointer[complex128](&null); err == nil {
		t.Error("null was taken for a complex number")
	}
	if _, err := Struct[point](&null); err == nil {
		t.Error("null was taken for a struct")
	}
}

func TestAForeignObjectIsHeldAndPassedOn(t *testing.T) {
	object := c.foreign()
	slot := Value{Type: TypeHandle, Bits: uint64(uintptr(unsafe.Pointer(object)))}
	lifted, err := Any(&slot)
	if err != nil || c.count(object, 0) != 2 {
		t.Fatalf("%v, %d references", err, c.count(object, 0))
	}
	handle := lifted.(MetaFFIHandle)
	if handle.RuntimeID() != foreignID || !strings.Contains(handle.String(), "elsewhere") {
		t.Errorf("%v", handle)
	}
	out := lowered(t, handle)
	if out.object() != object || c.count(object, 0) != 3 {
		t.Errorf("it left as another, with %d references", c.count(object, 0))
	}
	second, _ := Any(&slot)
	if !handle.Same(second.(MetaFFIHandle)) || handle.Same(MetaFFIHandle{}) {
		t.Error("identity")
	}
	second.(MetaFFIHandle).Release()
	handle.Release()
	handle.Release()
	if c.count(object, 0) != 2 {
		t.Errorf("%d references after its release", c.count(object, 0))
	}
	frame := newCall(1)
	if err := LowerAny(arena{Frame: &frame.Frame}, frame.ret(0), handle); kindOf(err, StatusOK) != ErrorReleased {
		t.Errorf("a released handle left: %v", err)
	}
}

func TestAForgottenHandleIsReleased(t *testing.T) {
	object := c.foreign()
	c.count(object, 1)
	newHandle(object)
	for start := time.Now(); c.count(object, 0) != 1; runtime.GC() {
		if time.Since(start) > 10*time.Second {
			t.Fatalf("%d references", c.count(object, 0))
		}
		time.Sleep(time.Millisecond)
	}
}

func TestObjectsAreUsedAgainFromManyGoroutines(t *testing.T) {
	var all sync.WaitGroup
	for range 8 {
		all.Add(1)
		go func() {
			defer all.Done()
			for i := range 5000 {
				object, err := objects.newObject(held{value: i})
				if err != nil || objects.get(object).value != i {
					t.Errorf("%v, %v", objects.get(object).value, err)
				}
				c.release(object)
			}
		}()
	}
	all.Wait()
	noLiveObjects(t)
	if chunks := len(*objects.chunks.Load()); chunks > 2 {
		t.Errorf("%d chunks for eight objects at a time", chunks)
	}
}

func TestLoweredValuesAreReleasedWhenTheRestFails(t *testing.T) {
	object := c.foreign()
	handle := newHandle(object)
	c.count(object, 1)
	frame := newCall(1)
	items := []any{handle, &point{}, []any{handle, []*point{{}, nil}}, "\xff"}
	if err := LowerAny(arena{Frame: &frame.Frame}, frame.ret(0), items); err == nil {
		t.Fatal("it left")
	}
	if c.count(object, 0) != 2 {
		t.Errorf("%d references", c.count(object, 0))
	}
	noLiveObjects(t)
}

func TestReleasedObjectsAreForgottenAtGarbageCollection(t *testing.T) {
	gone := make(chan bool)
	func() {
		value := &point{1, 2}
		runtime.SetFinalizer(value, func(*point) { close(gone) })
		slot := lowered(t, value)
		c.release(slot.object()) // as C does it, without notifying Go
	}()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		runtime.GC()
		select {
		case <-gone:
			noLiveObjects(t)
			return
		default:
		}
		if time.Now().After(deadline) {
			t.Fatal("the value is still held")
		}
	}
}

func TestReleasedObjectsAreForgottenWithTheNextObject(t *testing.T) {
	object, err := ObjectOf(&point{3, 4})
	if err != nil {
		t.Fatal(err)
	}
	in, at := objects.place(indexOf(object))
	c.release(object)
	if in.held[at].value == nil {
		t.Fatal("a release entered Go")
	}
	null := Value{Type: TypeNull}
	if _, err := Pointer[*point](&null); err != nil || in.held[at].value != nil {
		t.Error("the value is still held")
	}
}
