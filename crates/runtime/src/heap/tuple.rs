//! Tuples as native code makes them.

use super::Handle;
use super::object::Header;
use crate::fault::Failed;

runtime_fns! { Tuples;
    /// A tuple of that shape for native code, which fills its lanes (word 1 and following) before it calls anything.
    TUPLE_NEW = fn rt_tuple_new(cx, shape: i64) -> Result<Handle, Failed>, [collects] {
        let shape = shape as u32;
        let words = 1 + cx.heap.shape(shape).len();
        let tuple = cx.allocate(Header::tuple(shape), words)?;
        Ok(cx.root(tuple.address()))
    }
}
