//! Arrays.

use crate::heap::Handle;

/// A rooted array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Array(pub(crate) Handle);
