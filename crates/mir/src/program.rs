//! Programs, functions and blocks.

use cranelift_entity::PrimaryMap;
use tandem_runtime::ffi::Lane;
use tandem_runtime::image::FrameVisibility;
use tandem_source::Span;

use crate::{BlockId, ConstId, FnId, GlobalId, Inst, LocId, NameId, Operands, Reg, ShapeId, Terminator};

/// A whole program in the slot form (`V` = [`Reg`]) or in SSA (`V` = [`crate::Value`]).
#[derive(Clone, Debug)]
pub struct Program<V: cranelift_entity::EntityRef = Reg> {
    /// Every function that can be reached.
    pub functions: PrimaryMap<FnId, Function<V>>,
    /// String constants, each once.
    pub constants: PrimaryMap<ConstId, Box<str>>,
    /// Lanes of the module variables. Set to zero (`nil`) before the program starts.
    pub globals: PrimaryMap<GlobalId, Lane>,
    /// Layouts of heap objects: the lanes, in order.
    pub shapes: PrimaryMap<ShapeId, Vec<Lane>>,
    /// Source locations.
    pub locs: PrimaryMap<LocId, Loc>,
    /// Functions as backtraces show them.
    pub names: PrimaryMap<NameId, FunctionName>,
    /// No parameters; its one `Int` result is the exit status.
    pub entry: FnId,
}

/// A function's name and whether backtraces show its frames.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct FunctionName {
    pub name: String,
    pub visibility: FrameVisibility,
}

/// Where an instruction comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Loc {
    /// Its place in the source.
    pub span: Span,
    /// The function whose source this is.
    pub function: NameId,
    /// The call into which that function was inlined.
    pub parent: Option<LocId>,
}

/// A function.
#[derive(Clone, Debug)]
pub struct Function<V: cranelift_entity::EntityRef> {
    /// Its name in backtraces.
    pub name: NameId,
    /// One operand per lane of the parameters. In SSA they are the parameters of the entry block.
    pub params: Vec<V>,
    /// Lanes of the results.
    pub results: Vec<Lane>,
    /// What each operand holds.
    pub lanes: PrimaryMap<V, Lane>,
    /// Basic blocks; the first is the entry and has no predecessors.
    pub blocks: PrimaryMap<BlockId, Block<V>>,
}

impl<V: cranelift_entity::EntityRef> Function<V> {
    /// The block it starts with; none only while it is being made.
    pub fn entry(&self) -> Option<BlockId> {
        self.blocks.keys().next()
    }

    /// Lanes of the parameters.
    pub fn param_lanes(&self) -> impl ExactSizeIterator<Item = Lane> + '_ {
        self.params.iter().map(|param| self.lanes[*param])
    }
}

/// A basic block.
#[derive(Clone, Debug)]
pub struct Block<V> {
    /// SSA only: block parameters.
    pub params: Operands<V>,
    /// Instructions with their locations.
    pub insts: Vec<(Inst<V>, LocId)>,
    /// How it ends.
    pub terminator: Terminator<V>,
    /// Location of the terminator.
    pub terminator_loc: LocId,
    /// Whether it is expected to run rarely (failures, polls).
    pub temperature: Temperature,
}

/// How often a block is expected to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum Temperature {
    #[default]
    Warm,
    Cold,
}
