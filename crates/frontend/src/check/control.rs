//! `if`, `match` and blocks, as statements and as values.

use tandem_source::Span;
use tandem_syntax::ast::{Block as AstBlock, Condition, Expr as AstExpr, If, MatchArm};

use super::condition::Cond;
use super::flow::Flow;
use super::function::FnCx;
use crate::errors;
use crate::exhaustive;
use crate::hir::{Arm, Coverage, Expr, ExprKind, Pattern, PatternKind};
use crate::ty::{Source, Ty, join_all};

/// How many branches an `if` may have: each nests in the one before.
const BRANCH_LIMIT: usize = 512;

/// What a construct is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Want {
    /// Its value, for which a type may be expected.
    Value(Option<Ty>),
    /// Only what it does.
    Nothing,
}

impl FnCx<'_, '_> {
    /// `a if c else b`
    pub(super) fn conditional(
        &mut self,
        condition: &AstExpr,
        then: &AstExpr,
        otherwise: &AstExpr,
        expected: Option<Ty>,
        span: Span,
    ) -> Expr {
        let Cond { expr: condition, yes, no } = self.condition(condition);
        self.flow = yes;
        let then = self.expr(then, expected);
        let after_then = std::mem::replace(&mut self.flow, no);
        let otherwise = self.expr(otherwise, expected);
        let after_otherwise = std::mem::take(&mut self.flow);
        self.flow = after_then.meet(after_otherwise);
        self.choice(condition, then, otherwise, expected, span)
    }

    /// A choice between two values, of their common type.
    fn choice(&mut self, condition: Expr, then: Expr, otherwise: Expr, expected: Option<Ty>, span: Span) -> Expr {
        let common = self.cx.common;
        if condition.ty == common.error {
            return self.error_expr(span);
        }
        if condition.ty == common.never {
            return condition;
        }
        let Some((ty, mut values)) = self.joined(vec![then, otherwise], expected, span) else {
            return self.error_expr(span);
        };
        let (Some(otherwise), Some(then)) = (values.pop(), values.pop()) else { return self.error_expr(span) };
        let kind =
            ExprKind::If { condition: Box::new(condition), then: Box::new(then), otherwise: Some(Box::new(otherwise)) };
        self.make(kind, ty, span)
    }

    /// Several sources of one value, converted to their common type.
    pub(super) fn joined(&mut self, values: Vec<Expr>, expected: Option<Ty>, span: Span) -> Option<(Ty, Vec<Expr>)> {
        if let Some(expected) = expected {
            let fits = |cx: &Self, value: &Expr| {
                cx.converts(value.ty, expected) || cx.is_open_literal(value) && cx.cx.types.is_number(expected)
            };
            if values.iter().all(|value| fits(self, value))
                && values.iter().any(|value| value.ty != self.cx.common.never)
            {
                let values = values.into_iter().map(|value| self.coerce(value, expected, None)).collect();
                return Some((expected, values));
            }
        }
        let sources: Vec<Source> = values.iter().map(|value| self.source(value)).collect();
        match join_all(&mut self.cx.types, &sources) {
            Ok(ty) => Some((ty, values.into_iter().map(|value| self.coerce(value, ty, None)).collect())),
            Err((first, second)) => {
                let (first, second) = (self.show(first), self.show(second));
                self.report(errors::types::different_types(span, &first, &second));
                None
            }
        }
    }

    /// `if` as a value.
    pub(super) fn if_value(&mut self, parts: &If, expected: Option<Ty>, span: Span) -> Expr {
        self.if_from(parts, 0, Want::Value(expected), span)
    }

    /// `if` from its branch `at` on; later ones stand in its `else`.
    pub(super) fn if_from(&mut self, parts: &If, at: usize, want: Want, span: Span) -> Expr {
        if at == 0 && parts.branches.len() > BRANCH_LIMIT {
            self.report(errors::types::too_long(span, "`elif`s", BRANCH_LIMIT));
            return self.error_expr(span);
        }
        let Some((condition, body)) = parts.branches.get(at) else {
            return match (&parts.otherwise, want) {
                (Some(body), want) => self.block(body, want),
                (None, _) => self.make(ExprKind::Nil, self.cx.common.nil, span),
            };
        };
        let here = match condition {
            Condition::Expr(e) => e.span.to(span.end()),
            Condition::Let { pattern, .. } => pattern.span.to(span.end()),
        };
        match condition {
            Condition::Expr(condition) => {
                let Cond { expr: condition, yes, no } = self.condition(condition);
                self.flow = yes;
                let then = self.block(body, want);
                let after_then = std::mem::replace(&mut self.flow, no);
                let otherwise = self.if_from(parts, at + 1, want, here);
                let after_otherwise = std::mem::take(&mut self.flow);
                self.flow = after_then.meet(after_otherwise);
                match want {
                    Want::Value(expected) => self.choice(condition, then, otherwise, expected, span),
                    Want::Nothing => self.branch(condition, then, otherwise, span),
                }
            }
            Condition::Let { pattern, value } => {
                let value = self.expr(value, None);
                self.enter_scope();
                let before = self.flow.clone();
                let pattern = self.pattern(pattern, value.ty);
                let then = self.block(body, want);
                self.leave_scope();
                let after_then = std::mem::replace(&mut self.flow, before);
                let otherwise = self.if_from(parts, at + 1, want, here);
                let after_otherwise = std::mem::take(&mut self.flow);
                self.flow = after_then.meet(after_otherwise);
                let rest = self.wildcard(value.ty, span);
                let arms = vec![(pattern, None, then), (rest, None, otherwise)];
                self.match_of(value, arms, want, span)
            }
        }
    }

    /// An `if` whose values nobody wants.
    fn branch(&mut self, condition: Expr, then: Expr, otherwise: Expr, span: Span) -> Expr {
        let common = self.cx.common;
        if condition.ty == common.error || then.ty == common.error || otherwise.ty == common.error {
            return self.error_expr(span);
        }
        if condition.ty == common.never {
            return condition;
        }
        let never = then.ty == common.never && otherwise.ty == common.never;
        let empty = matches!(otherwise.kind, ExprKind::Nil);
        let kind = ExprKind::If {
            condition: Box::new(condition),
            then: Box::new(then),
            otherwise: (!empty).then(|| Box::new(otherwise)),
        };
        self.make(kind, if never { common.never } else { common.nil }, span)
    }

    /// `match` as a value.
    pub(super) fn match_value(
        &mut self,
        scrutinee: &AstExpr,
        arms: &[MatchArm],
        expected: Option<Ty>,
        span: Span,
    ) -> Expr {
        self.match_expr(scrutinee, arms, Want::Value(expected), span)
    }

    /// `match`, with its proof that every value has an arm.
    pub(super) fn match_expr(&mut self, scrutinee: &AstExpr, arms: &[MatchArm], want: Want, span: Span) -> Expr {
        let value = self.expr(scrutinee, None);
        let before = self.flow.clone();
        let mut after = Flow::unreachable();
        let mut checked = vec![];
        let mark = self.diagnostics.len();
        for arm in arms {
            self.flow = before.clone();
            self.enter_scope();
            let pattern = self.pattern(&arm.pattern, value.ty);
            let guard = arm.guard.as_ref().map(|guard| {
                let condition = self.condition(guard);
                self.flow = condition.yes;
                condition.expr
            });
            let body = self.block(&arm.body, want);
            self.leave_scope();
            after = after.meet(std::mem::take(&mut self.flow));
            checked.push((pattern, guard, body));
        }
        self.flow = after;
        if self.cx.types.has_error(value.ty) {
            return self.error_expr(span);
        }
        if value.ty != self.cx.common.never && !self.errors_since(mark) {
            let rows: Vec<(&Pattern, bool)> =
                checked.iter().map(|(pattern, guard, _)| (pattern, guard.is_some())).collect();
            let coverage = exhaustive::check(&mut self.cx.types, &rows, value.ty);
            for at in coverage.unreachable {
                self.report(errors::lints::unreachable_arm(arms[at].pattern.span));
            }
            if !coverage.missing.is_empty() {
                let insert = self.missing_arms(arms, &coverage.missing);
                self.report(errors::patterns::missing_cases(scrutinee.span, &coverage.missing, insert));
                return self.error_expr(span);
            }
        }
        self.match_of(value, checked, want, span)
    }

    /// The text of arms for the missing cases, behind the last arm.
    fn missing_arms(&self, arms: &[MatchArm], missing: &[String]) -> Option<(Span, String)> {
        let last = arms.last()?;
        let file = self.cx.names.sources.file(last.span.file);
        let column = file.line_column(arms.first()?.span.lo).column as usize;
        let indent = " ".repeat(column.saturating_sub(1));
        let lines: Vec<String> =
            missing.iter().map(|case| format!("\n{indent}{case} => panic(\"not handled\")")).collect();
        Some((last.span.end(), lines.concat()))
    }

    /// A match of checked arms.
    pub(super) fn match_of(
        &mut self,
        scrutinee: Expr,
        arms: Vec<(Pattern, Option<Expr>, Expr)>,
        want: Want,
        span: Span,
    ) -> Expr {
        let common = self.cx.common;
        if scrutinee.ty == common.never {
            return scrutinee;
        }
        let mut patterns = vec![];
        let mut bodies = vec![];
        for (pattern, guard, body) in arms {
            if self.cx.types.has_error(pattern.ty) || guard.as_ref().is_some_and(|guard| guard.ty == common.error) {
                return self.error_expr(span);
            }
            patterns.push((pattern, guard));
            bodies.push(body);
        }
        if bodies.iter().any(|body| body.ty == common.error) || self.cx.types.has_error(scrutinee.ty) {
            return self.error_expr(span);
        }
        let (ty, bodies) = match want {
            Want::Value(expected) => match self.joined(bodies, expected, span) {
                Some(joined) => joined,
                None => return self.error_expr(span),
            },
            Want::Nothing => {
                let never = bodies.iter().all(|body| body.ty == common.never);
                (if never { common.never } else { common.nil }, bodies)
            }
        };
        let arms =
            patterns.into_iter().zip(bodies).map(|((pattern, guard), body)| Arm { pattern, guard, body }).collect();
        let kind = ExprKind::Match { scrutinee: Box::new(scrutinee), arms, coverage: Coverage::Exhaustive };
        self.make(kind, ty, span)
    }

    /// The pattern that fits everything.
    pub(super) fn wildcard(&self, ty: Ty, span: Span) -> Pattern {
        Pattern { kind: PatternKind::Wildcard, ty, span }
    }

    /// A block.
    pub(super) fn block(&mut self, block: &AstBlock, want: Want) -> Expr {
        self.enter_scope();
        let value = match want {
            Want::Value(expected) => self.block_value(block, expected),
            Want::Nothing => self.block_nothing(block),
        };
        self.leave_scope();
        value
    }
}
