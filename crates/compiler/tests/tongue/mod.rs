//! A language for tests: its sources list function names, one per line.

use std::fs;
use std::path::Path;

use metaffi_compiler::{
    Diagnostic, Emitter, GuestArtifact, Input, Key, Language, OutputFile, Reader, Request, Source,
    idl_for, stem_of_file,
};
use metaffi_idl::{EntityPath, Function, Idl, Module};

pub(crate) struct Tongue {
    pub(crate) name: &'static str,
    pub(crate) suffix: &'static str,
    pub(crate) reads: bool,
}

fn function(name: &str) -> Function {
    let entity_path = EntityPath::new().with("callable", name);
    Function { name: name.to_owned(), entity_path, ..Function::default() }
}

impl Language for Tongue {
    fn name(&self) -> &str {
        self.name
    }

    fn aliases(&self) -> Vec<&str> {
        if self.name == "east" { vec!["e", "orient"] } else { vec![] }
    }

    fn often_written(&self) -> Vec<&str> {
        if self.name == "east" { vec!["sunrise"] } else { vec![] }
    }

    fn reader(&self) -> Option<&dyn Reader> {
        self.reads.then_some(self as &dyn Reader)
    }

    fn emitter(&self) -> Option<&dyn Emitter> {
        (self.name != "mute").then_some(self as &dyn Emitter)
    }
}

/// How often a source was read on this thread.
#[allow(dead_code, reason = "each test file uses its part")]
pub(crate) fn reads() -> u32 {
    READS.get()
}

thread_local! {
    static READS: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

impl Reader for Tongue {
    fn claims(&self, source: &Path) -> bool {
        source.extension().is_some_and(|suffix| suffix == self.suffix)
    }

    fn is_project(&self, folder: &Path) -> bool {
        folder.join(self.name).is_file()
    }

    fn claims_name(&self, name: &str) -> bool {
        name.starts_with(self.name)
    }

    fn inputs(&self, request: &Request<'_>) -> Option<Vec<Input>> {
        Some(vec![Input::Content(request.source.to_owned())])
    }

    /// A line that starts with `-` is skipped.
    fn read(&self, request: &Request<'_>) -> Result<Source, Diagnostic> {
        READS.set(READS.get() + 1);
        let text = fs::read_to_string(request.source)
            .map_err(|error| Diagnostic::io("read", request.source, &error))?;
        let stem = stem_of_file(request.source);
        let (left_out, names): (Vec<_>, Vec<_>) =
            text.lines().partition(|line| line.starts_with('-'));
        left_out.iter().for_each(|name| request.progress.left_out(&name[1..], "it is crossed out"));
        let module = Module {
            name: stem.clone(),
            functions: names.into_iter().map(function).collect(),
            ..Module::default()
        };
        let library = format!("{stem}_MetaFFIGuest");
        let idl = idl_for(request.source, self.name, stem.clone(), library);
        Ok(Source::new(Idl { modules: vec![module], ..idl }, move |request| {
            let guest = request.out_dir.join(format!("{stem}_MetaFFIGuest"));
            fs::write(&guest, text).map_err(|error| Diagnostic::io("write", &guest, &error))?;
            Ok(GuestArtifact::File(guest))
        }))
    }
}

impl Emitter for Tongue {
    fn options(&self) -> Vec<Key<'_>> {
        let shout = Key { name: "shout", about: "in capital letters" };
        let package = Key { name: "package", about: "what it is in" };
        if self.name == "west" { vec![shout, package] } else { vec![shout] }
    }

    fn emit(&self, request: &Request<'_>, idl: &Idl) -> Result<Vec<OutputFile>, Diagnostic> {
        request.options.only(&Emitter::options(self))?; // no others come
        let mut text: String = idl.callables().map(|c| c.signature() + "\n").collect();
        if request.options.get("shout").is_some() {
            text = text.to_uppercase();
        }
        Ok(vec![OutputFile::new(format!("{}_MetaFFIHost.{}", idl.idl_source, self.suffix), text)])
    }
}
