//! Prints a program as Tandem.

mod expr;
mod stmt;

pub(crate) use expr::expr;

use crate::tree::{Function, Program};
use stmt::Writer;

/// The whole program.
pub fn program(program: &Program) -> String {
    let mut writer = Writer::default();
    for statement in &program.module {
        writer.statement(statement);
    }
    for function in &program.functions {
        writer.blank();
        writer.function(function);
    }
    writer.blank();
    for statement in &program.script {
        writer.statement(statement);
    }
    writer.finish()
}

/// `name(a: int, b = 3, *rest) -> str`
fn heading(function: &Function) -> String {
    let mut parameters: Vec<String> = Vec::new();
    for parameter in &function.parameters {
        let mut text = parameter.variable.name.clone();
        if parameter.written {
            text += &format!(": {}", parameter.ty);
        }
        if let Some(default) = &parameter.default {
            text += &format!(" = {}", expr(default));
        }
        parameters.push(text);
    }
    if let Some(rest) = &function.rest {
        parameters.push(format!("*{}", rest.name));
    }
    let result = match &function.result {
        Some(ty) if function.result_written => format!(" -> {ty}"),
        Some(_) | None => String::new(),
    };
    format!("{}({}){result}", function.name, parameters.join(", "))
}
