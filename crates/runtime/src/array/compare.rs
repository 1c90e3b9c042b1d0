//! Equality and order of what lies on the heap: strings, and arrays element by element.

use std::cmp::Ordering;

use super::Items;
use crate::context::RawRef;
use crate::heap::{Element, Kind, Object};
use crate::string::Text;

/// `a == b` of two values of the same type.
pub(crate) fn refs_equal(a: RawRef, b: RawRef) -> bool {
    if a == b || a == 0 || b == 0 {
        return a == b;
    }
    match Object::from_ref(a).kind() {
        Kind::Array => items_equal(Items::new(a), Items::new(b)),
        Kind::Ascii | Kind::Unicode | Kind::Appended => Text::new(a).as_str() == Text::new(b).as_str(),
        Kind::Bytes | Kind::Refs | Kind::Tuple => false,
    }
}

/// `a == b` of two arrays of the same type.
pub(crate) fn items_equal(a: Items, b: Items) -> bool {
    a.len() == b.len() && a.iter().zip(b.iter()).all(|(x, y)| lanes_equal(a.element(), x, y))
}

/// `a == b` of two elements.
pub(crate) fn lanes_equal(element: Element, a: u64, b: u64) -> bool {
    match element {
        Element::Int | Element::UInt | Element::Bool => a == b,
        Element::Float | Element::F32 => f64::from_bits(a) == f64::from_bits(b),
        Element::Ref => refs_equal(a, b),
    }
}

/// The order of two arrays of the same type: that of the first elements that differ; `None` if those are unordered.
pub(crate) fn order_items(a: Items, b: Items) -> Option<Ordering> {
    for (x, y) in a.iter().zip(b.iter()) {
        match order_lanes(a.element(), x, y) {
            Some(Ordering::Equal) => {}
            decided => return decided,
        }
    }
    Some(a.len().cmp(&b.len()))
}

fn order_lanes(element: Element, a: u64, b: u64) -> Option<Ordering> {
    match element {
        Element::Int => Some((a as i64).cmp(&(b as i64))),
        Element::UInt | Element::Bool => Some(a.cmp(&b)),
        Element::Float | Element::F32 => f64::from_bits(a).partial_cmp(&f64::from_bits(b)),
        Element::Ref if a == 0 || b == 0 => Some(a.min(1).cmp(&b.min(1))),
        Element::Ref => match Object::from_ref(a).kind() {
            Kind::Array => order_items(Items::new(a), Items::new(b)),
            Kind::Ascii | Kind::Unicode | Kind::Appended => Some(Text::new(a).as_str().cmp(Text::new(b).as_str())),
            Kind::Bytes | Kind::Refs | Kind::Tuple => None,
        },
    }
}
