//! An image as bytes: what an executable carries behind its stub.
//!
//! The segment lies at the beginning of a page and its code is run where it lies. Its parts, in order:
//!
//! | bytes | what |
//! |---|---|
//! | 8 | length of the code |
//! | 8 | zero, so that the code is aligned |
//! | … | the code, which is a multiple of 16 long |
//! | … | the rest of the image: numbers as 32-bit little-endian words, lists and text after their length |
//!
//! There is no version: compiler and stub hold the same runtime.

use super::{CodeFunction, FrameVisibility, FunctionName, Image, Place, Places};
use crate::context::Options;
use crate::ffi::Lane;

/// Marks the segment of an executable that holds its program, in the physical address of its program header.
pub const MARK: u64 = u64::from_le_bytes(*b"tandem\0\0");

const CODE: usize = 16;
/// Absent, where there may be a number.
const NONE: u32 = u32::MAX;

impl Image {
    /// The segment that holds this image.
    pub fn write(&self) -> Vec<u8> {
        let mut out = Writer(Vec::with_capacity(self.code.len() * 2 + CODE));
        let length = self.code.len().next_multiple_of(CODE);
        out.0.extend((length as u64).to_le_bytes());
        out.0.resize(CODE, 0);
        out.0.extend_from_slice(&self.code);
        out.0.resize(CODE + length, 0);

        out.number(self.entry);
        out.list(&self.functions, |out, function| {
            out.number(function.start);
            out.number(function.len);
            out.list(&function.stack_maps, |out, (at, slots)| {
                out.number(*at);
                out.list(slots, |out, slot| out.number(*slot));
            });
            out.list(&function.places, |out, (at, loc)| {
                out.number(*at);
                out.number(*loc);
            });
        });
        out.list(&self.constants, |out, text| out.text(text));
        out.list(&self.globals, |out, lane| out.lane(*lane));
        out.list(&self.shapes, |out, lanes| out.list(lanes, |out, lane| out.lane(*lane)));
        out.places(&self.places);
        out.0
    }

    /// The image in a segment, without its code, which stays there.
    fn read(segment: &[u8]) -> Option<Mapped<'_>> {
        let length = u64::from_le_bytes(segment.get(..8)?.try_into().ok()?);
        let end = CODE.checked_add(usize::try_from(length).ok()?)?;
        let code = segment.get(CODE..end)?;
        let mut rest = Reader(segment.get(end..)?);
        let image = Image {
            code: Vec::new(),
            entry: rest.number()?,
            functions: rest.list(|rest| {
                Some(CodeFunction {
                    start: rest.number()?,
                    len: rest.number()?,
                    stack_maps: rest.list(|rest| Some((rest.number()?, rest.list(Reader::number)?)))?,
                    places: rest.list(|rest| Some((rest.number()?, rest.number()?)))?,
                })
            })?,
            constants: rest.list(Reader::text)?,
            globals: rest.list(Reader::lane)?,
            shapes: rest.list(|rest| rest.list(Reader::lane))?,
            places: rest.places()?,
        };
        rest.0.is_empty().then_some(Mapped { image, code })
    }
}

/// An image whose code lies in a segment.
struct Mapped<'a> {
    image: Image,
    code: &'a [u8],
}

/// Runs the program in a segment; gives its exit status, or nothing if these bytes are no segment.
///
/// # Safety
/// The segment was made by [`Image::write`] of this very runtime, and is mapped executable.
pub unsafe fn run_segment(segment: &'static [u8], options: Options) -> Option<i32> {
    let Mapped { image, code } = Image::read(segment)?;
    // SAFETY: the caller's promise.
    Some(unsafe { super::run_mapped(&image, code, options) }.0)
}

struct Writer(Vec<u8>);

impl Writer {
    fn number(&mut self, number: u32) {
        self.0.extend(number.to_le_bytes());
    }

    fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Writer, &T)) {
        self.number(items.len() as u32);
        for item in items {
            write(self, item);
        }
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u32);
        self.0.extend_from_slice(text.as_bytes());
    }

    fn lane(&mut self, lane: Lane) {
        self.0.push(match lane {
            Lane::Int => 0,
            Lane::Float => 1,
            Lane::Bool => 2,
            Lane::Ref => 3,
        });
    }

    fn places(&mut self, places: &Places) {
        self.list(&places.places, |out, place| {
            let Place { file, line, column, width, function, parent } = place;
            for number in [*file, *line, *column, *width, *function, parent.unwrap_or(NONE)] {
                out.number(number);
            }
        });
        self.list(&places.functions, |out, function| {
            out.text(&function.name);
            out.0.push(match function.visibility {
                FrameVisibility::Shown => 0,
                FrameVisibility::Hidden => 1,
            });
        });
        self.list(&places.files, |out, file| out.text(file));
        self.list(&places.lines, |out, ((file, line), text)| {
            out.number(*file);
            out.number(*line);
            out.text(text);
        });
    }
}

/// What is left to read.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    fn number(&mut self) -> Option<u32> {
        let (number, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*number))
    }

    fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.number()?;
        (0..count).map(|_| read(self)).collect()
    }

    fn text(&mut self) -> Option<String> {
        let length = self.number()? as usize;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(std::str::from_utf8(text).ok()?.to_string())
    }

    fn lane(&mut self) -> Option<Lane> {
        match self.byte()? {
            0 => Some(Lane::Int),
            1 => Some(Lane::Float),
            2 => Some(Lane::Bool),
            3 => Some(Lane::Ref),
            _ => None,
        }
    }

    fn places(&mut self) -> Option<Places> {
        Some(Places {
            places: self.list(|rest| {
                Some(Place {
                    file: rest.number()?,
                    line: rest.number()?,
                    column: rest.number()?,
                    width: rest.number()?,
                    function: rest.number()?,
                    parent: Some(rest.number()?).filter(|parent| *parent != NONE),
                })
            })?,
            functions: self.list(|rest| {
                Some(FunctionName {
                    name: rest.text()?,
                    visibility: match rest.byte()? {
                        0 => FrameVisibility::Shown,
                        1 => FrameVisibility::Hidden,
                        _ => return None,
                    },
                })
            })?,
            files: self.list(Reader::text)?,
            lines: self.list(|rest| Some(((rest.number()?, rest.number()?), rest.text()?)))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image() -> Image {
        Image {
            code: vec![0x90; 21],
            functions: vec![
                CodeFunction { start: 0, len: 5, stack_maps: vec![(3, vec![8, 16])], places: vec![(0, 1), (2, NONE)] },
                CodeFunction { start: 16, len: 5, stack_maps: Vec::new(), places: Vec::new() },
            ],
            entry: 16,
            constants: vec!["é".to_string(), String::new()],
            globals: vec![Lane::Int, Lane::Ref],
            shapes: vec![vec![Lane::Float, Lane::Bool], Vec::new()],
            places: Places {
                places: vec![
                    Place { file: 0, line: 1, column: 2, width: 3, function: 0, parent: None },
                    Place { file: 0, line: 4, column: 5, width: 6, function: 1, parent: Some(0) },
                ],
                functions: vec![
                    FunctionName { name: "<script>".to_string(), visibility: FrameVisibility::Shown },
                    FunctionName { name: "f".to_string(), visibility: FrameVisibility::Hidden },
                ],
                files: vec!["a.tdm".to_string()],
                lines: vec![((0, 1), "let x = 1".to_string())],
            },
        }
    }

    #[test]
    fn a_segment_holds_all_of_an_image() {
        let image = image();
        let segment = image.write();
        let mapped = Image::read(&segment).expect("whole");
        assert_eq!(mapped.code[..21], image.code);
        assert_eq!(mapped.image, Image { code: Vec::new(), ..image });
    }

    #[test]
    fn damaged_segments_are_refused() {
        let segment = image().write();
        for end in 0..segment.len() {
            assert!(Image::read(&segment[..end]).is_none(), "{end}");
        }
    }
}
