//! The kinds of tokens: one table.
//!
//! A row gives a kind its text (for kinds that are always written alike, else a description) and its [`Class`].
//! Everything that depends on the kind alone (keyword lookup, names in messages, what the parser skips) reads the table.
#![allow(clippy::wildcard_enum_match_arm, reason = "questions about a few of the many kinds")]

use tandem_source::{FileId, Span};

/// What sort of token a kind is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A reserved word.
    Keyword,
    /// An operator, bracket or other punctuation.
    Operator,
    /// A name, literal or part of a string; the text of its row describes it.
    Literal,
    /// Line structure: the end of a statement, of a block, of the file.
    Layout,
    /// Blanks, comments and what was reported and skipped: the parser does not see it.
    Trivia,
}

macro_rules! tokens {
    ($($class:ident { $($kind:ident $text:literal)* })*) => {
        /// The kind of a token.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs)] // the table says what each stands for
        pub enum TokenKind { $($($kind,)*)* }

        impl TokenKind {
            /// All kinds, in the order of the table.
            pub const ALL: &'static [TokenKind] = &[$($(TokenKind::$kind,)*)*];

            /// The text of a keyword or operator, the description of another kind.
            pub fn text(self) -> &'static str {
                match self { $($(TokenKind::$kind => $text,)*)* }
            }

            /// What sort of token it is.
            pub fn class(self) -> Class {
                match self { $($(TokenKind::$kind => Class::$class,)*)* }
            }

            /// The name of the kind, as `tandem dump --stage=tokens` shows it.
            pub fn name(self) -> &'static str {
                match self { $($(TokenKind::$kind => stringify!($kind),)*)* }
            }

            /// The reserved word that is written so.
            pub fn keyword(text: &str) -> Option<TokenKind> {
                tokens!(@keywords text; $($class { $($kind $text)* })*)
            }
        }
    };
    (@keywords $word:ident; Keyword { $($kind:ident $text:literal)* } $($rest:tt)*) => {
        match $word { $($text => Some(TokenKind::$kind),)* _ => None }
    };
}

tokens! {
    Keyword {
        Let "let" Mut "mut" Const "const" Fn "fn" Async "async" Return "return" If "if" Elif "elif" Else "else"
        While "while" Loop "loop" For "for" In "in" Break "break" Continue "continue" Match "match" And "and" Or "or"
        Not "not" Is "is" As "as" Nil "nil" True "true" False "false" Struct "struct" Class "class" Enum "enum"
        Trait "trait" Impl "impl" Use "use" Pub "pub" Yield "yield" Await "await" Spawn "spawn" Defer "defer"
        With "with" Pass "pass" Assert "assert"
    }
    Operator {
        LParen "(" RParen ")" LBracket "[" RBracket "]" LBrace "{" RBrace "}" HashBracket "#["
        Comma "," Dot "." Colon ":" ColonColon "::" Semicolon ";" Question "?" Coalesce "??" Bang "!" At "@"
        Backslash "\\" Arrow "->" FatArrow "=>" DotDot ".." DotDotEq "..="
        Plus "+" Minus "-" Star "*" Slash "/" SlashSlash "//" Percent "%" StarStar "**"
        PlusPercent "+%" MinusPercent "-%" StarPercent "*%" Amp "&" Pipe "|" Caret "^" Tilde "~" Shl "<<" Shr ">>"
        Eq "=" EqEq "==" NotEq "!=" Lt "<" Le "<=" Gt ">" Ge ">="
        PlusEq "+=" MinusEq "-=" StarEq "*=" SlashEq "/=" SlashSlashEq "//=" PercentEq "%=" StarStarEq "**="
        AmpEq "&=" PipeEq "|=" CaretEq "^=" ShlEq "<<=" ShrEq ">>="
    }
    Literal {
        Name "a name" Symbol "a symbol" Int "a number" Float "a number" RawString "a string"
        StrStart "a string" StrText "text" StrEnd "the end of the string"
        InterpStart "{" InterpEnd "}" SpecColon ":" SpecText "a format spec"
    }
    Layout {
        Newline "the end of the line" Indent "an indented line" Dedent "the end of the block" Eof "the end of the file"
    }
    Trivia {
        Whitespace "blanks" LineBreak "a line break" Continuation "a continued line" Comment "a comment"
        DocComment "a documentation comment" Skipped "something unreadable"
    }
}

impl TokenKind {
    /// Whether the parser skips it.
    pub fn is_trivia(self) -> bool {
        self.class() == Class::Trivia
    }

    /// Whether it shapes lines and blocks rather than standing in them.
    pub fn is_layout(self) -> bool {
        self.class() == Class::Layout
    }

    /// Whether an operand may end with it, so that a `:` behind it is punctuation.
    pub fn ends_operand(self) -> bool {
        use TokenKind::*;
        matches!(
            self,
            Name | Symbol
                | Int
                | Float
                | RawString
                | StrEnd
                | Nil
                | True
                | False
                | RParen
                | RBracket
                | RBrace
                | Question
        )
    }

    /// The closing bracket of an opening one.
    pub fn closing(self) -> Option<TokenKind> {
        use TokenKind::*;
        match self {
            LParen => Some(RParen),
            LBracket | HashBracket => Some(RBracket),
            LBrace => Some(RBrace),
            InterpStart => Some(InterpEnd),
            StrStart => Some(StrEnd),
            _ => None,
        }
    }

    /// Whether it closes a bracket, an interpolation or a string.
    pub fn is_closing(self) -> bool {
        use TokenKind::*;
        matches!(self, RParen | RBracket | RBrace | InterpEnd | StrEnd)
    }

    /// The kind as a message names it: `` `if` ``, "a name".
    pub fn describe(self) -> String {
        match self.class() {
            Class::Keyword | Class::Operator => format!("`{}`", self.text()),
            Class::Literal if matches!(self, TokenKind::InterpStart | TokenKind::InterpEnd | TokenKind::SpecColon) => {
                format!("`{}`", self.text())
            }
            Class::Literal | Class::Layout | Class::Trivia => self.text().to_string(),
        }
    }
}

/// A token: its kind and the bytes it covers. Layout tokens, and closing brackets that are missing, cover none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Offset of its first byte.
    pub lo: u32,
    /// Offset behind its last byte.
    pub hi: u32,
}

impl Token {
    /// Its place.
    pub fn span(self, file: FileId) -> Span {
        Span::new(file, self.lo, self.hi)
    }

    /// Its text.
    pub fn text(self, source: &str) -> &str {
        &source[self.lo as usize..self.hi as usize]
    }
}
