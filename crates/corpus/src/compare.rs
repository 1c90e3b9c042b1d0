//! Judges what programs did.

use std::fmt::Write;

use crate::engine::{Configuration, Engine, Run};
use crate::expectation::Expectation;
use crate::process::{Outcome, Status};

/// What is wrong, in words with the texts that differ.
#[derive(Debug, PartialEq, Eq)]
pub struct Divergence(pub String);

impl std::fmt::Display for Divergence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Compares what a program did with what it says.
///
/// # Errors
/// The first difference.
pub fn check_expectation(expectation: &Expectation, outcome: &Outcome) -> Result<(), Divergence> {
    let stderr = outcome.stderr_text();
    let expected: String = expectation.stdout.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
    let found = outcome.stdout_text();
    if found != expected {
        return Err(texts("standard output", &expected, &found).and("standard error", &stderr));
    }
    let status = Status::Exited(expectation.exit_status());
    if outcome.status != status {
        return Err(
            texts("status", &format!("{status:?}"), &format!("{:?}", outcome.status)).and("standard error", &stderr)
        );
    }
    if let Some(failure) = &expectation.failure {
        let first = stderr.lines().next().unwrap_or_default();
        let head = format!("error[{}]: {}", failure.code, failure.message.as_deref().unwrap_or_default());
        if !first.starts_with(&head) || (failure.message.is_some() && first != head) {
            return Err(texts("first line of the report", &head, &stderr));
        }
        let place = stderr.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
        let line = place.and_then(|place| place.rsplit(':').nth(1)).and_then(|line| line.parse::<u32>().ok());
        if line != Some(failure.line) {
            return Err(texts("line of the error", &failure.line.to_string(), &stderr));
        }
    }
    for line in &expectation.stderr {
        if !stderr.lines().any(|found| found == line) {
            return Err(texts("a line of standard error", line, &stderr));
        }
    }
    if expectation.failure.is_none() && expectation.stderr.is_empty() && !stderr.is_empty() {
        return Err(texts("standard error", "", &stderr));
    }
    Ok(())
}

/// Compares the runs of one program on several configurations with the first of them: output, error and status.
///
/// # Errors
/// The first difference.
pub fn check_parity(runs: &[(Configuration, Run)]) -> Result<(), Divergence> {
    let Some(((first, reference), others)) = runs.split_first() else { return Ok(()) };
    for (configuration, run) in others {
        let (expected, found) = (&reference.outcome, &run.outcome);
        let differ = |what: &str, expected: &str, found: &str| {
            Err(texts(&format!("{what}, {first} against {configuration}"), expected, found))
        };
        if expected.stdout != found.stdout {
            return differ("standard output", &expected.stdout_text(), &found.stdout_text());
        }
        if without_depth(&expected.stderr_text()) != without_depth(&found.stderr_text()) {
            return differ("standard error", &expected.stderr_text(), &found.stderr_text());
        }
        if expected.status != found.status {
            return differ("status", &format!("{:?}", expected.status), &format!("{:?}", found.status));
        }
    }
    Ok(())
}

/// A report without the number of frames that a long backtrace leaves out: the depth at which a stack is full differs
/// between engines, and nothing else may.
fn without_depth(report: &str) -> String {
    let mut text = String::with_capacity(report.len());
    let mut words = report.split_inclusive(' ').peekable();
    while let Some(word) = words.next() {
        text += word;
        if word == "... " && words.next_if(|count| count.trim_end().bytes().all(|byte| byte.is_ascii_digit())).is_some()
        {
            text += "N ";
        }
    }
    text
}

/// Checks that each engine ran every function itself: interpreted by the interpreter, natively by the others, and the
/// same functions on all of them.
///
/// # Errors
/// The first function that ran otherwise.
pub fn check_executions(runs: &[(Configuration, Run)]) -> Result<(), Divergence> {
    let mut reference: Option<(&Configuration, Vec<&String>)> = None;
    for (configuration, run) in runs {
        let how = match configuration.engine {
            Engine::Interpreter => "interpreted",
            Engine::Jit | Engine::Aot => "native",
        };
        if let Some((name, found)) = run.executed.iter().find(|(_, found)| *found != how) {
            return Err(Divergence(format!("{configuration}: `{name}` ran {found}, not {how}")));
        }
        let names: Vec<&String> = run.executed.keys().collect();
        match &reference {
            None => reference = Some((configuration, names)),
            Some((first, expected)) if *expected != names => {
                let list = |names: &[&String]| names.iter().map(|name| format!("{name}\n")).collect::<String>();
                let what = format!("functions that ran, {first} against {configuration}");
                return Err(texts(&what, &list(expected), &list(&names)));
            }
            Some(_) => {}
        }
    }
    match reference {
        Some((_, names)) if names.is_empty() => Err(Divergence("no function was counted".to_owned())),
        Some(_) | None => Ok(()),
    }
}

fn texts(what: &str, expected: &str, found: &str) -> Divergence {
    let mut text = format!("{what} differs\n");
    for (title, content) in [("expected", expected), ("found", found)] {
        let _ = writeln!(text, "--- {title}");
        let shown: String = content.chars().take(4000).collect();
        text += &shown;
        if !shown.ends_with('\n') {
            text.push('\n');
        }
    }
    Divergence(text)
}

impl std::error::Error for Divergence {}

impl Divergence {
    fn and(mut self, title: &str, content: &str) -> Self {
        if !content.is_empty() {
            let _ = write!(self.0, "--- {title}\n{content}");
        }
        self
    }
}

#[cfg(test)]
mod tests;
