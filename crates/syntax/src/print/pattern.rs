//! Patterns.

use super::{Position, Printer};
use crate::ast::{Ident, Pattern, PatternArg, PatternField, PatternKind};

impl Printer {
    pub(super) fn pattern(&mut self, pattern: &Pattern) {
        match &pattern.kind {
            PatternKind::Wildcard => self.push("_"),
            PatternKind::Name(name) => self.push(&name.name),
            PatternKind::Literal(literal) => self.expr(literal, Position::Inner),
            PatternKind::Range { start, end, limits } => {
                start.iter().for_each(|start| self.expr(start, Position::Inner));
                self.push(limits.text());
                end.iter().for_each(|end| self.expr(end, Position::Inner));
            }
            PatternKind::Tuple(patterns) => {
                self.push("(");
                self.separated(", ", patterns, Self::pattern);
                self.push(if patterns.len() == 1 { ",)" } else { ")" });
            }
            PatternKind::Array(patterns) => {
                self.push("[");
                self.separated(", ", patterns, Self::pattern);
                self.push("]");
            }
            PatternKind::Rest(inner) => {
                self.push("*");
                self.pattern(inner);
            }
            PatternKind::Path(path) => self.path(path),
            PatternKind::DotVariant { name, args } => {
                self.push(".");
                self.push(&name.name);
                args.iter().for_each(|args| self.pattern_args(args));
            }
            PatternKind::Variant { path, args } => {
                self.path(path);
                self.pattern_args(args);
            }
            PatternKind::Struct { path, fields, rest } => {
                self.path(path);
                self.push(" { ");
                self.separated(", ", fields, Self::pattern_field);
                if rest.is_some() {
                    self.push(if fields.is_empty() { ".." } else { ", .." });
                }
                self.push(" }");
            }
            PatternKind::Typed { pattern, ty } => {
                self.push("(");
                self.pattern(pattern);
                self.push(": ");
                self.single_ty(ty);
                self.push(")");
            }
            PatternKind::As { pattern, name } => {
                self.pattern(pattern);
                self.push(" as ");
                self.push(&name.name);
            }
            PatternKind::Or(patterns) => self.separated(" | ", patterns, Self::alternative),
            PatternKind::Error => self.push("<error>"),
        }
    }

    fn alternative(&mut self, pattern: &Pattern) {
        match pattern.kind {
            PatternKind::Or(_) | PatternKind::As { .. } => {
                self.push("(");
                self.pattern(pattern);
                self.push(")");
            }
            _ => self.pattern(pattern),
        }
    }

    fn path(&mut self, path: &[Ident]) {
        self.separated("::", path, |printer, part| printer.push(&part.name));
    }

    fn pattern_args(&mut self, args: &[PatternArg]) {
        self.push("(");
        self.separated(", ", args, |printer, arg| {
            if let Some(name) = &arg.name {
                printer.push(&name.name);
                printer.push(": ");
            }
            printer.pattern(&arg.pattern);
        });
        self.push(")");
    }

    fn pattern_field(&mut self, field: &PatternField) {
        self.push(&field.name.name);
        if let Some(pattern) = &field.pattern {
            self.push(": ");
            self.pattern(pattern);
        }
    }
}
