use super::*;
use crate::context::{Options, ProgramData};

fn context(shapes: &[Vec<Lane>]) -> Box<Context> {
    let data = ProgramData { shapes, ..ProgramData::default() };
    let mut cx = Context::new(&data, Options::default());
    cx.heap.set_stress();
    cx
}

#[test]
fn tuples_keep_their_references_when_everything_moves() {
    let mut cx = context(&[vec![Lane::Int, Lane::Ref, Lane::Float, Lane::Ref]]);
    let text = cx.new_string("first").expect("fits");
    let other = cx.new_string("élève").expect("fits");
    let lanes = [7, cx.string_ref(text), 2.5f64.to_bits(), cx.string_ref(other)];
    let tuple = cx.new_tuple(0, &lanes).expect("fits");
    let tuple = cx.root(tuple);
    let before = cx.rooted(tuple);
    cx.collect(0).expect("fits");
    let object = Object::from_ref(cx.rooted(tuple));
    assert_ne!(object.address(), before);
    assert_eq!((object.get(1), object.get(3)), (7, 2.5f64.to_bits()));
    let (first, second) = (cx.root_string(object.get(2)), cx.root_string(object.get(4)));
    assert_eq!((cx.str(first), cx.str(second)), ("first", "élève"));
    assert_eq!(cx.string_ref(first), cx.string_ref(text));
}

#[test]
fn what_is_unreachable_goes() {
    let mut cx = Context::new(&ProgramData::default(), Options::default());
    let kept = cx.new_string(&"k".repeat(100_000)).expect("fits");
    for _ in 0..1000 {
        let scope = cx.open_scope();
        cx.new_string(&"x".repeat(100_000)).expect("fits");
        cx.new_string(&"y".repeat(1000)).expect("fits");
        cx.close_scope(scope);
    }
    assert!(cx.heap.collections() > 0);
    assert!(cx.heap.used() < 40 << 20, "{}", cx.heap.used());
    cx.collect(0).expect("fits");
    assert!(cx.heap.used() < 200_000, "{}", cx.heap.used());
    assert!(cx.str(kept).bytes().all(|byte| byte == b'k'));
}

#[test]
fn too_much_is_a_failure_and_the_heap_stays_usable() {
    let mut cx = Context::new(&ProgramData::default(), Options::default());
    let s = cx.new_string("0123456789").expect("fits");
    for times in [1 << 40, i64::MAX / 20, i64::MAX] {
        let failed = cx.repeat(s, times).expect_err("too much");
        let crate::Stop::Failure(failure) = cx.take_stop(failed) else { panic!("a failure") };
        assert_eq!(failure.fault, Fault::OutOfMemory);
    }
    assert!(cx.repeat(s, 3).is_ok());
}
