//! The items of a module: what they declare, and which module variables are global.
#![allow(clippy::wildcard_enum_match_arm, reason = "questions about a few of many forms")]

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};
use tandem_runtime::image::FrameVisibility;
use tandem_source::Span;
use tandem_syntax::ast::{self, ExprKind, ItemKind, Stmt, StmtKind, Visibility};

use super::mentions::{Mentions, script_bindings};
use super::{ConstDecl, Decl, Def, Entry, GlobalDecl, ModuleId, Names, Origin, walk};
use crate::errors::{self, unsupported::Feature};
use crate::hir::FnDeclId;

impl Names<'_> {
    /// Declares everything in the body of a module; what remains are its statements.
    pub(super) fn declare(&mut self, module: ModuleId, body: Vec<Stmt>) {
        let mut stmts = vec![];
        let mut public = FxHashMap::default();
        let mut imports = vec![];
        for stmt in body {
            let Stmt { kind, span } = stmt;
            match kind {
                StmtKind::Item(item) => self.declare_item(module, *item, span, &mut stmts, &mut public, &mut imports),
                kind => stmts.push(Stmt { kind, span }),
            }
        }
        // Own items come first, so that cycles of modules see them.
        for (item, span) in imports {
            self.import(module, &item, span);
        }
        self.declare_variables(module, &stmts, &public);
        self.modules[module].stmts = Rc::new(stmts);
    }

    fn declare_item(
        &mut self,
        module: ModuleId,
        item: ast::Item,
        span: Span,
        stmts: &mut Vec<Stmt>,
        public: &mut FxHashMap<String, Span>,
        imports: &mut Vec<(ast::UseDecl, Span)>,
    ) {
        let visibility = item.visibility;
        let unsupported = Entry { def: Def::Unsupported, span, visibility };
        match item.kind {
            ItemKind::Fn(decl) => {
                let name = decl.name.clone();
                let frames = match self.modules[module].origin {
                    Origin::Program => FrameVisibility::Shown,
                    Origin::Library => FrameVisibility::Hidden,
                };
                let id = self.add_decl(module, *decl, name.name.clone(), frames, &item.attributes);
                self.modules[module].functions.push(id);
                self.declare_name(module, &name, Entry { def: Def::Fn(id), span: name.span, visibility });
            }
            ItemKind::Const { name, ty, value } => {
                let decl = ConstDecl { name: name.clone(), ty: ty.map(Rc::new), value: Rc::new(value), module };
                let id = self.consts.push(decl);
                self.modules[module].consts.push(id);
                self.declare_name(module, &name, Entry { def: Def::Const(id), span: name.span, visibility });
            }
            ItemKind::Use(decl) => imports.push((decl, span)),
            ItemKind::Let { mutability, pattern, ty, value } => {
                walk::pattern_names(&pattern, &mut |ident| {
                    public.insert(ident.name.clone(), ident.span);
                });
                stmts.push(Stmt { kind: StmtKind::Let { mutability, pattern, ty, value }, span });
            }
            ItemKind::Impl(decl) if self.modules[module].origin == Origin::Library => self.declare_impl(module, *decl),
            ItemKind::Impl(decl) => {
                self.diagnostics.push(errors::unsupported::feature(decl.ty.span, Feature::Impl));
            }
            ItemKind::Record(decl) => {
                let feature = match decl.kind {
                    ast::RecordKind::Struct => Feature::Struct,
                    ast::RecordKind::Class => Feature::Class,
                };
                self.diagnostics.push(errors::unsupported::feature(decl.name.span, feature));
                self.declare_name(module, &decl.name, unsupported);
            }
            ItemKind::Enum(decl) => {
                self.diagnostics.push(errors::unsupported::feature(decl.name.span, Feature::Enum));
                self.declare_name(module, &decl.name, unsupported);
            }
            ItemKind::Trait(decl) => {
                self.diagnostics.push(errors::unsupported::feature(decl.name.span, Feature::Trait));
                self.declare_name(module, &decl.name, unsupported);
            }
            ItemKind::Actor(decl) => {
                self.diagnostics.push(errors::unsupported::feature(decl.name.span, Feature::Actor));
                self.declare_name(module, &decl.name, unsupported);
            }
            ItemKind::Alias { name, .. } => {
                self.diagnostics.push(errors::unsupported::feature(name.span, Feature::Alias));
                self.declare_name(module, &name, unsupported);
            }
        }
    }

    /// Adds a function; attributes say what it is bound to.
    pub(super) fn add_decl(
        &mut self,
        module: ModuleId,
        decl: ast::FnDecl,
        name: String,
        visibility: FrameVisibility,
        attributes: &[ast::Attribute],
    ) -> FnDeclId {
        let mut symbol = None;
        let mut unsupported = None;
        for attribute in attributes {
            match attribute_kind(attribute) {
                AttributeKind::Extern(name) if self.modules[module].origin == Origin::Library => symbol = Some(name),
                AttributeKind::Engine => {}
                AttributeKind::Extern(_) | AttributeKind::Other => {
                    unsupported.get_or_insert((Feature::Decorator, attribute.span));
                }
            }
        }
        if decl.asyncness == ast::Asyncness::Async {
            unsupported.get_or_insert((Feature::Async, decl.signature));
        }
        if let (Some(generic), Origin::Program) = (decl.generics.first(), self.modules[module].origin) {
            unsupported.get_or_insert((Feature::Generics, generic.name.span));
        }
        for (at, param) in decl.params.iter().enumerate() {
            if let Some(first) = decl.params[..at].iter().find(|other| other.name.name == param.name.name)
                && param.name.name != "_"
            {
                self.diagnostics.push(errors::names::duplicate_parameter(&param.name, first.name.span));
            }
        }
        if let (Some((feature, span)), Origin::Program) = (unsupported, self.modules[module].origin) {
            self.diagnostics.push(errors::unsupported::feature(span, feature));
        }
        self.decl_names.push(name.clone());
        self.decls.push(Decl { name, ast: Rc::new(decl), module, receiver: None, visibility, symbol, unsupported })
    }

    /// Adds a name to a module, unless it is taken.
    pub(super) fn declare_name(&mut self, module: ModuleId, name: &ast::Ident, entry: Entry) {
        match self.modules[module].scope.get(&name.name) {
            Some(first) => {
                let diagnostic = errors::names::duplicate_item(name, first.span);
                self.diagnostics.push(diagnostic);
            }
            None => {
                self.modules[module].scope.insert(name.name.clone(), entry);
            }
        }
    }

    /// Module variables that functions mention, or that are `pub`, become globals.
    fn declare_variables(&mut self, module: ModuleId, stmts: &[Stmt], public: &FxHashMap<String, Span>) {
        let bindings = script_bindings(stmts);
        let mut names = FxHashSet::default();
        for (name, binding) in &bindings {
            if let Some(entry) = self.modules[module].scope.get(name) {
                if matches!(entry.def, Def::Poisoned) {
                    continue;
                }
                let diagnostic = errors::names::binding_takes_item_name(binding.span, name, entry);
                self.diagnostics.push(diagnostic);
            } else {
                names.insert(name.clone());
            }
        }
        let mut mentions = Mentions::new(&names);
        for id in &self.modules[module].functions {
            mentions.function(&self.decls[*id].ast);
        }
        let mentioned = mentions.found;
        let mut first_places: FxHashMap<&str, Span> = FxHashMap::default();
        for (name, binding) in &bindings {
            let is_public = public.contains_key(name);
            let used_at = mentioned.get(name).copied();
            if !names.contains(name) || used_at.is_none() && !is_public {
                continue;
            }
            if let Some(first) = first_places.get(name.as_str()) {
                let diagnostic = errors::names::redefined_module_variable(binding.span, name, *first, used_at);
                self.diagnostics.push(diagnostic);
                continue;
            }
            first_places.insert(name, binding.span);
            let kind = binding.kind;
            let global = self.globals.push(GlobalDecl { name: name.clone(), module, span: binding.span, kind });
            let visibility = if is_public { Visibility::Public } else { Visibility::Private };
            let entry = Entry { def: Def::Global(global), span: binding.span, visibility };
            self.modules[module].scope.insert(name.clone(), entry);
        }
    }
}

enum AttributeKind {
    Extern(String),
    /// `@interpret`, `@native`, `@test`: no effect on what a function means.
    Engine,
    Other,
}

fn attribute_kind(attribute: &ast::Attribute) -> AttributeKind {
    match &attribute.expr.kind {
        ExprKind::Name(name) if matches!(name.as_str(), "interpret" | "native" | "test") => AttributeKind::Engine,
        ExprKind::Call { callee, args } => match (&callee.kind, args.as_slice()) {
            (ExprKind::Name(name), [ast::Arg { name: None, value }]) if name == "extern" => match &value.kind {
                ExprKind::Str(symbol) => AttributeKind::Extern(symbol.clone()),
                _ => AttributeKind::Other,
            },
            _ => AttributeKind::Other,
        },
        _ => AttributeKind::Other,
    }
}
