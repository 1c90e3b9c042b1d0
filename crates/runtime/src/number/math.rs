//! The runtime functions of `std.math`.
//!
//! Where `pxfm` has a correctly rounded function it is taken: there is one right answer, which the C library of most
//! systems gives in all but one of a thousand cases (of `libm`'s results every tenth differs in the last digit). Of the
//! other functions `libm`'s are closest to what Python's users see.

macro_rules! of_one {
    ($($NAME:ident $symbol:ident $library:ident::$function:ident $doc:literal;)*) => { runtime_fns! { Mathematics; $(
        #[doc = $doc]
        $NAME = fn $symbol(_cx, x: f64) -> f64, [pure] { $library::$function(x) }
    )*
        /// The angle of the point (x, y).
        MATH_ATAN2 = fn rt_math_atan2(_cx, y: f64, x: f64) -> f64, [pure] { pxfm::f_atan2(y, x) }
        /// The length of the vector (x, y).
        MATH_HYPOT = fn rt_math_hypot(_cx, x: f64, y: f64) -> f64, [pure] { super::power::hypot(x, y) }
        /// The remainder of the division to the nearest integer.
        MATH_REMAINDER = fn rt_math_remainder(_cx, x: f64, y: f64) -> f64, [pure] { libm::remainder(x, y) }
        /// The size of x with the sign of y.
        MATH_COPYSIGN = fn rt_math_copysign(_cx, x: f64, y: f64) -> f64, [pure] { x.copysign(y) }
        /// x + y * z with one rounding.
        MATH_FMA = fn rt_math_fma(_cx, x: f64, y: f64, z: f64) -> f64, [pure] { libm::fma(x, y, z) }
    } };
}

of_one! {
    MATH_SQRT rt_math_sqrt libm::sqrt "The square root.";
    MATH_CBRT rt_math_cbrt libm::cbrt "The cube root.";
    MATH_EXP rt_math_exp pxfm::f_exp "e to the power of x.";
    MATH_EXP2 rt_math_exp2 pxfm::f_exp2 "2 to the power of x.";
    MATH_EXPM1 rt_math_expm1 libm::expm1 "`exp(x) - 1`, exact near 0.";
    MATH_LN rt_math_ln pxfm::f_log "The natural logarithm.";
    MATH_LOG2 rt_math_log2 pxfm::f_log2 "The logarithm to the base of 2.";
    MATH_LOG10 rt_math_log10 pxfm::f_log10 "The logarithm to the base of 10.";
    MATH_LN1P rt_math_ln1p libm::log1p "`ln(1 + x)`, exact near 0.";
    MATH_SIN rt_math_sin pxfm::f_sin "The sine.";
    MATH_COS rt_math_cos pxfm::f_cos "The cosine.";
    MATH_TAN rt_math_tan pxfm::f_tan "The tangent.";
    MATH_ASIN rt_math_asin pxfm::f_asin "The inverse of the sine.";
    MATH_ACOS rt_math_acos pxfm::f_acos "The inverse of the cosine.";
    MATH_ATAN rt_math_atan pxfm::f_atan "The inverse of the tangent.";
    MATH_SINH rt_math_sinh libm::sinh "The hyperbolic sine.";
    MATH_COSH rt_math_cosh libm::cosh "The hyperbolic cosine.";
    MATH_TANH rt_math_tanh libm::tanh "The hyperbolic tangent.";
    MATH_ASINH rt_math_asinh libm::asinh "The inverse of the hyperbolic sine.";
    MATH_ACOSH rt_math_acosh libm::acosh "The inverse of the hyperbolic cosine.";
    MATH_ATANH rt_math_atanh libm::atanh "The inverse of the hyperbolic tangent.";
    MATH_GAMMA rt_math_gamma libm::tgamma "The gamma function.";
    MATH_ERF rt_math_erf libm::erf "The error function.";
}
