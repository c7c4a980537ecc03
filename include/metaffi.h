/*
 * metaffi.h: the contract between hosts, the hub and runtime plugins.
 *
 * This file is the manual. For every struct and function it documents who owns
 * what, who releases it, and which threads may enter. `crates/abi` mirrors it
 * in Rust; a test compiles this header and compares every size, alignment and
 * offset with the mirror.
 *
 * Call path:   host -> hub (only at load time) -> runtime plugin -> guest code.
 * Once an entity is loaded, its calls do not pass through the hub: the host
 * calls `entity->call(entity->context, frame)`.
 *
 * Terms
 *   borrowed     valid until the call returns; the callee copies (or retains)
 *                what it needs afterwards.
 *   arena        lives in the call's frame; valid until the host resets or
 *                drops that frame.
 *   transferred  the receiver owns one reference and releases it exactly once,
 *                from any thread.
 *
 * Threads: every function here may be called from any thread, and from
 * several at once, unless its comment says otherwise. No lock of MetaFFI is
 * held while guest code runs. A host that passes something from here to another
 * thread must use its language's synchronisation for it (a lock, or release and
 * acquire), so that the other thread sees what the pointer refers to.
 *
 * Strings are (pointer, byte length), never NUL-terminated, and may contain
 * NUL. `metaffi_str` is always UTF-8.
 *
 * No function unwinds: a panic or an exception becomes a `metaffi_error`.
 */
#ifndef METAFFI_H
#define METAFFI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* --------------------------------------------------------------- versions */

/* Incremented for incompatible changes: sides of different versions refuse
 * each other. */
#define METAFFI_ABI_VERSION 1u
/* Incremented when fields are appended to structs. Code that does not know the
 * new fields is not affected: sides of different minor versions work together.
 *
 * A struct with a `struct_size` has the length that the header of its creator
 * defines, and contains that length. Fields are only ever appended, and only to
 * these structs. Every such struct has at least the fields of the first header
 * of its version, up to METAFFI_<STRUCT>_MIN_SIZE. The receiver of a shorter one
 * refuses it with METAFFI_ERROR_ABI or, if it is the table of an object, does
 * not query the object. A later field must only be read if METAFFI_COVERS says
 * that it is present; if it is not, everything works as before the field was
 * introduced. */
#define METAFFI_ABI_MINOR 2u

/* Bytes from the start of a struct to the end of a field. */
#define METAFFI_END_OF(type, field) (offsetof(type, field) + sizeof(((type *)0)->field))
/* Whether a struct includes a field. */
#define METAFFI_COVERS(pointer, type, field)                                                       \
    ((pointer)->struct_size >= METAFFI_END_OF(type, field))

/* Frozen. */
#define METAFFI_OBJECT_VTABLE_MIN_SIZE  METAFFI_END_OF(metaffi_object_vtable, describe)
#define METAFFI_ERROR_MIN_SIZE          METAFFI_END_OF(metaffi_error, release)
#define METAFFI_ENTITY_MIN_SIZE         METAFFI_END_OF(metaffi_entity, doc)
#define METAFFI_ENTITY_REQUEST_MIN_SIZE METAFFI_END_OF(metaffi_entity_request, nrets)
#define METAFFI_HUB_MIN_SIZE            METAFFI_END_OF(metaffi_hub, end_interrupt)
#define METAFFI_PLUGIN_MIN_SIZE         METAFFI_END_OF(metaffi_plugin, end_interrupt)

/* ------------------------------------------------------------------ types */

/* A scalar type is one bit. An array adds METAFFI_ARRAY, and a packed array (one
 * contiguous buffer, passed without a copy) METAFFI_ARRAY|METAFFI_PACKED.
 * METAFFI_ARRAY alone is an array of mixed or unknown elements. */
typedef uint32_t metaffi_type;
#define METAFFI_FLOAT64  (1u << 0)
#define METAFFI_FLOAT32  (1u << 1)
#define METAFFI_INT8     (1u << 2)
#define METAFFI_INT16    (1u << 3)
#define METAFFI_INT32    (1u << 4)
#define METAFFI_INT64    (1u << 5)
#define METAFFI_UINT8    (1u << 6)
#define METAFFI_UINT16   (1u << 7)
#define METAFFI_UINT32   (1u << 8)
#define METAFFI_UINT64   (1u << 9)
#define METAFFI_BOOL     (1u << 10)
#define METAFFI_CHAR8    (1u << 11)
#define METAFFI_STRING8  (1u << 12)
#define METAFFI_STRING16 (1u << 13)
#define METAFFI_STRING32 (1u << 14)
#define METAFFI_HANDLE   (1u << 15)
#define METAFFI_ARRAY    (1u << 16)
#define METAFFI_SIZE     (1u << 17)
#define METAFFI_ANY      (1u << 18)
#define METAFFI_NULL     (1u << 19)
#define METAFFI_CALLABLE (1u << 20)
#define METAFFI_CHAR16   (1u << 21)
#define METAFFI_CHAR32   (1u << 22)
#define METAFFI_PACKED   (1u << 24)

typedef struct metaffi_str {
    const char *data; /* may be NULL when length is 0 */
    uint64_t length;  /* bytes */
} metaffi_str;

/* A declared type. */
typedef struct metaffi_type_info {
    metaffi_type type;
    int32_t dims;      /* 0 scalar, n >= 1 array of that rank, -1 mixed or unknown */
    metaffi_str alias; /* the guest's own name for the type, or empty */
} metaffi_type_info;

/* ---------------------------------------------------------------- objects */

/* A counted reference to something that lives in one runtime: an object
 * (handle), a function (metaffi_callable) or a buffer (metaffi_buffer).
 * The holder of a reference releases it exactly once. To keep a borrowed object
 * beyond the call, retain it. */
typedef struct metaffi_object metaffi_object;

typedef uint32_t metaffi_status; /* 0 is success, else a METAFFI_ERROR_* kind */
typedef struct metaffi_frame metaffi_frame;

/* The generic convention: tagged values of any type. Re-entrant; any thread. */
typedef metaffi_status (*metaffi_call_fn)(void *context, metaffi_frame *frame);

typedef struct metaffi_object_vtable {
    uint32_t abi_version;
    uint32_t struct_size;
    void (*retain)(metaffi_object *self);
    /* Any thread, holding any lock: never blocks, and never runs guest code on
     * the caller's stack. */
    void (*release)(metaffi_object *self);
    /* 1 if the object is a metaffi_exact_object. */
    uint32_t exact;
    /* 1 if the object is a mapping, so that `entries` returns something. 0 if unknown. */
    uint32_t mapping;
    /* The following functions query an object, so that the receiver can create its
     * own equivalent: a list where a list is declared, an object with the methods
     * of an interface. They are called with the object as the context. A function is
     * NULL if the language does not support it.
     *
     * () -> (array): the items that iterating over the object yields, as an array of
     * any type. The result is null if the object is not iterable, or is a mapping.
     * An iterator is consumed. */
    metaffi_call_fn items;
    /* () -> (array, array): the keys and the values of a mapping, of equal number;
     * both are null if the object is not a mapping. */
    metaffi_call_fn entries;
    /* (string8) -> (callable): the method with that name, bound to the object; null
     * if there is none. An empty name returns the function that the object itself
     * is. Objects of stub classes have only the methods that a user's subclass adds.
     * An object that stands for one of the receiver's own classes has the method
     * `metaffiClass`, which returns the name of that class. */
    metaffi_call_fn method;
    /* The type of an object, for hosts that let it be used like one of their own.
     *
     * () -> (uint64, uint64): the number of the object's type, and 0; for a class,
     * the number of the class's own type, and that of its instances' type. What is
     * known about an object's type holds for all objects with that number. A number
     * is not reused during the life of the process. */
    metaffi_call_fn type_of;
    /* (int64, string8) -> (callable): the function for a member of this type with
     * that name, METAFFI_MEMBER_*. The function takes the object as its first
     * argument, and lives as long as it is referenced. Null if there is no such
     * member. */
    metaffi_call_fn member;
    /* () -> (string8, string8, and three string8 arrays): the type's name and
     * documentation; the names of its supertypes, starting with itself, nearest
     * first; the names of its operations; and its members, as four strings each:
     * name, METAFFI_DESCRIBED_*, signature, documentation, once per overload. For a
     * class, this describes its instances. */
    metaffi_call_fn describe;
} metaffi_object_vtable;

/* How a member is used. All arguments and results are METAFFI_ANY unless another
 * type is given. Mutable values, such as lists, and classes are passed as
 * objects. */
/* (object, arguments…) -> results: the method, with the overload chosen by the
 * arguments; for a class its static methods, for a module its functions. */
#define METAFFI_MEMBER_METHOD    0
/* (object) -> (any): a field, property or attribute; for a class or a module
 * also what it contains: classes, constants, modules. */
#define METAFFI_MEMBER_GET       1
/* (object, any) -> (). */
#define METAFFI_MEMBER_SET       2
/* What every language has a notation for. The name is one of
 *   text -> string8, debug_text -> string8, hash -> int64, close,
 *   equal(any) -> bool, compare(any) -> int64 (below 0, 0, above 0),
 *   length -> int64, contains(any) -> bool, get_item(any), set_item(any, any),
 *   delete_item(any), append(any), clear, keys (an iterable object),
 *   iterate (an object with `advance`), advance -> (bool, any: whether there is
 *   another element, and the element),
 *   call(arguments…): for a class, creates an instance,
 *   truth -> bool, integer (a whole number), float -> float64,
 *   negate, absolute, invert, and with one argument add, subtract, multiply,
 *   divide, floor_divide, remainder, power, and, or, xor, shift_left, shift_right,
 *   message (of an exception),
 *   derive(array, string8 array, string8): for a class, a subclass with the given
 *   name, which also implements the interfaces in the array; its methods with the
 *   given names call an object that is the first argument of `call`, and the
 *   methods of the superclass are available with the prefix `super$`,
 *   class (an object's class, as an object), bases (an array of a class's bases, its
 *   superclass first), is_instance(any) -> bool (for a class).
 * `describe` also lists these names, which cannot be called: `mapping`, `sequence`
 * and `set`, for the protocol that the type implements; `interface`, for a class
 * that has no instances; `os_error`, for exceptions that report an error of the
 * operating system. */
#define METAFFI_MEMBER_OPERATION 3
/* (object, array, string8 array, array) -> results: the method, with positional
 * arguments, followed by the names and the values of named arguments. An empty
 * name stands for calling the object itself. Null if the language has no named
 * arguments. */
#define METAFFI_MEMBER_NAMED     4

/* The kinds of members in `describe`; for a class also of its static members. */
#define METAFFI_DESCRIBED_METHOD        "method"
/* of an interface: implementations must provide it */
#define METAFFI_DESCRIBED_ABSTRACT_METHOD "abstract method"
#define METAFFI_DESCRIBED_STATIC_METHOD "static method"
#define METAFFI_DESCRIBED_CONSTRUCTOR   "constructor"
#define METAFFI_DESCRIBED_VALUE         "value"
#define METAFFI_DESCRIBED_STATIC_VALUE  "static value"
#define METAFFI_DESCRIBED_CLASS         "class"
#define METAFFI_DESCRIBED_MODULE        "module"

struct metaffi_object {
    const metaffi_object_vtable *vtable;
    /* The runtime that the object lives in, from metaffi_hub.owner_id. A receiver
     * with this id uses `data` as its own reference, so that an object that returns
     * to its own language is the original one. */
    uint64_t owner;
    /* The owner's own reference (PyObject*, jobject, Go handle). Opaque to all
     * others. */
    void *data;
};

/* A handle to a value that has no MetaFFI type of its own: a large integer, a
 * decimal, a date. A receiver may treat it like any other object; a runtime that
 * has such values creates its own from the text. A value that cannot be
 * represented there exactly (a time with nanoseconds if only microseconds are
 * supported) stays a handle, or is refused if such a value is declared.
 *
 * An owner passes such an object only where METAFFI_ANY is declared, and the
 * underlying object where METAFFI_HANDLE is. */
typedef struct metaffi_exact_object {
    metaffi_object base;    /* with the `data` of `object` */
    uint32_t kind;          /* METAFFI_EXACT_* */
    uint32_t reserved;      /* 0 */
    metaffi_str text;       /* as specified below; borrowed from this object */
    metaffi_object *object; /* the underlying object, for its owner; borrowed too */
} metaffi_exact_object;

/* Hexadecimal digits in lower case, with an optional `-` prefix: -1f. Only for
 * integers that fit neither METAFFI_INT64 nor METAFFI_UINT64. */
#define METAFFI_EXACT_INTEGER  1u
/* 0.10, -12, 1E+3, whose digits and exponent are significant; or Infinity,
 * -Infinity, NaN and sNaN, with a sign and digits as in IEEE 854. */
#define METAFFI_EXACT_DECIMAL  2u
/* Dates and times use the extended format of ISO 8601. Seconds and their fraction
 * of up to nine digits may be omitted, and years beyond 9999 have a sign:
 * 2024-02-29. */
#define METAFFI_EXACT_DATE     3u
/* 23:59:59.999999, without a time zone. */
#define METAFFI_EXACT_TIME     4u
/* 2024-02-29T23:59, without a time zone. */
#define METAFFI_EXACT_DATETIME 5u
/* The same followed by `Z`, for a point in time; or by its offset, +01:00 or
 * +00:19:32, and then the time zone if there is one: +01:00[Europe/Paris]. */
#define METAFFI_EXACT_INSTANT  6u
/* A number of seconds between PT and S: PT-1.5S. */
#define METAFFI_EXACT_DURATION 7u
/* As in RFC 9562: f81d4fae-7dec-11d0-a765-00a0c91e6bf6. */
#define METAFFI_EXACT_UUID     8u
/* An exception or error that is passed as a value, rather than raised. The text
 * is its message, and the object is a metaffi_error_object. */
#define METAFFI_EXACT_ERROR    9u

/* ----------------------------------------------------------------- values */

#define METAFFI_BORROWED    0u
#define METAFFI_ARENA       1u
#define METAFFI_TRANSFERRED 2u

/* In `flags` of an argument that is an array of rank 1: the host's memory may be
 * overwritten, such as a Python bytearray. A guest that copies arrays writes its
 * copy back after the call. */
#define METAFFI_FILLABLE 1u
/* The same, for memory such as that of a numpy array. A guest whose functions work
 * on the host's memory passes it to functions that write; a guest that copies
 * arrays does not write its copy back. Memory without either flag is read-only. */
#define METAFFI_WRITABLE 2u

/* The maximum nesting depth of arrays, including the rows of an array of higher
 * rank: a number has depth 0, an array of numbers 1. Lowering and lifting refuse a
 * value that is nested more deeply, or contains itself, with
 * METAFFI_ERROR_ARGUMENT. Such a value can be passed as a handle. */
#define METAFFI_MAX_DEPTH 256u

typedef struct metaffi_value {
    metaffi_type type; /* the actual type; never METAFFI_ANY */
    uint8_t dims;      /* 0 for a scalar, else the rank of the array */
    uint8_t ownership; /* METAFFI_BORROWED, _ARENA or _TRANSFERRED */
    uint16_t flags;    /* 0, METAFFI_FILLABLE or METAFFI_WRITABLE */
    uint64_t length;   /* strings: bytes; arrays: elements; else 0 */
    union {
        /* Integers, bool and chars are sign- or zero-extended to 64 bits, so
         * that `i64` and `u64` can read every integer type. */
        int64_t i64;
        uint64_t u64;
        double f64;
        float f32;
        /* Strings and arrays, borrowed or in the arena. Elements of an array
         * of rank 1 are contiguous: numbers in their natural width, bool and
         * char8 one byte, char16 two, char32 four, strings metaffi_str (its
         * length in bytes for every encoding), handles and callables
         * metaffi_object* (NULL is null; each element is transferred when the
         * array is a result), any and untyped metaffi_value. Elements of an
         * array of higher rank are metaffi_value, each an array of rank
         * dims-1 (they may be ragged or empty). */
        const void *data;
        /* Handles, callables (a metaffi_callable) and transferred buffers (a
         * metaffi_buffer, whose `data` holds the string or the elements). */
        metaffi_object *object;
    } as;
} metaffi_value;

/* A buffer that outlives its call: strings and arrays with ownership
 * METAFFI_TRANSFERRED, and packed arrays in particular. */
typedef struct metaffi_buffer {
    metaffi_object base;
    const void *data;
    uint64_t size; /* bytes */
} metaffi_buffer;

/* ----------------------------------------------------------------- errors */

#define METAFFI_OK                 0u
#define METAFFI_ERROR_ARGUMENT     1u /* wrong count, type or range of arguments */
#define METAFFI_ERROR_NOT_FOUND    2u /* no such runtime, module or entity */
#define METAFFI_ERROR_LOAD         3u /* found, but could not be loaded */
#define METAFFI_ERROR_SIGNATURE    4u /* the declared types match no candidate, or several */
#define METAFFI_ERROR_GUEST        5u /* the guest's own exception or error result */
#define METAFFI_ERROR_PANIC        6u /* the guest panicked */
#define METAFFI_ERROR_RELEASED     7u /* used after it or its runtime was released */
#define METAFFI_ERROR_ABI          8u /* a different ABI version */
#define METAFFI_ERROR_UNSUPPORTED  9u /* valid, but not supported by this runtime */
#define METAFFI_ERROR_INTERNAL    10u /* a bug in MetaFFI itself; please report it */

/* Immutable. Transferred to its receiver, who releases it exactly once, which
 * releases the whole chain of causes. */
typedef struct metaffi_error {
    uint32_t struct_size;
    metaffi_status kind;
    metaffi_str message;
    metaffi_str language;    /* "openjdk", "go", "python3", ... or "metaffi" */
    metaffi_str type_name;   /* the guest's exception type, or empty */
    metaffi_str stack_trace; /* the guest's own text; empty if none, or not read yet */
    const struct metaffi_error *cause; /* borrowed from this error, or NULL */
    metaffi_object *original; /* the guest's exception object, or NULL; borrowed */
    void (*release)(struct metaffi_error *self);
    /* Reads the stack trace if `stack_trace` is empty: most errors are handled
     * without looking at it, and the text costs more than the rest of the call. NULL
     * if there is nothing to read. The text is made at most once, and borrowed from
     * this error. It may be called at any time until the error is released; for a
     * cause, until the outermost error is released. Returns an empty text if the
     * guest can no longer be entered. May run guest code, so it must not be called
     * while holding a language's lock. */
    metaffi_str (*read_stack_trace)(const struct metaffi_error *self);
} metaffi_error;

/* An error as a value, with everything that a raised error has. Any runtime that
 * passes an error on may create one, even for another runtime's exception. It then
 * has that exception's owner and data. */
typedef struct metaffi_error_object {
    metaffi_exact_object base;  /* of METAFFI_EXACT_ERROR */
    const metaffi_error *error; /* borrowed from this object */
} metaffi_error_object;

/* ------------------------------------------------------------------ calls */

/* One call. The host owns it and everything it points to. A frame is used by
 * one thread at a time. Arguments are borrowed. The callee writes all `rets`
 * on success; on failure it leaves none that own anything. */
struct metaffi_frame {
    const metaffi_value *args;
    metaffi_value *rets;
    uint32_t nargs;
    uint32_t nrets;
    /* The arena: the callee allocates from the front of [arena_next, arena_end),
     * does its own alignment, and advances arena_next. */
    uint8_t *arena_next;
    uint8_t *arena_end;
    /* If that is too small: allocates `size` bytes, 16-byte aligned, with the
     * lifetime of the arena; NULL if out of memory. */
    void *(*arena_grow)(struct metaffi_frame *self, uint64_t size);
    metaffi_error *error; /* set by the callee when it returns non-zero */
};

/* A function as a value: a callback, or a function that a guest returned. */
typedef struct metaffi_callable {
    metaffi_object base;
    metaffi_call_fn call;
    void *context;
    /* Declared types; an undeclared parameter is METAFFI_ANY. Borrowed from
     * this object. */
    const metaffi_type_info *params;
    const metaffi_type_info *rets;
    uint32_t nparams;
    uint32_t nrets;
    /* The maximum number of arguments: nparams; or more, if there are optional
     * ones; or UINT32_MAX for any number. Arguments after the declared ones are
     * METAFFI_ANY. */
    uint32_t nparams_max;
    uint32_t reserved; /* 0 */
} metaffi_callable;

#define METAFFI_CONVENTION_GENERIC 0u
/* The same for the host, but with a function that the JVM generated for it. */
#define METAFFI_CONVENTION_UPCALL 1u

/* A loaded entity. Owned by the host, which releases it through
 * metaffi_hub.release_entity when no call is in progress. */
typedef struct metaffi_entity {
    uint32_t struct_size;
    /* METAFFI_CONVENTION_*: the current implementation of `call`, for diagnostics. A
     * runtime may change it while the entity lives, atomically. */
    uint32_t convention;
    /* Read at every call. It is replaced by a function that fails with
     * METAFFI_ERROR_RELEASED when the runtime is released, and with
     * METAFFI_ERROR_UNSUPPORTED in a forked child if the runtime does not survive a
     * fork. Read it atomically; relaxed is enough, since it points to code and
     * publishes no other data. */
    metaffi_call_fn call;
    /* Also read at every call: in a child whose runtime reloads its modules
     * (METAFFI_FORK_ANEW), both are replaced while the child has one thread. */
    void *context;
    /* The resolved signature. Borrowed from this entity. */
    const metaffi_type_info *params;
    const metaffi_type_info *rets;
    uint32_t nparams;
    uint32_t nrets;
    metaffi_str doc; /* the guest's documentation, or empty */
    /* Since minor 1. Bit i: parameter i is an array that the function may write to,
     * and its writes reach an argument that is METAFFI_FILLABLE. A host that copies
     * its arrays for a call copies these back after it, and no others. Parameters
     * from the 33rd on are not covered. */
    uint32_t fills;
    uint32_t reserved; /* 0 */
} metaffi_entity;

/* The types are omitted. The entity takes no arguments and returns what the path
 * names, as one value. A function or method (`callable=`, with `class=` and
 * `instance_required` as usual), or the accessor of a field or global, is a
 * metaffi_callable with the types that the module declares; an overload is chosen
 * at each call by the arguments. `class=` alone is the class, and an empty path
 * the module, as objects. */
#define METAFFI_REQUEST_VALUE 1u

/* What to load. Borrowed for the duration of the call. */
typedef struct metaffi_entity_request {
    uint32_t struct_size;
    uint32_t flags; /* 0 or METAFFI_REQUEST_VALUE; then there are no types */
    metaffi_str entity_path;
    const metaffi_type_info *params;
    const metaffi_type_info *rets;
    uint32_t nparams;
    uint32_t nrets;
} metaffi_entity_request;

/* -------------------------------------------------------------------- hub */

/* How urgently memory is needed; see metaffi_hub.press. */
#define METAFFI_PRESS_LOOK 0u /* the hub decides, by how much memory use has grown */
#define METAFFI_PRESS_GREW 1u /* the owner's own heap grew: collect, using 1 % of the time */
#define METAFFI_PRESS_FULL 2u /* it is nearly full: collect, and wait for it (at most 1 s) */

/* What a collector must do. */
#define METAFFI_COLLECT_HELD     0u /* release unused references to other runtimes' objects */
#define METAFFI_COLLECT_RETURNED 1u /* free what others have just released */
typedef void (*metaffi_collect_fn)(uint32_t what);

typedef struct metaffi_runtime metaffi_runtime; /* one load of a runtime */
typedef struct metaffi_module metaffi_module;

/* Functions that can fail return a status. If it is not 0 and `error` is not
 * NULL, they transfer an error. */
/* Writes the name of the calling thread as UTF-8, at most `room` bytes without a
 * NUL, and returns the number of bytes; 0 if the thread has no name. Blocks only as
 * long as its own language needs, and enters no other language. */
typedef size_t (*metaffi_thread_name_fn)(char *to, size_t room);

typedef struct metaffi_hub {
    uint32_t abi_version;
    uint32_t struct_size;

    /* Loads a runtime by its name or alias. Each successful load is released
     * once; the language's own runtime is started once and stays loaded. */
    metaffi_status (*load_runtime)(metaffi_str name, metaffi_runtime **out, metaffi_error **error);
    /* Makes entities loaded through `runtime` fail from now on with
     * METAFFI_ERROR_RELEASED. Nothing more can be loaded through it. Idempotent. */
    void (*close_runtime)(metaffi_runtime *runtime);
    /* Releases the load. Its modules and entities stay usable. */
    void (*release_runtime)(metaffi_runtime *runtime);

    metaffi_status (*load_module)(metaffi_runtime *runtime, metaffi_str module_path,
                                  metaffi_module **out, metaffi_error **error);
    void (*release_module)(metaffi_module *module);

    metaffi_status (*load_entity)(metaffi_module *module, const metaffi_entity_request *request,
                                  metaffi_entity **out, metaffi_error **error);
    void (*release_entity)(metaffi_entity *entity);

    /* The owner id of a runtime's objects. The same for every caller that passes
     * the same name; never 0. */
    uint64_t (*owner_id)(metaffi_str runtime_name);
    /* The name for an id, or empty. Valid for the life of the process. */
    metaffi_str (*owner_name)(uint64_t owner);

    /* The number of objects of this owner that others hold references to:
     * atomic, updated by the owner, and readable by anyone; zero if nothing
     * leaks. Valid for the life of the process. */
    int64_t *(*live_objects)(uint64_t owner);

    /* The process is about to exit. Every runtime runs its exit handlers and
     * shutdown hooks while all threads may still call; then they refuse threads
     * other than the caller's. A host calls this last, after the program's own exit
     * handlers; if it does not, the C library's `exit` does. Idempotent: a second
     * thread waits until the first is done, at most ten seconds. */
    void (*begin_exit)(void);

    /* The folder of the installation, METAFFI_HOME; valid for the life of the process. */
    metaffi_str (*home)(void);

    /* For a host whose language knows when a program ends, and which calls
     * begin_exit then. Registers `callback`, which is called once when any side begins
     * the exit, before the runtimes are notified, since a guest may end the
     * program. */
    void (*on_exit)(void (*callback)(void));
    /* What the C library's `exit` calls: begin_exit, unless there is a host that
     * calls it itself, whose program then ends without its own exit handlers. */
    void (*at_c_exit)(void);

    /* Foreign memory. References to other runtimes' objects look small to a
     * runtime's own collector, however large the objects are. So an owner that sees
     * memory use grow reports it to the hub, and the hub asks the runtimes that hold
     * objects to collect.
     *
     * `collect` does so for the runtime `owner`; several may be added. It is called
     * on a thread of the hub, never concurrently; it may block. */
    void (*add_collector)(uint64_t owner, metaffi_collect_fn collect);
    /* Called by `owner`, now and then, when an object is passed to others. `urgency`
     * is one of METAFFI_PRESS_*. For METAFFI_PRESS_LOOK, `used` is the number of
     * bytes in use in its heap; 0 makes the hub check the memory of the process.
     * Returns immediately, except for METAFFI_PRESS_FULL. */
    void (*press)(uint64_t owner, uint32_t urgency, uint64_t used);

    /* Registers how a host or a guest names its threads; once, permanently. */
    void (*name_threads)(metaffi_thread_name_fn name);
    /* The name of the calling thread in the language that has one for it, else in
     * the system: the name that a guest gives a thread that enters it for the first
     * time. Must not be called while holding a language's lock. */
    metaffi_thread_name_fn thread_name;

    /* The program was interrupted (Ctrl-C) while its main thread is in a call.
     * Makes the runtimes interrupt what that thread is waiting for, so that the call
     * returns. 1 if one of them did, 0 if the thread is not waiting for anything that
     * can be interrupted. Any thread; never waits for the main thread. */
    uint32_t (*interrupt)(void);
    /* The main thread, which calls this, has handled the interrupt. Its next call
     * must not be affected by it. */
    void (*end_interrupt)(void);
} metaffi_hub;

/* The symbol that a host looks up in libmetaffi. NULL if the hub does not support
 * `abi_version`. The table lives as long as the process. It is this library's table,
 * or that of another copy of the same version that is in use in the process. The
 * host refuses a table shorter than METAFFI_HUB_MIN_SIZE. */
const metaffi_hub *metaffi_hub_get(uint32_t abi_version);
typedef const metaffi_hub *(*metaffi_hub_get_fn)(uint32_t abi_version);

/* The symbol that another copy of libmetaffi in the same process looks up: this
 * copy's table if it has been returned to a host, else NULL. Writes the version
 * (`0.4.0`) in either case. */
const metaffi_hub *metaffi_hub_in_use(metaffi_str *version);
typedef const metaffi_hub *(*metaffi_hub_in_use_fn)(metaffi_str *version);

/* ----------------------------------------------------------------- plugin */

/* What happens to a runtime in a forked child. */
#define METAFFI_FORK_DIES     0u /* its entities fail there */
#define METAFFI_FORK_SURVIVES 1u /* it works, like a runtime that had not started */
/* What was loaded cannot be used there, but can be loaded again. The hub does so
 * for each module and entity when it is first needed. What was loaded before is
 * released as usual, and not called. */
#define METAFFI_FORK_ANEW     2u

/* What a runtime plugin exports to the hub; only the hub calls it. */
typedef struct metaffi_plugin {
    uint32_t abi_version;
    uint32_t struct_size;
    metaffi_str name;

    /* Starts the language's runtime. Called once before anything else, and
     * again only after a failure. */
    metaffi_status (*start)(metaffi_error **error);
    metaffi_status (*load_module)(metaffi_str module_path, void **out, metaffi_error **error);
    void (*release_module)(void *module);
    metaffi_status (*load_entity)(void *module, const metaffi_entity_request *request,
                                  metaffi_entity **out, metaffi_error **error);
    void (*release_entity)(metaffi_entity *entity);
    /* The process is about to exit: runs the language's exit handlers, and flushes
     * its buffers. Any thread may still call. */
    void (*begin_exit)(void);
    /* All runtimes have finished begin_exit: refuses threads other than this one. */
    void (*finish_exit)(void);
    /* Called in a forked child, on its only thread, at each fork:
     * METAFFI_FORK_*. Async-signal-safe. */
    uint32_t (*survives_fork)(void);
    /* As in metaffi_hub, for this runtime. */
    uint32_t (*interrupt)(void);
    void (*end_interrupt)(void);
} metaffi_plugin;

/* The only symbol that a plugin exports. `hub` lives as long as the process.
 * NULL if the plugin does not support the hub's ABI version, or needs more than
 * the hub has. The hub refuses a table shorter than
 * METAFFI_PLUGIN_MIN_SIZE. */
const metaffi_plugin *metaffi_plugin_get(const metaffi_hub *hub);
typedef const metaffi_plugin *(*metaffi_plugin_get_fn)(const metaffi_hub *hub);

#ifdef __cplusplus
}
#endif
#endif /* METAFFI_H */
