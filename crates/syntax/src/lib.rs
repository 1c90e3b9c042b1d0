//! Text to syntax tree: lexer, parser, the tree, and its printers.
#![forbid(unsafe_code)]

pub mod ast;
mod decode;
mod error;
mod lexer;
mod literal;
mod parser;
mod token;

pub use decode::{DecodeError, decode};
pub use lexer::{Lexed, lex};
pub use parser::{DEPTH_LIMIT, Parsed, ParsedExpression, parse, parse_expression};
pub use token::{Class, Token, TokenKind};
