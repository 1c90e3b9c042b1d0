//! Prints the programs of seeds: `cargo run -p tandem-generator --example program -- SEED [untyped|python]`

use tandem_generator::{Options, from_seed};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let seed = arguments.next().and_then(|seed| seed.parse().ok()).unwrap_or(0);
    let options = match arguments.next().as_deref() {
        Some(_) => Options::untyped(),
        None => Options::default(),
    };
    print!("{}", from_seed(seed, &options));
}
