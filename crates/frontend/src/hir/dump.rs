//! The HIR as text, for `tandem dump --stage=hir`.

use std::fmt::Write;

use super::*;
use crate::ty::TyName;

/// The text of a program.
pub fn dump(program: &Program) -> String {
    let names = TyName { types: &program.types, declarations: &program.declarations };
    let mut out = String::new();
    for (id, global) in &program.globals {
        let checked = match global.initialisation {
            Initialisation::SetBeforeUse => "",
            Initialisation::CheckedAtUse => " (checked)",
        };
        line(&mut out, 0, &format!("{id} {}: {}{checked}", global.name, names.of(global.ty)));
    }
    for (id, function) in &program.functions {
        let mut printer = Printer { names, function, out: &mut out };
        printer.function(id);
    }
    line(&mut out, 0, &format!("entry {}", program.entry));
    out
}

fn line(out: &mut String, depth: usize, text: &str) {
    let _ = writeln!(out, "{}{text}", "  ".repeat(depth));
}

struct Printer<'p, 'o> {
    names: TyName<'p>,
    function: &'p Function,
    out: &'o mut String,
}

impl Printer<'_, '_> {
    fn function(&mut self, id: FnId) {
        let function = self.function;
        let params: Vec<String> = function.params.iter().map(|param| self.local(*param)).collect();
        let hidden = match function.visibility {
            FrameVisibility::Shown => "",
            FrameVisibility::Hidden => " hidden",
        };
        let result = self.names.of(function.result);
        self.line(0, &format!("{id}{hidden} {}({}) -> {result}", function.name, params.join(", ")));
        match &function.body {
            Body::Extern(function) => self.line(1, function.symbol),
            Body::Expr(body) => self.expr(1, "", body),
        }
    }

    fn line(&mut self, depth: usize, text: &str) {
        line(self.out, depth, text);
    }

    fn local(&self, id: LocalId) -> String {
        let local = &self.function.locals[id];
        format!("{id} {}: {}", local.name, self.names.of(local.ty))
    }

    fn many<'e>(&mut self, depth: usize, parts: impl IntoIterator<Item = &'e Expr>) {
        for part in parts {
            self.expr(depth, "", part);
        }
    }

    /// A node and its parts, one a line, parts indented.
    fn expr(&mut self, depth: usize, role: &str, expr: &Expr) {
        let ty = self.names.of(expr.ty);
        let inner = depth + 1;
        let head = |text: &str| format!("{role}{text} : {ty}");
        match &expr.kind {
            ExprKind::Int(value) => self.line(depth, &head(&value.to_string())),
            ExprKind::Float(value) => self.line(depth, &head(&format!("{value:?}"))),
            ExprKind::Bool(value) => self.line(depth, &head(&value.to_string())),
            ExprKind::Nil => self.line(depth, &head("nil")),
            ExprKind::Str(text) => self.line(depth, &head(&format!("{text:?}"))),
            ExprKind::Unit => self.line(depth, &head("unit")),
            ExprKind::Local(local) => self.line(depth, &head(&local.to_string())),
            ExprKind::Global(global) => self.line(depth, &head(&global.to_string())),
            ExprKind::Tuple(parts) => {
                self.line(depth, &head("tuple"));
                self.many(inner, parts);
            }
            ExprKind::Array(parts) => {
                self.line(depth, &head("array"));
                self.many(inner, parts);
            }
            ExprKind::TupleGet { tuple, index } => {
                self.line(depth, &head(&format!("get {index}")));
                self.expr(inner, "", tuple);
            }
            ExprKind::Range { start, end, step, closed } => {
                self.line(depth, &head(if *closed { "range closed" } else { "range" }));
                self.many(inner, [&**start, &**end]);
                self.many(inner, step.as_deref());
            }
            ExprKind::Unary { op, operand } => {
                self.line(depth, &head(&format!("{op:?}")));
                self.expr(inner, "", operand);
            }
            ExprKind::Binary { op, lhs, rhs } => {
                self.line(depth, &head(&format!("{op:?}")));
                self.many(inner, [&**lhs, &**rhs]);
            }
            ExprKind::Compare { op, lhs, rhs } => {
                self.line(depth, &head(&format!("{op:?}")));
                self.many(inner, [&**lhs, &**rhs]);
            }
            ExprKind::And(lhs, rhs) => {
                self.line(depth, &head("and"));
                self.many(inner, [&**lhs, &**rhs]);
            }
            ExprKind::Or(lhs, rhs) => {
                self.line(depth, &head("or"));
                self.many(inner, [&**lhs, &**rhs]);
            }
            ExprKind::Coalesce { option, otherwise } => {
                self.line(depth, &head("??"));
                self.many(inner, [&**option, &**otherwise]);
            }
            ExprKind::Convert { kind, operand } => {
                self.line(depth, &head(&format!("convert {kind:?}")));
                self.expr(inner, "", operand);
            }
            ExprKind::Some(value) => self.one(depth, &head("some"), value),
            ExprKind::IsSome(value) => self.one(depth, &head("is some"), value),
            ExprKind::Narrow(value) => self.one(depth, &head("narrow"), value),
            ExprKind::Unwrap { option, message } => self.one(depth, &head(&format!("unwrap {message:?}")), option),
            ExprKind::Exit(status) => self.one(depth, &head("exit"), status),
            ExprKind::Call { function, args } => {
                self.line(depth, &head(&format!("call {function}")));
                self.many(inner, args);
            }
            ExprKind::Format { parts, sink } => {
                self.line(depth, &head(&format!("format {sink:?}")));
                for part in parts {
                    match part {
                        FormatPart::Text(text) => self.line(inner, &format!("{text:?}")),
                        FormatPart::Value { value, form, spec } => {
                            self.expr(inner, &format!("{form:?} "), value);
                            self.many(inner + 1, spec.as_deref());
                        }
                    }
                }
            }
            ExprKind::Fail { fault, message } => {
                self.line(depth, &head(&format!("fail {fault:?}")));
                self.many(inner, message.as_deref());
            }
            ExprKind::Block(block) => {
                self.line(depth, &head("block"));
                self.block(inner, block);
            }
            ExprKind::If { condition, then, otherwise } => {
                self.line(depth, &head("if"));
                self.expr(inner, "", condition);
                self.expr(inner, "then ", then);
                if let Some(otherwise) = otherwise {
                    self.expr(inner, "else ", otherwise);
                }
            }
            ExprKind::Match { scrutinee, arms, coverage } => {
                self.line(depth, &head(&format!("match {coverage:?}")));
                self.expr(inner, "", scrutinee);
                for arm in arms {
                    let pattern = self.pattern(&arm.pattern);
                    self.line(inner, &format!("arm {pattern}"));
                    if let Some(guard) = &arm.guard {
                        self.expr(inner + 1, "if ", guard);
                    }
                    self.expr(inner + 1, "", &arm.body);
                }
            }
            ExprKind::Loop { id, body } => self.one(depth, &head(&format!("loop {id}")), body),
            ExprKind::For { id, binding, iterable, body } => {
                let binding = self.local(*binding);
                self.line(depth, &head(&format!("for {id} {binding}")));
                match iterable {
                    Iterable::Range(source) => self.expr(inner, "in range ", source),
                    Iterable::Str(source) => self.expr(inner, "in str ", source),
                    Iterable::Array(source) => self.expr(inner, "in array ", source),
                }
                self.expr(inner, "", body);
            }
            ExprKind::Break { id, value } => {
                self.line(depth, &head(&format!("break {id}")));
                self.many(inner, value.as_deref());
            }
            ExprKind::Continue { id } => self.line(depth, &head(&format!("continue {id}"))),
            ExprKind::Return(value) => {
                self.line(depth, &head("return"));
                self.many(inner, value.as_deref());
            }
            ExprKind::SetLocal { local, value } => self.one(depth, &head(&format!("set {local}")), value),
            ExprKind::SetGlobal { global, value } => self.one(depth, &head(&format!("set {global}")), value),
        }
    }

    fn one(&mut self, depth: usize, head: &str, part: &Expr) {
        self.line(depth, head);
        self.expr(depth + 1, "", part);
    }

    fn block(&mut self, depth: usize, block: &Block) {
        for stmt in &block.stmts {
            match stmt {
                Stmt::Expr(value) => self.expr(depth, "", value),
                Stmt::Let { local, value } => {
                    let local = self.local(*local);
                    self.expr(depth, &format!("let {local} = "), value);
                }
                Stmt::LetPattern { pattern, value, message } => {
                    let pattern = self.pattern(pattern);
                    let message = message.as_ref().map_or(String::new(), |message| format!(" else {message:?}"));
                    self.expr(depth, &format!("let {pattern}{message} = "), value);
                }
            }
        }
        if let Some(value) = &block.value {
            self.expr(depth, "value ", value);
        }
    }

    fn pattern(&self, pattern: &Pattern) -> String {
        let list = |parts: &[Pattern], between: &str| {
            let parts: Vec<String> = parts.iter().map(|part| self.pattern(part)).collect();
            parts.join(between)
        };
        match &pattern.kind {
            PatternKind::Wildcard => "_".to_owned(),
            PatternKind::Bind { local, inner: None } => local.to_string(),
            PatternKind::Bind { local, inner: Some(inner) } => format!("{local} @ {}", self.pattern(inner)),
            PatternKind::Equal(value) => format!("{:?}", value.kind),
            PatternKind::Range { start, end, closed } => {
                let limit =
                    |value: &Option<Box<Expr>>| value.as_ref().map_or(String::new(), |v| format!("{:?}", v.kind));
                format!("{}..{}{}", limit(start), if *closed { "=" } else { "" }, limit(end))
            }
            PatternKind::Tuple(parts) => format!("({})", list(parts, ", ")),
            PatternKind::Some(inner) => format!("Some({})", self.pattern(inner)),
            PatternKind::Nil => "nil".to_owned(),
            PatternKind::Or(parts) => format!("({})", list(parts, " | ")),
        }
    }
}
