//! Items: functions, types, traits, impls, actors, imports, constants.

use super::Parser;
use super::stmt::Level;
use crate::ast::{
    Asyncness, Attribute, Expr, ExprKind, FnDecl, GenericParam, Ident, Item, ItemKind, Param, ParamKind, StmtKind,
    UseDecl, UseKind, Visibility,
};
use crate::error;
use crate::token::TokenKind;

/// Whether a function may be without a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    Required,
    Optional,
}

impl Parser<'_> {
    /// An item with its attributes; none if something else stands here.
    pub(super) fn item(&mut self, level: Level) -> Option<StmtKind> {
        if !self.item_begins() {
            return None;
        }
        let lo = self.lo();
        let mut docs = self.docs_above();
        let attributes = self.attributes();
        if !attributes.is_empty() {
            docs.extend(self.docs_above());
        }
        let public = self.here();
        let visibility = if self.eat(TokenKind::Pub) { Visibility::Public } else { Visibility::Private };
        let body = if attributes.iter().any(is_extern) { Body::Optional } else { Body::Required };
        let start = self.here();
        let Some(kind) = self.item_kind(level, body) else {
            if visibility == Visibility::Public {
                let found = self.found();
                self.error(error::not_public(public, &found));
            } else {
                self.error(error::attribute_without_item(start));
            }
            return Some(StmtKind::Error);
        };
        let bare =
            matches!(kind, ItemKind::Use(_) | ItemKind::Const { .. } | ItemKind::Let { .. } | ItemKind::Alias { .. });
        if bare && let Some(attribute) = attributes.first() {
            self.report(error::attribute_without_item(attribute.span));
        }
        if visibility == Visibility::Public && matches!(kind, ItemKind::Impl(_)) {
            self.report(error::not_public(public, "`impl`"));
        }
        let item = Item { kind, attributes, visibility, docs, span: self.span_from(lo) };
        Some(StmtKind::Item(Box::new(item)))
    }

    fn item_begins(&self) -> bool {
        use TokenKind::*;
        match self.kind() {
            Fn | Struct | Class | Enum | Trait | Impl | Use | Const | Pub | At | HashBracket => true,
            Async => self.peek(1) == Fn,
            Name => self.actor_begins() || self.alias_begins(),
            _ => false,
        }
    }

    fn actor_begins(&self) -> bool {
        self.at_word("actor")
            && self.peek(1) == TokenKind::Name
            && matches!(self.peek(2), TokenKind::Colon | TokenKind::Newline | TokenKind::Lt)
            && self.token_text(1).starts_with(char::is_uppercase)
    }

    fn alias_begins(&self) -> bool {
        self.at_word("type") && self.peek(1) == TokenKind::Name && matches!(self.peek(2), TokenKind::Eq | TokenKind::Lt)
    }

    fn item_kind(&mut self, level: Level, body: Body) -> Option<ItemKind> {
        let word = self.here();
        let kind = match self.kind() {
            TokenKind::Fn | TokenKind::Async => return Some(ItemKind::Fn(Box::new(self.function(body)))),
            TokenKind::Use => return Some(ItemKind::Use(self.use_decl())),
            TokenKind::Const => return Some(self.constant()),
            TokenKind::Let | TokenKind::Mut => {
                let (mutability, pattern, ty, value) = self.let_parts();
                return Some(ItemKind::Let { mutability, pattern, ty, value });
            }
            TokenKind::Struct | TokenKind::Class => ItemKind::Record(Box::new(self.record())),
            TokenKind::Enum => ItemKind::Enum(Box::new(self.enum_decl())),
            TokenKind::Trait => ItemKind::Trait(Box::new(self.trait_decl())),
            TokenKind::Impl => ItemKind::Impl(Box::new(self.impl_decl())),
            TokenKind::Name if self.actor_begins() => ItemKind::Actor(Box::new(self.actor())),
            TokenKind::Name if self.alias_begins() => self.alias(),
            _ => return None,
        };
        if level == Level::Block {
            let word_text = self.source(word);
            let error = error::item_in_block(word, word_text);
            let recovering = std::mem::take(&mut self.recovering);
            self.report(error);
            self.recovering = recovering;
        }
        Some(kind)
    }

    /// The `##` comments directly above the current token's line.
    pub(super) fn docs_above(&self) -> Vec<String> {
        let mut docs = vec![];
        let mut breaks = 0;
        for token in self.all[..self.token(0).index as usize].iter().rev() {
            match token.kind {
                TokenKind::Whitespace | TokenKind::Indent | TokenKind::Dedent | TokenKind::Comment => {}
                TokenKind::LineBreak if breaks == 0 => breaks = 1,
                TokenKind::DocComment if breaks == 1 => {
                    let text = token.text(self.text).trim_start_matches('#');
                    docs.push(text.strip_prefix(' ').unwrap_or(text).trim_end().to_string());
                    breaks = 0;
                }
                _ => break,
            }
        }
        docs.reverse();
        docs
    }

    // ---- attributes

    pub(super) fn attributes(&mut self) -> Vec<Attribute> {
        let mut attributes = vec![];
        while self.at_any(&[TokenKind::At, TokenKind::HashBracket]) && !self.recovering {
            let lo = self.lo();
            let expr = if self.bump().kind == TokenKind::HashBracket {
                let name = self.ident("an attribute");
                self.expect_closing(TokenKind::RBracket);
                Expr { span: name.span, kind: ExprKind::Name(name.name) }
            } else {
                self.decorator()
            };
            attributes.push(Attribute { expr, span: self.span_from(lo) });
            self.eat(TokenKind::Newline);
        }
        attributes
    }

    /// A path, or a call of one.
    fn decorator(&mut self) -> Expr {
        let lo = self.lo();
        let name = self.ident("an attribute or decorator");
        let mut expr = Expr { span: name.span, kind: ExprKind::Name(name.name) };
        while self.eat(TokenKind::Dot) {
            let name = self.ident("a name");
            expr = self.node(lo, ExprKind::Member { object: Box::new(expr), name });
            if !self.push_down() {
                return expr;
            }
        }
        if self.at(TokenKind::LParen) {
            let args = self.args();
            expr = self.node(lo, ExprKind::Call { callee: Box::new(expr), args });
        }
        expr
    }

    // ---- functions

    /// `fn name<T>(params) -> R: body`, behind `async` perhaps.
    pub(super) fn function(&mut self, body: Body) -> FnDecl {
        let lo = self.lo();
        let asyncness = if self.eat(TokenKind::Async) { Asyncness::Async } else { Asyncness::Sync };
        self.expect(TokenKind::Fn);
        if self.at(TokenKind::LParen) {
            self.error(error::foreign_lambda(self.span_from(lo)));
        }
        self.function_from(lo, asyncness, "a function's name", body)
    }

    /// What follows `fn` or `on`.
    pub(super) fn function_from(&mut self, lo: u32, asyncness: Asyncness, role: &str, body: Body) -> FnDecl {
        let name = self.ident(role);
        let generics = self.generics();
        let params = if self.at(TokenKind::LParen) {
            self.params(Receiver::Possible)
        } else {
            self.unexpected_here("`(`");
            vec![]
        };
        let result = self.eat(TokenKind::Arrow).then(|| self.ty());
        let signature = self.span_from(lo);
        let ends = self.at_any(&[TokenKind::Newline, TokenKind::Eof]) && self.peek(1) != TokenKind::Indent;
        let body = if ends && !self.recovering {
            if body == Body::Required {
                self.report(error::missing_body(signature, &name.name));
            }
            None
        } else {
            let labels = std::mem::take(&mut self.labels);
            if self.at(TokenKind::FatArrow) {
                self.error(error::missing_colon(self.behind(), "the signature"));
            }
            let block = self.block_after_colon("the signature", signature);
            self.labels = labels;
            Some(block)
        };
        FnDecl { asyncness, name, generics, params, result, body, signature }
    }

    /// `<T: Ord + Eq, U>`, if there is one.
    pub(super) fn generics(&mut self) -> Vec<GenericParam> {
        let mut generics = vec![];
        if !self.eat(TokenKind::Lt) {
            return generics;
        }
        while self.at(TokenKind::Name) {
            let name = self.ident("a type parameter");
            let mut bounds = vec![];
            if self.eat(TokenKind::Colon) {
                bounds = self.bounds();
            }
            generics.push(GenericParam { name, bounds });
            if !self.eat(TokenKind::Comma) {
                break;
            }
        }
        if !self.eat_greater() {
            self.unexpected_here("a type parameter or `>`");
        }
        generics
    }

    /// `A + B`
    pub(super) fn bounds(&mut self) -> Vec<crate::ast::Type> {
        let mut bounds = vec![];
        loop {
            bounds.push(self.ty_with(super::ty::Unions::Excluded));
            if !self.eat(TokenKind::Plus) || self.recovering {
                return bounds;
            }
        }
    }

    /// `(a, b: int, c = 10, *rest)`
    pub(super) fn params(&mut self, receiver: Receiver) -> Vec<Param> {
        self.in_brackets(|parser| {
            parser.bump();
            let mut params: Vec<Param> = vec![];
            while !parser.at(TokenKind::RParen) && !parser.recovering {
                let first = params.is_empty() && receiver == Receiver::Possible;
                params.push(parser.param(Annotation::Allowed, first));
                if !parser.eat(TokenKind::Comma) {
                    break;
                }
            }
            parser.expect_closing(TokenKind::RParen);
            params
        })
    }

    /// The parameters of a lambda, behind its `\`.
    pub(super) fn lambda_params(&mut self) -> Vec<Param> {
        if self.at(TokenKind::LParen) {
            return self.params(Receiver::None);
        }
        let mut params = vec![];
        while !self.at_any(&[TokenKind::Colon, TokenKind::Newline, TokenKind::Arrow]) && !self.recovering {
            params.push(self.param(Annotation::Excluded, false));
            if !self.eat(TokenKind::Comma) {
                break;
            }
        }
        params
    }

    fn param(&mut self, annotation: Annotation, first: bool) -> Param {
        let lo = self.lo();
        let mut kind = ParamKind::Plain;
        if self.eat(TokenKind::Star) {
            kind = ParamKind::Rest;
        } else if self.at(TokenKind::Mut) {
            let word = self.here();
            self.bump();
            if self.at_word("self") {
                kind = ParamKind::SelfMut;
            } else {
                let hint = "parameters can be assigned to without it";
                self.report(error::plain_parameter(word, "`mut`", hint));
            }
        } else if self.at_word("self") && first && annotation == Annotation::Allowed {
            kind = ParamKind::SelfRef;
        }
        if self.at_any(&[TokenKind::LParen, TokenKind::LBracket]) {
            let hint = "give the parameter a name, and take it apart with `let` in the body";
            self.error(error::plain_parameter(self.here(), "a pattern", hint));
        }
        let name = self.ident("a parameter");
        let ty = (annotation == Annotation::Allowed && self.eat(TokenKind::Colon)).then(|| self.ty());
        let default = self.eat(TokenKind::Eq).then(|| self.expr());
        Param { kind, name, ty, default, span: self.span_from(lo) }
    }

    // ---- small items

    /// `const N: int = 3`
    fn constant(&mut self) -> ItemKind {
        self.bump();
        let name = self.ident("a constant's name");
        let ty = self.eat(TokenKind::Colon).then(|| self.ty());
        self.expect(TokenKind::Eq);
        let value = if self.recovering { self.error_expr() } else { self.expr() };
        ItemKind::Const { name, ty, value }
    }

    /// `type Id = int`
    fn alias(&mut self) -> ItemKind {
        self.bump();
        let name = self.ident("a type's name");
        let generics = self.generics();
        self.expect(TokenKind::Eq);
        let ty = self.ty();
        ItemKind::Alias { name, generics, ty }
    }

    /// `use lib`, `use lib.{a, b as c}`, `use std.json as j`
    fn use_decl(&mut self) -> UseDecl {
        self.bump();
        let mut path = vec![self.ident("a module")];
        while self.at_any(&[TokenKind::Dot, TokenKind::ColonColon]) && !self.recovering {
            self.bump();
            if self.at(TokenKind::LBrace) {
                let names = self.use_names();
                return UseDecl { path, kind: UseKind::Names(names) };
            }
            path.push(self.ident("a module or name"));
        }
        let alias = self.eat(TokenKind::As).then(|| self.ident("a name"));
        UseDecl { path, kind: UseKind::Whole { alias } }
    }

    fn use_names(&mut self) -> Vec<(Ident, Option<Ident>)> {
        self.bump();
        let mut names = vec![];
        while !self.at(TokenKind::RBrace) && !self.recovering {
            let name = self.ident("a name");
            let alias = self.eat(TokenKind::As).then(|| self.ident("a name"));
            names.push((name, alias));
            if !self.eat(TokenKind::Comma) {
                break;
            }
        }
        self.expect_closing(TokenKind::RBrace);
        names
    }
}

/// Whether the first parameter may be `self`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Receiver {
    Possible,
    None,
}

/// Whether a parameter may have a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Annotation {
    Allowed,
    /// The `:` ends the parameters of a lambda.
    Excluded,
}

/// `@extern("rt_…")`
pub(super) fn is_extern(attribute: &Attribute) -> bool {
    let ExprKind::Call { callee, .. } = &attribute.expr.kind else { return false };
    matches!(&callee.kind, ExprKind::Name(name) if name == "extern")
}
