//! Names and documentation that are difficult for generators.

use metaffi_idl::Literal;
use proptest::prelude::*;
use proptest::sample::select;

/// Keywords of several languages, similar names, names that every class or file
/// has, and ordinary ones.
const NAMES: &[&str] = &[
    "add",
    "Add",
    "ADD",
    "addAll",
    "add_all",
    "AddAll",
    "HTTPServer",
    "x",
    "X",
    "x1",
    "class",
    "def",
    "fn",
    "func",
    "type",
    "self",
    "Self",
    "super",
    "crate",
    "None",
    "nil",
    "null",
    "true",
    "default",
    "match",
    "async",
    "await",
    "yield",
    "import",
    "package",
    "interface",
    "range",
    "map",
    "string",
    "int",
    "float",
    "error",
    "Error",
    "err",
    "ctx",
    "Object",
    "String",
    "Option",
    "Result",
    "Vec",
    "Box",
    "Some",
    "Ok",
    "Iterator",
    "Clone",
    "new",
    "New",
    "close",
    "Close",
    "toString",
    "hashCode",
    "equals",
    "getClass",
    "notify",
    "wait",
    "finalize",
    "größe",
    "_hidden",
    "__init__",
    "value",
    "handle",
    "call",
    "result",
    "bind_module_to_code",
    "bindModuleToCode",
    "BindModuleToCode",
    "metaffi",
    "stubs",
    "module",
    "std",
    "core",
    "len",
    "any",
    "byte",
    "defer",
    "select",
    "goto",
    "gen",
    "dyn",
    "_",
    "a$b",
];

const COMMENTS: &[&str] = &[
    "",
    "",
    "Does it.",
    "Does it\nover two lines.\n\nAnd says more.\n\n- one\n- two\n",
    "See [there](https://example.org/a_b), `code`, **bold**, and [`x`].",
    "An example:\n\n```\nlet x = f(\"a\")?;\n```\n\nand\n\n    indented code\n",
    "```sh\nnot closed",
    "Ends */ and // and \"\"\" and ''' and \\u002a/ and \\",
    "<script>alert(1)</script> & List<String> {@link x} <p>",
    "# Heading\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "[unresolved] and [x][y] and an_under_score, 100% #hash `open",
    "\u{202e}turned, NUL \u{0}, tab \t, \u{1F600}",
    "Deprecated: in its text.",
    "A very long line that no formatter can do anything about, because it goes on and on and on and on without an end in sight.",
];

pub(super) fn name() -> impl Strategy<Value = String> {
    select(NAMES).prop_map(str::to_owned)
}

pub(super) fn comment() -> impl Strategy<Value = String> {
    select(COMMENTS).prop_map(str::to_owned)
}

pub(super) fn deprecated() -> impl Strategy<Value = Option<String>> {
    prop_oneof![8 => Just(None), 1 => comment().prop_map(Some)]
}

/// Any value that an interface can contain.
pub(super) fn literal() -> impl Strategy<Value = Literal> {
    const INTEGERS: &[&str] =
        &["0", "-1", "255", "2147483648", "-9223372036854775808", "18446744073709551616"];
    const FLOATS: &[f64] = &[0.0, -0.0, 1.5, 1e300, f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
    const TEXTS: &[&str] = &["", "text", "\"quotes\" '\\ \n \u{0} \u{202e} größe 😀 {} %s ${x}"];
    prop_oneof![
        Just(Literal::Null),
        any::<bool>().prop_map(Literal::Bool),
        select(INTEGERS).prop_map(Literal::integer),
        select(FLOATS).prop_map(Literal::Float),
        select(TEXTS).prop_map(|text| Literal::Text(text.to_owned())),
        Just(Literal::Bytes(vec![0, 127, 255])),
    ]
}
