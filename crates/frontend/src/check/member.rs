//! Members: items of modules, methods of built-in types.

use tandem_source::Span;
use tandem_syntax::ast::{Arg, Expr as AstExpr, Ident};

use super::function::FnCx;
use super::native::Native;
use crate::errors::{self, unsupported::Feature};
use crate::hir::{BinaryOp, Conversion, Expr, ExprKind, FnDeclId};
use crate::resolve::Head;
use crate::ty::{IntTy, Ty, TyKind};

impl FnCx<'_, '_> {
    /// `a.b`, not called.
    pub(super) fn member(&mut self, object: &AstExpr, name: &Ident, span: Span) -> Expr {
        if let Some(module) = self.module_path(object) {
            return match self.module_item(module, name) {
                Some(def) => self.def_value(def, &name.name, name.span).at(span),
                None => self.error_expr(span),
            };
        }
        if let (tandem_syntax::ast::ExprKind::Name(ty), "None") = (&object.kind, name.name.as_str())
            && ty == "Option"
            && self.find_var(ty).is_none()
        {
            return self.make(ExprKind::Nil, self.cx.common.nil, span);
        }
        let object = self.receiver(object);
        if self.cx.types.has_error(object.ty) {
            return self.error_expr(span);
        }
        if object.ty == self.cx.common.never {
            return object;
        }
        let core = self.cx.types.option_of(object.ty).unwrap_or(object.ty);
        let known = self.head(core).is_some_and(|head| !self.cx.names.methods(head, &name.name).is_empty());
        if known {
            return self.unsupported(Feature::BuiltinValue, span);
        }
        self.unknown_member(object.ty, name)
    }

    /// `a.m(args)`
    pub(super) fn method_call(&mut self, object: Expr, name: &Ident, args: &[Arg], span: Span) -> Expr {
        let common = self.cx.common;
        if self.cx.types.has_error(object.ty) {
            return self.poisoned_call(args, span);
        }
        if object.ty == common.never {
            return object;
        }
        if let Some(method) = super::option::Method::named(&name.name) {
            let inner = self.cx.types.option_of(object.ty);
            if inner.is_some() || method.works_on_values() {
                return self.option_method(method, object, inner, name, args, span);
            }
        }
        let object = match self.cx.types.option_of(object.ty) {
            Some(inner) => {
                let message = format!("nil where a value is needed: `.{}`", name.name);
                let at = object.span;
                let unwrap = ExprKind::Unwrap { option: Box::new(object), message };
                self.make(unwrap, inner, at)
            }
            None => object,
        };
        if let Some(value) = self.number_method(&object, name) {
            return match value {
                NumberMethod::Modulo => self.modulo(object, args, span),
                NumberMethod::Wrap(width) => self.wrap(object, width, args, span),
            };
        }
        if let ("len", []) = (name.name.as_str(), args)
            && matches!(
                self.cx.types.kind(object.ty),
                TyKind::Array(_) | TyKind::Range | TyKind::Tuple(_) | TyKind::Str
            )
        {
            return self.length(object, span);
        }
        if let (TyKind::Array(element), "contains", [Arg { name: None, value }]) =
            (self.cx.types.kind(object.ty).clone(), name.name.as_str(), args)
            && let Some(items) = self.items(element)
        {
            let value = self.expr_as(value, element, None);
            return self.native(Native::ArrayContains(items), vec![object, value], common.bool, span);
        }
        match self.find_method(object.ty, &name.name) {
            Some((decl, receiver)) => {
                let object = self.coerce(object, receiver, None);
                self.call_decl(decl, Some(object), args, span)
            }
            None => {
                let error = self.unknown_member(object.ty, name);
                drop(self.poisoned_call(args, span));
                error
            }
        }
    }

    fn unknown_member(&mut self, ty: Ty, name: &Ident) -> Expr {
        let shown = self.show(ty);
        let core = self.cx.types.option_of(ty).unwrap_or(ty);
        if is_missing_method(self.cx.types.kind(core), &name.name) {
            return self.unsupported(Feature::Library, name.span);
        }
        let names = self.head(core).map_or(vec![], |head| self.cx.names.method_names(head));
        let near = errors::nearest(&name.name, names.iter().map(String::as_str)).map(str::to_owned);
        self.report(errors::names::unknown_member(name.span, &shown, &name.name, near));
        self.error_expr(name.span)
    }

    /// The kind of `impl` that a type's methods stand in.
    pub(super) fn head(&self, ty: Ty) -> Option<Head> {
        match self.cx.types.kind(ty) {
            TyKind::Int(_) => Some(Head::Int),
            TyKind::Float => Some(Head::Float),
            TyKind::F32 => Some(Head::F32),
            TyKind::Bool => Some(Head::Bool),
            TyKind::Str => Some(Head::Str),
            TyKind::Array(_) => Some(Head::Array),
            TyKind::Range => Some(Head::Range),
            TyKind::Tuple(_) => Some(Head::Tuple),
            TyKind::Nil | TyKind::Never | TyKind::Option(_) | TyKind::FnItem(_) | TyKind::Error | TyKind::Var(_) => {
                None
            }
        }
    }

    /// The method of a type, and the type of its receiver.
    fn find_method(&mut self, ty: Ty, name: &str) -> Option<(FnDeclId, Ty)> {
        let head = self.head(ty)?;
        // Sized integers and `f32` have the methods of the wide ones.
        let (head, ty) = match self.cx.types.kind(ty) {
            TyKind::Int(width) if *width != IntTy::U64 => (Head::Int, self.cx.common.int),
            TyKind::F32 => (Head::Float, self.cx.common.float),
            _ => (head, ty),
        };
        for decl in self.cx.names.methods(head, name) {
            let receiver = self.cx.names.decls[decl].receiver.clone()?;
            if self.cx.receiver_fits(&receiver, ty) {
                return Some((decl, ty));
            }
        }
        None
    }

    fn number_method(&self, object: &Expr, name: &Ident) -> Option<NumberMethod> {
        if !self.cx.types.is_number(object.ty) {
            return None;
        }
        if name.name == "mod" {
            return Some(NumberMethod::Modulo);
        }
        let width = name.name.strip_prefix("wrap_")?;
        self.cx.types.int_of(object.ty)?;
        let int = IntTy::ALL.into_iter().find(|int| int.name() == width || width == "i64" && *int == IntTy::I64)?;
        Some(NumberMethod::Wrap(int))
    }

    /// `a.mod(b)`
    fn modulo(&mut self, object: Expr, args: &[Arg], span: Span) -> Expr {
        let [Arg { name: None, value }] = args else {
            self.report(errors::types::missing_arguments(span, "mod", &["divisor".to_owned()], None));
            return self.poisoned_call(args, span);
        };
        let hint = self.takes_type(value).then_some(object.ty);
        let by = self.expr(value, hint);
        self.arithmetic(BinaryOp::Mod, object, by, span)
    }

    /// `x.wrap_i32()`
    fn wrap(&mut self, object: Expr, width: IntTy, args: &[Arg], span: Span) -> Expr {
        if let Some(arg) = args.first() {
            self.report(errors::types::too_many_arguments(arg.value.span, "wrap", 0, None));
            return self.poisoned_call(args, span);
        }
        let ty = self.cx.types.intern(TyKind::Int(width));
        self.conversion(Conversion::Wrap, object, ty).at(span)
    }

    /// `len(x)`
    pub(super) fn length(&mut self, value: Expr, span: Span) -> Expr {
        let common = self.cx.common;
        match self.cx.types.kind(value.ty).clone() {
            TyKind::Str => self.native(Native::StrLen, vec![value], common.int, span),
            TyKind::Array(_) => self.native(Native::ArrayLen, vec![value], common.int, span),
            TyKind::Range => self.native(Native::RangeLen, vec![value], common.int, span),
            TyKind::Tuple(parts) => {
                let length = self.make(ExprKind::Int(parts.len() as i64), common.int, span);
                self.after(vec![crate::hir::Stmt::Expr(value)], length)
            }
            TyKind::Never => value,
            TyKind::Error => self.error_expr(span),
            TyKind::Int(_)
            | TyKind::Float
            | TyKind::F32
            | TyKind::Bool
            | TyKind::Nil
            | TyKind::Option(_)
            | TyKind::FnItem(_)
            | TyKind::Var(_) => {
                let shown = self.show(value.ty);
                self.report(errors::names::unknown_member(value.span, &shown, "len", None));
                self.error_expr(span)
            }
        }
    }
}

/// Methods of the language that the library does not have yet.
fn is_missing_method(ty: &TyKind, name: &str) -> bool {
    const ITERATION: [&str; 20] = [
        "map",
        "filter",
        "take",
        "skip",
        "take_while",
        "zip",
        "enumerate",
        "chain",
        "flat_map",
        "lazy",
        "sorted",
        "reversed",
        "sum",
        "any",
        "all",
        "min",
        "max",
        "first",
        "last",
        "find",
    ];
    const ACTIONS: [&str; 10] =
        ["push", "pop", "insert", "extend", "sort", "reverse", "clear", "remove", "index", "count"];
    match ty {
        TyKind::Array(_) => {
            ITERATION.contains(&name) || ACTIONS.contains(&name) || matches!(name, "copy" | "deep_copy")
        }
        TyKind::Range => ITERATION.contains(&name),
        TyKind::Str => ITERATION.contains(&name) || matches!(name, "encode" | "bytes"),
        TyKind::Tuple(_) | TyKind::Int(_) | TyKind::Float | TyKind::F32 | TyKind::Bool => {
            matches!(name, "copy" | "deep_copy")
        }
        TyKind::Nil | TyKind::Never | TyKind::Option(_) | TyKind::FnItem(_) | TyKind::Error | TyKind::Var(_) => false,
    }
}

enum NumberMethod {
    Modulo,
    Wrap(IntTy),
}

impl Expr {
    /// The same at another place.
    pub(super) fn at(self, span: Span) -> Expr {
        Expr { span, ..self }
    }
}
