//go:build go1.22

package xcall

import (
	"fmt"
	"io"
	"math"
	"reflect"
)

// A reader, a writer or a seeker of Go has the methods of a file in other
// languages: read, readline, write, seek and so on, in small letters. A name
// with a capital letter is the method of Go's interface.

var (
	readerType = reflect.TypeFor[io.Reader]()
	writerType = reflect.TypeFor[io.Writer]()
	seekerType = reflect.TypeFor[io.Seeker]()
	closerType = reflect.TypeFor[io.Closer]()
)

// streamMethod is one method of a file.
type streamMethod struct {
	// of is the interface that Go's type must implement; nil if any of them
	// will do.
	of reflect.Type
	// least and most count the arguments.
	least, most, results uint32
	// call takes the arguments after that many others.
	call func(f *Frame, stream any, behind int) error
}

var streamMethods = map[string]streamMethod{
	"read":      {readerType, 0, 1, 1, readStream},
	"readline":  {readerType, 0, 1, 1, readStreamLine},
	"readlines": {readerType, 0, 0, 1, readStreamLines},
	"write":     {writerType, 1, 1, 1, writeStream},
	"flush":     {writerType, 0, 0, 0, flushStream},
	"seek":      {seekerType, 1, 2, 1, seekStream},
	"tell":      {seekerType, 0, 0, 1, tellStream},
	"close":     {nil, 0, 0, 0, closeStream},
	"readable":  {nil, 0, 0, 1, streamIs(readerType)},
	"writable":  {nil, 0, 0, 1, streamIs(writerType)},
	"seekable":  {nil, 0, 0, 1, streamIs(seekerType)},
}

func streamMethodOf(of reflect.Type, name string) (streamMethod, bool) {
	known, ok := streamMethods[name]
	if !ok || known.of != nil && !of.Implements(known.of) {
		return known, false
	}
	return known, of.Implements(readerType) || of.Implements(writerType)
}

// streamMember returns a method of a file, which takes the object first.
func streamMember(of reflect.Type, name string) (Entry, bool) {
	known, ok := streamMethodOf(of, name)
	return Entry{
		Signature: of.String() + "." + name,
		Params:    known.least + 1, MaxParams: known.most + 1, Results: known.results,
		Call: func(f *Frame) error { return known.call(f, selfIn(f, of).value, 1) },
	}, ok
}

// boundStream returns the same, bound to one object.
func boundStream(of held, name string) (Entry, bool) {
	known, ok := streamMethodOf(reflect.TypeOf(of.value), name)
	return Entry{
		Signature: name, Params: known.least, MaxParams: known.most, Results: known.results,
		Call: func(f *Frame) error { return known.call(f, of.value, 0) },
	}, ok
}

// countIn returns an argument that may be omitted, or null.
func countIn(f *Frame, i int, without int64) int64 {
	if int(f.nargs) <= i || f.arg(i).isNull() {
		return without
	}
	return f.Int64(i)
}

// readStream reads that many bytes, or all of them.
func readStream(f *Frame, stream any, behind int) error {
	read, err := io.ReadAll(io.LimitReader(stream.(io.Reader), atMost(countIn(f, behind, -1))))
	if err == nil {
		Put(f, 0, LowerNumbers[byte](TypeUint8), read)
	}
	return err
}

// readStreamLine reads a line with its end; nothing at the end of the file.
func readStreamLine(f *Frame, stream any, behind int) error {
	line, err := readLine(stream.(io.Reader), atMost(countIn(f, behind, -1)))
	if err == nil {
		Put(f, 0, LowerNumbers[byte](TypeUint8), line)
	}
	return err
}

func readStreamLines(f *Frame, stream any, _ int) error {
	lines := []any{}
	for {
		line, err := readLine(stream.(io.Reader), atMost(-1))
		if err != nil {
			return err
		}
		if len(line) == 0 {
			Put(f, 0, LowerAnys, lines)
			return nil
		}
		lines = append(lines, line)
	}
}

// readLine reads up to the end of a line, and not a byte further: what follows
// is left for the next reader.
func readLine(from io.Reader, most int64) ([]byte, error) {
	if buffered, finds := from.(interface{ ReadBytes(byte) ([]byte, error) }); finds && most == atMost(-1) {
		line, err := buffered.ReadBytes('\n')
		if err == io.EOF {
			err = nil
		}
		return line, err
	}
	line, one := []byte{}, make([]byte, 1)
	for int64(len(line)) < most {
		n, err := from.Read(one)
		if n > 0 {
			line = append(line, one[0])
		}
		if n > 0 && one[0] == '\n' || err == io.EOF {
			break
		}
		if err != nil {
			return line, err
		}
	}
	return line, nil
}

// linesOf iterates over the lines of a reader.
func linesOf(from io.Reader) *Iterator {
	it := &Iterator{}
	it.pull = func() ([]reflect.Value, bool) {
		line, err := readLine(from, atMost(-1))
		it.failure = err
		return []reflect.Value{reflect.ValueOf(line)}, len(line) > 0
	}
	return it
}

// writeStream writes bytes or text, and returns the number of bytes.
func writeStream(f *Frame, stream any, behind int) error {
	slot := f.arg(behind)
	var content []byte
	var err error
	if slot.Type.isString() {
		content = []byte(f.String(behind))
	} else if content, err = Bytes[byte](slot); err != nil || slot.isNull() {
		err := fmt.Errorf("expected bytes or text, got %s", slot.describe())
		panic(&argumentError{index: behind, err: err})
	}
	written, err := stream.(io.Writer).Write(content)
	f.PutInt64(0, int64(written))
	return err
}

func flushStream(_ *Frame, stream any, _ int) error {
	if flusher, buffers := stream.(interface{ Flush() error }); buffers {
		return flusher.Flush()
	}
	return nil
}

func seekStream(f *Frame, stream any, behind int) error {
	whence := int(countIn(f, behind+1, io.SeekStart))
	at, err := stream.(io.Seeker).Seek(f.Int64(behind), whence)
	f.PutInt64(0, at)
	return err
}

func tellStream(f *Frame, stream any, _ int) error {
	at, err := stream.(io.Seeker).Seek(0, io.SeekCurrent)
	f.PutInt64(0, at)
	return err
}

// closeStream closes what can be closed; a buffer does not have to be.
func closeStream(_ *Frame, stream any, _ int) error {
	if closer, closes := stream.(io.Closer); closes {
		return closer.Close()
	}
	return nil
}

func streamIs(of reflect.Type) func(*Frame, any, int) error {
	return func(f *Frame, stream any, _ int) error {
		f.PutBool(0, reflect.TypeOf(stream).Implements(of))
		return nil
	}
}

// atMost returns how many of count bytes to read; all of them if it is
// negative.
func atMost(count int64) int64 {
	if count < 0 {
		return math.MaxInt64
	}
	return count
}
