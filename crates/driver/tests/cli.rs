//! The command line as its users meet it: what they type wrong, pipes, statuses, the order of outputs.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use tandem_corpus::{Outcome, Status, run_process};

const LIMIT: Duration = Duration::from_secs(60);
/// What the command exits with when it cannot do as it is told: wrong arguments, no such file, a compile error.
const REFUSED: Status = Status::Exited(2);

/// A fresh folder, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Folder {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("cli-{}-{test}", std::process::id()));
        std::fs::create_dir_all(&path).expect("the folder of test files can be written");
        Folder(path)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        std::fs::write(self.0.join(name), content).expect("the folder of test files can be written");
        self
    }

    fn tandem(&self, arguments: &[&str]) -> Outcome {
        self.tandem_with_input(arguments, b"")
    }

    fn tandem_with_input(&self, arguments: &[&str], stdin: &[u8]) -> Outcome {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tandem"));
        command.current_dir(&self.0).args(arguments);
        run_process(&mut command, stdin, LIMIT).expect("the command starts")
    }

    /// A command line of the shell; `$TANDEM` is the command.
    fn shell(&self, line: &str) -> Outcome {
        let mut command = Command::new("sh");
        command.current_dir(&self.0).arg("-c").arg(line).env("TANDEM", env!("CARGO_BIN_EXE_tandem"));
        run_process(&mut command, b"", LIMIT).expect("the shell starts")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[track_caller]
fn assert_runs(outcome: &Outcome, stdout: &str) {
    assert_eq!((outcome.stdout_text().as_str(), outcome.stderr_text().as_str()), (stdout, ""));
    assert_eq!(outcome.status, Status::Exited(0));
}

/// Refused with a message that has these words, and nothing on standard output.
#[track_caller]
fn assert_refused(outcome: &Outcome, words: &[&str]) {
    let stderr = outcome.stderr_text();
    assert_eq!(outcome.status, REFUSED, "{stderr}");
    assert_eq!(outcome.stdout_text(), "");
    assert!(!stderr.contains("panicked"), "{stderr}");
    for word in words {
        assert!(stderr.contains(word), "`{word}` is not in: {stderr}");
    }
}

#[test]
fn no_arguments_explain_the_command() {
    assert_refused(&Folder::new("none").tandem(&[]), &["Usage: tandem", "run", "build", "check"]);
}

#[test]
fn help_and_version_succeed() {
    let folder = Folder::new("help");
    for arguments in [&["--help"][..], &["run", "--help"], &["build", "--help"], &["check", "--help"]] {
        let help = folder.tandem(arguments);
        assert_eq!(help.status, Status::Exited(0));
        assert!(help.stdout_text().contains("Usage: tandem"), "{}", help.stdout_text());
    }
    assert_runs(&folder.tandem(&["--version"]), &format!("tandem {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_missing_file_is_named() {
    let folder = Folder::new("missing");
    for arguments in [&["nowhere.tdm"][..], &["run", "nowhere.tdm"], &["check", "nowhere.tdm"]] {
        assert_refused(&folder.tandem(arguments), &["nowhere.tdm"]);
    }
    assert_refused(&folder.tandem(&["build", "nowhere.tdm", "-o", "program"]), &["nowhere.tdm"]);
    assert!(!folder.0.join("program").exists());
}

#[test]
fn a_folder_is_no_program() {
    assert_refused(&Folder::new("folder").tandem(&["run", "."]), &["."]);
}

#[test]
fn an_unknown_engine_names_the_known_ones() {
    let folder = Folder::new("engine");
    folder.file("a.tdm", "print(1)\n");
    assert_refused(&folder.tandem(&["run", "--engine=fast", "a.tdm"]), &["fast", "interp", "jit"]);
}

#[test]
fn an_unknown_option_is_refused() {
    let folder = Folder::new("option");
    folder.file("a.tdm", "print(1)\n");
    assert_refused(&folder.tandem(&["run", "--fast", "a.tdm"]), &["--fast"]);
}

#[test]
fn text_that_is_not_utf8_is_an_error_with_its_place() {
    let folder = Folder::new("utf8");
    folder.file("a.tdm", b"print(1)\nprint(\"\xff\")\n");
    for arguments in [&["run", "a.tdm"][..], &["check", "a.tdm"]] {
        assert_refused(&folder.tandem(arguments), &["error[E", "UTF-8", "a.tdm:2:8"]);
    }
}

#[test]
fn an_empty_program_does_nothing() {
    let folder = Folder::new("empty");
    folder.file("a.tdm", "");
    assert_runs(&folder.tandem(&["run", "a.tdm"]), "");
}

#[test]
fn a_program_comes_from_a_file_from_input_or_from_the_command_line() {
    let folder = Folder::new("sources");
    folder.file("a.tdm", "print(1, args())\n");
    assert_runs(&folder.tandem(&["a.tdm", "x"]), "1 [\"x\"]\n");
    assert_runs(&folder.tandem(&["run", "a.tdm", "x"]), "1 [\"x\"]\n");
    assert_runs(&folder.tandem_with_input(&["-", "x"], b"print(2, args())\n"), "2 [\"x\"]\n");
    assert_runs(&folder.tandem_with_input(&["run", "-"], b"print(3)\n"), "3\n");
    assert_runs(&folder.tandem(&["-c", "print(4, args())", "x"]), "4 [\"x\"]\n");
    assert_runs(&folder.tandem(&["run", "-c", "print(5)"]), "5\n");
}

#[test]
fn what_follows_the_program_belongs_to_it() {
    let folder = Folder::new("dashes");
    folder.file("a.tdm", "print(args())\n");
    let program_arguments = ["--engine=jit", "-c", "--help", "--", "-x", "--version", "-"];
    let shown = "[\"--engine=jit\", \"-c\", \"--help\", \"--\", \"-x\", \"--version\", \"-\"]\n";
    for start in [&["a.tdm"][..], &["run", "a.tdm"], &["run", "--engine=interp", "a.tdm"]] {
        assert_runs(&folder.tandem(&[start, &program_arguments].concat()), shown);
    }
}

#[test]
fn every_engine_can_be_chosen() {
    let folder = Folder::new("engines");
    folder.file("a.tdm", "print(6 * 7)\n");
    for engine in ["interp", "jit", "auto"] {
        assert_runs(&folder.tandem(&["run", &format!("--engine={engine}"), "a.tdm"]), "42\n");
    }
}

#[test]
fn statuses_are_taken_modulo_256() {
    let folder = Folder::new("status");
    for (value, status) in [("0", 0), ("3", 3), ("256", 0), ("259", 3), ("-1", 255), ("9223372036854775807", 255)] {
        let code = format!("exit({value})");
        for engine in ["--engine=interp", "--engine=jit"] {
            assert_eq!(folder.tandem(&["run", engine, "-c", &code]).status, Status::Exited(status), "{code}");
        }
    }
}

#[test]
fn a_runtime_error_comes_after_the_output() {
    let folder = Folder::new("order");
    folder.file("a.tdm", "print(1)\nwrite(2)\nprint(5 / args().len())\nprint(6)\n");
    for engine in ["interp", "jit"] {
        let both = folder.shell(&format!("\"$TANDEM\" run --engine={engine} a.tdm 2>&1; echo status $?"));
        let text = both.stdout_text();
        assert!(text.starts_with("1\n2error[R0002]: division by zero\n"), "{text}");
        assert!(text.ends_with("status 101\n"), "{text}");
    }
}

#[test]
fn compile_errors_are_reported_alike_by_run_check_and_build() {
    let folder = Folder::new("compile");
    folder.file("a.tdm", "let x = 1\nx = 2\nprint(x)\n");
    let check = folder.tandem(&["check", "a.tdm"]);
    assert_refused(&check, &["error[E", "a.tdm:2:1"]);
    assert_eq!(folder.tandem(&["run", "a.tdm"]), check);
    assert_eq!(folder.tandem(&["build", "a.tdm", "-o", "program"]), check);
    assert!(!folder.0.join("program").exists());
}

#[test]
fn check_is_silent_on_a_good_program_and_runs_nothing() {
    let folder = Folder::new("check");
    folder.file("a.tdm", "print(1)\n");
    assert_runs(&folder.tandem(&["check", "a.tdm"]), "");
}

#[test]
fn a_closed_output_ends_the_program() {
    let folder = Folder::new("pipe");
    folder.file("a.tdm", "for i in 0..10_000_000:\n    print(i)\n");
    for engine in ["interp", "jit"] {
        let outcome = folder.shell(&format!("\"$TANDEM\" run --engine={engine} a.tdm | head -n 2"));
        assert_eq!(outcome.stdout_text(), "0\n1\n");
        assert_eq!(outcome.status, Status::Exited(0));
        assert!(!outcome.stderr_text().contains("panicked"), "{}", outcome.stderr_text());
    }
}

#[test]
fn an_interrupt_ends_the_program() {
    let folder = Folder::new("interrupt");
    folder.file("a.tdm", "print(\"on\")\nlet mut n = 0\nwhile n >= 0:\n    n = (n + 1) % 1000\n");
    for engine in ["interp", "jit"] {
        let line = format!("timeout --signal=INT 3 \"$TANDEM\" run --engine={engine} a.tdm; echo $?");
        let outcome = folder.shell(&line);
        assert!(!outcome.stdout_text().ends_with("\n0\n"), "{}", outcome.stdout_text());
        assert!(!outcome.stderr_text().contains("panicked"), "{}", outcome.stderr_text());
    }
}

#[test]
fn statistics_go_to_standard_error() {
    let folder = Folder::new("stats");
    folder.file("a.tdm", "fn twice(n): n * 2\nprint(twice(4))\n");
    for engine in ["--engine=interp", "--engine=jit"] {
        let outcome = folder.tandem(&["run", engine, "--stats", "a.tdm"]);
        assert_eq!(outcome.stdout_text(), "8\n");
        assert_eq!(outcome.status, Status::Exited(0));
        let stats = outcome.stderr_text();
        for word in ["compiled", "interpreted", "instances", "collections"] {
            assert!(stats.contains(word), "`{word}` is not in: {stats}");
        }
    }
}

#[test]
fn every_stage_can_be_dumped() {
    let folder = Folder::new("dump");
    folder.file("a.tdm", "fn fib(n): n if n < 2 else fib(n - 1) + fib(n - 2)\nprint(fib(8))\n");
    for stage in ["tokens", "ast", "hir", "mir", "ssa", "clif", "asm"] {
        let outcome = folder.tandem(&["dump", &format!("--stage={stage}"), "a.tdm"]);
        assert_eq!((outcome.status, outcome.stderr_text()), (Status::Exited(0), String::new()), "{stage}");
        assert!(outcome.stdout_text().contains("fib") || stage == "asm", "{stage}: {}", outcome.stdout_text());
        assert!(outcome.stdout_text().lines().count() > 2, "{stage}: {}", outcome.stdout_text());
    }
    assert_refused(&folder.tandem(&["dump", "--stage=soup", "a.tdm"]), &["soup", "mir"]);
}

#[test]
fn an_executable_runs_alone() {
    let folder = Folder::new("build");
    folder.file("a.tdm", "print(\"hello\", args())\nexit(args().len())\n");
    let built = folder.tandem(&["build", "a.tdm", "-o", "program"]);
    assert_runs(&built, "");
    let outcome = folder.shell("./program --help x; echo $?");
    assert_eq!(outcome.stdout_text(), "hello [\"--help\", \"x\"]\n2\n");
}

#[test]
fn an_unwritable_place_for_the_executable_is_named() {
    let folder = Folder::new("unwritable");
    folder.file("a.tdm", "print(1)\n");
    assert_refused(&folder.tandem(&["build", "a.tdm", "-o", "nowhere/program"]), &["nowhere/program"]);
    // A folder is in the way.
    std::fs::create_dir(folder.0.join("program")).expect("the folder of test files can be written");
    assert_refused(&folder.tandem(&["build", "a.tdm", "-o", "program"]), &["program"]);
    assert!(folder.0.join("program").is_dir());
}

#[test]
fn an_executable_needs_nothing_around_it() {
    let folder = Folder::new("root");
    let control = Command::new("unshare")
        .args(["--map-root-user", "chroot", "/", "true"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !control.is_ok_and(|status| status.success()) {
        println!("skipped: `unshare --map-root-user chroot` is not permitted here");
        return;
    }
    folder.file("a.tdm", "fn half(n): n // 2\nprint(half(84))\nprint(1 // args().len())\n");
    assert_runs(&folder.tandem(&["build", "a.tdm", "-o", "root"]), "");
    std::fs::create_dir(folder.0.join("empty")).expect("the folder of test files can be written");
    let outcome = folder.shell("mv root empty/program && unshare --map-root-user chroot empty /program; echo $?");
    assert_eq!(outcome.stdout_text(), "42\n101\n", "{}", outcome.stderr_text());
    assert!(outcome.stderr_text().contains("--> a.tdm:3:7\n"), "{}", outcome.stderr_text());
}
