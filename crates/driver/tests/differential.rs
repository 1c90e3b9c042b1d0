//! Random programs do the same on every engine: output, errors with their places and backtraces, exit status.
//!
//! A fixed number of them; `cargo run --release -p tandem-differential` runs as many as you like, and says how to see a
//! seed again.

use std::path::PathBuf;
use std::time::Duration;

use tandem_corpus::{Configuration, Engine, Gc, Runner};
use tandem_differential::{Counting, Judge, Oracles, Session};
use tandem_generator::Options;

/// Runs the programs of so many seeds.
fn programs(first_seed: u64, programs: u64, gc: Gc) {
    let name = format!("differential-{}-{first_seed}", std::process::id());
    let scratch = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&scratch).expect("the folder can be made");
    let tandem = PathBuf::from(env!("CARGO_BIN_EXE_tandem"));
    let limit = Duration::from_secs(60);
    let session = Session {
        judge: Judge {
            runner: Runner { tandem, root: scratch.clone(), scratch: scratch.clone(), limit },
            configurations: Engine::ALL.map(|engine| Configuration { engine, gc }).to_vec(),
            oracles: Oracles::default(),
            counting: Counting::Checked,
        },
        options: Options::default(),
        first_seed,
        programs,
        jobs: 1,
        keep: None,
        reductions: 200,
    };
    let summary = session.run(&|seed, program, disagreement| {
        eprintln!("seed {seed}: {}\n---- program\n{program}", disagreement.text);
    });
    std::fs::remove_dir_all(&scratch).expect("the folder can be removed");
    assert_eq!(summary.failed, 0, "{summary}");
}

#[test]
fn random_programs_do_the_same_on_every_engine() {
    programs(0, 250, Gc::Normal);
}

#[test]
fn random_programs_survive_a_moving_collector() {
    programs(1_000_000, 50, Gc::Stress);
}
