//! Source files, places in them, and diagnostics about them.
//!
//! Everything else in the project refers to text through a [`Span`]: a file and a range of bytes. Lines and columns
//! are computed only when somebody reads them. A [`Diagnostic`] is data; [`render`] is one of its readers (an editor
//! is another).
#![forbid(unsafe_code)]

mod diagnostic;
mod file;
mod render;
mod span;

pub use diagnostic::{Applicability, Code, Diagnostic, Fix, Label, Severity};
pub use file::{FileId, LineColumn, SourceFile, SourceMap};
pub use render::{Palette, render};
pub use span::{Span, Spanned};
