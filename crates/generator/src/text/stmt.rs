//! Statements as text.

use super::expr::expr;
use super::heading;
use crate::tree::{Arm, ArmStyle, Block, Computation, Condition, Form, Function, Iterated, Pattern, Stmt, Variable};
use crate::ty::Type;

/// Collects lines.
#[derive(Default)]
pub struct Writer {
    out: String,
    depth: usize,
}

impl Writer {
    pub fn finish(self) -> String {
        self.out
    }

    /// An empty line, but not at the start.
    pub fn blank(&mut self) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(&"    ".repeat(self.depth));
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn block(&mut self, block: &Block) {
        self.depth += 1;
        if block.is_empty() {
            self.line("pass");
        }
        for statement in block {
            self.statement(statement);
        }
        self.depth -= 1;
    }

    pub fn function(&mut self, function: &Function) {
        self.line(&format!("fn {}:", heading(function)));
        self.block(&function.body);
    }

    pub fn statement(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Let { variable, form, annotation, value } => {
                let head = format!("{}{}", form_text(*form), variable.name);
                self.computation(&format!("{head}{} = ", annotated(annotation)), value);
            }
            Stmt::Assign(variable, value) => self.computation(&format!("{} = ", variable.name), value),
            Stmt::Tail(value) => self.computation("", value),
            Stmt::Return(Some(value)) => self.computation("return ", value),
            Stmt::If(arms, otherwise) => {
                self.conditional("", arms);
                if let Some(otherwise) = otherwise {
                    self.line("else:");
                    self.block(otherwise);
                }
            }
            Stmt::Match(subject, arms) => {
                self.line(&format!("match {}:", expr(subject)));
                self.arms(arms);
            }
            Stmt::While { label, condition, body } => {
                self.line(&format!("{}while {}:", label_text(label), self::condition(condition)));
                self.block(body);
            }
            Stmt::Loop { label, body } => {
                self.line(&format!("{}loop:", label_text(label)));
                self.block(body);
            }
            Stmt::For { label, variable, over, body } => {
                let name = variable.as_ref().map_or("_", |variable| variable.name.as_str());
                self.line(&format!("{}for {name} in {}:", label_text(label), iterated(over)));
                self.block(body);
            }
            Stmt::LetPattern { .. }
            | Stmt::AssignSeveral(..)
            | Stmt::Compound(..)
            | Stmt::Print(_)
            | Stmt::Value(_)
            | Stmt::Break(_)
            | Stmt::BreakWith(_)
            | Stmt::Continue(_)
            | Stmt::Return(None)
            | Stmt::Assert(..)
            | Stmt::Pass => {
                if let Some(text) = simple(statement) {
                    self.line(&text);
                }
            }
        }
    }

    fn conditional(&mut self, head: &str, arms: &[(Condition, Block)]) {
        for (at, (asked, block)) in arms.iter().enumerate() {
            let word = if at == 0 { format!("{head}if") } else { "elif".to_owned() };
            self.line(&format!("{word} {}:", condition(asked)));
            self.block(block);
        }
    }

    fn computation(&mut self, head: &str, value: &Computation) {
        match value {
            Computation::Expr(value) => self.line(&format!("{head}{}", expr(value))),
            Computation::If(arms, otherwise) => {
                self.conditional(head, arms);
                self.line("else:");
                self.block(otherwise);
            }
            Computation::Match(subject, arms) => {
                self.line(&format!("{head}match {}:", expr(subject)));
                self.arms(arms);
            }
            Computation::Loop(body) => {
                self.line(&format!("{head}loop:"));
                self.block(body);
            }
        }
    }

    fn arms(&mut self, arms: &[Arm]) {
        self.depth += 1;
        for arm in arms {
            let guard = arm.guard.as_ref().map_or(String::new(), |guard| format!(" if {}", super::expr::guard(guard)));
            let head = match arm.style {
                ArmStyle::Case => format!("case {}{guard}:", pattern(&arm.pattern)),
                ArmStyle::Arrow => format!("{}{guard} =>", pattern(&arm.pattern)),
            };
            match arm.body.as_slice() {
                [only] if arm.style == ArmStyle::Arrow => match simple(only) {
                    Some(text) => self.line(&format!("{head} {text}")),
                    None => {
                        self.line(&head);
                        self.block(&arm.body);
                    }
                },
                _ => {
                    self.line(&head);
                    self.block(&arm.body);
                }
            }
        }
        self.depth -= 1;
    }
}

/// A statement that fits a line, if it is one.
fn simple(statement: &Stmt) -> Option<String> {
    Some(match statement {
        Stmt::LetPattern { pattern, form, value } => {
            format!("{}{} = {}", form_text(*form), self::pattern(pattern), expr(value))
        }
        Stmt::AssignSeveral(names, values) => {
            let names: Vec<&str> = names.iter().map(|variable| variable.name.as_str()).collect();
            let values: Vec<String> = values.iter().map(expr).collect();
            format!("{} = {}", names.join(", "), values.join(", "))
        }
        Stmt::Compound(variable, op, value) => format!("{} {}= {}", variable.name, op.text(), expr(value)),
        Stmt::Print(values) => {
            let values: Vec<String> = values.iter().map(expr).collect();
            format!("print({})", values.join(", "))
        }
        Stmt::Value(value) => expr(value),
        Stmt::Break(label) => format!("break{}", label.as_ref().map_or(String::new(), |label| format!(" {label}"))),
        Stmt::BreakWith(value) => {
            // A bare name might be a label.
            format!("break ({})", expr(value))
        }
        Stmt::Continue(label) => {
            format!("continue{}", label.as_ref().map_or(String::new(), |label| format!(" {label}")))
        }
        Stmt::Return(None) => "return".to_owned(),
        Stmt::Return(Some(Computation::Expr(value))) => format!("return {}", expr(value)),
        Stmt::Assert(condition, message) => {
            let message = message.as_ref().map_or(String::new(), |message| format!(", {}", expr(message)));
            format!("assert {}{message}", expr(condition))
        }
        Stmt::Pass => "pass".to_owned(),
        Stmt::Let { .. }
        | Stmt::Assign(..)
        | Stmt::Tail(_)
        | Stmt::Return(Some(_))
        | Stmt::If(..)
        | Stmt::Match(..)
        | Stmt::While { .. }
        | Stmt::Loop { .. }
        | Stmt::For { .. } => return None,
    })
}

fn form_text(form: Form) -> &'static str {
    match form {
        Form::Let => "let ",
        Form::LetMut => "let mut ",
        Form::MutLet => "mut let ",
        Form::Implicit => "",
    }
}

fn annotated(annotation: &Option<Type>) -> String {
    annotation.as_ref().map_or(String::new(), |ty| format!(": {ty}"))
}

fn label_text(label: &Option<String>) -> String {
    label.as_ref().map_or(String::new(), |label| format!("{label}: "))
}

fn condition(condition: &Condition) -> String {
    match condition {
        Condition::Expr(value) => expr(value),
        Condition::Let(bound, value) => format!("let {} = {}", pattern(bound), expr(value)),
    }
}

fn iterated(over: &Iterated) -> String {
    match over {
        Iterated::Range(low, bound, high) => {
            let end = |end: &crate::tree::Expr| {
                if end.is_literal() || matches!(end.kind, crate::tree::Kind::Name(_)) {
                    expr(end)
                } else {
                    format!("({})", expr(end))
                }
            };
            format!("{}{}{}", end(low), bound.text(), end(high))
        }
        Iterated::RangeCall(ends) => {
            let ends: Vec<String> = ends.iter().map(expr).collect();
            format!("range({})", ends.join(", "))
        }
        Iterated::Str(text) => format!("({})", expr(text)),
        Iterated::Rest(Variable { name, .. }) => name.clone(),
    }
}

fn pattern(of: &Pattern) -> String {
    match of {
        Pattern::Wildcard => "_".to_owned(),
        Pattern::Bind(variable) => variable.name.clone(),
        Pattern::Value(value) => expr(value),
        Pattern::Range(low, bound, high) => format!("{}{}{}", expr(low), bound.text(), expr(high)),
        Pattern::Or(alternatives) => alternatives.iter().map(pattern).collect::<Vec<_>>().join(" | "),
        Pattern::As(inner, variable) => format!("{} as {}", pattern(inner), variable.name),
        Pattern::Tuple(elements) if elements.len() == 1 => format!("({},)", pattern(&elements[0])),
        Pattern::Tuple(elements) => format!("({})", elements.iter().map(pattern).collect::<Vec<_>>().join(", ")),
        Pattern::Some(inner) => format!("Some({})", pattern(inner)),
        Pattern::Nil => "nil".to_owned(),
        Pattern::None => "None".to_owned(),
    }
}
