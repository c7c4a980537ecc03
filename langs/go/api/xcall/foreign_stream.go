//go:build go1.22

package xcall

import (
	"fmt"
	"io"
	"reflect"
	"strings"
	"sync"
)

// ForeignStream is a file of another language as a reader and a writer of Go.
// Passed back, it is the original object.
type ForeignStream struct {
	MetaFFIHandle
	lock sync.Mutex
	// left is what was read, but did not fit.
	left []byte
	// isText reports that the file takes text, not bytes.
	isText bool
	// names maps Go's names of methods to those of the file, once they are
	// known.
	names map[string]string
}

// streamNames maps Go's names of methods to those of files in other languages.
var streamNames = map[string][]string{
	"Read": {"readNBytes", "read"}, "Write": {"write"}, "Close": {"close"},
}

// streamTypes are the interfaces that a file of another language can be.
var streamTypes = map[reflect.Type]bool{
	reflect.TypeFor[io.Reader](): true, reflect.TypeFor[io.Writer](): true,
	reflect.TypeFor[io.Closer](): true, reflect.TypeFor[io.ReadCloser](): true,
	reflect.TypeFor[io.WriteCloser](): true, reflect.TypeFor[io.ReadWriter](): true,
	reflect.TypeFor[io.ReadWriteCloser](): true,
}

// NewForeignStream makes a stream of an object that has the methods of a file:
// read or readNBytes, write, close.
func NewForeignStream(of MetaFFIHandle) *ForeignStream {
	return &ForeignStream{MetaFFIHandle: of, names: map[string]string{}}
}

// MetaFFIObject returns the file.
func (s *ForeignStream) MetaFFIObject() MetaFFIHandle { return s.MetaFFIHandle }

// Read reads at most len(into) bytes.
func (s *ForeignStream) Read(into []byte) (int, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if len(s.left) == 0 && len(into) > 0 {
		read, err := s.read(len(into))
		if err != nil {
			return 0, err
		}
		if len(read) == 0 {
			return 0, io.EOF
		}
		s.left = read
	}
	count := copy(into, s.left)
	s.left = s.left[count:]
	return count, nil
}

// method calls the file's method for a method name of Go.
func (s *ForeignStream) method(name string, args ...any) ([]any, error) {
	own, err := s.nameOf(name)
	if err != nil {
		return nil, err
	}
	return s.CallMember(MemberMethod, own, args...)
}

// nameOf returns the file's name for a method. The caller holds the lock, or is
// the only one that knows the stream.
func (s *ForeignStream) nameOf(name string) (string, error) {
	if own, known := s.names[name]; known {
		return own, nil
	}
	for _, own := range streamNames[name] {
		has, err := s.HasMember(MemberMethod, own)
		if err != nil {
			return "", err
		}
		if has {
			s.names[name] = own
			return own, nil
		}
	}
	return "", errorf(ErrorArgument, "%s has no method `%s`", s.MetaFFIHandle, strings.ToLower(name))
}

// read reads as a stream of Java or a file of Python does.
func (s *ForeignStream) read(count int) ([]byte, error) {
	results, err := s.method("Read", count)
	if err != nil {
		return nil, err
	}
	switch read := onlyOne(results).(type) {
	case nil: // a file that does not wait has nothing yet
		return nil, nil
	case []byte:
		return read, nil
	case []int8:
		octets, err := Convert(reflect.TypeFor[[]byte](), unsigned(read))
		return octets.Bytes(), err
	case string:
		return []byte(read), nil
	default:
		return nil, fmt.Errorf("a file returned %T instead of bytes or text", read)
	}
}

func onlyOne(results []any) any {
	if len(results) != 1 {
		return nil
	}
	return results[0]
}

// unsigned converts the bytes of a language without unsigned ones.
func unsigned(signed []int8) []byte {
	octets := make([]byte, len(signed))
	for i, octet := range signed {
		octets[i] = byte(octet)
	}
	return octets
}

// Write writes bytes, or text if the file takes text.
func (s *ForeignStream) Write(content []byte) (int, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	var err error
	if !s.isText {
		if _, err = s.method("Write", content); err == nil {
			return len(content), nil
		}
	}
	if _, failed := s.method("Write", string(content)); failed != nil {
		if err == nil {
			err = failed
		}
		return 0, err
	}
	s.isText = true
	return len(content), nil
}

// Close closes the file.
func (s *ForeignStream) Close() error {
	s.lock.Lock()
	defer s.lock.Unlock()
	_, err := s.method("Close")
	return err
}

// streamOf returns a file of another language as an interface of package io.
func streamOf(of reflect.Type, v *Value) (made any, done bool, err error) {
	if !streamTypes[of] || !isForeign(v) {
		return nil, false, nil
	}
	native.Retain(v.object())
	stream := NewForeignStream(newHandle(v.object()))
	for i := range of.NumMethod() {
		if _, err := stream.nameOf(of.Method(i).Name); err != nil {
			return nil, true, err
		}
	}
	return stream, true, nil
}
