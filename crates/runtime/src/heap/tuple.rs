//! Making tuples.

use super::Handle;
use super::object::Header;
use crate::context::{Context, RawRef};
use crate::fault::Failed;
use crate::ffi::Lane;

runtime_fns! { Tuples;
    /// A tuple of that shape for native code, which fills its lanes (word 1 and following) before it calls anything.
    TUPLE_NEW = fn rt_tuple_new(cx, shape: i64) -> Result<Handle, Failed>, [collects] {
        let shape = shape as u32;
        let words = 1 + cx.heap.shape(shape).len();
        let tuple = cx.allocate(Header::tuple(shape), words)?;
        Ok(cx.root(tuple.address()))
    }
}

impl Context {
    /// A tuple of that shape with these lanes; references among them need not be rooted by the caller.
    pub fn new_tuple(&mut self, shape: u32, lanes: &[u64]) -> Result<RawRef, Failed> {
        let scope = self.open_scope();
        let first = self.handles.len();
        for (index, lane) in lanes.iter().enumerate() {
            if self.heap.shape(shape)[index] == Lane::Ref {
                self.handles.push(*lane);
            }
        }
        let object = self.allocate(Header::tuple(shape), 1 + lanes.len());
        let object = object.map(|object| {
            let mut roots = self.handles[first..].iter();
            for ((kind, lane), index) in self.heap.shape(shape).iter().zip(lanes).zip(1..) {
                let root = if *kind == Lane::Ref { roots.next() } else { None };
                object.set(index, *root.unwrap_or(lane));
            }
            object.address()
        });
        self.close_scope(scope);
        object
    }
}
