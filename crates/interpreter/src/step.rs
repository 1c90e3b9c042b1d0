//! The loop that runs compact code: the only unsafe part of the interpreter.
//!
//! What a row of the operation table means is written in the table: `for_each_op!` expands every row once for each form
//! ([`Form`](crate::code::Form)), with the operands read in place. The structural instructions stand below.
//!
//! Why it is sound:
//! - The verifier proved (S2) that registers are assigned before they are read, and (F2, F3) that whatever is named
//!   exists and has the right lanes.
//! - `allocate` and `encode` name only registers below the frame's size in the function's header, jump only to the start
//!   of a block, and end each block by a terminator, so execution never leaves a function's code.
//! - A call compares the end of the new frame with the limit before it goes on, so frames lie within the stacks.
//! - Before anything that may collect, `pc`, `base` and `frame` are stored in the machine, where the collector finds
//!   the frames; the list of the word that comes next names exactly the registers that hold live references.

use tandem_mir::eval::{Outcome, Slot, rust_type};
use tandem_runtime::context::{RawRef, executed};
use tandem_runtime::ffi::{self, failing};
use tandem_runtime::heap::{RootSource, Roots, TUPLE_LANES};
use tandem_runtime::{Context, Failed, Fault};

use crate::call::Machine;
use crate::code::*;
use crate::frame::Frame;

/// Why the loop was left.
pub(crate) enum Halt {
    /// The outermost function has returned this.
    Returned(u64),
    /// An instruction has failed.
    Fault(Fault),
    /// A runtime function has recorded a failure, or the program's wish to end.
    Failed(Failed),
}

impl Machine<'_> {
    /// Runs the program until its entry function returns or something fails.
    pub fn execute(&mut self, cx: &mut Context) -> Halt {
        let machine: *mut Self = self;
        // SAFETY: the machine is made of encoded code and its stacks, which have room for more than one frame, and
        // stays where it is until its roots are removed.
        unsafe {
            (*machine).enter();
            cx.add_roots(RootSource::new(machine));
            let halt = step(machine, cx);
            cx.remove_roots();
            halt
        }
    }

    /// Sets up the frame of the entry function, whose caller goes on at `HALT`.
    unsafe fn enter(&mut self) {
        // SAFETY: the caller's promise; the entry function is a part of the code.
        unsafe {
            *self.frame = Frame { pc: self.pc, base: self.base };
            self.frame = self.frame.add(1);
            self.pc = self.pc.add(self.code().entry as usize);
        }
    }
}

/// Runs from `machine.pc` until the outermost function returns or something fails. Afterwards `pc`, `base` and `frame`
/// tell where that was.
///
/// # Safety
/// The machine has been entered, with code that was encoded from a verified program; `cx` belongs to that program.
unsafe fn step(machine: *mut Machine, cx: &mut Context) -> Halt {
    // SAFETY: see the head of this file.
    unsafe {
        let mut pc: *const Word = (*machine).pc;
        let mut base: *mut u64 = (*machine).base;
        let mut frame: *mut Frame = (*machine).frame;

        macro_rules! register {
            ($index:expr) => {
                *base.add($index as usize)
            };
        }
        macro_rules! save {
            () => {
                (*machine).pc = pc;
                (*machine).base = base;
                (*machine).frame = frame;
            };
        }
        // Whether `top`, the end of a frame, is beyond the limit, or somebody interrupts.
        macro_rules! is_stopped {
            ($top:expr) => {
                !($top as usize) < (&raw const cx.interpreter_limit).read_volatile()
            };
        }
        macro_rules! poll {
            () => {
                if is_stopped!(base) {
                    save!();
                    (*machine).answer_interrupt(cx);
                }
            };
        }
        macro_rules! jump {
            ($distance:expr) => {
                pc = pc.offset($distance as isize)
            };
        }
        // Empty code that the compiler can neither move nor merge with the like of it.
        macro_rules! barrier {
            ($($name:ident)*) => {
                #[cfg(not(miri))]
                std::arch::asm!(concat!("/*", $(" ", stringify!($name),)* " */"), options(nomem, nostack, preserves_flags))
            };
        }
        // A jump that depends on data. Without the barrier it becomes a conditional move, and the processor waits for
        // the data instead of predicting the branch: `fib` takes more than twice as long.
        macro_rules! jump_on_condition {
            ($distance:expr) => {
                barrier!(jump);
                jump!($distance);
            };
        }

        let halt = 'run: loop {
            // Fields are loaded where they are used.
            let word = pc;
            pc = pc.add(1);

            macro_rules! in_register {
                ($P:ident, $field:ident) => {
                    <rust_type::$P as Slot>::from_bits(register!((*word).$field))
                };
            }
            macro_rules! literal {
                ($P:ident, $field:ident) => {
                    <rust_type::$P as Slot>::from_bits(*pc.offset((*word).$field as i16 as isize).cast::<u64>())
                };
            }
            // Reads the operands of a row and gives `$result`; forms that a row does not have are never written.
            macro_rules! row {
                (registers $x:ident $y:ident, ($a:ident: $A:ident), $R:ident, $eval:expr) => {{
                    let $a = in_register!($A, $x);
                    row!(@result $R, $eval)
                }};
                (registers $x:ident $y:ident, ($a:ident: $A:ident, $b:ident: $B:ident), $R:ident, $eval:expr) => {{
                    let $a = in_register!($A, $x);
                    let $b = in_register!($B, $y);
                    row!(@result $R, $eval)
                }};
                (constant_right $x:ident $y:ident, ($a:ident: $A:ident, $b:ident: $B:ident), $R:ident, $eval:expr) => {{
                    let $a = in_register!($A, $x);
                    let $b = literal!($B, $y);
                    row!(@result $R, $eval)
                }};
                (constant_left $x:ident $y:ident, ($a:ident: $A:ident, $b:ident: $B:ident), $R:ident, $eval:expr) => {{
                    let $a = literal!($A, $x);
                    let $b = in_register!($B, $y);
                    row!(@result $R, $eval)
                }};
                ($constant:ident $x:ident $y:ident, ($a:ident: $A:ident), $R:ident, $eval:expr) => {
                    never::<rust_type::$R>()
                };
                (@result $R:ident, $eval:expr) => {
                    match Outcome::<rust_type::$R>::outcome($eval) {
                        Ok(value) => value,
                        Err(fault) => break 'run Halt::Fault(fault),
                    }
                };
            }
            macro_rules! value {
                ($Op:ident, $operands:ident, $params:tt, $R:ident, $eval:expr) => {{
                    register!((*word).a) = Slot::to_bits(row!($operands b c, $params, $R, $eval));
                    // Else all arms share the store and the jump behind it, which costs another jump each.
                    barrier!($Op $operands);
                }};
            }
            macro_rules! jump_if {
                ($sense:literal, $operands:ident, $params:tt, Bool, $eval:expr) => {
                    if row!($operands a b, $params, Bool, $eval) == $sense {
                        jump_on_condition!((*word).c as i16);
                    }
                };
                ($sense:literal, $operands:ident, $params:tt, $R:ident, $eval:expr) => {
                    never::<()>()
                };
            }
            macro_rules! loop_if {
                ($operands:ident, $params:tt, $R:ident, $eval:expr) => {{
                    poll!();
                    jump_if!(true, $operands, $params, $R, $eval)
                }};
            }
            macro_rules! call {
                ($callee:expr, $window:expr) => {{
                    let callee: *const Word = $callee;
                    let callee_base = base.add($window as usize);
                    let size = *callee.sub(1).cast::<u64>() as usize;
                    if is_stopped!(callee_base.wrapping_add(size))
                        && (*machine).is_overflow(cx, callee_base.wrapping_add(size) as usize)
                    {
                        break 'run Halt::Fault(Fault::StackOverflow);
                    }
                    *frame = Frame { pc, base };
                    frame = frame.add(1);
                    base = callee_base;
                    pc = callee;
                }};
            }
            macro_rules! return_to_caller {
                () => {
                    frame = frame.sub(1);
                    Frame { pc, base } = *frame;
                };
            }
            macro_rules! call_runtime {
                (|$function:ident, $extension:ident| $args:expr) => {{
                    let $extension = *pc;
                    pc = pc.add(1);
                    let $function = *ffi::ALL.get_unchecked((*word).a as usize);
                    let args = $args;
                    let args: &[u64] = args.as_ref();
                    let mut results = [0; 2];
                    save!();
                    let lanes = results.get_unchecked_mut(..$function.results.len());
                    match ($function.shim)(cx, args, lanes) {
                        Ok(()) => {
                            register!($extension.b) = results[0];
                            register!($extension.c) = results[1];
                        }
                        Err(failed) => break 'run Halt::Failed(failed),
                    }
                }};
            }
            macro_rules! fail {
                ($message:expr) => {{
                    save!();
                    match (failing::FAIL.shim)(cx, &[(*word).a as u64, $message], &mut []) {
                        Ok(()) => unreachable!("rt_fail fails"),
                        Err(failed) => break 'run Halt::Failed(failed),
                    }
                }};
            }

            macro_rules! dispatch {
                ($( $(#[doc = $doc:literal])+ $Op:ident = $name:literal ($($p:ident: $P:ident),*) -> $R:ident, $fx:ident
                    { eval: $eval:expr, lower: |$f:ident| $lower:expr, } )*) => {
                    match (*word).opcode {
                        $(
                            value::$Op => value!($Op, registers, ($($p: $P),*), $R, $eval),
                            value_rk::$Op => value!($Op, constant_right, ($($p: $P),*), $R, $eval),
                            value_kr::$Op => value!($Op, constant_left, ($($p: $P),*), $R, $eval),
                            jump_if::$Op => jump_if!(true, registers, ($($p: $P),*), $R, $eval),
                            jump_if_rk::$Op => jump_if!(true, constant_right, ($($p: $P),*), $R, $eval),
                            jump_if_kr::$Op => jump_if!(true, constant_left, ($($p: $P),*), $R, $eval),
                            jump_unless::$Op => jump_if!(false, registers, ($($p: $P),*), $R, $eval),
                            jump_unless_rk::$Op => jump_if!(false, constant_right, ($($p: $P),*), $R, $eval),
                            jump_unless_kr::$Op => jump_if!(false, constant_left, ($($p: $P),*), $R, $eval),
                            loop_if::$Op => loop_if!(registers, ($($p: $P),*), $R, $eval),
                            loop_if_rk::$Op => loop_if!(constant_right, ($($p: $P),*), $R, $eval),
                            loop_if_kr::$Op => loop_if!(constant_left, ($($p: $P),*), $R, $eval),
                        )*
                        COPY => register!((*word).a) = register!((*word).b),
                        COPY_FAR => {
                            let extension = *pc;
                            pc = pc.add(1);
                            register!(extension.first()) = register!(extension.second());
                        }
                        CONST => register!((*word).a) = *pc.offset((*word).distance() as isize).cast::<u64>(),
                        CONST_FAR => {
                            let literal = pc.offset((*word).distance() as isize).cast::<u64>();
                            register!((*pc).first()) = *literal;
                            pc = pc.add(1);
                        }
                        CONST_STRING => register!((*word).a) = *cx.constants.add((*word).distance() as u32 as usize),
                        GLOBAL_GET => register!((*word).a) = *cx.globals.add((*word).distance() as u32 as usize),
                        GLOBAL_SET => *cx.globals.add((*word).distance() as u32 as usize) = register!((*word).a),
                        JUMP => jump!((*word).distance()),
                        JUMP_BACK => {
                            poll!();
                            jump!((*word).distance());
                        }
                        JUMP_IF => {
                            if register!((*word).a) != 0 {
                                jump_on_condition!((*word).distance());
                            }
                        }
                        JUMP_UNLESS => {
                            if register!((*word).a) == 0 {
                                jump_on_condition!((*word).distance());
                            }
                        }
                        SWITCH => {
                            let on = register!((*word).a) as i64;
                            let table = pc.offset((*word).distance() as isize);
                            let len = (*table).first() as usize;
                            let cases = std::slice::from_raw_parts(table.add(1).cast::<i64>(), len);
                            let distance = match cases.binary_search(&on) {
                                Ok(case) => (*table.add(1 + len + case)).first(),
                                Err(_) => (*table).second(),
                            };
                            pc = table.offset(distance as i32 as isize);
                        }
                        SWITCH_DENSE => {
                            let on = register!((*word).a);
                            let table = pc.offset((*word).distance() as isize);
                            let case = on.wrapping_sub(*table.add(1).cast::<u64>());
                            let distance = if case < (*table).first() as u64 {
                                (*table.add(2 + case as usize)).first()
                            } else {
                                (*table).second()
                            };
                            pc = table.offset(distance as i32 as isize);
                        }
                        CALL => call!(pc.offset((*word).distance() as isize), (*word).a),
                        CALL_FAR => {
                            let callee = pc.offset((*word).distance() as isize);
                            let window = (*pc).first();
                            pc = pc.add(1);
                            call!(callee, window);
                        }
                        RETURN => {
                            return_to_caller!();
                        }
                        RETURN_ONE => {
                            *base = register!((*word).a);
                            return_to_caller!();
                        }
                        CALL_RT_0 => call_runtime!(|function, extension| []),
                        CALL_RT_1 => call_runtime!(|function, extension| [register!((*word).b)]),
                        CALL_RT_2 => call_runtime!(|function, extension| [register!((*word).b), register!((*word).c)]),
                        CALL_RT_3 => call_runtime!(|function, extension| [
                            register!((*word).b), register!((*word).c), register!(extension.opcode)
                        ]),
                        CALL_RT_4 => call_runtime!(|function, extension| [
                            register!((*word).b), register!((*word).c), register!(extension.opcode), register!(extension.a)
                        ]),
                        // Windows hold no live references, so nobody else looks at the slice.
                        CALL_RT_MANY => call_runtime!(|function, extension| std::slice::from_raw_parts(
                            base.add(extension.first() as usize), function.params.len()
                        )),
                        TUPLE_LIT => {
                            let extension = *pc;
                            pc = pc.add(1);
                            save!();
                            let window = base.add(extension.second() as usize);
                            let lanes = std::slice::from_raw_parts(window, (*word).distance() as u32 as usize);
                            match cx.new_tuple(extension.first(), lanes) {
                                Ok(tuple) => register!((*word).a) = tuple,
                                Err(failed) => break 'run Halt::Failed(failed),
                            }
                        }
                        FIELD_GET => {
                            let lanes = (register!((*word).b) as usize + TUPLE_LANES) as *const u64;
                            register!((*word).a) = *lanes.add((*word).c as usize);
                        }
                        FIELD_GET_FAR => {
                            let lanes = (register!((*word).b) as usize + TUPLE_LANES) as *const u64;
                            register!((*word).a) = *lanes.add((*pc).first() as usize);
                            pc = pc.add(1);
                        }
                        WAIT => poll!(),
                        COUNT_EXECUTION => {
                            if !cx.executed.is_null() {
                                *cx.executed.add((*word).distance() as u32 as usize) |= executed::INTERPRETED;
                            }
                        }
                        FAIL => fail!(0),
                        FAIL_WITH => fail!(register!((*word).b)),
                        UNREACHABLE => unreachable!("the program went on behind a call that does not come back"),
                        HALT => break 'run Halt::Returned(*base),
                        _ => never::<()>(),
                    }
                };
            }
            tandem_mir::for_each_op!(dispatch);
        };
        save!();
        halt
    }
}

/// What `encode` never writes.
///
/// # Safety
/// It is never reached.
#[inline(always)]
unsafe fn never<T>() -> T {
    // SAFETY: the caller's promise.
    unsafe { std::hint::unreachable_unchecked() }
}

impl Machine<'_> {
    /// The frames, innermost first, each with the word at which it goes on. The one below the first, which goes on at
    /// `HALT`, is the last.
    pub fn frames(&self) -> impl Iterator<Item = Frame> {
        let noted = (1..).map(|depth| {
            // SAFETY: `frame` lies behind what calls have noted, and the iterator stops at the first of it.
            unsafe { *self.frame.sub(depth) }
        });
        std::iter::once(Frame { pc: self.pc, base: self.base }).chain(noted.take(self.depth()))
    }
}

impl Roots for Machine<'_> {
    fn visit(&mut self, visit: &mut dyn FnMut(&mut RawRef)) {
        for frame in self.frames() {
            for register in self.code().roots_at(self.index(frame.pc)) {
                // SAFETY: the frame's registers lie on the stack, and the list names some of them.
                visit(unsafe { &mut *frame.base.add(*register as usize) });
            }
        }
    }
}
