//! Structural instructions and terminators.
//!
//! Generic over the operand: [`Reg`](crate::Reg) in the slot form (a destination may be assigned many times),
//! [`Value`](crate::Value) in SSA (once). Regular value operations are rows of the operation table ([`crate::Op`]) and
//! appear here only as `UnaryOp` and `BinOp`.

use smallvec::SmallVec;
use tandem_runtime::{Fault, ffi::RtFn};

use crate::{BlockId, ConstId, FnId, GlobalId, NameId, Op, ShapeId};

/// Operands of a call.
pub type Operands<V> = SmallVec<[V; 4]>;

/// An instruction.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)] // the fields are explained by the line above the variant
pub enum Inst<V> {
    /// `dst = value`
    ConstInt { dst: V, value: i64 },
    /// `dst = value`, compared and printed by its bits
    ConstFloat { dst: V, bits: u64 },
    /// `dst = value`
    ConstBool { dst: V, value: bool },
    /// `dst` = the null reference
    ConstNil { dst: V },
    /// `dst` = a string constant
    ConstString { dst: V, constant: ConstId },
    /// `dst = src`; in SSA only until copies are propagated
    Copy { dst: V, src: V },
    /// `dst = op arg`, conversions included
    UnaryOp { dst: V, op: Op, arg: V },
    /// `dst = lhs op rhs`
    BinOp { dst: V, op: Op, lhs: V, rhs: V },
    /// `dsts = function(args)`
    Call { dsts: Operands<V>, function: FnId, args: Operands<V> },
    /// `dsts = runtime function(args)`
    CallRt { dsts: Operands<V>, function: &'static RtFn, args: Operands<V> },
    /// `dst` = a lane of a module variable
    GlobalGet { dst: V, global: GlobalId },
    /// a lane of a module variable = `src`
    GlobalSet { global: GlobalId, src: V },
    /// `dst` = a new object of that shape with these lanes (a safepoint): a tuple of more than four lanes
    TupleLit { dst: V, shape: ShapeId, lanes: Operands<V> },
    /// `dst` = lane `index` of an object made by `TupleLit`
    FieldGet { dst: V, object: V, shape: ShapeId, index: u32 },
    /// Safepoint and poll, at the back-edge of every loop
    Wait,
    /// Test builds only, first in each function, kept when it is inlined: marks in `Context::executed[name]` that the
    /// function ran, and how: `executed::NATIVE` by native code, `executed::INTERPRETED` by the interpreter
    CountExecution { name: NameId },
}

/// How a block ends.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Terminator<V> {
    /// Leaves the function with its result lanes.
    Return { values: Operands<V> },
    /// Goes on at a block.
    Jump { to: Edge<V> },
    /// Goes on by a `Bool`.
    Branch { condition: V, then: Edge<V>, otherwise: Edge<V> },
    /// Goes on by an `Int`; the cases are distinct.
    Switch { on: V, cases: Vec<(i64, Edge<V>)>, default: Edge<V> },
    /// Fails; the message is a string, without one the words of the fault.
    Fail { fault: Fault, message: Option<V> },
    /// Never reached, by construction (behind a call that does not come back).
    Unreachable,
}

/// A target block and the arguments for its parameters (none in the slot form).
#[derive(Clone, Debug, PartialEq)]
pub struct Edge<V> {
    /// The target.
    pub block: BlockId,
    /// One argument per parameter.
    pub args: Operands<V>,
}
