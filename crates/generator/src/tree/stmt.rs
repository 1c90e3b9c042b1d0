//! Statements.

use super::{Arm, BinaryOp, Expr, Pattern, Variable};
use crate::Type;

/// Statements of one depth.
pub type Block = Vec<Stmt>;

/// A statement.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Stmt {
    Let {
        variable: Variable,
        form: Form,
        annotation: Option<Type>,
        value: Computation,
    },
    /// `let (a, (b, _)) = e`; also patterns that may not fit, which is R0010.
    LetPattern {
        pattern: Pattern,
        form: Form,
        value: Expr,
    },
    Assign(Variable, Computation),
    /// `a, b = b, a`
    AssignSeveral(Vec<Variable>, Vec<Expr>),
    Compound(Variable, BinaryOp, Expr),
    /// `print(a, b)`
    Print(Vec<Expr>),
    /// A call whose value is dropped, or the value of a block.
    Value(Expr),
    /// A computation whose value is that of the block: `if`, `match` at the end of a function.
    Tail(Computation),
    If(Vec<(Condition, Block)>, Option<Block>),
    Match(Expr, Vec<Arm>),
    While {
        label: Option<String>,
        condition: Condition,
        body: Block,
    },
    Loop {
        label: Option<String>,
        body: Block,
    },
    For {
        label: Option<String>,
        variable: Option<Variable>,
        over: Iterated,
        body: Block,
    },
    Break(Option<String>),
    /// `break value`
    BreakWith(Expr),
    Continue(Option<String>),
    Return(Option<Computation>),
    Assert(Expr, Option<Expr>),
    Pass,
}

/// How a `let` is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Form {
    Let,
    LetMut,
    MutLet,
    /// `x = e` for a name that is not in scope
    Implicit,
}

/// What may stand right of `=` and after `return`.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Computation {
    Expr(Expr),
    /// `if c:` with blocks that end in their value
    If(Vec<(Condition, Block)>, Block),
    Match(Expr, Vec<Arm>),
    /// `loop:` left by `break value`
    Loop(Block),
}

/// What an `if` or `while` asks.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, clippy::large_enum_variant)]
pub enum Condition {
    Expr(Expr),
    Let(Pattern, Expr),
}

/// Whether a range has its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Bound {
    HalfOpen,
    Closed,
}

impl Bound {
    /// `..` or `..=`
    pub fn text(self) -> &'static str {
        match self {
            Bound::HalfOpen => "..",
            Bound::Closed => "..=",
        }
    }
}

/// What a `for` goes over.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Iterated {
    Range(Expr, Bound, Expr),
    /// `range(n)`, `range(a, b)`, `range(a, b, step)`
    RangeCall(Vec<Expr>),
    /// The characters of a string.
    Str(Expr),
    /// The array of a rest parameter.
    Rest(Variable),
}
