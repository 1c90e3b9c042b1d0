//! Patterns: tested in order, from left to right; what fits is bound on the way.

use rustc_hash::FxHashSet;
use tandem_frontend::hir::{Arm, Coverage, Expr, ExprKind, LocalId, Pattern, PatternKind};
use tandem_frontend::ty::{Ty, TyKind};
use tandem_runtime::Fault;

use super::compare::Order;
use super::{FunctionCx, Into, Regs};
use crate::{BlockId, Reg};

/// How many numbers make a switch worth while.
const FEWEST_CASES: usize = 3;

impl FunctionCx<'_> {
    pub(super) fn match_value(
        &mut self,
        expr: &Expr,
        scrutinee: &Expr,
        arms: &[Arm],
        coverage: Coverage,
        into: Into,
    ) -> Regs {
        let result = self.target(into, expr.ty);
        let end = self.b.block();
        self.match_arms(expr, scrutinee, arms, coverage, |cx, body| {
            cx.branch_value(body, &result);
            cx.b.jump(end);
        });
        self.b.switch_to(end);
        result
    }

    /// Tries the arms; `body` ends the block of the arm that fits.
    pub(super) fn match_arms(
        &mut self,
        expr: &Expr,
        scrutinee: &Expr,
        arms: &[Arm],
        coverage: Coverage,
        mut body: impl FnMut(&mut Self, &Expr),
    ) {
        let ty = arms.first().map_or(scrutinee.ty, |arm| arm.pattern.ty);
        let regs = self.value(scrutinee, ty);
        let regs = self.protected(regs, arms.iter().filter_map(|arm| arm.guard.as_ref()));
        let mut arms = arms;
        while let Some((arm, rest)) = arms.split_first() {
            if !self.b.is_reachable() {
                return;
            }
            if let Some(rest) = self.switch(&regs, arms, &mut body) {
                arms = rest;
                continue;
            }
            arms = rest;
            let next = self.b.block();
            self.pattern(&arm.pattern, &regs, next);
            if let Some(guard) = &arm.guard {
                let fits = self.b.block();
                self.condition(guard, fits, next);
                self.b.switch_to(fits);
            }
            body(self, &arm.body);
            self.b.switch_to(next);
        }
        self.at(expr.span);
        match coverage {
            Coverage::Exhaustive => self.b.unreachable(),
            Coverage::Partial => self.b.fail(Fault::NoMatch, None),
        }
    }

    /// Arms that begin with enough numbers are one switch; the arms behind them.
    fn switch<'e>(
        &mut self,
        regs: &[Reg],
        arms: &'e [Arm],
        body: &mut impl FnMut(&mut Self, &Expr),
    ) -> Option<&'e [Arm]> {
        let numbers: Vec<Vec<i64>> = arms.iter().map_while(numbers).collect();
        if numbers.iter().map(Vec::len).sum::<usize>() < FEWEST_CASES {
            return None;
        }
        let (mut cases, mut seen) = (Vec::new(), FxHashSet::default());
        let blocks: Vec<BlockId> = numbers.iter().map(|_| self.b.block()).collect();
        for (numbers, block) in numbers.iter().zip(&blocks) {
            // The first arm for a number wins.
            cases.extend(numbers.iter().filter(|number| seen.insert(**number)).map(|number| (*number, *block)));
        }
        let default = self.b.block();
        self.b.switch(regs[0], &cases, default);
        for (arm, block) in arms.iter().zip(&blocks) {
            self.b.switch_to(*block);
            body(self, &arm.body);
        }
        self.b.switch_to(default);
        Some(&arms[blocks.len()..])
    }

    pub(super) fn let_pattern(&mut self, pattern: &Pattern, value: &Expr, message: Option<&str>) {
        let mut regs = self.value(value, pattern.ty);
        // Binding a variable must not change what is still to be bound.
        let mut bound = Vec::new();
        bound_locals(pattern, &mut bound);
        if regs.iter().any(|reg| self.owners.get(reg).is_some_and(|owner| bound.contains(owner))) {
            regs = self.saved(&regs);
        }
        let (fits, fails) = (self.b.block(), self.b.cold_block());
        self.pattern(pattern, &regs, fails);
        self.b.jump(fits);
        self.b.switch_to(fails);
        self.at(pattern.span);
        match message {
            Some(message) => self.fail_with(Fault::NoMatch, message),
            None => self.b.unreachable(),
        }
        self.b.switch_to(fits);
    }

    /// Goes on where the value fits, with its parts bound, else at `no`.
    fn pattern(&mut self, pattern: &Pattern, regs: &[Reg], no: BlockId) {
        self.at(pattern.span);
        match &pattern.kind {
            PatternKind::Wildcard => {}
            PatternKind::Bind { local, inner } => {
                if let Some(inner) = inner {
                    self.pattern(inner, regs, no);
                }
                let dsts = self.local(*local);
                self.assign(&dsts, regs);
            }
            PatternKind::Equal(constant) if matches!(constant.kind, ExprKind::Bool(_)) => {
                let yes = self.b.block();
                let (when_true, when_false) =
                    if matches!(constant.kind, ExprKind::Bool(true)) { (yes, no) } else { (no, yes) };
                self.b.branch(regs[0], when_true, when_false);
                self.b.switch_to(yes);
            }
            PatternKind::Equal(constant) => {
                let constant = self.value(constant, pattern.ty);
                self.go_on_if_equal(pattern.ty, regs, &constant, no);
            }
            PatternKind::Range { start, end, closed } => {
                if let Some(start) = start {
                    let start = self.value(start, pattern.ty);
                    self.go_on_if_ordered(Order::LessOrEqual, pattern.ty, &start, regs, no);
                }
                if let Some(end) = end {
                    let order = if *closed { Order::LessOrEqual } else { Order::Less };
                    let end = self.value(end, pattern.ty);
                    self.go_on_if_ordered(order, pattern.ty, regs, &end, no);
                }
            }
            PatternKind::Tuple(patterns) => {
                for (pattern, (_, regs)) in patterns.iter().zip(self.elements(pattern.ty, regs)) {
                    self.pattern(pattern, &regs, no);
                }
            }
            PatternKind::Some(inner) => {
                // A value that is no option always is there.
                if matches!(self.kind(pattern.ty), TyKind::Option(_) | TyKind::Nil) {
                    let yes = self.b.block();
                    self.branch_is_some(pattern.ty, regs, yes, no);
                    self.b.switch_to(yes);
                    let payload = self.payload(pattern.ty, regs);
                    self.pattern(inner, &payload, no);
                } else {
                    self.pattern(inner, regs, no);
                }
            }
            PatternKind::Nil => {
                if matches!(self.kind(pattern.ty), TyKind::Option(_)) {
                    let yes = self.b.block();
                    self.branch_is_some(pattern.ty, regs, no, yes);
                    self.b.switch_to(yes);
                }
            }
            PatternKind::Or(alternatives) => {
                let yes = self.b.block();
                for (index, alternative) in alternatives.iter().enumerate() {
                    if index + 1 == alternatives.len() {
                        self.pattern(alternative, regs, no);
                        self.b.jump(yes);
                    } else {
                        let next = self.b.block();
                        self.pattern(alternative, regs, next);
                        self.b.jump(yes);
                        self.b.switch_to(next);
                    }
                }
                self.b.switch_to(yes);
            }
        }
    }

    fn go_on_if_ordered(&mut self, order: Order, ty: Ty, a: &[Reg], b: &[Reg], no: BlockId) {
        let holds = self.ordered(order, ty, a, b, None);
        self.go_on_if(holds, no);
    }
}

/// The numbers of an arm that fits these and nothing else.
fn numbers(arm: &Arm) -> Option<Vec<i64>> {
    let mut numbers = Vec::new();
    (arm.guard.is_none() && collect_numbers(&arm.pattern, &mut numbers)).then_some(numbers)
}

fn collect_numbers(pattern: &Pattern, numbers: &mut Vec<i64>) -> bool {
    if let PatternKind::Or(alternatives) = &pattern.kind {
        return alternatives.iter().all(|alternative| collect_numbers(alternative, numbers));
    }
    let PatternKind::Equal(constant) = &pattern.kind else { return false };
    let ExprKind::Int(number) = constant.kind else { return false };
    numbers.push(number);
    true
}

fn bound_locals(pattern: &Pattern, bound: &mut Vec<LocalId>) {
    match &pattern.kind {
        PatternKind::Wildcard | PatternKind::Equal(_) | PatternKind::Range { .. } | PatternKind::Nil => {}
        PatternKind::Bind { local, inner } => {
            bound.push(*local);
            inner.iter().for_each(|inner| bound_locals(inner, bound));
        }
        PatternKind::Some(inner) => bound_locals(inner, bound),
        PatternKind::Tuple(patterns) | PatternKind::Or(patterns) => {
            patterns.iter().for_each(|pattern| bound_locals(pattern, bound));
        }
    }
}
