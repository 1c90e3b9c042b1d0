//! Failing and being interrupted: what the terminators and polls of native code call.

use crate::fault::{Failed, Fault};
use crate::string::Text;

runtime_fns! { Failing;
    /// Fails with the fault of that number; without a message, with its words.
    FAIL = fn rt_fail(cx, fault: i64, message: Option<Text>) -> Result<(), Failed>, [] {
        let fault = u8::try_from(fault).ok().and_then(Fault::from_number).unwrap_or(Fault::Panic);
        let message = message.as_ref().map_or(fault.words(), Text::as_str).to_string();
        Err(cx.fail(fault, message))
    }
    /// Fails with R0028, for functions of the library.
    BAD_ARGUMENT = fn rt_bad_argument(cx, message: Text) -> Result<(), Failed>, [] {
        Err(cx.fail(Fault::BadArgument, message.as_str()))
    }
    /// The cold path of prologues and back-edges (`sp < stack_limit`): fails on stack overflow, else answers the
    /// interrupt. Needs little stack. Does not collect.
    INTERRUPT = fn rt_interrupt(cx) -> Result<(), Failed>, [] {
        cx.interrupted()
    }
    /// Ends the program with that status modulo 256.
    EXIT = fn rt_exit(cx, status: i64) -> Result<(), Failed>, [] {
        Err(cx.exit(status))
    }
}
