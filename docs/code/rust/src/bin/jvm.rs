//! Chooses the options of the JVM before it starts.

use metaffi::Runtime;

fn main() -> Result<(), metaffi::Error> {
    // SAFETY: no other thread runs yet.
    unsafe { std::env::set_var("METAFFI_JVM_OPTIONS", "-Xmx64m") };
    let jdk = Runtime::load("openjdk")?.module("")?.object()?;
    let runtime = jdk.get("java.lang.Runtime")?.call("getRuntime", ())?;
    println!("{} MB", runtime.call("maxMemory", ())?.lift::<i64>()? >> 20);
    Ok(())
}
