//! How blocks end: jumps, comparisons that jump, loops, tables, results, failures.

use tandem_mir::{BlockId, Edge, Inst, Op, Reg, Terminator};
use tandem_runtime::Fault;

use super::inst::{Place, Row};
use super::{Encoder, Jump, JumpKind, Reach};
use crate::code::{self, Word};

/// What the terminator takes over from the end of its block.
pub(super) struct Ending {
    /// How many instructions.
    pub consumed: usize,
    /// What a branch goes by.
    condition: Option<Condition>,
}

/// What a branch goes by.
#[derive(Clone, Copy)]
struct Condition {
    test: Test,
    sense: Sense,
}

#[derive(Clone, Copy)]
enum Test {
    Slot(Reg),
    Row(Row),
}

/// Which outcome of the test leads to `then`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sense {
    True,
    False,
}

impl Sense {
    fn inverted(self) -> Sense {
        match self {
            Sense::True => Sense::False,
            Sense::False => Sense::True,
        }
    }
}

/// The table of a switch, to be written behind the code.
pub(super) struct Table {
    /// The word that names it.
    at: usize,
    cases: Vec<(i64, BlockId)>,
    default: BlockId,
}

impl Table {
    /// The cases without gaps, if they are close enough to each other: the first, and their number.
    fn dense(cases: &[(i64, BlockId)]) -> Option<(i64, u32)> {
        let (first, last) = (cases.first()?.0, cases.last()?.0);
        let len = last.checked_sub(first)?.checked_add(1)?;
        (len <= 2 * cases.len() as i64 + 8).then_some((first, len as u32))
    }
}

impl Encoder<'_> {
    pub(super) fn ending(&self, id: BlockId) -> Ending {
        let block = &self.tidy.function.blocks[id];
        match &block.terminator {
            Terminator::Branch { condition, .. } => self.condition(id, *condition),
            Terminator::Jump { .. } => {
                let polls = matches!(block.insts.last(), Some((Inst::Wait, _)));
                Ending { consumed: polls as usize, condition: None }
            }
            Terminator::Return { .. }
            | Terminator::Switch { .. }
            | Terminator::Fail { .. }
            | Terminator::Unreachable => Ending { consumed: 0, condition: None },
        }
    }

    /// The comparison that ends the block and is needed only for its branch, seen through `not`.
    fn condition(&self, id: BlockId, condition: Reg) -> Ending {
        let insts = &self.tidy.function.blocks[id].insts;
        let live_out = self.liveness.live_out(id);
        let (mut slot, mut sense, mut consumed) = (condition, Sense::True, 0);
        while let Some((inst, _)) = insts[..insts.len() - consumed].last()
            && let Some(row) = Row::of(inst, slot)
            && !live_out.contains(slot)
        {
            consumed += 1;
            if row.op != Op::BoolNot {
                return Ending { consumed, condition: Some(Condition { test: Test::Row(row), sense }) };
            }
            (slot, sense) = (row.lhs, sense.inverted());
        }
        Ending { consumed, condition: Some(Condition { test: Test::Slot(slot), sense }) }
    }

    pub(super) fn terminator(&mut self, id: BlockId, ending: &Ending, next: Option<BlockId>) {
        let tidy = self.tidy;
        match &tidy.function.blocks[id].terminator {
            Terminator::Return { values } => self.return_values(values),
            Terminator::Jump { to } if ending.consumed > 0 => self.jump_back(id, to.block, next),
            Terminator::Jump { to } => self.jump(to.block, next),
            Terminator::Branch { then, otherwise, .. } => {
                let condition = ending.condition.expect("a branch has a condition");
                self.branch(condition, then.block, otherwise.block, next);
            }
            Terminator::Switch { on, cases, default } => self.switch(*on, cases, default.block, next),
            Terminator::Fail { fault, message } => self.fail(*fault, *message),
            Terminator::Unreachable => self.push(Word::new(code::UNREACHABLE, 0, 0, 0)),
        }
    }

    fn return_values(&mut self, values: &[Reg]) {
        match values {
            [value] if self.constant(*value).is_none() => match u16::try_from(self.register(*value)) {
                Ok(0) => self.push(Word::new(code::RETURN, 0, 0, 0)),
                Ok(register) => self.push(Word::new(code::RETURN_ONE, register, 0, 0)),
                Err(_) => {
                    self.gather(0, values);
                    self.push(Word::new(code::RETURN, 0, 0, 0));
                }
            },
            values => {
                self.gather(0, values);
                self.push(Word::new(code::RETURN, 0, 0, 0));
            }
        }
    }

    fn fail(&mut self, fault: Fault, message: Option<Reg>) {
        let number = fault.number() as u16;
        match message {
            None => self.push(Word::new(code::FAIL, number, 0, 0)),
            Some(message) => {
                let message = self.read(message);
                self.push(Word::new(code::FAIL_WITH, number, message, 0));
            }
        }
    }

    fn jump(&mut self, to: BlockId, next: Option<BlockId>) {
        if next != Some(to) {
            self.jump_here(to, JumpKind::Far);
            self.push(Word::far(code::JUMP, 0, 0));
        }
    }

    /// The end of a loop's body. If its header is only a comparison, it is made here and the header is passed by.
    fn jump_back(&mut self, id: BlockId, header: BlockId, next: Option<BlockId>) {
        let tidy = self.tidy;
        let body = &tidy.function.blocks[id].insts;
        let (_, loc) = body[body.len() - 1];
        let roots = self.roots_behind[body.len() - 1];
        self.start(loc);
        if self.reach == Reach::Near
            && let Terminator::Branch { condition, then, otherwise } = &tidy.function.blocks[header].terminator
            && let Ending { consumed, condition: Some(Condition { test: Test::Row(row), sense: Sense::True }) } =
                self.condition(header, *condition)
            && consumed == tidy.function.blocks[header].insts.len()
            && self.is_near(row)
        {
            self.row_jumping(row, Place::LoopIf, then.block);
            self.set_roots(roots);
            self.jump(otherwise.block, next);
        } else {
            self.jump_here(header, JumpKind::Far);
            self.push(Word::far(code::JUMP_BACK, 0, 0));
            self.set_roots(roots);
        }
    }

    /// Whether the row needs no copies before it: a poll must come first.
    fn is_near(&self, row: Row) -> bool {
        let near = |reg: Reg| self.constant(reg).is_none() && self.register(reg) <= u16::MAX as u32;
        match row.rhs {
            None => near(row.lhs),
            Some(rhs) => near(row.lhs) && (near(rhs) || self.constant(rhs).is_some()),
        }
    }

    fn row_jumping(&mut self, row: Row, place: Place, to: BlockId) {
        self.row(row, place);
        self.jumps.push(Jump { at: self.at() - 1, to, kind: JumpKind::Near });
    }

    fn branch(&mut self, condition: Condition, then: BlockId, otherwise: BlockId, next: Option<BlockId>) {
        let Condition { test, sense } = condition;
        if let Test::Slot(slot) = test
            && let Some(bits) = self.constant(slot)
        {
            let to = if (bits != 0) == (sense == Sense::True) { then } else { otherwise };
            return self.jump(to, next);
        }
        if then == otherwise {
            self.jump(then, next);
        } else if next == Some(then) {
            self.jump_when(test, sense.inverted(), otherwise);
        } else {
            self.jump_when(test, sense, then);
            self.jump(otherwise, next);
        }
    }

    /// Goes on at `to` when the test has that outcome, else falls through.
    fn jump_when(&mut self, test: Test, sense: Sense, to: BlockId) {
        let place = |sense| match sense {
            Sense::True => Place::JumpIf,
            Sense::False => Place::JumpUnless,
        };
        match (test, self.reach) {
            (Test::Slot(slot), _) => {
                let register = self.near(slot);
                self.jump_here(to, JumpKind::Far);
                self.push(Word::far(if sense == Sense::True { code::JUMP_IF } else { code::JUMP_UNLESS }, register, 0));
            }
            (Test::Row(row), Reach::Near) => self.row_jumping(row, place(sense), to),
            (Test::Row(row), Reach::Far) => {
                // Over a jump that reaches further.
                self.row(row, place(sense.inverted()));
                let at = self.at() - 1;
                self.code.words[at].c = 1;
                self.jump_here(to, JumpKind::Far);
                self.push(Word::far(code::JUMP, 0, 0));
            }
        }
    }

    fn switch(&mut self, on: Reg, cases: &[(i64, Edge<Reg>)], default: BlockId, next: Option<BlockId>) {
        let mut cases: Vec<(i64, BlockId)> = cases.iter().map(|(case, edge)| (*case, edge.block)).collect();
        cases.sort_unstable();
        if let Some(bits) = self.constant(on) {
            let case = cases.iter().find(|(case, _)| *case == bits as i64);
            return self.jump(case.map_or(default, |(_, block)| *block), next);
        }
        if cases.is_empty() {
            return self.jump(default, next);
        }
        let on = self.near(on);
        let opcode = if Table::dense(&cases).is_some() { code::SWITCH_DENSE } else { code::SWITCH };
        self.tables.push(Table { at: self.at(), cases, default });
        self.push(Word::far(opcode, on, 0));
    }

    pub(super) fn write_tables(&mut self) {
        for Table { at, cases, default } in std::mem::take(&mut self.tables) {
            let table = self.at();
            let word = self.code.words[at];
            self.code.words[at] = Word::far(word.opcode, word.a, table as i32 - (at as i32 + 1));
            let dense = Table::dense(&cases);
            let len = dense.map_or(cases.len() as u32, |(_, len)| len);
            self.jump_here(default, JumpKind::Second { table });
            self.push(Word::pair(len, 0));
            match dense {
                Some((first, len)) => {
                    self.push(Word::literal(first as u64));
                    let mut rest = cases.iter().peekable();
                    for case in (first..).take(len as usize) {
                        let target = rest.next_if(|(next, _)| *next == case).map_or(default, |(_, block)| *block);
                        self.jump_here(target, JumpKind::First { table });
                        self.push(Word::pair(0, 0));
                    }
                }
                None => {
                    cases.iter().for_each(|(case, _)| self.push(Word::literal(*case as u64)));
                    for (_, target) in cases {
                        self.jump_here(target, JumpKind::First { table });
                        self.push(Word::pair(0, 0));
                    }
                }
            }
        }
    }
}
