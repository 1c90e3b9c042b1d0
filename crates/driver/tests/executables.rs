//! Executables made of the stub and a program: what they need of the system, and what they cost.

use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tandem_codegen::{Options, Target, aot, compile};
use tandem_mir::{Value, text};

static STUB: &[u8] = include_bytes!(env!("TANDEM_STUB"));

const HELLO: &str = "
    const const0 = \"hello\"
    fn fn0() -> int {
    block0:
        v0 = string const0
        call rt_fmt_str(v0)
        call rt_fmt_print()
        v1 = int 3
        return v1
    }";

const DIVISION: &str = "
    fn fn0() -> int {
    block0:
        v0 = int 1
        v1 = int 0
        v2 = int.div v0, v1
        return v2
    }";

/// A folder that holds nothing but the executable `program`.
fn folder(name: &str, mir: &str) -> PathBuf {
    let program = text::parse::<Value>(mir).unwrap_or_else(|error| panic!("{error}"));
    let image = compile(&program, &Options { target: Target::Baseline }).expect("small enough");
    let bytes = aot::executable(STUB, &image.write()).expect("a good stub");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let path = folder.join("program");
    std::fs::write(&path, bytes).expect("room for the executable");
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).expect("our own file");
    folder
}

fn text_of(output: &[u8]) -> String {
    String::from_utf8(output.to_vec()).expect("text")
}

#[test]
fn prints_and_has_a_status() {
    let folder = folder("prints", HELLO);
    let Output { status, stdout, stderr } = Command::new(folder.join("program")).output().expect("it starts");
    assert_eq!((status.code(), text_of(&stdout), text_of(&stderr)), (Some(3), "hello".into(), String::new()));
}

#[test]
fn reports_a_runtime_error() {
    let folder = folder("fails", DIVISION);
    let Output { status, stdout, stderr } = Command::new(folder.join("program")).output().expect("it starts");
    assert_eq!((status.code(), text_of(&stdout)), (Some(101), String::new()));
    assert!(text_of(&stderr).starts_with("error[R0002]: division by zero\n"));
}

#[test]
fn runs_in_an_empty_root() {
    // SAFETY: asks for a number.
    if unsafe { libc::geteuid() } != 0 {
        return; // only root may change its root
    }
    let folder = folder("root", HELLO);
    let path = std::ffi::CString::new(folder.to_str().expect("a path of ours")).expect("without zeros");
    let mut command = Command::new("/program");
    // SAFETY: between fork and exec nothing but the two system calls happens.
    unsafe {
        command.pre_exec(move || match libc::chroot(path.as_ptr()) {
            0 if libc::chdir(c"/".as_ptr()) == 0 => Ok(()),
            _ => Err(std::io::Error::last_os_error()),
        });
    }
    let output = command.output().expect("it starts");
    assert_eq!((output.status.code(), text_of(&output.stdout)), (Some(3), "hello".into()));
}

#[test]
fn the_stub_alone_says_what_it_is() {
    let folder = folder("stub", HELLO);
    let path = folder.join("stub");
    std::fs::write(&path, STUB).expect("room for the stub");
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).expect("our own file");
    let output = Command::new(&path).output().expect("it starts");
    assert_eq!(output.status.code(), Some(126));
    assert!(text_of(&output.stderr).contains("holds no program"));
}

#[test]
fn what_is_no_stub_is_refused() {
    assert_eq!(aot::executable(b"#!/bin/sh", &[]), Err(aot::BadStub::NotElf));
    assert_eq!(aot::executable(&STUB[..100], &[]), Err(aot::BadStub::NotElf));
}
