//! Functions of an image, and those among them that are not the program's: its entry, interrupts and failures.

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    self, AbiParam, ExtFuncData, ExternalName, FuncRef, InstBuilder, MemFlagsData, Signature, UserExternalName,
    UserFuncName, types,
};
use cranelift_codegen::isa::{CallConv, TargetFrontendConfig};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};
use tandem_mir::{EntityRef, FnId, Program, Value};
use tandem_runtime::Fault;
use tandem_runtime::context::offset;
use tandem_runtime::ffi::{RtFn, failing};

use crate::call;
use crate::function::UNREACHABLE;

/// What a relative call may go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Symbol {
    /// A function of the program.
    Function(FnId),
    /// The code of a function with a large frame, behind the check of the stack that is then its `Function`.
    Body(FnId),
    /// Fails; does not come back.
    Fail(Fault),
    /// Calls `rt_interrupt`, preserving all registers.
    Interrupt,
    /// The image's entry.
    Entry,
}

/// Namespaces of Cranelift's names.
const FUNCTION: u32 = 0;
const FAIL: u32 = 1;
const INTERRUPT: u32 = 2;
const ENTRY: u32 = 3;
const BODY: u32 = 4;

impl Symbol {
    fn name(self) -> UserExternalName {
        match self {
            Symbol::Function(id) => UserExternalName::new(FUNCTION, id.index() as u32),
            Symbol::Body(id) => UserExternalName::new(BODY, id.index() as u32),
            Symbol::Fail(fault) => UserExternalName::new(FAIL, u32::from(fault.number())),
            Symbol::Interrupt => UserExternalName::new(INTERRUPT, 0),
            Symbol::Entry => UserExternalName::new(ENTRY, 0),
        }
    }

    /// The name of the function itself.
    pub(crate) fn user_name(self) -> UserFuncName {
        UserFuncName::User(self.name())
    }

    /// The symbol with this name.
    pub(crate) fn by_name(name: &UserExternalName) -> Option<Symbol> {
        match name.namespace {
            FUNCTION => Some(Symbol::Function(FnId::new(name.index as usize))),
            BODY => Some(Symbol::Body(FnId::new(name.index as usize))),
            FAIL => Fault::from_number(u8::try_from(name.index).ok()?).map(Symbol::Fail),
            INTERRUPT => Some(Symbol::Interrupt),
            ENTRY => Some(Symbol::Entry),
            _ => None,
        }
    }

    fn signature(self, program: &Program<Value>) -> Signature {
        let convention = match self {
            Symbol::Function(id) | Symbol::Body(id) => return call::signature(&program.functions[id]),
            Symbol::Fail(_) => CallConv::Tail,
            Symbol::Interrupt => CallConv::PreserveAll,
            Symbol::Entry => CallConv::SystemV,
        };
        let mut signature = Signature::new(convention);
        signature.params.push(AbiParam::new(types::I64));
        if self == Symbol::Entry {
            signature.returns.push(AbiParam::new(types::I64));
        }
        signature
    }

    /// Makes it known to a function that calls it.
    pub(crate) fn import(self, program: &Program<Value>, builder: &mut FunctionBuilder<'_>) -> FuncRef {
        let name = builder.func.declare_imported_user_function(self.name());
        let signature = builder.import_signature(self.signature(program));
        builder.import_function(ExtFuncData {
            name: ExternalName::User(name),
            signature,
            colocated: true,
            patchable: false,
        })
    }
}

/// Emits one that is not a function of the program into `target`, which is empty.
pub(crate) fn lower(
    program: &Program<Value>,
    symbol: Symbol,
    target: &mut ir::Function,
    context: &mut FunctionBuilderContext,
    frontend: TargetFrontendConfig,
) {
    target.name = symbol.user_name();
    target.signature = symbol.signature(program);
    let mut builder = FunctionBuilder::new(target, context);
    let block = builder.create_block();
    builder.append_block_params_for_function_params(block);
    builder.switch_to_block(block);
    builder.seal_block(block);
    let cx = builder.block_params(block)[0];
    match symbol {
        Symbol::Function(_) | Symbol::Body(_) => unreachable!("functions of the program are lowered from MIR"),
        Symbol::Entry => {
            let entry = Symbol::Function(program.entry).import(program, &mut builder);
            let call = builder.ins().call(entry, &[cx]);
            let status = builder.inst_results(call)[0];
            builder.ins().return_(&[status]);
        }
        Symbol::Interrupt => {
            call_runtime(&mut builder, &failing::INTERRUPT, &[cx]);
            builder.ins().return_(&[]);
        }
        Symbol::Fail(fault) => {
            let fault = builder.ins().iconst(types::I64, i64::from(fault.number()));
            let message = builder.ins().iconst(types::I64, 0);
            call_runtime(&mut builder, &failing::FAIL, &[cx, fault, message]);
            builder.ins().trap(UNREACHABLE);
        }
    }
    builder.finalize(frontend);
}

/// Emits the check before a function whose frame has `frame` bytes: the check of an ordinary prologue comes when the
/// frame has been made, which for this one may be far below the end of the stack.
pub(crate) fn lower_guard(
    program: &Program<Value>,
    id: FnId,
    frame: u32,
    target: &mut ir::Function,
    context: &mut FunctionBuilderContext,
    frontend: TargetFrontendConfig,
) {
    target.name = Symbol::Function(id).user_name();
    target.signature = Symbol::Function(id).signature(program);
    let mut builder = FunctionBuilder::new(target, context);
    let [block, fail, go_on] = [(); 3].map(|()| builder.create_block());
    builder.append_block_params_for_function_params(block);
    builder.switch_to_block(block);
    let params = builder.block_params(block).to_vec();
    let limit = builder.ins().load(types::I64, MemFlagsData::trusted(), params[0], offset::STACK_LIMIT as i32);
    let sp = builder.ins().get_stack_pointer(types::I64);
    let frame = builder.ins().iconst(types::I64, i64::from(frame));
    let bottom = builder.ins().isub(sp, frame);
    let below = builder.ins().icmp(IntCC::UnsignedLessThan, bottom, limit);
    // An interrupt hides the limit; the function itself will answer it.
    let interrupt = builder.ins().iconst(types::I64, -1);
    let known = builder.ins().icmp(IntCC::NotEqual, limit, interrupt);
    let overflow = builder.ins().band(below, known);
    builder.ins().brif(overflow, fail, &[], go_on, &[]);

    builder.switch_to_block(fail);
    builder.set_cold_block(fail);
    let stub = Symbol::Fail(Fault::StackOverflow).import(program, &mut builder);
    builder.ins().call(stub, &params[..1]);
    builder.ins().trap(UNREACHABLE);

    builder.switch_to_block(go_on);
    let body = Symbol::Body(id).import(program, &mut builder);
    builder.ins().return_call(body, &params);
    builder.seal_all_blocks();
    builder.finalize(frontend);
}

fn call_runtime(builder: &mut FunctionBuilder<'_>, function: &RtFn, args: &[ir::Value]) {
    let signature = builder.import_signature(call::runtime_signature(function));
    let table = builder.ins().load(types::I64, MemFlagsData::trusted(), args[0], offset::FUNCTIONS as i32);
    let address = builder.ins().load(types::I64, MemFlagsData::trusted(), table, 8 * i32::from(function.index));
    builder.ins().call_indirect(signature, address, args);
}
