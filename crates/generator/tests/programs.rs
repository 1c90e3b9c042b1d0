//! What holds of every generated program without running it.

use tandem_generator::tree::{Program, Stmt};
use tandem_generator::{Options, from_bytes, from_seed, python, reduce};

#[test]
fn equal_seeds_give_equal_programs() {
    for seed in 0..50 {
        assert_eq!(from_seed(seed, &Options::default()), from_seed(seed, &Options::default()));
    }
}

#[test]
fn any_bytes_give_a_program() {
    arbtest::arbtest(|source| {
        let bytes: Vec<u8> = source.arbitrary()?;
        let program = from_bytes(&bytes, &Options::default());
        assert!(program.to_string().ends_with(")\n"));
        Ok(())
    })
    .budget_ms(2000);
}

#[test]
fn no_bytes_give_the_smallest_program() {
    let program = from_bytes(&[], &Options::default());
    assert!(program.to_string().lines().count() < 30, "{program}");
}

#[test]
fn an_untyped_judge_sees_no_f32() {
    for seed in 0..200 {
        let text = from_seed(seed, &Options::untyped()).to_string();
        assert!(!text.contains("f32(") && !text.contains(": f32"), "seed {seed}");
    }
}

#[test]
fn about_a_fifth_of_the_programs_is_meant_to_fail() {
    let failing = (0..400).filter(|seed| from_seed(*seed, &Options::default()).to_string().contains("fails")).count();
    assert!((20..160).contains(&failing), "{failing} of 400");
}

#[test]
fn python_has_a_line_for_each_print() {
    let program = from_seed(3, &Options::untyped());
    assert!(python::program(&program).contains("start(script)"));
}

#[test]
fn a_program_is_reduced_to_what_is_looked_for() {
    let options = Options::default();
    let shifts = |program: &Program| program.to_string().contains("<<");
    let program = (0..).map(|seed| from_seed(seed, &options)).find(shifts).expect("some program shifts");
    let smaller = reduce(&program, 4000, &mut |candidate| shifts(candidate));
    let statements = |program: &Program| {
        program.script.len() + program.functions.iter().map(|function| function.body.len()).sum::<usize>()
    };
    assert!(statements(&smaller) + smaller.module.len() <= 2, "{smaller}");
    assert!(!smaller.script.iter().any(|statement| matches!(statement, Stmt::Print(values) if values.len() > 3)));
}
