//! One function: its blocks in reverse postorder, so that definitions come before their uses.

use cranelift_codegen::ir::{
    self, Block, BlockArg, FuncRef, InstBuilder, SigRef, SourceLoc, StackSlot, TrapCode, Type, types,
};
use cranelift_frontend::{FuncInstBuilder, FunctionBuilder, FunctionBuilderContext, Switch, Variable};
use rustc_hash::FxHashMap;
use tandem_mir::analysis::Cfg;
use tandem_mir::{
    BlockId, Edge, EntityRef, FnId, Function, Inst, Lane, LocId, Program, SecondaryMap, Terminator, Value,
};
use tandem_runtime::Fault;

use crate::arch;
use crate::call;
use crate::memory::Region;
use crate::roots::{Home, Roots};
use crate::stub::Symbol;

/// Behind a call that does not come back.
pub(crate) const UNREACHABLE: TrapCode = TrapCode::unwrap_user(1);

/// The state of emitting one function. The rows of the operation table see it as `f`.
pub(crate) struct FunctionLowering<'a> {
    pub program: &'a Program<Value>,
    pub function: &'a Function<Value>,
    pub builder: FunctionBuilder<'a>,
    /// The context, the first parameter.
    pub cx: ir::Value,
    /// The location of what is being emitted.
    pub loc: LocId,
    /// Cold blocks that fail, filled at the end.
    pub failures: FxHashMap<(Fault, LocId), Block>,
    pub roots: Roots,
    /// The slots of `roots`.
    pub slots: Vec<StackSlot>,
    /// Signatures of runtime functions, by their index.
    pub runtime_signatures: FxHashMap<u16, SigRef>,
    /// How many returns there are so far.
    returns: u32,
    symbols: FxHashMap<Symbol, FuncRef>,
    blocks: SecondaryMap<BlockId, Option<Block>>,
    /// Edges that are still to be emitted, by their target.
    pending_edges: SecondaryMap<BlockId, u32>,
    values: SecondaryMap<Value, Binding>,
}

/// What a value of MIR is here.
#[derive(Clone, Copy, Default)]
enum Binding {
    #[default]
    Unbound,
    Value(ir::Value),
    /// A reference that safepoints replace.
    Variable(Variable),
}

/// The type of a lane.
pub(crate) fn lane_type(lane: Lane) -> Type {
    match lane {
        Lane::Int | Lane::Ref => types::I64,
        Lane::Float => types::F64,
        Lane::Bool => types::I8,
    }
}

/// Emits a function into `target`, which is empty.
pub(crate) fn lower(
    program: &Program<Value>,
    id: FnId,
    target: &mut ir::Function,
    context: &mut FunctionBuilderContext,
    frontend: cranelift_codegen::isa::TargetFrontendConfig,
) {
    let function = &program.functions[id];
    target.name = Symbol::Function(id).user_name();
    target.signature = call::signature(function);
    let cfg = Cfg::new(function);
    let roots = Roots::of(function, &cfg);
    let mut builder = FunctionBuilder::new(target, context);

    let mut blocks: SecondaryMap<BlockId, Option<Block>> = SecondaryMap::new();
    let mut pending_edges: SecondaryMap<BlockId, u32> = SecondaryMap::new();
    for &block in cfg.reverse_postorder() {
        blocks[block] = Some(builder.create_block());
        function.blocks[block].terminator.for_each_edge(|edge| pending_edges[edge.block] += 1);
    }
    let entry = cfg.reverse_postorder().first().expect("verified: a function has an entry block");
    let entry = blocks[*entry].expect("made above");
    builder.append_block_params_for_function_params(entry);
    let cx = builder.block_params(entry)[0];
    let slots = (0..roots.slots()).map(|_| crate::safepoint::slot(&mut builder)).collect();

    let mut lowering = FunctionLowering {
        program,
        function,
        builder,
        cx,
        loc: LocId::new(0),
        failures: FxHashMap::default(),
        roots,
        slots,
        runtime_signatures: FxHashMap::default(),
        returns: 0,
        symbols: FxHashMap::default(),
        blocks,
        pending_edges,
        values: SecondaryMap::new(),
    };
    lowering.emit(&cfg);
    lowering.builder.finalize(frontend);
}

impl<'a> FunctionLowering<'a> {
    fn emit(&mut self, cfg: &Cfg) {
        for (position, &id) in cfg.reverse_postorder().iter().enumerate() {
            let block = self.block(id);
            self.builder.switch_to_block(block);
            if position == 0 {
                self.builder.seal_block(block);
                self.bind_params(id, 1);
                if crate::safepoint::needs_prologue_poll(self.function, cfg) {
                    self.prologue_poll();
                }
            } else {
                self.append_params(id, block);
                self.bind_params(id, 0);
            }
            let data = &self.function.blocks[id];
            if data.temperature == tandem_mir::Temperature::Cold {
                self.builder.set_cold_block(block);
            }
            for (position, (inst, loc)) in data.insts.iter().enumerate() {
                self.set_loc(*loc);
                self.lower_inst(inst, (id, position));
            }
            self.set_loc(data.terminator_loc);
            self.lower_terminator(&data.terminator);
            data.terminator.for_each_edge(|edge| self.edge_emitted(edge.block));
        }
        self.emit_failures();
    }

    fn append_params(&mut self, id: BlockId, block: Block) {
        if self.builder.func.dfg.num_block_params(block) == 0 {
            for param in &self.function.blocks[id].params {
                self.builder.append_block_param(block, lane_type(self.function.lanes[*param]));
            }
        }
    }

    fn bind_params(&mut self, id: BlockId, skip: usize) {
        let block = self.block(id);
        for (index, param) in self.function.blocks[id].params.iter().enumerate() {
            let value = self.builder.block_params(block)[index + skip];
            self.bind(*param, value);
        }
    }

    fn lower_terminator(&mut self, terminator: &Terminator<Value>) {
        match terminator {
            Terminator::Return { values } => {
                let values: Vec<ir::Value> = values.iter().map(|value| self.value(*value)).collect();
                let mark = arch::return_mark(self.returns);
                self.returns += 1;
                self.builder.set_srcloc(SourceLoc::new(mark));
                self.ins().return_(&values);
            }
            Terminator::Jump { to } => self.jump(to),
            Terminator::Branch { condition, then, otherwise } => {
                let condition = self.value(*condition);
                let (then, then_args) = self.edge(then);
                let (otherwise, otherwise_args) = self.edge(otherwise);
                self.ins().brif(condition, then, &then_args, otherwise, &otherwise_args);
            }
            Terminator::Switch { on, cases, default } => self.lower_switch(*on, cases, default),
            Terminator::Fail { fault, message: None } => self.fail(*fault),
            Terminator::Fail { fault, message: Some(message) } => self.fail_with(*fault, *message),
            Terminator::Unreachable => {
                self.ins().trap(UNREACHABLE);
            }
        }
    }

    /// Cranelift's `Switch` knows no arguments: edges that have some go through a block of their own.
    fn lower_switch(&mut self, on: Value, cases: &[(i64, Edge<Value>)], default: &Edge<Value>) {
        let on = self.value(on);
        let mut between: Vec<(Block, &Edge<Value>)> = Vec::new();
        let target = |f: &mut Self, edge: &Edge<Value>| -> Block {
            if edge.args.is_empty() { f.block(edge.block) } else { f.builder.create_block() }
        };
        let mut switch = Switch::new();
        for (case, edge) in cases {
            let block = target(self, edge);
            switch.set_entry(u128::from(*case as u64), block);
            if !edge.args.is_empty() {
                between.push((block, edge));
            }
        }
        let otherwise = target(self, default);
        if !default.args.is_empty() {
            between.push((otherwise, default));
        }
        switch.emit(&mut self.builder, on, otherwise);
        for (block, edge) in between {
            self.enter_block(block);
            self.jump(edge);
        }
    }

    fn jump(&mut self, to: &Edge<Value>) {
        let (block, args) = self.edge(to);
        self.ins().jump(block, &args);
    }

    fn edge(&mut self, edge: &Edge<Value>) -> (Block, Vec<BlockArg>) {
        let block = self.block(edge.block);
        self.append_params(edge.block, block);
        (block, edge.args.iter().map(|arg| BlockArg::Value(self.value(*arg))).collect())
    }

    fn edge_emitted(&mut self, to: BlockId) {
        self.pending_edges[to] -= 1;
        if self.pending_edges[to] == 0 {
            let block = self.block(to);
            self.builder.seal_block(block);
        }
    }

    fn block(&self, id: BlockId) -> Block {
        self.blocks[id].expect("only reachable blocks are emitted, and they lead to reachable ones")
    }

    /// What a value of MIR is at the current place.
    pub(crate) fn value(&mut self, value: Value) -> ir::Value {
        match self.values[value] {
            Binding::Value(value) => value,
            Binding::Variable(variable) => self.builder.use_var(variable),
            Binding::Unbound => unreachable!("verified: the definition of {value} dominates its uses"),
        }
    }

    /// Defines a value of MIR.
    pub(crate) fn bind(&mut self, dst: Value, value: ir::Value) {
        let home = self.roots.home(dst);
        if home == Home::Register {
            self.values[dst] = Binding::Value(value);
            return;
        }
        let variable = self.builder.declare_var(types::I64);
        self.builder.def_var(variable, value);
        self.values[dst] = Binding::Variable(variable);
        if let Home::Resident { slot } = home {
            self.store_root(slot, value);
        }
    }

    /// Gives a reference its new address behind a safepoint.
    pub(crate) fn rebind(&mut self, value: Value, moved: ir::Value) {
        let Binding::Variable(variable) = self.values[value] else {
            unreachable!("values that are alive across a safepoint are variables")
        };
        self.builder.def_var(variable, moved);
    }

    pub(crate) fn ins(&mut self) -> FuncInstBuilder<'_, 'a> {
        self.builder.ins()
    }

    pub(crate) fn set_loc(&mut self, loc: LocId) {
        self.loc = loc;
        self.builder.set_srcloc(SourceLoc::new(loc.index() as u32));
    }

    pub(crate) fn cold_block(&mut self) -> Block {
        let block = self.builder.create_block();
        self.builder.set_cold_block(block);
        block
    }

    /// Goes on in a block whose predecessors are all emitted.
    pub(crate) fn enter_block(&mut self, block: Block) {
        self.builder.switch_to_block(block);
        self.builder.seal_block(block);
    }

    /// A reference to a function of the image.
    pub(crate) fn symbol(&mut self, symbol: Symbol) -> FuncRef {
        let (program, builder) = (self.program, &mut self.builder);
        *self.symbols.entry(symbol).or_insert_with(|| symbol.import(program, builder))
    }

    /// Loads from a region.
    pub(crate) fn load(&mut self, ty: Type, region: Region, base: ir::Value, offset: usize) -> ir::Value {
        let flags = crate::memory::access(self.builder.func, region);
        self.ins().load(ty, flags, base, offset as i32)
    }

    /// Stores to a region.
    pub(crate) fn store(&mut self, region: Region, value: ir::Value, base: ir::Value, offset: usize) {
        let flags = crate::memory::access(self.builder.func, region);
        self.ins().store(flags, value, base, offset as i32);
    }

    /// Emits an instruction at its place in the function.
    fn lower_inst(&mut self, inst: &Inst<Value>, at: (BlockId, usize)) {
        crate::inst::lower(self, inst, at);
    }
}
