//! How to install a JVM, by package manager.

use metaffi_programs::Manager::{Apk, Apt, Brew, Dnf, Pacman, Winget, Zypper};
use metaffi_programs::Package;

const SITE: &str = "https://adoptium.net";

/// Runs Java.
const JVM: Package<'_> = Package {
    names: &[
        (Apt, "default-jre-headless"),
        (Dnf, "java-21-openjdk-headless"),
        (Apk, "openjdk21-jre-headless"),
        (Pacman, "jre21-openjdk-headless"),
        (Zypper, "java-21-openjdk-headless"),
        (Brew, "--cask temurin@21"),
        (Winget, "EclipseAdoptium.Temurin.21.JRE"),
    ],
    least: None,
    site: SITE,
};

/// Also compiles Java.
const JDK: Package<'_> = Package {
    names: &[
        (Apt, "default-jdk-headless"),
        (Dnf, "java-21-openjdk-devel"),
        (Apk, "openjdk21-jdk"),
        (Pacman, "jdk21-openjdk"),
        (Zypper, "java-21-openjdk-devel"),
        (Brew, "--cask temurin@21"),
        (Winget, "EclipseAdoptium.Temurin.21.JDK"),
    ],
    least: None,
    site: SITE,
};

/// What to do if there is no JVM.
pub(crate) fn get_jvm() -> String {
    or_named(&JVM)
}

/// What to do if there is no `javac`, which a JRE lacks.
#[must_use]
pub fn get_jdk() -> String {
    or_named(&JDK)
}

fn or_named(package: &Package<'_>) -> String {
    format!("{} (or set JAVA_HOME to a JDK, 11 or later)", package.how())
}
