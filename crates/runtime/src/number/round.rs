//! Rounding to decimal places, correctly: by the exact decimal value, ties to even, as Python's `round`.

/// `round(value, places)` of a float.
pub(crate) fn round_float(value: f64, places: i64) -> f64 {
    // Beyond these the value has no digits left, or no digit at that place.
    if !value.is_finite() || places > 323 {
        return value;
    }
    if places < -308 {
        return 0.0f64.copysign(value);
    }
    if let Ok(places) = usize::try_from(places) {
        return format!("{value:.places$}").parse().unwrap_or(value);
    }
    // Left of the point: round the digits of the exact value by hand.
    let text = format!("{:.0}", value.trunc().abs());
    let kept = text.len() as i64 + places;
    let (head, tail) = match usize::try_from(kept) {
        Ok(kept) => text.split_at(kept),
        Err(_) => return 0.0f64.copysign(value),
    };
    let rest = |digit: char| tail[1..].bytes().all(|byte| byte == b'0') && tail.starts_with(digit);
    let exact_half = rest('5') && value.fract() == 0.0;
    let odd = head.bytes().last().is_some_and(|digit| digit % 2 == 1);
    let up = if exact_half { odd } else { tail.as_bytes()[0] >= b'5' };
    let mut digits: Vec<u8> = std::iter::once(b'0').chain(head.bytes()).collect();
    if up {
        let carried = digits.iter().rposition(|digit| *digit != b'9').unwrap_or(0);
        digits[carried] += 1;
        digits[carried + 1..].fill(b'0');
    }
    let digits = String::from_utf8(digits).unwrap_or_default();
    let size: f64 = format!("{digits}e{}", -places).parse().unwrap_or(0.0);
    size.copysign(value)
}

/// `round(value, places)` of an int; `None` on overflow.
pub(crate) fn round_int(value: i64, places: i64) -> Option<i64> {
    if places >= 0 {
        return Some(value);
    }
    let Some(unit) = u32::try_from(-places).ok().and_then(|places| 10i128.checked_pow(places)) else { return Some(0) };
    let value = i128::from(value);
    let floor = value.div_euclid(unit);
    let twice = value.rem_euclid(unit) * 2;
    let up = twice > unit || (twice == unit && floor % 2 != 0);
    i64::try_from((floor + i128::from(up)) * unit).ok()
}
