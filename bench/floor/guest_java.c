/* Calls into Java, written by hand with JNI: the least that a call can cost. Ids are
 * looked up once, arguments are passed as jvalue, threads stay attached. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>

#include "guest.h"
#include "utf16.h"

static JavaVM *vm;
static _Thread_local JNIEnv *attached;
static struct {
    jclass bench, native, error;
    jmethodID nothing, calls, echo, text, sum, numbers, fail, make, increment, bind, apply, to_string;
} java;

static JNIEnv *environment(void) {
    if (!attached) (*vm)->AttachCurrentThreadAsDaemon(vm, (void **)&attached, NULL);
    return attached;
}

/* ------------------------------------------------------------------ texts */

static floor_text text_of_java(JNIEnv *env, jstring text, char *into, int64_t room) {
    utf16 wide;
    if (!utf16_of_java(&wide, env, text)) abort();
    floor_text result = {floor_room(into, room, 3 * (int64_t)wide.length), 0};
    result.length = utf8_of_utf16(result.data, &wide);
    utf16_free(&wide);
    return result;
}

/* The exception that Java threw: its type and its message. */
static char *thrown(JNIEnv *env) {
    jthrowable thrown = (*env)->ExceptionOccurred(env);
    (*env)->ExceptionClear(env);
    jstring described = (*env)->CallObjectMethodA(env, thrown, java.to_string, NULL);
    (*env)->ExceptionClear(env);
    (*env)->DeleteLocalRef(env, thrown);
    if (!described) return floor_error("?", 1);
    char room[512];
    floor_text text = text_of_java(env, described, room, sizeof room);
    (*env)->DeleteLocalRef(env, described);
    char *error = floor_error(text.data, (size_t)text.length);
    if (text.data != room) free(text.data);
    return error;
}

/* ------------------------------------------------------------------ calls */

static char *static_void(jmethodID method) {
    JNIEnv *env = environment();
    (*env)->CallStaticVoidMethodA(env, java.bench, method, NULL);
    return (*env)->ExceptionCheck(env) ? thrown(env) : NULL;
}

static floor_result static_long(JNIEnv *env, jmethodID method, const jvalue *args) {
    jlong result = (*env)->CallStaticLongMethodA(env, java.bench, method, args);
    if ((*env)->ExceptionCheck(env)) return floor_failed(thrown(env));
    return (floor_result){result, NULL};
}

static char *nothing(void) { return static_void(java.nothing); }

static char *fail(void) { return static_void(java.fail); }

static floor_result calls(void) { return static_long(environment(), java.calls, NULL); }

static floor_result echo(int64_t value) {
    jvalue arg = {.j = value};
    return static_long(environment(), java.echo, &arg);
}

static floor_text text(const char *data, int64_t length, char *into, int64_t room) {
    JNIEnv *env = environment();
    utf16 wide;
    if (!utf16_of_utf8(&wide, data, length)) abort();
    jvalue arg = {.l = (*env)->NewString(env, wide.data, wide.length)};
    utf16_free(&wide);
    if (!arg.l) return floor_text_failed(thrown(env));
    jstring returned = (*env)->CallStaticObjectMethodA(env, java.bench, java.text, &arg);
    floor_text result = (*env)->ExceptionCheck(env) ? floor_text_failed(thrown(env))
                                                    : text_of_java(env, returned, into, room);
    (*env)->DeleteLocalRef(env, returned);
    (*env)->DeleteLocalRef(env, arg.l);
    return result;
}

static floor_result sum(const int64_t *values, int64_t length) {
    JNIEnv *env = environment();
    jvalue arg = {.l = (*env)->NewLongArray(env, (jsize)length)};
    if (!arg.l) return floor_failed(thrown(env));
    (*env)->SetLongArrayRegion(env, arg.l, 0, (jsize)length, (const jlong *)values);
    floor_result result = static_long(env, java.sum, &arg);
    (*env)->DeleteLocalRef(env, arg.l);
    return result;
}

static floor_longs numbers(void) {
    JNIEnv *env = environment();
    jlongArray returned = (*env)->CallStaticObjectMethodA(env, java.bench, java.numbers, NULL);
    if ((*env)->ExceptionCheck(env)) return floor_longs_failed(thrown(env));
    floor_longs longs = floor_longs_new((*env)->GetArrayLength(env, returned));
    (*env)->GetLongArrayRegion(env, returned, 0, (jsize)longs.length, longs.data);
    (*env)->DeleteLocalRef(env, returned);
    return longs;
}

/* ---------------------------------------------------------------- objects */

static floor_result made(JNIEnv *env, jclass class, jmethodID constructor, const jvalue *args) {
    jobject local = (*env)->NewObjectA(env, class, constructor, args);
    if (!local) return floor_failed(thrown(env));
    floor_result result = {(int64_t)(intptr_t)(*env)->NewGlobalRef(env, local), NULL};
    (*env)->DeleteLocalRef(env, local);
    return result;
}

static floor_result make(void) { return made(environment(), java.bench, java.make, NULL); }

static floor_result increment(int64_t object) {
    JNIEnv *env = environment();
    jlong result = (*env)->CallLongMethodA(env, (jobject)(intptr_t)object, java.increment, NULL);
    if ((*env)->ExceptionCheck(env)) return floor_failed(thrown(env));
    return (floor_result){result, NULL};
}

static void release(int64_t object) {
    JNIEnv *env = environment();
    (*env)->DeleteGlobalRef(env, (jobject)(intptr_t)object);
}

/* -------------------------------------------------------------- callbacks */

static jlong JNICALL call_host(JNIEnv *env, jclass class, jlong function, jlong context,
                               jlong value) {
    (void)class;
    floor_result result = ((floor_function)(intptr_t)function)((void *)(intptr_t)context, value);
    if (result.error) {
        (*env)->ThrowNew(env, java.error, result.error);
        free(result.error);
    }
    return result.value;
}

static floor_result bind(floor_function function, void *context) {
    jvalue args[] = {{.j = (jlong)(intptr_t)function}, {.j = (jlong)(intptr_t)context}};
    return made(environment(), java.native, java.bind, args);
}

static floor_result apply(int64_t bound, int64_t value) {
    jvalue args[] = {{.l = (jobject)(intptr_t)bound}, {.j = value}};
    return static_long(environment(), java.apply, args);
}

/* ------------------------------------------------------------------ start */

static jclass kept(JNIEnv *env, jclass class) {
    return class ? (*env)->NewGlobalRef(env, class) : NULL;
}

static jclass defined(JNIEnv *env, const char *folder, const char *name) {
    char path[4096];
    jbyte bytes[16384];
    snprintf(path, sizeof path, "%s/%s.class", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    return kept(env, (*env)->DefineClass(env, name, NULL, bytes, (jsize)size));
}

static void find_methods(JNIEnv *env) {
    jclass bench = java.bench, object = (*env)->FindClass(env, "java/lang/Object");
    java.nothing = (*env)->GetStaticMethodID(env, bench, "nothing", "()V");
    java.calls = (*env)->GetStaticMethodID(env, bench, "calls", "()J");
    java.echo = (*env)->GetStaticMethodID(env, bench, "echo", "(J)J");
    java.text = (*env)->GetStaticMethodID(env, bench, "text",
                                          "(Ljava/lang/String;)Ljava/lang/String;");
    java.sum = (*env)->GetStaticMethodID(env, bench, "sum", "([J)J");
    java.numbers = (*env)->GetStaticMethodID(env, bench, "numbers", "()[J");
    java.fail = (*env)->GetStaticMethodID(env, bench, "fail", "()V");
    java.apply = (*env)->GetStaticMethodID(env, bench, "apply",
                                           "(Ljava/util/function/LongUnaryOperator;J)J");
    java.make = (*env)->GetMethodID(env, bench, "<init>", "()V");
    java.increment = (*env)->GetMethodID(env, bench, "increment", "()J");
    java.bind = (*env)->GetMethodID(env, java.native, "<init>", "(JJ)V");
    java.to_string = (*env)->GetMethodID(env, object, "toString", "()Ljava/lang/String;");
}

static int join(void) {
    void *libjvm = dlopen("libjvm.so", RTLD_NOW | RTLD_NOLOAD);
    jint (*get_vms)(JavaVM **, jsize, jsize *) = NULL;
    if (libjvm) *(void **)&get_vms = dlsym(libjvm, "JNI_GetCreatedJavaVMs");
    jsize found = 0;
    if (get_vms) get_vms(&vm, 1, &found);
    return found == 1;
}

/* Defines the classes of `folder` in this process's JVM. */
static char *open_classes(const char *folder) {
    if (!join()) return strdup("no JVM runs in this process");
    JNIEnv *env = environment();
    java.error = kept(env, (*env)->FindClass(env, "java/lang/RuntimeException"));
    java.bench = defined(env, folder, "bench/Bench");
    java.native = defined(env, folder, "bench/Native");
    JNINativeMethod natives[] = {{"call", "(JJJ)J", (void *)call_host}};
    if (java.bench && java.native) {
        find_methods(env);
        if (!(*env)->ExceptionCheck(env)) (*env)->RegisterNatives(env, java.native, natives, 1);
    }
    if (java.bench && java.native && !(*env)->ExceptionCheck(env)) return NULL;
    (*env)->ExceptionDescribe(env);
    return strdup("the classes of the benchmark do not match");
}

const floor_guest *floor_guest_get(void) {
    static const floor_guest guest = {.open = open_classes, .nothing = nothing, .calls = calls,
        .echo = echo, .text = text, .sum = sum, .numbers = numbers, .fail = fail, .make = make,
        .increment = increment, .bind = bind, .apply = apply, .release = release};
    return &guest;
}
