//! The runtime functions of strings.

use super::{Str, Text};
use crate::Failed;

runtime_fns! { Strings;
    /// `a + b`
    STRING_CONCAT = fn rt_string_concat(cx, a: Str, b: Str) -> Result<Str, Failed>, [collects] {
        cx.concat(a, b)
    }
    /// `s * times`
    STRING_REPEAT = fn rt_string_repeat(cx, s: Str, times: i64) -> Result<Str, Failed>, [collects] {
        cx.repeat(s, times)
    }
    /// `a == b`
    STRING_EQ = fn rt_string_eq(_cx, a: Text, b: Text) -> bool, [pure] {
        a.as_str() == b.as_str()
    }
    /// Negative, zero or positive as `a` comes before, at or after `b`, by code points.
    STRING_COMPARE = fn rt_string_compare(_cx, a: Text, b: Text) -> i64, [pure] {
        a.as_str().cmp(b.as_str()) as i64
    }
    /// The number of characters.
    STRING_LEN = fn rt_string_len(_cx, s: Text) -> i64, [pure] {
        s.characters() as i64
    }
}
