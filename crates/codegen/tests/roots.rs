//! References across safepoints, with a collector that moves every object at each allocation.

mod common;

use std::sync::Once;

use common::Outcome;

fn run(text: &str) -> Outcome {
    static STRESS: Once = Once::new();
    // SAFETY: nothing else in this process reads the environment before the first test is here.
    STRESS.call_once(|| unsafe { std::env::set_var("TANDEM_GC", "stress,verify") });
    common::run(text)
}

fn printed(text: &str) -> String {
    let outcome = run(text);
    assert!(outcome.result.is_ok(), "{outcome:?}");
    outcome.output
}

const CONSTANTS: &str = "const const0 = \"ab\"\nconst const1 = \"cd\"\n";

#[test]
fn across_runtime_calls() {
    let text = CONSTANTS.to_string()
        + "fn fn0() -> int {
        block0:
            v0 = string const0
            v1 = string const1
            v2 = call rt_string_concat(v0, v1)
            v3 = call rt_string_concat(v1, v0)
            v4 = call rt_string_concat(v2, v3)
            v5 = call rt_string_concat(v3, v2)
            v6 = call rt_string_concat(v4, v5)
            v7 = call rt_string_concat(v6, v2)
            call rt_fmt_str(v7)
            call rt_fmt_str(v3)
            call rt_fmt_str(v2)
            call rt_fmt_print()
            v8 = int 0
            return v8
        }";
    assert_eq!(printed(&text), "abcdcdabcdababcdabcdcdababcd");
}

#[test]
fn across_calls_and_recursion() {
    let text = CONSTANTS.to_string()
        + "fn fn0() -> int {
        block0:
            v0 = int 5
            v1 = string const0
            v2 = string const1
            v3 = call rt_string_concat(v1, v2)
            v4 = call fn1(v0, v3, v1)
            call rt_fmt_str(v4)
            call rt_fmt_str(v3)
            call rt_fmt_print()
            v5 = int 0
            return v5
        }
        fn fn1(v0: int, v1: ref, v2: ref) -> ref {
        block0:
            v3 = int 0
            v4 = int.eq v0, v3
            branch v4, block1, block2
        block1:
            return v1
        block2:
            v5 = int 1
            v6 = int.sub v0, v5
            v7 = call rt_string_concat(v2, v2)
            v8 = call fn1(v6, v1, v7)
            v9 = call rt_string_concat(v8, v2)
            v10 = call rt_string_len(v7)
            call rt_fmt_int(v10)
            v11 = call rt_fmt_take()
            v12 = call rt_string_concat(v9, v11)
            return v12
        }";
    let mut expected = "abcd".to_string();
    for depth in (0..5).rev() {
        expected += &"ab".repeat(1 << depth);
        expected += &(4 << depth).to_string();
    }
    assert_eq!(printed(&text), expected + "abcd");
}

#[test]
fn around_a_loop_with_a_poll_and_a_cold_call() {
    // `v3` is alive across the poll and a collecting call in a cold block; `v2` moves from turn to turn.
    let text = CONSTANTS.to_string()
        + "fn fn0() -> int {
        block0:
            v0 = string const0
            v1 = string const1
            v3 = call rt_string_concat(v0, v1)
            v4 = int 0
            v20 = int 1
            v21 = int 40
            v22 = int 10
            jump block1(v4, v3)
        block1(v5: int, v2: ref):
            v6 = int.lt v5, v21
            branch v6, block2, block5
        block2:
            v7 = int.rem v5, v22
            v8 = int.eq v7, v4
            branch v8, block3, block4(v2)
        block3 cold:
            v9 = call rt_string_concat(v2, v3)
            jump block4(v9)
        block4(v10: ref):
            v11 = int.add v5, v20
            wait
            jump block1(v11, v10)
        block5:
            call rt_fmt_str(v2)
            call rt_fmt_str(v3)
            call rt_fmt_print()
            return v4
        }";
    assert_eq!(printed(&text), "abcd".repeat(6));
}

#[test]
fn parameters_at_the_poll_of_the_prologue() {
    let text = CONSTANTS.to_string()
        + "fn fn0() -> int {
        block0:
            v0 = string const0
            v1 = string const1
            v2 = call rt_string_concat(v0, v1)
            v3 = call rt_string_concat(v1, v0)
            call fn1(v2, v3)
            v4 = int 0
            return v4
        }
        fn fn1(v0: ref, v1: ref) {
        block0:
            v2 = call rt_string_concat(v0, v1)
            call fn2(v2)
            call fn2(v1)
            call fn2(v0)
            return
        }
        fn fn2(v0: ref) {
        block0:
            call rt_fmt_str(v0)
            call rt_fmt_print()
            return
        }";
    assert_eq!(printed(&text), "abcdcdabcdababcd");
}

#[test]
fn slots_are_shared_but_never_by_what_is_alive() {
    // A chain in which every third value stays alive to the end.
    let mut body = String::from("v0 = string const0\nv1 = call rt_string_concat(v0, v0)\n");
    let mut expected = vec!["abab".to_string()];
    for index in 2..60 {
        body += &format!("v{index} = call rt_string_concat(v{}, v0)\n", index - 1);
        expected.push(expected.last().unwrap().clone() + "ab");
    }
    let mut output = String::new();
    for index in (1..60).step_by(3) {
        body += &format!("call rt_fmt_str(v{index})\ncall rt_fmt_print()\n");
        output += &expected[index - 1];
    }
    let text = format!("{CONSTANTS}fn fn0() -> int {{\nblock0:\n{body}v90 = int 0\nreturn v90\n}}");
    assert_eq!(printed(&text), output);
}

#[test]
fn tuples_keep_their_lanes() {
    let text = CONSTANTS.to_string()
        + "shape shape0: int, ref, float, bool, ref, ref
        global global0: ref
        fn fn0() -> int {
        block0:
            v0 = string const0
            v1 = string const1
            v2 = call rt_string_concat(v0, v1)
            v3 = call rt_string_concat(v1, v0)
            v4 = int 42
            v5 = float 2.5
            v6 = bool true
            v7 = nil
            v8 = tuple shape0(v4, v2, v5, v6, v3, v7)
            set global0, v8
            v9 = tuple shape0(v4, v8, v5, v6, v3, v2)
            v10 = field v9, shape0, 1
            v11 = field v10, shape0, 1
            v12 = call rt_string_concat(v11, v3)
            call rt_fmt_str(v12)
            v13 = field v9, shape0, 5
            call rt_fmt_str(v13)
            v14 = get global0
            v15 = ref.eq v14, v10
            call rt_fmt_bool(v15)
            v16 = field v14, shape0, 0
            call rt_fmt_int(v16)
            v17 = field v9, shape0, 2
            call rt_fmt_float(v17)
            v18 = field v9, shape0, 3
            call rt_fmt_bool(v18)
            v19 = field v14, shape0, 5
            v20 = ref.is_nil v19
            call rt_fmt_bool(v20)
            call rt_fmt_print()
            v21 = int 0
            return v21
        }";
    // `v10` was loaded before the concatenation and has moved since; the module variable follows.
    assert_eq!(printed(&text), "abcdcdababcdfalse422.5truetrue".replace("false", "true"));
}
