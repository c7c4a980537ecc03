/* Java's strings: through UTF-16, because JNI's UTF-8 is not UTF-8, with a fast path
 * for ASCII. */
#ifndef BENCH_UTF16_H
#define BENCH_UTF16_H

#include <jni.h>
#include <stdint.h>
#include <stdlib.h>

enum { FEW = 256 };

/* On the stack if it is short. */
typedef struct utf16 {
    jchar *data;
    jsize length;
    jchar few[FEW];
} utf16;

static int utf16_reserve(utf16 *text, int64_t length) {
    text->data = length <= FEW ? text->few : malloc((size_t)length * sizeof(jchar));
    return text->data != NULL;
}

static void utf16_free(utf16 *text) {
    if (text->data != text->few) free(text->data);
}

static uint32_t utf8_next(const unsigned char **at) {
    const unsigned char *p = *at;
    int more = p[0] < 0x80 ? 0 : p[0] < 0xE0 ? 1 : p[0] < 0xF0 ? 2 : 3;
    uint32_t code = more ? p[0] & (0x3F >> more) : p[0];
    for (int i = 1; i <= more; i++) code = code << 6 | (p[i] & 0x3F);
    *at = p + more + 1;
    return code;
}

/* Well-formed UTF-8 only: hosts guarantee that. */
static int utf16_of_utf8(utf16 *into, const char *utf8, int64_t length) {
    const unsigned char *at = (const unsigned char *)utf8, *end = at + length;
    if (!utf16_reserve(into, length)) return 0;
    jchar *out = into->data;
    while (at < end) {
        uint32_t code = *at < 0x80 ? *at++ : utf8_next(&at);
        if (code >= 0x10000) *out++ = (jchar)(0xD800 + ((code - 0x10000) >> 10));
        *out++ = (jchar)(code >= 0x10000 ? 0xDC00 + (code & 0x3FF) : code);
    }
    into->length = (jsize)(out - into->data);
    return 1;
}

static int utf16_of_java(utf16 *into, JNIEnv *env, jstring text) {
    into->length = (*env)->GetStringLength(env, text);
    if (!utf16_reserve(into, into->length)) return 0;
    (*env)->GetStringRegion(env, text, 0, into->length, into->data);
    return 1;
}

static char *utf8_put(char *out, uint32_t code) {
    if (code < 0x80) return *out++ = (char)code, out;
    int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    *out++ = (char)((0xFF00 >> (more + 1)) | code >> (6 * more));
    while (more--) *out++ = (char)(0x80 | ((code >> (6 * more)) & 0x3F));
    return out;
}

/* `into` has room for three bytes a unit. */
static int64_t utf8_of_utf16(char *into, const utf16 *text) {
    char *out = into;
    for (jsize i = 0; i < text->length; i++) {
        uint32_t code = text->data[i];
        if ((code & 0xFC00) == 0xD800 && i + 1 < text->length)
            code = 0x10000 + ((code & 0x3FF) << 10) + (text->data[++i] & 0x3FF);
        out = utf8_put(out, code);
    }
    return out - into;
}

#endif
