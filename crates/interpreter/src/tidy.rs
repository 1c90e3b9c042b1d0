//! Drops what the lowering writes for its own convenience, before registers are allocated.
//!
//! The lowering gives each value a slot of its own: `x = x + 1` is a constant, an addition to a temporary and a copy.
//! Here constants become properties of slots instead of instructions, copies are forwarded where nobody can tell, and
//! values that nobody reads are not computed. The result is MIR in the slot form whose constant slots are read but
//! never assigned ([`Tidy::constants`] tells what they hold).
//!
//! Forwarding rests on the verifier's S2 (a slot is assigned before it is read): a slot with one assignment is like a
//! value of SSA, so it and its source can be identified everywhere if that too has one assignment.

use rustc_hash::FxHashMap;
use tandem_mir::{Block, BlockId, Function, Inst, Lane, LocId, PrimaryMap, Reg, Role, SecondaryMap};

/// A function without needless instructions.
pub(crate) struct Tidy {
    /// The function.
    pub function: Function<Reg>,
    /// The bits that constant slots hold; the other slots are assigned as usual.
    pub constants: SecondaryMap<Reg, Option<u64>>,
}

/// How far a copy is followed within its block. Longer distances are rare and would cost quadratic time.
const REACH: usize = 200;

/// Tidies a function.
pub(crate) fn tidy(function: &Function<Reg>) -> Tidy {
    let mut function = function.clone();
    let constants = forward_single_assignments(&mut function);
    let mut uses = Uses::new(&function);
    for block in function.blocks.keys().collect::<Vec<_>>() {
        forward_sources(&mut function, block, &mut uses);
        forward_destinations(&mut function, block, &mut uses);
        drop_unread(&mut function, block, &mut uses);
    }
    Tidy { function, constants }
}

/// Takes constants and copies between slots that are assigned once out of the function; the bits of the constants.
fn forward_single_assignments(function: &mut Function<Reg>) -> SecondaryMap<Reg, Option<u64>> {
    let uses = Uses::new(function);
    let mut constants: SecondaryMap<Reg, Option<u64>> = SecondaryMap::with_capacity(function.lanes.len());
    // What to read instead of a slot: itself, unless it is a copy.
    let mut source: PrimaryMap<Reg, Reg> = function.lanes.keys().collect();
    let origin = |source: &PrimaryMap<Reg, Reg>, mut reg: Reg| {
        while source[reg] != reg {
            reg = source[reg];
        }
        reg
    };
    for (inst, _) in function.blocks.values().flat_map(|block| &block.insts) {
        if let Inst::Copy { dst, src } = inst {
            let src = origin(&source, *src);
            // Unreachable blocks may copy in circles.
            if src != *dst && uses.is_assigned_once(*dst) {
                match constants[src] {
                    Some(bits) => constants[*dst] = Some(bits),
                    None if uses.is_assigned_once(src) => source[*dst] = src,
                    None => {}
                }
            }
        } else if let Some((dst, bits)) = constant(inst)
            && uses.is_assigned_once(dst)
        {
            constants[dst] = Some(bits);
        }
    }
    // Equal constants become one: each slot costs liveness something in every block.
    let mut canonical: FxHashMap<(Lane, u64), Reg> = FxHashMap::default();
    for (reg, lane) in &function.lanes {
        let origin = origin(&source, reg);
        source[reg] = match constants[origin] {
            Some(bits) => *canonical.entry((*lane, bits)).or_insert(origin),
            None => origin,
        };
    }
    for block in function.blocks.values_mut() {
        let is_forwarded = |inst: &Inst<Reg>| match inst.dsts() {
            [dst] => constants[*dst].is_some() || source[*dst] != *dst,
            _ => false,
        };
        block.insts.retain(|(inst, _)| !is_forwarded(inst));
        block.insts.iter_mut().for_each(|(inst, _)| inst.replace_reads(|reg| source[reg]));
        block.terminator.replace_reads(|reg| source[reg]);
    }
    constants
}

/// The slot and the bits of an instruction that makes a constant.
fn constant(inst: &Inst<Reg>) -> Option<(Reg, u64)> {
    match inst {
        Inst::ConstInt { dst, value } => Some((*dst, *value as u64)),
        Inst::ConstFloat { dst, bits } => Some((*dst, *bits)),
        Inst::ConstBool { dst, value } => Some((*dst, *value as u64)),
        Inst::ConstNil { dst } => Some((*dst, 0)),
        Inst::ConstString { .. }
        | Inst::Copy { .. }
        | Inst::UnaryOp { .. }
        | Inst::BinOp { .. }
        | Inst::Call { .. }
        | Inst::CallRt { .. }
        | Inst::GlobalGet { .. }
        | Inst::GlobalSet { .. }
        | Inst::TupleLit { .. }
        | Inst::FieldGet { .. }
        | Inst::Wait
        | Inst::CountExecution { .. } => None,
    }
}

/// How often and where slots are assigned and read.
struct Uses {
    assigned: SecondaryMap<Reg, u32>,
    read: SecondaryMap<Reg, u32>,
    home: SecondaryMap<Reg, Home>,
}

/// The block in which all assignments and reads of a slot stand.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Home {
    #[default]
    Nowhere,
    In(BlockId),
    Several,
}

impl Uses {
    fn new(function: &Function<Reg>) -> Uses {
        let slots = function.lanes.len();
        let mut uses = Uses {
            assigned: SecondaryMap::with_capacity(slots),
            read: SecondaryMap::with_capacity(slots),
            home: SecondaryMap::with_capacity(slots),
        };
        for param in &function.params {
            uses.assigned[*param] += 1;
            uses.home[*param] = Home::Several;
        }
        for (id, block) in &function.blocks {
            let seen = |home: &mut Home| {
                *home = match *home {
                    Home::Nowhere => Home::In(id),
                    Home::In(block) if block == id => Home::In(id),
                    Home::In(_) | Home::Several => Home::Several,
                };
            };
            for (inst, _) in &block.insts {
                inst.for_each_read(|reg| {
                    uses.read[reg] += 1;
                    seen(&mut uses.home[reg]);
                });
                for dst in inst.dsts() {
                    uses.assigned[*dst] += 1;
                    seen(&mut uses.home[*dst]);
                }
            }
            block.terminator.for_each_read(|reg| {
                uses.read[reg] += 1;
                seen(&mut uses.home[reg]);
            });
        }
        uses
    }

    fn is_assigned_once(&self, reg: Reg) -> bool {
        self.assigned[reg] == 1
    }

    /// Assigned once and read only in the same block.
    fn is_temporary(&self, reg: Reg, block: BlockId) -> bool {
        self.is_assigned_once(reg) && self.home[reg] == Home::In(block)
    }
}

fn reads_of(inst: &Inst<Reg>, reg: Reg) -> u32 {
    let mut count = 0;
    inst.for_each_read(|read| count += (read == reg) as u32);
    count
}

/// `t = x; … t …` becomes `… x …` where `x` keeps its value until `t` has been read for the last time.
fn forward_sources(function: &mut Function<Reg>, id: BlockId, uses: &mut Uses) {
    let block = &mut function.blocks[id];
    for at in 0..block.insts.len() {
        let Inst::Copy { dst: temporary, src } = block.insts[at].0 else { continue };
        if temporary == src || !uses.is_temporary(temporary, id) {
            continue;
        }
        let Some((end, left)) = last_read(block, at, uses.read[temporary]) else { continue };
        let forward = |reg| if reg == temporary { src } else { reg };
        block.insts[at + 1..end].iter_mut().for_each(|(inst, _)| inst.replace_reads(forward));
        if left > 0 {
            block.terminator.replace_reads(forward);
        }
        uses.read[src] += uses.read[temporary];
        uses.read[temporary] = 0; // the copy is dropped with what nobody reads
    }
}

/// Behind which instruction the temporary made by the copy at `at` is not read any more, and how many of its reads are
/// left for the terminator; nothing if its source changes before.
fn last_read(block: &Block<Reg>, at: usize, reads: u32) -> Option<(usize, u32)> {
    let Inst::Copy { dst: temporary, src } = block.insts[at].0 else { return None };
    let mut left = reads;
    for (index, (inst, _)) in block.insts.iter().enumerate().skip(at + 1).take(REACH) {
        left -= reads_of(inst, temporary);
        if left == 0 {
            return Some((index + 1, 0));
        }
        if inst.dsts().contains(&src) {
            return None;
        }
    }
    (block.insts.len() <= at + 1 + REACH).then_some((block.insts.len(), left))
}

/// `t = …; x = t` becomes `x = …` where `t` is read nowhere else and nobody reads or assigns `x` in between.
fn forward_destinations(function: &mut Function<Reg>, id: BlockId, uses: &mut Uses) {
    let insts = &mut function.blocks[id].insts;
    for at in 0..insts.len() {
        let Inst::Copy { dst, src: temporary } = insts[at].0 else { continue };
        if temporary == dst || uses.read[temporary] != 1 || !uses.is_temporary(temporary, id) {
            continue;
        }
        let before = insts[at.saturating_sub(REACH)..at].iter().rposition(|(inst, _)| {
            inst.dsts().contains(&temporary) || inst.dsts().contains(&dst) || reads_of(inst, dst) > 0
        });
        let Some(from) = before.map(|from| from + at.saturating_sub(REACH)) else { continue };
        let inst = &insts[from].0;
        if !inst.dsts().contains(&temporary) || inst.dsts().contains(&dst) {
            continue;
        }
        insts[from].0 = inst.map(|reg, role| match role {
            Role::Define if reg == temporary => dst,
            Role::Define | Role::Read => reg,
        });
        insts[at].0 = Inst::Copy { dst, src: dst };
        uses.read[temporary] = 0;
    }
    insts.retain(|(inst, _)| !matches!(inst, Inst::Copy { dst, src } if dst == src));
}

/// Drops what has no effect but a result that nobody reads.
fn drop_unread(function: &mut Function<Reg>, id: BlockId, uses: &mut Uses) {
    let insts = &mut function.blocks[id].insts;
    let mut kept: Vec<(Inst<Reg>, LocId)> = Vec::with_capacity(insts.len());
    for (inst, loc) in insts.drain(..).rev() {
        let is_read = inst.dsts().iter().any(|dst| uses.read[*dst] > 0);
        if inst.is_droppable() && !is_read {
            inst.for_each_read(|reg| uses.read[reg] = uses.read[reg].saturating_sub(1));
        } else {
            kept.push((inst, loc));
        }
    }
    kept.reverse();
    *insts = kept;
}
