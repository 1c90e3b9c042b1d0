//! Which variables of a module its functions mention, and which names the module's statements bind.
//!
//! A module variable that no function mentions is a local of the script, with everything that makes locals fast. So
//! before anything is checked, [`script_bindings`] collects the names that the statements of a module bind at its top
//! level, and [`Mentions`] walks the functions with their scopes to find which of these they use.

use rustc_hash::{FxHashMap, FxHashSet};
use tandem_source::Span;
use tandem_syntax::ast::*;

use super::walk;

/// A name that a module's statements bind.
#[derive(Clone, Debug)]
pub(crate) struct ScriptBinding {
    /// `let`, or a name that was assigned first.
    pub(crate) kind: ScriptBindingKind,
    /// Where.
    pub(crate) span: Span,
}

/// How a module's statements bind a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScriptBindingKind {
    Let(Mutability),
    Implicit,
}

/// The names bound at the top level of a module, in the order of the text: by `let` in a statement of the module itself,
/// or by assigning a name that is not in scope, at any depth.
pub(crate) fn script_bindings(stmts: &[Stmt]) -> Vec<(String, ScriptBinding)> {
    let mut found = ScriptNames { scopes: vec![], names: vec![], known: FxHashSet::default() };
    for stmt in stmts {
        if let StmtKind::Let { mutability, pattern, .. } = &stmt.kind {
            walk::pattern_names(pattern, &mut |ident| {
                let binding = ScriptBinding { kind: ScriptBindingKind::Let(*mutability), span: ident.span };
                found.known.insert(ident.name.clone());
                found.names.push((ident.name.clone(), binding));
            });
        }
        found.visit_stmt(stmt);
    }
    found.names
}

struct ScriptNames {
    scopes: Vec<FxHashSet<String>>,
    names: Vec<(String, ScriptBinding)>,
    known: FxHashSet<String>,
}

impl walk::Visitor for ScriptNames {
    fn enter_scope(&mut self) {
        self.scopes.push(FxHashSet::default());
    }

    fn leave_scope(&mut self) {
        self.scopes.pop();
    }

    fn bind(&mut self, ident: &Ident) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(ident.name.clone());
        }
    }

    fn read(&mut self, _name: &str, _span: Span) {}

    fn assign(&mut self, name: &str, span: Span) {
        let local = self.scopes.iter().any(|scope| scope.contains(name));
        if !local && self.known.insert(name.to_owned()) {
            let binding = ScriptBinding { kind: ScriptBindingKind::Implicit, span };
            self.names.push((name.to_owned(), binding));
        }
    }
}

impl ScriptNames {
    fn visit_stmt(&mut self, stmt: &Stmt) {
        walk::stmt(self, stmt);
    }
}

/// Finds the module variables that functions mention, with the place of the first mention.
pub(crate) struct Mentions<'a> {
    variables: &'a FxHashSet<String>,
    scopes: Vec<FxHashSet<String>>,
    /// What was found.
    pub(crate) found: FxHashMap<String, Span>,
}

impl<'a> Mentions<'a> {
    /// Nothing found yet; only names of `variables` count.
    pub(crate) fn new(variables: &'a FxHashSet<String>) -> Self {
        Mentions { variables, scopes: vec![], found: FxHashMap::default() }
    }

    /// Walks a function.
    pub(crate) fn function(&mut self, decl: &FnDecl) {
        use walk::Visitor;
        self.enter_scope();
        for param in &decl.params {
            if let Some(default) = &param.default {
                walk::expr(self, default);
            }
            self.bind(&param.name);
        }
        if let Some(body) = &decl.body {
            walk::block(self, body);
        }
        self.leave_scope();
    }

    fn mention(&mut self, name: &str, span: Span) {
        let local = self.scopes.iter().any(|scope| scope.contains(name));
        if !local && self.variables.contains(name) {
            self.found.entry(name.to_owned()).or_insert(span);
        }
    }
}

impl walk::Visitor for Mentions<'_> {
    fn enter_scope(&mut self) {
        self.scopes.push(FxHashSet::default());
    }

    fn leave_scope(&mut self) {
        self.scopes.pop();
    }

    fn bind(&mut self, ident: &Ident) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(ident.name.clone());
        }
    }

    fn read(&mut self, name: &str, span: Span) {
        self.mention(name, span);
    }

    fn assign(&mut self, name: &str, span: Span) {
        let known = self.variables.contains(name) || self.scopes.iter().any(|scope| scope.contains(name));
        if known {
            self.mention(name, span);
        } else if let Some(scope) = self.scopes.first_mut() {
            // A local of the function, in scope until its end.
            scope.insert(name.to_owned());
        }
    }
}

/// The names that a piece of code assigns, whatever they refer to: what a loop may change.
pub(crate) fn assigned_names(blocks: &[&Block]) -> FxHashSet<String> {
    let mut names = AssignedNames::default();
    for block in blocks {
        walk::block(&mut names, block);
    }
    names.0
}

#[derive(Default)]
struct AssignedNames(FxHashSet<String>);

impl walk::Visitor for AssignedNames {
    fn enter_scope(&mut self) {}

    fn leave_scope(&mut self) {}

    fn bind(&mut self, _ident: &Ident) {}

    fn read(&mut self, _name: &str, _span: Span) {}

    fn assign(&mut self, name: &str, _span: Span) {
        self.0.insert(name.to_owned());
    }
}
