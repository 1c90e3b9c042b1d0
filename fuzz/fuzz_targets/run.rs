//! A generated program prints and ends alike on the interpreter and as native code. (Places and backtraces are compared
//! by `tandem-differential`, which sees whole reports.)
#![no_main]

use libfuzzer_sys::fuzz_target;
use tandem_compiler::Source;
use tandem_compiler::pipeline::{Counting, Target};
use tandem_generator::{Options, from_bytes};
use tandem_runtime::Ending;
use tandem_runtime::image::run_captured;

fuzz_target!(|bytes: &[u8]| {
    let text = from_bytes(bytes, &Options { work: 1000, ..Options::default() }).to_string();
    let check = || Source::new("fuzz.tdm", text.as_bytes()).and_then(Source::check);
    let (Ok(first), Ok(second)) = (check(), check()) else {
        panic!("a generated program does not compile:\n{text}");
    };
    let interpreted = first.lower(Counting::Off).interpret_captured();
    let native = second.lower(Counting::Off).optimize().compile(Target::Host).expect("the program is small");
    let native = run_captured(native.image()).expect("there is memory for code");
    assert_eq!(shown(interpreted), shown(native), "{text}");
});

fn shown((printed, ending): (Vec<u8>, Ending)) -> (String, String) {
    let end = match ending {
        Ending::Exited(status) => format!("status {status}"),
        Ending::Failed(failure, _) => format!("{failure:?}"),
    };
    (String::from_utf8_lossy(&printed).into_owned(), end)
}
