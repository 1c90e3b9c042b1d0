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
    facts: Vec<Facts>,
    ids: FxHashMap<TyKind, Ty>,
}

impl Types {
    /// The type of this kind.
    pub fn intern(&mut self, kind: TyKind) -> Ty {
        if let Some(ty) = self.ids.get(&kind) {
            return *ty;
        }
        let ty = Ty(self.kinds.len() as u32);
        self.facts.push(self.facts_of(&kind));
        self.kinds.push(kind.clone());
        self.ids.insert(kind, ty);
        ty
    }

    /// What a type is.
    pub fn kind(&self, ty: Ty) -> &TyKind {
        &self.kinds[ty.0 as usize]
    }
}

/// What is asked of a type often; computed once, since parts may be shared many times over.
#[derive(Clone, Copy, Debug)]
struct Facts {
    has_error: bool,
    lanes: usize,
    is_reference: bool,
    size: usize,
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
        self.facts[ty.0 as usize].has_error
    }

    /// How many registers a value takes (see the variants of [`TyKind`]).
    pub fn lanes(&self, ty: Ty) -> usize {
        self.facts[ty.0 as usize].lanes
    }

    /// Whether a value is one reference that is never null.
    pub fn is_reference(&self, ty: Ty) -> bool {
        self.facts[ty.0 as usize].is_reference
    }

    /// How many types its text names.
    pub fn size(&self, ty: Ty) -> usize {
        self.facts[ty.0 as usize].size
    }

    fn facts_of(&self, kind: &TyKind) -> Facts {
        let of = |ty: &Ty| self.facts[ty.0 as usize];
        let plain = |lanes| Facts { has_error: false, lanes, is_reference: false, size: 1 };
        match kind {
            TyKind::Int(_) | TyKind::Float | TyKind::F32 | TyKind::Bool => plain(1),
            TyKind::Str => Facts { is_reference: true, ..plain(1) },
            TyKind::Nil | TyKind::Never | TyKind::FnItem(_) | TyKind::Var(_) => plain(0),
            TyKind::Error => Facts { has_error: true, ..plain(0) },
            TyKind::Range => plain(4),
            TyKind::Array(element) => {
                let element = of(element);
                Facts { lanes: 1, is_reference: true, size: element.size.saturating_add(1), ..element }
            }
            TyKind::Option(inner) => {
                let inner = of(inner);
                let lanes = if inner.is_reference { 1 } else { inner.lanes + 1 };
                Facts { lanes, is_reference: false, size: inner.size.saturating_add(1), ..inner }
            }
            TyKind::Tuple(parts) => {
                let lanes: usize = parts.iter().map(|part| of(part).lanes).sum();
                let mut with_lanes = parts.iter().map(of).filter(|part| part.lanes > 0);
                // `(str,)`, but not `(str?,)`.
                let only = with_lanes.next().is_some_and(|only| only.is_reference) && with_lanes.next().is_none();
                Facts {
                    has_error: parts.iter().any(|part| of(part).has_error),
                    lanes: if lanes > 4 { 1 } else { lanes },
                    is_reference: lanes > 4 || only,
                    size: parts.iter().fold(1, |size: usize, part| size.saturating_add(of(part).size)),
                }
            }
        }
    }
}
