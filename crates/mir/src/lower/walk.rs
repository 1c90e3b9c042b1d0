//! Going through HIR without caring what it is.

use tandem_frontend::hir::{Expr, ExprKind, FormatPart, Iterable, LocalId, Stmt};

/// Calls `f` with each expression directly inside this one, in no particular order. (Constants in patterns are left
/// out.)
pub(super) fn for_each_child<'e>(expr: &'e Expr, mut f: impl FnMut(&'e Expr)) {
    match &expr.kind {
        ExprKind::Int(_)
        | ExprKind::Float(_)
        | ExprKind::Bool(_)
        | ExprKind::Nil
        | ExprKind::Str(_)
        | ExprKind::Unit
        | ExprKind::Local(_)
        | ExprKind::Global(_)
        | ExprKind::Continue { .. } => {}
        ExprKind::Tuple(items) | ExprKind::Array(items) | ExprKind::Call { args: items, .. } => {
            items.iter().for_each(f);
        }
        ExprKind::TupleGet { tuple: e, .. }
        | ExprKind::Unary { operand: e, .. }
        | ExprKind::Convert { operand: e, .. }
        | ExprKind::Some(e)
        | ExprKind::IsSome(e)
        | ExprKind::Unwrap { option: e, .. }
        | ExprKind::Narrow(e)
        | ExprKind::Exit(e)
        | ExprKind::Loop { body: e, .. }
        | ExprKind::SetLocal { value: e, .. }
        | ExprKind::SetGlobal { value: e, .. } => f(e),
        ExprKind::Range { start, end, step, .. } => {
            f(start);
            f(end);
            step.as_deref().into_iter().for_each(f);
        }
        ExprKind::Binary { lhs, rhs, .. }
        | ExprKind::Compare { lhs, rhs, .. }
        | ExprKind::And(lhs, rhs)
        | ExprKind::Or(lhs, rhs)
        | ExprKind::Coalesce { option: lhs, otherwise: rhs } => {
            f(lhs);
            f(rhs);
        }
        ExprKind::Format { parts, .. } => {
            for part in parts {
                match part {
                    FormatPart::Text(_) => {}
                    FormatPart::Value { value, spec, .. } => {
                        f(value);
                        spec.as_deref().into_iter().for_each(&mut f);
                    }
                }
            }
        }
        ExprKind::Fail { message: e, .. } | ExprKind::Break { value: e, .. } | ExprKind::Return(e) => {
            e.as_deref().into_iter().for_each(f);
        }
        ExprKind::Block(block) => {
            for stmt in &block.stmts {
                match stmt {
                    Stmt::Expr(e) | Stmt::Let { value: e, .. } | Stmt::LetPattern { value: e, .. } => f(e),
                }
            }
            block.value.as_deref().into_iter().for_each(f);
        }
        ExprKind::If { condition, then, otherwise } => {
            f(condition);
            f(then);
            otherwise.as_deref().into_iter().for_each(f);
        }
        ExprKind::Match { scrutinee, arms, .. } => {
            f(scrutinee);
            for arm in arms {
                arm.guard.iter().for_each(&mut f);
                f(&arm.body);
            }
        }
        ExprKind::For { iterable, body, .. } => {
            match iterable {
                Iterable::Range(e) | Iterable::Str(e) | Iterable::Array(e) => f(e),
            }
            f(body);
        }
    }
}

/// Whether evaluating the expression may assign this variable.
pub(super) fn assigns(expr: &Expr, local: LocalId) -> bool {
    let mut pending = vec![expr];
    while let Some(expr) = pending.pop() {
        if matches!(&expr.kind, ExprKind::SetLocal { local: target, .. } if *target == local) {
            return true;
        }
        for_each_child(expr, |child| pending.push(child));
    }
    false
}
