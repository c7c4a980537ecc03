//! Starts programs of other systems.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::runtimes::arm64_root;
use super::{Emulator, System};
use crate::paths::{root, symlink, target};

/// A registration for the kernel: QEMU runs programs of this format (the ELF header of an
/// executable or a position-independent one for AArch64). `F` opens QEMU now, so that it does not
/// have to be in the root that is entered.
const FORMAT: &str = concat!(
    r":metaffi-arm64:M::\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00",
    r":\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff",
    r":/usr/bin/qemu-aarch64:F"
);

/// Starts a program in a root, in the working directory and in separate namespaces: this machine's
/// kernel drops the registration when the program ends.
const IN_ROOT: &str = r#"
format=$1 checkout=$2 target=$3
shift 3
mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc
printf %s "$format" >/proc/sys/fs/binfmt_misc/register
for shared in /dev /proc /tmp "$checkout" "$target"; do
  mkdir -p "$0/$shared"
  mount --rbind "$shared" "$0/$shared"
done
exec chroot "$0" env --chdir="$PWD" "$@"
"#;

impl System {
    /// A program of this system, which starts in `folder` with MetaFFI installed.
    pub fn runner(&self, program: &str, folder: &Path) -> Command {
        let starter = self.starter();
        let mut command = Command::new(&starter[0]);
        command.args(&starter[1..]).arg(self.program(program)).current_dir(folder);
        self.install(&mut command);
        command
    }

    /// Makes Cargo run what it builds for this system with the emulator.
    pub(super) fn run_by(&self, cargo: &mut Command) -> Result<()> {
        // A JSON list of strings is also one in TOML.
        let starter = serde_json::to_string(&self.starter())?;
        cargo.arg("--config").arg(format!("target.{}.runner={starter}", self.triple));
        self.install(cargo);
        Ok(())
    }

    /// What starts a program, whose path and arguments follow.
    pub(super) fn starter(&self) -> Vec<String> {
        let shown = |path: PathBuf| path.display().to_string();
        match self.emulator {
            Emulator::Wine => vec!["wine".to_owned()],
            Emulator::Qemu => {
                let fixed =
                    ["unshare", "--user", "--map-root-user", "--mount", "sh", "-ec", IN_ROOT];
                let own = [shown(arm64_root()), FORMAT.to_owned(), shown(root()), shown(target())];
                fixed.map(str::to_owned).into_iter().chain(own).collect()
            }
        }
    }

    /// Sets the variables by which MetaFFI and Java are found, and those of Wine.
    pub(super) fn install(&self, command: &mut Command) {
        command.env("METAFFI_HOME", self.seen(&self.home()));
        command.env("JAVA_HOME", self.java_home());
        command.env("WINEPREFIX", self.wine_prefix()).env("WINEDEBUG", "-all");
    }

    /// A folder as a share of another machine, `\\server\share`, where there are such paths.
    pub(super) fn share(&self, folder: &Path) -> Result<Option<String>> {
        if self.emulator != Emulator::Wine {
            return Ok(None);
        }
        let server = self.wine_prefix().join("dosdevices/unc/metaffi");
        std::fs::create_dir_all(&server)?;
        let _ = std::fs::remove_file(server.join("share"));
        symlink(folder, server.join("share"))?;
        Ok(Some(r"\\metaffi\share".to_owned()))
    }

    /// Where Wine keeps what Windows has on its drive `C:`.
    pub(super) fn wine_prefix(&self) -> PathBuf {
        self.folder().join("prefix")
    }

    /// Java is where it was put; others are named by their paths.
    pub(super) fn program(&self, program: &str) -> String {
        match program {
            "java" => {
                let java = format!("bin/java{}", self.names[0]);
                self.seen(&self.folder().join(self.java_home).join(java))
            }
            _ => program.to_owned(),
        }
    }

    fn java_home(&self) -> String {
        self.seen(&self.folder().join(self.java_home))
    }
}
