//! Names: modules, what they declare, and which of their variables are global.
//!
//! Modules are loaded depth first along `use`, so [`Names::order`] is the order of initialisation. The library is source
//! text too, but its files are read only when a name or method of theirs is asked for: most programs need few of them.

mod imports;
mod items;
mod library;
pub(crate) mod mentions;
pub(crate) mod walk;

use std::rc::Rc;

use cranelift_entity::{PrimaryMap, entity_impl};
use rustc_hash::FxHashMap;
use tandem_runtime::image::FrameVisibility;
use tandem_source::{Diagnostic, FileId, SourceMap, Span};
use tandem_syntax::ast;

use crate::errors::unsupported::Feature;
use crate::hir::{FnDeclId, GlobalId};

pub(crate) use library::Head;
pub(crate) use mentions::ScriptBindingKind;

/// A module.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ModuleId(u32);
entity_impl!(ModuleId, "module");

/// A `const`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ConstId(u32);
entity_impl!(ConstId, "const");

/// Where the files of a program come from: the disk, memory in tests, an editor's buffers.
pub trait Files {
    /// The text of a file, by the path that messages will show.
    fn read(&mut self, path: &str) -> Result<String, FileError>;
}

/// Why there is no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    /// There is no such file.
    NotFound,
    /// There is one, but it cannot be read: why.
    Unreadable(String),
}

/// The files of the standard library: names such as `str.tdm`, and their texts.
#[derive(Clone, Copy, Debug)]
pub struct Library(pub &'static [(&'static str, &'static str)]);

/// Whose source a module is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    Program,
    Library,
}

/// A loaded module.
#[derive(Debug)]
pub(crate) struct Module {
    /// As messages name it.
    pub(crate) name: String,
    pub(crate) origin: Origin,
    /// Whether items may be missing, because of an error that has been reported.
    pub(crate) broken: bool,
    /// Its file.
    pub(crate) file: FileId,
    /// The folder in which it looks for modules.
    pub(crate) folder: String,
    /// What it declares and imports.
    pub(crate) scope: FxHashMap<String, Entry>,
    /// Its statements, without items.
    pub(crate) stmts: Rc<Vec<ast::Stmt>>,
    /// The modules it uses, with the place of the first `use`.
    pub(crate) uses: Vec<(ModuleId, Span)>,
    /// Its functions, in order.
    pub(crate) functions: Vec<FnDeclId>,
    /// Its `const`s, in order.
    pub(crate) consts: Vec<ConstId>,
}

/// A name of a module.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) def: Def,
    /// Where it is declared.
    pub(crate) span: Span,
    pub(crate) visibility: ast::Visibility,
}

/// What a name of a module means.
#[derive(Clone, Debug)]
pub(crate) enum Def {
    Fn(FnDeclId),
    Const(ConstId),
    Global(GlobalId),
    Module(ModuleId),
    /// An item of another module.
    Import {
        module: ModuleId,
        name: String,
    },
    /// Something that is not supported yet, which has been said.
    Unsupported,
    /// Something already reported.
    Poisoned,
}

/// A function of the source.
#[derive(Debug)]
pub(crate) struct Decl {
    /// As backtraces show it.
    pub(crate) name: String,
    pub(crate) ast: Rc<ast::FnDecl>,
    pub(crate) module: ModuleId,
    /// The type of an `impl` of the library it stands in.
    pub(crate) receiver: Option<Rc<ast::Type>>,
    pub(crate) visibility: FrameVisibility,
    /// The runtime function that it is (`@extern`).
    pub(crate) symbol: Option<String>,
    /// What it has that is not supported yet.
    pub(crate) unsupported: Option<(Feature, Span)>,
}

/// A `const` of the source.
#[derive(Debug)]
pub(crate) struct ConstDecl {
    pub(crate) name: ast::Ident,
    pub(crate) ty: Option<Rc<ast::Type>>,
    pub(crate) value: Rc<ast::Expr>,
    pub(crate) module: ModuleId,
}

/// A module variable that functions can see.
#[derive(Debug)]
pub(crate) struct GlobalDecl {
    pub(crate) name: String,
    pub(crate) module: ModuleId,
    pub(crate) span: Span,
    pub(crate) kind: ScriptBindingKind,
}

/// All names of a program.
pub(crate) struct Names<'s> {
    pub(crate) sources: &'s mut SourceMap,
    files: &'s mut dyn Files,
    library: Library,
    pub(crate) modules: PrimaryMap<ModuleId, Module>,
    by_path: FxHashMap<String, ModuleId>,
    pub(crate) decls: PrimaryMap<FnDeclId, Decl>,
    /// The names of `decls`, as the HIR wants them.
    pub(crate) decl_names: PrimaryMap<FnDeclId, String>,
    pub(crate) consts: PrimaryMap<ConstId, ConstDecl>,
    pub(crate) globals: PrimaryMap<GlobalId, GlobalDecl>,
    /// Modules in the order of initialisation; the script last.
    pub(crate) order: Vec<ModuleId>,
    /// Modules whose `use`s are being followed.
    loading: Vec<ModuleId>,
    methods: FxHashMap<(Head, String), Vec<FnDeclId>>,
    searched: FxHashMap<Head, ()>,
    /// Errors of parsing.
    pub(crate) syntax_errors: Vec<Diagnostic>,
    /// Errors of loading and declaring.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl<'s> Names<'s> {
    /// No names yet.
    pub(crate) fn new(sources: &'s mut SourceMap, files: &'s mut dyn Files, library: Library) -> Self {
        Names {
            sources,
            files,
            library,
            modules: PrimaryMap::new(),
            by_path: FxHashMap::default(),
            decls: PrimaryMap::new(),
            decl_names: PrimaryMap::new(),
            consts: PrimaryMap::new(),
            globals: PrimaryMap::new(),
            order: vec![],
            loading: vec![],
            methods: FxHashMap::default(),
            searched: FxHashMap::default(),
            syntax_errors: vec![],
            diagnostics: vec![],
        }
    }

    /// Loads the script and, along `use`, everything it needs.
    pub(crate) fn load_script(&mut self, file: FileId) -> ModuleId {
        let path = self.sources.file(file).name.clone();
        let name = module_name(&path);
        self.load(file, path, name, Origin::Program)
    }

    /// Parses and declares a module, its imports first.
    fn load(&mut self, file: FileId, path: String, name: String, origin: Origin) -> ModuleId {
        let text = self.sources.file(file).text.clone();
        let parsed = tandem_syntax::parse(file, &text);
        self.syntax_errors.extend(parsed.diagnostics);
        let folder = path.rfind('/').map_or(String::new(), |at| path[..=at].to_owned());
        let module = self.modules.push(Module {
            name,
            origin,
            broken: false,
            file,
            folder,
            scope: FxHashMap::default(),
            stmts: Rc::new(vec![]),
            uses: vec![],
            functions: vec![],
            consts: vec![],
        });
        self.by_path.insert(path, module);
        self.loading.push(module);
        self.declare(module, parsed.module.body);
        self.loading.pop();
        self.order.push(module);
        module
    }

    /// The definition behind a name of a module, through imports; an import of something that is not there is its own.
    pub(crate) fn lookup(&self, module: ModuleId, name: &str) -> Option<&Entry> {
        let mut entry = self.modules[module].scope.get(name)?;
        // Imports may form a cycle (`use a.{x}` in `b` and the reverse); then the name means nothing.
        for _ in 0..64 {
            let Def::Import { module, name } = &entry.def else { return Some(entry) };
            match self.modules[*module].scope.get(name) {
                Some(next) => entry = next,
                None => return Some(entry),
            }
        }
        Some(entry)
    }

    /// The names that `module` knows, for suggestions.
    pub(crate) fn names_of(&self, module: ModuleId) -> impl Iterator<Item = &str> {
        self.modules[module].scope.keys().map(String::as_str)
    }
}

/// `shapes/circle.tdm` is `circle`, `shapes/mod.tdm` is `shapes`.
fn module_name(path: &str) -> String {
    let path = path.strip_suffix("/mod.tdm").unwrap_or(path);
    let base = path.rsplit('/').next().unwrap_or(path);
    base.strip_suffix(".tdm").unwrap_or(base).to_owned()
}
