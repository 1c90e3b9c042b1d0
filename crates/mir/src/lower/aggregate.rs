//! Tuples, ranges and arrays.

use tandem_frontend::hir::Expr;
use tandem_frontend::ty::{IntTy, Ty, TyKind};
use tandem_runtime::Fault;
use tandem_runtime::ffi::{self, RtFn};
use tandem_runtime::heap::Element;

use super::lanes::{TupleForm, flat_lanes, lanes_of, tuple_form};
use super::{FunctionCx, Into, Regs};
use crate::{Inst, Lane, Op, Reg, ShapeId};

impl<'a> FunctionCx<'a> {
    /// The types of the elements of a tuple.
    fn element_types(&self, ty: Ty) -> &'a [Ty] {
        let TyKind::Tuple(elements) = self.kind(ty) else { unreachable!("checked: only tuples have elements") };
        elements
    }

    fn tuple_shape(&mut self, elements: &[Ty]) -> ShapeId {
        let lanes = flat_lanes(&self.hir.types, elements);
        self.out.shape(&lanes)
    }

    pub(super) fn tuple(&mut self, expr: &Expr, items: &[Expr], into: Into) -> Regs {
        let elements = self.element_types(expr.ty);
        let items: Vec<(&Expr, Ty)> = items.iter().zip(elements.iter().copied()).collect();
        let lanes: Regs = self.operands(&items).into_iter().flatten().collect();
        match tuple_form(&self.hir.types, elements) {
            TupleForm::Flat => lanes,
            TupleForm::Boxed => {
                self.at(expr.span);
                let shape = self.tuple_shape(elements);
                let dst = self.one(into, Lane::Ref);
                self.b.inst(Inst::TupleLit { dst, shape, lanes });
                Regs::from_slice(&[dst])
            }
        }
    }

    pub(super) fn tuple_get(&mut self, tuple: &Expr, index: usize) -> Regs {
        let regs = self.expr(tuple, None);
        if self.b.is_reachable() { self.element(tuple.ty, &regs, index) } else { regs }
    }

    /// One element of a tuple.
    fn element(&mut self, ty: Ty, regs: &[Reg], index: usize) -> Regs {
        let elements = self.element_types(ty);
        let start = flat_lanes(&self.hir.types, &elements[..index]).len();
        let lanes = lanes_of(&self.hir.types, elements[index]);
        match tuple_form(&self.hir.types, elements) {
            TupleForm::Flat => regs[start..start + lanes.len()].into(),
            TupleForm::Boxed => {
                let shape = self.tuple_shape(elements);
                let dsts = self.b.regs(&lanes);
                for (offset, dst) in dsts.iter().enumerate() {
                    let index = (start + offset) as u32;
                    self.b.inst(Inst::FieldGet { dst: *dst, object: regs[0], shape, index });
                }
                dsts
            }
        }
    }

    /// All elements of a tuple with their types.
    pub(super) fn elements(&mut self, ty: Ty, regs: &[Reg]) -> Vec<(Ty, Regs)> {
        let elements = self.element_types(ty);
        (0..elements.len()).map(|index| (elements[index], self.element(ty, regs, index))).collect()
    }

    /// The four lanes of a range; R0028 if the step is zero.
    pub(super) fn range(&mut self, expr: &Expr, start: &Expr, end: &Expr, step: Option<&Expr>, closed: bool) -> Regs {
        let mut parts = vec![(start, start.ty), (end, end.ty)];
        parts.extend(step.map(|step| (step, step.ty)));
        let values = self.operands(&parts);
        self.at(expr.span);
        if !self.b.is_reachable() {
            return self.new_regs(expr.ty);
        }
        let step = match step {
            Some(_) => {
                let step = values[2][0];
                let zero = self.b.int(0);
                let moves = self.b.binary(Op::IntNe, step, zero);
                self.require(moves, Fault::BadArgument, "a range's step is zero");
                step
            }
            None => self.b.int(1),
        };
        let closed = self.b.bool(closed);
        Regs::from_slice(&[values[0][0], values[1][0], step, closed])
    }

    pub(super) fn array(&mut self, expr: &Expr, items: &[Expr], into: Into) -> Regs {
        let TyKind::Array(element) = self.kind(expr.ty) else {
            unreachable!("checked: an array has an array type");
        };
        let items: Vec<(&Expr, Ty)> = items.iter().map(|item| (item, *element)).collect();
        let values = self.operands(&items);
        self.at(expr.span);
        let (rows, capacity) = (self.element_rows(*element), self.b.int(items.len() as i64));
        let kind = self.b.int(rows.element as i64);
        let dst = self.one(into.filter(|_| items.is_empty()), Lane::Ref);
        let (dsts, args) = (Regs::from_slice(&[dst]), Regs::from_slice(&[kind, capacity]));
        self.b.inst(Inst::CallRt { dsts, function: &ffi::ARRAY_NEW, args });
        for value in values {
            self.b.call_rt(rows.push, &[dst, value[0]]);
        }
        Regs::from_slice(&[dst])
    }

    /// How elements of this type are kept.
    pub(super) fn element_rows(&self, element: Ty) -> ElementRows {
        let (element, push, get): (Element, &'static RtFn, &'static RtFn) = match self.kind(element) {
            TyKind::Int(IntTy::U64) => (Element::UInt, &ffi::ARRAY_PUSH_INT, &ffi::ARRAY_GET_INT),
            TyKind::Int(_) => (Element::Int, &ffi::ARRAY_PUSH_INT, &ffi::ARRAY_GET_INT),
            TyKind::Float => (Element::Float, &ffi::ARRAY_PUSH_FLOAT, &ffi::ARRAY_GET_FLOAT),
            TyKind::F32 => (Element::F32, &ffi::ARRAY_PUSH_FLOAT, &ffi::ARRAY_GET_FLOAT),
            TyKind::Bool => (Element::Bool, &ffi::ARRAY_PUSH_BOOL, &ffi::ARRAY_GET_BOOL),
            TyKind::Str | TyKind::Array(_) => (Element::Ref, &ffi::ARRAY_PUSH_REF, &ffi::ARRAY_GET_REF),
            other @ (TyKind::Nil
            | TyKind::Never
            | TyKind::Tuple(_)
            | TyKind::Option(_)
            | TyKind::Range
            | TyKind::FnItem(_)
            | TyKind::Error
            | TyKind::Var(_)) => unreachable!("checked: arrays do not hold {other:?}"),
        };
        ElementRows { element, push, get }
    }
}

/// How arrays keep elements of a type.
pub(super) struct ElementRows {
    element: Element,
    push: &'static RtFn,
    pub get: &'static RtFn,
}
