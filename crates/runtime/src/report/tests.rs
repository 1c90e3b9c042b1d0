use super::*;
use crate::fault::Fault;
use crate::image::FunctionName;

fn place(line: u32, column: u32, width: u32, function: u32, parent: Option<u32>) -> Place {
    Place { file: 0, line, column, width, function, parent }
}

fn places(list: Vec<Place>) -> Places {
    let function = |name: &str, visibility| FunctionName { name: name.into(), visibility };
    Places {
        places: list,
        functions: vec![
            function("<script>", FrameVisibility::Shown),
            function("pick", FrameVisibility::Shown),
            function("first", FrameVisibility::Hidden),
        ],
        files: vec!["demo.tdm".into()],
        lines: vec![((0, 4), "    return xs[5]".into()), ((0, 12), "é = pick(é)".into())],
    }
}

fn failure() -> Failure {
    Failure { fault: Fault::OutOfBounds, message: "index 5 is out of bounds for an array of length 3".into() }
}

#[test]
fn shows_message_place_excerpt_and_backtrace() {
    let places = places(vec![place(4, 12, 5, 1, None), place(12, 5, 4, 0, None)]);
    let expected = "\
error[R0003]: index 5 is out of bounds for an array of length 3
  --> demo.tdm:4:12
   |
 4 |     return xs[5]
   |            ^^^^^
backtrace: pick (demo.tdm:4:12) < <script> (demo.tdm:12:5)
";
    assert_eq!(report(&failure(), &[0, 1].into_iter().collect(), &places), expected);
}

#[test]
fn hidden_frames_are_left_out_and_inlined_ones_shown() {
    let places = places(vec![place(1, 1, 1, 2, Some(1)), place(4, 12, 5, 1, Some(2)), place(12, 5, 7, 0, None)]);
    let expected = "\
error[R0003]: index 5 is out of bounds for an array of length 3
  --> demo.tdm:4:12
   |
 4 |     return xs[5]
   |            ^^^^^
backtrace: pick (demo.tdm:4:12) < <script> (demo.tdm:12:5)
";
    assert_eq!(report(&failure(), &[0].into_iter().collect(), &places), expected);
    let outer = "\
  --> demo.tdm:12:5
    |
 12 | é = pick(é)
    |     ^^^^^^^
backtrace: <script> (demo.tdm:12:5)
";
    assert!(report(&failure(), &[2].into_iter().collect(), &places).ends_with(outer));
}

#[test]
fn the_middle_of_a_long_backtrace_is_counted() {
    let places = places(vec![place(4, 1, 1, 1, None), place(5, 1, 1, 1, None)]);
    let backtrace: Backtrace = (0..100_000).map(|index| u32::from(index >= 50_000)).collect();
    let text = report(&failure(), &backtrace, &places);
    let list = text.lines().last().unwrap_or_default();
    assert_eq!(list.matches("pick (demo.tdm:4:1)").count(), 8);
    assert_eq!(list.matches("pick (demo.tdm:5:1)").count(), 8);
    assert!(list.contains(") < ... 99984 more ... < pick"), "{list}");
    let short: Backtrace = (0..16).map(|_| 0).collect();
    assert!(!report(&failure(), &short, &places).contains("more"));
}
