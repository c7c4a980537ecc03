/* Python -> Java by hand, through JNI: the least that a call can cost. Ids are
 * looked up once, arguments travel as jvalue, the GIL is released around each
 * call, threads stay attached. */
#include "floor.h"
#include "utf16.h"

static JavaVM *vm;
static _Thread_local JNIEnv *attached;
static PyTypeObject *BenchType;
static struct {
    jclass bench;
    jmethodID nothing, calls, echo, text, sum, fail, make, increment, to_string;
} java;

static JNIEnv *environment(void) {
    if (!attached) (*vm)->AttachCurrentThreadAsDaemon(vm, (void **)&attached, NULL);
    return attached;
}

/* ----------------------------------------------------------------- errors */

/* Raises what Java threw: its type and its message. */
static PyObject *raise(JNIEnv *env) {
    jthrowable thrown = (*env)->ExceptionOccurred(env);
    (*env)->ExceptionClear(env);
    PyThreadState *state = PyEval_SaveThread();
    jstring described = (*env)->CallObjectMethodA(env, thrown, java.to_string, NULL);
    utf16 text;
    int ok = described && utf16_of_java(&text, env, described);
    (*env)->ExceptionClear(env);
    (*env)->DeleteLocalRef(env, described);
    (*env)->DeleteLocalRef(env, thrown);
    PyEval_RestoreThread(state);
    if (!ok) return PyErr_SetString(FloorError, "an exception that cannot be described"), NULL;
    PyObject *message = python_of_utf16(&text);
    utf16_free(&text);
    if (message) PyErr_SetObject(FloorError, message);
    Py_XDECREF(message);
    return NULL;
}

/* ------------------------------------------------------------------ calls */

static PyObject *static_void(jmethodID method) {
    JNIEnv *env = environment();
    PyThreadState *state = PyEval_SaveThread();
    (*env)->CallStaticVoidMethodA(env, java.bench, method, NULL);
    int thrown = (*env)->ExceptionCheck(env);
    PyEval_RestoreThread(state);
    if (thrown) return raise(env);
    Py_RETURN_NONE;
}

static PyObject *static_long(jmethodID method, const jvalue *args) {
    JNIEnv *env = environment();
    PyThreadState *state = PyEval_SaveThread();
    jlong result = (*env)->CallStaticLongMethodA(env, java.bench, method, args);
    int thrown = (*env)->ExceptionCheck(env);
    PyEval_RestoreThread(state);
    return thrown ? raise(env) : PyLong_FromLongLong(result);
}

static PyObject *nothing(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self, (void)args;
    return expects("nothing", n, 0) ? static_void(java.nothing) : NULL;
}

static PyObject *fail(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self, (void)args;
    return expects("fail", n, 0) ? static_void(java.fail) : NULL;
}

static PyObject *calls(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self, (void)args;
    return expects("calls", n, 0) ? static_long(java.calls, NULL) : NULL;
}

static PyObject *echo(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self;
    if (!expects("echo", n, 1)) return NULL;
    jvalue value = {.j = PyLong_AsLongLong(args[0])};
    if (value.j == -1 && PyErr_Occurred()) return NULL;
    return static_long(java.echo, &value);
}

/* Without the GIL: `text` goes to Java, and what comes back replaces it. */
static int exchange(JNIEnv *env, utf16 *text) {
    jvalue arg = {.l = (*env)->NewString(env, text->data, text->length)};
    utf16_free(text);
    text->data = text->few;
    if (!arg.l) return 0;
    jstring result = (*env)->CallStaticObjectMethodA(env, java.bench, java.text, &arg);
    int ok = !(*env)->ExceptionCheck(env) && utf16_of_java(text, env, result);
    (*env)->DeleteLocalRef(env, result);
    (*env)->DeleteLocalRef(env, arg.l);
    return ok;
}

static PyObject *text(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self;
    utf16 text;
    if (!expects("text", n, 1) || !utf16_of_python(&text, args[0])) return NULL;
    JNIEnv *env = environment();
    PyThreadState *state = PyEval_SaveThread();
    int ok = exchange(env, &text);
    PyEval_RestoreThread(state);
    if (!ok) return raise(env);
    PyObject *result = python_of_utf16(&text);
    utf16_free(&text);
    return result;
}

static PyObject *sum(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self;
    longs values;
    if (!expects("sum", n, 1) || !longs_borrow(&values, args[0])) return NULL;
    JNIEnv *env = environment();
    PyThreadState *state = PyEval_SaveThread();
    jlong result = 0;
    jvalue arg = {.l = (*env)->NewLongArray(env, (jsize)values.length)};
    if (arg.l) {
        (*env)->SetLongArrayRegion(env, arg.l, 0, (jsize)values.length,
                                   (const jlong *)values.data);
        result = (*env)->CallStaticLongMethodA(env, java.bench, java.sum, &arg);
        (*env)->DeleteLocalRef(env, arg.l);
    }
    int thrown = (*env)->ExceptionCheck(env);
    PyEval_RestoreThread(state);
    longs_release(&values);
    return thrown ? raise(env) : PyLong_FromLongLong(result);
}

/* ---------------------------------------------------------------- objects */

static PyObject *counter(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self, (void)args;
    if (!expects("counter", n, 0)) return NULL;
    JNIEnv *env = environment();
    jobject made = (*env)->NewObjectA(env, java.bench, java.make, NULL);
    if (!made) return raise(env);
    reference *counter = PyObject_New(reference, BenchType);
    if (counter) counter->ref = (*env)->NewGlobalRef(env, made);
    (*env)->DeleteLocalRef(env, made);
    return (PyObject *)counter;
}

static PyObject *increment(PyObject *self, PyObject *const *args, Py_ssize_t n) {
    (void)self;
    if (!expects("increment", n, 1) || !reference_check(args[0], BenchType)) return NULL;
    jobject counter = ((reference *)args[0])->ref;
    JNIEnv *env = environment();
    PyThreadState *state = PyEval_SaveThread();
    jlong result = (*env)->CallLongMethodA(env, counter, java.increment, NULL);
    int thrown = (*env)->ExceptionCheck(env);
    PyEval_RestoreThread(state);
    return thrown ? raise(env) : PyLong_FromLongLong(result);
}

static void release(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    JNIEnv *env = environment();
    (*env)->DeleteGlobalRef(env, ((reference *)self)->ref);
    PyObject_Free(self);
    Py_DECREF(type);
}

/* ------------------------------------------------------------------ start */

static int find_methods(JNIEnv *env) {
    jclass bench = java.bench, object = (*env)->FindClass(env, "java/lang/Object");
    java.nothing = (*env)->GetStaticMethodID(env, bench, "nothing", "()V");
    java.calls = (*env)->GetStaticMethodID(env, bench, "calls", "()J");
    java.echo = (*env)->GetStaticMethodID(env, bench, "echo", "(J)J");
    java.text = (*env)->GetStaticMethodID(env, bench, "text",
                                          "(Ljava/lang/String;)Ljava/lang/String;");
    java.sum = (*env)->GetStaticMethodID(env, bench, "sum", "([J)J");
    java.fail = (*env)->GetStaticMethodID(env, bench, "fail", "()V");
    java.make = (*env)->GetMethodID(env, bench, "<init>", "()V");
    java.increment = (*env)->GetMethodID(env, bench, "increment", "()J");
    java.to_string = (*env)->GetMethodID(env, object, "toString", "()Ljava/lang/String;");
    return !(*env)->ExceptionCheck(env);
}

/* Joins the JVM that runs in this process, and defines the class in it. */
static PyObject *open_class(PyObject *self, PyObject *args) {
    (void)self;
    unsigned long long get_vms;
    const char *bytes;
    Py_ssize_t size;
    if (!PyArg_ParseTuple(args, "Ky#", &get_vms, &bytes, &size)) return NULL;
    jsize found = 0;
    ((jint(*)(JavaVM **, jsize, jsize *))(uintptr_t)get_vms)(&vm, 1, &found);
    if (!found) return PyErr_SetString(FloorError, "no JVM runs in this process"), NULL;
    JNIEnv *env = environment();
    jclass bench = (*env)->DefineClass(env, "bench/Bench", NULL, (const jbyte *)bytes,
                                       (jsize)size);
    java.bench = bench ? (*env)->NewGlobalRef(env, bench) : NULL;
    if (java.bench && find_methods(env)) Py_RETURN_NONE;
    (*env)->ExceptionDescribe(env);
    return PyErr_SetString(FloorError, "the class of the benchmark does not fit"), NULL;
}

#define FAST(name) {#name, (PyCFunction)(void (*)(void))name, METH_FASTCALL, NULL}
static PyMethodDef methods[] = {
    {"open", open_class, METH_VARARGS, NULL},
    FAST(nothing), FAST(calls), FAST(echo), FAST(text), FAST(sum), FAST(counter),
    FAST(increment), FAST(fail), {NULL, NULL, 0, NULL},
};
static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "floor_java", .m_size = -1, .m_methods = methods};

PyMODINIT_FUNC PyInit_floor_java(void) {
    PyObject *module = PyModule_Create(&definition);
    if (!module) return NULL;
    FloorError = PyErr_NewException("floor_java.FloorError", PyExc_RuntimeError, NULL);
    BenchType = reference_type(module, "floor_java.Bench", release);
    if (!BenchType || PyModule_AddObjectRef(module, "FloorError", FloorError)) return NULL;
    return module;
}
