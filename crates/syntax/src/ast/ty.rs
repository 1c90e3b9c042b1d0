//! Types as written.

use super::Ident;
use tandem_source::Span;

/// A type.
#[derive(Clone, Debug)]
pub struct Type {
    /// Its form.
    pub kind: TypeKind,
    /// Its place.
    pub span: Span,
}

/// The forms of types.
#[derive(Clone, Debug)]
pub enum TypeKind {
    /// `int`, `geo.Point`, `Box<int>`, `Box[int]`. `path` has at least one part.
    Path { path: Vec<Ident>, args: Vec<Type> },
    /// `[T]`
    Array(Box<Type>),
    /// `{K: V}`
    Dict(Box<Type>, Box<Type>),
    /// `(A, B)`, `()`.
    Tuple(Vec<Type>),
    /// `fn(A, B) -> C`
    Fn { params: Vec<Type>, result: Option<Box<Type>> },
    /// `T?`
    Option(Box<Type>),
    /// `A | B`, two or more.
    Union(Vec<Type>),
    /// `nil`
    Nil,
    /// Something that could not be parsed; an error has been reported.
    Error,
}
