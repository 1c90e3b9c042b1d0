//! The two forms of MIR, told apart by their operands.

use std::fmt::{Debug, Display};
use std::hash::Hash;

use cranelift_entity::EntityRef;

use crate::{Reg, Value};

/// Which form a program is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Mutable registers, no block parameters.
    Slots,
    /// Values, each defined once, and block parameters.
    Ssa,
}

/// An operand of instructions: what analyses, verifier and text form need to be generic.
pub trait Operand: EntityRef + Hash + Ord + Display + Debug {
    /// The form whose operands these are.
    const FORM: Form;
    /// What it is printed with, before its number.
    const PREFIX: &'static str;
}

impl Operand for Reg {
    const FORM: Form = Form::Slots;
    const PREFIX: &'static str = "r";
}

impl Operand for Value {
    const FORM: Form = Form::Ssa;
    const PREFIX: &'static str = "v";
}
