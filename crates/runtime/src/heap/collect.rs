//! The collection: copies what can be reached into a fresh space, marks large objects in place.

use super::object::{ARRAY_WORDS, BUFFER_DATA, Header, Kind, Object};
use super::{Heap, SMALLEST_STEP, Space};
use crate::arch::Frames;
use crate::context::{Context, RawRef};
use crate::fault::Failed;
use crate::ffi::Lane;

impl Context {
    /// Collects, and leaves room for `needed` bytes; fails with R0013 if that is more than there may be.
    pub(crate) fn collect(&mut self, needed: usize) -> Result<(), Failed> {
        let before = self.heap.used();
        self.heap.peak = self.heap.peak.max(before);
        let Some(to) = self.heap.fresh_space(needed) else { return Err(self.out_of_memory()) };
        let mut copier = Copier { from: &self.heap.space, to, marked: Vec::new(), shapes: &self.heap.shapes };

        for (lane, value) in self.global_lanes.iter().zip(0..) {
            if *lane == Lane::Ref {
                // SAFETY: `globals` points to as many lanes as the program has.
                copier.visit(unsafe { &mut *self.globals.add(value) });
            }
        }
        for handle in &mut self.handles {
            copier.visit(handle);
        }
        for source in &self.root_sources {
            source.visit_all(&mut |slot| copier.visit(slot));
        }
        let innermost = (self.native_fp, self.native_sp);
        let outer = self.outer_frames.iter().map(|frames| (frames.native_fp, frames.native_sp));
        for (fp, sp) in outer.chain([innermost]) {
            if sp == 0 {
                continue;
            }
            // SAFETY: trampolines noted these frames, whose calls are active; the walk ends outside native code.
            for frame in unsafe { Frames::new(fp, sp) } {
                let Some(offsets) = self.code.stack_map(frame.pc) else { break };
                for offset in offsets {
                    // SAFETY: the stack map says that a live reference lies there.
                    copier.visit(unsafe { &mut *((frame.sp + *offset as usize) as *mut RawRef) });
                }
            }
        }
        copier.scan();
        let to = copier.to;
        self.heap.finish_collection(to, needed);
        if self.heap.mode.verify || self.heap.mode.stress {
            self.heap.verify();
        }
        if self.heap.mode.log {
            let number = self.heap.collections;
            let after = self.heap.used();
            crate::output::write_error(format!("gc {number}: {before} -> {after} bytes\n").as_bytes());
        }
        Ok(())
    }
}

impl Heap {
    /// An empty space that takes all survivors, `needed` bytes and room to go on; `None` if there is no memory for it.
    fn fresh_space(&mut self, needed: usize) -> Option<Space> {
        let survivors = self.space.used();
        let wanted = survivors.checked_add(needed)?.checked_mul(2)?.checked_add(SMALLEST_STEP)?;
        let keep = if self.mode.stress { 3 } else { 1 };
        if self.retired.len() >= keep {
            let mut oldest = self.retired.remove(0);
            if oldest.reserved() >= wanted && oldest.reserved() / 4 <= wanted {
                oldest.reset();
                return Some(oldest);
            }
        }
        Space::reserve(wanted)
    }

    fn finish_collection(&mut self, mut to: Space, needed: usize) {
        let survivors = to.used();
        let room = self.limit.saturating_sub(survivors + self.large_bytes);
        to.allow((survivors.max(SMALLEST_STEP) + needed).min(room));
        let mut from = std::mem::replace(&mut self.space, to);
        if self.mode.stress {
            from.poison();
        }
        if from.reserved() != 0 {
            self.retired.push(from);
        }
        self.large.retain_mut(|memory| {
            let header = Header(memory[0]);
            memory[0] = header.unmarked().0;
            header.is_marked()
        });
        self.large_bytes = self.large.iter().map(|memory| memory.len() * 8).sum();
        self.large_trigger = (self.large_bytes * 2).max(16 * SMALLEST_STEP);
        self.collections += 1;
    }
}

struct Copier<'a> {
    from: &'a Space,
    to: Space,
    /// Large objects that are marked but not yet scanned.
    marked: Vec<Object>,
    shapes: &'a [Box<[Lane]>],
}

impl Copier<'_> {
    /// Makes `slot` refer to the object's copy.
    fn visit(&mut self, slot: &mut RawRef) {
        if *slot == 0 {
            return;
        }
        let object = Object::from_ref(*slot);
        let header = object.header();
        if header.0 & 1 == 1 {
            *slot = header.0 - 1;
        } else if header.is_large() {
            if !header.is_marked() {
                object.set_header(header.marked());
                self.marked.push(object);
            }
        } else if !header.is_immortal() {
            debug_assert!(self.from.contains(*slot as usize), "a reference into nowhere: {slot:#x}");
            *slot = self.copy(object);
        }
    }

    fn copy(&mut self, object: Object) -> RawRef {
        let words = object.words(|shape| self.shapes[shape as usize].len());
        let address = self.to.bump(words * 8).expect("the fresh space is larger than the old one is full");
        // SAFETY: both ranges are `words` long, and lie in different mappings.
        unsafe { std::ptr::copy_nonoverlapping(object.word_at(0), address, words) };
        object.set_header(Header(address as u64 + 1));
        address as RawRef
    }

    /// Visits the references in copied and marked objects until there are no new ones.
    fn scan(&mut self) {
        let mut next = self.to.base();
        loop {
            while next < self.to.top() {
                let object = Object::from_ref(next as u64);
                self.scan_object(object);
                next += 8 * object.words(|shape| self.shapes[shape as usize].len());
            }
            match self.marked.pop() {
                Some(object) => self.scan_object(object),
                None => return,
            }
        }
    }

    fn scan_object(&mut self, object: Object) {
        let shapes = self.shapes;
        each_reference(
            object,
            |shape| &shapes[shape as usize],
            |index| {
                let mut slot = object.get(index);
                self.visit(&mut slot);
                object.set(index, slot);
            },
        );
    }
}

/// Calls `visit` with the index of each word of the object that holds a reference.
pub(super) fn each_reference<'a>(object: Object, lanes: impl Fn(u32) -> &'a [Lane], mut visit: impl FnMut(usize)) {
    let header = object.header();
    match header.kind() {
        Kind::Ascii | Kind::Bytes => {}
        Kind::Unicode => visit(3),
        Kind::Appended => {
            visit(3);
            visit(4);
        }
        Kind::Refs => (0..object.get(2) as usize).for_each(|index| visit(BUFFER_DATA + index)),
        Kind::Array => visit(ARRAY_WORDS - 1),
        Kind::Tuple => {
            let lanes = lanes(header.shape());
            (0..lanes.len()).filter(|index| lanes[*index] == Lane::Ref).for_each(|index| visit(1 + index));
        }
    }
}
