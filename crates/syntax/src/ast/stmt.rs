//! Statements.

use super::{BinaryOp, Condition, Expr, Ident, Item, Pattern, Type};
use tandem_source::Span;

/// An indented block, or the simple statements behind a colon. Never empty (`pass` is a statement), except after an error.
#[derive(Clone, Debug)]
pub struct Block {
    /// Its statements.
    pub stmts: Vec<Stmt>,
    /// From the first to the last statement.
    pub span: Span,
}

/// A statement.
#[derive(Clone, Debug)]
pub struct Stmt {
    /// Its form.
    pub kind: StmtKind,
    /// Its place.
    pub span: Span,
}

/// The forms of statements.
#[derive(Clone, Debug)]
pub enum StmtKind {
    /// A function, type, trait, impl or import.
    Item(Box<Item>),
    /// An expression: a call, `if`, `match`, `loop`, `with`, `receive`, …
    Expr(Expr),
    /// `let p: T = e`, `let mut p = e`, `mut let p = e`.
    Let { mutability: Mutability, pattern: Pattern, ty: Option<Type>, value: Option<Expr> },
    /// `target = e`, `a, b = b, a`, `a[i:j] = xs`; chained `a = b = e` is not in the language.
    /// `ty` is set for `x: int = e` if the contract's grammar accepts it, else an error is reported.
    Assign { target: Expr, value: Expr },
    /// `target op= e`
    CompoundAssign { target: Expr, op: BinaryOp, op_span: Span, value: Expr },
    /// `while c:`
    While { label: Option<Ident>, condition: Condition, body: Block },
    /// `for p in e:`
    For { label: Option<Ident>, pattern: Pattern, iterable: Expr, body: Block },
    /// `return e`
    Return(Option<Expr>),
    /// `break`, `break label`, `break value`: whether a lone name is a label is decided by the enclosing labels
    /// (the parser knows them): then `label` is set, else `value`.
    Break { label: Option<Ident>, value: Option<Expr> },
    /// `continue`, `continue label`
    Continue { label: Option<Ident> },
    /// `pass`
    Pass,
    /// `assert c, "why"`
    Assert { condition: Expr, message: Option<Expr> },
    /// `defer statement`, `defer:` with a block.
    Defer(Block),
    /// `a ! m`
    Send { actor: Expr, message: Expr },
    /// `in:`, `out(ret):`, `out_err(e):`, `invariant:`
    Contract(Contract),
    /// Something that could not be parsed; an error has been reported.
    Error,
}

/// Whether a binding may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Mutability {
    Immutable,
    Mutable,
}

/// A contract block.
#[derive(Clone, Debug)]
pub struct Contract {
    /// Which.
    pub kind: ContractKind,
    /// A condition a line, with its message.
    pub clauses: Vec<ContractClause>,
}

/// The kinds of contract blocks.
#[derive(Clone, Debug)]
pub enum ContractKind {
    /// `in:`
    In,
    /// `out(ret):`, `out:`
    Out(Option<Ident>),
    /// `out_err(e):`
    OutErr(Option<Ident>),
    /// `invariant:`
    Invariant,
}

/// A condition of a contract.
#[derive(Clone, Debug)]
pub struct ContractClause {
    /// The condition.
    pub condition: Expr,
    /// The message behind the comma.
    pub message: Option<Expr>,
}

/// `case p if c:` or `p if c =>`, with its body.
#[derive(Clone, Debug)]
pub struct MatchArm {
    /// The pattern.
    pub pattern: Pattern,
    /// The guard.
    pub guard: Option<Expr>,
    /// The body.
    pub body: Block,
    /// `case` or `=>`.
    pub style: ArmStyle,
    /// Pattern to end of body.
    pub span: Span,
}

/// How an arm was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArmStyle {
    /// `case p:`
    Case,
    /// `p =>`
    Arrow,
}
