//! Ranges: where the bounds of integers show that an operation cannot overflow, it becomes the wrapping one.
//!
//! The range of a value follows from its definition and from the branches above (`i < n` holds where it was taken, so
//! `i` is below the largest integer and `i + 1` fits). A block parameter holds what its edges bring; a counter, which
//! one edge raises by a constant that cannot overflow, stays above its start. Ranges are found in rounds, the first of
//! which knows nothing about parameters; so each round is right because the one before is.

#![allow(clippy::wildcard_enum_match_arm)] // the rules are about some operations, of the others nothing is known

use cranelift_entity::SecondaryMap;

use crate::analysis::{Cfg, Dominators};
use crate::{BlockId, Function, Inst, Lane, Op, Terminator, Value};

/// Rounds of finding the ranges of parameters.
const ROUNDS: usize = 3;

/// The integers from `low` to `high`; none if `low > high`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Range {
    low: i64,
    high: i64,
}

impl Range {
    const ALL: Range = Range { low: i64::MIN, high: i64::MAX };

    fn new(low: i64, high: i64) -> Range {
        Range { low, high }
    }

    fn of(value: i64) -> Range {
        Range { low: value, high: value }
    }

    fn is_empty(self) -> bool {
        self.low > self.high
    }

    fn is_within(self, other: Range) -> bool {
        other.low <= self.low && self.high <= other.high
    }

    /// What is in both.
    fn meet(self, other: Range) -> Range {
        Range { low: self.low.max(other.low), high: self.high.min(other.high) }
    }

    /// The smallest range that holds both.
    fn join(self, other: Range) -> Range {
        if self.is_empty() {
            other
        } else if other.is_empty() {
            self
        } else {
            Range { low: self.low.min(other.low), high: self.high.max(other.high) }
        }
    }

    /// The range of all `f(a, b)`, whose extremes are at the ends, unless one of these overflows.
    fn extremes(self, other: Range, f: impl Fn(i64, i64) -> Option<i64>) -> Option<Range> {
        let corners = [(self.low, other.low), (self.low, other.high), (self.high, other.low), (self.high, other.high)];
        let values = corners.map(|(a, b)| f(a, b));
        let mut range: Option<Range> = None;
        for value in values {
            let value = Range::of(value?);
            range = Some(range.map_or(value, |range| range.join(value)));
        }
        range
    }
}

/// Replaces checked operations that cannot fail.
pub fn relax(function: &mut Function<Value>) {
    let cfg = Cfg::new(function);
    let tree = Dominators::new(&cfg);
    let mut analysis = Analysis::new(function, &cfg, &tree);
    for _ in 0..ROUNDS {
        analysis.round(function);
    }
    for (block, index, inst) in analysis.simpler {
        function.blocks[block].insts[index].0 = inst;
    }
}

struct Analysis<'a> {
    cfg: &'a Cfg,
    children: SecondaryMap<BlockId, Vec<BlockId>>,
    /// Of parameters: from the round before.
    params: SecondaryMap<Value, Range>,
    /// Here, in the block that is visited.
    current: SecondaryMap<Value, Range>,
    undo: Vec<(Value, Range)>,
    /// The instruction that defines a value, if it is an operation or a bool.
    definitions: SecondaryMap<Value, Option<Inst<Value>>>,
    /// What the round found out: instructions to be replaced.
    simpler: Vec<(BlockId, usize, Inst<Value>)>,
}

enum Step {
    Visit(BlockId),
    Leave(usize),
}

impl<'a> Analysis<'a> {
    fn new(function: &Function<Value>, cfg: &'a Cfg, tree: &Dominators) -> Self {
        let mut children: SecondaryMap<BlockId, Vec<BlockId>> = SecondaryMap::new();
        for &block in cfg.reverse_postorder() {
            if let Some(parent) = tree.parent(block) {
                children[parent].push(block);
            }
        }
        let mut definitions: SecondaryMap<Value, Option<Inst<Value>>> = SecondaryMap::new();
        for (inst, _) in function.blocks.values().flat_map(|block| &block.insts) {
            if let Inst::BinOp { dst, .. } | Inst::UnaryOp { dst, .. } = inst {
                definitions[*dst] = Some(inst.clone());
            }
        }
        Analysis {
            cfg,
            children,
            params: SecondaryMap::with_default(Range::ALL),
            current: SecondaryMap::with_default(Range::ALL),
            undo: Vec::new(),
            definitions,
            simpler: Vec::new(),
        }
    }

    fn round(&mut self, function: &Function<Value>) {
        self.simpler.clear();
        self.current = SecondaryMap::with_default(Range::ALL);
        let mut incoming: SecondaryMap<Value, Option<Range>> = SecondaryMap::new();
        let mut steps: Vec<Step> = function.entry().map(Step::Visit).into_iter().collect();
        while let Some(step) = steps.pop() {
            match step {
                Step::Leave(len) => {
                    for (value, range) in self.undo.drain(len..).rev() {
                        self.current[value] = range;
                    }
                }
                Step::Visit(block) => {
                    steps.push(Step::Leave(self.undo.len()));
                    self.enter(function, block);
                    self.block(function, block);
                    self.leave(function, block, &mut incoming);
                    steps.extend(self.children[block].iter().map(|child| Step::Visit(*child)));
                }
            }
        }
        for block in function.blocks.values() {
            for param in &block.params {
                self.params[*param] = self.params[*param].meet(incoming[*param].unwrap_or(Range::ALL));
            }
        }
    }

    fn set(&mut self, value: Value, range: Range) {
        self.undo.push((value, self.current[value]));
        self.current[value] = range;
    }

    fn narrow(&mut self, value: Value, range: Range) {
        let range = self.current[value].meet(range);
        // An empty range means that control cannot get here; then nothing matters.
        if !range.is_empty() && range != self.current[value] {
            self.set(value, range);
        }
    }

    /// Parameters, and what the branch to this block says.
    fn enter(&mut self, function: &Function<Value>, id: BlockId) {
        for param in &function.blocks[id].params {
            let range = self.params[*param];
            if !range.is_empty() {
                self.set(*param, range);
            }
        }
        if let &[before] = self.cfg.predecessors(id)
            && let Terminator::Branch { condition, then, otherwise } = &function.blocks[before].terminator
            && then.block != otherwise.block
        {
            self.assume(*condition, then.block == id);
        }
    }

    /// Narrows the operands of a condition that holds or does not.
    fn assume(&mut self, condition: Value, holds: bool) {
        let Some(definition) = self.definitions[condition].clone() else { return };
        match (definition, holds) {
            (Inst::UnaryOp { op: Op::BoolNot, arg, .. }, _) => self.assume(arg, !holds),
            (Inst::BinOp { op: Op::BoolAnd, lhs, rhs, .. }, true)
            | (Inst::BinOp { op: Op::BoolOr, lhs, rhs, .. }, false) => {
                self.assume(lhs, holds);
                self.assume(rhs, holds);
            }
            (Inst::BinOp { op: Op::IntLt, lhs, rhs, .. }, true)
            | (Inst::BinOp { op: Op::IntLe, lhs: rhs, rhs: lhs, .. }, false) => {
                let (a, b) = (self.current[lhs], self.current[rhs]);
                self.narrow(lhs, Range::new(i64::MIN, b.high.saturating_sub(1)));
                self.narrow(rhs, Range::new(a.low.saturating_add(1), i64::MAX));
            }
            (Inst::BinOp { op: Op::IntLe, lhs, rhs, .. }, true)
            | (Inst::BinOp { op: Op::IntLt, lhs: rhs, rhs: lhs, .. }, false) => {
                let (a, b) = (self.current[lhs], self.current[rhs]);
                self.narrow(lhs, Range::new(i64::MIN, b.high));
                self.narrow(rhs, Range::new(a.low, i64::MAX));
            }
            (Inst::BinOp { op: Op::IntEq, lhs, rhs, .. }, true)
            | (Inst::BinOp { op: Op::IntNe, lhs, rhs, .. }, false) => {
                let both = self.current[lhs].meet(self.current[rhs]);
                self.narrow(lhs, both);
                self.narrow(rhs, both);
            }
            (Inst::BinOp { op: Op::UIntLt, lhs, rhs, .. }, true) => {
                // Below a limit that is no negative number: so is the value.
                let limit = self.current[rhs];
                if limit.low >= 0 {
                    self.narrow(lhs, Range::new(0, limit.high.saturating_sub(1)));
                }
            }
            _ => {}
        }
    }

    fn block(&mut self, function: &Function<Value>, id: BlockId) {
        for (index, (inst, _)) in function.blocks[id].insts.iter().enumerate() {
            match inst {
                Inst::ConstInt { dst, value } => self.set(*dst, Range::of(*value)),
                Inst::UnaryOp { dst, op, arg } => {
                    let (range, simpler) = self.unary(*op, *dst, *arg);
                    self.set(*dst, range);
                    self.simpler.extend(simpler.map(|inst| (id, index, inst)));
                }
                Inst::BinOp { dst, op, lhs, rhs } => {
                    let (range, simpler) = self.binary(*op, *dst, *lhs, *rhs);
                    self.set(*dst, range);
                    self.simpler.extend(simpler.map(|inst| (id, index, inst)));
                }
                Inst::CallRt { dsts, function, .. } => {
                    if let Some(range) = result_of(function) {
                        dsts.iter().for_each(|dst| self.set(*dst, range));
                    }
                }
                _ => {}
            }
        }
    }

    fn unary(&self, op: Op, dst: Value, arg: Value) -> (Range, Option<Inst<Value>>) {
        let a = self.current[arg];
        let copy = Some(Inst::Copy { dst, src: arg });
        if let Some(limits) = narrow_range(op) {
            // A check or an extension of what fits anyway.
            return if a.is_within(limits) {
                (a, copy)
            } else {
                (limits.meet(if is_check(op) { a } else { limits }), None)
            };
        }
        match op {
            Op::BoolToInt => (Range::new(0, 1), None),
            Op::IntNeg => (a.extremes(Range::of(0), |a, _| a.checked_neg()).unwrap_or(Range::ALL), None),
            _ => (Range::ALL, None),
        }
    }

    fn binary(&self, op: Op, dst: Value, lhs: Value, rhs: Value) -> (Range, Option<Inst<Value>>) {
        let (a, b) = (self.current[lhs], self.current[rhs]);
        let instead = |op| Some(Inst::BinOp { dst, op, lhs, rhs });
        let known = |value| Some(Inst::ConstBool { dst, value });
        let checked = |result: Option<Range>, unchecked| match result {
            Some(range) => (range, instead(unchecked)),
            None => (Range::ALL, None),
        };
        match op {
            Op::IntAdd => match a.extremes(b, i64::checked_add) {
                Some(range) => (range, instead(Op::IntWrapAdd)),
                // What fails gives no value.
                None => (Range::new(a.low.saturating_add(b.low), a.high.saturating_add(b.high)), None),
            },
            Op::IntSub => match a.extremes(b, i64::checked_sub) {
                Some(range) => (range, instead(Op::IntWrapSub)),
                None => (Range::new(a.low.saturating_sub(b.high), a.high.saturating_sub(b.low)), None),
            },
            Op::IntMul => checked(a.extremes(b, i64::checked_mul), Op::IntWrapMul),
            Op::IntWrapAdd => (a.extremes(b, i64::checked_add).unwrap_or(Range::ALL), None),
            Op::IntWrapSub => (a.extremes(b, i64::checked_sub).unwrap_or(Range::ALL), None),
            Op::IntWrapMul => (a.extremes(b, i64::checked_mul).unwrap_or(Range::ALL), None),
            Op::IntDiv if b.low > 0 => (a.extremes(b, i64::checked_div).unwrap_or(Range::ALL), None),
            Op::IntRem if b.low > 0 => {
                let most = b.high - 1;
                (Range::new(if a.low >= 0 { 0 } else { -most }, most.min(a.high.max(0))), None)
            }
            Op::IntMod if b.low > 0 => (Range::new(0, b.high - 1), None),
            Op::IntAnd if a.low >= 0 => (Range::new(0, a.high), None),
            Op::IntAnd if b.low >= 0 => (Range::new(0, b.high), None),
            Op::IntShr if (1..64).contains(&b.low) && b.high < 64 => (Range::new(0, i64::MAX >> (b.low - 1)), None),
            Op::IntLt if a.high < b.low => (Range::ALL, known(true)),
            Op::IntLt if a.low >= b.high => (Range::ALL, known(false)),
            Op::IntLe if a.high <= b.low => (Range::ALL, known(true)),
            Op::IntLe if a.low > b.high => (Range::ALL, known(false)),
            Op::IntEq if a.meet(b).is_empty() => (Range::ALL, known(false)),
            Op::IntNe if a.meet(b).is_empty() => (Range::ALL, known(true)),
            Op::UIntLt if a.low >= 0 && a.high < b.low => (Range::ALL, known(true)),
            _ => (Range::ALL, None),
        }
    }

    /// Notes what the edges bring to parameters.
    fn leave(&mut self, function: &Function<Value>, id: BlockId, incoming: &mut SecondaryMap<Value, Option<Range>>) {
        let terminator = &function.blocks[id].terminator;
        let condition = match terminator {
            Terminator::Branch { condition, .. } => Some(*condition),
            _ => None,
        };
        let mut is_then = true;
        terminator.for_each_edge(|edge| {
            let start = self.undo.len();
            if let Some(condition) = condition {
                self.assume(condition, is_then);
                is_then = false;
            }
            for (param, arg) in function.blocks[edge.block].params.iter().zip(&edge.args) {
                if function.lanes[*param] == Lane::Int {
                    let range = self.brought(*param, *arg);
                    incoming[*param] = Some(incoming[*param].map_or(range, |before| before.join(range)));
                }
            }
            for (value, range) in self.undo.drain(start..).rev() {
                self.current[value] = range;
            }
        });
    }

    /// What an argument brings: a counter that is raised or lowered stays on one side of what the other edges bring.
    fn brought(&self, param: Value, arg: Value) -> Range {
        let range = self.current[arg];
        let (before, empty) = (self.params[param], Range::new(i64::MAX, i64::MIN));
        if arg == param {
            return empty;
        }
        let Some(Inst::BinOp { op, lhs, rhs, .. }) = &self.definitions[arg] else { return range };
        if *lhs != param {
            return range;
        }
        let step = self.current[*rhs];
        // Its end of the range must come from the other edges: as if this edge brought the far end only.
        let far = |value: i64| Range::of(value);
        match op {
            Op::IntAdd if step.low >= 0 => far(range.high),
            Op::IntSub if step.low >= 0 => far(range.low),
            Op::IntWrapAdd if step.low >= 0 && before.high.checked_add(step.high).is_some() => far(range.high),
            Op::IntWrapSub if step.low >= 0 && before.low.checked_sub(step.high).is_some() => far(range.low),
            _ => range,
        }
    }
}

/// The values that an operation lets pass or makes.
fn narrow_range(op: Op) -> Option<Range> {
    match op {
        Op::CheckI8 | Op::SignExtend8 => Some(Range::new(i8::MIN.into(), i8::MAX.into())),
        Op::CheckI16 | Op::SignExtend16 => Some(Range::new(i16::MIN.into(), i16::MAX.into())),
        Op::CheckI32 | Op::SignExtend32 => Some(Range::new(i32::MIN.into(), i32::MAX.into())),
        Op::CheckU8 | Op::ZeroExtend8 => Some(Range::new(0, u8::MAX.into())),
        Op::CheckU16 | Op::ZeroExtend16 => Some(Range::new(0, u16::MAX.into())),
        Op::CheckU32 | Op::ZeroExtend32 => Some(Range::new(0, u32::MAX.into())),
        _ => None,
    }
}

fn is_check(op: Op) -> bool {
    matches!(op, Op::CheckI8 | Op::CheckI16 | Op::CheckI32 | Op::CheckU8 | Op::CheckU16 | Op::CheckU32)
}

/// Lengths are no negative numbers.
fn result_of(function: &'static tandem_runtime::ffi::RtFn) -> Option<Range> {
    use tandem_runtime::ffi;
    let lengths = [&ffi::STRING_LEN, &ffi::STRING_BYTES, &ffi::ARRAY_LEN];
    lengths.contains(&function).then_some(Range::new(0, i64::MAX))
}
