//! The `lower` side of the operation table.
//!
//! In a row `f` is the [`FunctionLowering`]: `f.ins()` is Cranelift's instruction builder, `f.fail_if` leaves through a
//! cold block, and [`crate::arithmetic`] has what takes more than one instruction.

use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{self, InstBuilder, types};
use tandem_mir::{Op, for_each_op};
use tandem_runtime::Fault;

use crate::function::FunctionLowering;

macro_rules! define_lower {
    ($( $(#[doc = $doc:literal])+ $Op:ident = $name:literal ($($p:ident: $P:ident),*) -> $R:ident, $fx:ident
        { eval: $eval:expr, lower: |$f:ident| $lower:expr, } )*) => {
        /// Emits an operation.
        pub(crate) fn lower(f: &mut FunctionLowering<'_>, op: Op, args: &[ir::Value]) -> ir::Value {
            match op { $( Op::$Op => {
                let [$($p),*] = *args else { unreachable!("verified: an operation has its number of operands") };
                let $f = f;
                $lower
            } )* }
        }
    };
}
for_each_op!(define_lower);
