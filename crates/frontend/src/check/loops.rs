//! Loops: `while`, `loop`, `for`, and leaving them.

use tandem_source::Span;
use tandem_syntax::ast::{
    Block as AstBlock, Condition, Expr as AstExpr, Ident, Pattern as AstPattern, PatternKind as AstPatternKind,
};

use super::control::Want;
use super::flow::Flow;
use super::function::FnCx;
use super::local::Kind;
use crate::errors::{self, unsupported::Feature};
use crate::hir::{Expr, ExprKind, Iterable, LoopId, Stmt};
use crate::resolve::mentions::assigned_names;
use crate::ty::{Source, Ty, TyKind, join_all};

/// A loop that is being checked.
pub(super) struct LoopCx {
    id: LoopId,
    label: Option<String>,
    form: Form,
    /// What its value is, where that is known from an earlier pass.
    value: Option<Ty>,
    /// The values with which it is left.
    breaks: Vec<Source>,
    /// What is known where it is left by `break`.
    left: Flow,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    For,
    While,
    Loop,
}

impl FnCx<'_, '_> {
    /// What may change in a loop is not known at its head.
    fn forget_assigned(&mut self, body: &AstBlock) {
        for name in assigned_names(&[body]) {
            if let Some(var) = self.find_var(&name) {
                self.flow.forget(var);
            }
        }
    }

    fn begin_loop(&mut self, label: Option<&Ident>, form: Form, value: Option<Ty>) -> LoopId {
        let id = self.new_loop();
        let label = label.map(|label| label.name.clone());
        self.loops.push(LoopCx { id, label, form, value, breaks: vec![], left: Flow::unreachable() });
        id
    }

    fn end_loop(&mut self) -> (Vec<Source>, Flow) {
        match self.loops.pop() {
            Some(ended) => (ended.breaks, ended.left),
            None => (vec![], Flow::unreachable()),
        }
    }

    /// `while c:`, `while let P = e:`
    pub(super) fn while_loop(
        &mut self,
        label: Option<&Ident>,
        condition: &Condition,
        body: &AstBlock,
        span: Span,
    ) -> Expr {
        let common = self.cx.common;
        self.forget_assigned(body);
        let id = self.begin_loop(label, Form::While, None);
        let leave = self.make(ExprKind::Break { id, value: None }, common.never, span);
        let (turn, past) = match condition {
            Condition::Expr(e) if matches!(e.kind, tandem_syntax::ast::ExprKind::Bool(true)) => {
                (self.block(body, Want::Nothing), Flow::unreachable())
            }
            Condition::Expr(e) => {
                let checked = self.condition(e);
                self.flow = checked.yes;
                let turn = self.block(body, Want::Nothing);
                let condition = checked.expr;
                let turn = if condition.ty == common.bool && turn.ty != common.error {
                    let kind = ExprKind::If {
                        condition: Box::new(condition),
                        then: Box::new(turn),
                        otherwise: Some(Box::new(leave)),
                    };
                    self.make(kind, common.nil, span)
                } else if condition.ty == common.never {
                    condition
                } else {
                    self.error_expr(span)
                };
                (turn, checked.no)
            }
            Condition::Let { pattern, value } => {
                let value = self.expr(value, None);
                let past = self.flow.clone();
                self.enter_scope();
                let pattern = self.pattern(pattern, value.ty);
                let turn = self.block(body, Want::Nothing);
                self.leave_scope();
                let rest = self.wildcard(value.ty, span);
                let arms = vec![(pattern, None, turn), (rest, None, leave)];
                (self.match_of(value, arms, Want::Nothing, span), past)
            }
        };
        let (breaks, left) = self.end_loop();
        let endless = past.dead && breaks.is_empty();
        self.flow = past.meet(left);
        if turn.ty == common.error {
            return self.error_expr(span);
        }
        let ty = if endless { common.never } else { common.nil };
        self.make(ExprKind::Loop { id, body: Box::new(turn) }, ty, span)
    }

    /// `loop:`
    pub(super) fn loop_value(
        &mut self,
        label: Option<&Ident>,
        body: &AstBlock,
        expected: Option<Ty>,
        span: Span,
    ) -> Expr {
        let common = self.cx.common;
        self.forget_assigned(body);
        let known = self.seeds.get(&span).copied();
        let id = self.begin_loop(label, Form::Loop, known);
        let turn = self.block(body, Want::Nothing);
        let (breaks, left) = self.end_loop();
        self.flow = left;
        if turn.ty == common.error {
            return self.error_expr(span);
        }
        // What is expected reaches the values of `break`, as it does those of branches.
        let fits = |cx: &Self, expected: Ty| {
            breaks.iter().any(|source| *source != Source::Value(common.never))
                && breaks.iter().all(|source| match source {
                    Source::Value(ty) => cx.converts(*ty, expected),
                    Source::Literal => cx.cx.types.is_number(expected),
                })
        };
        let ty = match expected.filter(|expected| fits(self, *expected)) {
            Some(expected) => expected,
            None => match join_all(&mut self.cx.types, &breaks) {
                Ok(ty) => ty,
                Err((first, second)) => {
                    let (first, second) = (self.show(first), self.show(second));
                    self.report(errors::types::different_types(span, &first, &second));
                    return self.error_expr(span);
                }
            },
        };
        let uniform = breaks.iter().all(|source| match source {
            Source::Value(other) => *other == ty || *other == common.never,
            Source::Literal => ty == common.int,
        });
        if !uniform && known != Some(ty) && !self.cx.types.has_error(ty) {
            self.widen(span, ty);
        }
        self.make(ExprKind::Loop { id, body: Box::new(turn) }, ty, span)
    }

    /// `for p in e:`
    pub(super) fn for_loop(
        &mut self,
        label: Option<&Ident>,
        pattern: &AstPattern,
        iterable: &AstExpr,
        body: &AstBlock,
        span: Span,
    ) -> Expr {
        let common = self.cx.common;
        let source = self.expr(iterable, None);
        let source = self.operand(source);
        let (element, iterable) = match self.cx.types.kind(source.ty).clone() {
            TyKind::Range => (common.int, Some(Iterable::Range(Box::new(source)))),
            TyKind::Str => (common.str, Some(Iterable::Str(Box::new(source)))),
            TyKind::Array(element) => (element, Some(Iterable::Array(Box::new(source)))),
            TyKind::Never => return source,
            TyKind::Error => (common.error, None),
            TyKind::Tuple(_) => {
                drop(self.unsupported(Feature::Library, source.span));
                (common.error, None)
            }
            TyKind::Int(_)
            | TyKind::Float
            | TyKind::F32
            | TyKind::Bool
            | TyKind::Nil
            | TyKind::Option(_)
            | TyKind::FnItem(_)
            | TyKind::Var(_) => {
                let (shown, text) = (self.show(source.ty), self.text(source.span));
                self.report(errors::types::not_iterable(source.span, &shown, &text));
                (common.error, None)
            }
        };
        self.forget_assigned(body);
        let entry = self.flow.clone();
        let id = self.begin_loop(label, Form::For, None);
        self.enter_scope();
        let mut bound = vec![];
        let binding = match &pattern.kind {
            AstPatternKind::Name(name) => self.new_local(name, element, Kind::Fixed, None),
            AstPatternKind::Wildcard => self.temporary(element, pattern.span),
            _ => {
                let local = self.temporary(element, pattern.span);
                let checked = self.pattern(pattern, element);
                if !self.cx.types.has_error(checked.ty) && !self.cx.types.has_error(element) {
                    if !crate::exhaustive::is_irrefutable(&mut self.cx.types, &checked) {
                        self.report(errors::patterns::refutable(pattern.span));
                    }
                    let value = self.make(ExprKind::Local(local), element, pattern.span);
                    bound.push(Stmt::LetPattern { pattern: checked, value, message: None });
                }
                local
            }
        };
        let turn = self.block(body, Want::Nothing);
        self.leave_scope();
        let (_, left) = self.end_loop();
        self.flow = entry.meet(left);
        let Some(iterable) = iterable else { return self.error_expr(span) };
        if turn.ty == common.error {
            return self.error_expr(span);
        }
        let turn = if bound.is_empty() {
            turn
        } else {
            let ty = turn.ty;
            bound.push(Stmt::Expr(turn));
            self.statements(bound, ty, span)
        };
        self.make(ExprKind::For { id, binding, iterable, body: Box::new(turn) }, common.nil, span)
    }

    /// The loop that `break` or `continue` is about: the innermost, or the labelled one.
    fn target(&mut self, label: Option<&Ident>, word: &str, span: Span) -> Option<usize> {
        match label {
            None if self.loops.is_empty() => {
                self.report(errors::flow::outside_loop(span, word));
                None
            }
            None => Some(self.loops.len() - 1),
            Some(label) => {
                let at = self.loops.iter().rposition(|known| known.label.as_ref() == Some(&label.name));
                if at.is_none() {
                    self.report(errors::flow::unknown_label(label.span, &label.name));
                }
                at
            }
        }
    }

    /// `break`, `break value`, `break label`
    pub(super) fn break_stmt(&mut self, label: Option<&Ident>, value: Option<&AstExpr>, span: Span) -> Expr {
        let common = self.cx.common;
        let Some(at) = self.target(label, "break", span) else {
            if let Some(value) = value {
                self.expr(value, None);
            }
            self.flow.dead = true;
            return self.error_expr(span);
        };
        let (id, form, known) = (self.loops[at].id, self.loops[at].form, self.loops[at].value);
        let mut value = value.map(|value| self.expr(value, known));
        if let Some(value) = value.take_if(|value| form == Form::Loop && value.ty == common.never) {
            self.flow.dead = true;
            return value;
        }
        if let Some(value) = &value
            && form != Form::Loop
        {
            let word = if form == Form::For { "for" } else { "while" };
            self.report(errors::flow::break_value(value.span, word));
            self.flow.dead = true;
            return self.error_expr(span);
        }
        let source = value.as_ref().map_or(Source::Value(common.nil), |value| self.source(value));
        let left = std::mem::replace(&mut self.loops[at].left, Flow::unreachable());
        self.loops[at].left = left.meet(self.flow.clone());
        self.loops[at].breaks.push(source);
        self.flow.dead = true;
        let value = match (value, known) {
            (Some(value), Some(known)) => Some(self.coerce(value, known, None)),
            (Some(value), None) => Some(value),
            (None, Some(known)) if known != common.nil => Some(self.make(ExprKind::Nil, known, span)),
            (None, _) => None,
        };
        if value.as_ref().is_some_and(|value| self.cx.types.has_error(value.ty)) {
            return self.error_expr(span);
        }
        self.make(ExprKind::Break { id, value: value.map(Box::new) }, common.never, span)
    }

    /// `continue`, `continue label`
    pub(super) fn continue_stmt(&mut self, label: Option<&Ident>, span: Span) -> Expr {
        let target = self.target(label, "continue", span);
        self.flow.dead = true;
        match target {
            Some(at) => {
                let id = self.loops[at].id;
                self.make(ExprKind::Continue { id }, self.cx.common.never, span)
            }
            None => self.error_expr(span),
        }
    }
}
