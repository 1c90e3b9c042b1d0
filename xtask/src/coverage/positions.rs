//! Where the programs of a feature have code: a table that shows which combinations nobody has tried.
//!
//! It reads indentation and the first words of lines, no more: a hint for the writer of tests, not a check.

use std::collections::{BTreeMap, BTreeSet};

use tandem_corpus::Program;

use crate::workspace::{Problem, files_below};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Position {
    TopLevel,
    Function,
    Branch,
    Loop,
    MatchArm,
    Interpolation,
    NestedFunction,
}

impl Position {
    const ALL: [Position; 7] = [
        Position::TopLevel,
        Position::Function,
        Position::Branch,
        Position::Loop,
        Position::MatchArm,
        Position::Interpolation,
        Position::NestedFunction,
    ];

    fn title(self) -> &'static str {
        match self {
            Position::TopLevel => "top level",
            Position::Function => "function",
            Position::Branch => "branch",
            Position::Loop => "loop",
            Position::MatchArm => "match arm",
            Position::Interpolation => "interpolation",
            Position::NestedFunction => "nested function",
        }
    }
}

/// Prints a row a feature, a column a position.
pub fn print_table(programs: &[Program]) -> Result<(), Problem> {
    let mut features: BTreeMap<&str, BTreeMap<Position, usize>> = BTreeMap::new();
    for program in programs {
        let feature = program.name.split('/').next().unwrap_or_default();
        let row = features.entry(feature).or_default();
        for position in positions_of(program)? {
            *row.entry(position).or_default() += 1;
        }
    }
    println!("| feature | {} |", Position::ALL.map(Position::title).join(" | "));
    println!("|---|{}", "---:|".repeat(Position::ALL.len()));
    for (feature, row) in features {
        let cells = Position::ALL.map(|position| row.get(&position).copied().unwrap_or(0).to_string());
        println!("| {feature} | {} |", cells.join(" | "));
    }
    Ok(())
}

fn positions_of(program: &Program) -> Result<BTreeSet<Position>, Problem> {
    let several = program.path.file_name().is_some_and(|name| name == "main.tdm");
    let files = match program.path.parent() {
        Some(folder) if several => files_below(folder, "tdm")?,
        Some(_) | None => vec![program.path.clone()],
    };
    let mut found = BTreeSet::new();
    for file in files {
        found.extend(positions_in(&String::from_utf8_lossy(&std::fs::read(file)?)));
    }
    Ok(found)
}

fn positions_in(source: &str) -> BTreeSet<Position> {
    let mut found = BTreeSet::new();
    // The blocks that are open, each with the indentation of its header.
    let mut open: Vec<(usize, Position)> = Vec::new();
    for line in source.lines() {
        let code = line.trim_start();
        if code.is_empty() || code.starts_with('#') {
            continue;
        }
        let indentation = line.len() - code.len();
        while open.last().is_some_and(|(header, _)| *header >= indentation) {
            open.pop();
        }
        let in_function = open.iter().any(|(_, position)| *position == Position::Function);
        let header = position_of(code, in_function);
        if open.is_empty() && header.is_none() {
            found.insert(Position::TopLevel);
        }
        found.extend(open.iter().map(|(_, position)| *position));
        if code.contains('"') && code.contains('{') {
            found.insert(Position::Interpolation);
        }
        if let Some(position) = header {
            // The body may stand on the same line.
            found.insert(position);
            open.push((indentation, position));
        }
    }
    found
}

/// Which position the block of this header is.
fn position_of(code: &str, in_function: bool) -> Option<Position> {
    let code = code.strip_prefix("pub ").unwrap_or(code);
    let word = code.split([' ', ':', '(']).next().unwrap_or_default();
    match word {
        "fn" if in_function => Some(Position::NestedFunction),
        "fn" => Some(Position::Function),
        "if" | "elif" | "else" => Some(Position::Branch),
        "for" | "while" | "loop" => Some(Position::Loop),
        "match" | "case" => Some(Position::MatchArm),
        _ if code.contains(" => ") => Some(Position::MatchArm),
        _ => None,
    }
}
