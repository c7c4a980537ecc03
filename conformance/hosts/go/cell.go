package main

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	metaffi "github.com/MetaFFI/sdk/api/go"
)

const patience = 10 * time.Second

type function = func(...any) ([]any, error)

// cell is one plan, and the entities and modules loaded for it.
type cell struct {
	plan     plan
	lock     sync.Mutex // guards the maps
	runtimes map[string]*metaffi.MetaFFIRuntime
	modules  map[string]*metaffi.MetaFFIModule
	entities map[string]function
	values   values
}

func newCell(plan plan) *cell {
	return &cell{
		plan: plan, values: newValues(), entities: map[string]function{},
		runtimes: map[string]*metaffi.MetaFFIRuntime{}, modules: map[string]*metaffi.MetaFFIModule{},
	}
}

// run runs every step.
func (c *cell) run() error { return c.steps(c.plan.Steps, c.values) }

func (c *cell) steps(steps []step, values values) error {
	for _, step := range steps {
		if err := c.step(step, values); err != nil {
			return fmt.Errorf("%w\nin the step %v", err, step)
		}
	}
	return nil
}

func (c *cell) step(step step, values values) error {
	variables := values.variables
	switch {
	case step.Call != nil:
		return c.call(step, values)
	case step.Release != nil:
		variables[*step.Release].(interface{ Release() }).Release()
	case step.Forget != nil:
		delete(variables, *step.Forget)
	case step.Same != nil:
		if !same(variables[step.Same[0]], variables[step.Same[1]]) {
			return errors.New("they are different")
		}
	case step.Different != nil:
		if same(variables[step.Different[0]], variables[step.Different[1]]) {
			return errors.New("they are the same")
		}
	case step.Threads != nil:
		return c.onGoroutines(*step.Threads, step.Steps, values)
	case step.Times != nil:
		for range *step.Times {
			if err := c.steps(step.Steps, values); err != nil {
				return err
			}
		}
	case step.Live != nil:
		return c.waitFor(*step.Live, c.plan.Guest)
	case step.ReleaseRuntime != nil:
		return c.releaseRuntime(*step.ReleaseRuntime)
	default:
		return errors.New("this host does not support such a step")
	}
	return nil
}

func (c *cell) call(step step, values values) error {
	args := make([]any, len(step.Args))
	for i, written := range step.Args {
		var err error
		if args[i], err = values.lower(written); err != nil {
			return err
		}
	}
	enterCall()
	callee, err := c.callee(*step.Call, values)
	var results []any
	if err == nil {
		results, err = callee(args...)
	}
	switch {
	case step.Fails != nil && err == nil:
		return fmt.Errorf("it did not fail, but returned %s", short(results))
	case step.Fails != nil:
		if step.Fails.Later {
			return step.Fails.checkLater(err, func() { _, _ = callee(args...) })
		}
		return step.Fails.check(err)
	case err != nil:
		return err
	case len(results) != len(step.Returns):
		return fmt.Errorf("got %s", short(results))
	}
	for i, expected := range step.Returns {
		if err := values.expect(expected, results[i]); err != nil {
			return err
		}
	}
	return nil
}

// checkLater compares an error with fails on another thread, after further calls.
func (expected failing) checkLater(err error, call func()) error {
	call()
	checked := make(chan error)
	go func() {
		runtime.LockOSThread() // a separate thread
		checked <- expected.check(err)
	}()
	return <-checked
}

// callee returns the function in a variable, or an entity.
func (c *cell) callee(name string, values values) (function, error) {
	switch stored := values.variables[name].(type) {
	case nil:
		return c.entity(name)
	case interface{ Call(...any) ([]any, error) }:
		return stored.Call, nil
	default:
		return nil, fmt.Errorf("%s is not a function", short(stored))
	}
}

func (c *cell) entity(name string) (function, error) {
	c.lock.Lock()
	defer c.lock.Unlock()
	if loaded, ok := c.entities[name]; ok {
		return loaded, nil
	}
	entity := c.plan.Entities[name]
	module, err := c.module(entity.Runtime)
	if err != nil {
		return nil, err
	}
	loaded, err := module.LoadWithInfo(entity.Path, infos(entity.Params), infos(entity.Returns))
	if err == nil {
		c.entities[name] = loaded
	}
	return loaded, err
}

// module returns the module of a runtime; the caller holds the lock.
func (c *cell) module(name string) (*metaffi.MetaFFIModule, error) {
	if loaded, ok := c.modules[name]; ok {
		return loaded, nil
	}
	runtime := metaffi.NewMetaFFIRuntime(name)
	loaded, err := runtime.LoadModule(c.plan.Modules[name])
	if err == nil {
		c.runtimes[name], c.modules[name] = runtime, loaded
	}
	return loaded, err
}

func (c *cell) releaseRuntime(name string) error {
	c.lock.Lock()
	defer c.lock.Unlock()
	runtime := c.runtimes[name]
	delete(c.runtimes, name)
	delete(c.modules, name)
	return runtime.ReleaseRuntimePlugin()
}

func (c *cell) onGoroutines(count int, steps []step, values values) error {
	failures := make(chan error, count)
	for range count {
		go func() {
			// Separate threads, as the step requires.
			runtime.LockOSThread()
			failures <- c.steps(steps, values.copied())
		}()
	}
	var all error
	for range count {
		all = errors.Join(all, <-failures)
	}
	return all
}

// waitFor collects until others hold that many objects of the runtimes whose names start with
// owners.
func (c *cell) waitFor(expected int64, owners string) error {
	loopback, err := metaffi.NewMetaFFIRuntime("loopback").LoadModule("loopback")
	if err != nil {
		return err
	}
	text, number := metaffi.MetaFFIType(metaffi.STRING8), metaffi.MetaFFIType(metaffi.INT64)
	live, err := loopback.Load("callable=live_objects", []metaffi.MetaFFIType{text}, []metaffi.MetaFFIType{number, text})
	if err != nil {
		return err
	}
	for deadline := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		found, err := live(owners)
		if err != nil || found[0] == expected {
			return err
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%d objects are live: %s", found...)
		}
		runtime.GC()
		if err := c.collect(); err != nil {
			return err
		}
	}
}

// collect runs the garbage collectors of the guests.
func (c *cell) collect() error {
	c.lock.Lock()
	var names []string
	for runtime := range c.modules {
		names = append(names, "collect of "+runtime)
	}
	c.lock.Unlock()
	for _, name := range names {
		if _, ok := c.plan.Entities[name]; !ok {
			continue
		}
		collect, err := c.entity(name)
		if err == nil {
			_, err = collect()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// finish drops everything; then no objects may be left.
func (c *cell) finish() error {
	used := c.entities
	c.values, c.entities = newValues(), map[string]function{}
	raised.Store(nil)
	for name := range used {
		_, runtime, _ := strings.Cut(name, " of ")
		if _, err := c.module(runtime); err != nil { // a released one still has to collect
			return err
		}
	}
	clear(used)
	return c.waitFor(0, "")
}
