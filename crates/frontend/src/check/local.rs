//! Variables: bringing them into scope, reading them, what is remembered about them.

use rustc_hash::FxHashMap;
use tandem_runtime::Fault;
use tandem_source::{Severity, Span};
use tandem_syntax::ast::{Expr as AstExpr, ExprKind as Ast, Ident, Mutability, UnaryOp};

use super::function::{FnCx, Place};
use crate::errors;
use crate::hir::{Expr, ExprKind, GlobalId, Local, LocalId, Stmt};
use crate::resolve::{Def, ScriptBindingKind};
use crate::ty::{Source, Ty, TyKind};

/// A variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Var {
    Local(LocalId),
    Global(GlobalId),
}

/// How a local came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Let(Mutability),
    /// By assigning a name that was not in scope.
    Implicit,
    Param,
    /// A loop or pattern variable.
    Fixed,
}

/// What the type of a variable may still become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Open {
    /// It is what it is.
    Closed,
    /// It began as an integer literal: `float`, when a float is assigned.
    Literal,
    /// It began as `nil`: `T?`, when a `T` is assigned.
    Nil,
}

/// What is remembered about a local.
#[derive(Clone, Debug)]
pub(super) struct LocalInfo {
    pub(super) kind: Kind,
    pub(super) open: Open,
    /// Where its type is written.
    pub(super) annotation: Option<Span>,
    /// Whether it needs to be assigned on every path before it is read.
    pub(super) tracked: bool,
    read: bool,
}

/// The names of a block.
#[derive(Debug, Default)]
pub(super) struct Scope {
    names: FxHashMap<String, Var>,
    /// All locals bound here, for lints.
    bound: Vec<LocalId>,
}

impl FnCx<'_, '_> {
    /// A block begins.
    pub(super) fn enter_scope(&mut self) {
        self.scopes.push(Scope::default());
    }

    /// A block ends; what was never read is remarked on.
    pub(super) fn leave_scope(&mut self) {
        let Some(scope) = self.scopes.pop() else { return };
        for local in scope.bound {
            let info = &self.info[local.as_u32() as usize];
            let name = self.locals[local].name.clone();
            let status = self.place == Place::Script && name == "main";
            if info.read || name.starts_with('_') || status || self.locals[local].ty == self.cx.common.error {
                continue;
            }
            let span = self.locals[local].span;
            match info.kind {
                Kind::Implicit => {
                    let near = self.near_local(local, &name);
                    match near {
                        Some((near, other)) => self.report(errors::lints::probable_typo(span, &name, &near, other)),
                        None => self.report(errors::lints::unused_variable(span, &name)),
                    }
                }
                Kind::Let(_) | Kind::Fixed => self.report(errors::lints::unused_variable(span, &name)),
                Kind::Param => {}
            }
        }
    }

    /// A variable of another name that is one edit away.
    fn near_local(&self, local: LocalId, name: &str) -> Option<(String, Span)> {
        let others =
            self.locals.iter().filter(|(other, _)| *other != local).map(|(_, other)| (&other.name, other.span));
        let globals = self.cx.names.globals.values().filter(|global| global.module == self.module);
        let globals = globals.map(|global| (&global.name, global.span));
        others
            .chain(globals)
            .find(|(other, _)| !other.is_empty() && errors::edit_distance(name, other, 1) == 1)
            .map(|(other, span)| (other.clone(), span))
    }

    /// A local that is in scope from here on.
    pub(super) fn new_local(&mut self, name: &Ident, ty: Ty, kind: Kind, annotation: Option<Span>) -> LocalId {
        let local = self.push_local(name.name.clone(), ty, name.span, kind);
        self.info[local.as_u32() as usize].annotation = annotation;
        self.bring_into_scope(name, local, kind);
        local
    }

    fn bring_into_scope(&mut self, name: &Ident, local: LocalId, kind: Kind) {
        if name.name == "_" {
            return;
        }
        // An assigned name belongs to the whole function.
        let at = if kind == Kind::Implicit { Some(0) } else { self.scopes.len().checked_sub(1) };
        if let Some(scope) = at.and_then(|at| self.scopes.get_mut(at)) {
            scope.names.insert(name.name.clone(), Var::Local(local));
            scope.bound.push(local);
        }
    }

    /// Takes a name out of the innermost scope again.
    pub(super) fn take_from_scope(&mut self, name: &str) -> Option<Var> {
        let scope = self.scopes.last_mut()?;
        let var = scope.names.remove(name)?;
        if let Var::Local(local) = var {
            scope.bound.retain(|other| *other != local);
        }
        Some(var)
    }

    /// A local without a name.
    pub(super) fn temporary(&mut self, ty: Ty, span: Span) -> LocalId {
        self.push_local(String::new(), ty, span, Kind::Fixed)
    }

    fn push_local(&mut self, name: String, ty: Ty, span: Span, kind: Kind) -> LocalId {
        self.info.push(LocalInfo { kind, open: Open::Closed, annotation: None, tracked: false, read: false });
        self.locals.push(Local { name, ty, span })
    }

    /// What is remembered about a local.
    pub(super) fn info_mut(&mut self, local: LocalId) -> &mut LocalInfo {
        &mut self.info[local.as_u32() as usize]
    }

    /// The variable of a name, if it is a variable.
    pub(super) fn find_var(&self, name: &str) -> Option<Var> {
        if let Some(var) = self.scopes.iter().rev().find_map(|scope| scope.names.get(name)) {
            return Some(*var);
        }
        match self.cx.names.lookup(self.module, name)?.def {
            Def::Global(global) => Some(Var::Global(global)),
            _ => None,
        }
    }

    /// The name, type and place of a variable.
    pub(super) fn var_facts(&mut self, var: Var) -> (String, Ty, Span) {
        match var {
            Var::Local(local) => {
                let local = &self.locals[local];
                (local.name.clone(), local.ty, local.span)
            }
            Var::Global(global) => {
                let never = self.cx.common.never;
                let ty = self.cx.globals.get(&global).map_or(never, |known| known.ty);
                let decl = &self.cx.names.globals[global];
                (decl.name.clone(), ty, decl.span)
            }
        }
    }

    /// The names of variables in scope.
    pub(super) fn visible_names(&self) -> Vec<String> {
        self.scopes.iter().flat_map(|scope| scope.names.keys().cloned()).collect()
    }

    /// Whether narrowing holds for a variable: not for one that a call might change.
    pub(super) fn can_narrow(&self, var: Var) -> bool {
        match var {
            Var::Local(_) => true,
            Var::Global(global) => self.cx.names.globals[global].kind == ScriptBindingKind::Let(Mutability::Immutable),
        }
    }

    /// The value of a variable.
    pub(super) fn read_var(&mut self, var: Var, span: Span) -> Expr {
        let value = self.read_declared(var, span);
        match self.flow.narrowed(var) {
            Some(ty) if value.ty != ty && self.cx.types.option_of(value.ty) == Some(ty) => {
                self.make(ExprKind::Narrow(Box::new(value)), ty, span)
            }
            Some(ty) if value.ty == self.cx.common.nil && ty == self.cx.common.never => {
                // `nil`, and known not to be: this point is never reached, or belongs to a later pass.
                self.make(ExprKind::Fail { fault: Fault::NilValue, message: None }, ty, span)
            }
            _ => value,
        }
    }

    /// The value of a variable with its own type, whatever it is narrowed to.
    pub(super) fn read_declared(&mut self, var: Var, span: Span) -> Expr {
        let (name, ty, bound) = self.var_facts(var);
        if self.is_tracked(var) && !self.flow.is_assigned(var) {
            self.report(errors::flow::unassigned(span, &name, bound));
            return self.error_expr(span);
        }
        match var {
            Var::Local(local) => {
                self.info_mut(local).read = true;
                self.make(ExprKind::Local(local), ty, span)
            }
            Var::Global(global) => {
                if !self.check_initialised(global, span) {
                    return self.error_expr(span);
                }
                self.cx.saw_global(global);
                let never = self.cx.common.never;
                if ty == never {
                    // Nothing that can be reached assigns it: reading it fails.
                    let read = self.make(ExprKind::Global(global), self.cx.common.nil, span);
                    let fail = self.make(ExprKind::Fail { fault: Fault::NotSet, message: None }, never, span);
                    return self.after(vec![Stmt::Expr(read)], fail);
                }
                self.make(ExprKind::Global(global), ty, span)
            }
        }
    }

    /// Whether a variable needs to be assigned before it is read here.
    pub(super) fn is_tracked(&self, var: Var) -> bool {
        match var {
            Var::Local(local) => self.info[local.as_u32() as usize].tracked,
            Var::Global(global) => self.place == Place::Script && self.cx.names.globals[global].module == self.module,
        }
    }

    /// In the statements of a module: not a variable of a module that is initialised later.
    fn check_initialised(&mut self, global: GlobalId, span: Span) -> bool {
        let owner = self.cx.names.globals[global].module;
        if self.place != Place::Script || owner == self.module {
            return true;
        }
        let position = |module| self.cx.names.order.iter().position(|other| *other == module);
        if position(owner) < position(self.module) {
            return true;
        }
        let name = self.cx.names.globals[global].name.clone();
        let module = self.cx.names.modules[owner].name.clone();
        self.report(errors::names::initialisation_cycle(span, &name, &module));
        false
    }

    /// Where a value comes from, for joins.
    pub(super) fn source(&self, value: &Expr) -> Source {
        match value.kind {
            ExprKind::Int(_) if value.ty == self.cx.common.int => Source::Literal,
            _ => Source::Value(value.ty),
        }
    }

    /// What a variable with this initial value may become.
    pub(super) fn openness(&self, value: &AstExpr, ty: Ty) -> Open {
        if *self.cx.types.kind(ty) == TyKind::Nil {
            Open::Nil
        } else if is_int_literal(value) {
            Open::Literal
        } else {
            Open::Closed
        }
    }

    /// Remembers that a variable bound at `bound` needs a wider type.
    pub(super) fn widen(&mut self, bound: Span, ty: Ty) {
        if self.seeds.insert(bound, ty) != Some(ty) {
            self.widened = true;
        }
    }

    /// Drops what was found since `mark`, for parts that are checked again.
    pub(super) fn errors_since(&self, mark: usize) -> bool {
        self.diagnostics[mark..].iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// An integer literal without suffix, perhaps with a sign or in parentheses.
pub(super) fn is_int_literal(expr: &AstExpr) -> bool {
    match &expr.kind {
        Ast::Int { suffix: None, .. } => true,
        Ast::Paren(inner) => is_int_literal(inner),
        Ast::Unary { op: UnaryOp::Neg, operand, .. } => is_int_literal(operand),
        _ => false,
    }
}
