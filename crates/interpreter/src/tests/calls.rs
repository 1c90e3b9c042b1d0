//! Calls: arguments and results in every position, depth, overflow.

use tandem_mir::builder::FunctionBuilder;
use tandem_mir::{FnId, Inst, Lane, Op, Program, Reg};
use tandem_runtime::ffi::{STRING_CONCAT, STRING_LEN};
use tandem_runtime::{Ending, Fault};

use super::{Maker, end, status};

/// `fn name(n): 0 if n == 0 else 1 + name(n - 1)`
fn count_down(maker: &mut Maker) -> FnId {
    let id = maker.program.declare();
    let mut f = maker.function("count", &[Lane::Int]);
    let n = f.param(Lane::Int);
    let (zero, more) = (f.block(), f.block());
    let none = f.int(0);
    let is_zero = f.binary(Op::IntEq, n, none);
    f.branch(is_zero, zero, more);
    f.switch_to(zero);
    f.ret(&[none]);
    f.switch_to(more);
    let one = f.int(1);
    let less = f.binary(Op::IntSub, n, one);
    let rest = f.call(id, &[less], &[Lane::Int])[0];
    let sum = f.binary(Op::IntAdd, one, rest);
    f.ret(&[sum]);
    maker.program.define(id, f.finish());
    id
}

fn calling(callee: FnId, argument: i64, modulus: i64, mut maker: Maker) -> Program<Reg> {
    let mut f = maker.function("<script>", &[Lane::Int]);
    let n = f.int(argument);
    let result = f.call(callee, &[n], &[Lane::Int])[0];
    let modulus = f.int(modulus);
    let result = f.binary(Op::IntRem, result, modulus);
    f.ret(&[result]);
    let entry = maker.define(f);
    maker.finish(entry)
}

#[test]
fn recursion_goes_deep() {
    let mut maker = Maker::new();
    let count = count_down(&mut maker);
    assert_eq!(status(&calling(count, 2_000_003, 1000, maker)), 3);
}

#[test]
fn endless_recursion_overflows_at_its_call() {
    let mut maker = Maker::new();
    let count = count_down(&mut maker);
    let Ending::Failed(failure, _) = end(&calling(count, -1, 1000, maker)) else { panic!("it ends") };
    assert_eq!(failure.fault, Fault::StackOverflow);
}

#[test]
fn functions_without_registers_overflow_too() {
    let mut maker = Maker::new();
    let id = maker.program.declare();
    let mut f = maker.function("empty", &[]);
    f.call(id, &[], &[]);
    f.ret(&[]);
    maker.program.define(id, f.finish());
    let mut f = maker.function("<script>", &[Lane::Int]);
    f.call(id, &[], &[]);
    let zero = f.int(0);
    f.ret(&[zero]);
    let entry = maker.define(f);
    let Ending::Failed(failure, _) = end(&maker.finish(entry)) else { panic!("it ends") };
    assert_eq!(failure.fault, Fault::StackOverflow);
}

/// Digits as a number: tells the order of its operands.
fn number(f: &mut FunctionBuilder, digits: &[Reg]) -> Reg {
    let ten = f.int(10);
    let mut number = f.int(0);
    for digit in digits {
        let shifted = f.binary(Op::IntMul, number, ten);
        number = f.binary(Op::IntAdd, shifted, *digit);
    }
    number
}

fn expect(f: &mut FunctionBuilder, value: Reg, expected: i64) {
    let expected = f.int(expected);
    let same = f.binary(Op::IntEq, value, expected);
    let (right, wrong) = (f.block(), f.block());
    f.branch(same, right, wrong);
    f.switch_to(wrong);
    f.fail(Fault::Assertion, None);
    f.switch_to(right);
}

#[test]
fn arguments_and_results_keep_their_order() {
    let mut maker = Maker::new();
    // Turns its arguments round `n` times.
    let turn = maker.program.declare();
    let mut f = maker.function("turn", &[Lane::Int; 4]);
    let n = f.param(Lane::Int);
    let [a, b, c, d] = [(); 4].map(|()| f.param(Lane::Int));
    let (done, more) = (f.block(), f.block());
    let zero = f.int(0);
    let is_done = f.binary(Op::IntEq, n, zero);
    f.branch(is_done, done, more);
    f.switch_to(done);
    f.ret(&[d, a, b, c]);
    f.switch_to(more);
    let one = f.int(1);
    let less = f.binary(Op::IntSub, n, one);
    let r = f.call(turn, &[less, b, c, d, a], &[Lane::Int; 4]);
    f.ret(&[r[1], r[0], r[3], r[2]]);
    maker.program.define(turn, f.finish());

    let mut f = maker.function("<script>", &[Lane::Int]);
    let arguments: Vec<Reg> = [1, 1, 2, 3, 4].into_iter().map(|n| f.int(n)).collect();
    let results = f.call(turn, &arguments, &[Lane::Int; 4]);
    let result = number(&mut f, &results);
    // 1 2 3 4 turned is 2 3 4 1; that returned is 1 2 3 4; that in pairs is 2 1 4 3.
    expect(&mut f, result, 2143);
    let zero = f.int(0);
    f.ret(&[zero]);
    let entry = maker.define(f);
    assert_eq!(status(&maker.finish(entry)), 0);
}

#[test]
fn results_become_arguments_in_place() {
    let mut maker = Maker::new();
    let mut f = maker.function("join", &[Lane::Int]);
    let params: Vec<Reg> = (0..3).map(|_| f.param(Lane::Int)).collect();
    let result = number(&mut f, &params);
    f.ret(&[result]);
    let join = maker.define(f);

    let mut f = maker.function("<script>", &[Lane::Int]);
    let x = f.reg(Lane::Int);
    let one = f.int(1);
    f.copy(x, one);
    f.inst(Inst::Wait);
    f.copy(x, one);
    let call = |f: &mut FunctionBuilder, args: [Reg; 3]| f.call(join, &args, &[Lane::Int])[0];
    // join(x + x, join(x, x, join(x, x, x)), join(x, x, x + x)) + join(x, x, x), the order mixed.
    let double = f.binary(Op::IntAdd, x, x);
    let inner = call(&mut f, [x, x, x]);
    let middle = call(&mut f, [x, x, inner]);
    let again = f.binary(Op::IntAdd, x, x);
    let last = call(&mut f, [x, x, again]);
    let outer = call(&mut f, [double, middle, last]);
    let one_more = call(&mut f, [x, x, x]);
    let sum = f.binary(Op::IntAdd, outer, one_more);
    // inner 111, middle 100+10+111 = 221, last 112, outer 200+2210+112 = 2522
    expect(&mut f, sum, 2522 + 111);
    let zero = f.int(0);
    f.ret(&[zero]);
    let entry = maker.define(f);
    assert_eq!(status(&maker.finish(entry)), 0);
}

#[test]
fn references_survive_calls() {
    let mut maker = Maker::new();
    let hello = maker.program.constant("hello ");
    // fn grow(n, s): s if n == 0 else grow(n - 1, s + "hello ") + s
    let grow = maker.program.declare();
    let mut f = maker.function("grow", &[Lane::Ref]);
    let (n, s) = (f.param(Lane::Int), f.param(Lane::Ref));
    let (done, more) = (f.block(), f.block());
    let zero = f.int(0);
    let is_done = f.binary(Op::IntEq, n, zero);
    f.branch(is_done, done, more);
    f.switch_to(done);
    f.ret(&[s]);
    f.switch_to(more);
    let one = f.int(1);
    let less = f.binary(Op::IntSub, n, one);
    let text = f.string(hello);
    let longer = f.call_rt(&STRING_CONCAT, &[s, text])[0];
    let rest = f.call(grow, &[less, longer], &[Lane::Ref])[0];
    let all = f.call_rt(&STRING_CONCAT, &[rest, s])[0];
    f.ret(&[all]);
    maker.program.define(grow, f.finish());

    let mut f = maker.function("<script>", &[Lane::Int]);
    let (n, s) = (f.int(20), f.string(hello));
    let kept = f.call_rt(&STRING_CONCAT, &[s, s])[0];
    let text = f.call(grow, &[n, s], &[Lane::Ref])[0];
    let text = f.call_rt(&STRING_CONCAT, &[text, kept])[0];
    let len = f.call_rt(&STRING_LEN, &[text])[0];
    // 21 + (20 + 19 + … + 1) + 2 times the text
    expect(&mut f, len, (21 + 210 + 2) * 6);
    let zero = f.int(0);
    f.ret(&[zero]);
    let entry = maker.define(f);
    assert_eq!(status(&maker.finish(entry)), 0);
}

#[test]
fn tuples_hold_their_lanes() {
    let mut maker = Maker::new();
    let hello = maker.program.constant("hello");
    let lanes = [Lane::Int, Lane::Ref, Lane::Float, Lane::Bool, Lane::Ref, Lane::Int];
    let shape = maker.program.shape(&lanes);
    let mut f = maker.function("<script>", &[Lane::Int]);
    let text = f.string(hello);
    let joined = f.call_rt(&STRING_CONCAT, &[text, text])[0];
    let values = [f.int(7), joined, f.float(1.5), f.bool(true), text, f.int(9)];
    let tuple = f.reg(Lane::Ref);
    f.inst(Inst::TupleLit { dst: tuple, shape, lanes: values.to_vec().into() });
    // Moves the tuple, under stress.
    let other = f.call_rt(&STRING_CONCAT, &[joined, text])[0];
    let get = |f: &mut FunctionBuilder, index: u32| {
        let dst = f.reg(lanes[index as usize]);
        f.inst(Inst::FieldGet { dst, object: tuple, shape, index });
        dst
    };
    let (a, s, t, b) = (get(&mut f, 0), get(&mut f, 1), get(&mut f, 4), get(&mut f, 5));
    let lens = [s, t, other].map(|text| f.call_rt(&STRING_LEN, &[text])[0]);
    let all = number(&mut f, &[a, b, lens[0], lens[1], lens[2]]);
    expect(&mut f, all, 70_000 + 9_000 + 1_000 + 50 + 15);
    let zero = f.int(0);
    f.ret(&[zero]);
    let entry = maker.define(f);
    assert_eq!(status(&maker.finish(entry)), 0);
}

/// Runs the tests with references again in a process in which each allocation moves every object.
#[test]
fn references_again_under_stress() {
    if std::env::var_os("TANDEM_GC").is_some() {
        return;
    }
    let tests = std::env::current_exe().expect("the tests run from a file");
    let mut command = std::process::Command::new(tests);
    let output = command
        .args(["references_survive", "tuples_hold", "random_functions"])
        .env("TANDEM_GC", "stress")
        .output()
        .expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
