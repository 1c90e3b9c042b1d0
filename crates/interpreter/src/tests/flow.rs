//! Jumps, loops and switches; and functions at random, compared with a plain evaluation of MIR.

use tandem_mir::builder::FunctionBuilder;
use tandem_mir::eval::eval;
use tandem_mir::{BlockId, FnId, Inst, Lane, Op, Program, Reg, SecondaryMap, Terminator};
use tandem_runtime::ffi::{FMT_INT, FMT_TAKE, RtFn, STRING_COMPARE, STRING_LEN};
use tandem_runtime::{Ending, Fault};

use super::{Maker, end, status};

#[test]
fn switches_find_their_case() {
    let dense: Vec<i64> = vec![-2, -1, 0, 1, 3, 4];
    let sparse: Vec<i64> = vec![i64::MIN, -70_000, -1, 0, 9, 1_000_000, i64::MAX];
    for cases in [dense, sparse, vec![7], vec![]] {
        let mut maker = Maker::new();
        // Gives the number of the case, or 99.
        let mut f = maker.function("find", &[Lane::Int]);
        let on = f.param(Lane::Int);
        let default = f.block();
        let targets: Vec<(i64, BlockId)> = cases.iter().map(|case| (*case, f.block())).collect();
        f.switch(on, &targets, default);
        for (index, (_, block)) in targets.iter().enumerate() {
            f.switch_to(*block);
            let index = f.int(index as i64);
            f.ret(&[index]);
        }
        f.switch_to(default);
        let none = f.int(99);
        f.ret(&[none]);
        let find = maker.define(f);

        let mut f = maker.function("<script>", &[Lane::Int]);
        let wrong = f.block();
        let probes = cases.iter().flat_map(|case| [case.wrapping_sub(1), *case, case.wrapping_add(1)]).chain([2, 50]);
        for probe in probes {
            let expected = cases.iter().position(|case| *case == probe).map_or(99, |index| index as i64);
            let probe = f.int(probe);
            let found = f.call(find, &[probe], &[Lane::Int])[0];
            let expected = f.int(expected);
            let same = f.binary(Op::IntEq, found, expected);
            let next = f.block();
            f.branch(same, next, wrong);
            f.switch_to(next);
        }
        let zero = f.int(0);
        f.ret(&[zero]);
        f.switch_to(wrong);
        f.fail(Fault::Assertion, None);
        let entry = maker.define(f);
        assert_eq!(status(&maker.finish(entry)), 0, "{cases:?}");
    }
}

/// Small numbers at random (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

/// Operations for random functions, failing ones among them.
const OPS: &[Op] = &[
    Op::IntWrapAdd,
    Op::IntWrapSub,
    Op::IntWrapMul,
    Op::IntXor,
    Op::IntAnd,
    Op::IntSar,
    Op::IntAdd,
    Op::IntSub,
    Op::IntRem,
];
const COMPARISONS: &[Op] = &[Op::IntLt, Op::IntLe, Op::IntEq, Op::IntNe, Op::UIntLt];

/// Writes a function at random over a few variables.
struct Writer<'a> {
    random: &'a mut Random,
    f: FunctionBuilder,
    variables: Vec<Reg>,
    /// Variables that hold strings.
    texts: Vec<Reg>,
    /// Callees: so many parameters and results, besides a string that comes first among both.
    callees: &'a [(FnId, usize, usize)],
    budget: usize,
}

impl Writer<'_> {
    /// A variable, a temporary copy of one, a constant, or a result.
    fn operand(&mut self) -> Reg {
        let variable = self.variables[self.random.below(self.variables.len())];
        match self.random.below(8) {
            0 | 1 => {
                let copy = self.f.reg(Lane::Int);
                self.f.copy(copy, variable);
                copy
            }
            2 => {
                let value = [0, 1, 2, -1, 63, 1000, i64::MAX][self.random.below(7)];
                self.f.int(value)
            }
            3 if self.budget > 0 => {
                self.budget -= 1;
                self.value()
            }
            _ => variable,
        }
    }

    /// A string variable, a copy of one, or the digits of a number.
    fn text(&mut self) -> Reg {
        let text = self.texts[self.random.below(self.texts.len())];
        match self.random.below(4) {
            0 => {
                let copy = self.f.reg(Lane::Ref);
                self.f.copy(copy, text);
                copy
            }
            1 => {
                let number = self.operand();
                self.f.call_rt(&FMT_INT, &[number]);
                self.f.call_rt(&FMT_TAKE, &[])[0]
            }
            _ => text,
        }
    }

    fn assign_text(&mut self, value: Reg) {
        let text = self.texts[self.random.below(self.texts.len())];
        self.f.copy(text, value);
    }

    fn value(&mut self) -> Reg {
        if self.random.below(8) == 0 {
            let (a, b) = (self.text(), self.text());
            return match self.random.below(2) {
                0 => self.f.call_rt(&STRING_LEN, &[a])[0],
                _ => self.f.call_rt(&STRING_COMPARE, &[a, b])[0],
            };
        }
        let (lhs, rhs) = (self.operand(), self.operand());
        let op = OPS[self.random.below(OPS.len())];
        self.f.binary(op, lhs, rhs)
    }

    fn condition(&mut self) -> Reg {
        let (lhs, rhs) = (self.operand(), self.operand());
        let condition = self.f.binary(COMPARISONS[self.random.below(COMPARISONS.len())], lhs, rhs);
        match self.random.below(4) {
            0 => self.f.unary(Op::BoolNot, condition),
            _ => condition,
        }
    }

    fn assign(&mut self, value: Reg) {
        let variable = self.variables[self.random.below(self.variables.len())];
        self.f.copy(variable, value);
    }

    fn statements(&mut self, depth: usize) {
        for _ in 0..1 + self.random.below(5) {
            if self.budget == 0 {
                return;
            }
            self.budget -= 1;
            match self.random.below(10) {
                0 | 1 if depth < 3 => self.branch(depth),
                2 if depth < 3 => self.repeat(depth),
                3..=5 if !self.callees.is_empty() => self.call(),
                6 => {
                    // a, b = b, a
                    let (a, b) = (self.operand(), self.operand());
                    let (x, y) = (self.f.reg(Lane::Int), self.f.reg(Lane::Int));
                    self.f.copy(x, b);
                    self.f.copy(y, a);
                    self.assign(x);
                    self.assign(y);
                }
                7 => {
                    let text = self.text();
                    self.assign_text(text);
                }
                _ => {
                    let value = self.value();
                    self.assign(value);
                }
            }
        }
    }

    fn branch(&mut self, depth: usize) {
        let condition = self.condition();
        let (then, otherwise, end) = (self.f.block(), self.f.block(), self.f.block());
        self.f.branch(condition, then, otherwise);
        for block in [then, otherwise] {
            self.f.switch_to(block);
            self.statements(depth + 1);
            self.f.jump(end);
        }
        self.f.switch_to(end);
    }

    /// A loop of some turns, tested at its beginning or at its end.
    fn repeat(&mut self, depth: usize) {
        let turns = self.f.reg(Lane::Int);
        let (zero, one, limit) = (self.f.int(0), self.f.int(1), self.f.int(3));
        self.f.copy(turns, zero);
        let (header, body, end) = (self.f.block(), self.f.block(), self.f.block());
        let tests_first = self.random.below(2) == 0;
        if tests_first {
            self.f.jump(header);
            self.f.switch_to(header);
            let goes_on = self.f.binary(Op::IntLt, turns, limit);
            self.f.branch(goes_on, body, end);
        } else {
            self.f.jump(body);
        }
        self.f.switch_to(body);
        self.statements(depth + 1);
        let next = self.f.binary(Op::IntAdd, turns, one);
        self.f.copy(turns, next);
        if tests_first {
            self.f.inst(Inst::Wait);
            self.f.jump(header);
        } else {
            let goes_on = self.f.binary(Op::IntLt, turns, limit);
            self.f.inst(Inst::Wait);
            self.f.branch(goes_on, body, end);
        }
        self.f.switch_to(end);
    }

    fn call(&mut self) {
        let (callee, params, results) = self.callees[self.random.below(self.callees.len())];
        let mut args = vec![self.text()];
        args.extend((0..params).map(|_| self.operand()));
        let lanes = text_and_numbers(results);
        let results = self.f.call(callee, &args, &lanes);
        if self.random.below(2) == 0 {
            self.assign_text(results[0]);
        }
        for result in results.into_iter().skip(1) {
            if self.random.below(4) > 0 {
                self.assign(result);
            }
        }
    }
}

fn text_and_numbers(numbers: usize) -> Vec<Lane> {
    std::iter::once(Lane::Ref).chain(std::iter::repeat_n(Lane::Int, numbers)).collect()
}

fn random_program(seed: u64) -> Program<Reg> {
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut maker = Maker::new();
    let hello = maker.program.constant("hello");
    let mut callees: Vec<(FnId, usize, usize)> = Vec::new();
    for index in 0..4 {
        let is_script = index == 3;
        let (params, results) = if is_script { (0, 1) } else { (random.below(5), random.below(4)) };
        let lanes = if is_script { vec![Lane::Int] } else { text_and_numbers(results) };
        let mut f = maker.function("f", &lanes);
        let first = if is_script { f.string(hello) } else { f.param(Lane::Ref) };
        let budget = 10 + random.below(60);
        let (variables, texts) = (Vec::new(), Vec::new());
        let mut writer = Writer { random: &mut random, f, variables, texts, callees: &callees, budget };
        writer.variables = (0..params).map(|_| writer.f.param(Lane::Int)).collect();
        for _ in 0..3 {
            let text = writer.f.reg(Lane::Ref);
            writer.f.copy(text, first);
            writer.texts.push(text);
        }
        for value in 0..2 + writer.random.below(4) {
            let variable = writer.f.reg(Lane::Int);
            let value = writer.f.int(value as i64 * 5 - 3);
            writer.f.copy(variable, value);
            writer.variables.push(variable);
        }
        writer.statements(0);
        writer.statements(0);
        let mut values = if is_script { vec![] } else { vec![writer.text()] };
        values.extend((0..results).map(|_| writer.operand()));
        writer.f.ret(&values);
        let f = writer.f;
        let id = maker.define(f);
        callees.push((id, params, results));
    }
    let entry = callees[3].0;
    maker.finish(entry)
}

/// Evaluates MIR in the plainest way.
struct Evaluator<'a> {
    program: &'a Program<Reg>,
    /// A reference is the number of a string.
    strings: Vec<String>,
    /// What is being formatted.
    text: String,
}

impl Evaluator<'_> {
    fn string(&mut self, text: String) -> u64 {
        self.strings.push(text);
        self.strings.len() as u64 - 1
    }

    fn evaluate(&mut self, id: FnId, args: &[u64]) -> Result<Vec<u64>, Fault> {
        let function = &self.program.functions[id];
        let mut slots: SecondaryMap<Reg, u64> = SecondaryMap::new();
        function.params.iter().zip(args).for_each(|(param, arg)| slots[*param] = *arg);
        let mut block = function.entry().expect("functions have blocks");
        loop {
            for (inst, _) in &function.blocks[block].insts {
                self.inst(inst, &mut slots)?;
            }
            let terminator = &function.blocks[block].terminator;
            block = if let Terminator::Return { values } = terminator {
                return Ok(values.iter().map(|value| slots[*value]).collect());
            } else if let Terminator::Jump { to } = terminator {
                to.block
            } else if let Terminator::Branch { condition, then, otherwise } = terminator {
                if slots[*condition] != 0 { then.block } else { otherwise.block }
            } else {
                unreachable!("not in random functions: {terminator:?}")
            };
        }
    }

    fn inst(&mut self, inst: &Inst<Reg>, slots: &mut SecondaryMap<Reg, u64>) -> Result<(), Fault> {
        let mut args = Vec::new();
        inst.for_each_read(|reg| args.push(slots[reg]));
        let results = if let Inst::ConstInt { value, .. } = inst {
            vec![*value as u64]
        } else if let Inst::ConstString { constant, .. } = inst {
            vec![self.string(self.program.constants[*constant].to_string())]
        } else if let Inst::Copy { .. } = inst {
            args
        } else if let Inst::UnaryOp { op, .. } | Inst::BinOp { op, .. } = inst {
            vec![eval(*op, &args)?]
        } else if let Inst::Call { function, .. } = inst {
            self.evaluate(*function, &args)?
        } else if let Inst::CallRt { function, .. } = inst {
            self.call_runtime(function, &args)
        } else {
            assert!(matches!(inst, Inst::Wait), "not in random functions: {inst:?}");
            vec![]
        };
        inst.dsts().iter().zip(results).for_each(|(dst, result)| slots[*dst] = result);
        Ok(())
    }

    fn call_runtime(&mut self, function: &RtFn, args: &[u64]) -> Vec<u64> {
        if *function == FMT_INT {
            self.text += &(args[0] as i64).to_string();
            vec![]
        } else if *function == FMT_TAKE {
            let text = std::mem::take(&mut self.text);
            vec![self.string(text)]
        } else if *function == STRING_LEN {
            vec![self.strings[args[0] as usize].len() as u64]
        } else {
            vec![self.strings[args[0] as usize].cmp(&self.strings[args[1] as usize]) as i64 as u64]
        }
    }
}

#[test]
fn random_functions_do_what_they_say() {
    let (mut returned, mut failed) = (0, 0);
    for seed in 1..=1500 {
        let program = random_program(seed);
        let mut evaluator = Evaluator { program: &program, strings: Vec::new(), text: String::new() };
        let expected = evaluator.evaluate(program.entry, &[]);
        let ending = end(&program);
        let is_expected = match (&expected, &ending) {
            (Ok(results), Ending::Exited(status)) => results[0] as u8 == *status,
            (Err(fault), Ending::Failed(failure, _)) => failure.fault == *fault,
            (Ok(_), Ending::Failed(..)) | (Err(_), Ending::Exited(_)) => false,
        };
        let text = || tandem_mir::text::print(&program);
        assert!(is_expected, "seed {seed}: expected {expected:?}, not {ending:?}\n{}", text());
        if expected.is_ok() { returned += 1 } else { failed += 1 }
    }
    assert!(returned > 300 && failed > 50, "{returned} returned, {failed} failed");
}
