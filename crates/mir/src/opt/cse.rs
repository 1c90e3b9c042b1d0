//! Common subexpressions: what has been computed above, from the same operands, is not computed again. That holds for
//! operations that fail too: where the second runs, the first has not failed.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::Substitution;
use crate::analysis::{Cfg, Dominators};
use crate::{BlockId, EntityRef, Function, Inst, Op, Operands, SecondaryMap, Value};

/// What an instruction computes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Computation {
    Int(i64),
    Float(u64),
    Bool(bool),
    Nil,
    String(u32),
    Op(Op, SmallVec<[Value; 2]>),
    Runtime(u16, Operands<Value>),
    Field(Value, u32, u32),
}

enum Step {
    Visit(BlockId),
    /// Forgets what was computed in the block that is left.
    Leave(usize),
}

/// Merges equal computations.
pub fn merge_equal(function: &mut Function<Value>) {
    let cfg = Cfg::new(function);
    let tree = Dominators::new(&cfg);
    let mut children: SecondaryMap<BlockId, Vec<BlockId>> = SecondaryMap::new();
    for &block in cfg.reverse_postorder() {
        if let Some(parent) = tree.parent(block) {
            children[parent].push(block);
        }
    }
    let mut substitution = Substitution::new();
    let mut known: FxHashMap<Computation, Operands<Value>> = FxHashMap::default();
    let mut added: Vec<Computation> = Vec::new();
    let mut steps: Vec<Step> = function.entry().map(Step::Visit).into_iter().collect();
    while let Some(step) = steps.pop() {
        match step {
            Step::Leave(len) => added.drain(len..).for_each(|computation| {
                known.remove(&computation);
            }),
            Step::Visit(block) => {
                steps.push(Step::Leave(added.len()));
                steps.extend(children[block].iter().map(|child| Step::Visit(*child)));
                function.blocks[block].insts.retain_mut(|(inst, _)| {
                    inst.replace_reads(|v| substitution.resolve(v));
                    let Some(computation) = computation(inst) else { return true };
                    if let Some(values) = known.get(&computation) {
                        inst.dsts().iter().zip(values).for_each(|(dst, value)| substitution.replace(*dst, *value));
                        return false;
                    }
                    known.insert(computation.clone(), inst.dsts().into());
                    added.push(computation);
                    true
                });
            }
        }
    }
    substitution.apply(function);
}

fn computation(inst: &Inst<Value>) -> Option<Computation> {
    match inst {
        Inst::ConstInt { value, .. } => Some(Computation::Int(*value)),
        Inst::ConstFloat { bits, .. } => Some(Computation::Float(*bits)),
        Inst::ConstBool { value, .. } => Some(Computation::Bool(*value)),
        Inst::ConstNil { .. } => Some(Computation::Nil),
        Inst::ConstString { constant, .. } => Some(Computation::String(constant.as_u32())),
        Inst::UnaryOp { op, arg, .. } => Some(Computation::Op(*op, SmallVec::from_slice(&[*arg]))),
        Inst::BinOp { op, lhs, rhs, .. } => {
            let (a, b) = if is_commutative(*op) && lhs.index() > rhs.index() { (rhs, lhs) } else { (lhs, rhs) };
            Some(Computation::Op(*op, SmallVec::from_slice(&[*a, *b])))
        }
        Inst::CallRt { function, args, .. } => {
            let is_pure = function.effects.pure && !function.effects.fails;
            is_pure.then(|| Computation::Runtime(function.index, args.clone()))
        }
        Inst::FieldGet { object, shape, index, .. } => Some(Computation::Field(*object, shape.as_u32(), *index)),
        Inst::Copy { .. }
        | Inst::Call { .. }
        | Inst::GlobalGet { .. }
        | Inst::GlobalSet { .. }
        | Inst::TupleLit { .. }
        | Inst::Wait
        | Inst::CountExecution { .. } => None,
    }
}

/// Whether the operands may be exchanged, with the same bits as the result (so no floats: which NaN comes out depends
/// on their order).
fn is_commutative(op: Op) -> bool {
    matches!(
        op,
        Op::IntAdd
            | Op::IntMul
            | Op::IntWrapAdd
            | Op::IntWrapMul
            | Op::IntAnd
            | Op::IntOr
            | Op::IntXor
            | Op::IntEq
            | Op::IntNe
            | Op::UIntAdd
            | Op::UIntMul
            | Op::BoolAnd
            | Op::BoolOr
            | Op::BoolEq
            | Op::BoolNe
            | Op::RefEq
    )
}
