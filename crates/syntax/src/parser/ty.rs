//! Types.

use super::Parser;
use crate::ast::{Ident, Type, TypeKind};
use crate::error;
use crate::token::TokenKind;

/// Whether `A | B` is read as one type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unions {
    Allowed,
    /// The `|` belongs to what stands around.
    Excluded,
}

impl Parser<'_> {
    pub(super) fn ty(&mut self) -> Type {
        self.ty_with(Unions::Allowed)
    }

    pub(super) fn ty_with(&mut self, unions: Unions) -> Type {
        let lo = self.lo();
        if !self.enter() {
            return self.error_type();
        }
        let first = self.chain(Self::single_type);
        self.leave();
        if unions == Unions::Excluded || !self.at(TokenKind::Pipe) {
            return first;
        }
        let mut types = vec![first];
        while self.eat(TokenKind::Pipe) {
            types.push(self.ty_with(Unions::Excluded));
        }
        Type { kind: TypeKind::Union(types), span: self.span_from(lo) }
    }

    fn error_type(&self) -> Type {
        Type { kind: TypeKind::Error, span: self.here().start() }
    }

    /// A type with its question marks.
    fn single_type(&mut self) -> Type {
        let lo = self.lo();
        let mut ty = self.type_atom();
        loop {
            let marks = match self.kind() {
                TokenKind::Question => 1,
                TokenKind::Coalesce => 2,
                _ => return ty,
            };
            self.bump();
            for _ in 0..marks {
                if !self.push_down() {
                    return ty;
                }
                ty = Type { kind: TypeKind::Option(Box::new(ty)), span: self.span_from(lo) };
            }
        }
    }

    fn type_atom(&mut self) -> Type {
        let lo = self.lo();
        let kind = match self.kind() {
            TokenKind::LBracket => {
                self.bump();
                let element = self.ty();
                self.expect_closing(TokenKind::RBracket);
                TypeKind::Array(Box::new(element))
            }
            TokenKind::LBrace => {
                self.bump();
                let key = self.ty();
                self.expect(TokenKind::Colon);
                let value = self.ty();
                self.expect_closing(TokenKind::RBrace);
                TypeKind::Dict(Box::new(key), Box::new(value))
            }
            TokenKind::LParen => return self.tuple_type(),
            TokenKind::Fn => {
                self.bump();
                let params = if self.expect(TokenKind::LParen) { self.types(TokenKind::RParen) } else { vec![] };
                let result = self.eat(TokenKind::Arrow).then(|| Box::new(self.ty_with(Unions::Excluded)));
                TypeKind::Fn { params, result }
            }
            TokenKind::Nil => {
                self.bump();
                TypeKind::Nil
            }
            TokenKind::Name => {
                let path = self.type_path();
                let args = self.type_args();
                TypeKind::Path { path, args }
            }
            _ => {
                let found = self.found();
                self.error(error::expected_type(self.here(), &found));
                return self.error_type();
            }
        };
        Type { kind, span: self.span_from(lo) }
    }

    /// `(A, B)`, `()`, `(A,)`; `(A)` is `A`.
    fn tuple_type(&mut self) -> Type {
        let lo = self.lo();
        self.bump();
        let mut types = vec![];
        let mut comma = false;
        while !self.at(TokenKind::RParen) && !self.recovering {
            types.push(self.ty());
            comma = self.eat(TokenKind::Comma);
            if !comma {
                break;
            }
        }
        self.expect_closing(TokenKind::RParen);
        match types.pop() {
            Some(only) if types.is_empty() && !comma => only,
            last => {
                types.extend(last);
                Type { kind: TypeKind::Tuple(types), span: self.span_from(lo) }
            }
        }
    }

    /// Types up to `close`, which is consumed.
    fn types(&mut self, close: TokenKind) -> Vec<Type> {
        let mut types = vec![];
        while !self.at(close) && !self.recovering {
            types.push(self.ty());
            if !self.eat(TokenKind::Comma) {
                break;
            }
        }
        self.expect_closing(close);
        types
    }

    /// `geo.Point`
    pub(super) fn type_path(&mut self) -> Vec<Ident> {
        let mut path = vec![self.ident("a type")];
        while self.at_any(&[TokenKind::Dot, TokenKind::ColonColon]) {
            self.bump();
            path.push(self.ident("a type"));
        }
        path
    }

    /// `<A, B>` or `[A, B]`, if there are any.
    fn type_args(&mut self) -> Vec<Type> {
        if self.eat(TokenKind::LBracket) {
            return self.types(TokenKind::RBracket);
        }
        let mut args = vec![];
        if !self.eat(TokenKind::Lt) {
            return args;
        }
        loop {
            args.push(self.ty());
            if !self.eat(TokenKind::Comma) || self.recovering {
                break;
            }
        }
        if !self.eat_greater() {
            self.unexpected_here("`,` or `>`");
        }
        args
    }
}
