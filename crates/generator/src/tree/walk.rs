//! Visits every block and every expression of a program, to change them.

use super::{Arm, Block, Computation, Condition, Expr, Iterated, Kind, Part, Pattern, Program, Stmt};

/// What is done at each place; the places inside come after it.
pub trait Visitor {
    /// At each block.
    fn block(&mut self, block: &mut Block) {
        let _ = block;
    }
    /// At each expression.
    fn expr(&mut self, expr: &mut Expr) {
        let _ = expr;
    }
}

/// Visits a program.
pub fn program(program: &mut Program, visitor: &mut dyn Visitor) {
    block(&mut program.module, visitor);
    for function in &mut program.functions {
        for default in function.parameters.iter_mut().filter_map(|parameter| parameter.default.as_mut()) {
            expr(default, visitor);
        }
        block(&mut function.body, visitor);
    }
    block(&mut program.script, visitor);
}

fn block(of: &mut Block, visitor: &mut dyn Visitor) {
    visitor.block(of);
    for statement in of {
        self::statement(statement, visitor);
    }
}

fn statement(of: &mut Stmt, visitor: &mut dyn Visitor) {
    match of {
        Stmt::Let { value, .. } | Stmt::Assign(_, value) | Stmt::Tail(value) | Stmt::Return(Some(value)) => {
            computation(value, visitor);
        }
        Stmt::LetPattern { value, .. } | Stmt::Compound(_, _, value) | Stmt::Value(value) | Stmt::BreakWith(value) => {
            expr(value, visitor);
        }
        Stmt::AssignSeveral(_, values) | Stmt::Print(values) => exprs(values, visitor),
        Stmt::If(arms, otherwise) => {
            conditional(arms, visitor);
            if let Some(otherwise) = otherwise {
                block(otherwise, visitor);
            }
        }
        Stmt::Match(subject, arms) => matching(subject, arms, visitor),
        Stmt::While { condition, body, .. } => {
            self::condition(condition, visitor);
            block(body, visitor);
        }
        Stmt::Loop { body, .. } => block(body, visitor),
        Stmt::For { over, body, .. } => {
            match over {
                Iterated::Range(low, _, high) => {
                    expr(low, visitor);
                    expr(high, visitor);
                }
                Iterated::RangeCall(ends) => exprs(ends, visitor),
                Iterated::Str(text) => expr(text, visitor),
                Iterated::Rest(_) => {}
            }
            block(body, visitor);
        }
        Stmt::Assert(condition, message) => {
            expr(condition, visitor);
            if let Some(message) = message {
                expr(message, visitor);
            }
        }
        Stmt::Break(_) | Stmt::Continue(_) | Stmt::Return(None) | Stmt::Pass => {}
    }
}

fn computation(of: &mut Computation, visitor: &mut dyn Visitor) {
    match of {
        Computation::Expr(value) => expr(value, visitor),
        Computation::If(arms, otherwise) => {
            conditional(arms, visitor);
            block(otherwise, visitor);
        }
        Computation::Match(subject, arms) => matching(subject, arms, visitor),
        Computation::Loop(body) => block(body, visitor),
    }
}

fn conditional(arms: &mut [(Condition, Block)], visitor: &mut dyn Visitor) {
    for (asked, then) in arms {
        condition(asked, visitor);
        block(then, visitor);
    }
}

fn condition(of: &mut Condition, visitor: &mut dyn Visitor) {
    match of {
        Condition::Expr(value) | Condition::Let(_, value) => expr(value, visitor),
    }
}

fn matching(subject: &mut Expr, arms: &mut [Arm], visitor: &mut dyn Visitor) {
    expr(subject, visitor);
    for arm in arms {
        if let Some(guard) = &mut arm.guard {
            expr(guard, visitor);
        }
        block(&mut arm.body, visitor);
    }
}

fn exprs(of: &mut [Expr], visitor: &mut dyn Visitor) {
    for each in of {
        expr(each, visitor);
    }
}

fn expr(of: &mut Expr, visitor: &mut dyn Visitor) {
    visitor.expr(of);
    for child in children(of) {
        expr(child, visitor);
    }
}

/// The expressions directly inside one.
pub fn children(of: &mut Expr) -> Vec<&mut Expr> {
    match &mut of.kind {
        Kind::Int(..)
        | Kind::Float(_)
        | Kind::Bool(_)
        | Kind::Str(_)
        | Kind::Nil
        | Kind::Name(_)
        | Kind::FunctionName(_) => vec![],
        Kind::Unary(_, operand) | Kind::TestNil(_, operand) | Kind::Field(operand, _) | Kind::Convert(operand) => {
            vec![operand]
        }
        Kind::Binary(_, left, right)
        | Kind::Contains(left, right)
        | Kind::Index(left, right)
        | Kind::Coalesce(left, right) => vec![left, right],
        Kind::If(yes, condition, no) => vec![yes, condition, no],
        Kind::InRange(value, _, low, high) => vec![value, low, high],
        Kind::Compare(operands, _) => operands.iter_mut().collect(),
        Kind::Call(_, arguments) => arguments.iter_mut().map(|argument| &mut argument.value).collect(),
        Kind::CallValue(_, arguments) | Kind::Builtin(_, arguments) | Kind::Tuple(arguments) => {
            arguments.iter_mut().collect()
        }
        Kind::Method(_, receiver, arguments) => {
            let mut all: Vec<&mut Expr> = vec![receiver];
            all.extend(arguments);
            all
        }
        Kind::Slice(value, parts) => {
            let mut all: Vec<&mut Expr> = vec![value];
            all.extend(parts.iter_mut().flatten());
            all
        }
        Kind::Interpolation(parts) => parts
            .iter_mut()
            .filter_map(|part| match part {
                Part::Value(value, _) => Some(value),
                Part::Text(_) => None,
            })
            .collect(),
    }
}

/// Whether a pattern binds nothing, so that its arm's body may stand alone.
pub fn binds_nothing(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Bind(_) | Pattern::As(..) => false,
        Pattern::Some(inner) => binds_nothing(inner),
        Pattern::Or(inner) | Pattern::Tuple(inner) => inner.iter().all(binds_nothing),
        Pattern::Wildcard | Pattern::Value(_) | Pattern::Range(..) | Pattern::Nil | Pattern::None => true,
    }
}
