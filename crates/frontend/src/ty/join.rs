//! What several sources of one value have in common.
//!
//! `T` and `nil` are `T?`; integers meet in the wider type, integer and `float` in `float`; tuples join element by
//! element. An integer literal takes the type of the others. What else differs would be a union.
#![allow(clippy::wildcard_enum_match_arm, reason = "questions about a few of many forms")]

use super::{IntTy, Ty, TyKind, Types};

/// One source of a value: a branch, an arm, a `return`, an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A value of this type.
    Value(Ty),
    /// An integer literal, which takes the numeric type of the others.
    Literal,
}

/// The type that both fit, if there is one.
pub fn join(types: &mut Types, a: Ty, b: Ty) -> Option<Ty> {
    if a == b {
        return Some(a);
    }
    match (types.kind(a).clone(), types.kind(b).clone()) {
        (TyKind::Error, _) | (_, TyKind::Never) => Some(a),
        (_, TyKind::Error) | (TyKind::Never, _) => Some(b),
        (TyKind::Int(x), TyKind::Int(y)) => wider(x, y).map(|int| types.intern(TyKind::Int(int))),
        (TyKind::Int(_) | TyKind::F32, TyKind::Float) => Some(b),
        (TyKind::Float, TyKind::Int(_) | TyKind::F32) => Some(a),
        (TyKind::Nil, _) => Some(types.option(b)),
        (_, TyKind::Nil) => Some(types.option(a)),
        (TyKind::Option(x), TyKind::Option(y)) => join(types, x, y).map(|ty| types.option(ty)),
        (TyKind::Option(x), _) => join(types, x, b).map(|ty| types.option(ty)),
        (_, TyKind::Option(y)) => join(types, a, y).map(|ty| types.option(ty)),
        (TyKind::Tuple(xs), TyKind::Tuple(ys)) if xs.len() == ys.len() => {
            let parts: Option<Vec<Ty>> = xs.iter().zip(&ys).map(|(x, y)| join(types, *x, *y)).collect();
            parts.map(|parts| types.intern(TyKind::Tuple(parts)))
        }
        _ => None,
    }
}

/// The integer type of the two that holds the values of both.
fn wider(a: IntTy, b: IntTy) -> Option<IntTy> {
    if a.holds_all_of(b) {
        Some(a)
    } else if b.holds_all_of(a) {
        Some(b)
    } else {
        None
    }
}

/// The type of all sources; `Err` with the first type that does not fit those before it, and theirs.
pub fn join_all(types: &mut Types, sources: &[Source]) -> Result<Ty, (Ty, Ty)> {
    let common = types.common();
    let mut joined = common.never;
    for source in sources {
        if let Source::Value(ty) = *source {
            joined = join(types, joined, ty).ok_or((joined, ty))?;
        }
    }
    if !sources.contains(&Source::Literal) {
        return Ok(joined);
    }
    let core = types.option_of(joined).unwrap_or(joined);
    if types.is_number(core) || matches!(types.kind(core), TyKind::Error) {
        return Ok(joined);
    }
    join(types, joined, common.int).ok_or((joined, common.int))
}
