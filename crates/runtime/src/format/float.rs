//! Floats with the fewest digits that read back, laid out as Python's `repr`.

/// Appends a float.
pub(crate) fn display_float(out: &mut String, value: f64) {
    if !value.is_finite() {
        return out.push_str(not_finite(value));
    }
    let mut buffer = zmij::Buffer::new();
    lay_out(out, buffer.format_finite(value));
}

/// Appends a float of single precision, with the fewest digits that read back as such.
pub(crate) fn display_f32(out: &mut String, value: f64) {
    if !value.is_finite() {
        return out.push_str(not_finite(value));
    }
    let mut buffer = zmij::Buffer::new();
    lay_out(out, buffer.format_finite(value as f32));
}

fn not_finite(value: f64) -> &'static str {
    if value.is_nan() {
        "nan"
    } else if value < 0.0 {
        "-inf"
    } else {
        "inf"
    }
}

/// The digits of a number without point and zeros at both ends, and the power of ten of the first.
struct Digits {
    digits: [u8; 24],
    len: usize,
    exponent: i32,
}

/// Reads the digits out of any decimal notation.
fn digits_of(text: &str) -> Digits {
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], text[at + 1..].parse().unwrap_or(0)),
        None => (text, 0),
    };
    let mut found = Digits { digits: [b'0'; 24], len: 0, exponent };
    let (mut seen_point, mut before_point, mut leading) = (false, 0i32, 0i32);
    for byte in mantissa.bytes() {
        match byte {
            b'.' => seen_point = true,
            b'0'..=b'9' => {
                before_point += i32::from(!seen_point);
                if found.len == 0 && byte == b'0' {
                    leading += 1;
                } else if found.len < found.digits.len() {
                    found.digits[found.len] = byte;
                    found.len += 1;
                }
            }
            _ => {}
        }
    }
    found.exponent += before_point - leading - 1;
    while found.len > 0 && found.digits[found.len - 1] == b'0' {
        found.len -= 1;
    }
    if found.len == 0 {
        (found.len, found.exponent) = (1, 0);
    }
    found
}

fn lay_out(out: &mut String, shortest: &str) {
    if shortest.starts_with('-') {
        out.push('-');
    }
    let found = digits_of(shortest);
    let digits = &found.digits[..found.len];
    let push = |out: &mut String, digits: &[u8]| out.extend(digits.iter().map(|digit| *digit as char));
    match found.exponent {
        exponent @ 0..16 => {
            let whole = exponent as usize + 1;
            push(out, &digits[..whole.min(digits.len())]);
            (digits.len()..whole).for_each(|_| out.push('0'));
            out.push('.');
            match digits.get(whole..) {
                Some(rest) if !rest.is_empty() => push(out, rest),
                _ => out.push('0'),
            }
        }
        exponent @ -4..0 => {
            out.push_str("0.");
            (exponent + 1..0).for_each(|_| out.push('0'));
            push(out, digits);
        }
        exponent => {
            push(out, &digits[..1]);
            if digits.len() > 1 {
                out.push('.');
                push(out, &digits[1..]);
            }
            push_exponent(out, exponent);
        }
    }
}

/// Appends `e+16`, `e-05`.
pub(super) fn push_exponent(out: &mut String, exponent: i32) {
    out.push_str(if exponent < 0 { "e-" } else { "e+" });
    let size = exponent.unsigned_abs();
    if size < 10 {
        out.push('0');
    }
    out.push_str(itoa::Buffer::new().format(size));
}
