//! Memory accesses and what they may share.
//!
//! Every access carries an alias region, so that Cranelift merges loads across stores to other regions. A call ends
//! all that is known of memory, which is also what a moving collector needs. The regions:

use std::borrow::Cow;

use cranelift_codegen::ir::{AliasRegionData, Function, MemFlagsData};

/// What part of memory an access touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Region {
    /// The limit in the context, which other threads may change.
    Limit,
    /// Pointers in the context, the table of runtime functions and the string constants: fixed while a program runs.
    Fixed,
    /// Module variables.
    Globals,
    /// Heap objects.
    Objects,
    /// Slots of references in stack frames.
    Roots,
    /// The marks of functions that ran.
    Executed,
}

/// The flags of an access to a region: aligned, and it never traps.
pub(crate) fn access(function: &mut Function, region: Region) -> MemFlagsData {
    let description = match region {
        Region::Limit => "limit",
        Region::Fixed => "fixed",
        Region::Globals => "globals",
        Region::Objects => "objects",
        Region::Roots => "roots",
        Region::Executed => "executed",
    };
    let data = AliasRegionData { user_id: region as u32, description: Cow::Borrowed(description) };
    let region = function.dfg.alias_regions.insert(data);
    MemFlagsData::trusted().with_alias_region(Some(region))
}
