//! Expressions.

use super::{Block, Ident, MatchArm, Param, Pattern, Type};
use tandem_source::{Span, Spanned};

/// An expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// Its form.
    pub kind: ExprKind,
    /// Its place, without enclosing parentheses that only group.
    pub span: Span,
}

/// The forms of expressions.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// `42`, `0xFF`, `7u8`. The value may exceed `i64` (then only a minus sign before it can make it fit, or `u64`).
    Int { value: u128, suffix: Option<NumberSuffix> },
    /// `3.14`, `1.5f32`
    Float { value: f64, suffix: Option<NumberSuffix> },
    /// `true`, `false`
    Bool(bool),
    /// `nil`
    Nil,
    /// A string without interpolation, escapes resolved: `"…"`, `'…'`, `"""…"""`.
    Str(String),
    /// A string with interpolation.
    Interpolated(Vec<StrPart>),
    /// `b"…"`
    Bytes(Vec<u8>),
    /// `:name`
    Symbol(String),
    /// A name.
    Name(String),
    /// `(e)`: kept, since it matters for tuples, symbols and printing back.
    Paren(Box<Expr>),
    /// `(a, b)`, `(a,)`, `()`; also the bare `a, b` on either side of an assignment.
    Tuple(Vec<Expr>),
    /// `[a, *b]`
    Array(Vec<Expr>),
    /// `{k: v, **d}`; `{}` is an empty dictionary.
    Dict(Vec<DictEntry>),
    /// `{a, *b}`
    Set(Vec<Expr>),
    /// `*e` in literals, arguments and assignment targets.
    Spread(Box<Expr>),
    /// `[e for …]`, `{e for …}`, `(e for …)`
    Comprehension { kind: ComprehensionKind, element: Box<Expr>, clauses: Vec<ComprehensionClause> },
    /// `{k: v for …}`
    DictComprehension { key: Box<Expr>, value: Box<Expr>, clauses: Vec<ComprehensionClause> },
    /// `- ~ not`, and `await e`, `spawn e`
    Unary { op: UnaryOp, op_span: Span, operand: Box<Expr> },
    /// Arithmetic, bits, `and`, `or`, `??`.
    Binary { op: BinaryOp, op_span: Span, lhs: Box<Expr>, rhs: Box<Expr> },
    /// `a < b <= c`, also a single comparison, `in`, `not in`; `rest` is not empty.
    Compare { first: Box<Expr>, rest: Vec<(Spanned<CompareOp>, Expr)> },
    /// `v is T`, `v is not T`; the right side as written: `target` is what it is when read as an operand,
    /// `ty` when read as a type (at least one is present).
    Is { operand: Box<Expr>, negated: bool, target: Option<Box<Expr>>, ty: Option<Box<Type>> },
    /// `a..b`, `a..=b`; ends may be missing in an index only.
    Range { start: Option<Box<Expr>>, end: Option<Box<Expr>>, limits: RangeLimits },
    /// `then if condition else otherwise`
    Conditional { condition: Box<Expr>, then: Box<Expr>, otherwise: Box<Expr> },
    /// `if c: … elif …: … else: …` as an expression (or as the only thing of a statement).
    If(Box<If>),
    /// `match e:` with arms.
    Match { scrutinee: Box<Expr>, arms: Vec<MatchArm> },
    /// `loop:`
    Loop { label: Option<Ident>, body: Block },
    /// `receive:` with arms and `after ms:`.
    Receive { arms: Vec<MatchArm>, after: Option<Box<(Expr, Block)>> },
    /// `with e as x:` as an expression (the value of its block).
    With(Box<With>),
    /// `f(a, b = 1, *c)`, also without parentheses in a statement, also with a trailing lambda as last argument.
    Call { callee: Box<Expr>, args: Vec<Arg> },
    /// `a->m(args)`
    ArrowCall { receiver: Box<Expr>, method: Ident, args: Vec<Arg> },
    /// `a.b` (`t.0` is `TupleIndex`)
    Member { object: Box<Expr>, name: Ident },
    /// `a::b`
    PathMember { object: Box<Expr>, name: Ident },
    /// `t.0`
    TupleIndex { object: Box<Expr>, index: Spanned<u32> },
    /// `a[i]`
    Index { object: Box<Expr>, index: Box<Expr> },
    /// `a[i:j:k]`
    Slice { object: Box<Expr>, start: Option<Box<Expr>>, end: Option<Box<Expr>>, step: Option<Box<Expr>> },
    /// `e?`
    Try(Box<Expr>),
    /// `Point { x: 1, y, ..base }`; the path may carry type arguments.
    StructLiteral { ty: Box<Type>, fields: Vec<FieldInit>, base: Option<Box<Expr>> },
    /// `.Circle(r)` is a `Call` of this; `.Red`.
    DotVariant(Ident),
    /// `\x: x * 2`, `async \x: …`, with an expression or a block.
    Lambda(Box<Lambda>),
    /// `yield e`, `yield`
    Yield(Option<Box<Expr>>),
    /// `yield from e`
    YieldFrom(Box<Expr>),
    /// `old(e)` in an `out` clause is an ordinary call; `self` is the name `self`.
    ///
    /// Something that could not be parsed; an error has been reported.
    Error,
}

/// The suffix of a number literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum NumberSuffix {
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    F32,
    F64,
}

/// Part of an interpolated string.
#[derive(Clone, Debug)]
pub enum StrPart {
    /// Text, escapes resolved.
    Text(String),
    /// `{expr}`, `{expr:spec}`; the span is that of the braces.
    Value { expr: Box<Expr>, spec: Option<Vec<StrPart>>, span: Span },
}

/// An entry of a dictionary literal.
#[derive(Clone, Debug)]
pub enum DictEntry {
    /// `k: v`
    Pair(Expr, Expr),
    /// `**d`
    Spread(Expr),
}

/// Which brackets a comprehension stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ComprehensionKind {
    Array,
    Set,
    /// In parentheses, or bare as the only argument of a call.
    Generator,
}

/// `for p in e`, or `if e`.
#[derive(Clone, Debug)]
pub enum ComprehensionClause {
    /// `for pattern in iterable`
    For { pattern: Pattern, iterable: Expr },
    /// `if condition`
    If(Expr),
}

/// Operators with one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum UnaryOp {
    Neg,
    BitNot,
    Not,
    Await,
    Spawn,
}

/// Operators with two operands, without comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum BinaryOp {
    Add,
    Sub,
    Mul,
    Div,
    FloorDiv,
    Rem,
    Pow,
    WrapAdd,
    WrapSub,
    WrapMul,
    BitAnd,
    BitOr,
    BitXor,
    Shl,
    Shr,
    And,
    Or,
    /// `??`
    Coalesce,
}

/// Comparison operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum CompareOp {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    In,
    NotIn,
}

/// `..` or `..=`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RangeLimits {
    /// `..`: without the end.
    HalfOpen,
    /// `..=`: with the end.
    Closed,
}

/// `if`, with its `elif`s in order.
#[derive(Clone, Debug)]
pub struct If {
    /// The condition of the `if` and of each `elif`, with its block.
    pub branches: Vec<(Condition, Block)>,
    /// The block of `else`.
    pub otherwise: Option<Block>,
}

/// What stands behind `if`, `elif` or `while`.
#[derive(Clone, Debug)]
pub enum Condition {
    /// An expression.
    Expr(Expr),
    /// `let P = e`
    Let { pattern: Pattern, value: Expr },
}

/// `with e as x:`
#[derive(Clone, Debug)]
pub struct With {
    /// The value whose `__enter__` and `__exit__` are called.
    pub value: Expr,
    /// What is bound.
    pub binding: Option<Pattern>,
    /// The block.
    pub body: Block,
}

/// An argument of a call.
#[derive(Clone, Debug)]
pub struct Arg {
    /// `c` of `c = 1` or `c: 1`.
    pub name: Option<Ident>,
    /// The value; a `Spread` for `*args`.
    pub value: Expr,
}

/// A field of a struct literal: `x: 1`, or `x`.
#[derive(Clone, Debug)]
pub struct FieldInit {
    /// The field.
    pub name: Ident,
    /// The value; without one the variable of that name.
    pub value: Option<Expr>,
}

/// A lambda.
#[derive(Clone, Debug)]
pub struct Lambda {
    /// Whether `async` stands before it.
    pub asyncness: Asyncness,
    /// Its parameters.
    pub params: Vec<Param>,
    /// Its body.
    pub body: LambdaBody,
}

/// Whether something is `async`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Asyncness {
    Sync,
    Async,
}

/// The body of a lambda.
#[derive(Clone, Debug)]
pub enum LambdaBody {
    /// One expression.
    Expr(Expr),
    /// An indented block.
    Block(Block),
}
