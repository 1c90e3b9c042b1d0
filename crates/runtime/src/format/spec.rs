//! Format specs with Python's grammar: `[[fill]align][sign][#][0][width][,][.precision][type]`.

use std::fmt::Write;

use crate::context::Context;
use crate::fault::{Failed, Fault};

use super::push_repr;

/// Where the text stands in its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
    Center,
    /// The padding goes between the sign and the digits.
    AfterSign,
}

/// What stands before a number that is not negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Nothing,
    Plus,
    Blank,
}

/// `#`: prefixes of integers, the point of floats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Plain,
    Alternate,
}

/// Whether `,` stands after every third digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grouping {
    Plain,
    Thousands,
}

/// The last letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Decimal,
    Hex,
    UpperHex,
    Binary,
    Octal,
    Exponent,
    Fixed,
    General,
    Percent,
    Str,
}

/// A spec that has been read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spec {
    pub fill: Option<char>,
    pub align: Option<Align>,
    pub sign: Option<Sign>,
    pub form: Form,
    /// `0` before the width.
    pub zero: bool,
    pub width: usize,
    pub grouping: Grouping,
    pub precision: Option<usize>,
    pub ty: Option<Type>,
}

/// Why a spec does not work for a value.
pub(super) enum Unfit {
    /// It is no spec.
    Malformed,
    /// It is none for this kind of value.
    For(&'static str),
    /// The text would be larger than memory.
    TooLong,
}

/// No text is as long.
const LARGEST: usize = i64::MAX as usize;

impl Spec {
    pub(super) fn parse(text: &str) -> Result<Spec, Unfit> {
        let mut spec = Spec {
            fill: None,
            align: None,
            sign: None,
            form: Form::Plain,
            zero: false,
            width: 0,
            grouping: Grouping::Plain,
            precision: None,
            ty: None,
        };
        let mut rest = text;
        let mut characters = text.chars();
        let (first, second) = (characters.next(), characters.next());
        if let (Some(fill), Some(align)) = (first, second.and_then(align)) {
            (spec.fill, spec.align) = (Some(fill), Some(align));
            rest = characters.as_str();
        } else if let Some(align) = first.and_then(align) {
            spec.align = Some(align);
            rest = &rest[1..];
        }
        spec.sign = match rest.as_bytes().first() {
            Some(b'+') => Some(Sign::Plus),
            Some(b'-') => Some(Sign::Nothing),
            Some(b' ') => Some(Sign::Blank),
            _ => None,
        };
        if spec.sign.is_some() {
            rest = &rest[1..];
        }
        if let Some(after) = rest.strip_prefix('#') {
            (spec.form, rest) = (Form::Alternate, after);
        }
        if let Some(after) = rest.strip_prefix('0') {
            (spec.zero, rest) = (true, after);
        }
        if let Some(width) = take_number(&mut rest)? {
            spec.width = width;
        }
        if let Some(after) = rest.strip_prefix(',') {
            (spec.grouping, rest) = (Grouping::Thousands, after);
        }
        if let Some(after) = rest.strip_prefix('.') {
            rest = after;
            spec.precision = Some(take_number(&mut rest)?.ok_or(Unfit::Malformed)?);
        }
        spec.ty = match rest {
            "" => None,
            "d" => Some(Type::Decimal),
            "x" => Some(Type::Hex),
            "X" => Some(Type::UpperHex),
            "b" => Some(Type::Binary),
            "o" => Some(Type::Octal),
            "e" => Some(Type::Exponent),
            "f" => Some(Type::Fixed),
            "g" => Some(Type::General),
            "%" => Some(Type::Percent),
            "s" => Some(Type::Str),
            _ => return Err(Unfit::Malformed),
        };
        Ok(spec)
    }

    /// The fill and the alignment in force, for values that stand at `default`.
    fn placement(&self, default: Align) -> (char, Align) {
        let fill = self.fill.unwrap_or(if self.zero { '0' } else { ' ' });
        (fill, self.align.unwrap_or(if self.zero && default == Align::Right { Align::AfterSign } else { default }))
    }
}

fn align(character: char) -> Option<Align> {
    match character {
        '<' => Some(Align::Left),
        '>' => Some(Align::Right),
        '^' => Some(Align::Center),
        '=' => Some(Align::AfterSign),
        _ => None,
    }
}

fn take_number(rest: &mut &str) -> Result<Option<usize>, Unfit> {
    let end = rest.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, after) = rest.split_at(end);
    *rest = after;
    if digits.is_empty() {
        return Ok(None);
    }
    digits.parse().ok().filter(|number| *number <= LARGEST).map(Some).ok_or(Unfit::TooLong)
}

/// A number in parts, to be put into its field.
pub(super) struct Number<'a> {
    /// Whether a minus stands before it.
    pub negative: bool,
    /// `0x` and the like.
    pub prefix: &'a str,
    /// What may be grouped.
    pub digits: &'a str,
    /// Point, fraction, exponent, percent sign.
    pub rest: &'a str,
}

/// Appends a number according to its spec.
pub(super) fn push_number(out: &mut String, spec: &Spec, number: &Number) -> Result<(), Unfit> {
    let sign = match (number.negative, spec.sign.unwrap_or(Sign::Nothing)) {
        (true, _) => "-",
        (false, Sign::Plus) => "+",
        (false, Sign::Blank) => " ",
        (false, Sign::Nothing) => "",
    };
    let (fill, align) = spec.placement(Align::Right);
    let fixed = sign.len() + number.prefix.len() + number.rest.len();
    let grouped = spec.grouping == Grouping::Thousands && number.digits.bytes().all(|byte| byte.is_ascii_digit());
    // Zeros that fill the field after the sign are grouped with the digits.
    let zeros = if grouped && fill == '0' && align == Align::AfterSign {
        zeros_to_group(number.digits.len(), spec.width.saturating_sub(fixed))
    } else {
        0
    };
    let digits = number.digits.len().checked_add(zeros).ok_or(Unfit::TooLong)?;
    let separators = if grouped { (digits - 1) / 3 } else { 0 };
    let length = fixed + digits + separators;
    let padding = spec.width.saturating_sub(length);
    let (before, inside, after) = match align {
        Align::Left => (0, 0, padding),
        Align::Right => (padding, 0, 0),
        Align::Center => (padding / 2, 0, padding - padding / 2),
        Align::AfterSign => (0, padding, 0),
    };
    reserve(out, length, padding, fill)?;
    push_times(out, fill, before);
    out.push_str(sign);
    out.push_str(number.prefix);
    push_times(out, fill, inside);
    if grouped {
        for index in 0..digits {
            if index > 0 && (digits - index).is_multiple_of(3) {
                out.push(',');
            }
            out.push(if index < zeros { '0' } else { number.digits.as_bytes()[index - zeros] as char });
        }
    } else {
        out.push_str(number.digits);
    }
    out.push_str(number.rest);
    push_times(out, fill, after);
    Ok(())
}

/// How many zeros to put before the digits so that with separators they fill at least `width`, as Python does: a
/// separator is never first.
fn zeros_to_group(digits: usize, width: usize) -> usize {
    let with_separators = |digits: usize| digits + (digits - 1) / 3;
    if with_separators(digits) >= width {
        return 0;
    }
    // Three digits and a separator take four places; what is left over is one digit more.
    let fitting = width / 4 * 3 + (width % 4).max(1);
    fitting.saturating_sub(digits)
}

/// Appends text according to a spec for strings.
pub(super) fn push_str(out: &mut String, spec: &Spec, text: &str, kind: &'static str) -> Result<(), Unfit> {
    let plain = spec.sign.is_none() && spec.form == Form::Plain && spec.grouping == Grouping::Plain;
    if !plain || !matches!(spec.ty, None | Some(Type::Str)) || spec.align == Some(Align::AfterSign) {
        return Err(Unfit::For(kind));
    }
    let text = match spec.precision {
        Some(precision) => text.char_indices().nth(precision).map_or(text, |(end, _)| &text[..end]),
        None => text,
    };
    let (fill, align) = spec.placement(Align::Left);
    let padding = spec.width.saturating_sub(text.chars().count());
    let before = match align {
        Align::Right => padding,
        Align::Center => padding / 2,
        Align::Left | Align::AfterSign => 0,
    };
    reserve(out, text.len(), padding, fill)?;
    push_times(out, fill, before);
    out.push_str(text);
    push_times(out, fill, padding - before);
    Ok(())
}

fn reserve(out: &mut String, length: usize, padding: usize, fill: char) -> Result<(), Unfit> {
    let bytes =
        padding.checked_mul(fill.len_utf8()).and_then(|bytes| bytes.checked_add(length)).ok_or(Unfit::TooLong)?;
    out.try_reserve(bytes).map_err(|_| Unfit::TooLong)
}

fn push_times(out: &mut String, fill: char, times: usize) {
    out.extend(std::iter::repeat_n(fill, times));
}

impl Context {
    /// Appends a value by its spec: `push` does the work.
    pub(super) fn format(
        &mut self,
        spec: &str,
        push: impl FnOnce(&mut String, &Spec) -> Result<(), Unfit>,
    ) -> Result<(), Failed> {
        let limit = self.heap.limit();
        let unfit = match Spec::parse(spec) {
            Ok(parsed) if parsed.width.max(parsed.precision.unwrap_or(0)) > limit => Unfit::TooLong,
            Ok(parsed) => match push(self.text.text(), &parsed) {
                Ok(()) => return Ok(()),
                Err(unfit) => unfit,
            },
            Err(unfit) => unfit,
        };
        let mut message = String::from("format spec ");
        push_repr(&mut message, spec);
        match unfit {
            Unfit::Malformed => message.insert_str(0, "bad "),
            Unfit::For(kind) => {
                let _ = write!(message, " does not fit {kind}");
            }
            Unfit::TooLong => return Err(self.out_of_memory()),
        }
        Err(self.fail(Fault::BadArgument, message))
    }
}
