//! Powers and the divisions of floats.

use crate::fault::Fault;

/// `base ** exponent`, checked.
pub fn int_pow(base: i64, exponent: i64) -> Result<i64, Fault> {
    if exponent < 0 {
        return Err(Fault::NegativeExponent);
    }
    match base {
        0 | 1 => Ok(if exponent == 0 { 1 } else { base }),
        -1 => Ok(if exponent % 2 == 0 { 1 } else { -1 }),
        _ => u32::try_from(exponent).ok().and_then(|exponent| base.checked_pow(exponent)).ok_or(Fault::Overflow),
    }
}

/// `base ** exponent` of `u64`, checked.
pub fn uint_pow(base: u64, exponent: u64) -> Result<u64, Fault> {
    match base {
        0 | 1 => Ok(if exponent == 0 { 1 } else { base }),
        _ => u32::try_from(exponent).ok().and_then(|exponent| base.checked_pow(exponent)).ok_or(Fault::Overflow),
    }
}

/// `base ** exponent` of floats.
pub fn float_pow(base: f64, exponent: f64) -> f64 {
    libm::pow(base, exponent)
}

/// `a.mod(b)`: the remainder with the sign of the divisor, as Python's `%`.
pub fn float_mod(a: f64, b: f64) -> f64 {
    let remainder = a % b;
    if remainder == 0.0 {
        return if remainder.is_nan() { remainder } else { 0.0f64.copysign(b) };
    }
    if (remainder < 0.0) != (b < 0.0) { remainder + b } else { remainder }
}

/// `a // b`: the floor of the exact quotient, as Python's; IEEE where that has an error.
pub fn float_floor_div(a: f64, b: f64) -> f64 {
    if b == 0.0 || !a.is_finite() {
        return (a / b).floor();
    }
    let remainder = a % b;
    let mut quotient = (a - remainder) / b;
    if remainder != 0.0 && (remainder < 0.0) != (b < 0.0) {
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return 0.0f64.copysign(a / b);
    }
    let floor = quotient.floor();
    if quotient - floor > 0.5 { floor + 1.0 } else { floor }
}
