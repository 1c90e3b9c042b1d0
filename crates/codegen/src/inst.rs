//! Structural instructions.

use cranelift_codegen::ir::immediates::Ieee64;
use cranelift_codegen::ir::{InstBuilder, types};
use tandem_mir::{BlockId, EntityRef, Inst, NameId, Value};
use tandem_runtime::context::{executed, offset};

use crate::function::{FunctionLowering, lane_type};
use crate::memory::Region;
use crate::op;

/// Emits the instruction that stands there.
pub(crate) fn lower(f: &mut FunctionLowering<'_>, inst: &Inst<Value>, at: (BlockId, usize)) {
    match inst {
        Inst::ConstInt { dst, value } => {
            let value = f.int(*value);
            f.bind(*dst, value);
        }
        Inst::ConstFloat { dst, bits } => {
            let value = f.ins().f64const(Ieee64::with_bits(*bits));
            f.bind(*dst, value);
        }
        Inst::ConstBool { dst, value } => {
            let value = f.bool(*value);
            f.bind(*dst, value);
        }
        Inst::ConstNil { dst } => {
            let value = f.int(0);
            f.bind(*dst, value);
        }
        Inst::ConstString { dst, constant } => {
            let cx = f.cx;
            let constants = f.load(types::I64, Region::Fixed, cx, offset::CONSTANTS);
            let value = f.load(types::I64, Region::Fixed, constants, 8 * constant.index());
            f.bind(*dst, value);
        }
        Inst::Copy { dst, src } => {
            let value = f.value(*src);
            f.bind(*dst, value);
        }
        Inst::UnaryOp { dst, op, arg } => {
            let arg = f.value(*arg);
            let value = op::lower(f, *op, &[arg]);
            f.bind(*dst, value);
        }
        Inst::BinOp { dst, op, lhs, rhs } => {
            let args = [f.value(*lhs), f.value(*rhs)];
            let value = op::lower(f, *op, &args);
            f.bind(*dst, value);
        }
        Inst::Call { dsts, function, args } => f.lower_call(dsts, *function, args, at),
        Inst::CallRt { dsts, function, args } => f.lower_runtime_call(dsts, function, args, at),
        Inst::GlobalGet { dst, global } => {
            let ty = lane_type(f.program.globals[*global]);
            let cx = f.cx;
            let globals = f.load(types::I64, Region::Fixed, cx, offset::GLOBALS);
            let value = f.load(ty, Region::Globals, globals, 8 * global.index());
            f.bind(*dst, value);
        }
        Inst::GlobalSet { global, src } => {
            let value = f.value(*src);
            let cx = f.cx;
            let globals = f.load(types::I64, Region::Fixed, cx, offset::GLOBALS);
            f.store(Region::Globals, value, globals, 8 * global.index());
        }
        Inst::TupleLit { dst, shape, lanes } => f.lower_tuple(*dst, *shape, lanes, at),
        Inst::FieldGet { dst, object, shape, index } => f.lower_field_get(*dst, *object, *shape, *index),
        Inst::Wait => f.poll(at),
        Inst::CountExecution { name } => count_execution(f, *name),
    }
}

/// Marks that the function ran natively.
fn count_execution(f: &mut FunctionLowering<'_>, name: NameId) {
    let cx = f.cx;
    let marks = f.load(types::I64, Region::Fixed, cx, offset::EXECUTED);
    let mark = f.load(types::I8, Region::Executed, marks, name.index());
    let native = f.ins().iconst(types::I8, i64::from(executed::NATIVE));
    let mark = f.ins().bor(mark, native);
    f.store(Region::Executed, mark, marks, name.index());
}
