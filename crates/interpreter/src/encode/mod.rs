//! From MIR in the slot form to compact code.
//!
//! A function is tidied, its slots get registers, and its blocks are written one behind the other: `inst` writes
//! instructions, `terminator` how blocks end, `moves` copies between registers. Here is what they share: the words,
//! the pool of literals, and the distances that are filled in when their targets are known.
//!
//! *Large functions.* Fields of 16 bits reach 65,536 registers and jumps of ±32,767 words. Registers beyond are copied
//! into and out of scratch registers around the instruction that uses them, and functions that may be longer than
//! the reach jump by instructions with a distance of 32 bits; so each operation is written once, not once per width.

mod inst;
mod moves;
mod terminator;

use rustc_hash::FxHashMap;
use tandem_mir::analysis::{Cfg, Liveness};
use tandem_mir::{BlockId, FnId, Function, Inst, Lane, LocId, Program, Reg, SecondaryMap};

use crate::allocate::{Allocation, SCRATCH, allocate};
use crate::code::{self, Code, Word};
use crate::tidy::{Tidy, tidy};

/// Encodes a program.
pub(crate) fn encode(program: &Program<Reg>) -> Code {
    let nowhere = LocId::from_u32(0);
    let mut code = Code {
        words: vec![Word::new(code::HALT, 0, 0, 0)],
        locs: vec![nowhere],
        root_lists: vec![0],
        roots: vec![0],
        entry: 0,
    };
    let mut starts: SecondaryMap<FnId, u32> = SecondaryMap::with_capacity(program.functions.len());
    let mut calls = Vec::new();
    for (id, function) in &program.functions {
        starts[id] = code.words.len() as u32 + 1;
        encode_function(function, &mut code, &mut calls);
    }
    for Call { at, function } in calls {
        let distance = starts[function] as i32 - (at as i32 + 1);
        code.words[at] = Word::far(code.words[at].opcode, code.words[at].a, distance);
    }
    code.entry = starts[program.entry];
    code
}

/// A call whose distance is not known yet.
struct Call {
    at: usize,
    function: FnId,
}

/// A distance to a block that is not known yet.
struct Jump {
    at: usize,
    to: BlockId,
    kind: JumpKind,
}

#[derive(Clone, Copy)]
enum JumpKind {
    /// In `c`.
    Near,
    /// In `b` and `c`.
    Far,
    /// The first half of a pair in the table that begins at that word.
    First { table: usize },
    /// The second half.
    Second { table: usize },
}

/// Where a literal is used: the word, and the field that holds its distance.
struct LiteralUse {
    at: usize,
    field: Field,
    literal: u32,
}

#[derive(Clone, Copy)]
enum Field {
    A,
    B,
    C,
    /// `b` and `c`
    Far,
}

/// Whether every distance within the function fits 16 bits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Near,
    Far,
}

/// An operand of a row.
#[derive(Clone, Copy)]
enum Operand {
    Register(u16),
    Constant(u64),
}

fn encode_function(function: &Function<Reg>, code: &mut Code, calls: &mut Vec<Call>) {
    let tidy = tidy(function);
    let cfg = Cfg::new(&tidy.function);
    let liveness = Liveness::new(&tidy.function, &cfg);
    let allocation = allocate(&tidy, &cfg, &liveness);
    let mut encoder = Encoder {
        reach: reach(&tidy.function),
        scratch: allocation.frame_size.min(SCRATCH.start),
        frame_size: allocation.frame_size,
        tidy: &tidy,
        liveness: &liveness,
        allocation,
        code,
        calls,
        number: 0,
        loc: LocId::from_u32(0),
        scratch_used: 0,
        stores: Vec::new(),
        pending_roots: 0,
        block_starts: SecondaryMap::with_capacity(tidy.function.blocks.len()),
        jumps: Vec::new(),
        tables: Vec::new(),
        literals: FxHashMap::default(),
        literal_uses: Vec::new(),
        roots_behind: Vec::new(),
    };
    encoder.function(&cfg);
}

/// An upper bound of the function's length decides.
fn reach(function: &Function<Reg>) -> Reach {
    let mut words = 64 + 4 * function.params.len();
    for block in function.blocks.values() {
        for (inst, _) in &block.insts {
            let mut operands = inst.dsts().len();
            inst.for_each_read(|_| operands += 1);
            words += 4 + 4 * operands;
        }
        block.terminator.for_each_read(|_| words += 4);
        block.terminator.for_each_edge(|_| words += 4);
        words += 8;
    }
    if words < i16::MAX as usize { Reach::Near } else { Reach::Far }
}

struct Encoder<'a> {
    tidy: &'a Tidy,
    liveness: &'a Liveness<Reg>,
    allocation: Allocation,
    code: &'a mut Code,
    calls: &'a mut Vec<Call>,
    reach: Reach,
    /// The first scratch register.
    scratch: u32,
    frame_size: u32,
    /// The number of the instruction, as `allocate` counts.
    number: usize,
    loc: LocId,
    /// Scratch registers in use for this instruction.
    scratch_used: u32,
    /// Results to be copied from scratch registers: (register, scratch register).
    stores: Vec<(u32, u16)>,
    /// The list of roots for the word that comes next.
    pending_roots: u32,
    block_starts: SecondaryMap<BlockId, u32>,
    jumps: Vec<Jump>,
    /// Tables of switches: to be written behind the code.
    tables: Vec<terminator::Table>,
    literals: FxHashMap<u64, u32>,
    literal_uses: Vec<LiteralUse>,
    /// By instruction of the current block, its roots list.
    roots_behind: Vec<u32>,
}

impl Encoder<'_> {
    fn function(&mut self, cfg: &Cfg) {
        let header = self.code.words.len();
        self.push(Word::literal(0));
        let tidy = self.tidy;
        let blocks: Vec<BlockId> = tidy.function.blocks.keys().filter(|block| cfg.is_reachable(*block)).collect();
        self.parameters();
        for (index, &block) in blocks.iter().enumerate() {
            self.block_starts[block] = self.code.words.len() as u32;
            self.block(block, blocks.get(index + 1).copied());
        }
        self.write_tables();
        self.write_literals();
        self.fill_jumps();
        self.code.words[header] = Word::literal(self.frame_size as u64);
    }

    fn block(&mut self, id: BlockId, next: Option<BlockId>) {
        let tidy = self.tidy;
        self.note_roots(id);
        let block = &tidy.function.blocks[id];
        let ending = self.ending(id);
        for (index, (inst, loc)) in block.insts[..block.insts.len() - ending.consumed].iter().enumerate() {
            self.start(*loc);
            self.inst(inst, self.roots_behind[index]);
            self.number += 1;
        }
        self.number += ending.consumed;
        self.start(block.terminator_loc);
        self.terminator(id, &ending, next);
        self.number += 1;
    }

    /// Begins the next instruction.
    fn start(&mut self, loc: LocId) {
        self.loc = loc;
        self.scratch_used = 0;
    }

    /// Finds the live references behind each safepoint of a block.
    fn note_roots(&mut self, id: BlockId) {
        let function = &self.tidy.function;
        self.roots_behind.clear();
        self.roots_behind.resize(function.blocks[id].insts.len(), 0);
        let liveness = self.liveness;
        liveness.for_each_inst_backward(function, id, |index, inst, live| {
            if is_safepoint(inst) {
                let is_root = |reg: &Reg| {
                    function.lanes[*reg] == Lane::Ref
                        && self.tidy.constants[*reg].is_none()
                        && !inst.dsts().contains(reg)
                };
                let registers = live.iter().filter(is_root).map(|reg| self.allocation.registers[reg]);
                let registers: Vec<u32> = registers.map(|r| r.expect("live slots have registers")).collect();
                if !registers.is_empty() {
                    self.roots_behind[index] = self.code.roots.len() as u32;
                    self.code.roots.push(registers.len() as u32);
                    self.code.roots.extend(registers);
                }
            }
        });
    }

    // ---- words

    fn push(&mut self, word: Word) {
        self.code.words.push(word);
        self.code.locs.push(self.loc);
        self.code.root_lists.push(std::mem::take(&mut self.pending_roots));
    }

    /// Says which references live on behind the safepoint just written.
    fn set_roots(&mut self, list: u32) {
        self.pending_roots = list;
    }

    fn at(&self) -> usize {
        self.code.words.len()
    }

    // ---- operands

    fn scratch(&mut self) -> u16 {
        let register = self.scratch + self.scratch_used;
        self.scratch_used += 1;
        self.frame_size = self.frame_size.max(register + 1);
        register as u16
    }

    fn register(&self, reg: Reg) -> u32 {
        self.allocation.registers[reg].expect("slots that are assigned or read have registers")
    }

    fn constant(&self, reg: Reg) -> Option<u64> {
        self.tidy.constants[reg]
    }

    /// An operand: a constant, or a register that a field can name.
    fn operand(&mut self, reg: Reg) -> Operand {
        match self.constant(reg) {
            Some(bits) => Operand::Constant(bits),
            None => Operand::Register(self.near(reg)),
        }
    }

    fn near(&mut self, reg: Reg) -> u16 {
        let register = self.register(reg);
        match u16::try_from(register) {
            Ok(near) => near,
            Err(_) => {
                let scratch = self.scratch();
                self.copy(scratch as u32, register);
                scratch
            }
        }
    }

    /// The register, named by a field, that holds an operand.
    fn read(&mut self, reg: Reg) -> u16 {
        match self.operand(reg) {
            Operand::Register(register) => register,
            Operand::Constant(bits) => self.materialise(bits),
        }
    }

    fn materialise(&mut self, bits: u64) -> u16 {
        let scratch = self.scratch();
        self.load_constant(scratch as u32, bits);
        scratch
    }

    /// The register, named by a field, for a result; [`Encoder::finish_stores`] brings it where it belongs.
    fn write(&mut self, reg: Reg) -> u16 {
        let register = self.register(reg);
        u16::try_from(register).unwrap_or_else(|_| {
            let scratch = self.scratch();
            self.stores.push((register, scratch));
            scratch
        })
    }

    fn finish_stores(&mut self) {
        for (register, scratch) in std::mem::take(&mut self.stores) {
            self.copy(register, scratch as u32);
        }
    }

    // ---- literals

    fn literal(&mut self, field: Field, bits: u64) {
        let len = self.literals.len() as u32;
        let literal = *self.literals.entry(bits).or_insert(len);
        self.literal_uses.push(LiteralUse { at: self.at(), field, literal });
    }

    fn write_literals(&mut self) {
        let first = self.at();
        let mut literals = vec![0; self.literals.len()];
        self.literals.iter().for_each(|(bits, index)| literals[*index as usize] = *bits);
        literals.into_iter().for_each(|bits| self.push(Word::literal(bits)));
        for LiteralUse { at, field, literal } in std::mem::take(&mut self.literal_uses) {
            let distance = (first + literal as usize) as i32 - (at as i32 + 1);
            let word = &mut self.code.words[at];
            match field {
                Field::A => word.a = near(distance),
                Field::B => word.b = near(distance),
                Field::C => word.c = near(distance),
                Field::Far => *word = Word::far(word.opcode, word.a, distance),
            }
        }
    }

    // ---- jumps

    /// The word that comes next goes on at `to`.
    fn jump_here(&mut self, to: BlockId, kind: JumpKind) {
        self.jumps.push(Jump { at: self.at(), to, kind });
    }

    fn fill_jumps(&mut self) {
        for Jump { at, to, kind } in std::mem::take(&mut self.jumps) {
            let target = self.block_starts[to] as i32;
            let distance = target - (at as i32 + 1);
            let word = &mut self.code.words[at];
            match kind {
                JumpKind::Near => word.c = near(distance),
                JumpKind::Far => *word = Word::far(word.opcode, word.a, distance),
                JumpKind::First { table } => *word = Word::pair((target - table as i32) as u32, word.second()),
                JumpKind::Second { table } => *word = Word::pair(word.first(), (target - table as i32) as u32),
            }
        }
    }
}

fn near(distance: i32) -> u16 {
    i16::try_from(distance).expect("a function in near reach is short") as u16
}

/// Whether collections may happen while the instruction runs.
fn is_safepoint(inst: &Inst<Reg>) -> bool {
    match inst {
        Inst::Call { .. } | Inst::TupleLit { .. } | Inst::Wait => true,
        Inst::CallRt { function, .. } => function.effects.collects,
        Inst::ConstInt { .. }
        | Inst::ConstFloat { .. }
        | Inst::ConstBool { .. }
        | Inst::ConstNil { .. }
        | Inst::ConstString { .. }
        | Inst::Copy { .. }
        | Inst::UnaryOp { .. }
        | Inst::BinOp { .. }
        | Inst::GlobalGet { .. }
        | Inst::GlobalSet { .. }
        | Inst::FieldGet { .. }
        | Inst::CountExecution { .. } => false,
    }
}
