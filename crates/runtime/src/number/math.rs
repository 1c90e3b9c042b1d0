//! The runtime functions of `std.math`.

macro_rules! of_one {
    ($($NAME:ident $symbol:ident $function:ident $doc:literal;)*) => { runtime_fns! { Mathematics; $(
        #[doc = $doc]
        $NAME = fn $symbol(_cx, x: f64) -> f64, [pure] { libm::$function(x) }
    )*
        /// The angle of the point (x, y).
        MATH_ATAN2 = fn rt_math_atan2(_cx, y: f64, x: f64) -> f64, [pure] { libm::atan2(y, x) }
        /// The length of the vector (x, y).
        MATH_HYPOT = fn rt_math_hypot(_cx, x: f64, y: f64) -> f64, [pure] { libm::hypot(x, y) }
        /// The remainder of the division to the nearest integer.
        MATH_REMAINDER = fn rt_math_remainder(_cx, x: f64, y: f64) -> f64, [pure] { libm::remainder(x, y) }
        /// The size of x with the sign of y.
        MATH_COPYSIGN = fn rt_math_copysign(_cx, x: f64, y: f64) -> f64, [pure] { x.copysign(y) }
        /// x + y * z with one rounding.
        MATH_FMA = fn rt_math_fma(_cx, x: f64, y: f64, z: f64) -> f64, [pure] { libm::fma(x, y, z) }
    } };
}

of_one! {
    MATH_SQRT rt_math_sqrt sqrt "The square root.";
    MATH_CBRT rt_math_cbrt cbrt "The cube root.";
    MATH_EXP rt_math_exp exp "e to the power of x.";
    MATH_EXP2 rt_math_exp2 exp2 "2 to the power of x.";
    MATH_EXPM1 rt_math_expm1 expm1 "`exp(x) - 1`, exact near 0.";
    MATH_LN rt_math_ln log "The natural logarithm.";
    MATH_LOG2 rt_math_log2 log2 "The logarithm to the base of 2.";
    MATH_LOG10 rt_math_log10 log10 "The logarithm to the base of 10.";
    MATH_LN1P rt_math_ln1p log1p "`ln(1 + x)`, exact near 0.";
    MATH_SIN rt_math_sin sin "The sine.";
    MATH_COS rt_math_cos cos "The cosine.";
    MATH_TAN rt_math_tan tan "The tangent.";
    MATH_ASIN rt_math_asin asin "The inverse of the sine.";
    MATH_ACOS rt_math_acos acos "The inverse of the cosine.";
    MATH_ATAN rt_math_atan atan "The inverse of the tangent.";
    MATH_SINH rt_math_sinh sinh "The hyperbolic sine.";
    MATH_COSH rt_math_cosh cosh "The hyperbolic cosine.";
    MATH_TANH rt_math_tanh tanh "The hyperbolic tangent.";
    MATH_ASINH rt_math_asinh asinh "The inverse of the hyperbolic sine.";
    MATH_ACOSH rt_math_acosh acosh "The inverse of the hyperbolic cosine.";
    MATH_ATANH rt_math_atanh atanh "The inverse of the hyperbolic tangent.";
    MATH_GAMMA rt_math_gamma tgamma "The gamma function.";
    MATH_ERF rt_math_erf erf "The error function.";
}
