//! Tuples on the heap: a header and a word per lane.

use cranelift_codegen::ir::{InstBuilder, types};
use tandem_mir::{BlockId, EntityRef, Lane, ShapeId, Value};
use tandem_runtime::heap::TUPLE_LANES;
use tandem_runtime::heap::tuple::TUPLE_NEW;

use crate::function::{FunctionLowering, lane_type};
use crate::memory::Region;

impl FunctionLowering<'_> {
    /// Allocates a tuple, then fills it: nothing can collect between.
    pub(crate) fn lower_tuple(&mut self, dst: Value, shape: ShapeId, lanes: &[Value], at: (BlockId, usize)) {
        let number = self.int(shape.index() as i64);
        let args = [self.cx, number];
        self.spill(at);
        let call = self.call_runtime(&TUPLE_NEW, &args);
        let tuple = self.builder.inst_results(call)[0];
        self.reload(call, at);
        for (index, lane) in lanes.iter().enumerate() {
            let mut value = self.value(*lane);
            if self.function.lanes[*lane] == Lane::Bool {
                value = self.ins().uextend(types::I64, value);
            }
            self.store(Region::Objects, value, tuple, TUPLE_LANES + 8 * index);
        }
        self.bind(dst, tuple);
    }

    /// Loads a lane.
    pub(crate) fn lower_field_get(&mut self, dst: Value, object: Value, shape: ShapeId, index: u32) {
        let ty = lane_type(self.program.shapes[shape][index as usize]);
        let object = self.value(object);
        let value = self.load(ty, Region::Objects, object, TUPLE_LANES + 8 * index as usize);
        self.bind(dst, value);
    }
}
