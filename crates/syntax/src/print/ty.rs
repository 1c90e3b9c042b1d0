//! Types.

use super::Printer;
use crate::ast::{Type, TypeKind};

impl Printer {
    /// A type where `|` may stand.
    pub(super) fn ty(&mut self, ty: &Type) {
        match &ty.kind {
            TypeKind::Path { path, args } => {
                self.separated(".", path, |printer, part| printer.push(&part.name));
                if !args.is_empty() {
                    self.push("<");
                    self.separated(", ", args, Self::ty);
                    self.push(">");
                }
            }
            TypeKind::Array(element) => {
                self.push("[");
                self.ty(element);
                self.push("]");
            }
            TypeKind::Dict(key, value) => {
                self.push("{");
                self.ty(key);
                self.push(": ");
                self.ty(value);
                self.push("}");
            }
            TypeKind::Tuple(types) => {
                self.push("(");
                self.separated(", ", types, Self::ty);
                self.push(if types.len() == 1 { ",)" } else { ")" });
            }
            TypeKind::Fn { params, result } => {
                self.push("fn(");
                self.separated(", ", params, Self::ty);
                self.push(")");
                if let Some(result) = result {
                    self.push(" -> ");
                    self.single_ty(result);
                }
            }
            TypeKind::Option(inner) => {
                match inner.kind {
                    TypeKind::Fn { .. } | TypeKind::Union(_) => self.grouped_ty(inner),
                    _ => self.ty(inner),
                }
                self.push("?");
            }
            TypeKind::Union(types) => self.separated(" | ", types, Self::single_ty),
            TypeKind::Nil => self.push("nil"),
            TypeKind::Error => self.push("<error>"),
        }
    }

    /// A type where a `|` belongs to what stands around.
    pub(super) fn single_ty(&mut self, ty: &Type) {
        match ty.kind {
            TypeKind::Union(_) => self.grouped_ty(ty),
            _ => self.ty(ty),
        }
    }

    fn grouped_ty(&mut self, ty: &Type) {
        self.push("(");
        self.ty(ty);
        self.push(")");
    }
}
