//! Types, interned: equal types have equal [`Ty`]s.

use rustc_hash::FxHashMap;

use crate::hir::FnDeclId;

/// A type of a [`Types`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Ty(u32);

/// The widths of integers; `I64` is `int`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum IntTy {
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
}

/// What a type is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TyKind {
    /// `int`, `i8` … `u64`. One `Int` lane.
    Int(IntTy),
    /// `float`. One `Float` lane.
    Float,
    /// `f32`. One `Float` lane, rounded after each operation.
    F32,
    /// `bool`. One `Bool` lane.
    Bool,
    /// `str`. One `Ref` lane.
    Str,
    /// The type of `nil` alone, and of what gives nothing. No lane.
    Nil,
    /// The type of what does not come back: `return`, `panic(…)`. No lane; fits every type.
    Never,
    /// `(A, B)`. The lanes of its elements; one `Ref` lane when these are more than four.
    Tuple(Vec<Ty>),
    /// `T?`; `T` is no option and not `nil`. One `Ref` lane if `T` is one `Ref` lane (null is `nil`), else the lanes of
    /// `T` and a `Bool` that is true when there is a value.
    Option(Ty),
    /// A range of ints with its step: the lanes start, end (both `Int`), step (`Int`) and closed (`Bool`).
    Range,
    /// `[T]`. One `Ref` lane. Elements are of one lane in this stage.
    Array(Ty),
    /// A function by its name, used as a value: which function is part of the type. No lane. Prints `<fn name>`.
    FnItem(FnDeclId),
    /// The type of something already reported; it fits everything, silently.
    Error,
    /// An open part while a function is checked; never in finished HIR.
    Var(u32),
}

/// The interner.
#[derive(Debug, Default)]
pub struct Types {
    kinds: Vec<TyKind>,
    ids: FxHashMap<TyKind, Ty>,
}

impl Types {
    /// The type of this kind.
    pub fn intern(&mut self, kind: TyKind) -> Ty {
        if let Some(ty) = self.ids.get(&kind) {
            return *ty;
        }
        let ty = Ty(self.kinds.len() as u32);
        self.kinds.push(kind.clone());
        self.ids.insert(kind, ty);
        ty
    }

    /// What a type is.
    pub fn kind(&self, ty: Ty) -> &TyKind {
        &self.kinds[ty.0 as usize]
    }
}
