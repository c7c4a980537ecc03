//! Starting programs of other systems.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::runtimes::arm64_root;
use super::{Emulator, System};
use crate::paths::root;

/// What the kernel is told: programs of this format are for QEMU (the ELF header of an executable
/// or a position-independent one for AArch64). `F` opens QEMU now, so that it need not be in the
/// root that is entered.
const FORMAT: &str = concat!(
    r":metaffi-arm64:M::\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00",
    r":\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff",
    r":/usr/bin/qemu-aarch64:F"
);

/// Starts a program in a root, in namespaces of its own: this machine's kernel forgets what it
/// was told when the program ends.
const IN_ROOT: &str = r#"
format=$1 checkout=$2 folder=$3
shift 3
mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc
printf %s "$format" >/proc/sys/fs/binfmt_misc/register
mkdir -p "$0/$checkout"
for shared in /dev /proc "$checkout"; do mount --rbind "$shared" "$0/$shared"; done
exec chroot "$0" env --chdir="$folder" "$@"
"#;

impl System {
    /// A program of this system, which starts in `folder` with MetaFFI installed.
    pub fn runner(&self, program: &str, folder: &Path) -> Result<Command> {
        let home = self.folder().join("metaffi").display().to_string();
        let mut command = match self.emulator {
            Emulator::Wine => self.by_wine(program, folder),
            Emulator::Qemu => self.by_qemu(program, folder),
        };
        command.env("METAFFI_HOME", self.seen(&home)).env("JAVA_HOME", self.java_home()?);
        Ok(command)
    }

    /// Has Cargo run what it builds for this system.
    pub(super) fn prepare(&self, cargo: &mut Command) -> Result<()> {
        let runner = match self.emulator {
            Emulator::Wine => "wine".to_owned(),
            Emulator::Qemu => format!("qemu-aarch64 -L {}", arm64_root().display()),
        };
        cargo.env(self.cargo_setting("RUNNER"), runner);
        let home = self.folder().join("metaffi").display().to_string();
        cargo.env("METAFFI_HOME", self.seen(&home)).env("JAVA_HOME", self.java_home()?);
        self.quiet_wine(cargo);
        Ok(())
    }

    fn quiet_wine(&self, command: &mut Command) {
        command.env("WINEPREFIX", self.folder().join("prefix")).env("WINEDEBUG", "-all");
    }

    fn by_wine(&self, program: &str, folder: &Path) -> Command {
        let mut command = Command::new("wine");
        command.arg(self.program(program)).current_dir(folder);
        self.quiet_wine(&mut command);
        command
    }

    fn by_qemu(&self, program: &str, folder: &Path) -> Command {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-ec", IN_ROOT]);
        command.arg(arm64_root()).args([FORMAT, &root().display().to_string()]).arg(folder);
        command.arg(self.program(program));
        command
    }

    /// Java is where it was put; others are named by their paths.
    fn program(&self, program: &str) -> String {
        let slash = if self.emulator == Emulator::Wine { '\\' } else { '/' };
        match (program, self.java_home()) {
            ("java", Ok(home)) => format!("{home}{slash}bin{slash}java{}", self.names[0]),
            _ => program.to_owned(),
        }
    }

    fn java_home(&self) -> Result<String> {
        let home = self.folder().join(self.java_home);
        Ok(self.seen(home.to_str().context("a path in UTF-8")?))
    }
}
