//! Functions with more registers, arguments and code than fields can name.

use tandem_mir::{Inst, Lane, Op, Reg};
use tandem_runtime::Fault;
use tandem_runtime::ffi::{STRING_CONCAT, STRING_LEN};

use super::{Maker, status};

/// A script with `n` slots that are alive at once, across calls and jumps.
fn many_registers(n: i64) {
    let mut maker = Maker::new();
    let mut f = maker.function("add", &[Lane::Int]);
    let (a, b) = (f.param(Lane::Int), f.param(Lane::Int));
    let sum = f.binary(Op::IntAdd, a, b);
    f.ret(&[sum]);
    let add = maker.define(f);

    let text = maker.program.constant("text");
    let mut f = maker.function("<script>", &[Lane::Int]);
    let text = f.string(text);
    let kept = f.call_rt(&STRING_CONCAT, &[text, text])[0];
    let start = f.reg(Lane::Int);
    let zero = f.int(0);
    f.copy(start, zero);
    f.inst(Inst::Wait);
    f.copy(start, zero);
    let slots: Vec<Reg> = (0..n)
        .map(|value| {
            let slot = f.reg(Lane::Int);
            let value = f.int(value);
            let value = f.binary(Op::IntAdd, start, value);
            f.copy(slot, value);
            slot
        })
        .collect();
    // The sum of all by calls, comparisons and jumps between them.
    let (low, high) = (f.block(), f.block());
    let condition = f.binary(Op::IntLt, slots[0], slots[slots.len() - 1]);
    f.branch(condition, high, low);
    f.switch_to(low);
    f.fail(Fault::Assertion, None);
    f.switch_to(high);
    let total = f.reg(Lane::Int);
    f.copy(total, zero);
    for (index, slot) in slots.iter().enumerate() {
        let sum = match index % 64 {
            0 => f.call(add, &[total, *slot], &[Lane::Int])[0],
            _ => f.binary(Op::IntAdd, total, *slot),
        };
        f.copy(total, sum);
    }
    for pair in slots.chunks(2).take(200) {
        // Swaps and back.
        let [a, b] = *pair else { continue };
        let old = f.reg(Lane::Int);
        f.copy(old, a);
        f.copy(a, b);
        f.copy(b, old);
        let sum = f.call(add, &[b, a], &[Lane::Int])[0];
        let sum = f.binary(Op::IntSub, sum, a);
        let sum = f.binary(Op::IntSub, sum, b);
        let sum = f.binary(Op::IntAdd, total, sum);
        f.copy(total, sum);
    }
    let kept = f.call_rt(&STRING_CONCAT, &[kept, text])[0];
    let len = f.call_rt(&STRING_LEN, &[kept])[0];
    let total = f.binary(Op::IntSub, total, len);
    let expected = f.int(n * (n - 1) / 2 - 12);
    let difference = f.binary(Op::IntSub, total, expected);
    let unchanged = f.binary(Op::IntSub, slots[slots.len() - 1], slots[slots.len() - 1]);
    let difference = f.binary(Op::IntAdd, difference, unchanged);
    f.ret(&[difference]);
    let entry = maker.define(f);
    assert_eq!(status(&maker.finish(entry)), 0);
}

#[test]
fn three_hundred_registers() {
    many_registers(300);
}

#[test]
fn seventy_thousand_registers() {
    many_registers(70_000);
}

#[test]
fn seventy_thousand_arguments_and_results() {
    const N: usize = 70_000;
    let mut maker = Maker::new();
    let mut f = maker.function("reverse", &[Lane::Int; N]);
    let mut params: Vec<Reg> = (0..N).map(|_| f.param(Lane::Int)).collect();
    params.reverse();
    f.ret(&params);
    let reverse = maker.define(f);

    let shape = maker.program.shape(&[Lane::Int; N]);
    let mut f = maker.function("<script>", &[Lane::Int]);
    let values: Vec<Reg> = (0..N).map(|value| f.int(value as i64)).collect();
    let results = f.call(reverse, &values, &[Lane::Int; N]);
    let tuple = f.reg(Lane::Ref);
    f.inst(Inst::TupleLit { dst: tuple, shape, lanes: results });
    let wrong = f.block();
    for index in [0, 1, 255, 256, 65_519, 65_520, 65_535, 65_536, N - 1] {
        let dst = f.reg(Lane::Int);
        f.inst(Inst::FieldGet { dst, object: tuple, shape, index: index as u32 });
        let expected = f.int((N - 1 - index) as i64);
        let same = f.binary(Op::IntEq, dst, expected);
        let next = f.block();
        f.branch(same, next, wrong);
        f.switch_to(next);
    }
    let zero = f.int(0);
    f.ret(&[zero]);
    f.switch_to(wrong);
    f.fail(Fault::Assertion, None);
    let entry = maker.define(f);
    assert_eq!(status(&maker.finish(entry)), 0);
}
