//! Each invariant refuses a program that breaks it.

use super::*;
use crate::{EntityRef, Reg, Value, text};

/// The rule that a program breaks. `R` stands for the prefix of operands.
fn broken<V: Operand>(source: &str) -> &'static str {
    let program = text::parse::<V>(&source.replace('R', V::PREFIX)).unwrap_or_else(|error| panic!("{error}"));
    match verify(&program) {
        Ok(()) => "none",
        Err(violation) => violation.rule,
    }
}

/// The rule that the blocks of an entry function break, in both forms.
fn broken_blocks(blocks: &str) -> &'static str {
    let source = format!("global global0: int\nfn fn0() -> int {{\nblock0:\n{blocks}\n}}");
    let rule = broken::<Reg>(&source);
    assert_eq!(rule, broken::<Value>(&source));
    rule
}

#[test]
fn sound_programs_pass() {
    assert_eq!(broken_blocks("R0 = int 1\njump block1\nblock1:\nreturn R0"), "none");
}

#[test]
fn the_entry_is_a_function_to_int() {
    assert_eq!(broken::<Reg>("entry fn1\nfn fn0() -> int {\nblock0:\nunreachable\n}"), "P1");
    assert_eq!(broken::<Reg>("fn fn0(R0: int) -> int {\nblock0:\nunreachable\n}"), "P1");
    assert_eq!(broken::<Reg>("fn fn0() {\nblock0:\nunreachable\n}"), "P1");
}

#[test]
fn histories_of_locations_end() {
    let program = "name name0 = \"f\"\nloc loc0 = 0:0..0 name0 in loc1\nloc loc1 = 0:0..0 name0\n\
                   fn fn0 name0() -> int {\nblock0:\nunreachable\n}";
    assert_eq!(broken::<Reg>(program), "P2");
    let program = "name name0 = \"f\"\nloc loc0 = 0:0..0 name1\nfn fn0 name0() -> int {\nblock0:\nunreachable\n}";
    assert_eq!(broken::<Reg>(program), "P2");
}

#[test]
fn there_is_a_block_and_nothing_leads_to_the_entry() {
    assert_eq!(broken::<Reg>("fn fn0() -> int {\n}"), "F1");
    assert_eq!(broken_blocks("jump block0"), "F1");
}

#[test]
fn what_is_named_exists() {
    for blocks in [
        "jump block7",
        "R0 = string const3\nunreachable",
        "R0 = get global3\nunreachable",
        "R0 = int 1\nset global3, R0\nunreachable",
        "call fn9()\nunreachable",
        "R0 = tuple shape0()\nunreachable",
        "R0 = int 1 @loc9\nunreachable",
        "count name4\nunreachable",
    ] {
        let mut source = format!("global global0: int\nfn fn0() -> int {{\nblock0:\n{blocks}\n}}");
        if blocks.starts_with("R0 = get") {
            source = source.replace("block0:\n", "int R0\nblock0:\n");
        }
        assert_eq!(broken::<Reg>(&source), "F2", "{blocks}");
    }
}

#[test]
fn operands_have_the_lanes_they_must_have() {
    for blocks in [
        "R0 = bool true\nR1 = int.add R0, R0\nunreachable",
        "R0 = bool true\nset global0, R0\nunreachable",
        "R0 = bool true\nR1 = call fn0(R0)\nunreachable",
        "call fn0()\nunreachable",
        "R0 = int 1\nR1 = call rt_string_len(R0)\nunreachable",
        "R0 = nil\ncall rt_string_len(R0)\nunreachable",
    ] {
        assert_eq!(broken_blocks(blocks), "F3", "{blocks}");
    }
    let program =
        "shape shape0: int, ref\nfn fn0() -> int {\nblock0:\nR0 = int 1\nR1 = tuple shape0(R0, R0)\nunreachable\n}";
    assert_eq!(broken::<Value>(program), "F3");
}

#[test]
fn what_is_defined_at_once_is_distinct() {
    let program = "fn fn0() -> int {\nblock0:\nR0, R0 = call fn1()\nunreachable\n}\n\
                   fn fn1() -> int, int {\nblock0:\nunreachable\n}";
    assert_eq!(broken::<Reg>(program), "F4");
}

#[test]
fn edges_bring_what_their_target_takes() {
    let program = "fn fn0() -> int {\nblock0:\nR0 = bool true\njump block1(R0)\nblock1(R1: int):\nreturn R1\n}";
    assert_eq!(broken::<Value>(program), "F5");
    let program = "fn fn0() -> int {\nblock0:\njump block1\nblock1(R1: int):\nreturn R1\n}";
    assert_eq!(broken::<Value>(program), "F5");
}

#[test]
fn terminators_read_the_right_lanes() {
    for blocks in [
        "return",
        "R0 = bool true\nreturn R0",
        "R0 = int 1\nbranch R0, block1, block1\nblock1:\nreturn R0",
        "R0 = bool true\nswitch R0, else block1\nblock1:\nunreachable",
        "R0 = int 1\nswitch R0, 1: block1, 1: block1, else block1\nblock1:\nunreachable",
        "R0 = int 1\nfail R0009 R0",
    ] {
        let blocks = blocks.replace("R0009", "r0009").replace('R', "r").replace("r0009", "R0009");
        let source = format!("fn fn0() -> int {{\nblock0:\n{blocks}\n}}");
        let program = text::parse::<Reg>(&source).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(verify(&program).map_err(|violation| violation.rule), Err("F6"), "{blocks}");
    }
}

#[test]
fn parameters_are_distinct() {
    let program = "fn fn0() -> int {\nblock0:\nunreachable\n}\nfn fn1(R0: int, R0: int) {\nblock0:\nreturn\n}";
    assert_eq!(broken::<Reg>(program), "F7");
}

#[test]
fn slots_need_no_block_parameters() {
    let program = "fn fn0() -> int {\nblock0:\nR0 = int 1\njump block1(R0)\nblock1(R1: int):\nreturn R1\n}";
    assert_eq!(broken::<Reg>(program), "S1");
}

#[test]
fn slots_are_assigned_before_they_are_read() {
    let one_path = "fn fn0() -> int {\nblock0:\nR0 = bool true\nbranch R0, block1, block2\n\
                    block1:\nR1 = int 1\njump block2\nblock2:\nreturn R1\n}";
    assert_eq!(broken::<Reg>(one_path), "S2");
    let both = one_path.replace("R0 = bool true", "R0 = bool true\nR1 = int 2");
    assert_eq!(broken::<Reg>(&both), "none");
    let later = "fn fn0() -> int {\nblock0:\nR1 = copy R0\nR0 = int 1\nreturn R1\n}";
    assert_eq!(broken::<Reg>(later), "S2");
}

#[test]
fn values_have_one_definition_that_dominates() {
    let twice = "fn fn0() -> int {\nblock0:\nR0 = int 1\nR0 = int 2\nreturn R0\n}";
    assert_eq!(broken::<Value>(twice), "V2");
    let one_path = "fn fn0() -> int {\nblock0:\nR0 = bool true\nbranch R0, block1, block2\n\
                    block1:\nR1 = int 1\njump block2\nblock2:\nreturn R1\n}";
    assert_eq!(broken::<Value>(one_path), "V3");
    let later = "fn fn0() -> int {\nblock0:\nR1 = copy R0\nR0 = int 1\nreturn R1\n}";
    assert_eq!(broken::<Value>(later), "V3");
}

#[test]
fn parameters_of_the_function_are_those_of_the_entry() {
    let text = "fn fn0() -> int {\nblock0:\nunreachable\n}\nfn fn1(v0: int) {\nblock0:\nreturn\n}";
    let mut program = text::parse::<Value>(text).unwrap_or_else(|error| panic!("{error}"));
    let function = &mut program.functions[FnId::new(1)];
    function.blocks[BlockId::new(0)].params.clear();
    assert_eq!(verify(&program).map_err(|violation| violation.rule), Err("V1"));
}
