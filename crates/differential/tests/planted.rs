//! Engines with a planted fault are caught: a wrong shift, a wrong line in a report, a dropped side effect.
//!
//! This program is a test and, under other names, an implementation of `tandem run` that changes one instruction of the
//! program's MIR before the JIT compiles it: the tests make links to it called `shift`, `line` and `print`, and let the
//! runner compare the link's interpreter with its JIT. So what is tested is the whole way of a comparison, from the
//! processes to the report, and that a smaller program still shows the fault.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use tandem_compiler::Disk;
use tandem_corpus::{Configuration, Engine, Gc, Runner};
use tandem_differential::{Counting, Disagreement, Judge, Kind, Oracles, reduced};
use tandem_generator::tree::Program;
use tandem_generator::{Options, from_seed};
use tandem_mir::Reg;
use tandem_source::SourceMap;

/// A fault, and the text of MIR with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    None,
    /// `<<` shifts the other way.
    Shift,
    /// Reports name the wrong line.
    Line,
    /// A `print` has no effect.
    Print,
}

const FAULTS: [(&str, Fault); 4] =
    [("faultless", Fault::None), ("shift", Fault::Shift), ("line", Fault::Line), ("print", Fault::Print)];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let name = Path::new(&arguments[0]).file_name().map(|name| name.to_string_lossy().into_owned());
    let fault = FAULTS.iter().find(|(known, _)| name.as_deref() == Some(known)).map(|(_, fault)| *fault);
    match (fault, arguments.as_slice()) {
        (Some(fault), [_, run, engine, file]) if run == "run" => ExitCode::from(run_with(fault, engine, file) as u8),
        _ => {
            for (name, fault) in FAULTS {
                test(name, fault);
                println!("test {name} ... ok");
            }
            ExitCode::SUCCESS
        }
    }
}

/// `tandem run --engine=… FILE` with a fault in the JIT; gives the exit status.
fn run_with(fault: Fault, engine: &str, file: &str) -> i32 {
    let mut files = SourceMap::new();
    let text = std::fs::read_to_string(file).expect("the runner wrote the program");
    let script = files.add(file, text.as_str());
    let library = tandem_frontend::Library(tandem_runtime::library::FILES);
    let (program, diagnostics) = tandem_frontend::check(script, &mut files, &mut Disk, library);
    let Some(program) = program else {
        eprintln!("error: {diagnostics:?}");
        return 2;
    };
    let lowered = tandem_mir::lower::lower(&program);
    if engine == "--engine=interp" { interpret(&lowered, &files) } else { compile(&plant(fault, &lowered), &files) }
}

fn interpret(program: &tandem_mir::Program<Reg>, files: &SourceMap) -> i32 {
    let constants: Vec<String> = program.constants.values().map(|text| text.to_string()).collect();
    let globals: Vec<_> = program.globals.values().copied().collect();
    let shapes: Vec<_> = program.shapes.values().cloned().collect();
    let data = tandem_runtime::ProgramData {
        constants: &constants,
        globals: &globals,
        shapes: &shapes,
        names: program.names.len(),
    };
    let mut cx = tandem_runtime::Context::new(&data, tandem_runtime::Options::default());
    let ending = match tandem_interpreter::run(program, &mut cx) {
        tandem_interpreter::Outcome::Exited(status) => tandem_runtime::Ending::Exited(status),
        tandem_interpreter::Outcome::Failed(failure, backtrace) => tandem_runtime::Ending::Failed(failure, backtrace),
    };
    cx.conclude(ending, || Cow::Owned(tandem_mir::places::places(program, files)))
}

fn compile(program: &tandem_mir::Program<Reg>, files: &SourceMap) -> i32 {
    let mut optimized = tandem_mir::ssa::build(program);
    tandem_mir::opt::optimize(&mut optimized);
    let options = tandem_codegen::Options { target: tandem_codegen::Target::Host };
    let mut image = tandem_codegen::compile(&optimized, &options).expect("the program is small");
    image.places = tandem_mir::places::places(&optimized, files);
    tandem_runtime::image::run_image(&image, tandem_runtime::Options::default()).0
}

/// The program with the fault in one instruction of its text.
fn plant(fault: Fault, program: &tandem_mir::Program<Reg>) -> tandem_mir::Program<Reg> {
    let text = tandem_mir::text::print(program);
    let planted = match fault {
        Fault::None => text,
        Fault::Shift => text.replace("int.shl", "int.sar"),
        Fault::Line => moved(&text),
        Fault::Print => dropped(&text),
    };
    tandem_mir::text::parse(&planted).expect("the text form parses back")
}

/// Every place is the first line.
fn moved(text: &str) -> String {
    let lines = text.lines().map(|line| match line.strip_prefix("loc ").and_then(|rest| rest.split_once(" = ")) {
        Some((loc, at)) => {
            let behind = at.split_once(' ').map_or("", |(_, name)| name);
            format!("loc {loc} = 0:0..1 {behind}\n")
        }
        None => format!("{line}\n"),
    });
    lines.collect()
}

/// The first integer that is printed is not.
fn dropped(text: &str) -> String {
    let printing = text.lines().position(|line| line.trim_start().starts_with("call rt_fmt_int("));
    let lines = text.lines().enumerate().filter(|(at, _)| Some(*at) != printing);
    lines.flat_map(|(_, line)| [line, "\n"]).collect()
}

/// Random programs until one shows the fault; none may where there is no fault.
fn test(name: &str, fault: Fault) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("planted-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let tandem = folder.join(name);
    std::os::unix::fs::symlink(std::env::current_exe().expect("a program has a path"), &tandem)
        .expect("a link can be made");
    let configurations =
        [Engine::Interpreter, Engine::Jit].map(|engine| Configuration { engine, gc: Gc::Normal }).to_vec();
    let judge = Judge {
        runner: Runner { tandem, root: folder.clone(), scratch: folder.clone(), limit: Duration::from_secs(60) },
        configurations,
        oracles: Oracles::default(),
        counting: Counting::Ignored,
    };
    let programs = (0..40).map(|seed| from_seed(seed, &Options::default()));
    let found = programs.filter_map(|program| judge.judge(&program).err().map(|found| (program, found))).next();
    match (fault, found) {
        (Fault::None, None) => {}
        (Fault::None, Some((program, found))) => panic!("without a fault: {}\n{program}", found.text),
        (_, None) => panic!("{name}: nobody saw it"),
        (_, Some((program, found))) => shows(name, fault, &judge, &program, found),
    }
    std::fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// The disagreement is the one that was planted, and a much smaller program shows it too.
fn shows(name: &str, fault: Fault, judge: &Judge, program: &Program, found: Disagreement) {
    assert_eq!(found.kind, Kind::Engines, "{name}: {}", found.text);
    let (smaller, found) = reduced(judge, program, found, 40);
    assert!(smaller.to_string().len() < program.to_string().len(), "{name}: {smaller}");
    let differing = if fault == Fault::Line { "standard error" } else { "standard" };
    assert!(found.text.contains(differing), "{name}: {}", found.text);
}
