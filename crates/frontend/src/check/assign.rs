//! Assignments, and what `let` stores: how values meet the types of variables.

use tandem_source::Span;
use tandem_syntax::ast::{
    Arg, BinaryOp as AstOp, Expr as AstExpr, ExprKind as Ast, Ident, Mutability, Pattern as AstPattern,
    PatternKind as AstPatternKind,
};

use super::GlobalTy;
use super::function::{FnCx, Place};
use super::local::{Kind, Open, Var};
use super::operator::arithmetic;
use super::stmt::Initial;
use crate::errors::{self, types::Because, unsupported::Feature};
use crate::hir::{BinaryOp, Expr, ExprKind, GlobalId, LocalId, Pattern, Stmt};
use crate::resolve::{Def, ScriptBindingKind};
use crate::ty::{Ty, TyKind, join};

/// What a `let` with a pattern binds.
pub(super) struct LetBindings {
    pub(super) pattern: Pattern,
    /// Module variables, and the locals that hold their values until they are stored.
    pub(super) globals: Vec<(Var, LocalId, Span)>,
}

impl FnCx<'_, '_> {
    /// A variable that comes into scope with a first value of type `ty`.
    pub(super) fn bind_variable(
        &mut self,
        name: &Ident,
        kind: Kind,
        ty: Ty,
        open: Open,
        annotation: Option<Span>,
    ) -> Var {
        if self.place == Place::Script
            && (self.scopes.len() == 1 || kind == Kind::Implicit)
            && let Some(Def::Global(global)) =
                self.cx.names.lookup(self.module, &name.name).map(|entry| entry.def.clone())
        {
            self.cx.learn_global(global, ty, open);
            return Var::Global(global);
        }
        let ty = match self.seeds.get(&name.span) {
            // A literal takes the type that its uses ask for.
            Some(seed) if open == Open::Literal => *seed,
            Some(seed) => {
                let seed = *seed;
                join(&mut self.cx.types, seed, ty).unwrap_or(seed)
            }
            None => ty,
        };
        let local = self.new_local(name, ty, kind, annotation);
        self.info_mut(local).open = open;
        Var::Local(local)
    }

    /// Stores a value in a variable: its first, or another one.
    pub(super) fn store(&mut self, var: Var, value: Expr, at: Span, span: Span, initial: Initial) -> Stmt {
        let value = self.fit(var, value, at);
        self.flow.assign(var);
        self.flow.forget(var);
        match var {
            Var::Local(local) if initial == Initial::Let => Stmt::Let { local, value },
            Var::Local(local) => {
                let kind = ExprKind::SetLocal { local, value: Box::new(value) };
                Stmt::Expr(self.set(kind, span))
            }
            Var::Global(global) => {
                let kind = ExprKind::SetGlobal { global, value: Box::new(value) };
                Stmt::Expr(self.set(kind, span))
            }
        }
    }

    /// An assignment; of a value that never comes, only that.
    fn set(&self, kind: ExprKind, span: Span) -> Expr {
        let common = self.cx.common;
        match kind {
            ExprKind::SetLocal { value, .. } | ExprKind::SetGlobal { value, .. } if value.ty == common.never => *value,
            kind => self.make(kind, common.nil, span),
        }
    }

    /// A value as the type of a variable, which may become wider.
    fn fit(&mut self, var: Var, value: Expr, at: Span) -> Expr {
        let (name, ty, bound) = self.var_facts(var);
        let common = self.cx.common;
        if value.ty == ty || value.ty == common.never || ty == common.error {
            return value;
        }
        if self.cx.types.has_error(value.ty) {
            if let Var::Local(local) = var {
                self.locals[local].ty = common.error;
            }
            return value;
        }
        if ty == common.never {
            if let (Var::Global(global), true) = (var, self.place != Place::Script && !self.cx.functions_decide) {
                // Not known before the module's own statements have been seen.
                self.cx.saw_global(global);
                return value;
            }
            self.set_type(var, value.ty);
            return value;
        }
        let (annotation, open) = self.openness_of(var);
        if annotation.is_none() {
            let core = self.cx.types.option_of(value.ty).unwrap_or(value.ty);
            if open == Open::Literal && ty == common.int && self.cx.types.is_float(core) {
                self.set_type(var, core);
                return self.coerce(value, core, None);
            }
            if open == Open::Nil && ty == common.nil {
                let ty = self.cx.types.option(value.ty);
                self.set_type(var, ty);
                return self.coerce(value, ty, None);
            }
        }
        let literal = self.is_open_literal(&value) && {
            let core = self.cx.types.option_of(ty).unwrap_or(ty);
            self.cx.types.is_number(core)
        };
        if literal || self.converts(value.ty, ty) || matches!(self.cx.types.kind(ty), TyKind::Array(_)) {
            let because = match annotation {
                Some(annotation) => Because::new(annotation, format!("`{name}` is declared here")),
                None => Because::new(bound, format!("`{name}` is bound here")),
            };
            return self.coerce(value, ty, Some(&because));
        }
        let (had, gets) = (self.show(ty), self.show(value.ty));
        let place = if value.span.is_empty() { at } else { value.span };
        match annotation {
            Some(annotation) => {
                let because = Because::new(annotation, format!("`{name}` is declared here"));
                self.report(errors::types::mismatch(place, &had, &gets, Some(&because)));
            }
            None => self.report(errors::types::assignment_type(place, &name, &had, &gets, bound)),
        }
        self.error_expr(value.span)
    }

    fn openness_of(&mut self, var: Var) -> (Option<Span>, Open) {
        match var {
            Var::Local(local) => {
                let info = self.info_mut(local);
                (info.annotation, info.open)
            }
            Var::Global(global) => match self.cx.globals.get(&global) {
                Some(known) if known.annotated => (Some(self.cx.names.globals[global].span), Open::Closed),
                Some(known) => (None, known.open),
                None => (None, Open::Closed),
            },
        }
    }

    /// Gives a variable a wider type, here and in the next pass.
    fn set_type(&mut self, var: Var, ty: Ty) {
        match var {
            Var::Local(local) => {
                self.locals[local].ty = ty;
                if !self.cx.types.has_error(ty) {
                    let bound = self.locals[local].span;
                    self.widen(bound, ty);
                }
            }
            Var::Global(global) => self.cx.widen_global(global, ty),
        }
    }

    /// `target = value`
    pub(super) fn assign(&mut self, target: &AstExpr, value: &AstExpr, span: Span, out: &mut Vec<Stmt>) {
        match &target.kind {
            Ast::Paren(inner) => self.assign(inner, value, span, out),
            Ast::Name(name) => {
                let expected = self.find_var(name).map(|var| self.var_facts(var).1);
                let expected = expected.filter(|ty| *ty != self.cx.common.never);
                let checked = self.expr(value, expected);
                self.assign_name(name, target.span, Some(value), checked, span, out);
            }
            Ast::Tuple(targets) => self.assign_tuple(targets, value, span, out),
            _ => {
                drop(self.expr(value, None));
                self.bad_target(target);
            }
        }
    }

    fn assign_tuple(&mut self, targets: &[AstExpr], value: &AstExpr, span: Span, out: &mut Vec<Stmt>) {
        let mut held = vec![];
        match &value.kind {
            Ast::Tuple(parts) if parts.len() == targets.len() => {
                for (target, part) in targets.iter().zip(parts) {
                    let expected = match &target.kind {
                        Ast::Name(name) => self.find_var(name).map(|var| self.var_facts(var).1),
                        _ => None,
                    };
                    let expected = expected.filter(|ty| *ty != self.cx.common.never);
                    let part = self.expr(part, expected);
                    let (stmt, place) = self.hold(part);
                    out.push(stmt);
                    held.push(self.read_held(place));
                }
            }
            _ => {
                let value = self.expr(value, None);
                if self.cx.types.has_error(value.ty) || value.ty == self.cx.common.never {
                    out.push(Stmt::Expr(value));
                    self.poison_targets(targets);
                    return;
                }
                let Some(parts) = self.tuple_parts(value.ty).filter(|parts| parts.len() == targets.len()) else {
                    let shown = self.show(value.ty);
                    let length = self.tuple_parts(value.ty).map_or(1, |parts| parts.len());
                    self.report(errors::patterns::tuple_length(span, targets.len(), length, &shown));
                    self.poison_targets(targets);
                    return;
                };
                let (stmt, place) = self.hold(value);
                out.push(stmt);
                for (index, ty) in parts.iter().enumerate() {
                    let tuple = Box::new(self.read_held(place));
                    held.push(self.make(ExprKind::TupleGet { tuple, index }, *ty, place.span));
                }
            }
        }
        for (target, value) in targets.iter().zip(held) {
            self.assign_part(target, value, span, out);
        }
    }

    /// One target of several.
    fn assign_part(&mut self, target: &AstExpr, value: Expr, span: Span, out: &mut Vec<Stmt>) {
        match &target.kind {
            Ast::Paren(inner) => self.assign_part(inner, value, span, out),
            Ast::Name(name) => self.assign_name(name, target.span, None, value, span, out),
            Ast::Tuple(targets) => {
                let Some(parts) = self.tuple_parts(value.ty).filter(|parts| parts.len() == targets.len()) else {
                    let shown = self.show(value.ty);
                    let length = self.tuple_parts(value.ty).map_or(1, |parts| parts.len());
                    self.report(errors::patterns::tuple_length(target.span, targets.len(), length, &shown));
                    return;
                };
                let (stmt, place) = self.hold(value);
                out.push(stmt);
                for (index, (inner, ty)) in targets.iter().zip(parts).enumerate() {
                    let tuple = Box::new(self.read_held(place));
                    let part = self.make(ExprKind::TupleGet { tuple, index }, ty, place.span);
                    self.assign_part(inner, part, span, out);
                }
            }
            _ => self.bad_target(target),
        }
    }

    /// After an error on the right side: the names exist, with types unknown.
    fn poison_targets(&mut self, targets: &[AstExpr]) {
        for target in targets {
            match &target.kind {
                Ast::Name(name) if self.find_var(name).is_none() => {
                    let mut unused = vec![];
                    let error = self.error_expr(target.span);
                    self.assign_name(name, target.span, None, error, target.span, &mut unused);
                }
                Ast::Tuple(inner) => self.poison_targets(inner),
                _ => {}
            }
        }
    }

    /// `name = value`: changes the variable, or makes one.
    fn assign_name(
        &mut self,
        name: &str,
        at: Span,
        source: Option<&AstExpr>,
        value: Expr,
        span: Span,
        out: &mut Vec<Stmt>,
    ) {
        if name == "_" {
            out.push(Stmt::Expr(value));
            return;
        }
        let initial = |cx: &Self, ty: Ty| source.map_or(Open::Closed, |source| cx.openness(source, ty));
        if let Some(var) = self.find_var(name) {
            if self.can_assign(var, at) {
                if let (Var::Global(global), Place::Script) = (var, self.place) {
                    let open = initial(self, value.ty);
                    self.cx.learn_global(global, value.ty, open);
                }
                let stmt = self.store(var, value, at, span, Initial::Assignment);
                out.push(stmt);
            }
            return;
        }
        if let Some(entry) = self.cx.names.lookup(self.module, name) {
            // At the top level this has been reported when the module was declared.
            if self.place != Place::Script {
                let def = entry.def.clone();
                self.report(errors::names::assign_to_item(at, name, &def));
            }
            return;
        }
        if self.is_prelude_name(name) {
            self.report(errors::lints::shadows_prelude(at, name));
        }
        let open = initial(self, value.ty);
        let ident = Ident { name: name.to_owned(), span: at };
        let var = self.bind_variable(&ident, Kind::Implicit, value.ty, open, None);
        if let Var::Local(local) = var {
            self.info_mut(local).tracked = true;
        }
        let stmt = self.store(var, value, at, span, Initial::Assignment);
        out.push(stmt);
    }

    fn can_assign(&mut self, var: Var, at: Span) -> bool {
        let (name, _, bound) = self.var_facts(var);
        let immutable = match var {
            Var::Local(local) => match self.info_mut(local).kind {
                Kind::Let(Mutability::Immutable) => true,
                Kind::Fixed => {
                    self.report(errors::names::assign_to_fixed(at, &name, bound));
                    return false;
                }
                Kind::Let(Mutability::Mutable) | Kind::Implicit | Kind::Param => false,
            },
            Var::Global(global) => {
                let decl = &self.cx.names.globals[global];
                if decl.module != self.module {
                    let module = self.cx.names.modules[decl.module].name.clone();
                    self.report(errors::names::assign_to_foreign(at, &name, &module));
                    return false;
                }
                decl.kind == ScriptBindingKind::Let(Mutability::Immutable)
            }
        };
        if immutable {
            let keyword = self.let_keyword(bound);
            self.report(errors::names::assign_to_let(at, &name, bound, keyword));
        }
        !immutable
    }

    /// The `let ` directly before a bound name.
    fn let_keyword(&self, bound: Span) -> Option<Span> {
        let text = &self.cx.names.sources.file(bound.file).text[..bound.lo as usize];
        let start = text.trim_end_matches(' ').strip_suffix("let")?.len();
        Some(Span::new(bound.file, start as u32, bound.lo))
    }

    fn bad_target(&mut self, target: &AstExpr) {
        match &target.kind {
            Ast::Index { .. }
            | Ast::Slice { .. }
            | Ast::Member { .. }
            | Ast::PathMember { .. }
            | Ast::TupleIndex { .. } => {
                let (Ast::Index { object, .. }
                | Ast::Slice { object, .. }
                | Ast::Member { object, .. }
                | Ast::PathMember { object, .. }
                | Ast::TupleIndex { object, .. }) = &target.kind
                else {
                    return;
                };
                let object = self.expr(object, None);
                if !self.cx.types.has_error(object.ty) {
                    drop(self.unsupported(Feature::Element, target.span));
                }
            }
            Ast::Array(_) | Ast::Spread(_) => drop(self.unsupported(Feature::ArrayPattern, target.span)),
            // The parser has said that this is no target.
            _ => {}
        }
    }

    /// `target op= value`
    pub(super) fn compound_assign(
        &mut self,
        target: &AstExpr,
        op: AstOp,
        value: &AstExpr,
        span: Span,
        out: &mut Vec<Stmt>,
    ) {
        let (Ast::Name(name), Some(op)) = (&target.kind, arithmetic(op)) else {
            drop(self.expr(value, None));
            self.bad_target(target);
            return;
        };
        let Some(var) = self.find_var(name) else {
            drop(self.expr(value, None));
            drop(self.name(name, target.span));
            return;
        };
        if !self.can_assign(var, target.span) {
            drop(self.expr(value, None));
            return;
        }
        let changed = if matches!(op, BinaryOp::Shl | BinaryOp::Shr) {
            let old = self.read_var(var, target.span);
            let count = self.expr(value, None);
            self.shift_values(op, old, count, span)
        } else {
            let (old, by) = self.operands(target, value, None);
            self.arithmetic(op, old, by, span)
        };
        let stmt = self.store(var, changed, target.span, span, Initial::Assignment);
        out.push(stmt);
    }

    /// `x->m(args)` as a statement: `x = x.m(args)`.
    pub(super) fn arrow_assign(&mut self, receiver: &AstExpr, method: &Ident, args: &[Arg], span: Span) -> Expr {
        let mut base = receiver;
        while let Ast::ArrowCall { receiver, .. } | Ast::Paren(receiver) = &base.kind {
            base = receiver;
        }
        let value = self.arrow_value(receiver, method, args, span);
        let Ast::Name(name) = &base.kind else {
            self.bad_target(base);
            return self.error_expr(span);
        };
        let mut stmts = vec![];
        self.assign_name(name, base.span, None, value, span, &mut stmts);
        self.statements(stmts, self.cx.common.nil, span)
    }

    fn arrow_value(&mut self, receiver: &AstExpr, method: &Ident, args: &[Arg], span: Span) -> Expr {
        let object = match &receiver.kind {
            Ast::ArrowCall { receiver, method, args } => self.arrow_value(receiver, method, args, span),
            _ => self.expr(receiver, None),
        };
        self.method_call(object, method, args, span)
    }

    /// The bindings of `let` with a pattern: like those of a name, each with the openness of its part.
    pub(super) fn let_bindings(
        &mut self,
        mutability: Mutability,
        pattern: &AstPattern,
        source: &AstExpr,
        ty: Ty,
    ) -> LetBindings {
        let mut globals = vec![];
        let checked = self.pattern_of(pattern, ty, Kind::Let(mutability));
        let top = self.place == Place::Script && self.scopes.len() == 1;
        self.open_parts(pattern, source);
        if top {
            let mut names = vec![];
            crate::resolve::walk::pattern_names(pattern, &mut |ident| names.push(ident.clone()));
            for ident in names {
                let global = match self.cx.names.lookup(self.module, &ident.name).map(|entry| &entry.def) {
                    Some(Def::Global(global)) => *global,
                    _ => continue,
                };
                let Some(Var::Local(local)) = self.take_from_scope(&ident.name) else { continue };
                let ty = self.locals[local].ty;
                let open = self.info_mut(local).open;
                self.cx.learn_global(global, ty, open);
                globals.push((Var::Global(global), local, ident.span));
            }
        }
        LetBindings { pattern: checked, globals }
    }

    /// The type of a value that is taken apart, where names have been found to need wider types.
    pub(super) fn seeded_type(&mut self, pattern: &AstPattern, ty: Ty) -> Ty {
        match (&pattern.kind, self.cx.types.kind(ty).clone()) {
            (AstPatternKind::Name(name), _) => self.seeds.get(&name.span).copied().unwrap_or(ty),
            (AstPatternKind::Tuple(patterns), TyKind::Tuple(parts)) if patterns.len() == parts.len() => {
                let parts = patterns.iter().zip(parts).map(|(pattern, part)| self.seeded_type(pattern, part)).collect();
                self.cx.types.intern(TyKind::Tuple(parts))
            }
            _ => ty,
        }
    }

    /// Names bound to integer literals or `nil` by a tuple pattern stay as open as those of a plain `let`.
    fn open_parts(&mut self, pattern: &AstPattern, source: &AstExpr) {
        match (&pattern.kind, &source.kind) {
            (_, Ast::Paren(inner)) => self.open_parts(pattern, inner),
            (AstPatternKind::Tuple(patterns), Ast::Tuple(parts)) if patterns.len() == parts.len() => {
                for (pattern, part) in patterns.iter().zip(parts) {
                    self.open_parts(pattern, part);
                }
            }
            (AstPatternKind::Name(name), _) => {
                if let Some(Var::Local(local)) = self.find_var(&name.name)
                    && self.locals[local].span == name.span
                {
                    let open = self.openness(source, self.locals[local].ty);
                    self.info_mut(local).open = open;
                }
            }
            _ => {}
        }
    }
}

impl super::Cx<'_> {
    /// The first value of a module variable, seen in its module's statements.
    pub(super) fn learn_global(&mut self, global: GlobalId, ty: Ty, open: Open) {
        let never = self.common.never;
        let known = self.globals.entry(global).or_insert(GlobalTy { ty: never, open, annotated: false, seen: false });
        if known.ty == never && ty != never {
            known.open = open;
            let seen = known.seen;
            known.ty = ty;
            self.globals_changed |= seen;
        }
    }

    /// A wider type for a module variable.
    pub(super) fn widen_global(&mut self, global: GlobalId, ty: Ty) {
        let never = self.common.never;
        let known = self.globals.entry(global).or_insert(GlobalTy {
            ty: never,
            open: Open::Closed,
            annotated: false,
            seen: false,
        });
        if known.ty != ty {
            known.ty = ty;
            self.globals_changed = true;
        }
    }

    /// Somebody relies on what is known about a module variable.
    pub(super) fn saw_global(&mut self, global: GlobalId) {
        let never = self.common.never;
        let known = self.globals.entry(global).or_insert(GlobalTy {
            ty: never,
            open: Open::Closed,
            annotated: false,
            seen: false,
        });
        known.seen = true;
    }
}
