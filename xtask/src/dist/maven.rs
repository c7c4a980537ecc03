//! The Maven repository: the Java API with and without the bundled installation.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::archive::{Archive, Effort};
use super::licences::Notices;
use super::native::Native;
use super::{VERSION, scratch};
use crate::javadoc;
use crate::paths::root;
use crate::steps::quiet;

/// The folder of the installations in a jar, which `Bundle.java` reads.
const BUNDLES: &str = "META-INF/metaffi/";

const MANIFEST: &str = "Manifest-Version: 1.0\r\nAutomatic-Module-Name: metaffi\r\n";

/// Makes the repository. The classes are the same for all platforms.
pub(super) fn make(natives: &[Native], notices: &Notices, repository: &Path) -> Result<()> {
    let folder = scratch("maven")?;
    let own = natives.first().context("there is this machine's")?;
    let classes = own.classes.join("metaffi");
    let jars = Jars { folder: &folder, classes: &classes, notices, effort: own.effort };
    let fat = jars.jar("metaffi-api.jar", natives)?;
    let mut classified = vec![("nolib", jars.jar("nolib.jar", &[])?)];
    for native in natives {
        let jar = jars.jar(&format!("{}.jar", native.platform), std::slice::from_ref(native))?;
        classified.push((native.platform, jar));
    }
    let (sources, javadoc) = (jars.sources()?, jars.javadoc()?);
    let pom = folder.join("pom.xml");
    let text = std::fs::read_to_string(root().join("langs/openjdk/api/pom.xml"))?;
    std::fs::write(&pom, text.replace("${version}", VERSION))?;
    deploy(repository, &pom, &fat, [("sources", &sources), ("javadoc", &javadoc)], &classified)
}

struct Jars<'a> {
    folder: &'a Path,
    /// The package `metaffi`.
    classes: &'a Path,
    notices: &'a Notices,
    effort: Effort,
}

impl Jars<'_> {
    /// The API with the installations of these platforms.
    fn jar(&self, name: &str, natives: &[Native]) -> Result<PathBuf> {
        let to = self.folder.join(name);
        let mut jar = self.begun();
        jar.file("META-INF/LICENSE", root().join("LICENSE")).folder("metaffi/", self.classes)?;
        self.notices.files().for_each(|(name, file)| {
            jar.file(format!("META-INF/{name}"), file);
        });
        for Native { platform, archive, digest, .. } in natives {
            jar.file(format!("{BUNDLES}{platform}.zip"), archive);
            jar.bytes(format!("{BUNDLES}{platform}.sha256"), digest.as_bytes());
        }
        jar.write(&to)?;
        Ok(to)
    }

    fn begun(&self) -> Archive {
        let mut archive = Archive::compressed(self.effort);
        archive.bytes("META-INF/MANIFEST.MF", MANIFEST);
        archive
    }

    fn sources(&self) -> Result<PathBuf> {
        let to = self.folder.join("sources.jar");
        self.begun().folder("", &root().join(javadoc::SOURCES))?.write(&to)?;
        Ok(to)
    }

    fn javadoc(&self) -> Result<PathBuf> {
        let (to, pages) = (self.folder.join("javadoc.jar"), self.folder.join("javadoc"));
        javadoc::write(&pages)?;
        self.begun().folder("", &pages)?.write(&to)?;
        Ok(to)
    }
}

/// Uses Maven's own plugin. It records the time for version ranges, which is removed.
fn deploy(
    repository: &Path,
    pom: &Path,
    jar: &Path,
    attached: [(&str, &PathBuf); 2],
    classified: &[(&str, PathBuf)],
) -> Result<()> {
    let list = |items: Vec<String>| items.join(",");
    let mut maven = Command::new("mvn");
    maven.current_dir(std::env::temp_dir()).args(["-q", "-B"]);
    maven.arg("org.apache.maven.plugins:maven-deploy-plugin:3.1.4:deploy-file");
    maven.arg(format!("-Durl=file://{}", repository.display()));
    maven.arg(format!("-DpomFile={}", pom.display())).arg(format!("-Dfile={}", jar.display()));
    for (name, file) in attached {
        maven.arg(format!("-D{name}={}", file.display()));
    }
    maven.arg(format!(
        "-Dclassifiers={}",
        list(classified.iter().map(|(classifier, _)| (*classifier).to_owned()).collect())
    ));
    maven.arg(format!("-Dtypes={}", list(classified.iter().map(|_| "jar".to_owned()).collect())));
    maven.arg(format!(
        "-Dfiles={}",
        list(classified.iter().map(|(_, file)| file.display().to_string()).collect())
    ));
    quiet("the Maven repository", &mut maven)?;
    for file in crate::stage::files(repository, &[])? {
        if file.to_string_lossy().contains("maven-metadata") {
            std::fs::remove_file(file)?;
        }
    }
    Ok(())
}
