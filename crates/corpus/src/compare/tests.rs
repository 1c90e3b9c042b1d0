use super::*;
use crate::{Gc, Stage};

fn outcome(stdout: &str, stderr: &str, status: i32) -> Outcome {
    Outcome { stdout: stdout.into(), stderr: stderr.into(), status: Status::Exited(status) }
}

fn run(engine: Engine, outcome: Outcome, executed: &[(&str, &str)]) -> (Configuration, Run) {
    let executed = executed.iter().map(|(name, how)| (name.to_string(), how.to_string())).collect();
    (Configuration { engine, gc: Gc::Normal }, Run { outcome, executed })
}

const REPORT: &str = "error[R0002]: division by zero\n  --> a.tdm:2:5\n";

#[test]
fn a_planted_difference_is_caught_in_each_part() {
    let good = || outcome("3\n", REPORT, 101);
    let others = [
        outcome("4\n", REPORT, 101),
        outcome("3\n", &REPORT.replace(":2:", ":3:"), 101),
        outcome("3\n", REPORT, 0),
        Outcome { status: Status::Killed, ..good() },
        Outcome { status: Status::TimedOut, ..good() },
    ];
    for other in others {
        let runs = [run(Engine::Interpreter, good(), &[]), run(Engine::Jit, other, &[])];
        assert!(check_parity(&runs).is_err());
    }
    let runs = [run(Engine::Interpreter, good(), &[]), run(Engine::Jit, good(), &[])];
    assert_eq!(check_parity(&runs), Ok(()));
}

#[test]
fn the_depth_of_a_stack_may_differ() {
    let report = |count: &str| {
        outcome("", &format!("error[R0012]: stack overflow\nbacktrace: f < ... {count} more ... < f\n"), 101)
    };
    let runs = |other: &str| [run(Engine::Interpreter, report("100000"), &[]), run(Engine::Jit, report(other), &[])];
    assert_eq!(check_parity(&runs("67000000")), Ok(()));
    assert!(check_parity(&runs("many")).is_err());
}

#[test]
fn an_expectation_that_is_not_met_is_caught() {
    let source = "print(3) # expect: 3\nprint(1 / 0) # expect error R0002\n";
    let expectation = Expectation::parse(source).unwrap();
    assert_eq!(expectation.failure.as_ref().map(|failure| failure.stage), Some(Stage::Running));
    assert_eq!(check_expectation(&expectation, &outcome("3\n", REPORT, 101)), Ok(()));
    let wrong = [
        outcome("", REPORT, 101),
        outcome("3\n3\n", REPORT, 101),
        outcome("3\n", &REPORT.replace(":2:", ":1:"), 101),
        outcome("3\n", &REPORT.replace("R0002", "R0001"), 101),
        outcome("3\n", REPORT, 1),
    ];
    for found in wrong {
        assert!(check_expectation(&expectation, &found).is_err(), "{found:?}");
    }
}

#[test]
fn a_function_that_did_not_run_natively_is_caught() {
    let done = || outcome("", "", 0);
    let interpreted = run(Engine::Interpreter, done(), &[("f", "interpreted")]);
    let native = run(Engine::Jit, done(), &[("f", "native")]);
    assert_eq!(check_executions(&[interpreted, native]), Ok(()));
    let interpreted = || run(Engine::Interpreter, done(), &[("f", "interpreted")]);
    assert!(check_executions(&[interpreted(), run(Engine::Jit, done(), &[("f", "interpreted")])]).is_err());
    assert!(check_executions(&[interpreted(), run(Engine::Jit, done(), &[])]).is_err());
    assert!(check_executions(&[run(Engine::Jit, done(), &[])]).is_err());
}
