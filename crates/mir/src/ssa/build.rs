//! Slots to SSA.
//!
//! Parameters are placed where they are needed and nowhere else: at the iterated dominance frontier of the assignments
//! to a register, if it is alive there (Cytron et al., 1991, pruned). Then blocks are visited along the dominator tree,
//! each read gets the value that its register has there. Copies vanish on the way.

use cranelift_entity::{PrimaryMap, SecondaryMap};

use crate::analysis::{Cfg, Dominators, Liveness};
use crate::{Block, BlockId, Edge, Function, Inst, Lane, Operands, Program, Reg, Role, Terminator, Value, verify};

/// The program in SSA.
pub fn build(program: &Program<Reg>) -> Program<Value> {
    let program = Program {
        functions: program.functions.values().map(function).collect(),
        constants: program.constants.clone(),
        globals: program.globals.clone(),
        shapes: program.shapes.clone(),
        locs: program.locs.clone(),
        names: program.names.clone(),
        entry: program.entry,
    };
    verify::debug_verify(&program, "ssa");
    program
}

fn function(function: &Function<Reg>) -> Function<Value> {
    let mut function = function.clone();
    crate::opt::simplify_cfg::remove_unreachable(&mut function);
    let cfg = Cfg::new(&function);
    let tree = Dominators::new(&cfg);
    let params = place_params(&function, &cfg, &tree);
    Renamer::new(&function, &cfg, &tree, params).run()
}

/// The registers that become parameters of each block.
type BlockRegs = SecondaryMap<BlockId, Vec<Reg>>;

fn place_params(function: &Function<Reg>, cfg: &Cfg, tree: &Dominators) -> BlockRegs {
    let live = Liveness::new(function, cfg);
    let frontier = dominance_frontiers(cfg, tree);
    let mut assigned_in: SecondaryMap<Reg, Vec<BlockId>> = SecondaryMap::new();
    let Some(entry) = function.entry() else { return BlockRegs::new() };
    function.params.iter().for_each(|param| assigned_in[*param].push(entry));
    for &id in cfg.reverse_postorder() {
        for dst in function.blocks[id].insts.iter().flat_map(|(inst, _)| inst.dsts()) {
            if assigned_in[*dst].last() != Some(&id) {
                assigned_in[*dst].push(id);
            }
        }
    }
    let mut params = BlockRegs::new();
    for reg in function.lanes.keys() {
        let mut pending = std::mem::take(&mut assigned_in[reg]);
        while let Some(block) = pending.pop() {
            for &join in &frontier[block] {
                if live.live_in(join).contains(reg) && params[join].last() != Some(&reg) {
                    params[join].push(reg);
                    pending.push(join);
                }
            }
        }
    }
    params
}

/// The joins at which the dominance of each block ends (Cooper, Harvey, Kennedy, 2001).
fn dominance_frontiers(cfg: &Cfg, tree: &Dominators) -> SecondaryMap<BlockId, Vec<BlockId>> {
    let mut frontiers: SecondaryMap<BlockId, Vec<BlockId>> = SecondaryMap::new();
    for &join in cfg.reverse_postorder() {
        if cfg.predecessors(join).len() < 2 {
            continue;
        }
        for &before in cfg.predecessors(join) {
            let mut at = Some(before);
            while at != tree.parent(join) {
                let Some(block) = at else { break };
                if frontiers[block].last() != Some(&join) {
                    frontiers[block].push(join);
                }
                at = tree.parent(block);
            }
        }
    }
    frontiers
}

/// Visits blocks along the dominator tree and gives registers their values.
struct Renamer<'a> {
    old: &'a Function<Reg>,
    children: SecondaryMap<BlockId, Vec<BlockId>>,
    params: BlockRegs,
    new: Function<Value>,
    /// The value of each register here.
    current: SecondaryMap<Reg, Option<Value>>,
    /// What `current` was before, in the order of changes.
    undo: Vec<(Reg, Option<Value>)>,
}

enum Step {
    Visit(BlockId),
    /// Takes back all changes but the first so many.
    Leave(usize),
}

impl<'a> Renamer<'a> {
    fn new(old: &'a Function<Reg>, cfg: &Cfg, tree: &Dominators, params: BlockRegs) -> Self {
        let mut children: SecondaryMap<BlockId, Vec<BlockId>> = SecondaryMap::new();
        for &block in cfg.reverse_postorder().iter().rev() {
            if let Some(parent) = tree.parent(block) {
                children[parent].push(block);
            }
        }
        let blocks = old.blocks.values().map(|block| Block {
            params: Operands::new(),
            insts: Vec::with_capacity(block.insts.len()),
            terminator: Terminator::Unreachable,
            terminator_loc: block.terminator_loc,
            temperature: block.temperature,
        });
        let new = Function {
            name: old.name,
            params: Vec::new(),
            results: old.results.clone(),
            lanes: PrimaryMap::new(),
            blocks: blocks.collect(),
        };
        Renamer { old, children, params, new, current: SecondaryMap::new(), undo: Vec::new() }
    }

    fn run(mut self) -> Function<Value> {
        let Some(entry) = self.old.entry() else { return self.new };
        // Parameters of joins come first: edges to them may be met before them.
        let joins: Vec<(BlockId, Operands<Value>)> = self
            .old
            .blocks
            .keys()
            .map(|id| (id, self.params[id].iter().map(|reg| self.new.lanes.push(self.old.lanes[*reg])).collect()))
            .collect();
        for (id, params) in joins {
            self.new.blocks[id].params = params;
        }
        for param in &self.old.params {
            let value = self.define(*param);
            self.new.params.push(value);
        }
        self.new.blocks[entry].params = self.new.params.as_slice().into();
        let mut steps = vec![Step::Visit(entry)];
        while let Some(step) = steps.pop() {
            match step {
                Step::Visit(block) => {
                    steps.push(Step::Leave(self.undo.len()));
                    self.block(block, entry);
                    steps.extend(self.children[block].iter().map(|child| Step::Visit(*child)));
                }
                Step::Leave(len) => {
                    for (reg, value) in self.undo.drain(len..).rev() {
                        self.current[reg] = value;
                    }
                }
            }
        }
        self.new
    }

    fn set(&mut self, reg: Reg, value: Value) {
        let before = self.current[reg].replace(value);
        self.undo.push((reg, before));
    }

    fn define(&mut self, reg: Reg) -> Value {
        let lane: Lane = self.old.lanes[reg];
        let value = self.new.lanes.push(lane);
        self.set(reg, value);
        value
    }

    fn read(&self, reg: Reg) -> Value {
        self.current[reg].unwrap_or_else(|| panic!("verified: {reg} is assigned before it is read"))
    }

    fn block(&mut self, id: BlockId, entry: BlockId) {
        let block = &self.old.blocks[id];
        if id != entry {
            let values = self.new.blocks[id].params.clone();
            for (index, value) in values.iter().enumerate() {
                self.set(self.params[id][index], *value);
            }
        }
        for (inst, loc) in &block.insts {
            if let Inst::Copy { dst, src } = inst {
                let value = self.read(*src);
                self.set(*dst, value);
                continue;
            }
            let inst = inst.map(|reg, role| match role {
                Role::Read => self.read(reg),
                Role::Define => self.define(reg),
            });
            self.new.blocks[id].insts.push((inst, *loc));
        }
        let mut terminator = block.terminator.map(|reg| self.read(reg), |block| block);
        terminator.for_each_edge_mut(|edge: &mut Edge<Value>| {
            edge.args = self.params[edge.block].iter().map(|reg| self.read(*reg)).collect();
        });
        self.new.blocks[id].terminator = terminator;
    }
}
