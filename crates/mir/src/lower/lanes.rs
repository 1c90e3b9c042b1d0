//! Types as lanes.
//!
//! | type | lanes |
//! |---|---|
//! | `int` and its widths | `Int` |
//! | `float`, `f32` | `Float` |
//! | `bool` | `Bool` |
//! | `str`, `[T]` | `Ref` |
//! | `nil`, a function's name, what does not come back | none |
//! | tuples | those of the elements; more than four: one `Ref` to an object with these lanes |
//! | `T?` | `Ref` if `T` is a `Ref` that is never null; else those of `T` and a `Bool`: there is a value |
//! | ranges | start, end, step (`Int`), closed (`Bool`) |

use smallvec::SmallVec;
use tandem_frontend::ty::{Ty, TyKind, Types};
use tandem_runtime::ffi::Lane;

/// Lanes of a type.
pub(super) type Lanes = SmallVec<[Lane; 4]>;

/// How many lanes of a tuple travel on their own.
const MOST_LANES: usize = 4;

/// The lanes of a type.
pub(super) fn lanes_of(types: &Types, ty: Ty) -> Lanes {
    match types.kind(ty) {
        TyKind::Int(_) => Lanes::from_slice(&[Lane::Int]),
        TyKind::Float | TyKind::F32 => Lanes::from_slice(&[Lane::Float]),
        TyKind::Bool => Lanes::from_slice(&[Lane::Bool]),
        TyKind::Str | TyKind::Array(_) => Lanes::from_slice(&[Lane::Ref]),
        TyKind::Nil | TyKind::Never | TyKind::FnItem(_) => Lanes::new(),
        TyKind::Tuple(elements) => {
            let lanes = flat_lanes(types, elements);
            if lanes.len() > MOST_LANES { Lanes::from_slice(&[Lane::Ref]) } else { lanes }
        }
        TyKind::Option(inner) => match option_form(types, *inner) {
            OptionForm::Reference => Lanes::from_slice(&[Lane::Ref]),
            OptionForm::Tagged => {
                let mut lanes = lanes_of(types, *inner);
                lanes.push(Lane::Bool);
                lanes
            }
        },
        TyKind::Range => Lanes::from_slice(&[Lane::Int, Lane::Int, Lane::Int, Lane::Bool]),
        TyKind::Error | TyKind::Var(_) => unreachable!("a program with errors is not lowered"),
    }
}

/// The lanes of the elements of a tuple, one after the other.
pub(super) fn flat_lanes(types: &Types, elements: &[Ty]) -> Lanes {
    elements.iter().flat_map(|element| lanes_of(types, *element)).collect()
}

/// How the elements of a tuple are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TupleForm {
    /// As the lanes of its elements.
    Flat,
    /// In an object.
    Boxed,
}

/// How the elements of a tuple are kept.
pub(super) fn tuple_form(types: &Types, elements: &[Ty]) -> TupleForm {
    if flat_lanes(types, elements).len() > MOST_LANES { TupleForm::Boxed } else { TupleForm::Flat }
}

/// How an option is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OptionForm {
    /// A reference, null for `nil`.
    Reference,
    /// The lanes of the value and a tag.
    Tagged,
}

/// How an option of `inner` is kept.
pub(super) fn option_form(types: &Types, inner: Ty) -> OptionForm {
    if is_reference(types, inner) { OptionForm::Reference } else { OptionForm::Tagged }
}

/// Whether a type is one reference that is never null.
fn is_reference(types: &Types, ty: Ty) -> bool {
    match types.kind(ty) {
        TyKind::Str | TyKind::Array(_) => true,
        TyKind::Tuple(elements) => match tuple_form(types, elements) {
            TupleForm::Boxed => true,
            // `(str,)`, but not `(str?,)`
            TupleForm::Flat => {
                let mut with_lanes = elements.iter().filter(|element| !lanes_of(types, **element).is_empty());
                with_lanes.next().is_some_and(|only| is_reference(types, *only)) && with_lanes.next().is_none()
            }
        },
        TyKind::Int(_)
        | TyKind::Float
        | TyKind::F32
        | TyKind::Bool
        | TyKind::Nil
        | TyKind::Never
        | TyKind::Option(_)
        | TyKind::Range
        | TyKind::FnItem(_)
        | TyKind::Error
        | TyKind::Var(_) => false,
    }
}
