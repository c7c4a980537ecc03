/* Arguments from Python. */
#ifndef BENCH_HOST_PYTHON_H
#define BENCH_HOST_PYTHON_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

static PyObject *FloorError;

static int expects(const char *name, Py_ssize_t given, Py_ssize_t wanted) {
    if (given == wanted) return 1;
    PyErr_Format(PyExc_TypeError, "%s takes %zd arguments, %zd given", name, wanted, given);
    return 0;
}

/* int64 elements: a view of a buffer, or a copy of a list. */
typedef struct longs {
    const int64_t *data;
    Py_ssize_t length;
    int64_t *copy;
    Py_buffer view;
} longs;

static int longs_of_list(longs *into, PyObject *list) {
    into->length = PyList_GET_SIZE(list);
    int64_t *copy = PyMem_Malloc((size_t)into->length * sizeof *copy + 1);
    if (!copy) return PyErr_NoMemory(), 0;
    into->data = into->copy = copy;
    for (Py_ssize_t i = 0; i < into->length; i++) {
        copy[i] = PyLong_AsLongLong(PyList_GET_ITEM(list, i));
        if (copy[i] == -1 && PyErr_Occurred()) return PyMem_Free(copy), 0;
    }
    return 1;
}

static int longs_borrow(longs *into, PyObject *values) {
    memset(into, 0, sizeof *into);
    if (PyList_Check(values)) return longs_of_list(into, values);
    if (PyObject_GetBuffer(values, &into->view, PyBUF_FORMAT | PyBUF_C_CONTIGUOUS)) return 0;
    if (into->view.itemsize != 8 || !strchr("lq", into->view.format[0])) {
        PyBuffer_Release(&into->view);
        PyErr_SetString(PyExc_TypeError, "the elements must be int64");
        return 0;
    }
    into->data = into->view.buf;
    into->length = into->view.len / 8;
    return 1;
}

static void longs_release(longs *values) {
    if (values->copy) {
        PyMem_Free(values->copy);
    } else {
        PyBuffer_Release(&values->view);
    }
}

#endif
