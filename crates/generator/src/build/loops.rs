//! Loops. Each has bounded turns: a `for` over a short range or string, a counter in `while` and `loop`.

use super::{Around, Builder};
use crate::Interval;
use crate::scope::{Domain, Mutability};
use crate::tree::{
    BinaryOp, Block, Bound, CompareOp, Computation, Condition, Expr, Form, Iterated, Kind, Pattern, Stmt, UnaryOp,
    Variable,
};
use crate::ty::{Type, Width};

impl Builder<'_, '_> {
    pub(super) fn loop_statement(&mut self, block: &mut Block) {
        let turns = 1 + self.choice.below(5) as u64;
        if !self.affords(turns * 4) {
            let statement = self.print(2);
            block.push(statement);
            return;
        }
        let label = self.choice.chance(1, 3).then(|| {
            let number = self.tag();
            format!("outer{number}")
        });
        match self.choice.below(5) {
            0..=2 => {
                let statement = self.for_loop(label, turns);
                block.push(statement);
            }
            3 => self.while_loop(label, turns, block),
            _ => self.bare_loop(label, turns, block),
        }
    }

    /// A body that runs `turns` times, in which `variables` are known.
    fn body(&mut self, label: &Option<String>, gives_value: bool, turns: u64) -> Block {
        let mark = self.scope.mark();
        let body = self.open_body(label, gives_value, turns);
        self.scope.leave(mark);
        body
    }

    /// The same, whose names stay in scope for what is added behind it.
    fn open_body(&mut self, label: &Option<String>, gives_value: bool, turns: u64) -> Block {
        let outside = self.turns;
        self.turns = self.turns.saturating_mul(turns.max(1));
        self.loops.push(Around { label: label.clone(), gives_value });
        let count = 1 + self.choice.below(3);
        let body = self.statements(count);
        self.loops.pop();
        self.turns = outside;
        body
    }

    fn for_loop(&mut self, label: Option<String>, turns: u64) -> Stmt {
        let mark = self.scope.mark();
        let (over, ty, domain, turns) = if self.choice.chance(1, 4) {
            let text = self.string_within(6, 2);
            (Iterated::Str(text), Type::Str, Domain::Length(1), 6)
        } else {
            let (over, interval) = self.range(turns);
            (over, Type::INT, Domain::Int(interval), turns)
        };
        let variable = if self.choice.chance(1, 8) { None } else { Some(self.variable()) };
        if let Some(variable) = &variable {
            self.declare(variable, &ty, Mutability::Fixed, domain, true);
        }
        let mut body = Block::new();
        if let Some(variable) = &variable
            && self.choice.chance(1, 2)
        {
            body.push(Stmt::Print(vec![Expr::str("turn"), Expr::name(variable, &ty)]));
        }
        body.extend(self.body(&label, false, turns));
        self.scope.leave(mark);
        Stmt::For { label, variable, over, body }
    }

    /// A range of at most so many turns, and where its numbers lie.
    fn range(&mut self, turns: u64) -> (Iterated, Interval) {
        let turns = turns as i128;
        let int = |value: i128| Expr::int(value, Width::Int);
        let max = Width::Int.range().high;
        let start = match self.choice.below(6) {
            0 => 0,
            1 => self.choice.within(-5, 5),
            2 => max - turns,
            3 => Width::Int.range().low,
            _ => self.choice.within(-100, 100),
        };
        match self.choice.below(6) {
            0 => {
                (Iterated::Range(int(start), Bound::HalfOpen, int(start + turns)), Interval::new(start, start + turns))
            }
            1 => {
                let start = start.max(-max);
                (
                    Iterated::Range(int(start), Bound::Closed, int(start + turns - 1)),
                    Interval::new(start, start + turns),
                )
            }
            2 => {
                // The ends are computed: few turns or none.
                let low = self.int_within(Width::Int, Interval::new(0, 3), 2);
                let high = self.int_within(Width::Int, Interval::new(-1, turns), 2);
                let bound = if self.choice.chance(1, 2) { Bound::Closed } else { Bound::HalfOpen };
                (Iterated::Range(low, bound, high), Interval::new(0, turns.max(3)))
            }
            3 => (Iterated::RangeCall(vec![int(turns)]), Interval::new(0, turns)),
            4 => {
                let step = self.choice.pick(&[1, 2, -1, -3, 7, -7]);
                let start = start.clamp(-1000, 1000);
                let end = start + turns * step;
                (
                    Iterated::RangeCall(vec![int(start), int(end), int(step)]),
                    Interval::new(start.min(end), start.max(end)),
                )
            }
            _ => (Iterated::RangeCall(vec![int(start), int(start + turns)]), Interval::new(start, start + turns)),
        }
    }

    /// The counter of a loop, declared before it, and the statement that counts.
    fn counter(&mut self, block: &mut Block) -> (Variable, Stmt) {
        let variable = self.variable();
        let value = Computation::Expr(Expr::int(0, Width::Int));
        block.push(Stmt::Let { variable: variable.clone(), form: Form::LetMut, annotation: None, value });
        // Known to the body, but not to be assigned.
        self.declare(&variable, &Type::INT, Mutability::Fixed, Domain::Int(Interval::new(0, 100)), false);
        let count = Stmt::Compound(variable.clone(), BinaryOp::Add, Expr::int(1, Width::Int));
        (variable, count)
    }

    fn below(variable: &Variable, turns: u64) -> Expr {
        let name = Expr::name(variable, &Type::INT);
        let bound = Expr::int(i128::from(turns), Width::Int);
        Expr::new(Type::Bool, Kind::Compare(vec![name, bound], vec![CompareOp::Less]))
    }

    fn while_loop(&mut self, label: Option<String>, turns: u64, block: &mut Block) {
        let (variable, count) = self.counter(block);
        let mut condition = Self::below(&variable, turns);
        let mut body = vec![count];
        if self.choice.chance(1, 3) {
            // `while let` with a counter in its body.
            let inner = self.element();
            let option = self.each_turn(turns, |builder| builder.asked(&inner));
            let bound = self.variable();
            let mark = self.scope.mark();
            self.declare(&bound, &inner, Mutability::Fixed, Self::widest(&inner), true);
            let stop = Stmt::Break(None);
            let over = Expr::new(Type::Bool, Kind::Unary(UnaryOp::Not, Box::new(condition)));
            body.push(Stmt::If(vec![(Condition::Expr(over), vec![stop])], None));
            body.push(Stmt::Print(vec![Expr::name(&bound, &inner)]));
            body.extend(self.body(&label, false, turns));
            self.scope.leave(mark);
            let pattern = Pattern::Some(Box::new(Pattern::Bind(bound)));
            block.push(Stmt::While { label, condition: Condition::Let(pattern, option), body });
            return;
        }
        if self.choice.chance(1, 2) {
            let also = self.each_turn(turns, |builder| builder.boolean(2));
            condition = Expr::binary(BinaryOp::And, Type::Bool, condition, also);
        }
        body.extend(self.body(&label, false, turns));
        block.push(Stmt::While { label, condition: Condition::Expr(condition), body });
    }

    fn bare_loop(&mut self, label: Option<String>, turns: u64, block: &mut Block) {
        let (variable, count) = self.counter(block);
        let over = Expr::new(Type::Bool, Kind::Unary(UnaryOp::Not, Box::new(Self::below(&variable, turns))));
        let stop = Stmt::Break(if self.choice.chance(1, 2) { label.clone() } else { None });
        let mut body = vec![Stmt::If(vec![(Condition::Expr(over), vec![stop])], None), count];
        body.extend(self.body(&label, false, turns));
        block.push(Stmt::Loop { label, body });
    }

    /// `loop:` that gives a value by `break`.
    pub(super) fn loop_computation(&mut self, ty: &Type, domain: Domain, annotated: bool) -> Computation {
        let turns = 1 + self.choice.below(3) as u64;
        let mut before = Block::new();
        let (variable, count) = self.counter(&mut before);
        self.pending.append(&mut before);
        let give = |builder: &mut Self, depth: usize| {
            if annotated { builder.expected(ty, domain, depth) } else { builder.exact(ty, domain, depth) }
        };
        let last = give(self, 2);
        let over = Expr::new(Type::Bool, Kind::Unary(UnaryOp::Not, Box::new(Self::below(&variable, turns))));
        let mut body = vec![Stmt::If(vec![(Condition::Expr(over), vec![Stmt::BreakWith(last)])], None), count];
        let mark = self.scope.mark();
        body.extend(self.open_body(&None, true, turns));
        if self.choice.chance(2, 3) {
            let (condition, early) = self.each_turn(turns, |builder| (builder.boolean(1), give(builder, 1)));
            body.push(Stmt::If(vec![(Condition::Expr(condition), vec![Stmt::BreakWith(early)])], None));
        }
        self.scope.leave(mark);
        Computation::Loop(body)
    }

    /// What `make` gives, whose work is done so many times.
    fn each_turn<T>(&mut self, turns: u64, make: impl FnOnce(&mut Self) -> T) -> T {
        let outside = self.turns;
        self.turns = self.turns.saturating_mul(turns + 1);
        let made = make(self);
        self.turns = outside;
        made
    }
}
