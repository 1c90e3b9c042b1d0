//! Generated programs as trees.
//!
//! The trees know more than the text: the type of each expression (Python needs the widths), and which variable a
//! name stands for where several share it.

mod expr;
mod pattern;
mod stmt;
pub mod walk;

pub use expr::{Argument, BinaryOp, Builtin, CompareOp, Expr, Kind, Method, NilTest, Part, Suffix, UnaryOp, Variable};
pub use pattern::{Arm, ArmStyle, Pattern};
pub use stmt::{Block, Bound, Computation, Condition, Form, Iterated, Stmt};

use crate::Type;

/// A program: variables of the module, functions, then the statements of the script.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Program {
    /// `let mut total: int = 0` before the functions, which share them.
    pub module: Vec<Stmt>,
    /// The functions.
    pub functions: Vec<Function>,
    /// What runs.
    pub script: Block,
}

/// A function.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Function {
    pub name: String,
    pub parameters: Vec<Parameter>,
    /// The variable of `*rest`.
    pub rest: Option<Variable>,
    /// What it gives, if anything.
    pub result: Option<Type>,
    /// Whether `-> T` is written.
    pub result_written: bool,
    pub body: Block,
    /// The module variables that it assigns (Python wants to know).
    pub assigns: Vec<Variable>,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Parameter {
    pub variable: Variable,
    pub ty: Type,
    /// Whether its type is written; else the function is generic in it.
    pub written: bool,
    pub default: Option<Expr>,
}

impl std::fmt::Display for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&crate::text::program(self))
    }
}
