//! Types, traits, impls and actors with their members.

use tandem_source::Span;

use super::Parser;
use super::item::{Body, is_extern};
use crate::ast::{
    ActorDecl, Asyncness, Contract, ContractKind, EnumDecl, FieldDecl, GenericParam, Ident, ImplDecl, Item, ItemKind,
    PayloadDecl, RecordDecl, RecordKind, TraitDecl, VariantDecl, Visibility,
};
use crate::error;
use crate::token::TokenKind;

/// A member as it was read.
enum Member {
    Method(Item),
    Field(FieldDecl),
    Variants(Vec<VariantDecl>),
    Handler(Item),
    Invariant(Contract),
}

/// Whose members are read: what may stand there depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    Record,
    Enum,
    Trait,
    Impl,
    Actor,
}

impl Owner {
    /// What may stand in its body, for messages.
    fn members(self) -> &'static str {
        match self {
            Owner::Record => "a field, method or `invariant:`",
            Owner::Enum => "a variant or method",
            Owner::Trait => "a function",
            Owner::Impl => "a method",
            Owner::Actor => "a field, method or handler",
        }
    }
}

impl Parser<'_> {
    pub(super) fn record(&mut self) -> RecordDecl {
        let lo = self.lo();
        let kind = if self.bump().kind == TokenKind::Struct { RecordKind::Struct } else { RecordKind::Class };
        let (name, generics) = self.type_header();
        let (mut fields, mut methods, mut invariants) = (vec![], vec![], vec![]);
        for member in self.members(Owner::Record, lo) {
            match member {
                Member::Method(method) => methods.push(method),
                Member::Field(field) => fields.push(field),
                Member::Invariant(invariant) => invariants.push(invariant),
                Member::Variants(_) | Member::Handler(_) => {}
            }
        }
        RecordDecl { kind, name, generics, fields, methods, invariants }
    }

    pub(super) fn enum_decl(&mut self) -> EnumDecl {
        let lo = self.lo();
        self.bump();
        let (name, generics) = self.type_header();
        let (mut variants, mut methods) = (vec![], vec![]);
        for member in self.members(Owner::Enum, lo) {
            match member {
                Member::Method(method) => methods.push(method),
                Member::Variants(more) => variants.extend(more),
                Member::Field(_) | Member::Handler(_) | Member::Invariant(_) => {}
            }
        }
        EnumDecl { name, generics, variants, methods }
    }

    pub(super) fn trait_decl(&mut self) -> TraitDecl {
        let lo = self.lo();
        self.bump();
        let (name, generics) = self.type_header();
        let mut supertraits = vec![];
        if self.at(TokenKind::Colon) && self.peek(1) == TokenKind::Name {
            self.bump();
            supertraits = self.bounds();
        }
        let methods = self.methods(Owner::Trait, lo).0;
        TraitDecl { name, generics, supertraits, methods }
    }

    pub(super) fn impl_decl(&mut self) -> ImplDecl {
        let lo = self.lo();
        self.bump();
        let generics = self.generics();
        let first = self.ty();
        let (trait_, ty) = if self.eat(TokenKind::For) { (Some(first), self.ty()) } else { (None, first) };
        let (methods, invariants) = self.methods(Owner::Impl, lo);
        ImplDecl { generics, trait_, ty, methods, invariants }
    }

    fn methods(&mut self, owner: Owner, lo: u32) -> (Vec<Item>, Vec<Contract>) {
        let (mut methods, mut invariants) = (vec![], vec![]);
        for member in self.members(owner, lo) {
            match member {
                Member::Method(method) => methods.push(method),
                Member::Invariant(invariant) => invariants.push(invariant),
                Member::Field(_) | Member::Variants(_) | Member::Handler(_) => {}
            }
        }
        (methods, invariants)
    }

    pub(super) fn actor(&mut self) -> ActorDecl {
        let lo = self.lo();
        self.bump();
        let name = self.ident("an actor's name");
        let (mut fields, mut methods, mut handlers) = (vec![], vec![], vec![]);
        for member in self.members(Owner::Actor, lo) {
            match member {
                Member::Method(method) => methods.push(method),
                Member::Field(field) => fields.push(field),
                Member::Handler(handler) => handlers.push(handler),
                Member::Variants(_) | Member::Invariant(_) => {}
            }
        }
        ActorDecl { name, fields, methods, handlers }
    }

    fn type_header(&mut self) -> (Ident, Vec<GenericParam>) {
        let name = self.ident("a type's name");
        let generics = self.generics();
        if self.at(TokenKind::LParen) {
            self.error(error::inheritance(self.here()));
        }
        (name, generics)
    }

    // ---- members

    /// `:` and the members, on lines of their own; or `: pass`.
    fn members(&mut self, owner: Owner, lo: u32) -> Vec<Member> {
        let header = self.span_from(lo);
        let mut members = vec![];
        if !self.colon("the header") {
            return members;
        }
        if self.eat(TokenKind::Pass) {
            return members;
        }
        if !self.at(TokenKind::Newline) {
            let found = self.found();
            let error = error::expected_member(self.here(), "an indented block", &found);
            self.error(error.hint("members stand on lines of their own"));
            return members;
        }
        self.lines(header, |parser| {
            members.extend(parser.member_of_type(owner));
            parser.finish_statement();
        });
        members
    }

    fn member_of_type(&mut self, owner: Owner) -> Option<Member> {
        if self.eat(TokenKind::Pass) {
            return None;
        }
        let lo = self.lo();
        let mut docs = self.docs_above();
        let attributes = self.attributes();
        if !attributes.is_empty() {
            docs.extend(self.docs_above());
        }
        let visibility = if self.eat(TokenKind::Pub) { Visibility::Public } else { Visibility::Private };
        match self.kind() {
            TokenKind::Fn | TokenKind::Async => {
                let bodiless = owner == Owner::Trait || attributes.iter().any(is_extern);
                let body = if bodiless { Body::Optional } else { Body::Required };
                let kind = ItemKind::Fn(Box::new(self.function(body)));
                Some(Member::Method(Item { kind, attributes, visibility, docs, span: self.span_from(lo) }))
            }
            _ if !attributes.is_empty() => {
                self.error(error::attribute_without_item(self.here()));
                None
            }
            TokenKind::Name if matches!(owner, Owner::Record | Owner::Impl) && self.invariant_begins() => {
                self.bump();
                Some(Member::Invariant(self.contract_clauses(ContractKind::Invariant, "invariant")))
            }
            TokenKind::Name if owner == Owner::Actor && self.handler_begins() => {
                self.bump();
                let name = "a message's name";
                let kind = ItemKind::Fn(Box::new(self.function_from(lo, Asyncness::Sync, name, Body::Required)));
                Some(Member::Handler(Item { kind, attributes, visibility, docs, span: self.span_from(lo) }))
            }
            TokenKind::Name if owner == Owner::Enum => Some(Member::Variants(self.variants(docs))),
            TokenKind::Let | TokenKind::Mut | TokenKind::Const if matches!(owner, Owner::Record | Owner::Actor) => {
                let words = self.lo();
                while self.at_any(&[TokenKind::Let, TokenKind::Mut, TokenKind::Const]) {
                    self.bump();
                }
                let text = self.source(self.span_from(words));
                self.report(error::word_before_field(Span::new(self.file, words, self.lo()), text));
                Some(Member::Field(self.field(lo, visibility, docs)))
            }
            TokenKind::Name if matches!(owner, Owner::Record | Owner::Actor) => {
                Some(Member::Field(self.field(lo, visibility, docs)))
            }
            kind if kind.class() == crate::token::Class::Keyword && self.names_member(owner) => {
                Some(Member::Field(self.field(lo, visibility, docs)))
            }
            _ => {
                let found = self.found();
                self.error(error::expected_member(self.here(), owner.members(), &found));
                None
            }
        }
    }

    /// Whether a reserved word stands where a field's name should.
    fn names_member(&self, owner: Owner) -> bool {
        matches!(owner, Owner::Record | Owner::Actor)
            && matches!(self.peek(1), TokenKind::Colon | TokenKind::Eq | TokenKind::Newline)
    }

    fn invariant_begins(&self) -> bool {
        self.at_word("invariant") && self.peek(1) == TokenKind::Colon && self.peek(2) == TokenKind::Newline
    }

    fn handler_begins(&self) -> bool {
        self.at_word("on") && self.peek(1) == TokenKind::Name && self.peek(2) == TokenKind::LParen
    }

    /// `x: int = 0`, `x = 0`, `x`
    fn field(&mut self, lo: u32, visibility: Visibility, docs: Vec<String>) -> FieldDecl {
        let name = self.ident("a field");
        let ty = self.eat(TokenKind::Colon).then(|| self.ty());
        let default = self.eat(TokenKind::Eq).then(|| self.expr());
        FieldDecl { visibility, name, ty, default, docs, span: self.span_from(lo) }
    }

    /// A variant; several on a line with commas between.
    fn variants(&mut self, docs: Vec<String>) -> Vec<VariantDecl> {
        let mut variants = vec![];
        let mut docs = Some(docs);
        loop {
            let lo = self.lo();
            let name = self.ident("a variant");
            let payload = if self.at(TokenKind::LParen) { self.payload() } else { vec![] };
            let docs = docs.take().unwrap_or_default();
            variants.push(VariantDecl { name, payload, docs, span: self.span_from(lo) });
            if !self.eat(TokenKind::Comma) || self.recovering || !self.at(TokenKind::Name) {
                return variants;
            }
        }
    }

    /// `(float)`, `(w: float, h: float)`
    fn payload(&mut self) -> Vec<PayloadDecl> {
        let lo = self.lo();
        self.bump();
        let mut payload: Vec<PayloadDecl> = vec![];
        while !self.at(TokenKind::RParen) && !self.recovering {
            let named = self.at(TokenKind::Name) && self.peek(1) == TokenKind::Colon;
            let name = named.then(|| self.ident("a name"));
            if named {
                self.bump();
            }
            payload.push(PayloadDecl { name, ty: self.ty() });
            if !self.eat(TokenKind::Comma) {
                break;
            }
        }
        self.expect_closing(TokenKind::RParen);
        let named = payload.iter().filter(|value| value.name.is_some()).count();
        if named > 0 && named < payload.len() {
            self.report(error::partly_named_payload(self.span_from(lo)));
        }
        payload
    }
}
