//! `use`: from paths to modules and names.

use tandem_source::Span;
use tandem_syntax::ast::{Ident, UseDecl, UseKind, Visibility};

use super::{Def, Entry, FileError, ModuleId, Names, Origin, module_name};
use crate::errors;

/// What a path of a `use` leads to.
#[derive(Clone, Copy)]
enum Found {
    Module(ModuleId),
    /// The last part is an item of the module.
    Item(ModuleId),
    Nothing,
}

impl Names<'_> {
    /// Declares what a `use` brings into scope.
    pub(super) fn import(&mut self, module: ModuleId, item: &UseDecl, span: Span) {
        let Some(last) = item.path.last() else { return };
        let found = self.find_path(module, &item.path, span);
        match (&item.kind, found) {
            (UseKind::Whole { alias }, found) => {
                let def = match found {
                    Found::Module(target) => Def::Module(target),
                    Found::Item(target) => {
                        self.check_import(target, last);
                        Def::Import { module: target, name: last.name.clone() }
                    }
                    Found::Nothing => Def::Poisoned,
                };
                self.add_import(module, alias.as_ref().unwrap_or(last), def);
            }
            (UseKind::Names(names), Found::Module(target)) => {
                for (name, alias) in names {
                    let def = match self.submodule(target, name, span) {
                        Some(inner) => Def::Module(inner),
                        None => {
                            self.pending_import(target, name);
                            Def::Import { module: target, name: name.name.clone() }
                        }
                    };
                    self.add_import(module, alias.as_ref().unwrap_or(name), def);
                }
            }
            (UseKind::Names(names), Found::Item(_) | Found::Nothing) => {
                if let Found::Item(_) = found {
                    self.diagnostics.push(errors::names::unknown_module(last.span, &dotted(&item.path)));
                }
                for (name, alias) in names {
                    self.add_import(module, alias.as_ref().unwrap_or(name), Def::Poisoned);
                }
            }
        }
    }

    fn add_import(&mut self, module: ModuleId, name: &Ident, def: Def) {
        // The same module may be used whole and by names: `use counter` and `use counter.{next}`.
        let again = match (self.modules[module].scope.get(&name.name).map(|entry| &entry.def), &def) {
            (Some(Def::Module(a)), Def::Module(b)) => a == b,
            _ => false,
        };
        if !again {
            self.declare_name(module, name, Entry { def, span: name.span, visibility: Visibility::Private });
        }
    }

    /// Imports of modules that are still being declared (cycles) are checked when all is loaded.
    fn pending_import(&mut self, target: ModuleId, name: &Ident) {
        if !self.loading.contains(&target) {
            self.check_import(target, name);
        }
    }

    fn check_import(&mut self, target: ModuleId, name: &Ident) {
        match self.modules[target].scope.get(&name.name) {
            Some(entry) if entry.visibility == Visibility::Public => {}
            Some(entry) => {
                let diagnostic = errors::names::private_item(name, &self.modules[target].name, entry);
                self.diagnostics.push(diagnostic);
            }
            None if self.modules[target].broken => {}
            None => {
                let near = errors::nearest(&name.name, self.names_of(target)).map(str::to_owned);
                let diagnostic = errors::names::no_such_item(name, &self.modules[target].name, near);
                self.diagnostics.push(diagnostic);
            }
        }
    }

    fn submodule(&mut self, target: ModuleId, name: &Ident, span: Span) -> Option<ModuleId> {
        if self.modules[target].scope.contains_key(&name.name) || self.modules[target].origin == Origin::Library {
            return None;
        }
        let file = self.sources.file(self.modules[target].file).name.clone();
        let folder = file.strip_suffix("mod.tdm")?.to_owned();
        self.find_file(&folder, &[name.name.as_str()], span)
    }

    /// Finds and loads the module of a path, seen from `module`.
    fn find_path(&mut self, module: ModuleId, path: &[Ident], span: Span) -> Found {
        let parts: Vec<&str> = path.iter().map(|part| part.name.as_str()).collect();
        if parts.first() == Some(&"std") {
            return self.find_library(module, path);
        }
        let folder = self.modules[module].folder.clone();
        if let Some(found) = self.find_file(&folder, &parts, span) {
            self.note_use(module, found, span);
            return Found::Module(found);
        }
        if let [before @ .., _] = parts.as_slice()
            && !before.is_empty()
            && let Some(found) = self.find_file(&folder, before, span)
        {
            self.note_use(module, found, span);
            return Found::Item(found);
        }
        let place = path[0].span.to(path[path.len() - 1].span);
        self.diagnostics.push(errors::names::unknown_module(place, &dotted(path)));
        Found::Nothing
    }

    fn find_library(&mut self, module: ModuleId, path: &[Ident]) -> Found {
        let place = path[0].span.to(path[path.len() - 1].span);
        if let Some(part) = path.get(1)
            && let Some(found) = self.library_module(&part.name)
        {
            self.note_use(module, found, place);
            match path.len() {
                2 => return Found::Module(found),
                3 => return Found::Item(found),
                _ => {}
            }
        }
        self.diagnostics.push(errors::names::unknown_module(place, &dotted(path)));
        Found::Nothing
    }

    fn note_use(&mut self, module: ModuleId, target: ModuleId, span: Span) {
        let uses = &mut self.modules[module].uses;
        if target != module && uses.iter().all(|(known, _)| *known != target) {
            uses.push((target, span));
        }
    }

    /// `folder/a/b.tdm`, or `folder/a/b/mod.tdm`.
    fn find_file(&mut self, folder: &str, parts: &[&str], span: Span) -> Option<ModuleId> {
        let base = format!("{folder}{}", parts.join("/"));
        for path in [format!("{base}.tdm"), format!("{base}/mod.tdm")] {
            if let Some(known) = self.by_path.get(&path) {
                return Some(*known);
            }
            match self.files.read(&path) {
                Ok(text) => {
                    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
                    let file = self.sources.add(path.clone(), text);
                    let name = module_name(&path);
                    return Some(self.load(file, path, name, Origin::Program));
                }
                Err(FileError::NotFound) => {}
                Err(FileError::Unreadable(why)) => {
                    self.diagnostics.push(errors::names::unreadable_module(span, &path, &why));
                    let file = self.sources.add(path.clone(), "");
                    let name = module_name(&path);
                    let module = self.load(file, path, name, Origin::Program);
                    self.modules[module].broken = true;
                    return Some(module);
                }
            }
        }
        None
    }

    /// Checks the imports that could not be checked while modules that use each other were being declared.
    pub(crate) fn check_imports(&mut self) {
        let mut wrong = vec![];
        for (_, module) in &self.modules {
            for entry in module.scope.values() {
                let Def::Import { module: target, name: original } = &entry.def else { continue };
                let known = self.modules[*target].scope.get(original);
                if known.is_none_or(|known| known.visibility == Visibility::Private) {
                    wrong.push((*target, Ident { name: original.clone(), span: entry.span }));
                }
            }
        }
        let reported: Vec<Span> = self.diagnostics.iter().map(|diagnostic| diagnostic.span).collect();
        for (target, ident) in wrong {
            if !reported.contains(&ident.span) && !self.names_reported(ident.span, &reported) {
                self.check_import(target, &ident);
            }
        }
    }

    /// Whether an error has been reported on the line of a place: an alias stands behind the name it renames.
    fn names_reported(&self, at: Span, reported: &[Span]) -> bool {
        let file = self.sources.file(at.file);
        let line = file.line_column(at.lo).line;
        reported.iter().any(|span| span.file == at.file && file.line_column(span.lo).line == line)
    }
}

fn dotted(path: &[Ident]) -> String {
    let parts: Vec<&str> = path.iter().map(|part| part.name.as_str()).collect();
    parts.join(".")
}
