//! Runs programs written as MIR text.
#![allow(dead_code)] // each test binary uses its part

use tandem_codegen::{Options, Target, compile};
use tandem_mir::{Program, Value, text, verify};
use tandem_runtime::context::{ProgramData, executed};
use tandem_runtime::image::{CodeMemory, FunctionName, Image, Place, Places};
use tandem_runtime::{Context, Fault, Sink, Stop, report};

/// What a run left behind.
#[derive(Debug)]
pub struct Outcome {
    /// The result of the entry, or how it stopped.
    pub result: Result<i64, Stop>,
    /// The lanes of the module variables.
    pub globals: Vec<u64>,
    /// What was printed.
    pub output: String,
    /// The report of a failure, in which line `n` is the place `locN`.
    pub report: String,
    /// Whether each function ran natively, by `NameId`.
    pub executed: Vec<bool>,
}

impl Outcome {
    /// The fault it failed with.
    pub fn fault(&self) -> Option<Fault> {
        match &self.result {
            Err(Stop::Failure(failure)) => Some(failure.fault),
            Ok(_) | Err(Stop::Exit(_)) => None,
        }
    }
}

/// The program with this text, which is in SSA.
pub fn program(text: &str) -> Program<Value> {
    let program = text::parse::<Value>(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    if let Err(violation) = verify::verify(&program) {
        panic!("{violation}\n{text}");
    }
    program
}

/// Compiles and runs a program on fresh module variables.
pub fn run(text: &str) -> Outcome {
    let program = program(text);
    let globals = vec![0; program.globals.len()];
    Native::new(&program, Target::Host).run(&globals)
}

/// A compiled program that can run many times, in the same context.
pub struct Native {
    // Before the memory, so that it is dropped first.
    cx: Box<Context>,
    image: Image,
    memory: CodeMemory,
    executed: Vec<u8>,
    places: Places,
}

impl Native {
    pub fn new(program: &Program<Value>, target: Target) -> Native {
        let image = compile(program, &Options { target }).expect("small enough");
        let memory = CodeMemory::new(&image.code).expect("memory for code");
        let data =
            ProgramData { constants: &image.constants, globals: &image.globals, shapes: &image.shapes, names: 0 };
        let options = tandem_runtime::Options { sink: Sink::Captured, ..tandem_runtime::Options::default() };
        let mut cx = Context::new(&data, options);
        let mut executed = vec![0u8; program.names.len()];
        cx.executed = executed.as_mut_ptr();
        // SAFETY: the memory holds the image's code and lives longer than the context.
        unsafe { cx.add_code(&image, memory.code()) };
        Native { cx, image, memory, executed, places: places(program) }
    }

    pub fn run(&mut self, globals: &[u64]) -> Outcome {
        let cx = &mut self.cx;
        for (index, value) in globals.iter().enumerate() {
            *cx.global(index) = *value;
        }
        // SAFETY: the code was added, and the context made for the image, by `new`.
        let result = unsafe { cx.call_entry(&self.image, self.memory.code()) };
        let result = result.map_err(|failed| cx.take_stop(failed));
        let mut report = String::new();
        if let Err(Stop::Failure(failure)) = &result {
            report = report::report(failure, &cx.take_native_backtrace(), &self.places);
        }
        cx.finish(0);
        Outcome {
            result,
            globals: (0..globals.len()).map(|index| *cx.global(index)).collect(),
            output: String::from_utf8(cx.take_captured()).expect("text"),
            report,
            executed: self.executed.iter().map(|mark| *mark == executed::NATIVE).collect(),
        }
    }
}

/// Places whose line is the number of the location.
fn places(program: &Program<Value>) -> Places {
    let place = |(id, loc): (tandem_mir::LocId, &tandem_mir::Loc)| Place {
        file: 0,
        line: id.as_u32(),
        column: 1,
        width: 1,
        function: loc.function.as_u32(),
        parent: loc.parent.map(|parent| parent.as_u32()),
    };
    let name = |name: &tandem_mir::FunctionName| FunctionName { name: name.name.clone(), visibility: name.visibility };
    Places {
        places: program.locs.iter().map(place).collect(),
        functions: program.names.values().map(name).collect(),
        files: vec!["t".to_string()],
        lines: Vec::new(),
    }
}
