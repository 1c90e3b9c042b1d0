//! Options, and what is known of them after a test.

use super::Builder;
use crate::scope::{Binding, Home, Mutability};
use crate::tree::{Builtin, Expr, Kind, Method, NilTest};
use crate::ty::Type;

impl Builder<'_, '_> {
    /// An option where one is expected: `nil`, a plain value, or what gives one.
    pub(super) fn option(&mut self, ty: &Type, inner: &Type, depth: usize) -> Expr {
        match self.choice.below(5) {
            0 => Expr::new(ty.clone(), Kind::Nil),
            1..=2 => {
                let value = self.expr(inner, depth.saturating_sub(1));
                // What is expected reaches a plain value, which must not be taken for another type.
                Expr::new(ty.clone(), Kind::Convert(Box::new(value)))
            }
            _ => self.firm_option(inner, depth),
        }
    }

    /// An option of this type whose type stands without its surroundings.
    pub(super) fn firm_option(&mut self, inner: &Type, depth: usize) -> Expr {
        let ty = inner.clone().optional();
        if self.choice.chance(1, 2)
            && let Some(binding) = self.binding(|binding| binding.ty == ty)
        {
            return Expr::name(&binding.variable, &ty);
        }
        if depth > 0
            && self.choice.chance(1, 3)
            && let Some((call, _)) = self.call_giving(&ty, depth)
        {
            return call;
        }
        self.made(&ty, inner, depth)
    }

    /// An option that patterns ask for `nil`. Not a plain name: a condition around may have shown that it is there,
    /// and a pattern that can never fit is a compile error.
    pub(super) fn asked(&mut self, inner: &Type) -> Expr {
        let option = self.firm_option(inner, 2);
        if !matches!(option.kind, Kind::Name(_) | Kind::Call(..)) {
            return option;
        }
        let ty = option.ty.clone();
        let condition = self.boolean(1);
        let nil = Expr::new(ty.clone(), Kind::Nil);
        Expr::new(ty, Kind::If(Box::new(option), Box::new(condition), Box::new(nil)))
    }

    /// `s.to_int()`, `Some(v)`, `v if c else nil`
    fn made(&mut self, ty: &Type, inner: &Type, depth: usize) -> Expr {
        if *inner == Type::INT && depth > 0 && self.choice.chance(1, 2) {
            let (text, _) = self.string(depth - 1);
            let part = Expr::str(self.short_text());
            let (method, arguments) = match self.choice.below(3) {
                0 => (Method::ToInt, vec![]),
                1 => (Method::Find, vec![part]),
                _ => (Method::RightFind, vec![part]),
            };
            return Expr::new(ty.clone(), Kind::Method(method, Box::new(text), arguments));
        }
        if *inner == Type::Float && depth > 0 && self.choice.chance(1, 3) {
            let text = Expr::str(self.choice.pick(&["2.5", "", "-0.0", "1e3", "x", " 7 ", "1e999", "-inf", "nan"]));
            return Expr::new(ty.clone(), Kind::Method(Method::ToFloat, Box::new(text), vec![]));
        }
        let value = self.expr(inner, depth.saturating_sub(1));
        if self.choice.chance(1, 2) {
            let condition = self.boolean(depth.saturating_sub(1));
            let nil = Expr::new(ty.clone(), Kind::Nil);
            return Expr::new(ty.clone(), Kind::If(Box::new(value), Box::new(condition), Box::new(nil)));
        }
        Expr::new(ty.clone(), Kind::Builtin(Builtin::Some, vec![value]))
    }

    /// An option variable that a test narrows: a `let` or parameter, or a local of a function.
    pub(super) fn narrowable(&mut self) -> Option<(Binding, Type)> {
        let narrows = |binding: &Binding| {
            let local = binding.home == Home::Function || binding.mutability == Mutability::Fixed;
            local && binding.home != Home::Module && matches!(&binding.ty, Type::Option(_))
        };
        let binding = self.binding(narrows)?;
        let Type::Option(inner) = binding.ty.clone() else { return None };
        Some((binding, *inner))
    }

    /// What `make` gives while the variable has the type of its value; nothing assigns it meanwhile.
    pub(super) fn with_narrowed<T>(&mut self, binding: &Binding, inner: &Type, make: impl FnOnce(&mut Self) -> T) -> T {
        let mark = self.scope.mark();
        let domain = Self::widest(inner);
        let ty = inner.clone();
        self.scope.add(Binding { ty, domain, mutability: Mutability::Fixed, firm: true, ..binding.clone() });
        let made = make(self);
        self.scope.leave(mark);
        made
    }

    /// A test of an option as a condition of its own, and what it shows in its branch.
    pub(super) fn narrowing_condition(&mut self) -> Option<(Expr, Binding, Type)> {
        let (binding, inner) = self.narrowable()?;
        let mut tests = vec![NilTest::NotEqual, NilTest::IsSome];
        if inner != Type::Bool {
            tests.push(NilTest::Bare);
        }
        let test = self.choice.pick(&tests);
        let name = Expr::name(&binding.variable, &binding.ty);
        let condition = Expr::new(Type::Bool, Kind::TestNil(test, Box::new(name)));
        Some((condition, binding, inner))
    }

    /// A value taken out of an option; `nil` fails there only in programs that are meant to fail.
    pub(super) fn unwrapped(&mut self, inner: &Type, depth: usize) -> Expr {
        let option = self.firm_option(inner, depth);
        let (method, arguments) = if self.risks() {
            match self.choice.below(2) {
                0 => (Method::Unwrap, vec![]),
                _ => (Method::Expect, vec![Expr::str("a value")]),
            }
        } else {
            (Method::UnwrapOr, vec![self.expr(inner, depth.saturating_sub(1))])
        };
        Expr::new(inner.clone(), Kind::Method(method, Box::new(option), arguments))
    }
}
