//! The invariants of MIR.
//!
//! Of a program:
//! - P1: the entry function exists, has no parameters and gives one `Int`.
//! - P2: the names, spans' functions and parents of locations exist; a parent comes before its children (so histories
//!   end).
//!
//! Of a function, in both forms:
//! - F1: it has a block; the entry has no predecessors.
//! - F2: operands, blocks, functions, constants, globals, shapes, locations and runtime functions that are named exist.
//! - F3: operands have the lanes that the operation, runtime function, callee, shape or global says, in their number.
//! - F4: what one instruction defines is distinct.
//! - F5: edges have one argument per parameter of their target, with its lane.
//! - F6: `return` gives the lanes of the results; the condition of a branch is a `Bool`; what is switched on is an `Int`
//!   and the cases are distinct; the message of a failure is a `Ref`.
//! - F7: parameters are distinct.
//!
//! Of the slot form:
//! - S1: there are no block parameters.
//! - S2: on every path from the entry a slot is assigned before it is read.
//!
//! Of SSA:
//! - V1: the parameters of the function are those of the entry block.
//! - V2: a value is defined once, by an instruction or as a block parameter.
//! - V3: the definition of a value dominates what reads it.
//!
//! S2 and V3 hold where control can get; unreachable blocks need only fit the rest.

use std::fmt;

use cranelift_entity::SecondaryMap;
use tandem_runtime::ffi::{self, Lane};

use crate::analysis::{BitSet, Cfg, Dominators};
use crate::{BlockId, Edge, FnId, Form, Function, Inst, LocId, Op, Operand, Program, Terminator};

/// A broken invariant: a bug of the pass that ran last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Its name in the list above.
    pub rule: &'static str,
    /// Where: the function, block and instruction, as the text form names them.
    pub place: String,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.place, self.what, self.rule)
    }
}

/// Checks every invariant; gives the first that is broken.
pub fn verify<V: Operand>(program: &Program<V>) -> Result<(), Violation> {
    let violation = |rule, place: String, what: String| Err(Violation { rule, place, what });
    let Some(entry) = program.functions.get(program.entry) else {
        return violation("P1", "program".into(), format!("there is no {}", program.entry));
    };
    if !entry.params.is_empty() || entry.results != [Lane::Int] {
        return violation("P1", program.entry.to_string(), "the entry is not `() -> int`".into());
    }
    for (id, loc) in &program.locs {
        if program.names.get(loc.function).is_none() {
            return violation("P2", id.to_string(), format!("there is no {}", loc.function));
        }
        if loc.parent.is_some_and(|parent| parent >= id) {
            return violation("P2", id.to_string(), "the parent does not come before".into());
        }
    }
    program.functions.keys().try_for_each(|id| Verifier::new(program, id).function())
}

/// In debug builds: panics with the first broken invariant, naming the pass.
pub fn debug_verify<V: Operand>(program: &Program<V>, pass: &str) {
    if cfg!(debug_assertions)
        && let Err(violation) = verify(program)
    {
        panic!("after {pass}: {violation}");
    }
}

type Checked = Result<(), Violation>;

struct Verifier<'a, V: Operand> {
    program: &'a Program<V>,
    id: FnId,
    function: &'a Function<V>,
    /// Where we are: block and instruction (the terminator is behind the last).
    at: Option<(BlockId, usize)>,
}

impl<'a, V: Operand> Verifier<'a, V> {
    fn new(program: &'a Program<V>, id: FnId) -> Self {
        Verifier { program, id, function: &program.functions[id], at: None }
    }

    fn broken<T>(&self, rule: &'static str, what: impl Into<String>) -> Result<T, Violation> {
        let place = match self.at {
            None => self.id.to_string(),
            Some((block, inst)) => format!("{}, {block}, instruction {inst}", self.id),
        };
        Err(Violation { rule, place, what: what.into() })
    }

    fn require(&self, holds: bool, rule: &'static str, what: impl FnOnce() -> String) -> Checked {
        if holds { Ok(()) } else { self.broken(rule, what()) }
    }

    fn function(&mut self) -> Checked {
        let function = self.function;
        let Some(entry) = function.entry() else { return self.broken("F1", "no blocks") };
        self.require(self.program.names.get(function.name).is_some(), "F2", || format!("no {}", function.name))?;
        let mut seen = BitSet::empty(function.lanes.len());
        for param in &function.params {
            self.lane(*param)?;
            self.require(seen.insert(*param), "F7", || format!("{param} is two parameters"))?;
        }
        for (id, block) in &function.blocks {
            self.at = Some((id, 0));
            block.params.iter().try_for_each(|param| self.lane(*param).map(|_| ()))?;
            for (index, (inst, loc)) in block.insts.iter().enumerate() {
                self.at = Some((id, index));
                self.loc(*loc)?;
                self.inst(inst)?;
            }
            self.at = Some((id, block.insts.len()));
            self.loc(block.terminator_loc)?;
            self.terminator(&block.terminator, entry)?;
        }
        self.at = None;
        match V::FORM {
            Form::Slots => self.assignments(),
            Form::Ssa => self.definitions(entry),
        }
    }

    fn lane(&self, operand: V) -> Result<Lane, Violation> {
        match self.function.lanes.get(operand) {
            Some(lane) => Ok(*lane),
            None => self.broken("F2", format!("there is no {operand}")),
        }
    }

    fn loc(&self, loc: LocId) -> Checked {
        self.require(self.program.locs.get(loc).is_some(), "F2", || format!("there is no {loc}"))
    }

    /// The operands have these lanes, in their number.
    fn lanes(&self, operands: &[V], expected: &[Lane]) -> Checked {
        let found = operands.iter().map(|v| self.lane(*v)).collect::<Result<Vec<_>, _>>()?;
        self.require(found == expected, "F3", || format!("expected {expected:?}, found {found:?}"))
    }

    fn op(&self, op: Op, operands: &[V], dst: V) -> Checked {
        self.lanes(operands, op.info().operands)?;
        self.lanes(&[dst], &[op.info().result])
    }

    fn inst(&self, inst: &Inst<V>) -> Checked {
        if inst.dsts().len() > 1 {
            let mut dsts = inst.dsts().to_vec();
            dsts.sort_unstable();
            let twice = dsts.windows(2).find(|pair| pair[0] == pair[1]);
            self.require(twice.is_none(), "F4", || format!("{twice:?} are defined at once"))?;
        }
        match inst {
            Inst::ConstInt { dst, .. } => self.lanes(&[*dst], &[Lane::Int]),
            Inst::ConstFloat { dst, .. } => self.lanes(&[*dst], &[Lane::Float]),
            Inst::ConstBool { dst, .. } => self.lanes(&[*dst], &[Lane::Bool]),
            Inst::ConstNil { dst } => self.lanes(&[*dst], &[Lane::Ref]),
            Inst::ConstString { dst, constant } => {
                self.require(self.program.constants.get(*constant).is_some(), "F2", || format!("no {constant}"))?;
                self.lanes(&[*dst], &[Lane::Ref])
            }
            Inst::Copy { dst, src } => self.lanes(&[*dst], &[self.lane(*src)?]),
            Inst::UnaryOp { dst, op, arg } => self.op(*op, &[*arg], *dst),
            Inst::BinOp { dst, op, lhs, rhs } => self.op(*op, &[*lhs, *rhs], *dst),
            Inst::Call { dsts, function, args } => {
                let Some(callee) = self.program.functions.get(*function) else {
                    return self.broken("F2", format!("there is no {function}"));
                };
                self.lanes(args, &callee.param_lanes().collect::<Vec<_>>())?;
                self.lanes(dsts, &callee.results)
            }
            Inst::CallRt { dsts, function, args } => {
                let known = ffi::ALL.get(function.index as usize).is_some_and(|row| row == function);
                self.require(known, "F2", || format!("{} is not in the table", function.symbol))?;
                self.lanes(args, function.params)?;
                self.lanes(dsts, function.results)
            }
            Inst::GlobalGet { dst: operand, global } | Inst::GlobalSet { global, src: operand } => {
                match self.program.globals.get(*global) {
                    Some(lane) => self.lanes(&[*operand], &[*lane]),
                    None => self.broken("F2", format!("there is no {global}")),
                }
            }
            Inst::TupleLit { dst, shape, lanes } => {
                let Some(expected) = self.program.shapes.get(*shape) else {
                    return self.broken("F2", format!("there is no {shape}"));
                };
                self.lanes(lanes, expected)?;
                self.lanes(&[*dst], &[Lane::Ref])
            }
            Inst::FieldGet { dst, object, shape, index } => {
                self.lanes(&[*object], &[Lane::Ref])?;
                match self.program.shapes.get(*shape).and_then(|lanes| lanes.get(*index as usize)) {
                    Some(lane) => self.lanes(&[*dst], &[*lane]),
                    None => self.broken("F2", format!("there is no lane {index} of {shape}")),
                }
            }
            Inst::Wait => Ok(()),
            Inst::CountExecution { name } => {
                self.require(self.program.names.get(*name).is_some(), "F2", || format!("there is no {name}"))
            }
        }
    }

    fn terminator(&self, terminator: &Terminator<V>, entry: BlockId) -> Checked {
        match terminator {
            Terminator::Return { values } => {
                let found = values.iter().map(|v| self.lane(*v)).collect::<Result<Vec<_>, _>>()?;
                self.require(found == self.function.results, "F6", || {
                    format!("returns {found:?} instead of {:?}", self.function.results)
                })?;
            }
            Terminator::Branch { condition, .. } => {
                let lane = self.lane(*condition)?;
                self.require(lane == Lane::Bool, "F6", || format!("branches on {lane:?}"))?;
            }
            Terminator::Switch { on, cases, .. } => {
                let lane = self.lane(*on)?;
                self.require(lane == Lane::Int, "F6", || format!("switches on {lane:?}"))?;
                let mut numbers: Vec<i64> = cases.iter().map(|(case, _)| *case).collect();
                numbers.sort_unstable();
                self.require(numbers.is_sorted_by(|a, b| a < b), "F6", || "a case stands twice".into())?;
            }
            Terminator::Fail { message, .. } => {
                if let Some(message) = message {
                    let lane = self.lane(*message)?;
                    self.require(lane == Lane::Ref, "F6", || format!("the message is {lane:?}"))?;
                }
            }
            Terminator::Jump { .. } | Terminator::Unreachable => {}
        }
        let mut checked = Ok(());
        terminator.for_each_edge(|edge| {
            if checked.is_ok() {
                checked = self.edge(edge, entry);
            }
        });
        checked
    }

    fn edge(&self, edge: &Edge<V>, entry: BlockId) -> Checked {
        let Some(target) = self.function.blocks.get(edge.block) else {
            return self.broken("F2", format!("there is no {}", edge.block));
        };
        self.require(edge.block != entry, "F1", || "the entry has a predecessor".into())?;
        let lanes = |operands: &[V]| operands.iter().map(|v| self.lane(*v)).collect::<Result<Vec<_>, _>>();
        let (found, expected) = (lanes(&edge.args)?, lanes(&target.params)?);
        self.require(found == expected, "F5", || format!("{} takes {expected:?}, given {found:?}", edge.block))
    }

    /// S1, S2
    fn assignments(&mut self) -> Checked {
        let (function, len) = (self.function, self.function.lanes.len());
        for (id, block) in &function.blocks {
            self.at = Some((id, 0));
            self.require(block.params.is_empty(), "S1", || "block parameters".into())?;
        }
        let cfg = Cfg::new(function);
        let mut assigned: SecondaryMap<BlockId, BitSet<V>> = SecondaryMap::with_default(BitSet::full(len));
        let mut changed = true;
        while changed {
            changed = false;
            for &id in cfg.reverse_postorder() {
                let mut now = self.assigned_at_start(&cfg, &assigned, id);
                function.blocks[id].insts.iter().for_each(|(inst, _)| {
                    inst.dsts().iter().for_each(|dst| {
                        now.insert(*dst);
                    });
                });
                if now != assigned[id] {
                    assigned[id] = now;
                    changed = true;
                }
            }
        }
        for &id in cfg.reverse_postorder() {
            let mut now = self.assigned_at_start(&cfg, &assigned, id);
            for (index, (inst, _)) in function.blocks[id].insts.iter().enumerate() {
                self.at = Some((id, index));
                self.all_in(&now, |f| inst.for_each_read(f), "S2", "is read before it is assigned")?;
                inst.dsts().iter().for_each(|dst| {
                    now.insert(*dst);
                });
            }
            self.at = Some((id, function.blocks[id].insts.len()));
            let terminator = &function.blocks[id].terminator;
            self.all_in(&now, |f| terminator.for_each_read(f), "S2", "is read before it is assigned")?;
        }
        Ok(())
    }

    fn assigned_at_start(&self, cfg: &Cfg, at_end: &SecondaryMap<BlockId, BitSet<V>>, block: BlockId) -> BitSet<V> {
        if self.function.entry() == Some(block) {
            let mut params = BitSet::empty(self.function.lanes.len());
            self.function.params.iter().for_each(|param| {
                params.insert(*param);
            });
            return params;
        }
        let mut assigned = BitSet::full(self.function.lanes.len());
        for &before in cfg.predecessors(block) {
            assigned.intersect(&at_end[before]);
        }
        assigned
    }

    fn all_in(
        &self,
        set: &BitSet<V>,
        reads: impl FnOnce(&mut dyn FnMut(V)),
        rule: &'static str,
        what: &str,
    ) -> Checked {
        let mut missing = None;
        reads(&mut |v| {
            if !set.contains(v) {
                missing.get_or_insert(v);
            }
        });
        match missing {
            None => Ok(()),
            Some(v) => self.broken(rule, format!("{v} {what}")),
        }
    }

    /// V1 to V3
    fn definitions(&mut self, entry: BlockId) -> Checked {
        let function = self.function;
        let params = &function.blocks[entry].params;
        self.require(params.as_slice() == function.params, "V1", || "the entry block has other parameters".into())?;
        let mut block_of: SecondaryMap<V, Option<BlockId>> = SecondaryMap::new();
        for (id, block) in &function.blocks {
            self.at = Some((id, 0));
            for param in &block.params {
                self.require(block_of[*param].replace(id).is_none(), "V2", || format!("{param} is defined twice"))?;
            }
            for (index, (inst, _)) in block.insts.iter().enumerate() {
                self.at = Some((id, index));
                for dst in inst.dsts() {
                    self.require(block_of[*dst].replace(id).is_none(), "V2", || format!("{dst} is defined twice"))?;
                }
            }
        }
        let cfg = Cfg::new(function);
        let tree = Dominators::new(&cfg);
        for &id in cfg.reverse_postorder() {
            let block = &function.blocks[id];
            // Defined so far in this block; others must stand in blocks above.
            let mut here = BitSet::empty(function.lanes.len());
            block.params.iter().for_each(|param| {
                here.insert(*param);
            });
            let is_defined = |here: &BitSet<V>, v: V| match block_of[v] {
                Some(other) if other != id => tree.dominates(other, id),
                Some(_) | None => here.contains(v),
            };
            for (index, (inst, _)) in block.insts.iter().enumerate() {
                self.at = Some((id, index));
                let mut missing = None;
                inst.for_each_read(|v| missing = missing.or((!is_defined(&here, v)).then_some(v)));
                self.require(missing.is_none(), "V3", || format!("{missing:?} is not defined on every path"))?;
                inst.dsts().iter().for_each(|dst| {
                    here.insert(*dst);
                });
            }
            self.at = Some((id, block.insts.len()));
            let mut missing = None;
            block.terminator.for_each_read(|v| missing = missing.or((!is_defined(&here, v)).then_some(v)));
            self.require(missing.is_none(), "V3", || format!("{missing:?} is not defined on every path"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
