//! The values of literals: numbers with their suffixes, escapes, the indentation of `"""`.

use tandem_source::{Diagnostic, FileId, Span};

use crate::ast::NumberSuffix;
use crate::error;

/// Splits a number's suffix off; none of the suffixes begins with a digit of the number's base.
fn suffix(text: &str) -> Option<Option<NumberSuffix>> {
    Some(Some(match text {
        "" => return Some(None),
        "i8" => NumberSuffix::I8,
        "i16" => NumberSuffix::I16,
        "i32" => NumberSuffix::I32,
        "i64" => NumberSuffix::I64,
        "u8" => NumberSuffix::U8,
        "u16" => NumberSuffix::U16,
        "u32" => NumberSuffix::U32,
        "u64" => NumberSuffix::U64,
        "f32" => NumberSuffix::F32,
        "f64" => NumberSuffix::F64,
        _ => return None,
    }))
}

impl NumberSuffix {
    /// As written.
    pub fn text(self) -> &'static str {
        match self {
            NumberSuffix::I8 => "i8",
            NumberSuffix::I16 => "i16",
            NumberSuffix::I32 => "i32",
            NumberSuffix::I64 => "i64",
            NumberSuffix::U8 => "u8",
            NumberSuffix::U16 => "u16",
            NumberSuffix::U32 => "u32",
            NumberSuffix::U64 => "u64",
            NumberSuffix::F32 => "f32",
            NumberSuffix::F64 => "f64",
        }
    }

    /// The magnitude of the smallest value, if it is below zero, and the largest value; none for floats.
    fn magnitudes(self) -> Option<(Option<u128>, u128)> {
        let (signed, bits) = match self {
            NumberSuffix::I8 => (true, 8),
            NumberSuffix::I16 => (true, 16),
            NumberSuffix::I32 => (true, 32),
            NumberSuffix::I64 => (true, 64),
            NumberSuffix::U8 => (false, 8),
            NumberSuffix::U16 => (false, 16),
            NumberSuffix::U32 => (false, 32),
            NumberSuffix::U64 => (false, 64),
            NumberSuffix::F32 | NumberSuffix::F64 => return None,
        };
        Some(if signed { (Some(1 << (bits - 1)), (1 << (bits - 1)) - 1) } else { (None, (1 << bits) - 1) })
    }
}

/// Whether a minus sign stands before a literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    Plus,
    Minus,
}

/// The value of an integer literal. Without a suffix everything up to the largest `u64` is accepted: what fits is
/// known when its type is.
pub(crate) fn int(text: &str, sign: Sign, span: Span) -> Result<(u128, Option<NumberSuffix>), Box<Diagnostic>> {
    let malformed = || Box::new(error::malformed_number(span, text));
    let (radix, digits) = match text.get(..2).map(str::to_ascii_lowercase).as_deref() {
        Some("0x") => (16, &text[2..]),
        Some("0b") => (2, &text[2..]),
        Some("0o") => (8, &text[2..]),
        _ => (10, text),
    };
    let end = digits.find(|c: char| !c.is_digit(radix) && c != '_').unwrap_or(digits.len());
    let (digits, rest) = digits.split_at(end);
    let suffix = suffix(rest).ok_or_else(malformed)?;
    let separated = radix == 10 || !digits.starts_with('_') || digits.len() > 1;
    let trailing = digits.ends_with('_') && suffix.is_none();
    if digits.is_empty() || !separated || trailing || digits.contains("__") {
        return Err(malformed());
    }
    let mut value: u128 = 0;
    for digit in digits.chars().filter_map(|c| c.to_digit(radix)) {
        let next = value.checked_mul(radix.into()).and_then(|value| value.checked_add(digit.into()));
        value = next.ok_or_else(|| Box::new(error::number_too_large(span, None)))?;
    }
    let limits = suffix.and_then(NumberSuffix::magnitudes);
    let (lowest, highest) = limits.unwrap_or((Some(1 << 63), u64::MAX.into()));
    let fits = match sign {
        Sign::Plus => value <= highest,
        Sign::Minus => value <= lowest.unwrap_or(0),
    };
    if fits { Ok((value, suffix)) } else { Err(Box::new(error::number_too_large(span, suffix))) }
}

/// The value of a float literal.
pub(crate) fn float(text: &str, span: Span) -> Result<(f64, Option<NumberSuffix>), Box<Diagnostic>> {
    let malformed = || Box::new(error::malformed_number(span, text));
    let is_part = |at: usize, c: char| {
        c.is_ascii_digit()
            || matches!(c, '_' | '.' | 'e' | 'E')
            || matches!(c, '+' | '-') && matches!(text.as_bytes()[at - 1], b'e' | b'E')
    };
    let end = text.char_indices().find(|(at, c)| !is_part(*at, *c)).map_or(text.len(), |(at, _)| at);
    let (digits, rest) = text.split_at(end);
    let suffix = suffix(rest).ok_or_else(malformed)?;
    let bad_separator = |part: &str| part.starts_with('_') || part.ends_with('_') || part.contains("__");
    if digits.split(['.', 'e', 'E', '+', '-']).any(bad_separator) {
        return Err(malformed());
    }
    let digits = digits.replace('_', "");
    let value = match suffix {
        None | Some(NumberSuffix::F64) => digits.parse::<f64>(),
        Some(NumberSuffix::F32) => digits.parse::<f32>().map(f64::from),
        Some(_) => return Err(malformed()),
    };
    let value = value.map_err(|_| malformed())?;
    if value.is_finite() { Ok((value, suffix)) } else { Err(Box::new(error::number_too_large(span, suffix))) }
}

/// What a piece of string text is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// `"…"`: doubled braces stand for one.
    Text,
    /// A format spec: braces nest.
    Spec,
    /// `b"…"`: braces are text, `\xHH` is a byte.
    Bytes,
}

/// A piece of string text as written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawText<'s> {
    pub text: &'s str,
    pub file: FileId,
    /// Offset of its first byte.
    pub lo: u32,
    pub kind: TextKind,
    /// How many blanks to remove from the start of each line.
    pub margin: usize,
    /// Whether the piece begins a line.
    pub begins_line: bool,
}

impl RawText<'_> {
    /// The text as a string.
    pub fn string(self, errors: &mut Vec<Diagnostic>) -> String {
        String::from_utf8(self.bytes(errors)).expect("only whole characters are pushed outside `b\"…\"`")
    }

    /// The bytes that the text stands for; unknown escapes are reported and dropped.
    pub fn bytes(self, errors: &mut Vec<Diagnostic>) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.text.len());
        let mut rest = self.text;
        let mut begins_line = self.begins_line;
        loop {
            if std::mem::take(&mut begins_line) {
                let blanks = rest.bytes().take(self.margin).take_while(|byte| *byte == b' ').count();
                rest = &rest[blanks..];
            }
            let Some(stop) = rest.find(['\\', '\n', '\r', '{', '}']) else {
                out.extend_from_slice(rest.as_bytes());
                return out;
            };
            out.extend_from_slice(&rest.as_bytes()[..stop]);
            rest = &rest[stop..];
            let length = match rest.as_bytes()[0] {
                b'\\' => self.escape(rest, &mut out, errors),
                b'\r' if rest.starts_with("\r\n") => 1,
                byte => {
                    out.push(byte);
                    begins_line = byte == b'\n';
                    let doubled = matches!(byte, b'{' | b'}') && rest.as_bytes().get(1) == Some(&byte);
                    if doubled && self.kind == TextKind::Text { 2 } else { 1 }
                }
            };
            rest = &rest[length..];
        }
    }

    /// Pushes what the escape at the start of `rest` stands for; gives its length.
    fn escape(self, rest: &str, out: &mut Vec<u8>, errors: &mut Vec<Diagnostic>) -> usize {
        let second = rest[1..].chars().next();
        let simple = match second {
            Some('n') => Some(b'\n'),
            Some('t') => Some(b'\t'),
            Some('r') => Some(b'\r'),
            Some('0') => Some(b'\0'),
            Some(c @ ('\\' | '"' | '\'' | '{' | '}')) => Some(c as u8),
            _ => None,
        };
        if let Some(byte) = simple {
            out.push(byte);
            return 2;
        }
        let (value, length) = match second {
            Some('x') => {
                let digits = rest.get(2..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
                (digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()), 4)
            }
            Some('u') => {
                let digits = rest[2..].strip_prefix('{').and_then(|rest| rest.split_once('}'));
                let digits = digits.map(|(digits, _)| digits).filter(|digits| matches!(digits.len(), 1..=6));
                let hex = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
                (hex.and_then(|hex| u32::from_str_radix(hex, 16).ok()), 4 + hex.map_or(0, str::len))
            }
            _ => (None, 0),
        };
        if let (Some(value), Some('x'), TextKind::Bytes) = (value, second, self.kind) {
            out.push(value as u8);
            return length;
        }
        if let Some(c) = value.and_then(char::from_u32) {
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            return length;
        }
        let length = 1 + second.filter(|c| !matches!(c, '\n' | '\r')).map_or(0, char::len_utf8);
        let lo = self.lo + (self.text.len() - rest.len()) as u32;
        let span = Span::new(self.file, lo, lo + length as u32);
        errors.push(error::unknown_escape(span, second));
        length
    }
}
