//! Types as written, and what signatures say.

use rustc_hash::FxHashMap;
use tandem_source::Diagnostic;
use tandem_syntax::ast::{ParamKind, Type, TypeKind};

use super::function::FnCx;
use super::{Cx, Key};
use crate::errors::{self, unsupported::Feature};
use crate::hir::FnDeclId;
use crate::resolve::{Def, ModuleId};
use crate::ty::{IntTy, Ty, TyKind};

/// Types that have a name.
const NAMES: [&str; 18] = [
    "int", "float", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "f32", "f64", "bool", "str", "nil", "any",
    "range", "Option",
];

impl FnCx<'_, '_> {
    /// The type that is written.
    pub(super) fn ty(&mut self, ty: &Type) -> Ty {
        let mut found = vec![];
        let resolved = self.cx.resolve_type(self.module, ty, &self.generics, &mut found);
        self.diagnostics.append(&mut found);
        resolved
    }
}

impl Cx<'_> {
    /// A type of a signature, seen from elsewhere: what is wrong with it is reported where it stands.
    pub(super) fn signature_type(&mut self, decl: FnDeclId, ty: &Type, generics: &FxHashMap<String, Ty>) -> Ty {
        let module = self.names.decls[decl].module;
        let declared = self.declared_generics(decl, generics);
        self.resolve_type(module, ty, &declared, &mut vec![])
    }

    /// Type parameters that a function declares are not supported yet, which has been said: their types are unknown.
    pub(super) fn declared_generics(&self, decl: FnDeclId, known: &FxHashMap<String, Ty>) -> FxHashMap<String, Ty> {
        let declared = self.names.decls[decl].ast.generics.iter().map(|generic| generic.name.name.clone());
        declared.map(|name| (name, self.common.error)).chain(known.clone()).collect()
    }

    /// The declared result of an instance; `None` if it is found by checking the body.
    pub(super) fn declared_result(&mut self, key: &Key) -> Option<Ty> {
        let Key::Function { decl, args, .. } = key else { return None };
        let declared = &self.names.decls[*decl];
        let (ast, receiver) = (declared.ast.clone(), declared.receiver.clone());
        let is_extern = declared.symbol.is_some();
        match &ast.result {
            Some(ty) => {
                let generics = match (&receiver, args.first()) {
                    (Some(receiver), Some(Some(actual))) => self.bind_generics(receiver, *actual),
                    _ => FxHashMap::default(),
                };
                Some(self.signature_type(*decl, ty, &generics))
            }
            None if is_extern => Some(self.common.nil),
            None => None,
        }
    }

    /// What the type parameters of an `impl` of the library stand for: `T` of `impl [T]`.
    pub(super) fn bind_generics(&mut self, written: &Type, actual: Ty) -> FxHashMap<String, Ty> {
        let mut generics = FxHashMap::default();
        if let (TypeKind::Array(inner), TyKind::Array(element)) = (&written.kind, self.types.kind(actual))
            && let TypeKind::Path { path, args } = &inner.kind
            && let ([name], []) = (path.as_slice(), args.as_slice())
            && is_parameter(&name.name)
        {
            generics.insert(name.name.clone(), *element);
        }
        generics
    }

    /// Whether a value of a type has the methods of an `impl` of the library.
    pub(super) fn receiver_fits(&mut self, written: &Type, actual: Ty) -> bool {
        match (&written.kind, self.types.kind(actual).clone()) {
            (TypeKind::Array(inner), TyKind::Array(element)) => match &inner.kind {
                TypeKind::Path { path, args } if path.len() == 1 && args.is_empty() && is_parameter(&path[0].name) => {
                    true
                }
                _ => self.receiver_fits(inner, element),
            },
            (TypeKind::Path { path, .. }, kind) => match (path.last().map(|last| last.name.as_str()), kind) {
                (Some("tuple"), TyKind::Tuple(_)) => true,
                (Some(name), _) => self.named_type(name) == Some(actual),
                (None, _) => false,
            },
            _ => false,
        }
    }

    /// A type that has a name.
    fn named_type(&mut self, name: &str) -> Option<Ty> {
        Some(match name {
            "int" | "i64" => self.common.int,
            "float" | "f64" => self.common.float,
            "f32" => self.common.f32,
            "bool" => self.common.bool,
            "str" => self.common.str,
            "nil" => self.common.nil,
            "range" => self.common.range,
            _ => {
                let int = IntTy::ALL.into_iter().find(|int| int.name() == name)?;
                self.types.intern(TyKind::Int(int))
            }
        })
    }

    /// A type as written in a module.
    pub(super) fn resolve_type(
        &mut self,
        module: ModuleId,
        ty: &Type,
        generics: &FxHashMap<String, Ty>,
        found: &mut Vec<Diagnostic>,
    ) -> Ty {
        let mut missing = |cx: &Self, feature| {
            found.push(errors::unsupported::feature(ty.span, feature));
            cx.common.error
        };
        match &ty.kind {
            TypeKind::Nil => self.common.nil,
            TypeKind::Error => self.common.error,
            TypeKind::Option(inner) => {
                let inner = self.resolve_type(module, inner, generics, found);
                self.types.option(inner)
            }
            TypeKind::Tuple(parts) => {
                let parts = parts.iter().map(|part| self.resolve_type(module, part, generics, found)).collect();
                self.types.intern(TyKind::Tuple(parts))
            }
            TypeKind::Array(inner) => {
                let element = self.resolve_type(module, inner, generics, found);
                if !self.is_element(element) {
                    found.push(errors::unsupported::feature(ty.span, Feature::ArrayElement));
                    return self.common.error;
                }
                self.types.intern(TyKind::Array(element))
            }
            TypeKind::Dict(..) => missing(self, Feature::Dict),
            TypeKind::Fn { .. } => missing(self, Feature::FunctionType),
            TypeKind::Union(_) => missing(self, Feature::Any),
            TypeKind::Path { path, args } => {
                let Some(last) = path.last() else { return self.common.error };
                let name = last.name.as_str();
                if path.len() == 1 {
                    if let Some(ty) = generics.get(name) {
                        return *ty;
                    }
                    match self.names.lookup(module, name).map(|entry| entry.def.clone()) {
                        Some(Def::Unsupported | Def::Poisoned) => return self.common.error,
                        Some(_) => {
                            found.push(errors::names::unknown_type(ty.span, name, None));
                            return self.common.error;
                        }
                        None => {}
                    }
                    if let ("Option", [inner]) = (name, args.as_slice()) {
                        let inner = self.resolve_type(module, inner, generics, found);
                        return self.types.option(inner);
                    }
                    if let (Some(ty), []) = (self.named_type(name), args.as_slice()) {
                        return ty;
                    }
                    match name {
                        "any" => return missing(self, Feature::Any),
                        "bytes" => return missing(self, Feature::Bytes),
                        "symbol" => return missing(self, Feature::Symbol),
                        "Set" => return missing(self, Feature::Set),
                        "Result" => return missing(self, Feature::Result),
                        "Generator" => return missing(self, Feature::Generator),
                        "Future" => return missing(self, Feature::Async),
                        "Actor" | "Failure" | "Down" => return missing(self, Feature::Actor),
                        _ => {}
                    }
                }
                let shown: Vec<&str> = path.iter().map(|part| part.name.as_str()).collect();
                let near = errors::nearest(name, NAMES).map(str::to_owned);
                found.push(errors::names::unknown_type(ty.span, &shown.join("."), near));
                self.common.error
            }
        }
    }

    /// The types of the parameters of a function that nothing uses: what is annotated, and nothing of the rest.
    pub(super) fn opaque_arguments(&mut self, decl: FnDeclId) -> Vec<Option<Ty>> {
        let ast = self.names.decls[decl].ast.clone();
        let generics = FxHashMap::default();
        let mut types = vec![];
        for param in &ast.params {
            let ty = match &param.ty {
                Some(ty) => self.signature_type(decl, ty, &generics),
                None => self.common.error,
            };
            let ty = match (param.kind, self.types.kind(ty)) {
                (ParamKind::Rest, TyKind::Array(_)) => ty,
                (ParamKind::Rest, _) => self.types.intern(TyKind::Array(ty)),
                _ => ty,
            };
            types.push(Some(ty));
        }
        types
    }
}

/// Whether a name in an `impl` of the library is a type parameter.
fn is_parameter(name: &str) -> bool {
    name.len() == 1 && name.chars().all(char::is_uppercase)
}
