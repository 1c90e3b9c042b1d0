//! Padding and stripping.

use super::build::Size;
use super::{Str, is_python_space};
use crate::context::Context;
use crate::fault::{Failed, Fault};

/// Where the text stands in a field, or which ends are stripped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
    Both,
}

impl Context {
    /// `s` in a field of `width` characters; the padding stands at `side`.
    pub(super) fn pad(&mut self, s: Str, width: i64, fill: Str, side: Side) -> Result<Str, Failed> {
        let filling = self.size(fill);
        if filling.characters != 1 {
            return Err(self.fail(Fault::BadArgument, "the fill is not one character"));
        }
        let width = usize::try_from(width).unwrap_or(0);
        let padding = width.saturating_sub(self.size(s).characters);
        if padding == 0 {
            return Ok(s);
        }
        let before = match side {
            Side::Left => padding,
            Side::Right => 0,
            // As Python does it: of an odd padding the smaller half is left, unless the width is odd too.
            Side::Both => padding / 2 + (padding & width & 1),
        };
        let size = filling.times(padding).and_then(|padding| padding.plus(self.size(s)));
        self.build_string(size, |cx, out| {
            out.push_times(cx.str(fill), before);
            out.push(cx.str(s));
            out.push_times(cx.str(fill), padding - before);
        })
    }

    /// `s` with zeros between its sign and the rest, so that it has `width` characters.
    pub(super) fn zero_fill(&mut self, s: Str, width: i64) -> Result<Str, Failed> {
        let padding = usize::try_from(width).unwrap_or(0).saturating_sub(self.size(s).characters);
        if padding == 0 {
            return Ok(s);
        }
        let size = Size { bytes: padding, characters: padding }.plus(self.size(s));
        self.build_string(size, |cx, out| {
            let text = cx.str(s);
            let (sign, rest) = text.split_at(usize::from(text.starts_with(['+', '-'])));
            out.push(sign);
            out.push_times("0", padding);
            out.push(rest);
        })
    }

    /// `s` without blanks, or without these characters, at its ends.
    pub(super) fn strip(&mut self, s: Str, characters: Option<Str>, side: Side) -> Result<Str, Failed> {
        let text = self.str(s);
        let set = characters.map(|characters| self.str(characters));
        let stripped = |character: char| match set {
            Some(set) => set.contains(character),
            None => is_python_space(character),
        };
        let (mut start, mut end) = (0, text.len());
        if side != Side::Right {
            start = end - text.trim_start_matches(stripped).len();
        }
        if side != Side::Left {
            end = start + text[start..].trim_end_matches(stripped).len();
        }
        self.substring(s, start..end)
    }
}
