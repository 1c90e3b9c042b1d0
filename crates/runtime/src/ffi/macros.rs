//! `runtime_fns!`: one item per runtime function, from which everything else about it is made.

/// Defines the runtime functions of a family.
///
/// ```text
/// runtime_fns! { Strings;
///     /// `a + b`
///     STRING_CONCAT = fn rt_string_concat(cx, a: Str, b: Str) -> Result<Str, Failed>, [collects] { … }
/// }
/// ```
///
/// makes the static [`RtFn`](crate::ffi::RtFn) `STRING_CONCAT` with both entry points. A row says `[collects]` (may
/// allocate, and so needs a result that may fail), `[pure]`, or `[]`; whether it may fail is seen from its result.
macro_rules! runtime_fns {
    ($Family:ident; $(
        $(#[doc = $doc:literal])+
        $NAME:ident = fn $symbol:ident($cx:ident $(, $p:ident: $P:ty)* $(,)?) $(-> $R:ty)?, [$($effect:ident)?] $body:block
    )*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Position { $($NAME,)* Count }

        /// How many there are.
        pub(crate) const COUNT: usize = Position::Count as usize;
        /// All of them, in order.
        pub(crate) const ROWS: [&$crate::ffi::RtFn; COUNT] = [$(&$NAME),*];

        $(
            $(#[doc = $doc])+
            pub static $NAME: $crate::ffi::RtFn = {
                type Returned = runtime_fns!(@returned $($R)?);
                const PARAMS: &[$crate::ffi::Lane] = &[$(<$P as $crate::ffi::abi::Param>::LANE),*];
                const COLLECTS: bool = runtime_fns!(@is_collects $($effect)?);
                const PURE: bool = runtime_fns!(@is_pure $($effect)?);
                const FAILS: bool = <Returned as $crate::ffi::abi::Answer>::FAILS;
                const {
                    assert!(!COLLECTS || FAILS, "what allocates may fail");
                    assert!(!PURE || !FAILS, "what fails is not pure");
                    $(assert!(!COLLECTS || !<$P as $crate::ffi::abi::Param>::RAW, "a raw reference across a collection");)*
                }

                #[inline]
                #[allow(clippy::unused_unit)]
                fn $symbol($cx: &mut $crate::Context $(, $p: $P)*) -> Returned $body

                extern "C" fn entry(
                    cx: *mut $crate::Context $(, $p: <$P as $crate::ffi::abi::Param>::Native)*
                ) -> <Returned as $crate::ffi::abi::Answer>::Native {
                    // SAFETY: native code passes the context it was entered with, and nobody else uses it meanwhile.
                    let cx = unsafe { &mut *cx };
                    let scope = cx.open_scope();
                    $(let $p = <$P as $crate::ffi::abi::Param>::from_native(cx, $p);)*
                    let answer = $crate::ffi::abi::Answer::native($symbol(cx $(, $p)*), cx);
                    cx.close_scope(scope);
                    match answer {
                        Ok(native) => native,
                        // SAFETY: the body has returned; nothing here needs dropping.
                        Err(failed) => unsafe { cx.leave_native(failed) },
                    }
                }

                $crate::arch::trampoline!(noting_entry => entry);

                fn shim(
                    cx: &mut $crate::Context, args: &[u64], results: &mut [u64],
                ) -> Result<(), $crate::Failed> {
                    let [$($p),*] = *args else { unreachable!("verified: a call has the arguments of its function") };
                    let scope = cx.open_scope();
                    $(let $p = <$P as $crate::ffi::abi::Param>::from_bits(cx, $p);)*
                    let answer = $crate::ffi::abi::Answer::write($symbol(cx $(, $p)*), cx, results);
                    cx.close_scope(scope);
                    answer
                }

                $crate::ffi::RtFn {
                    index: ($crate::ffi::first_index($crate::ffi::Family::$Family) + Position::$NAME as usize) as u16,
                    symbol: stringify!($symbol),
                    params: PARAMS,
                    results: <Returned as $crate::ffi::abi::Answer>::LANES,
                    effects: $crate::ffi::Effects { collects: COLLECTS, fails: FAILS, pure: PURE },
                    doc: concat!($($doc, "\n"),+),
                    address: || if FAILS { noting_entry as *const () as usize } else { entry as *const () as usize },
                    shim,
                }
            };
        )*
    };

    (@returned) => { () };
    (@returned $R:ty) => { $R };
    (@is_collects collects) => { true };
    (@is_collects $($other:ident)?) => { false };
    (@is_pure pure) => { true };
    (@is_pure $($other:ident)?) => { false };
}
