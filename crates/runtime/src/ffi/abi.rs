//! How Rust types cross the border between the runtime and the engines: their lanes, their native form, and their raw
//! 64-bit form for the interpreter.

use super::Lane;
use crate::array::{Array, Items};
use crate::context::{Context, RawRef};
use crate::fault::Failed;
use crate::heap::Handle;
use crate::string::{Str, Text};

/// A type of a parameter: one lane.
pub(crate) trait Param: Sized {
    const LANE: Lane;
    /// Holds a raw reference, which an allocation would invalidate: only for functions that do not collect.
    const RAW: bool = false;
    /// How native code passes it.
    type Native: Copy;
    fn from_native(cx: &mut Context, native: Self::Native) -> Self;
    fn from_bits(cx: &mut Context, bits: u64) -> Self;
}

impl Param for i64 {
    const LANE: Lane = Lane::Int;
    type Native = i64;
    #[inline]
    fn from_native(_: &mut Context, native: i64) -> i64 {
        native
    }
    #[inline]
    fn from_bits(_: &mut Context, bits: u64) -> i64 {
        bits as i64
    }
}

impl Param for u64 {
    const LANE: Lane = Lane::Int;
    type Native = u64;
    #[inline]
    fn from_native(_: &mut Context, native: u64) -> u64 {
        native
    }
    #[inline]
    fn from_bits(_: &mut Context, bits: u64) -> u64 {
        bits
    }
}

impl Param for f64 {
    const LANE: Lane = Lane::Float;
    type Native = f64;
    #[inline]
    fn from_native(_: &mut Context, native: f64) -> f64 {
        native
    }
    #[inline]
    fn from_bits(_: &mut Context, bits: u64) -> f64 {
        f64::from_bits(bits)
    }
}

impl Param for bool {
    const LANE: Lane = Lane::Bool;
    type Native = u8;
    #[inline]
    fn from_native(_: &mut Context, native: u8) -> bool {
        native != 0
    }
    #[inline]
    fn from_bits(_: &mut Context, bits: u64) -> bool {
        bits != 0
    }
}

/// Parameters that are references: how they are made of one.
macro_rules! reference_param {
    ($T:ty, $raw:literal, |$cx:ident, $reference:ident| $make:expr) => {
        impl Param for $T {
            const LANE: Lane = Lane::Ref;
            const RAW: bool = $raw;
            type Native = u64;
            #[inline]
            fn from_native($cx: &mut Context, $reference: u64) -> Self {
                $make
            }
            #[inline]
            fn from_bits(cx: &mut Context, bits: u64) -> Self {
                Self::from_native(cx, bits)
            }
        }
    };
}
reference_param!(Handle, false, |cx, reference| cx.root(reference));
reference_param!(Str, false, |cx, reference| Str(cx.root(reference)));
reference_param!(Option<Str>, false, |cx, reference| (reference != 0).then(|| Str(cx.root(reference))));
reference_param!(Array, false, |cx, reference| Array(cx.root(reference)));
reference_param!(Items, true, |_cx, reference| Items::new(reference));
reference_param!(Text, true, |_cx, reference| Text::new(reference));
reference_param!(Option<Text>, true, |_cx, reference| (reference != 0).then(|| Text::new(reference)));

/// Two result lanes in registers.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct Pair<A> {
    value: A,
    second: u64,
}

/// What a body may return: no lane, one or two, or a failure instead.
pub(crate) trait Answer: Sized {
    const LANES: &'static [Lane];
    const FAILS: bool = false;
    /// How native code receives it.
    type Native;
    fn native(self, cx: &mut Context) -> Result<Self::Native, Failed>;
    fn write(self, cx: &mut Context, lanes: &mut [u64]) -> Result<(), Failed>;
}

impl Answer for () {
    const LANES: &'static [Lane] = &[];
    type Native = ();
    fn native(self, _: &mut Context) -> Result<(), Failed> {
        Ok(())
    }
    fn write(self, _: &mut Context, _: &mut [u64]) -> Result<(), Failed> {
        Ok(())
    }
}

impl<T: Answer> Answer for Result<T, Failed> {
    const LANES: &'static [Lane] = T::LANES;
    const FAILS: bool = true;
    type Native = T::Native;
    #[inline]
    fn native(self, cx: &mut Context) -> Result<T::Native, Failed> {
        self?.native(cx)
    }
    #[inline]
    fn write(self, cx: &mut Context, lanes: &mut [u64]) -> Result<(), Failed> {
        self?.write(cx, lanes)
    }
}

/// A value that is one lane of a result.
pub(crate) trait OneLane {
    const LANE: Lane;
    type Native;
    fn native(self, cx: &Context) -> Self::Native;
    fn bits(self, cx: &Context) -> u64;
}

macro_rules! one_lane {
    ($T:ty: $lane:ident as $N:ty, |$value:ident, $cx:ident| $native:expr, $bits:expr) => {
        impl OneLane for $T {
            const LANE: Lane = Lane::$lane;
            type Native = $N;
            #[inline]
            fn native(self, $cx: &Context) -> $N {
                let $value = self;
                $native
            }
            #[inline]
            fn bits(self, $cx: &Context) -> u64 {
                let $value = self;
                $bits
            }
        }
        impl Answer for $T {
            const LANES: &'static [Lane] = &[Lane::$lane];
            type Native = $N;
            #[inline]
            fn native(self, cx: &mut Context) -> Result<$N, Failed> {
                Ok(OneLane::native(self, cx))
            }
            #[inline]
            fn write(self, cx: &mut Context, lanes: &mut [u64]) -> Result<(), Failed> {
                lanes[0] = self.bits(cx);
                Ok(())
            }
        }
    };
}
one_lane!(i64: Int as i64, |value, _cx| value, value as u64);
one_lane!(u64: Int as u64, |value, _cx| value, value);
one_lane!(f64: Float as f64, |value, _cx| value, value.to_bits());
one_lane!(bool: Bool as u64, |value, _cx| value as u64, value as u64);
one_lane!(Handle: Ref as u64, |value, cx| cx.rooted(value), cx.rooted(value));
one_lane!(Str: Ref as u64, |value, cx| cx.rooted(value.0), cx.rooted(value.0));
one_lane!(Option<Str>: Ref as u64, |value, cx| value.map_or(0, |s| cx.rooted(s.0)), value.map_or(0, |s| cx.rooted(s.0)));
one_lane!(Array: Ref as u64, |value, cx| cx.rooted(value.0), cx.rooted(value.0));

/// A raw reference as a result of a function that does not allocate.
#[derive(Clone, Copy)]
pub(crate) struct Raw(pub RawRef);
one_lane!(Raw: Ref as u64, |value, _cx| value.0, value.0);

macro_rules! two_lanes {
    ($T:ty: $A:ty, $B:ty, |$value:ident| $split:expr) => {
        impl Answer for $T {
            const LANES: &'static [Lane] = &[<$A as OneLane>::LANE, <$B as OneLane>::LANE];
            type Native = Pair<<$A as OneLane>::Native>;
            #[inline]
            fn native(self, cx: &mut Context) -> Result<Self::Native, Failed> {
                let $value = self;
                let (first, second): ($A, $B) = $split;
                Ok(Pair { value: OneLane::native(first, cx), second: second.bits(cx) })
            }
            #[inline]
            fn write(self, cx: &mut Context, lanes: &mut [u64]) -> Result<(), Failed> {
                let $value = self;
                let (first, second): ($A, $B) = $split;
                lanes[0] = first.bits(cx);
                lanes[1] = second.bits(cx);
                Ok(())
            }
        }
    };
}
// `T?`: the value, and whether there is one.
two_lanes!(Option<i64>: i64, bool, |option| (option.unwrap_or(0), option.is_some()));
two_lanes!(Option<f64>: f64, bool, |option| (option.unwrap_or(0.0), option.is_some()));
two_lanes!(Option<bool>: bool, bool, |option| (option.unwrap_or(false), option.is_some()));
// The next character and the position after it.
two_lanes!((Str, i64): Str, i64, |pair| pair);
two_lanes!((i64, i64): i64, i64, |pair| pair);
