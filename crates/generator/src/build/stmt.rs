//! Statements: bindings, assignments, printing, `if`.

use super::{Builder, NESTING};
use crate::scope::{Binding, Domain, Home, Mutability};
use crate::tree::{BinaryOp, Block, Computation, Condition, Expr, Form, Kind, Pattern, Stmt, Variable};
use crate::ty::Type;

impl Builder<'_, '_> {
    /// A block of its own scope with at least one statement.
    pub(super) fn block(&mut self, statements: usize) -> Block {
        let mark = self.scope.mark();
        let block = self.statements(statements);
        self.scope.leave(mark);
        block
    }

    /// Statements that stay in scope; at least one.
    pub(super) fn statements(&mut self, count: usize) -> Block {
        self.nesting += 1;
        let mut block = Block::new();
        for _ in 0..count {
            if self.choice.exhausted() || !self.affords(4) {
                break;
            }
            let around = std::mem::take(&mut self.pending);
            let mut made = Block::new();
            self.statement(&mut made);
            block.append(&mut self.pending);
            block.append(&mut made);
            self.pending = around;
        }
        self.nesting -= 1;
        if block.is_empty() {
            block.push(self.print(1));
        }
        block
    }

    fn statement(&mut self, block: &mut Block) {
        self.spend(1);
        if self.fate == super::Fate::Fails && self.choice.chance(1, 40) {
            return self.failing(block);
        }
        let nests = self.nesting <= NESTING;
        match self.choice.below(24) {
            0..=4 => {
                let statement = self.print(2);
                block.push(statement);
            }
            5..=8 => self.binding_statement(block),
            9..=10 => self.assignment(block),
            11..=12 => self.compound(block),
            13 => self.several(block),
            14 => self.tuple_pattern(block),
            15..=16 if nests => {
                let statement = self.if_statement();
                block.push(statement);
            }
            17..=19 if nests => self.loop_statement(block),
            20 if nests => {
                let statement = self.match_statement();
                block.push(statement);
            }
            21 if nests => self.narrowing_statement(block),
            22 => self.leaving(block),
            _ => self.call_statement(block),
        }
    }

    /// `print(a, b)`
    pub(super) fn print(&mut self, depth: usize) -> Stmt {
        self.spend(1);
        let tag = self.tag();
        let mut values = vec![Expr::str(format!("#{tag}"))];
        for _ in 0..1 + self.choice.below(3) {
            let ty = self.ty();
            let domain = Self::widest(&ty);
            values.push(self.exact(&ty, domain, depth));
        }
        if self.choice.chance(1, 16) {
            // A tuple of one.
            let last = values.pop().unwrap_or_else(|| Expr::bool(true));
            values.push(Expr::new(Type::Tuple(vec![last.ty.clone()]), Kind::Tuple(vec![last])));
        }
        Stmt::Print(values)
    }

    /// `let x = e`, `let mut x: T = e`, `x = e`, also by blocks.
    fn binding_statement(&mut self, block: &mut Block) {
        let ty = self.ty();
        let (domain, depth) = (self.domain(&ty), 3);
        let top = self.nesting == 1;
        let mut form = self.choice.pick(&[Form::Let, Form::LetMut, Form::LetMut, Form::MutLet]);
        if top && self.choice.chance(1, 6) {
            form = Form::Implicit;
        }
        // Only what is written down holds for all of the variable's values.
        let annotated = form != Form::Implicit && (matches!(ty, Type::Option(_)) || self.choice.chance(1, 3));
        if form == Form::Implicit && matches!(ty, Type::Option(_)) {
            form = Form::Let;
        }
        let value = self.computation(&ty, domain, annotated, depth);
        let firm = annotated || matches!(&value, Computation::Expr(expr) if expr.is_firm());
        let annotation = (annotated || (matches!(ty, Type::Option(_)))).then(|| ty.clone());
        let mutability = if form == Form::Let { Mutability::Fixed } else { Mutability::Mutable };
        let variable = self.new_variable(form);
        block.push(Stmt::Let { variable: variable.clone(), form, annotation, value });
        self.declare(&variable, &ty, mutability, domain, firm);
        if form == Form::Implicit {
            block.push(Stmt::Print(vec![Expr::name(&variable, &ty)]));
        }
    }

    /// A new variable, which may take the name of one that it hides.
    fn new_variable(&mut self, form: Form) -> Variable {
        let mut variable = self.variable();
        if form != Form::Implicit && self.choice.chance(1, 5) {
            // A name of the module that a function uses cannot be bound again at the top level.
            let kept = self.kept;
            let hideable = |binding: &Binding| binding.home != Home::Module && Some(binding.variable.id) != kept;
            if let Some(hidden) = self.binding(hideable) {
                variable.name = hidden.variable.name;
            }
        }
        variable
    }

    /// What may stand right of `=`: an expression, or blocks.
    pub(super) fn computation(&mut self, ty: &Type, domain: Domain, annotated: bool, depth: usize) -> Computation {
        let blocks = self.nesting <= NESTING && self.affords(12);
        match self.choice.below(12) {
            0 if blocks => {
                let condition = self.condition();
                let yes = self.value_block(ty, domain, annotated);
                let no = self.value_block(ty, domain, annotated);
                Computation::If(vec![(condition, yes)], no)
            }
            1 if blocks => self.match_computation(ty, domain, annotated),
            2 if blocks => self.loop_computation(ty, domain, annotated),
            _ if annotated => Computation::Expr(self.expected(ty, domain, depth)),
            _ => Computation::Expr(self.exact(ty, domain, depth)),
        }
    }

    /// A block that ends in its value.
    pub(super) fn value_block(&mut self, ty: &Type, domain: Domain, annotated: bool) -> Block {
        let mark = self.scope.mark();
        let count = self.choice.below(3);
        let mut block = if count > 0 { self.statements(count) } else { Block::new() };
        self.nesting += 1;
        let value = if annotated { self.expected(ty, domain, 2) } else { self.exact(ty, domain, 2) };
        self.nesting -= 1;
        block.push(Stmt::Value(value));
        self.scope.leave(mark);
        block
    }

    /// A condition without a pattern.
    pub(super) fn condition(&mut self) -> Condition {
        Condition::Expr(self.boolean(3))
    }

    /// A variable that can be assigned.
    fn assignable(&mut self, wanted: impl Fn(&Binding) -> bool) -> Option<Binding> {
        let binding = self.binding(|binding| binding.mutability == Mutability::Mutable && wanted(binding))?;
        self.note_assignment(&binding);
        Some(binding)
    }

    fn note_assignment(&mut self, binding: &Binding) {
        if binding.home == Home::Module && self.home == Home::Function && !self.assigned.contains(&binding.variable) {
            self.assigned.push(binding.variable.clone());
        }
    }

    fn assignment(&mut self, block: &mut Block) {
        let Some(binding) = self.assignable(|_| true) else { return self.binding_statement(block) };
        // What is assigned to an unannotated variable must not change its type.
        let value = self.computation(&binding.ty, binding.domain, false, 3);
        block.push(Stmt::Assign(binding.variable, value));
    }

    /// `x += e`
    fn compound(&mut self, block: &mut Block) {
        let usable = |binding: &Binding| matches!(binding.ty, Type::Int(_) | Type::Float | Type::Str);
        let Some(binding) = self.assignable(usable) else { return self.binding_statement(block) };
        let statement = match (&binding.ty, binding.domain) {
            (Type::Int(width), Domain::Int(interval)) => {
                let (op, value) = self.compound_int(*width, interval);
                Stmt::Compound(binding.variable, op, value)
            }
            (Type::Float, _) => {
                let ops =
                    [BinaryOp::Add, BinaryOp::Subtract, BinaryOp::Multiply, BinaryOp::Divide, BinaryOp::Remainder];
                let op = self.choice.pick(&ops);
                let value = self.float(&Type::Float, 2);
                Stmt::Compound(binding.variable, op, value)
            }
            (ty, domain) => {
                // Strings would grow: joined, and cut to their length.
                let ty = ty.clone();
                let added = self.string_within(10, 2);
                let text = Expr::binary(BinaryOp::Add, Type::Str, Expr::name(&binding.variable, &ty), added);
                let Domain::Length(length) = domain else { return };
                let end = Some(Expr::int(length as i128, crate::Width::Int));
                let cut = Expr::new(Type::Str, Kind::Slice(Box::new(text), Box::new([None, end, None])));
                Stmt::Assign(binding.variable, Computation::Expr(cut))
            }
        };
        block.push(statement);
    }

    /// An operator and its right side that keep a variable in its interval.
    fn compound_int(&mut self, width: crate::Width, interval: crate::Interval) -> (BinaryOp, Expr) {
        use crate::Interval;
        let full = interval == width.range();
        match self.choice.below(6) {
            0 if full => {
                let ops = [BinaryOp::BitXor, BinaryOp::BitOr, BinaryOp::BitAnd];
                (self.choice.pick(&ops), self.int(width, 2).0)
            }
            1 if full => {
                let ops = [BinaryOp::ShiftLeft, BinaryOp::ShiftRight];
                let count = Interval::new(0, i128::from(width.bits()) - 1);
                (self.choice.pick(&ops), self.int_within(width, count, 2))
            }
            2 => (BinaryOp::Remainder, self.int_within(width, Interval::new(1, width.range().high), 1)),
            3 if interval.has(0) && interval.has(interval.low / 2) => {
                let ops = [BinaryOp::Divide, BinaryOp::FloorDivide];
                (self.choice.pick(&ops), self.int_within(width, Interval::new(1, 9), 1))
            }
            4 if interval.low >= 0 => (BinaryOp::BitAnd, self.int(width, 2).0),
            5 if self.risks() => {
                let ops = [BinaryOp::Add, BinaryOp::Multiply, BinaryOp::Subtract, BinaryOp::Divide, BinaryOp::Power];
                (self.choice.pick(&ops), self.int(width, 2).0)
            }
            _ => (BinaryOp::Remainder, Expr::int(interval.high.clamp(1, width.range().high), width)),
        }
    }

    /// `a, b = b, a`
    fn several(&mut self, block: &mut Block) {
        let Some(first) = self.assignable(|_| true) else { return };
        let other = |binding: &Binding| {
            binding.variable != first.variable && binding.ty == first.ty && binding.domain == first.domain
        };
        let Some(second) = self.assignable(other) else { return };
        let ty = first.ty.clone();
        let right = if self.choice.chance(1, 2) {
            vec![Expr::name(&second.variable, &ty), Expr::name(&first.variable, &ty)]
        } else {
            vec![Expr::name(&second.variable, &ty), self.exact(&ty, first.domain, 2)]
        };
        block.push(Stmt::AssignSeveral(vec![first.variable, second.variable], right));
    }

    /// `let (a, (b, _)) = e`
    fn tuple_pattern(&mut self, block: &mut Block) {
        let elements: Vec<Type> = (0..2 + self.choice.below(2)).map(|_| self.element()).collect();
        let ty = Type::Tuple(elements.clone());
        let value = self.expr(&ty, 2);
        let form = self.choice.pick(&[Form::Let, Form::LetMut]);
        let mutability = if form == Form::Let { Mutability::Fixed } else { Mutability::Mutable };
        let mut bound = Vec::new();
        let pattern = self.binding_pattern(&ty, &mut bound);
        block.push(Stmt::LetPattern { pattern, form, value });
        for (variable, ty) in bound {
            // The literals of the value may still be open.
            self.declare(&variable, &ty, mutability, Self::widest(&ty), false);
        }
    }

    /// A pattern that fits every value of a type, and the names that it binds.
    pub(super) fn binding_pattern(&mut self, ty: &Type, bound: &mut Vec<(Variable, Type)>) -> Pattern {
        if let Type::Tuple(elements) = ty
            && self.choice.chance(4, 5)
        {
            return Pattern::Tuple(elements.iter().map(|element| self.binding_pattern(element, bound)).collect());
        }
        if self.choice.chance(1, 6) {
            return Pattern::Wildcard;
        }
        let variable = self.variable();
        bound.push((variable.clone(), ty.clone()));
        Pattern::Bind(variable)
    }

    fn if_statement(&mut self) -> Stmt {
        let mut arms = Vec::new();
        for _ in 0..1 + self.choice.below(2) {
            let condition = self.condition();
            let count = 1 + self.choice.below(3);
            arms.push((condition, self.block(count)));
        }
        let otherwise = self.choice.chance(1, 2).then(|| {
            let count = 1 + self.choice.below(3);
            self.block(count)
        });
        Stmt::If(arms, otherwise)
    }

    /// A call whose value is dropped.
    fn call_statement(&mut self, block: &mut Block) {
        let affordable: Vec<_> = self.signatures.iter().filter(|found| self.affords(found.cost + 1)).cloned().collect();
        if affordable.is_empty() {
            let shown = self.names_shown();
            block.push(Stmt::Print(vec![shown]));
            return;
        }
        let signature = self.choice.pick(&affordable);
        let call = self.call(&signature, 3);
        block.push(Stmt::Value(call));
    }

    /// `break`, `continue`, `return` behind a condition.
    fn leaving(&mut self, block: &mut Block) {
        let condition = self.condition();
        let statement = match self.choice.below(3) {
            0 if !self.loops.is_empty() => {
                let label = self.reachable_label();
                match self.loops.last() {
                    Some(around) if around.gives_value && label.is_none() => Stmt::Pass,
                    _ => Stmt::Break(label),
                }
            }
            1 if !self.loops.is_empty() => {
                let label = self.reachable_label();
                Stmt::Continue(label)
            }
            _ => match self.returns.clone() {
                Some((ty, domain)) => Stmt::Return(Some(Computation::Expr(self.exact(&ty, domain, 2)))),
                None => Stmt::Pass,
            },
        };
        block.push(Stmt::If(vec![(condition, vec![statement])], None));
    }

    /// The label of a loop around that a plain `break` may leave; none: the innermost.
    fn reachable_label(&mut self) -> Option<String> {
        let mut labels: Vec<Option<String>> = vec![None];
        // Leaving a loop that must give a value, by a label of a loop around it, is fine; leaving it itself is not.
        labels.extend(
            self.loops.iter().filter(|around| !around.gives_value && around.label.is_some()).map(|a| a.label.clone()),
        );
        self.choice.pick(&labels)
    }

    /// `if x != nil:` with blocks that use it
    fn narrowing_statement(&mut self, block: &mut Block) {
        let Some((condition, binding, inner)) = self.narrowing_condition() else {
            let statement = self.if_let();
            block.push(statement);
            return;
        };
        let yes = self.with_narrowed(&binding, &inner, |builder| {
            let shown = Stmt::Print(vec![Expr::name(&binding.variable, &inner)]);
            let mut yes = vec![shown];
            yes.extend(builder.block(2));
            yes
        });
        let no = self.block(1);
        block.push(Stmt::If(vec![(Condition::Expr(condition), yes)], Some(no)));
    }
}
