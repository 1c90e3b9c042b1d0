//! The runtime functions of the outside world, but for files.

use crate::Failed;
use crate::array::Array;
use crate::heap::Element;
use crate::string::Str;

runtime_fns! { System;
    /// The next line of standard input, without its end; nil at the end.
    INPUT_LINE = fn rt_input_line(cx) -> Result<Option<Str>, Failed>, [collects] {
        cx.read_line()
    }
    /// The rest of standard input.
    INPUT_READ = fn rt_input_read(cx) -> Result<Str, Failed>, [collects] {
        let text = cx.read_input()?;
        cx.new_string(&text)
    }
    /// The remaining lines of standard input.
    INPUT_LINES = fn rt_input_lines(cx) -> Result<Array, Failed>, [collects] {
        let text = cx.read_input()?;
        let text = cx.new_string(&text)?;
        cx.newline_parts(text)
    }
    /// Writes out what standard output has buffered.
    OUTPUT_FLUSH = fn rt_output_flush(cx) -> Result<(), Failed>, [] {
        cx.output.flush().map_err(|error| cx.output_failed(error))
    }
    /// The program's arguments, without its name.
    ARGS = fn rt_args(cx) -> Result<Array, Failed>, [collects] {
        let array = cx.new_array(Element::Ref, cx.args.len())?;
        for index in 0..cx.args.len() {
            let argument = cx.args[index].clone();
            cx.push_text(array, &argument)?;
        }
        Ok(array)
    }
    /// A variable of the environment; bytes that are not UTF-8 are replaced.
    ENV = fn rt_env(cx, name: Str) -> Result<Option<Str>, Failed>, [collects] {
        let name = cx.str(name);
        if name.is_empty() || name.contains(['=', '\0']) {
            return Ok(None);
        }
        match std::env::var_os(name) {
            Some(value) => cx.new_string(&value.to_string_lossy()).map(Some),
            None => Ok(None),
        }
    }
}
