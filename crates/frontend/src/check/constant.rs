//! `const`: evaluated when compiling, written out where it is used.

use rustc_hash::FxHashMap;
use tandem_source::Span;

use super::function::{FnCx, Place};
use super::{Key, Native};
use crate::errors::{self, types::Because};
use crate::hir::{BinaryOp, Block, CompareOp, Conversion, Expr, ExprKind, Form, FormatPart, Sink, UnaryOp};
use crate::resolve::ConstId;
use crate::ty::{IntTy, Ty, TyKind, Types};

/// How far a `const` is.
#[derive(Clone, Debug)]
pub(crate) enum ConstState {
    Active,
    Done(ConstValue),
}

/// A constant value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ConstValue {
    /// By its bits.
    Int(i64, Ty),
    Float(f64, Ty),
    Bool(bool),
    Nil(Ty),
    Str(String),
    Tuple(Vec<ConstValue>, Ty),
    Some(Box<ConstValue>, Ty),
    Function(Ty),
    Error,
}

/// Why an expression has no constant value.
enum NotConstant {
    /// It is known only when the program runs.
    OnlyAtRun,
    Fails(Span, &'static str),
}

impl FnCx<'_, '_> {
    /// The value of a `const`, where it is used.
    pub(super) fn const_value(&mut self, id: ConstId, span: Span) -> Expr {
        let value = match self.cx.consts.get(&id) {
            Some(ConstState::Done(value)) => value.clone(),
            Some(ConstState::Active) => {
                let name = self.cx.names.consts[id].name.name.clone();
                self.report(errors::types::constant_cycle(span, &name));
                ConstValue::Error
            }
            None => self.cx.evaluate_const(id),
        };
        self.write_out(&value, span)
    }

    fn write_out(&self, value: &ConstValue, span: Span) -> Expr {
        let common = self.cx.common;
        match value {
            ConstValue::Int(value, ty) => self.make(ExprKind::Int(*value), *ty, span),
            ConstValue::Float(value, ty) => self.make(ExprKind::Float(*value), *ty, span),
            ConstValue::Bool(value) => self.make(ExprKind::Bool(*value), common.bool, span),
            ConstValue::Nil(ty) => self.make(ExprKind::Nil, *ty, span),
            ConstValue::Str(text) => self.make(ExprKind::Str(text.clone()), common.str, span),
            ConstValue::Tuple(parts, ty) => {
                let parts = parts.iter().map(|part| self.write_out(part, span)).collect();
                self.make(ExprKind::Tuple(parts), *ty, span)
            }
            ConstValue::Some(value, ty) => self.make(ExprKind::Some(Box::new(self.write_out(value, span))), *ty, span),
            ConstValue::Function(ty) => self.make(ExprKind::Unit, *ty, span),
            ConstValue::Error => self.error_expr(span),
        }
    }
}

impl super::Cx<'_> {
    /// Evaluates a `const`; errors are reported once.
    pub(super) fn evaluate_const(&mut self, id: ConstId) -> ConstValue {
        if let Some(ConstState::Done(value)) = self.consts.get(&id) {
            return value.clone();
        }
        self.consts.insert(id, ConstState::Active);
        let decl = &self.names.consts[id];
        let (module, name, ty, source) = (decl.module, decl.name.clone(), decl.ty.clone(), decl.value.clone());
        let mut fcx = FnCx::new(self, module, Place::Const, FxHashMap::default());
        let value = match &ty {
            Some(ty) => {
                let wanted = fcx.ty(ty);
                fcx.expr_as(&source, wanted, Some(&Because::new(ty.span, "declared here")))
            }
            None => fcx.expr(&source, None),
        };
        let mut found = std::mem::take(&mut fcx.diagnostics);
        drop(fcx);
        // A constant that fails is an error of its own, not a remark.
        found.retain(|diagnostic| diagnostic.severity == tandem_source::Severity::Error);
        self.diagnostics.append(&mut found);
        let value = if self.types.has_error(value.ty) {
            ConstValue::Error
        } else {
            match self.fold(&value) {
                Ok(value) => value,
                Err(NotConstant::OnlyAtRun) => {
                    self.diagnostics.push(errors::types::not_constant(source.span, &name.name));
                    ConstValue::Error
                }
                Err(NotConstant::Fails(span, why)) => {
                    self.diagnostics.push(errors::types::constant_fails(span, why));
                    ConstValue::Error
                }
            }
        };
        self.consts.insert(id, ConstState::Done(value.clone()));
        value
    }

    fn fold(&self, expr: &Expr) -> Result<ConstValue, NotConstant> {
        let not_constant = || NotConstant::OnlyAtRun;
        let ty = expr.ty;
        Ok(match &expr.kind {
            ExprKind::Int(value) => ConstValue::Int(*value, ty),
            ExprKind::Float(value) => ConstValue::Float(*value, ty),
            ExprKind::Bool(value) => ConstValue::Bool(*value),
            ExprKind::Nil => ConstValue::Nil(ty),
            ExprKind::Str(text) => ConstValue::Str(text.clone()),
            ExprKind::Unit => ConstValue::Function(ty),
            ExprKind::Block(Block { stmts, value: Some(value) }) if stmts.is_empty() => self.fold(value)?,
            ExprKind::Tuple(parts) => {
                ConstValue::Tuple(parts.iter().map(|part| self.fold(part)).collect::<Result<_, _>>()?, ty)
            }
            ExprKind::TupleGet { tuple, index } => match self.fold(tuple)? {
                ConstValue::Tuple(parts, _) => parts.into_iter().nth(*index).ok_or_else(not_constant)?,
                _ => return Err(not_constant()),
            },
            ExprKind::Some(inner) => ConstValue::Some(Box::new(self.fold(inner)?), ty),
            ExprKind::IsSome(inner) => ConstValue::Bool(!matches!(self.fold(inner)?, ConstValue::Nil(_))),
            ExprKind::Coalesce { option, otherwise } => match (self.fold(option)?, self.types.option_of(ty)) {
                (ConstValue::Nil(_), _) => self.fold(otherwise)?,
                (ConstValue::Some(value, _), None) => *value,
                (value, _) => value,
            },
            ExprKind::Unwrap { option, .. } | ExprKind::Narrow(option) => match self.fold(option)? {
                ConstValue::Some(value, _) => *value,
                _ => return Err(NotConstant::Fails(expr.span, "nil where a value is needed")),
            },
            ExprKind::Unary { op, operand } => self.fold_unary(*op, self.fold(operand)?, expr)?,
            ExprKind::Binary { op, lhs, rhs } => self.fold_binary(*op, self.fold(lhs)?, self.fold(rhs)?, expr)?,
            ExprKind::Compare { op, lhs, rhs } => {
                let (lhs, rhs) = (self.fold(lhs)?, self.fold(rhs)?);
                ConstValue::Bool(compare(&self.types, *op, &lhs, &rhs).ok_or_else(not_constant)?)
            }
            ExprKind::And(lhs, rhs) => match self.fold(lhs)? {
                ConstValue::Bool(true) => self.fold(rhs)?,
                value => value,
            },
            ExprKind::Or(lhs, rhs) => match self.fold(lhs)? {
                ConstValue::Bool(false) => self.fold(rhs)?,
                value => value,
            },
            ExprKind::If { condition, then, otherwise: Some(otherwise) } => match self.fold(condition)? {
                ConstValue::Bool(true) => self.fold(then)?,
                _ => self.fold(otherwise)?,
            },
            ExprKind::Convert { kind, operand } => self.fold_conversion(*kind, self.fold(operand)?, expr)?,
            ExprKind::Format { parts, sink: Sink::String } => {
                let mut text = String::new();
                for part in parts {
                    match part {
                        FormatPart::Text(part) => text.push_str(part),
                        FormatPart::Value { value, form: Form::Display, spec: None } => match self.fold(value)? {
                            ConstValue::Str(part) => text.push_str(&part),
                            ConstValue::Bool(value) => text.push_str(if value { "true" } else { "false" }),
                            ConstValue::Int(value, ty) => match self.types.int_of(ty) {
                                Some(IntTy::U64) => text.push_str(&(value as u64).to_string()),
                                _ => text.push_str(&value.to_string()),
                            },
                            ConstValue::Nil(_) => text.push_str("nil"),
                            _ => return Err(not_constant()),
                        },
                        FormatPart::Value { .. } => return Err(not_constant()),
                    }
                }
                ConstValue::Str(text)
            }
            ExprKind::Call { function, args } => {
                let Key::Native { native, .. } = &self.instances[*function].key else { return Err(not_constant()) };
                let args = args.iter().map(|arg| self.fold(arg)).collect::<Result<Vec<_>, _>>()?;
                match (native, args.as_slice()) {
                    (Native::StrConcat, [ConstValue::Str(a), ConstValue::Str(b)]) => ConstValue::Str(format!("{a}{b}")),
                    (Native::StrRepeat, [ConstValue::Str(text), ConstValue::Int(times, _)]) => {
                        let times = usize::try_from(*times).unwrap_or(0);
                        if text.len().saturating_mul(times) > 1 << 20 {
                            return Err(not_constant());
                        }
                        ConstValue::Str(text.repeat(times))
                    }
                    (Native::StrLen, [ConstValue::Str(text)]) => ConstValue::Int(text.chars().count() as i64, ty),
                    _ => return Err(not_constant()),
                }
            }
            _ => return Err(not_constant()),
        })
    }

    fn fold_unary(&self, op: UnaryOp, operand: ConstValue, expr: &Expr) -> Result<ConstValue, NotConstant> {
        Ok(match (op, operand) {
            (UnaryOp::Not, ConstValue::Bool(value)) => ConstValue::Bool(!value),
            (UnaryOp::Neg, ConstValue::Float(value, ty)) => ConstValue::Float(-value, ty),
            (UnaryOp::Neg, ConstValue::Int(value, ty)) => self.checked(-self.number_of(value, ty), ty, expr.span)?,
            (UnaryOp::BitNot, ConstValue::Int(value, ty)) => self.wrapped(!i128::from(value), ty),
            _ => return Err(NotConstant::OnlyAtRun),
        })
    }

    fn fold_binary(
        &self,
        op: BinaryOp,
        lhs: ConstValue,
        rhs: ConstValue,
        expr: &Expr,
    ) -> Result<ConstValue, NotConstant> {
        let span = expr.span;
        match (lhs, rhs) {
            (ConstValue::Int(a, ty), ConstValue::Int(b, count)) => {
                let (a, b) = (self.number_of(a, ty), self.number_of(b, count));
                self.fold_ints(op, a, b, ty, span)
            }
            (ConstValue::Float(a, ty), ConstValue::Float(b, _)) => {
                let value = match op {
                    BinaryOp::Add => a + b,
                    BinaryOp::Sub => a - b,
                    BinaryOp::Mul => a * b,
                    BinaryOp::Div => a / b,
                    _ => return Err(NotConstant::OnlyAtRun),
                };
                let narrow = *self.types.kind(ty) == TyKind::F32;
                Ok(ConstValue::Float(if narrow { f64::from(value as f32) } else { value }, ty))
            }
            (ConstValue::Bool(a), ConstValue::Bool(b)) => Ok(ConstValue::Bool(match op {
                BinaryOp::BitAnd => a & b,
                BinaryOp::BitOr => a | b,
                BinaryOp::BitXor => a ^ b,
                _ => return Err(NotConstant::OnlyAtRun),
            })),
            _ => Err(NotConstant::OnlyAtRun),
        }
    }

    fn fold_ints(&self, op: BinaryOp, a: i128, b: i128, ty: Ty, span: Span) -> Result<ConstValue, NotConstant> {
        let division = NotConstant::Fails(span, "division by zero");
        let overflow = NotConstant::Fails(span, "integer overflow");
        let result = match op {
            BinaryOp::Add => a + b,
            BinaryOp::Sub => a - b,
            BinaryOp::Mul => a.checked_mul(b).ok_or(overflow)?,
            BinaryOp::Div | BinaryOp::FloorDiv | BinaryOp::Rem | BinaryOp::Mod if b == 0 => return Err(division),
            BinaryOp::Div => a / b,
            BinaryOp::FloorDiv => a.div_euclid(b) - i128::from(b < 0 && a.rem_euclid(b) != 0),
            BinaryOp::Rem => a % b,
            BinaryOp::Mod => a - b * (a.div_euclid(b) - i128::from(b < 0 && a.rem_euclid(b) != 0)),
            BinaryOp::Pow if b < 0 => return Err(NotConstant::Fails(span, "negative exponent")),
            BinaryOp::Pow => match (a, u32::try_from(b)) {
                (0 | 1, _) => {
                    if b == 0 {
                        1
                    } else {
                        a
                    }
                }
                (-1, _) => {
                    if b % 2 == 0 {
                        1
                    } else {
                        -1
                    }
                }
                (_, Ok(power)) => a.checked_pow(power).ok_or(overflow)?,
                (_, Err(_)) => return Err(overflow),
            },
            BinaryOp::WrapAdd => return Ok(self.wrapped(a + b, ty)),
            BinaryOp::WrapSub => return Ok(self.wrapped(a - b, ty)),
            BinaryOp::WrapMul => return Ok(self.wrapped(a.wrapping_mul(b), ty)),
            BinaryOp::BitAnd => a & b,
            BinaryOp::BitOr => a | b,
            BinaryOp::BitXor => a ^ b,
            BinaryOp::Shl | BinaryOp::Shr => {
                let bits = self.types.int_of(ty).map_or(64, IntTy::bits);
                if b < 0 || b >= i128::from(bits) {
                    return Err(NotConstant::Fails(span, "shift count outside the width"));
                }
                let shifted = if op == BinaryOp::Shl { a << b } else { a >> b };
                return Ok(self.wrapped(shifted, ty));
            }
        };
        self.checked(result, ty, span)
    }

    fn fold_conversion(&self, kind: Conversion, operand: ConstValue, expr: &Expr) -> Result<ConstValue, NotConstant> {
        let (ty, span) = (expr.ty, expr.span);
        let narrow = *self.types.kind(ty) == TyKind::F32;
        let float = |value: f64| ConstValue::Float(if narrow { f64::from(value as f32) } else { value }, ty);
        Ok(match (kind, operand) {
            (Conversion::Widen | Conversion::Checked, ConstValue::Int(value, from)) => {
                self.checked(self.number_of(value, from), ty, span)?
            }
            (Conversion::Wrap, ConstValue::Int(value, from)) => self.wrapped(self.number_of(value, from), ty),
            (Conversion::IntToFloat, ConstValue::Int(value, from)) => float(self.number_of(value, from) as f64),
            (Conversion::FloatToFloat, ConstValue::Float(value, _)) => float(value),
            (Conversion::FloatToInt, ConstValue::Float(value, _)) => {
                if !(value.is_finite() && value.abs() < 1e38) {
                    return Err(NotConstant::Fails(span, "conversion failed"));
                }
                self.checked(value.trunc() as i128, ty, span)?
            }
            (Conversion::BoolToInt, ConstValue::Bool(value)) => ConstValue::Int(i64::from(value), ty),
            _ => return Err(NotConstant::OnlyAtRun),
        })
    }

    /// The number that the bits stand for.
    fn number_of(&self, bits: i64, ty: Ty) -> i128 {
        match self.types.int_of(ty) {
            Some(IntTy::U64) => i128::from(bits as u64),
            _ => i128::from(bits),
        }
    }

    fn checked(&self, number: i128, ty: Ty, span: Span) -> Result<ConstValue, NotConstant> {
        match self.types.int_of(ty) {
            Some(width) if !width.holds(number) => Err(NotConstant::Fails(span, "integer overflow")),
            _ => Ok(ConstValue::Int(number as i64, ty)),
        }
    }

    fn wrapped(&self, number: i128, ty: Ty) -> ConstValue {
        let Some(width) = self.types.int_of(ty) else { return ConstValue::Int(number as i64, ty) };
        let low = number & ((1 << width.bits()) - 1);
        let value = if width.is_signed() && low > width.max() { low - (1 << width.bits()) } else { low };
        ConstValue::Int(value as i64, ty)
    }
}

fn compare(types: &Types, op: CompareOp, lhs: &ConstValue, rhs: &ConstValue) -> Option<bool> {
    use std::cmp::Ordering;
    let order = match (lhs, rhs) {
        (ConstValue::Int(a, ty), ConstValue::Int(b, _)) => match types.int_of(*ty) {
            Some(IntTy::U64) => (*a as u64).partial_cmp(&(*b as u64)),
            _ => a.partial_cmp(b),
        },
        (ConstValue::Float(a, _), ConstValue::Float(b, _)) => a.partial_cmp(b),
        (ConstValue::Str(a), ConstValue::Str(b)) => a.partial_cmp(b),
        (ConstValue::Bool(a), ConstValue::Bool(b)) => a.partial_cmp(b),
        _ => return None,
    };
    Some(match op {
        CompareOp::Eq | CompareOp::Same => order == Some(Ordering::Equal),
        CompareOp::Ne => order != Some(Ordering::Equal),
        CompareOp::Lt => order == Some(Ordering::Less),
        CompareOp::Le => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        CompareOp::Gt => order == Some(Ordering::Greater),
        CompareOp::Ge => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
    })
}
