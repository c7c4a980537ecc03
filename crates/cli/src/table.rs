//! A table of signatures and entity paths, for people and for pipes.

use console::{measure_text_width, pad_str, style};

/// Rows under one title: each is a signature and the path that loads it.
pub(crate) struct Section {
    pub(crate) title: String,
    pub(crate) rows: Vec<(String, String)>,
}

/// One row per line: the entity path, a tab, the signature.
pub(crate) fn plain(sections: &[Section]) -> String {
    let rows = sections.iter().flat_map(|section| &section.rows);
    rows.map(|(signature, path)| format!("{path}\t{signature}\n")).collect()
}

/// Sections with titles. Paths get their own column if they fit in `columns`,
/// else a line below their signatures.
pub(crate) fn readable(sections: &[Section], columns: usize) -> String {
    sections.iter().map(|section| readable_section(section, columns)).collect()
}

fn readable_section(section: &Section, columns: usize) -> String {
    let widest = |width: fn(&(String, String)) -> usize| section.rows.iter().map(width).max();
    let left = widest(|row| measure_text_width(&row.0)).unwrap_or(0);
    let right = widest(|row| measure_text_width(&row.1)).unwrap_or(0);
    let side_by_side = 2 + left + 2 + right <= columns;
    let rows = section.rows.iter().map(|(signature, path)| {
        let path = style(path).dim();
        if side_by_side {
            format!("  {}  {path}\n", pad_str(signature, left, console::Alignment::Left, None))
        } else {
            format!("  {signature}\n      {path}\n")
        }
    });
    format!("\n{}\n{}", style(&section.title).bold(), rows.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sections() -> Vec<Section> {
        let row = |signature: &str, path: &str| (signature.to_owned(), path.to_owned());
        let rows = vec![row("add(a: int64) -> int64", "callable=add"), row("f()", "callable=f")];
        vec![Section { title: "math".to_owned(), rows }]
    }

    #[test]
    fn a_pipe_gets_lines() {
        assert_eq!(plain(&sections()), "callable=add\tadd(a: int64) -> int64\ncallable=f\tf()\n");
    }

    #[test]
    fn a_terminal_gets_columns_where_they_fit() {
        console::set_colors_enabled(false);
        assert_eq!(
            readable(&sections(), 80),
            "\nmath\n  add(a: int64) -> int64  callable=add\n  f()                     callable=f\n"
        );
        assert_eq!(
            readable(&sections(), 30),
            "\nmath\n  add(a: int64) -> int64\n      callable=add\n  f()\n      callable=f\n"
        );
    }
}
