//! Programs made by hand, run through the real loop.

mod calls;
mod failures;
mod flow;
mod rows;
mod wide;

use tandem_mir::builder::{FunctionBuilder, ProgramBuilder};
use tandem_mir::{FnId, FunctionName, Lane, Loc, LocId, NameId, Program, Reg};
use tandem_runtime::context::ProgramData;
use tandem_runtime::image::FrameVisibility;
use tandem_runtime::{Context, Ending, Options};
use tandem_source::{FileId, Span};

use crate::run;

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

    /// A place in a function's source; the number is where it begins.
    fn loc(&mut self, function: u32, start: u32) -> LocId {
        let function = NameId::from_u32(function);
        self.program.loc(Loc { span: Span::new(FileId(0), start, start), function, parent: None })
    }

    fn define(&mut self, function: FunctionBuilder) -> FnId {
        let id = self.program.declare();
        self.program.define(id, function.finish());
        id
    }

    fn finish(self, entry: FnId) -> Program<Reg> {
        self.program.finish(entry)
    }
}

fn context(program: &Program<Reg>) -> Box<Context> {
    let constants: Vec<String> = program.constants.values().map(|text| text.to_string()).collect();
    let globals: Vec<Lane> = program.globals.values().copied().collect();
    let shapes: Vec<Vec<Lane>> = program.shapes.values().cloned().collect();
    let names = program.names.len();
    let data = ProgramData { constants: &constants, globals: &globals, shapes: &shapes, names };
    Context::new(&data, Options::default())
}

fn end(program: &Program<Reg>) -> Ending {
    run(program, &mut context(program))
}

fn status(program: &Program<Reg>) -> u8 {
    match end(program) {
        Ending::Exited(status) => status,
        Ending::Failed(failure, _) => panic!("the program failed: {failure:?}"),
    }
}
