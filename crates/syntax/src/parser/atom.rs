//! Operands: literals, names, brackets, and calls' arguments.

use tandem_source::Span;

use super::habit::foreign_literal;
use super::{Parser, Place};
use crate::ast::{
    Arg, ComprehensionClause, ComprehensionKind, DictEntry, Expr, ExprKind, FieldInit, Ident, Type, TypeKind,
};
use crate::error;
use crate::literal::{self, Sign};
use crate::token::{Class, TokenKind};

impl Parser<'_> {
    /// An operand without what follows it.
    pub(super) fn atom(&mut self) -> Expr {
        let lo = self.lo();
        let kind = match self.kind() {
            TokenKind::Int | TokenKind::Float => return self.number_literal(Sign::Plus),
            TokenKind::StrStart | TokenKind::RawString => return self.string(),
            TokenKind::Symbol => {
                self.bump();
                ExprKind::Symbol(self.source(self.span_from(lo))[1..].to_string())
            }
            TokenKind::Name if self.at_word("receive") && self.peek(1) == TokenKind::Colon => return self.receive(),
            TokenKind::Name => self.name(),
            TokenKind::Nil => {
                self.bump();
                ExprKind::Nil
            }
            TokenKind::True | TokenKind::False => ExprKind::Bool(self.bump().kind == TokenKind::True),
            TokenKind::If => return self.if_expr(),
            TokenKind::Match => return self.match_expr(),
            TokenKind::Loop => return self.loop_expr(None),
            TokenKind::LParen => return self.in_brackets(Self::parentheses),
            TokenKind::LBracket => return self.in_brackets(Self::array),
            TokenKind::LBrace => return self.in_brackets(Self::braces),
            TokenKind::Dot if self.peek(1) == TokenKind::Name => {
                self.bump();
                ExprKind::DotVariant(self.ident("a variant"))
            }
            _ => return self.no_operand(),
        };
        self.node(lo, kind)
    }

    fn name(&mut self) -> ExprKind {
        let span = self.here();
        self.bump();
        let name = self.source(span);
        if foreign_literal(name).is_some() {
            self.foreign.push(span);
        }
        ExprKind::Name(name.to_string())
    }

    /// Reports what stands where an operand is due.
    fn no_operand(&mut self) -> Expr {
        let here = self.here();
        let kind = self.kind();
        let found = self.found();
        let error = match kind {
            TokenKind::For | TokenKind::While | TokenKind::With | TokenKind::Return | TokenKind::Pass => {
                error::statement_as_value(here, kind.text())
            }
            TokenKind::Break | TokenKind::Continue | TokenKind::Assert | TokenKind::Defer | TokenKind::Let => {
                error::statement_as_value(here, kind.text())
            }
            TokenKind::Fn | TokenKind::Pipe => error::foreign_lambda(here),
            TokenKind::Slash if matches!(self.peek(1), TokenKind::Star | TokenKind::StarStar) => {
                let line = self.text[here.lo as usize..].split('\n').next().unwrap_or_default();
                error::foreign_comment(Span { hi: here.lo + line.trim_end().len() as u32, ..here })
            }
            TokenKind::SlashSlash => error::foreign_comment(here),
            TokenKind::Dot if self.peek(1) == TokenKind::Int => error::leading_dot(here),
            TokenKind::DotDot | TokenKind::DotDotEq => error::range_ends(here),
            TokenKind::Elif | TokenKind::Else => error::belongs_to_nothing(here, kind.text()),
            TokenKind::Eq if self.previous == Some(TokenKind::Colon) => {
                error::expected_expression(here, &found).hint("`=` alone assigns; there is no `:=`")
            }
            kind if kind.class() == Class::Keyword => {
                error::expected_expression(here, &found).hint(format!("`{}` is a reserved word", kind.text()))
            }
            _ => error::expected_expression(here, &found),
        };
        self.error(error);
        self.error_expr()
    }

    pub(super) fn number_literal(&mut self, sign: Sign) -> Expr {
        let span = self.here();
        let text = self.source(span);
        let kind = if self.bump().kind == TokenKind::Int {
            literal::int(text, sign, span).map(|(value, suffix)| ExprKind::Int { value, suffix })
        } else {
            literal::float(text, span).map(|(value, suffix)| ExprKind::Float { value, suffix })
        };
        let kind = kind.unwrap_or_else(|error| {
            self.report(*error);
            ExprKind::Error
        });
        Expr { kind, span }
    }

    // ---- brackets

    /// Runs `parse` where lines do not end.
    pub(super) fn in_brackets<T>(&mut self, parse: impl FnOnce(&mut Self) -> T) -> T {
        let outside = std::mem::replace(&mut self.place, Place::Brackets);
        let result = parse(self);
        self.place = outside;
        result
    }

    /// `(e)`, `(a, b)`, `(e for …)`
    fn parentheses(&mut self) -> Expr {
        let lo = self.lo();
        self.bump();
        let mut elements = vec![];
        let mut comma = false;
        while !self.at(TokenKind::RParen) && !self.recovering {
            elements.push(self.element());
            if elements.len() == 1 && self.at(TokenKind::For) {
                return self.comprehension(lo, ComprehensionKind::Generator, elements, TokenKind::RParen);
            }
            comma = self.eat(TokenKind::Comma);
            if !comma {
                break;
            }
        }
        self.missing_comma(TokenKind::RParen);
        self.expect_closing(TokenKind::RParen);
        let kind = match elements.pop() {
            Some(only) if elements.is_empty() && !comma && !matches!(only.kind, ExprKind::Spread(_)) => {
                ExprKind::Paren(Box::new(only))
            }
            last => {
                elements.extend(last);
                ExprKind::Tuple(elements)
            }
        };
        self.node(lo, kind)
    }

    /// `[a, *b]`, `[e for …]`
    fn array(&mut self) -> Expr {
        let lo = self.lo();
        self.bump();
        let mut elements = vec![];
        while !self.at(TokenKind::RBracket) && !self.recovering {
            elements.push(self.element());
            if elements.len() == 1 && self.at(TokenKind::For) {
                return self.comprehension(lo, ComprehensionKind::Array, elements, TokenKind::RBracket);
            }
            if !self.eat(TokenKind::Comma) {
                break;
            }
        }
        self.missing_comma(TokenKind::RBracket);
        self.expect_closing(TokenKind::RBracket);
        self.node(lo, ExprKind::Array(elements))
    }

    /// Says more than "expected `,`" where a value follows a value.
    fn missing_comma(&mut self, close: TokenKind) {
        if !self.at(close) && !self.recovering && self.starts_expr() && !self.closed() {
            self.value_behind_value();
        }
    }

    /// Reports a value that directly follows another one.
    pub(super) fn value_behind_value(&mut self) {
        let before = self.span_from(self.previous_lo);
        if self.previous == Some(TokenKind::Question) {
            return self.error(error::ternary(before));
        }
        let found = self.found();
        self.error(error::two_values(self.here(), before, &found));
    }

    /// An element of a tuple, array or set: an expression or `*e`.
    pub(super) fn element(&mut self) -> Expr {
        let lo = self.lo();
        if !self.eat(TokenKind::Star) {
            return self.expr();
        }
        let inner = Box::new(self.operators());
        self.node(lo, ExprKind::Spread(inner))
    }

    fn comprehension(&mut self, lo: u32, kind: ComprehensionKind, mut elements: Vec<Expr>, close: TokenKind) -> Expr {
        let clauses = self.clauses();
        self.expect_closing(close);
        let element = Box::new(elements.pop().unwrap_or_else(|| self.error_expr()));
        self.node(lo, ExprKind::Comprehension { kind, element, clauses })
    }

    /// `for p in e if c …`
    fn clauses(&mut self) -> Vec<ComprehensionClause> {
        let mut clauses = vec![];
        while !self.recovering {
            if self.eat(TokenKind::For) {
                let pattern = self.for_pattern();
                self.expect(TokenKind::In);
                clauses.push(ComprehensionClause::For { pattern, iterable: self.operators() });
            } else if self.eat(TokenKind::If) {
                clauses.push(ComprehensionClause::If(self.operators()));
            } else {
                break;
            }
        }
        clauses
    }

    /// A dictionary, a set, or a comprehension of one.
    fn braces(&mut self) -> Expr {
        let lo = self.lo();
        self.bump();
        let (mut entries, mut elements) = (vec![], vec![]);
        while !self.at(TokenKind::RBrace) && !self.recovering {
            let start = self.here();
            let first = entries.is_empty() && elements.is_empty();
            if self.eat(TokenKind::StarStar) {
                entries.push(DictEntry::Spread(self.operators()));
            } else {
                let key = self.element();
                let pair = !matches!(key.kind, ExprKind::Spread(_)) && self.eat(TokenKind::Colon);
                if pair {
                    let value = self.expr();
                    if first && self.at(TokenKind::For) {
                        return self.dict_comprehension(lo, key, value);
                    }
                    entries.push(DictEntry::Pair(key, value));
                } else {
                    elements.push(key);
                    if first && self.at(TokenKind::For) {
                        return self.comprehension(lo, ComprehensionKind::Set, elements, TokenKind::RBrace);
                    }
                }
            }
            if !entries.is_empty() && !elements.is_empty() && !self.recovering {
                self.error(error::set_or_dictionary(start));
            }
            if !self.eat(TokenKind::Comma) {
                break;
            }
        }
        self.missing_comma(TokenKind::RBrace);
        self.expect_closing(TokenKind::RBrace);
        self.node(lo, if elements.is_empty() { ExprKind::Dict(entries) } else { ExprKind::Set(elements) })
    }

    fn dict_comprehension(&mut self, lo: u32, key: Expr, value: Expr) -> Expr {
        let clauses = self.clauses();
        self.expect_closing(TokenKind::RBrace);
        let (key, value) = (Box::new(key), Box::new(value));
        self.node(lo, ExprKind::DictComprehension { key, value, clauses })
    }

    // ---- arguments, indexes, fields

    /// The arguments of a call, in their parentheses.
    pub(super) fn args(&mut self) -> Vec<Arg> {
        self.in_brackets(|parser| {
            parser.bump();
            let mut args = vec![];
            while !parser.at(TokenKind::RParen) && !parser.recovering {
                let arg = parser.arg();
                args.push(parser.generator_arg(arg, &args));
                if !parser.eat(TokenKind::Comma) {
                    break;
                }
            }
            parser.missing_comma(TokenKind::RParen);
            parser.expect_closing(TokenKind::RParen);
            args
        })
    }

    /// `f(e for x in xs)`: a generator expression without its own parentheses, if `for` follows.
    fn generator_arg(&mut self, arg: Arg, before: &[Arg]) -> Arg {
        if !self.at(TokenKind::For) || arg.name.is_some() {
            return arg;
        }
        let lo = arg.value.span.lo;
        let clauses = self.clauses();
        let kind = ComprehensionKind::Generator;
        let value = self.node(lo, ExprKind::Comprehension { kind, element: Box::new(arg.value), clauses });
        let alone = before.is_empty() && self.at(TokenKind::RParen);
        let comma_only = before.is_empty() && self.at(TokenKind::Comma) && self.peek(1) == TokenKind::RParen;
        if !alone && !comma_only && !self.recovering && self.at_any(&[TokenKind::RParen, TokenKind::Comma]) {
            self.report(error::generator_among_arguments(value.span));
        }
        Arg { name: None, value }
    }

    pub(super) fn arg(&mut self) -> Arg {
        let lo = self.lo();
        if self.eat(TokenKind::Star) {
            let inner = Box::new(self.expr());
            return Arg { name: None, value: self.node(lo, ExprKind::Spread(inner)) };
        }
        if self.at(TokenKind::StarStar) {
            self.error(error::dict_spread_argument(self.here()));
            return Arg { name: None, value: self.error_expr() };
        }
        if self.at(TokenKind::Name) && matches!(self.peek(1), TokenKind::Eq | TokenKind::Colon) {
            let name = self.ident("an argument");
            self.bump();
            return Arg { name: Some(name), value: self.expr() };
        }
        Arg { name: None, value: self.expr() }
    }

    /// `a[i]`, `a[i:j:k]`
    pub(super) fn index(&mut self, lo: u32, object: Expr) -> Expr {
        let object = Box::new(object);
        let opening = self.here();
        let (mut parts, tuple) = self.in_brackets(|parser| {
            parser.bump();
            let (mut parts, mut tuple) = (vec![None], None);
            while !parser.at(TokenKind::RBracket) && !parser.recovering {
                if parser.eat(TokenKind::Colon) {
                    parts.push(None);
                    continue;
                }
                if parts.last().is_some_and(|part: &Option<Box<Expr>>| part.is_some()) {
                    tuple = parser.at(TokenKind::Comma).then(|| parser.here());
                    break;
                }
                let part = parser.expr();
                if let Some(last) = parts.last_mut() {
                    *last = Some(Box::new(part));
                }
            }
            if tuple.is_none() {
                parser.missing_comma(TokenKind::RBracket);
            }
            (parts, tuple)
        });
        if let Some(comma) = tuple {
            self.error(
                error::bad_index(comma, "one index a bracket").hint("write `a[i][j]`, or `a[(i, j)]` for a tuple"),
            );
        }
        self.expect_closing(TokenKind::RBracket);
        let kind = match parts.len() {
            1 => match parts.pop().flatten() {
                Some(index) => ExprKind::Index { object, index },
                None => {
                    self.report(error::bad_index(opening, "an index is missing between the brackets"));
                    ExprKind::Error
                }
            },
            2 | 3 => {
                let step = if parts.len() == 3 { parts.pop().flatten() } else { None };
                let end = parts.pop().flatten();
                let start = parts.pop().flatten();
                ExprKind::Slice { object, start, end, step }
            }
            _ => {
                self.report(error::bad_index(opening, "a slice has at most three parts"));
                ExprKind::Error
            }
        };
        self.node(lo, kind)
    }

    /// `Point { x: 1, y, ..base }`
    pub(super) fn struct_literal(&mut self, lo: u32, path: Expr) -> Expr {
        let span = path.span;
        let kind = TypeKind::Path { path: path_names(path), args: vec![] };
        let ty = Box::new(Type { kind, span });
        let (fields, base) = self.in_brackets(|parser| {
            parser.bump();
            let (mut fields, mut base) = (vec![], None);
            while !parser.at(TokenKind::RBrace) && !parser.recovering {
                if parser.eat(TokenKind::DotDot) {
                    base = Some(Box::new(parser.expr()));
                    parser.eat(TokenKind::Comma);
                    break;
                }
                let name = parser.ident("a field");
                let value = parser.eat(TokenKind::Colon).then(|| parser.expr());
                fields.push(FieldInit { name, value });
                if !parser.eat(TokenKind::Comma) {
                    break;
                }
            }
            parser.expect_closing(TokenKind::RBrace);
            (fields, base)
        });
        self.node(lo, ExprKind::StructLiteral { ty, fields, base })
    }
}

/// The names of a path that [`super::expr`] has recognised.
fn path_names(path: Expr) -> Vec<Ident> {
    let mut names = vec![];
    let mut expr = path;
    loop {
        match expr.kind {
            ExprKind::Member { object, name } | ExprKind::PathMember { object, name } => {
                names.push(name);
                expr = *object;
            }
            ExprKind::Name(name) => {
                names.push(Ident { name, span: expr.span });
                break;
            }
            _ => break,
        }
    }
    names.reverse();
    names
}
