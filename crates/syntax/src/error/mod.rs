//! Syntax errors: one constructor each, which holds code and wording.
//!
//! [`lexical`] has what the lexer and literals report (E0001 to E0019), [`phrase`] what the parser finds missing or in
//! the wrong place (E0020 to E0059), [`habit`] what is written as in another language, with the way it is written here
//! (E0060 to E0099). Each code has a folder in `tests/errors`.

mod habit;
mod lexical;
mod phrase;

pub(crate) use habit::*;
pub(crate) use lexical::*;
pub(crate) use phrase::*;
