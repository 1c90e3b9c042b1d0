//! Programs as text.

use std::fmt::{self, Write};

use cranelift_entity::{EntityRef, SecondaryMap};
use tandem_runtime::ffi::Lane;
use tandem_runtime::image::FrameVisibility;

use super::{LANES, infer, lane_name};
use crate::{Edge, FnId, Inst, LocId, Operand, Program, Temperature, Terminator};

/// The text form of a program.
pub fn print<V: Operand>(program: &Program<V>) -> String {
    let mut text = String::new();
    write_program(&mut text, program).expect("writing to a string does not fail");
    text
}

/// The text form of one of its functions.
pub fn print_function<V: Operand>(program: &Program<V>, id: FnId) -> String {
    let mut text = String::new();
    write_function(&mut text, program, id).expect("writing to a string does not fail");
    text
}

fn write_program<V: Operand>(f: &mut String, program: &Program<V>) -> fmt::Result {
    for (id, text) in &program.constants {
        writeln!(f, "const {id} = {text:?}")?;
    }
    for (id, lane) in &program.globals {
        writeln!(f, "global {id}: {}", lane_name(*lane))?;
    }
    for (id, lanes) in &program.shapes {
        writeln!(f, "shape {id}: {}", list(lanes.iter().map(|lane| lane_name(*lane))))?;
    }
    for (id, name) in &program.names {
        let hidden = match name.visibility {
            FrameVisibility::Shown => "",
            FrameVisibility::Hidden => " hidden",
        };
        writeln!(f, "name {id} = {:?}{hidden}", name.name)?;
    }
    for (id, loc) in &program.locs {
        write!(f, "loc {id} = {:?} {}", loc.span, loc.function)?;
        if let Some(parent) = loc.parent {
            write!(f, " in {parent}")?;
        }
        writeln!(f)?;
    }
    writeln!(f, "entry {}", program.entry)?;
    for id in program.functions.keys() {
        writeln!(f)?;
        write_function(f, program, id)?;
    }
    Ok(())
}

fn list<T: fmt::Display>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}

fn write_function<V: Operand>(f: &mut String, program: &Program<V>, id: FnId) -> fmt::Result {
    let function = &program.functions[id];
    let typed = |v: V| format!("{v}: {}", lane_name(function.lanes[v]));
    write!(f, "fn {id} {}({})", function.name, list(function.params.iter().map(|v| typed(*v))))?;
    if !function.results.is_empty() {
        write!(f, " -> {}", list(function.results.iter().map(|lane| lane_name(*lane))))?;
    }
    writeln!(f, " {{")?;
    write_lanes(f, program, id)?;
    let mut loc = LocId::new(0);
    for (id, block) in &function.blocks {
        write!(f, "{id}")?;
        // The parameters of the entry block are those of the function.
        if !block.params.is_empty() && Some(id) != function.entry() {
            write!(f, "({})", list(block.params.iter().map(|v| typed(*v))))?;
        }
        match block.temperature {
            Temperature::Warm => writeln!(f, ":")?,
            Temperature::Cold => writeln!(f, " cold:")?,
        }
        for (inst, at) in &block.insts {
            write_line(f, inst_text(inst), *at, &mut loc)?;
        }
        write_line(f, terminator_text(&block.terminator), block.terminator_loc, &mut loc)?;
    }
    writeln!(f, "}}")
}

/// The lanes that the reader cannot infer.
fn write_lanes<V: Operand>(f: &mut String, program: &Program<V>, id: FnId) -> fmt::Result {
    let function = &program.functions[id];
    let mut known: SecondaryMap<V, Option<Lane>> = SecondaryMap::new();
    for param in function.params.iter().chain(function.blocks.values().flat_map(|block| &block.params)) {
        known[*param] = Some(function.lanes[*param]);
    }
    let results = |id: FnId| program.functions.get(id).map(|function| function.results.as_slice());
    let cx = infer::Context { results, globals: &program.globals, shapes: &program.shapes };
    infer::infer(&cx, &function.blocks, &mut known);
    for (name, lane) in LANES {
        let unknown = function.lanes.iter().filter(|(v, l)| **l == lane && known[*v].is_none());
        let unknown: String = unknown.map(|(v, _)| format!(" {v}")).collect();
        if !unknown.is_empty() {
            writeln!(f, "    {name}{unknown}")?;
        }
    }
    Ok(())
}

fn write_line(f: &mut String, text: String, at: LocId, loc: &mut LocId) -> fmt::Result {
    write!(f, "    {text}")?;
    if *loc != at {
        *loc = at;
        write!(f, " @{at}")?;
    }
    writeln!(f)
}

fn inst_text<V: Operand>(inst: &Inst<V>) -> String {
    let dsts = list(inst.dsts());
    let text = match inst {
        Inst::ConstInt { value, .. } => format!("int {value}"),
        Inst::ConstFloat { bits, .. } => format!("float {}", float_text(*bits)),
        Inst::ConstBool { value, .. } => format!("bool {value}"),
        Inst::ConstNil { .. } => "nil".to_string(),
        Inst::ConstString { constant, .. } => format!("string {constant}"),
        Inst::Copy { src, .. } => format!("copy {src}"),
        Inst::UnaryOp { op, arg, .. } => format!("{} {arg}", op.info().name),
        Inst::BinOp { op, lhs, rhs, .. } => format!("{} {lhs}, {rhs}", op.info().name),
        Inst::Call { function, args, .. } => format!("call {function}({})", list(args)),
        Inst::CallRt { function, args, .. } => format!("call {}({})", function.symbol, list(args)),
        Inst::GlobalGet { global, .. } => format!("get {global}"),
        Inst::GlobalSet { global, src } => format!("set {global}, {src}"),
        Inst::TupleLit { shape, lanes, .. } => format!("tuple {shape}({})", list(lanes)),
        Inst::FieldGet { object, shape, index, .. } => format!("field {object}, {shape}, {index}"),
        Inst::Wait => "wait".to_string(),
        Inst::CountExecution { name } => format!("count {name}"),
    };
    if dsts.is_empty() { text } else { format!("{dsts} = {text}") }
}

/// Finite floats as Rust writes them, others by their bits.
fn float_text(bits: u64) -> String {
    let value = f64::from_bits(bits);
    if value.is_finite() { format!("{value:?}") } else { format!("{bits:#018x}") }
}

fn edge_text<V: Operand>(edge: &Edge<V>) -> String {
    if edge.args.is_empty() { edge.block.to_string() } else { format!("{}({})", edge.block, list(&edge.args)) }
}

fn terminator_text<V: Operand>(terminator: &Terminator<V>) -> String {
    match terminator {
        Terminator::Return { values } if values.is_empty() => "return".to_string(),
        Terminator::Return { values } => format!("return {}", list(values)),
        Terminator::Jump { to } => format!("jump {}", edge_text(to)),
        Terminator::Branch { condition, then, otherwise } => {
            format!("branch {condition}, {}, {}", edge_text(then), edge_text(otherwise))
        }
        Terminator::Switch { on, cases, default } => {
            let cases: String = cases.iter().map(|(case, to)| format!("{case}: {}, ", edge_text(to))).collect();
            format!("switch {on}, {cases}else {}", edge_text(default))
        }
        Terminator::Fail { fault, message: None } => format!("fail R{:04}", fault.number()),
        Terminator::Fail { fault, message: Some(message) } => format!("fail R{:04} {message}", fault.number()),
        Terminator::Unreachable => "unreachable".to_string(),
    }
}
