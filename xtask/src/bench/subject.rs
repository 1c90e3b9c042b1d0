//! What runs a program: an engine of ours, or another language.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Folders;
use crate::workspace::{Problem, succeed};

/// What runs a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// `tandem run --engine=interp`
    Interpreter,
    /// `tandem run --engine=jit`
    Jit,
    /// `tandem build`, then the executable
    Aot,
    /// `gcc -O2`
    C,
    /// `gcc -O2` of the program in `peers/limits`
    Limit,
    /// LuaJIT
    LuaJit,
    /// Node.js
    Node,
    /// PyPy
    PyPy,
    /// Lua 5.4
    Lua,
    /// CPython
    Python,
}

impl Subject {
    /// All of them, in the order of the tables.
    pub const ALL: [Subject; 10] = [
        Subject::Interpreter,
        Subject::Jit,
        Subject::Aot,
        Subject::C,
        Subject::Limit,
        Subject::LuaJit,
        Subject::Node,
        Subject::PyPy,
        Subject::Lua,
        Subject::Python,
    ];

    /// Its name in the tables.
    pub fn title(self) -> &'static str {
        match self {
            Subject::Interpreter => "interp",
            Subject::Jit => "jit",
            Subject::Aot => "aot",
            Subject::C => "gcc",
            Subject::Limit => "gcc limit",
            Subject::LuaJit => "LuaJIT",
            Subject::Node => "Node",
            Subject::PyPy => "PyPy",
            Subject::Lua => "Lua",
            Subject::Python => "CPython",
        }
    }

    /// The command that runs `program`, after building what it needs; none where it is not installed or has no
    /// version of the program.
    pub fn prepare(self, folders: &Folders, program: &str) -> Result<Option<Command>, Problem> {
        let ours = folders.bench.join("programs").join(format!("{program}.tdm"));
        let peer = |ending: &str| folders.bench.join("peers").join(program).join(format!("{program}.{ending}"));
        match self {
            Subject::Interpreter => Ok(Some(run_with(folders, "interp", &ours))),
            Subject::Jit => Ok(Some(run_with(folders, "jit", &ours))),
            Subject::Aot => {
                let executable = executable(folders, program);
                succeed(Command::new(&folders.tandem).arg("build").arg(ours).arg("-o").arg(&executable))?;
                Ok(Some(Command::new(executable)))
            }
            Subject::C => compiled(&peer("c"), folders.scratch.join(format!("{program}-gcc"))),
            Subject::Limit => {
                let source = folders.bench.join("peers/limits").join(format!("{program}.c"));
                compiled(&source, folders.scratch.join(format!("{program}-limit")))
            }
            Subject::LuaJit => Ok(interpreted("luajit", &peer("lua"))),
            Subject::Node => Ok(interpreted("node", &peer("js"))),
            Subject::PyPy => Ok(interpreted("pypy3", &peer("py"))),
            Subject::Lua => Ok(interpreted("lua5.4", &peer("lua"))),
            Subject::Python => Ok(interpreted("python3", &peer("py"))),
        }
    }
}

/// Where the executable of `program` is built.
pub fn executable(folders: &Folders, program: &str) -> PathBuf {
    folders.scratch.join(program)
}

fn run_with(folders: &Folders, engine: &str, program: &Path) -> Command {
    let mut command = Command::new(&folders.tandem);
    command.arg("run").arg(format!("--engine={engine}")).arg(program);
    command
}

fn compiled(source: &Path, out: PathBuf) -> Result<Option<Command>, Problem> {
    if !source.is_file() || !installed("gcc") {
        return Ok(None);
    }
    succeed(Command::new("gcc").arg("-O2").arg("-o").arg(&out).arg(source).arg("-lm"))?;
    Ok(Some(Command::new(out)))
}

fn interpreted(name: &str, source: &Path) -> Option<Command> {
    if !source.is_file() || !installed(name) {
        return None;
    }
    let mut command = Command::new(name);
    command.arg(source);
    Some(command)
}

fn installed(name: &str) -> bool {
    let mut probe = Command::new(name);
    // Each of them knows one of the two; that it starts is enough.
    probe.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    probe.status().is_ok()
}
