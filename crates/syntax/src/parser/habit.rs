//! What other languages write: recognised, so that the message can say how it is written here.
//!
//! A word counts as one of another language only where it makes no sense otherwise, and where the file declares no such
//! name: `def`, `import` and `null` are names like any other.

use super::Parser;
use super::stmt::Level;
use crate::ast::StmtKind;
use crate::error;
use crate::token::TokenKind;

impl<'s> Parser<'s> {
    /// Statements that begin with a word of another language: `def f():`, `var x = 1`, `import a`.
    pub(super) fn foreign_statement(&mut self, level: Level) -> Option<StmtKind> {
        let word: &'s str = self.token_text(0);
        let next = self.peek(1);
        let behind = self.spaced(1);
        let named = next == TokenKind::Name && behind;
        if named && matches!(word, "def" | "function" | "func" | "fun") && self.signature_follows() {
            self.report(error::foreign_fn(self.here(), word));
            self.tokens[self.at].kind = TokenKind::Fn;
            return self.item(level);
        }
        let operand = behind && super::expr::starts_expr(next) && next != TokenKind::LParen;
        let hint = foreign_statement_hint(word)?;
        let begins = match word {
            "try" | "do" | "finally" | "begin" => {
                next == TokenKind::Colon && self.peek(2) == TokenKind::Newline || next == TokenKind::LBrace
            }
            "from" => named && self.line_has("import"),
            "case" => operand && self.line_has(":"),
            "switch" | "unless" | "until" | "foreach" | "elseif" | "elsif" | "except" | "catch" => {
                (operand || next == TokenKind::LParen && behind) && (self.line_has(":") || self.line_has("{"))
            }
            "raise" | "throw" | "del" | "delete" | "global" | "nonlocal" => operand,
            _ => named,
        };
        if !begins || self.declares(word) {
            return None;
        }
        let here = self.here();
        if matches!(word, "elseif" | "elsif" | "case") {
            self.error(error::belongs_to_nothing(here, word));
            return Some(StmtKind::Error);
        }
        // Where ours differs by its first word only, the statement is read as ours.
        let ours = match word {
            "switch" => TokenKind::Match,
            "unless" => TokenKind::If,
            "until" => TokenKind::While,
            "foreach" => TokenKind::For,
            _ => {
                self.error(error::foreign_word(here, word, hint));
                return Some(StmtKind::Error);
            }
        };
        self.report(error::foreign_word(here, word, hint));
        self.tokens[self.at].kind = ours;
        Some(self.statement(level).kind)
    }

    /// Whether `def name` goes on as the header of a function does.
    fn signature_follows(&self) -> bool {
        let mut depth = 0_u32;
        for ahead in 2..256 {
            match self.peek(ahead) {
                TokenKind::LParen => depth += 1,
                TokenKind::RParen if depth > 1 => depth -= 1,
                TokenKind::RParen => {
                    let block = self.peek(ahead + 1) == TokenKind::Newline && self.peek(ahead + 2) == TokenKind::Indent;
                    return block
                        || matches!(self.peek(ahead + 1), TokenKind::Colon | TokenKind::Arrow | TokenKind::LBrace);
                }
                TokenKind::Newline | TokenKind::Eof => return false,
                _ if depth == 0 => return false,
                _ => {}
            }
        }
        false
    }

    /// Whether the file declares a name that other languages use as a statement word.
    fn declares(&mut self, word: &'s str) -> bool {
        if let Some(known) = self.declared_words.get(word) {
            return *known;
        }
        let declared = self.tokens.windows(3).any(|window| {
            let [before, name, behind] = window else { return false };
            name.kind == TokenKind::Name
                && &self.text[name.lo as usize..name.hi as usize] == word
                && (matches!(before.kind, TokenKind::Fn | TokenKind::Let | TokenKind::Mut | TokenKind::As)
                    || matches!(before.kind, TokenKind::For | TokenKind::Comma | TokenKind::LParen | TokenKind::LBrace)
                    || behind.kind == TokenKind::Eq)
        });
        self.declared_words.insert(word, declared);
        declared
    }

    /// Whether `word` stands on the line, not far from its start.
    fn line_has(&self, word: &str) -> bool {
        (1..64).take_while(|ahead| self.peek(*ahead) != TokenKind::Newline).any(|ahead| self.token_text(ahead) == word)
    }

    /// Reports `True`, `null` and the like where the module declares no such name.
    pub(super) fn report_foreign_literals(&mut self) {
        for span in std::mem::take(&mut self.foreign) {
            let word = self.source(span);
            if let Some(ours) = foreign_literal(word)
                && !self.declared.contains(word)
            {
                self.diagnostics.push(error::foreign_literal(span, word, ours));
            }
        }
    }
}

/// What to write in place of a statement word of another language.
fn foreign_statement_hint(word: &str) -> Option<&'static str> {
    Some(match word {
        "var" | "val" | "auto" | "my" | "local" => "write `let name = value`, or `let mut` if it changes",
        "import" | "include" | "require" | "from" => "write `use module` or `use module.{name}`",
        "try" | "except" | "catch" | "finally" => {
            "errors are values: `Result`, postfix `?`, and `defer` for cleaning up"
        }
        "raise" | "throw" => "return `Err(…)`, or call `panic(…)`",
        "switch" => "write `match value:` with arms",
        "unless" => "write `if not …:`",
        "until" => "write `while not …:`",
        "do" | "begin" => "write `loop:` with `break`",
        "foreach" => "write `for x in …:`",
        "del" | "delete" => "write `d.remove(key)`",
        "global" | "nonlocal" => "a function may assign to the variables around it without saying so",
        "interface" | "protocol" => "write `trait Name:`",
        "elseif" | "elsif" | "case" => "",
        _ => return None,
    })
}

/// The literal that a word of other languages stands for.
pub(super) fn foreign_literal(word: &str) -> Option<&'static str> {
    match word {
        "True" | "TRUE" => Some("true"),
        "False" | "FALSE" => Some("false"),
        "null" | "NULL" | "undefined" => Some("nil"),
        _ => None,
    }
}
