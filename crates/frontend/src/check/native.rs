//! Operations of the language that are functions of the runtime: indexing, slices, lengths, numbers from text.

use tandem_runtime::ffi;
use tandem_source::Span;

use super::Key;
use super::function::FnCx;
use crate::errors;
use crate::hir::{Expr, ExprKind};
use crate::ty::{Ty, TyKind};

/// Such an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Native {
    StrIndex,
    StrSlice,
    StrConcat,
    StrRepeat,
    StrContains,
    StrLen,
    ArrayGet(Items),
    ArraySlice,
    ArrayLen,
    ArrayContains(Items),
    RangeLen,
    RangeContains,
    ParseInt,
    ParseFloat,
}

/// What an array holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Items {
    Int,
    Float,
    Bool,
    Ref,
}

impl Native {
    /// Its name in backtraces of the runtime, and the runtime function.
    pub(crate) fn symbol(self) -> &'static str {
        match self {
            Native::StrIndex => "rt_string_index",
            Native::StrSlice => "rt_string_slice",
            Native::StrConcat => "rt_string_concat",
            Native::StrRepeat => "rt_string_repeat",
            Native::StrContains => "rt_string_contains",
            Native::StrLen => "rt_string_len",
            Native::ArrayGet(Items::Int) => "rt_array_get_int",
            Native::ArrayGet(Items::Float) => "rt_array_get_float",
            Native::ArrayGet(Items::Bool) => "rt_array_get_bool",
            Native::ArrayGet(Items::Ref) => "rt_array_get_ref",
            Native::ArraySlice => "rt_array_slice",
            Native::ArrayLen => "rt_array_len",
            Native::ArrayContains(Items::Int) => "rt_array_contains_int",
            Native::ArrayContains(Items::Float) => "rt_array_contains_float",
            Native::ArrayContains(Items::Bool) => "rt_array_contains_bool",
            Native::ArrayContains(Items::Ref) => "rt_array_contains_ref",
            Native::RangeLen => "rt_range_len",
            Native::RangeContains => "rt_range_contains",
            Native::ParseInt => "rt_int_parse",
            Native::ParseFloat => "rt_float_parse",
        }
    }
}

impl FnCx<'_, '_> {
    /// The operation on these operands, which have its types.
    pub(super) fn native(&mut self, native: Native, args: Vec<Expr>, result: Ty, span: Span) -> Expr {
        let args = match self.strict(args, span) {
            Ok(args) => args,
            Err(never) => return never,
        };
        if ffi::by_symbol(native.symbol()).is_none() {
            self.report(errors::types::library_binding(span, "this operation", native.symbol()));
            return self.error_expr(span);
        }
        let types = args.iter().map(|arg| arg.ty).collect();
        let function = self.cx.request_native(Key::Native { native, args: types, result });
        self.calls.push(function);
        self.make(ExprKind::Call { function, args }, result, span)
    }

    /// What an array of this element type holds.
    pub(super) fn items(&self, element: Ty) -> Option<Items> {
        match self.cx.types.kind(element) {
            TyKind::Int(_) => Some(Items::Int),
            TyKind::Float | TyKind::F32 => Some(Items::Float),
            TyKind::Bool => Some(Items::Bool),
            TyKind::Str | TyKind::Array(_) => Some(Items::Ref),
            TyKind::Tuple(_) => self.cx.types.is_reference(element).then_some(Items::Ref),
            TyKind::Option(inner) => self.cx.types.is_reference(*inner).then_some(Items::Ref),
            TyKind::Nil | TyKind::Never | TyKind::Range | TyKind::FnItem(_) | TyKind::Error | TyKind::Var(_) => None,
        }
    }
}
