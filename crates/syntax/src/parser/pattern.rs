//! Patterns.

use tandem_source::Span;

use super::ty::Unions;
use super::{Mark, Parser};
use crate::ast::{Expr, ExprKind, Ident, Pattern, PatternArg, PatternField, PatternKind, RangeLimits, Type, UnaryOp};
use crate::error;
use crate::literal::Sign;
use crate::token::{Class, TokenKind};

/// Whether `n: T` is read as a pattern with a type; else the `:` belongs to what stands around.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    Allowed,
    Excluded,
}

impl Parser<'_> {
    /// A pattern with its alternatives and `as`.
    pub(super) fn pattern(&mut self, typed: Typed) -> Pattern {
        let lo = self.lo();
        if !self.enter() {
            return self.error_pattern();
        }
        let pattern = self.chain(|parser| parser.alternatives(typed, lo));
        self.leave();
        pattern
    }

    fn error_pattern(&self) -> Pattern {
        Pattern { kind: PatternKind::Error, span: self.here().start() }
    }

    fn pattern_node(&self, lo: u32, kind: PatternKind) -> Pattern {
        Pattern { kind, span: self.span_from(lo) }
    }

    fn alternatives(&mut self, typed: Typed, lo: u32) -> Pattern {
        let mut pattern = self.single_pattern(typed);
        if self.at(TokenKind::Pipe) {
            let mut patterns = vec![pattern];
            while self.eat(TokenKind::Pipe) {
                patterns.push(self.single_pattern(typed));
            }
            self.push_down();
            pattern = self.pattern_node(lo, PatternKind::Or(patterns));
        }
        while self.eat(TokenKind::As) {
            let name = self.ident("a name");
            if !self.push_down() {
                break;
            }
            pattern = self.pattern_node(lo, PatternKind::As { pattern: Box::new(pattern), name });
        }
        pattern
    }

    fn single_pattern(&mut self, typed: Typed) -> Pattern {
        let lo = self.lo();
        let kind = match self.kind() {
            TokenKind::Int | TokenKind::Float | TokenKind::RawString | TokenKind::StrStart | TokenKind::Symbol => {
                return self.literal_pattern();
            }
            TokenKind::Nil | TokenKind::True | TokenKind::False | TokenKind::Minus => return self.literal_pattern(),
            TokenKind::DotDot | TokenKind::DotDotEq => {
                self.error(error::range_ends(self.here()));
                PatternKind::Error
            }
            TokenKind::LParen => return self.tuple_pattern(),
            TokenKind::LBracket => {
                self.bump();
                let (patterns, _) = self.patterns(TokenKind::RBracket);
                PatternKind::Array(patterns)
            }
            TokenKind::Dot => {
                self.bump();
                let name = self.ident("a variant");
                let args = self.at(TokenKind::LParen).then(|| self.pattern_args());
                PatternKind::DotVariant { name, args }
            }
            TokenKind::Name => return self.name_pattern(typed),
            TokenKind::Star => {
                self.error(error::not_in_pattern(self.here(), "`*` outside brackets"));
                PatternKind::Error
            }
            kind if kind.class() == Class::Keyword && !matches!(kind, TokenKind::In | TokenKind::If) => {
                PatternKind::Name(self.ident("a name"))
            }
            _ => {
                let found = self.found();
                self.error(error::expected_pattern(self.here(), &found));
                PatternKind::Error
            }
        };
        self.pattern_node(lo, kind)
    }

    /// A literal, or a range that begins with one.
    fn literal_pattern(&mut self) -> Pattern {
        let lo = self.lo();
        let start = self.pattern_literal();
        let limits = match self.kind() {
            TokenKind::DotDot => RangeLimits::HalfOpen,
            TokenKind::DotDotEq => RangeLimits::Closed,
            _ => return self.pattern_node(lo, PatternKind::Literal(Box::new(start))),
        };
        self.range_pattern(lo, start, limits)
    }

    fn range_pattern(&mut self, lo: u32, start: Expr, limits: RangeLimits) -> Pattern {
        let operator = self.bump();
        let end = match self.kind() {
            TokenKind::Name => {
                let name = self.ident("a `const`");
                Expr { span: name.span, kind: ExprKind::Name(name.name) }
            }
            TokenKind::Int | TokenKind::Float | TokenKind::Minus | TokenKind::StrStart | TokenKind::RawString => {
                self.pattern_literal()
            }
            _ => {
                self.error(error::range_ends(Span::new(self.file, operator.lo, operator.hi)));
                self.error_expr()
            }
        };
        let (start, end) = (Some(Box::new(start)), Some(Box::new(end)));
        self.pattern_node(lo, PatternKind::Range { start, end, limits })
    }

    /// A literal, or a number behind a minus sign.
    fn pattern_literal(&mut self) -> Expr {
        let lo = self.lo();
        let op_span = self.here();
        if self.eat(TokenKind::Minus) {
            let operand = match self.kind() {
                TokenKind::Int | TokenKind::Float => self.number_literal(Sign::Minus),
                _ => {
                    self.unexpected_here("a number");
                    self.error_expr()
                }
            };
            let kind = ExprKind::Unary { op: UnaryOp::Neg, op_span, operand: Box::new(operand) };
            return Expr { kind, span: self.span_from(lo) };
        }
        let literal = self.atom();
        if let ExprKind::Interpolated(_) = literal.kind {
            self.report(error::not_in_pattern(literal.span, "an interpolation"));
        }
        literal
    }

    /// `(a, b)`, `(a,)`, `()`; `(p)` is `p`.
    fn tuple_pattern(&mut self) -> Pattern {
        let lo = self.lo();
        self.bump();
        let (mut patterns, comma) = self.patterns(TokenKind::RParen);
        match patterns.pop() {
            Some(only) if patterns.is_empty() && !comma && !matches!(only.kind, PatternKind::Rest(_)) => only,
            last => {
                patterns.extend(last);
                self.pattern_node(lo, PatternKind::Tuple(patterns))
            }
        }
    }

    /// Patterns up to `close`, which is consumed, and whether a comma stands behind the last.
    fn patterns(&mut self, close: TokenKind) -> (Vec<Pattern>, bool) {
        let mut patterns: Vec<Pattern> = vec![];
        let mut comma = false;
        let mut rest: Option<Span> = None;
        while !self.at(close) && !self.recovering {
            let pattern = self.element_pattern();
            if let PatternKind::Rest(_) = pattern.kind {
                match rest {
                    Some(first) => self.report(error::second_rest(pattern.span, first)),
                    None => rest = Some(pattern.span),
                }
            }
            patterns.push(pattern);
            comma = self.eat(TokenKind::Comma);
            if !comma {
                break;
            }
        }
        self.expect_closing(close);
        (patterns, comma)
    }

    /// A pattern in brackets, where `*rest` and `n: T` may stand.
    fn element_pattern(&mut self) -> Pattern {
        let lo = self.lo();
        if !self.eat(TokenKind::Star) {
            return self.pattern(Typed::Allowed);
        }
        let name_lo = self.lo();
        let name = self.ident("a name");
        let kind = if name.name == "_" { PatternKind::Wildcard } else { PatternKind::Name(name) };
        let inner = self.pattern_node(name_lo, kind);
        self.pattern_node(lo, PatternKind::Rest(Box::new(inner)))
    }

    fn name_pattern(&mut self, typed: Typed) -> Pattern {
        let lo = self.lo();
        let mut path = vec![self.ident("a name")];
        while self.at_any(&[TokenKind::Dot, TokenKind::ColonColon]) {
            self.bump();
            path.push(self.ident("a name"));
        }
        let upper = path[0].name.starts_with(char::is_uppercase);
        if path.len() > 1 || upper {
            return self.path_pattern(lo, path);
        }
        let name = path.remove(0);
        let kind = if name.name == "_" { PatternKind::Wildcard } else { PatternKind::Name(name) };
        let pattern = self.pattern_node(lo, kind);
        if typed == Typed::Allowed && self.eat(TokenKind::Colon) {
            return self.typed_pattern(lo, pattern);
        }
        pattern
    }

    fn typed_pattern(&mut self, lo: u32, pattern: Pattern) -> Pattern {
        let ty = Box::new(self.ty_with(Unions::Excluded));
        self.pattern_node(lo, PatternKind::Typed { pattern: Box::new(pattern), ty })
    }

    /// A variant, type or `const`, with its payload or fields.
    fn path_pattern(&mut self, lo: u32, path: Vec<Ident>) -> Pattern {
        let kind = match self.kind() {
            TokenKind::LParen => PatternKind::Variant { path, args: self.pattern_args() },
            TokenKind::LBrace => self.struct_pattern(path),
            TokenKind::DotDot | TokenKind::DotDotEq if path.len() == 1 => {
                let limits = if self.at(TokenKind::DotDot) { RangeLimits::HalfOpen } else { RangeLimits::Closed };
                let name = path.into_iter().next().unwrap_or_else(|| unreachable!("the path has one part"));
                let start = Expr { span: name.span, kind: ExprKind::Name(name.name) };
                return self.range_pattern(lo, start, limits);
            }
            _ => PatternKind::Path(path),
        };
        self.pattern_node(lo, kind)
    }

    /// `(r)`, `(w: a)`
    fn pattern_args(&mut self) -> Vec<PatternArg> {
        self.bump();
        let mut args = vec![];
        while !self.at(TokenKind::RParen) && !self.recovering {
            if self.at(TokenKind::Name) && self.peek(1) == TokenKind::Colon {
                args.push(self.named_pattern_arg());
            } else {
                args.push(PatternArg { name: None, pattern: self.element_pattern(), ty: None });
            }
            if !self.eat(TokenKind::Comma) {
                break;
            }
        }
        self.expect_closing(TokenKind::RParen);
        args
    }

    /// `w: a`: a payload named `w`, or a pattern with a type; what stands behind the colon is read as both.
    fn named_pattern_arg(&mut self) -> PatternArg {
        let lo = self.lo();
        let name = self.ident("a name");
        self.bump();
        let mark = self.mark();
        let ty = self.ty_with(Unions::Excluded);
        let ty = (!self.failed_since(&mark)).then_some(ty);
        let end_of_type = self.at;
        self.reset(&mark);
        let pattern = self.pattern(Typed::Allowed);
        match ty {
            Some(ty) if self.at == end_of_type && !self.failed_since(&mark) => {
                PatternArg { name: Some(name), pattern, ty: Some(ty) }
            }
            // What goes on behind the pattern, as `Box<int>` and `int?` do, or is no pattern, is a type only.
            Some(ty) if !self.stopped && (self.at < end_of_type || self.failed_since(&mark)) => {
                self.type_only(lo, name, ty, &mark)
            }
            Some(_) | None => PatternArg { name: Some(name), pattern, ty: None },
        }
    }

    fn type_only(&mut self, lo: u32, name: Ident, ty: Type, mark: &Mark) -> PatternArg {
        self.reset(mark);
        self.ty_with(Unions::Excluded);
        let kind = if name.name == "_" { PatternKind::Wildcard } else { PatternKind::Name(name.clone()) };
        let pattern = Box::new(Pattern { kind, span: name.span });
        let pattern = self.pattern_node(lo, PatternKind::Typed { pattern, ty: Box::new(ty) });
        PatternArg { name: None, pattern, ty: None }
    }

    /// `{ x, y: 0, .. }`
    fn struct_pattern(&mut self, path: Vec<Ident>) -> PatternKind {
        self.bump();
        let mut fields = vec![];
        let mut rest = None;
        while !self.at(TokenKind::RBrace) && !self.recovering {
            let here = self.here();
            if self.eat(TokenKind::DotDot) {
                rest = Some(here);
                break;
            }
            let name = self.ident("a field");
            let pattern = self.eat(TokenKind::Colon).then(|| self.pattern(Typed::Excluded));
            fields.push(PatternField { name, pattern });
            if !self.eat(TokenKind::Comma) {
                break;
            }
        }
        self.expect_closing(TokenKind::RBrace);
        PatternKind::Struct { path, fields, rest }
    }

    /// The pattern of a `for`: several with commas are a tuple.
    pub(super) fn for_pattern(&mut self) -> Pattern {
        let lo = self.lo();
        let first = self.pattern(Typed::Excluded);
        if !self.at(TokenKind::Comma) {
            return first;
        }
        let mut patterns = vec![first];
        while self.eat(TokenKind::Comma) && !self.at(TokenKind::In) {
            patterns.push(self.pattern(Typed::Excluded));
        }
        self.pattern_node(lo, PatternKind::Tuple(patterns))
    }

    /// The pattern of a `let`: a lone name is one even if it begins with an upper-case letter.
    pub(super) fn let_pattern(&mut self) -> Pattern {
        let lo = self.lo();
        if self.at(TokenKind::Name) && matches!(self.peek(1), TokenKind::Eq | TokenKind::Colon | TokenKind::Newline) {
            let name = self.ident("a name");
            let kind = if name.name == "_" { PatternKind::Wildcard } else { PatternKind::Name(name) };
            return self.pattern_node(lo, kind);
        }
        self.pattern(Typed::Excluded)
    }
}
