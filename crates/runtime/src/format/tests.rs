use crate::context::{Context, Options, ProgramData, Stop};
use crate::ffi::{self, RtFn};
use crate::heap::Element;

fn context() -> Box<Context> {
    Context::new(&ProgramData::default(), Options::default())
}

fn shown(cx: &mut Context, function: &RtFn, args: &[u64]) -> String {
    (function.shim)(cx, args, &mut []).expect("it can be shown");
    let text = cx.take_text();
    cx.give_back(text.clone());
    text
}

#[test]
fn values_as_text() {
    let mut cx = context();
    assert_eq!(shown(&mut cx, &ffi::FMT_UINT, &[u64::MAX]), "18446744073709551615");
    assert_eq!(shown(&mut cx, &ffi::FMT_F32, &[f64::from(0.1f32).to_bits()]), "0.1");
    assert_eq!(shown(&mut cx, &ffi::FMT_F32, &[f64::from(1e-5f32).to_bits()]), "1e-05");
    assert_eq!(shown(&mut cx, &ffi::FMT_FLOAT, &[(-f64::NAN).to_bits()]), "nan");
    assert_eq!(shown(&mut cx, &ffi::FMT_RANGE, &[0, 10, 1, 0]), "0..10");
    assert_eq!(shown(&mut cx, &ffi::FMT_RANGE, &[-1i64 as u64, 2, 1, 1]), "-1..=2");
    assert_eq!(shown(&mut cx, &ffi::FMT_RANGE, &[9, 0, -2i64 as u64, 0]), "range(9, 0, -2)");
    let s = cx.new_string("a\"b\\c\n\t\r\0\u{1b}\u{7f}\u{85}é{}").expect("fits");
    let s = cx.string_ref(s);
    assert_eq!(shown(&mut cx, &ffi::FMT_REPR, &[s]), r#""a\"b\\c\n\t\r\0\u{1b}\u{7f}\u{85}é{}""#);
}

#[test]
fn arrays_as_text() {
    let mut cx = context();
    let mut array = |element, lanes: &[u64]| {
        let array = cx.new_array(element, 0).expect("fits");
        lanes.iter().for_each(|lane| cx.push_lane(array, *lane).expect("fits"));
        let array = cx.rooted(array.0);
        shown(&mut cx, &ffi::FMT_ARRAY, &[array])
    };
    assert_eq!(array(Element::Int, &[1, -2i64 as u64]), "[1, -2]");
    assert_eq!(array(Element::UInt, &[u64::MAX]), "[18446744073709551615]");
    assert_eq!(array(Element::Float, &[1f64.to_bits()]), "[1.0]");
    assert_eq!(
        array(Element::Bool, &[1, 0, 1, 1, 1, 1, 1, 1, 0]),
        "[true, false, true, true, true, true, true, true, false]"
    );
    assert_eq!(array(Element::Ref, &[]), "[]");
}

#[test]
fn a_spec_that_does_not_work_says_so() {
    let mut cx = context();
    let mut message = |function: &RtFn, value: u64, spec: &str| {
        let spec = cx.new_string(spec).expect("fits");
        let spec = cx.string_ref(spec);
        let failed = (function.shim)(&mut cx, &[value, spec], &mut []).expect_err("it does not work");
        match cx.take_stop(failed) {
            Stop::Failure(failure) => format!("R{:04} {}", failure.fault.number(), failure.message),
            Stop::Exit(status) => panic!("exit {status}"),
        }
    };
    assert_eq!(message(&ffi::FMT_INT_SPEC, 1, "?"), "R0028 bad format spec \"?\"");
    assert_eq!(message(&ffi::FMT_INT_SPEC, 1, "s"), "R0028 format spec \"s\" does not fit an int");
    assert_eq!(message(&ffi::FMT_FLOAT_SPEC, 1, "x"), "R0028 format spec \"x\" does not fit a float");
    assert_eq!(message(&ffi::FMT_BOOL_SPEC, 1, "d"), "R0028 format spec \"d\" does not fit a bool");
    assert_eq!(message(&ffi::FMT_INT_SPEC, 1, "99999999999999d"), "R0013 out of memory");
    assert_eq!(message(&ffi::FMT_INT_SPEC, 1, "999999999999999999999"), "R0013 out of memory");
    assert_eq!(message(&ffi::FMT_FLOAT_SPEC, 1, ".99999999999999f"), "R0013 out of memory");
}
