//! Format specs that are known when compiling: whether they fit the value.
//!
//! `[[fill]align][sign][#][0][width][,][.precision][type]`, as in Python.

use crate::ty::TyKind;

/// What a spec asks for, as far as types are concerned.
#[derive(Debug, Default, PartialEq, Eq)]
struct Spec {
    align_after_sign: bool,
    sign: bool,
    alternate: bool,
    thousands: bool,
    precision: bool,
    kind: Option<char>,
}

/// Checks a spec against the type of the value; `Err` says what is wrong with it.
pub(super) fn check(text: &str, ty: &TyKind) -> Result<(), &'static str> {
    let spec = parse(text).ok_or("is no format spec")?;
    match ty {
        TyKind::Int(_) => match spec.kind {
            None | Some('d' | 'x' | 'X' | 'b' | 'o') if spec.precision => Err("has a precision, which integers lack"),
            Some('s') => Err("is for strings, the value is an integer"),
            _ => Ok(()),
        },
        TyKind::Float | TyKind::F32 => match spec.kind {
            Some('d' | 'x' | 'X' | 'b' | 'o') => Err("is for integers, the value is a float"),
            Some('s') => Err("is for strings, the value is a float"),
            _ => Ok(()),
        },
        TyKind::Str => match spec.kind {
            Some('d' | 'x' | 'X' | 'b' | 'o' | 'e' | 'f' | 'g' | '%') => Err("is for numbers, the value is a string"),
            _ if spec.sign => Err("has a sign, the value is a string"),
            _ if spec.align_after_sign => Err("aligns behind a sign, the value is a string"),
            _ if spec.thousands => Err("groups digits, the value is a string"),
            _ if spec.alternate => Err("has a `#`, the value is a string"),
            _ => Ok(()),
        },
        TyKind::Bool
        | TyKind::Nil
        | TyKind::Never
        | TyKind::Tuple(_)
        | TyKind::Option(_)
        | TyKind::Range
        | TyKind::Array(_)
        | TyKind::FnItem(_)
        | TyKind::Error
        | TyKind::Var(_) => Ok(()),
    }
}

fn parse(text: &str) -> Option<Spec> {
    let mut rest: Vec<char> = text.chars().collect();
    rest.reverse();
    let mut spec = Spec::default();
    let is_align = |c: Option<&char>| matches!(c, Some('<' | '>' | '=' | '^'));
    if is_align(rest.len().checked_sub(2).and_then(|at| rest.get(at))) {
        rest.pop();
    }
    if is_align(rest.last()) {
        spec.align_after_sign = rest.pop() == Some('=');
    }
    let mut take = |wanted: &[char]| {
        let found = rest.last().filter(|c| wanted.contains(c)).copied();
        if found.is_some() {
            rest.pop();
        }
        found
    };
    spec.sign = take(&['+', '-', ' ']).is_some();
    spec.alternate = take(&['#']).is_some();
    let digits: Vec<char> = ('0'..='9').collect();
    let mut width = String::new();
    while let Some(digit) = take(&digits) {
        width.push(digit);
    }
    spec.thousands = take(&[',']).is_some();
    if take(&['.']).is_some() {
        spec.precision = true;
        take(&digits)?;
        while take(&digits).is_some() {}
    }
    spec.kind = take(&['d', 'x', 'X', 'b', 'o', 'e', 'f', 'g', '%', 's']);
    rest.is_empty().then_some(spec)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ty::IntTy;

    #[test]
    fn specs_fit_types() {
        let int = TyKind::Int(IntTy::I64);
        for good in ["", ">8", "*^5", "+d", "#010x", ",", "08.2f", "é^5", "=+6", " >4"] {
            assert_eq!(check(good, &int), Ok(()), "{good}");
        }
        assert_eq!(check("zz", &int), Err("is no format spec"));
        assert!(check(".2", &int).is_err());
        assert!(check("x", &TyKind::Float).is_err());
        assert!(check("d", &TyKind::Str).is_err());
        assert!(check("+", &TyKind::Str).is_err());
        assert_eq!(check(">4.1s", &TyKind::Str), Ok(()));
    }
}
