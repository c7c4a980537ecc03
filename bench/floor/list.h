/* A list of int, as both the host and the guest in Python create it. */
#ifndef BENCH_LIST_H
#define BENCH_LIST_H

#include <Python.h>
#include <stdint.h>

static PyObject *list_of(const int64_t *values, int64_t length) {
    PyObject *list = PyList_New(length);
    for (int64_t i = 0; list && i < length; i++) {
        PyObject *item = PyLong_FromLongLong(values[i]);
        if (!item) Py_CLEAR(list);
        else PyList_SET_ITEM(list, i, item);
    }
    return list;
}

#endif
