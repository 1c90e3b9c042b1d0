//! Text to syntax tree: lexer, parser, the tree, and its printers.
#![forbid(unsafe_code)]

pub mod ast;
mod decode;
mod dump;
mod error;
mod lexer;
mod literal;
mod parser;
mod print;
mod token;

pub use decode::{DecodeError, decode};
pub use dump::{dump_ast, dump_expr, dump_tokens};
pub use lexer::{Lexed, lex};
pub use parser::{DEPTH_LIMIT, Parsed, ParsedExpression, parse, parse_expression};
pub use print::print_module;
pub use token::{Class, Token, TokenKind};
