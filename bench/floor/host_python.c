/* Calls from Python, written by hand: an extension over any guest's table.
 * METH_FASTCALL, with the GIL released around each call. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <dlfcn.h>

#include "guest.h"
#include "host_python.h"
#include "list.h"

static const floor_guest *guest;
static PyTypeObject *ReferenceType;

/* The thread state that this thread released the GIL with, for functions that call
 * back. */
static _Thread_local PyThreadState *left;

#define WITHOUT_GIL(call)               \
    do {                                \
        left = PyEval_SaveThread();     \
        call;                           \
        PyEval_RestoreThread(left);     \
    } while (0)

static PyObject *raise(char *error) {
    PyErr_SetString(FloorError, error);
    free(error);
    return NULL;
}

static PyObject *returned(floor_result result) {
    return result.error ? raise(result.error) : PyLong_FromLongLong(result.value);
}

static PyObject *nothing(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self, (void)args;
    if (!expects("nothing", n, 0)) return NULL;
    char *error;
    WITHOUT_GIL(error = guest->nothing());
    if (error) return raise(error);
    Py_RETURN_NONE;
}

static PyObject *fail(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self, (void)args;
    if (!expects("fail", n, 0)) return NULL;
    char *error;
    WITHOUT_GIL(error = guest->fail());
    if (error) return raise(error);
    Py_RETURN_NONE;
}

static PyObject *calls(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self, (void)args;
    if (!expects("calls", n, 0)) return NULL;
    floor_result result;
    WITHOUT_GIL(result = guest->calls());
    return returned(result);
}

static PyObject *echo(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self;
    if (!expects("echo", n, 1)) return NULL;
    int64_t value = PyLong_AsLongLong(args[0]);
    if (value == -1 && PyErr_Occurred()) return NULL;
    floor_result result;
    WITHOUT_GIL(result = guest->echo(value));
    return returned(result);
}

static PyObject *text(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self;
    if (!expects("text", n, 1)) return NULL;
    Py_ssize_t length;
    const char *utf8 = PyUnicode_AsUTF8AndSize(args[0], &length);
    if (!utf8) return NULL;
    char room[256];
    floor_text text;
    WITHOUT_GIL(text = guest->text(utf8, length, room, sizeof room));
    if (text.length < 0) return raise(text.data);
    PyObject *result = PyUnicode_DecodeUTF8(text.data, text.length, NULL);
    if (text.data != room) free(text.data);
    return result;
}

static PyObject *sum(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self;
    longs values;
    if (!expects("sum", n, 1) || !longs_borrow(&values, args[0])) return NULL;
    floor_result result;
    WITHOUT_GIL(result = guest->sum(values.data, values.length));
    longs_release(&values);
    return returned(result);
}

static PyObject *numbers(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self, (void)args;
    if (!expects("numbers", n, 0)) return NULL;
    floor_longs longs;
    WITHOUT_GIL(longs = guest->numbers());
    if (longs.length < 0) return raise(longs.data);
    PyObject *list = list_of(longs.data, longs.length);
    free(longs.data);
    return list;
}

/* ------------------------------------------------- objects and callbacks */

/* An object or a function in the guest. */
typedef struct reference {
    PyObject_HEAD
    int64_t ref;
    PyObject *keeps;
} reference;

static PyObject *reference_to(floor_result made, PyObject *keeps) {
    if (made.error) return raise(made.error);
    reference *object = PyObject_New(reference, ReferenceType);
    if (!object) return NULL;
    object->ref = made.value;
    object->keeps = Py_XNewRef(keeps);
    return (PyObject *)object;
}

static void release(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    WITHOUT_GIL(guest->release(((reference *)self)->ref));
    Py_XDECREF(((reference *)self)->keeps);
    PyObject_Free(self);
    Py_DECREF(type);
}

static int referenced(PyObject *object, int64_t *ref) {
    if (!Py_IS_TYPE(object, ReferenceType)) {
        PyErr_SetString(PyExc_TypeError, "an object of the guest is needed");
        return 0;
    }
    *ref = ((reference *)object)->ref;
    return 1;
}

static PyObject *counter(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self, (void)args;
    if (!expects("counter", n, 0)) return NULL;
    floor_result made;
    WITHOUT_GIL(made = guest->make());
    return reference_to(made, NULL);
}

static PyObject *increment(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self;
    int64_t object;
    if (!expects("increment", n, 1) || !referenced(args[0], &object)) return NULL;
    floor_result result;
    WITHOUT_GIL(result = guest->increment(object));
    return returned(result);
}

static floor_result called(PyObject *function, int64_t value) {
    PyObject *arg = PyLong_FromLongLong(value);
    PyObject *answer = arg ? PyObject_CallOneArg(function, arg) : NULL;
    floor_result result = {answer ? PyLong_AsLongLong(answer) : -1, NULL};
    Py_XDECREF(answer);
    Py_XDECREF(arg);
    if (result.value == -1 && PyErr_Occurred()) {
        PyErr_WriteUnraisable(function);
        result.error = strdup("the function failed");
    }
    return result;
}

static floor_result call_python(void *function, int64_t value) {
    PyEval_RestoreThread(left);
    floor_result result = called(function, value);
    left = PyEval_SaveThread();
    return result;
}

static PyObject *bind(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self;
    if (!expects("bind", n, 1)) return NULL;
    floor_result made;
    WITHOUT_GIL(made = guest->bind(call_python, args[0]));
    return reference_to(made, args[0]);
}

static PyObject *apply(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self;
    int64_t bound;
    if (!expects("apply", n, 2) || !referenced(args[0], &bound)) return NULL;
    int64_t value = PyLong_AsLongLong(args[1]);
    if (value == -1 && PyErr_Occurred()) return NULL;
    floor_result result;
    WITHOUT_GIL(result = guest->apply(bound, value));
    return returned(result);
}

/* ------------------------------------------------------------------ start */

static PyObject *open_guest(PyObject *self, PyObject *args) {
    (void)self;
    const char *library, *fixture;
    if (!PyArg_ParseTuple(args, "ss", &library, &fixture)) return NULL;
    void *so = dlopen(library, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    const floor_guest *(*get)(void) = NULL;
    if (so) *(void **)&get = dlsym(so, "floor_guest_get");
    if (!get) return PyErr_SetString(PyExc_OSError, dlerror()), NULL;
    guest = get();
    char *error = guest->open(fixture);
    if (error) return raise(error);
    Py_RETURN_NONE;
}

#define FAST(name) {#name, (PyCFunction)(void (*)(void))name, METH_FASTCALL, NULL}
static PyMethodDef methods[] = {
    {"open", open_guest, METH_VARARGS, NULL},
    FAST(nothing), FAST(calls), FAST(echo), FAST(text), FAST(sum), FAST(numbers),
    FAST(counter), FAST(increment), FAST(bind), FAST(apply), FAST(fail), {NULL, NULL, 0, NULL},
};
static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "floor_python", .m_size = -1, .m_methods = methods};
static PyType_Slot slots[] = {{Py_tp_dealloc, release}, {0, NULL}};
static PyType_Spec spec = {
    "floor_python.Reference", sizeof(reference), 0, Py_TPFLAGS_DEFAULT, slots};

PyMODINIT_FUNC PyInit_floor_python(void) {
    PyObject *module = PyModule_Create(&definition);
    if (!module) return NULL;
    FloorError = PyErr_NewException("floor_python.FloorError", PyExc_RuntimeError, NULL);
    ReferenceType = (PyTypeObject *)PyType_FromModuleAndSpec(module, &spec, NULL);
    if (!ReferenceType || PyModule_AddObjectRef(module, "FloorError", FloorError)) return NULL;
    return module;
}
