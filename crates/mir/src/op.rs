//! The operation table: the only place where a regular value operation is defined.
//!
//! A row gives an operation its name in the text form, its operand and result lanes, its effect, and, side by side, what
//! it means to the interpreter and the constant folder (`eval`, plain Rust on `i64`, `f64`, `bool`, `u64`) and how it is
//! emitted (`lower`, on Cranelift values, where `f.ins()` is the instruction builder and `f.fail_if` leaves through a
//! cold block). Tokens that a consumer does not use are never compiled, so this crate needs no Cranelift.
//!
//! What is not a row: operations that allocate, have slow paths or long messages (runtime functions), and conditions
//! that fail with a message (branches made by the lowering).
//!
//! Narrow integers are kept widened in `Int` registers: their arithmetic is that of `i64` followed by a `Check…` row,
//! their wrapping arithmetic is that of `i64` followed by a `SignExtend…` or `ZeroExtend…` row. `u64` has rows of its own.

use tandem_runtime::ffi::Lane;

/// Whether an operation may fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Effect {
    Pure,
    Fails,
}

/// What tools know about an operation.
#[derive(Debug)]
pub struct OpInfo {
    /// Its name in the text form.
    pub name: &'static str,
    /// Lanes of its operands.
    pub operands: &'static [Lane],
    /// Lane of its result.
    pub result: Lane,
    /// Whether it may fail.
    pub effect: Effect,
    /// What it does.
    pub doc: &'static str,
}

/// Calls `$consumer!` with every row.
#[macro_export]
macro_rules! for_each_op {
    ($consumer:path) => { $consumer! {
        // ---- int: checked
        /// `+`
        IntAdd = "int.add" (a: Int, b: Int) -> Int, Fails {
            eval:  a.checked_add(b).ok_or(Fault::Overflow),
            lower: |f| { let (v, o) = f.ins().sadd_overflow(a, b); f.fail_if(o, Fault::Overflow); v },
        }
        /// `-`
        IntSub = "int.sub" (a: Int, b: Int) -> Int, Fails {
            eval:  a.checked_sub(b).ok_or(Fault::Overflow),
            lower: |f| { let (v, o) = f.ins().ssub_overflow(a, b); f.fail_if(o, Fault::Overflow); v },
        }
        /// `*`
        IntMul = "int.mul" (a: Int, b: Int) -> Int, Fails {
            eval:  a.checked_mul(b).ok_or(Fault::Overflow),
            lower: |f| { let (v, o) = f.ins().smul_overflow(a, b); f.fail_if(o, Fault::Overflow); v },
        }
        /// Unary `-`
        IntNeg = "int.neg" (a: Int) -> Int, Fails {
            eval:  a.checked_neg().ok_or(Fault::Overflow),
            lower: |f| { let z = f.int(0); let (v, o) = f.ins().ssub_overflow(z, a); f.fail_if(o, Fault::Overflow); v },
        }
        /// `/`, rounded toward zero
        IntDiv = "int.div" (a: Int, b: Int) -> Int, Fails {
            eval:  if b == 0 { Err(Fault::DivisionByZero) } else { a.checked_div(b).ok_or(Fault::Overflow) },
            lower: |f| { f.check_division(a, b); f.ins().sdiv(a, b) },
        }
        /// `//`, rounded down
        IntFloorDiv = "int.floor_div" (a: Int, b: Int) -> Int, Fails {
            eval:  if b == 0 { Err(Fault::DivisionByZero) } else {
                a.checked_div(b).map(|q| if a % b != 0 && (a < 0) != (b < 0) { q - 1 } else { q }).ok_or(Fault::Overflow)
            },
            lower: |f| { f.check_division(a, b); f.floor_division(a, b).0 },
        }
        /// `%`, with the sign of the dividend
        IntRem = "int.rem" (a: Int, b: Int) -> Int, Fails {
            eval:  if b == 0 { Err(Fault::DivisionByZero) } else { Ok(a.wrapping_rem(b)) },
            lower: |f| { f.check_zero(b); f.ins().srem(a, b) },
        }
        /// `a.mod(b)`, with the sign of the divisor
        IntMod = "int.mod" (a: Int, b: Int) -> Int, Fails {
            eval:  if b == 0 { Err(Fault::DivisionByZero) } else {
                let r = a.wrapping_rem(b);
                Ok(if r != 0 && (r < 0) != (b < 0) { r + b } else { r })
            },
            lower: |f| { f.check_zero(b); f.floor_modulo(a, b) },
        }
        // ---- int: wrapping and bits
        /// `+%`
        IntWrapAdd = "int.wrap_add" (a: Int, b: Int) -> Int, Pure {
            eval:  a.wrapping_add(b),
            lower: |f| f.ins().iadd(a, b),
        }
        /// `-%`
        IntWrapSub = "int.wrap_sub" (a: Int, b: Int) -> Int, Pure {
            eval:  a.wrapping_sub(b),
            lower: |f| f.ins().isub(a, b),
        }
        /// `*%`
        IntWrapMul = "int.wrap_mul" (a: Int, b: Int) -> Int, Pure {
            eval:  a.wrapping_mul(b),
            lower: |f| f.ins().imul(a, b),
        }
        /// `&`
        IntAnd = "int.and" (a: Int, b: Int) -> Int, Pure {
            eval:  a & b,
            lower: |f| f.ins().band(a, b),
        }
        /// `|`
        IntOr = "int.or" (a: Int, b: Int) -> Int, Pure {
            eval:  a | b,
            lower: |f| f.ins().bor(a, b),
        }
        /// `^`
        IntXor = "int.xor" (a: Int, b: Int) -> Int, Pure {
            eval:  a ^ b,
            lower: |f| f.ins().bxor(a, b),
        }
        /// `~`
        IntNot = "int.not" (a: Int) -> Int, Pure {
            eval:  !a,
            lower: |f| f.ins().bnot(a),
        }
        /// `<<`; the count has been checked against the width, here it is taken modulo 64
        IntShl = "int.shl" (a: Int, n: Int) -> Int, Pure {
            eval:  a.wrapping_shl(n as u32),
            lower: |f| f.ins().ishl(a, n),
        }
        /// `>>` keeping the sign; count as in `int.shl`
        IntSar = "int.sar" (a: Int, n: Int) -> Int, Pure {
            eval:  a.wrapping_shr(n as u32),
            lower: |f| f.ins().sshr(a, n),
        }
        /// `>>` filling with zeros; count as in `int.shl`
        IntShr = "int.shr" (a: Int, n: Int) -> Int, Pure {
            eval:  (a as u64).wrapping_shr(n as u32) as i64,
            lower: |f| f.ins().ushr(a, n),
        }
        // ---- int: comparisons
        /// `==`
        IntEq = "int.eq" (a: Int, b: Int) -> Bool, Pure {
            eval:  a == b,
            lower: |f| f.ins().icmp(IntCC::Equal, a, b),
        }
        /// `!=`
        IntNe = "int.ne" (a: Int, b: Int) -> Bool, Pure {
            eval:  a != b,
            lower: |f| f.ins().icmp(IntCC::NotEqual, a, b),
        }
        /// `<`
        IntLt = "int.lt" (a: Int, b: Int) -> Bool, Pure {
            eval:  a < b,
            lower: |f| f.ins().icmp(IntCC::SignedLessThan, a, b),
        }
        /// `<=`
        IntLe = "int.le" (a: Int, b: Int) -> Bool, Pure {
            eval:  a <= b,
            lower: |f| f.ins().icmp(IntCC::SignedLessThanOrEqual, a, b),
        }
        // ---- u64, the bits of an Int
        /// `+` of `u64`
        UIntAdd = "uint.add" (a: Int, b: Int) -> Int, Fails {
            eval:  (a as u64).checked_add(b as u64).map(|v| v as i64).ok_or(Fault::Overflow),
            lower: |f| { let (v, o) = f.ins().uadd_overflow(a, b); f.fail_if(o, Fault::Overflow); v },
        }
        /// `-` of `u64`
        UIntSub = "uint.sub" (a: Int, b: Int) -> Int, Fails {
            eval:  (a as u64).checked_sub(b as u64).map(|v| v as i64).ok_or(Fault::Overflow),
            lower: |f| { let (v, o) = f.ins().usub_overflow(a, b); f.fail_if(o, Fault::Overflow); v },
        }
        /// `*` of `u64`
        UIntMul = "uint.mul" (a: Int, b: Int) -> Int, Fails {
            eval:  (a as u64).checked_mul(b as u64).map(|v| v as i64).ok_or(Fault::Overflow),
            lower: |f| { let (v, o) = f.ins().umul_overflow(a, b); f.fail_if(o, Fault::Overflow); v },
        }
        /// `/` and `//` of `u64`
        UIntDiv = "uint.div" (a: Int, b: Int) -> Int, Fails {
            eval:  (a as u64).checked_div(b as u64).map(|v| v as i64).ok_or(Fault::DivisionByZero),
            lower: |f| { f.check_zero(b); f.ins().udiv(a, b) },
        }
        /// `%` and `mod` of `u64`
        UIntRem = "uint.rem" (a: Int, b: Int) -> Int, Fails {
            eval:  (a as u64).checked_rem(b as u64).map(|v| v as i64).ok_or(Fault::DivisionByZero),
            lower: |f| { f.check_zero(b); f.ins().urem(a, b) },
        }
        /// `<` of `u64`
        UIntLt = "uint.lt" (a: Int, b: Int) -> Bool, Pure {
            eval:  (a as u64) < b as u64,
            lower: |f| f.ins().icmp(IntCC::UnsignedLessThan, a, b),
        }
        /// `<=` of `u64`
        UIntLe = "uint.le" (a: Int, b: Int) -> Bool, Pure {
            eval:  a as u64 <= b as u64,
            lower: |f| f.ins().icmp(IntCC::UnsignedLessThanOrEqual, a, b),
        }
        // ---- narrow integers
        /// Fails unless the value fits `i8`
        CheckI8 = "int.check_i8" (a: Int) -> Int, Fails {
            eval:  if a as i8 as i64 == a { Ok(a) } else { Err(Fault::Overflow) },
            lower: |f| { let v = f.sign_extend(types::I8, a); f.check_same(a, v) },
        }
        /// Fails unless the value fits `i16`
        CheckI16 = "int.check_i16" (a: Int) -> Int, Fails {
            eval:  if a as i16 as i64 == a { Ok(a) } else { Err(Fault::Overflow) },
            lower: |f| { let v = f.sign_extend(types::I16, a); f.check_same(a, v) },
        }
        /// Fails unless the value fits `i32`
        CheckI32 = "int.check_i32" (a: Int) -> Int, Fails {
            eval:  if a as i32 as i64 == a { Ok(a) } else { Err(Fault::Overflow) },
            lower: |f| { let v = f.sign_extend(types::I32, a); f.check_same(a, v) },
        }
        /// Fails unless the value fits `u8`
        CheckU8 = "int.check_u8" (a: Int) -> Int, Fails {
            eval:  if a as u8 as i64 == a { Ok(a) } else { Err(Fault::Overflow) },
            lower: |f| { let v = f.zero_extend(types::I8, a); f.check_same(a, v) },
        }
        /// Fails unless the value fits `u16`
        CheckU16 = "int.check_u16" (a: Int) -> Int, Fails {
            eval:  if a as u16 as i64 == a { Ok(a) } else { Err(Fault::Overflow) },
            lower: |f| { let v = f.zero_extend(types::I16, a); f.check_same(a, v) },
        }
        /// Fails unless the value fits `u32`
        CheckU32 = "int.check_u32" (a: Int) -> Int, Fails {
            eval:  if a as u32 as i64 == a { Ok(a) } else { Err(Fault::Overflow) },
            lower: |f| { let v = f.zero_extend(types::I32, a); f.check_same(a, v) },
        }
        /// Keeps 8 bits, signed
        SignExtend8 = "int.sign_extend_8" (a: Int) -> Int, Pure {
            eval:  a as i8 as i64,
            lower: |f| f.sign_extend(types::I8, a),
        }
        /// Keeps 16 bits, signed
        SignExtend16 = "int.sign_extend_16" (a: Int) -> Int, Pure {
            eval:  a as i16 as i64,
            lower: |f| f.sign_extend(types::I16, a),
        }
        /// Keeps 32 bits, signed
        SignExtend32 = "int.sign_extend_32" (a: Int) -> Int, Pure {
            eval:  a as i32 as i64,
            lower: |f| f.sign_extend(types::I32, a),
        }
        /// Keeps 8 bits, unsigned
        ZeroExtend8 = "int.zero_extend_8" (a: Int) -> Int, Pure {
            eval:  a as u8 as i64,
            lower: |f| f.zero_extend(types::I8, a),
        }
        /// Keeps 16 bits, unsigned
        ZeroExtend16 = "int.zero_extend_16" (a: Int) -> Int, Pure {
            eval:  a as u16 as i64,
            lower: |f| f.zero_extend(types::I16, a),
        }
        /// Keeps 32 bits, unsigned
        ZeroExtend32 = "int.zero_extend_32" (a: Int) -> Int, Pure {
            eval:  a as u32 as i64,
            lower: |f| f.zero_extend(types::I32, a),
        }
        // ---- float
        /// `+`
        FloatAdd = "float.add" (a: Float, b: Float) -> Float, Pure {
            eval:  a + b,
            lower: |f| f.ins().fadd(a, b),
        }
        /// `-`
        FloatSub = "float.sub" (a: Float, b: Float) -> Float, Pure {
            eval:  a - b,
            lower: |f| f.ins().fsub(a, b),
        }
        /// `*`
        FloatMul = "float.mul" (a: Float, b: Float) -> Float, Pure {
            eval:  a * b,
            lower: |f| f.ins().fmul(a, b),
        }
        /// `/`
        FloatDiv = "float.div" (a: Float, b: Float) -> Float, Pure {
            eval:  a / b,
            lower: |f| f.ins().fdiv(a, b),
        }
        /// Unary `-`
        FloatNeg = "float.neg" (a: Float) -> Float, Pure {
            eval:  -a,
            lower: |f| f.ins().fneg(a),
        }
        /// Without its sign
        FloatAbs = "float.abs" (a: Float) -> Float, Pure {
            eval:  a.abs(),
            lower: |f| f.ins().fabs(a),
        }
        /// Square root
        FloatSqrt = "float.sqrt" (a: Float) -> Float, Pure {
            eval:  a.sqrt(),
            lower: |f| f.ins().sqrt(a),
        }
        /// Rounded down
        FloatFloor = "float.floor" (a: Float) -> Float, Pure {
            eval:  a.floor(),
            lower: |f| f.ins().floor(a),
        }
        /// Rounded up
        FloatCeil = "float.ceil" (a: Float) -> Float, Pure {
            eval:  a.ceil(),
            lower: |f| f.ins().ceil(a),
        }
        /// Rounded toward zero
        FloatTrunc = "float.trunc" (a: Float) -> Float, Pure {
            eval:  a.trunc(),
            lower: |f| f.ins().trunc(a),
        }
        /// Rounded to the precision of `f32`
        FloatRoundF32 = "float.round_f32" (a: Float) -> Float, Pure {
            eval:  a as f32 as f64,
            lower: |f| { let v = f.ins().fdemote(types::F32, a); f.ins().fpromote(types::F64, v) },
        }
        /// `==`
        FloatEq = "float.eq" (a: Float, b: Float) -> Bool, Pure {
            eval:  a == b,
            lower: |f| f.ins().fcmp(FloatCC::Equal, a, b),
        }
        /// `!=`
        FloatNe = "float.ne" (a: Float, b: Float) -> Bool, Pure {
            eval:  a != b,
            lower: |f| f.ins().fcmp(FloatCC::NotEqual, a, b),
        }
        /// `<`
        FloatLt = "float.lt" (a: Float, b: Float) -> Bool, Pure {
            eval:  a < b,
            lower: |f| f.ins().fcmp(FloatCC::LessThan, a, b),
        }
        /// `<=`
        FloatLe = "float.le" (a: Float, b: Float) -> Bool, Pure {
            eval:  a <= b,
            lower: |f| f.ins().fcmp(FloatCC::LessThanOrEqual, a, b),
        }
        // ---- conversions
        /// `int` to `float`, to nearest
        IntToFloat = "int.to_float" (a: Int) -> Float, Pure {
            eval:  a as f64,
            lower: |f| f.ins().fcvt_from_sint(types::F64, a),
        }
        /// `u64` to `float`, to nearest
        UIntToFloat = "uint.to_float" (a: Int) -> Float, Pure {
            eval:  a as u64 as f64,
            lower: |f| f.ins().fcvt_from_uint(types::F64, a),
        }
        /// `float` to `int`, truncated and saturated, NaN to 0; ranges are checked before
        FloatToInt = "float.to_int" (a: Float) -> Int, Pure {
            eval:  a as i64,
            lower: |f| f.ins().fcvt_to_sint_sat(types::I64, a),
        }
        /// `float` to `u64`, truncated and saturated, NaN to 0; ranges are checked before
        FloatToUInt = "float.to_uint" (a: Float) -> Int, Pure {
            eval:  a as u64 as i64,
            lower: |f| f.ins().fcvt_to_uint_sat(types::I64, a),
        }
        /// `false` to 0, `true` to 1
        BoolToInt = "bool.to_int" (a: Bool) -> Int, Pure {
            eval:  a as i64,
            lower: |f| f.ins().uextend(types::I64, a),
        }
        // ---- bool
        /// `not`
        BoolNot = "bool.not" (a: Bool) -> Bool, Pure {
            eval:  !a,
            lower: |f| { let one = f.bool(true); f.ins().bxor(a, one) },
        }
        /// Both; both operands are already evaluated
        BoolAnd = "bool.and" (a: Bool, b: Bool) -> Bool, Pure {
            eval:  a & b,
            lower: |f| f.ins().band(a, b),
        }
        /// Either; both operands are already evaluated
        BoolOr = "bool.or" (a: Bool, b: Bool) -> Bool, Pure {
            eval:  a | b,
            lower: |f| f.ins().bor(a, b),
        }
        /// `==`
        BoolEq = "bool.eq" (a: Bool, b: Bool) -> Bool, Pure {
            eval:  a == b,
            lower: |f| f.ins().icmp(IntCC::Equal, a, b),
        }
        /// `!=`
        BoolNe = "bool.ne" (a: Bool, b: Bool) -> Bool, Pure {
            eval:  a != b,
            lower: |f| f.ins().icmp(IntCC::NotEqual, a, b),
        }
        // ---- ref
        /// Whether two references are the same
        RefEq = "ref.eq" (a: Ref, b: Ref) -> Bool, Pure {
            eval:  a == b,
            lower: |f| f.ins().icmp(IntCC::Equal, a, b),
        }
        /// Whether a reference is `nil`
        RefIsNil = "ref.is_nil" (a: Ref) -> Bool, Pure {
            eval:  a == 0,
            lower: |f| { let z = f.int(0); f.ins().icmp(IntCC::Equal, a, z) },
        }
    } };
}

macro_rules! define_ops {
    ($( $(#[doc = $doc:literal])+ $Op:ident = $name:literal ($($p:ident: $P:ident),*) -> $R:ident, $fx:ident
        { eval: $eval:expr, lower: |$f:ident| $lower:expr, } )*) => {
        /// An operation of the table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Op { $( $(#[doc = $doc])+ $Op, )* }

        impl Op {
            /// Every operation, in the order of the table.
            pub const ALL: &[Op] = &[$(Op::$Op),*];

            /// What is known about it.
            pub const fn info(self) -> &'static OpInfo {
                match self { $( Op::$Op => &OpInfo {
                    name: $name,
                    operands: &[$(Lane::$P),*],
                    result: Lane::$R,
                    effect: Effect::$fx,
                    doc: concat!($($doc),+),
                }, )* }
            }
        }
    };
}
for_each_op!(define_ops);

impl Op {
    /// The operation with this name in the text form.
    pub fn by_name(name: &str) -> Option<Op> {
        Op::ALL.iter().copied().find(|op| op.info().name == name)
    }
}
