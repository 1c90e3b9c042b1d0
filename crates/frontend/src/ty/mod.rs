//! Types, interned: equal types have equal [`Ty`]s.

mod display;
mod join;
#[cfg(test)]
mod tests;

use rustc_hash::FxHashMap;

use crate::hir::FnDeclId;

pub use display::{TyName, a_value};
pub use join::{Source, join, join_all};

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

impl IntTy {
    /// All widths.
    pub const ALL: [IntTy; 8] =
        [IntTy::I8, IntTy::I16, IntTy::I32, IntTy::I64, IntTy::U8, IntTy::U16, IntTy::U32, IntTy::U64];

    /// Its name; `I64` is `int`.
    pub fn name(self) -> &'static str {
        match self {
            IntTy::I8 => "i8",
            IntTy::I16 => "i16",
            IntTy::I32 => "i32",
            IntTy::I64 => "int",
            IntTy::U8 => "u8",
            IntTy::U16 => "u16",
            IntTy::U32 => "u32",
            IntTy::U64 => "u64",
        }
    }

    /// Width in bits.
    pub fn bits(self) -> u32 {
        match self {
            IntTy::I8 | IntTy::U8 => 8,
            IntTy::I16 | IntTy::U16 => 16,
            IntTy::I32 | IntTy::U32 => 32,
            IntTy::I64 | IntTy::U64 => 64,
        }
    }

    /// Whether it has negative values.
    pub fn is_signed(self) -> bool {
        match self {
            IntTy::I8 | IntTy::I16 | IntTy::I32 | IntTy::I64 => true,
            IntTy::U8 | IntTy::U16 | IntTy::U32 | IntTy::U64 => false,
        }
    }

    /// The smallest value.
    pub fn min(self) -> i128 {
        if self.is_signed() { -(1 << (self.bits() - 1)) } else { 0 }
    }

    /// The largest value.
    pub fn max(self) -> i128 {
        if self.is_signed() { (1 << (self.bits() - 1)) - 1 } else { (1 << self.bits()) - 1 }
    }

    /// Whether it holds this value.
    pub fn holds(self, value: i128) -> bool {
        (self.min()..=self.max()).contains(&value)
    }

    /// Whether it holds every value of the other.
    pub fn holds_all_of(self, other: IntTy) -> bool {
        self.min() <= other.min() && other.max() <= self.max()
    }
}

/// The types that every program has, interned in this order.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct Common {
    pub int: Ty,
    pub float: Ty,
    pub f32: Ty,
    pub bool: Ty,
    pub str: Ty,
    pub nil: Ty,
    pub never: Ty,
    pub range: Ty,
    pub error: Ty,
}

impl Types {
    /// Interns the common types.
    pub fn common(&mut self) -> Common {
        Common {
            int: self.intern(TyKind::Int(IntTy::I64)),
            float: self.intern(TyKind::Float),
            f32: self.intern(TyKind::F32),
            bool: self.intern(TyKind::Bool),
            str: self.intern(TyKind::Str),
            nil: self.intern(TyKind::Nil),
            never: self.intern(TyKind::Never),
            range: self.intern(TyKind::Range),
            error: self.intern(TyKind::Error),
        }
    }

    /// `T?`: options do not nest, and the option of `nil` is `nil`.
    pub fn option(&mut self, ty: Ty) -> Ty {
        match self.kind(ty) {
            TyKind::Option(_) | TyKind::Nil | TyKind::Error => ty,
            TyKind::Int(_)
            | TyKind::Float
            | TyKind::F32
            | TyKind::Bool
            | TyKind::Str
            | TyKind::Never
            | TyKind::Tuple(_)
            | TyKind::Range
            | TyKind::Array(_)
            | TyKind::FnItem(_)
            | TyKind::Var(_) => self.intern(TyKind::Option(ty)),
        }
    }

    /// The `T` of `T?`.
    pub fn option_of(&self, ty: Ty) -> Option<Ty> {
        if let TyKind::Option(inner) = self.kind(ty) { Some(*inner) } else { None }
    }

    /// The width of an integer type.
    pub fn int_of(&self, ty: Ty) -> Option<IntTy> {
        if let TyKind::Int(int) = self.kind(ty) { Some(*int) } else { None }
    }

    /// Whether it is an integer, `float` or `f32`.
    pub fn is_number(&self, ty: Ty) -> bool {
        matches!(self.kind(ty), TyKind::Int(_) | TyKind::Float | TyKind::F32)
    }

    /// Whether it is `float` or `f32`.
    pub fn is_float(&self, ty: Ty) -> bool {
        matches!(self.kind(ty), TyKind::Float | TyKind::F32)
    }

    /// Whether something already reported is part of it.
    pub fn has_error(&self, ty: Ty) -> bool {
        match self.kind(ty) {
            TyKind::Error => true,
            TyKind::Tuple(parts) => parts.iter().any(|part| self.has_error(*part)),
            TyKind::Option(inner) | TyKind::Array(inner) => self.has_error(*inner),
            TyKind::Int(_)
            | TyKind::Float
            | TyKind::F32
            | TyKind::Bool
            | TyKind::Str
            | TyKind::Nil
            | TyKind::Never
            | TyKind::Range
            | TyKind::FnItem(_)
            | TyKind::Var(_) => false,
        }
    }

    /// How many registers a value takes (see the variants of [`TyKind`]).
    pub fn lanes(&self, ty: Ty) -> usize {
        match self.kind(ty) {
            TyKind::Int(_) | TyKind::Float | TyKind::F32 | TyKind::Bool | TyKind::Str | TyKind::Array(_) => 1,
            TyKind::Nil | TyKind::Never | TyKind::FnItem(_) | TyKind::Error | TyKind::Var(_) => 0,
            TyKind::Range => 4,
            TyKind::Tuple(parts) => {
                let sum: usize = parts.iter().map(|part| self.lanes(*part)).sum();
                if sum > 4 { 1 } else { sum }
            }
            TyKind::Option(inner) => {
                if self.is_reference(*inner) {
                    1
                } else {
                    self.lanes(*inner) + 1
                }
            }
        }
    }

    /// Whether a value is one reference.
    pub fn is_reference(&self, ty: Ty) -> bool {
        match self.kind(ty) {
            TyKind::Str | TyKind::Array(_) => true,
            TyKind::Tuple(parts) => {
                let sum: usize = parts.iter().map(|part| self.lanes(*part)).sum();
                sum > 4
                    || parts.iter().filter(|part| self.lanes(**part) > 0).all(|part| self.is_reference(*part))
                        && sum == 1
            }
            TyKind::Option(inner) => self.is_reference(*inner),
            TyKind::Int(_)
            | TyKind::Float
            | TyKind::F32
            | TyKind::Bool
            | TyKind::Nil
            | TyKind::Never
            | TyKind::Range
            | TyKind::FnItem(_)
            | TyKind::Error
            | TyKind::Var(_) => false,
        }
    }
}
