//! Arithmetic, bits and strings.

use tandem_source::Span;
use tandem_syntax::ast::{BinaryOp as AstOp, Expr as AstExpr, ExprKind as Ast};

use super::function::FnCx;
use super::literal::Sign;
use super::native::Native;
use crate::errors;
use crate::hir::{BinaryOp, Conversion, Expr, ExprKind, Stmt, UnaryOp};
use crate::ty::{Ty, TyKind, join};

impl FnCx<'_, '_> {
    /// `-x`
    pub(super) fn negate(&mut self, op_span: Span, operand: &AstExpr, expected: Option<Ty>, span: Span) -> Expr {
        match &operand.kind {
            Ast::Int { value, suffix } => {
                let span = span.to(operand.span);
                return self.int_literal(*value, *suffix, Sign::Minus, expected, span);
            }
            Ast::Float { value, suffix } => return self.float_literal(-value, *suffix, expected, span),
            _ => {}
        }
        let operand = self.expr(operand, expected);
        self.unary_number(UnaryOp::Neg, "-", op_span, operand, span)
    }

    /// `~x`
    pub(super) fn complement(&mut self, op_span: Span, operand: &AstExpr, expected: Option<Ty>, span: Span) -> Expr {
        let expected = expected.filter(|ty| self.cx.types.int_of(*ty).is_some());
        let operand = self.expr(operand, expected);
        self.unary_number(UnaryOp::BitNot, "~", op_span, operand, span)
    }

    fn unary_number(&mut self, op: UnaryOp, text: &str, op_span: Span, operand: Expr, span: Span) -> Expr {
        let operand = self.operand(operand);
        let operand = match self.strict(vec![operand], span) {
            Ok(mut operands) => operands.remove(0),
            Err(never) => return never,
        };
        let ty = operand.ty;
        let works = match op {
            UnaryOp::Neg => self.cx.types.is_number(ty),
            UnaryOp::BitNot => self.cx.types.int_of(ty).is_some(),
            UnaryOp::Not => ty == self.cx.common.bool,
        };
        if !works {
            let shown = self.show(ty);
            self.report(errors::types::unary_operator(op_span, text, operand.span, &shown));
            return self.error_expr(span);
        }
        self.make(ExprKind::Unary { op, operand: Box::new(operand) }, ty, span)
    }

    /// An operand: the value of an option, which is checked when it runs.
    pub(super) fn operand(&mut self, value: Expr) -> Expr {
        match self.cx.types.option_of(value.ty) {
            Some(inner) => {
                let span = value.span;
                let message = "nil where a value is needed".to_owned();
                self.make(ExprKind::Unwrap { option: Box::new(value), message }, inner, span)
            }
            None => value,
        }
    }

    /// `a + b`, `a and b`, `a ?? b`
    pub(super) fn binary(&mut self, op: AstOp, lhs: &AstExpr, rhs: &AstExpr, expected: Option<Ty>, span: Span) -> Expr {
        let Some(op) = arithmetic(op) else {
            return match op {
                AstOp::Coalesce => self.coalesce(lhs, rhs, expected, span),
                _ => {
                    let condition = self.logical(op, lhs, rhs, span);
                    self.settle(condition)
                }
            };
        };
        if matches!(op, BinaryOp::Shl | BinaryOp::Shr) {
            return self.shift(op, lhs, rhs, expected, span);
        }
        let (lhs, rhs) = self.operands(lhs, rhs, expected);
        self.arithmetic(op, lhs, rhs, span)
    }

    /// Two operands; a literal takes the numeric type of the other.
    pub(super) fn operands(&mut self, lhs: &AstExpr, rhs: &AstExpr, expected: Option<Ty>) -> (Expr, Expr) {
        let sized = expected.filter(|ty| {
            let core = self.cx.types.option_of(*ty).unwrap_or(*ty);
            self.cx.types.int_of(core).is_some()
        });
        let (left_open, right_open) = (self.is_literal_arithmetic(lhs), self.is_literal_arithmetic(rhs));
        if left_open && right_open {
            return (self.expr(lhs, sized), self.expr(rhs, sized));
        }
        if left_open || self.takes_type(lhs) {
            let right = self.expr(rhs, None);
            let hint = self.operand_hint(lhs, right.ty);
            return (self.expr(lhs, hint), right);
        }
        let left = self.expr(lhs, None);
        let hint = self.operand_hint(rhs, left.ty);
        let right = self.expr(rhs, hint);
        (left, right)
    }

    /// The type that an operand takes from the other: of a sized integer reaching into arithmetic on literals, else of
    /// any number into a literal.
    fn operand_hint(&self, expr: &AstExpr, other: Ty) -> Option<Ty> {
        let core = self.cx.types.option_of(other).unwrap_or(other);
        if core == self.cx.common.error {
            return Some(core);
        }
        let reaches = self.takes_type(expr) || self.cx.types.int_of(core).is_some();
        (reaches && self.cx.types.is_number(core)).then_some(core)
    }

    /// An operation on two values of any types.
    pub(super) fn arithmetic(&mut self, op: BinaryOp, lhs: Expr, rhs: Expr, span: Span) -> Expr {
        let (lhs, rhs) = (self.operand(lhs), self.operand(rhs));
        let (lhs, rhs) = match self.strict_pair(lhs, rhs, span) {
            Ok(pair) => pair,
            Err(never) => return never,
        };
        let common = self.cx.common;
        match (op, lhs.ty == common.str, rhs.ty == common.str) {
            (BinaryOp::Add, true, true) => return self.native(Native::StrConcat, vec![lhs, rhs], common.str, span),
            (BinaryOp::Add, true, _) | (BinaryOp::Add, _, true) => {
                return self.bad_concatenation(lhs, rhs, span);
            }
            (BinaryOp::Mul, true, false) if self.cx.types.int_of(rhs.ty).is_some() => {
                let count = self.coerce(rhs, common.int, None);
                return self.native(Native::StrRepeat, vec![lhs, count], common.str, span);
            }
            _ => {}
        }
        if matches!(op, BinaryOp::BitAnd | BinaryOp::BitOr | BinaryOp::BitXor)
            && lhs.ty == common.bool
            && rhs.ty == common.bool
        {
            let kind = ExprKind::Binary { op, lhs: Box::new(lhs), rhs: Box::new(rhs) };
            return self.make(kind, common.bool, span);
        }
        let Some((ty, lhs, rhs)) = self.balance(lhs, rhs, op, span) else { return self.error_expr(span) };
        self.remark_on_failure(op, &lhs, &rhs, span);
        self.make(ExprKind::Binary { op, lhs: Box::new(lhs), rhs: Box::new(rhs) }, ty, span)
    }

    /// Two numbers in the type in which they meet.
    fn balance(&mut self, lhs: Expr, rhs: Expr, op: BinaryOp, span: Span) -> Option<(Ty, Expr, Expr)> {
        let numbers = self.cx.types.is_number(lhs.ty) && self.cx.types.is_number(rhs.ty);
        let ty = if numbers { self.meeting_type(&lhs, &rhs) } else { None };
        let integers_only = matches!(
            op,
            BinaryOp::BitAnd
                | BinaryOp::BitOr
                | BinaryOp::BitXor
                | BinaryOp::WrapAdd
                | BinaryOp::WrapSub
                | BinaryOp::WrapMul
        );
        match ty {
            Some(ty) if !integers_only || self.cx.types.int_of(ty).is_some() => {
                let (lhs, rhs) = (self.coerce(lhs, ty, None), self.coerce(rhs, ty, None));
                let failed = self.cx.types.has_error(lhs.ty) || self.cx.types.has_error(rhs.ty);
                (!failed).then_some((ty, lhs, rhs))
            }
            _ => {
                let (left, right) = (self.show(lhs.ty), self.show(rhs.ty));
                self.report(errors::types::operator(span, operator_text(op), (lhs.span, &left), (rhs.span, &right)));
                None
            }
        }
    }

    /// The type in which two numbers meet. An open literal takes the other's.
    pub(super) fn meeting_type(&mut self, lhs: &Expr, rhs: &Expr) -> Option<Ty> {
        if lhs.ty == rhs.ty {
            return Some(lhs.ty);
        }
        match (self.is_open_literal(lhs), self.is_open_literal(rhs)) {
            (true, false) => return Some(rhs.ty),
            (false, true) => return Some(lhs.ty),
            _ => {}
        }
        let (left, right) = (self.cx.types.int_of(lhs.ty), self.cx.types.int_of(rhs.ty));
        if let (Some(a), Some(b)) = (left, right) {
            if self.solve_literal(lhs, b) {
                return Some(rhs.ty);
            }
            if self.solve_literal(rhs, a) {
                return Some(lhs.ty);
            }
        }
        join(&mut self.cx.types, lhs.ty, rhs.ty)
    }

    fn shift(&mut self, op: BinaryOp, lhs: &AstExpr, rhs: &AstExpr, expected: Option<Ty>, span: Span) -> Expr {
        let expected = expected.filter(|ty| self.cx.types.int_of(*ty).is_some());
        let lhs = self.expr(lhs, expected);
        let rhs = self.expr(rhs, None);
        self.shift_values(op, lhs, rhs, span)
    }

    /// A shift: the count is of any integer type.
    pub(super) fn shift_values(&mut self, op: BinaryOp, lhs: Expr, rhs: Expr, span: Span) -> Expr {
        let (lhs, rhs) = (self.operand(lhs), self.operand(rhs));
        let (lhs, rhs) = match self.strict_pair(lhs, rhs, span) {
            Ok(pair) => pair,
            Err(never) => return never,
        };
        let (left, right) = (self.cx.types.int_of(lhs.ty), self.cx.types.int_of(rhs.ty));
        let (Some(_), Some(count)) = (left, right) else {
            let (left, right) = (self.show(lhs.ty), self.show(rhs.ty));
            self.report(errors::types::operator(span, operator_text(op), (lhs.span, &left), (rhs.span, &right)));
            return self.error_expr(span);
        };
        let int = self.cx.common.int;
        let rhs = match count {
            crate::ty::IntTy::I64 => rhs,
            // A count that is no `int` is outside every width, and negative once wrapped.
            crate::ty::IntTy::U64 => self.conversion(Conversion::Wrap, rhs, int),
            _ => self.conversion(Conversion::Widen, rhs, int),
        };
        let ty = lhs.ty;
        self.make(ExprKind::Binary { op, lhs: Box::new(lhs), rhs: Box::new(rhs) }, ty, span)
    }

    /// `a ?? b`
    fn coalesce(&mut self, lhs: &AstExpr, rhs: &AstExpr, expected: Option<Ty>, span: Span) -> Expr {
        let option = self.unnarrowed(lhs);
        let before = self.flow.clone();
        let wanted = self.cx.types.option_of(option.ty).or(expected);
        let otherwise = self.expr(rhs, wanted);
        let after = std::mem::take(&mut self.flow);
        self.flow = before.meet(after);
        if self.cx.types.has_error(option.ty) || self.cx.types.has_error(otherwise.ty) {
            return self.error_expr(span);
        }
        if option.ty == self.cx.common.nil {
            return self.after(vec![Stmt::Expr(option)], otherwise);
        }
        let Some(inner) = self.cx.types.option_of(option.ty) else {
            // Never `nil`: the value itself, or it never comes.
            return option;
        };
        let joined = match self.source(&otherwise) {
            crate::ty::Source::Literal if self.cx.types.is_number(inner) => Some(inner),
            _ => join(&mut self.cx.types, inner, otherwise.ty),
        };
        let Some(ty) = joined else {
            let (first, second) = (self.show(inner), self.show(otherwise.ty));
            self.report(errors::types::different_types(span, &first, &second));
            return self.error_expr(span);
        };
        let core = self.cx.types.option_of(ty).unwrap_or(ty);
        let left = self.cx.types.option(core);
        let option = self.coerce(option, left, None);
        let otherwise = self.coerce(otherwise, ty, None);
        self.make(ExprKind::Coalesce { option: Box::new(option), otherwise: Box::new(otherwise) }, ty, span)
    }

    /// An expression, without the narrowing of the variable that it may be: for questions about `nil`.
    pub(super) fn unnarrowed(&mut self, expr: &AstExpr) -> Expr {
        match &expr.kind {
            Ast::Paren(inner) => self.unnarrowed(inner),
            Ast::Name(name) => match self.find_var(name) {
                Some(var) => self.read_declared(var, expr.span),
                None => self.expr(expr, None),
            },
            _ => self.expr(expr, None),
        }
    }

    fn bad_concatenation(&mut self, lhs: Expr, rhs: Expr, span: Span) -> Expr {
        let (left, right) = (self.show(lhs.ty), self.show(rhs.ty));
        let (first, second) = (self.text(lhs.span), self.text(rhs.span));
        // `s += n`: only what is added becomes text.
        let compound = self.text(lhs.span.end().to(rhs.span.start())).contains("+=");
        let edit = if compound {
            (rhs.span, format!("\"{{{second}}}\""))
        } else {
            (span, format!("\"{{{first}}}{{{second}}}\""))
        };
        self.report(errors::types::add_to_string(span, (lhs.span, &left), (rhs.span, &right), edit));
        self.error_expr(span)
    }

    /// Constant operands that must fail are remarked on.
    fn remark_on_failure(&mut self, op: BinaryOp, lhs: &Expr, rhs: &Expr, span: Span) {
        let ExprKind::Int(right) = rhs.kind else { return };
        let left = match lhs.kind {
            ExprKind::Int(left) => Some(left),
            _ => None,
        };
        let why = match (op, right) {
            (BinaryOp::Div | BinaryOp::FloorDiv | BinaryOp::Rem | BinaryOp::Mod, 0) => "division by zero",
            (BinaryOp::Pow, ..0) => "negative exponent",
            _ => {
                let TyKind::Int(crate::ty::IntTy::I64) = *self.cx.types.kind(lhs.ty) else { return };
                let Some(left) = left else { return };
                let fits = match op {
                    BinaryOp::Add => left.checked_add(right).is_some(),
                    BinaryOp::Sub => left.checked_sub(right).is_some(),
                    BinaryOp::Mul => left.checked_mul(right).is_some(),
                    BinaryOp::Pow => u32::try_from(right).is_ok_and(|power| left.checked_pow(power).is_some()),
                    _ => true,
                };
                if fits {
                    return;
                }
                "integer overflow"
            }
        };
        self.report(errors::lints::constant_failure(span, why));
    }
}

/// The operation of an operator; `None` for those that stop early.
pub(super) fn arithmetic(op: AstOp) -> Option<BinaryOp> {
    match op {
        AstOp::Add => Some(BinaryOp::Add),
        AstOp::Sub => Some(BinaryOp::Sub),
        AstOp::Mul => Some(BinaryOp::Mul),
        AstOp::Div => Some(BinaryOp::Div),
        AstOp::FloorDiv => Some(BinaryOp::FloorDiv),
        AstOp::Rem => Some(BinaryOp::Rem),
        AstOp::Pow => Some(BinaryOp::Pow),
        AstOp::WrapAdd => Some(BinaryOp::WrapAdd),
        AstOp::WrapSub => Some(BinaryOp::WrapSub),
        AstOp::WrapMul => Some(BinaryOp::WrapMul),
        AstOp::BitAnd => Some(BinaryOp::BitAnd),
        AstOp::BitOr => Some(BinaryOp::BitOr),
        AstOp::BitXor => Some(BinaryOp::BitXor),
        AstOp::Shl => Some(BinaryOp::Shl),
        AstOp::Shr => Some(BinaryOp::Shr),
        AstOp::And | AstOp::Or | AstOp::Coalesce => None,
    }
}

/// An operator as it is written.
pub(crate) fn operator_text(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Add => "+",
        BinaryOp::Sub => "-",
        BinaryOp::Mul => "*",
        BinaryOp::Div => "/",
        BinaryOp::FloorDiv => "//",
        BinaryOp::Rem => "%",
        BinaryOp::Mod => "mod",
        BinaryOp::Pow => "**",
        BinaryOp::WrapAdd => "+%",
        BinaryOp::WrapSub => "-%",
        BinaryOp::WrapMul => "*%",
        BinaryOp::BitAnd => "&",
        BinaryOp::BitOr => "|",
        BinaryOp::BitXor => "^",
        BinaryOp::Shl => "<<",
        BinaryOp::Shr => ">>",
    }
}
