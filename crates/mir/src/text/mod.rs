//! The text form of whole programs, in both forms: it prints and parses back to the same program.
//!
//! ```text
//! const const0 = "hi"
//! name name0 = "<script>"
//! loc loc0 = 0:0..5 name0
//! loc loc1 = 0:6..9 name0 in loc0        ; inlined at the call at loc0
//! entry fn0
//!
//! fn fn0 name0() -> int {
//! block0:
//!     v0 = int 40                         ; float 1.5, bool true, nil, string const0
//!     v1 = int.add v0, v0 @loc1           ; operations by their names in the table
//!     v2, v3 = call fn1(v1)               ; or a runtime function: call rt_…(…)
//!     branch v3, block1(v2), block2
//! block1(v4: int):
//!     return v4
//! block2 cold:
//!     fail R0001                          ; fail R0009 v5: with a message
//! }
//! ```
//! Further: `copy v`, `get global0`, `set global0, v`, `tuple shape0(v, …)`, `field v, shape0, 2`, `wait`, `count name0`;
//! `jump block1(v)`, `switch v, 1: block1, 7: block2, else block3`, `unreachable`.
//!
//! A place (`@loc1`) holds until the next in the function. Lanes follow from definitions; where they do not (an operand
//! that nothing defines), lines as `float v7 v9` at the top of the function give them. `;` begins a comment. Names and
//! locations may be left out, then there is one of each; `entry` may be left out for `fn0`.

mod infer;
mod line;
mod parse;
mod print;

pub use parse::{ParseError, parse};
pub use print::{print, print_function};

use tandem_runtime::ffi::Lane;

/// Lanes with their names.
const LANES: [(&str, Lane); 4] = [("int", Lane::Int), ("float", Lane::Float), ("bool", Lane::Bool), ("ref", Lane::Ref)];

fn lane_name(lane: Lane) -> &'static str {
    match lane {
        Lane::Int => "int",
        Lane::Float => "float",
        Lane::Bool => "bool",
        Lane::Ref => "ref",
    }
}

#[cfg(test)]
mod tests;
