//! Renders Markdown as HTML with goldmark.

mod goldmark {
    include!(concat!(env!("OUT_DIR"), "/goldmark_MetaFFIHost.rs"));
}

use std::sync::{Arc, Mutex};

use goldmark::{Writer, WriterMethods};

/// An `io.Writer` in Rust.
struct Page(Arc<Mutex<Vec<u8>>>);

impl WriterMethods for Page {
    fn write(&self, data: Option<Vec<u8>>) -> Result<i64, metaffi::Error> {
        let data = data.unwrap_or_default();
        self.0.lock().unwrap().extend(&data);
        Ok(data.len() as i64)
    }
}

fn main() -> Result<(), metaffi::Error> {
    let guest = concat!(env!("OUT_DIR"), "/goldmark_MetaFFIGuest");
    goldmark::bind_module_to_code(guest, "go")?;
    let html = Arc::new(Mutex::new(Vec::new()));
    let page = Writer::implement(Page(html.clone()))?;
    goldmark::convert(b"# Shopping\n\n- bread\n- **coffee**\n", &page, &[])?;
    print!("{}", String::from_utf8_lossy(&html.lock().unwrap()));
    Ok(())
}
