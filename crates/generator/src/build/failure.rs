//! What fails when it runs: one statement of each runtime error of this stage.

use super::Builder;
use crate::tree::{
    BinaryOp, Block, Builtin, CompareOp, Computation, Condition, Expr, Form, Kind, Method, Pattern, Stmt, UnaryOp,
};
use crate::ty::{Type, Width};

impl Builder<'_, '_> {
    /// Statements that fail, sometimes behind a condition.
    pub(super) fn failing(&mut self, block: &mut Block) {
        let mut failing = Block::new();
        let kinds = if self.only_engines() { 14 } else { 12 };
        match self.choice.below(kinds) {
            0..=2 => self.overflow(&mut failing),
            3 => self.division(&mut failing),
            4 => self.bad_shift(&mut failing),
            5 => self.negative_exponent(&mut failing),
            6 => self.out_of_bounds(&mut failing),
            7 => self.bad_conversion(&mut failing),
            8 => self.no_value(&mut failing),
            9 => self.assertion(&mut failing),
            10 => self.panic(&mut failing),
            11 => self.mismatch(&mut failing),
            _ => self.bad_argument(&mut failing),
        }
        if self.choice.chance(1, 3) {
            let condition = self.condition();
            block.push(Stmt::If(vec![(condition, failing)], None));
        } else {
            block.extend(failing);
        }
    }

    /// `let v: T = e`, which nothing else sees.
    fn held(&mut self, block: &mut Block, value: Expr) -> Expr {
        let (variable, ty) = (self.variable(), value.ty.clone());
        let held = Expr::name(&variable, &ty);
        let form = self.choice.pick(&[Form::LetMut, Form::Let]);
        block.push(Stmt::Let { variable, form, annotation: Some(ty), value: Computation::Expr(value) });
        held
    }

    /// Prints a failing expression, plainly or from within others.
    fn used(&mut self, block: &mut Block, failing: Expr) {
        let ty = failing.ty.clone();
        let statement = match self.choice.below(4) {
            0 => Stmt::Print(vec![Expr::str("fails"), failing]),
            1 => {
                let first = self.expr(&ty, 1);
                Stmt::Print(vec![first, failing])
            }
            2 => {
                let tuple = Type::Tuple(vec![Type::Str, ty]);
                Stmt::Print(vec![Expr::new(tuple, Kind::Tuple(vec![Expr::str("in a tuple"), failing]))])
            }
            _ => Stmt::Let {
                variable: self.variable(),
                form: Form::Let,
                annotation: None,
                value: Computation::Expr(failing),
            },
        };
        block.push(statement);
    }

    fn overflow(&mut self, block: &mut Block) {
        let width = self.choice.pick(&Width::ALL);
        let (ty, range) = (Type::Int(width), width.range());
        let high = self.held(block, Expr::int(range.high, width));
        let low = self.held(block, Expr::int(range.low, width));
        let few = self.choice.within(1, 3);
        let few = Expr::int(few, width);
        let binary = |op, left: &Expr, right: Expr| Expr::binary(op, ty.clone(), left.clone(), right);
        let two = Expr::int(2, width);
        let failing = match self.choice.below(8) {
            0 => binary(BinaryOp::Add, &high, few),
            1 => binary(BinaryOp::Subtract, &low, few),
            2 => binary(BinaryOp::Multiply, &high, two),
            3 => binary(BinaryOp::Power, &high, two),
            4 if width.is_signed() => Expr::new(ty.clone(), Kind::Unary(UnaryOp::Negate, Box::new(low))),
            5 if width.is_signed() => {
                let op = self.choice.pick(&[BinaryOp::Divide, BinaryOp::FloorDivide]);
                binary(op, &low, Expr::int(-1, width))
            }
            6 if width.is_signed() => Expr::new(ty.clone(), Kind::Builtin(Builtin::Abs, vec![low])),
            _ => {
                let to = if width.is_signed() { Width::U8 } else { Width::I8 };
                let from = if width.is_signed() { low } else { high };
                Expr::new(Type::Int(to), Kind::Builtin(Builtin::Integer(to), vec![from]))
            }
        };
        self.used(block, failing);
    }

    fn division(&mut self, block: &mut Block) {
        let width = self.choice.pick(&Width::ALL);
        let zero = self.held(block, Expr::int(0, width));
        let (dividend, _) = self.int(width, 1);
        let op = self.choice.pick(&[BinaryOp::Divide, BinaryOp::FloorDivide, BinaryOp::Remainder]);
        let failing = if self.choice.chance(1, 4) {
            Expr::new(Type::Int(width), Kind::Method(Method::Mod, Box::new(dividend), vec![zero]))
        } else {
            Expr::binary(op, Type::Int(width), dividend, zero)
        };
        self.used(block, failing);
    }

    fn bad_shift(&mut self, block: &mut Block) {
        let width = self.choice.pick(&Width::ALL);
        let bits = i128::from(width.bits());
        let count = self.choice.pick(&[bits, -1, bits + 1, 64, i128::from(i64::MAX), i128::from(i64::MIN)]);
        let count = self.held(block, Expr::int(count, Width::Int));
        let (value, _) = self.anchored(width, 1);
        let op = self.choice.pick(&[BinaryOp::ShiftLeft, BinaryOp::ShiftRight]);
        self.used(block, Expr::binary(op, Type::Int(width), value, count));
    }

    fn negative_exponent(&mut self, block: &mut Block) {
        let width = self.choice.pick(&[Width::Int, Width::I8, Width::I32, Width::I16]);
        let exponent = self.choice.within(-3, -1);
        let exponent = self.held(block, Expr::int(exponent, width));
        let (base, _) = self.int(width, 1);
        self.used(block, Expr::binary(BinaryOp::Power, Type::Int(width), base, exponent));
    }

    fn out_of_bounds(&mut self, block: &mut Block) {
        let text = self.string_within(10, 1);
        let index = self.choice.pick(&[10, -11, i128::from(i64::MAX), i128::from(i64::MIN), 99]);
        let index = self.held(block, Expr::int(index, Width::Int));
        self.used(block, Expr::new(Type::Str, Kind::Index(Box::new(text), Box::new(index))));
    }

    fn bad_conversion(&mut self, block: &mut Block) {
        let literal = |value: f64| Expr::new(Type::Float, Kind::Float(value));
        let failing = match self.choice.below(4) {
            0 => {
                let text = self.choice.pick(&["", "12x", "1.5", "é", "9223372036854775808"]);
                let text = self.held(block, Expr::str(text));
                Expr::new(Type::INT, Kind::Builtin(Builtin::Integer(Width::Int), vec![text]))
            }
            1 => {
                let text = self.held(block, Expr::str("two"));
                Expr::new(Type::Float, Kind::Builtin(Builtin::Float, vec![text]))
            }
            2 => {
                let value = self.choice.pick(&[1e300, -1e19, 9223372036854775808.0]);
                let value = self.held(block, literal(value));
                Expr::new(Type::INT, Kind::Builtin(Builtin::Integer(Width::Int), vec![value]))
            }
            _ => {
                let zero = self.held(block, literal(0.0));
                let nan = Expr::binary(BinaryOp::Divide, Type::Float, zero.clone(), zero);
                Expr::new(Type::INT, Kind::Builtin(Builtin::Integer(Width::Int), vec![nan]))
            }
        };
        self.used(block, failing);
    }

    /// `nil` where a value is needed.
    fn no_value(&mut self, block: &mut Block) {
        let inner = self.element();
        let ty = inner.clone().optional();
        let nil = self.held(block, Expr::new(ty, Kind::Nil));
        match self.choice.below(3) {
            0 => {
                let arguments = vec![Expr::str("no value")];
                self.used(block, Expr::new(inner, Kind::Method(Method::Expect, Box::new(nil), arguments)));
            }
            1 => block.push(Stmt::Let {
                variable: self.variable(),
                form: Form::Let,
                annotation: Some(inner),
                value: Computation::Expr(nil),
            }),
            _ => self.used(block, Expr::new(inner, Kind::Method(Method::Unwrap, Box::new(nil), vec![]))),
        }
    }

    fn assertion(&mut self, block: &mut Block) {
        let message = self.choice.chance(1, 2).then(|| self.string_within(30, 2));
        let (left, right) = (self.expr(&Type::INT, 2), self.expr(&Type::INT, 1));
        let held = self.held(block, left);
        let below = Expr::new(Type::Bool, Kind::Compare(vec![held.clone(), right], vec![CompareOp::NotEqual]));
        block.push(Stmt::Assert(below, message.clone()));
        let never = Expr::new(Type::Bool, Kind::Compare(vec![held.clone(), held], vec![CompareOp::Less]));
        block.push(Stmt::Assert(never, message));
    }

    fn panic(&mut self, block: &mut Block) {
        let ends = match self.choice.below(3) {
            0 => {
                let status = self.choice.pick(&[3, 0, 256, -1, 101]);
                Kind::Builtin(Builtin::Exit, vec![Expr::int(status, Width::Int)])
            }
            1 => {
                let value = self.int(Width::Int, 2).0;
                let guarded = self.guarded_panic(value, 1);
                return self.used(block, guarded);
            }
            _ => Kind::Builtin(Builtin::Panic, vec![self.string_within(20, 2)]),
        };
        // Behind a condition: what follows must not be known to be unreachable.
        let condition = Condition::Expr(self.parity_of(1));
        block.push(Stmt::If(vec![(condition, vec![Stmt::Value(Expr::new(Type::INT, ends))])], None));
    }

    /// A `let` pattern that does not fit.
    fn mismatch(&mut self, block: &mut Block) {
        let variable = self.variable();
        let inner = self.element();
        let ty = inner.clone().optional();
        let nil = self.held(block, Expr::new(ty, Kind::Nil));
        let pattern = Pattern::Some(Box::new(Pattern::Bind(variable.clone())));
        block.push(Stmt::LetPattern { pattern, form: Form::Let, value: nil });
        block.push(Stmt::Print(vec![Expr::name(&variable, &inner)]));
    }

    /// A step of zero.
    fn bad_argument(&mut self, block: &mut Block) {
        let zero = self.held(block, Expr::int(0, Width::Int));
        let (text, _) = self.string(1);
        self.used(block, Expr::new(Type::Str, Kind::Slice(Box::new(text), Box::new([None, None, Some(zero)]))));
    }
}
