//! The names that a place can see.

use crate::Interval;
use crate::tree::Variable;
use crate::ty::Type;

/// What is known of a variable's values beyond their type; every assignment keeps to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domain {
    /// An integer of this interval.
    Int(Interval),
    /// A string of at most so many characters.
    Length(usize),
    /// Nothing.
    Any,
}

/// Where a variable was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// At the top level, before the functions, which share it.
    Module,
    /// In the statements of the script.
    Script,
    /// In a function.
    Function,
}

/// Whether a variable can be assigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutability {
    Fixed,
    Mutable,
}

/// A name in scope.
#[derive(Clone, Debug)]
pub struct Binding {
    pub variable: Variable,
    pub ty: Type,
    pub mutability: Mutability,
    pub domain: Domain,
    pub home: Home,
    /// Whether its type was written down or cannot be otherwise: an unannotated `let x = 1` may become a `float` by
    /// its uses, so it is kept out of places where types meet.
    pub firm: bool,
}

/// The names in scope, innermost last.
#[derive(Default)]
pub struct Scope {
    bindings: Vec<Binding>,
}

/// A place to return to.
#[derive(Clone, Copy)]
pub struct Mark(usize);

impl Scope {
    pub fn mark(&self) -> Mark {
        Mark(self.bindings.len())
    }

    /// Forgets what was added since `mark`.
    pub fn leave(&mut self, mark: Mark) {
        self.bindings.truncate(mark.0);
    }

    pub fn add(&mut self, binding: Binding) {
        self.bindings.push(binding);
    }

    /// The bindings that no later one of the same name hides.
    pub fn visible(&self) -> impl Iterator<Item = &Binding> {
        self.bindings.iter().enumerate().filter_map(|(at, binding)| {
            let hidden = self.bindings[at + 1..].iter().any(|later| later.variable.name == binding.variable.name);
            (!hidden).then_some(binding)
        })
    }

    /// Takes all bindings out, to generate a function in a scope of its own; `restore` puts them back.
    pub fn take_all_but_module(&mut self) -> Vec<Binding> {
        let module = self.bindings.iter().filter(|binding| binding.home == Home::Module).cloned().collect();
        std::mem::replace(&mut self.bindings, module)
    }

    pub fn restore(&mut self, bindings: Vec<Binding>) {
        self.bindings = bindings;
    }
}
