//! Conversions that may fail.

use crate::context::Context;
use crate::fault::{Failed, Fault};
use crate::format::{display_float, push_repr};

/// An integer type, as `rt_int_narrow` and its kin take its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum IntKind {
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
}

impl IntKind {
    /// Every kind, by number.
    pub const ALL: [IntKind; 8] =
        [IntKind::I8, IntKind::I16, IntKind::I32, IntKind::I64, IntKind::U8, IntKind::U16, IntKind::U32, IntKind::U64];

    /// The kind with this number.
    pub fn from_number(number: i64) -> IntKind {
        let kind = usize::try_from(number).ok().and_then(|number| Self::ALL.get(number));
        *kind.expect("lowering passes the number of a kind")
    }

    fn range(self) -> (i128, i128) {
        match self {
            IntKind::I8 => (i8::MIN.into(), i8::MAX.into()),
            IntKind::I16 => (i16::MIN.into(), i16::MAX.into()),
            IntKind::I32 => (i32::MIN.into(), i32::MAX.into()),
            IntKind::I64 => (i64::MIN.into(), i64::MAX.into()),
            IntKind::U8 => (0, u8::MAX.into()),
            IntKind::U16 => (0, u16::MAX.into()),
            IntKind::U32 => (0, u32::MAX.into()),
            IntKind::U64 => (0, u64::MAX.into()),
        }
    }

    fn name(self) -> &'static str {
        match self {
            IntKind::I8 => "i8",
            IntKind::I16 => "i16",
            IntKind::I32 => "i32",
            IntKind::I64 => "an int",
            IntKind::U8 => "u8",
            IntKind::U16 => "u16",
            IntKind::U32 => "u32",
            IntKind::U64 => "u64",
        }
    }
}

impl Context {
    /// The value as the bits of that kind's lane.
    pub(crate) fn narrow(&mut self, value: i128, kind: IntKind) -> Result<i64, Failed> {
        let (low, high) = kind.range();
        if (low..=high).contains(&value) {
            return Ok(value as i64);
        }
        Err(self.fail(Fault::Conversion, format!("{value} does not fit {}", kind.name())))
    }

    /// The same of a float, truncated.
    pub(crate) fn narrow_float(&mut self, value: f64, kind: IntKind) -> Result<i64, Failed> {
        let (low, high) = kind.range();
        let whole = value.trunc();
        // The bounds are powers of two, or one less; so a float below the next power is within them.
        if whole >= low as f64 && whole < (high + 1) as f64 {
            return Ok(if kind == IntKind::U64 { whole as u64 as i64 } else { whole as i64 });
        }
        let mut message = String::new();
        display_float(&mut message, value);
        message.push_str(" does not fit ");
        message.push_str(kind.name());
        Err(self.fail(Fault::Conversion, message))
    }

    /// The failure of text that is no number: `"12a" is not an integer`.
    pub(crate) fn not_a_number(&mut self, text: &str, what: &str) -> Failed {
        let mut message = String::new();
        push_repr(&mut message, text);
        message.push_str(what);
        self.fail(Fault::Conversion, message)
    }
}
