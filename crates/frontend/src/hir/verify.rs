//! What finished HIR keeps to. Run over every program that tests check.
//!
//! - No type is `Error` or open.
//! - Operands of an operation have equal types (or are an int and a float, compared); what stands for a value of type
//!   `T` has type `T` or `Never`.
//! - Arguments fit parameters exactly; `return` gives the type of the result, `break` that of its loop.
//! - `IsSome`, `Unwrap`, `Narrow` and `Coalesce` are of options.
//! - Loops that are left or continued enclose the place; locals and functions exist.
#![allow(clippy::wildcard_enum_match_arm, reason = "questions about a few of many forms")]

use super::*;
use crate::ty::{TyKind, TyName};

/// The first few violations, as text.
pub fn verify(program: &Program) -> Result<(), Vec<String>> {
    let names = TyName { types: &program.types, declarations: &program.declarations };
    let mut wrong = vec![];
    for function in program.functions.values() {
        let mut verifier = Verifier { program, function, names, loops: vec![], wrong: &mut wrong };
        match &function.body {
            Body::Extern(_) => {}
            Body::Expr(body) => {
                verifier.value(body, function.result);
                for local in function.locals.values() {
                    verifier.closed(local.ty, &local.name);
                }
            }
        }
    }
    for global in program.globals.values() {
        if matches!(program.types.kind(global.ty), TyKind::Error | TyKind::Var(_) | TyKind::Never) {
            wrong.push(format!("module variable {} has no type", global.name));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

struct Verifier<'p> {
    program: &'p Program,
    function: &'p Function,
    names: TyName<'p>,
    /// Enclosing loops, and the type of their value.
    loops: Vec<(LoopId, Ty)>,
    wrong: &'p mut Vec<String>,
}

impl Verifier<'_> {
    fn complain(&mut self, expr: &Expr, what: &str) {
        let kind = format!("{:?}", expr.kind);
        let kind = kind.split([' ', '(', '{']).next().unwrap_or_default().to_owned();
        let ty = self.names.of(expr.ty);
        self.wrong.push(format!("{}: {kind} : {ty} at {:?}: {what}", self.function.name, expr.span));
    }

    fn closed(&mut self, ty: Ty, name: &str) {
        if self.program.types.has_error(ty) || matches!(self.program.types.kind(ty), TyKind::Var(_)) {
            self.wrong.push(format!("{}: local {name} has no type", self.function.name));
        }
    }

    fn is_never(&self, ty: Ty) -> bool {
        *self.program.types.kind(ty) == TyKind::Never
    }

    fn is_bool(&self, ty: Ty) -> bool {
        *self.program.types.kind(ty) == TyKind::Bool
    }

    /// An expression that stands for a value of a type.
    fn value(&mut self, expr: &Expr, ty: Ty) {
        if expr.ty != ty && !self.is_never(expr.ty) {
            let expected = self.names.of(ty);
            self.complain(expr, &format!("stands for {expected}"));
        }
        self.expr(expr);
    }

    fn condition(&mut self, expr: &Expr) {
        if !self.is_bool(expr.ty) && !self.is_never(expr.ty) {
            self.complain(expr, "is no condition");
        }
        self.expr(expr);
    }

    fn option(&mut self, whole: &Expr, option: &Expr, value: Option<Ty>) {
        match (self.program.types.option_of(option.ty), value) {
            (Some(inner), Some(value)) if inner != value => self.complain(whole, "has not the type of the value"),
            (Some(_), _) => {}
            (None, _) => self.complain(option, "is no option"),
        }
        self.expr(option);
    }

    fn expr(&mut self, expr: &Expr) {
        let types = &self.program.types;
        if types.has_error(expr.ty) || matches!(types.kind(expr.ty), TyKind::Var(_)) {
            self.complain(expr, "has no type");
            return;
        }
        match &expr.kind {
            ExprKind::Int(_) if types.int_of(expr.ty).is_none() => self.complain(expr, "is no integer"),
            ExprKind::Float(_) if !types.is_float(expr.ty) => self.complain(expr, "is no float"),
            ExprKind::Bool(_) if !self.is_bool(expr.ty) => self.complain(expr, "is no bool"),
            ExprKind::Nil if !matches!(types.kind(expr.ty), TyKind::Nil | TyKind::Option(_)) => {
                self.complain(expr, "is not nil");
            }
            ExprKind::Str(_) if *types.kind(expr.ty) != TyKind::Str => self.complain(expr, "is no string"),
            ExprKind::Unit if !matches!(types.kind(expr.ty), TyKind::FnItem(_)) => {
                self.complain(expr, "is no function")
            }
            ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Bool(_)
            | ExprKind::Nil
            | ExprKind::Str(_)
            | ExprKind::Unit => {}
            ExprKind::Local(local) => match self.function.locals.get(*local) {
                Some(known) if known.ty == expr.ty => {}
                Some(known) => {
                    let known = self.names.of(known.ty);
                    self.complain(expr, &format!("reads a local of type {known}"));
                }
                None => self.complain(expr, "reads no local"),
            },
            ExprKind::Global(global) => match self.program.globals.get(*global) {
                Some(known) if known.ty == expr.ty => {}
                _ => self.complain(expr, "reads a variable of another type"),
            },
            ExprKind::Tuple(parts) => match types.kind(expr.ty).clone() {
                TyKind::Tuple(tys) if tys.len() == parts.len() => {
                    parts.iter().zip(tys).for_each(|(part, ty)| self.value(part, ty));
                }
                _ => self.complain(expr, "has another length"),
            },
            ExprKind::TupleGet { tuple, index } => {
                let part = match types.kind(tuple.ty) {
                    TyKind::Tuple(parts) => parts.get(*index).copied(),
                    _ => None,
                };
                if part != Some(expr.ty) {
                    self.complain(expr, "is no such element");
                }
                self.expr(tuple);
            }
            ExprKind::Range { start, end, step, .. } => {
                for part in [Some(start), Some(end), step.as_ref()].into_iter().flatten() {
                    if types.int_of(part.ty).is_none() {
                        self.complain(part, "is no end of a range");
                    }
                    self.expr(part);
                }
            }
            ExprKind::Array(parts) => match *types.kind(expr.ty) {
                TyKind::Array(element) => parts.iter().for_each(|part| self.value(part, element)),
                _ => self.complain(expr, "is no array"),
            },
            ExprKind::Unary { operand, .. } => self.value(operand, expr.ty),
            ExprKind::Binary { op, lhs, rhs } => {
                self.value(lhs, expr.ty);
                if matches!(op, BinaryOp::Shl | BinaryOp::Shr) {
                    if types.int_of(rhs.ty).is_none() {
                        self.complain(rhs, "is no count");
                    }
                    self.expr(rhs);
                } else {
                    self.value(rhs, expr.ty);
                }
                if !types.is_number(expr.ty) && !self.is_bool(expr.ty) {
                    self.complain(expr, "is no number");
                }
            }
            ExprKind::Compare { lhs, rhs, .. } => {
                let mixed = types.is_number(lhs.ty) && types.is_number(rhs.ty);
                let mixed = mixed && types.is_float(lhs.ty) != types.is_float(rhs.ty);
                if lhs.ty != rhs.ty && !mixed {
                    self.complain(expr, "compares different types");
                }
                self.expr(lhs);
                self.expr(rhs);
            }
            ExprKind::And(lhs, rhs) | ExprKind::Or(lhs, rhs) => {
                self.condition(lhs);
                self.condition(rhs);
            }
            ExprKind::Coalesce { option, otherwise } => {
                let inner = types.option_of(expr.ty).unwrap_or(expr.ty);
                self.option(expr, option, Some(inner));
                self.value(otherwise, expr.ty);
            }
            ExprKind::Convert { operand, .. } => self.expr(operand),
            ExprKind::Some(value) => match types.option_of(expr.ty) {
                Some(inner) => self.value(value, inner),
                None => self.complain(expr, "is no option"),
            },
            ExprKind::IsSome(option) => self.option(expr, option, None),
            ExprKind::Unwrap { option, .. } | ExprKind::Narrow(option) => self.option(expr, option, Some(expr.ty)),
            ExprKind::Call { function, args } => match self.program.functions.get(*function) {
                Some(callee) => {
                    if callee.result != expr.ty {
                        self.complain(expr, "has not the type of the result");
                    }
                    if callee.params.len() != args.len() {
                        self.complain(expr, "has another number of arguments");
                    }
                    for (arg, param) in args.iter().zip(&callee.params) {
                        self.value(arg, callee.locals[*param].ty);
                    }
                }
                None => self.complain(expr, "calls nothing"),
            },
            ExprKind::Format { parts, .. } => {
                for part in parts {
                    match part {
                        FormatPart::Text(_) => {}
                        FormatPart::Value { value, spec, .. } => {
                            self.expr(value);
                            spec.iter().for_each(|spec| self.expr(spec));
                        }
                    }
                }
            }
            ExprKind::Fail { message, .. } => message.iter().for_each(|message| self.expr(message)),
            ExprKind::Exit(status) => self.expr(status),
            ExprKind::Block(block) => {
                for stmt in &block.stmts {
                    match stmt {
                        Stmt::Expr(value) => self.expr(value),
                        Stmt::Let { local, value } => {
                            let ty = self.function.locals[*local].ty;
                            self.value(value, ty);
                        }
                        Stmt::LetPattern { pattern, value, .. } => {
                            self.value(value, pattern.ty);
                            self.pattern(pattern);
                        }
                    }
                }
                match &block.value {
                    Some(value) => self.value(value, expr.ty),
                    None if matches!(types.kind(expr.ty), TyKind::Nil | TyKind::Never) => {}
                    None => self.complain(expr, "has no value"),
                }
            }
            ExprKind::If { condition, then, otherwise } => {
                self.condition(condition);
                match otherwise {
                    Some(otherwise) if *types.kind(expr.ty) != TyKind::Nil => {
                        self.value(then, expr.ty);
                        self.value(otherwise, expr.ty);
                    }
                    otherwise => {
                        self.expr(then);
                        otherwise.iter().for_each(|otherwise| self.expr(otherwise));
                    }
                }
            }
            ExprKind::Match { scrutinee, arms, .. } => {
                self.expr(scrutinee);
                for arm in arms {
                    if arm.pattern.ty != scrutinee.ty {
                        self.complain(expr, "has a pattern of another type");
                    }
                    self.pattern(&arm.pattern);
                    if let Some(guard) = &arm.guard {
                        self.condition(guard);
                    }
                    if *types.kind(expr.ty) == TyKind::Nil {
                        self.expr(&arm.body);
                    } else {
                        self.value(&arm.body, expr.ty);
                    }
                }
            }
            ExprKind::Loop { id, body } => {
                self.loops.push((*id, expr.ty));
                self.expr(body);
                self.loops.pop();
            }
            ExprKind::For { id, binding, iterable, body } => {
                let bound = self.function.locals[*binding].ty;
                let fits = match iterable {
                    Iterable::Range(source) => {
                        self.expr(source);
                        types.int_of(bound).is_some()
                    }
                    Iterable::Str(source) => {
                        self.expr(source);
                        *types.kind(bound) == TyKind::Str
                    }
                    Iterable::Array(source) => {
                        self.expr(source);
                        *types.kind(source.ty) == TyKind::Array(bound)
                    }
                };
                if !fits {
                    self.complain(expr, "binds another type");
                }
                self.loops.push((*id, expr.ty));
                self.expr(body);
                self.loops.pop();
            }
            ExprKind::Break { id, value } => match self.loops.iter().find(|(known, _)| known == id).copied() {
                Some((_, ty)) => match value {
                    Some(value) => self.value(value, ty),
                    None if *types.kind(ty) == TyKind::Nil => {}
                    None => self.complain(expr, "breaks without a value"),
                },
                None => self.complain(expr, "leaves no loop"),
            },
            ExprKind::Continue { id } => {
                if !self.loops.iter().any(|(known, _)| known == id) {
                    self.complain(expr, "continues no loop");
                }
            }
            ExprKind::Return(value) => match value {
                Some(value) => self.value(value, self.function.result),
                None if *types.kind(self.function.result) == TyKind::Nil => {}
                None => self.complain(expr, "returns no value"),
            },
            ExprKind::SetLocal { local, value } => {
                let ty = self.function.locals[*local].ty;
                self.value(value, ty);
            }
            ExprKind::SetGlobal { global, value } => {
                let ty = self.program.globals[*global].ty;
                self.value(value, ty);
            }
        }
    }

    fn pattern(&mut self, pattern: &Pattern) {
        let types = &self.program.types;
        let complain = |cx: &mut Self, what: &str| {
            let ty = cx.names.of(pattern.ty);
            cx.wrong.push(format!("{}: pattern : {ty} at {:?}: {what}", cx.function.name, pattern.span));
        };
        match &pattern.kind {
            PatternKind::Wildcard => {}
            PatternKind::Bind { local, inner } => {
                if self.function.locals[*local].ty != pattern.ty {
                    complain(self, "binds another type");
                }
                inner.iter().for_each(|inner| self.pattern(inner));
            }
            PatternKind::Equal(value) => self.value(value, pattern.ty),
            PatternKind::Range { start, end, .. } => {
                start.iter().chain(end).for_each(|limit| self.value(limit, pattern.ty));
            }
            PatternKind::Tuple(parts) => match types.kind(pattern.ty) {
                TyKind::Tuple(tys) if tys.len() == parts.len() => parts.iter().for_each(|part| self.pattern(part)),
                _ => complain(self, "is of another length"),
            },
            PatternKind::Some(inner) => {
                if types.option_of(pattern.ty) != Some(inner.ty) {
                    complain(self, "is of another option");
                }
                self.pattern(inner);
            }
            PatternKind::Nil => {
                if types.option_of(pattern.ty).is_none() {
                    complain(self, "is of no option");
                }
            }
            PatternKind::Or(parts) => {
                for part in parts {
                    if part.ty != pattern.ty {
                        complain(self, "has an alternative of another type");
                    }
                    self.pattern(part);
                }
            }
        }
    }
}
