//! Evaluates one operation of the table on raw 64-bit lanes: what the constant folder and the derived tests use. The
//! interpreter's `step` expands the same rows in place.

use tandem_runtime::Fault;

use crate::{Op, for_each_op};

/// A Rust type that is kept in one lane.
pub trait Slot: Sized {
    /// Reads it from a lane.
    fn from_bits(bits: u64) -> Self;
    /// Writes it to a lane.
    fn to_bits(self) -> u64;
}

impl Slot for i64 {
    fn from_bits(bits: u64) -> Self {
        bits as i64
    }
    fn to_bits(self) -> u64 {
        self as u64
    }
}

impl Slot for f64 {
    fn from_bits(bits: u64) -> Self {
        f64::from_bits(bits)
    }
    fn to_bits(self) -> u64 {
        self.to_bits()
    }
}

impl Slot for bool {
    fn from_bits(bits: u64) -> Self {
        bits != 0
    }
    fn to_bits(self) -> u64 {
        self as u64
    }
}

impl Slot for u64 {
    fn from_bits(bits: u64) -> Self {
        bits
    }
    fn to_bits(self) -> u64 {
        self
    }
}

/// What a row's `eval` may give: a value, or a value or a fault.
pub trait Outcome<T> {
    /// As a result.
    fn outcome(self) -> Result<T, Fault>;
}

impl<T: Slot> Outcome<T> for T {
    #[inline(always)]
    fn outcome(self) -> Result<T, Fault> {
        Ok(self)
    }
}

impl<T: Slot> Outcome<T> for Result<T, Fault> {
    #[inline(always)]
    fn outcome(self) -> Result<T, Fault> {
        self
    }
}

/// The Rust type of each lane, by the lane's name in the table.
#[allow(missing_docs)]
pub mod rust_type {
    pub type Int = i64;
    pub type Float = f64;
    pub type Bool = bool;
    pub type Ref = u64;
}

macro_rules! define_eval {
    ($( $(#[doc = $doc:literal])+ $Op:ident = $name:literal ($($p:ident: $P:ident),*) -> $R:ident, $fx:ident
        { eval: $eval:expr, lower: |$f:ident| $lower:expr, } )*) => {
        /// The result of `op` on `args`, whose number is that of the operands.
        pub fn eval(op: Op, args: &[u64]) -> Result<u64, Fault> {
            match op { $( Op::$Op => {
                let [$($p),*] = *args else { unreachable!("verified: an operation has its number of operands") };
                $( let $p = <rust_type::$P as Slot>::from_bits($p); )*
                let result: rust_type::$R = Outcome::<rust_type::$R>::outcome($eval)?;
                Ok(Slot::to_bits(result))
            } )* }
        }
    };
}
for_each_op!(define_eval);
