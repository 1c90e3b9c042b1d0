//! Numbers and strings.

use super::{Position, Printer};
use crate::ast::{NumberSuffix, StrPart};

impl Printer {
    pub(super) fn number(&mut self, digits: &str, suffix: Option<NumberSuffix>) {
        self.push(digits);
        self.push(suffix.map_or("", NumberSuffix::text));
    }

    pub(super) fn str_parts(&mut self, parts: &[StrPart]) {
        for part in parts {
            match part {
                StrPart::Text(text) => self.escaped(text),
                StrPart::Value { expr, spec, .. } => {
                    // A blank keeps a `{` that begins the expression apart.
                    self.push("{ ");
                    self.expr(expr, Position::Inner);
                    if let Some(spec) = spec {
                        self.push(":");
                        self.str_parts(spec);
                    }
                    self.push("}");
                }
            }
        }
    }

    pub(super) fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' => self.push("\\n"),
                '\t' => self.push("\\t"),
                '\r' => self.push("\\r"),
                '\0' => self.push("\\0"),
                '\\' | '"' | '{' | '}' => {
                    self.out.push('\\');
                    self.out.push(c);
                }
                c if c.is_control() => self.push(&format!("\\u{{{:X}}}", u32::from(c))),
                c => self.out.push(c),
            }
        }
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.push("b\"");
        for byte in bytes {
            match byte {
                b'"' | b'\\' => {
                    self.out.push('\\');
                    self.out.push(char::from(*byte));
                }
                b' '..=b'~' => self.out.push(char::from(*byte)),
                byte => self.push(&format!("\\x{byte:02X}")),
            }
        }
        self.push("\"");
    }
}
