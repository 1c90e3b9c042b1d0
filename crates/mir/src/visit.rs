//! What an instruction reads, writes and where a terminator goes: the one place that knows where operands stand.

use crate::{Edge, Effect, Inst, Operands, Terminator};

/// How an instruction uses an operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It reads it.
    Read,
    /// It defines it (SSA) or assigns it (slots).
    Define,
}

impl<V: Copy> Inst<V> {
    /// What it defines, in order.
    pub fn dsts(&self) -> &[V] {
        match self {
            Inst::ConstInt { dst, .. }
            | Inst::ConstFloat { dst, .. }
            | Inst::ConstBool { dst, .. }
            | Inst::ConstNil { dst }
            | Inst::ConstString { dst, .. }
            | Inst::Copy { dst, .. }
            | Inst::UnaryOp { dst, .. }
            | Inst::BinOp { dst, .. }
            | Inst::GlobalGet { dst, .. }
            | Inst::TupleLit { dst, .. }
            | Inst::FieldGet { dst, .. } => std::slice::from_ref(dst),
            Inst::Call { dsts, .. } | Inst::CallRt { dsts, .. } => dsts,
            Inst::GlobalSet { .. } | Inst::Wait | Inst::CountExecution { .. } => &[],
        }
    }

    /// Calls `f` with each operand it reads, in order.
    pub fn for_each_read(&self, mut f: impl FnMut(V)) {
        match self {
            Inst::ConstInt { .. }
            | Inst::ConstFloat { .. }
            | Inst::ConstBool { .. }
            | Inst::ConstNil { .. }
            | Inst::ConstString { .. }
            | Inst::GlobalGet { .. }
            | Inst::Wait
            | Inst::CountExecution { .. } => {}
            Inst::Copy { src, .. } | Inst::GlobalSet { src, .. } => f(*src),
            Inst::UnaryOp { arg, .. } => f(*arg),
            Inst::BinOp { lhs, rhs, .. } => {
                f(*lhs);
                f(*rhs);
            }
            Inst::Call { args, .. } | Inst::CallRt { args, .. } => args.iter().copied().for_each(f),
            Inst::TupleLit { lanes, .. } => lanes.iter().copied().for_each(f),
            Inst::FieldGet { object, .. } => f(*object),
        }
    }

    /// The same instruction on other operands: first those it reads, in order, then those it defines.
    pub fn map<W>(&self, mut f: impl FnMut(V, Role) -> W) -> Inst<W> {
        let mut many = |operands: &Operands<V>, role| operands.iter().map(|v| f(*v, role)).collect::<Operands<W>>();
        match self {
            Inst::Call { dsts, function, args } => {
                let args = many(args, Role::Read);
                Inst::Call { dsts: many(dsts, Role::Define), function: *function, args }
            }
            Inst::CallRt { dsts, function, args } => {
                let args = many(args, Role::Read);
                Inst::CallRt { dsts: many(dsts, Role::Define), function, args }
            }
            Inst::TupleLit { dst, shape, lanes } => {
                let lanes = many(lanes, Role::Read);
                Inst::TupleLit { dst: f(*dst, Role::Define), shape: *shape, lanes }
            }
            Inst::ConstInt { dst, value } => Inst::ConstInt { dst: f(*dst, Role::Define), value: *value },
            Inst::ConstFloat { dst, bits } => Inst::ConstFloat { dst: f(*dst, Role::Define), bits: *bits },
            Inst::ConstBool { dst, value } => Inst::ConstBool { dst: f(*dst, Role::Define), value: *value },
            Inst::ConstNil { dst } => Inst::ConstNil { dst: f(*dst, Role::Define) },
            Inst::ConstString { dst, constant } => {
                Inst::ConstString { dst: f(*dst, Role::Define), constant: *constant }
            }
            Inst::Copy { dst, src } => {
                let src = f(*src, Role::Read);
                Inst::Copy { dst: f(*dst, Role::Define), src }
            }
            Inst::UnaryOp { dst, op, arg } => {
                let arg = f(*arg, Role::Read);
                Inst::UnaryOp { dst: f(*dst, Role::Define), op: *op, arg }
            }
            Inst::BinOp { dst, op, lhs, rhs } => {
                let (lhs, rhs) = (f(*lhs, Role::Read), f(*rhs, Role::Read));
                Inst::BinOp { dst: f(*dst, Role::Define), op: *op, lhs, rhs }
            }
            Inst::GlobalGet { dst, global } => Inst::GlobalGet { dst: f(*dst, Role::Define), global: *global },
            Inst::GlobalSet { global, src } => Inst::GlobalSet { global: *global, src: f(*src, Role::Read) },
            Inst::FieldGet { dst, object, shape, index } => {
                let object = f(*object, Role::Read);
                Inst::FieldGet { dst: f(*dst, Role::Define), object, shape: *shape, index: *index }
            }
            Inst::Wait => Inst::Wait,
            Inst::CountExecution { name } => Inst::CountExecution { name: *name },
        }
    }

    /// Replaces each operand it reads.
    pub fn replace_reads(&mut self, mut f: impl FnMut(V) -> V) {
        match self {
            Inst::ConstInt { .. }
            | Inst::ConstFloat { .. }
            | Inst::ConstBool { .. }
            | Inst::ConstNil { .. }
            | Inst::ConstString { .. }
            | Inst::GlobalGet { .. }
            | Inst::Wait
            | Inst::CountExecution { .. } => {}
            Inst::Copy { src, .. } | Inst::GlobalSet { src, .. } => *src = f(*src),
            Inst::UnaryOp { arg, .. } => *arg = f(*arg),
            Inst::BinOp { lhs, rhs, .. } => {
                *lhs = f(*lhs);
                *rhs = f(*rhs);
            }
            Inst::Call { args, .. } | Inst::CallRt { args, .. } => args.iter_mut().for_each(|v| *v = f(*v)),
            Inst::TupleLit { lanes, .. } => lanes.iter_mut().for_each(|v| *v = f(*v)),
            Inst::FieldGet { object, .. } => *object = f(*object),
        }
    }

    /// Whether it can be dropped when nobody reads what it defines: it neither fails nor changes anything. (A tuple that
    /// nobody sees need not be made: where the heap ends is unspecified.)
    pub fn is_droppable(&self) -> bool {
        match self {
            Inst::ConstInt { .. }
            | Inst::ConstFloat { .. }
            | Inst::ConstBool { .. }
            | Inst::ConstNil { .. }
            | Inst::ConstString { .. }
            | Inst::Copy { .. }
            | Inst::GlobalGet { .. }
            | Inst::TupleLit { .. }
            | Inst::FieldGet { .. } => true,
            Inst::UnaryOp { op, .. } | Inst::BinOp { op, .. } => op.info().effect == Effect::Pure,
            Inst::CallRt { function, .. } => function.effects.pure && !function.effects.fails,
            Inst::Call { .. } | Inst::GlobalSet { .. } | Inst::Wait | Inst::CountExecution { .. } => false,
        }
    }
}

impl<V: Copy> Terminator<V> {
    /// Calls `f` with each operand it reads, arguments of edges included.
    pub fn for_each_read(&self, mut f: impl FnMut(V)) {
        match self {
            Terminator::Return { values } => values.iter().copied().for_each(&mut f),
            Terminator::Branch { condition, .. } => f(*condition),
            Terminator::Switch { on, .. } => f(*on),
            Terminator::Fail { message, .. } => message.iter().copied().for_each(&mut f),
            Terminator::Jump { .. } | Terminator::Unreachable => {}
        }
        self.for_each_edge(|edge| edge.args.iter().copied().for_each(&mut f));
    }

    /// Replaces each operand it reads.
    pub fn replace_reads(&mut self, mut f: impl FnMut(V) -> V) {
        match self {
            Terminator::Return { values } => values.iter_mut().for_each(|v| *v = f(*v)),
            Terminator::Branch { condition, .. } => *condition = f(*condition),
            Terminator::Switch { on, .. } => *on = f(*on),
            Terminator::Fail { message, .. } => message.iter_mut().for_each(|v| *v = f(*v)),
            Terminator::Jump { .. } | Terminator::Unreachable => {}
        }
        self.for_each_edge_mut(|edge| edge.args.iter_mut().for_each(|v| *v = f(*v)));
    }

    /// Calls `f` with each edge, in order; the default of a switch is the last.
    pub fn for_each_edge<'a>(&'a self, mut f: impl FnMut(&'a Edge<V>)) {
        match self {
            Terminator::Jump { to } => f(to),
            Terminator::Branch { then, otherwise, .. } => {
                f(then);
                f(otherwise);
            }
            Terminator::Switch { cases, default, .. } => {
                cases.iter().for_each(|(_, edge)| f(edge));
                f(default);
            }
            Terminator::Return { .. } | Terminator::Fail { .. } | Terminator::Unreachable => {}
        }
    }

    /// Calls `f` with each edge, in the order of [`Terminator::for_each_edge`].
    pub fn for_each_edge_mut(&mut self, mut f: impl FnMut(&mut Edge<V>)) {
        match self {
            Terminator::Jump { to } => f(to),
            Terminator::Branch { then, otherwise, .. } => {
                f(then);
                f(otherwise);
            }
            Terminator::Switch { cases, default, .. } => {
                cases.iter_mut().for_each(|(_, edge)| f(edge));
                f(default);
            }
            Terminator::Return { .. } | Terminator::Fail { .. } | Terminator::Unreachable => {}
        }
    }

    /// The same terminator on other operands and blocks. Edges keep the number of their arguments.
    pub fn map<W>(
        &self,
        mut operand: impl FnMut(V) -> W,
        mut block: impl FnMut(crate::BlockId) -> crate::BlockId,
    ) -> Terminator<W> {
        let mut edge = |e: &Edge<V>, operand: &mut dyn FnMut(V) -> W| Edge {
            block: block(e.block),
            args: e.args.iter().map(|v| operand(*v)).collect(),
        };
        match self {
            Terminator::Return { values } => {
                Terminator::Return { values: values.iter().map(|v| operand(*v)).collect() }
            }
            Terminator::Jump { to } => Terminator::Jump { to: edge(to, &mut operand) },
            Terminator::Branch { condition, then, otherwise } => {
                let condition = operand(*condition);
                let then = edge(then, &mut operand);
                Terminator::Branch { condition, then, otherwise: edge(otherwise, &mut operand) }
            }
            Terminator::Switch { on, cases, default } => {
                let on = operand(*on);
                let cases = cases.iter().map(|(case, e)| (*case, edge(e, &mut operand))).collect();
                Terminator::Switch { on, cases, default: edge(default, &mut operand) }
            }
            Terminator::Fail { fault, message } => {
                Terminator::Fail { fault: *fault, message: message.map(&mut operand) }
            }
            Terminator::Unreachable => Terminator::Unreachable,
        }
    }
}
