//! The compact code that `step` runs: words of eight bytes.
//!
//! A word is an opcode and three fields `a`, `b`, `c` of 16 bits: numbers of registers, or distances in words from the
//! *next* word (to a literal of the function's pool, to a jump target). Two fields together make a distance of 32 bits.
//! Where three fields do not suffice, the word behind is an extension: data of the same size.
//!
//! The code of one function lies together, all functions in one sequence, so calls too are distances:
//!
//! ```text
//! header    the size of the frame
//! code      what is run, from here
//! tables    of switches
//! literals  64-bit constants
//! ```
//!
//! Opcodes are numbered from the operation table: each row in each *form* (operands in registers or the pool, result
//! in a register or deciding a jump), then the structural instructions. Which form an opcode is says only where its
//! operands are; what it means stands in its row.

use tandem_mir::{LocId, Op};

/// One unit of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C, align(8))]
pub(crate) struct Word {
    pub opcode: u16,
    pub a: u16,
    pub b: u16,
    pub c: u16,
}

impl Word {
    /// An instruction.
    pub fn new(opcode: u16, a: u16, b: u16, c: u16) -> Word {
        Word { opcode, a, b, c }
    }

    /// An instruction with a distance in `b` and `c`.
    pub fn far(opcode: u16, a: u16, distance: i32) -> Word {
        Word { opcode, a, b: distance as u16, c: (distance >> 16) as u16 }
    }

    /// The distance in `b` and `c`.
    #[inline(always)]
    pub fn distance(self) -> i32 {
        (self.b as u32 | (self.c as u32) << 16) as i32
    }

    /// Data of 64 bits, as it lies in memory.
    pub fn literal(bits: u64) -> Word {
        let [a, b, c, d, e, f, g, h] = bits.to_ne_bytes();
        let field = |low, high| u16::from_ne_bytes([low, high]);
        Word { opcode: field(a, b), a: field(c, d), b: field(e, f), c: field(g, h) }
    }

    /// Data of two halves: the first in `opcode` and `a`, the second in `b` and `c`.
    pub fn pair(first: u32, second: u32) -> Word {
        Word { opcode: first as u16, a: (first >> 16) as u16, b: second as u16, c: (second >> 16) as u16 }
    }

    /// The first half of a pair.
    #[inline(always)]
    pub fn first(self) -> u32 {
        self.opcode as u32 | (self.a as u32) << 16
    }

    /// The second half of a pair.
    #[inline(always)]
    pub fn second(self) -> u32 {
        self.b as u32 | (self.c as u32) << 16
    }
}

/// A compiled program.
#[derive(Debug)]
pub(crate) struct Code {
    /// All functions, behind the word [`HALT`] to which the outermost frame returns.
    pub words: Vec<Word>,
    /// By word: the place of the instruction.
    pub locs: Vec<LocId>,
    /// By word: where in `roots` the list for the safepoint stands after which execution goes on at that word.
    pub root_lists: Vec<u32>,
    /// Lists of the registers that hold live references: their number, then they. The empty list stands first.
    pub roots: Vec<u32>,
    /// The first word of the entry function (its header stands before it).
    pub entry: u32,
}

impl Code {
    /// The place of the instruction that ends before the word `next`.
    pub fn loc_before(&self, next: usize) -> LocId {
        self.locs[next - 1]
    }

    /// The registers that hold live references in a frame that goes on at the word `next`.
    pub fn roots_at(&self, next: usize) -> &[u32] {
        let list = self.root_lists[next] as usize;
        let len = self.roots[list] as usize;
        &self.roots[list + 1..list + 1 + len]
    }
}

/// Rows of the operation table.
const ROWS: u16 = Op::ALL.len() as u16;

/// Where the operands of a row are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operands {
    /// All in registers.
    Registers,
    /// The left in a register, the right in the pool.
    ConstantRight,
    /// The left in the pool, the right in a register.
    ConstantLeft,
}

/// What becomes of the result of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// It goes to a register: `a`; the operands are `b` and `c`.
    Value,
    /// If it is true, execution goes on at the distance `c`; the operands are `a` and `b`.
    JumpIf,
    /// The same if it is false.
    JumpUnless,
    /// `JumpIf` that polls first: the back-edge of a loop.
    LoopIf,
}

/// The opcode of a row in a form.
pub(crate) const fn opcode(form: Form, operands: Operands, op: Op) -> u16 {
    (form as u16 * 3 + operands as u16) * ROWS + op as u16
}

const FORMS: u16 = 12;

/// Opcodes by row as constants, a module for each form, for `step` to match on.
macro_rules! define_opcodes {
    ($( $(#[doc = $doc:literal])+ $Op:ident = $name:literal ($($p:ident: $P:ident),*) -> $R:ident, $fx:ident
        { eval: $eval:expr, lower: |$f:ident| $lower:expr, } )*) => {
        define_opcodes!(@forms
            value Value Registers, value_rk Value ConstantRight, value_kr Value ConstantLeft,
            jump_if JumpIf Registers, jump_if_rk JumpIf ConstantRight, jump_if_kr JumpIf ConstantLeft,
            jump_unless JumpUnless Registers, jump_unless_rk JumpUnless ConstantRight,
            jump_unless_kr JumpUnless ConstantLeft,
            loop_if LoopIf Registers, loop_if_rk LoopIf ConstantRight, loop_if_kr LoopIf ConstantLeft,
            ; [$($Op)*]);
    };
    (@forms $($module:ident $form:ident $operands:ident,)* ; $ops:tt) => {
        $( define_opcodes!(@form $module $form $operands $ops); )*
    };
    (@form $module:ident $form:ident $operands:ident [$($Op:ident)*]) => {
        #[allow(non_upper_case_globals, dead_code)]
        pub(crate) mod $module {
            use super::{Form, Op, Operands, opcode};
            $( pub(crate) const $Op: u16 = opcode(Form::$form, Operands::$operands, Op::$Op); )*
        }
    };
}
tandem_mir::for_each_op!(define_opcodes);

/// Numbers the structural instructions behind the rows.
macro_rules! structural {
    ($( $(#[doc = $doc:literal])+ $NAME:ident )*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Structural { $($NAME,)* }
        $( $(#[doc = $doc])+ pub(crate) const $NAME: u16 = FORMS * ROWS + Structural::$NAME as u16; )*
    };
}

structural! {
    /// `a = b`
    COPY
    /// `first = second`, by the extension: registers beyond the 16 bits of a field
    COPY_FAR
    /// `a` = the literal at the distance
    CONST
    /// the register in the extension's first half = the literal at the distance
    CONST_FAR
    /// `a` = the string constant with that number
    CONST_STRING
    /// `a` = the lane of a module variable with that number
    GLOBAL_GET
    /// the lane of a module variable with that number = `a`
    GLOBAL_SET
    /// Goes on at the distance
    JUMP
    /// Polls, then goes on at the distance
    JUMP_BACK
    /// Goes on at the distance if `a` is true
    JUMP_IF
    /// Goes on at the distance if `a` is false
    JUMP_UNLESS
    /// By `a` through the table at the distance, which is relative to it: number of cases, distance of the default,
    /// the cases in order, their distances
    SWITCH
    /// The same where the cases follow each other: number of cases and distance of the default, the first case, their
    /// distances
    SWITCH_DENSE
    /// Calls the function at the distance; its frame begins at our register `a`
    CALL
    /// The same with the register in the extension (first half)
    CALL_FAR
    /// Returns; the results stand in the first registers
    RETURN
    /// Returns `a`
    RETURN_ONE
    /// Calls runtime function `a` without arguments; the extension's `b` and `c` are its results
    CALL_RT_0
    /// The same with the argument `b`
    CALL_RT_1
    /// The same with the arguments `b` and `c`
    CALL_RT_2
    /// The same with the arguments `b`, `c`, and the extension's first field
    CALL_RT_3
    /// The same with the arguments `b`, `c`, and the extension's first two fields
    CALL_RT_4
    /// The same with arguments that begin at the register in the extension's first half
    CALL_RT_MANY
    /// `a` = an object of as many lanes as the distance says, which begin at the register in the extension's second
    /// half; its first half is the shape
    TUPLE_LIT
    /// `a` = lane `c` of the object `b`
    FIELD_GET
    /// `a` = a lane of the object `b`, its number in the extension's first half
    FIELD_GET_FAR
    /// Polls
    WAIT
    /// Marks in `Context::executed` that the function with that name ran
    COUNT_EXECUTION
    /// Fails with fault `a`
    FAIL
    /// Fails with fault `a` and the message `b`
    FAIL_WITH
    /// Is never reached
    UNREACHABLE
    /// The outermost function has returned
    HALT
}
