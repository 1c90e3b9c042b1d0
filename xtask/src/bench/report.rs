//! The figures as tables, on the terminal and in `docs/performance.md`.

use std::fmt::Write;

use super::subject::{Subject, executable};
use super::{Folders, Row, STARTUP};
use crate::workspace::Problem;

/// All tables.
pub fn figures(rows: &[Row], folders: &Folders) -> Result<String, Problem> {
    let mut text = String::new();
    let (startup, programs): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| row.program == STARTUP);
    if !programs.is_empty() {
        text += "Seconds (ratio to gcc), medians of whole processes:\n\n";
        text += &table(&programs, |row, median| match seconds(row, Subject::C) {
            Some(gcc) => format!("{median:.3} ({:.2}x)", median / gcc),
            None => format!("{median:.3}"),
        });
    }
    for row in startup {
        let size = std::fs::metadata(executable(folders, &row.program))?.len();
        text += "\nStart-up, milliseconds for a program that prints one line:\n\n";
        text += &table(&[row], |_, median| format!("{:.1}", median * 1000.0));
        let _ = writeln!(text, "\nIts executable has {:.2} MB.", size as f64 / 1e6);
    }
    Ok(text)
}

fn seconds(row: &Row, subject: Subject) -> Option<f64> {
    row.cells.iter().find(|(found, _)| *found == subject).map(|(_, measured)| measured.median())
}

/// A row a program, a column for every subject that ran one of them.
fn table(rows: &[&Row], cell: impl Fn(&Row, f64) -> String) -> String {
    let ran = |subject: &Subject| rows.iter().any(|row| seconds(row, *subject).is_some());
    let subjects: Vec<Subject> = Subject::ALL.into_iter().filter(ran).collect();
    let titles: Vec<&str> = subjects.iter().map(|subject| subject.title()).collect();
    let mut text = format!("| program | {} |\n|---|{}\n", titles.join(" | "), "---:|".repeat(subjects.len()));
    for row in rows {
        let cells =
            subjects.iter().map(|subject| seconds(row, *subject).map_or(String::new(), |median| cell(row, median)));
        let cells: Vec<String> = cells.collect();
        let _ = writeln!(text, "| {} | {} |", row.program, cells.join(" | "));
    }
    text
}
