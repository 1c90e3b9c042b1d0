//! Where references to objects may lie outside the heap: handles and whatever an engine registers.
//!
//! The other roots need no registration: module variables (by lane) and native frames (by stack map).

use crate::context::{Context, RawRef};

/// A reference that survives collections: its place in the context's list of handles. It lasts until the scope is
/// closed in which it was made; runtime functions have a scope each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handle(u32);

impl Context {
    /// Roots a reference (which may be 0) in the open scope.
    #[inline]
    pub fn root(&mut self, reference: RawRef) -> Handle {
        let handle = Handle(self.handles.len() as u32);
        self.handles.push(reference);
        handle
    }

    /// The reference of a handle, as it is now.
    #[inline]
    pub fn rooted(&self, handle: Handle) -> RawRef {
        self.handles[handle.0 as usize]
    }

    /// Lets a handle hold another reference.
    #[cfg(test)]
    #[inline]
    pub(crate) fn set_rooted(&mut self, handle: Handle, reference: RawRef) {
        self.handles[handle.0 as usize] = reference;
    }

    /// Makes an engine's own roots known until [`Context::remove_roots`].
    ///
    /// # Safety
    /// The source is valid until it is removed.
    pub unsafe fn add_roots(&mut self, source: RootSource) {
        self.root_sources.push(source);
    }

    /// Forgets the roots that were added last.
    pub fn remove_roots(&mut self) {
        self.root_sources.pop();
    }
}

/// What the collector does with each root.
type Visitor<'a> = dyn FnMut(&mut RawRef) + 'a;

/// Something that holds references, such as the interpreter's stack.
pub trait Roots {
    /// Calls `visit` with each slot that holds a reference (or 0); `visit` may change it.
    fn visit(&mut self, visit: &mut dyn FnMut(&mut RawRef));
}

/// A registered [`Roots`]: a pointer, because its owner goes on using it while the context exists.
#[derive(Clone, Copy)]
pub struct RootSource {
    data: *mut (),
    visit: unsafe fn(*mut (), &mut Visitor),
}

impl RootSource {
    /// # Safety
    /// Whenever an allocation happens while it is registered, `roots` points to a living value that nobody else has
    /// borrowed.
    pub unsafe fn new<R: Roots>(roots: *mut R) -> RootSource {
        unsafe fn visit<R: Roots>(data: *mut (), visit: &mut Visitor) {
            // SAFETY: the promise made to `RootSource::new`.
            unsafe { (*data.cast::<R>()).visit(visit) }
        }
        RootSource { data: roots.cast(), visit: visit::<R> }
    }

    pub(super) fn visit_all(self, callback: &mut Visitor) {
        // SAFETY: the promise made to `RootSource::new`.
        unsafe { (self.visit)(self.data, callback) }
    }
}
