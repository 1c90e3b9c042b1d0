//! The runtime functions of printing and formatting.

use super::{display_f32, display_float, push_repr};
use crate::Failed;
use crate::string::{Str, Text};

runtime_fns! { Printing;
    /// Appends an integer.
    FMT_INT = fn rt_fmt_int(cx, value: i64), [] {
        cx.text.push(itoa::Buffer::new().format(value));
    }
    /// Appends a `u64`.
    FMT_UINT = fn rt_fmt_uint(cx, value: u64), [] {
        cx.text.push(itoa::Buffer::new().format(value));
    }
    /// Appends a float.
    FMT_FLOAT = fn rt_fmt_float(cx, value: f64), [] {
        display_float(cx.text.text(), value);
    }
    /// Appends an `f32`.
    FMT_F32 = fn rt_fmt_f32(cx, value: f64), [] {
        display_f32(cx.text.text(), value);
    }
    /// Appends a bool.
    FMT_BOOL = fn rt_fmt_bool(cx, value: bool), [] {
        cx.text.push(if value { "true" } else { "false" });
    }
    /// Appends `nil`.
    FMT_NIL = fn rt_fmt_nil(cx), [] {
        cx.text.push("nil");
    }
    /// Appends a string as it is.
    FMT_STR = fn rt_fmt_str(cx, value: Text) -> Result<(), Failed>, [] {
        cx.append_text(value.as_str())
    }
    /// Appends a string as it stands inside a collection.
    FMT_REPR = fn rt_fmt_repr(cx, value: Text) -> Result<(), Failed>, [] {
        if cx.text.reserve(value.as_str().len()).is_none() {
            return Err(cx.out_of_memory());
        }
        push_repr(cx.text.text(), value.as_str());
        Ok(())
    }
    /// The text as a string; the buffer is empty then.
    FMT_TAKE = fn rt_fmt_take(cx) -> Result<Str, Failed>, [collects] {
        let text = cx.take_text();
        let string = cx.new_string(&text);
        cx.give_back(text);
        string
    }
    /// Prints the text to standard output; the buffer is empty then.
    FMT_PRINT = fn rt_fmt_print(cx) -> Result<(), Failed>, [] {
        cx.print_text()
    }
    /// Prints the text to standard error; the buffer is empty then.
    FMT_EPRINT = fn rt_fmt_eprint(cx), [] {
        let text = cx.take_text();
        crate::output::write_error(text.as_bytes());
        cx.give_back(text);
    }
}
