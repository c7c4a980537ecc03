//! A language for tests: its sources list function names, one a line.

use std::fs;
use std::path::Path;

use metaffi_compiler::{
    Capabilities, Diagnostic, GuestArtifact, Language, OutputFile, Request, idl_for, stem_of_file,
};
use metaffi_idl::{EntityPath, Function, Idl, Module};

pub(crate) struct Tongue {
    pub(crate) name: &'static str,
    pub(crate) suffix: &'static str,
    pub(crate) can: Capabilities,
}

pub(crate) const ALL: Capabilities = Capabilities { extract: true, guest: true, host: true };

fn function(name: &str) -> Function {
    let entity_path = EntityPath::new().with("callable", name);
    Function { name: name.to_owned(), entity_path, ..Function::default() }
}

impl Language for Tongue {
    fn name(&self) -> &'static str {
        self.name
    }

    fn aliases(&self) -> &'static [&'static str] {
        if self.name == "east" { &["e", "orient"] } else { &[] }
    }

    fn capabilities(&self) -> Capabilities {
        self.can
    }

    fn claims(&self, source: &Path) -> bool {
        source.extension().is_some_and(|suffix| suffix == self.suffix)
    }

    fn claims_name(&self, name: &str) -> bool {
        name.starts_with(self.name)
    }

    fn extract(&self, request: &Request<'_>) -> Result<Idl, Diagnostic> {
        let text = fs::read_to_string(request.source)
            .map_err(|error| Diagnostic::io("read", request.source, &error))?;
        let stem = stem_of_file(request.source);
        let module = Module {
            name: stem.clone(),
            functions: text.lines().map(function).collect(),
            ..Module::default()
        };
        let idl = idl_for(request.source, self.name, stem, String::new());
        Ok(Idl { modules: vec![module], ..idl })
    }

    fn build_guest(&self, request: &Request<'_>, idl: &Idl) -> Result<GuestArtifact, Diagnostic> {
        let guest = request.out_dir.join(format!("{}_MetaFFIGuest", idl.idl_source));
        let from = fs::read(request.source)
            .map_err(|error| Diagnostic::io("read", request.source, &error))?;
        fs::write(&guest, from).map_err(|error| Diagnostic::io("write", &guest, &error))?;
        Ok(GuestArtifact::File(guest))
    }

    fn emit_host(&self, request: &Request<'_>, idl: &Idl) -> Result<Vec<OutputFile>, Diagnostic> {
        request.options.only(&["shout"])?;
        let mut text: String = idl.callables().map(|c| c.signature() + "\n").collect();
        if request.options.get("shout").is_some() {
            text = text.to_uppercase();
        }
        Ok(vec![OutputFile::new(format!("{}_MetaFFIHost.{}", idl.idl_source, self.suffix), text)])
    }
}
