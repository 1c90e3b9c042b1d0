//! The runtime's functions as one table: what engines can call.
//!
//! A row (see [`runtime_fns!`]) is the Rust body, the exported symbol `rt_…`, the lanes of its signature, its effects
//! and its documentation in one item. The interpreter calls `shim`; native code calls `address` through
//! [`crate::Context::functions`]; the verifier, the lowering and the binding check of `std/` read `params` and `results`.
//!
//! ABI for native code: System V, the context first, then one argument per lane (`Int` and `Ref` as I64, `Float` as F64,
//! `Bool` as I8 zero-extended by the caller); results: none, or one lane, or two lanes as a `repr(C)` pair, in which
//! every lane but `Float` is widened to I64 (a single `Bool` result too: all of its register is 0 or 1). `T?` of an `Int`, `Float` or `Bool` is two lanes, the value and a `Bool`
//! tag that is true when there is a value; `T?` of a reference is one lane, null for `nil`.

#[macro_use]
mod macros;
pub(crate) mod abi;
pub mod failing;

/// What a register holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lane {
    /// A 64-bit integer; narrower ones are kept sign- or zero-extended. `u64` is the same bits.
    Int,
    /// An IEEE double; `f32` is kept widened and rounded after each operation.
    Float,
    /// 0 or 1.
    Bool,
    /// A reference to an object that the collector may move, or 0.
    Ref,
}

/// What a runtime function may do besides computing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Effects {
    /// May collect (so every reference alive across the call must be in a root).
    pub collects: bool,
    /// May fail: the call may not come back.
    pub fails: bool,
    /// Depends on nothing but its arguments and changes nothing: calls may be merged, or dropped when unused.
    pub pure: bool,
}

/// A runtime function as the interpreter calls it: argument lanes, result lanes.
pub type Shim = fn(&mut crate::Context, &[u64], &mut [u64]) -> Result<(), crate::Failed>;

/// A row of the table.
pub struct RtFn {
    /// Position in [`ALL`]; also what finished executables store.
    pub index: u16,
    /// `rt_string_concat`
    pub symbol: &'static str,
    /// Lanes of the parameters, without the context.
    pub params: &'static [Lane],
    /// Lanes of the results, at most two.
    pub results: &'static [Lane],
    /// What else it may do.
    pub effects: Effects,
    /// Its documentation.
    pub doc: &'static str,
    /// The entry point for native code.
    pub address: fn() -> usize,
    /// The entry point for the interpreter: arguments and results as raw 64-bit lanes.
    pub shim: Shim,
}

impl std::fmt::Debug for RtFn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.symbol)
    }
}

impl PartialEq for RtFn {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for RtFn {}

/// Lists the modules whose rows make up the table, in order.
macro_rules! families {
    ($($Family:ident = $($module:ident)::+;)*) => {
        $(pub use $($module)::+::*;)*

        /// Where a row stands in the table: behind all families before its own.
        #[derive(Clone, Copy)]
        pub(crate) enum Family { $($Family),* }

        const COUNTS: &[usize] = &[$($($module)::+::COUNT),*];

        const ROWS: [&RtFn; first_index_after(COUNTS.len())] = {
            let families: &[&[&'static RtFn]] = &[$(&$($module)::+::ROWS),*];
            let mut rows = [families[0][0]; first_index_after(COUNTS.len())];
            let (mut family, mut next) = (0, 0);
            while family < families.len() {
                let mut row = 0;
                while row < families[family].len() {
                    rows[next] = families[family][row];
                    (row, next) = (row + 1, next + 1);
                }
                family += 1;
            }
            rows
        };
    };
}

families! {
    Failing = failing;
    Printing = crate::format::rows;
    Strings = crate::string::rows;
    Tuples = crate::heap::tuple;
    Arrays = crate::array::rows;
    Numbers = crate::number::rows;
    Mathematics = crate::number::math;
    System = crate::system::rows;
    Files = crate::system::file;
}

const fn first_index_after(families: usize) -> usize {
    let (mut family, mut sum) = (0, 0);
    while family < families {
        sum += COUNTS[family];
        family += 1;
    }
    sum
}

/// The index of a family's first row.
pub(crate) const fn first_index(family: Family) -> usize {
    first_index_after(family as usize)
}

/// All runtime functions.
pub static ALL: &[&RtFn] = &ROWS;

/// The function with this symbol.
pub fn by_symbol(symbol: &str) -> Option<&'static RtFn> {
    ALL.iter().copied().find(|function| function.symbol == symbol)
}

#[cfg(test)]
mod tests;
