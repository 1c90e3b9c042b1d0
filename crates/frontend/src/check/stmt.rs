//! Statements and blocks.

use tandem_source::Span;
use tandem_syntax::ast::{
    Block as AstBlock, Expr as AstExpr, ExprKind as Ast, ItemKind, Mutability, Pattern as AstPattern,
    PatternKind as AstPatternKind, Stmt as AstStmt, StmtKind, Type,
};

use super::control::Want;
use super::function::{FnCx, Place};
use super::local::{Kind, Open, Var};
use crate::errors::{self, types::Because, unsupported::Feature};
use crate::hir::{Block, Expr, ExprKind, Form, FormatPart, Sink, Stmt, UnaryOp};
use crate::ty::{Ty, TyKind};
use tandem_runtime::Fault;

impl FnCx<'_, '_> {
    /// The statements of a block and the value of its last one; the scope is the caller's.
    pub(super) fn block_value(&mut self, block: &AstBlock, expected: Option<Ty>) -> Expr {
        let Some((last, before)) = block.stmts.split_last() else {
            return self.make(ExprKind::Nil, self.cx.common.nil, block.span);
        };
        let mut stmts = vec![];
        let remarked = self.stmts(before, &mut stmts);
        if let StmtKind::Expr(expr) = &last.kind {
            if self.ends(&stmts) && !remarked {
                self.report(errors::lints::unreachable_code(last.span));
            }
            let value = self.expr(expr, expected);
            if self.ends(&stmts) {
                return self.statements(stmts, self.cx.common.never, block.span);
            }
            return self.after(stmts, value);
        }
        self.stmts(std::slice::from_ref(last), &mut stmts);
        let broken = matches!(stmts.last(), Some(Stmt::Expr(last)) if last.ty == self.cx.common.error);
        // `return` of what is wrong is no block without a value.
        if broken { self.error_expr(block.span) } else { self.whole_block(stmts, block.span) }
    }

    /// The statements of a block, for what they do.
    pub(super) fn block_nothing(&mut self, block: &AstBlock) -> Expr {
        let mut stmts = vec![];
        self.stmts(&block.stmts, &mut stmts);
        self.whole_block(stmts, block.span)
    }

    fn whole_block(&mut self, stmts: Vec<Stmt>, span: Span) -> Expr {
        let common = self.cx.common;
        let ty = if self.ends(&stmts) { common.never } else { common.nil };
        self.make(ExprKind::Block(Block { stmts, value: None }), ty, span)
    }

    /// Whether statements end in one that does not come back.
    fn ends(&self, stmts: &[Stmt]) -> bool {
        let never = self.cx.common.never;
        match stmts.last() {
            Some(Stmt::Expr(expr)) => expr.ty == never,
            Some(Stmt::Let { value, .. } | Stmt::LetPattern { value, .. }) => value.ty == never,
            None => false,
        }
    }

    /// Statements in order. What stands behind one that does not come back is checked, but not part of the program;
    /// tells whether that has been remarked on.
    pub(super) fn stmts(&mut self, stmts: &[AstStmt], out: &mut Vec<Stmt>) -> bool {
        let mut dead = self.ends(out);
        let mut remarked = dead;
        for stmt in stmts {
            if dead && !remarked {
                remarked = true;
                self.report(errors::lints::unreachable_code(stmt.span));
            }
            let mut made = vec![];
            self.stmt(stmt, &mut made);
            if !dead {
                out.append(&mut made);
                dead = self.ends(out);
                if dead {
                    self.flow.dead = true;
                }
            }
        }
        remarked
    }

    fn stmt(&mut self, stmt: &AstStmt, out: &mut Vec<Stmt>) {
        let span = stmt.span;
        match &stmt.kind {
            StmtKind::Expr(expr) => {
                let value = self.expr_nothing(expr);
                out.push(Stmt::Expr(value));
            }
            StmtKind::Let { mutability, pattern, ty, value } => {
                self.let_stmt(*mutability, pattern, ty.as_ref(), value.as_ref(), span, out);
            }
            StmtKind::Assign { target, value } => self.assign(target, value, span, out),
            StmtKind::CompoundAssign { target, op, value, .. } => {
                self.compound_assign(target, *op, value, span, out);
            }
            StmtKind::While { label, condition, body } => {
                let value = self.while_loop(label.as_ref(), condition, body, span);
                out.push(Stmt::Expr(value));
            }
            StmtKind::For { label, pattern, iterable, body } => {
                let value = self.for_loop(label.as_ref(), pattern, iterable, body, span);
                out.push(Stmt::Expr(value));
            }
            StmtKind::Return(value) => {
                let value = self.return_stmt(value.as_ref(), span);
                out.push(Stmt::Expr(value));
            }
            StmtKind::Break { label, value } => {
                let value = self.break_stmt(label.as_ref(), value.as_ref(), span);
                out.push(Stmt::Expr(value));
            }
            StmtKind::Continue { label } => {
                let value = self.continue_stmt(label.as_ref(), span);
                out.push(Stmt::Expr(value));
            }
            StmtKind::Pass | StmtKind::Error => {}
            StmtKind::Assert { condition, message } => {
                let value = self.assert_stmt(condition, message.as_ref(), span);
                out.push(Stmt::Expr(value));
            }
            StmtKind::Defer(_) => drop(self.unsupported(Feature::Defer, span)),
            StmtKind::Send { .. } => drop(self.unsupported(Feature::Actor, span)),
            StmtKind::Contract(_) => drop(self.unsupported(Feature::Contract, span)),
            StmtKind::Item(item) => {
                let feature = match &item.kind {
                    ItemKind::Fn(_) => Feature::NestedFunction,
                    ItemKind::Record(_)
                    | ItemKind::Enum(_)
                    | ItemKind::Trait(_)
                    | ItemKind::Impl(_)
                    | ItemKind::Actor(_)
                    | ItemKind::Alias { .. }
                    | ItemKind::Const { .. }
                    | ItemKind::Use(_)
                    | ItemKind::Let { .. } => Feature::NestedItem,
                };
                let name = match &item.kind {
                    ItemKind::Fn(decl) => Some(&decl.name),
                    ItemKind::Const { name, .. } => Some(name),
                    _ => None,
                };
                self.report(errors::unsupported::feature(name.map_or(item.span, |name| name.span), feature));
                if let Some(name) = name {
                    // Its uses are not reported too.
                    let error = self.cx.common.error;
                    self.new_local(name, error, Kind::Param, None);
                }
            }
        }
    }

    /// An expression for what it does: the values of branches are dropped.
    fn expr_nothing(&mut self, expr: &AstExpr) -> Expr {
        match &expr.kind {
            Ast::If(parts) => self.if_from(parts, 0, Want::Nothing, expr.span),
            Ast::Match { scrutinee, arms } => self.match_expr(scrutinee, arms, Want::Nothing, expr.span),
            Ast::Paren(inner) => self.expr_nothing(inner),
            Ast::ArrowCall { receiver, method, args } => self.arrow_assign(receiver, method, args, expr.span),
            _ => self.expr(expr, None),
        }
    }

    fn let_stmt(
        &mut self,
        mutability: Mutability,
        pattern: &AstPattern,
        ty: Option<&Type>,
        value: Option<&AstExpr>,
        span: Span,
        out: &mut Vec<Stmt>,
    ) {
        let (pattern, ty) = match &pattern.kind {
            AstPatternKind::Typed { pattern: inner, ty: inner_ty } if ty.is_none() => (&**inner, Some(&**inner_ty)),
            _ => (pattern, ty),
        };
        let annotated = ty.map(|ty| (self.ty(ty), ty.span));
        let Some(value) = value else {
            // The parser has said that a value is missing; the names exist all the same.
            let error = self.cx.common.error;
            let bindings = self.pattern_of(pattern, error, Kind::Let(mutability));
            drop(bindings);
            return;
        };
        let checked = match annotated {
            Some((ty, at)) => {
                let because = Because::new(at, "expected because of this");
                self.expr_as(value, ty, Some(&because))
            }
            None => self.expr(value, None),
        };
        match &pattern.kind {
            AstPatternKind::Name(name) => {
                let open = if annotated.is_some() { Open::Closed } else { self.openness(value, checked.ty) };
                let var =
                    self.bind_variable(name, Kind::Let(mutability), checked.ty, open, annotated.map(|(_, at)| at));
                if let Var::Local(local) = var
                    && let (Open::Literal, ExprKind::Int(number)) = (open, &checked.kind)
                {
                    self.literal_values.insert(local, *number);
                }
                let stmt = self.store(var, checked, name.span, span, Initial::Let);
                out.push(stmt);
            }
            AstPatternKind::Wildcard => out.push(Stmt::Expr(checked)),
            _ => self.let_pattern(mutability, pattern, value, checked, out),
        }
    }

    /// A `let` that takes its value apart; what does not fit is R0010.
    fn let_pattern(
        &mut self,
        mutability: Mutability,
        pattern: &AstPattern,
        source: &AstExpr,
        value: Expr,
        out: &mut Vec<Stmt>,
    ) {
        let (ty, span) = (value.ty, pattern.span);
        if self.cx.types.has_error(ty) || ty == self.cx.common.never {
            let made = self.let_bindings(mutability, pattern, source, self.cx.common.error);
            drop(made);
            out.push(Stmt::Expr(value));
            return;
        }
        let ty = self.seeded_type(pattern, ty);
        let value = self.coerce(value, ty, None);
        let made = self.let_bindings(mutability, pattern, source, ty);
        if self.cx.types.has_error(made.pattern.ty) {
            out.push(Stmt::Expr(self.error_expr(span)));
            return;
        }
        if crate::exhaustive::is_irrefutable(&mut self.cx.types, &made.pattern) {
            out.push(Stmt::LetPattern { pattern: made.pattern, value, message: None });
        } else {
            let (hold, held) = self.hold(value);
            out.push(hold);
            let shown = self.read_held(held);
            let text = |text: &str| FormatPart::Text(text.to_owned());
            let parts = vec![
                text("the value "),
                FormatPart::Value { value: shown, form: Form::Repr, spec: None },
                text(" does not fit the pattern"),
            ];
            let message = self.make(ExprKind::Format { parts, sink: Sink::String }, self.cx.common.str, span);
            let fail = ExprKind::Fail { fault: Fault::NoMatch, message: Some(Box::new(message)) };
            let fail = self.make(fail, self.cx.common.never, span);
            let fits = self.statements(vec![], self.cx.common.nil, span);
            let rest = self.wildcard(ty, span);
            let scrutinee = self.read_held(held);
            let arms = vec![(made.pattern, None, fits), (rest, None, fail)];
            let choice = self.match_of(scrutinee, arms, Want::Nothing, span);
            out.push(Stmt::Expr(choice));
        }
        for (var, local, place) in made.globals {
            let ty = self.locals[local].ty;
            let value = self.make(ExprKind::Local(local), ty, place);
            let stmt = self.store(var, value, place, place, Initial::Let);
            out.push(stmt);
        }
    }

    /// `return`
    fn return_stmt(&mut self, value: Option<&AstExpr>, span: Span) -> Expr {
        let common = self.cx.common;
        let returned = match self.place {
            Place::Script | Place::Const => {
                self.report(errors::flow::return_outside(span));
                if let Some(value) = value {
                    self.expr(value, None);
                }
                self.flow.dead = true;
                return self.error_expr(span);
            }
            Place::Main => {
                let value = value.map(|value| self.expr(value, None));
                Some(self.return_of_main(value, span))
            }
            Place::Function => match value {
                Some(value) => {
                    let value = self.expr(value, self.result);
                    Some(self.returned(value))
                }
                None => {
                    let nil = self.make(ExprKind::Nil, common.nil, span);
                    Some(self.returned(nil))
                }
            },
        };
        self.flow.dead = true;
        match returned {
            // Also a wrong value leaves the function: the end of its body says nothing further.
            Some(value) if value.ty == common.error => self.make(ExprKind::Return(None), common.never, span),
            Some(value) if value.ty == common.never => value,
            Some(value) if value.ty == common.nil && matches!(value.kind, ExprKind::Nil) => {
                self.make(ExprKind::Return(None), common.never, span)
            }
            value => self.make(ExprKind::Return(value.map(Box::new)), common.never, span),
        }
    }

    /// `assert c, "why"`: the message shows the text and the compared values.
    fn assert_stmt(&mut self, condition: &AstExpr, message: Option<&AstExpr>, span: Span) -> Expr {
        let source = self.text(condition.span);
        let mut stmts = vec![];
        let mut shown = vec![];
        let (test, yes, no) = match &condition.kind {
            Ast::Compare { first, rest } if rest.len() == 1 => {
                let narrowing = {
                    let mark = (self.diagnostics.len(), self.calls.len(), self.flow.clone());
                    let known = self.condition(condition);
                    self.diagnostics.truncate(mark.0);
                    self.calls.truncate(mark.1);
                    self.flow = mark.2;
                    (known.yes, known.no)
                };
                let (op, second) = &rest[0];
                let (lhs, rhs) = self.operands_for(first, second, op.value);
                let (lhs, rhs) = match self.strict_pair(lhs, rhs, span) {
                    Ok(pair) => pair,
                    Err(never) => return never,
                };
                let (stmt, left) = self.hold(lhs);
                stmts.push(stmt);
                let (stmt, right) = self.hold(rhs);
                stmts.push(stmt);
                shown = vec![left, right];
                let (lhs, rhs) = (self.read_held(left), self.read_held(right));
                let mut test = self.compare(op.value, lhs, rhs, condition.span);
                test.span = condition.span;
                (test, narrowing.0, narrowing.1)
            }
            _ => {
                let checked = self.condition(condition);
                (checked.expr, checked.yes, checked.no)
            }
        };
        self.flow = no;
        let text = |text: String| FormatPart::Text(text);
        let mut parts = vec![text(format!("assertion failed: {source}"))];
        let mut diverges = None;
        if let Some(message) = message {
            let message = self.expr(message, None);
            if message.ty == self.cx.common.never || self.cx.types.has_error(message.ty) {
                diverges = Some(message);
            } else {
                parts.push(text(": ".to_owned()));
                parts.push(FormatPart::Value { value: message, form: Form::Display, spec: None });
            }
        }
        self.flow = yes;
        if let [left, right] = shown[..] {
            let show = |cx: &Self, held| FormatPart::Value { value: cx.read_held(held), form: Form::Repr, spec: None };
            parts.extend([text(" (".to_owned()), show(self, left), text(", ".to_owned()), show(self, right)]);
            parts.push(text(")".to_owned()));
        }
        if test.ty != self.cx.common.bool {
            return test;
        }
        let common = self.cx.common;
        let fail = match diverges {
            Some(message) if message.ty == common.never => message,
            Some(_) => return self.error_expr(span),
            None => {
                let message = self.make(ExprKind::Format { parts, sink: Sink::String }, common.str, span);
                let kind = ExprKind::Fail { fault: Fault::Assertion, message: Some(Box::new(message)) };
                self.make(kind, common.never, span)
            }
        };
        let failed = ExprKind::Unary { op: UnaryOp::Not, operand: Box::new(test) };
        let failed = self.make(failed, common.bool, condition.span);
        let kind = ExprKind::If { condition: Box::new(failed), then: Box::new(fail), otherwise: None };
        let check = self.make(kind, common.nil, span);
        self.after(stmts, check)
    }

    /// The type of a tuple's elements.
    pub(super) fn tuple_parts(&self, ty: Ty) -> Option<Vec<Ty>> {
        match self.cx.types.kind(ty) {
            TyKind::Tuple(parts) => Some(parts.clone()),
            _ => None,
        }
    }
}

/// Whether a store is the first of its variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Initial {
    Let,
    Assignment,
}
