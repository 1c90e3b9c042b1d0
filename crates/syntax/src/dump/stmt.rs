//! Statements as s-expressions.

use super::expr::{condition, expr, ident};
use super::item::{item, ty};
use super::pattern::pattern;
use super::{Sexp, atom, list, optional};
use crate::ast::{
    ArmStyle, Block, Contract, ContractClause, ContractKind, Expr, MatchArm, Mutability, Pattern, Stmt, StmtKind, Type,
};

pub(super) fn stmt(stmt: &Stmt) -> Sexp {
    match &stmt.kind {
        StmtKind::Item(item) => self::item(item),
        StmtKind::Expr(expr) => self::expr(expr),
        StmtKind::Let { mutability, pattern, ty, value } => {
            let_("let", *mutability, pattern, ty.as_ref(), value.as_ref())
        }
        StmtKind::Assign { target, value } => list("=", [expr(target), expr(value)]),
        StmtKind::CompoundAssign { target, op, value, .. } => {
            list(&format!("{}=", op.text()), [expr(target), expr(value)])
        }
        StmtKind::While { label, condition, body } => {
            list("while", label.iter().map(ident).chain([self::condition(condition), block(body)]))
        }
        StmtKind::For { label, pattern, iterable, body } => {
            let parts = [self::pattern(pattern), expr(iterable), block(body)];
            list("for", label.iter().map(ident).chain(parts))
        }
        StmtKind::Return(value) => list("return", value.as_ref().map(expr)),
        StmtKind::Break { label, value } => {
            let label = optional("label", label.as_ref().map(ident));
            list("break", label.into_iter().chain(value.as_ref().map(expr)))
        }
        StmtKind::Continue { label } => list("continue", label.iter().map(ident)),
        StmtKind::Pass => atom("pass"),
        StmtKind::Assert { condition, message } => {
            list("assert", std::iter::once(expr(condition)).chain(message.as_ref().map(expr)))
        }
        StmtKind::Defer(body) => list("defer", [block(body)]),
        StmtKind::Send { actor, message } => list("!", [expr(actor), expr(message)]),
        StmtKind::Contract(contract) => self::contract(contract),
        StmtKind::Error => atom("error"),
    }
}

pub(super) fn let_(
    head: &str,
    mutability: Mutability,
    pattern: &Pattern,
    ty: Option<&Type>,
    value: Option<&Expr>,
) -> Sexp {
    let mutable = match mutability {
        Mutability::Mutable => Some(atom("mut")),
        Mutability::Immutable => None,
    };
    let ty = optional("type", ty.map(self::ty));
    list(head, mutable.into_iter().chain([self::pattern(pattern)]).chain(ty).chain(value.map(expr)))
}

pub(super) fn block(block: &Block) -> Sexp {
    list("block", block.stmts.iter().map(stmt))
}

pub(super) fn match_arm(arm: &MatchArm) -> Sexp {
    let head = match arm.style {
        ArmStyle::Case => "case",
        ArmStyle::Arrow => "=>",
    };
    let guard = optional("if", arm.guard.as_ref().map(expr));
    list(head, std::iter::once(pattern(&arm.pattern)).chain(guard).chain([block(&arm.body)]))
}

pub(super) fn contract(contract: &Contract) -> Sexp {
    let (head, name) = match &contract.kind {
        ContractKind::In => ("in", None),
        ContractKind::Out(name) => ("out", name.as_ref()),
        ContractKind::OutErr(name) => ("out_err", name.as_ref()),
        ContractKind::Invariant => ("invariant", None),
    };
    list(head, name.map(ident).into_iter().chain(contract.clauses.iter().map(clause)))
}

fn clause(clause: &ContractClause) -> Sexp {
    list("clause", std::iter::once(expr(&clause.condition)).chain(clause.message.as_ref().map(expr)))
}
