//! The fenced code blocks of a page of Markdown.

/// A line that exempts the block below it, with its reason.
const EXEMPTION: (&str, &str) = ("<!-- not run:", "-->");

/// A fenced block.
#[derive(Debug, PartialEq, Eq)]
pub struct Block {
    /// The number of the line with the opening fence, from 1.
    pub line: usize,
    /// The first word of the info string, which is the language; empty where there is none.
    pub language: String,
    /// Its lines without common indentation, and without blank lines at both ends.
    pub lines: Vec<String>,
    /// Whether the line above says why it is not run.
    pub is_exempt: bool,
}

/// All blocks, also those that are indented in lists and tabs.
pub fn blocks(markdown: &str) -> Vec<Block> {
    let lines: Vec<&str> = markdown.lines().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let Some((fence, info)) = opening(lines[at]) else {
            at += 1;
            continue;
        };
        let end = (at + 1..lines.len()).find(|&next| closes(lines[next], fence));
        let end = end.unwrap_or(lines.len());
        found.push(Block {
            line: at + 1,
            language: info.split([' ', '{', ',']).next().unwrap_or_default().to_owned(),
            lines: dedented(&lines[at + 1..end]),
            is_exempt: at > 0 && exempts(lines[at - 1]),
        });
        at = end + 1;
    }
    found
}

/// The number of backticks of a fence that opens a block, and its info string.
fn opening(line: &str) -> Option<(usize, &str)> {
    let line = line.trim_start();
    let fence = line.len() - line.trim_start_matches('`').len();
    let info = line[fence..].trim();
    (fence >= 3 && !info.contains('`')).then_some((fence, info))
}

fn closes(line: &str, fence: usize) -> bool {
    let line = line.trim();
    line.len() >= fence && line.bytes().all(|byte| byte == b'`')
}

fn exempts(line: &str) -> bool {
    let (start, end) = EXEMPTION;
    let reason = line.trim().strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
    reason.is_some_and(|reason| !reason.trim().is_empty())
}

/// Lines without the indentation that all have, and without blank lines at both ends.
pub fn dedented(lines: &[&str]) -> Vec<String> {
    let filled: Vec<&str> = lines.iter().copied().filter(|line| !line.trim().is_empty()).collect();
    let indentation = filled.iter().copied().map(indentation_of).reduce(common);
    let indentation = indentation.unwrap_or_default().len();
    let without = |line: &&str| line.get(indentation..).unwrap_or_default().trim_end().to_owned();
    let mut lines: Vec<String> = lines.iter().map(without).skip_while(String::is_empty).collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// The white space that a line begins with.
pub fn indentation_of(line: &str) -> &str {
    &line[..line.len() - line.trim_start().len()]
}

fn common<'a>(one: &'a str, other: &str) -> &'a str {
    let same = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    &one[..same]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_in_tabs_lose_their_indentation() {
        let page = "=== \"Go\"\n\n    ```go\n    \tif x {\n    \t\treturn\n    \t}\n    ```\n";
        let found = blocks(page);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].line, found[0].language.as_str()), (3, "go"));
        assert_eq!(found[0].lines, ["if x {", "\treturn", "}"]);
    }

    #[test]
    fn a_fence_closes_with_as_many_backticks() {
        let page = "````text\n```\ninner\n```\n````\n```sh title=\"x\"\nrun\n```\n";
        let found = blocks(page);
        assert_eq!(found[0].lines, ["```", "inner", "```"]);
        assert_eq!((found[1].language.as_str(), found[1].line), ("sh", 6));
    }

    #[test]
    fn inline_code_opens_no_block() {
        assert_eq!(blocks("A ```text``` here.\n```text``` there.\n"), []);
    }

    #[test]
    fn an_exemption_stands_above_its_block_and_has_a_reason() {
        let exempt = |above: &str| blocks(&format!("{above}\n```sh\nrun\n```\n"))[0].is_exempt;
        assert!(exempt("<!-- not run: needs Docker -->"));
        assert!(exempt("    <!-- not run: needs Docker -->"));
        assert!(!exempt("<!-- not run: -->"));
        assert!(!exempt("<!-- not run: needs Docker -->\n"));
        assert!(!exempt("text"));
    }
}
