//go:build go1.22

package xcall

import "unsafe"

// Larger content is returned in a buffer of its own, which the caller may keep
// without copying it again.
const inArenaAtMost = 4 << 10

// alloc takes size bytes from the frame's arena, or asks the caller for more.
func (f *Frame) alloc(size, align uintptr) (unsafe.Pointer, error) {
	start := (f.arenaNext + align - 1) &^ (align - 1)
	if start <= f.arenaEnd && size <= f.arenaEnd-start {
		f.arenaNext = start + size
		return pointer(start), nil
	}
	memory := native.Grow(f, uint64(size))
	if memory == nil {
		return nil, &callError{kind: ErrorInternal, message: "out of memory: the caller cannot allocate memory for a result"}
	}
	return memory, nil
}

// content copies size bytes to where out can point at: into the arena, or into
// a buffer whose reference passes to the caller. In a frame of this library it
// is always the arena, because its arguments are borrowed.
func (f *Frame) content(out *Value, source unsafe.Pointer, size, align uintptr) error {
	if size > inArenaAtMost && !f.isOurs() {
		return transfer(out, source, size)
	}
	target, err := f.alloc(size, align)
	if err != nil {
		return err
	}
	copyBytes(target, source, size)
	out.Ownership = InArena
	out.Bits = uint64(uintptr(target))
	return nil
}

// transfer puts a copy into a metaffi_buffer.
func transfer(out *Value, source unsafe.Pointer, size uintptr) error {
	held, err := allocate[countedBuffer](size)
	if err != nil {
		return err
	}
	content := unsafe.Add(unsafe.Pointer(held), unsafe.Sizeof(*held))
	copyBytes(content, source, size)
	*held = countedBuffer{
		buffer: buffer{
			base: Object{Vtable: native.BufferVtable, Owner: native.Owner},
			data: uintptr(content),
			size: uint64(size),
		},
		references: 1,
	}
	countLive()
	out.Ownership = Transferred
	out.Bits = uint64(uintptr(unsafe.Pointer(held)))
	return nil
}

// countedBuffer is metaffi_go_buffer of the native header.
type countedBuffer struct {
	buffer
	references int64
}

func copyBytes(target, source unsafe.Pointer, size uintptr) {
	copy(unsafe.Slice((*byte)(target), size), unsafe.Slice((*byte)(source), size))
}
