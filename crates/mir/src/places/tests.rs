use super::*;
use crate::{LocId, Reg, text};

#[test]
fn columns_and_widths_count_characters_of_the_first_line() {
    let mut sources = SourceMap::new();
    sources.add("a.tdm", "let é = 1\nprint(ü +\n  1)\n");
    let program = text::parse::<Reg>(
        r#"
        name name0 = "<script>"
        name name1 = "f"
        loc loc0 = 0:4..6 name0
        loc loc1 = 0:17..25 name1 in loc0
        loc loc2 = 0:24..24 name0
        fn fn0() -> int {
        block0:
            unreachable
        }"#,
    )
    .unwrap_or_else(|error| panic!("{error}"));
    let places = places(&program, &sources);
    let found: Vec<_> = places.places.iter().map(|place| (place.line, place.column, place.width)).collect();
    assert_eq!(found, [(1, 5, 1), (2, 7, 3), (3, 3, 1)]);
    assert_eq!(places.places[1].parent, Some(LocId::from_u32(0).as_u32()));
    assert_eq!(places.places[1].function, 1);
    assert_eq!(places.files, ["a.tdm"]);
    let lines: Vec<_> = places.lines.iter().map(|((_, line), text)| (*line, text.as_str())).collect();
    assert_eq!(lines, [(1, "let é = 1"), (2, "print(ü +"), (3, "  1)")]);
}
