package main

// TestMap stores values of every kind under a name.
type TestMap struct {
	// Name is a name for output.
	Name string

	values map[string]interface{}
}

// NewTestMap creates an empty map.
func NewTestMap() *TestMap {
	return &TestMap{Name: "unnamed", values: make(map[string]interface{})}
}

// Set stores v under k.
func (m *TestMap) Set(k string, v interface{}) {
	m.values[k] = v
}

// Get returns the value stored under k, or nil.
func (m *TestMap) Get(k string) interface{} {
	return m.values[k]
}

// Contains reports whether a value is stored under k.
func (m *TestMap) Contains(k string) bool {
	_, found := m.values[k]
	return found
}
