//! Expressions as s-expressions.

use super::item::{param, ty};
use super::pattern::pattern;
use super::stmt::{block, match_arm};
use super::{Sexp, atom, list, optional, quoted};
use crate::ast::{
    Arg, Asyncness, ComprehensionClause, ComprehensionKind, Condition, DictEntry, Expr, ExprKind, FieldInit, Ident, If,
    Lambda, LambdaBody, NumberSuffix, StrPart,
};

pub(super) fn ident(ident: &Ident) -> Sexp {
    atom(ident.name.clone())
}

pub(super) fn expr(expr: &Expr) -> Sexp {
    match &expr.kind {
        ExprKind::Int { value, suffix } => list("int", [number(&value.to_string(), *suffix)]),
        ExprKind::Float { value, suffix } => list("float", [number(&format!("{value:?}"), *suffix)]),
        ExprKind::Bool(value) => atom(if *value { "true" } else { "false" }),
        ExprKind::Nil => atom("nil"),
        ExprKind::Str(text) => list("str", [quoted(text)]),
        ExprKind::Interpolated(parts) => list("interpolated", parts.iter().map(str_part)),
        ExprKind::Bytes(bytes) => list("bytes", [atom(format!("{}", bytes.escape_ascii()))]),
        ExprKind::Symbol(name) => list("symbol", [atom(name)]),
        ExprKind::Name(name) => list("name", [atom(name)]),
        ExprKind::Paren(inner) => list("paren", [self::expr(inner)]),
        ExprKind::Tuple(elements) => exprs("tuple", elements),
        ExprKind::Array(elements) => exprs("array", elements),
        ExprKind::Dict(entries) => list("dict", entries.iter().map(dict_entry)),
        ExprKind::Set(elements) => exprs("set", elements),
        ExprKind::Spread(inner) => list("spread", [self::expr(inner)]),
        ExprKind::Comprehension { kind, element, clauses } => {
            let head = match kind {
                ComprehensionKind::Array => "array-for",
                ComprehensionKind::Set => "set-for",
                ComprehensionKind::Generator => "generator-for",
            };
            list(head, std::iter::once(self::expr(element)).chain(clauses.iter().map(clause)))
        }
        ExprKind::DictComprehension { key, value, clauses } => {
            list("dict-for", [self::expr(key), self::expr(value)].into_iter().chain(clauses.iter().map(clause)))
        }
        ExprKind::Unary { op, operand, .. } => list(op.text(), [self::expr(operand)]),
        ExprKind::Binary { op, lhs, rhs, .. } => list(op.text(), [self::expr(lhs), self::expr(rhs)]),
        ExprKind::Compare { first, rest } => {
            let rest = rest.iter().flat_map(|(op, operand)| [atom(op.value.text()), self::expr(operand)]);
            list("compare", std::iter::once(self::expr(first)).chain(rest))
        }
        ExprKind::Is { operand, negated, target, ty } => {
            let target = optional("operand", target.as_deref().map(self::expr));
            let ty = optional("type", ty.as_deref().map(self::ty));
            let head = if *negated { "is-not" } else { "is" };
            list(head, std::iter::once(self::expr(operand)).chain(target).chain(ty))
        }
        ExprKind::Range { start, end, limits } => list(limits.text(), [missing_or(start), missing_or(end)]),
        ExprKind::Conditional { condition, then, otherwise } => {
            list("conditional", [self::expr(condition), self::expr(then), self::expr(otherwise)])
        }
        ExprKind::If(if_) => self::if_(if_),
        ExprKind::Match { scrutinee, arms } => {
            list("match", std::iter::once(self::expr(scrutinee)).chain(arms.iter().map(match_arm)))
        }
        ExprKind::Loop { label, body } => list("loop", label.iter().map(ident).chain([block(body)])),
        ExprKind::Receive { arms, after } => {
            let after = after.iter().map(|after| list("after", [self::expr(&after.0), block(&after.1)]));
            list("receive", arms.iter().map(match_arm).chain(after))
        }
        ExprKind::With(with) => {
            let binding = optional("as", with.binding.as_ref().map(pattern));
            list("with", std::iter::once(self::expr(&with.value)).chain(binding).chain([block(&with.body)]))
        }
        ExprKind::Call { callee, args } => {
            list("call", std::iter::once(self::expr(callee)).chain(args.iter().map(arg)))
        }
        ExprKind::ArrowCall { receiver, method, args } => {
            list("->", [self::expr(receiver), ident(method)].into_iter().chain(args.iter().map(arg)))
        }
        ExprKind::Member { object, name } => list(".", [self::expr(object), ident(name)]),
        ExprKind::PathMember { object, name } => list("::", [self::expr(object), ident(name)]),
        ExprKind::TupleIndex { object, index } => list(".", [self::expr(object), atom(index.value.to_string())]),
        ExprKind::Index { object, index } => list("index", [self::expr(object), self::expr(index)]),
        ExprKind::Slice { object, start, end, step } => {
            list("slice", [self::expr(object), missing_or(start), missing_or(end), missing_or(step)])
        }
        ExprKind::Try(inner) => list("?", [self::expr(inner)]),
        ExprKind::StructLiteral { ty, fields, base } => {
            let base = optional("base", base.as_deref().map(self::expr));
            list("struct", std::iter::once(self::ty(ty)).chain(fields.iter().map(field_init)).chain(base))
        }
        ExprKind::DotVariant(name) => list("variant", [ident(name)]),
        ExprKind::Lambda(lambda) => self::lambda(lambda),
        ExprKind::Yield(value) => list("yield", value.as_deref().map(self::expr)),
        ExprKind::YieldFrom(generator) => list("yield-from", [self::expr(generator)]),
        ExprKind::Error => atom("error"),
    }
}

fn exprs(head: &str, elements: &[Expr]) -> Sexp {
    list(head, elements.iter().map(expr))
}

fn missing_or(part: &Option<Box<Expr>>) -> Sexp {
    part.as_deref().map_or_else(|| atom("_"), expr)
}

fn number(digits: &str, suffix: Option<NumberSuffix>) -> Sexp {
    atom(format!("{digits}{}", suffix.map_or("", NumberSuffix::text)))
}

fn str_part(part: &StrPart) -> Sexp {
    match part {
        StrPart::Text(text) => quoted(text),
        StrPart::Value { expr, spec, .. } => {
            let spec = spec.as_ref().map(|parts| list("spec", parts.iter().map(str_part)));
            list("value", std::iter::once(self::expr(expr)).chain(spec))
        }
    }
}

fn dict_entry(entry: &DictEntry) -> Sexp {
    match entry {
        DictEntry::Pair(key, value) => list("pair", [expr(key), expr(value)]),
        DictEntry::Spread(inner) => list("spread", [expr(inner)]),
    }
}

fn clause(clause: &ComprehensionClause) -> Sexp {
    match clause {
        ComprehensionClause::For { pattern, iterable } => list("for", [self::pattern(pattern), expr(iterable)]),
        ComprehensionClause::If(condition) => list("if", [expr(condition)]),
    }
}

fn if_(if_: &If) -> Sexp {
    let branches =
        if_.branches.iter().map(|(condition, body)| list("branch", [self::condition(condition), block(body)]));
    let otherwise = if_.otherwise.iter().map(|body| list("else", [block(body)]));
    list("if", branches.chain(otherwise))
}

pub(super) fn condition(condition: &Condition) -> Sexp {
    match condition {
        Condition::Expr(condition) => expr(condition),
        Condition::Let { pattern, value } => list("let", [self::pattern(pattern), expr(value)]),
    }
}

fn arg(arg: &Arg) -> Sexp {
    match &arg.name {
        Some(name) => list("named", [ident(name), expr(&arg.value)]),
        None => expr(&arg.value),
    }
}

fn field_init(field: &FieldInit) -> Sexp {
    list("field", std::iter::once(ident(&field.name)).chain(field.value.as_ref().map(expr)))
}

fn lambda(lambda: &Lambda) -> Sexp {
    let body = match &lambda.body {
        LambdaBody::Expr(value) => expr(value),
        LambdaBody::Block(body) => block(body),
    };
    let head = match lambda.asyncness {
        Asyncness::Sync => "lambda",
        Asyncness::Async => "async-lambda",
    };
    list(head, [list("params", lambda.params.iter().map(param)), body])
}
