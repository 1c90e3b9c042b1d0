//! What surrounds the operations: calls, loops, failures, references.

mod common;

use common::run;
use tandem_runtime::Fault;

fn result(text: &str) -> i64 {
    let outcome = run(text);
    outcome.result.unwrap_or_else(|stop| panic!("{stop:?}\n{}", outcome.report))
}

#[test]
fn a_recursive_function() {
    let text = "
        fn fn0() -> int {
        block0:
            v0 = int 20
            v1 = call fn1(v0)
            return v1
        }
        fn fn1(v0: int) -> int {
        block0:
            v1 = int 2
            v2 = int.lt v0, v1
            branch v2, block1, block2
        block1:
            return v0
        block2:
            v3 = int 1
            v4 = int.sub v0, v3
            v5 = call fn1(v4)
            v6 = int.sub v0, v1
            v7 = call fn1(v6)
            v8 = int.add v5, v7
            return v8
        }";
    assert_eq!(result(text), 6765);
}

#[test]
fn many_parameters_of_every_lane() {
    // 12 ints, 10 floats and 4 bools: registers and stack. The result weighs each by its position.
    let (mut params, mut body, mut args, mut entry) = (Vec::new(), String::new(), Vec::new(), String::new());
    let mut sum = 0;
    let mut total = String::from("v100");
    body += "v100 = int 0\n";
    for index in 0..26 {
        let weight = index + 1;
        let (lane, literal, convert) = match index {
            0..12 => ("int", format!("int {index}"), format!("copy v{index}")),
            12..22 => ("float", format!("float {index}.0"), format!("float.to_int v{index}")),
            _ => ("bool", "bool true".to_string(), format!("bool.to_int v{index}")),
        };
        sum += weight * if index < 22 { index } else { 1 };
        params.push(format!("v{index}: {lane}"));
        entry += &format!("v{index} = {literal}\n");
        args.push(format!("v{index}"));
        let base = 101 + index * 4;
        body += &format!(
            "v{base} = {convert}\nv{a} = int {weight}\nv{b} = int.mul v{base}, v{a}\nv{c} = int.add {total}, v{b}\n",
            a = base + 1,
            b = base + 2,
            c = base + 3,
        );
        total = format!("v{}", base + 3);
    }
    let text = format!(
        "fn fn0() -> int {{\nblock0:\n{entry}v99 = call fn1({})\nreturn v99\n}}\n\
         fn fn1({}) -> int {{\nblock0:\n{body}return {total}\n}}\n",
        args.join(", "),
        params.join(", "),
    );
    assert_eq!(result(&text), sum);
}

#[test]
fn many_results() {
    let results: Vec<String> = (0..12).map(|index| format!("v{index}")).collect();
    let lanes = ["int"; 12].join(", ");
    let (mut callee, mut caller) = (String::new(), String::new());
    let mut total = "v0".to_string();
    for index in 0..12 {
        callee += &format!("v{index} = int {}\n", 1 << index);
        if index > 0 {
            caller += &format!("v{} = int.or {total}, v{index}\n", 20 + index);
            total = format!("v{}", 20 + index);
        }
    }
    let text = format!(
        "fn fn0() -> int {{\nblock0:\n{all} = call fn1()\n{caller}return {total}\n}}\n\
         fn fn1() -> {lanes} {{\nblock0:\n{callee}return {all}\n}}\n",
        all = results.join(", "),
    );
    assert_eq!(result(&text), 4095);
}

#[test]
fn results_of_mixed_lanes() {
    let text = "
        fn fn0() -> int {
        block0:
            v0, v1, v2, v3 = call fn1()
            v4 = float.to_int v0
            v5 = bool.to_int v2
            v6 = int.add v4, v1
            v7 = int.add v6, v5
            v8 = call rt_string_len(v3)
            v9 = int.add v7, v8
            return v9
        }
        const const0 = \"four\"
        fn fn1() -> float, int, bool, ref {
        block0:
            v0 = float 100.5
            v1 = int 20
            v2 = bool true
            v3 = string const0
            return v0, v1, v2, v3
        }";
    assert_eq!(result(text), 125);
}

#[test]
fn a_loop_with_a_poll() {
    let text = "
        fn fn0() -> int {
        block0:
            v0 = int 0
            v9 = int 1
            v8 = int 1000000
            jump block1(v0, v0)
        block1(v1: int, v2: int):
            v3 = int.lt v1, v8
            branch v3, block2, block3
        block2:
            v4 = int.add v2, v1
            v5 = int.add v1, v9
            wait
            jump block1(v5, v4)
        block3:
            return v2
        }";
    assert_eq!(result(text), 499_999_500_000);
}

#[test]
fn switches() {
    for (on, expected) in [(-1, 10), (0, 20), (1, 30), (2, 30), (7, 99), (i64::MIN, 40), (i64::MAX, 99)] {
        let text = format!(
            "fn fn0() -> int {{
            block0:
                v0 = int {on}
                v1 = int 10
                v2 = int 20
                v3 = int 30
                v4 = int 40
                v5 = int 99
                switch v0, -1: block1(v1), 0: block1(v2), 1: block1(v3), 2: block2, {min}: block1(v4), else block1(v5)
            block1(v6: int):
                return v6
            block2:
                jump block1(v3)
            }}",
            min = i64::MIN,
        );
        assert_eq!(result(&text), expected, "{on}");
    }
}

#[test]
fn module_variables_of_every_lane() {
    let text = "
        const const0 = \"abc\"
        global global0: int
        global global1: float
        global global2: bool
        global global3: ref
        fn fn0() -> int {
        block0:
            v0 = get global0
            v1 = get global1
            v2 = get global2
            v3 = get global3
            v4 = ref.is_nil v3
            v5 = float.to_int v1
            v6 = bool.not v2
            v7 = bool.and v4, v6
            v8 = string const0
            v9 = float 2.5
            v10 = int -7
            set global0, v10
            set global1, v9
            set global2, v7
            set global3, v8
            v11 = get global3
            v12 = call rt_string_len(v11)
            return v12
        }";
    let outcome = run(text);
    assert_eq!(outcome.result.unwrap(), 3);
    assert_eq!(outcome.globals[..3], [-7i64 as u64, 2.5f64.to_bits(), 1]);
}

#[test]
fn failures_have_their_place_and_callers() {
    let text = "
        const const0 = \"boom\"
        name name0 = \"<script>\"
        name name1 = \"outer\"
        name name2 = \"inner\"
        name name3 = \"hidden\" hidden
        loc loc0 = 0:0..1 name0
        loc loc1 = 0:0..1 name0
        loc loc2 = 0:0..1 name1
        loc loc3 = 0:0..1 name1
        loc loc4 = 0:0..1 name2 in loc3
        loc loc5 = 0:0..1 name3
        entry fn0
        fn fn0 name0() -> int {
        block0:
            v0 = int 0 @loc0
            v1 = call fn1(v0) @loc1
            return v1
        }
        fn fn1 name3(v0: int) -> int {
        block0:
            v1 = call fn2(v0) @loc5
            return v1
        }
        fn fn2 name1(v0: int) -> int {
        block0:
            v1 = int 100 @loc2
            v2 = int.div v1, v0 @loc4
            return v2 @loc2
        }";
    let outcome = run(text);
    assert_eq!(outcome.fault(), Some(Fault::DivisionByZero));
    let backtrace = outcome.report.lines().last().unwrap();
    assert_eq!(backtrace, "backtrace: inner (t:4:1) < outer (t:3:1) < <script> (t:1:1)", "{}", outcome.report);
}

#[test]
fn two_places_that_fail_alike_are_told_apart() {
    let text = |a: i64, b: i64| {
        format!(
            "name name0 = \"<script>\"
            loc loc0 = 0:0..1 name0
            loc loc1 = 0:0..1 name0
            loc loc2 = 0:0..1 name0
            fn fn0 name0() -> int {{
            block0:
                v0 = int 9223372036854775807 @loc0
                v1 = int {a}
                v2 = int {b}
                v3 = int.add v0, v1 @loc1
                v4 = int.add v3, v2 @loc2
                return v4
            }}"
        )
    };
    assert!(run(&text(1, 0)).report.contains("t:1:1"));
    assert!(run(&text(0, 1)).report.contains("t:2:1"));
    assert_eq!(result(&text(0, 0)), i64::MAX);
}

#[test]
fn a_failure_with_a_message() {
    let text = "
        const const0 = \"boom\"
        fn fn0() -> int {
        block0:
            v0 = string const0
            fail R0009 v0
        }";
    assert!(run(text).report.starts_with("error[R0009]: boom\n"));
    assert!(run(&text.replace("R0009 v0", "R0003")).report.starts_with("error[R0003]: out of bounds\n"));
}

#[test]
fn deep_recursion_and_stack_overflow() {
    let text = |depth: i64| {
        format!(
            "name name0 = \"<script>\"
            name name1 = \"f\"
            loc loc0 = 0:0..1 name0
            loc loc1 = 0:0..1 name1
            loc loc2 = 0:0..1 name1
            entry fn0
            fn fn0 name0() -> int {{
            block0:
                v0 = int {depth} @loc0
                v1 = call fn1(v0)
                return v1
            }}
            fn fn1 name1(v0: int) -> int {{
            block0:
                v1 = int 0 @loc1
                v2 = int.eq v0, v1
                branch v2, block1, block2
            block1:
                return v1
            block2:
                v3 = int 1
                v4 = int.wrap_sub v0, v3
                v5 = call fn1(v4) @loc2
                v6 = int.add v5, v3 @loc1
                return v6
            }}"
        )
    };
    assert_eq!(result(&text(100_000)), 100_000);
    let outcome = run(&text(-1));
    assert_eq!(outcome.fault(), Some(Fault::StackOverflow));
    // The function that could not begin has no frame: the error is at its call.
    assert!(outcome.report.contains("backtrace: f (t:2:1) < f (t:2:1)"), "{}", outcome.report);
}

#[test]
fn executions_are_counted() {
    let text = "
        name name0 = \"<script>\"
        name name1 = \"used\"
        name name2 = \"unused\"
        loc loc0 = 0:0..1 name0
        fn fn0 name0() -> int {
        block0:
            count name0
            v0 = call fn1()
            return v0
        }
        fn fn1 name1() -> int {
        block0:
            count name1
            v0 = int 5
            return v0
        }
        fn fn2 name2() -> int {
        block0:
            count name2
            v0 = int 5
            return v0
        }";
    assert_eq!(run(text).executed, [true, true, false]);
}

#[test]
fn exiting_ends_the_program() {
    let text = "
        fn fn0() -> int {
        block0:
            v0 = int 7
            call rt_fmt_int(v0)
            call rt_fmt_print()
            call rt_exit(v0)
            unreachable
        }";
    let outcome = run(text);
    assert!(matches!(outcome.result, Err(tandem_runtime::Stop::Exit(7))));
    assert_eq!(outcome.output, "7");
}

#[test]
fn text_stages_show_every_function() {
    let program = common::program("fn fn0() -> int {\nblock0:\nv0 = int 5\nreturn v0\n}");
    assert!(tandem_codegen::dump_clif(&program).contains("iconst.i64 5"));
    assert!(tandem_codegen::dump_asm(&program).contains("ret"));
}

/// Such a function checks the stack before it makes its frame.
#[test]
fn a_large_frame() {
    let count = 2_500; // values alive across the recursive call
    let (mut before, mut after) = (String::new(), String::new());
    let mut total = "v3".to_string();
    for index in 0..count {
        before += &format!("v{} = get global{}\n", 10 + index, index % 7);
        let sum = 10 + count + index;
        after += &format!("v{sum} = int.wrap_add {total}, v{}\n", 10 + index);
        total = format!("v{sum}");
    }
    let globals: String = (0..7).map(|index| format!("global global{index}: int\n")).collect();
    let text = |depth: i64| {
        format!(
            "{globals}
            fn fn0() -> int {{
            block0:
                v0 = int {depth}
                v1 = call fn1(v0)
                return v1
            }}
            fn fn1(v0: int) -> int {{
            block0:
                v1 = int 0
                v2 = int.eq v0, v1
                branch v2, block1, block2
            block1:
                return v1
            block2:
                {before}
                v4 = int 1
                v5 = int.wrap_sub v0, v4
                set global0, v5
                v3 = call fn1(v5)
                {after}
                return {total}
            }}"
        )
    };
    assert_eq!(run(&text(5)).fault(), None);
    assert_eq!(run(&text(-1)).fault(), Some(Fault::StackOverflow));
}
