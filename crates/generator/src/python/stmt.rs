//! Statements in Python.

use super::expr::{Python, operation};
use super::{Parameters, name};
use crate::tree::{Arm, Block, Bound, Computation, Condition, Function, Iterated, Pattern, Stmt};
use crate::ty::Type;

/// Where the value of a block goes.
#[derive(Clone, Debug)]
pub enum Sink {
    Drop,
    Variable(String),
    Return,
}

/// Collects lines.
pub struct Writer<'p> {
    out: String,
    depth: usize,
    python: Python<'p>,
    /// Where `break value` of the loops around puts it, innermost last.
    breaks: Vec<Sink>,
    serial: usize,
}

impl<'p> Writer<'p> {
    pub fn new(parameters: &'p Parameters) -> Self {
        Writer { out: String::new(), depth: 0, python: Python { parameters }, breaks: Vec::new(), serial: 0 }
    }

    pub fn finish(self) -> String {
        self.out
    }

    pub fn line(&mut self, text: &str) {
        self.out.push_str(&"    ".repeat(self.depth));
        self.out.push_str(text);
        self.out.push('\n');
    }

    pub fn deeper(&mut self, inside: impl FnOnce(&mut Self)) {
        self.depth += 1;
        inside(self);
        self.depth -= 1;
    }

    fn fresh(&mut self) -> String {
        self.serial += 1;
        format!("t{}", self.serial)
    }

    pub fn function(&mut self, function: &Function) {
        let mut parameters: Vec<String> = Vec::new();
        for parameter in &function.parameters {
            let default = if parameter.default.is_some() { "=UNSET" } else { "" };
            parameters.push(format!("{}{default}", name(&parameter.variable)));
        }
        if let Some(rest) = &function.rest {
            parameters.push(format!("*{}", name(rest)));
        }
        self.line(&format!("def f_{}({}):", function.name, parameters.join(", ")));
        self.deeper(|writer| {
            for variable in &function.assigns {
                writer.line(&format!("global {}", name(variable)));
            }
            for parameter in &function.parameters {
                if let Some(default) = &parameter.default {
                    let variable = name(&parameter.variable);
                    let value = writer.python.expr(default);
                    writer.line(&format!("if {variable} is UNSET: {variable} = {value}"));
                }
            }
            writer.block_lines(&function.body, &Sink::Return);
        });
    }

    fn block(&mut self, block: &Block, sink: &Sink) {
        self.deeper(|writer| writer.block_lines(block, sink));
    }

    fn block_lines(&mut self, block: &Block, sink: &Sink) {
        self.line("pass");
        let last = block.len().saturating_sub(1);
        for (at, statement) in block.iter().enumerate() {
            let sink = if at == last { sink } else { &Sink::Drop };
            self.statement(statement, sink);
        }
    }

    fn put(&mut self, sink: &Sink, value: &str) {
        match sink {
            Sink::Drop => self.line(value),
            Sink::Variable(variable) => self.line(&format!("{variable} = {value}")),
            Sink::Return => self.line(&format!("return {value}")),
        }
    }

    /// A statement; the value of the last one of a block goes to `sink`.
    pub fn statement(&mut self, statement: &Stmt, sink: &Sink) {
        let python = self.python;
        match statement {
            // An option where its value is wanted.
            Stmt::Let { variable, annotation: Some(ty), value: Computation::Expr(value), .. }
                if matches!(value.ty, Type::Option(_)) && !matches!(ty, Type::Option(_)) =>
            {
                self.line(&format!("{} = unwrap({})", name(variable), python.expr(value)));
            }
            Stmt::Let { variable, value, .. } | Stmt::Assign(variable, value) => {
                self.computation(value, &Sink::Variable(name(variable)));
            }
            Stmt::LetPattern { pattern, value, .. } => {
                let held = self.fresh();
                self.line(&format!("{held} = {}", python.expr(value)));
                let test = self.test(pattern, &held);
                self.line(&format!("if not {test}: fail(\"R0010\")"));
            }
            Stmt::AssignSeveral(variables, values) => {
                let variables: Vec<String> = variables.iter().map(name).collect();
                self.line(&format!("{} = {}", variables.join(", "), python.list(values)));
            }
            Stmt::Compound(variable, op, value) => {
                let variable = name(variable);
                let result = operation(*op, &value.ty, &variable, &python.expr(value));
                self.line(&format!("{variable} = {result}"));
            }
            Stmt::Print(values) => self.line(&format!("out({})", python.list(values))),
            Stmt::Value(value) => self.put(sink, &python.expr(value)),
            Stmt::Tail(value) => self.computation(value, sink),
            Stmt::If(arms, otherwise) => {
                self.conditional(arms, sink);
                if let Some(otherwise) = otherwise {
                    self.line("else:");
                    self.block(otherwise, sink);
                }
            }
            Stmt::Match(subject, arms) => {
                let held = self.fresh();
                self.line(&format!("{held} = {}", python.expr(subject)));
                self.arms(&held, arms, sink);
            }
            Stmt::While { label, condition, body } => {
                let condition = self.condition(condition);
                self.labelled(label, &format!("while {condition}:"), body);
            }
            Stmt::Loop { label, body } => self.labelled(label, "while True:", body),
            Stmt::For { label, variable, over, body } => {
                let variable = variable.as_ref().map_or("_".to_owned(), name);
                let over = match over {
                    Iterated::Range(low, Bound::HalfOpen, high) => {
                        format!("range({}, {})", python.expr(low), python.expr(high))
                    }
                    Iterated::Range(low, Bound::Closed, high) => {
                        format!("range({}, {} + 1)", python.expr(low), python.expr(high))
                    }
                    Iterated::RangeCall(ends) => format!("range({})", python.list(ends)),
                    Iterated::Str(text) => python.expr(text),
                    Iterated::Rest(rest) => name(rest),
                };
                self.labelled(label, &format!("for {variable} in {over}:"), body);
            }
            Stmt::Break(None) => self.line("break"),
            Stmt::Break(Some(label)) => self.line(&format!("raise Break_{label}()")),
            Stmt::BreakWith(value) => {
                let sink = self.breaks.last().cloned().unwrap_or(Sink::Drop);
                self.put(&sink, &python.expr(value));
                self.line("break");
            }
            Stmt::Continue(None) => self.line("continue"),
            Stmt::Continue(Some(label)) => self.line(&format!("raise Continue_{label}()")),
            Stmt::Return(None) => self.line("return"),
            Stmt::Return(Some(value)) => self.computation(value, &Sink::Return),
            Stmt::Assert(condition, message) => {
                let message = message.as_ref().map_or(String::new(), |message| format!("{}; ", python.expr(message)));
                let held = self.fresh();
                self.line(&format!("{held} = {}", python.expr(condition)));
                self.line(&format!("if not {held}: {message}fail(\"R0008\")"));
            }
            Stmt::Pass => self.line("pass"),
        }
    }

    /// A loop; `break` and `continue` with its label are exceptions.
    fn labelled(&mut self, label: &Option<String>, head: &str, body: &Block) {
        let Some(label) = label else {
            self.line(head);
            return self.block(body, &Sink::Drop);
        };
        self.line(&format!("class Break_{label}(Exception): pass"));
        self.line(&format!("class Continue_{label}(Exception): pass"));
        self.line("try:");
        self.deeper(|writer| {
            writer.line(head);
            writer.deeper(|writer| {
                writer.line("try:");
                writer.block(body, &Sink::Drop);
                writer.line(&format!("except Continue_{label}: continue"));
            });
        });
        self.line(&format!("except Break_{label}: pass"));
    }

    fn conditional(&mut self, arms: &[(Condition, Block)], sink: &Sink) {
        for (at, (asked, block)) in arms.iter().enumerate() {
            let condition = self.condition(asked);
            self.line(&format!("{} {condition}:", if at == 0 { "if" } else { "elif" }));
            self.block(block, sink);
        }
    }

    fn computation(&mut self, value: &Computation, sink: &Sink) {
        let python = self.python;
        match value {
            Computation::Expr(value) => self.put(sink, &python.expr(value)),
            Computation::If(arms, otherwise) => {
                self.conditional(arms, sink);
                self.line("else:");
                self.block(otherwise, sink);
            }
            Computation::Match(subject, arms) => {
                let held = self.fresh();
                self.line(&format!("{held} = {}", python.expr(subject)));
                self.arms(&held, arms, sink);
            }
            Computation::Loop(body) => {
                self.breaks.push(sink.clone());
                self.line("while True:");
                self.block(body, &Sink::Drop);
                self.breaks.pop();
            }
        }
    }

    fn arms(&mut self, held: &str, arms: &[Arm], sink: &Sink) {
        for (at, arm) in arms.iter().enumerate() {
            let test = self.test(&arm.pattern, held);
            let guard = arm.guard.as_ref().map_or(String::new(), |guard| format!(" and {}", self.python.expr(guard)));
            self.line(&format!("{} {test}{guard}:", if at == 0 { "if" } else { "elif" }));
            self.block(&arm.body, sink);
        }
    }

    fn condition(&mut self, condition: &Condition) -> String {
        match condition {
            Condition::Expr(value) => self.python.expr(value),
            Condition::Let(pattern, value) => {
                let held = self.fresh();
                let test = self.test(pattern, &format!("{held}[0]"));
                format!("(({held} := [{}]) and {test})", self.python.expr(value))
            }
        }
    }

    /// Whether a pattern fits, as an expression that binds its names.
    fn test(&self, pattern: &Pattern, value: &str) -> String {
        match pattern {
            Pattern::Wildcard => "True".to_owned(),
            Pattern::Bind(variable) => format!("[{} := {value}]", name(variable)),
            Pattern::Value(literal) => format!("equal({value}, {})", self.python.expr(literal)),
            Pattern::Range(low, bound, high) => {
                let below = if *bound == Bound::Closed { "<=" } else { "<" };
                format!("({} <= {value} {below} {})", self.python.expr(low), self.python.expr(high))
            }
            Pattern::Or(alternatives) => {
                let tests: Vec<String> = alternatives.iter().map(|inner| self.test(inner, value)).collect();
                format!("({})", tests.join(" or "))
            }
            Pattern::As(inner, variable) => {
                format!("({} and [{} := {value}])", self.test(inner, value), name(variable))
            }
            Pattern::Tuple(elements) => {
                let tests = elements.iter().enumerate().map(|(at, inner)| self.test(inner, &format!("{value}[{at}]")));
                format!("({})", tests.collect::<Vec<_>>().join(" and "))
            }
            Pattern::Some(inner) => format!("({value} is not None and {})", self.test(inner, value)),
            Pattern::Nil | Pattern::None => format!("({value} is None)"),
        }
    }
}
