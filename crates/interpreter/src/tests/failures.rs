//! Where a failure happened, frame by frame.

use tandem_mir::places::places;
use tandem_mir::{Lane, Op, Program, Reg};
use tandem_runtime::ffi::STRING_REPEAT;
use tandem_runtime::ffi::failing::EXIT;
use tandem_runtime::report::report;
use tandem_runtime::{Ending, Fault};
use tandem_source::SourceMap;

use super::{Maker, end};

fn backtrace(program: &Program<Reg>) -> String {
    let Ending::Failed(failure, backtrace) = end(program) else { panic!("the program fails") };
    let mut sources = SourceMap::new();
    sources.add("t.tdm", "0123456789012345678901234567890123456789");
    let text = report(&failure, &backtrace, &places(program, &sources));
    text.lines().next_back().unwrap_or_default().to_owned()
}

/// `inner` fails in the way `fails` says, called by `outer`, called by the script.
fn failing(fails: impl FnOnce(&mut Maker, &mut tandem_mir::builder::FunctionBuilder)) -> Program<Reg> {
    let mut maker = Maker::new();
    let mut f = maker.function("inner", &[Lane::Int]);
    let n = f.param(Lane::Int);
    let loc = maker.loc(0, 5);
    f.set_loc(loc);
    fails(&mut maker, &mut f);
    f.ret(&[n]);
    let inner = maker.define(f);

    let mut f = maker.function("outer", &[Lane::Int]);
    let n = f.param(Lane::Int);
    let loc = maker.loc(1, 15);
    f.set_loc(loc);
    let result = f.call(inner, &[n], &[Lane::Int])[0];
    let loc = maker.loc(1, 17);
    f.set_loc(loc);
    let result = f.binary(Op::IntAdd, result, n);
    f.ret(&[result]);
    let outer = maker.define(f);

    let mut f = maker.function("<script>", &[Lane::Int]);
    let loc = maker.loc(2, 25);
    f.set_loc(loc);
    let n = f.int(1);
    let result = f.call(outer, &[n], &[Lane::Int])[0];
    f.ret(&[result]);
    let entry = maker.define(f);
    maker.finish(entry)
}

const FRAMES: &str = "backtrace: inner (t.tdm:1:6) < outer (t.tdm:1:16) < <script> (t.tdm:1:26)";

#[test]
fn operations_fail_in_their_frames() {
    let program = failing(|_, f| {
        let zero = f.int(0);
        let n = f.params()[0];
        f.binary(Op::IntDiv, n, zero);
    });
    assert_eq!(backtrace(&program), FRAMES);
}

#[test]
fn runtime_functions_fail_in_their_frames() {
    let program = failing(|maker, f| {
        let text = maker.program.constant("much");
        let (text, times) = (f.string(text), f.int(i64::MAX));
        f.call_rt(&STRING_REPEAT, &[text, times]);
    });
    assert_eq!(backtrace(&program), FRAMES);
}

#[test]
fn terminators_fail_with_their_message() {
    let program = failing(|maker, f| {
        let text = maker.program.constant("so it is");
        let text = f.string(text);
        f.fail(Fault::Panic, Some(text));
    });
    assert_eq!(backtrace(&program), FRAMES);
    let Ending::Failed(failure, _) = end(&program) else { panic!("the program fails") };
    assert_eq!((failure.fault, failure.message.as_str()), (Fault::Panic, "so it is"));

    let program = failing(|_, f| f.fail(Fault::NoMatch, None));
    let Ending::Failed(failure, _) = end(&program) else { panic!("the program fails") };
    assert_eq!((failure.fault, failure.message.as_str()), (Fault::NoMatch, Fault::NoMatch.words()));
}

#[test]
fn exit_ends_the_program_from_within() {
    let program = failing(|_, f| {
        let status = f.int(256 + 3);
        f.call_rt(&EXIT, &[status]);
    });
    assert!(matches!(end(&program), Ending::Exited(3)));
}

#[test]
fn an_overflow_shows_the_calls() {
    let mut maker = Maker::new();
    let down = maker.program.declare();
    let mut f = maker.function("down", &[]);
    let loc = maker.loc(0, 5);
    f.set_loc(loc);
    f.call(down, &[], &[]);
    f.ret(&[]);
    maker.program.define(down, f.finish());
    let mut f = maker.function("<script>", &[Lane::Int]);
    let loc = maker.loc(1, 25);
    f.set_loc(loc);
    f.call(down, &[], &[]);
    let zero = f.int(0);
    f.ret(&[zero]);
    let entry = maker.define(f);
    let text = backtrace(&maker.finish(entry));
    assert!(text.starts_with("backtrace: down (t.tdm:1:6) < down (t.tdm:1:6) < "), "{text}");
    assert!(text.ends_with(" < down (t.tdm:1:6) < <script> (t.tdm:1:26)"), "{text}");
    assert_eq!(text.matches(" < ").count(), 16, "{text}");
}
