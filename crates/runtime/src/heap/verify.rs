//! Walks the heap and checks its invariants; only after collections that were asked to be checked.

use super::Heap;
use super::collect::each_reference;
use super::object::{Kind, Object};

impl Heap {
    /// Panics with the facts if the heap is not what the header of [`super`] says.
    pub(super) fn verify(&self) {
        let mut next = self.space.base();
        while next < self.space.top() {
            next += 8 * self.verify_object(Object::from_ref(next as u64));
        }
        assert_eq!(next, self.space.top(), "objects fill the space exactly");
        for memory in &self.large {
            self.verify_object(Object::from_ref(memory.as_ptr() as u64));
        }
    }

    /// The object's size in words.
    fn verify_object(&self, object: Object) -> usize {
        let header = object.header();
        let address = object.address();
        let kind = header.kind_checked().filter(|_| header.0 & 1 == 0 && !header.is_marked());
        let Some(kind) = kind else { panic!("no object at {address:#x}: header {:#x}", header.0) };
        match kind {
            Kind::Bytes | Kind::Refs => {
                assert!(object.get(2) <= object.get(1), "used {object:p}", object = object.word_at(0))
            }
            Kind::Unicode | Kind::Appended => assert!(object.get(2) <= object.get(1), "characters at {address:#x}"),
            Kind::Ascii | Kind::Array | Kind::Tuple => {}
        }
        each_reference(
            object,
            |shape| self.shape(shape),
            |index| {
                let target = object.get(index);
                assert!(target == 0 || self.is_object(target), "word {index} of {kind:?} at {address:#x}: {target:#x}");
            },
        );
        object.words(|shape| self.shape(shape).len())
    }

    fn is_object(&self, target: u64) -> bool {
        if target & 7 != 0 {
            return false;
        }
        self.space.contains(target as usize)
            || self.large.iter().any(|memory| memory.as_ptr() as u64 == target)
            || Object::from_ref(target).header().is_immortal()
    }
}
