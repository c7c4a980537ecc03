//! Lists the links of a page that Beautiful Soup parses.

mod bs4 {
    include!(concat!(env!("OUT_DIR"), "/bs4_MetaFFIHost.rs"));
}

use bs4::{BeautifulSoup, bind_module_to_code};

const PAGE: &str = r#"<h1>Books</h1>
<ul><li><a href="/momo">Momo</a> <em>1973</em><li><a href="/emma">Emma</a> <em>1815</em></ul>
<p>See also <a href="/films">films</a>."#;

fn main() -> Result<(), metaffi::Error> {
    bind_module_to_code("bs4", "python3")?;
    let page = BeautifulSoup::new_with().markup(PAGE).features("html.parser").call()?;
    for link in &page.select("li a")? {
        let link = link?;
        println!("{} {}", link.get_text()?, link.get("href")?);
    }
    if let Some(year) = page.select_one("em")? {
        year.set("class", "year")?;
        println!("{year} in {} children", page.len()?);
    }
    Ok(())
}
