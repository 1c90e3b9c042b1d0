//! Names as values, and the names that belong to the compiler.

use tandem_source::Span;
use tandem_syntax::ast::{Expr as AstExpr, ExprKind as Ast, Ident, Visibility};

use super::function::FnCx;
use crate::errors::{self, unsupported::Feature};
use crate::hir::{Expr, ExprKind, FnDeclId};
use crate::resolve::{Def, ModuleId};
use crate::ty::{IntTy, TyKind};

/// Functions of the prelude that are no library functions, since their types or their order of evaluation are special.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Builtin {
    Print,
    Eprint,
    Write,
    Str,
    Repr,
    Int(IntTy),
    Float,
    F32,
    Bool,
    Len,
    Range,
    Type,
    Panic,
    Exit,
    Some,
    Min,
    Max,
    Round,
}

impl Builtin {
    /// The function of this name.
    pub(super) fn named(name: &str) -> Option<Builtin> {
        Some(match name {
            "print" | "println" => Builtin::Print,
            "eprint" => Builtin::Eprint,
            "write" => Builtin::Write,
            "str" => Builtin::Str,
            "repr" => Builtin::Repr,
            "int" | "i64" => Builtin::Int(IntTy::I64),
            "float" | "f64" => Builtin::Float,
            "f32" => Builtin::F32,
            "bool" => Builtin::Bool,
            "len" => Builtin::Len,
            "range" => Builtin::Range,
            "type" => Builtin::Type,
            "panic" => Builtin::Panic,
            "exit" => Builtin::Exit,
            "Some" => Builtin::Some,
            "min" => Builtin::Min,
            "max" => Builtin::Max,
            "round" => Builtin::Round,
            _ => return sized(name).map(Builtin::Int),
        })
    }

    const NAMES: [&str; 20] = [
        "print", "println", "eprint", "write", "str", "repr", "int", "float", "bool", "len", "range", "type", "panic",
        "exit", "Some", "None", "min", "max", "round", "f32",
    ];
}

fn sized(name: &str) -> Option<IntTy> {
    IntTy::ALL.into_iter().find(|int| *int != IntTy::I64 && int.name() == name)
}

/// Names of the prelude that need something that is not supported yet.
fn missing_builtin(name: &str) -> Option<Feature> {
    Some(match name {
        "next" | "collect" | "close" | "is_done" | "send_in" | "generator" => Feature::Generator,
        "sum" | "sorted" | "reversed" | "enumerate" | "zip" | "map" | "filter" | "any" | "all" => Feature::Library,
        "Set" => Feature::Set,
        "bytes" => Feature::Bytes,
        "symbol" => Feature::Symbol,
        "eval" | "try_eval" => Feature::Eval,
        "Ok" | "Err" => Feature::Result,
        "future" | "sleep" | "timer" | "is_ready" | "resolved" | "rejected" | "cancel" | "timeout" | "race"
        | "any_of" => Feature::Async,
        "send" | "recv" | "join" | "reply" | "self" | "sender" | "stop" | "link" | "monitor" | "trap_exits"
        | "supervise" | "frozen" => Feature::Actor,
        _ => return None,
    })
}

/// What a name that is no variable means.
pub(super) enum Meaning {
    Def(Def),
    Builtin(Builtin),
    None,
    Missing(Feature),
    Unknown,
}

impl FnCx<'_, '_> {
    /// What a name means that no variable has.
    pub(super) fn meaning(&mut self, name: &str) -> Meaning {
        if let Some(entry) = self.cx.names.lookup(self.module, name) {
            return Meaning::Def(entry.def.clone());
        }
        if let Some(builtin) = Builtin::named(name) {
            return Meaning::Builtin(builtin);
        }
        if name == "None" {
            return Meaning::None;
        }
        if let Some(def) = self.cx.names.prelude(name) {
            return Meaning::Def(def);
        }
        match missing_builtin(name) {
            Some(feature) => Meaning::Missing(feature),
            None => Meaning::Unknown,
        }
    }

    /// Whether a name is one of the prelude.
    pub(super) fn is_prelude_name(&mut self, name: &str) -> bool {
        Builtin::named(name).is_some() || missing_builtin(name).is_some() || self.cx.names.prelude(name).is_some()
    }

    /// A name as a value.
    pub(super) fn name(&mut self, name: &str, span: Span) -> Expr {
        if let Some(var) = self.find_var(name) {
            return self.read_var(var, span);
        }
        match self.meaning(name) {
            Meaning::Def(def) => self.def_value(def, name, span),
            Meaning::None => self.make(ExprKind::Nil, self.cx.common.nil, span),
            Meaning::Builtin(_) => self.unsupported(Feature::BuiltinValue, span),
            Meaning::Missing(feature) => self.unsupported(feature, span),
            Meaning::Unknown => self.unknown_name(name, span),
        }
    }

    /// The error of a name that nothing declares.
    pub(super) fn unknown_name(&mut self, name: &str, span: Span) -> Expr {
        let prelude = self.cx.names.prelude_names();
        let locals: Vec<String> = self.visible_names();
        let module = self.cx.names.names_of(self.module).map(str::to_owned).collect::<Vec<_>>();
        let candidates = locals.iter().chain(&module).chain(&prelude).map(String::as_str).chain(Builtin::NAMES);
        let near = errors::nearest(name, candidates).map(str::to_owned);
        self.report(errors::names::unknown_name(span, name, near));
        self.error_expr(span)
    }

    /// A definition as a value.
    pub(super) fn def_value(&mut self, def: Def, name: &str, span: Span) -> Expr {
        match def {
            Def::Fn(decl) => self.function_value(decl, span),
            Def::Const(id) => self.const_value(id, span),
            Def::Global(global) => self.read_var(super::local::Var::Global(global), span),
            Def::Module(_) => {
                self.report(errors::names::not_a_value(span, name, "a module"));
                self.error_expr(span)
            }
            Def::Import { .. } | Def::Unsupported | Def::Poisoned => self.error_expr(span),
        }
    }

    fn function_value(&mut self, decl: FnDeclId, span: Span) -> Expr {
        let ty = self.cx.types.intern(TyKind::FnItem(decl));
        self.make(ExprKind::Unit, ty, span)
    }

    /// The module that an expression names: `lib`, `shapes.circle`.
    pub(super) fn module_path(&mut self, expr: &AstExpr) -> Option<ModuleId> {
        match &expr.kind {
            Ast::Name(name) => {
                if self.find_var(name).is_some() {
                    return None;
                }
                match self.cx.names.lookup(self.module, name).map(|entry| entry.def.clone()) {
                    Some(Def::Module(module)) => Some(module),
                    Some(_) => None,
                    // `stdin` needs no `use`.
                    None if name == "stdin" => self.cx.names.library_module(name),
                    None => None,
                }
            }
            Ast::Member { object, name } | Ast::PathMember { object, name } => {
                let outer = self.module_path(object)?;
                match self.cx.names.lookup(outer, &name.name).map(|entry| entry.def.clone()) {
                    Some(Def::Module(module)) => Some(module),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// An item of another module, if it may be seen; what is wrong has been reported when it is poisoned.
    pub(super) fn module_item(&mut self, module: ModuleId, name: &Ident) -> Option<Def> {
        let own = self.cx.names.modules[module].scope.get(&name.name);
        match own {
            Some(entry) if entry.visibility == Visibility::Public || module == self.module => {
                self.cx.names.lookup(module, &name.name).map(|entry| entry.def.clone())
            }
            Some(entry) => {
                let diagnostic = errors::names::private_item(name, &self.cx.names.modules[module].name, entry);
                self.report(diagnostic);
                Some(Def::Poisoned)
            }
            None if self.cx.names.modules[module].broken => Some(Def::Poisoned),
            None => {
                let names = self.cx.names.names_of(module);
                let near = errors::nearest(&name.name, names).map(str::to_owned);
                let diagnostic = errors::names::no_such_item(name, &self.cx.names.modules[module].name, near);
                self.report(diagnostic);
                Some(Def::Poisoned)
            }
        }
    }
}
