//! Where references lie while code may collect.
//!
//! A collection moves objects, so a reference that is alive across a safepoint has to lie in a stack slot that the
//! stack map of the safepoint names, and is read again from there afterwards. [`Roots::of`] decides, from the liveness
//! of the `Ref` values of a function:
//!
//! - which of them are alive after each safepoint ([`Roots::alive_after`]);
//! - how each is kept: a *resident* value (alive across a call of a warm block) is stored once, where it is defined. A
//!   *spilled* one is alive only across polls and safepoints of cold blocks, and is stored there just before the call:
//!   a hot loop pays nothing for its poll;
//! - the slot. Values that are never alive together share one: SSA values are coloured down the dominator tree.
//!
//! Cranelift's own stack maps (`declare_value_needs_stack_map`) would turn every use of such a value into a load from
//! its slot, which costs a tight loop with a poll half its speed (FINDINGS, Q2b). `nil` and string constants, which are
//! immortal and never move, are no references in this sense.

use rustc_hash::FxHashMap;
use tandem_mir::analysis::{BitSet, Cfg, Liveness};
use tandem_mir::{BlockId, Function, Inst, Lane, SecondaryMap, Temperature, Value};

/// How a value is kept across safepoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Home {
    /// It is not a reference, or not alive across any safepoint.
    #[default]
    Register,
    /// Stored in this slot by cold paths.
    Spilled { slot: usize },
    /// Stored in this slot by its definition.
    Resident { slot: usize },
}

impl Home {
    pub(crate) fn slot(self) -> Option<usize> {
        match self {
            Home::Register => None,
            Home::Spilled { slot } | Home::Resident { slot } => Some(slot),
        }
    }
}

/// The decisions for one function.
#[derive(Default, Debug)]
pub(crate) struct Roots {
    homes: SecondaryMap<Value, Home>,
    slots: usize,
    alive_at_entry: Vec<Value>,
    alive_after: FxHashMap<(BlockId, usize), Vec<Value>>,
}

/// Whether an instruction may collect, and how often it is expected to run.
#[derive(Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
enum Safepoint {
    #[default]
    None,
    Cold,
    Warm,
}

impl Roots {
    /// Decides for a function.
    pub fn of(function: &Function<Value>, cfg: &Cfg) -> Roots {
        let mut roots = Roots::default();
        let references = references(function, cfg);
        let Some(&entry) = cfg.reverse_postorder().first() else { return roots };
        if references.iter().next().is_none() {
            return roots;
        }
        let liveness = Liveness::new(function, cfg);

        let mut needs: SecondaryMap<Value, Safepoint> = SecondaryMap::new();
        for &param in &function.params {
            if references.contains(param) && is_read(function, &liveness, entry, param) {
                roots.alive_at_entry.push(param);
                needs[param] = Safepoint::Cold;
            }
        }
        for &block in cfg.reverse_postorder() {
            let temperature = function.blocks[block].temperature;
            liveness.for_each_inst_backward(function, block, |position, inst, alive| {
                let safepoint = safepoint(inst, temperature);
                if safepoint == Safepoint::None {
                    return;
                }
                // What the call itself defines comes into being after it.
                let mut across: Vec<Value> =
                    alive.iter().filter(|value| references.contains(*value) && !inst.dsts().contains(value)).collect();
                if let Inst::TupleLit { lanes, .. } = inst {
                    // The object is allocated first and filled afterwards.
                    for lane in lanes {
                        if references.contains(*lane) && !across.contains(lane) {
                            across.push(*lane);
                        }
                    }
                }
                for value in &across {
                    needs[*value] = needs[*value].max(safepoint);
                }
                if !across.is_empty() {
                    roots.alive_after.insert((block, position), across);
                }
            });
        }
        for &block in cfg.reverse_postorder() {
            roots.colour(function, block, &liveness, &needs);
        }
        roots
    }

    /// How a value is kept.
    pub fn home(&self, value: Value) -> Home {
        self.homes[value]
    }

    /// How many slots there are.
    pub fn slots(&self) -> usize {
        self.slots
    }

    /// Parameters that are alive across the poll of the prologue.
    pub fn alive_at_entry(&self) -> &[Value] {
        &self.alive_at_entry
    }

    /// References that are alive across the safepoint at this instruction.
    pub fn alive_after(&self, block: BlockId, position: usize) -> &[Value] {
        self.alive_after.get(&(block, position)).map_or(&[], Vec::as_slice)
    }

    /// Gives the values that a block defines their slots. Dominators come first, so whatever is alive at the start of
    /// the block has its slot already.
    fn colour(
        &mut self,
        function: &Function<Value>,
        block: BlockId,
        liveness: &Liveness<Value>,
        needs: &SecondaryMap<Value, Safepoint>,
    ) {
        let mut taken = Taken::default();
        for value in liveness.live_in(block).iter() {
            if let Some(slot) = self.homes[value].slot() {
                taken.take(slot);
            }
        }
        let data = &function.blocks[block];
        let mut alive_at_end = liveness.live_out(block).clone();
        data.terminator.for_each_read(|value| {
            alive_at_end.insert(value);
        });
        let mut last_read: FxHashMap<Value, usize> = FxHashMap::default();
        for (position, (inst, _)) in data.insts.iter().enumerate() {
            inst.for_each_read(|value| {
                if needs[value] != Safepoint::None && !alive_at_end.contains(value) {
                    last_read.insert(value, position);
                }
            });
        }
        for param in &data.params {
            self.define(*param, needs[*param], &mut taken);
        }
        for (position, (inst, _)) in data.insts.iter().enumerate() {
            inst.for_each_read(|value| {
                if last_read.get(&value) == Some(&position)
                    && let Some(slot) = self.homes[value].slot()
                {
                    taken.free(slot);
                }
            });
            for dst in inst.dsts() {
                self.define(*dst, needs[*dst], &mut taken);
            }
        }
    }

    fn define(&mut self, value: Value, need: Safepoint, taken: &mut Taken) {
        self.homes[value] = match need {
            Safepoint::None => return,
            Safepoint::Cold => Home::Spilled { slot: taken.first_free() },
            Safepoint::Warm => Home::Resident { slot: taken.first_free() },
        };
        self.slots = self.slots.max(taken.0.len());
    }
}

fn safepoint(inst: &Inst<Value>, temperature: Temperature) -> Safepoint {
    let call = match temperature {
        Temperature::Warm => Safepoint::Warm,
        Temperature::Cold => Safepoint::Cold,
    };
    match inst {
        Inst::Call { .. } | Inst::TupleLit { .. } => call,
        Inst::CallRt { function, .. } if function.effects.collects => call,
        Inst::Wait => Safepoint::Cold,
        Inst::CallRt { .. }
        | Inst::ConstInt { .. }
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
        | Inst::CountExecution { .. } => Safepoint::None,
    }
}

/// The values whose objects the collector may move.
fn references(function: &Function<Value>, cfg: &Cfg) -> BitSet<Value> {
    let mut references = BitSet::empty(function.lanes.len());
    let mut add = |value: Value| {
        if function.lanes[value] == Lane::Ref {
            references.insert(value);
        }
    };
    for &block in cfg.reverse_postorder() {
        let data = &function.blocks[block];
        data.params.iter().copied().for_each(&mut add);
        for (inst, _) in &data.insts {
            if !matches!(inst, Inst::ConstNil { .. } | Inst::ConstString { .. }) {
                inst.dsts().iter().copied().for_each(&mut add);
            }
        }
    }
    references
}

/// Whether anything reads a parameter of the entry block.
fn is_read(function: &Function<Value>, liveness: &Liveness<Value>, entry: BlockId, param: Value) -> bool {
    let mut read = liveness.live_out(entry).contains(param);
    let data = &function.blocks[entry];
    data.insts.iter().for_each(|(inst, _)| inst.for_each_read(|value| read |= value == param));
    data.terminator.for_each_read(|value| read |= value == param);
    read
}

/// Which slots hold a value at a place of the program.
#[derive(Default)]
struct Taken(Vec<bool>);

impl Taken {
    fn take(&mut self, slot: usize) {
        if slot >= self.0.len() {
            self.0.resize(slot + 1, false);
        }
        self.0[slot] = true;
    }

    fn free(&mut self, slot: usize) {
        self.0[slot] = false;
    }

    fn first_free(&mut self) -> usize {
        let slot = self.0.iter().position(|taken| !taken).unwrap_or(self.0.len());
        self.take(slot);
        slot
    }
}
