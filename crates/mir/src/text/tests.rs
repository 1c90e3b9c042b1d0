use super::*;
use crate::{Op, Operand, Reg, Value};

fn round_trip<V: Operand>(text: &str) {
    let program = parse::<V>(text).unwrap_or_else(|error| panic!("{error}"));
    let printed = print(&program);
    let again = parse::<V>(&printed).unwrap_or_else(|error| panic!("{error}\n{printed}"));
    assert_eq!(printed, print(&again));
    assert_eq!(format!("{program:?}"), format!("{again:?}"));
}

#[test]
fn every_form_of_instruction() {
    let text = r#"
        const const0 = "a \"b\" ; \n \u{1f600} \\"   ; a comment
        global global0: ref
        shape shape0: int, float, bool, ref, int
        name name0 = "<script>"
        name name1 = "g" hidden
        loc loc0 = 0:0..5 name0
        loc loc1 = 1:6..9 name1 in loc0
        entry fn1

        fn fn0 name1(R0: int, R1: ref) -> int, float {
            float R12 R14
        block0:
            R2 = int -9223372036854775808 @loc1
            R3 = float -0.0
            R4 = float 0x7ff8000000000000
            R5 = bool true @loc0
            R6 = nil
            R7 = string const0
            R8 = copy R7
            R9 = get global0
            set global0, R9 @loc1
            R10 = tuple shape0(R0, R3, R5, R7, R2)
            R11 = field R10, shape0, 1
            wait
            count name0
            switch R0, -1: block1, 7: block2, else block3
        block1:
            branch R5, block2, block3
        block2 cold:
            fail R0009 R7 @loc1
        block3:
            fail R0001
        }

        fn fn1 name0() -> int {
        block0:
            R0 = int 1
            R2 = nil
            R1, R3 = call fn0(R0, R2)
            call fn2()
            jump block1
        block1:
            return R1
        }

        fn fn2 name0() {
        block0:
            unreachable
        }
    "#;
    round_trip::<Reg>(&text.replace('R', "r").replace("r000", "R000"));
    round_trip::<Value>(&text.replace('R', "v").replace("v000", "R000"));
}

#[test]
fn block_parameters() {
    round_trip::<Value>(
        "fn fn0(v0: int) -> int {\nblock0:\n v1 = bool true\n branch v1, block1(v0, v1), block1(v0, v1)\n\
         block1(v2: int, v3: bool) cold:\n return v2\n}",
    );
}

#[test]
fn every_operation() {
    let mut text = String::from("fn fn0(r0: int, r1: float, r2: bool, r3: ref) {\nblock0:\n");
    for (index, op) in Op::ALL.iter().enumerate() {
        let info = op.info();
        let operands: Vec<String> = info.operands.iter().map(|lane| format!("r{}", *lane as u32)).collect();
        text += &format!("r{} = {} {}\n", index + 4, info.name, operands.join(", "));
    }
    text += "return\n}";
    round_trip::<Reg>(&text);
}

#[test]
fn mistakes_are_named() {
    let error = |text: &str| parse::<Reg>(text).map(|_| ()).expect_err("no program").to_string();
    assert_eq!(error("fn fn1() {"), "line 1: expected fn0, found fn1");
    assert_eq!(error("fn fn0() {\nblock0:\n r0 = int.plus r1, r2"), "line 3: no operation `int.plus`");
    assert_eq!(error("fn fn0() {\nblock0:\n r0 = int 1"), "line 3: the function has no `}`");
    assert_eq!(error("fn fn0() {\nblock0:\n return r0\n}"), "line 4: fn0: nothing gives the lane of r0");
}
