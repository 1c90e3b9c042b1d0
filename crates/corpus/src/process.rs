//! Runs a process to its end, or kills it when it takes too long.

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a process did.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Outcome {
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
    pub status: Status,
}

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// With an exit status.
    Exited(i32),
    /// By a signal: a crash.
    Killed,
    /// By us: it took too long.
    TimedOut,
}

impl Outcome {
    /// Standard output as text.
    pub fn stdout_text(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }

    /// Standard error as text.
    pub fn stderr_text(&self) -> String {
        String::from_utf8_lossy(&self.stderr).into_owned()
    }
}

/// Runs `command` with this input.
///
/// # Errors
/// When the process cannot be started.
pub fn run_process(command: &mut Command, stdin: &[u8], limit: Duration) -> std::io::Result<Outcome> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let mut input = child.stdin.take().expect("stdin is piped");
    let stdin = stdin.to_vec();
    // A program need not read its input: a closed pipe is no error here.
    let writer = thread::spawn(move || drop(input.write_all(&stdin)));
    let stdout = read_all(child.stdout.take().expect("stdout is piped"));
    let stderr = read_all(child.stderr.take().expect("stderr is piped"));

    let start = Instant::now();
    let mut pause = Duration::from_micros(200);
    let status = loop {
        match child.try_wait()? {
            Some(status) => break status.code().map_or(Status::Killed, Status::Exited),
            None if start.elapsed() > limit => {
                child.kill()?;
                child.wait()?;
                break Status::TimedOut;
            }
            None => {
                thread::sleep(pause);
                pause = (pause * 2).min(Duration::from_millis(10));
            }
        }
    };
    let finished = |reader: thread::JoinHandle<Vec<u8>>| reader.join().expect("reading does not panic");
    let outcome = Outcome { stdout: finished(stdout), stderr: finished(stderr), status };
    writer.join().expect("writing does not panic");
    Ok(outcome)
}

fn read_all(mut from: impl Read + Send + 'static) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What arrived before an error still counts.
        let _ = from.read_to_end(&mut bytes);
        bytes
    })
}
