//! Whether what hosts and guests of the JVM need is present.

use metaffi_compiler::{Finding, RuntimeFacts, Tool};
use metaffi_openjdk_jdk::{choose, find_tool, get_jdk, version};

/// What the runtime reports about itself.
pub(crate) const FACTS: RuntimeFacts = RuntimeFacts {
    module: "",
    entity_path: "class=java.lang.System,callable=getProperty",
    version: "java.version",
    place: "java.home",
    remark: Some("metaffi.java.home.refused"),
};

/// The JVM that the runtime starts.
pub(crate) fn jvm() -> Finding {
    match choose() {
        Err(error) => Finding::absent("jvm", error),
        Ok(found) => {
            let version = version().map_or_else(String::new, |version| format!("Java {version}"));
            // As the JVM itself reports it.
            let home = dunce::canonicalize(&found.path).unwrap_or(found.path);
            Finding::good("jvm", version).at(home).because(found.why)
        }
    }
}

/// The tool of a JDK that a JRE lacks.
pub(crate) const JAVAC: Tool = Tool {
    name: "javac",
    find: || find_tool("javac"),
    args: &["-version"],
    least: Some((11, 0)),
    needed_for: "compiling .java sources and stubs for Java",
    get: get_jdk,
};
