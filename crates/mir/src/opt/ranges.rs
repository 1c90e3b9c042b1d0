//! stub
use crate::{Function, Value};
/// stub
pub fn relax(_: &mut Function<Value>) {}
