//! The runtime functions of printing and formatting.

use super::number::{Width, push_float, push_int};
use super::{display_f32, display_float, spec};
use crate::Failed;
use crate::array::Items;
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
        cx.append_repr(value)
    }
    /// Appends a range: `0..10`, `1..=3`, with another step than 1 as `range(0, 10, 2)`.
    FMT_RANGE = fn rt_fmt_range(cx, start: i64, end: i64, step: i64, closed: bool), [] {
        let mut digits = itoa::Buffer::new();
        cx.text.push(if step == 1 { "" } else { "range(" });
        cx.text.push(digits.format(start));
        cx.text.push(match (step, closed) {
            (1, false) => "..",
            (1, true) => "..=",
            _ => ", ",
        });
        cx.text.push(digits.format(end));
        if step != 1 {
            cx.text.push(", ");
            cx.text.push(digits.format(step));
            cx.text.push(")");
        }
    }
    /// Appends an array.
    FMT_ARRAY = fn rt_fmt_array(cx, value: Items) -> Result<(), Failed>, [] {
        cx.append_array(value)
    }

    /// Appends an integer by a format spec.
    FMT_INT_SPEC = fn rt_fmt_int_spec(cx, value: i64, spec: Text) -> Result<(), Failed>, [] {
        cx.format(spec.as_str(), |out, spec| push_int(out, spec, value < 0, value.unsigned_abs()))
    }
    /// Appends a `u64` by a format spec.
    FMT_UINT_SPEC = fn rt_fmt_uint_spec(cx, value: u64, spec: Text) -> Result<(), Failed>, [] {
        cx.format(spec.as_str(), |out, spec| push_int(out, spec, false, value))
    }
    /// Appends a float by a format spec.
    FMT_FLOAT_SPEC = fn rt_fmt_float_spec(cx, value: f64, spec: Text) -> Result<(), Failed>, [] {
        cx.format(spec.as_str(), |out, spec| push_float(out, spec, value, Width::Double))
    }
    /// Appends an `f32` by a format spec.
    FMT_F32_SPEC = fn rt_fmt_f32_spec(cx, value: f64, spec: Text) -> Result<(), Failed>, [] {
        cx.format(spec.as_str(), |out, spec| push_float(out, spec, value, Width::Single))
    }
    /// Appends a bool by a format spec for strings.
    FMT_BOOL_SPEC = fn rt_fmt_bool_spec(cx, value: bool, spec: Text) -> Result<(), Failed>, [] {
        let text = if value { "true" } else { "false" };
        cx.format(spec.as_str(), |out, spec| spec::push_str(out, spec, text, "a bool"))
    }
    /// Appends a string by a format spec.
    FMT_STR_SPEC = fn rt_fmt_str_spec(cx, value: Text, spec: Text) -> Result<(), Failed>, [] {
        cx.format(spec.as_str(), |out, spec| spec::push_str(out, spec, value.as_str(), "a string"))
    }
    /// How much text there is, to be given to `rt_fmt_apply` when a value's text has been appended.
    FMT_MARK = fn rt_fmt_mark(cx) -> i64, [] {
        cx.text.text().len() as i64
    }
    /// Replaces the text behind a mark by what a format spec for strings makes of it.
    FMT_APPLY = fn rt_fmt_apply(cx, mark: i64, spec: Text) -> Result<(), Failed>, [] {
        let value = cx.text.text().split_off(mark as usize);
        cx.format(spec.as_str(), |out, spec| spec::push_str(out, spec, &value, "this value"))
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
