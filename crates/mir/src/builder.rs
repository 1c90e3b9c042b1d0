//! The only way to make programs in the slot form (besides reading their text form).
//!
//! A [`FunctionBuilder`] writes at one place: the end of the current block. Behind a terminator, and in a block that
//! nothing leads to, there is no such place, and what is written is dropped; so lowering needs no special cases behind
//! `return` or `panic(…)`, and no unreachable block is ever made. For this a block must be entered
//! ([`FunctionBuilder::switch_to`]) after the first jump to it has been written; back-edges may follow.

use cranelift_entity::PrimaryMap;
use rustc_hash::FxHashMap;
use tandem_runtime::Fault;
use tandem_runtime::ffi::{Lane, RtFn};

use crate::{
    Block, BlockId, ConstId, Edge, FnId, Function, FunctionName, GlobalId, Inst, Loc, LocId, NameId, Op, Operands,
    Program, Reg, ShapeId, Temperature, Terminator,
};

/// Makes a program.
#[derive(Debug, Default)]
pub struct ProgramBuilder {
    functions: PrimaryMap<FnId, Option<Function<Reg>>>,
    constants: PrimaryMap<ConstId, Box<str>>,
    constant_ids: FxHashMap<Box<str>, ConstId>,
    globals: PrimaryMap<GlobalId, Lane>,
    shapes: PrimaryMap<ShapeId, Vec<Lane>>,
    shape_ids: FxHashMap<Vec<Lane>, ShapeId>,
    locs: PrimaryMap<LocId, Loc>,
    loc_ids: FxHashMap<Loc, LocId>,
    names: PrimaryMap<NameId, FunctionName>,
}

impl ProgramBuilder {
    /// An empty program.
    pub fn new() -> Self {
        Self::default()
    }

    /// A function that will be defined later.
    pub fn declare(&mut self) -> FnId {
        self.functions.push(None)
    }

    /// Gives a declared function its body.
    pub fn define(&mut self, id: FnId, function: Function<Reg>) {
        let old = self.functions[id].replace(function);
        assert!(old.is_none(), "{id} is defined twice");
    }

    /// The string constant with this text.
    pub fn constant(&mut self, text: &str) -> ConstId {
        if let Some(id) = self.constant_ids.get(text) {
            return *id;
        }
        let id = self.constants.push(text.into());
        self.constant_ids.insert(text.into(), id);
        id
    }

    /// A new lane of a module variable.
    pub fn global(&mut self, lane: Lane) -> GlobalId {
        self.globals.push(lane)
    }

    /// The shape with these lanes.
    pub fn shape(&mut self, lanes: &[Lane]) -> ShapeId {
        if let Some(id) = self.shape_ids.get(lanes) {
            return *id;
        }
        let id = self.shapes.push(lanes.to_vec());
        self.shape_ids.insert(lanes.to_vec(), id);
        id
    }

    /// The location with these facts.
    pub fn loc(&mut self, loc: Loc) -> LocId {
        *self.loc_ids.entry(loc).or_insert_with(|| self.locs.push(loc))
    }

    /// A new function name.
    pub fn name(&mut self, name: FunctionName) -> NameId {
        self.names.push(name)
    }

    /// The program, when every declared function is defined.
    pub fn finish(self, entry: FnId) -> Program<Reg> {
        let mut functions = PrimaryMap::with_capacity(self.functions.len());
        for (id, function) in self.functions {
            functions.push(function.unwrap_or_else(|| panic!("{id} is declared but not defined")));
        }
        Program {
            functions,
            constants: self.constants,
            globals: self.globals,
            shapes: self.shapes,
            locs: self.locs,
            names: self.names,
            entry,
        }
    }
}

/// Makes a function.
#[derive(Debug)]
pub struct FunctionBuilder {
    name: NameId,
    params: Vec<Reg>,
    results: Vec<Lane>,
    lanes: PrimaryMap<Reg, Lane>,
    blocks: PrimaryMap<BlockId, Draft>,
    /// The blocks in the order in which they were entered.
    entered: Vec<BlockId>,
    current: Option<BlockId>,
    loc: LocId,
}

/// A block in the making.
#[derive(Debug)]
struct Draft {
    insts: Vec<(Inst<Reg>, LocId)>,
    terminator: Option<(Terminator<Reg>, LocId)>,
    temperature: Temperature,
    reached: Reached,
}

/// Whether something leads to a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reached {
    No,
    Yes,
    /// And it has been entered.
    Entered,
}

impl FunctionBuilder {
    /// A function with these result lanes, whose entry block is the current one; instructions get the place `loc`.
    pub fn new(name: NameId, results: &[Lane], loc: LocId) -> Self {
        let mut builder = FunctionBuilder {
            name,
            params: Vec::new(),
            results: results.to_vec(),
            lanes: PrimaryMap::new(),
            blocks: PrimaryMap::new(),
            entered: Vec::new(),
            current: None,
            loc,
        };
        let entry = builder.block();
        builder.blocks[entry].reached = Reached::Yes;
        builder.switch_to(entry);
        builder
    }

    // ---- registers

    /// The next parameter.
    pub fn param(&mut self, lane: Lane) -> Reg {
        let reg = self.reg(lane);
        self.params.push(reg);
        reg
    }

    /// A new register.
    pub fn reg(&mut self, lane: Lane) -> Reg {
        self.lanes.push(lane)
    }

    /// New registers.
    pub fn regs(&mut self, lanes: &[Lane]) -> Operands<Reg> {
        lanes.iter().map(|lane| self.reg(*lane)).collect()
    }

    /// What a register holds.
    pub fn lane(&self, reg: Reg) -> Lane {
        self.lanes[reg]
    }

    /// The parameters so far.
    pub fn params(&self) -> &[Reg] {
        &self.params
    }

    // ---- places

    /// Sets the place of what is written from now on; the place until now.
    pub fn set_loc(&mut self, loc: LocId) -> LocId {
        std::mem::replace(&mut self.loc, loc)
    }

    /// The place of what is written.
    pub fn loc(&self) -> LocId {
        self.loc
    }

    // ---- blocks

    /// A new block.
    pub fn block(&mut self) -> BlockId {
        self.block_with(Temperature::Warm)
    }

    /// A new block that is expected to run rarely.
    pub fn cold_block(&mut self) -> BlockId {
        self.block_with(Temperature::Cold)
    }

    fn block_with(&mut self, temperature: Temperature) -> BlockId {
        self.blocks.push(Draft { insts: Vec::new(), terminator: None, temperature, reached: Reached::No })
    }

    /// Goes on writing in `block`, if something leads there; otherwise what follows is dropped. The block before must
    /// have its terminator.
    pub fn switch_to(&mut self, block: BlockId) {
        assert!(self.current.is_none(), "{:?} has no terminator", self.current);
        match self.blocks[block].reached {
            Reached::No => {}
            Reached::Yes => {
                self.blocks[block].reached = Reached::Entered;
                self.entered.push(block);
                self.current = Some(block);
            }
            Reached::Entered => panic!("{block} is entered twice"),
        }
    }

    /// Whether what is written now can run.
    pub fn is_reachable(&self) -> bool {
        self.current.is_some()
    }

    // ---- instructions

    /// Appends an instruction.
    pub fn inst(&mut self, inst: Inst<Reg>) {
        if let Some(block) = self.current {
            self.blocks[block].insts.push((inst, self.loc));
        }
    }

    /// A register with this number.
    pub fn int(&mut self, value: i64) -> Reg {
        let dst = self.reg(Lane::Int);
        self.inst(Inst::ConstInt { dst, value });
        dst
    }

    /// A register with this float.
    pub fn float(&mut self, value: f64) -> Reg {
        let dst = self.reg(Lane::Float);
        self.inst(Inst::ConstFloat { dst, bits: value.to_bits() });
        dst
    }

    /// A register with this truth value.
    pub fn bool(&mut self, value: bool) -> Reg {
        let dst = self.reg(Lane::Bool);
        self.inst(Inst::ConstBool { dst, value });
        dst
    }

    /// A register with the null reference.
    pub fn nil(&mut self) -> Reg {
        let dst = self.reg(Lane::Ref);
        self.inst(Inst::ConstNil { dst });
        dst
    }

    /// A register with a string constant.
    pub fn string(&mut self, constant: ConstId) -> Reg {
        let dst = self.reg(Lane::Ref);
        self.inst(Inst::ConstString { dst, constant });
        dst
    }

    /// `dst = src`
    pub fn copy(&mut self, dst: Reg, src: Reg) {
        if dst != src {
            self.inst(Inst::Copy { dst, src });
        }
    }

    /// The result of an operation on one operand.
    pub fn unary(&mut self, op: Op, arg: Reg) -> Reg {
        let dst = self.reg(op.info().result);
        self.inst(Inst::UnaryOp { dst, op, arg });
        dst
    }

    /// The result of an operation on two operands.
    pub fn binary(&mut self, op: Op, lhs: Reg, rhs: Reg) -> Reg {
        let dst = self.reg(op.info().result);
        self.inst(Inst::BinOp { dst, op, lhs, rhs });
        dst
    }

    /// The results of a call.
    pub fn call(&mut self, function: FnId, args: &[Reg], results: &[Lane]) -> Operands<Reg> {
        let dsts = self.regs(results);
        self.inst(Inst::Call { dsts: dsts.clone(), function, args: args.into() });
        dsts
    }

    /// The results of a call of the runtime.
    pub fn call_rt(&mut self, function: &'static RtFn, args: &[Reg]) -> Operands<Reg> {
        let dsts = self.regs(function.results);
        self.inst(Inst::CallRt { dsts: dsts.clone(), function, args: args.into() });
        dsts
    }

    // ---- terminators

    fn terminate(&mut self, terminator: Terminator<Reg>) {
        let Some(block) = self.current.take() else { return };
        terminator.for_each_edge(|edge| {
            let reached = &mut self.blocks[edge.block].reached;
            if *reached == Reached::No {
                *reached = Reached::Yes;
            }
        });
        self.blocks[block].terminator = Some((terminator, self.loc));
    }

    /// Returns.
    pub fn ret(&mut self, values: &[Reg]) {
        self.terminate(Terminator::Return { values: values.into() });
    }

    /// Goes on at `to`.
    pub fn jump(&mut self, to: BlockId) {
        self.terminate(Terminator::Jump { to: edge(to) });
    }

    /// Goes on by a `Bool`.
    pub fn branch(&mut self, condition: Reg, then: BlockId, otherwise: BlockId) {
        self.terminate(Terminator::Branch { condition, then: edge(then), otherwise: edge(otherwise) });
    }

    /// Goes on by an `Int`.
    pub fn switch(&mut self, on: Reg, cases: &[(i64, BlockId)], default: BlockId) {
        let cases = cases.iter().map(|(case, to)| (*case, edge(*to))).collect();
        self.terminate(Terminator::Switch { on, cases, default: edge(default) });
    }

    /// Fails.
    pub fn fail(&mut self, fault: Fault, message: Option<Reg>) {
        self.terminate(Terminator::Fail { fault, message });
    }

    /// Ends a block behind something that does not come back.
    pub fn unreachable(&mut self) {
        self.terminate(Terminator::Unreachable);
    }

    /// The function: its blocks in the order in which they were entered, the cold ones last.
    pub fn finish(self) -> Function<Reg> {
        assert!(self.current.is_none(), "{:?} has no terminator", self.current);
        let mut drafts = self.blocks;
        let is_cold = |block: &BlockId| drafts[*block].temperature == Temperature::Cold;
        let (cold, warm): (Vec<_>, Vec<_>) = self.entered.iter().copied().partition(is_cold);
        let order: Vec<BlockId> = warm.into_iter().chain(cold).collect();
        let mut number = FxHashMap::default();
        for (position, block) in order.iter().enumerate() {
            number.insert(*block, BlockId::from_u32(position as u32));
        }
        let renumber = |block: BlockId| *number.get(&block).unwrap_or_else(|| panic!("{block} was never entered"));
        let mut blocks = PrimaryMap::with_capacity(order.len());
        for block in order {
            let draft = &mut drafts[block];
            let (terminator, terminator_loc) = draft.terminator.take().expect("a block left has its terminator");
            blocks.push(Block {
                params: Operands::new(),
                insts: std::mem::take(&mut draft.insts),
                terminator: terminator.map(|reg| reg, renumber),
                terminator_loc,
                temperature: draft.temperature,
            });
        }
        Function { name: self.name, params: self.params, results: self.results, lanes: self.lanes, blocks }
    }
}

fn edge(block: BlockId) -> Edge<Reg> {
    Edge { block, args: Operands::new() }
}
