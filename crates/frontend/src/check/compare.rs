//! Comparisons: `== != < <= > >=`, `in`, chains.

use tandem_source::{Span, Spanned};
use tandem_syntax::ast::{CompareOp as AstOp, Expr as AstExpr};

use super::function::FnCx;
use super::native::Native;
use crate::errors;
use crate::hir::{CompareOp, Expr, ExprKind, Stmt, UnaryOp};
use crate::ty::{Ty, TyKind, join};

impl FnCx<'_, '_> {
    /// `a < b`, `a < b <= c`: each operand once, and none behind the first that fails.
    pub(super) fn comparison(&mut self, first: &AstExpr, rest: &[(Spanned<AstOp>, AstExpr)], span: Span) -> Expr {
        if let [(op, second)] = rest {
            let (lhs, rhs) = self.operands_for(first, second, op.value);
            return self.compare(op.value, lhs, rhs, span);
        }
        if rest.len() > CHAIN_LIMIT {
            self.report(errors::types::too_long(span, "comparisons", CHAIN_LIMIT));
            return self.error_expr(span);
        }
        let mut left = self.expr_beside(first, rest.first().map(|(_, second)| second));
        let mut links = vec![];
        for (at, (op, second)) in rest.iter().enumerate() {
            let hint = self.number_hint(left.ty);
            let mut right = self.expr(second, hint);
            let place = left.span.to(right.span);
            let mut stmts = vec![];
            let mut next = self.error_expr(place);
            if at + 1 < rest.len() {
                // A middle operand is used twice; what stands left of it is evaluated before it.
                left = self.hold_in(left, &mut stmts);
                right = self.hold_in(right, &mut stmts);
                next = self.again(&right);
            }
            let link = self.compare(op.value, left, right, place);
            links.push(self.after(stmts, link));
            left = next;
        }
        let common = self.cx.common;
        let mut links = links.into_iter().rev();
        let Some(mut whole) = links.next() else { return self.error_expr(span) };
        for link in links {
            whole = if link.ty == common.error || whole.ty == common.error {
                self.error_expr(span)
            } else if link.ty == common.never {
                link
            } else {
                self.make(ExprKind::And(Box::new(link), Box::new(whole)), common.bool, span)
            };
        }
        whole
    }

    /// A value that can be read twice: held in a temporary, where needed.
    fn hold_in(&mut self, value: Expr, stmts: &mut Vec<Stmt>) -> Expr {
        let poisoned = value.ty == self.cx.common.never || self.cx.types.has_error(value.ty);
        if poisoned || self.is_constant(&value) || matches!(value.kind, ExprKind::Local(_)) {
            return value;
        }
        let (stmt, held) = self.hold(value);
        stmts.push(stmt);
        self.read_held(held)
    }

    /// The second reading of a value from [`FnCx::hold_in`].
    fn again(&self, value: &Expr) -> Expr {
        let kind = match &value.kind {
            ExprKind::Local(local) => ExprKind::Local(*local),
            ExprKind::Int(value) => ExprKind::Int(*value),
            ExprKind::Float(value) => ExprKind::Float(*value),
            ExprKind::Bool(value) => ExprKind::Bool(*value),
            ExprKind::Str(text) => ExprKind::Str(text.clone()),
            ExprKind::Nil => ExprKind::Nil,
            _ => ExprKind::Unit,
        };
        Expr { kind, ty: value.ty, span: value.span }
    }

    /// The operands of one comparison.
    pub(super) fn operands_for(&mut self, first: &AstExpr, second: &AstExpr, op: AstOp) -> (Expr, Expr) {
        match op {
            AstOp::In | AstOp::NotIn => (self.expr(first, None), self.expr(second, None)),
            AstOp::Eq | AstOp::Ne | AstOp::Lt | AstOp::Le | AstOp::Gt | AstOp::Ge => self.operands(first, second, None),
        }
    }

    /// An operand that may be a literal beside another one.
    fn expr_beside(&mut self, expr: &AstExpr, other: Option<&AstExpr>) -> Expr {
        match other {
            Some(other) if self.takes_type(expr) && !self.takes_type(other) => {
                // Only the type of the other is wanted here; it is checked again in its place.
                let mark = self.diagnostics.len();
                let calls = self.calls.len();
                let ty = self.expr(other, None).ty;
                self.diagnostics.truncate(mark);
                self.calls.truncate(calls);
                let hint = self.number_hint(ty);
                self.expr(expr, hint)
            }
            _ => self.expr(expr, None),
        }
    }

    fn number_hint(&self, ty: Ty) -> Option<Ty> {
        let core = self.cx.types.option_of(ty).unwrap_or(ty);
        self.cx.types.is_number(core).then_some(core)
    }

    /// One comparison of values.
    pub(super) fn compare(&mut self, op: AstOp, lhs: Expr, rhs: Expr, span: Span) -> Expr {
        match op {
            AstOp::Eq => self.equality(CompareOp::Eq, lhs, rhs, span),
            AstOp::Ne => self.equality(CompareOp::Ne, lhs, rhs, span),
            AstOp::Lt => self.order(CompareOp::Lt, "<", lhs, rhs, span),
            AstOp::Le => self.order(CompareOp::Le, "<=", lhs, rhs, span),
            AstOp::Gt => self.order(CompareOp::Gt, ">", lhs, rhs, span),
            AstOp::Ge => self.order(CompareOp::Ge, ">=", lhs, rhs, span),
            AstOp::In => self.contains(lhs, rhs, span),
            AstOp::NotIn => {
                let found = self.contains(lhs, rhs, span);
                if found.ty != self.cx.common.bool {
                    return found;
                }
                let kind = ExprKind::Unary { op: UnaryOp::Not, operand: Box::new(found) };
                self.make(kind, self.cx.common.bool, span)
            }
        }
    }

    fn equality(&mut self, op: CompareOp, lhs: Expr, rhs: Expr, span: Span) -> Expr {
        let (lhs, rhs) = match self.strict_pair(lhs, rhs, span) {
            Ok(pair) => pair,
            Err(never) => return never,
        };
        let common = self.cx.common;
        match self.comparable(&lhs, &rhs) {
            Some(meeting) => {
                let (lhs, rhs) = self.meet_at(lhs, rhs, meeting);
                let kind = ExprKind::Compare { op, lhs: Box::new(lhs), rhs: Box::new(rhs) };
                self.make(kind, common.bool, span)
            }
            None => {
                let (left, right) = (self.show(lhs.ty), self.show(rhs.ty));
                self.report(errors::types::never_equal(span, (lhs.span, &left), (rhs.span, &right)));
                self.error_expr(span)
            }
        }
    }

    fn order(&mut self, op: CompareOp, text: &str, lhs: Expr, rhs: Expr, span: Span) -> Expr {
        let (lhs, rhs) = (self.operand(lhs), self.operand(rhs));
        let (lhs, rhs) = match self.strict_pair(lhs, rhs, span) {
            Ok(pair) => pair,
            Err(never) => return never,
        };
        let common = self.cx.common;
        match self.comparable(&lhs, &rhs) {
            Some(meeting) if self.is_ordered(lhs.ty) && self.is_ordered(rhs.ty) => {
                let (lhs, rhs) = self.meet_at(lhs, rhs, meeting);
                let kind = ExprKind::Compare { op, lhs: Box::new(lhs), rhs: Box::new(rhs) };
                self.make(kind, common.bool, span)
            }
            Some(_) | None => {
                let (left, right) = (self.show(lhs.ty), self.show(rhs.ty));
                self.report(errors::types::not_ordered(span, text, (lhs.span, &left), (rhs.span, &right)));
                self.error_expr(span)
            }
        }
    }

    /// How two values can be compared: in a common type, or an integer and a float as they are.
    fn comparable(&mut self, lhs: &Expr, rhs: &Expr) -> Option<Meeting> {
        let types = &self.cx.types;
        if types.is_number(lhs.ty) && types.is_number(rhs.ty) {
            let open = self.is_open_literal(lhs) || self.is_open_literal(rhs);
            if types.is_float(lhs.ty) != types.is_float(rhs.ty) && !open {
                return Some(Meeting::AsTheyAre);
            }
            return self.meeting_type(lhs, rhs).map(Meeting::Type);
        }
        let types = &mut self.cx.types;
        let (a, b) = (types.option_of(lhs.ty), types.option_of(rhs.ty));
        if lhs.ty == rhs.ty {
            return Some(Meeting::AsTheyAre);
        }
        let same = match (a, b) {
            (Some(a), Some(b)) => join(types, a, b),
            (Some(a), None) => join(types, a, rhs.ty),
            (None, Some(b)) => join(types, lhs.ty, b),
            (None, None) => match (types.kind(lhs.ty), types.kind(rhs.ty)) {
                (TyKind::Tuple(_), TyKind::Tuple(_)) => join(types, lhs.ty, rhs.ty),
                _ => None,
            },
        }?;
        if a.is_some() || b.is_some() {
            let core = types.option_of(same).unwrap_or(same);
            return Some(Meeting::Type(types.option(core)));
        }
        Some(Meeting::Type(same))
    }

    fn meet_at(&mut self, lhs: Expr, rhs: Expr, meeting: Meeting) -> (Expr, Expr) {
        match meeting {
            Meeting::AsTheyAre => (lhs, rhs),
            Meeting::Type(ty) => (self.coerce(lhs, ty, None), self.coerce(rhs, ty, None)),
        }
    }

    /// Whether values of a type have an order.
    fn is_ordered(&self, ty: Ty) -> bool {
        match self.cx.types.kind(ty) {
            TyKind::Int(_) | TyKind::Float | TyKind::F32 | TyKind::Str | TyKind::Error | TyKind::Never => true,
            TyKind::Tuple(parts) => parts.iter().all(|part| self.is_ordered(*part)),
            TyKind::Array(element) => self.is_ordered(*element),
            TyKind::Bool | TyKind::Nil | TyKind::Option(_) | TyKind::Range | TyKind::FnItem(_) | TyKind::Var(_) => {
                false
            }
        }
    }

    /// `element in container`
    fn contains(&mut self, element: Expr, container: Expr, span: Span) -> Expr {
        let container = self.operand(container);
        let (element, container) = match self.strict_pair(element, container, span) {
            Ok(pair) => pair,
            Err(never) => return never,
        };
        let common = self.cx.common;
        let (native, wanted) = match *self.cx.types.kind(container.ty) {
            TyKind::Str => (Native::StrContains, common.str),
            TyKind::Range => (Native::RangeContains, common.int),
            TyKind::Array(inner) => match self.items(inner) {
                Some(items) => (Native::ArrayContains(items), inner),
                None => return self.no_membership(&element, &container, span),
            },
            _ => return self.no_membership(&element, &container, span),
        };
        if !self.converts(element.ty, wanted) && !self.is_open_literal(&element) {
            return self.no_membership(&element, &container, span);
        }
        let element = self.coerce(element, wanted, None);
        // The element stands first and is evaluated first.
        let mut stmts = vec![];
        let element = if self.is_constant(&container) { element } else { self.hold_in(element, &mut stmts) };
        let call = self.native(native, vec![container, element], common.bool, span);
        self.after(stmts, call)
    }

    fn no_membership(&mut self, element: &Expr, container: &Expr, span: Span) -> Expr {
        let (element, shown) = (self.show(element.ty), self.show(container.ty));
        self.report(errors::types::membership(span, &element, (container.span, &shown)));
        self.error_expr(span)
    }
}

/// How many comparisons a chain may have: each nests in the one before.
const CHAIN_LIMIT: usize = 256;

/// How two compared values meet.
#[derive(Clone, Copy)]
enum Meeting {
    AsTheyAre,
    Type(Ty),
}
