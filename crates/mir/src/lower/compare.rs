//! Comparisons: equality of everything, order of numbers, strings and tuples.
//!
//! Tuples compare lexicographically: the first elements that are not equal decide. An integer and a float compare by
//! their exact values, so the integer is not rounded: it is compared with the float's floor or ceiling.

use tandem_frontend::hir::{CompareOp, Expr};
use tandem_frontend::ty::{IntTy, Ty, TyKind};
use tandem_runtime::ffi;

use super::arith::{Arithmetic, is_signed, width};
use super::lanes::{OptionForm, option_form};
use super::{FunctionCx, Into, Regs};
use crate::{BlockId, Inst, Lane, Op, Reg};

/// `<` or `<=`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Less,
    LessOrEqual,
}

impl FunctionCx<'_> {
    pub(super) fn comparison(&mut self, expr: &Expr, op: CompareOp, lhs: &Expr, rhs: &Expr, into: Into) -> Regs {
        let is_never = |e: &Expr| matches!(self.kind(e.ty), TyKind::Never);
        let left = if is_never(lhs) { rhs.ty } else { lhs.ty };
        let right = if is_never(rhs) { lhs.ty } else { rhs.ty };
        let values = self.operands(&[(lhs, left), (rhs, right)]);
        self.at(expr.span);
        if !self.b.is_reachable() {
            return self.new_regs(expr.ty);
        }
        let (a, b) = (&values[0], &values[1]);
        let result = if left == right {
            self.compare(op, left, a, b, into)
        } else {
            self.compare_mixed(op, left, right, a[0], b[0])
        };
        Regs::from_slice(&[result])
    }

    /// Compares values of one type.
    fn compare(&mut self, op: CompareOp, ty: Ty, a: &[Reg], b: &[Reg], into: Into) -> Reg {
        match op {
            CompareOp::Eq => self.equal(ty, a, b, into),
            CompareOp::Ne => self.unequal(ty, a, b, into),
            CompareOp::Lt => self.ordered(Order::Less, ty, a, b, into),
            CompareOp::Le => self.ordered(Order::LessOrEqual, ty, a, b, into),
            CompareOp::Gt => self.ordered(Order::Less, ty, b, a, into),
            CompareOp::Ge => self.ordered(Order::LessOrEqual, ty, b, a, into),
            CompareOp::Same => match (self.lanes(ty).as_slice(), a, b) {
                ([Lane::Ref], &[a], &[b]) => self.op2(Op::RefEq, a, b, into),
                _ => self.equal(ty, a, b, into),
            },
        }
    }

    fn unequal(&mut self, ty: Ty, a: &[Reg], b: &[Reg], into: Into) -> Reg {
        let kind = self.kind(ty);
        if matches!(kind, TyKind::Int(_)) {
            self.op2(Op::IntNe, a[0], b[0], into)
        } else if matches!(kind, TyKind::Float | TyKind::F32) {
            self.op2(Op::FloatNe, a[0], b[0], into)
        } else {
            let equal = self.equal(ty, a, b, None);
            self.op1(Op::BoolNot, equal, into)
        }
    }

    /// Whether two values of one type are equal.
    pub(super) fn equal(&mut self, ty: Ty, a: &[Reg], b: &[Reg], into: Into) -> Reg {
        match self.kind(ty) {
            TyKind::Int(_) => self.op2(Op::IntEq, a[0], b[0], into),
            TyKind::Float | TyKind::F32 => self.op2(Op::FloatEq, a[0], b[0], into),
            TyKind::Bool => self.op2(Op::BoolEq, a[0], b[0], into),
            TyKind::Str => self.b.call_rt(&ffi::STRING_EQ, &[a[0], b[0]])[0],
            TyKind::Nil | TyKind::Never | TyKind::FnItem(_) => self.b.bool(true),
            TyKind::Array(_) => self.b.call_rt(&ffi::ARRAY_EQ, &[a[0], b[0]])[0],
            TyKind::Tuple(_) | TyKind::Option(_) | TyKind::Range => {
                let (no, end) = (self.b.block(), self.b.block());
                let result = self.one(into, Lane::Bool);
                self.go_on_if_equal(ty, a, b, no);
                self.b.inst(Inst::ConstBool { dst: result, value: true });
                self.b.jump(end);
                self.b.switch_to(no);
                self.b.inst(Inst::ConstBool { dst: result, value: false });
                self.b.jump(end);
                self.b.switch_to(end);
                result
            }
            TyKind::Error | TyKind::Var(_) => unreachable!("a program with errors is not lowered"),
        }
    }

    /// Goes on where two values are equal, else at `no`.
    pub(super) fn go_on_if_equal(&mut self, ty: Ty, a: &[Reg], b: &[Reg], no: BlockId) {
        match self.kind(ty) {
            TyKind::Tuple(_) => {
                let (a, b) = (self.elements(ty, a), self.elements(ty, b));
                for ((element, a), (_, b)) in a.iter().zip(&b) {
                    self.go_on_if_equal(*element, a, b, no);
                }
            }
            TyKind::Range => {
                for (a, b) in a.iter().zip(b) {
                    let op = if self.b.lane(*a) == Lane::Bool { Op::BoolEq } else { Op::IntEq };
                    let equal = self.b.binary(op, *a, *b);
                    self.go_on_if(equal, no);
                }
            }
            TyKind::Option(inner) => self.go_on_if_options_equal(*inner, ty, a, b, no),
            TyKind::Int(_)
            | TyKind::Float
            | TyKind::F32
            | TyKind::Bool
            | TyKind::Str
            | TyKind::Nil
            | TyKind::Never
            | TyKind::Array(_)
            | TyKind::FnItem(_)
            | TyKind::Error
            | TyKind::Var(_) => {
                let equal = self.equal(ty, a, b, None);
                self.go_on_if(equal, no);
            }
        }
    }

    /// Equal if both are `nil`, or both have values and these are equal.
    fn go_on_if_options_equal(&mut self, inner: Ty, ty: Ty, a: &[Reg], b: &[Reg], no: BlockId) {
        let (with_value, yes) = (self.b.block(), self.b.block());
        let (some_a, some_b) = (self.is_some(ty, a), self.is_some(ty, b));
        let alike = self.b.binary(Op::BoolEq, some_a, some_b);
        self.go_on_if(alike, no);
        self.b.branch(some_a, with_value, yes);
        self.b.switch_to(with_value);
        let len = match option_form(&self.hir.types, inner) {
            OptionForm::Reference => a.len(),
            OptionForm::Tagged => a.len() - 1,
        };
        self.go_on_if_equal(inner, &a[..len], &b[..len], no);
        self.b.jump(yes);
        self.b.switch_to(yes);
    }

    /// Goes on if the condition holds, else at `no`.
    pub(super) fn go_on_if(&mut self, condition: Reg, no: BlockId) {
        let yes = self.b.block();
        self.b.branch(condition, yes, no);
        self.b.switch_to(yes);
    }

    /// Whether `a` comes before `b`.
    pub(super) fn ordered(&mut self, order: Order, ty: Ty, a: &[Reg], b: &[Reg], into: Into) -> Reg {
        let pick = |less, less_or_equal| match order {
            Order::Less => less,
            Order::LessOrEqual => less_or_equal,
        };
        match self.kind(ty) {
            TyKind::Int(IntTy::U64) => self.op2(pick(Op::UIntLt, Op::UIntLe), a[0], b[0], into),
            TyKind::Int(_) => self.op2(pick(Op::IntLt, Op::IntLe), a[0], b[0], into),
            TyKind::Float | TyKind::F32 => self.op2(pick(Op::FloatLt, Op::FloatLe), a[0], b[0], into),
            TyKind::Bool => {
                let (a, b) = (self.b.unary(Op::BoolToInt, a[0]), self.b.unary(Op::BoolToInt, b[0]));
                self.op2(pick(Op::IntLt, Op::IntLe), a, b, into)
            }
            TyKind::Str => {
                let way = self.b.call_rt(&ffi::STRING_COMPARE, &[a[0], b[0]])[0];
                let zero = self.b.int(0);
                self.op2(pick(Op::IntLt, Op::IntLe), way, zero, into)
            }
            TyKind::Tuple(_) => self.tuples_ordered(order, ty, a, b, into),
            TyKind::Array(_) => {
                // 2 where a NaN decides.
                let way = self.b.call_rt(&ffi::ARRAY_COMPARE, &[a[0], b[0]])[0];
                let zero = self.b.int(0);
                self.op2(pick(Op::IntLt, Op::IntLe), way, zero, into)
            }
            other @ (TyKind::Nil
            | TyKind::Never
            | TyKind::Option(_)
            | TyKind::Range
            | TyKind::FnItem(_)
            | TyKind::Error
            | TyKind::Var(_)) => unreachable!("checked: {other:?} has no order"),
        }
    }

    fn tuples_ordered(&mut self, order: Order, ty: Ty, a: &[Reg], b: &[Reg], into: Into) -> Reg {
        let end = self.b.block();
        let result = self.one(into, Lane::Bool);
        let (a, b) = (self.elements(ty, a), self.elements(ty, b));
        for ((element, a), (_, b)) in a.iter().zip(&b) {
            let differ = self.b.block();
            self.go_on_if_equal(*element, a, b, differ);
            let equal = self.b.block();
            self.b.jump(equal);
            self.b.switch_to(differ);
            if !matches!(self.kind(*element), TyKind::Nil | TyKind::FnItem(_)) && self.b.is_reachable() {
                let before = self.ordered(order, *element, a, b, Some(&[result]));
                self.b.copy(result, before);
            }
            self.b.jump(end);
            self.b.switch_to(equal);
        }
        self.b.inst(Inst::ConstBool { dst: result, value: order == Order::LessOrEqual });
        self.b.jump(end);
        self.b.switch_to(end);
        result
    }

    /// Compares an integer with a float, by exact value.
    fn compare_mixed(&mut self, op: CompareOp, left: Ty, right: Ty, a: Reg, b: Reg) -> Reg {
        match (self.arithmetic(left), self.arithmetic(right)) {
            (Arithmetic::Int(int), Arithmetic::Float | Arithmetic::F32) => self.compare_int_float(op, int, a, b),
            (Arithmetic::Float | Arithmetic::F32, Arithmetic::Int(int)) => {
                let mirrored = match op {
                    CompareOp::Eq | CompareOp::Ne | CompareOp::Same => op,
                    CompareOp::Lt => CompareOp::Gt,
                    CompareOp::Le => CompareOp::Ge,
                    CompareOp::Gt => CompareOp::Lt,
                    CompareOp::Ge => CompareOp::Le,
                };
                self.compare_int_float(mirrored, int, b, a)
            }
            (left, right) => unreachable!("checked: {left:?} is not compared with {right:?}"),
        }
    }

    fn compare_int_float(&mut self, op: CompareOp, int: IntTy, i: Reg, f: Reg) -> Reg {
        if width(int) < 64 {
            // Every such integer is a float.
            let i = self.b.unary(Op::IntToFloat, i);
            return match op {
                CompareOp::Eq | CompareOp::Same => self.b.binary(Op::FloatEq, i, f),
                CompareOp::Ne => self.b.binary(Op::FloatNe, i, f),
                CompareOp::Lt => self.b.binary(Op::FloatLt, i, f),
                CompareOp::Le => self.b.binary(Op::FloatLe, i, f),
                CompareOp::Gt => self.b.binary(Op::FloatLt, f, i),
                CompareOp::Ge => self.b.binary(Op::FloatLe, f, i),
            };
        }
        match op {
            CompareOp::Eq | CompareOp::Same => self.int_equals_float(int, i, f),
            CompareOp::Ne => {
                let equal = self.int_equals_float(int, i, f);
                self.b.unary(Op::BoolNot, equal)
            }
            CompareOp::Lt => self.int_before_float(Order::Less, int, i, f),
            CompareOp::Le => self.int_before_float(Order::LessOrEqual, int, i, f),
            CompareOp::Gt => self.int_after_float(Order::LessOrEqual, int, i, f),
            CompareOp::Ge => self.int_after_float(Order::Less, int, i, f),
        }
    }

    fn int_equals_float(&mut self, int: IntTy, i: Reg, f: Reg) -> Reg {
        let limits = Limits::of(int);
        let rounded = self.b.unary(limits.to_float, i);
        let close = self.b.binary(Op::FloatEq, rounded, f);
        let whole = self.b.unary(limits.to_int, f);
        let same = self.b.binary(Op::IntEq, whole, i);
        // The largest integer rounds up to the limit, and the limit saturates to the largest integer.
        let limit = self.b.float(limits.above);
        let inside = self.b.binary(Op::FloatLt, f, limit);
        let both = self.b.binary(Op::BoolAnd, close, same);
        self.b.binary(Op::BoolAnd, both, inside)
    }

    /// `i < f` is `i < ceil(f)`, `i <= f` is `i <= floor(f)`; conversions saturate, so floats outside are seen to.
    fn int_before_float(&mut self, order: Order, int: IntTy, i: Reg, f: Reg) -> Reg {
        let limits = Limits::of(int);
        match order {
            Order::Less => {
                let ceiling = self.b.unary(Op::FloatCeil, f);
                let ceiling = self.b.unary(limits.to_int, ceiling);
                let less = self.b.binary(limits.less, i, ceiling);
                let number = self.b.binary(Op::FloatEq, f, f);
                let less = self.b.binary(Op::BoolAnd, less, number);
                let limit = self.b.float(limits.above);
                let above = self.b.binary(Op::FloatLe, limit, f);
                self.b.binary(Op::BoolOr, less, above)
            }
            Order::LessOrEqual => {
                let floor = self.b.unary(Op::FloatFloor, f);
                let floor = self.b.unary(limits.to_int, floor);
                let less = self.b.binary(limits.less_or_equal, i, floor);
                let limit = self.b.float(limits.least);
                let inside = self.b.binary(Op::FloatLe, limit, f);
                self.b.binary(Op::BoolAnd, less, inside)
            }
        }
    }

    /// `f < i` or `f <= i`: not the opposite (`not`), and `f` is a number.
    fn int_after_float(&mut self, opposite: Order, int: IntTy, i: Reg, f: Reg) -> Reg {
        let before = self.int_before_float(opposite, int, i, f);
        let after = self.b.unary(Op::BoolNot, before);
        let number = self.b.binary(Op::FloatEq, f, f);
        self.b.binary(Op::BoolAnd, after, number)
    }
}

/// The range of a 64-bit type, in floats, and its operations.
pub(super) struct Limits {
    /// The least value.
    pub least: f64,
    /// The first float above all values.
    pub above: f64,
    pub to_float: Op,
    pub to_int: Op,
    less: Op,
    less_or_equal: Op,
}

impl Limits {
    pub(super) fn of(int: IntTy) -> Limits {
        match int {
            IntTy::U64 => Limits {
                least: 0.0,
                above: 18446744073709551616.0,
                to_float: Op::UIntToFloat,
                to_int: Op::FloatToUInt,
                less: Op::UIntLt,
                less_or_equal: Op::UIntLe,
            },
            IntTy::I8 | IntTy::I16 | IntTy::I32 | IntTy::I64 | IntTy::U8 | IntTy::U16 | IntTy::U32 => {
                let bits = width(int) as i32;
                let (least, above) =
                    if is_signed(int) { (-2f64.powi(bits - 1), 2f64.powi(bits - 1)) } else { (0.0, 2f64.powi(bits)) };
                Limits {
                    least,
                    above,
                    to_float: Op::IntToFloat,
                    to_int: Op::FloatToInt,
                    less: Op::IntLt,
                    less_or_equal: Op::IntLe,
                }
            }
        }
    }
}
