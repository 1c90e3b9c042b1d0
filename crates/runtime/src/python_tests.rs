//! The runtime functions against Python's answers (`tests/data/python_answers.py` says what the lines mean).

use crate::array::Items;
use crate::context::{Context, Options, ProgramData};
use crate::ffi::{self, Lane, RtFn};
use crate::heap::{Kind, Object};

const ANSWERS: &str = include_str!("../tests/data/python_answers.txt");

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        out.push(match (character, character == '\\') {
            (_, true) => match characters.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                other => other.unwrap_or('\\'),
            },
            (plain, false) => plain,
        });
    }
    out
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

/// The lane of an argument as written; strings are made in the open scope.
fn lane(cx: &mut Context, written: &str) -> Result<u64, crate::Failed> {
    let (kind, value) = written.split_at(1);
    Ok(match kind {
        "i" => value.parse::<i64>().expect("an int") as u64,
        "u" => value.parse::<u64>().expect("an unsigned int"),
        "f" => u64::from_str_radix(value, 16).expect("the bits of a float"),
        "b" => u64::from(value == "1"),
        "n" => 0,
        "s" => {
            let string = cx.new_string(&unescape(value))?;
            cx.string_ref(string)
        }
        "a" => {
            let elements: Vec<String> = if value == "-" { vec![] } else { value.split('\x1f').map(unescape).collect() };
            let array = cx.new_string_array(elements.iter().map(String::as_str))?;
            cx.rooted(array.0)
        }
        other => panic!("an unknown kind {other}"),
    })
}

fn show_ref(cx: &mut Context, reference: u64) -> String {
    if reference == 0 {
        return "n".to_string();
    }
    if Object::from_ref(reference).kind() == Kind::Array {
        let mut elements = vec![];
        for element in Items::new(reference).iter() {
            let element = cx.root_string(element);
            elements.push(escape(cx.str(element)));
        }
        return if elements.is_empty() { "a-".to_string() } else { format!("a{}", elements.join("\x1f")) };
    }
    let string = cx.root_string(reference);
    format!("s{}", escape(cx.str(string)))
}

fn call(cx: &mut Context, function: &RtFn, args: &[&str]) -> Result<String, crate::Failed> {
    let mut handles = vec![];
    for (written, kind) in args.iter().zip(function.params) {
        let lane = lane(cx, written)?;
        handles.push((*kind == Lane::Ref).then(|| cx.root(lane)).ok_or(lane));
    }
    let lanes: Vec<u64> = handles.into_iter().map(|handle| handle.map_or_else(|lane| lane, |h| cx.rooted(h))).collect();
    let mut results = [0; 2];
    (function.shim)(cx, &lanes, &mut results)?;
    if function.symbol.starts_with("rt_fmt_") {
        (ffi::FMT_TAKE.shim)(cx, &[], &mut results)?;
        return Ok(show_ref(cx, results[0]));
    }
    Ok(match function.results {
        [Lane::Int, Lane::Bool] | [Lane::Float, Lane::Bool] if results[1] == 0 => "n".to_string(),
        [Lane::Int, ..] => format!("i{}", results[0] as i64),
        [Lane::Float, ..] => {
            let value = f64::from_bits(results[0]);
            format!("f{:016x}", if value.is_nan() { f64::NAN.to_bits() } else { results[0] })
        }
        [Lane::Bool, ..] => format!("b{}", results[0]),
        [Lane::Ref, ..] => show_ref(cx, results[0]),
        [] => String::new(),
    })
}

fn check_all(cx: &mut Context, every: usize) {
    let mut wrong = vec![];
    for line in ANSWERS.lines().step_by(every) {
        let parts: Vec<&str> = line.split('\t').collect();
        let [symbol, args @ .., "=", expected] = parts.as_slice() else { panic!("no test: {line:?}") };
        let function = ffi::by_symbol(symbol).unwrap_or_else(|| panic!("no function {symbol}"));
        let scope = cx.open_scope();
        let found = call(cx, function, args).unwrap_or_else(|failed| {
            let _ = cx.take_stop(failed);
            "!".to_string()
        });
        cx.close_scope(scope);
        if found != *expected {
            wrong.push(format!("{line:?} found {found:?}"));
        }
    }
    let shown: Vec<&String> = wrong.iter().step_by((wrong.len() / 40).max(1)).collect();
    assert!(wrong.is_empty(), "{} differ:\n{shown:#?}", wrong.len());
}

#[test]
fn runtime_functions_answer_as_python() {
    let mut cx = Context::new(&ProgramData::default(), Options::default());
    check_all(&mut cx, 1);
}

#[test]
fn and_when_every_allocation_moves_all_objects() {
    let mut cx = Context::new(&ProgramData::default(), Options::default());
    cx.heap.set_stress();
    check_all(&mut cx, 7);
}
