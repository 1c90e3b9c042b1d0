//! Judges that share no code with the engines: an executable model of the language, and Python.

use std::path::PathBuf;
use std::process::Command;

use tandem_corpus::{Outcome, Runner, Status, run_process};
use tandem_generator::python;
use tandem_generator::tree::Program;

use crate::judge::{Disagreement, Kind, world};

/// Who judges beside the engines.
#[derive(Clone, Debug, Default)]
pub struct Oracles {
    /// A command that runs a program as `MODEL FILE` (a Python file), or as `MODEL run FILE` (anything else).
    pub model: Option<PathBuf>,
    /// Whether the program is run as Python too.
    pub python: bool,
}

/// What all judges agree on: wording and layout of reports are the engines' own.
#[derive(Debug, PartialEq, Eq)]
struct Essence {
    stdout: String,
    status: Status,
    /// `R0001`, and the line that it is placed at where the judge knows it.
    error: Option<(String, Option<String>)>,
}

impl Oracles {
    /// Asks each.
    pub(crate) fn judge(
        &self,
        program: &Program,
        text: &str,
        reference: &Outcome,
        runner: &Runner,
    ) -> Result<(), Disagreement> {
        let folder = runner.root.join(format!("oracle{:?}", std::thread::current().id()).replace(['(', ')'], "_"));
        std::fs::create_dir_all(&folder).map_err(world)?;
        if let Some(model) = &self.model {
            let path = folder.join("program.tdm");
            std::fs::write(&path, text).map_err(world)?;
            let mut command = if model.extension().is_some_and(|ending| ending == "py") {
                let mut command = Command::new("python3");
                command.arg(model);
                command
            } else {
                let mut command = Command::new(model);
                command.arg("run");
                command
            };
            let found = ask(command.arg(&path), runner)?;
            same("model", Kind::Model, reference, &found, Place::Line)?;
        }
        if self.python {
            let path = folder.join("program.py");
            std::fs::write(&path, python::program(program)).map_err(world)?;
            let found = ask(Command::new("python3").args(["-S", "-W", "ignore"]).arg(&path), runner)?;
            same("python", Kind::Python, reference, &found, Place::Unknown)?;
        }
        Ok(())
    }
}

fn ask(command: &mut Command, runner: &Runner) -> Result<Outcome, Disagreement> {
    run_process(command.env("PYTHONDONTWRITEBYTECODE", "1").env("PYTHONUTF8", "1"), b"", runner.limit * 4)
        .map_err(world)
}

/// Whether a judge knows where an error is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Line,
    Unknown,
}

fn same(
    who: &str,
    kind: fn(String) -> Kind,
    reference: &Outcome,
    found: &Outcome,
    place: Place,
) -> Result<(), Disagreement> {
    let (expected, given) = (essence(found, place), essence(reference, place));
    if expected == given {
        return Ok(());
    }
    let text = format!(
        "{who} differs\n--- {who}\n{}--- engines\n{}",
        shown(&expected, &found.stderr_text()),
        shown(&given, &reference.stderr_text())
    );
    let ends = format!("{} against {}", ending(&expected), ending(&given));
    Err(Disagreement { kind: kind(ends), text })
}

fn essence(outcome: &Outcome, place: Place) -> Essence {
    let stderr = outcome.stderr_text();
    let code = stderr.strip_prefix("error[").and_then(|rest| rest.split_once(']')).map(|(code, _)| code.to_owned());
    let line = stderr
        .lines()
        .find_map(|line| line.trim_start().strip_prefix("--> "))
        .and_then(|at| at.rsplit(':').nth(1))
        .filter(|_| place == Place::Line)
        .map(str::to_owned);
    Essence { stdout: outcome.stdout_text(), status: outcome.status, error: code.map(|code| (code, line)) }
}

fn ending(essence: &Essence) -> String {
    match (&essence.error, essence.status) {
        (Some((code, _)), _) => code.clone(),
        (None, Status::Exited(status)) => status.to_string(),
        (None, Status::Killed | Status::TimedOut) => format!("{:?}", essence.status),
    }
}

fn shown(essence: &Essence, stderr: &str) -> String {
    format!("{}[{:?} {:?}]\n{stderr}", essence.stdout, essence.status, essence.error)
}
