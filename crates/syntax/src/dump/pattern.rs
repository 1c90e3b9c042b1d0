//! Patterns as s-expressions.

use super::expr::{expr, ident};
use super::item::ty;
use super::{Sexp, atom, list, optional};
use crate::ast::{Expr, Ident, Pattern, PatternArg, PatternField, PatternKind};

pub(super) fn pattern(pattern: &Pattern) -> Sexp {
    match &pattern.kind {
        PatternKind::Wildcard => atom("_"),
        PatternKind::Name(name) => ident(name),
        PatternKind::Literal(literal) => expr(literal),
        PatternKind::Range { start, end, limits } => list(limits.text(), [end_of_range(start), end_of_range(end)]),
        PatternKind::Tuple(patterns) => list("tuple", patterns.iter().map(self::pattern)),
        PatternKind::Array(patterns) => list("array", patterns.iter().map(self::pattern)),
        PatternKind::Rest(inner) => list("rest", [self::pattern(inner)]),
        PatternKind::Path(names) => path(names),
        PatternKind::DotVariant { name, args } => {
            list("variant", std::iter::once(ident(name)).chain(args.iter().map(|args| self::args(args))))
        }
        PatternKind::Variant { path: names, args } => list("variant", [path(names), self::args(args)]),
        PatternKind::Struct { path: names, fields, rest } => {
            let rest = rest.iter().map(|_| atom(".."));
            list("struct", std::iter::once(path(names)).chain(fields.iter().map(field)).chain(rest))
        }
        PatternKind::Typed { pattern, ty } => list("typed", [self::pattern(pattern), self::ty(ty)]),
        PatternKind::As { pattern, name } => list("as", [self::pattern(pattern), ident(name)]),
        PatternKind::Or(patterns) => list("or", patterns.iter().map(self::pattern)),
        PatternKind::Error => atom("error"),
    }
}

fn end_of_range(end: &Option<Box<Expr>>) -> Sexp {
    end.as_deref().map_or_else(|| atom("_"), expr)
}

fn path(names: &[Ident]) -> Sexp {
    list("path", names.iter().map(ident))
}

fn args(args: &[PatternArg]) -> Sexp {
    list("args", args.iter().map(arg))
}

fn arg(arg: &PatternArg) -> Sexp {
    match &arg.name {
        Some(name) => {
            let ty = optional("type", arg.ty.as_ref().map(ty));
            list("named", [ident(name), pattern(&arg.pattern)].into_iter().chain(ty))
        }
        None => pattern(&arg.pattern),
    }
}

fn field(field: &PatternField) -> Sexp {
    list("field", std::iter::once(ident(&field.name)).chain(field.pattern.as_ref().map(pattern)))
}
