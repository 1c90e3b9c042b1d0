//! Index newtypes.

use cranelift_entity::entity_impl;

macro_rules! entities {
    ($($(#[doc = $doc:literal])+ $Name:ident = $prefix:literal;)*) => { $(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $Name(u32);
        entity_impl!($Name, $prefix);
    )* };
}

entities! {
    /// A function of the program (one instance).
    FnId = "fn";
    /// A basic block.
    BlockId = "block";
    /// A slot: a mutable register of the slot form.
    Reg = "r";
    /// A value of the SSA form.
    Value = "v";
    /// A string constant of the program.
    ConstId = "const";
    /// A lane of a module variable.
    GlobalId = "global";
    /// The layout of a heap object.
    ShapeId = "shape";
    /// A source location with its inlining history.
    LocId = "loc";
    /// A function as backtraces name it.
    NameId = "name";
}
