//! Expressions.

use super::{Position, Printer};
use crate::ast::{
    Arg, Asyncness, Block, ComprehensionClause, ComprehensionKind, Condition, DictEntry, Expr, ExprKind, If, Lambda,
    LambdaBody, Param, StmtKind, UnaryOp,
};

impl Printer {
    pub(super) fn expr(&mut self, expr: &Expr, position: Position) {
        let inner = Position::Inner;
        match &expr.kind {
            ExprKind::Int { value, suffix } => self.number(&value.to_string(), *suffix),
            ExprKind::Float { value, suffix } => self.number(&format!("{value:?}"), *suffix),
            ExprKind::Bool(value) => self.push(if *value { "true" } else { "false" }),
            ExprKind::Nil => self.push("nil"),
            ExprKind::Str(text) => {
                self.push("\"");
                self.escaped(text);
                self.push("\"");
            }
            ExprKind::Interpolated(parts) => {
                self.push("\"");
                self.str_parts(parts);
                self.push("\"");
            }
            ExprKind::Bytes(bytes) => self.bytes(bytes),
            ExprKind::Symbol(name) => {
                self.push(":");
                self.push(name);
            }
            ExprKind::Name(name) => self.push(name),
            ExprKind::Paren(inner_expr) => {
                self.push("(");
                self.expr(inner_expr, inner);
                self.push(")");
            }
            // Only the right side of an assignment has a tuple without parentheses.
            ExprKind::Tuple(elements) if position == Position::Last && needs_lines(expr) => {
                let last = elements.len() - 1;
                for (index, element) in elements.iter().enumerate() {
                    self.push(if index > 0 { ", " } else { "" });
                    self.expr(element, if index == last { position } else { inner });
                }
            }
            ExprKind::Tuple(elements) => {
                self.push("(");
                self.exprs(elements);
                self.push(if elements.len() == 1 { ",)" } else { ")" });
            }
            ExprKind::Array(elements) => {
                self.push("[");
                self.exprs(elements);
                self.push("]");
            }
            ExprKind::Dict(entries) => {
                self.push("{");
                self.separated(", ", entries, Self::dict_entry);
                self.push("}");
            }
            ExprKind::Set(elements) => {
                self.push("{");
                self.exprs(elements);
                self.push("}");
            }
            ExprKind::Spread(spread) => {
                self.push("*");
                self.expr(spread, inner);
            }
            ExprKind::Comprehension { kind, element, clauses } => {
                let (open, close) = match kind {
                    ComprehensionKind::Array => ("[", "]"),
                    ComprehensionKind::Set => ("{", "}"),
                    ComprehensionKind::Generator => ("(", ")"),
                };
                self.push(open);
                self.expr(element, inner);
                clauses.iter().for_each(|clause| self.clause(clause));
                self.push(close);
            }
            ExprKind::DictComprehension { key, value, clauses } => {
                self.push("{");
                self.expr(key, inner);
                self.push(": ");
                self.expr(value, inner);
                clauses.iter().for_each(|clause| self.clause(clause));
                self.push("}");
            }
            ExprKind::Unary { op, operand, .. } => {
                self.push(op.text());
                match op {
                    UnaryOp::Neg | UnaryOp::BitNot => {}
                    UnaryOp::Not | UnaryOp::Await | UnaryOp::Spawn => self.push(" "),
                }
                self.expr(operand, position);
            }
            ExprKind::Binary { op, lhs, rhs, .. } => {
                self.expr(lhs, inner);
                self.push(&format!(" {} ", op.text()));
                self.expr(rhs, position);
            }
            ExprKind::Compare { first, rest } => {
                self.expr(first, inner);
                for (index, (op, operand)) in rest.iter().enumerate() {
                    self.push(&format!(" {} ", op.value.text()));
                    self.expr(operand, if index + 1 == rest.len() { position } else { inner });
                }
            }
            ExprKind::Is { operand, negated, target, ty } => {
                self.expr(operand, inner);
                self.push(if *negated { " is not " } else { " is " });
                match (target, ty) {
                    (Some(target), _) => self.expr(target, position),
                    (None, Some(ty)) => self.ty(ty),
                    (None, None) => {}
                }
            }
            ExprKind::Range { start, end, limits } => {
                start.iter().for_each(|start| self.expr(start, inner));
                self.push(limits.text());
                end.iter().for_each(|end| self.expr(end, position));
            }
            ExprKind::Conditional { condition, then, otherwise } => {
                self.expr(then, inner);
                self.push(" if ");
                self.expr(condition, inner);
                self.push(" else ");
                self.expr(otherwise, position);
            }
            ExprKind::If(if_) => self.if_(if_, position),
            ExprKind::Match { scrutinee, arms } => {
                self.push("match ");
                self.expr(scrutinee, inner);
                self.push(":");
                self.indented(|printer| arms.iter().for_each(|arm| printer.match_arm(arm)));
            }
            ExprKind::Loop { label, body } => {
                self.label(label.as_ref());
                self.push("loop:");
                self.block(body, position);
            }
            ExprKind::Receive { arms, after } => {
                self.push("receive:");
                self.indented(|printer| {
                    arms.iter().for_each(|arm| printer.match_arm(arm));
                    if let Some(after) = after {
                        printer.line();
                        printer.push("after ");
                        printer.expr(&after.0, inner);
                        printer.push(":");
                        printer.block(&after.1, Position::Last);
                        printer.end();
                    }
                });
            }
            ExprKind::With(with) => {
                self.push("with ");
                self.expr(&with.value, inner);
                if let Some(binding) = &with.binding {
                    self.push(" as ");
                    self.pattern(binding);
                }
                self.push(":");
                self.block(&with.body, Position::Last);
            }
            ExprKind::Call { callee, args } => self.call(callee, args, position),
            ExprKind::ArrowCall { receiver, method, args } => {
                self.expr(receiver, inner);
                self.push("->");
                self.push(&method.name);
                self.args(args, position);
            }
            ExprKind::Member { object, name } => self.member(object, ".", &name.name),
            ExprKind::PathMember { object, name } => self.member(object, "::", &name.name),
            ExprKind::TupleIndex { object, index } => {
                // `1.0` would be a number.
                let dot = if matches!(object.kind, ExprKind::Int { .. }) { " ." } else { "." };
                self.member(object, dot, &index.value.to_string());
            }
            ExprKind::Index { object, index } => {
                self.expr(object, inner);
                self.push("[");
                self.expr(index, inner);
                self.push("]");
            }
            ExprKind::Slice { object, start, end, step } => {
                self.expr(object, inner);
                // Blanks keep a colon from beginning a symbol or a path.
                self.push("[");
                start.iter().for_each(|start| self.expr(start, inner));
                self.push(" : ");
                end.iter().for_each(|end| self.expr(end, inner));
                if let Some(step) = step {
                    self.push(" : ");
                    self.expr(step, inner);
                }
                self.push("]");
            }
            ExprKind::Try(operand) => {
                self.expr(operand, inner);
                // `??` would be an operator.
                self.push(if matches!(operand.kind, ExprKind::Try(_)) { " ?" } else { "?" });
            }
            ExprKind::StructLiteral { ty, fields, base } => {
                self.ty(ty);
                self.push(" { ");
                self.separated(", ", fields, |printer, field| {
                    printer.push(&field.name.name);
                    if let Some(value) = &field.value {
                        printer.push(": ");
                        printer.expr(value, inner);
                    }
                });
                if let Some(base) = base {
                    self.push(if fields.is_empty() { ".." } else { ", .." });
                    self.expr(base, inner);
                }
                self.push(" }");
            }
            ExprKind::DotVariant(name) => {
                self.push(".");
                self.push(&name.name);
            }
            ExprKind::Lambda(lambda) => self.lambda(lambda, position),
            ExprKind::Yield(value) => {
                self.push("yield");
                if let Some(value) = value {
                    self.push(" ");
                    self.expr(value, position);
                }
            }
            ExprKind::YieldFrom(generator) => {
                self.push("yield from ");
                self.expr(generator, position);
            }
            ExprKind::Error => self.push("<error>"),
        }
    }

    fn exprs(&mut self, elements: &[Expr]) {
        self.separated(", ", elements, |printer, element| printer.expr(element, Position::Inner));
    }

    fn member(&mut self, object: &Expr, operator: &str, name: &str) {
        self.expr(object, Position::Inner);
        self.push(operator);
        self.push(name);
    }

    fn dict_entry(&mut self, entry: &DictEntry) {
        match entry {
            DictEntry::Pair(key, value) => {
                self.expr(key, Position::Inner);
                self.push(": ");
                self.expr(value, Position::Inner);
            }
            DictEntry::Spread(inner) => {
                self.push("**");
                self.expr(inner, Position::Inner);
            }
        }
    }

    fn clause(&mut self, clause: &ComprehensionClause) {
        match clause {
            ComprehensionClause::For { pattern, iterable } => {
                self.push(" for ");
                self.pattern(pattern);
                self.push(" in ");
                self.expr(iterable, Position::Inner);
            }
            ComprehensionClause::If(condition) => {
                self.push(" if ");
                self.expr(condition, Position::Inner);
            }
        }
    }

    fn if_(&mut self, if_: &If, position: Position) {
        for (index, (condition, body)) in if_.branches.iter().enumerate() {
            self.keyword(if index == 0 { "if" } else { "elif" }, index > 0, position);
            self.push(" ");
            self.condition(condition);
            self.push(":");
            self.block(body, position);
        }
        if let Some(body) = &if_.otherwise {
            self.keyword("else", true, position);
            self.push(":");
            self.block(body, position);
        }
    }

    /// `elif` and `else` stand on lines of their own behind an indented block.
    fn keyword(&mut self, word: &str, follows: bool, position: Position) {
        match position {
            Position::Last if follows => self.line(),
            Position::Inner if follows => self.push(" "),
            Position::Last | Position::Inner => {}
        }
        self.push(word);
    }

    pub(super) fn condition(&mut self, condition: &Condition) {
        match condition {
            Condition::Expr(condition) => self.expr(condition, Position::Inner),
            Condition::Let { pattern, value } => {
                self.push("let ");
                self.pattern(pattern);
                self.push(" = ");
                self.expr(value, Position::Inner);
            }
        }
    }

    // ---- calls

    fn call(&mut self, callee: &Expr, args: &[Arg], position: Position) {
        self.expr(callee, Position::Inner);
        let bare = match args.last() {
            Some(Arg { name, value }) => needs_lines(value) && !is_trailing(name.is_some(), value),
            None => false,
        };
        if bare && position == Position::Last {
            // The block at the end of the arguments cannot stand in parentheses.
            self.push(" ");
            let last = args.len() - 1;
            for (index, arg) in args.iter().enumerate() {
                self.push(if index > 0 { ", " } else { "" });
                self.arg(arg, if index == last { position } else { Position::Inner });
            }
            return;
        }
        self.args(args, position);
    }

    /// Arguments in parentheses, with a lambda that has a block behind them.
    fn args(&mut self, args: &[Arg], position: Position) {
        let trailing = match args.split_last() {
            Some((last, before)) if needs_lines(&last.value) && is_trailing(last.name.is_some(), &last.value) => {
                Some((last, before))
            }
            _ => None,
        };
        self.push("(");
        let inside = trailing.map_or(args, |(_, before)| before);
        self.separated(", ", inside, |printer, arg| printer.arg(arg, Position::Inner));
        self.push(")");
        if let Some((lambda, _)) = trailing {
            self.push(" ");
            self.expr(&lambda.value, position);
        }
    }

    fn arg(&mut self, arg: &Arg, position: Position) {
        if let Some(name) = &arg.name {
            self.push(&name.name);
            self.push(" = ");
        }
        self.expr(&arg.value, position);
    }

    fn lambda(&mut self, lambda: &Lambda, position: Position) {
        match lambda.asyncness {
            Asyncness::Async => self.push("async \\"),
            Asyncness::Sync => self.push("\\"),
        }
        let grouped = lambda.params.iter().any(|param: &Param| param.ty.is_some());
        self.push(if grouped { "(" } else { "" });
        self.separated(", ", &lambda.params, Self::param);
        self.push(if grouped { "):" } else { ":" });
        match &lambda.body {
            LambdaBody::Expr(value) => {
                self.push(" ");
                self.expr(value, position);
            }
            LambdaBody::Block(body) => self.block(body, Position::Last),
        }
    }
}

/// Whether a lambda can trail its call.
fn is_trailing(named: bool, value: &Expr) -> bool {
    !named && matches!(&value.kind, ExprKind::Lambda(lambda) if lambda.asyncness == Asyncness::Sync)
}

/// Whether the expression ends in a block that cannot be printed on one line.
fn needs_lines(expr: &Expr) -> bool {
    match &last_part(expr).kind {
        ExprKind::Match { .. } | ExprKind::Receive { .. } | ExprKind::With(_) => true,
        ExprKind::If(if_) => {
            if_.branches.iter().map(|(_, body)| body).chain(&if_.otherwise).any(|body| !fits_a_line(body))
        }
        ExprKind::Loop { body, .. } => !fits_a_line(body),
        ExprKind::Lambda(lambda) => matches!(lambda.body, LambdaBody::Block(_)),
        _ => false,
    }
}

/// Whether the expression ends in a block, which would take in what follows behind a `;`.
fn ends_in_block(expr: &Expr) -> bool {
    matches!(last_part(expr).kind, ExprKind::If(_) | ExprKind::Loop { .. })
}

/// The part of an expression that is written last, outside brackets.
fn last_part(mut expr: &Expr) -> &Expr {
    loop {
        let last = match &expr.kind {
            ExprKind::Lambda(lambda) => match &lambda.body {
                LambdaBody::Expr(value) => Some(value),
                LambdaBody::Block(_) => None,
            },
            ExprKind::Unary { operand, .. } | ExprKind::YieldFrom(operand) => Some(&**operand),
            ExprKind::Binary { rhs, .. } => Some(&**rhs),
            ExprKind::Compare { rest, .. } => rest.last().map(|(_, operand)| operand),
            ExprKind::Is { target, .. } => target.as_deref(),
            ExprKind::Range { end, .. } => end.as_deref(),
            ExprKind::Conditional { otherwise, .. } => Some(&**otherwise),
            ExprKind::Call { args, .. } | ExprKind::ArrowCall { args, .. } => args.last().map(|arg| &arg.value),
            ExprKind::Tuple(elements) => elements.last(),
            ExprKind::Yield(value) => value.as_deref(),
            _ => None,
        };
        match last {
            Some(last) => expr = last,
            None => return expr,
        }
    }
}

fn fits_a_line(block: &Block) -> bool {
    let last = block.stmts.len().saturating_sub(1);
    block.stmts.iter().enumerate().all(|(index, stmt)| {
        let value = match &stmt.kind {
            StmtKind::Expr(value) | StmtKind::Assign { value, .. } | StmtKind::CompoundAssign { value, .. } => value,
            StmtKind::Send { message, .. } => message,
            StmtKind::Let { value: Some(value), .. } | StmtKind::Return(Some(value)) => value,
            StmtKind::Break { value: Some(value), .. } => value,
            StmtKind::Let { value: None, .. } | StmtKind::Return(None) | StmtKind::Break { value: None, .. } => {
                return true;
            }
            StmtKind::Defer(body) => return body.stmts.len() == 1 && index == last && fits_a_line(body),
            StmtKind::Continue { .. } | StmtKind::Pass | StmtKind::Assert { .. } => return true,
            StmtKind::Item(_) | StmtKind::While { .. } | StmtKind::For { .. } => return false,
            StmtKind::Contract(_) | StmtKind::Error => return false,
        };
        !needs_lines(value) && (index == last || !ends_in_block(value))
    })
}
