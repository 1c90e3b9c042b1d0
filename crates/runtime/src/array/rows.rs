//! The runtime functions of arrays.

use super::compare::{items_equal, lanes_equal, order_items};
use super::{Array, Items};
use crate::Failed;
use crate::ffi::abi::Raw;
use crate::heap::{Element, Handle};
use crate::string::Str;

runtime_fns! { Arrays;
    /// An empty array with room for so many elements; `element` is the number of an `Element`.
    ARRAY_NEW = fn rt_array_new(cx, element: i64, capacity: i64) -> Result<Array, Failed>, [collects] {
        let element = usize::try_from(element).ok().and_then(|number| Element::ALL.get(number).copied());
        cx.new_array(element.unwrap_or(Element::Int), usize::try_from(capacity).unwrap_or(0))
    }
    /// The number of elements.
    ARRAY_LEN = fn rt_array_len(_cx, array: Items) -> i64, [] {
        array.len() as i64
    }
    /// Appends an int.
    ARRAY_PUSH_INT = fn rt_array_push_int(cx, array: Array, value: i64) -> Result<(), Failed>, [collects] {
        cx.push_lane(array, value as u64)
    }
    /// Appends a float.
    ARRAY_PUSH_FLOAT = fn rt_array_push_float(cx, array: Array, value: f64) -> Result<(), Failed>, [collects] {
        cx.push_lane(array, value.to_bits())
    }
    /// Appends a bool.
    ARRAY_PUSH_BOOL = fn rt_array_push_bool(cx, array: Array, value: bool) -> Result<(), Failed>, [collects] {
        cx.push_lane(array, value.into())
    }
    /// Appends a reference.
    ARRAY_PUSH_REF = fn rt_array_push_ref(cx, array: Array, value: Handle) -> Result<(), Failed>, [collects] {
        cx.push_ref(array, value)
    }
    /// `array[index]` of ints.
    ARRAY_GET_INT = fn rt_array_get_int(cx, array: Items, index: i64) -> Result<i64, Failed>, [] {
        Ok(array.get(cx.checked_position(index, array)?) as i64)
    }
    /// `array[index]` of floats.
    ARRAY_GET_FLOAT = fn rt_array_get_float(cx, array: Items, index: i64) -> Result<f64, Failed>, [] {
        Ok(f64::from_bits(array.get(cx.checked_position(index, array)?)))
    }
    /// `array[index]` of bools.
    ARRAY_GET_BOOL = fn rt_array_get_bool(cx, array: Items, index: i64) -> Result<bool, Failed>, [] {
        Ok(array.get(cx.checked_position(index, array)?) != 0)
    }
    /// `array[index]` of references.
    ARRAY_GET_REF = fn rt_array_get_ref(cx, array: Items, index: i64) -> Result<Raw, Failed>, [] {
        Ok(Raw(array.get(cx.checked_position(index, array)?)))
    }
    /// `array[index] = value` of ints.
    ARRAY_SET_INT = fn rt_array_set_int(cx, array: Items, index: i64, value: i64) -> Result<(), Failed>, [] {
        array.set(cx.checked_position(index, array)?, value as u64);
        Ok(())
    }
    /// `array[index] = value` of floats.
    ARRAY_SET_FLOAT = fn rt_array_set_float(cx, array: Items, index: i64, value: f64) -> Result<(), Failed>, [] {
        array.set(cx.checked_position(index, array)?, value.to_bits());
        Ok(())
    }
    /// `array[index] = value` of bools.
    ARRAY_SET_BOOL = fn rt_array_set_bool(cx, array: Items, index: i64, value: bool) -> Result<(), Failed>, [] {
        array.set(cx.checked_position(index, array)?, value.into());
        Ok(())
    }
    /// `array[index] = value` of references.
    ARRAY_SET_REF = fn rt_array_set_ref(cx, array: Array, index: i64, value: Handle) -> Result<(), Failed>, [] {
        let items = cx.items(array);
        let position = cx.checked_position(index, items)?;
        items.set(position, cx.rooted(value));
        Ok(())
    }
    /// `a == b` of arrays of the same type.
    ARRAY_EQ = fn rt_array_eq(_cx, a: Items, b: Items) -> bool, [] {
        items_equal(a, b)
    }
    /// The order of arrays of the same type: -1, 0, 1, or 2 if they are unordered (NaN).
    ARRAY_COMPARE = fn rt_array_compare(_cx, a: Items, b: Items) -> i64, [] {
        order_items(a, b).map_or(2, |order| order as i64)
    }
    /// `value in array` of ints.
    ARRAY_CONTAINS_INT = fn rt_array_contains_int(_cx, array: Items, value: i64) -> bool, [] {
        array.iter().any(|lane| lane == value as u64)
    }
    /// `value in array` of floats.
    ARRAY_CONTAINS_FLOAT = fn rt_array_contains_float(_cx, array: Items, value: f64) -> bool, [] {
        array.iter().any(|lane| f64::from_bits(lane) == value)
    }
    /// `value in array` of bools.
    ARRAY_CONTAINS_BOOL = fn rt_array_contains_bool(_cx, array: Items, value: bool) -> bool, [] {
        array.iter().any(|lane| (lane != 0) == value)
    }
    /// `value in array` of strings or arrays.
    ARRAY_CONTAINS_REF = fn rt_array_contains_ref(cx, array: Array, value: Handle) -> bool, [] {
        let value = cx.rooted(value);
        cx.items(array).iter().any(|lane| lanes_equal(Element::Ref, lane, value))
    }
    /// `separator.join(array)`
    ARRAY_JOIN = fn rt_array_join(cx, array: Array, separator: Str) -> Result<Str, Failed>, [collects] {
        cx.join(array, separator)
    }
    /// `array[start:stop:step]`; a start or stop that is not given counts as nil.
    ARRAY_SLICE = fn rt_array_slice(
        cx, array: Array, start: i64, has_start: bool, stop: i64, has_stop: bool, step: i64
    ) -> Result<Array, Failed>, [collects] {
        let len = cx.items(array).len();
        let slice = cx.slice(len, has_start.then_some(start), has_stop.then_some(stop), step)?;
        let element = cx.items(array).element();
        let result = cx.new_array(element, slice.len())?;
        for position in slice {
            let lane = cx.items(array).get(position);
            cx.place_lane(result, lane);
        }
        Ok(result)
    }
}
