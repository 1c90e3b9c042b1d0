//! Items.

use super::{Position, Printer};
use crate::ast::{
    Asyncness, Contract, FieldDecl, FnDecl, GenericParam, Ident, Item, ItemKind, Param, ParamKind, RecordKind, UseDecl,
    UseKind, VariantDecl, Visibility,
};

impl Printer {
    pub(super) fn item(&mut self, item: &Item) {
        self.item_behind("", item);
    }

    /// An item with what stands above it; `word` stands before its name.
    fn item_behind(&mut self, word: &str, item: &Item) {
        self.docs(&item.docs);
        for attribute in &item.attributes {
            self.line();
            self.push("@");
            self.expr(&attribute.expr, Position::Inner);
            self.end();
        }
        self.line();
        self.visibility(item.visibility);
        match &item.kind {
            ItemKind::Fn(function) => self.function(word, function),
            ItemKind::Record(record) => {
                self.push(match record.kind {
                    RecordKind::Struct => "struct ",
                    RecordKind::Class => "class ",
                });
                self.header(&record.name, &record.generics);
                self.members(&record.fields, &record.methods, &record.invariants);
            }
            ItemKind::Enum(decl) => {
                self.push("enum ");
                self.header(&decl.name, &decl.generics);
                self.push(":");
                self.indented(|printer| {
                    decl.variants.iter().for_each(|variant| printer.variant(variant));
                    decl.methods.iter().for_each(|method| printer.item(method));
                    printer.pass_if(decl.variants.is_empty() && decl.methods.is_empty());
                });
            }
            ItemKind::Trait(decl) => {
                self.push("trait ");
                self.header(&decl.name, &decl.generics);
                if !decl.supertraits.is_empty() {
                    self.push(": ");
                    self.separated(" + ", &decl.supertraits, Self::single_ty);
                }
                self.members(&[], &decl.methods, &[]);
            }
            ItemKind::Impl(decl) => {
                self.push("impl");
                self.generics(&decl.generics);
                self.push(" ");
                if let Some(trait_) = &decl.trait_ {
                    self.ty(trait_);
                    self.push(" for ");
                }
                self.ty(&decl.ty);
                self.members(&[], &decl.methods, &decl.invariants);
            }
            ItemKind::Actor(decl) => {
                self.push("actor ");
                self.push(&decl.name.name);
                self.push(":");
                self.indented(|printer| {
                    decl.fields.iter().for_each(|field| printer.field(field));
                    decl.methods.iter().for_each(|method| printer.item(method));
                    decl.handlers.iter().for_each(|handler| printer.item_behind("on ", handler));
                    let empty = decl.fields.is_empty() && decl.methods.is_empty() && decl.handlers.is_empty();
                    printer.pass_if(empty);
                });
            }
            ItemKind::Alias { name, generics, ty } => {
                self.push("type ");
                self.header(name, generics);
                self.push(" = ");
                self.ty(ty);
            }
            ItemKind::Const { name, ty, value } => {
                self.push("const ");
                self.push(&name.name);
                self.annotation(ty.as_ref());
                self.push(" = ");
                self.expr(value, Position::Last);
            }
            ItemKind::Use(decl) => self.use_(decl),
            ItemKind::Let { mutability, pattern, ty, value } => {
                self.let_(*mutability, pattern, ty.as_ref(), value.as_ref(), Position::Last);
            }
        }
        self.end();
    }

    fn docs(&mut self, docs: &[String]) {
        for doc in docs {
            self.line();
            self.push(if doc.is_empty() { "##" } else { "## " });
            self.push(doc);
            self.end();
        }
    }

    fn visibility(&mut self, visibility: Visibility) {
        match visibility {
            Visibility::Public => self.push("pub "),
            Visibility::Private => {}
        }
    }

    fn header(&mut self, name: &Ident, generics: &[GenericParam]) {
        self.push(&name.name);
        self.generics(generics);
    }

    fn generics(&mut self, generics: &[GenericParam]) {
        if generics.is_empty() {
            return;
        }
        self.push("<");
        self.separated(", ", generics, |printer, generic| {
            printer.push(&generic.name.name);
            if !generic.bounds.is_empty() {
                printer.push(": ");
                printer.separated(" + ", &generic.bounds, Self::single_ty);
            }
        });
        self.push(">");
    }

    /// `:` and members, or `pass`.
    fn members(&mut self, fields: &[FieldDecl], methods: &[Item], invariants: &[Contract]) {
        self.push(":");
        self.indented(|printer| {
            fields.iter().for_each(|field| printer.field(field));
            for invariant in invariants {
                printer.line();
                printer.contract(invariant);
                printer.end();
            }
            methods.iter().for_each(|method| printer.item(method));
            printer.pass_if(fields.is_empty() && methods.is_empty() && invariants.is_empty());
        });
    }

    fn pass_if(&mut self, empty: bool) {
        if empty {
            self.line();
            self.push("pass");
            self.end();
        }
    }

    fn function(&mut self, word: &str, function: &FnDecl) {
        match function.asyncness {
            Asyncness::Async => self.push("async "),
            Asyncness::Sync => {}
        }
        self.push(if word.is_empty() { "fn " } else { word });
        self.header(&function.name, &function.generics);
        self.push("(");
        self.separated(", ", &function.params, Self::param);
        self.push(")");
        if let Some(result) = &function.result {
            self.push(" -> ");
            self.ty(result);
        }
        if let Some(body) = &function.body {
            self.push(":");
            self.block(body, Position::Last);
        }
    }

    pub(super) fn param(&mut self, param: &Param) {
        self.push(match param.kind {
            ParamKind::Plain | ParamKind::SelfRef => "",
            ParamKind::Rest => "*",
            ParamKind::SelfMut => "mut ",
        });
        self.push(&param.name.name);
        self.annotation(param.ty.as_ref());
        if let Some(default) = &param.default {
            self.push(" = ");
            self.expr(default, Position::Inner);
        }
    }

    fn field(&mut self, field: &FieldDecl) {
        self.docs(&field.docs);
        self.line();
        self.visibility(field.visibility);
        self.push(&field.name.name);
        self.annotation(field.ty.as_ref());
        if let Some(default) = &field.default {
            self.push(" = ");
            self.expr(default, Position::Last);
        }
        self.end();
    }

    fn variant(&mut self, variant: &VariantDecl) {
        self.docs(&variant.docs);
        self.line();
        self.push(&variant.name.name);
        if !variant.payload.is_empty() {
            self.push("(");
            self.separated(", ", &variant.payload, |printer, value| {
                if let Some(name) = &value.name {
                    printer.push(&name.name);
                    printer.push(": ");
                }
                printer.ty(&value.ty);
            });
            self.push(")");
        }
        self.end();
    }

    fn use_(&mut self, decl: &UseDecl) {
        self.push("use ");
        self.separated(".", &decl.path, |printer, part| printer.push(&part.name));
        match &decl.kind {
            UseKind::Whole { alias } => self.alias(alias.as_ref()),
            UseKind::Names(names) => {
                self.push(".{");
                self.separated(", ", names, |printer, (name, alias)| {
                    printer.push(&name.name);
                    printer.alias(alias.as_ref());
                });
                self.push("}");
            }
        }
    }

    fn alias(&mut self, alias: Option<&Ident>) {
        if let Some(alias) = alias {
            self.push(" as ");
            self.push(&alias.name);
        }
    }
}
