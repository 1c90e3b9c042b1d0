//! Whether the arms of a match cover every value, and which arms no value reaches.
//!
//! Maranget, *Warnings for pattern matching* (2007): a matrix with a row per arm and a column per value still to be
//! looked at. Bools, options and tuples have a known set of constructors; on numbers and strings only what fits
//! everything counts. An arm with a guard covers nothing.
#![allow(clippy::wildcard_enum_match_arm, reason = "questions about a few of many forms")]

use crate::hir::{Expr, ExprKind, Pattern, PatternKind};
use crate::ty::{Ty, TyKind, Types};

/// How many steps the analysis may take; a match that needs more is asked for a catch-all.
const BUDGET: usize = 50_000;

/// How many missing cases a message names.
const NAMED: usize = 4;

/// What is known about the arms of a match.
#[derive(Debug, Default)]
pub(crate) struct Arms {
    /// Cases that no arm covers, as patterns.
    pub(crate) missing: Vec<String>,
    /// Arms that no value reaches.
    pub(crate) unreachable: Vec<usize>,
}

/// Checks the arms (pattern, whether it has a guard) of a match on values of type `ty`.
pub(crate) fn check(types: &mut Types, arms: &[(&Pattern, bool)], ty: Ty) -> Arms {
    let mut matrix = Matrix { types, budget: BUDGET };
    let mut rows: Vec<Vec<Pat>> = vec![];
    let mut unreachable = vec![];
    for (at, (pattern, guarded)) in arms.iter().enumerate() {
        let row = vec![simplify(pattern)];
        if !matrix.useful(&rows, &row, &[ty]) {
            unreachable.push(at);
        }
        if !guarded {
            rows.push(row);
        }
    }
    let mut missing: Vec<String> = matrix.missing(&rows, &[ty], NAMED).into_iter().flatten().collect();
    if matrix.budget == 0 && missing.is_empty() && !rows.iter().any(|row| row[0] == Pat::Any) {
        missing.push("_".to_owned());
    }
    Arms { missing, unreachable }
}

/// Whether a pattern fits every value of its type.
pub(crate) fn is_irrefutable(types: &mut Types, pattern: &Pattern) -> bool {
    check(types, &[(pattern, false)], pattern.ty).missing.is_empty()
}

/// A pattern as far as coverage goes.
#[derive(Clone, Debug, PartialEq)]
enum Pat {
    Any,
    Of(Constructor, Vec<Pat>),
    Or(Vec<Pat>),
}

#[derive(Clone, Debug, PartialEq)]
enum Constructor {
    Bool(bool),
    Some,
    Nil,
    Tuple,
    /// One value, or a range, of a type with too many to name.
    Constant(String),
}

fn simplify(pattern: &Pattern) -> Pat {
    match &pattern.kind {
        PatternKind::Wildcard | PatternKind::Bind { inner: None, .. } => Pat::Any,
        PatternKind::Bind { inner: Some(inner), .. } => simplify(inner),
        PatternKind::Equal(value) => match value.kind {
            ExprKind::Bool(value) => Pat::Of(Constructor::Bool(value), vec![]),
            _ => Pat::Of(Constructor::Constant(key(value)), vec![]),
        },
        PatternKind::Range { start, end, closed } => {
            let limit = |value: &Option<Box<Expr>>| value.as_ref().map_or(String::new(), |value| key(value));
            let key = format!("{}..{}{}", limit(start), if *closed { "=" } else { "" }, limit(end));
            Pat::Of(Constructor::Constant(key), vec![])
        }
        PatternKind::Tuple(parts) => Pat::Of(Constructor::Tuple, parts.iter().map(simplify).collect()),
        PatternKind::Some(inner) => Pat::Of(Constructor::Some, vec![simplify(inner)]),
        PatternKind::Nil => Pat::Of(Constructor::Nil, vec![]),
        PatternKind::Or(parts) => Pat::Or(parts.iter().map(simplify).collect()),
    }
}

fn key(value: &Expr) -> String {
    format!("{:?}", value.kind)
}

struct Matrix<'t> {
    types: &'t mut Types,
    budget: usize,
}

impl Matrix<'_> {
    /// All constructors of a type with the types of what they hold; `None` if they cannot be listed.
    fn constructors(&mut self, ty: Ty) -> Option<Vec<(Constructor, Vec<Ty>)>> {
        match self.types.kind(ty) {
            TyKind::Bool => Some(vec![(Constructor::Bool(true), vec![]), (Constructor::Bool(false), vec![])]),
            TyKind::Option(inner) => Some(vec![(Constructor::Some, vec![*inner]), (Constructor::Nil, vec![])]),
            TyKind::Tuple(parts) => Some(vec![(Constructor::Tuple, parts.clone())]),
            TyKind::Int(_)
            | TyKind::Float
            | TyKind::F32
            | TyKind::Str
            | TyKind::Nil
            | TyKind::Never
            | TyKind::Range
            | TyKind::Array(_)
            | TyKind::FnItem(_)
            | TyKind::Error
            | TyKind::Var(_) => None,
        }
    }

    fn spend(&mut self) -> bool {
        self.budget = self.budget.saturating_sub(1);
        self.budget > 0
    }

    /// Whether some value fits `row` and none of `rows`.
    fn useful(&mut self, rows: &[Vec<Pat>], row: &[Pat], types: &[Ty]) -> bool {
        let (Some((head, rest)), Some((ty, _))) = (row.split_first(), types.split_first()) else {
            return rows.is_empty();
        };
        if !self.spend() {
            return true;
        }
        match head {
            Pat::Or(parts) => parts.iter().any(|part| {
                let mut row = vec![part.clone()];
                row.extend_from_slice(rest);
                self.useful(rows, &row, types)
            }),
            Pat::Of(constructor, fields) => {
                let field_types = self.fields(constructor, *ty);
                let mut row = fields.clone();
                row.extend_from_slice(rest);
                let types = [field_types.as_slice(), &types[1..]].concat();
                self.useful(&specialise(rows, constructor, field_types.len()), &row, &types)
            }
            Pat::Any => match self.constructors(*ty) {
                Some(all) if all.iter().all(|(constructor, _)| mentions(rows, constructor)) => {
                    all.into_iter().any(|(constructor, field_types)| {
                        let mut row = vec![Pat::Any; field_types.len()];
                        row.extend_from_slice(rest);
                        let inner = specialise(rows, &constructor, field_types.len());
                        let types = [field_types.as_slice(), &types[1..]].concat();
                        self.useful(&inner, &row, &types)
                    })
                }
                _ => self.useful(&defaults(rows), rest, &types[1..]),
            },
        }
    }

    fn fields(&mut self, constructor: &Constructor, ty: Ty) -> Vec<Ty> {
        let all = self.constructors(ty).unwrap_or_default();
        all.into_iter().find(|(known, _)| known == constructor).map(|(_, fields)| fields).unwrap_or_default()
    }

    /// At most `limit` rows of patterns that `rows` do not cover.
    fn missing(&mut self, rows: &[Vec<Pat>], types: &[Ty], limit: usize) -> Vec<Vec<String>> {
        let Some((ty, rest)) = types.split_first() else {
            return if rows.is_empty() { vec![vec![]] } else { vec![] };
        };
        if !self.spend() {
            return vec![];
        }
        let any = |rows: Vec<Vec<String>>| {
            rows.into_iter().map(|row| [vec!["_".to_owned()], row].concat()).collect::<Vec<_>>()
        };
        let Some(all) = self.constructors(*ty) else {
            return any(self.missing(&defaults(rows), rest, limit));
        };
        if !all.iter().any(|(constructor, _)| mentions(rows, constructor)) {
            return any(self.missing(&defaults(rows), rest, limit));
        }
        let mut found: Vec<Vec<String>> = vec![];
        for (constructor, fields) in all {
            let inner = specialise(rows, &constructor, fields.len());
            let types = [fields.as_slice(), rest].concat();
            for mut row in self.missing(&inner, &types, limit - found.len()) {
                let tail = row.split_off(fields.len());
                found.push([vec![text(&constructor, &row)], tail].concat());
            }
            if found.len() >= limit {
                break;
            }
        }
        found
    }
}

/// The rows that fit a constructor, with its fields in front.
fn specialise(rows: &[Vec<Pat>], constructor: &Constructor, fields: usize) -> Vec<Vec<Pat>> {
    let mut found = vec![];
    for row in rows {
        let Some((head, rest)) = row.split_first() else { continue };
        match head {
            Pat::Any => found.push([vec![Pat::Any; fields].as_slice(), rest].concat()),
            Pat::Of(known, inner) if known == constructor => found.push([inner.as_slice(), rest].concat()),
            Pat::Of(..) => {}
            Pat::Or(parts) => {
                let alternatives: Vec<Vec<Pat>> =
                    parts.iter().map(|part| [std::slice::from_ref(part), rest].concat()).collect();
                found.extend(specialise(&alternatives, constructor, fields));
            }
        }
    }
    found
}

/// The rows that fit whatever the first value is, without it.
fn defaults(rows: &[Vec<Pat>]) -> Vec<Vec<Pat>> {
    let mut found = vec![];
    for row in rows {
        let Some((head, rest)) = row.split_first() else { continue };
        match head {
            Pat::Any => found.push(rest.to_vec()),
            Pat::Of(..) => {}
            Pat::Or(parts) => {
                let alternatives: Vec<Vec<Pat>> =
                    parts.iter().map(|part| [std::slice::from_ref(part), rest].concat()).collect();
                found.extend(defaults(&alternatives));
            }
        }
    }
    found
}

fn mentions(rows: &[Vec<Pat>], constructor: &Constructor) -> bool {
    fn head_mentions(pat: &Pat, constructor: &Constructor) -> bool {
        match pat {
            Pat::Any => false,
            Pat::Of(known, _) => known == constructor,
            Pat::Or(parts) => parts.iter().any(|part| head_mentions(part, constructor)),
        }
    }
    rows.iter().any(|row| row.first().is_some_and(|head| head_mentions(head, constructor)))
}

fn text(constructor: &Constructor, fields: &[String]) -> String {
    match constructor {
        Constructor::Bool(value) => value.to_string(),
        Constructor::Some => format!("Some({})", fields.join(", ")),
        Constructor::Nil => "None".to_owned(),
        Constructor::Tuple => match fields {
            [only] => format!("({only},)"),
            fields => format!("({})", fields.join(", ")),
        },
        Constructor::Constant(_) => "_".to_owned(),
    }
}

#[cfg(test)]
mod tests;
