/* Calls into Python, written by hand with CPython's C API: the least that a call can
 * cost. Functions are looked up once, each thread keeps its thread state. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <structmember.h>

#include "guest.h"
#include "list.h"

static PyInterpreterState *interpreter;
static _Thread_local PyThreadState *mine;
static struct {
    PyObject *nothing, *calls, *echo, *text, *sum, *numbers, *fail, *counter, *increment, *apply;
} python;

static void enter(void) {
    if (!mine) mine = PyThreadState_New(interpreter);
    PyEval_RestoreThread(mine);
}

static void leave(void) { PyEval_SaveThread(); }

/* ----------------------------------------------------------------- errors */

/* The message of the exception that Python raised. */
static char *raised(void) {
    PyObject *type, *value, *trace;
    PyErr_Fetch(&type, &value, &trace);
    PyObject *described = value ? PyObject_Str(value) : NULL;
    Py_ssize_t length = 1;
    const char *utf8 = described ? PyUnicode_AsUTF8AndSize(described, &length) : NULL;
    char *error = utf8 ? floor_error(utf8, (size_t)length) : floor_error("?", 1);
    PyErr_Clear();
    Py_XDECREF(described);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(trace);
    return error;
}

/* ------------------------------------------------------------------ calls */

static char *returns_nothing(PyObject *returned) {
    if (!returned) return raised();
    Py_DECREF(returned);
    return NULL;
}

static floor_result returns_int64(PyObject *returned) {
    if (!returned) return floor_failed(raised());
    floor_result result = {PyLong_AsLongLong(returned), NULL};
    Py_DECREF(returned);
    if (result.value == -1 && PyErr_Occurred()) result.error = raised();
    return result;
}

/* Calls with arguments that were created for the call. */
static PyObject *called(PyObject *function, PyObject *arg) {
    PyObject *returned = arg ? PyObject_CallOneArg(function, arg) : NULL;
    Py_XDECREF(arg);
    return returned;
}

static char *nothing(void) {
    enter();
    char *error = returns_nothing(PyObject_CallNoArgs(python.nothing));
    leave();
    return error;
}

static char *fail(void) {
    enter();
    char *error = returns_nothing(PyObject_CallNoArgs(python.fail));
    leave();
    return error;
}

static floor_result calls(void) {
    enter();
    floor_result result = returns_int64(PyObject_CallNoArgs(python.calls));
    leave();
    return result;
}

static floor_result echo(int64_t value) {
    enter();
    floor_result result = returns_int64(called(python.echo, PyLong_FromLongLong(value)));
    leave();
    return result;
}

static floor_text returns_text(PyObject *returned, char *into, int64_t room) {
    Py_ssize_t length;
    const char *utf8 = returned ? PyUnicode_AsUTF8AndSize(returned, &length) : NULL;
    if (!utf8) {
        Py_XDECREF(returned);
        return floor_text_failed(raised());
    }
    floor_text text = {floor_room(into, room, length), length};
    memcpy(text.data, utf8, (size_t)length);
    Py_DECREF(returned);
    return text;
}

static floor_text text(const char *data, int64_t length, char *into, int64_t room) {
    enter();
    PyObject *arg = PyUnicode_DecodeUTF8(data, length, NULL);
    floor_text result = returns_text(called(python.text, arg), into, room);
    leave();
    return result;
}

static floor_result sum(const int64_t *values, int64_t length) {
    enter();
    floor_result result = returns_int64(called(python.sum, list_of(values, length)));
    leave();
    return result;
}

static floor_longs returns_longs(PyObject *list) {
    if (!list) return floor_longs_failed(raised());
    floor_longs longs = floor_longs_new(PyList_GET_SIZE(list));
    int64_t *into = longs.data;
    for (int64_t i = 0; i < longs.length; i++) {
        into[i] = PyLong_AsLongLong(PyList_GET_ITEM(list, i));
        if (into[i] == -1 && PyErr_Occurred()) {
            free(into);
            longs = floor_longs_failed(raised());
        }
    }
    Py_DECREF(list);
    return longs;
}

static floor_longs numbers(void) {
    enter();
    floor_longs longs = returns_longs(PyObject_CallNoArgs(python.numbers));
    leave();
    return longs;
}

/* ---------------------------------------------------------------- objects */

static floor_result returns_object(PyObject *made) {
    return made ? (floor_result){(int64_t)(intptr_t)made, NULL} : floor_failed(raised());
}

static floor_result make(void) {
    enter();
    floor_result result = returns_object(PyObject_CallNoArgs(python.counter));
    leave();
    return result;
}

static floor_result increment(int64_t object) {
    enter();
    PyObject *self = (PyObject *)(intptr_t)object;
    floor_result result = returns_int64(PyObject_CallMethodNoArgs(self, python.increment));
    leave();
    return result;
}

static void release(int64_t object) {
    enter();
    Py_DECREF((PyObject *)(intptr_t)object);
    leave();
}

/* -------------------------------------------------------------- callbacks */

typedef struct host_function {
    PyObject_HEAD
    vectorcallfunc call;
    floor_function function;
    void *context;
} host_function;

static PyTypeObject *HostFunction;

static PyObject *call_host(PyObject *self, PyObject *const *args, size_t n, PyObject *names) {
    host_function *host = (host_function *)self;
    if (PyVectorcall_NARGS(n) != 1 || names)
        return PyErr_SetString(PyExc_TypeError, "exactly one argument is needed"), NULL;
    long long value = PyLong_AsLongLong(args[0]);
    if (value == -1 && PyErr_Occurred()) return NULL;
    leave();
    floor_result result = host->function(host->context, value);
    enter();
    if (!result.error) return PyLong_FromLongLong(result.value);
    PyErr_SetString(PyExc_RuntimeError, result.error);
    free(result.error);
    return NULL;
}

static floor_result bind(floor_function function, void *context) {
    enter();
    host_function *bound = PyObject_New(host_function, HostFunction);
    if (bound) {
        bound->call = call_host;
        bound->function = function;
        bound->context = context;
    }
    floor_result result = returns_object((PyObject *)bound);
    leave();
    return result;
}

static floor_result apply(int64_t bound, int64_t value) {
    enter();
    PyObject *arg = PyLong_FromLongLong(value);
    PyObject *args[] = {(PyObject *)(intptr_t)bound, arg};
    floor_result result =
        returns_int64(arg ? PyObject_Vectorcall(python.apply, args, 2, NULL) : NULL);
    Py_XDECREF(arg);
    leave();
    return result;
}

/* ------------------------------------------------------------------ start */

static PyMemberDef members[] = {
    {"__vectorcalloffset__", T_PYSSIZET, offsetof(host_function, call), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};
static PyType_Slot slots[] = {
    {Py_tp_call, PyVectorcall_Call}, {Py_tp_members, members}, {0, NULL}};
static PyType_Spec spec = {"floor.HostFunction", sizeof(host_function), 0,
                           Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_VECTORCALL, slots};

static int find_functions(PyObject *module) {
    python.nothing = PyObject_GetAttrString(module, "nothing");
    python.calls = PyObject_GetAttrString(module, "calls");
    python.echo = PyObject_GetAttrString(module, "echo");
    python.text = PyObject_GetAttrString(module, "text");
    python.sum = PyObject_GetAttrString(module, "sum");
    python.numbers = PyObject_GetAttrString(module, "numbers");
    python.fail = PyObject_GetAttrString(module, "fail");
    python.counter = PyObject_GetAttrString(module, "Counter");
    python.apply = PyObject_GetAttrString(module, "apply");
    python.increment = PyUnicode_InternFromString("increment");
    HostFunction = (PyTypeObject *)PyType_FromSpec(&spec);
    return !PyErr_Occurred();
}

static int import_from(const char *folder) {
    PyObject *path = PySys_GetObject("path"), *entry = PyUnicode_FromString(folder);
    if (!path || !entry || PyList_Insert(path, 0, entry)) return 0;
    Py_DECREF(entry);
    PyObject *module = PyImport_ImportModule("bench_guest");
    return module && find_functions(module);
}

/* Imports the module of `folder` in this process's interpreter. */
static char *open_module(const char *folder) {
    if (!Py_IsInitialized()) return strdup("no Python runs in this process");
    interpreter = PyInterpreterState_Main();
    enter();
    char *error = import_from(folder) ? NULL : raised();
    leave();
    return error;
}

const floor_guest *floor_guest_get(void) {
    static const floor_guest guest = {.open = open_module, .nothing = nothing, .calls = calls,
        .echo = echo, .text = text, .sum = sum, .numbers = numbers, .fail = fail, .make = make,
        .increment = increment, .bind = bind, .apply = apply, .release = release};
    return &guest;
}
