//! How a run ends, on every engine: what is written, which status, which functions are said to have run.

use std::borrow::Cow;
use std::io::Write;

use crate::context::{Context, Failure, Stop, executed};
use crate::fault::Failed;
use crate::image::Places;
use crate::report::Backtrace;

/// How a program ended.
#[derive(Debug)]
pub enum Ending {
    /// With this exit status.
    Exited(u8),
    /// By a runtime error, which happened in these frames.
    Failed(Failure, Backtrace),
}

/// What the runtime counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunStatistics {
    /// Functions that native code ran, if executions are counted.
    pub executed_natively: usize,
    /// Functions that the interpreter ran, if executions are counted.
    pub executed_interpreted: usize,
    /// Collections.
    pub collections: u64,
    /// The most bytes that objects took, as far as collections saw.
    pub peak_heap: usize,
}

impl Context {
    /// The end of native code: its status, or what stopped it.
    pub fn ending(&mut self, result: Result<i64, Failed>) -> Ending {
        match result {
            Ok(status) => Ending::Exited(status as u8),
            Err(failed) => match self.take_stop(failed) {
                Stop::Exit(status) => Ending::Exited(status),
                Stop::Failure(failure) => Ending::Failed(failure, self.take_native_backtrace()),
            },
        }
    }

    /// Ends a run: writes out standard output, reports a failure, writes the counts of a test build; gives the exit
    /// status. Places are made only when they are needed.
    pub fn conclude<'p>(&mut self, ending: Ending, places: impl Fn() -> Cow<'p, Places>) -> i32 {
        if let Some(path) = std::env::var_os("TANDEM_COUNT")
            && let Err(error) = self.write_executions(path.as_ref(), &places())
        {
            crate::output::write_error(format!("error: cannot write the counts: {error}\n").as_bytes());
        }
        match ending {
            Ending::Exited(status) => self.finish(status.into()),
            Ending::Failed(failure, backtrace) => self.report_failure(&failure, &backtrace, &places()),
        }
    }

    /// What has been counted so far.
    pub fn statistics(&self) -> RunStatistics {
        let ran = |bit| self.executions().iter().filter(|byte| *byte & bit != 0).count();
        RunStatistics {
            executed_natively: ran(executed::NATIVE),
            executed_interpreted: ran(executed::INTERPRETED),
            collections: self.heap.collections(),
            peak_heap: self.heap.peak(),
        }
    }

    /// One line for each function that ran: how, and its name.
    fn write_executions(&self, path: &std::path::Path, places: &Places) -> std::io::Result<()> {
        let mut text = Vec::new();
        for (byte, function) in self.executions().iter().zip(&places.functions) {
            let how = match (byte & executed::NATIVE != 0, byte & executed::INTERPRETED != 0) {
                (false, false) => continue,
                (true, false) => "native",
                (false, true) => "interpreted",
                (true, true) => "both",
            };
            writeln!(text, "{how} {}", function.name)?;
        }
        std::fs::write(path, text)
    }
}
