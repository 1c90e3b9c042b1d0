//! Every program of the documentation does what it says: each block marked `tandem` in `docs/` and in the README is
//! run, and meets its `# expect` comments. A block marked `tandem,fragment` is no whole program; it must parse. A link
//! to a file of the repository leads to a file.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use libtest_mimic::{Arguments, Failed, Trial};
use tandem_corpus::{
    Configuration, Engine, Expectation, Gc, Runner, Status, check_expectation, check_parity, run_process,
};

fn main() {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace exists");
    let mut pages: Vec<PathBuf> =
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(|page| root.join(page)).to_vec();
    collect_pages(&root.join("docs"), &mut pages).expect("the documentation can be read");
    pages.sort();

    let mut trials = Vec::new();
    for page in pages {
        let text = std::fs::read_to_string(&page).expect("the documentation can be read");
        let (folder, linked) = (page.with_file_name(""), links(&text));
        let page = page.strip_prefix(&root).expect("pages are in the workspace").display().to_string();
        trials.push(Trial::test(format!("{page}: links"), move || check_links(&folder, &linked)));
        for block in blocks(&text) {
            let name = format!("{page}:{}", block.line);
            trials.push(Trial::test(name.clone(), move || check(&name, &block)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn collect_pages(folder: &Path, pages: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect_pages(&path, pages)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            pages.push(path);
        }
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Program,
    Fragment,
}

struct Block {
    kind: Kind,
    /// Line of the page where the code starts, from 1.
    line: usize,
    code: String,
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = (1..).zip(text.lines());
    while let Some((line, opening)) = lines.next() {
        let Some(info) = opening.strip_prefix("```") else { continue };
        let code = lines.by_ref().map(|(_, code)| code).take_while(|code| *code != "```");
        let code: String = code.flat_map(|code| [code, "\n"]).collect();
        let kind = match info.trim() {
            "tandem" => Kind::Program,
            "tandem,fragment" => Kind::Fragment,
            _ => continue,
        };
        blocks.push(Block { kind, line: line + 1, code });
    }
    blocks
}

/// The files that `[text](path)` names.
fn links(text: &str) -> Vec<String> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
    targets.filter(|target| !target.is_empty() && !target.contains("://")).map(str::to_owned).collect()
}

fn check_links(folder: &Path, links: &[String]) -> Result<(), Failed> {
    match links.iter().find(|link| !folder.join(link).exists()) {
        Some(link) => Err(format!("`{link}` leads nowhere").into()),
        None => Ok(()),
    }
}

fn check(name: &str, block: &Block) -> Result<(), Failed> {
    let file: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    let scratch = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let folder = scratch.join("docs");
    std::fs::create_dir_all(&folder)?;
    let path = PathBuf::from(format!("{file}.tdm"));
    std::fs::write(folder.join(&path), &block.code)?;
    let tandem = PathBuf::from(env!("CARGO_BIN_EXE_tandem"));
    let runner = Runner { tandem, root: folder, scratch, limit: Duration::from_secs(60) };
    match block.kind {
        Kind::Program => check_program(&runner, &path, &block.code),
        Kind::Fragment => check_fragment(&runner, &path),
    }
}

fn check_program(runner: &Runner, path: &Path, code: &str) -> Result<(), Failed> {
    let expectation = Expectation::parse(code)?;
    let mut runs = Vec::new();
    for engine in [Engine::Interpreter, Engine::Jit] {
        let configuration = Configuration { engine, gc: Gc::Normal };
        let run = runner.run(configuration, path, &expectation.args, expectation.stdin.as_bytes())?;
        check_expectation(&expectation, &run.outcome).map_err(|problem| format!("{configuration}: {problem}"))?;
        runs.push((configuration, run));
    }
    check_parity(&runs)?;
    Ok(())
}

fn check_fragment(runner: &Runner, path: &Path) -> Result<(), Failed> {
    let mut command = Command::new(&runner.tandem);
    command.current_dir(&runner.root).arg("dump").arg("--stage=ast").arg(path);
    let outcome = run_process(&mut command, b"", runner.limit)?;
    if outcome.status == Status::Exited(0) { Ok(()) } else { Err(outcome.stderr_text().into()) }
}
