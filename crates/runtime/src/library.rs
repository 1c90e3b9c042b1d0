//! The standard library: its files, as they are compiled with each program that uses them.
//!
//! It stands here because its `@extern` lines bind to the table of runtime functions; a test compares the two.

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        /// Name and text of each file of `std/`.
        pub const FILES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../std/", $name)))),*];
    };
}

files! {
    "prelude.tdm",
    "int.tdm",
    "float.tdm",
    "str.tdm",
    "range.tdm",
    "array.tdm",
    "math.tdm",
    "fs.tdm",
    "stdin.tdm",
}

#[cfg(test)]
mod tests;
