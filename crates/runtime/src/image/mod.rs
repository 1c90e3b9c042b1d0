//! The image of a compiled program: code, stack maps, places, constants, as data.
//!
//! Native code of the JIT and of a finished executable is the same image; only where its bytes lie differs. What the
//! runtime needs for backtraces ([`Places`]) exists for interpreted programs too.

mod memory;
pub(crate) mod registry;
mod run;
mod segment;

pub use memory::CodeMemory;
pub use run::{run_captured, run_image, run_mapped};
pub use segment::{MARK, run_segment};

use crate::ffi::Lane;

/// In [`CodeFunction::places`]: the code from here on belongs to no place, and its frames are left out of backtraces.
pub const NO_PLACE: u32 = u32::MAX;

/// A place in the source as a report needs it. Index = the `LocId` of MIR.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index into [`Places::files`].
    pub file: u32,
    /// Line from 1.
    pub line: u32,
    /// Column from 1, in Unicode scalar values.
    pub column: u32,
    /// How many characters of that line are underlined, at least 1.
    pub width: u32,
    /// Index into [`Places::functions`]: whose code this is (before inlining).
    pub function: u32,
    /// The place of the call, when the code was inlined there.
    pub parent: Option<u32>,
}

/// A function as backtraces show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionName {
    /// `pick`, `Point.norm`, `<lambda>`, `<script>`.
    pub name: String,
    /// Frames of the library and of the program's synthetic entry are left out of reports.
    pub visibility: FrameVisibility,
}

/// Whether a backtrace shows a function's frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum FrameVisibility {
    Shown,
    Hidden,
}

/// Everything that reports of runtime errors need.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// By `LocId`.
    pub places: Vec<Place>,
    /// By function.
    pub functions: Vec<FunctionName>,
    /// File names as the user wrote them.
    pub files: Vec<String>,
    /// The text of those lines that hold a place: (file, line) → text, sorted.
    pub lines: Vec<((u32, u32), String)>,
}

/// One compiled function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeFunction {
    /// Offset of its first byte in `code`.
    pub start: u32,
    /// Length in bytes.
    pub len: u32,
    /// Return address offset (from `start`) → offsets from the stack pointer after the call of the live references.
    pub stack_maps: Vec<(u32, Vec<u32>)>,
    /// Code offset (from `start`) → `LocId`, sorted; each holds until the next.
    pub places: Vec<(u32, u32)>,
}

/// A compiled program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Image {
    /// Position-independent machine code of all functions.
    pub code: Vec<u8>,
    /// The functions of the program and what they call besides.
    pub functions: Vec<CodeFunction>,
    /// Offset in `code` of the System V entry `fn(cx) -> i64`, the program's exit status.
    pub entry: u32,
    /// String constants.
    pub constants: Vec<String>,
    /// Lanes of the module variables.
    pub globals: Vec<Lane>,
    /// Lanes of the heap objects that `TupleLit` makes, by shape.
    pub shapes: Vec<Vec<Lane>>,
    /// For reports.
    pub places: Places,
}
