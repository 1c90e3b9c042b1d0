//! Walking over the expressions of the HIR.

use super::{Block, Expr, ExprKind, FormatPart, Iterable, Stmt};

impl Expr {
    /// Calls `each` with every direct part, in the order of evaluation.
    pub(crate) fn each_part(&mut self, each: &mut dyn FnMut(&mut Expr)) {
        match &mut self.kind {
            ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Bool(_)
            | ExprKind::Nil
            | ExprKind::Str(_)
            | ExprKind::Unit
            | ExprKind::Local(_)
            | ExprKind::Global(_)
            | ExprKind::Continue { .. } => {}
            ExprKind::Tuple(parts) | ExprKind::Array(parts) => parts.iter_mut().for_each(each),
            ExprKind::TupleGet { tuple: inner, .. }
            | ExprKind::Unary { operand: inner, .. }
            | ExprKind::Convert { operand: inner, .. }
            | ExprKind::Some(inner)
            | ExprKind::IsSome(inner)
            | ExprKind::Unwrap { option: inner, .. }
            | ExprKind::Narrow(inner)
            | ExprKind::Exit(inner)
            | ExprKind::Loop { body: inner, .. }
            | ExprKind::SetLocal { value: inner, .. }
            | ExprKind::SetGlobal { value: inner, .. } => each(inner),
            ExprKind::Range { start, end, step, .. } => {
                each(start);
                each(end);
                optional(step, each);
            }
            ExprKind::Binary { lhs, rhs, .. }
            | ExprKind::Compare { lhs, rhs, .. }
            | ExprKind::And(lhs, rhs)
            | ExprKind::Or(lhs, rhs)
            | ExprKind::Coalesce { option: lhs, otherwise: rhs } => {
                each(lhs);
                each(rhs);
            }
            ExprKind::Call { args, .. } => args.iter_mut().for_each(each),
            ExprKind::Format { parts, .. } => {
                for part in parts {
                    match part {
                        FormatPart::Text(_) => {}
                        FormatPart::Value { value, spec, .. } => {
                            each(value);
                            optional(spec, each);
                        }
                    }
                }
            }
            ExprKind::Fail { message: value, .. } | ExprKind::Break { value, .. } | ExprKind::Return(value) => {
                optional(value, each);
            }
            ExprKind::Block(block) => each_of_block(block, each),
            ExprKind::If { condition, then, otherwise } => {
                each(condition);
                each(then);
                optional(otherwise, each);
            }
            // Patterns hold constants only.
            ExprKind::Match { scrutinee, arms, .. } => {
                each(scrutinee);
                for arm in arms {
                    if let Some(guard) = &mut arm.guard {
                        each(guard);
                    }
                    each(&mut arm.body);
                }
            }
            ExprKind::For { iterable, body, .. } => {
                match iterable {
                    Iterable::Range(inner) | Iterable::Str(inner) | Iterable::Array(inner) => each(inner),
                }
                each(body);
            }
        }
    }

    /// Calls `each` with this expression and everything in it.
    pub(crate) fn walk(&mut self, each: &mut dyn FnMut(&mut Expr)) {
        each(self);
        self.each_part(&mut |part| part.walk(each));
    }
}

fn each_of_block(block: &mut Block, each: &mut dyn FnMut(&mut Expr)) {
    for stmt in &mut block.stmts {
        match stmt {
            Stmt::Expr(value) | Stmt::Let { value, .. } | Stmt::LetPattern { value, .. } => each(value),
        }
    }
    optional(&mut block.value, each);
}

fn optional(value: &mut Option<Box<Expr>>, each: &mut dyn FnMut(&mut Expr)) {
    if let Some(value) = value {
        each(value);
    }
}
