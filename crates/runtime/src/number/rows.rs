//! The runtime functions of numbers.

use super::convert::IntKind;
use super::round::{round_float, round_int};
use super::{float_floor_div, float_mod, float_pow, int_pow, parse_float, parse_int, uint_pow};
use crate::string::{Str, Text};
use crate::{Failed, Fault};

runtime_fns! { Numbers;
    /// `base ** exponent`; fails with R0001 or R0020.
    INT_POW = fn rt_int_pow(cx, base: i64, exponent: i64) -> Result<i64, Failed>, [] {
        int_pow(base, exponent).map_err(|fault| cx.fail(fault, fault.words()))
    }
    /// `base ** exponent` of `u64`; fails with R0001.
    UINT_POW = fn rt_uint_pow(cx, base: u64, exponent: u64) -> Result<u64, Failed>, [] {
        uint_pow(base, exponent).map_err(|fault| cx.fail(fault, fault.words()))
    }
    /// `base ** exponent` of floats.
    FLOAT_POW = fn rt_float_pow(_cx, base: f64, exponent: f64) -> f64, [pure] {
        float_pow(base, exponent)
    }
    /// `a % b` of floats, with the sign of the dividend.
    FLOAT_REM = fn rt_float_rem(_cx, a: f64, b: f64) -> f64, [pure] {
        a % b
    }
    /// `a.mod(b)` of floats, with the sign of the divisor.
    FLOAT_MOD = fn rt_float_mod(_cx, a: f64, b: f64) -> f64, [pure] {
        float_mod(a, b)
    }
    /// `a // b` of floats.
    FLOAT_FLOOR_DIV = fn rt_float_floor_div(_cx, a: f64, b: f64) -> f64, [pure] {
        float_floor_div(a, b)
    }
    /// `int` against `float` by exact value: -1, 0, 1, or 2 if the float is NaN.
    INT_COMPARE_FLOAT = fn rt_int_compare_float(_cx, a: i64, b: f64) -> i64, [pure] {
        compare_exactly(a.into(), b)
    }
    /// `u64` against `float` by exact value: -1, 0, 1, or 2 if the float is NaN.
    UINT_COMPARE_FLOAT = fn rt_uint_compare_float(_cx, a: u64, b: f64) -> i64, [pure] {
        compare_exactly(a.into(), b)
    }

    /// An `int` as an integer of another kind (its number in `IntKind`); R0007 if it does not fit.
    INT_NARROW = fn rt_int_narrow(cx, value: i64, kind: i64) -> Result<i64, Failed>, [] {
        cx.narrow(value.into(), IntKind::from_number(kind))
    }
    /// A `u64` as an integer of another kind; R0007 if it does not fit.
    UINT_NARROW = fn rt_uint_narrow(cx, value: u64, kind: i64) -> Result<i64, Failed>, [] {
        cx.narrow(value.into(), IntKind::from_number(kind))
    }
    /// A float, truncated, as an integer of some kind; R0007 if it does not fit.
    FLOAT_NARROW = fn rt_float_narrow(cx, value: f64, kind: i64) -> Result<i64, Failed>, [] {
        cx.narrow_float(value, IntKind::from_number(kind))
    }
    /// `int(x)` of a float.
    INT_FROM_FLOAT = fn rt_int_from_float(cx, value: f64) -> Result<i64, Failed>, [] {
        cx.narrow_float(value, IntKind::I64)
    }
    /// `int(s)` of a string.
    INT_PARSE = fn rt_int_parse(cx, text: Text) -> Result<i64, Failed>, [] {
        parse_int(text.as_str()).ok_or_else(|| cx.not_a_number(text.as_str(), " is not an integer"))
    }
    /// `float(s)` of a string.
    FLOAT_PARSE = fn rt_float_parse(cx, text: Text) -> Result<f64, Failed>, [] {
        parse_float(text.as_str()).ok_or_else(|| cx.not_a_number(text.as_str(), " is not a number"))
    }
    /// `s.to_int()`
    STRING_TO_INT = fn rt_string_to_int(_cx, text: Text) -> Option<i64>, [pure] {
        parse_int(text.as_str())
    }
    /// `s.to_float()`
    STRING_TO_FLOAT = fn rt_string_to_float(_cx, text: Text) -> Option<f64>, [pure] {
        parse_float(text.as_str())
    }

    /// `round(x)` of a float: to the nearest int, ties to even; R0007 if it does not fit.
    FLOAT_ROUND = fn rt_float_round(cx, value: f64) -> Result<i64, Failed>, [] {
        cx.narrow_float(value.round_ties_even(), IntKind::I64)
    }
    /// `round(x, places)` of a float.
    FLOAT_ROUND_TO = fn rt_float_round_to(_cx, value: f64, places: i64) -> f64, [pure] {
        round_float(value, places)
    }
    /// `round(n, places)` of an int; R0001 if it does not fit.
    INT_ROUND_TO = fn rt_int_round_to(cx, value: i64, places: i64) -> Result<i64, Failed>, [] {
        round_int(value, places).ok_or_else(|| cx.fail(Fault::Overflow, Fault::Overflow.words()))
    }
    /// The largest int that is not larger.
    FLOAT_FLOOR = fn rt_float_floor(cx, value: f64) -> Result<i64, Failed>, [] {
        cx.narrow_float(value.floor(), IntKind::I64)
    }
    /// The smallest int that is not smaller.
    FLOAT_CEIL = fn rt_float_ceil(cx, value: f64) -> Result<i64, Failed>, [] {
        cx.narrow_float(value.ceil(), IntKind::I64)
    }
    /// The size of a float.
    FLOAT_ABS = fn rt_float_abs(_cx, value: f64) -> f64, [pure] {
        value.abs()
    }
    /// Whether a float has no fraction.
    FLOAT_IS_INTEGER = fn rt_float_is_integer(_cx, value: f64) -> bool, [pure] {
        value.is_finite() && value.trunc() == value
    }
    /// `value in range`
    RANGE_CONTAINS = fn rt_range_contains(_cx, start: i64, end: i64, step: i64, closed: bool, value: i64) -> bool, [pure] {
        let (from, to) = if step > 0 { (start, value) } else { (value, start) };
        let before_end = if step > 0 { value < end } else { value > end };
        from <= to && (before_end || closed && value == end) && from.abs_diff(to) % step.unsigned_abs() == 0
    }
    /// The number of elements of a range; R0001 if it is no int.
    RANGE_LEN = fn rt_range_len(cx, start: i64, end: i64, step: i64, closed: bool) -> Result<i64, Failed>, [] {
        let (first, last) = if step > 0 { (start, end) } else { (end, start) };
        let span = i128::from(last) - i128::from(first) + i128::from(closed);
        let count = if span <= 0 { 0 } else { (span as u128).div_ceil(u128::from(step.unsigned_abs())) };
        i64::try_from(count).map_err(|_| cx.fail(Fault::Overflow, Fault::Overflow.words()))
    }
    /// The bits of a float, for hashing and for the total order.
    FLOAT_BITS = fn rt_float_bits(_cx, value: f64) -> i64, [pure] {
        value.to_bits() as i64
    }
    /// How many bits the size of an int needs.
    INT_BIT_LENGTH = fn rt_int_bit_length(_cx, value: i64) -> i64, [pure] {
        (64 - value.unsigned_abs().leading_zeros()).into()
    }
    /// How many bits of an int's size are 1.
    INT_BIT_COUNT = fn rt_int_bit_count(_cx, value: i64) -> i64, [pure] {
        value.unsigned_abs().count_ones().into()
    }

    /// `chr(n)`
    CHR = fn rt_chr(cx, number: i64) -> Result<Str, Failed>, [collects] {
        match u32::try_from(number).ok().and_then(char::from_u32) {
            Some(character) => cx.new_string(character.encode_utf8(&mut [0; 4])),
            None => Err(cx.fail(Fault::Conversion, format!("{number} is not a character"))),
        }
    }
    /// `ord(s)`
    ORD = fn rt_ord(cx, text: Text) -> Result<i64, Failed>, [] {
        let mut characters = text.as_str().chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => Ok(character as i64),
            _ => {
                let message = format!("ord of a string of length {}", text.characters());
                Err(cx.fail(Fault::Conversion, message))
            }
        }
    }
}

fn compare_exactly(a: i128, b: f64) -> i64 {
    if b.is_nan() {
        return 2;
    }
    // Saturation keeps the order: `a` has 65 bits.
    let whole = b.floor();
    let order = a.cmp(&(whole as i128));
    if order.is_eq() && whole < b { -1 } else { order as i64 }
}
