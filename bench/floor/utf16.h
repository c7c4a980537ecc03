/* Strings between Python and Java: through UTF-16, because JNI's UTF-8 is not
 * UTF-8, with a short way for ASCII. */
#ifndef BENCH_UTF16_H
#define BENCH_UTF16_H

#include <Python.h>
#include <jni.h>
#include <stdlib.h>
#include <string.h>

/* On the stack while it is short. */
typedef struct utf16 {
    jchar *data;
    jsize length;
    jchar few[128];
} utf16;

static int utf16_reserve(utf16 *text, jsize length) {
    text->length = length;
    text->data = length <= (jsize)(sizeof text->few / sizeof *text->few)
                     ? text->few
                     : malloc((size_t)length * sizeof(jchar));
    return text->data != NULL;
}

static void utf16_free(utf16 *text) {
    if (text->data != text->few) free(text->data);
}

static int utf16_of_ascii(utf16 *into, const Py_UCS1 *ascii, jsize length) {
    if (!utf16_reserve(into, length)) return PyErr_NoMemory(), 0;
    for (jsize i = 0; i < length; i++) into->data[i] = ascii[i];
    return 1;
}

static int utf16_of_python(utf16 *into, PyObject *text) {
    if (!PyUnicode_Check(text)) return PyErr_SetString(PyExc_TypeError, "a str is needed"), 0;
    if (PyUnicode_IS_COMPACT_ASCII(text))
        return utf16_of_ascii(into, PyUnicode_1BYTE_DATA(text),
                              (jsize)PyUnicode_GET_LENGTH(text));
    PyObject *bytes = PyUnicode_AsUTF16String(text);
    if (!bytes) return 0;
    jsize length = (jsize)(PyBytes_GET_SIZE(bytes) / 2 - 1); /* without the mark */
    int room = utf16_reserve(into, length);
    if (room) memcpy(into->data, PyBytes_AS_STRING(bytes) + 2, (size_t)length * 2);
    Py_DECREF(bytes);
    return room ? 1 : (PyErr_NoMemory(), 0);
}

static int utf16_of_java(utf16 *into, JNIEnv *env, jstring text) {
    if (!utf16_reserve(into, (*env)->GetStringLength(env, text))) return 0;
    (*env)->GetStringRegion(env, text, 0, into->length, into->data);
    return 1;
}

static PyObject *python_of_utf16(const utf16 *text) {
    jchar seen = 0;
    for (jsize i = 0; i < text->length; i++) seen |= text->data[i];
    if (seen >= 0x80) {
        int native = 0;
        return PyUnicode_DecodeUTF16((const char *)text->data, (Py_ssize_t)text->length * 2,
                                     "surrogatepass", &native);
    }
    PyObject *result = PyUnicode_New(text->length, 127);
    if (!result) return NULL;
    Py_UCS1 *ascii = PyUnicode_1BYTE_DATA(result);
    for (jsize i = 0; i < text->length; i++) ascii[i] = (Py_UCS1)text->data[i];
    return result;
}

#endif
