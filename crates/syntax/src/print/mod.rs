//! The tree as source text: parsing it again gives an equal tree, but for places.
//!
//! This is no formatter: comments are gone, and the layout is the simplest that says the same. Parentheses that group
//! are nodes of the tree, so expressions need none; types and patterns get them where their nesting asks for it.
//! A block is printed indented, except inside brackets, where only blocks on one line can stand.
#![allow(clippy::wildcard_enum_match_arm, reason = "few nodes need parentheses or lines of their own")]

mod expr;
mod item;
mod literal;
mod pattern;
mod stmt;
mod ty;

use crate::ast::Module;

/// A module as source text. The tree comes from text without errors.
pub fn print_module(module: &Module) -> String {
    let mut printer = Printer { out: String::new(), indent: 0 };
    for stmt in &module.body {
        printer.stmt(stmt);
    }
    printer.out
}

/// Where an expression stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Position {
    /// Last in its statement: it may end in an indented block.
    Last,
    /// Something follows on the line.
    Inner,
}

struct Printer {
    out: String,
    indent: usize,
}

impl Printer {
    fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Begins a line.
    fn line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.out.extend(std::iter::repeat_n(' ', 4 * self.indent));
    }

    /// Prints indented lines by `print`.
    fn indented(&mut self, print: impl FnOnce(&mut Self)) {
        self.indent += 1;
        print(self);
        self.indent -= 1;
    }

    /// Prints `elements` with `separator` between them.
    fn separated<T>(&mut self, separator: &str, elements: &[T], mut print: impl FnMut(&mut Self, &T)) {
        for (index, element) in elements.iter().enumerate() {
            if index > 0 {
                self.push(separator);
            }
            print(self, element);
        }
    }

    /// Ends the statement's line.
    fn end(&mut self) {
        if !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }
}
