//! Arrays as text.

use super::Items;
use crate::context::Context;
use crate::fault::Failed;
use crate::format::{display_f32, display_float, push_repr};
use crate::heap::{Element, Kind, Object};
use crate::string::Text;

impl Context {
    /// Appends `[1, 2]`.
    pub(crate) fn append_array(&mut self, items: Items) -> Result<(), Failed> {
        self.text.push("[");
        for (index, lane) in items.iter().enumerate() {
            if index > 0 {
                self.text.push(", ");
            }
            // An element is short, or a string or an array that sees to its own room.
            if self.text.reserve(64).is_none() {
                return Err(self.out_of_memory());
            }
            match items.element() {
                Element::Int => self.text.push(itoa::Buffer::new().format(lane as i64)),
                Element::UInt => self.text.push(itoa::Buffer::new().format(lane)),
                Element::Float => display_float(self.text.text(), f64::from_bits(lane)),
                Element::F32 => display_f32(self.text.text(), f64::from_bits(lane)),
                Element::Bool => self.text.push(if lane != 0 { "true" } else { "false" }),
                Element::Ref => self.append_element(lane)?,
            }
        }
        self.text.push("]");
        Ok(())
    }

    fn append_element(&mut self, reference: u64) -> Result<(), Failed> {
        if reference == 0 {
            self.text.push("nil");
            return Ok(());
        }
        match Object::from_ref(reference).kind() {
            Kind::Array => self.append_array(Items::new(reference)),
            Kind::Ascii | Kind::Unicode | Kind::Appended => self.append_repr(Text::new(reference)),
            Kind::Bytes | Kind::Refs | Kind::Tuple => unreachable!("the elements of arrays are strings and arrays"),
        }
    }

    /// Appends a string as it stands inside a collection.
    pub(crate) fn append_repr(&mut self, text: Text) -> Result<(), Failed> {
        // An escape is at most twelve times as long as its character; most text has none.
        let bytes = text.as_str().bytes().filter(|byte| byte.is_ascii_control() || b"\"\\".contains(byte)).count();
        if self.text.reserve(text.as_str().len() + 12 * bytes + 2).is_none() {
            return Err(self.out_of_memory());
        }
        push_repr(self.text.text(), text.as_str());
        Ok(())
    }
}
