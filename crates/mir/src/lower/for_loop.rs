//! `for` loops.
//!
//! Ranges never compute a number outside themselves that counts: a half-open range stops before its end is passed, a
//! closed one is tested before it steps, and with a step the turns still to come are counted beforehand. So
//! `0..=9223372036854775807` ends. The test stands behind the body, which is entered after a first test of its own.

use tandem_frontend::hir::{Expr, ExprKind, Iterable, LocalId, LoopId};
use tandem_frontend::ty::{Ty, TyKind};
use tandem_runtime::ffi;
use tandem_source::Span;

use super::{FunctionCx, LoopTargets, Regs};
use crate::{BlockId, Inst, Op, Reg};

/// Whether a range that steps by 1 includes its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Excluded,
    Included,
}

/// The blocks of a loop.
struct LoopBlocks {
    body: BlockId,
    next: BlockId,
    end: BlockId,
}

impl FunctionCx<'_> {
    pub(super) fn for_loop(
        &mut self,
        expr: &Expr,
        id: LoopId,
        binding: LocalId,
        iterable: &Iterable,
        body: &Expr,
    ) -> Regs {
        let blocks = LoopBlocks { body: self.b.block(), next: self.b.block(), end: self.b.block() };
        let targets = LoopTargets { end: blocks.end, next: blocks.next, result: Regs::new() };
        self.loops.insert(id, targets);
        let turn = Turn { binding, body, span: expr.span };
        match iterable {
            Iterable::Range(range) => self.for_range(&turn, range, &blocks),
            Iterable::Str(string) => self.for_str(&turn, string, &blocks),
            Iterable::Array(array) => self.for_array(&turn, array, &blocks),
        }
        self.b.switch_to(blocks.end);
        Regs::new()
    }

    fn for_range(&mut self, turn: &Turn, range: &Expr, blocks: &LoopBlocks) {
        if let ExprKind::Range { start, end, step, closed } = &range.kind
            && step.as_ref().is_none_or(|step| matches!(step.kind, ExprKind::Int(1)))
        {
            let values = self.operands(&[(start, start.ty), (end, end.ty)]);
            self.at(turn.span);
            if self.b.is_reachable() {
                let limit = self.unchanged(values[1].clone(), turn)[0];
                let kind = if *closed { End::Included } else { End::Excluded };
                self.count_up(turn, values[0][0], limit, kind, blocks);
            }
            return;
        }
        let lanes = self.expr(range, None);
        self.at(turn.span);
        if let [start, end, step, closed] = self.unchanged(lanes, turn)[..]
            && self.b.is_reachable()
        {
            self.count_by_step(turn, [start, end, step, closed], blocks);
        }
    }

    fn count_up(&mut self, turn: &Turn, start: Reg, limit: Reg, end: End, blocks: &LoopBlocks) {
        let i = self.local(turn.binding)[0];
        let one = self.b.int(1);
        self.b.copy(i, start);
        let first_test = match end {
            End::Excluded => Op::IntLt,
            End::Included => Op::IntLe,
        };
        let more = self.b.binary(first_test, i, limit);
        self.b.branch(more, blocks.body, blocks.end);
        self.turn(turn, blocks, |cx| {
            let next = |cx: &mut Self| cx.b.inst(Inst::BinOp { dst: i, op: Op::IntWrapAdd, lhs: i, rhs: one });
            match end {
                End::Excluded => {
                    next(cx);
                    cx.b.binary(Op::IntLt, i, limit)
                }
                End::Included => {
                    let more = cx.b.binary(Op::IntLt, i, limit);
                    next(cx);
                    more
                }
            }
        });
    }

    /// Goes from the start by the step as often as it fits between start and end.
    fn count_by_step(&mut self, turn: &Turn, [start, end, step, closed]: [Reg; 4], blocks: &LoopBlocks) {
        let lane = crate::Lane::Int;
        let (low, high, size) = (self.b.reg(lane), self.b.reg(lane), self.b.reg(lane));
        let (up, down, ready, some) = (self.b.block(), self.b.block(), self.b.block(), self.b.block());
        let zero = self.b.int(0);
        let is_up = self.b.binary(Op::IntLt, zero, step);
        self.b.branch(is_up, up, down);
        self.b.switch_to(up);
        self.assign(&[low, high, size], &[start, end, step]);
        self.b.jump(ready);
        self.b.switch_to(down);
        let negated = self.b.binary(Op::IntWrapSub, zero, step);
        self.assign(&[low, high, size], &[end, start, negated]);
        self.b.jump(ready);

        self.b.switch_to(ready);
        let less = self.b.binary(Op::IntLt, low, high);
        let same = self.b.binary(Op::IntEq, low, high);
        let same = self.b.binary(Op::BoolAnd, same, closed);
        let any = self.b.binary(Op::BoolOr, less, same);
        self.b.branch(any, some, blocks.end);

        // Turns behind the first: the distance (a `u64`; one less if the end is excluded) by the size of the step.
        self.b.switch_to(some);
        let distance = self.b.binary(Op::IntWrapSub, high, low);
        let end_counts = self.b.unary(Op::BoolToInt, closed);
        let distance = self.b.binary(Op::IntWrapAdd, distance, end_counts);
        let one = self.b.int(1);
        let distance = self.b.binary(Op::IntWrapSub, distance, one);
        let left = self.b.binary(Op::UIntDiv, distance, size);
        let i = self.local(turn.binding)[0];
        self.b.copy(i, start);
        self.b.jump(blocks.body);
        self.turn(turn, blocks, |cx| {
            let more = cx.b.binary(Op::IntNe, left, zero);
            cx.b.inst(Inst::BinOp { dst: left, op: Op::IntWrapSub, lhs: left, rhs: one });
            cx.b.inst(Inst::BinOp { dst: i, op: Op::IntWrapAdd, lhs: i, rhs: step });
            more
        });
    }

    /// By byte position.
    fn for_str(&mut self, turn: &Turn, string: &Expr, blocks: &LoopBlocks) {
        let regs = self.expr(string, None);
        self.at(turn.span);
        let &[string] = &self.unchanged(regs, turn)[..] else { return };
        let position = self.b.int(0);
        let size = self.b.call_rt(&ffi::STRING_BYTES, &[string])[0];
        let more = self.b.binary(Op::IntLt, position, size);
        self.b.branch(more, blocks.body, blocks.end);
        let character = self.local(turn.binding)[0];
        self.turn_with(
            turn,
            blocks,
            |cx| {
                let parts = cx.b.call_rt(&ffi::STRING_NEXT, &[string, position]);
                cx.assign(&[character, position], &parts);
            },
            |cx| cx.b.binary(Op::IntLt, position, size),
        );
    }

    /// By index; the length is asked for in each turn.
    fn for_array(&mut self, turn: &Turn, array: &Expr, blocks: &LoopBlocks) {
        let TyKind::Array(element) = self.kind(array.ty) else { return self.effect(array) };
        let regs = self.expr(array, None);
        self.at(turn.span);
        let &[array] = &self.unchanged(regs, turn)[..] else { return };
        let (index, one) = (self.b.int(0), self.b.int(1));
        let test = |cx: &mut Self| {
            let len = cx.b.call_rt(&ffi::ARRAY_LEN, &[array])[0];
            cx.b.binary(Op::IntLt, index, len)
        };
        let more = test(self);
        self.b.branch(more, blocks.body, blocks.end);
        self.turn_with(
            turn,
            blocks,
            |cx| cx.bind_element(turn.binding, *element, array, index),
            |cx| {
                cx.b.inst(Inst::BinOp { dst: index, op: Op::IntWrapAdd, lhs: index, rhs: one });
                test(cx)
            },
        );
    }

    fn bind_element(&mut self, binding: LocalId, element: Ty, array: Reg, index: Reg) {
        let dsts = self.local(binding);
        let row = self.element_rows(element).get;
        let value = self.b.call_rt(row, &[array, index]);
        self.assign(&dsts, &value);
    }

    /// Registers that the body cannot change.
    fn unchanged(&mut self, regs: Regs, turn: &Turn) -> Regs {
        self.protected(regs, std::iter::once(turn.body))
    }

    /// The body, and behind it `step`, which says whether there is another turn.
    fn turn(&mut self, turn: &Turn, blocks: &LoopBlocks, step: impl FnOnce(&mut Self) -> Reg) {
        self.turn_with(turn, blocks, |_| {}, step);
    }

    fn turn_with(
        &mut self,
        turn: &Turn,
        blocks: &LoopBlocks,
        bind: impl FnOnce(&mut Self),
        step: impl FnOnce(&mut Self) -> Reg,
    ) {
        self.b.switch_to(blocks.body);
        self.at(turn.span);
        bind(self);
        self.effect(turn.body);
        self.b.jump(blocks.next);
        self.b.switch_to(blocks.next);
        self.at(turn.span);
        let more = step(self);
        self.b.inst(Inst::Wait);
        self.b.branch(more, blocks.body, blocks.end);
    }
}

/// What happens in each turn.
struct Turn<'e> {
    binding: LocalId,
    body: &'e Expr,
    span: Span,
}
