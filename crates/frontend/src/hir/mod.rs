//! HIR: the checked program, typed and desugared.
//!
//! One [`Function`] per instance: a function of the source checked for one set of argument types. Every expression
//! has its final type; every conversion that the language inserts is written out ([`ExprKind::Convert`], `Some`,
//! `Unwrap`), so operands of an operation have equal types and arguments fit parameters exactly. Names are ids.
//! Evaluation order is the order of the tree: left to right, children before parents; where the source asks for
//! another order (named arguments), the checker has put temporaries.
//!
//! Desugared by the checker: compound assignment, chained comparisons, `elif`, `while` (`Loop` with an `If`),
//! `for … in` patterns, `if let` and `while let` (`Match`), `a if c else b`, `x->m()`, defaults and rest arguments,
//! implicit results, `assert` (`If` with `Fail`), interpolation and printing (`Format`), `const`s (inlined).

mod dump;
pub(crate) mod globals;
mod verify;
mod visit;

use cranelift_entity::{PrimaryMap, entity_impl};
use tandem_runtime::{Fault, ffi::RtFn, image::FrameVisibility};
use tandem_source::Span;

use crate::ty::{Ty, Types};

pub use dump::dump;
pub use verify::verify;

macro_rules! entities {
    ($($(#[doc = $doc:literal])+ $Name:ident = $prefix:literal;)*) => { $(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $Name(u32);
        entity_impl!($Name, $prefix);
    )* };
}

entities! {
    /// An instance of a function.
    FnId = "fn";
    /// A function of the source, whatever its instances.
    FnDeclId = "decl";
    /// A variable of a function.
    LocalId = "local";
    /// A module variable that functions can see.
    GlobalId = "global";
    /// A loop, for `Break` and `Continue`; unique in its function.
    LoopId = "loop";
}

/// A checked program.
#[derive(Debug)]
pub struct Program {
    /// All types.
    pub types: Types,
    /// All instances that can be reached.
    pub functions: PrimaryMap<FnId, Function>,
    /// Module variables that functions can see; others are locals of `<script>`.
    pub globals: PrimaryMap<GlobalId, Global>,
    /// Names of the functions of the source, for printing `<fn name>`.
    pub declarations: PrimaryMap<FnDeclId, String>,
    /// A hidden function without parameters that gives the exit status as an `int`: it runs the modules'
    /// statements in the order of initialisation, those of the script (`<script>`), then `main`.
    pub entry: FnId,
}

/// A module variable.
#[derive(Debug)]
pub struct Global {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Ty,
    /// Whether a function may read it before it is set (R0017): then reads check.
    pub initialisation: Initialisation,
}

/// What is known about a module variable when functions run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Initialisation {
    SetBeforeUse,
    CheckedAtUse,
}

/// An instance of a function.
#[derive(Debug)]
pub struct Function {
    /// As backtraces show it: `pick`, `str.find`, `<script>`.
    pub name: String,
    /// Functions of the standard library and the entry are hidden in backtraces.
    pub visibility: FrameVisibility,
    /// Parameters, in order; also in `locals`.
    pub params: Vec<LocalId>,
    /// Type of the result.
    pub result: Ty,
    /// All variables, temporaries included.
    pub locals: PrimaryMap<LocalId, Local>,
    /// What it does.
    pub body: Body,
    /// Its signature in the source.
    pub span: Span,
}

/// The body of a function.
#[derive(Debug)]
pub enum Body {
    /// The value of the expression (of type `result` or `Never`) is returned.
    Expr(Expr),
    /// A function of the runtime with the same lanes.
    Extern(&'static RtFn),
}

/// A variable.
#[derive(Debug)]
pub struct Local {
    /// Its name; empty for a temporary.
    pub name: String,
    /// Its type.
    pub ty: Ty,
    /// Where it is bound.
    pub span: Span,
}

/// An expression.
#[derive(Debug)]
pub struct Expr {
    /// What it computes.
    pub kind: ExprKind,
    /// The type of its value.
    pub ty: Ty,
    /// Where it stands: the place of an error when this very operation fails, and of a frame when it is a call.
    pub span: Span,
}

/// The forms of expressions.
#[derive(Debug)]
#[allow(missing_docs)]
pub enum ExprKind {
    /// A number of any integer type, by its bits.
    Int(i64),
    Float(f64),
    Bool(bool),
    /// `nil` of type `Nil` or of any option.
    Nil,
    Str(String),
    /// The value of a type without lanes (`FnItem`).
    Unit,
    Local(LocalId),
    Global(GlobalId),
    /// Elements in order.
    Tuple(Vec<Expr>),
    /// Element of a tuple.
    TupleGet {
        tuple: Box<Expr>,
        index: usize,
    },
    /// A range; `step` is `None` for 1.
    Range {
        start: Box<Expr>,
        end: Box<Expr>,
        step: Option<Box<Expr>>,
        closed: bool,
    },
    /// An array of elements of one type.
    Array(Vec<Expr>),
    Unary {
        op: UnaryOp,
        operand: Box<Expr>,
    },
    /// Operands of equal type, number or `bool` (for bits); shifts: the count is an `int`. `str + str` and `str * int`
    /// are calls of library functions.
    Binary {
        op: BinaryOp,
        lhs: Box<Expr>,
        rhs: Box<Expr>,
    },
    /// Operands of equal type: numbers, bools, strings, tuples, options, arrays, ranges. Or an int type and a float type
    /// (compared by exact value). `Lt` and `Le` only on ordered types.
    Compare {
        op: CompareOp,
        lhs: Box<Expr>,
        rhs: Box<Expr>,
    },
    /// Stops early.
    And(Box<Expr>, Box<Expr>),
    /// Stops early.
    Or(Box<Expr>, Box<Expr>),
    /// The value of an option, else the other expression: of type `T`, or itself an option.
    Coalesce {
        option: Box<Expr>,
        otherwise: Box<Expr>,
    },
    /// A conversion to `ty` of the expression.
    Convert {
        kind: Conversion,
        operand: Box<Expr>,
    },
    /// `T` to `T?`
    Some(Box<Expr>),
    /// Whether an option has a value.
    IsSome(Box<Expr>),
    /// `T?` to `T`; fails with R0006 and this message.
    Unwrap {
        option: Box<Expr>,
        message: String,
    },
    /// `T?` to `T` where narrowing has shown that there is a value.
    Narrow(Box<Expr>),
    /// Arguments in the order of the parameters.
    Call {
        function: FnId,
        args: Vec<Expr>,
    },
    /// Text from parts, in order; every part is evaluated before anything is formatted. What is done with the text
    /// decides the type: `str`, or `Nil`.
    Format {
        parts: Vec<FormatPart>,
        sink: Sink,
    },
    /// Fails; the message has type `str`, without one the words of the fault are used.
    Fail {
        fault: Fault,
        message: Option<Box<Expr>>,
    },
    /// Ends the program with an `int` status.
    Exit(Box<Expr>),
    Block(Block),
    /// Without `otherwise` the type is `Nil`.
    If {
        condition: Box<Expr>,
        then: Box<Expr>,
        otherwise: Option<Box<Expr>>,
    },
    /// Arms are tried in order. If none fits: R0010 (`Exhaustive` matches never get there).
    Match {
        scrutinee: Box<Expr>,
        arms: Vec<Arm>,
        coverage: Coverage,
    },
    /// Runs the body until a `Break`, whose value is the loop's.
    Loop {
        id: LoopId,
        body: Box<Expr>,
    },
    /// Binds `binding` to each element; `Continue` goes to the next one.
    For {
        id: LoopId,
        binding: LocalId,
        iterable: Iterable,
        body: Box<Expr>,
    },
    Break {
        id: LoopId,
        value: Option<Box<Expr>>,
    },
    Continue {
        id: LoopId,
    },
    /// Leaves the function.
    Return(Option<Box<Expr>>),
    /// Assigns; of type `Nil`.
    SetLocal {
        local: LocalId,
        value: Box<Expr>,
    },
    /// Assigns a module variable and marks it as set.
    SetGlobal {
        global: GlobalId,
        value: Box<Expr>,
    },
}

/// Statements and the value behind them.
#[derive(Debug)]
pub struct Block {
    /// Evaluated in order; their values are dropped.
    pub stmts: Vec<Stmt>,
    /// The value; without one the block is `Nil` (or `Never`).
    pub value: Option<Box<Expr>>,
}

/// A statement.
#[derive(Debug)]
#[allow(missing_docs)]
pub enum Stmt {
    Expr(Expr),
    /// `let`: initialises a variable, anew in each turn of a loop.
    Let {
        local: LocalId,
        value: Expr,
    },
    /// `let` with a pattern. `message`: what R0010 says if it does not match; none if it always does.
    LetPattern {
        pattern: Pattern,
        value: Expr,
        message: Option<String>,
    },
}

/// Operators with one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum UnaryOp {
    Neg,
    BitNot,
    Not,
}

/// Operators with two operands of equal numeric type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum BinaryOp {
    Add,
    Sub,
    Mul,
    Div,
    FloorDiv,
    Rem,
    /// `a.mod(b)`
    Mod,
    Pow,
    WrapAdd,
    WrapSub,
    WrapMul,
    BitAnd,
    BitOr,
    BitXor,
    Shl,
    Shr,
}

/// Comparisons; `>` and `>=` are kept for messages and order of evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum CompareOp {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    /// Identity of references (`is`); `Eq` on types without identity has been chosen by the checker.
    Same,
}

/// Conversions between types of known kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// To an integer type that holds every value of the operand's.
    Widen,
    /// `i32(x)`, `int(x)`: fails with R0007 when the value does not fit.
    Checked,
    /// `x.wrap_i32()`
    Wrap,
    /// Integer to `float` or `f32`.
    IntToFloat,
    /// `float` to an integer, truncated; fails with R0007 when out of range or NaN.
    FloatToInt,
    /// `float` to `f32`, or `f32` to `float`.
    FloatToFloat,
    /// `bool` to an integer.
    BoolToInt,
}

/// Part of a formatted text.
#[derive(Debug)]
#[allow(missing_docs)]
pub enum FormatPart {
    Text(String),
    /// `spec` is of type `str`.
    Value {
        value: Expr,
        form: Form,
        spec: Option<Box<Expr>>,
    },
}

/// How a value is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As `print` does.
    Display,
    /// As inside a collection.
    Repr,
}

/// Where formatted text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Sink {
    String,
    StandardOutput,
    StandardError,
}

/// What a `for` goes over.
#[derive(Debug)]
#[allow(missing_docs)]
pub enum Iterable {
    /// A value of type `Range`. When it is an `ExprKind::Range`, no range is made.
    Range(Box<Expr>),
    /// Its characters.
    Str(Box<Expr>),
    /// By index; sees elements appended meanwhile.
    Array(Box<Expr>),
}

/// An arm of a match.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Arm {
    pub pattern: Pattern,
    pub guard: Option<Expr>,
    pub body: Expr,
}

/// Whether the arms of a match cover every value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Coverage {
    Exhaustive,
    Partial,
}

/// A pattern for a value of type `ty`.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Pattern {
    pub kind: PatternKind,
    pub ty: Ty,
    pub span: Span,
}

/// The forms of patterns.
#[derive(Debug)]
#[allow(missing_docs)]
pub enum PatternKind {
    Wildcard,
    /// Binds the value, and matches `inner` if there is one.
    Bind {
        local: LocalId,
        inner: Option<Box<Pattern>>,
    },
    /// Equal to a constant expression (a literal) of the same type.
    Equal(Box<Expr>),
    /// Between constants of the same type; `closed` includes the end.
    Range {
        start: Option<Box<Expr>>,
        end: Option<Box<Expr>>,
        closed: bool,
    },
    /// Elements in order.
    Tuple(Vec<Pattern>),
    /// An option that has a value.
    Some(Box<Pattern>),
    /// `nil`
    Nil,
    /// One of them; all bind the same locals.
    Or(Vec<Pattern>),
}
