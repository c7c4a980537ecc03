/*
 * metaffi.h: the contract between hosts, the hub and runtime plugins.
 *
 * This file is the manual. It says, for every struct and function, who owns
 * what, who releases it, and which threads may enter. `crates/abi` mirrors it
 * in Rust; a test compiles this header and holds every size, alignment and
 * offset against the mirror.
 *
 * Call path:   host -> hub (only at load time) -> runtime plugin -> guest code.
 * After an entity is loaded a call never passes through the hub: the host
 * calls `entity->call(entity->context, frame)`.
 *
 * Words
 *   borrowed     valid until the call returns; the callee copies (or retains)
 *                what it keeps.
 *   arena        lives in the call's frame; valid until the host resets or
 *                drops that frame.
 *   transferred  the receiver owns one reference and releases it exactly once,
 *                from any thread.
 *
 * Threads: every function here may be called from any thread, also from
 * several at once, unless its comment says otherwise. No lock of MetaFFI is
 * held while guest code runs. Whoever hands something that it got here to another
 * thread does so in an order that its language knows (a lock, release and acquire):
 * that shows the other thread what lies behind the pointer.
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

/* Raised when something changes incompatibly: then sides of different versions
 * refuse each other. */
#define METAFFI_ABI_VERSION 1u
/* Raised when fields are appended to structs, which does not concern those who
 * do not know of them: sides of different minors work together.
 *
 * A struct with a `struct_size` is as long as the header of whoever made it says,
 * and says so there. Fields are only ever appended, to these structs alone. Every
 * such struct has what stood in the first header of its version, up to
 * METAFFI_<STRUCT>_MIN_SIZE: whoever gets a shorter one refuses it with
 * METAFFI_ERROR_ABI, or, where it is the table of an object, asks it nothing. A
 * later field is looked at only where METAFFI_COVERS says that it is there; where
 * it is not, all goes on as it did before there was such a field. */
#define METAFFI_ABI_MINOR 2u

/* Bytes from the begin of a struct to the end of a field. */
#define METAFFI_END_OF(type, field) (offsetof(type, field) + sizeof(((type *)0)->field))
/* Whether a struct reaches to the end of a field. */
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

/* A scalar type is one bit; an array adds METAFFI_ARRAY, a packed array (one
 * contiguous buffer, handed over without a copy) METAFFI_ARRAY|METAFFI_PACKED.
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
    metaffi_str alias; /* the guest's own name of the type, or empty */
} metaffi_type_info;

/* ---------------------------------------------------------------- objects */

/* A counted reference to something that lives in one runtime: an object
 * (handle), a function (metaffi_callable) or a buffer (metaffi_buffer).
 * Whoever holds a reference releases it exactly once. A borrowed object is
 * kept beyond the call by retaining it. */
typedef struct metaffi_object metaffi_object;

typedef uint32_t metaffi_status; /* 0 is success, else a METAFFI_ERROR_* kind */
typedef struct metaffi_frame metaffi_frame;

/* The generic convention: tagged values, every type. Re-entrant; any thread. */
typedef metaffi_status (*metaffi_call_fn)(void *context, metaffi_frame *frame);

typedef struct metaffi_object_vtable {
    uint32_t abi_version;
    uint32_t struct_size;
    void (*retain)(metaffi_object *self);
    /* Any thread, holding any lock: never blocks and never runs guest code on
     * the caller's stack. */
    void (*release)(metaffi_object *self);
    /* 1 when the object is a metaffi_exact_object. */
    uint32_t exact;
    /* 1 when the object is a mapping: `entries` has an answer. 0 says nothing. */
    uint32_t mapping;
    /* What an object can be asked by whoever wants a thing of its own instead: a
     * list where a list is declared, an object with the methods of an interface.
     * Called with the object as the context; NULL where the language has no such
     * thing.
     *
     * () -> (array): what it gives one after the other, in an array of any type.
     * The result is null when it is nothing to go through, or a mapping. An
     * iterator is used up. */
    metaffi_call_fn items;
    /* () -> (array, array): the keys and the values of a mapping, as many; both
     * are null when it is none. */
    metaffi_call_fn entries;
    /* (string8) -> (callable): the method of that name, bound to the object; null
     * when it has none. An empty name is that of the function which the object
     * itself is. Objects of stub classes have only those that a class of the
     * user's adds. What stands for a class of the receiver's has the method
     * `metaffiClass`, which gives that class's name. */
    metaffi_call_fn method;
    /* What an object is of, for hosts in which it is used as one of their own.
     *
     * () -> (uint64, uint64): the number of its type, and 0; or, of a class, the
     * number of a type of its own and that of its instances. What is known of an
     * object's type holds for all objects of that number, which is no other type's
     * as long as the process lives. */
    metaffi_call_fn type_of;
    /* (int64, string8) -> (callable): what objects of this type do by that name,
     * METAFFI_MEMBER_*; the function takes the object as its first argument, and
     * lives as long as anybody holds it. Null where there is no such member. */
    metaffi_call_fn member;
    /* () -> (string8, string8, and three string8 arrays): the type's name and
     * documentation; the names of its supertypes, itself first, nearest first;
     * the operations that it has, by their names; and its members, four strings
     * each: name, METAFFI_DESCRIBED_*, signature, documentation, once for each
     * overload. Of a class, what there is of its instances. */
    metaffi_call_fn describe;
} metaffi_object_vtable;

/* What a member is used as. All arguments and results are METAFFI_ANY where no
 * other type is said; what can be changed, such as a list, and a class are given
 * as the objects that they are. */
/* (object, arguments…) -> results: the method, its overload by the arguments;
 * of a class its static methods, of a module its functions. */
#define METAFFI_MEMBER_METHOD    0
/* (object) -> (any): a field, a property, an attribute; of a class or a module
 * also what it contains: classes, constants, modules. */
#define METAFFI_MEMBER_GET       1
/* (object, any) -> (). */
#define METAFFI_MEMBER_SET       2
/* What every language has a notation for; the name is one of
 *   text -> string8, debug_text -> string8, hash -> int64, close,
 *   equal(any) -> bool, compare(any) -> int64 (below 0, 0, above 0),
 *   length -> int64, contains(any) -> bool, get_item(any), set_item(any, any),
 *   delete_item(any), append(any), clear, keys (what can be iterated),
 *   iterate (an object with `advance`), advance -> (bool, any: whether there is
 *   another one, and it),
 *   call(arguments…): of a class, makes an instance,
 *   truth -> bool, integer (a whole number), float -> float64,
 *   negate, absolute, invert, and with one argument add, subtract, multiply,
 *   divide, floor_divide, remainder, power, and, or, xor, shift_left, shift_right,
 *   message (of an exception),
 *   derive(array, string8 array, string8): of a class, one that derives from it and from
 *   the interfaces in the array, under a name; its methods of the given names call an
 *   object that `call` takes first, and have those of the class behind `super$`,
 *   class (an object's class, as an object), bases (a class's, an array, the one
 *   that it derives from first), is_instance(any) -> bool (of a class).
 * `describe` also names these, which are not to be called: `mapping`, `sequence`,
 * `set`, for what it behaves as; `interface`, for a class that has no instances; `os_error`, of exceptions that report what an
 * operating system refused. */
#define METAFFI_MEMBER_OPERATION 3
/* (object, array, string8 array, array) -> results: the method, with arguments
 * by position, and others by the names that follow. An empty name is that of
 * the object, called itself. Null where the language has no named arguments. */
#define METAFFI_MEMBER_NAMED     4

/* What `describe` says of a member; of a class also what belongs to itself. */
#define METAFFI_DESCRIBED_METHOD        "method"
/* of an interface: who implements it has to bring it */
#define METAFFI_DESCRIBED_ABSTRACT_METHOD "abstract method"
#define METAFFI_DESCRIBED_STATIC_METHOD "static method"
#define METAFFI_DESCRIBED_CONSTRUCTOR   "constructor"
#define METAFFI_DESCRIBED_VALUE         "value"
#define METAFFI_DESCRIBED_STATIC_VALUE  "static value"
#define METAFFI_DESCRIBED_CLASS         "class"
#define METAFFI_DESCRIBED_MODULE        "module"

struct metaffi_object {
    const metaffi_object_vtable *vtable;
    /* The runtime the object lives in, from metaffi_hub.owner_id. A receiver
     * whose own id this is takes `data` as its own reference, so that an
     * object that comes home is the original one. */
    uint64_t owner;
    /* The owner's own reference (PyObject*, jobject, Go handle). Opaque to all
     * others. */
    void *data;
};

/* A handle to a value that has no type of its own here: a large integer, a
 * decimal, a date. It is an object like any other to whoever does not ask; a
 * runtime that has such values makes one of its own from the text. What cannot
 * be represented there exactly (a time with nanoseconds where only microseconds
 * exist) stays a handle, or is refused where such a value is declared.
 *
 * An owner passes such an object only where METAFFI_ANY is declared, and the
 * plain one where METAFFI_HANDLE is. */
typedef struct metaffi_exact_object {
    metaffi_object base;    /* with the `data` of `object` */
    uint32_t kind;          /* METAFFI_EXACT_* */
    uint32_t reserved;      /* 0 */
    metaffi_str text;       /* as said below; borrowed from this object */
    metaffi_object *object; /* the object itself, for its owner; borrowed too */
} metaffi_exact_object;

/* Hexadecimal digits in lower case, with `-` before them: -1f. Only integers
 * that no METAFFI_INT64 or METAFFI_UINT64 holds. */
#define METAFFI_EXACT_INTEGER  1u
/* 0.10, -12, 1E+3, whose digits and exponent count; or Infinity, -Infinity,
 * NaN and sNaN, with a sign and digits as in IEEE 854. */
#define METAFFI_EXACT_DECIMAL  2u
/* Dates and times are in the extended format of ISO 8601, where seconds and
 * their fraction of up to nine digits may be left out, and years beyond 9999
 * have a sign: 2024-02-29. */
#define METAFFI_EXACT_DATE     3u
/* 23:59:59.999999, of no zone. */
#define METAFFI_EXACT_TIME     4u
/* 2024-02-29T23:59, of no zone. */
#define METAFFI_EXACT_DATETIME 5u
/* The same followed by `Z`, for a moment; or by its offset, +01:00 or
 * +00:19:32, and that by the time zone if there is one: +01:00[Europe/Paris]. */
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

/* In `flags` of an argument that is an array of rank 1: the memory is the
 * host's to be filled, such as a Python bytearray. A guest that copies arrays
 * writes back what its function left in the copy. */
#define METAFFI_FILLABLE 1u
/* Likewise: the memory is the host's to be written, such as that of
 * a numpy array. A guest whose function works on the host's memory lends it to one
 * that writes; one that copies arrays has nothing to write back. Memory without
 * either flag is only read. */
#define METAFFI_WRITABLE 2u

/* How many arrays may be nested, those of an array of higher rank
 * among them: a number has depth 0, an array of numbers 1. What is nested more
 * deeply, or contains itself, is refused with METAFFI_ERROR_ARGUMENT by whoever
 * would lower it, and by whoever would lift it; it leaves its language as a
 * handle. */
#define METAFFI_MAX_DEPTH 256u

typedef struct metaffi_value {
    metaffi_type type; /* the actual type; never METAFFI_ANY */
    uint8_t dims;      /* 0 for a scalar, else the rank of the array */
    uint8_t ownership; /* METAFFI_BORROWED, _ARENA or _TRANSFERRED */
    uint16_t flags;    /* 0, METAFFI_FILLABLE or METAFFI_WRITABLE */
    uint64_t length;   /* strings: bytes; arrays: elements; else 0 */
    union {
        /* Integers, bool and chars are sign- or zero-extended to 64 bits, so
         * that `i64`/`u64` read every integer type. */
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
#define METAFFI_ERROR_LOAD         3u /* found, but cannot be loaded */
#define METAFFI_ERROR_SIGNATURE    4u /* declared types fit no (or several) candidates */
#define METAFFI_ERROR_GUEST        5u /* the guest's own exception or error result */
#define METAFFI_ERROR_PANIC        6u /* the guest panicked */
#define METAFFI_ERROR_RELEASED     7u /* used after it, or its runtime, was released */
#define METAFFI_ERROR_ABI          8u /* another ABI version */
#define METAFFI_ERROR_UNSUPPORTED  9u /* legal, but this runtime cannot do it */
#define METAFFI_ERROR_INTERNAL    10u /* a fault of MetaFFI itself; please report */

/* Immutable. Transferred to whoever receives it; released exactly once, which
 * releases the whole cause chain. */
typedef struct metaffi_error {
    uint32_t struct_size;
    metaffi_status kind;
    metaffi_str message;
    metaffi_str language;    /* "openjdk", "go", "python3", ... or "metaffi" */
    metaffi_str type_name;   /* the guest's exception type, or empty */
    metaffi_str stack_trace; /* the guest's own text; empty, or yet to be read */
    const struct metaffi_error *cause; /* borrowed from this error, or NULL */
    metaffi_object *original; /* the exception object in its home, or NULL; borrowed */
    void (*release)(struct metaffi_error *self);
    /* Reads the stack trace, where `stack_trace` is empty: most errors are handled
     * and nobody looks, and the text costs more than the rest of the call. NULL when
     * there is nothing to read. Made at most once, and borrowed from this error. It
     * may be asked for at any time until the release, of a cause until that of the
     * outermost error; empty when the guest cannot be asked any more. May run guest
     * code: not to be called with a lock of a language held. */
    metaffi_str (*read_stack_trace)(const struct metaffi_error *self);
} metaffi_error;

/* An error as a value: all that a raised one says. Whoever passes one on may
 * make it, also for another runtime's exception, whose owner and data it has. */
typedef struct metaffi_error_object {
    metaffi_exact_object base;  /* of METAFFI_EXACT_ERROR */
    const metaffi_error *error; /* borrowed from this object */
} metaffi_error_object;

/* ------------------------------------------------------------------ calls */

/* One call. The host owns it and everything it points to; a frame is used by
 * one thread at a time. Arguments are borrowed. The callee writes all `rets`
 * on success, none that own anything on failure. */
struct metaffi_frame {
    const metaffi_value *args;
    metaffi_value *rets;
    uint32_t nargs;
    uint32_t nrets;
    /* The arena: the callee takes [arena_next, arena_end) from the front, in
     * any alignment it makes itself, and advances arena_next. */
    uint8_t *arena_next;
    uint8_t *arena_end;
    /* When that does not suffice: memory of `size` bytes, 16-byte aligned,
     * which lives as long as the arena; NULL when there is none. */
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
    /* The most arguments that it takes: nparams; more, where further ones may
     * be left out; UINT32_MAX, where any number may come. Those after the
     * declared ones are METAFFI_ANY. */
    uint32_t nparams_max;
    uint32_t reserved; /* 0 */
} metaffi_callable;

#define METAFFI_CONVENTION_GENERIC 0u
/* The same function of the host's, for which the JVM has made one of its own. */
#define METAFFI_CONVENTION_UPCALL 1u

/* A loaded entity. Owned by the host, which releases it through
 * metaffi_hub.release_entity when no call is under way. */
typedef struct metaffi_entity {
    uint32_t struct_size;
    /* METAFFI_CONVENTION_*: what lies behind `call` now, for people to read. A
     * runtime may change it while the entity lives, atomically. */
    uint32_t convention;
    /* Read at every call: it is replaced by one that fails with
     * METAFFI_ERROR_RELEASED when the runtime is released, and with
     * METAFFI_ERROR_UNSUPPORTED in a child that the process forked, when the
     * runtime does not survive that. Atomically, and relaxed is enough: it is code,
     * and nothing comes with it. */
    metaffi_call_fn call;
    /* Read at every call, too: in a child whose runtime loads its modules anew
     * (METAFFI_FORK_ANEW) both are replaced while the child has one thread. */
    void *context;
    /* The signature that was resolved. Borrowed from this entity. */
    const metaffi_type_info *params;
    const metaffi_type_info *rets;
    uint32_t nparams;
    uint32_t nrets;
    metaffi_str doc; /* the guest's documentation, or empty */
    /* Since minor 1. Bit i: parameter i is an array that the function may write to,
     * and what it writes reaches an argument that is METAFFI_FILLABLE. So a host
     * that copies its arrays for a call copies these back after it, and no others.
     * Of parameters from the 33rd on nothing is said. */
    uint32_t fills;
    uint32_t reserved; /* 0 */
} metaffi_entity;

/* The types are left out: the entity takes nothing and gives what the path
 * names, as one value. A function or method (`callable=`, with `class=` and
 * `instance_required` as usual), or the accessor of a field or global, is a
 * metaffi_callable whose types are the module's; one of several overloads is
 * chosen at each call by its arguments. `class=` alone is the class, an empty
 * path the module, as objects. */
#define METAFFI_REQUEST_VALUE 1u

/* What to load. Borrowed for the time of the call. */
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

/* How much memory is wanted; see metaffi_hub.press. */
#define METAFFI_PRESS_LOOK 0u /* the hub decides, by how much memory has grown */
#define METAFFI_PRESS_GREW 1u /* the owner's own heap grew: collect, at 1 % of the time */
#define METAFFI_PRESS_FULL 2u /* it is nearly full: collect, and wait for it (1 s at most) */

/* What a collector has to do. */
#define METAFFI_COLLECT_HELD     0u /* release what is not needed of other runtimes' objects */
#define METAFFI_COLLECT_RETURNED 1u /* free what others have just released */
typedef void (*metaffi_collect_fn)(uint32_t what);

typedef struct metaffi_runtime metaffi_runtime; /* one load of a runtime */
typedef struct metaffi_module metaffi_module;

/* Functions that can fail return a status and, when it is not 0 and `error`
 * is not NULL, transfer an error. */
/* Writes the name of the calling thread as UTF-8, at most `room` bytes and no
 * NUL, and returns how many; 0 when it has none. Blocks only for what the
 * language itself takes to be asked, and enters no other language. */
typedef size_t (*metaffi_thread_name_fn)(char *to, size_t room);

typedef struct metaffi_hub {
    uint32_t abi_version;
    uint32_t struct_size;

    /* Load a runtime by its name or alias. Each successful load is released
     * once; the language's own runtime is started once and stays. */
    metaffi_status (*load_runtime)(metaffi_str name, metaffi_runtime **out, metaffi_error **error);
    /* Entities loaded through `runtime` fail from now on with
     * METAFFI_ERROR_RELEASED, and it loads no more. Idempotent. */
    void (*close_runtime)(metaffi_runtime *runtime);
    /* Give the load back; its modules and entities live on. */
    void (*release_runtime)(metaffi_runtime *runtime);

    metaffi_status (*load_module)(metaffi_runtime *runtime, metaffi_str module_path,
                                  metaffi_module **out, metaffi_error **error);
    void (*release_module)(metaffi_module *module);

    metaffi_status (*load_entity)(metaffi_module *module, const metaffi_entity_request *request,
                                  metaffi_entity **out, metaffi_error **error);
    void (*release_entity)(metaffi_entity *entity);

    /* The id under which objects of a runtime travel. The same for every
     * caller that names the same runtime; never 0. */
    uint64_t (*owner_id)(metaffi_str runtime_name);
    /* The name for an id, or empty. Valid for the life of the process. */
    metaffi_str (*owner_name)(uint64_t owner);

    /* The number of objects of this owner that others hold references to:
     * atomic, added to by the owner, read by whoever wants to know; zero when
     * nothing leaks. Valid for the life of the process. */
    int64_t *(*live_objects)(uint64_t owner);

    /* The process is about to exit. Every runtime runs what it runs at its end
     * (exit handlers, shutdown hooks), while all threads may still call; then
     * they refuse threads other than the caller's. A host calls it last, after
     * the program's own exit handlers; the C library's `exit` does, for a host
     * that has not. Idempotent: a second thread waits until the first is done,
     * at most ten seconds. */
    void (*begin_exit)(void);

    /* The installation, METAFFI_HOME; valid for the life of the process. */
    metaffi_str (*home)(void);

    /* For a host whose language knows when a program ends, and who calls
     * begin_exit then: has `told` called once, when anybody does, before the
     * runtimes are told, as a guest may end the program. */
    void (*on_exit)(void (*told)(void));
    /* What the C library's `exit` does: begin_exit, unless there is a host that
     * calls it; its program is then ended without its end. */
    void (*at_c_exit)(void);

    /* Foreign memory. What a runtime holds of others looks small to its own
     * collector, however large it is. So an owner that sees memory grow asks
     * the hub, and that asks the runtimes that hold objects to collect.
     *
     * `collect` is how the runtime `owner` does so; several may be added. Called
     * by a thread of the hub, by no two at once; it may block. */
    void (*add_collector)(uint64_t owner, metaffi_collect_fn collect);
    /* Said by `owner`, now and then, when an object leaves; `urgency` is one of
     * METAFFI_PRESS_*. `used` are the bytes of its heap in use, for
     * METAFFI_PRESS_LOOK; 0 makes the hub look at the memory of the process.
     * Returns at once, but for METAFFI_PRESS_FULL. */
    void (*press)(uint64_t owner, uint32_t urgency, uint64_t used);

    /* A host or a guest says how it names its threads; once, for good. */
    void (*name_threads)(metaffi_thread_name_fn name);
    /* The name of the calling thread by whichever language has one for it,
     * else the system's own: what a guest calls a thread that enters it for the
     * first time. Not to be called with a lock of a language held. */
    metaffi_thread_name_fn thread_name;

    /* The program was interrupted (Ctrl-C) while its main thread is in a call:
     * tells the runtimes to break off what that thread waits for, so that the
     * call returns. 1 when one of them did, 0 when the thread waits for nothing
     * that can be broken off. Any thread; never waits for the main thread. */
    uint32_t (*interrupt)(void);
    /* The main thread, which calls this, has dealt with it: what is left of the
     * interrupt is not to be felt by its next call. */
    void (*end_interrupt)(void);
} metaffi_hub;

/* What a host looks up in libmetaffi. NULL when the hub does not speak
 * `abi_version`. The table lives as long as the process: that of this library, or
 * of another copy of the same version that is in use in the process. The host
 * refuses one that is shorter than METAFFI_HUB_MIN_SIZE. */
const metaffi_hub *metaffi_hub_get(uint32_t abi_version);
typedef const metaffi_hub *(*metaffi_hub_get_fn)(uint32_t abi_version);

/* What another copy of libmetaffi in the same process looks up: this one's table if
 * it was handed out, else NULL. Writes the version (`0.4.0`) either way. */
const metaffi_hub *metaffi_hub_in_use(metaffi_str *version);
typedef const metaffi_hub *(*metaffi_hub_in_use_fn)(metaffi_str *version);

/* ----------------------------------------------------------------- plugin */

/* What becomes of a runtime in a child that the process forked. */
#define METAFFI_FORK_DIES     0u /* its entities fail there */
#define METAFFI_FORK_SURVIVES 1u /* it works, as one does that had not started */
/* What was loaded is of no use there, but can be loaded again: the hub does so,
 * each module and each entity when it is needed first. What was loaded before is
 * released as usual, and not called. */
#define METAFFI_FORK_ANEW     2u

/* What a runtime plugin exports to the hub; only the hub calls it. */
typedef struct metaffi_plugin {
    uint32_t abi_version;
    uint32_t struct_size;
    metaffi_str name;

    /* Start the language's runtime. Called once before anything else, and
     * again only after a failure. */
    metaffi_status (*start)(metaffi_error **error);
    metaffi_status (*load_module)(metaffi_str module_path, void **out, metaffi_error **error);
    void (*release_module)(void *module);
    metaffi_status (*load_entity)(void *module, const metaffi_entity_request *request,
                                  metaffi_entity **out, metaffi_error **error);
    void (*release_entity)(metaffi_entity *entity);
    /* The process is about to exit: run what the language runs at its end, and
     * write what it holds back. Any thread may still call. */
    void (*begin_exit)(void);
    /* All runtimes have done that: refuse threads other than this one. */
    void (*finish_exit)(void);
    /* Asked in a child that the process forked, on its one thread, at each fork:
     * METAFFI_FORK_*. Async-signal-safe. */
    uint32_t (*survives_fork)(void);
    /* As in metaffi_hub, for this runtime. */
    uint32_t (*interrupt)(void);
    void (*end_interrupt)(void);
} metaffi_plugin;

/* The one symbol that a plugin exports. `hub` lives as long as the process.
 * NULL when the plugin does not speak the hub's ABI version, or needs more than
 * the hub has. The hub refuses a table that is shorter than
 * METAFFI_PLUGIN_MIN_SIZE. */
const metaffi_plugin *metaffi_plugin_get(const metaffi_hub *hub);
typedef const metaffi_plugin *(*metaffi_plugin_get_fn)(const metaffi_hub *hub);

#ifdef __cplusplus
}
#endif
#endif /* METAFFI_H */
