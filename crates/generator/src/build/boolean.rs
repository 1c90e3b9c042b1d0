//! Conditions: comparisons and their chains, logic, tests.

use super::Builder;
use crate::tree::{BinaryOp, Bound, CompareOp, Expr, Kind, Method, NilTest, UnaryOp};
use crate::ty::{Type, Width};

impl Builder<'_, '_> {
    /// A `bool`.
    pub(super) fn boolean(&mut self, depth: usize) -> Expr {
        if self.choice.exhausted() {
            return Expr::bool(true);
        }
        if self.choice.chance(1, 5)
            && let Some((expr, _)) = self.common(&Type::Bool, depth)
        {
            return expr;
        }
        if depth == 0 {
            return match self.name_of(&Type::Bool) {
                Some((expr, _)) => expr,
                None if self.choice.chance(2, 3) => self.small_comparison(),
                None => Expr::bool(self.choice.chance(1, 2)),
            };
        }
        match self.choice.below(14) {
            0..=4 => self.comparison(depth),
            5..=6 => {
                let op = self.choice.pick(&[BinaryOp::And, BinaryOp::Or]);
                let left = self.boolean(depth - 1);
                let right = self.boolean(depth - 1);
                Expr::binary(op, Type::Bool, left, right)
            }
            7 => {
                let operand = self.boolean(depth - 1);
                Expr::new(Type::Bool, Kind::Unary(UnaryOp::Not, Box::new(operand)))
            }
            8 => self.membership(depth),
            9 => self.text_test(depth),
            10 => self.nil_test(depth).unwrap_or_else(|| Expr::bool(false)),
            11 => self.narrowed_test(depth).unwrap_or_else(|| Expr::bool(true)),
            12 => self.equal_bools(depth),
            _ => self.parity_of(depth - 1),
        }
    }

    /// A name against a literal.
    fn small_comparison(&mut self) -> Expr {
        let (left, _) = self.int(Width::Int, 0);
        let right = Expr::int(self.choice.within(-3, 12), Width::Int);
        let op = self.choice.pick(&CompareOp::ALL);
        Expr::new(Type::Bool, Kind::Compare(vec![left, right], vec![op]))
    }

    /// `a < b`, `a <= b < c`, on any type that has an order or equality.
    fn comparison(&mut self, depth: usize) -> Expr {
        let ty = match self.choice.below(8) {
            0..=3 => Type::Int(self.choice.pick(&Width::ALL)),
            4 => Type::Float,
            5 => Type::Str,
            6 if self.only_engines() => Type::F32,
            6 => Type::Float,
            _ => Type::Tuple(vec![self.element(), self.element()]),
        };
        let count = if self.choice.chance(1, 4) { 3 } else { 2 };
        let mut operands: Vec<Expr> = (0..count).map(|_| self.expr(&ty, depth - 1)).collect();
        if count == 2 && matches!(ty, Type::Int(_)) {
            let right = operands.pop().expect("two operands");
            let left = operands.pop().expect("two operands");
            let (left, right) = self.operands(left, right);
            operands = vec![left, right];
        }
        let operators = (1..count).map(|_| self.compare_op(&ty)).collect();
        Expr::new(Type::Bool, Kind::Compare(operands, operators))
    }

    fn compare_op(&mut self, ty: &Type) -> CompareOp {
        if ty.is_ordered() {
            self.choice.pick(&CompareOp::ALL)
        } else {
            self.choice.pick(&[CompareOp::Equal, CompareOp::NotEqual])
        }
    }

    /// Operands of different types: two widths, an integer and a float, an option and a value.
    fn equal_bools(&mut self, depth: usize) -> Expr {
        let (left, right) = match self.choice.below(4) {
            0 => (self.boolean(depth - 1), self.boolean(depth - 1)),
            1 => {
                let width = self.choice.pick(&[Width::I8, Width::U8, Width::I16, Width::U32, Width::I32]);
                (self.anchored(width, depth - 1).0, self.anchored(Width::Int, depth - 1).0)
            }
            2 => (self.anchored(Width::Int, depth - 1).0, self.float(&Type::Float, depth - 1)),
            _ => {
                let inner = self.element();
                let option = self.firm_option(&inner, depth - 1);
                let value = self.expr(&inner, depth - 1);
                (option, value)
            }
        };
        let op = match (&left.ty, &right.ty) {
            (Type::Int(_), Type::Int(_) | Type::Float) => self.choice.pick(&CompareOp::ALL),
            _ => self.choice.pick(&[CompareOp::Equal, CompareOp::NotEqual]),
        };
        Expr::new(Type::Bool, Kind::Compare(vec![left, right], vec![op]))
    }

    /// `"a" in s`, `n in 1..9`
    fn membership(&mut self, depth: usize) -> Expr {
        if self.choice.chance(1, 2) {
            let bound = self.choice.pick(&[Bound::HalfOpen, Bound::Closed]);
            let (value, _) = self.int(Width::Int, depth - 1);
            let (low, _) = self.int(Width::Int, 0);
            let (high, _) = self.int(Width::Int, 0);
            return Expr::new(Type::Bool, Kind::InRange(Box::new(value), bound, Box::new(low), Box::new(high)));
        }
        let needle = Expr::str(self.short_text());
        let (text, _) = self.string(depth - 1);
        Expr::new(Type::Bool, Kind::Contains(Box::new(needle), Box::new(text)))
    }

    fn text_test(&mut self, depth: usize) -> Expr {
        let (text, _) = self.string(depth - 1);
        let (part, _) = self.string(0);
        let method = self.choice.pick(&[Method::StartsWith, Method::EndsWith]);
        Expr::new(Type::Bool, Kind::Method(method, Box::new(text), vec![part]))
    }

    /// `x == nil`, `x is Some`, `x.is_none()`
    fn nil_test(&mut self, depth: usize) -> Option<Expr> {
        let inner = self.element();
        let option = self.firm_option(&inner, depth - 1);
        if self.choice.chance(1, 4) {
            let method = self.choice.pick(&[Method::IsSome, Method::IsNone]);
            return Some(Expr::new(Type::Bool, Kind::Method(method, Box::new(option), vec![])));
        }
        let test =
            self.choice.pick(&[NilTest::Equal, NilTest::NotEqual, NilTest::IsNil, NilTest::IsNotNil, NilTest::IsSome]);
        Some(Expr::new(Type::Bool, Kind::TestNil(test, Box::new(option))))
    }

    /// `x != nil and x > 3`: the right side knows what the left has shown.
    fn narrowed_test(&mut self, depth: usize) -> Option<Expr> {
        let (binding, inner) = self.narrowable()?;
        let (op, test) = self.choice.pick(&[
            (BinaryOp::And, NilTest::NotEqual),
            (BinaryOp::And, NilTest::IsSome),
            (BinaryOp::Or, NilTest::Equal),
        ]);
        let test = Kind::TestNil(test, Box::new(Expr::name(&binding.variable, &binding.ty)));
        let left = Expr::new(Type::Bool, test);
        let right = self.with_narrowed(&binding, &inner, |builder| builder.using(&binding, &inner, depth - 1));
        Some(Expr::binary(op, Type::Bool, left, right))
    }

    /// A condition on a variable of this type.
    fn using(&mut self, binding: &crate::scope::Binding, ty: &Type, depth: usize) -> Expr {
        let name = Expr::name(&binding.variable, ty);
        if *ty == Type::Bool {
            return name;
        }
        let other = self.expr(ty, depth);
        let op = self.compare_op(ty);
        Expr::new(Type::Bool, Kind::Compare(vec![name, other], vec![op]))
    }
}
