//! Runs commands in turns and takes their times.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::subject::Subject;
use crate::workspace::Problem;

/// The times of one command.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    times: Vec<Duration>,
}

impl Measured {
    /// The median, in seconds.
    pub fn median(&self) -> f64 {
        let mut times = self.times.clone();
        times.sort_unstable();
        let middle = times.len() / 2;
        let seconds = |index: usize| times[index].as_secs_f64();
        if times.len() % 2 == 1 { seconds(middle) } else { f64::midpoint(seconds(middle - 1), seconds(middle)) }
    }
}

/// Runs every command once without counting it, then `runs` times, one after the other in each round.
pub fn measure(
    mut commands: Vec<(Subject, Command)>,
    expected: &[u8],
    runs: usize,
) -> Result<Vec<(Subject, Measured)>, Problem> {
    let mut measured: Vec<Measured> = vec![Measured::default(); commands.len()];
    for round in 0..=runs.max(1) {
        for ((subject, command), measured) in commands.iter_mut().zip(&mut measured) {
            let time = timed(command, expected).map_err(|problem| format!("{}: {problem}", subject.title()))?;
            if round > 0 {
                measured.times.push(time);
            }
        }
    }
    Ok(commands.into_iter().map(|(subject, _)| subject).zip(measured).collect())
}

fn timed(command: &mut Command, expected: &[u8]) -> Result<Duration, Problem> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::inherit());
    let start = Instant::now();
    let output = command.spawn()?.wait_with_output()?;
    let time = start.elapsed();
    if !output.status.success() {
        return Err(format!("{}", output.status).into());
    }
    if output.stdout != expected {
        let [found, expected] = [&*output.stdout, expected].map(String::from_utf8_lossy);
        return Err(format!("printed {found:?}, not {expected:?}").into());
    }
    Ok(time)
}
