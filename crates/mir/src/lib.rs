//! MIR: the instruction set of all engines, in two containers.
//!
//! The *slot form* has mutable registers ([`Reg`]); lowering makes it, the interpreter runs it. *SSA* has values
//! ([`Value`]) and block parameters; optimisation and native code use it. Both are the same generic types.
#![forbid(unsafe_code)]

pub mod analysis;
pub mod builder;
mod count;
mod entity;
pub mod eval;
mod form;
mod inst;
pub mod lower;
mod op;
pub mod opt;
pub mod places;
mod program;
pub mod ssa;
pub mod text;
pub mod verify;
mod visit;

pub use count::count_executions;
pub use cranelift_entity::{EntityRef, PrimaryMap, SecondaryMap};
pub use entity::{BlockId, ConstId, FnId, GlobalId, LocId, NameId, Reg, ShapeId, Value};
pub use form::{Form, Operand};
pub use inst::{Edge, Inst, Operands, Terminator};
pub use op::{Effect, Op, OpInfo};
pub use program::{Block, Function, FunctionName, Loc, Program, Temperature};
pub use tandem_runtime::ffi::Lane;
pub use visit::Role;
