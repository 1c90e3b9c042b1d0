//! Conditions: what they take, and what each outcome says about variables.
//!
//! `if x:`, `x != nil`, `x is Some` narrow an option to its value where they hold; `not`, `and`, `or` combine them.

use tandem_source::Span;
use tandem_syntax::ast::{
    BinaryOp as AstOp, CompareOp, Expr as AstExpr, ExprKind as Ast, Type, TypeKind, UnaryOp as AstUnary,
};

use super::flow::Flow;
use super::function::FnCx;
use super::local::Var;
use crate::errors::{self, unsupported::Feature};
use crate::hir::{Expr, ExprKind, Stmt, UnaryOp};
use crate::ty::{Ty, TyKind};

/// A condition and what is known after each outcome.
pub(super) struct Cond {
    pub(super) expr: Expr,
    pub(super) yes: Flow,
    pub(super) no: Flow,
}

impl FnCx<'_, '_> {
    /// The value of a condition, when its outcome is not used to branch.
    pub(super) fn settle(&mut self, condition: Cond) -> Expr {
        self.flow = condition.yes.meet(condition.no);
        condition.expr
    }

    /// A condition. The knowledge at this point is left in its outcomes.
    pub(super) fn condition(&mut self, expr: &AstExpr) -> Cond {
        match &expr.kind {
            Ast::Paren(inner) => self.condition(inner),
            Ast::Unary { op: AstUnary::Not, operand, .. } => {
                let condition = self.condition(operand);
                self.negate_condition(condition, expr.span)
            }
            Ast::Binary { op: op @ (AstOp::And | AstOp::Or), lhs, rhs, .. } => self.logical(*op, lhs, rhs, expr.span),
            Ast::Compare { first, rest } => match rest.as_slice() {
                [(op, second)] if matches!(op.value, CompareOp::Eq | CompareOp::Ne) => {
                    let nil = |e: &AstExpr| matches!(e.kind, Ast::Nil);
                    if nil(second) && !nil(first) {
                        self.nil_test(first, op.value == CompareOp::Eq, expr.span)
                    } else if nil(first) && !nil(second) {
                        self.nil_test(second, op.value == CompareOp::Eq, expr.span)
                    } else {
                        self.plain_condition(expr)
                    }
                }
                _ => self.plain_condition(expr),
            },
            Ast::Is { operand, negated, target, ty } => {
                self.type_test(operand, *negated, target.as_deref(), ty.as_deref(), expr.span)
            }
            _ => self.plain_condition(expr),
        }
    }

    /// A condition that is a value: a `bool`, or an option.
    fn plain_condition(&mut self, expr: &AstExpr) -> Cond {
        let var = self.narrowable(expr);
        let value = match &expr.kind {
            Ast::Compare { first, rest } => self.comparison(first, rest, expr.span),
            // A `bool?` that is known to be there is a `bool`; of other options the question is about `nil` again.
            Ast::Name(_) if var.and_then(|var| self.flow.narrowed(var)) != Some(self.cx.common.bool) => {
                self.unnarrowed(expr)
            }
            _ => self.expr(expr, None),
        };
        self.truth(value, var)
    }

    /// The truth of a value.
    fn truth(&mut self, value: Expr, var: Option<Var>) -> Cond {
        let common = self.cx.common;
        let span = value.span;
        let (yes, no) = (self.flow.clone(), self.flow.clone());
        if value.ty == common.bool || value.ty == common.error {
            return Cond { expr: value, yes, no };
        }
        if value.ty == common.never {
            return Cond { expr: value, yes: Flow::unreachable(), no: Flow::unreachable() };
        }
        let ty = value.ty;
        match self.cx.types.kind(ty).clone() {
            TyKind::Option(inner) if inner == common.bool => {
                let text = self.text(span);
                self.report(errors::types::option_bool_condition(span, &text));
                Cond { expr: self.error_expr(span), yes, no }
            }
            TyKind::Option(inner) => {
                let expr = self.make(ExprKind::IsSome(Box::new(value)), common.bool, span);
                let yes = narrowed(yes, var, inner);
                Cond { expr, yes, no }
            }
            TyKind::Nil => {
                let never = self.make(ExprKind::Bool(false), common.bool, span);
                let expr = self.after(vec![Stmt::Expr(value)], never);
                Cond { expr, yes: narrowed(yes, var, common.never), no }
            }
            _ => {
                let (shown, text) = (self.show(ty), self.text(span));
                self.report(errors::types::condition(span, &shown, &text));
                Cond { expr: self.error_expr(span), yes, no }
            }
        }
    }

    /// `not c`
    pub(super) fn negate_condition(&mut self, condition: Cond, span: Span) -> Cond {
        let Cond { expr, yes, no } = condition;
        let common = self.cx.common;
        if expr.ty != common.bool {
            return Cond { expr, yes: no, no: yes };
        }
        let kind = ExprKind::Unary { op: UnaryOp::Not, operand: Box::new(expr) };
        Cond { expr: self.make(kind, common.bool, span), yes: no, no: yes }
    }

    /// `a and b`, `a or b`: the right side sees what the left one left open.
    pub(super) fn logical(&mut self, op: AstOp, lhs: &AstExpr, rhs: &AstExpr, span: Span) -> Cond {
        let left = self.condition(lhs);
        let and = op == AstOp::And;
        let (through, past) = if and { (left.yes, left.no) } else { (left.no, left.yes) };
        self.flow = through;
        let right = self.condition(rhs);
        let (yes, no) = if and { (right.yes, past.meet(right.no)) } else { (past.meet(right.yes), right.no) };
        let common = self.cx.common;
        let broken = |ty: Ty| ty == common.error;
        let expr = if broken(left.expr.ty) || broken(right.expr.ty) {
            self.error_expr(span)
        } else if left.expr.ty == common.never {
            left.expr
        } else {
            let (a, b) = (Box::new(left.expr), Box::new(right.expr));
            self.make(if and { ExprKind::And(a, b) } else { ExprKind::Or(a, b) }, common.bool, span)
        };
        Cond { expr, yes, no }
    }

    /// `x == nil`, `x != nil`, `x is nil`, `x is Some` …: `for_nil` is what it gives for `nil`.
    fn nil_test(&mut self, operand: &AstExpr, for_nil: bool, span: Span) -> Cond {
        let var = self.narrowable(operand);
        let value = self.unnarrowed(operand);
        let common = self.cx.common;
        let (flow, ty) = (self.flow.clone(), value.ty);
        if ty == common.error {
            return Cond { expr: self.error_expr(span), yes: flow.clone(), no: flow };
        }
        if ty == common.never {
            return Cond { expr: value, yes: flow.clone(), no: flow };
        }
        let (some, inner) = match self.cx.types.option_of(ty) {
            Some(inner) => (self.make(ExprKind::IsSome(Box::new(value)), common.bool, span), inner),
            None => {
                // A type with one answer: in a function used with several types it may be asked all the same.
                let known = self.make(ExprKind::Bool(ty != common.nil), common.bool, span);
                let some = if self.is_constant(&value) { known } else { self.after(vec![Stmt::Expr(value)], known) };
                (some, if ty == common.nil { common.never } else { ty })
            }
        };
        let with_value = narrowed(flow.clone(), var, inner);
        if for_nil {
            let kind = ExprKind::Unary { op: UnaryOp::Not, operand: Box::new(some) };
            Cond { expr: self.make(kind, common.bool, span), yes: flow, no: with_value }
        } else {
            Cond { expr: some, yes: with_value, no: flow }
        }
    }

    /// `v is T`
    fn type_test(
        &mut self,
        operand: &AstExpr,
        negated: bool,
        target: Option<&AstExpr>,
        ty: Option<&Type>,
        span: Span,
    ) -> Cond {
        let word = match (target.map(|target| &target.kind), ty.map(|ty| &ty.kind)) {
            (Some(Ast::Nil), _) | (_, Some(TypeKind::Nil)) => Some("nil"),
            (_, Some(TypeKind::Path { path, args })) if path.len() == 1 && args.is_empty() => {
                Some(path[0].name.as_str())
            }
            (Some(Ast::Name(name)), _) => Some(name.as_str()),
            _ => None,
        };
        match word {
            Some("nil" | "None") => return self.nil_test(operand, !negated, span),
            Some("Some") => return self.nil_test(operand, negated, span),
            _ => {}
        }
        let Some(ty) = ty else {
            let expr = self.unsupported(Feature::TypeTest, span);
            return Cond { expr, yes: self.flow.clone(), no: self.flow.clone() };
        };
        let value = self.unnarrowed(operand);
        let tested = self.ty(ty);
        let common = self.cx.common;
        let (flow, actual) = (self.flow.clone(), value.ty);
        if self.cx.types.has_error(tested) || self.cx.types.has_error(actual) {
            return Cond { expr: self.error_expr(span), yes: flow.clone(), no: flow };
        }
        if self.cx.types.option_of(actual) == Some(tested) {
            return self.nil_test(operand, negated, span);
        }
        // The answer follows from the types.
        let holds = actual == tested;
        let answer = self.make(ExprKind::Bool(holds != negated), common.bool, span);
        let expr = if self.is_constant(&value) { answer } else { self.after(vec![Stmt::Expr(value)], answer) };
        let (mut yes, mut no) = (flow.clone(), flow);
        let impossible = if holds != negated { &mut no } else { &mut yes };
        impossible.dead = true;
        Cond { expr, yes, no }
    }

    /// The variable that an expression is, if it can be narrowed.
    fn narrowable(&self, expr: &AstExpr) -> Option<Var> {
        match &expr.kind {
            Ast::Paren(inner) => self.narrowable(inner),
            Ast::Name(name) => self.find_var(name).filter(|var| self.can_narrow(*var)),
            _ => None,
        }
    }
}

fn narrowed(mut flow: Flow, var: Option<Var>, ty: Ty) -> Flow {
    if let Some(var) = var {
        flow.narrow(var, ty);
    }
    flow
}
