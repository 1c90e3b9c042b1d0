//! Which module variables a function may meet before they are set.
//!
//! Statements run in a known order. A call in them, before the statement of the module that sets a variable for certain,
//! may lead to a function that reads it: then reads of that variable check (R0017).
#![allow(clippy::wildcard_enum_match_arm, reason = "questions about a few of many forms")]

use cranelift_entity::{PrimaryMap, SecondaryMap};
use rustc_hash::FxHashSet;

use super::{Body, Expr, ExprKind, FnId, Function, GlobalId, Stmt};

/// The variables that need a check when they are read.
pub(crate) fn unsettled(
    functions: &mut PrimaryMap<FnId, Function>,
    scripts: &[FnId],
    main: Option<FnId>,
) -> FxHashSet<GlobalId> {
    let reads = reads_of(functions, scripts);
    let mut walk = Walk { reads, settled: FxHashSet::default(), unsettled: FxHashSet::default() };
    for script in scripts {
        if let Body::Expr(body) = &mut functions[*script].body {
            walk.sequence(body);
        }
    }
    if let Some(main) = main {
        walk.call(main);
    }
    walk.unsettled
}

/// The variables that each function, or one that it calls, reads.
fn reads_of(functions: &mut PrimaryMap<FnId, Function>, scripts: &[FnId]) -> SecondaryMap<FnId, FxHashSet<GlobalId>> {
    let mut reads: SecondaryMap<FnId, FxHashSet<GlobalId>> = SecondaryMap::new();
    let mut callers: SecondaryMap<FnId, Vec<FnId>> = SecondaryMap::new();
    let mut work = vec![];
    for (id, function) in functions.iter_mut() {
        if scripts.contains(&id) {
            continue;
        }
        if let Body::Expr(body) = &mut function.body {
            body.walk(&mut |expr| match &expr.kind {
                ExprKind::Global(global) => {
                    reads[id].insert(*global);
                }
                ExprKind::Call { function, .. } => callers[*function].push(id),
                _ => {}
            });
        }
        if !reads[id].is_empty() {
            work.push(id);
        }
    }
    while let Some(id) = work.pop() {
        let known: Vec<GlobalId> = reads[id].iter().copied().collect();
        for caller in callers[id].clone() {
            let before = reads[caller].len();
            reads[caller].extend(known.iter().copied());
            if reads[caller].len() > before {
                work.push(caller);
            }
        }
    }
    reads
}

struct Walk {
    reads: SecondaryMap<FnId, FxHashSet<GlobalId>>,
    settled: FxHashSet<GlobalId>,
    unsettled: FxHashSet<GlobalId>,
}

impl Walk {
    /// Statements that run one after the other.
    fn sequence(&mut self, expr: &mut Expr) {
        if let ExprKind::Block(block) = &mut expr.kind {
            for stmt in &mut block.stmts {
                match stmt {
                    Stmt::Expr(value) => self.sequence(value),
                    Stmt::Let { value, .. } | Stmt::LetPattern { value, .. } => self.any(value),
                }
            }
            if let Some(value) = &mut block.value {
                self.sequence(value);
            }
            return;
        }
        self.any(expr);
        if let ExprKind::SetGlobal { global, .. } = &expr.kind {
            self.settled.insert(*global);
        }
    }

    /// Something that may or may not run.
    fn any(&mut self, expr: &mut Expr) {
        let mut calls = vec![];
        let mut read = vec![];
        expr.walk(&mut |part| match &part.kind {
            ExprKind::Call { function, .. } => calls.push(*function),
            ExprKind::Global(global) => read.push(*global),
            _ => {}
        });
        for function in calls {
            self.call(function);
        }
        // Of its own module this has been proved; of another one it may not have been set.
        for global in read {
            if !self.settled.contains(&global) {
                self.unsettled.insert(global);
            }
        }
    }

    fn call(&mut self, function: FnId) {
        for global in &self.reads[function] {
            if !self.settled.contains(global) {
                self.unsettled.insert(*global);
            }
        }
    }
}
