//! Prints a program as Python: an oracle that shares nothing with the engines.
//!
//! Every operation that Python does otherwise is a call of `prelude.py` that knows the width of its operands. Blocks
//! that give values become assignments in their branches; names carry the number of their variable, since a Python
//! function has one scope only; labels become exceptions.
//!
//! Programs with `f32` cannot be printed so: [`crate::Options::untyped`] leaves them out.

mod expr;
mod stmt;

use std::collections::HashMap;

use crate::tree::{Form, Program, Stmt, Variable};
use stmt::{Sink, Writer};

/// The program as Python, complete with what it needs.
pub fn program(program: &Program) -> String {
    let parameters: Parameters = program
        .functions
        .iter()
        .flat_map(|function| {
            let of = function.name.clone();
            function
                .parameters
                .iter()
                .map(move |parameter| ((of.clone(), parameter.variable.name.clone()), parameter.variable.clone()))
        })
        .collect();
    let mut writer = Writer::new(&parameters);
    for line in include_str!("prelude.py").lines() {
        writer.line(line);
    }
    for function in &program.functions {
        writer.function(function);
    }
    writer.line("def script():");
    writer.deeper(|writer| {
        writer.line("pass");
        for statement in &program.module {
            if let Stmt::Let { variable, .. } = statement {
                writer.line(&format!("global {}", name(variable)));
            }
        }
        for statement in program.module.iter().chain(&program.script) {
            // Functions may read what the script sets too late.
            if let Stmt::Let { variable, form: Form::LetMut, .. } = statement
                && reads(program, variable)
            {
                writer.line(&format!("global {}", name(variable)));
            }
            writer.statement(statement, &Sink::Drop);
        }
    });
    writer.line("start(script)");
    writer.finish()
}

/// The variables of parameters, by function and name.
type Parameters = HashMap<(String, String), Variable>;

/// A variable's name in Python.
fn name(variable: &Variable) -> String {
    format!("{}_{}", variable.name, variable.id)
}

/// Whether the function `too_early` reads a variable of the script.
fn reads(program: &Program, variable: &Variable) -> bool {
    let read = Stmt::Value(crate::tree::Expr::name(variable, &crate::Type::INT));
    program.functions.iter().any(|function| function.name == "too_early" && function.body.contains(&read))
        && !program.module.iter().any(|statement| matches!(statement, Stmt::Let { variable: v, .. } if v == variable))
}
