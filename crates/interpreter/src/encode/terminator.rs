//! How blocks end: jumps, comparisons that jump, loops, tables, results, failures.

use tandem_mir::{BlockId, Edge, Inst, Lane, Op, Reg, Terminator};
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
    /// Whether a poll is among what is taken over.
    polling: Polling,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Polling {
    No,
    Yes,
}

impl Ending {
    const PLAIN: Ending = Ending { consumed: 0, condition: None, polling: Polling::No };
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
            Terminator::Branch { condition, .. } => match block.insts.as_slice() {
                [.., (Inst::Wait, _)] => self.polling_condition(id, *condition),
                _ => self.condition(id, *condition, 0),
            },
            Terminator::Jump { .. } => match block.insts.as_slice() {
                [.., (Inst::Wait, _)] => Ending { consumed: 1, condition: None, polling: Polling::Yes },
                _ => Ending::PLAIN,
            },
            Terminator::Return { .. }
            | Terminator::Switch { .. }
            | Terminator::Fail { .. }
            | Terminator::Unreachable => Ending::PLAIN,
        }
    }

    /// The end of a loop that is tested there: a comparison, a poll, the branch. The poll may as well come first, unless
    /// it could move what is compared.
    fn polling_condition(&self, id: BlockId, slot: Reg) -> Ending {
        let ending = self.condition(id, slot, 1);
        match ending.condition {
            Some(Condition { test: Test::Row(row), sense: Sense::True })
                if self.can_poll_first(row) && !row.op.info().operands.contains(&Lane::Ref) =>
            {
                Ending { polling: Polling::Yes, ..ending }
            }
            _ => Ending { condition: Some(Condition { test: Test::Slot(slot), sense: Sense::True }), ..Ending::PLAIN },
        }
    }

    /// The comparison that ends the block (but for its last `consumed` instructions) and is needed only for its branch,
    /// seen through `not`.
    fn condition(&self, id: BlockId, condition: Reg, mut consumed: usize) -> Ending {
        let insts = &self.tidy.function.blocks[id].insts;
        let live_out = self.liveness.live_out(id);
        let (mut slot, mut sense) = (condition, Sense::True);
        let ending = |consumed, test, sense| {
            let condition = Some(Condition { test, sense });
            Ending { consumed, condition, polling: Polling::No }
        };
        while let Some((inst, _)) = insts[..insts.len() - consumed].last()
            && let Some(row) = Row::of(inst, slot)
            && !live_out.contains(slot)
        {
            consumed += 1;
            if row.op != Op::BoolNot {
                return ending(consumed, Test::Row(row), sense);
            }
            (slot, sense) = (row.lhs, sense.inverted());
        }
        ending(consumed, Test::Slot(slot), sense)
    }

    pub(super) fn terminator(&mut self, id: BlockId, ending: &Ending, next: Option<BlockId>) {
        let tidy = self.tidy;
        match &tidy.function.blocks[id].terminator {
            Terminator::Return { values } => self.return_values(values),
            Terminator::Jump { to } if ending.polling == Polling::Yes => self.jump_back(id, to.block, next),
            Terminator::Jump { to } => self.jump(to.block, next),
            Terminator::Branch { then, otherwise, .. } => {
                let condition = ending.condition.expect("a branch has a condition");
                match (condition.test, ending.polling) {
                    (Test::Row(row), Polling::Yes) => self.loop_if(id, row, then.block, otherwise.block, next),
                    _ => self.branch(condition, then.block, otherwise.block, next),
                }
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
        if let Terminator::Branch { condition, then, otherwise } = &tidy.function.blocks[header].terminator
            && let Ending { consumed, condition: Some(Condition { test: Test::Row(row), sense: Sense::True }), .. } =
                self.condition(header, *condition, 0)
            && consumed == tidy.function.blocks[header].insts.len()
            && self.can_poll_first(row)
        {
            self.loop_if(id, row, then.block, otherwise.block, next);
        } else {
            let roots = self.start_poll(id);
            self.jump_here(header, JumpKind::Far);
            self.push(Word::far(code::JUMP_BACK, 0, 0));
            self.set_roots(roots);
        }
    }

    /// Polls, then goes on by a comparison.
    fn loop_if(&mut self, id: BlockId, row: Row, then: BlockId, otherwise: BlockId, next: Option<BlockId>) {
        let roots = self.start_poll(id);
        self.row_jumping(row, Place::LoopIf, then);
        self.set_roots(roots);
        self.jump(otherwise, next);
    }

    /// Begins what takes over the poll that ends the block; its roots.
    fn start_poll(&mut self, id: BlockId) -> u32 {
        let tidy = self.tidy;
        let insts = &tidy.function.blocks[id].insts;
        self.start(insts[insts.len() - 1].1);
        self.roots_behind[insts.len() - 1]
    }

    /// Whether the row needs no copies before it, because a poll must come first.
    fn can_poll_first(&self, row: Row) -> bool {
        let near = |reg: Reg| self.constant(reg).is_none() && self.register(reg) <= u16::MAX as u32;
        let operands_are_near = match row.rhs {
            None => near(row.lhs),
            Some(rhs) => near(row.lhs) && (near(rhs) || self.constant(rhs).is_some()),
        };
        self.reach == Reach::Near && operands_are_near
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
