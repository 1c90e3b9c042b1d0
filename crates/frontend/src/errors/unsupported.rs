//! E03xx: what the language has and this version does not: one table, which `docs/status.md` lists.

use tandem_source::{Code, Diagnostic, Span};

macro_rules! features {
    ($($Name:ident = $code:literal, $words:literal;)*) => {
        /// A part of the language that is not supported yet.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs)]
        pub enum Feature {
            $($Name,)*
        }

        impl Feature {
            /// All of them, in the order of their codes.
            pub const ALL: &[Feature] = &[$(Feature::$Name),*];

            /// The code of its error.
            pub fn code(self) -> Code {
                match self {
                    $(Feature::$Name => Code($code),)*
                }
            }

            /// Its name, in the plural.
            pub fn words(self) -> &'static str {
                match self {
                    $(Feature::$Name => $words,)*
                }
            }
        }
    };
}

features! {
    Struct = "E0301", "structs";
    Class = "E0302", "classes";
    Enum = "E0303", "enums";
    Trait = "E0304", "traits";
    Impl = "E0305", "`impl` blocks";
    Alias = "E0306", "type aliases";
    Generics = "E0307", "declared type parameters";
    NestedFunction = "E0308", "nested functions";
    Lambda = "E0309", "lambdas";
    FunctionType = "E0310", "function types";
    Decorator = "E0311", "decorators";
    Generator = "E0312", "generators";
    Async = "E0313", "`async` and `await`";
    Actor = "E0314", "actors";
    Contract = "E0315", "contracts";
    Defer = "E0316", "`defer`";
    With = "E0317", "`with`";
    Dict = "E0318", "dictionaries";
    Set = "E0319", "sets";
    Comprehension = "E0320", "comprehensions";
    Bytes = "E0321", "bytes";
    Symbol = "E0322", "symbols";
    Eval = "E0323", "`eval`";
    Any = "E0324", "values of several types (`any` and unions)";
    Result = "E0325", "`Result` and postfix `?`";
    ArrayElement = "E0326", "arrays of these elements";
    ArrayPattern = "E0327", "array patterns";
    Element = "E0328", "assignments to elements and fields";
    Spread = "E0329", "spread";
    NestedItem = "E0330", "items inside blocks";
    Instances = "E0331", "functions used with more than 64 sets of argument types";
    BuiltinValue = "E0332", "built-in functions as values";
    TypeTest = "E0333", "this use of `is`";
    Library = "E0334", "this function of the library";
}

/// The error of a feature.
pub(crate) fn feature(at: Span, feature: Feature) -> Diagnostic {
    Diagnostic::error(feature.code(), at, format!("not supported yet: {}", feature.words()))
        .at("comes with a later version")
}

/// The error of a feature, with what it is about.
pub(crate) fn feature_of(at: Span, kind: Feature, what: &str) -> Diagnostic {
    feature(at, kind).note(what.to_owned())
}
