//! Statements and blocks.

use super::{Position, Printer};
use crate::ast::{
    ArmStyle, Block, Contract, ContractKind, Expr, Ident, MatchArm, Mutability, Pattern, Stmt, StmtKind, Type,
};

impl Printer {
    /// A statement on lines of its own.
    pub(super) fn stmt(&mut self, stmt: &Stmt) {
        if let StmtKind::Item(item) = &stmt.kind {
            return self.item(item);
        }
        self.line();
        self.stmt_kind(stmt, Position::Last);
        self.end();
    }

    fn stmt_kind(&mut self, stmt: &Stmt, position: Position) {
        match &stmt.kind {
            StmtKind::Item(item) => self.item(item),
            StmtKind::Expr(expr) => self.expr(expr, position),
            StmtKind::Let { mutability, pattern, ty, value } => {
                self.let_(*mutability, pattern, ty.as_ref(), value.as_ref(), position);
            }
            StmtKind::Assign { target, value } => {
                self.expr(target, Position::Inner);
                self.push(" = ");
                self.expr(value, position);
            }
            StmtKind::CompoundAssign { target, op, value, .. } => {
                self.expr(target, Position::Inner);
                self.push(&format!(" {}= ", op.text()));
                self.expr(value, position);
            }
            StmtKind::While { label, condition, body } => {
                self.label(label.as_ref());
                self.push("while ");
                self.condition(condition);
                self.push(":");
                self.block(body, Position::Last);
            }
            StmtKind::For { label, pattern, iterable, body } => {
                self.label(label.as_ref());
                self.push("for ");
                self.pattern(pattern);
                self.push(" in ");
                self.expr(iterable, Position::Inner);
                self.push(":");
                self.block(body, Position::Last);
            }
            StmtKind::Return(value) => self.word_and_value("return", value.as_ref(), position),
            StmtKind::Break { label, value } => {
                self.word_and_value("break", value.as_ref(), position);
                self.label_behind(label.as_ref());
            }
            StmtKind::Continue { label } => {
                self.push("continue");
                self.label_behind(label.as_ref());
            }
            StmtKind::Pass => self.push("pass"),
            StmtKind::Assert { condition, message } => {
                self.push("assert ");
                self.expr(condition, Position::Inner);
                self.message(message.as_ref());
            }
            StmtKind::Defer(body) => match (position, body.stmts.as_slice()) {
                (Position::Inner, [only]) => {
                    self.push("defer ");
                    self.stmt_kind(only, position);
                }
                (Position::Inner | Position::Last, _) => {
                    self.push("defer:");
                    self.block(body, Position::Last);
                }
            },
            StmtKind::Send { actor, message } => {
                self.expr(actor, Position::Inner);
                self.push(" ! ");
                self.expr(message, position);
            }
            StmtKind::Contract(contract) => self.contract(contract),
            StmtKind::Error => self.push("<error>"),
        }
    }

    fn word_and_value(&mut self, word: &str, value: Option<&Expr>, position: Position) {
        self.push(word);
        if let Some(value) = value {
            self.push(" ");
            self.expr(value, position);
        }
    }

    pub(super) fn let_(
        &mut self,
        mutability: Mutability,
        pattern: &Pattern,
        ty: Option<&Type>,
        value: Option<&Expr>,
        position: Position,
    ) {
        match mutability {
            Mutability::Immutable => self.push("let "),
            Mutability::Mutable => self.push("let mut "),
        }
        self.pattern(pattern);
        self.annotation(ty);
        if let Some(value) = value {
            self.push(" = ");
            self.expr(value, position);
        }
    }

    pub(super) fn annotation(&mut self, ty: Option<&Type>) {
        if let Some(ty) = ty {
            self.push(": ");
            self.ty(ty);
        }
    }

    pub(super) fn label(&mut self, label: Option<&Ident>) {
        if let Some(label) = label {
            self.push(&label.name);
            self.push(": ");
        }
    }

    fn label_behind(&mut self, label: Option<&Ident>) {
        if let Some(label) = label {
            self.push(" ");
            self.push(&label.name);
        }
    }

    fn message(&mut self, message: Option<&Expr>) {
        if let Some(message) = message {
            self.push(", ");
            self.expr(message, Position::Inner);
        }
    }

    /// What stands behind a `:`: indented lines, or statements on the line where no block can be.
    pub(super) fn block(&mut self, block: &Block, position: Position) {
        match position {
            Position::Last => self.indented(|printer| {
                block.stmts.iter().for_each(|stmt| printer.stmt(stmt));
                if block.stmts.is_empty() {
                    printer.line();
                    printer.push("pass");
                    printer.end();
                }
            }),
            Position::Inner => {
                self.push(" ");
                self.separated("; ", &block.stmts, |printer, stmt| printer.stmt_kind(stmt, position));
            }
        }
    }

    pub(super) fn match_arm(&mut self, arm: &MatchArm) {
        self.line();
        self.push(match arm.style {
            ArmStyle::Case => "case ",
            ArmStyle::Arrow => "",
        });
        self.pattern(&arm.pattern);
        if let Some(guard) = &arm.guard {
            self.push(" if ");
            self.expr(guard, Position::Inner);
        }
        self.push(match arm.style {
            ArmStyle::Case => ":",
            ArmStyle::Arrow => " =>",
        });
        self.block(&arm.body, Position::Last);
        self.end();
    }

    pub(super) fn contract(&mut self, contract: &Contract) {
        let (word, name) = match &contract.kind {
            ContractKind::In => ("in", None),
            ContractKind::Out(name) => ("out", name.as_ref()),
            ContractKind::OutErr(name) => ("out_err", name.as_ref()),
            ContractKind::Invariant => ("invariant", None),
        };
        self.push(word);
        if let Some(name) = name {
            self.push(&format!("({})", name.name));
        }
        self.push(":");
        self.indented(|printer| {
            for clause in &contract.clauses {
                printer.line();
                printer.expr(&clause.condition, Position::Inner);
                printer.message(clause.message.as_ref());
                printer.end();
            }
        });
    }
}
