//! Patterns and the arms of `match`.

use super::{Block, Bound, Expr, Variable};

/// A pattern.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Pattern {
    Wildcard,
    Bind(Variable),
    /// A literal.
    Value(Expr),
    /// `1..5`, `1..=5`
    Range(Expr, Bound, Expr),
    Or(Vec<Pattern>),
    As(Box<Pattern>, Variable),
    Tuple(Vec<Pattern>),
    Some(Box<Pattern>),
    /// `nil`
    Nil,
    /// `None`
    None,
}

/// An arm of a `match`.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Arm {
    pub style: ArmStyle,
    pub pattern: Pattern,
    pub guard: Option<Expr>,
    pub body: Block,
}

/// How an arm is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArmStyle {
    /// `case p:`
    Case,
    /// `p =>`
    Arrow,
}
