//! A dense set of entities.

use std::marker::PhantomData;

use cranelift_entity::EntityRef;

/// A set of entities whose number is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BitSet<E> {
    words: Vec<u64>,
    entity: PhantomData<E>,
}

impl<E> Default for BitSet<E> {
    fn default() -> Self {
        BitSet { words: Vec::new(), entity: PhantomData }
    }
}

impl<E: EntityRef> BitSet<E> {
    /// No member; `len` is the number of entities there are.
    pub fn empty(len: usize) -> Self {
        BitSet { words: vec![0; len.div_ceil(64)], entity: PhantomData }
    }

    /// Every entity (and the rest of the last word) is a member.
    pub fn full(len: usize) -> Self {
        BitSet { words: vec![!0; len.div_ceil(64)], entity: PhantomData }
    }

    /// Whether `entity` is a member.
    pub fn contains(&self, entity: E) -> bool {
        self.words.get(entity.index() / 64).is_some_and(|word| word >> (entity.index() % 64) & 1 == 1)
    }

    /// Adds a member; whether it is new.
    pub fn insert(&mut self, entity: E) -> bool {
        let (word, bit) = (&mut self.words[entity.index() / 64], 1 << (entity.index() % 64));
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    /// Removes a member.
    pub fn remove(&mut self, entity: E) {
        self.words[entity.index() / 64] &= !(1 << (entity.index() % 64));
    }

    /// Adds all members of another set of the same size; whether one was new.
    pub fn union(&mut self, other: &Self) -> bool {
        let mut changed = false;
        for (word, more) in self.words.iter_mut().zip(&other.words) {
            changed |= more & !*word != 0;
            *word |= more;
        }
        changed
    }

    /// Keeps only members of another set of the same size; whether one was dropped.
    pub fn intersect(&mut self, other: &Self) -> bool {
        let mut changed = false;
        for (word, keep) in self.words.iter_mut().zip(&other.words) {
            changed |= *word & !keep != 0;
            *word &= keep;
        }
        changed
    }

    /// The members in order.
    pub fn iter(&self) -> impl Iterator<Item = E> + '_ {
        self.words.iter().enumerate().flat_map(|(index, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros() as usize;
                rest &= rest.checked_sub(1)?;
                Some(E::new(index * 64 + bit))
            })
        })
    }
}
