package main

// TestMap keeps values of every kind under a name.
type TestMap struct {
	// Name is for whoever prints the map.
	Name string

	values map[string]interface{}
}

// NewTestMap makes an empty map.
func NewTestMap() *TestMap {
	return &TestMap{Name: "unnamed", values: make(map[string]interface{})}
}

// Set keeps v under k.
func (m *TestMap) Set(k string, v interface{}) {
	m.values[k] = v
}

// Get returns what is kept under k, or nil.
func (m *TestMap) Get(k string) interface{} {
	return m.values[k]
}

// Contains says whether something is kept under k.
func (m *TestMap) Contains(k string) bool {
	_, found := m.values[k]
	return found
}
