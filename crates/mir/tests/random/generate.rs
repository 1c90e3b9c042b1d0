//! Random programs in slots, which end.

use tandem_mir::builder::{FunctionBuilder, ProgramBuilder};
use tandem_mir::{FnId, FunctionName, GlobalId, Inst, Lane, Loc, NameId, Op, Program, Reg};
use tandem_runtime::Fault;
use tandem_runtime::image::FrameVisibility;
use tandem_source::{FileId, Span};

const FUNCTIONS: usize = 4;
const INTS: [i64; 14] = [0, 1, -1, 2, 3, 7, -8, 63, 100, 127, 255, 1 << 31, i64::MAX, i64::MIN];
const FLOATS: [f64; 8] = [0.0, -0.0, 1.0, 0.5, -3.75, 1e300, f64::INFINITY, f64::NAN];

/// The program of a seed.
pub fn program(seed: u64) -> Program<Reg> {
    let mut out = ProgramBuilder::new();
    let ids: Vec<FnId> = (0..FUNCTIONS).map(|_| out.declare()).collect();
    let globals = [Lane::Int, Lane::Bool, Lane::Float].map(|lane| out.global(lane));
    let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    for index in 0..FUNCTIONS {
        let name = FunctionName { name: format!("f{index}"), visibility: FrameVisibility::Shown };
        let name = out.name(name);
        let params: &[Lane] = if index == 0 { &[] } else { &[Lane::Int, Lane::Int] };
        let function = Generator::new(&mut out, &mut random, &ids, index, globals, name, params).function();
        out.define(ids[index], function);
    }
    out.finish(ids[0])
}

/// Xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }

    fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }
}

struct Generator<'a> {
    out: &'a mut ProgramBuilder,
    random: &'a mut Random,
    ids: &'a [FnId],
    index: usize,
    globals: [GlobalId; 3],
    name: NameId,
    b: FunctionBuilder,
    /// Variables of each lane: ints, bools, floats.
    variables: [Vec<Reg>; 3],
    places: u32,
    budget: usize,
}

impl<'a> Generator<'a> {
    fn new(
        out: &'a mut ProgramBuilder,
        random: &'a mut Random,
        ids: &'a [FnId],
        index: usize,
        globals: [GlobalId; 3],
        name: NameId,
        params: &[Lane],
    ) -> Self {
        let loc = out.loc(Loc { span: Span::new(FileId(0), 0, 0), function: name, parent: None });
        let mut b = FunctionBuilder::new(name, &[Lane::Int], loc);
        params.iter().for_each(|lane| {
            b.param(*lane);
        });
        let budget = 6 + random.below(25);
        Generator { out, random, ids, index, globals, name, b, variables: Default::default(), places: 0, budget }
    }

    fn function(mut self) -> tandem_mir::Function<Reg> {
        let params = self.b.params().to_vec();
        for _ in 0..4 {
            let (int, bool, float) = (self.random.pick(&INTS), self.random.below(2) == 0, self.random.pick(&FLOATS));
            let regs = [self.b.int(int), self.b.bool(bool), self.b.float(float)];
            regs.into_iter().enumerate().for_each(|(lane, reg)| self.variables[lane].push(reg));
        }
        // The first parameter bounds recursion: it is only read.
        self.variables[0].extend(params.iter().skip(1));
        if let (Some(&first), Some(&copy)) = (params.first(), self.variables[0].first()) {
            self.b.copy(copy, first);
        }
        self.statements(0);
        let result = self.variable(Lane::Int);
        self.b.ret(&[result]);
        self.b.finish()
    }

    fn place(&mut self) {
        self.places += 1;
        let span = Span::new(FileId(0), self.places, self.places);
        let loc = self.out.loc(Loc { span, function: self.name, parent: None });
        self.b.set_loc(loc);
    }

    fn variable(&mut self, lane: Lane) -> Reg {
        let kind = match lane {
            Lane::Int => 0,
            Lane::Bool => 1,
            Lane::Float => 2,
            Lane::Ref => unreachable!("no references are generated"),
        };
        let len = self.variables[kind].len();
        self.variables[kind][self.random.below(len)]
    }

    fn statements(&mut self, depth: usize) {
        for _ in 0..2 + self.random.below(6) {
            if self.budget == 0 {
                return;
            }
            self.budget -= 1;
            self.place();
            match self.random.below(20) {
                0..=7 => self.operation(),
                8 | 9 => self.constant(),
                10 | 11 => self.observe(),
                12..=14 if depth < 3 => self.branch(depth),
                15 | 16 if depth < 2 => self.counted_loop(depth),
                17 | 18 => self.call(),
                19 if depth > 0 => self.leave(),
                _ => self.copy(),
            }
        }
    }

    fn operation(&mut self) {
        // Failures end programs: mostly what cannot fail, or additions.
        let op = loop {
            let op = self.random.pick(Op::ALL);
            let lanes = op.info().operands;
            let often_fails = op.info().effect == tandem_mir::Effect::Fails && self.random.below(6) != 0;
            if !lanes.contains(&Lane::Ref) && !often_fails {
                break op;
            }
        };
        let op = if self.random.below(4) == 0 {
            self.random.pick(&[Op::IntAdd, Op::IntSub, Op::IntLt, Op::IntLe])
        } else {
            op
        };
        let args: Vec<Reg> = op.info().operands.iter().map(|lane| self.variable(*lane)).collect();
        let dst = self.variable(op.info().result);
        self.b.inst(match args[..] {
            [arg] => Inst::UnaryOp { dst, op, arg },
            [lhs, rhs] => Inst::BinOp { dst, op, lhs, rhs },
            _ => unreachable!("operations have one or two operands"),
        });
    }

    fn constant(&mut self) {
        let (value, dst) = (self.random.pick(&INTS), self.variable(Lane::Int));
        self.b.inst(Inst::ConstInt { dst, value });
    }

    fn copy(&mut self) {
        let lane = self.random.pick(&[Lane::Int, Lane::Bool, Lane::Float]);
        let (dst, src) = (self.variable(lane), self.variable(lane));
        self.b.copy(dst, src);
    }

    fn observe(&mut self) {
        let (index, lane) = self.random.pick(&[(0, Lane::Int), (1, Lane::Bool), (2, Lane::Float)]);
        let (global, src, dst) = (self.globals[index], self.variable(lane), self.variable(lane));
        // The bits of a NaN may differ; what is observed is whether it is one.
        if lane == Lane::Float {
            let (global, is_number) = (self.globals[1], self.b.binary(Op::FloatEq, src, src));
            return self.b.inst(Inst::GlobalSet { global, src: is_number });
        }
        self.b.inst(Inst::GlobalSet { global, src });
        if self.random.below(3) == 0 {
            self.b.inst(Inst::GlobalGet { dst, global });
        }
    }

    fn branch(&mut self, depth: usize) {
        let condition = self.variable(Lane::Bool);
        let (yes, no, end) = (self.b.block(), self.b.block(), self.b.block());
        self.b.branch(condition, yes, no);
        self.b.switch_to(yes);
        self.statements(depth + 1);
        self.b.jump(end);
        self.b.switch_to(no);
        if self.random.below(2) == 0 {
            self.statements(depth + 1);
        }
        self.b.jump(end);
        self.b.switch_to(end);
    }

    /// Up or down by a constant, tested in front or behind.
    fn counted_loop(&mut self, depth: usize) {
        let limit = self.random.pick(&[1, 2, 5, 9]);
        let (counter, end_value, step) = (self.b.int(0), self.b.int(limit), self.b.int(1));
        let (body, end) = (self.b.block(), self.b.block());
        self.b.jump(body);
        self.b.switch_to(body);
        // Visible to the body, but not assigned there.
        let shown = self.variable(Lane::Int);
        self.b.copy(shown, counter);
        self.statements(depth + 1);
        self.place();
        let op = self.random.pick(&[Op::IntAdd, Op::IntWrapAdd]);
        self.b.inst(Inst::BinOp { dst: counter, op, lhs: counter, rhs: step });
        self.b.inst(Inst::Wait);
        let more = self.b.binary(Op::IntLt, counter, end_value);
        self.b.branch(more, body, end);
        self.b.switch_to(end);
    }

    /// A later function, or this one while its first parameter is small.
    fn call(&mut self) {
        let dst = self.variable(Lane::Int);
        let second = self.variable(Lane::Int);
        if self.index + 1 < self.ids.len() && self.random.below(3) != 0 {
            let callee = self.ids[self.index + 1 + self.random.below(self.ids.len() - self.index - 1)];
            let first = self.variable(Lane::Int);
            let result = self.b.call(callee, &[first, second], &[Lane::Int])[0];
            return self.b.copy(dst, result);
        }
        let Some(&first) = self.b.params().first() else { return };
        let (some, end) = (self.b.block(), self.b.block());
        let (limit, one) = (self.b.int(4), self.b.int(1));
        let small = self.b.binary(Op::UIntLt, first, limit);
        let positive = self.b.binary(Op::IntLt, one, first);
        let both = self.b.binary(Op::BoolAnd, small, positive);
        self.b.branch(both, some, end);
        self.b.switch_to(some);
        let less = self.b.binary(Op::IntSub, first, one);
        let result = self.b.call(self.ids[self.index], &[less, second], &[Lane::Int])[0];
        self.b.copy(dst, result);
        self.b.jump(end);
        self.b.switch_to(end);
    }

    /// Returns or fails; what follows is dropped.
    fn leave(&mut self) {
        if self.random.below(2) == 0 {
            let result = self.variable(Lane::Int);
            self.b.ret(&[result]);
        } else {
            self.b.fail(Fault::Panic, None);
        }
    }
}
