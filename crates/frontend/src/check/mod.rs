//! Types: every function is checked once for each set of argument types it is used with.
//!
//! There are no type variables. An *instance* is checked with assumptions — the types of locals that a later assignment
//! widens (`let mut t = 0` … `t += 0.5`), its own result while it recurses, the types of module variables — and is
//! checked again when one of them turns out too narrow. Assumptions only grow, so this ends; what is reported is what
//! the last, stable pass found. A result that is not known yet is `Never`, which fits everything.
//!
//! Instances that recurse through each other are solved together: the one that was entered first repeats until no
//! result in its circle changes ([`Cx::solve`]).

#![allow(clippy::wildcard_enum_match_arm, reason = "questions about a few forms; what handles all of them lists them")]

mod arguments;
mod assign;
mod builtin;
mod call;
mod compare;
mod condition;
mod constant;
mod control;
mod convert;
mod entry;
mod expr;
mod flow;
mod format;
mod format_spec;
mod function;
mod index;
mod item;
mod literal;
pub(crate) mod local;
mod loops;
mod member;
mod name;
mod native;
mod operator;
mod option;
mod pattern;
mod pattern_literal;
mod stmt;

use cranelift_entity::PrimaryMap;
use rustc_hash::FxHashMap;
use tandem_source::{Diagnostic, Severity, Span};

use crate::hir::{self, FnDeclId, FnId, GlobalId};
use crate::resolve::{ConstId, ModuleId, Names};
use crate::ty::{Common, Ty, TyKind, TyName, Types, join};

pub(crate) use constant::ConstState;
pub(crate) use entry::program;
pub(crate) use native::Native;

/// How often a function may be used with different argument types.
const INSTANCE_LIMIT: usize = 64;

/// How large a type may be: sharing makes large ones from little text.
pub(crate) const TYPE_LIMIT: usize = 1_000;

/// How deeply checking of one function may lead into the next.
const DEPTH_LIMIT: usize = 4_000;

/// How often an instance, or the program, is checked anew with wider assumptions: far more than any real one needs.
const PASS_LIMIT: usize = 64;

/// What an instance is an instance of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    /// The statements of a module.
    Script(ModuleId),
    /// A function, by the types of its parameters; `None` where the default is taken.
    Function { decl: FnDeclId, args: Vec<Option<Ty>>, role: Role },
    /// A function of the runtime.
    Native { native: Native, args: Vec<Ty>, result: Ty },
}

/// Why a function is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    Plain,
    /// `main`, started by the program: its value is the exit status.
    Main,
}

/// How far an instance is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Not begun, or to be done again.
    Fresh,
    /// Being checked, at this depth of `Cx::active`.
    Active(usize),
    /// Checked, but with the assumed result of the active instance at this depth.
    Provisional(usize),
    Done,
}

/// An instance.
pub(crate) struct Instance {
    pub(crate) key: Key,
    state: State,
    /// Its result as declared, or as known so far.
    pub(crate) result: Ty,
    /// Whether the result is declared; then callers need not wait for the body.
    declared: bool,
    /// What the last pass made.
    pub(crate) function: Option<hir::Function>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The instances that the last pass calls.
    pub(crate) calls: Vec<FnId>,
    /// Types of locals that were widened, by the place of their binding.
    seeds: FxHashMap<Span, Ty>,
}

/// An instance that is being checked.
struct Active {
    /// The least depth of an active instance whose assumed result was used.
    low: usize,
}

/// What is known about a module variable.
#[derive(Clone, Debug)]
pub(crate) struct GlobalTy {
    /// `Never` until its first assignment has been seen.
    pub(crate) ty: Ty,
    /// What it may still become.
    pub(crate) open: local::Open,
    /// Whether it has an annotation.
    pub(crate) annotated: bool,
    /// Whether somebody has relied on it.
    pub(crate) seen: bool,
}

/// Everything about the program being checked.
pub(crate) struct Cx<'s> {
    pub(crate) names: Names<'s>,
    /// The module whose statements are the program's.
    pub(crate) script: Option<ModuleId>,
    pub(crate) types: Types,
    pub(crate) common: Common,
    pub(crate) instances: PrimaryMap<FnId, Instance>,
    by_key: FxHashMap<Key, FnId>,
    counts: FxHashMap<FnDeclId, usize>,
    pending: Vec<FnId>,
    active: Vec<Active>,
    provisional: Vec<FnId>,
    /// Whether a result changed since the circle that is being solved began its round.
    round_changed: bool,
    pub(crate) consts: FxHashMap<ConstId, ConstState>,
    pub(crate) globals: FxHashMap<GlobalId, GlobalTy>,
    /// Whether a module variable turned out wider than what some instance has seen.
    pub(crate) globals_changed: bool,
    /// Whether assignments in functions tell the type of module variables that no reachable statement sets.
    pub(crate) functions_decide: bool,
    /// Errors that belong to no instance.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl<'s> Cx<'s> {
    pub(crate) fn new(names: Names<'s>) -> Self {
        let mut types = Types::default();
        let common = types.common();
        Cx {
            names,
            script: None,
            types,
            common,
            instances: PrimaryMap::new(),
            by_key: FxHashMap::default(),
            counts: FxHashMap::default(),
            pending: vec![],
            active: vec![],
            provisional: vec![],
            round_changed: false,
            consts: FxHashMap::default(),
            globals: FxHashMap::default(),
            globals_changed: false,
            functions_decide: false,
            diagnostics: vec![],
        }
    }

    /// Forgets all instances, but not what was learned about module variables.
    fn restart(&mut self) {
        self.instances.clear();
        self.by_key.clear();
        self.counts.clear();
        self.pending.clear();
        self.active.clear();
        self.provisional.clear();
        self.consts.clear();
        self.diagnostics.clear();
        self.globals_changed = false;
    }

    /// The text of a type.
    pub(crate) fn show(&self, ty: Ty) -> String {
        TyName { types: &self.types, declarations: &self.names.decl_names }.of(ty)
    }

    /// The instance for these argument types, and the type of its result. `None`: too many instances.
    pub(crate) fn request(&mut self, decl: FnDeclId, args: Vec<Option<Ty>>, role: Role) -> Option<(FnId, Ty)> {
        let key = Key::Function { decl, args, role };
        if let Some(id) = self.by_key.get(&key) {
            return Some((*id, self.result_of(*id)));
        }
        let large = |ty: &Ty| self.types.size(*ty) > TYPE_LIMIT;
        if matches!(&key, Key::Function { args, .. } if args.iter().flatten().any(large)) {
            return None;
        }
        let count = self.counts.entry(decl).or_default();
        *count += 1;
        if *count > INSTANCE_LIMIT || self.active.len() > DEPTH_LIMIT {
            return None;
        }
        let declared = match role {
            Role::Plain => self.declared_result(&key),
            Role::Main => Some(self.common.int),
        };
        let id = self.add_instance(key, declared);
        if declared.is_some() {
            self.pending.push(id);
        }
        Some((id, self.result_of(id)))
    }

    /// The instance of a function of the runtime.
    pub(crate) fn request_native(&mut self, key: Key) -> FnId {
        if let Some(id) = self.by_key.get(&key) {
            return *id;
        }
        let result = match &key {
            Key::Native { result, .. } => *result,
            Key::Script(_) | Key::Function { .. } => self.common.never,
        };
        let id = self.add_instance(key, Some(result));
        self.solve(id);
        id
    }

    /// The instance of a module's statements.
    pub(crate) fn request_script(&mut self, module: ModuleId) -> FnId {
        let id = self.add_instance(Key::Script(module), None);
        self.solve(id);
        id
    }

    fn add_instance(&mut self, key: Key, declared: Option<Ty>) -> FnId {
        let id = self.instances.push(Instance {
            key: key.clone(),
            state: State::Fresh,
            result: declared.unwrap_or(self.common.never),
            declared: declared.is_some(),
            function: None,
            diagnostics: vec![],
            calls: vec![],
            seeds: FxHashMap::default(),
        });
        self.by_key.insert(key, id);
        id
    }

    /// The result of an instance as far as it is known; checks it first if that is possible.
    fn result_of(&mut self, id: FnId) -> Ty {
        if self.instances[id].declared {
            return self.instances[id].result;
        }
        if self.instances[id].state == State::Fresh {
            self.solve(id);
        }
        match self.instances[id].state {
            State::Active(depth) | State::Provisional(depth) => {
                if let Some(caller) = self.active.last_mut() {
                    caller.low = caller.low.min(depth);
                }
            }
            State::Fresh | State::Done => {}
        }
        self.instances[id].result
    }

    /// Checks everything that has been asked for.
    pub(crate) fn solve_pending(&mut self) {
        while let Some(id) = self.pending.pop() {
            if self.instances[id].state == State::Fresh {
                self.solve(id);
            }
        }
    }

    /// Checks an instance until its assumptions hold.
    fn solve(&mut self, id: FnId) {
        let depth = self.active.len();
        for pass in 0.. {
            self.active.push(Active { low: depth });
            self.instances[id].state = State::Active(depth);
            let before = std::mem::replace(&mut self.round_changed, false);
            let changed = function::check_instance(self, id) || self.round_changed;
            let low = self.active.pop().map_or(depth, |active| active.low);
            if low < depth {
                // Part of a circle: whoever was entered first repeats.
                self.instances[id].state = State::Provisional(low);
                self.provisional.push(id);
                self.round_changed = before || changed;
                if let Some(caller) = self.active.last_mut() {
                    caller.low = caller.low.min(low);
                }
                return;
            }
            self.round_changed = before;
            let again = changed && pass < PASS_LIMIT;
            let state = if again { State::Fresh } else { State::Done };
            let (circle, others): (Vec<FnId>, Vec<FnId>) = self
                .provisional
                .drain(..)
                .partition(|other| matches!(self.instances[*other].state, State::Provisional(low) if low >= depth));
            self.provisional = others;
            let alone = circle.is_empty();
            for other in circle {
                self.instances[other].state = state;
            }
            // A change that nobody has seen needs no further round.
            if !again || alone && !self.recursed(id) {
                self.instances[id].state = State::Done;
                return;
            }
        }
    }

    /// Whether an instance calls itself.
    fn recursed(&self, id: FnId) -> bool {
        self.instances[id].calls.contains(&id)
    }

    /// Widens the result of an instance; tells whether that changed it, or what does not fit.
    pub(crate) fn widen_result(&mut self, id: FnId, ty: Ty) -> Result<bool, (Ty, Ty)> {
        let known = self.instances[id].result;
        let joined = join(&mut self.types, known, ty).ok_or((known, ty))?;
        self.instances[id].result = joined;
        Ok(joined != known)
    }

    /// The instances that can be reached from `roots`, in the order in which they are found.
    pub(crate) fn reachable(&self, roots: &[FnId]) -> Vec<FnId> {
        let mut found = roots.to_vec();
        let mut seen: rustc_hash::FxHashSet<FnId> = found.iter().copied().collect();
        let mut at = 0;
        while at < found.len() {
            for call in &self.instances[found[at]].calls {
                if seen.insert(*call) {
                    found.push(*call);
                }
            }
            at += 1;
        }
        found
    }

    /// Whether a type is one that an array may have as elements in this stage.
    pub(crate) fn is_element(&self, ty: Ty) -> bool {
        self.types.lanes(ty) == 1 && !matches!(self.types.kind(ty), TyKind::Never) || self.types.has_error(ty)
    }
}

/// Sorted by place, each message once.
pub(crate) fn in_order(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by_key(|a| (a.span.file, a.span.lo, a.span.hi, a.code));
    let mut seen = rustc_hash::FxHashSet::default();
    // Several instances of a function report the same mistake, perhaps with other types: the first one speaks.
    diagnostics.retain(|diagnostic| seen.insert((diagnostic.code, diagnostic.span)));
    // A remark may follow from an error: an unused variable, say, was meant to be used where the error is.
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        diagnostics.retain(|diagnostic| diagnostic.severity == Severity::Error);
    }
    diagnostics
}
