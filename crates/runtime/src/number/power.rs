//! Powers, the length of a vector, and the divisions of floats.

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

/// `base ** exponent` of floats, correctly rounded.
pub fn float_pow(base: f64, exponent: f64) -> f64 {
    // These are 1 whatever the other operand is, not-a-number included.
    if exponent == 0.0 || base == 1.0 {
        return 1.0;
    }
    // One operation that is correctly rounded itself, or none.
    if exponent == 2.0 {
        base * base
    } else if exponent == 1.0 {
        base
    } else if exponent == -1.0 {
        1.0 / base
    } else if exponent == 0.5 && base > 0.0 {
        base.sqrt()
    } else if base < 0.0 && exponent % 1.0 == 0.0 {
        // The magnitude alone, since `pxfm` rounds a negative result at the smallest number the wrong way.
        let magnitude = float_pow(-base, exponent);
        if exponent % 2.0 == 0.0 { magnitude } else { -magnitude }
    } else {
        pxfm::f_pow(base, exponent)
    }
}

/// The length of the vector (x, y): the sum of the squares is kept in two floats.
pub(super) fn hypot(x: f64, y: f64) -> f64 {
    let (long, short) = (x.abs().max(y.abs()), x.abs().min(y.abs()));
    if long.is_infinite() || x.is_nan() || y.is_nan() {
        return if x.is_infinite() || y.is_infinite() { f64::INFINITY } else { f64::NAN };
    }
    if short == 0.0 || short < long * 1e-20 {
        return long;
    }
    // A power of two that keeps the squares away from both ends of the range.
    let scale = if long > 1e150 {
        power_of_two(-600)
    } else if short < 1e-130 {
        power_of_two(600)
    } else {
        1.0
    };
    let (long, short) = (long * scale, short * scale);
    let (a, b) = (long * long, short * short);
    let sum = a + b;
    let rest = (a - sum) + b + libm::fma(long, long, -a) + libm::fma(short, short, -b);
    let root = sum.sqrt();
    let error = libm::fma(-root, root, sum) + rest;
    (root + error / (2.0 * root)) / scale
}

fn power_of_two(exponent: i64) -> f64 {
    f64::from_bits(((1023 + exponent) as u64) << 52)
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
