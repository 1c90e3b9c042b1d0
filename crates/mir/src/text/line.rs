//! A line of the text form, read from left to right.

use std::fmt;

use cranelift_entity::EntityRef;
use tandem_runtime::ffi::Lane;

use super::LANES;
use crate::{Edge, Operand, Operands};

/// What was read, or what is wrong.
pub(super) type Parsed<T> = Result<T, String>;

/// Cuts at a `;` outside quotes.
pub(super) fn without_comment(line: &str) -> &str {
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in line.char_indices() {
        match c {
            ';' if !quoted => return &line[..at],
            '"' if !escaped => quoted = !quoted,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    line
}

/// What is left of a line.
pub(super) struct Line<'a> {
    pub rest: &'a str,
}

impl<'a> Line<'a> {
    /// Skips `text` if it comes next.
    pub fn eat(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }

    pub fn expect(&mut self, text: &str) -> Parsed<()> {
        if self.eat(text) { Ok(()) } else { Err(format!("expected `{text}` at `{}`", self.rest)) }
    }

    pub fn end(&self) -> Parsed<()> {
        if self.rest.is_empty() { Ok(()) } else { Err(format!("unexpected `{}`", self.rest)) }
    }

    /// The next letters, digits, dots, signs.
    pub fn word(&mut self) -> &'a str {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '+');
        let len = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(len);
        self.rest = rest.trim_start();
        word
    }

    pub fn number<T: std::str::FromStr>(&mut self) -> Parsed<T> {
        let word = self.word();
        word.parse().map_err(|_| format!("expected a number, found `{word}`"))
    }

    /// `block3`, given `block`.
    pub fn entity<E: EntityRef>(&mut self, prefix: &str) -> Parsed<E> {
        let word = self.word();
        match word.strip_prefix(prefix).and_then(|digits| digits.parse::<u32>().ok()) {
            Some(index) if index < 1 << 24 => Ok(E::new(index as usize)),
            Some(_) | None => Err(format!("expected {prefix}0, {prefix}1, …, found `{word}`")),
        }
    }

    /// The number of a definition, which must be the next.
    pub fn define<E: EntityRef + fmt::Display>(&mut self, prefix: &str, next: E) -> Parsed<()> {
        let found: E = self.entity(prefix)?;
        if found == next { Ok(()) } else { Err(format!("expected {next}, found {found}")) }
    }

    pub fn lane(&mut self) -> Parsed<Lane> {
        let word = self.word();
        LANES.iter().find(|(name, _)| *name == word).map(|(_, lane)| *lane).ok_or(format!("no lane is named `{word}`"))
    }

    /// Items separated by commas, none if the line or bracket ends.
    pub fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        let mut items = Vec::new();
        if self.rest.is_empty() || self.rest.starts_with([')', '@', '{']) {
            return Ok(items);
        }
        loop {
            items.push(item(self)?);
            if !self.eat(",") {
                return Ok(items);
            }
        }
    }

    pub fn bracketed<T>(&mut self, item: impl FnMut(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        self.expect("(")?;
        let items = self.list(item)?;
        self.expect(")")?;
        Ok(items)
    }

    pub fn operand<V: Operand>(&mut self) -> Parsed<V> {
        self.entity(V::PREFIX)
    }

    pub fn operands<V: Operand>(&mut self) -> Parsed<Operands<V>> {
        Ok(self.list(Self::operand)?.into())
    }

    pub fn arguments<V: Operand>(&mut self) -> Parsed<Operands<V>> {
        Ok(self.bracketed(Self::operand)?.into())
    }

    pub fn typed<V: Operand>(&mut self) -> Parsed<(V, Lane)> {
        let operand = self.operand()?;
        self.expect(":")?;
        Ok((operand, self.lane()?))
    }

    pub fn edge<V: Operand>(&mut self) -> Parsed<Edge<V>> {
        let block = self.entity("block")?;
        let args = if self.rest.starts_with('(') { self.arguments()? } else { Operands::new() };
        Ok(Edge { block, args })
    }

    /// A text as Rust's `{:?}` writes it.
    pub fn string(&mut self) -> Parsed<String> {
        let inside = self.rest.strip_prefix('"').ok_or_else(|| format!("expected a text at `{}`", self.rest))?;
        let mut text = String::new();
        let mut chars = inside.chars();
        loop {
            match chars.next().ok_or("the text does not end")? {
                '"' => break,
                '\\' => text.push(escape(&mut chars)?),
                c => text.push(c),
            }
        }
        self.rest = chars.as_str().trim_start();
        Ok(text)
    }
}

fn escape(chars: &mut std::str::Chars<'_>) -> Parsed<char> {
    match chars.next().ok_or("the text does not end")? {
        'n' => Ok('\n'),
        't' => Ok('\t'),
        'r' => Ok('\r'),
        '0' => Ok('\0'),
        'u' => {
            let hex: String = chars.by_ref().skip(1).take_while(|c| *c != '}').collect();
            u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32).ok_or(format!("no character `{hex}`"))
        }
        c => Ok(c),
    }
}
