//! Numbers by a format spec.

use std::fmt::Write;

use super::float::{display_f32, display_float, push_exponent};
use super::spec::{Form, Grouping, Number, Spec, Type, Unfit, push_number};

/// Which digits a float has when nothing asks for a number of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    Single,
    Double,
}

/// Appends an integer, given as sign and size.
pub(super) fn push_int(out: &mut String, spec: &Spec, negative: bool, size: u64) -> Result<(), Unfit> {
    let unfit = Err(Unfit::For("an int"));
    let mut digits = String::new();
    let prefix = match spec.ty {
        Some(Type::Exponent | Type::Fixed | Type::General | Type::Percent) => {
            let value = if negative { -(size as f64) } else { size as f64 };
            return push_float(out, spec, value, Width::Double);
        }
        Some(Type::Str) => return unfit,
        None | Some(Type::Decimal) => {
            digits.push_str(itoa::Buffer::new().format(size));
            ""
        }
        Some(Type::Hex) => radix(&mut digits, format_args!("{size:x}"), "0x", spec.form),
        Some(Type::UpperHex) => radix(&mut digits, format_args!("{size:X}"), "0X", spec.form),
        Some(Type::Binary) => radix(&mut digits, format_args!("{size:b}"), "0b", spec.form),
        Some(Type::Octal) => radix(&mut digits, format_args!("{size:o}"), "0o", spec.form),
    };
    let decimal = matches!(spec.ty, None | Some(Type::Decimal));
    if spec.grouping == Grouping::Thousands && !decimal {
        return unfit;
    }
    if spec.precision.is_some() {
        return unfit;
    }
    push_number(out, spec, &Number { negative, prefix, digits: &digits, rest: "" })
}

/// Appends digits of another base than ten, and gives the prefix that the form asks for.
fn radix(out: &mut String, digits: std::fmt::Arguments, prefix: &'static str, form: Form) -> &'static str {
    let _ = out.write_fmt(digits);
    if form == Form::Alternate { prefix } else { "" }
}

/// Appends a float.
pub(super) fn push_float(out: &mut String, spec: &Spec, value: f64, width: Width) -> Result<(), Unfit> {
    let mut text = String::new();
    let size = value.abs();
    match spec.ty {
        Some(Type::Decimal | Type::Hex | Type::UpperHex | Type::Binary | Type::Octal | Type::Str) => {
            return Err(Unfit::For("a float"));
        }
        _ if !value.is_finite() => {
            text.push_str(if value.is_nan() { "nan" } else { "inf" });
            if spec.ty == Some(Type::Percent) {
                text.push('%');
            }
        }
        None if spec.precision.is_none() => {
            match width {
                Width::Single => display_f32(&mut text, size),
                Width::Double => display_float(&mut text, size),
            }
            if spec.form == Form::Alternate && !text.contains('.') {
                let exponent = text.find('e').unwrap_or(text.len());
                text.insert(exponent, '.');
            }
        }
        None => general(&mut text, size, spec.precision, spec.form, Whole::WithPoint)?,
        Some(Type::General) => general(&mut text, size, spec.precision, spec.form, Whole::Plain)?,
        Some(Type::Exponent) => {
            let (digits, exponent) = significant(size, spec.precision.unwrap_or(6).saturating_add(1))?;
            push_scientific(&mut text, &digits, exponent, spec.form);
        }
        Some(Type::Fixed) => fixed(&mut text, size, spec.precision.unwrap_or(6), spec.form)?,
        Some(Type::Percent) => {
            fixed(&mut text, size * 100.0, spec.precision.unwrap_or(6), spec.form)?;
            text.push('%');
        }
    }
    let end = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    // `inf` and `nan` are digits as far as the field is concerned.
    let end = if end == 0 { text.len() } else { end };
    let (digits, rest) = text.split_at(end);
    let negative = value.is_sign_negative() && !value.is_nan();
    push_number(out, spec, &Number { negative, prefix: "", digits, rest })
}

/// A double has no more decimal digits than this; further ones are zeros.
const ALL_DIGITS: usize = 1100;

/// `%f`: that many digits after the point, correctly rounded (ties, which are exact, to even).
fn fixed(out: &mut String, size: f64, precision: usize, form: Form) -> Result<(), Unfit> {
    if size.is_infinite() {
        out.push_str("inf");
        return Ok(());
    }
    let _ = write!(out, "{size:.*}", precision.min(ALL_DIGITS));
    if precision == 0 && form == Form::Alternate {
        out.push('.');
    }
    push_zeros(out, precision.saturating_sub(ALL_DIGITS))
}

/// The first `count` digits, correctly rounded, and the power of ten of the first.
fn significant(size: f64, count: usize) -> Result<(String, i32), Unfit> {
    let mut digits = format!("{size:.*e}", count.min(ALL_DIGITS) - 1);
    let at = digits.find('e').unwrap_or(digits.len());
    let exponent = digits[at + 1..].parse().unwrap_or(0);
    digits.truncate(at);
    digits.retain(|character| character != '.');
    push_zeros(&mut digits, count.saturating_sub(ALL_DIGITS))?;
    Ok((digits, exponent))
}

fn push_zeros(out: &mut String, count: usize) -> Result<(), Unfit> {
    out.try_reserve(count).map_err(|_| Unfit::TooLong)?;
    out.extend(std::iter::repeat_n('0', count));
    Ok(())
}

fn push_scientific(out: &mut String, digits: &str, exponent: i32, form: Form) {
    out.push_str(&digits[..1]);
    if digits.len() > 1 || form == Form::Alternate {
        out.push('.');
        out.push_str(&digits[1..]);
    }
    push_exponent(out, exponent);
}

/// Whether a whole number gets a `.0`, so that it is recognised as a float.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whole {
    Plain,
    WithPoint,
}

/// `%g`: so many significant digits, in the notation that suits their size, without trailing zeros.
fn general(out: &mut String, size: f64, precision: Option<usize>, form: Form, whole: Whole) -> Result<(), Unfit> {
    let precision = precision.unwrap_or(6).max(1);
    let (mut digits, exponent) = significant(size, precision)?;
    if form == Form::Plain {
        let kept = digits.trim_end_matches('0').len().max(1);
        digits.truncate(kept);
    }
    let most = precision as i64 - i64::from(whole == Whole::WithPoint);
    if exponent < -4 || i64::from(exponent) >= most {
        push_scientific(out, &digits, exponent, form);
        return Ok(());
    }
    if exponent < 0 {
        out.push_str("0.");
        push_zeros(out, (-1 - exponent) as usize)?;
        out.push_str(&digits);
        return Ok(());
    }
    let before = exponent as usize + 1;
    if digits.len() <= before {
        out.push_str(&digits);
        push_zeros(out, before - digits.len())?;
        match whole {
            Whole::WithPoint => out.push_str(".0"),
            Whole::Plain if form == Form::Alternate => out.push('.'),
            Whole::Plain => {}
        }
    } else {
        out.push_str(&digits[..before]);
        out.push('.');
        out.push_str(&digits[before..]);
    }
    Ok(())
}
