//! Reading Go packages: a run of the extractor, which is a Go program.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Output;

use metaffi_compiler::{Diagnostic, Problem, Request, ask_extractor, extractor_answer, idl_for};
use metaffi_idl::Idl;

use crate::answer::{Answer, GoModule, Package};
use crate::messages::{name_of, parse, together};
use crate::plan::Plan;

/// The result of reading a source.
pub(crate) struct Extracted {
    pub(crate) idl: Idl,
    pub(crate) module: GoModule,
    pub(crate) packages: Vec<Package>,
    /// The folder of the Go API's package native, if the packages import it.
    pub(crate) api: Option<PathBuf>,
    /// Whether a package may read the environment of the process.
    pub(crate) sees_environment: bool,
    /// The prefixes of class names, by the paths of packages.
    pub(crate) prefixes: BTreeMap<String, String>,
    pub(crate) plan: Plan,
    pub(crate) stem: String,
}

pub(crate) fn extract(request: &Request<'_>) -> Result<Extracted, Diagnostic> {
    let plan = Plan::new(request)?;
    let mut answer = ask(&plan, request.home)?;
    let source = request.source;
    let problems = answer.errors.take().unwrap_or_default();
    if !problems.is_empty() {
        let of_c = problems.iter().any(|problem| problem.message.contains("could not import C"));
        let of_compiler = if of_c { problems_of_c(&plan) } else { Vec::new() };
        return Err(together(source, if of_compiler.is_empty() { problems } else { of_compiler }));
    }
    report_skipped(&mut answer, request);
    let packages = answer.packages.unwrap_or_default();
    let Some(module) = answer.module.filter(|_| !packages.is_empty()) else {
        return Err(Diagnostic::new("there is no Go package here that other packages can import")
            .at(source)
            .help("name a .go file, or the folder of a package"));
    };
    let modules = answer.modules.unwrap_or_default();
    let stem = match &plan.import {
        Some(import) => plan.stem(package_name(&modules, &import.path)),
        None => {
            let root = packages.iter().find(|package| package.dir == plan.dir);
            plan.stem(root.map(|package| package.name.as_str()))
        }
    };
    let root = [("class_of", answer.class_of), ("object_operations", answer.object_operations)];
    let idl = idl(&plan, source, &stem, modules, root)?;
    let api = Some(answer.api).filter(|folder| !folder.as_os_str().is_empty());
    let (sees_environment, prefixes) = (answer.sees_environment, answer.prefixes);
    Ok(Extracted { idl, module, packages, api, sees_environment, prefixes, plan, stem })
}

/// The C compiler's errors; Go's type checker only knows that it failed.
fn problems_of_c(plan: &Plan) -> Vec<Problem> {
    let mut go = plan.toolchain.go(&plan.dir, &["list", "-compiled"]);
    go.args(&plan.flags).arg(format!("-overlay={}", plan.read_overlay().display()));
    go.arg(plan.pattern());
    if plan.is_standalone {
        go.env("GOWORK", "off");
    }
    let stderr = go.output().map(|output| output.stderr).unwrap_or_default();
    parse(&String::from_utf8_lossy(&stderr), &plan.dir)
}

/// Reports what is skipped, with its position.
fn report_skipped(answer: &mut Answer, request: &Request<'_>) {
    let progress = request.progress;
    let warnings = answer.warnings.take().unwrap_or_default();
    for one in answer.left_out.iter().flatten() {
        progress.left_out(&one.what, &one.reason);
    }
    for warning in warnings {
        let name = name_of(&warning).to_owned();
        progress.left_out(&name, &warning.into_diagnostic().to_string());
    }
    if answer.unrequested > 0 {
        let message = format!(
            "{} instances of generic names with less common basic types are skipped",
            answer.unrequested
        );
        let help = "ask for some with the guest option instances=NAME[TYPE;…]|…, for all with \
                    instances=*";
        progress.warn(&Diagnostic::new(message).at(request.source).help(help));
    }
}

/// The name of the package with this import path.
fn package_name<'a>(modules: &'a [serde_json::Value], path: &str) -> Option<&'a str> {
    let module = modules.iter().find(|module| module["tags"]["package"] == path);
    module.and_then(|module| module["name"].as_str())
}

fn ask(plan: &Plan, home: &Path) -> Result<Answer, Diagnostic> {
    let overlay = plan.overlay.write(&plan.read_overlay())?;
    let mut flags = plan.flags.clone();
    flags.push(format!("-overlay={}", overlay.display()));
    let question = serde_json::json!({
        "dir": plan.dir,
        "root": plan.dir,
        "root_path": plan.import.as_ref().map_or("", |import| import.path.as_str()),
        "facade": plan.facade,
        "patterns": [plan.pattern()],
        "flags": flags,
        "instances": plan.instances,
    });
    let extractor = extractor(home)?;
    let mut command = plan.toolchain.prepare(&extractor, &plan.dir);
    if plan.is_standalone {
        command.env("GOWORK", "off");
    }
    let output = ask_extractor(&mut command, &question)
        .map_err(|error| Diagnostic::io("run", &extractor, &error))?;
    read(&output)
}

fn read(output: &Output) -> Result<Answer, Diagnostic> {
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        let stderr = stderr.trim();
        // The error of go itself, if it is go that fails.
        let stderr = stderr.split_once("stderr: ").map_or(stderr, |(_, stderr)| stderr.trim());
        let message = format!("the source cannot be read: {stderr}");
        return Err(together(Path::new(""), vec![Problem { message, ..Problem::default() }]));
    }
    extractor_answer("Go", output)
}

/// The extractor of the installation, or the one that METAFFI_GO_EXTRACTOR names.
fn extractor(home: &Path) -> Result<PathBuf, Diagnostic> {
    let name = format!("metaffi-go-extract{}", std::env::consts::EXE_SUFFIX);
    let named = std::env::var_os("METAFFI_GO_EXTRACTOR").map(PathBuf::from);
    let path = named.unwrap_or_else(|| home.join("libexec").join(name));
    if path.is_file() {
        return Ok(path);
    }
    Err(Diagnostic::new("the Go extractor is missing").at(path).help("reinstall MetaFFI"))
}

/// The IDL of the modules that the extractor found.
fn idl(
    plan: &Plan,
    source: &Path,
    stem: &str,
    modules: Vec<serde_json::Value>,
    of_objects: [(&str, serde_json::Value); 2],
) -> Result<Idl, Diagnostic> {
    let mut root = idl_for(source, "go", stem.to_owned(), format!("{stem}_MetaFFIGuest"));
    if plan.import.is_some() {
        root.idl_extension.clear(); // what follows a dot in it is none
        root.idl_filename_with_extension = source.to_string_lossy().into_owned();
    }
    let mut json = serde_json::to_value(&root).unwrap_or_default();
    json["version"] = metaffi_idl::VERSION.into();
    json["modules"] = serde_json::Value::Array(modules);
    for (key, functions) in of_objects.into_iter().filter(|(_, functions)| !functions.is_null()) {
        json[key] = functions;
    }
    let mut idl = Idl::from_json(&json.to_string()).map_err(|problems| {
        Diagnostic::new("the Go extractor wrote an IDL that is not valid")
            .related(problems.iter().map(|problem| Diagnostic::new(problem.to_string())))
            .help("please report this as a bug")
    })?;
    idl.complete(); // it is embedded as the driver completes it
    Ok(idl)
}
