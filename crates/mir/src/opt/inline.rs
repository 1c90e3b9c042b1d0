//! Inlining of small functions.
//!
//! A call is replaced by the blocks of the callee; its instructions keep their places, whose parent is the call, so
//! reports and backtraces are the same. Callees come before callers, so what is inlined has been inlined into already.
//! A function that calls itself, directly or through others, is not inlined into others; a small one that calls itself
//! directly is inlined into itself once, which halves the calls of a recursion.

use rustc_hash::FxHashMap;

use crate::{
    Block, BlockId, Edge, EntityRef, FnId, Function, Inst, Loc, LocId, Operands, PrimaryMap, Program, Role,
    SecondaryMap, Temperature, Terminator, Value,
};

/// The largest function (in instructions that are no constants) that is inlined wherever it is called.
const SMALL: usize = 30;
/// The largest function that is inlined at its only call.
const SMALL_IF_ONCE: usize = 200;
/// The largest recursive function that is inlined into itself.
const SMALL_RECURSIVE: usize = 24;
/// A function does not grow beyond this.
const LARGEST: usize = 3000;

/// Inlines calls of small functions.
pub fn inline_small(program: &mut Program<Value>) {
    let calls = CallGraph::new(program);
    let mut places = Places { locs: std::mem::take(&mut program.locs), inlined: FxHashMap::default() };
    for &caller in &calls.callees_first {
        let place = &mut program.functions[caller];
        let stand_in = empty(place);
        let mut function = std::mem::replace(place, stand_in);
        let mut size = size_of(&function);
        let original = calls.is_self_recursive[caller].then(|| function.clone()).filter(|_| size <= SMALL_RECURSIVE);
        inline_into(&mut function, &mut places, |callee| {
            let body = if callee == caller { original.as_ref()? } else { &program.functions[callee] };
            let callee_size = size_of(body);
            let limit = if calls.sites[callee] == 1 { SMALL_IF_ONCE } else { SMALL };
            let fits = callee == caller || !calls.is_recursive[callee] && callee_size <= limit;
            if !fits || callee == program.entry || size + callee_size > LARGEST {
                return None;
            }
            size += callee_size;
            Some(body)
        });
        program.functions[caller] = function;
    }
    program.locs = places.locs;
}

/// Stands for a function that is being changed.
fn empty(function: &Function<Value>) -> Function<Value> {
    Function {
        name: function.name,
        params: Vec::new(),
        results: Vec::new(),
        lanes: PrimaryMap::new(),
        blocks: PrimaryMap::new(),
    }
}

fn size_of(function: &Function<Value>) -> usize {
    let is_constant = |inst: &Inst<Value>| {
        matches!(
            inst,
            Inst::ConstInt { .. }
                | Inst::ConstFloat { .. }
                | Inst::ConstBool { .. }
                | Inst::ConstNil { .. }
                | Inst::ConstString { .. }
                | Inst::CountExecution { .. }
        )
    };
    let insts = function.blocks.values().flat_map(|block| &block.insts);
    insts.filter(|(inst, _)| !is_constant(inst)).count() + function.blocks.len()
}

/// Who calls whom.
struct CallGraph {
    /// Every function behind those it calls, as far as they do not call each other.
    callees_first: Vec<FnId>,
    /// How often a function is called in the text.
    sites: SecondaryMap<FnId, usize>,
    /// Whether a function can come to call itself.
    is_recursive: SecondaryMap<FnId, bool>,
    /// Whether a function calls itself in its own text.
    is_self_recursive: SecondaryMap<FnId, bool>,
}

impl CallGraph {
    fn new(program: &Program<Value>) -> Self {
        let mut callees: SecondaryMap<FnId, Vec<FnId>> = SecondaryMap::new();
        let mut graph = CallGraph {
            callees_first: Vec::new(),
            sites: SecondaryMap::new(),
            is_recursive: SecondaryMap::new(),
            is_self_recursive: SecondaryMap::new(),
        };
        for (id, function) in &program.functions {
            for (inst, _) in function.blocks.values().flat_map(|block| &block.insts) {
                if let Inst::Call { function: callee, .. } = inst {
                    callees[id].push(*callee);
                    graph.sites[*callee] += 1;
                    graph.is_self_recursive[id] |= *callee == id;
                }
            }
        }
        graph.find_components(program, &callees);
        graph
    }

    /// Strongly connected components (Tarjan, 1972), without recursion.
    fn find_components(&mut self, program: &Program<Value>, callees: &SecondaryMap<FnId, Vec<FnId>>) {
        const UNSEEN: usize = 0;
        let mut index: SecondaryMap<FnId, usize> = SecondaryMap::with_default(UNSEEN);
        let mut low: SecondaryMap<FnId, usize> = SecondaryMap::new();
        let mut is_open: SecondaryMap<FnId, bool> = SecondaryMap::new();
        let (mut open, mut count) = (Vec::new(), 0);
        for root in program.functions.keys() {
            let mut stack = vec![(root, 0)];
            while let Some((function, next)) = stack.pop() {
                if next == 0 {
                    if index[function] != UNSEEN {
                        continue;
                    }
                    count += 1;
                    index[function] = count;
                    low[function] = count;
                    is_open[function] = true;
                    open.push(function);
                }
                if let Some(&callee) = callees[function].get(next) {
                    stack.push((function, next + 1));
                    if index[callee] == UNSEEN {
                        stack.push((callee, 0));
                    } else if is_open[callee] {
                        low[function] = low[function].min(index[callee]);
                    }
                    continue;
                }
                for callee in &callees[function] {
                    if is_open[*callee] {
                        low[function] = low[function].min(low[*callee]);
                    }
                }
                if low[function] == index[function] {
                    let start = open.iter().rposition(|member| *member == function).unwrap_or(0);
                    let members = open.split_off(start);
                    for member in &members {
                        is_open[*member] = false;
                        self.is_recursive[*member] = members.len() > 1 || self.is_self_recursive[*member];
                    }
                }
                self.callees_first.push(function);
            }
        }
    }
}

/// Locations, with those of inlined code.
struct Places {
    locs: PrimaryMap<LocId, Loc>,
    inlined: FxHashMap<(LocId, LocId), LocId>,
}

impl Places {
    /// The place `loc` of a function that is inlined at the call at `call`.
    fn inlined_at(&mut self, loc: LocId, call: LocId) -> LocId {
        if let Some(known) = self.inlined.get(&(loc, call)) {
            return *known;
        }
        let old = self.locs[loc];
        let parent = match old.parent {
            Some(parent) => self.inlined_at(parent, call),
            None => call,
        };
        let new = self.locs.push(Loc { parent: Some(parent), ..old });
        self.inlined.insert((loc, call), new);
        new
    }
}

/// Replaces the calls for which `body` gives a function, in blocks that are not cold.
fn inline_into<'a>(
    function: &mut Function<Value>,
    places: &mut Places,
    mut body: impl FnMut(FnId) -> Option<&'a Function<Value>>,
) {
    let mut pending: Vec<BlockId> = function.blocks.keys().collect();
    while let Some(id) = pending.pop() {
        if function.blocks[id].temperature == Temperature::Cold {
            continue;
        }
        let found = function.blocks[id].insts.iter().enumerate().find_map(|(index, (inst, _))| {
            let Inst::Call { function: callee, .. } = inst else { return None };
            Some((index, body(*callee)?))
        });
        if let Some((index, callee)) = found {
            let behind = splice(function, id, index, callee, places);
            pending.push(behind);
        }
    }
}

/// Puts the blocks of `callee` in the place of a call; the block behind the call.
fn splice(
    function: &mut Function<Value>,
    id: BlockId,
    index: usize,
    callee: &Function<Value>,
    places: &mut Places,
) -> BlockId {
    let block = &mut function.blocks[id];
    let rest = block.insts.split_off(index + 1);
    let Some((Inst::Call { dsts, args, .. }, call)) = block.insts.pop() else {
        unreachable!("the instruction is a call");
    };
    let behind = Block {
        params: dsts,
        insts: rest,
        terminator: std::mem::replace(&mut block.terminator, Terminator::Unreachable),
        terminator_loc: block.terminator_loc,
        temperature: block.temperature,
    };
    let behind = function.blocks.push(behind);

    let mut values: SecondaryMap<Value, Option<Value>> = SecondaryMap::new();
    callee.params.iter().zip(&args).for_each(|(param, arg)| values[*param] = Some(*arg));
    let mut value = |lanes: &mut PrimaryMap<Value, crate::Lane>, v: Value| {
        *values[v].get_or_insert_with(|| lanes.push(callee.lanes[v]))
    };
    // The entry of the callee goes on in the block of the call, the others are new.
    let first = function.blocks.len();
    let block_of = |old: BlockId| if old.index() == 0 { id } else { BlockId::new(first + old.index() - 1) };
    for (old, source) in &callee.blocks {
        let mut insts = Vec::with_capacity(source.insts.len());
        for (inst, loc) in &source.insts {
            insts.push((inst.map(|v, _: Role| value(&mut function.lanes, v)), places.inlined_at(*loc, call)));
        }
        let (terminator, loc) = if let Terminator::Return { values } = &source.terminator {
            let args: Operands<Value> = values.iter().map(|v| value(&mut function.lanes, *v)).collect();
            (Terminator::Jump { to: Edge { block: behind, args } }, call)
        } else {
            let terminator = source.terminator.map(|v| value(&mut function.lanes, v), block_of);
            (terminator, places.inlined_at(source.terminator_loc, call))
        };
        if old.index() == 0 {
            let block = &mut function.blocks[id];
            block.insts.extend(insts);
            block.terminator = terminator;
            block.terminator_loc = loc;
        } else {
            let params = source.params.iter().map(|v| value(&mut function.lanes, *v)).collect();
            let temperature = source.temperature;
            function.blocks.push(Block { params, insts, terminator, terminator_loc: loc, temperature });
        }
    }
    behind
}
