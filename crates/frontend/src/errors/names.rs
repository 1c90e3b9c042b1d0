//! E01xx: names, modules, bindings.

use tandem_source::{Code, Diagnostic, Span};
use tandem_syntax::ast::Ident;

use crate::resolve::{Def, Entry};

/// E0101: a name that nothing declares.
pub(crate) fn unknown_name(at: Span, name: &str, near: Option<String>) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(Code("E0101"), at, format!("`{name}` is not defined")).at("not found in this scope");
    suggest(diagnostic, at, near)
}

/// E0102: a type that does not exist.
pub(crate) fn unknown_type(at: Span, name: &str, near: Option<String>) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code("E0102"), at, format!("there is no type `{name}`")).at("not a type");
    suggest(diagnostic, at, near)
}

/// E0103: a member that a type does not have.
pub(crate) fn unknown_member(at: Span, ty: &str, name: &str, near: Option<String>) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(Code("E0103"), at, format!("`{ty}` has no member `{name}`")).at("no such member");
    suggest(diagnostic, at, near)
}

/// E0104: a `use` of a module that is not there.
pub(crate) fn unknown_module(at: Span, path: &str) -> Diagnostic {
    let file = path.replace('.', "/");
    Diagnostic::error(Code("E0104"), at, format!("there is no module `{path}`"))
        .at("not found")
        .note(format!("looked for `{file}.tdm` and `{file}/mod.tdm` beside this file"))
}

/// E0105: a private item of another module.
pub(crate) fn private_item(name: &Ident, module: &str, entry: &Entry) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(Code("E0105"), name.span, format!("`{}` is private in `{module}`", name.name)).at("private");
    let diagnostic = diagnostic.label(entry.span, "declared here without `pub`");
    diagnostic.hint("write `pub` before its declaration")
}

/// E0106: a module has no item of this name.
pub(crate) fn no_such_item(name: &Ident, module: &str, near: Option<String>) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code("E0106"), name.span, format!("`{module}` has no `{}`", name.name))
        .at("not found in this module");
    suggest(diagnostic, name.span, near)
}

/// E0107: two items of one name.
pub(crate) fn duplicate_item(name: &Ident, first: Span) -> Diagnostic {
    Diagnostic::error(Code("E0107"), name.span, format!("`{}` is already defined in this module", name.name))
        .at("defined again")
        .label(first, "first defined here")
        .hint("give one of them another name")
}

/// E0108: a module variable with the name of an item.
pub(crate) fn binding_takes_item_name(at: Span, name: &str, entry: &Entry) -> Diagnostic {
    let kind = kind_of(&entry.def);
    Diagnostic::error(Code("E0108"), at, format!("`{name}` is the name of {kind} of this module"))
        .at("cannot be a variable too")
        .label(entry.span, kind.to_string())
        .hint("give the variable another name")
}

/// E0109: two bindings of a module variable that functions use.
pub(crate) fn redefined_module_variable(at: Span, name: &str, first: Span, used: Option<Span>) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code("E0109"), at, format!("`{name}` is defined twice, and functions use it"))
        .at("defined again")
        .label(first, "first defined here");
    let diagnostic = match used {
        Some(used) => diagnostic.label(used, "a function uses it here"),
        None => diagnostic,
    };
    diagnostic.hint("use another name, or assign to a `let mut`")
}

/// E0110: modules whose statements need each other.
pub(crate) fn initialisation_cycle(at: Span, name: &str, module: &str) -> Diagnostic {
    Diagnostic::error(Code("E0110"), at, format!("`{name}` of `{module}` is used before `{module}` is initialised"))
        .at("needs a module that needs this one")
        .hint("move what both need into a third module, or use it in a function that is called later")
}

/// E0111: a module that cannot be read.
pub(crate) fn unreadable_module(at: Span, path: &str, why: &str) -> Diagnostic {
    Diagnostic::error(Code("E0111"), at, format!("`{path}` cannot be read: {why}")).at("needed here")
}

/// E0112: two parameters of one name.
pub(crate) fn duplicate_parameter(name: &Ident, first: Span) -> Diagnostic {
    Diagnostic::error(Code("E0112"), name.span, format!("two parameters are called `{}`", name.name))
        .at("again here")
        .label(first, "first here")
}

/// E0114: a module or type where a value is needed.
pub(crate) fn not_a_value(at: Span, name: &str, kind: &str) -> Diagnostic {
    Diagnostic::error(Code("E0114"), at, format!("`{name}` is {kind}, not a value")).at("a value is needed here")
}

/// E0115: an assignment to a `let`.
pub(crate) fn assign_to_let(at: Span, name: &str, bound: Span, keyword: Option<Span>) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code("E0115"), at, format!("`{name}` is bound by `let` and cannot change"))
        .at("assigned here")
        .label(bound, "bound here");
    match keyword {
        Some(keyword) => diagnostic.fix("use `let mut`", vec![(keyword, "let mut ".to_owned())]),
        None => diagnostic.hint("use `let mut`"),
    }
}

/// E0116: an assignment to a loop or pattern variable.
pub(crate) fn assign_to_fixed(at: Span, name: &str, bound: Span) -> Diagnostic {
    Diagnostic::error(Code("E0116"), at, format!("`{name}` is a loop or pattern variable and cannot change"))
        .at("assigned here")
        .label(bound, "bound here")
        .hint(format!("copy it first: `let mut copy = {name}`"))
}

/// E0117: an assignment to something that is no variable.
pub(crate) fn assign_to_item(at: Span, name: &str, def: &Def) -> Diagnostic {
    let kind = kind_of(def);
    Diagnostic::error(Code("E0117"), at, format!("`{name}` is {kind} and cannot be assigned")).at("assigned here")
}

/// E0118: an assignment to a variable of another module.
pub(crate) fn assign_to_foreign(at: Span, name: &str, module: &str) -> Diagnostic {
    Diagnostic::error(Code("E0118"), at, format!("`{name}` belongs to the module `{module}`"))
        .at("only its own code assigns it")
        .hint(format!("call a function of `{module}` that does"))
}

/// What kind of thing a definition is, with its article.
fn kind_of(def: &Def) -> &'static str {
    match def {
        Def::Fn(_) => "a function",
        Def::Const(_) => "a `const`",
        Def::Global(_) => "a variable",
        Def::Module(_) => "a module",
        Def::Import { .. } => "an import",
        Def::Unsupported => "a type",
        Def::Poisoned => "an import",
    }
}

fn suggest(diagnostic: Diagnostic, at: Span, near: Option<String>) -> Diagnostic {
    match near {
        Some(near) => diagnostic.fix(format!("did you mean `{near}`?"), vec![(at, near)]),
        None => diagnostic,
    }
}
