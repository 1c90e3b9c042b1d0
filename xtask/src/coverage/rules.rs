//! Finds the rules of a page of the reference.
//!
//! A rule is the text of a list item or paragraph up to its mark; an item may hold several. Not rules: headings, code,
//! the paragraph right below the title, one that ends in a colon (it introduces code), one that is only a code span
//! (a grammar).

/// A sentence and the programs that show it.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Line of the page, from 1.
    pub line: usize,
    /// Names of programs.
    pub programs: Vec<String>,
}

/// What a page holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Rules with their programs.
    pub rules: Vec<Rule>,
    /// Text that should be marked and is not, with its line.
    pub unmarked: Vec<(usize, String)>,
}

const MARK: &str = "<!-- shows:";

/// Reads a page.
pub fn rules(text: &str) -> Page {
    let mut page = Page::default();
    for block in blocks(text) {
        let mut rest = block.text.as_str();
        while let Some((_, after)) = rest.split_once(MARK) {
            let Some((names, after)) = after.split_once("-->") else {
                page.unmarked.push((block.line, "an unclosed mark".to_owned()));
                break;
            };
            let programs: Vec<String> = names.split(',').map(|name| name.trim().to_owned()).collect();
            page.rules.push(Rule { line: block.line, programs });
            rest = after;
        }
        let rest = rest.trim();
        let introduces_code = rest.ends_with(':');
        let code_span = rest.starts_with('`') && rest.ends_with('`') && rest.matches('`').count() == 2;
        if !rest.is_empty() && !block.below_title && !introduces_code && !code_span {
            page.unmarked.push((block.line, rest.to_owned()));
        }
    }
    page
}

/// A list item or paragraph.
struct Block {
    line: usize,
    text: String,
    below_title: bool,
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    let mut fenced = false;
    let mut below_title = false;
    for (line, source) in (1..).zip(text.lines()) {
        let content = source.trim_start();
        if content.starts_with("```") {
            fenced = !fenced;
            open = false;
            continue;
        }
        let indented = source.len() - content.len() >= 4 && !open;
        if fenced || indented || content.is_empty() {
            open = false;
            continue;
        }
        if content.starts_with('#') {
            below_title = content.starts_with("# ");
            open = false;
            continue;
        }
        let item = content.strip_prefix("- ").or_else(|| content.strip_prefix("* "));
        match blocks.last_mut() {
            Some(block) if open && item.is_none() => {
                block.text.push(' ');
                block.text.push_str(content);
            }
            Some(_) | None => {
                let below_title = std::mem::take(&mut below_title) && item.is_none();
                blocks.push(Block { line, text: item.unwrap_or(content).to_owned(), below_title });
                open = true;
            }
        }
    }
    blocks
}

#[cfg(test)]
mod tests;
