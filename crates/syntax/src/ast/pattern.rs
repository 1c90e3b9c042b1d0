//! Patterns.

use super::{Expr, Ident, Type};
use tandem_source::Span;

/// A pattern.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// Its form.
    pub kind: PatternKind,
    /// Its place.
    pub span: Span,
}

/// The forms of patterns.
#[derive(Clone, Debug)]
pub enum PatternKind {
    /// `_`
    Wildcard,
    /// A name that begins with a lower-case letter or `_x`: binds.
    Name(Ident),
    /// A literal, perhaps with a minus sign: the expression is a literal or a negated number literal.
    Literal(Box<Expr>),
    /// `1..5`, `1..=5`, `..5`, `1..`; ends are literals or `const` names.
    Range { start: Option<Box<Expr>>, end: Option<Box<Expr>>, limits: super::RangeLimits },
    /// `(a, b)`
    Tuple(Vec<Pattern>),
    /// `[a, *rest, b]`; a `Rest` stands at most once.
    Array(Vec<Pattern>),
    /// `*rest`, `*_`, only within `Array` (and within a tuple being destructured).
    Rest(Box<Pattern>),
    /// An upper-case path without payload: a variant, type or `const`. `Color::Red`, `Color.Red`, `Red`.
    Path(Vec<Ident>),
    /// `.Red`, `.Circle(r)`
    DotVariant { name: Ident, args: Option<Vec<PatternArg>> },
    /// `Shape::Circle(r)`, `Some(x)`, `Rect(w: a)`
    Variant { path: Vec<Ident>, args: Vec<PatternArg> },
    /// `Point { x, y: 0, .. }`
    Struct { path: Vec<Ident>, fields: Vec<PatternField>, rest: Option<Span> },
    /// `n: int`
    Typed { pattern: Box<Pattern>, ty: Box<Type> },
    /// `p as name`
    As { pattern: Box<Pattern>, name: Ident },
    /// `p | q`, two or more.
    Or(Vec<Pattern>),
    /// Something that could not be parsed; an error has been reported.
    Error,
}

/// An argument of a variant pattern: `r`, or `w: a`.
///
/// `C(n: int)` is ambiguous in the syntax: `name` is `n`, `pattern` is the path or name `int`, and `ty` holds the same
/// text read as a type where it can be one; the checker decides by the variant's payload names.
#[derive(Clone, Debug)]
pub struct PatternArg {
    /// The name before the colon.
    pub name: Option<Ident>,
    /// The pattern (behind the colon).
    pub pattern: Pattern,
    /// What stands behind the colon, read as a type.
    pub ty: Option<Type>,
}

/// A field of a struct pattern: `x`, or `y: p`.
#[derive(Clone, Debug)]
pub struct PatternField {
    /// The field.
    pub name: Ident,
    /// The pattern; without one the field's name is bound.
    pub pattern: Option<Pattern>,
}
