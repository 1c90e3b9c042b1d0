//! Text to syntax tree: lexer, parser, and the tree.
#![forbid(unsafe_code)]

pub mod ast;
