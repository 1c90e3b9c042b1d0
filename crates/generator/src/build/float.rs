//! Floats of both widths.

use super::Builder;
use crate::Interval;
use crate::tree::{BinaryOp, Builtin, Expr, Kind, UnaryOp};
use crate::ty::{Type, Width};

/// Values at which operations on floats part: zeros, the ends of the exponents, what integers and decimals cannot say.
const EDGES: [f64; 24] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    2.0,
    0.1,
    0.2,
    -2.5,
    3.5,
    1e16,
    1e-5,
    9007199254740993.0,
    9223372036854775807.0,
    -9223372036854775808.0,
    1.7976931348623157e308,
    -1.7976931348623157e308,
    2.2250738585072014e-308,
    5e-324,
    -5e-324,
    1e300,
    123456.789,
    0.30000000000000004,
    1e22,
];

impl Builder<'_, '_> {
    /// A float of this type, `float` or `f32`.
    pub(super) fn float(&mut self, ty: &Type, depth: usize) -> Expr {
        if self.choice.exhausted() {
            return Expr::new(ty.clone(), Kind::Float(1.5));
        }
        if self.choice.chance(2, 5)
            && let Some((expr, _)) = self.common(ty, depth)
        {
            return expr;
        }
        if depth == 0 {
            return match self.name_of(ty) {
                Some((expr, _)) if self.choice.chance(3, 4) => expr,
                _ => self.float_literal(ty),
            };
        }
        match self.choice.below(12) {
            0..=4 => self.float_operation(ty, depth),
            5 => self.special(ty),
            6 => {
                let operand = self.float(ty, depth - 1);
                Expr::new(ty.clone(), Kind::Builtin(Builtin::Abs, vec![operand]))
            }
            7 => {
                let operand = self.float(ty, depth - 1);
                if operand.is_literal() {
                    return operand;
                }
                Expr::new(ty.clone(), Kind::Unary(UnaryOp::Negate, Box::new(operand)))
            }
            8 => self.float_of_integer(ty, depth),
            9 if *ty == Type::Float => self.mixed(depth),
            10 if *ty == Type::Float => {
                let operand = self.float(ty, depth - 1);
                let digits = Expr::int(self.choice.within(0, 4), Width::Int);
                Expr::new(ty.clone(), Kind::Builtin(Builtin::Round, vec![operand, digits]))
            }
            _ => self.narrowed(ty, depth),
        }
    }

    pub(super) fn float_literal(&mut self, ty: &Type) -> Expr {
        let value = match self.choice.below(3) {
            0 => self.choice.pick(&EDGES),
            1 => self.choice.within(-1000, 1000) as f64 / 8.0,
            _ => self.choice.within(-1_000_000, 1_000_000) as f64 / 1000.0,
        };
        let value = if *ty == Type::F32 {
            // Beyond the range of an f32 a literal would not be one.
            let narrow = value as f32;
            f64::from(if narrow.is_finite() { narrow } else { 1.5 })
        } else {
            value
        };
        Expr::new(ty.clone(), Kind::Float(value))
    }

    /// `a + b` and its like. Float division does not fail.
    fn float_operation(&mut self, ty: &Type, depth: usize) -> Expr {
        let op = self.choice.pick(&[
            BinaryOp::Add,
            BinaryOp::Subtract,
            BinaryOp::Multiply,
            BinaryOp::Divide,
            BinaryOp::Remainder,
            BinaryOp::FloorDivide,
            BinaryOp::Power,
        ]);
        let left = self.float(ty, depth - 1);
        if op == BinaryOp::Power {
            let right = if self.only_engines() {
                self.float(ty, depth - 1)
            } else {
                // The last digit of other powers depends on the library.
                Expr::new(ty.clone(), Kind::Float(self.choice.pick(&[0.0, 1.0, -0.0])))
            };
            return Expr::binary(op, ty.clone(), left, right);
        }
        let right = self.float(ty, depth - 1);
        // The model takes the floor of the rounded quotient, not of the exact one.
        let op = if op == BinaryOp::FloorDivide && !self.only_engines() { BinaryOp::Divide } else { op };
        Expr::binary(op, ty.clone(), left, right)
    }

    /// An infinity or not-a-number, for which there are no literals.
    fn special(&mut self, ty: &Type) -> Expr {
        let literal = |value: f64| Expr::new(ty.clone(), Kind::Float(value));
        let dividend = self.choice.pick(&[1.0, -1.0, 0.0]);
        let divisor = self.choice.pick(&[0.0, -0.0]);
        Expr::binary(BinaryOp::Divide, ty.clone(), literal(dividend), literal(divisor))
    }

    fn float_of_integer(&mut self, ty: &Type, depth: usize) -> Expr {
        let width = self.choice.pick(&Width::ALL);
        let (value, _) = self.int(width, depth - 1);
        let builtin = if *ty == Type::F32 { Builtin::F32 } else { Builtin::Float };
        if *ty == Type::F32 {
            let float = Expr::new(Type::Float, Kind::Builtin(Builtin::Float, vec![value]));
            return Expr::new(ty.clone(), Kind::Builtin(builtin, vec![float]));
        }
        Expr::new(ty.clone(), Kind::Builtin(builtin, vec![value]))
    }

    /// An integer beside a float becomes a float.
    fn mixed(&mut self, depth: usize) -> Expr {
        let width = self.choice.pick(&[Width::Int, Width::I8, Width::I32, Width::U16]);
        let (integer, _) = self.anchored(width, depth - 1);
        let integer = Expr::new(Type::Float, Kind::Convert(Box::new(integer)));
        let float = match self.name_of(&Type::Float) {
            Some((name, _)) => name,
            None => self.float_literal(&Type::Float),
        };
        let op = self.choice.pick(&[BinaryOp::Multiply, BinaryOp::Add, BinaryOp::Subtract, BinaryOp::Divide]);
        let (left, right) = if self.choice.chance(1, 2) { (float, integer) } else { (integer, float) };
        Expr::binary(op, Type::Float, left, right)
    }

    /// Through the other width.
    fn narrowed(&mut self, ty: &Type, depth: usize) -> Expr {
        let (from, builtin) = if *ty == Type::F32 {
            (Type::Float, Builtin::F32)
        } else if self.only_engines() {
            (Type::F32, Builtin::Float)
        } else {
            (Type::Float, Builtin::Float)
        };
        let value = self.float(&from, depth - 1);
        Expr::new(ty.clone(), Kind::Builtin(builtin, vec![value]))
    }

    /// A float where one is expected: an integer may stand there, which is converted.
    pub(super) fn expected_float(&mut self, depth: usize) -> Expr {
        if self.choice.chance(1, 4) {
            let (integer, _) = self.anchored(Width::Int, depth.saturating_sub(1));
            return Expr::new(Type::Float, Kind::Convert(Box::new(integer)));
        }
        self.float(&Type::Float, depth)
    }

    /// A small interval for a count.
    pub(super) fn small(&mut self) -> Interval {
        Interval::new(0, self.choice.pick(&[3, 1, 7, 2]))
    }
}
