use super::*;
use crate::context::{Context, Options, ProgramData, Stop};
use crate::fault::{Failed, Fault};

fn message<T: std::fmt::Debug>(call: impl FnOnce(&mut Context) -> Result<T, Failed>) -> (Fault, String) {
    let mut cx = Context::new(&ProgramData::default(), Options::default());
    let failed = call(&mut cx).expect_err("a failure");
    match cx.take_stop(failed) {
        Stop::Failure(failure) => (failure.fault, failure.message),
        Stop::Exit(status) => panic!("exit {status}"),
    }
}

#[test]
fn conversions_say_what_does_not_fit() {
    let conversion = |text: &str| (Fault::Conversion, text.to_string());
    assert_eq!(message(|cx| cx.narrow(300, IntKind::U8)), conversion("300 does not fit u8"));
    assert_eq!(message(|cx| cx.narrow(1 << 63, IntKind::I64)), conversion("9223372036854775808 does not fit an int"));
    assert_eq!(message(|cx| cx.narrow(-1, IntKind::U64)), conversion("-1 does not fit u64"));
    assert_eq!(message(|cx| cx.narrow_float(f64::NAN, IntKind::I64)), conversion("nan does not fit an int"));
    assert_eq!(message(|cx| cx.narrow_float(1e300, IntKind::I64)), conversion("1e+300 does not fit an int"));
    assert_eq!(message(|cx| cx.narrow_float(256.0, IntKind::U8)), conversion("256.0 does not fit u8"));
    assert_eq!(
        message(|cx| Err::<(), _>(cx.not_a_number("1\"2", " is not an integer"))),
        conversion("\"1\\\"2\" is not an integer")
    );
}

#[test]
fn the_edges_of_each_kind_fit() {
    let mut cx = Context::new(&ProgramData::default(), Options::default());
    assert_eq!(cx.narrow(u64::MAX.into(), IntKind::U64), Ok(-1));
    assert_eq!(cx.narrow_float(-128.9, IntKind::I8), Ok(-128));
    assert_eq!(cx.narrow_float(255.9, IntKind::U8), Ok(255));
    assert_eq!(cx.narrow_float(-0.9, IntKind::U64), Ok(0));
    assert_eq!(cx.narrow_float(18446744073709549568.0, IntKind::U64), Ok(18446744073709549568u64 as i64));
    assert_eq!(cx.narrow_float(-9223372036854775808.0, IntKind::I64), Ok(i64::MIN));
    assert!(cx.narrow_float(9223372036854775808.0, IntKind::I64).is_err());
    assert!(cx.narrow_float(18446744073709551616.0, IntKind::U64).is_err());
    assert!(cx.narrow_float(-1.0, IntKind::U8).is_err());
}

#[test]
fn unsigned_powers_are_checked() {
    assert_eq!(uint_pow(2, 63), Ok(1 << 63));
    assert_eq!(uint_pow(2, 64), Err(Fault::Overflow));
    assert_eq!(uint_pow(1, u64::MAX), Ok(1));
    assert_eq!(uint_pow(0, 0), Ok(1));
}
