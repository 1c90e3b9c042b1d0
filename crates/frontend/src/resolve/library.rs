//! The standard library: source files that are read when a name of theirs is asked for.
#![allow(clippy::wildcard_enum_match_arm, reason = "questions about a few of many forms")]

use tandem_runtime::image::FrameVisibility;
use tandem_syntax::ast;

use super::{Def, ModuleId, Names, Origin};
use crate::hir::FnDeclId;

/// What an `impl` of the library is for: the outermost part of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Head {
    Int,
    Float,
    F32,
    Bool,
    Str,
    Array,
    Range,
    Tuple,
}

impl Head {
    /// The text with which its `impl` blocks begin: so files without one need not be read.
    fn impl_text(self) -> &'static str {
        match self {
            Head::Int => "impl int",
            Head::Float => "impl float",
            Head::F32 => "impl f32",
            Head::Bool => "impl bool",
            Head::Str => "impl str",
            Head::Array => "impl [",
            Head::Range => "impl range",
            Head::Tuple => "impl tuple",
        }
    }

    /// The head of a type as written.
    pub(super) fn of_ast(ty: &ast::Type) -> Option<Head> {
        match &ty.kind {
            ast::TypeKind::Path { path, .. } => match path.last()?.name.as_str() {
                "int" | "i64" => Some(Head::Int),
                "float" | "f64" => Some(Head::Float),
                "f32" => Some(Head::F32),
                "bool" => Some(Head::Bool),
                "str" => Some(Head::Str),
                "range" => Some(Head::Range),
                "tuple" => Some(Head::Tuple),
                _ => None,
            },
            ast::TypeKind::Array(_) => Some(Head::Array),
            ast::TypeKind::Dict(..)
            | ast::TypeKind::Tuple(_)
            | ast::TypeKind::Fn { .. }
            | ast::TypeKind::Option(_)
            | ast::TypeKind::Union(_)
            | ast::TypeKind::Nil
            | ast::TypeKind::Error => None,
        }
    }
}

impl Names<'_> {
    /// A public name of the prelude.
    pub(crate) fn prelude(&mut self, name: &str) -> Option<Def> {
        let module = self.library_module("prelude")?;
        let entry = self.lookup(module, name)?;
        (entry.visibility == ast::Visibility::Public).then(|| entry.def.clone())
    }

    /// Whether the prelude of the library has a name, without declaring anything new.
    pub(crate) fn prelude_names(&mut self) -> Vec<String> {
        match self.library_module("prelude") {
            Some(module) => self.names_of(module).map(str::to_owned).collect(),
            None => vec![],
        }
    }

    /// The methods of this name in the `impl`s for this kind of type, in the order of the text.
    pub(crate) fn methods(&mut self, head: Head, name: &str) -> Vec<FnDeclId> {
        if self.searched.insert(head, ()).is_none() {
            let library = self.library;
            for (path, text) in library.0 {
                if text.contains(head.impl_text()) {
                    self.load_library(path, text);
                }
            }
        }
        self.methods.get(&(head, name.to_owned())).cloned().unwrap_or_default()
    }

    /// The names of all methods for this kind of type, for suggestions.
    pub(crate) fn method_names(&self, head: Head) -> Vec<String> {
        self.methods.keys().filter(|(known, _)| *known == head).map(|(_, name)| name.clone()).collect()
    }

    /// The module `std.name`.
    pub(crate) fn library_module(&mut self, name: &str) -> Option<ModuleId> {
        let library = self.library;
        let (path, text) = library.0.iter().find(|(path, _)| base_name(path) == name)?;
        Some(self.load_library(path, text))
    }

    fn load_library(&mut self, path: &str, text: &'static str) -> ModuleId {
        let shown = format!("std/{}.tdm", base_name(path));
        if let Some(known) = self.by_path.get(&shown) {
            return *known;
        }
        let file = self.sources.add(shown.clone(), text);
        let name = format!("std.{}", base_name(path));
        self.load(file, shown, name, Origin::Library)
    }

    /// Declares the methods of an `impl` of the library.
    pub(super) fn declare_impl(&mut self, module: ModuleId, decl: ast::ImplDecl) {
        let Some(head) = Head::of_ast(&decl.ty) else { return };
        let receiver = std::rc::Rc::new(decl.ty);
        let prefix = match head {
            Head::Int => "int",
            Head::Float => "float",
            Head::F32 => "f32",
            Head::Bool => "bool",
            Head::Str => "str",
            Head::Array => "array",
            Head::Range => "range",
            Head::Tuple => "tuple",
        };
        for item in decl.methods {
            let ast::Item { kind: ast::ItemKind::Fn(function), attributes, .. } = item else { continue };
            let name = function.name.name.clone();
            let shown = format!("{prefix}.{name}");
            let id = self.add_decl(module, *function, shown, FrameVisibility::Hidden, &attributes);
            self.decls[id].receiver = Some(receiver.clone());
            self.methods.entry((head, name)).or_default().push(id);
        }
    }
}

fn base_name(path: &str) -> &str {
    let base = path.rsplit('/').next().unwrap_or(path);
    base.strip_suffix(".tdm").unwrap_or(base)
}
