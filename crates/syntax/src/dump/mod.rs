//! Tokens and trees as text, for `tandem dump`.
//!
//! A tree is printed as an s-expression without places, so that two trees are equal but for their places if and only
//! if their texts are. A list that fits its line stands on it, else each element has a line of its own.

mod expr;
mod item;
mod pattern;
mod stmt;

use crate::ast::{Expr, Module};
use crate::token::Token;

/// The widest line on which a list is kept together.
const WIDTH: usize = 100;

/// One token a line: its bytes, its kind, and its text if that is not implied.
pub fn dump_tokens(tokens: &[Token], source: &str) -> String {
    let mut out = String::new();
    for token in tokens {
        let text = token.text(source);
        out.push_str(&format!("{}..{} {}", token.lo, token.hi, token.kind.name()));
        if text != token.kind.text() && !text.is_empty() {
            out.push_str(&format!(" {text:?}"));
        }
        out.push('\n');
    }
    out
}

/// A module as an s-expression, ending in a newline.
pub fn dump_ast(module: &Module) -> String {
    list("module", module.body.iter().map(stmt::stmt)).text()
}

/// An expression as an s-expression, ending in a newline.
pub fn dump_expr(expr: &Expr) -> String {
    expr::expr(expr).text()
}

/// An s-expression.
enum Sexp {
    Atom(String),
    List {
        elements: Vec<Sexp>,
        /// How wide it is on one line.
        width: usize,
    },
}

impl Sexp {
    fn width(&self) -> usize {
        match self {
            Sexp::Atom(text) => text.chars().count(),
            Sexp::List { width, .. } => *width,
        }
    }

    fn text(&self) -> String {
        let mut out = String::new();
        self.write(0, &mut out);
        out.push('\n');
        out
    }

    fn write(&self, indent: usize, out: &mut String) {
        let elements = match self {
            Sexp::Atom(text) => return out.push_str(text),
            Sexp::List { elements, .. } => elements,
        };
        let together = indent + self.width() <= WIDTH;
        out.push('(');
        for (index, element) in elements.iter().enumerate() {
            if index > 0 && together {
                out.push(' ');
            } else if index > 0 {
                out.push('\n');
                out.extend(std::iter::repeat_n(' ', indent + 2));
            }
            element.write(indent + 2, out);
        }
        out.push(')');
    }
}

fn atom(text: impl Into<String>) -> Sexp {
    Sexp::Atom(text.into())
}

/// Text of the program, quoted.
fn quoted(text: &str) -> Sexp {
    Sexp::Atom(format!("{text:?}"))
}

fn list(head: &str, rest: impl IntoIterator<Item = Sexp>) -> Sexp {
    let mut elements = vec![atom(head)];
    elements.extend(rest);
    let width = elements.iter().map(Sexp::width).sum::<usize>() + elements.len() + 1;
    Sexp::List { elements, width }
}

/// `(head element)` if there is an element, else nothing.
fn optional(head: &str, element: Option<Sexp>) -> Option<Sexp> {
    element.map(|element| list(head, [element]))
}
