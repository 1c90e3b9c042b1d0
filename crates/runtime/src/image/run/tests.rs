//! Native code by hand: the frames it makes, the calls into the runtime, leaving it by a failure, its stack maps.

use super::*;
use crate::context::Stop;
use crate::context::offset;
use crate::fault::Fault;
use crate::ffi::{Lane, RtFn, failing};
use crate::format::rows as format;
use crate::image::CodeFunction;
use crate::output::Sink;
use crate::string::rows as string;

/// A small assembler: functions with a frame pointer, the context in `rbx`.
struct Code(Vec<u8>);

impl Code {
    fn new() -> Code {
        // push rbp; mov rbp, rsp; push rbx; sub rsp, 24; mov rbx, rdi
        Code(vec![0x55, 0x48, 0x89, 0xe5, 0x53, 0x48, 0x83, 0xec, 24, 0x48, 0x89, 0xfb])
    }

    /// mov rdi, rbx; mov rax, [rbx + FUNCTIONS]; call [rax + 8 * index]. Gives the return address.
    fn call(&mut self, function: &RtFn) -> u32 {
        self.0.extend([0x48, 0x89, 0xdf, 0x48, 0x8b, 0x43, offset::FUNCTIONS as u8, 0xff, 0x90]);
        self.0.extend((8 * i32::from(function.index)).to_le_bytes());
        self.0.len() as u32
    }

    /// call rel32 to an offset of the code.
    fn call_own(&mut self, target: i32) -> u32 {
        self.0.extend([0x48, 0x89, 0xdf, 0xe8]);
        let next = self.0.len() as i32 + 4;
        self.0.extend((target - next).to_le_bytes());
        self.0.len() as u32
    }

    /// mov rsi, imm32
    fn argument(&mut self, value: i32) {
        self.0.extend([0x48, 0xc7, 0xc6]);
        self.0.extend(value.to_le_bytes());
    }

    /// mov rsi, [rbx + CONSTANTS]; mov rsi, [rsi + 8 * index]
    fn constant_argument(&mut self, index: u8) {
        self.0.extend([0x48, 0x8b, 0x73, offset::CONSTANTS as u8, 0x48, 0x8b, 0x76, 8 * index]);
    }

    /// mov [rsp + offset], rax
    fn spill(&mut self, offset: u8) {
        self.0.extend([0x48, 0x89, 0x44, 0x24, offset]);
    }

    /// mov rsi, [rsp + offset]
    fn reload_argument(&mut self, offset: u8) {
        self.0.extend([0x48, 0x8b, 0x74, 0x24, offset]);
    }

    /// mov rax, imm32; add rsp, 24; pop rbx; pop rbp; ret
    fn ret(&mut self, value: i32) {
        self.0.extend([0x48, 0xc7, 0xc0]);
        self.0.extend(value.to_le_bytes());
        self.0.extend([0x48, 0x83, 0xc4, 24, 0x5b, 0x5d, 0xc3]);
    }
}

type StackMaps = Vec<(u32, Vec<u32>)>;

fn image(functions: Vec<(Code, StackMaps)>, constants: &[&str]) -> Image {
    let mut image = Image { constants: constants.iter().map(|s| s.to_string()).collect(), ..Image::default() };
    for (index, (code, stack_maps)) in functions.into_iter().enumerate() {
        let start = image.code.len() as u32;
        image.code.extend(&code.0);
        let places = vec![(0, index as u32)];
        image.functions.push(CodeFunction { start, len: code.0.len() as u32, stack_maps, places });
        image.entry = start;
    }
    image.globals = vec![Lane::Int];
    image
}

fn run(image: &Image) -> (Result<i64, Stop>, String, Vec<u32>) {
    let memory = CodeMemory::new(&image.code).expect("memory for code");
    let options = Options { sink: Sink::Captured, ..Options::default() };
    // SAFETY: the code was written for this runtime.
    let (mut cx, result) = unsafe { run_in_context(image, memory.code(), options) };
    let result = result.map_err(|failed| cx.take_stop(failed));
    let printed = String::from_utf8(cx.take_captured()).expect("text is UTF-8");
    (result, printed, cx.take_native_backtrace().kept())
}

#[test]
fn native_code_prints_and_returns() {
    let mut code = Code::new();
    code.argument(42);
    code.call(&format::FMT_INT);
    code.constant_argument(0);
    code.call(&format::FMT_STR);
    code.call(&format::FMT_PRINT);
    code.ret(7);
    let (result, printed, _) = run(&image(vec![(code, vec![])], &["!\n"]));
    assert!(matches!(result, Ok(7)));
    assert_eq!(printed, "42!\n");
}

#[test]
fn a_failure_leaves_all_frames_and_knows_them() {
    let mut inner = Code::new();
    inner.argument(i32::from(Fault::DivisionByZero.number()));
    inner.0.extend([0x31, 0xd2]); // xor edx, edx
    inner.call(&failing::FAIL);
    inner.ret(0);
    let mut outer = Code::new();
    outer.call_own(-(inner.0.len() as i32));
    outer.ret(0);
    let (result, _, frames) = run(&image(vec![(inner, vec![]), (outer, vec![])], &[]));
    let Err(Stop::Failure(failure)) = result else { panic!("{result:?}") };
    assert_eq!((failure.fault, failure.message.as_str()), (Fault::DivisionByZero, "division by zero"));
    assert_eq!(frames, [0, 1]);
}

#[test]
fn endless_recursion_is_a_failure() {
    let mut code = Code::new();
    code.0.extend([0x48, 0x81, 0xec, 0, 0x10, 0, 0]); // sub rsp, 4096
    code.0.extend([0x48, 0x3b, 0x63, offset::STACK_LIMIT as u8]); // cmp rsp, [rbx + STACK_LIMIT]
    code.0.extend([0x73, 13]); // jae over the call, which is 13 bytes long
    let before = code.0.len();
    code.call(&failing::INTERRUPT);
    assert_eq!(code.0.len() - before, 13);
    code.call_own(0);
    code.ret(0);
    let (result, _, frames) = run(&image(vec![(code, vec![])], &[]));
    let Err(Stop::Failure(failure)) = result else { panic!("{result:?}") };
    assert_eq!((failure.fault, failure.message.as_str()), (Fault::StackOverflow, "stack overflow"));
    // Of a quarter of a million frames both ends are kept.
    assert!(frames.len() > 1000 && frames.iter().all(|loc| *loc == 0), "{}", frames.len());
}

#[test]
fn exit_leaves_native_code_with_its_status() {
    let mut code = Code::new();
    code.argument(259);
    code.call(&failing::EXIT);
    code.ret(0);
    let (result, ..) = run(&image(vec![(code, vec![])], &[]));
    assert!(matches!(result, Err(Stop::Exit(3))), "{result:?}");
}

#[test]
fn stack_maps_are_roots() {
    // let a = "xy" * 2; "zz" * 3 (collects under stress); print(a)
    let mut code = Code::new();
    code.constant_argument(0);
    code.0.extend([0xba, 2, 0, 0, 0]); // mov edx, 2
    code.call(&string::STRING_REPEAT);
    code.spill(8);
    code.0.extend([0x48, 0xc7, 0x04, 0x24, 0, 0, 0, 0]); // mov qword [rsp], 0
    code.constant_argument(1);
    code.0.extend([0xba, 3, 0, 0, 0]);
    let at = code.call(&string::STRING_REPEAT);
    code.reload_argument(8);
    code.call(&format::FMT_STR);
    code.call(&format::FMT_PRINT);
    code.ret(0);
    let image = image(vec![(code, vec![(at, vec![0, 8])])], &["xy", "zz"]);
    let memory = CodeMemory::new(&image.code).expect("memory for code");
    let data = ProgramData { constants: &image.constants, globals: &image.globals, shapes: &image.shapes, names: 0 };
    let mut cx = Context::new(&data, Options { sink: Sink::Captured, ..Options::default() });
    cx.heap.set_stress();
    // SAFETY: the code was written for this runtime and lives long enough.
    let result = unsafe {
        cx.add_code(&image, memory.code());
        cx.call_entry(&image, memory.code())
    };
    assert_eq!(result, Ok(0));
    assert_eq!(cx.take_captured(), b"xyxy");
    assert_eq!(cx.heap.collections(), 2);
}
