//! Calls: by position and by name, with defaults left out, of generic functions, through function values.

use super::{Accepted, Builder, Signature};
use crate::scope::Domain;
use crate::tree::{Argument, Expr, Kind};
use crate::ty::{Type, Width};

impl Builder<'_, '_> {
    /// A call that gives a value of this type, where there is a function for it.
    pub(super) fn call_giving(&mut self, ty: &Type, depth: usize) -> Option<(Expr, Domain)> {
        if self.choice.chance(1, 4) && self.affords(2) {
            return Some(self.chosen(ty, depth));
        }
        let fits = |signature: &&Signature| signature.result == *ty && self.affords(signature.cost + 1);
        let found: Vec<Signature> = self.signatures.iter().filter(fits).cloned().collect();
        if found.is_empty() {
            return None;
        }
        let signature = self.choice.pick(&found);
        let domain = signature.domain;
        Some((self.call(&signature, depth), domain))
    }

    /// A call of this function.
    pub(super) fn call(&mut self, signature: &Signature, depth: usize) -> Expr {
        self.spend(signature.cost + 1);
        let depth = depth.saturating_sub(1).min(2);
        if let [only] = signature.parameters.as_slice()
            && signature.rest.is_none()
            && self.choice.chance(1, 4)
        {
            return self.applied(signature, &only.clone(), depth);
        }
        let mut arguments = Vec::new();
        let mut by_name = false;
        for parameter in &signature.parameters {
            if parameter.optional && signature.rest.is_none() && self.choice.chance(1, 2) {
                by_name = true;
                continue;
            }
            by_name |= signature.rest.is_none() && self.choice.chance(1, 6);
            let value = self.argument(parameter, depth);
            arguments.push(Argument { name: by_name.then(|| parameter.name.clone()), value });
        }
        // Named arguments may stand in any order; they are evaluated as written.
        let named = arguments.iter().position(|argument| argument.name.is_some()).unwrap_or(arguments.len());
        if arguments.len() - named >= 2 && self.choice.chance(1, 2) {
            arguments[named..].reverse();
        }
        if let Some(ty) = &signature.rest {
            // One at least: the type of an empty rest is open.
            for _ in 0..1 + self.choice.below(3) {
                let value = self.exact(ty, Self::widest(ty), depth);
                arguments.push(Argument { name: None, value });
            }
        }
        Expr::new(signature.result.clone(), Kind::Call(signature.name.clone(), arguments))
    }

    /// `apply(f, x)` instead of `f(x)`
    fn applied(&mut self, signature: &Signature, parameter: &Accepted, depth: usize) -> Expr {
        let function = Expr::new(signature.result.clone(), Kind::FunctionName(signature.name.clone()));
        let value = self.exact(&parameter.ty, parameter.domain, depth);
        let arguments = [function, value].map(|value| Argument { name: None, value });
        Expr::new(signature.result.clone(), Kind::Call("apply".to_owned(), arguments.to_vec()))
    }

    /// `choose(c, a, b)`, which is generic.
    fn chosen(&mut self, ty: &Type, depth: usize) -> (Expr, Domain) {
        self.spend(2);
        let depth = depth.saturating_sub(1);
        let condition = self.boolean(depth.min(1));
        let domain = Self::widest(ty);
        let (yes, no) = (self.exact(ty, domain, depth), self.exact(ty, domain, depth));
        let arguments = [condition, yes, no].map(|value| Argument { name: None, value });
        (Expr::new(ty.clone(), Kind::Call("choose".to_owned(), arguments.to_vec())), domain)
    }

    /// A value that has its type without being told.
    pub(super) fn exact(&mut self, ty: &Type, domain: Domain, depth: usize) -> Expr {
        match ty {
            Type::Option(inner) => self.firm_option(inner, depth),
            Type::Int(_) | Type::Float | Type::F32 | Type::Bool | Type::Str | Type::Tuple(_) => {
                self.expr_in(ty, domain, depth)
            }
        }
    }

    fn argument(&mut self, parameter: &Accepted, depth: usize) -> Expr {
        if parameter.written {
            self.expected(&parameter.ty, parameter.domain, depth)
        } else {
            self.exact(&parameter.ty, parameter.domain, depth)
        }
    }

    /// A value where its type is written: conversions are inserted, literals take the type.
    pub(super) fn expected(&mut self, ty: &Type, domain: Domain, depth: usize) -> Expr {
        match (ty, domain) {
            (Type::Float, _) => self.expected_float(depth),
            (Type::Int(width), Domain::Int(interval)) if self.choice.chance(1, 5) => {
                let narrower: Vec<Width> = Width::ALL
                    .into_iter()
                    .filter(|other| other.widens_to(*width) && other.range().is_within(interval))
                    .collect();
                if narrower.is_empty() {
                    let value = self.int_within(*width, interval, depth);
                    return self.relaxed(value);
                }
                let narrow = self.choice.pick(&narrower);
                let (value, _) = self.anchored(narrow, depth);
                Expr::new(ty.clone(), Kind::Convert(Box::new(value)))
            }
            _ => {
                let value = self.expr_in(ty, domain, depth);
                self.relaxed(value)
            }
        }
    }
}
