//! The runtime errors of the language.

/// Why a program fails: the codes R0001 to R0028 of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Fault {
    Overflow = 1,
    DivisionByZero = 2,
    OutOfBounds = 3,
    KeyNotFound = 4,
    ShiftCount = 5,
    NilValue = 6,
    Conversion = 7,
    Assertion = 8,
    Panic = 9,
    NoMatch = 10,
    Contract = 11,
    StackOverflow = 12,
    OutOfMemory = 13,
    Deadlock = 14,
    GeneratorRunning = 15,
    ChangedWhileIterating = 16,
    NotSet = 17,
    WrongType = 18,
    UnwrapErr = 19,
    NegativeExponent = 20,
    Cancelled = 21,
    CannotBeSent = 22,
    Limit = 23,
    Eval = 24,
    Io = 25,
    Frozen = 26,
    Cyclic = 27,
    BadArgument = 28,
}

impl Fault {
    /// Every fault, in the order of the codes.
    pub const ALL: [Fault; 28] = [
        Fault::Overflow,
        Fault::DivisionByZero,
        Fault::OutOfBounds,
        Fault::KeyNotFound,
        Fault::ShiftCount,
        Fault::NilValue,
        Fault::Conversion,
        Fault::Assertion,
        Fault::Panic,
        Fault::NoMatch,
        Fault::Contract,
        Fault::StackOverflow,
        Fault::OutOfMemory,
        Fault::Deadlock,
        Fault::GeneratorRunning,
        Fault::ChangedWhileIterating,
        Fault::NotSet,
        Fault::WrongType,
        Fault::UnwrapErr,
        Fault::NegativeExponent,
        Fault::Cancelled,
        Fault::CannotBeSent,
        Fault::Limit,
        Fault::Eval,
        Fault::Io,
        Fault::Frozen,
        Fault::Cyclic,
        Fault::BadArgument,
    ];

    /// `3` of `R0003`.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The fault with this number.
    pub fn from_number(number: u8) -> Option<Fault> {
        Self::ALL.get(number.checked_sub(1)? as usize).copied()
    }

    /// What the report says when the failing place gives no message of its own.
    pub fn words(self) -> &'static str {
        match self {
            Fault::Overflow => "integer overflow",
            Fault::DivisionByZero => "division by zero",
            Fault::OutOfBounds => "out of bounds",
            Fault::KeyNotFound => "key not found",
            Fault::ShiftCount => "shift count",
            Fault::NilValue => "nil where a value is needed",
            Fault::Conversion => "conversion failed",
            Fault::Assertion => "assertion failed",
            Fault::Panic => "panic",
            Fault::NoMatch => "no matching arm",
            Fault::Contract => "contract violated",
            Fault::StackOverflow => "stack overflow",
            Fault::OutOfMemory => "out of memory",
            Fault::Deadlock => "deadlock",
            Fault::GeneratorRunning => "generator already running",
            Fault::ChangedWhileIterating => "changed while iterating",
            Fault::NotSet => "used before it is set",
            Fault::WrongType => "wrong type",
            Fault::UnwrapErr => "unwrap of Err",
            Fault::NegativeExponent => "negative exponent",
            Fault::Cancelled => "cancelled",
            Fault::CannotBeSent => "cannot be sent",
            Fault::Limit => "limit reached",
            Fault::Eval => "error in eval",
            Fault::Io => "I/O error",
            Fault::Frozen => "frozen value",
            Fault::Cyclic => "cyclic value",
            Fault::BadArgument => "bad argument",
        }
    }
}

/// The proof that a failure has been recorded in the context ([`crate::Context::fail`]): whoever holds one returns it
/// until the engine takes over.
#[derive(Debug, PartialEq, Eq)]
#[must_use]
pub struct Failed(pub(crate) ());

impl Failed {
    pub(crate) fn recorded() -> Self {
        Failed(())
    }
}
