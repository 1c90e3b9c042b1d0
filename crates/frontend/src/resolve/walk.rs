//! Walks trees for the questions that are about names only, with the scopes of the language.
#![allow(clippy::wildcard_enum_match_arm, reason = "questions about a few of many forms")]

use tandem_source::Span;
use tandem_syntax::ast::*;

/// What a walk meets.
pub(crate) trait Visitor {
    /// A block, arm or loop begins.
    fn enter_scope(&mut self);
    /// It ends.
    fn leave_scope(&mut self);
    /// A `let`, parameter, loop or pattern variable comes into scope.
    fn bind(&mut self, ident: &Ident);
    /// A name is read.
    fn read(&mut self, name: &str, span: Span);
    /// A name is assigned.
    fn assign(&mut self, name: &str, span: Span);
}

/// The names that a pattern binds.
pub(crate) fn pattern_names(pattern: &Pattern, each: &mut dyn FnMut(&Ident)) {
    match &pattern.kind {
        PatternKind::Name(ident) => each(ident),
        PatternKind::Tuple(parts) | PatternKind::Array(parts) => {
            parts.iter().for_each(|part| pattern_names(part, each));
        }
        PatternKind::Or(parts) => parts.iter().for_each(|part| pattern_names(part, each)),
        PatternKind::Rest(inner) | PatternKind::Typed { pattern: inner, .. } => pattern_names(inner, each),
        PatternKind::As { pattern, name } => {
            pattern_names(pattern, each);
            each(name);
        }
        PatternKind::DotVariant { args, .. } => {
            args.iter().flatten().for_each(|arg| pattern_names(&arg.pattern, each));
        }
        PatternKind::Variant { args, .. } => args.iter().for_each(|arg| pattern_names(&arg.pattern, each)),
        PatternKind::Struct { fields, .. } => {
            for field in fields {
                match &field.pattern {
                    Some(pattern) => pattern_names(pattern, each),
                    None => each(&field.name),
                }
            }
        }
        PatternKind::Wildcard
        | PatternKind::Literal(_)
        | PatternKind::Range { .. }
        | PatternKind::Path(_)
        | PatternKind::Error => {}
    }
}

fn bind_pattern(v: &mut impl Visitor, pattern: &Pattern) {
    pattern_names(pattern, &mut |ident| v.bind(ident));
}

/// A block, in a scope of its own.
pub(crate) fn block(v: &mut impl Visitor, block: &Block) {
    v.enter_scope();
    block.stmts.iter().for_each(|s| stmt(v, s));
    v.leave_scope();
}

/// A statement.
pub(crate) fn stmt(v: &mut impl Visitor, stmt: &Stmt) {
    match &stmt.kind {
        StmtKind::Expr(e) => expr(v, e),
        StmtKind::Let { pattern, value, .. } => {
            value.iter().for_each(|e| expr(v, e));
            bind_pattern(v, pattern);
        }
        StmtKind::Assign { target, value } => {
            expr(v, value);
            assign_target(v, target);
        }
        StmtKind::CompoundAssign { target, value, .. } => {
            expr(v, target);
            expr(v, value);
            assign_target(v, target);
        }
        StmtKind::While { condition: c, body, .. } => {
            v.enter_scope();
            condition(v, c);
            block(v, body);
            v.leave_scope();
        }
        StmtKind::For { pattern, iterable, body, .. } => {
            expr(v, iterable);
            v.enter_scope();
            bind_pattern(v, pattern);
            block(v, body);
            v.leave_scope();
        }
        StmtKind::Return(value) => value.iter().for_each(|e| expr(v, e)),
        StmtKind::Break { value, .. } => value.iter().for_each(|e| expr(v, e)),
        StmtKind::Assert { condition, message } => {
            expr(v, condition);
            message.iter().for_each(|e| expr(v, e));
        }
        StmtKind::Defer(body) => block(v, body),
        StmtKind::Send { actor, message } => {
            expr(v, actor);
            expr(v, message);
        }
        StmtKind::Contract(contract) => contract.clauses.iter().for_each(|clause| {
            expr(v, &clause.condition);
            clause.message.iter().for_each(|e| expr(v, e));
        }),
        StmtKind::Item(item) => nested_item(v, item),
        StmtKind::Continue { .. } | StmtKind::Pass | StmtKind::Error => {}
    }
}

fn nested_item(v: &mut impl Visitor, item: &Item) {
    match &item.kind {
        ItemKind::Fn(decl) => {
            v.bind(&decl.name);
            v.enter_scope();
            decl.params.iter().for_each(|param| v.bind(&param.name));
            decl.body.iter().for_each(|body| block(v, body));
            v.leave_scope();
        }
        ItemKind::Const { name, value, .. } => {
            expr(v, value);
            v.bind(name);
        }
        ItemKind::Let { pattern, value, .. } => {
            value.iter().for_each(|e| expr(v, e));
            bind_pattern(v, pattern);
        }
        ItemKind::Record(_)
        | ItemKind::Enum(_)
        | ItemKind::Trait(_)
        | ItemKind::Impl(_)
        | ItemKind::Actor(_)
        | ItemKind::Alias { .. }
        | ItemKind::Use(_) => {}
    }
}

fn assign_target(v: &mut impl Visitor, target: &Expr) {
    match &target.kind {
        ExprKind::Name(name) => v.assign(name, target.span),
        ExprKind::Tuple(parts) | ExprKind::Array(parts) => parts.iter().for_each(|part| assign_target(v, part)),
        ExprKind::Paren(inner) | ExprKind::Spread(inner) => assign_target(v, inner),
        _ => expr(v, target),
    }
}

fn condition(v: &mut impl Visitor, condition: &Condition) {
    match condition {
        Condition::Expr(e) => expr(v, e),
        Condition::Let { pattern, value } => {
            expr(v, value);
            bind_pattern(v, pattern);
        }
    }
}

fn arms(v: &mut impl Visitor, arms: &[MatchArm]) {
    for arm in arms {
        v.enter_scope();
        bind_pattern(v, &arm.pattern);
        arm.guard.iter().for_each(|e| expr(v, e));
        block(v, &arm.body);
        v.leave_scope();
    }
}

fn clauses(v: &mut impl Visitor, clauses: &[ComprehensionClause]) {
    for clause in clauses {
        match clause {
            ComprehensionClause::For { pattern, iterable } => {
                expr(v, iterable);
                bind_pattern(v, pattern);
            }
            ComprehensionClause::If(e) => expr(v, e),
        }
    }
}

/// An expression.
pub(crate) fn expr(v: &mut impl Visitor, e: &Expr) {
    match &e.kind {
        ExprKind::Name(name) => v.read(name, e.span),
        ExprKind::Interpolated(parts) => str_parts(v, parts),
        ExprKind::Paren(inner)
        | ExprKind::Spread(inner)
        | ExprKind::Try(inner)
        | ExprKind::YieldFrom(inner)
        | ExprKind::Unary { operand: inner, .. }
        | ExprKind::Member { object: inner, .. }
        | ExprKind::PathMember { object: inner, .. }
        | ExprKind::TupleIndex { object: inner, .. } => expr(v, inner),
        ExprKind::Is { operand, target, .. } => {
            expr(v, operand);
            target.iter().for_each(|e| expr(v, e));
        }
        ExprKind::Tuple(parts) | ExprKind::Array(parts) | ExprKind::Set(parts) => {
            parts.iter().for_each(|part| expr(v, part));
        }
        ExprKind::Dict(entries) => entries.iter().for_each(|entry| match entry {
            DictEntry::Pair(key, value) => {
                expr(v, key);
                expr(v, value);
            }
            DictEntry::Spread(e) => expr(v, e),
        }),
        ExprKind::Comprehension { element, clauses: parts, .. } => {
            v.enter_scope();
            clauses(v, parts);
            expr(v, element);
            v.leave_scope();
        }
        ExprKind::DictComprehension { key, value, clauses: parts } => {
            v.enter_scope();
            clauses(v, parts);
            expr(v, key);
            expr(v, value);
            v.leave_scope();
        }
        ExprKind::Binary { lhs, rhs, .. } => {
            expr(v, lhs);
            expr(v, rhs);
        }
        ExprKind::Compare { first, rest } => {
            expr(v, first);
            rest.iter().for_each(|(_, e)| expr(v, e));
        }
        ExprKind::Range { start, end, .. } => start.iter().chain(end).for_each(|e| expr(v, e)),
        ExprKind::Conditional { condition, then, otherwise } => {
            expr(v, condition);
            expr(v, then);
            expr(v, otherwise);
        }
        ExprKind::If(parts) => {
            for (c, body) in &parts.branches {
                v.enter_scope();
                condition(v, c);
                block(v, body);
                v.leave_scope();
            }
            parts.otherwise.iter().for_each(|body| block(v, body));
        }
        ExprKind::Match { scrutinee, arms: parts } => {
            expr(v, scrutinee);
            arms(v, parts);
        }
        ExprKind::Loop { body, .. } => block(v, body),
        ExprKind::Receive { arms: parts, after } => {
            arms(v, parts);
            if let Some(after) = after {
                expr(v, &after.0);
                block(v, &after.1);
            }
        }
        ExprKind::With(with) => {
            expr(v, &with.value);
            v.enter_scope();
            with.binding.iter().for_each(|pattern| bind_pattern(v, pattern));
            block(v, &with.body);
            v.leave_scope();
        }
        ExprKind::Call { callee, args } => {
            expr(v, callee);
            args.iter().for_each(|arg| expr(v, &arg.value));
        }
        ExprKind::ArrowCall { receiver, args, .. } => {
            expr(v, receiver);
            args.iter().for_each(|arg| expr(v, &arg.value));
            assign_target(v, receiver);
        }
        ExprKind::Index { object, index } => {
            expr(v, object);
            expr(v, index);
        }
        ExprKind::Slice { object, start, end, step } => {
            expr(v, object);
            start.iter().chain(end).chain(step).for_each(|e| expr(v, e));
        }
        ExprKind::StructLiteral { fields, base, .. } => {
            for field in fields {
                match &field.value {
                    Some(e) => expr(v, e),
                    None => v.read(&field.name.name, field.name.span),
                }
            }
            base.iter().for_each(|e| expr(v, e));
        }
        ExprKind::Lambda(lambda) => {
            v.enter_scope();
            lambda.params.iter().for_each(|param| v.bind(&param.name));
            match &lambda.body {
                LambdaBody::Expr(e) => expr(v, e),
                LambdaBody::Block(body) => block(v, body),
            }
            v.leave_scope();
        }
        ExprKind::Yield(value) => value.iter().for_each(|e| expr(v, e)),
        ExprKind::Int { .. }
        | ExprKind::Float { .. }
        | ExprKind::Bool(_)
        | ExprKind::Nil
        | ExprKind::Str(_)
        | ExprKind::Bytes(_)
        | ExprKind::Symbol(_)
        | ExprKind::DotVariant(_)
        | ExprKind::Error => {}
    }
}

fn str_parts(v: &mut impl Visitor, parts: &[StrPart]) {
    for part in parts {
        if let StrPart::Value { expr: e, spec, .. } = part {
            expr(v, e);
            if let Some(spec) = spec {
                str_parts(v, spec);
            }
        }
    }
}
