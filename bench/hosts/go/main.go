// Command host is the benchmark's Go host: host BUILT GUEST CONTESTANT...
//
// It waits on stdin for lines "SCENARIO BATCHES [CONTESTANT [THREADS]]", and answers
// each with a line of JSON: the nanoseconds per call of every batch, by contestant, or
// by "all". The time of several threads is divided by the number of all their calls.
// The driver is bench/measure.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
)

func main() {
	// The loop of a program that calls another language stays on its thread.
	runtime.LockOSThread()
	if err := run(os.Args[1], os.Args[2], os.Args[3:]); err != nil {
		say(map[string]string{"error": err.Error()})
	}
}

func run(built, guest string, names []string) error {
	subjects := map[string][]*subject{}
	for _, name := range names {
		if err := load(name, guest, built, subjects); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	say(map[string]bool{"ready": true})
	orders := bufio.NewScanner(os.Stdin)
	for orders.Scan() {
		times, err := measure(subjects, strings.Fields(orders.Text()))
		if err != nil {
			return err
		}
		say(map[string]any{"times": times})
	}
	return orders.Err()
}

// contestants are the ways to load a guest's functions. Stubs are included if they were
// generated.
var contestants = map[string]func(guest, built string) (*contestant, error){
	"metaffi": ours,
	"floor":   floor,
}

func load(name, guest, built string, subjects map[string][]*subject) error {
	contestant, there := contestants[name]
	if !there {
		return fmt.Errorf("there is no such contestant")
	}
	loaded, err := contestant(guest, built)
	if err != nil {
		return err
	}
	for _, s := range scenarios {
		loop, there := loaded.loops[s.name]
		if !there {
			continue
		}
		subject := &subject{name: name, scenario: s, loop: loop, calls: loaded.calls}
		subjects[s.name] = append(subjects[s.name], subject)
	}
	return nil
}

func measure(subjects map[string][]*subject, order []string) (map[string][]float64, error) {
	batches, err := strconv.Atoi(order[1])
	if err != nil {
		return nil, err
	}
	threads := 0
	if len(order) > 3 {
		if threads, err = strconv.Atoi(order[3]); err != nil {
			return nil, err
		}
	}
	times := map[string][]float64{}
	for ; batches > 0; batches-- {
		for _, subject := range subjects[order[0]] {
			if len(order) > 2 && order[2] != "all" && order[2] != subject.name {
				continue
			}
			ns, err := subject.take(threads)
			if err != nil {
				return nil, err
			}
			times[subject.name] = append(times[subject.name], ns)
		}
	}
	return times, nil
}

func say(answer any) {
	if err := json.NewEncoder(os.Stdout).Encode(answer); err != nil {
		panic(err)
	}
}
