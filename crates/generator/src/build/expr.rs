//! What gives a value of any type.

use super::{Builder, LENGTH};
use crate::Interval;
use crate::scope::{Binding, Domain};
use crate::tree::{Argument, BinaryOp, Builtin, Expr, Kind, Suffix};
use crate::ty::Type;

impl Builder<'_, '_> {
    /// A value of this type.
    pub(super) fn expr(&mut self, ty: &Type, depth: usize) -> Expr {
        match ty {
            Type::Int(width) => self.int(*width, depth).0,
            Type::Float | Type::F32 => self.float(ty, depth),
            Type::Bool => self.boolean(depth),
            Type::Str => self.string_within(LENGTH, depth),
            Type::Tuple(elements) => self.tuple(ty, elements, depth),
            Type::Option(inner) => self.option(ty, inner, depth),
        }
    }

    /// A value of this type and domain.
    pub(super) fn expr_in(&mut self, ty: &Type, domain: Domain, depth: usize) -> Expr {
        match (ty, domain) {
            (Type::Int(width), Domain::Int(interval)) => self.int_within(*width, interval, depth),
            (Type::Str, Domain::Length(length)) => self.string_within(length, depth),
            _ => self.expr(ty, depth),
        }
    }

    /// A name in scope of exactly this type.
    pub(super) fn name_of(&mut self, ty: &Type) -> Option<(Expr, Domain)> {
        let binding = self.binding(|binding| binding.ty == *ty)?;
        Some((Expr::name(&binding.variable, ty), binding.domain))
    }

    /// A visible binding that `wanted` accepts.
    pub(super) fn binding(&mut self, wanted: impl Fn(&Binding) -> bool) -> Option<Binding> {
        let found: Vec<Binding> = self.scope.visible().filter(|binding| wanted(binding)).cloned().collect();
        if found.is_empty() { None } else { Some(self.choice.pick(&found)) }
    }

    /// A value of a type by a construct that any type has: a name, a call, a choice of two, `??`, a field, a call that
    /// prints. `None` where there is no such thing, or another construct is wanted.
    pub(super) fn common(&mut self, ty: &Type, depth: usize) -> Option<(Expr, Domain)> {
        match self.choice.below(12) {
            0..=3 => self.name_of(ty),
            4..=5 if depth > 0 => self.call_giving(ty, depth),
            6 if depth > 0 => {
                let condition = self.boolean(depth - 1);
                let (yes, first) = self.known(ty, depth - 1);
                let (no, second) = self.known(ty, depth - 1);
                let kind = Kind::If(Box::new(yes), Box::new(condition), Box::new(no));
                Some((Expr::new(ty.clone(), kind), join(first, second)))
            }
            7 if depth > 0 && !matches!(ty, Type::Option(_)) => {
                let option = self.firm_option(ty, depth - 1);
                let (otherwise, domain) = self.known(ty, depth - 1);
                let kind = Kind::Coalesce(Box::new(option), Box::new(otherwise));
                Some((Expr::new(ty.clone(), kind), join(domain, Self::widest(ty))))
            }
            8 => self.field_of(ty),
            11 if depth > 0 && !matches!(ty, Type::Option(_) | Type::F32 | Type::Str | Type::Tuple(_)) => {
                Some((self.unwrapped(ty, depth - 1), Self::widest(ty)))
            }
            9..=10 if depth > 0 && self.affords(2) => {
                let (value, domain) = self.known(ty, depth - 1);
                self.shown(value).map(|value| (value, domain))
            }
            _ => None,
        }
    }

    /// A value and what is known of it.
    pub(super) fn known(&mut self, ty: &Type, depth: usize) -> (Expr, Domain) {
        match ty {
            Type::Int(width) => {
                let (expr, interval) = self.int(*width, depth);
                (expr, Domain::Int(interval))
            }
            Type::Str => {
                let (expr, length) = self.string(depth);
                (expr, Domain::Length(length))
            }
            Type::Float | Type::F32 | Type::Bool | Type::Tuple(_) | Type::Option(_) => {
                (self.expr(ty, depth), Domain::Any)
            }
        }
    }

    /// `show(7, value)`, which prints the value and gives it. Not for values whose type is open.
    pub(super) fn shown(&mut self, value: Expr) -> Option<Expr> {
        if !self.affords(2) || (matches!(value.ty, Type::Option(_) | Type::Tuple(_)) && !value.is_firm()) {
            return None;
        }
        self.spend(2);
        let tag = self.tag();
        let ty = value.ty.clone();
        let tag = Argument { name: None, value: Expr::int(tag, crate::Width::Int) };
        Some(Expr::new(ty, Kind::Call("show".to_owned(), vec![tag, Argument { name: None, value }])))
    }

    /// An element of a tuple in scope.
    fn field_of(&mut self, ty: &Type) -> Option<(Expr, Domain)> {
        let has = |binding: &Binding| match &binding.ty {
            Type::Tuple(elements) => elements.contains(ty),
            Type::Int(_) | Type::Float | Type::F32 | Type::Bool | Type::Str | Type::Option(_) => false,
        };
        let binding = self.binding(has)?;
        let Type::Tuple(elements) = &binding.ty else { return None };
        let places: Vec<usize> = (0..elements.len()).filter(|at| elements[*at] == *ty).collect();
        let place = self.choice.pick(&places);
        let tuple = Box::new(Expr::name(&binding.variable, &binding.ty));
        Some((Expr::new(ty.clone(), Kind::Field(tuple, place)), Self::widest(ty)))
    }

    fn tuple(&mut self, ty: &Type, elements: &[Type], depth: usize) -> Expr {
        if let Some((expr, _)) = self.common(ty, depth) {
            return expr;
        }
        let elements = elements.iter().map(|element| self.expr(element, depth.saturating_sub(1))).collect();
        Expr::new(ty.clone(), Kind::Tuple(elements))
    }

    /// Leaves out the suffix of a literal where its type is expected, sometimes.
    pub(super) fn relaxed(&mut self, mut expr: Expr) -> Expr {
        if self.only_engines()
            && self.choice.chance(1, 2)
            && let Kind::Int(_, suffix) = &mut expr.kind
        {
            *suffix = Suffix::Omitted;
        }
        expr
    }

    /// Two operands of one type: where one is a literal and the other has its type of its own, the literal may do
    /// without its suffix.
    pub(super) fn operands(&mut self, left: Expr, right: Expr) -> (Expr, Expr) {
        match (left.is_literal(), right.is_literal()) {
            (false, true) if left.is_firm() => (left, self.relaxed(right)),
            (true, false) if right.is_firm() => (self.relaxed(left), right),
            _ => (left, right),
        }
    }

    /// `panic("…")` or `exit(3)` where a value is wanted, behind a condition that may hold.
    pub(super) fn guarded_panic(&mut self, value: Expr, depth: usize) -> Expr {
        let condition = self.boolean(depth);
        let text = self.string_within(12, 0);
        let ty = value.ty.clone();
        let panic = Expr::new(ty.clone(), Kind::Builtin(Builtin::Panic, vec![text]));
        Expr::new(ty, Kind::If(Box::new(value), Box::new(condition), Box::new(panic)))
    }

    /// A condition that a computed value decides.
    pub(super) fn parity_of(&mut self, depth: usize) -> Expr {
        let (value, _) = self.int(crate::Width::Int, depth);
        let one = Expr::int(1, crate::Width::Int);
        let bit = Expr::binary(BinaryOp::BitAnd, Type::INT, value, one.clone());
        Expr::new(Type::Bool, Kind::Compare(vec![bit, one], vec![crate::tree::CompareOp::Equal]))
    }
}

/// What is known of a value that is one of two.
fn join(first: Domain, second: Domain) -> Domain {
    match (first, second) {
        (Domain::Int(first), Domain::Int(second)) => Domain::Int(first.join(second)),
        (Domain::Length(first), Domain::Length(second)) => Domain::Length(first.max(second)),
        (Domain::Any, _) | (_, Domain::Any) | (Domain::Int(_), _) | (Domain::Length(_), _) => Domain::Any,
    }
}

/// The interval of an integer's domain.
pub(super) fn interval_of(domain: Domain, otherwise: Interval) -> Interval {
    match domain {
        Domain::Int(interval) => interval,
        Domain::Length(_) | Domain::Any => otherwise,
    }
}
