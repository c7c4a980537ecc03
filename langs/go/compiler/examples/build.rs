use metaffi_compiler::*;
use std::path::Path;
struct P;
impl Progress for P {
    fn step(&self, m: &str) {
        println!("step {m}");
    }
    fn warn(&self, w: &Diagnostic) {
        println!("warn {w}");
    }
}
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let options = Options::parse(a.get(3).map_or("", |s| s)).unwrap();
    let r = Request {
        source: Path::new(&a[1]),
        out_dir: Path::new(&a[2]),
        options: &options,
        home: Path::new("/tmp/gow/home"),
        progress: &P,
    };
    let go = metaffi_go_compiler::Go;
    match go.extract(&r) {
        Ok(idl) => {
            for c in idl.callables() {
                println!("{}   {}", c.entity_path(), c.signature());
            }
            match go.build_guest(&r, &idl) {
                Ok(x) => println!("{x:?}"),
                Err(e) => println!("{e}"),
            }
        }
        Err(e) => println!("{e}"),
    }
}
