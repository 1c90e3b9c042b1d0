//! Programs made by hand, run through the real loop.

mod calls;
mod failures;
mod flow;
mod rows;
mod wide;

use tandem_mir::builder::{FunctionBuilder, ProgramBuilder};
use tandem_mir::{FnId, FunctionName, Lane, Loc, LocId, Program, Reg};
use tandem_runtime::context::ProgramData;
use tandem_runtime::image::FrameVisibility;
use tandem_runtime::{Context, Options};
use tandem_source::{FileId, Span};

use crate::{Outcome, run};

/// A program in the making whose functions have names and places.
struct Maker {
    program: ProgramBuilder,
}

impl Maker {
    fn new() -> Maker {
        Maker { program: ProgramBuilder::new() }
    }

    fn function(&mut self, name: &str, results: &[Lane]) -> FunctionBuilder {
        let visibility = FrameVisibility::Shown;
        let name = self.program.name(FunctionName { name: name.into(), visibility });
        let loc = self.program.loc(Loc { span: Span::new(FileId(0), 0, 0), function: name, parent: None });
        FunctionBuilder::new(name, results, loc)
    }

    /// A place of its own for each number; the function is the first.
    fn loc(&mut self, number: u32) -> LocId {
        let function = tandem_mir::NameId::from_u32(0);
        self.program.loc(Loc { span: Span::new(FileId(0), number, number), function, parent: None })
    }

    fn define(&mut self, function: FunctionBuilder) -> FnId {
        let id = self.program.declare();
        self.program.define(id, function.finish());
        id
    }

    fn finish(self, entry: FnId) -> Program<Reg> {
        self.program.finish(entry)
    }

    /// The status of a program with only an entry.
    fn status(build: impl FnOnce(&mut FunctionBuilder)) -> u8 {
        let mut maker = Maker::new();
        let mut entry = maker.function("<script>", &[Lane::Int]);
        build(&mut entry);
        let entry = maker.define(entry);
        status(&maker.finish(entry))
    }
}

fn context(program: &Program<Reg>) -> Box<Context> {
    let constants: Vec<String> = program.constants.values().map(|text| text.to_string()).collect();
    let globals: Vec<Lane> = program.globals.values().copied().collect();
    let shapes: Vec<Vec<Lane>> = program.shapes.values().cloned().collect();
    let data = ProgramData { constants: &constants, globals: &globals, shapes: &shapes };
    Context::new(&data, Options::default())
}

fn outcome(program: &Program<Reg>) -> Outcome {
    run(program, &mut context(program))
}

fn status(program: &Program<Reg>) -> u8 {
    match outcome(program) {
        Outcome::Exited(status) => status,
        Outcome::Failed(failure, _) => panic!("the program failed: {failure:?}"),
    }
}
