//! Values that stand for others.

use cranelift_entity::SecondaryMap;
use cranelift_entity::packed_option::PackedOption;

use crate::{Function, Operand};

/// Which operand is to be read instead of another.
#[derive(Clone, Debug, Default)]
pub struct Substitution<V: Operand + cranelift_entity::packed_option::ReservedValue> {
    instead: SecondaryMap<V, PackedOption<V>>,
    is_used: bool,
}

impl<V: Operand + cranelift_entity::packed_option::ReservedValue> Substitution<V> {
    /// Nothing stands for anything else.
    pub fn new() -> Self {
        Substitution { instead: SecondaryMap::new(), is_used: false }
    }

    /// From now on `new` is read instead of `old`.
    pub fn replace(&mut self, old: V, new: V) {
        let new = self.resolve(new);
        if new != old {
            self.instead[old] = new.into();
            self.is_used = true;
        }
    }

    /// What is read instead of `v`, or `v`.
    pub fn resolve(&self, mut v: V) -> V {
        while let Some(next) = self.instead[v].expand() {
            v = next;
        }
        v
    }

    /// Whether something was replaced.
    pub fn is_used(&self) -> bool {
        self.is_used
    }

    /// Replaces what a function reads.
    pub fn apply(&self, function: &mut Function<V>) {
        if !self.is_used {
            return;
        }
        for block in function.blocks.values_mut() {
            block.insts.iter_mut().for_each(|(inst, _)| inst.replace_reads(|v| self.resolve(v)));
            block.terminator.replace_reads(|v| self.resolve(v));
        }
    }
}
