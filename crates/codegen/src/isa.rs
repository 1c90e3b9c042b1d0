//! The processor that code is made for.

use cranelift_codegen::isa::OwnedTargetIsa;
use cranelift_codegen::settings::{self, Configurable};

use crate::Target;

/// Cranelift's description of the target with our settings.
pub(crate) fn isa(target: Target) -> OwnedTargetIsa {
    let mut builder = match target {
        Target::Host => cranelift_native::builder().expect("the compiler runs on x86-64, which Cranelift supports"),
        Target::Baseline => {
            let mut builder =
                cranelift_native::builder_with_options(false).expect("Cranelift was built with its x86-64 backend");
            builder.enable("x86-64-v2").expect("a preset of Cranelift's x86-64 backend");
            builder
        }
    };
    if matches!(target, Target::Host) {
        // Without SSE4.1 Cranelift would call library functions for `floor`, which images do not have. Every processor
        // of x86-64-v2, which Tandem asks for, has it.
        builder.enable("has_sse41").expect("a flag of Cranelift's x86-64 backend");
    }
    builder.finish(settings::Flags::new(flags())).expect("the flags fit each other")
}

fn flags() -> settings::Builder {
    let verifier = if cfg!(debug_assertions) { "true" } else { "false" };
    let mut flags = settings::builder();
    for (name, value) in [
        ("opt_level", "speed"),
        // The stack walk of the runtime follows them.
        ("preserve_frame_pointers", "true"),
        ("is_pic", "false"),
        // Prologues compare with the limit in the context instead.
        ("enable_probestack", "false"),
        ("enable_multi_ret_implicit_sret", "true"),
        ("unwind_info", "false"),
        ("enable_verifier", verifier),
    ] {
        flags.set(name, value).expect("a setting of Cranelift 0.135");
    }
    flags
}
