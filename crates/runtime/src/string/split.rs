//! Splitting and joining.

use memchr::memmem::{Finder, FinderRev};
use std::ops::Range;

use super::build::Size;
use super::{Str, is_python_space};
use crate::array::Array;
use crate::context::Context;
use crate::fault::{Failed, Fault};
use crate::heap::Element;

/// At which end a limited split begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    Left,
    Right,
}

/// What becomes of the ends of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineEnds {
    Drop,
    Keep,
}

impl Context {
    /// `s.split(separator, limit)`; without a separator at runs of blanks; a negative limit is none.
    pub(super) fn split(&mut self, s: Str, separator: Option<Str>, limit: i64, from: From) -> Result<Array, Failed> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let parts = match separator {
            None => split_at_blanks(self.str(s), limit, from),
            Some(separator) if self.str(separator).is_empty() => {
                return Err(self.fail(Fault::BadArgument, "the separator is empty"));
            }
            Some(separator) => split_at(self.str(s), self.str(separator), limit, from),
        };
        self.parts(s, parts)
    }

    /// The lines of `s`, ended by any of Unicode's line ends.
    pub(super) fn split_lines(&mut self, s: Str, ends: LineEnds) -> Result<Array, Failed> {
        let parts = lines(self.str(s), ends);
        self.parts(s, parts)
    }

    /// The lines of a file, ended by `\n` or `\r\n`.
    pub(crate) fn newline_parts(&mut self, s: Str) -> Result<Array, Failed> {
        let text = self.str(s);
        let start = text.as_ptr() as usize;
        let parts =
            text.lines().map(|line| line.as_ptr() as usize - start..line.as_ptr() as usize - start + line.len());
        let parts = parts.collect();
        self.parts(s, parts)
    }

    /// An array of parts of a string.
    fn parts(&mut self, s: Str, parts: Vec<Range<usize>>) -> Result<Array, Failed> {
        let array = self.new_array(Element::Ref, parts.len())?;
        for part in parts {
            let scope = self.open_scope();
            let part = self.substring(s, part)?;
            self.push_string(array, part)?;
            self.close_scope(scope);
        }
        Ok(array)
    }

    /// `separator.join(array)`
    pub(crate) fn join(&mut self, array: Array, separator: Str) -> Result<Str, Failed> {
        let items = self.items(array);
        let count = items.len();
        let mut size = self.size(separator).times(count.saturating_sub(1));
        for lane in items.iter() {
            let scope = self.open_scope();
            let item = self.root_string(lane);
            size = size.and_then(|size| size.plus(self.size(item)));
            self.close_scope(scope);
        }
        self.build_string(size, |cx, out| {
            for (index, lane) in cx.items(array).iter().enumerate() {
                if index > 0 {
                    out.push(cx.str(separator));
                }
                out.push(super::Text::new(lane).as_str());
            }
        })
    }

    /// `s` with tabs replaced by blanks up to the next multiple of `width` columns.
    pub(super) fn expand_tabs(&mut self, s: Str, width: i64) -> Result<Str, Failed> {
        let width = usize::try_from(width).unwrap_or(0);
        let (mut column, mut size) = (0usize, Some(Size::default()));
        let mut blanks = Vec::new();
        for character in self.str(s).chars() {
            let added = match character {
                '\t' => {
                    let count = if width == 0 { 0 } else { width - column % width };
                    blanks.push(count);
                    Size { bytes: count, characters: count }
                }
                _ => Size { bytes: character.len_utf8(), characters: 1 },
            };
            size = size.and_then(|size| size.plus(added));
            column = if matches!(character, '\n' | '\r') { 0 } else { column.wrapping_add(added.characters) };
        }
        self.build_string(size, |cx, out| {
            for (index, part) in cx.str(s).split('\t').enumerate() {
                if index > 0 {
                    out.push_times(" ", blanks[index - 1]);
                }
                out.push(part);
            }
        })
    }
}

fn split_at(text: &str, separator: &str, limit: usize, from: From) -> Vec<Range<usize>> {
    let mut found: Vec<usize> = match from {
        From::Left => Finder::new(separator).find_iter(text.as_bytes()).take(limit).collect(),
        From::Right => FinderRev::new(separator).rfind_iter(text.as_bytes()).take(limit).collect(),
    };
    if from == From::Right {
        found.reverse();
    }
    let mut parts = Vec::with_capacity(found.len() + 1);
    let mut start = 0;
    for at in found {
        parts.push(start..at);
        start = at + separator.len();
    }
    parts.push(start..text.len());
    parts
}

fn split_at_blanks(text: &str, limit: usize, from: From) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut rest = 0..text.len();
    loop {
        let left = &text[rest.clone()];
        match from {
            From::Left => rest.start = rest.end - left.trim_start_matches(is_python_space).len(),
            From::Right => rest.end = rest.start + left.trim_end_matches(is_python_space).len(),
        }
        let left = &text[rest.clone()];
        if left.is_empty() {
            break;
        }
        if parts.len() == limit {
            parts.push(rest);
            break;
        }
        match from {
            From::Left => {
                let end = left.find(is_python_space).map_or(rest.end, |at| rest.start + at);
                parts.push(rest.start..end);
                rest.start = end;
            }
            From::Right => {
                let blank = left.char_indices().rev().find(|(_, character)| is_python_space(*character));
                let start = blank.map_or(rest.start, |(at, character)| rest.start + at + character.len_utf8());
                parts.push(start..rest.end);
                rest.end = start;
            }
        }
    }
    if from == From::Right {
        parts.reverse();
    }
    parts
}

fn lines(text: &str, ends: LineEnds) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let is_end = matches!(
            character,
            '\n' | '\r' | '\x0b' | '\x0c' | '\x1c' | '\x1d' | '\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}'
        );
        if !is_end {
            continue;
        }
        let mut end = at + character.len_utf8();
        if character == '\r' && characters.next_if(|next| next.1 == '\n').is_some() {
            end += 1;
        }
        parts.push(start..if ends == LineEnds::Keep { end } else { at });
        start = end;
    }
    if start < text.len() {
        parts.push(start..text.len());
    }
    parts
}
