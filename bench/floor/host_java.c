/* Calls from Java, written by hand: the native methods of bench.host.Floor over any
 * guest's table. */
#include <dlfcn.h>
#include <jni.h>

#include "guest.h"
#include "utf16.h"

#define NATIVE(type, name) \
    JNIEXPORT type JNICALL Java_bench_host_Floor_##name

static const floor_guest *guest;
static JavaVM *vm;
static _Thread_local JNIEnv *current;
static jclass error_class;
static jmethodID apply_as_long;

static void throw(JNIEnv *env, char *error) {
    (*env)->ThrowNew(env, error_class, error);
    free(error);
}

static jlong returned(JNIEnv *env, floor_result result) {
    if (result.error) throw(env, result.error);
    return result.value;
}

NATIVE(void, nothing)(JNIEnv *env, jclass class) {
    (void)class;
    char *error = guest->nothing();
    if (error) throw(env, error);
}

NATIVE(void, fail)(JNIEnv *env, jclass class) {
    (void)class;
    char *error = guest->fail();
    if (error) throw(env, error);
}

NATIVE(jlong, count)(JNIEnv *env, jclass class) {
    (void)class;
    return returned(env, guest->calls());
}

NATIVE(jlong, echo)(JNIEnv *env, jclass class, jlong value) {
    (void)class;
    return returned(env, guest->echo(value));
}

static jstring java_of(JNIEnv *env, floor_text text) {
    utf16 wide;
    if (!utf16_of_utf8(&wide, text.data, text.length)) abort();
    jstring made = (*env)->NewString(env, wide.data, wide.length);
    utf16_free(&wide);
    return made;
}

NATIVE(jstring, text)(JNIEnv *env, jclass class, jstring value) {
    (void)class;
    utf16 wide;
    char few[3 * FEW], room[3 * FEW];
    if (!utf16_of_java(&wide, env, value)) abort();
    char *utf8 = floor_room(few, sizeof few, 3 * (int64_t)wide.length);
    int64_t length = utf8_of_utf16(utf8, &wide);
    floor_text text = guest->text(utf8, length, room, sizeof room);
    if (utf8 != few) free(utf8);
    utf16_free(&wide);
    if (text.length < 0) return throw(env, text.data), NULL;
    jstring result = java_of(env, text);
    if (text.data != room) free(text.data);
    return result;
}

/* Copied: the memory of a Java array may only be borrowed while nothing is called. */
NATIVE(jlong, sum)(JNIEnv *env, jclass class, jlongArray values) {
    (void)class;
    jsize length = (*env)->GetArrayLength(env, values);
    int64_t *copy = malloc((size_t)length * sizeof *copy + 1);
    if (!copy) abort();
    (*env)->GetLongArrayRegion(env, values, 0, length, (jlong *)copy);
    floor_result result = guest->sum(copy, length);
    free(copy);
    return returned(env, result);
}

NATIVE(jlongArray, numbers)(JNIEnv *env, jclass class) {
    (void)class;
    floor_longs longs = guest->numbers();
    if (longs.length < 0) return throw(env, longs.data), NULL;
    jlongArray array = (*env)->NewLongArray(env, (jsize)longs.length);
    if (array) (*env)->SetLongArrayRegion(env, array, 0, (jsize)longs.length, longs.data);
    free(longs.data);
    return array;
}

NATIVE(jlong, make)(JNIEnv *env, jclass class) {
    (void)class;
    return returned(env, guest->make());
}

NATIVE(jlong, increment)(JNIEnv *env, jclass class, jlong object) {
    (void)class;
    return returned(env, guest->increment(object));
}

/* -------------------------------------------------------------- callbacks */

static JNIEnv *environment(void) {
    if (!current) (*vm)->AttachCurrentThreadAsDaemon(vm, (void **)&current, NULL);
    return current;
}

static floor_result call_java(void *function, int64_t value) {
    JNIEnv *env = environment();
    jvalue arg = {.j = value};
    jlong result = (*env)->CallLongMethodA(env, function, apply_as_long, &arg);
    if (!(*env)->ExceptionCheck(env)) return (floor_result){result, NULL};
    (*env)->ExceptionClear(env);
    return floor_failed(strdup("the function threw"));
}

NATIVE(jlong, bind)(JNIEnv *env, jclass class, jobject function) {
    (void)class;
    return returned(env, guest->bind(call_java, (*env)->NewGlobalRef(env, function)));
}

NATIVE(jlong, apply)(JNIEnv *env, jclass class, jlong bound, jlong value) {
    (void)class;
    return returned(env, guest->apply(bound, value));
}

/* ------------------------------------------------------------------ start */

static const floor_guest *table(const char *library) {
    void *so = dlopen(library, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    const floor_guest *(*get)(void) = NULL;
    if (so) *(void **)&get = dlsym(so, "floor_guest_get");
    return get ? get() : NULL;
}

NATIVE(void, open)(JNIEnv *env, jclass class, jstring library, jstring fixture) {
    (void)class;
    (*env)->GetJavaVM(env, &vm);
    error_class = (*env)->NewGlobalRef(env, (*env)->FindClass(env, "java/lang/RuntimeException"));
    jclass operators = (*env)->FindClass(env, "java/util/function/LongUnaryOperator");
    apply_as_long = (*env)->GetMethodID(env, operators, "applyAsLong", "(J)J");
    const char *path = (*env)->GetStringUTFChars(env, library, NULL);
    const char *what = (*env)->GetStringUTFChars(env, fixture, NULL);
    guest = table(path);
    char *error = guest ? guest->open(what) : strdup(dlerror());
    if (error) throw(env, error);
    (*env)->ReleaseStringUTFChars(env, fixture, what);
    (*env)->ReleaseStringUTFChars(env, library, path);
}
