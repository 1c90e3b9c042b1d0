//! How fast the interpreter is: `fib(38)`, the mandelbrot kernel of `bench/public`, and a loop with runtime calls, as
//! MIR like the lowering writes it. Compare with `lua5.4` on the same machine.

use std::time::Instant;

use tandem_interpreter::Interpreter;
use tandem_mir::builder::{FunctionBuilder, ProgramBuilder};
use tandem_mir::{FnId, FunctionName, Inst, Lane, Loc, NameId, Op, Program, Reg};
use tandem_runtime::context::ProgramData;
use tandem_runtime::image::FrameVisibility;
use tandem_runtime::{Context, Options};
use tandem_source::{FileId, Span};

fn main() {
    // `cargo bench --bench kernels -- fib` measures only that.
    let wanted = std::env::args().skip(1).find(|arg| !arg.starts_with("--")).unwrap_or_default();
    let kernels: [Kernel; 3] =
        [("fib(38)", fib), ("mandelbrot(1500, 100)", mandelbrot), ("sum of 100,000,000 wrapping squares", sum)];
    for (name, kernel) in kernels.into_iter().filter(|(name, _)| name.contains(&wanted)) {
        measure(name, &kernel());
    }
}

/// A name, and what makes the program.
type Kernel = (&'static str, fn() -> Program<Reg>);

fn measure(name: &str, program: &Program<Reg>) {
    let started = Instant::now();
    let interpreter = Interpreter::new(program);
    let prepared = started.elapsed();
    for _ in 0..3 {
        let mut cx = Context::new(&ProgramData::default(), Options::default());
        let started = Instant::now();
        let outcome = interpreter.run(&mut cx);
        println!("{name}: {:.3} s ({outcome:?}, prepared in {prepared:?})", started.elapsed().as_secs_f64());
    }
}

fn function(program: &mut ProgramBuilder, name: &str, results: &[Lane]) -> FunctionBuilder {
    let visibility = FrameVisibility::Shown;
    let name: NameId = program.name(FunctionName { name: name.into(), visibility });
    let loc = program.loc(Loc { span: Span::new(FileId(0), 0, 0), function: name, parent: None });
    FunctionBuilder::new(name, results, loc)
}

/// Assigns a variable as the lowering does: the value, then a copy.
fn assign(f: &mut FunctionBuilder, variable: Reg, value: Reg) {
    f.copy(variable, value);
}

fn fib() -> Program<Reg> {
    let mut program = ProgramBuilder::new();
    let fib: FnId = program.declare();
    let mut f = function(&mut program, "fib", &[Lane::Int]);
    let n = f.param(Lane::Int);
    let (small, large) = (f.block(), f.block());
    let two = f.int(2);
    let is_small = f.binary(Op::IntLt, n, two);
    f.branch(is_small, small, large);
    f.switch_to(small);
    f.ret(&[n]);
    f.switch_to(large);
    let one = f.int(1);
    let before = f.binary(Op::IntSub, n, one);
    let a = f.call(fib, &[before], &[Lane::Int])[0];
    let two = f.int(2);
    let before = f.binary(Op::IntSub, n, two);
    let b = f.call(fib, &[before], &[Lane::Int])[0];
    let sum = f.binary(Op::IntAdd, a, b);
    f.ret(&[sum]);
    program.define(fib, f.finish());

    let mut f = function(&mut program, "<script>", &[Lane::Int]);
    let n = f.int(38);
    let result = f.call(fib, &[n], &[Lane::Int])[0];
    f.ret(&[result]);
    let entry = program.declare();
    program.define(entry, f.finish());
    program.finish(entry)
}

/// `while variable < end: body; variable += 1`
fn count(f: &mut FunctionBuilder, variable: Reg, end: Reg, body: impl FnOnce(&mut FunctionBuilder)) {
    let (header, inside, behind) = (f.block(), f.block(), f.block());
    f.jump(header);
    f.switch_to(header);
    let goes_on = f.binary(Op::IntLt, variable, end);
    f.branch(goes_on, inside, behind);
    f.switch_to(inside);
    body(f);
    let one = f.int(1);
    let next = f.binary(Op::IntAdd, variable, one);
    assign(f, variable, next);
    f.inst(Inst::Wait);
    f.jump(header);
    f.switch_to(behind);
}

fn variable(f: &mut FunctionBuilder, value: Reg) -> Reg {
    let variable = f.reg(f.lane(value));
    assign(f, variable, value);
    variable
}

fn mandelbrot() -> Program<Reg> {
    let mut program = ProgramBuilder::new();
    let mut f = function(&mut program, "run", &[Lane::Int]);
    let n = f.param(Lane::Int);
    let max = f.param(Lane::Int);
    let zero = f.int(0);
    let inside = variable(&mut f, zero);
    let total = variable(&mut f, zero);
    let py = variable(&mut f, zero);
    count(&mut f, py, n, |f| {
        let scaled = |f: &mut FunctionBuilder, factor: f64, p: Reg, offset: f64| {
            let factor = f.float(factor);
            let p = f.unary(Op::IntToFloat, p);
            let product = f.binary(Op::FloatMul, factor, p);
            let n = f.unary(Op::IntToFloat, n);
            let quotient = f.binary(Op::FloatDiv, product, n);
            let offset = f.float(offset);
            f.binary(Op::FloatSub, quotient, offset)
        };
        let ci = scaled(f, 2.0, py, 1.0);
        let ci = variable(f, ci);
        let zero = f.int(0);
        let px = variable(f, zero);
        count(f, px, n, |f| {
            let cr = scaled(f, 3.0, px, 2.0);
            let cr = variable(f, cr);
            let zero = f.float(0.0);
            let zr = variable(f, zero);
            let zero = f.float(0.0);
            let zi = variable(f, zero);
            let zero = f.int(0);
            let it = variable(f, zero);
            let (header, body, go_on, behind) = (f.block(), f.block(), f.block(), f.block());
            f.jump(header);
            f.switch_to(header);
            let goes_on = f.binary(Op::IntLt, it, max);
            f.branch(goes_on, body, behind);
            f.switch_to(body);
            let r2 = f.binary(Op::FloatMul, zr, zr);
            let r2 = variable(f, r2);
            let i2 = f.binary(Op::FloatMul, zi, zi);
            let i2 = variable(f, i2);
            let sum = f.binary(Op::FloatAdd, r2, i2);
            let four = f.float(4.0);
            let escapes = f.binary(Op::FloatLt, four, sum);
            f.branch(escapes, behind, go_on);
            f.switch_to(go_on);
            let two = f.float(2.0);
            let product = f.binary(Op::FloatMul, two, zr);
            let product = f.binary(Op::FloatMul, product, zi);
            let sum = f.binary(Op::FloatAdd, product, ci);
            assign(f, zi, sum);
            let difference = f.binary(Op::FloatSub, r2, i2);
            let sum = f.binary(Op::FloatAdd, difference, cr);
            assign(f, zr, sum);
            let one = f.int(1);
            let next = f.binary(Op::IntAdd, it, one);
            assign(f, it, next);
            f.inst(Inst::Wait);
            f.jump(header);
            f.switch_to(behind);
            let sum = f.binary(Op::IntAdd, total, it);
            assign(f, total, sum);
            let is_inside = f.binary(Op::IntEq, it, max);
            let (counted, next) = (f.block(), f.block());
            f.branch(is_inside, counted, next);
            f.switch_to(counted);
            let one = f.int(1);
            let sum = f.binary(Op::IntAdd, inside, one);
            assign(f, inside, sum);
            f.jump(next);
            f.switch_to(next);
        });
    });
    let sum = f.binary(Op::IntAdd, total, inside);
    f.ret(&[sum]);
    let run = program.declare();
    program.define(run, f.finish());

    let mut f = function(&mut program, "<script>", &[Lane::Int]);
    let n = f.int(1500);
    let max = f.int(100);
    let result = f.call(run, &[n, max], &[Lane::Int])[0];
    f.ret(&[result]);
    let entry = program.declare();
    program.define(entry, f.finish());
    program.finish(entry)
}

fn sum() -> Program<Reg> {
    let mut program = ProgramBuilder::new();
    let mut f = function(&mut program, "<script>", &[Lane::Int]);
    let zero = f.int(0);
    let i = variable(&mut f, zero);
    let sum = variable(&mut f, zero);
    let end = f.int(100_000_000);
    count(&mut f, i, end, |f| {
        let square = f.binary(Op::IntWrapMul, i, i);
        let more = f.binary(Op::IntWrapAdd, sum, square);
        assign(f, sum, more);
    });
    f.ret(&[sum]);
    let entry = program.declare();
    program.define(entry, f.finish());
    program.finish(entry)
}
