//! The syntax tree: what was written, nothing about what it means.
//!
//! Every node carries its [`Span`]; the tree has no semantic data. Constructs keep the form in which they were written
//! (`if` as a statement or as `a if c else b`, arms with `case` or `=>`) only where messages or the formatter need it.
//! The grammar is that of the language contract, sections 1 and 3 to 10.

#![allow(missing_docs)] // the fields of a variant are explained by the line above it

mod expr;
mod item;
mod pattern;
mod stmt;
mod text;
mod ty;

pub use expr::*;
pub use item::*;
pub use pattern::*;
pub use stmt::*;
pub use ty::*;

use tandem_source::{FileId, Span};

/// A name and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ident {
    /// The text.
    pub name: String,
    /// Its place.
    pub span: Span,
}

/// A file. Items and statements keep the order of the text.
#[derive(Clone, Debug)]
pub struct Module {
    /// The file it was read from.
    pub file: FileId,
    /// Items and statements.
    pub body: Vec<Stmt>,
}
