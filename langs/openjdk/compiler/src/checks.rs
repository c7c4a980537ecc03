//! Whether what the JVM's hosts and guests need is there.

use metaffi_compiler::{Found, RuntimeFacts, Tool};
use metaffi_openjdk_jdk::tool;

/// What the runtime is asked about itself.
pub(crate) const FACTS: RuntimeFacts = RuntimeFacts {
    module: "",
    entity_path: "class=java.lang.System,callable=getProperty",
    asked: &["java.version", "java.home"],
    remark: Some("metaffi.java.home.refused"),
    note: "; a Java program whose guests run native code that needs much stack (numpy.linalg) is \
           started by java -Xss8m",
};

/// The tools of a JDK.
pub(crate) const TOOLS: &[Tool] = &[
    Tool {
        name: "java",
        found: Found::By(|| tool("java")),
        command: "java",
        args: &["-version"],
        least: (11, 0),
        needed_for: "calling the JVM",
        mend: "install a JDK, 11 or later, and put it on PATH or into JAVA_HOME",
    },
    Tool {
        name: "javac",
        found: Found::By(|| tool("javac")),
        command: "javac",
        args: &["-version"],
        least: (11, 0),
        needed_for: "compiling .java sources",
        mend: "install a JDK (a JRE has no compiler)",
    },
];
