/* Python -> Go by hand: the least that a call can cost. One frame on the stack
 * for each call, the GIL released around it. */
#include "floor.h"

#include <dlfcn.h>

#include "../go/frame.h"

static struct {
    frame_call nothing, calls, echo, text, sum, fail, new_counter, increment, delete;
} go;
static PyTypeObject *CounterType;

typedef struct crossing {
    frame frame;
    slot arg, ret;
    uint8_t arena[256];
} crossing;

static int cross(crossing *c, frame_call call) {
    c->frame = (frame){&c->arg, &c->ret, c->arena, sizeof c->arena, NULL};
    PyThreadState *state = PyEval_SaveThread();
    int status = call(&c->frame);
    PyEval_RestoreThread(state);
    return status;
}

static PyObject *string_of(crossing *c) {
    PyObject *text =
        PyUnicode_DecodeUTF8(c->ret.as.data, (Py_ssize_t)c->ret.length, NULL);
    if (c->frame.overflow) free(c->frame.overflow);
    return text;
}

static PyObject *raise(crossing *c) {
    PyObject *text = string_of(c);
    if (text) PyErr_SetObject(FloorError, text);
    Py_XDECREF(text);
    return NULL;
}

static PyObject *returns_int64(crossing *c, frame_call call) {
    return cross(c, call) ? raise(c) : PyLong_FromLongLong(c->ret.as.i64);
}

static PyObject *returns_nothing(crossing *c, frame_call call) {
    if (cross(c, call)) return raise(c);
    Py_RETURN_NONE;
}

static PyObject *nothing(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self, (void)args;
    crossing c;
    return expects("nothing", n, 0) ? returns_nothing(&c, go.nothing) : NULL;
}

static PyObject *calls(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self, (void)args;
    crossing c;
    return expects("calls", n, 0) ? returns_int64(&c, go.calls) : NULL;
}

static PyObject *fail(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self, (void)args;
    crossing c;
    return expects("fail", n, 0) ? returns_nothing(&c, go.fail) : NULL;
}

static PyObject *echo(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self;
    if (!expects("echo", n, 1)) return NULL;
    long long value = PyLong_AsLongLong(args[0]);
    if (value == -1 && PyErr_Occurred()) return NULL;
    crossing c;
    c.arg = (slot){.tag = TAG_INT64, .as.i64 = value};
    return returns_int64(&c, go.echo);
}

static PyObject *text(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self;
    if (!expects("text", n, 1)) return NULL;
    Py_ssize_t length;
    const char *utf8 = PyUnicode_AsUTF8AndSize(args[0], &length);
    if (!utf8) return NULL;
    crossing c;
    c.arg = (slot){.tag = TAG_STRING, .length = (uint64_t)length, .as.data = utf8};
    return cross(&c, go.text) ? raise(&c) : string_of(&c);
}

static PyObject *sum(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self;
    longs values;
    if (!expects("sum", n, 1) || !longs_borrow(&values, args[0])) return NULL;
    crossing c;
    c.arg = (slot){
        .tag = TAG_INT64_ARRAY, .length = (uint64_t)values.length, .as.data = values.data};
    PyObject *result = returns_int64(&c, go.sum);
    longs_release(&values);
    return result;
}

static PyObject *counter(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self, (void)args;
    crossing c;
    if (!expects("counter", n, 0)) return NULL;
    if (cross(&c, go.new_counter)) return raise(&c);
    reference *made = PyObject_New(reference, CounterType);
    if (made) made->ref = (void *)c.ret.as.i64;
    return (PyObject *)made;
}

static PyObject *increment(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self;
    if (!expects("increment", n, 1) || !reference_check(args[0], CounterType)) return NULL;
    crossing c;
    c.arg = (slot){.tag = TAG_OBJECT, .as.i64 = (int64_t)((reference *)args[0])->ref};
    return returns_int64(&c, go.increment);
}

static void delete_counter(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    crossing c;
    c.arg = (slot){.tag = TAG_OBJECT, .as.i64 = (int64_t)((reference *)self)->ref};
    cross(&c, go.delete);
    PyObject_Free(self);
    Py_DECREF(type);
}

static int bind(void *library, const char *name, frame_call *into) {
    *(void **)into = dlsym(library, name);
    if (!*into) PyErr_Format(PyExc_OSError, "the library exports no %s", name);
    return *into != NULL;
}

static PyObject *open_library(PyObject *self, PyObject *path) {
    (void)self;
    const char *name = PyUnicode_AsUTF8(path);
    if (!name) return NULL;
    void *so = dlopen(name, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (!so) return PyErr_SetString(PyExc_OSError, dlerror()), NULL;
    if (bind(so, "FloorNothing", &go.nothing) && bind(so, "FloorCalls", &go.calls) &&
        bind(so, "FloorEcho", &go.echo) && bind(so, "FloorText", &go.text) &&
        bind(so, "FloorSum", &go.sum) && bind(so, "FloorFail", &go.fail) &&
        bind(so, "FloorNewCounter", &go.new_counter) &&
        bind(so, "FloorIncrement", &go.increment) && bind(so, "FloorDelete", &go.delete))
        Py_RETURN_NONE;
    return NULL;
}

#define FAST(name) {#name, (PyCFunction)(void (*)(void))name, METH_FASTCALL, NULL}
static PyMethodDef methods[] = {
    {"open", open_library, METH_O, NULL},
    FAST(nothing), FAST(calls), FAST(echo), FAST(text), FAST(sum), FAST(counter),
    FAST(increment), FAST(fail), {NULL, NULL, 0, NULL},
};
static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "floor_go", .m_size = -1, .m_methods = methods};

PyMODINIT_FUNC PyInit_floor_go(void) {
    PyObject *module = PyModule_Create(&definition);
    if (!module) return NULL;
    FloorError = PyErr_NewException("floor_go.FloorError", PyExc_RuntimeError, NULL);
    CounterType = reference_type(module, "floor_go.Counter", delete_counter);
    if (!CounterType || PyModule_AddObjectRef(module, "FloorError", FloorError)) return NULL;
    return module;
}
