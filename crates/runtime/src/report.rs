//! A runtime error as the user reads it.
//!
//! ```text
//! error[R0003]: index 5 is out of bounds for an array of length 3
//!   --> demo.tdm:4:12
//!    |
//!  4 |     return xs[5]
//!    |            ^^^^^
//! backtrace: pick (demo.tdm:4:12) < <script> (demo.tdm:7:1)
//! ```
//!
//! Frames of hidden functions (the library's) are left out: the error is placed where the program called them. Of a
//! backtrace with more than 16 frames the first and the last 8 are shown.

use std::collections::VecDeque;
use std::fmt::Write;

use crate::context::{Context, Failure};
use crate::image::{FrameVisibility, Place, Places};

const ENDS: usize = 8;
/// Physical frames kept at each end: many, because hidden ones are dropped and inlined ones added later.
const KEPT: usize = 4096;

/// The places of the frames that were active at an error, innermost first. Of a very deep stack the middle is only
/// counted.
#[derive(Clone, Debug, Default)]
pub struct Backtrace {
    first: Vec<u32>,
    last: VecDeque<u32>,
    /// How many lie between.
    omitted: u64,
}

impl Backtrace {
    /// Adds the next outer frame: the `LocId` at which it failed or called.
    pub fn push(&mut self, loc: u32) {
        if self.first.len() < KEPT {
            return self.first.push(loc);
        }
        if self.last.len() == KEPT {
            self.last.pop_front();
            self.omitted += 1;
        }
        self.last.push_back(loc);
    }

    #[cfg(test)]
    pub(crate) fn kept(&self) -> Vec<u32> {
        self.first.iter().chain(&self.last).copied().collect()
    }
}

impl Extend<u32> for Backtrace {
    fn extend<I: IntoIterator<Item = u32>>(&mut self, locs: I) {
        locs.into_iter().for_each(|loc| self.push(loc));
    }
}

impl FromIterator<u32> for Backtrace {
    fn from_iter<I: IntoIterator<Item = u32>>(locs: I) -> Backtrace {
        let mut backtrace = Backtrace::default();
        backtrace.extend(locs);
        backtrace
    }
}

/// The text of a report, ending in a newline.
pub fn report(failure: &Failure, backtrace: &Backtrace, places: &Places) -> String {
    let first = shown_frames(backtrace.first.iter(), places);
    let last = shown_frames(backtrace.last.iter(), places);
    let mut out = String::new();
    let _ = writeln!(out, "error[R{:04}]: {}", failure.fault.number(), failure.message);
    if let Some(place) = first.first() {
        push_excerpt(&mut out, place, places);
        push_backtrace(&mut out, &first, backtrace.omitted, &last, places);
    }
    out
}

/// The frames that are shown, inlined ones included.
fn shown_frames<'a>(locs: impl Iterator<Item = &'a u32>, places: &Places) -> Vec<&Place> {
    let mut shown = Vec::new();
    for loc in locs {
        let mut next = Some(*loc);
        while let Some(place) = next.and_then(|loc| places.places.get(loc as usize)) {
            if places.functions[place.function as usize].visibility == FrameVisibility::Shown {
                shown.push(place);
            }
            next = place.parent;
        }
    }
    shown
}

fn push_excerpt(out: &mut String, place: &Place, places: &Places) {
    let _ = writeln!(out, "  --> {}", position(place, places));
    let Ok(index) = places.lines.binary_search_by_key(&(place.file, place.line), |line| line.0) else { return };
    let line = &places.lines[index].1;
    let number = place.line.to_string();
    let gutter = " ".repeat(number.len() + 2);
    // Tabs stay tabs, so that the carets stand below their text.
    let indent: String = line
        .chars()
        .chain(std::iter::repeat(' '))
        .take(place.column.saturating_sub(1) as usize)
        .map(|character| if character == '\t' { '\t' } else { ' ' })
        .collect();
    let carets = "^".repeat(place.width.max(1) as usize);
    let _ = write!(out, "{gutter}|\n {number} | {line}\n{gutter}| {indent}{carets}\n");
}

fn push_backtrace(out: &mut String, first: &[&Place], omitted: u64, last: &[&Place], places: &Places) {
    out.push_str("backtrace: ");
    let count = first.len() + last.len();
    let at = |index: usize| if index < first.len() { first[index] } else { last[index - first.len()] };
    for index in 0..count {
        let cut = count > 2 * ENDS || omitted > 0;
        if cut && index >= ENDS && index + ENDS < count {
            if index == ENDS {
                let _ = write!(out, " < ... {} more ...", (count - 2 * ENDS) as u64 + omitted);
            }
            continue;
        }
        let place = at(index);
        let name = &places.functions[place.function as usize].name;
        let _ = write!(out, "{}{name} ({})", if index == 0 { "" } else { " < " }, position(place, places));
    }
    out.push('\n');
}

fn position(place: &Place, places: &Places) -> String {
    format!("{}:{}:{}", places.files[place.file as usize], place.line, place.column)
}

impl Context {
    /// Writes out standard output, then the report to standard error; gives the exit status.
    pub fn report_failure(&mut self, failure: &Failure, backtrace: &Backtrace, places: &Places) -> i32 {
        let status = self.finish(101);
        crate::output::write_error(report(failure, backtrace, places).as_bytes());
        status
    }
}

#[cfg(test)]
mod tests;
