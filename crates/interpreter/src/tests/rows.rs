//! Every row of the operation table on edge values, in every form, against `mir::eval`.

use tandem_mir::builder::FunctionBuilder;
use tandem_mir::{Inst, Lane, Op, Reg};
use tandem_runtime::{Ending, Fault};

use super::{Maker, end};

const INTS: &[i64] = &[
    0,
    1,
    -1,
    2,
    -2,
    3,
    7,
    10,
    63,
    64,
    127,
    128,
    -128,
    -129,
    255,
    256,
    32767,
    32768,
    -32769,
    65535,
    65536,
    2147483647,
    2147483648,
    -2147483649,
    4294967295,
    4294967296,
    i64::MAX,
    i64::MIN,
    i64::MAX - 1,
    i64::MIN + 1,
];

const FLOATS: &[f64] = &[
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    1.5,
    2.5,
    -2.5,
    1e-300,
    1e300,
    0.1,
    f64::MAX,
    f64::MIN_POSITIVE,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
    9.2e18,
    -9.3e18,
    1.9e19,
    16777217.0,
];

fn values(lane: Lane) -> Vec<u64> {
    match lane {
        Lane::Int => INTS.iter().map(|value| *value as u64).collect(),
        Lane::Float => FLOATS.iter().map(|value| value.to_bits()).collect(),
        Lane::Bool => vec![0, 1],
        Lane::Ref => vec![0],
    }
}

fn constant(f: &mut FunctionBuilder, lane: Lane, bits: u64) -> Reg {
    match lane {
        Lane::Int => f.int(bits as i64),
        Lane::Float => f.float(f64::from_bits(bits)),
        Lane::Bool => f.bool(bits != 0),
        Lane::Ref => f.nil(),
    }
}

/// Where an operand comes from: this decides the form in which the row is encoded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Source {
    Constant,
    Register,
}

/// An operand; as a register it is a slot that is assigned twice.
fn operand(f: &mut FunctionBuilder, lane: Lane, bits: u64, source: Source) -> Reg {
    let value = constant(f, lane, bits);
    match source {
        Source::Constant => value,
        Source::Register => {
            let slot = f.reg(lane);
            let other = constant(f, lane, 0);
            f.copy(slot, other);
            f.inst(Inst::Wait); // keeps the copies apart
            f.copy(slot, value);
            slot
        }
    }
}

/// `1` if the result has these bits (any NaN is as good as another), else `0`.
fn is_expected(f: &mut FunctionBuilder, lane: Lane, result: Reg, bits: u64) -> Reg {
    let expected = constant(f, lane, bits);
    match lane {
        Lane::Int => f.binary(Op::IntEq, result, expected),
        Lane::Float if f64::from_bits(bits).is_nan() => f.binary(Op::FloatNe, result, result),
        Lane::Float => {
            // Distinguishes the zeros.
            let one = f.float(1.0);
            let (a, b) = (f.binary(Op::FloatDiv, one, result), f.binary(Op::FloatDiv, one, expected));
            let same = f.binary(Op::FloatEq, a, b);
            let equal = f.binary(Op::FloatEq, result, expected);
            f.binary(Op::BoolAnd, same, equal)
        }
        Lane::Bool => f.binary(Op::BoolEq, result, expected),
        Lane::Ref => f.binary(Op::RefEq, result, expected),
    }
}

fn apply(f: &mut FunctionBuilder, op: Op, args: &[u64], sources: &[Source]) -> Reg {
    let lanes = op.info().operands;
    let operands: Vec<Reg> =
        (0..args.len()).map(|index| operand(f, lanes[index], args[index], sources[index])).collect();
    match *operands {
        [arg] => f.unary(op, arg),
        [lhs, rhs] => f.binary(op, lhs, rhs),
        _ => unreachable!("rows have one or two operands"),
    }
}

/// All argument lists of a row.
fn arguments(op: Op) -> Vec<Vec<u64>> {
    match op.info().operands {
        [lane] => values(*lane).into_iter().map(|a| vec![a]).collect(),
        [left, right] => {
            values(*left).into_iter().flat_map(|a| values(*right).into_iter().map(move |b| vec![a, b])).collect()
        }
        _ => unreachable!("rows have one or two operands"),
    }
}

const SOURCES: [[Source; 2]; 4] = [
    [Source::Register, Source::Register],
    [Source::Register, Source::Constant],
    [Source::Constant, Source::Register],
    [Source::Constant, Source::Constant],
];

/// So many argument lists at once make programs whose functions are long, but in near reach.
const CHUNK: usize = 50;

#[test]
fn rows_give_what_they_say() {
    for &op in Op::ALL {
        let arguments = arguments(op);
        for (sources, arguments) in SOURCES.iter().flat_map(|s| arguments.chunks(CHUNK).map(move |a| (s, a))) {
            // One program for the arguments that do not fail: it counts the right results.
            let mut expected = 0;
            let mut maker = Maker::new();
            let mut f = maker.function("<script>", &[Lane::Int]);
            let count = f.reg(Lane::Int);
            let zero = f.int(0);
            f.copy(count, zero);
            for args in arguments {
                let Ok(bits) = tandem_mir::eval::eval(op, args) else { continue };
                expected += 1;
                let result = apply(&mut f, op, args, sources);
                let right = is_expected(&mut f, op.info().result, result, bits);
                let right = f.unary(Op::BoolToInt, right);
                let sum = f.binary(Op::IntAdd, count, right);
                f.copy(count, sum);
            }
            let wanted = f.int(expected);
            let missing = f.binary(Op::IntSub, wanted, count);
            f.ret(&[missing]);
            let entry = maker.define(f);
            let ending = end(&maker.finish(entry));
            assert!(matches!(ending, Ending::Exited(0)), "{op:?} with {sources:?}: {ending:?}");
        }
    }
}

#[test]
fn rows_decide_branches() {
    for &op in Op::ALL.iter().filter(|op| op.info().result == Lane::Bool) {
        let arguments = arguments(op);
        for (sources, arguments) in SOURCES.iter().flat_map(|s| arguments.chunks(CHUNK).map(move |a| (s, a))) {
            let mut maker = Maker::new();
            let mut f = maker.function("<script>", &[Lane::Int]);
            let wrong = f.block();
            for args in arguments {
                let bits = tandem_mir::eval::eval(op, args).expect("comparisons do not fail");
                // Once with the expected side next in the code, once with the other.
                for inverted in [false, true] {
                    let mut condition = apply(&mut f, op, args, sources);
                    if inverted {
                        condition = f.unary(Op::BoolNot, condition);
                    }
                    let next = f.block();
                    if (bits != 0) != inverted {
                        f.branch(condition, next, wrong);
                    } else {
                        f.branch(condition, wrong, next);
                    }
                    f.switch_to(next);
                }
            }
            let zero = f.int(0);
            f.ret(&[zero]);
            f.switch_to(wrong);
            let one = f.int(1);
            f.ret(&[one]);
            let entry = maker.define(f);
            let ending = end(&maker.finish(entry));
            assert!(matches!(ending, Ending::Exited(0)), "{op:?} with {sources:?}: {ending:?}");
        }
    }
}

#[test]
fn rows_fail_where_they_say() {
    for &op in Op::ALL {
        // One failing list of arguments for each fault, in each form.
        let mut seen: Vec<Fault> = Vec::new();
        for args in arguments(op) {
            let Err(fault) = tandem_mir::eval::eval(op, &args) else { continue };
            if seen.contains(&fault) {
                continue;
            }
            seen.push(fault);
            for sources in SOURCES {
                let mut maker = Maker::new();
                let mut f = maker.function("<script>", &[Lane::Int]);
                apply(&mut f, op, &args, &sources);
                let zero = f.int(0);
                f.ret(&[zero]);
                let entry = maker.define(f);
                let ending = end(&maker.finish(entry));
                let is_right = matches!(&ending, Ending::Failed(failure, _) if failure.fault == fault);
                assert!(is_right, "{op:?} {args:?} with {sources:?}: {ending:?}");
            }
        }
    }
}
