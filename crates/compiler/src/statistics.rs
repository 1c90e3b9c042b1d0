//! What `--stats` shows.

use std::fmt;
use std::time::Duration;

/// Figures of one run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Statistics {
    /// Instances of functions, library and entry included.
    pub instances: usize,
    /// Functions with native code.
    pub compiled: usize,
    /// Functions that the interpreter was given.
    pub interpreted: usize,
    /// From the source text to something that can run.
    pub compile_time: Duration,
    /// Bytes of native code.
    pub code_bytes: usize,
    /// What the runtime counted.
    pub run: tandem_runtime::RunStatistics,
}

impl fmt::Display for Statistics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "instances: {}", self.instances)?;
        writeln!(f, "functions compiled: {} ({} bytes)", self.compiled, self.code_bytes)?;
        writeln!(f, "functions interpreted: {}", self.interpreted)?;
        writeln!(f, "functions executed natively: {}", self.run.executed_natively)?;
        writeln!(f, "functions executed interpreted: {}", self.run.executed_interpreted)?;
        writeln!(f, "compile time: {:.3} ms", self.compile_time.as_secs_f64() * 1e3)?;
        writeln!(f, "collections: {}", self.run.collections)?;
        writeln!(f, "peak heap: {} bytes", self.run.peak_heap)
    }
}
