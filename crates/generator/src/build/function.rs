//! Functions: plain, recursive with fuel, calling themselves in tail position, with a rest parameter.

use super::{Accepted, Builder, Signature};
use crate::Interval;
use crate::scope::{Domain, Home, Mutability};
use crate::tree::{
    Argument, BinaryOp, Block, CompareOp, Computation, Condition, Expr, Form, Function, Iterated, Kind, Parameter,
    Stmt, Variable,
};
use crate::ty::{Type, Width};

/// The work that one call of a function may do, about.
const WORK: u64 = 80;

/// How a function calls itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Recursion {
    None,
    /// Inside an expression.
    Inner,
    /// As the last thing it does.
    Tail,
}

impl Builder<'_, '_> {
    /// A function that may call those before it.
    pub(super) fn function(&mut self) -> Function {
        let outer = self.scope.take_all_but_module();
        let budget = std::mem::replace(&mut self.budget, WORK);
        (self.spent, self.turns, self.nesting, self.home) = (0, 1, 0, Home::Function);
        let recursion =
            self.choice.pick(&[Recursion::None, Recursion::None, Recursion::None, Recursion::Inner, Recursion::Tail]);
        let name = format!("work{}", self.signatures.len());
        let result = self.ty();
        let domain = if matches!(result, Type::Int(_)) { self.domain(&result) } else { Self::widest(&result) };
        // The result of an unannotated function is what its body gives; an option must be told.
        let written = matches!(result, Type::Option(_) | Type::F32 | Type::Float)
            || recursion != Recursion::None
            || self.choice.chance(1, 2);

        let mut parameters = Vec::new();
        let fuel = (recursion != Recursion::None).then(|| self.fuel(&mut parameters, recursion));
        self.kept = fuel.as_ref().map(|fuel| fuel.id);
        let mut optional = false;
        for _ in 0..self.choice.below(4) {
            optional |= self.choice.chance(1, 3);
            parameters.push(self.parameter(optional));
        }
        let rest = (recursion == Recursion::None && !optional && self.choice.chance(1, 8)).then(|| self.rest());
        for (parameter, accepted) in &parameters {
            // The fuel is what ends the recursion: nothing else assigns it.
            let is_fuel = fuel.as_ref() == Some(&parameter.variable);
            let mutability = if is_fuel { Mutability::Fixed } else { Mutability::Mutable };
            self.declare(&parameter.variable, &parameter.ty, mutability, accepted.domain, parameter.written);
        }
        self.returns = Some((result.clone(), domain));
        let accepted: Vec<Accepted> = parameters.iter().map(|(_, accepted)| accepted.clone()).collect();
        let body = self.body_of(&name, &result, domain, written, fuel.as_ref(), recursion, &accepted, rest.as_ref());
        (self.returns, self.kept) = (None, None);

        let depth = match recursion {
            Recursion::None => 1,
            Recursion::Inner => INNER_FUEL as u64 + 1,
            Recursion::Tail => TAIL_FUEL as u64 + 1,
        };
        let cost = (self.spent + 2) * depth;
        self.signatures.push(Signature {
            name: name.clone(),
            parameters: accepted,
            rest: rest.as_ref().map(|(_, ty)| ty.clone()),
            result: result.clone(),
            domain,
            cost,
        });
        self.scope.restore(outer);
        (self.budget, self.spent, self.turns) = (budget, 0, 1);
        Function {
            name,
            parameters: parameters.into_iter().map(|(parameter, _)| parameter).collect(),
            rest: rest.map(|(variable, _)| variable),
            result: Some(result),
            result_written: written,
            body,
            assigns: std::mem::take(&mut self.assigned),
        }
    }

    fn fuel(&mut self, parameters: &mut Vec<(Parameter, Accepted)>, recursion: Recursion) -> Variable {
        let variable = self.variable();
        let most = if recursion == Recursion::Tail { TAIL_FUEL } else { INNER_FUEL };
        let parameter = Parameter { variable: variable.clone(), ty: Type::INT, written: true, default: None };
        let accepted = Accepted {
            name: variable.name.clone(),
            ty: Type::INT,
            domain: Domain::Int(Interval::new(0, most)),
            written: true,
            optional: false,
        };
        parameters.push((parameter, accepted));
        variable
    }

    fn parameter(&mut self, optional: bool) -> (Parameter, Accepted) {
        let ty = self.ty();
        let domain = self.domain(&ty);
        let written = matches!(ty, Type::Option(_)) || self.choice.chance(1, 2);
        let default =
            optional.then(|| if written { self.expected(&ty, domain, 1) } else { self.exact(&ty, domain, 1) });
        let variable = self.variable();
        let name = variable.name.clone();
        let accepted = Accepted { name, ty: ty.clone(), domain, written, optional };
        (Parameter { variable, ty, written, default }, accepted)
    }

    fn rest(&mut self) -> (Variable, Type) {
        let ty = self.element();
        let ty = if matches!(ty, Type::Tuple(_)) { Type::Str } else { ty };
        (self.variable(), ty)
    }

    #[allow(clippy::too_many_arguments)]
    fn body_of(
        &mut self,
        name: &str,
        result: &Type,
        domain: Domain,
        written: bool,
        fuel: Option<&Variable>,
        recursion: Recursion,
        accepted: &[Accepted],
        rest: Option<&(Variable, Type)>,
    ) -> Block {
        let mut body = Block::new();
        if let Some(fuel) = fuel {
            let at = Expr::name(fuel, &Type::INT);
            let zero = Expr::int(0, Width::Int);
            let empty = Expr::new(Type::Bool, Kind::Compare(vec![at, zero], vec![CompareOp::LessEqual]));
            let base = self.expected(result, domain, 1);
            let give = vec![Stmt::Return(Some(Computation::Expr(base)))];
            body.push(Stmt::If(vec![(Condition::Expr(empty), give)], None));
        }
        if let Some((variable, ty)) = rest {
            self.over_rest(variable, ty, &mut body);
        }
        let count = 1 + self.choice.below(5);
        body.extend(self.statements(count));
        if let (Some(fuel), true) = (fuel, recursion == Recursion::Tail) {
            let again = self.call_of_itself(name, result, fuel, accepted);
            body.push(Stmt::Return(Some(Computation::Expr(again))));
            return body;
        }
        if let (Some(fuel), true) = (fuel, recursion == Recursion::Inner) {
            let again = self.call_of_itself(name, result, fuel, accepted);
            let variable = self.variable();
            let value = Computation::Expr(again);
            let form = Form::Let;
            body.push(Stmt::Let { variable: variable.clone(), form, annotation: None, value });
            self.declare(&variable, result, Mutability::Fixed, domain, true);
            body.push(Stmt::Print(vec![Expr::str(format!("back in {name}")), Expr::name(fuel, &Type::INT)]));
        }
        self.nesting = 1;
        let value = self.computation(result, domain, written, 3);
        body.append(&mut self.pending);
        let returns = self.choice.chance(1, 2);
        let last = match value {
            Computation::Expr(value) if !returns => Stmt::Value(value),
            Computation::If(..) | Computation::Match(..) if !returns => Stmt::Tail(value),
            Computation::Expr(_) | Computation::If(..) | Computation::Match(..) | Computation::Loop(_) => {
                Stmt::Return(Some(value))
            }
        };
        body.push(last);
        body
    }

    /// `f(n - 1, …)`
    fn call_of_itself(&mut self, name: &str, result: &Type, fuel: &Variable, accepted: &[Accepted]) -> Expr {
        let one = Expr::int(1, Width::Int);
        let less = Expr::binary(BinaryOp::Subtract, Type::INT, Expr::name(fuel, &Type::INT), one);
        let mut arguments = vec![Argument { name: None, value: less }];
        for parameter in &accepted[1..] {
            // Not a call of another function: its work would be done at each depth.
            let value = if parameter.written {
                self.expected(&parameter.ty, parameter.domain, 1)
            } else {
                self.exact(&parameter.ty, parameter.domain, 1)
            };
            arguments.push(Argument { name: None, value });
        }
        Expr::new(result.clone(), Kind::Call(name.to_owned(), arguments))
    }

    /// A loop over the rest parameter.
    fn over_rest(&mut self, rest: &Variable, ty: &Type, body: &mut Block) {
        let mark = self.scope.mark();
        let variable = self.variable();
        self.declare(&variable, ty, Mutability::Fixed, Self::widest(ty), false);
        let mut turn = vec![Stmt::Print(vec![Expr::str("rest"), Expr::name(&variable, ty)])];
        let outside = std::mem::replace(&mut self.turns, 4);
        turn.extend(self.block(1));
        self.turns = outside;
        self.scope.leave(mark);
        let over = Iterated::Rest(rest.clone());
        // A label keeps `break` in the block from being taken for another loop's: there is none around.
        body.push(Stmt::For { label: None, variable: Some(variable), over, body: turn });
    }
}

/// How deep a function that calls itself inside an expression goes.
const INNER_FUEL: i128 = 4;

/// How often a function that calls itself in tail position does.
const TAIL_FUEL: i128 = 9;
