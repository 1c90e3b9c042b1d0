//! `tandem run`

use std::time::Instant;

use tandem_compiler::pipeline::{Counting, Target};
use tandem_compiler::{Checked, Statistics};
use tandem_runtime::{Options, RunStatistics};

use super::{read_source, source};
use crate::arguments::{Engine, Run};
use crate::failure::{refuse, rejected};

/// Runs a program; gives its exit status.
pub fn run(command: &Run) -> u8 {
    execute(command).unwrap_or_else(|status| status)
}

fn execute(command: &Run) -> Result<u8, u8> {
    let start = Instant::now();
    let Some((program, args)) = command.program.split_first() else { return Err(refuse("which program?")) };
    let source = if command.code { source("<code>", program.as_bytes())? } else { read_source(program)? };
    let checked = source.check().map_err(|error| rejected(&error))?;
    let mut statistics = Statistics { instances: checked.instances(), ..Statistics::default() };
    let options = Options { args: args.to_vec(), ..Options::default() };
    let (status, run) = match command.engine {
        Engine::Interp => interpret(checked, options, start, &mut statistics),
        Engine::Jit | Engine::Auto => run_native(checked, options, start, &mut statistics)?,
    };
    if command.stats {
        statistics.run = run;
        eprint!("{statistics}");
    }
    Ok(status as u8)
}

fn interpret(checked: Checked, options: Options, start: Instant, statistics: &mut Statistics) -> (i32, RunStatistics) {
    let lowered = checked.lower(counting());
    statistics.interpreted = lowered.functions();
    statistics.compile_time = start.elapsed();
    lowered.interpret(options)
}

fn run_native(
    checked: Checked,
    options: Options,
    start: Instant,
    statistics: &mut Statistics,
) -> Result<(i32, RunStatistics), u8> {
    let native = checked.lower(counting()).optimize().compile(Target::Host);
    let native = native.map_err(|error| refuse(&error.to_string()))?;
    statistics.compiled = native.image().functions.len();
    statistics.code_bytes = native.image().code.len();
    statistics.compile_time = start.elapsed();
    Ok(native.run(options))
}

/// Tests ask for counting by naming the file for the counts.
pub fn counting() -> Counting {
    if std::env::var_os("TANDEM_COUNT").is_some() { Counting::On } else { Counting::Off }
}
