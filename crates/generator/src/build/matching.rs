//! `match` and `if let`: literals, ranges, alternatives, guards, tuples, options; always exhaustive.

use super::Builder;
use crate::Interval;
use crate::scope::{Domain, Mutability};
use crate::tree::{Arm, ArmStyle, Block, Bound, Computation, Condition, Expr, Kind, Pattern, Stmt, Suffix, Variable};
use crate::ty::{Type, Width};

/// What the arms of a `match` end in.
#[derive(Clone, Copy)]
enum Give<'t> {
    Nothing,
    Value(&'t Type, Domain, bool),
}

impl Builder<'_, '_> {
    pub(super) fn match_statement(&mut self) -> Stmt {
        let (subject, arms) = self.match_on(Give::Nothing);
        Stmt::Match(subject, arms)
    }

    /// A `match` that gives a value of this type.
    pub(super) fn match_computation(&mut self, ty: &Type, domain: Domain, annotated: bool) -> Computation {
        let (subject, arms) = self.match_on(Give::Value(ty, domain, annotated));
        Computation::Match(subject, arms)
    }

    fn match_on(&mut self, give: Give) -> (Expr, Vec<Arm>) {
        let ty = match self.choice.below(9) {
            0..=2 => Type::Int(self.choice.pick(&Width::ALL)),
            3 => Type::Str,
            4 => Type::Bool,
            5 => self.element().optional(),
            6 => Type::Float,
            _ => Type::Tuple(vec![self.element(), self.element()]),
        };
        let subject = match &ty {
            Type::Option(inner) => self.asked(inner),
            Type::Int(_) | Type::Float | Type::F32 | Type::Bool | Type::Str | Type::Tuple(_) => {
                self.exact(&ty, Self::widest(&ty), 2)
            }
        };
        let mut arms = Vec::new();
        for _ in 0..1 + self.choice.below(3) {
            let mut bound = Vec::new();
            let pattern = self.pattern(&ty, &mut bound, 2);
            let needs_guard = is_irrefutable(&pattern);
            let guarded = needs_guard || self.choice.chance(1, 3);
            arms.push(self.arm(pattern, bound, guarded, give));
        }
        for pattern in self.closing_patterns(&ty) {
            let mut bound = Vec::new();
            let pattern = self.finished(pattern, &ty, &mut bound);
            arms.push(self.arm(pattern, bound, false, give));
        }
        (subject, arms)
    }

    fn arm(&mut self, pattern: Pattern, bound: Vec<(Variable, Type)>, guarded: bool, give: Give) -> Arm {
        let mark = self.scope.mark();
        for (variable, ty) in &bound {
            self.declare(variable, ty, Mutability::Fixed, Self::widest(ty), true);
        }
        let guard = guarded.then(|| self.boolean(2));
        let mut body = match give {
            Give::Nothing => {
                let count = 1 + self.choice.below(2);
                self.block(count)
            }
            Give::Value(ty, domain, annotated) => self.value_block(ty, domain, annotated),
        };
        if let (Give::Nothing, Some((variable, ty))) = (give, bound.first()) {
            body.insert(0, Stmt::Print(vec![Expr::name(variable, ty)]));
        }
        self.scope.leave(mark);
        let style = self.choice.pick(&[ArmStyle::Arrow, ArmStyle::Case]);
        Arm { style, pattern, guard, body }
    }

    /// Patterns that together cover what a type has.
    fn closing_patterns(&mut self, ty: &Type) -> Vec<Pattern> {
        let value = |value: bool| Pattern::Value(Expr::bool(value));
        if !self.choice.chance(2, 3) {
            return vec![Pattern::Wildcard];
        }
        match ty {
            Type::Bool => vec![value(true), value(false)],
            Type::Option(_) => {
                let nil = self.choice.pick(&[Pattern::Nil, Pattern::None]);
                vec![nil, Pattern::Some(Box::new(Pattern::Wildcard))]
            }
            Type::Int(_) | Type::Float | Type::F32 | Type::Str | Type::Tuple(_) => vec![Pattern::Wildcard],
        }
    }

    /// A closing pattern that may bind instead of discard.
    fn finished(&mut self, pattern: Pattern, ty: &Type, bound: &mut Vec<(Variable, Type)>) -> Pattern {
        match (pattern, ty) {
            (Pattern::Some(_), Type::Option(inner)) => Pattern::Some(Box::new(self.binding_pattern(inner, bound))),
            (Pattern::Wildcard, _) if self.choice.chance(1, 2) => self.binding_pattern(ty, bound),
            (pattern, _) => pattern,
        }
    }

    /// A pattern for values of a type, and the names that it binds.
    fn pattern(&mut self, ty: &Type, bound: &mut Vec<(Variable, Type)>, depth: usize) -> Pattern {
        if depth > 0 && self.choice.chance(1, 5) {
            let pattern = self.pattern(ty, bound, depth - 1);
            let variable = self.variable();
            bound.push((variable.clone(), ty.clone()));
            return Pattern::As(Box::new(pattern), variable);
        }
        // Alternatives bind the same names; here they bind none.
        if depth > 0 && self.choice.chance(1, 4) {
            let count = 2 + self.choice.below(2);
            let alternatives = (0..count).map(|_| self.closed_pattern(ty)).collect();
            return Pattern::Or(alternatives);
        }
        match ty {
            Type::Tuple(elements) if depth > 0 => {
                Pattern::Tuple(elements.iter().map(|element| self.pattern(element, bound, depth - 1)).collect())
            }
            Type::Option(inner) => match self.choice.below(3) {
                0 => Pattern::Nil,
                1 => Pattern::None,
                _ => Pattern::Some(Box::new(self.pattern(inner, bound, depth.saturating_sub(1)))),
            },
            Type::Int(_) | Type::Float | Type::F32 | Type::Bool | Type::Str | Type::Tuple(_) => {
                if self.choice.chance(1, 4) { self.binding_pattern(ty, bound) } else { self.closed_pattern(ty) }
            }
        }
    }

    /// A pattern that binds nothing.
    fn closed_pattern(&mut self, ty: &Type) -> Pattern {
        match ty {
            Type::Int(width) if self.choice.chance(1, 3) => {
                let (low, start) = self.int_literal(*width, width.range());
                let room = Interval::new(start.low, width.range().high);
                let end = self.choice.within(0, 20).min(room.high - room.low);
                let bound = if end > 0 && self.choice.chance(1, 2) { Bound::HalfOpen } else { Bound::Closed };
                Pattern::Range(bare(low), bound, bare(Expr::int(start.low + end, *width)))
            }
            Type::Int(width) => {
                let (value, _) = self.int_literal(*width, width.range());
                Pattern::Value(bare(value))
            }
            Type::Float => Pattern::Value(self.float_literal(ty)),
            Type::Bool => Pattern::Value(Expr::bool(self.choice.chance(1, 2))),
            Type::Str => Pattern::Value(Expr::str(self.short_text())),
            Type::F32 => Pattern::Wildcard,
            Type::Tuple(elements) => {
                Pattern::Tuple(elements.iter().map(|element| self.closed_pattern(element)).collect())
            }
            Type::Option(inner) => {
                if self.choice.chance(1, 2) {
                    Pattern::Nil
                } else {
                    Pattern::Some(Box::new(self.closed_pattern(inner)))
                }
            }
        }
    }

    /// `if let Some(x) = e:`
    pub(super) fn if_let(&mut self) -> Stmt {
        let inner = self.element();
        let ty = inner.clone().optional();
        let option = self.asked(&inner);
        let mut bound = Vec::new();
        let pattern = if self.choice.chance(1, 4) {
            self.pattern(&ty, &mut bound, 2)
        } else {
            Pattern::Some(Box::new(self.binding_pattern(&inner, &mut bound)))
        };
        let mark = self.scope.mark();
        let mut yes = Block::new();
        for (variable, ty) in &bound {
            self.declare(variable, ty, Mutability::Fixed, Self::widest(ty), true);
            yes.push(Stmt::Print(vec![Expr::name(variable, ty)]));
        }
        yes.extend(self.block(2));
        self.scope.leave(mark);
        let no = self.block(1);
        Stmt::If(vec![(Condition::Let(pattern, option), yes)], Some(no))
    }
}

/// A literal in a pattern takes the type of the value.
fn bare(mut literal: Expr) -> Expr {
    if let Kind::Int(_, suffix) = &mut literal.kind {
        *suffix = Suffix::Omitted;
    }
    literal
}

/// Whether a pattern fits everything.
fn is_irrefutable(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Wildcard | Pattern::Bind(_) => true,
        Pattern::As(inner, _) => is_irrefutable(inner),
        Pattern::Tuple(elements) => elements.iter().all(is_irrefutable),
        Pattern::Or(alternatives) => alternatives.iter().any(is_irrefutable),
        Pattern::Value(_) | Pattern::Range(..) | Pattern::Some(_) | Pattern::Nil | Pattern::None => false,
    }
}
