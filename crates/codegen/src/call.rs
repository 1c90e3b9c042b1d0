//! Calls.
//!
//! Language functions: Cranelift's `tail` convention, the context first, one parameter and one result per lane. Runtime
//! functions: System V, through the table in the context; see `tandem_runtime::ffi` for how lanes travel.

use cranelift_codegen::ir::{self, AbiParam, InstBuilder, Signature, types};
use cranelift_codegen::isa::CallConv;
use tandem_mir::{BlockId, FnId, Function, Lane, Value};
use tandem_runtime::context::offset;
use tandem_runtime::ffi::RtFn;

use crate::function::{FunctionLowering, lane_type};
use crate::memory::Region;
use crate::stub::Symbol;

/// The signature of a language function.
pub(crate) fn signature(function: &Function<Value>) -> Signature {
    let mut signature = Signature::new(CallConv::Tail);
    signature.params.push(AbiParam::new(types::I64));
    signature.params.extend(function.params.iter().map(|param| AbiParam::new(lane_type(function.lanes[*param]))));
    signature.returns.extend(function.results.iter().map(|lane| AbiParam::new(lane_type(*lane))));
    signature
}

/// The signature of a runtime function.
pub(crate) fn runtime_signature(function: &RtFn) -> Signature {
    let mut signature = Signature::new(CallConv::SystemV);
    signature.params.push(AbiParam::new(types::I64));
    signature.params.extend(function.params.iter().map(|lane| match lane {
        Lane::Int | Lane::Ref => AbiParam::new(types::I64),
        Lane::Float => AbiParam::new(types::F64),
        Lane::Bool => AbiParam::new(types::I8).uext(),
    }));
    signature.returns.extend(function.results.iter().map(|lane| match lane {
        Lane::Int | Lane::Ref | Lane::Bool => AbiParam::new(types::I64),
        Lane::Float => AbiParam::new(types::F64),
    }));
    signature
}

impl FunctionLowering<'_> {
    pub(crate) fn lower_call(&mut self, dsts: &[Value], function: FnId, args: &[Value], at: (BlockId, usize)) {
        let callee = self.symbol(Symbol::Function(function));
        let args = self.args(args);
        self.spill(at);
        let call = self.ins().call(callee, &args);
        self.reload(call, at);
        for (index, dst) in dsts.iter().enumerate() {
            let result = self.builder.inst_results(call)[index];
            self.bind(*dst, result);
        }
    }

    pub(crate) fn lower_runtime_call(&mut self, dsts: &[Value], function: &RtFn, args: &[Value], at: (BlockId, usize)) {
        let args = self.args(args);
        if function.effects.collects {
            self.spill(at);
        }
        let call = self.call_runtime(function, &args);
        if function.effects.collects {
            self.reload(call, at);
        }
        for (index, dst) in dsts.iter().enumerate() {
            let mut result = self.builder.inst_results(call)[index];
            if function.results[index] == Lane::Bool {
                result = self.ins().ireduce(types::I8, result);
            }
            self.bind(*dst, result);
        }
    }

    /// Calls a runtime function; `args` begin with the context.
    pub(crate) fn call_runtime(&mut self, function: &RtFn, args: &[ir::Value]) -> ir::Inst {
        let builder = &mut self.builder;
        let signature = *self
            .runtime_signatures
            .entry(function.index)
            .or_insert_with(|| builder.import_signature(runtime_signature(function)));
        let cx = self.cx;
        let table = self.load(types::I64, Region::Fixed, cx, offset::FUNCTIONS);
        let address = self.load(types::I64, Region::Fixed, table, 8 * usize::from(function.index));
        self.ins().call_indirect(signature, address, args)
    }

    /// The context and the values of MIR.
    fn args(&mut self, args: &[Value]) -> Vec<ir::Value> {
        let mut values = Vec::with_capacity(args.len() + 1);
        values.push(self.cx);
        for arg in args {
            values.push(self.value(*arg));
        }
        values
    }
}
