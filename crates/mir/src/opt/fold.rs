//! Constant folding: operations on constants are computed by the table's own `eval`, operations that change nothing or
//! have a simpler form are replaced, and branches on constants become jumps. What fails stays, to fail when it runs.

#![allow(clippy::wildcard_enum_match_arm)] // the rules are about some operations, the others stay

use cranelift_entity::SecondaryMap;

use super::Substitution;
use crate::analysis::Cfg;
use crate::eval::{Slot, eval};
use crate::{ConstId, Function, Inst, Lane, Op, Terminator, Value};

/// A value known before the program runs.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Constant {
    Int(i64),
    Float(u64),
    Bool(bool),
    Nil,
    String(#[allow(dead_code)] ConstId),
}

impl Constant {
    /// As `eval` takes it; references are not evaluated.
    fn bits(self) -> Option<u64> {
        match self {
            Constant::Int(value) => Some(value as u64),
            Constant::Float(bits) => Some(bits),
            Constant::Bool(value) => Some(value.into()),
            Constant::Nil | Constant::String(_) => None,
        }
    }
}

/// What is known about values.
#[derive(Default)]
struct Known {
    constants: SecondaryMap<Value, Option<Constant>>,
    operations: SecondaryMap<Value, Option<Operation>>,
}

/// An operation that defined a value; one operand stands twice.
#[derive(Clone, Copy)]
struct Operation {
    op: Op,
    lhs: Value,
    rhs: Value,
}

/// What an operation is instead.
enum Simpler {
    Constant(Constant),
    Value(Value),
    Unary(Op, Value),
    Binary(Op, Value, Value),
}

/// Folds constants.
pub fn fold(function: &mut Function<Value>) {
    let cfg = Cfg::new(function);
    let mut known = Known::default();
    let mut substitution = Substitution::new();
    for &id in cfg.reverse_postorder() {
        let block = &mut function.blocks[id];
        for (inst, _) in &mut block.insts {
            inst.replace_reads(|v| substitution.resolve(v));
            let Some((op, dst, lhs, rhs)) = operation(inst) else {
                known.note(inst);
                continue;
            };
            match known.simplify(op, lhs, rhs) {
                Some(Simpler::Constant(constant)) => *inst = materialise(constant, dst),
                Some(Simpler::Value(value)) => {
                    substitution.replace(dst, value);
                    *inst = Inst::Copy { dst, src: value };
                }
                Some(Simpler::Unary(op, arg)) => *inst = Inst::UnaryOp { dst, op, arg },
                Some(Simpler::Binary(op, lhs, rhs)) => *inst = Inst::BinOp { dst, op, lhs, rhs },
                None => {}
            }
            known.note(inst);
        }
        block.terminator.replace_reads(|v| substitution.resolve(v));
        known.simplify_terminator(&mut block.terminator);
    }
    substitution.apply(function);
}

fn operation(inst: &Inst<Value>) -> Option<(Op, Value, Value, Option<Value>)> {
    match inst {
        Inst::UnaryOp { dst, op, arg } => Some((*op, *dst, *arg, None)),
        Inst::BinOp { dst, op, lhs, rhs } => Some((*op, *dst, *lhs, Some(*rhs))),
        _ => None,
    }
}

fn materialise(constant: Constant, dst: Value) -> Inst<Value> {
    match constant {
        Constant::Int(value) => Inst::ConstInt { dst, value },
        Constant::Float(bits) => Inst::ConstFloat { dst, bits },
        Constant::Bool(value) => Inst::ConstBool { dst, value },
        Constant::Nil => Inst::ConstNil { dst },
        Constant::String(constant) => Inst::ConstString { dst, constant },
    }
}

impl Known {
    fn note(&mut self, inst: &Inst<Value>) {
        let (dst, constant) = match inst {
            Inst::ConstInt { dst, value } => (dst, Constant::Int(*value)),
            Inst::ConstFloat { dst, bits } => (dst, Constant::Float(*bits)),
            Inst::ConstBool { dst, value } => (dst, Constant::Bool(*value)),
            Inst::ConstNil { dst } => (dst, Constant::Nil),
            Inst::ConstString { dst, constant } => (dst, Constant::String(*constant)),
            other => {
                if let Some((op, dst, lhs, rhs)) = operation(other) {
                    self.operations[dst] = Some(Operation { op, lhs, rhs: rhs.unwrap_or(lhs) });
                }
                return;
            }
        };
        self.constants[*dst] = Some(constant);
    }

    fn simplify(&self, op: Op, lhs: Value, rhs: Option<Value>) -> Option<Simpler> {
        let a = self.constants[lhs];
        let b = rhs.map(|rhs| self.constants[rhs]);
        let args = match b {
            None => a.and_then(Constant::bits).map(|a| vec![a]),
            Some(b) => a.and_then(Constant::bits).zip(b.and_then(Constant::bits)).map(|(a, b)| vec![a, b]),
        };
        if let Some(args) = args {
            let bits = eval(op, &args).ok()?;
            return Some(Simpler::Constant(match op.info().result {
                Lane::Int => Constant::Int(i64::from_bits(bits)),
                Lane::Float => Constant::Float(bits),
                Lane::Bool => Constant::Bool(bool::from_bits(bits)),
                Lane::Ref => return None,
            }));
        }
        match (b, rhs) {
            (Some(b), Some(rhs)) => self.simplify_binary(op, lhs, rhs, a, b),
            _ => self.simplify_unary(op, lhs, a),
        }
    }

    fn simplify_unary(&self, op: Op, arg: Value, constant: Option<Constant>) -> Option<Simpler> {
        match (op, constant, self.operations[arg]) {
            (Op::RefIsNil, Some(Constant::Nil), _) => Some(Simpler::Constant(Constant::Bool(true))),
            (Op::RefIsNil, Some(Constant::String(_)), _) => Some(Simpler::Constant(Constant::Bool(false))),
            (Op::BoolNot, _, Some(Operation { op, lhs, rhs })) => opposite(op, lhs, rhs),
            _ => None,
        }
    }

    fn simplify_binary(
        &self,
        op: Op,
        lhs: Value,
        rhs: Value,
        a: Option<Constant>,
        b: Option<Constant>,
    ) -> Option<Simpler> {
        use Constant::{Bool, Int};
        let left = Some(Simpler::Value(lhs));
        let right = Some(Simpler::Value(rhs));
        let constant = |constant| Some(Simpler::Constant(constant));
        match (op, a, b) {
            (
                Op::IntAdd
                | Op::IntWrapAdd
                | Op::UIntAdd
                | Op::IntSub
                | Op::IntWrapSub
                | Op::UIntSub
                | Op::IntOr
                | Op::IntXor
                | Op::IntShl
                | Op::IntSar
                | Op::IntShr,
                _,
                Some(Int(0)),
            ) => left,
            (Op::IntAdd | Op::IntWrapAdd | Op::UIntAdd | Op::IntOr | Op::IntXor, Some(Int(0)), _) => right,
            (
                Op::IntMul | Op::IntWrapMul | Op::UIntMul | Op::IntDiv | Op::UIntDiv | Op::IntFloorDiv,
                _,
                Some(Int(1)),
            ) => left,
            (Op::IntMul | Op::IntWrapMul | Op::UIntMul, Some(Int(1)), _) => right,
            (Op::IntMul | Op::IntWrapMul | Op::UIntMul | Op::IntAnd, Some(Int(0)), _)
            | (Op::IntMul | Op::IntWrapMul | Op::UIntMul | Op::IntAnd, _, Some(Int(0))) => constant(Int(0)),
            (Op::IntAnd, _, Some(Int(-1))) => left,
            (Op::BoolAnd | Op::BoolEq, _, Some(Bool(true))) | (Op::BoolOr | Op::BoolNe, _, Some(Bool(false))) => left,
            (Op::BoolAnd | Op::BoolEq, Some(Bool(true)), _) | (Op::BoolOr | Op::BoolNe, Some(Bool(false)), _) => right,
            (Op::BoolAnd, Some(Bool(false)), _) | (Op::BoolAnd, _, Some(Bool(false))) => constant(Bool(false)),
            (Op::BoolOr, Some(Bool(true)), _) | (Op::BoolOr, _, Some(Bool(true))) => constant(Bool(true)),
            (Op::BoolEq, _, Some(Bool(false))) | (Op::BoolNe, _, Some(Bool(true))) => {
                Some(Simpler::Unary(Op::BoolNot, lhs))
            }
            (Op::BoolEq, Some(Bool(false)), _) | (Op::BoolNe, Some(Bool(true)), _) => {
                Some(Simpler::Unary(Op::BoolNot, rhs))
            }
            _ if lhs == rhs => match op {
                Op::IntEq | Op::IntLe | Op::UIntLe | Op::BoolEq | Op::RefEq => constant(Bool(true)),
                Op::IntNe | Op::IntLt | Op::UIntLt | Op::BoolNe => constant(Bool(false)),
                Op::IntSub | Op::IntWrapSub | Op::UIntSub | Op::IntXor => constant(Int(0)),
                Op::IntAnd | Op::IntOr | Op::BoolAnd | Op::BoolOr => left,
                _ => None,
            },
            _ => None,
        }
    }

    fn simplify_terminator(&self, terminator: &mut Terminator<Value>) {
        match terminator {
            Terminator::Branch { condition, then, otherwise } => {
                if let Some(Constant::Bool(value)) = self.constants[*condition] {
                    let to = if value { then.clone() } else { otherwise.clone() };
                    *terminator = Terminator::Jump { to };
                } else if let Some(Operation { op: Op::BoolNot, lhs, .. }) = self.operations[*condition] {
                    *condition = lhs;
                    std::mem::swap(then, otherwise);
                }
            }
            Terminator::Switch { on, cases, default } => {
                if let Some(Constant::Int(value)) = self.constants[*on] {
                    let case = cases.iter().find(|(case, _)| *case == value);
                    let to = case.map_or(&*default, |(_, edge)| edge).clone();
                    *terminator = Terminator::Jump { to };
                }
            }
            Terminator::Return { .. } | Terminator::Jump { .. } | Terminator::Fail { .. } | Terminator::Unreachable => {
            }
        }
    }
}

/// The negation of a comparison, where NaN does not matter.
fn opposite(op: Op, lhs: Value, rhs: Value) -> Option<Simpler> {
    Some(match op {
        Op::BoolNot => Simpler::Value(lhs),
        Op::IntEq => Simpler::Binary(Op::IntNe, lhs, rhs),
        Op::IntNe => Simpler::Binary(Op::IntEq, lhs, rhs),
        Op::IntLt => Simpler::Binary(Op::IntLe, rhs, lhs),
        Op::IntLe => Simpler::Binary(Op::IntLt, rhs, lhs),
        Op::UIntLt => Simpler::Binary(Op::UIntLe, rhs, lhs),
        Op::UIntLe => Simpler::Binary(Op::UIntLt, rhs, lhs),
        Op::FloatEq => Simpler::Binary(Op::FloatNe, lhs, rhs),
        Op::FloatNe => Simpler::Binary(Op::FloatEq, lhs, rhs),
        Op::BoolEq => Simpler::Binary(Op::BoolNe, lhs, rhs),
        Op::BoolNe => Simpler::Binary(Op::BoolEq, lhs, rhs),
        _ => return None,
    })
}
