//! What is known about variables at a point of a function: which have a value, which are narrowed.

use std::collections::{BTreeMap, BTreeSet};

use super::local::Var;
use crate::ty::Ty;

/// The knowledge at one point.
#[derive(Clone, Debug, Default)]
pub(super) struct Flow {
    /// Whether this point cannot be reached.
    pub(super) dead: bool,
    /// Of the variables whose assignment is tracked, those that every path has assigned.
    assigned: BTreeSet<Var>,
    /// Options that are known to have a value, with the type of the value.
    narrowed: BTreeMap<Var, Ty>,
}

impl Flow {
    /// Every path has assigned the variable.
    pub(super) fn assign(&mut self, var: Var) {
        self.assigned.insert(var);
    }

    /// Whether every path to here has assigned it.
    pub(super) fn is_assigned(&self, var: Var) -> bool {
        self.dead || self.assigned.contains(&var)
    }

    /// The variable holds a value of this type.
    pub(super) fn narrow(&mut self, var: Var, ty: Ty) {
        self.narrowed.insert(var, ty);
    }

    /// Nothing more is known about its value.
    pub(super) fn forget(&mut self, var: Var) {
        self.narrowed.remove(&var);
    }

    /// The narrower type of a variable.
    pub(super) fn narrowed(&self, var: Var) -> Option<Ty> {
        self.narrowed.get(&var).copied()
    }

    /// What is known where two paths meet.
    pub(super) fn meet(self, other: Flow) -> Flow {
        if self.dead {
            return other;
        }
        if other.dead {
            return self;
        }
        let assigned = self.assigned.intersection(&other.assigned).copied().collect();
        let narrowed = self.narrowed.into_iter().filter(|(var, ty)| other.narrowed.get(var) == Some(ty)).collect();
        Flow { dead: false, assigned, narrowed }
    }

    /// A point that is never reached.
    pub(super) fn unreachable() -> Flow {
        Flow { dead: true, ..Flow::default() }
    }
}
