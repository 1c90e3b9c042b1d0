//! The types of generated programs.

use crate::Interval;

/// An integer type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Width {
    Int,
    I8,
    I16,
    I32,
    U8,
    U16,
    U32,
    U64,
}

impl Width {
    /// Every width, `int` first.
    pub const ALL: [Width; 8] =
        [Width::Int, Width::I8, Width::I16, Width::I32, Width::U8, Width::U16, Width::U32, Width::U64];

    /// Its name as a type and as a conversion.
    pub fn name(self) -> &'static str {
        match self {
            Width::Int => "int",
            Width::I8 => "i8",
            Width::I16 => "i16",
            Width::I32 => "i32",
            Width::U8 => "u8",
            Width::U16 => "u16",
            Width::U32 => "u32",
            Width::U64 => "u64",
        }
    }

    /// The suffix of its literals.
    pub fn suffix(self) -> &'static str {
        match self {
            Width::Int => "i64",
            Width::I8 | Width::I16 | Width::I32 | Width::U8 | Width::U16 | Width::U32 | Width::U64 => self.name(),
        }
    }

    /// How many bits it has.
    pub fn bits(self) -> u32 {
        match self {
            Width::I8 | Width::U8 => 8,
            Width::I16 | Width::U16 => 16,
            Width::I32 | Width::U32 => 32,
            Width::Int | Width::U64 => 64,
        }
    }

    /// Whether it has negative values.
    pub fn is_signed(self) -> bool {
        match self {
            Width::Int | Width::I8 | Width::I16 | Width::I32 => true,
            Width::U8 | Width::U16 | Width::U32 | Width::U64 => false,
        }
    }

    /// All of its values.
    pub fn range(self) -> Interval {
        let bits = self.bits();
        if self.is_signed() {
            Interval { low: -(1 << (bits - 1)), high: (1 << (bits - 1)) - 1 }
        } else {
            Interval { low: 0, high: (1 << bits) - 1 }
        }
    }

    /// Whether `self` becomes `other` by itself where the two meet: every value fits, and `other` is wider.
    pub fn widens_to(self, other: Width) -> bool {
        self != other && self.bits() < other.bits() && self.range().is_within(other.range())
    }
}

/// A type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Type {
    Int(Width),
    Float,
    F32,
    Bool,
    Str,
    Tuple(Vec<Type>),
    Option(Box<Type>),
}

impl Type {
    /// `int`
    pub const INT: Type = Type::Int(Width::Int);

    /// `T?` of this type, which is itself where it is one.
    pub fn optional(self) -> Type {
        match self {
            Type::Option(_) => self,
            Type::Int(_) | Type::Float | Type::F32 | Type::Bool | Type::Str | Type::Tuple(_) => {
                Type::Option(Box::new(self))
            }
        }
    }

    /// Whether `<` orders it.
    pub fn is_ordered(&self) -> bool {
        match self {
            Type::Int(_) | Type::Float | Type::F32 | Type::Str => true,
            Type::Bool | Type::Option(_) => false,
            Type::Tuple(elements) => elements.iter().all(Type::is_ordered),
        }
    }
}

impl std::fmt::Display for Type {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Type::Int(width) => f.write_str(width.name()),
            Type::Float => f.write_str("float"),
            Type::F32 => f.write_str("f32"),
            Type::Bool => f.write_str("bool"),
            Type::Str => f.write_str("str"),
            Type::Tuple(elements) => {
                let elements: Vec<String> = elements.iter().map(Type::to_string).collect();
                write!(f, "({})", elements.join(", "))
            }
            Type::Option(inner) => write!(f, "{inner}?"),
        }
    }
}
