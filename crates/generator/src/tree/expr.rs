//! Expressions.

use crate::{Type, Width};

/// A variable; `id` tells it from others of the same name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub struct Variable {
    pub id: u32,
    pub name: String,
}

/// An expression and its type.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Expr {
    pub ty: Type,
    pub kind: Kind,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Kind {
    Int(i128, Suffix),
    /// A finite `float` or `f32`.
    Float(f64),
    Bool(bool),
    Str(String),
    Nil,
    Name(Variable),
    Unary(UnaryOp, Box<Expr>),
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `a < b <= c`: one operator less than operands.
    Compare(Vec<Expr>, Vec<CompareOp>),
    TestNil(NilTest, Box<Expr>),
    /// `needle in text`
    Contains(Box<Expr>, Box<Expr>),
    /// `n in a..b`, or `a..=b`
    InRange(Box<Expr>, Bound, Box<Expr>, Box<Expr>),
    /// `a if c else b`, as (a, c, b)
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    Call(String, Vec<Argument>),
    /// A call of the function value that a parameter holds.
    CallValue(Variable, Vec<Expr>),
    /// The name of a function as a value.
    FunctionName(String),
    Builtin(Builtin, Vec<Expr>),
    Method(Method, Box<Expr>, Vec<Expr>),
    Index(Box<Expr>, Box<Expr>),
    /// `s[a:b:c]`
    Slice(Box<Expr>, Box<[Option<Expr>; 3]>),
    Tuple(Vec<Expr>),
    /// `t.0`
    Field(Box<Expr>, usize),
    Coalesce(Box<Expr>, Box<Expr>),
    Interpolation(Vec<Part>),
    /// A conversion that the compiler inserts: no text.
    Convert(Box<Expr>),
}

use super::Bound;

/// Whether an integer literal carries its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Suffix {
    Written,
    Omitted,
}

/// An operator before its operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum UnaryOp {
    Negate,
    Invert,
    Not,
}

/// An operator between operands. (`FloorDivide` and `Power` on floats too, `Add` on strings, `Repeat` is `*` on them.)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum BinaryOp {
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Remainder,
    Power,
    WrapAdd,
    WrapSubtract,
    WrapMultiply,
    BitAnd,
    BitOr,
    BitXor,
    ShiftLeft,
    ShiftRight,
    And,
    Or,
    Repeat,
}

impl BinaryOp {
    /// As written.
    pub fn text(self) -> &'static str {
        match self {
            BinaryOp::Add => "+",
            BinaryOp::Subtract => "-",
            BinaryOp::Multiply | BinaryOp::Repeat => "*",
            BinaryOp::Divide => "/",
            BinaryOp::FloorDivide => "//",
            BinaryOp::Remainder => "%",
            BinaryOp::Power => "**",
            BinaryOp::WrapAdd => "+%",
            BinaryOp::WrapSubtract => "-%",
            BinaryOp::WrapMultiply => "*%",
            BinaryOp::BitAnd => "&",
            BinaryOp::BitOr => "|",
            BinaryOp::BitXor => "^",
            BinaryOp::ShiftLeft => "<<",
            BinaryOp::ShiftRight => ">>",
            BinaryOp::And => "and",
            BinaryOp::Or => "or",
        }
    }
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum CompareOp {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

impl CompareOp {
    /// All of them.
    pub const ALL: [CompareOp; 6] = [
        CompareOp::Less,
        CompareOp::Equal,
        CompareOp::NotEqual,
        CompareOp::LessEqual,
        CompareOp::Greater,
        CompareOp::GreaterEqual,
    ];

    /// As written, in Python too.
    pub fn text(self) -> &'static str {
        match self {
            CompareOp::Equal => "==",
            CompareOp::NotEqual => "!=",
            CompareOp::Less => "<",
            CompareOp::LessEqual => "<=",
            CompareOp::Greater => ">",
            CompareOp::GreaterEqual => ">=",
        }
    }
}

/// How an option is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum NilTest {
    /// `x == nil`
    Equal,
    /// `x != nil`
    NotEqual,
    /// `x is nil`
    IsNil,
    /// `x is not nil`
    IsNotNil,
    /// `x is Some`
    IsSome,
    /// `x` itself, as a condition
    Bare,
}

/// A function of the prelude, or a conversion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Builtin {
    Abs,
    Min,
    Max,
    Len,
    Ord,
    Chr,
    Str,
    Repr,
    Round,
    Float,
    F32,
    Type,
    Some,
    /// `int(x)`, `u8(x)`
    Integer(Width),
    Panic,
    Exit,
}

impl Builtin {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Builtin::Abs => "abs",
            Builtin::Min => "min",
            Builtin::Max => "max",
            Builtin::Len => "len",
            Builtin::Ord => "ord",
            Builtin::Chr => "chr",
            Builtin::Str => "str",
            Builtin::Repr => "repr",
            Builtin::Round => "round",
            Builtin::Float => "float",
            Builtin::F32 => "f32",
            Builtin::Type => "type",
            Builtin::Some => "Some",
            Builtin::Integer(width) => width.name(),
            Builtin::Panic => "panic",
            Builtin::Exit => "exit",
        }
    }
}

/// A method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Method {
    Mod,
    /// `x.wrap_u8()`
    Wrap(Width),
    Upper,
    Lower,
    Strip,
    LeftStrip,
    RightStrip,
    Replace,
    Find,
    RightFind,
    Count,
    StartsWith,
    EndsWith,
    ToInt,
    ToFloat,
    /// `s.split(t)`, an array of strings: only inside `Index`, `Len`, `Join` and `Str`
    Split,
    /// `t.join(parts)`
    Join,
    Unwrap,
    Expect,
    UnwrapOr,
    IsSome,
    IsNone,
}

impl Method {
    /// Its name.
    pub fn name(self) -> String {
        match self {
            Method::Mod => "mod",
            Method::Wrap(width) => return format!("wrap_{}", width.suffix()),
            Method::Upper => "upper",
            Method::Lower => "lower",
            Method::Strip => "strip",
            Method::LeftStrip => "lstrip",
            Method::RightStrip => "rstrip",
            Method::Replace => "replace",
            Method::Find => "find",
            Method::RightFind => "rfind",
            Method::Count => "count",
            Method::StartsWith => "startswith",
            Method::EndsWith => "endswith",
            Method::ToInt => "to_int",
            Method::ToFloat => "to_float",
            Method::Split => "split",
            Method::Join => "join",
            Method::Unwrap => "unwrap",
            Method::Expect => "expect",
            Method::UnwrapOr => "unwrap_or",
            Method::IsSome => "is_some",
            Method::IsNone => "is_none",
        }
        .to_owned()
    }
}

/// An argument of a call.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Argument {
    pub name: Option<String>,
    pub value: Expr,
}

/// A piece of an interpolation.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Text as it is.
    Text(String),
    /// A value and its format spec.
    Value(Expr, String),
}

impl Expr {
    /// An expression of this type.
    pub fn new(ty: Type, kind: Kind) -> Expr {
        Expr { ty, kind }
    }

    /// An integer literal that carries its type where that is not `int`.
    pub fn int(value: i128, width: Width) -> Expr {
        let suffix = if width == Width::Int { Suffix::Omitted } else { Suffix::Written };
        Expr::new(Type::Int(width), Kind::Int(value, suffix))
    }

    /// A string literal.
    pub fn str(text: impl Into<String>) -> Expr {
        Expr::new(Type::Str, Kind::Str(text.into()))
    }

    /// `true` or `false`
    pub fn bool(value: bool) -> Expr {
        Expr::new(Type::Bool, Kind::Bool(value))
    }

    /// A variable.
    pub fn name(variable: &Variable, ty: &Type) -> Expr {
        Expr::new(ty.clone(), Kind::Name(variable.clone()))
    }

    /// An operation on two operands.
    pub fn binary(op: BinaryOp, ty: Type, left: Expr, right: Expr) -> Expr {
        Expr::new(ty, Kind::Binary(op, Box::new(left), Box::new(right)))
    }

    /// Whether it is a literal, which takes its type from its surroundings where it carries none.
    pub fn is_literal(&self) -> bool {
        matches!(self.kind, Kind::Int(..) | Kind::Float(_) | Kind::Bool(_) | Kind::Str(_) | Kind::Nil)
    }

    /// Whether its type stands without its surroundings: not made of bare literals.
    pub fn is_firm(&self) -> bool {
        match &self.kind {
            Kind::Int(_, suffix) => *suffix == Suffix::Written,
            Kind::Nil => false,
            Kind::Unary(_, operand) => operand.is_firm(),
            Kind::Binary(_, left, right) => left.is_firm() || right.is_firm(),
            Kind::If(yes, _, no) => yes.is_firm() || no.is_firm(),
            Kind::Tuple(elements) => elements.iter().all(Expr::is_firm),
            Kind::Coalesce(left, right) => left.is_firm() || right.is_firm(),
            Kind::Field(tuple, _) => tuple.is_firm(),
            Kind::Builtin(Builtin::Abs | Builtin::Min | Builtin::Max | Builtin::Some, arguments) => {
                arguments.iter().any(Expr::is_firm)
            }
            Kind::Builtin(..)
            | Kind::Float(_)
            | Kind::Bool(_)
            | Kind::Str(_)
            | Kind::Name(_)
            | Kind::Compare(..)
            | Kind::TestNil(..)
            | Kind::Contains(..)
            | Kind::InRange(..)
            | Kind::Call(..)
            | Kind::CallValue(..)
            | Kind::FunctionName(_)
            | Kind::Method(..)
            | Kind::Index(..)
            | Kind::Slice(..)
            | Kind::Interpolation(_)
            | Kind::Convert(_) => true,
        }
    }
}
