//! Calls: what is called.

use tandem_source::Span;
use tandem_syntax::ast::{Arg, Expr as AstExpr, ExprKind as Ast, Ident};

use super::function::FnCx;
use super::local::Var;
use super::name::Meaning;
use crate::errors::{self, unsupported::Feature};
use crate::hir::{Expr, FnDeclId};
use crate::resolve::Def;
use crate::ty::{Ty, TyKind};

impl FnCx<'_, '_> {
    /// `f(a, b)`
    pub(super) fn call(&mut self, callee: &AstExpr, args: &[Arg], expected: Option<Ty>, span: Span) -> Expr {
        match &callee.kind {
            Ast::Paren(inner) => self.call(inner, args, expected, span),
            Ast::Name(name) => match self.find_var(name) {
                Some(var) => self.call_variable(var, callee.span, args, span),
                None => self.call_meaning(name, callee.span, args, expected, span),
            },
            Ast::Member { object, name } | Ast::PathMember { object, name } => {
                if let Some(module) = self.module_path(object) {
                    return match self.module_item(module, name) {
                        Some(def) => self.call_def(def, &name.name, name.span, args, span),
                        None => self.poisoned_call(args, span),
                    };
                }
                if let (Ast::Name(ty), "Some") = (&object.kind, name.name.as_str())
                    && ty == "Option"
                    && self.find_var(ty).is_none()
                {
                    return self.call_meaning("Some", name.span, args, expected, span);
                }
                let object = self.receiver(object);
                self.method_call(object, name, args, span)
            }
            Ast::DotVariant(name) if name.name == "Some" => self.call_meaning("Some", name.span, args, expected, span),
            _ => {
                let callee = self.expr(callee, None);
                self.call_value(callee, args, span)
            }
        }
    }

    /// The object of a member: an option keeps its own members.
    pub(super) fn receiver(&mut self, object: &AstExpr) -> Expr {
        self.expr(object, None)
    }

    fn call_variable(&mut self, var: Var, at: Span, args: &[Arg], span: Span) -> Expr {
        let callee = self.read_var(var, at);
        self.call_value(callee, args, span)
    }

    fn call_value(&mut self, callee: Expr, args: &[Arg], span: Span) -> Expr {
        let callee = self.operand(callee);
        match *self.cx.types.kind(callee.ty) {
            TyKind::FnItem(decl) => self.call_decl(decl, None, args, span),
            TyKind::Error => self.poisoned_call(args, span),
            TyKind::Never => callee,
            _ => {
                let shown = self.show(callee.ty);
                self.report(errors::types::not_callable(callee.span, &shown));
                self.poisoned_call(args, span)
            }
        }
    }

    fn call_meaning(&mut self, name: &str, at: Span, args: &[Arg], expected: Option<Ty>, span: Span) -> Expr {
        match self.meaning(name) {
            Meaning::Def(def) => self.call_def(def, name, at, args, span),
            Meaning::Builtin(builtin) => self.call_builtin(builtin, name, args, expected, span),
            Meaning::None => {
                self.report(errors::types::not_callable(at, "nil"));
                self.poisoned_call(args, span)
            }
            Meaning::Missing(feature) => {
                self.report(errors::unsupported::feature(at, feature));
                self.poisoned_call(args, span)
            }
            Meaning::Unknown => {
                let error = self.unknown_name(name, at);
                drop(self.poisoned_call(args, span));
                Expr { span, ..error }
            }
        }
    }

    fn call_def(&mut self, def: Def, name: &str, at: Span, args: &[Arg], span: Span) -> Expr {
        match def {
            Def::Fn(decl) => self.call_decl(decl, None, args, span),
            def => {
                let callee = self.def_value(def, name, at);
                self.call_value(callee, args, span)
            }
        }
    }

    /// After an error about the callee: the arguments are checked for their own sake.
    pub(super) fn poisoned_call(&mut self, args: &[Arg], span: Span) -> Expr {
        for arg in args {
            match &arg.value.kind {
                Ast::Spread(inner) => drop(self.expr(inner, None)),
                Ast::Lambda(_) => {}
                _ => drop(self.expr(&arg.value, None)),
            }
        }
        self.error_expr(span)
    }

    /// `x->m(args)` as a value: it assigns, and gives nothing.
    pub(super) fn arrow_call(&mut self, receiver: &AstExpr, method: &Ident, args: &[Arg], span: Span) -> Expr {
        self.arrow_assign(receiver, method, args, span)
    }

    /// A call of a function of the source.
    pub(super) fn call_decl(&mut self, decl: FnDeclId, receiver: Option<Expr>, args: &[Arg], span: Span) -> Expr {
        let Some(bound) = self.bind_arguments(decl, receiver, args, span) else { return self.error_expr(span) };
        let types: Vec<Option<Ty>> = bound.types;
        let values = match self.strict(bound.values, span) {
            Ok(values) => values,
            Err(never) => return self.after(bound.before, never),
        };
        let Some((function, result)) = self.cx.request(decl, types, super::Role::Plain) else {
            return self.unsupported(Feature::Instances, span);
        };
        self.calls.push(function);
        let kind = crate::hir::ExprKind::Call { function, args: values };
        let call = self.make(kind, result, span);
        self.after(bound.before, call)
    }
}
