//! Types as the user writes them.

use cranelift_entity::PrimaryMap;

use super::{Ty, TyKind, Types};
use crate::hir::FnDeclId;

/// Writes types; knows the names of functions.
#[derive(Clone, Copy)]
pub struct TyName<'a> {
    /// The interner.
    pub types: &'a Types,
    /// Names of functions, for the types of functions used as values.
    pub declarations: &'a PrimaryMap<FnDeclId, String>,
}

impl TyName<'_> {
    /// The text of a type; of a very large one, only that it is large.
    pub fn of(&self, ty: Ty) -> String {
        if self.types.size(ty) > 200 {
            return "(…)".to_owned();
        }
        match self.types.kind(ty) {
            TyKind::Int(int) => int.name().to_owned(),
            TyKind::Float => "float".to_owned(),
            TyKind::F32 => "f32".to_owned(),
            TyKind::Bool => "bool".to_owned(),
            TyKind::Str => "str".to_owned(),
            TyKind::Nil => "nil".to_owned(),
            TyKind::Never => "never".to_owned(),
            TyKind::Tuple(parts) => match parts.as_slice() {
                [only] => format!("({},)", self.of(*only)),
                parts => {
                    let parts: Vec<String> = parts.iter().map(|part| self.of(*part)).collect();
                    format!("({})", parts.join(", "))
                }
            },
            TyKind::Option(inner) => format!("{}?", self.of(*inner)),
            TyKind::Range => "range".to_owned(),
            TyKind::Array(element) => format!("[{}]", self.of(*element)),
            TyKind::FnItem(decl) => match self.declarations.get(*decl) {
                Some(name) => format!("fn {name}"),
                None => "fn".to_owned(),
            },
            TyKind::Error | TyKind::Var(_) => "_".to_owned(),
        }
    }
}

/// A type in the words of runtime messages: "nil where int is needed".
pub fn a_value(types: &Types, ty: Ty) -> String {
    match types.kind(ty) {
        TyKind::Int(int) => int.name().to_owned(),
        TyKind::Float => "float".to_owned(),
        TyKind::F32 => "f32".to_owned(),
        TyKind::Bool => "bool".to_owned(),
        TyKind::Str => "str".to_owned(),
        TyKind::Nil => "nil".to_owned(),
        TyKind::Tuple(_) => "a tuple".to_owned(),
        TyKind::Range => "a range".to_owned(),
        TyKind::Array(_) => "an array".to_owned(),
        TyKind::FnItem(_) => "a function".to_owned(),
        TyKind::Option(inner) => a_value(types, *inner),
        TyKind::Never | TyKind::Error | TyKind::Var(_) => "a value".to_owned(),
    }
}
