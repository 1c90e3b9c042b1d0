//! Random programs do the same in slots, in SSA, and optimised: the same changes of module variables in the same
//! order, the same result or the same failure with the same backtrace.

mod evaluate;
mod generate;

use tandem_mir::{opt, ssa, text, verify};

use evaluate::evaluate;
use generate::program;

const PROGRAMS: u64 = 400;
/// Blocks that a run may take; the few programs that take more are skipped.
const FUEL: usize = 20_000;

#[test]
fn passes_change_no_behaviour() {
    let (mut failed, mut returned) = (0, 0);
    for seed in 1..=PROGRAMS {
        let slots = program(seed);
        verify::verify(&slots).unwrap_or_else(|violation| panic!("seed {seed}: {violation}"));
        let values = ssa::build(&slots);
        let mut optimized = values.clone();
        opt::optimize(&mut optimized);
        let Some(expected) = evaluate(&slots, FUEL) else { continue };
        match expected.end {
            evaluate::End::Failed { .. } => failed += 1,
            evaluate::End::Returned(_) => returned += 1,
        }
        let (expected, found) = (Some(expected), evaluate(&values, FUEL));
        assert_eq!(expected, found, "seed {seed}, SSA of\n{}", text::print(&slots));
        let found = evaluate(&optimized, FUEL);
        assert_eq!(
            expected,
            found,
            "seed {seed}, optimised\n{}\nfrom\n{}",
            text::print(&optimized),
            text::print(&values)
        );
    }
    // A generator of which nearly every program fails at once would show nothing.
    assert!(returned > PROGRAMS / 4 && failed > PROGRAMS / 20, "{returned} returned, {failed} failed");
}
