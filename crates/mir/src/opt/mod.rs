//! Optimisation of SSA.
//!
//! Passes change no behaviour: what fails still fails, at the same place and with the same backtrace.

pub mod copies;
pub mod cse;
pub mod dce;
pub mod fold;
pub mod inline;
pub mod ranges;
pub mod renumber;
pub mod simplify_cfg;
mod substitution;
pub mod uncalled;

use crate::{Function, Program, Value, verify};

pub use substitution::Substitution;

/// A pass over one function.
pub type Pass = fn(&mut Function<Value>);

/// The passes over single functions, by name.
pub const PASSES: &[(&str, Pass)] = &[
    ("simplify_cfg", simplify_cfg::simplify),
    ("fold", fold::fold),
    ("copies", copies::propagate),
    ("cse", cse::merge_equal),
    ("dce", dce::remove_dead),
    ("ranges", ranges::relax),
    ("renumber", renumber::renumber),
];

/// What is done to a function before it is inlined.
const CLEAN: &[&str] = &["simplify_cfg", "fold", "copies", "cse", "fold", "simplify_cfg", "copies", "dce"];
/// What is done to a function at the end.
const FINISH: &[&str] = &["ranges", "fold", "simplify_cfg", "copies", "cse", "dce", "simplify_cfg", "renumber"];

/// The pass with this name.
pub fn pass(name: &str) -> Option<Pass> {
    PASSES.iter().find(|(known, _)| *known == name).map(|(_, pass)| *pass)
}

/// Runs all passes.
pub fn optimize(program: &mut Program<Value>) {
    run(program, CLEAN);
    inline::inline_small(program);
    verify::debug_verify(program, "inline");
    uncalled::remove_uncalled(program);
    run(program, CLEAN);
    run(program, FINISH);
}

fn run(program: &mut Program<Value>, names: &[&str]) {
    for name in names {
        let pass = pass(name).expect("the lists name passes");
        program.functions.values_mut().for_each(pass);
        verify::debug_verify(program, name);
    }
}
