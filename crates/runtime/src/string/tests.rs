use super::*;
use crate::context::{Options, ProgramData};

fn context() -> Box<Context> {
    Context::new(&ProgramData::default(), Options::default())
}

#[test]
fn adding_in_a_loop_shares_buffers() {
    let mut cx = context();
    let mut expected = String::new();
    let s = cx.new_string("").expect("fits");
    for index in 0..20_000 {
        let piece = if index % 100 == 7 { "é" } else { "ab" };
        let scope = cx.open_scope();
        let p = cx.new_string(piece).expect("fits");
        let joined = cx.concat(s, p).expect("fits");
        let reference = cx.string_ref(joined);
        cx.set_rooted(s.0, reference);
        cx.close_scope(scope);
        expected.push_str(piece);
    }
    assert_eq!(cx.str(s), expected);
    assert_eq!(characters(cx.object(s)), expected.chars().count());
    // Two strings that go on from the same one do not disturb each other.
    let (x, y) = (cx.new_string("x").expect("fits"), cx.new_string("y").expect("fits"));
    let (sx, sy) = (cx.concat(s, x).expect("fits"), cx.concat(s, y).expect("fits"));
    assert!(cx.str(sx).ends_with('x') && cx.str(sy).ends_with('y'));
    assert_eq!(cx.str(s), expected);
    for index in [0, 1, 127, 128, 129, 5000, 19_999] {
        cx.prepare_index(s).expect("fits");
        let offset = byte_offset_of(&expected, index);
        assert_eq!(index::byte_offset(cx.object(s), index), offset);
    }
}

fn byte_offset_of(text: &str, index: usize) -> usize {
    text.char_indices().nth(index).map_or(text.len(), |(offset, _)| offset)
}
