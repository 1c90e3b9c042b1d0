//! Integers of every width.
//!
//! Every expression comes with the interval that its value lies in. A checked operation is made only where the
//! interval of its result lies within the type, or where the program is meant to fail; elsewhere its operands are made
//! smaller first, or the wrapping operator stands in.

use super::Builder;
use super::expr::interval_of;
use crate::Interval;
use crate::tree::{BinaryOp, Builtin, Expr, Kind, Method, UnaryOp};
use crate::ty::{Type, Width};

type Known = (Expr, Interval);

impl Builder<'_, '_> {
    /// An integer and its interval.
    pub(super) fn int(&mut self, width: Width, depth: usize) -> Known {
        let ty = Type::Int(width);
        if self.choice.exhausted() {
            return self.int_literal(width, width.range());
        }
        if self.choice.chance(2, 5)
            && let Some((expr, domain)) = self.common(&ty, depth)
        {
            return (expr, interval_of(domain, width.range()));
        }
        if depth == 0 {
            return match self.name_of(&ty) {
                Some((expr, domain)) if self.choice.chance(3, 4) => (expr, interval_of(domain, width.range())),
                _ => self.int_literal(width, width.range()),
            };
        }
        match self.choice.below(18) {
            0..=4 => self.checked(width, depth),
            5..=6 => self.divided(width, depth),
            7 => self.power(width, depth),
            8..=9 => self.wrapping(width, depth),
            10..=11 => self.bits(width, depth),
            12 => self.shifted(width, depth),
            13 => self.unary(width, depth),
            14 => self.converted(width, depth),
            15 => self.widened(width, depth),
            16 => self.least_or_most(width, depth),
            _ => self.measured(width, depth),
        }
    }

    /// An integer of this interval.
    pub(super) fn int_within(&mut self, width: Width, wanted: Interval, depth: usize) -> Expr {
        let (expr, interval) = self.int(width, depth);
        self.shrink(width, expr, interval, wanted).0
    }

    /// A literal of this interval; its ends, and what lies at the edges of types, are likelier than chance.
    pub(super) fn int_literal(&mut self, width: Width, wanted: Interval) -> Known {
        let value = match self.choice.below(6) {
            0 => self.choice.within(0, 9),
            1 => self.choice.pick(&[0, 1, -1, 2, 3, 7, 10, 64, 100, -2]),
            2 => self.choice.pick(&[wanted.high, wanted.low, wanted.high - 1, wanted.low + 1]),
            3 => {
                let power = 1i128 << self.choice.below(width.bits() as usize);
                power + self.choice.pick(&[0, -1, 1])
            }
            4 => self.choice.within(-100, 100),
            _ => self.choice.within(wanted.low, wanted.high),
        };
        let value = if wanted.has(value) { value } else { value.clamp(wanted.low, wanted.high) };
        (Expr::int(value, width), Interval::only(value))
    }

    /// `expr`, brought into an interval by what keeps it there: a mask, a remainder, `min` and `max`.
    fn shrink(&mut self, width: Width, expr: Expr, interval: Interval, wanted: Interval) -> Known {
        if interval.is_within(wanted) {
            return (expr, interval);
        }
        if matches!(expr.kind, Kind::Int(..)) {
            return self.int_literal(width, wanted);
        }
        let ty = Type::Int(width);
        let mask = if wanted.has(0) { (1i128 << (wanted.high + 1).ilog2()) - 1 } else { 0 };
        match self.choice.below(4) {
            0 if mask > 0 => {
                let mask_expr = Expr::int(mask, width);
                (Expr::binary(BinaryOp::BitAnd, ty, expr, mask_expr), Interval::new(0, mask))
            }
            1 if wanted.has(0) && (-wanted.low >= wanted.high || interval.low >= 0) && wanted.high > 0 => {
                let divisor = Expr::int(wanted.high + 1, width);
                if !width.range().has(wanted.high + 1) {
                    return (expr, interval);
                }
                let result = interval.remainder(Interval::only(wanted.high + 1));
                (Expr::binary(BinaryOp::Remainder, ty, expr, divisor), result)
            }
            2 if wanted.has(0) && wanted.high > 0 && width.range().has(wanted.high + 1) => {
                let divisor = Expr::int(wanted.high + 1, width);
                let kind = Kind::Method(Method::Mod, Box::new(expr), vec![divisor]);
                (Expr::new(ty, kind), Interval::new(0, wanted.high))
            }
            _ => {
                let low = Expr::int(wanted.low, width);
                let high = Expr::int(wanted.high, width);
                let least = Expr::new(ty.clone(), Kind::Builtin(Builtin::Max, vec![expr, low]));
                (Expr::new(ty, Kind::Builtin(Builtin::Min, vec![least, high])), wanted)
            }
        }
    }

    /// `a + b`, `a - b`, `a * b`
    fn checked(&mut self, width: Width, depth: usize) -> Known {
        let ty = Type::Int(width);
        let op = self.choice.pick(&[Checked::Add, Checked::Subtract, Checked::Multiply]);
        let (mut left, mut first) = self.int(width, depth - 1);
        let (mut right, mut second) = self.int(width, depth - 1);
        let risks = self.risks();
        if !risks && !op.result(first, second).is_within(width.range()) {
            let top = width.range().high;
            let (low, high) = if op == Checked::Multiply {
                let root = top.isqrt();
                (if width.is_signed() { -root } else { 0 }, root)
            } else {
                (width.range().low / 2, top / 2)
            };
            let half = Interval::new(low, high);
            (left, first) = self.shrink(width, left, first, half);
            // Unsigned values stay above zero only if what is taken away is no more than what is there.
            let half =
                if op == Checked::Subtract && !width.is_signed() { Interval::new(0, first.low.max(0)) } else { half };
            (right, second) = self.shrink(width, right, second, half);
        }
        let interval = op.result(first, second);
        let fits = interval.is_within(width.range());
        let op = if fits || risks { op.checked() } else { op.wrapping() };
        let (left, right) = self.operands(left, right);
        let interval = if fits { interval } else { width.range() };
        (Expr::binary(op, ty, left, right), interval)
    }

    /// `a / b`, `a // b`, `a % b`, `a.mod(b)`
    fn divided(&mut self, width: Width, depth: usize) -> Known {
        let ty = Type::Int(width);
        let (dividend, first) = self.int(width, depth - 1);
        let (divisor, second) = self.nonzero(width, depth - 1);
        if self.choice.chance(1, 4) {
            let divisor = self.relaxed(divisor);
            let kind = Kind::Method(Method::Mod, Box::new(dividend), vec![divisor]);
            return (Expr::new(ty, kind), Interval::modulo(second).clamped_to(width.range()));
        }
        let op = self.choice.pick(&[BinaryOp::Divide, BinaryOp::FloorDivide, BinaryOp::Remainder]);
        let overflows = op != BinaryOp::Remainder && first.has(width.range().low) && second.has(-1);
        let (dividend, first) = if overflows && !self.risks() {
            self.shrink(width, dividend, first, Interval::new(width.range().low + 1, width.range().high))
        } else {
            (dividend, first)
        };
        let interval = if op == BinaryOp::Remainder { first.remainder(second) } else { first.quotient() };
        let (dividend, divisor) = self.operands(dividend, divisor);
        (Expr::binary(op, ty, dividend, divisor), interval.clamped_to(width.range()))
    }

    /// An integer that is not zero, or seldom.
    fn nonzero(&mut self, width: Width, depth: usize) -> Known {
        let ty = Type::Int(width);
        let (expr, interval) = self.int(width, depth);
        if !interval.has(0) || self.risks() {
            return (expr, interval);
        }
        match self.choice.below(3) {
            0 => {
                let mut literal = self.int_literal(width, width.range());
                if literal.1.has(0) {
                    literal = (Expr::int(3, width), Interval::only(3));
                }
                literal
            }
            1 => {
                let one = Expr::int(1, width);
                (Expr::binary(BinaryOp::BitOr, ty, expr, one), interval.join(Interval::new(-1, 1)).plus_bit(width))
            }
            _ => {
                let (small, interval) = self.shrink(width, expr, interval, Interval::new(0, 7));
                let one = Expr::int(1, width);
                let interval = interval.plus(Interval::only(1));
                (Expr::binary(BinaryOp::Add, ty, small, one), interval)
            }
        }
    }

    fn power(&mut self, width: Width, depth: usize) -> Known {
        let ty = Type::Int(width);
        let (base, interval) = self.int(width, depth - 1);
        let (exponent, _) = self.int(width, depth - 1);
        if self.risks() {
            return (Expr::binary(BinaryOp::Power, ty, base, exponent), width.range());
        }
        let (base_range, exponent_top) = match width {
            Width::I8 | Width::U8 => (Interval::new(-3, 3), 3),
            Width::I16 | Width::U16 => (Interval::new(-5, 5), 5),
            Width::Int | Width::I32 | Width::U32 | Width::U64 => (Interval::new(-10, 10), 7),
        };
        let (base, interval) = self.shrink(width, base, interval, base_range.clamped_to(width.range()));
        let (exponent, _) = self.shrink(width, exponent, width.range(), Interval::new(0, exponent_top));
        let top = interval.absolute().high.pow(exponent_top as u32).max(1);
        let bounds = Interval::new(-top, top).clamped_to(width.range());
        let (base, exponent) = self.operands(base, exponent);
        (Expr::binary(BinaryOp::Power, ty, base, exponent), bounds)
    }

    fn wrapping(&mut self, width: Width, depth: usize) -> Known {
        let op = self.choice.pick(&[BinaryOp::WrapAdd, BinaryOp::WrapSubtract, BinaryOp::WrapMultiply]);
        let (left, _) = self.int(width, depth - 1);
        let (right, _) = self.int(width, depth - 1);
        let (left, right) = self.operands(left, right);
        (Expr::binary(op, Type::Int(width), left, right), width.range())
    }

    fn bits(&mut self, width: Width, depth: usize) -> Known {
        let op = self.choice.pick(&[BinaryOp::BitAnd, BinaryOp::BitOr, BinaryOp::BitXor]);
        let (left, first) = self.int(width, depth - 1);
        let (right, second) = self.int(width, depth - 1);
        let (left, right) = self.operands(left, right);
        let interval = if first.low >= 0 && second.low >= 0 {
            let top = first.high.max(second.high);
            let all = if top == 0 { 0 } else { (1i128 << (top.ilog2() + 1)) - 1 };
            Interval::new(0, if op == BinaryOp::BitAnd { first.high.min(second.high) } else { all })
        } else {
            width.range()
        };
        (Expr::binary(op, Type::Int(width), left, right), interval)
    }

    /// `a << n`, `a >> n`, with a count of any integer type.
    fn shifted(&mut self, width: Width, depth: usize) -> Known {
        let op = self.choice.pick(&[BinaryOp::ShiftLeft, BinaryOp::ShiftRight]);
        let (value, interval) = self.int(width, depth - 1);
        let count_width = if self.choice.chance(1, 3) { self.choice.pick(&Width::ALL) } else { Width::Int };
        let (count, known) = self.int(count_width, depth - 1);
        let count = if self.risks() {
            count
        } else {
            self.shrink(count_width, count, known, Interval::new(0, i128::from(width.bits()) - 1)).0
        };
        // Bare literals keep their type beside an operand of another.
        let (value, count) = if count_width == width {
            (value, count)
        } else {
            (self_typed(value, width), self_typed(count, count_width))
        };
        let interval = if op == BinaryOp::ShiftLeft {
            width.range()
        } else {
            Interval::new(interval.low.min(0), interval.high.max(0))
        };
        (Expr::binary(op, Type::Int(width), value, count), interval)
    }

    /// `-a`, `~a`, `abs(a)`
    fn unary(&mut self, width: Width, depth: usize) -> Known {
        let ty = Type::Int(width);
        let (operand, interval) = self.int(width, depth - 1);
        let symmetric = Interval::new(width.range().low + 1, width.range().high);
        match self.choice.below(3) {
            0 => {
                let kind = Kind::Unary(UnaryOp::Invert, Box::new(operand));
                let interval = if width.is_signed() {
                    interval.negated().minus(Interval::only(1))
                } else {
                    Interval::only(width.range().high).minus(interval)
                };
                (Expr::new(ty, kind), interval)
            }
            1 if (width.is_signed() || self.risks()) && !operand.is_literal() => {
                let (operand, interval) =
                    if self.risks() { (operand, interval) } else { self.shrink(width, operand, interval, symmetric) };
                let kind = Kind::Unary(UnaryOp::Negate, Box::new(operand));
                (Expr::new(ty, kind), interval.negated().clamped_to(width.range()))
            }
            _ => {
                let risks = self.risks();
                let (operand, interval) = if risks || !width.is_signed() {
                    (operand, interval)
                } else {
                    self.shrink(width, operand, interval, symmetric)
                };
                let interval = interval.absolute().clamped_to(width.range());
                (Expr::new(ty, Kind::Builtin(Builtin::Abs, vec![operand])), interval)
            }
        }
    }

    /// From another width, a float, a bool of text: `u8(n)`, `n.wrap_i16()`, `int(x)`.
    fn converted(&mut self, width: Width, depth: usize) -> Known {
        let ty = Type::Int(width);
        let from = self.choice.pick(&Width::ALL);
        match self.choice.below(4) {
            0 | 1 => {
                let (value, _) = self.int(from, depth - 1);
                let kind = Kind::Method(Method::Wrap(width), Box::new(value), vec![]);
                (Expr::new(ty, kind), width.range())
            }
            2 => {
                let (value, interval) = self.int(from, depth - 1);
                let mut both = from.range().clamped_to(width.range());
                if !self.only_engines() {
                    both = both.clamped_to(Width::Int.range());
                }
                let (value, interval) =
                    if self.risks() { (value, interval) } else { self.shrink(from, value, interval, both) };
                let kind = Kind::Builtin(Builtin::Integer(width), vec![value]);
                (Expr::new(ty, kind), interval.clamped_to(width.range()))
            }
            _ => {
                // A float that a checked conversion takes: made from an integer, so that its range is known.
                let (value, interval) = self.int(Width::Int, depth - 1);
                let bound = (width.range().high / 4).min(1 << 40);
                let low = if width.is_signed() { -bound } else { 0 };
                let (value, interval) = self.shrink(Width::Int, value, interval, Interval::new(low, bound));
                let float = Expr::new(Type::Float, Kind::Builtin(Builtin::Float, vec![value]));
                let divisor = Expr::new(Type::Float, Kind::Float(self.choice.pick(&[1.0, 2.0, 4.0, 3.0])));
                let float = Expr::binary(BinaryOp::Divide, Type::Float, float, divisor);
                let whole = self.choice.chance(1, 3) && width == Width::Int;
                let builtin = if whole { Builtin::Round } else { Builtin::Integer(width) };
                let interval = interval.join(Interval::only(0));
                (Expr::new(ty, Kind::Builtin(builtin, vec![float])), interval)
            }
        }
    }

    /// Two widths meet: the narrower operand widens.
    fn widened(&mut self, width: Width, depth: usize) -> Known {
        let narrower: Vec<Width> = Width::ALL.into_iter().filter(|other| other.widens_to(width)).collect();
        if narrower.is_empty() {
            return self.wrapping(width, depth);
        }
        let other = self.choice.pick(&narrower);
        let (left, first) = self.anchored(other, depth - 1);
        let (right, second) = self.anchored(width, depth - 1);
        let op = self.choice.pick(&[BinaryOp::Add, BinaryOp::WrapMultiply, BinaryOp::BitXor, BinaryOp::WrapSubtract]);
        let ty = Type::Int(width);
        let interval = first.plus(second);
        let (op, interval) = if op != BinaryOp::Add {
            (op, width.range())
        } else if interval.is_within(width.range()) {
            (op, interval)
        } else {
            (BinaryOp::WrapAdd, width.range())
        };
        let (left, right) = if self.choice.chance(1, 2) { (right, left) } else { (left, right) };
        (Expr::binary(op, ty, left, right), interval)
    }

    /// An integer whose type stands without its surroundings.
    pub(super) fn anchored(&mut self, width: Width, depth: usize) -> Known {
        let ty = Type::Int(width);
        if let Some(binding) = self.binding(|binding| binding.firm && binding.ty == ty)
            && self.choice.chance(2, 3)
        {
            let interval = interval_of(binding.domain, width.range());
            return (Expr::name(&binding.variable, &ty), interval);
        }
        let (value, interval) = self.int(width, depth);
        if width == Width::U64 && !self.only_engines() {
            // The model takes `u64(x)` through an int.
            return (Expr::new(ty, Kind::Method(Method::Wrap(width), Box::new(value), vec![])), width.range());
        }
        (Expr::new(ty, Kind::Builtin(Builtin::Integer(width), vec![value])), interval)
    }

    /// `min(a, b)`, `max(a, b, c)`
    fn least_or_most(&mut self, width: Width, depth: usize) -> Known {
        let builtin = self.choice.pick(&[Builtin::Min, Builtin::Max]);
        let count = 2 + self.choice.below(2);
        let mut arguments = Vec::new();
        let mut known: Option<Interval> = None;
        for _ in 0..count {
            let (argument, interval) = self.int(width, depth - 1);
            arguments.push(argument);
            known = Some(known.map_or(interval, |known| known.join(interval)));
        }
        (Expr::new(Type::Int(width), Kind::Builtin(builtin, arguments)), known.unwrap_or(width.range()))
    }

    /// What is an `int` of a string: `len(s)`, `ord(c)`, `s.count(t)`.
    fn measured(&mut self, width: Width, depth: usize) -> Known {
        if width != Width::Int {
            return self.converted(width, depth);
        }
        let (text, length) = self.string(depth - 1);
        match self.choice.below(4) {
            0 | 1 => {
                let kind = Kind::Builtin(Builtin::Len, vec![text]);
                (Expr::new(Type::INT, kind), Interval::new(0, length as i128))
            }
            2 => {
                let part = self.short_text();
                let kind = Kind::Method(Method::Count, Box::new(text), vec![Expr::str(part)]);
                (Expr::new(Type::INT, kind), Interval::new(0, length as i128 + 1))
            }
            _ => {
                let character = self.character(depth - 1);
                (Expr::new(Type::INT, Kind::Builtin(Builtin::Ord, vec![character])), Interval::new(0, 0x10_FFFF))
            }
        }
    }
}

impl Interval {
    /// Of values with their lowest bit set.
    fn plus_bit(self, width: Width) -> Interval {
        Interval::new(self.low, self.high | 1).clamped_to(width.range())
    }
}

/// An expression of bare literals, wrapped so that nothing around it can give it another type.
fn self_typed(expr: Expr, width: Width) -> Expr {
    if expr.is_firm() {
        return expr;
    }
    Expr::new(Type::Int(width), Kind::Builtin(Builtin::Integer(width), vec![expr]))
}

/// An operation that has a checked and a wrapping form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Checked {
    Add,
    Subtract,
    Multiply,
}

impl Checked {
    /// The interval of the exact result.
    fn result(self, first: Interval, second: Interval) -> Interval {
        match self {
            Checked::Add => first.plus(second),
            Checked::Subtract => first.minus(second),
            Checked::Multiply => first.times(second),
        }
    }

    fn checked(self) -> BinaryOp {
        match self {
            Checked::Add => BinaryOp::Add,
            Checked::Subtract => BinaryOp::Subtract,
            Checked::Multiply => BinaryOp::Multiply,
        }
    }

    fn wrapping(self) -> BinaryOp {
        match self {
            Checked::Add => BinaryOp::WrapAdd,
            Checked::Subtract => BinaryOp::WrapSubtract,
            Checked::Multiply => BinaryOp::WrapMultiply,
        }
    }
}
