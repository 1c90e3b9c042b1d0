//! Every row of the operation table on edge values: native code against the evaluator of the same row.

mod common;

use std::fmt::Write;

use common::Native;
use tandem_codegen::Target;
use tandem_mir::{Lane, Op, eval};
use tandem_runtime::Fault;

fn edges(lane: Lane) -> Vec<u64> {
    match lane {
        Lane::Int => {
            let mut values = vec![i64::MIN, i64::MIN + 1, i64::MAX, i64::MAX - 1, 3, -3, 7, -7, 10, -10, 63, 64, 65];
            for shift in [0, 1, 7, 8, 15, 16, 31, 32, 33, 52, 53, 62] {
                let power = 1i64 << shift;
                values.extend([power - 1, power, power + 1, -power - 1, -power, -power + 1]);
            }
            values.push(3_037_000_499); // the largest whose square fits
            values.push(3_037_000_500);
            values.sort();
            values.dedup();
            values.into_iter().map(|value| value as u64).collect()
        }
        Lane::Float => {
            let mut values = vec![0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 0.1, 1e-300, f64::MIN_POSITIVE, f64::from_bits(1)];
            values.extend([4503599627370495.5, 4503599627370497.0, 9007199254740993.0, 9.2e18, 9.3e18, 1.8e19, 1.9e19]);
            values.extend([
                9223372036854774784.0,
                9223372036854775808.0,
                18446744073709549568.0,
                18446744073709551616.0,
            ]);
            values.extend([f64::MAX, f64::INFINITY, f64::NAN, f64::from(f32::MAX), 3.5e38, 1e-46, 16777217.0]);
            values.iter().flat_map(|value| [value.to_bits(), (-value).to_bits()]).collect()
        }
        Lane::Bool => vec![0, 1],
        Lane::Ref => vec![0, 8, 16],
    }
}

fn lane_name(lane: Lane) -> &'static str {
    match lane {
        Lane::Int => "int",
        Lane::Float => "float",
        Lane::Bool => "bool",
        Lane::Ref => "ref",
    }
}

/// All NaNs count as the same.
fn canonical(lane: Lane, bits: u64) -> u64 {
    if lane == Lane::Float && f64::from_bits(bits).is_nan() { f64::NAN.to_bits() } else { bits }
}

fn inputs(op: Op) -> Vec<Vec<u64>> {
    let mut inputs = vec![Vec::new()];
    for lane in op.info().operands {
        inputs = inputs
            .iter()
            .flat_map(|before: &Vec<u64>| {
                edges(*lane).into_iter().map(|value| {
                    let mut args = before.clone();
                    args.push(value);
                    args
                })
            })
            .collect();
    }
    inputs
}

/// A program that applies `op` to module variables and puts the result in the next one.
fn on_variables(op: Op) -> String {
    let info = op.info();
    let mut text = String::new();
    for (index, lane) in info.operands.iter().chain([&info.result]).enumerate() {
        writeln!(text, "global global{index}: {}", lane_name(*lane)).unwrap();
    }
    text += "fn fn0() -> int {\nblock0:\n";
    let mut args = Vec::new();
    for index in 0..info.operands.len() {
        writeln!(text, "v{index} = get global{index}").unwrap();
        args.push(format!("v{index}"));
    }
    let count = args.len();
    writeln!(text, "v{count} = {} {}\nset global{count}, v{count}", info.name, args.join(", ")).unwrap();
    text + "v9 = int 0\nreturn v9\n}\n"
}

fn check(op: Op, native: &mut Native, globals: &[u64], args: &[u64]) {
    let result = args.len();
    let outcome = native.run(globals);
    let lane = op.info().result;
    match eval::eval(op, args) {
        Ok(expected) => {
            assert!(outcome.result.is_ok(), "{op:?} {args:x?}: {:?}", outcome.result);
            let (found, expected) = (canonical(lane, outcome.globals[result]), canonical(lane, expected));
            assert_eq!(found, expected, "{op:?} {args:x?}: {found:x} instead of {expected:x}");
        }
        Err(fault) => assert_eq!(outcome.fault(), Some(fault), "{op:?} {args:x?}: {outcome:?}"),
    }
}

fn check_on_variables(target: Target) {
    for &op in Op::ALL {
        let mut native = Native::new(&common::program(&on_variables(op)), target);
        for args in inputs(op) {
            let globals = [&args[..], &[0]].concat();
            check(op, &mut native, &globals, &args);
        }
    }
}

#[test]
fn rows_on_this_processor() {
    check_on_variables(Target::Host);
}

#[test]
fn rows_on_the_baseline() {
    check_on_variables(Target::Baseline);
}

/// Constants take other paths of the lowering (shifts for divisions, no check where none is needed).
#[test]
fn rows_with_a_constant_operand() {
    for &op in Op::ALL {
        let info = op.info();
        let [left, right] = *info.operands else { continue };
        if left != Lane::Int || right != Lane::Int {
            continue;
        }
        for constant in edges(Lane::Int) {
            let mut native = Native::new(&common::program(&with_constant(op, constant as i64)), Target::Host);
            for other in edges(Lane::Int).into_iter().step_by(3) {
                for (side, args) in [(0, [constant, other]), (1, [other, constant])] {
                    let mut globals = vec![other, side, 0];
                    let outcome = native.run(&globals);
                    globals[2] = outcome.globals[2];
                    match eval::eval(op, &args) {
                        Ok(expected) => assert_eq!(
                            (outcome.fault(), globals[2]),
                            (None, expected),
                            "{op:?} {args:x?}, constant on side {side}"
                        ),
                        Err(fault) => assert_eq!(outcome.fault(), Some(fault), "{op:?} {args:x?}"),
                    }
                }
            }
        }
    }
}

/// A program that applies `op` to a constant on the side that `global1` says and to `global0`.
fn with_constant(op: Op, constant: i64) -> String {
    let info = op.info();
    let result = lane_name(info.result);
    format!(
        "global global0: int\nglobal global1: int\nglobal global2: {result}\n\
         fn fn0() -> int {{\nblock0:\n\
         v0 = get global0\nv1 = get global1\nv2 = int {constant}\nv7 = int 0\n\
         switch v1, 0: block1, else block2\n\
         block1:\nv3 = {name} v2, v0\nset global2, v3\njump block3\n\
         block2:\nv4 = {name} v0, v2\nset global2, v4\njump block3\n\
         block3:\nreturn v7\n}}\n",
        name = info.name,
    )
}

/// Python's answers (`data/answers.py` made them) are those of the evaluator and of native code.
#[test]
fn rows_agree_with_python() {
    let mut lines = include_str!("data/answers.txt").lines();
    let mut operands = |parse: fn(&str) -> u64| -> Vec<u64> {
        lines.next().expect("the operands come first").split(' ').skip(1).map(parse).collect()
    };
    let (ints, floats) = (operands(int), operands(float));
    let values = |lane: Lane| match lane {
        Lane::Int => &ints,
        Lane::Float => &floats,
        Lane::Bool | Lane::Ref => unreachable!("Python answers for numbers"),
    };
    let mut answered = 0;
    while let Some(name) = lines.next() {
        let op = Op::by_name(name).unwrap_or_else(|| panic!("there is no {name}"));
        let info = op.info();
        let mut native = Native::new(&common::program(&on_variables(op)), Target::Host);
        for left in values(info.operands[0]) {
            let mut answers = lines.next().expect("a line for each first operand").split(' ');
            let others = info.operands.get(1).map_or(&[0][..], |lane| values(*lane));
            for (right, answer) in others.iter().zip(&mut answers) {
                let args = &[*left, *right][..info.operands.len()];
                let expected = match answer {
                    "O" => Err(Fault::Overflow),
                    "D" => Err(Fault::DivisionByZero),
                    number if info.result == Lane::Float => Ok(float(number)),
                    number => Ok(int(number)),
                };
                let evaluated = eval::eval(op, args).map(|bits| canonical(info.result, bits));
                assert_eq!(evaluated, expected, "{name} {args:x?}");
                check(op, &mut native, &[args, &[0]].concat(), args);
            }
            assert_eq!(answers.next(), None, "{name}");
        }
        answered += 1;
    }
    let numeric = |lane: &Lane| matches!(lane, Lane::Int | Lane::Float);
    let asked = Op::ALL.iter().filter(|op| op.info().operands.iter().all(numeric)).count();
    assert_eq!(answered, asked, "every operation on numbers has answers");
}

fn int(text: &str) -> u64 {
    text.parse::<i64>().expect("a number") as u64
}

fn float(text: &str) -> u64 {
    if text == "nan" { f64::NAN.to_bits() } else { u64::from_str_radix(text, 16).expect("the bits of a float") }
}
