//! Strings. Every expression comes with the most characters that it can have, so that loops do not grow them without
//! end.

use super::Builder;
use crate::Interval;
use crate::scope::Domain;
use crate::tree::{BinaryOp, Builtin, Expr, Kind, Method};
use crate::ty::{Type, Width};

/// Texts with what parts engines: empty, blanks, quotes, braces, escapes, several bytes a character, combining marks,
/// changes of case that change the length.
const TEXTS: [&str; 28] = [
    "",
    "a",
    "ab",
    "abc",
    "xyz",
    "hello",
    " ",
    "  pad ",
    "a,b,,c",
    "é",
    "日本語",
    "😀",
    "a😀b",
    "ß",
    "Ünï",
    "e\u{301}",
    "\n",
    "tab\there",
    "\"quoted\"",
    "back\\slash",
    "{}",
    "{x}",
    "0",
    "-12",
    "007",
    "12x",
    "Zz",
    "\u{1}",
];

/// Short texts without blanks, to search for and to split at.
const PARTS: [&str; 10] = ["a", "b", ",", "l", "é", "本", "ab", "0", "😀", "x"];

impl Builder<'_, '_> {
    /// A string of at most so many characters.
    pub(super) fn string_within(&mut self, length: usize, depth: usize) -> Expr {
        let (expr, most) = self.string(depth);
        if most <= length {
            return expr;
        }
        if let Kind::Str(text) = &expr.kind {
            return Expr::str(text.chars().take(length).collect::<String>());
        }
        let end = Some(Expr::int(length as i128, Width::Int));
        Expr::new(Type::Str, Kind::Slice(Box::new(expr), Box::new([None, end, None])))
    }

    /// A string, and the most characters that it has.
    pub(super) fn string(&mut self, depth: usize) -> (Expr, usize) {
        if self.choice.exhausted() {
            return (Expr::str("z"), 1);
        }
        if self.choice.chance(2, 5)
            && let Some((expr, Domain::Length(length))) = self.common(&Type::Str, depth)
        {
            return (expr, length);
        }
        if depth == 0 {
            if self.choice.chance(1, 2)
                && let Some((expr, Domain::Length(length))) = self.name_of(&Type::Str)
            {
                return (expr, length);
            }
            let text = self.choice.pick(&TEXTS);
            return (Expr::str(text), text.chars().count());
        }
        match self.choice.below(14) {
            0..=2 => self.interpolation(depth),
            3..=4 => {
                let (left, first) = self.string(depth - 1);
                let (right, second) = self.string(depth - 1);
                (Expr::binary(BinaryOp::Add, Type::Str, left, right), first + second)
            }
            5 => {
                let text = self.string_within(20, depth - 1);
                let wanted = self.small();
                let count = self.int_within(Width::Int, Interval::new(-1, wanted.high), depth - 1);
                (Expr::binary(BinaryOp::Repeat, Type::Str, text, count), 20 * wanted.high as usize)
            }
            6..=7 => self.slice(depth),
            8 => (self.character(depth), 1),
            9 => self.text_of_value(depth),
            10 => self.joined(depth),
            _ => self.transformed(depth),
        }
    }

    /// A text to search for.
    pub(super) fn short_text(&mut self) -> String {
        self.choice.pick(&PARTS).to_owned()
    }

    /// A string of one character: an element of a string that has one, or of a code point.
    pub(super) fn character(&mut self, depth: usize) -> Expr {
        let text = self.string_within(10, 0);
        match self.choice.below(3) {
            0 => {
                let base = Expr::int(self.choice.pick(&[97, 65, 0x3B1, 0x4E00, 0x1F600]), Width::Int);
                let offset = self.int_within(Width::Int, Interval::new(0, 25), depth.saturating_sub(1));
                let code = Expr::binary(BinaryOp::Add, Type::INT, base, offset);
                Expr::new(Type::Str, Kind::Builtin(Builtin::Chr, vec![code]))
            }
            1 => {
                // `(s + "x")[i.mod(len(s) + 1)]` is in bounds.
                let (index, _) = self.int(Width::Int, depth.saturating_sub(1));
                let length = Expr::new(Type::INT, Kind::Builtin(Builtin::Len, vec![text.clone()]));
                let one = Expr::int(1, Width::Int);
                let bound = Expr::binary(BinaryOp::Add, Type::INT, length, one);
                let index = Expr::new(Type::INT, Kind::Method(Method::Mod, Box::new(index), vec![bound]));
                let text = Expr::binary(BinaryOp::Add, Type::Str, text, Expr::str("x"));
                Expr::new(Type::Str, Kind::Index(Box::new(text), Box::new(index)))
            }
            _ => {
                let index = Expr::int(self.choice.pick(&[0, -1, 1, 2, -3]), Width::Int);
                let text = Expr::str(self.choice.pick(&["abc", "日本語", "a😀b", "e\u{301}x"]));
                if self.risks() {
                    let (index, _) = self.int(Width::Int, depth.saturating_sub(1));
                    return Expr::new(Type::Str, Kind::Index(Box::new(text), Box::new(index)));
                }
                Expr::new(Type::Str, Kind::Index(Box::new(text), Box::new(index)))
            }
        }
    }

    /// `s[a:b:c]`, with ends anywhere.
    fn slice(&mut self, depth: usize) -> (Expr, usize) {
        let (text, length) = self.string(depth - 1);
        let end = |builder: &mut Self| match builder.choice.below(4) {
            0 => None,
            1 => Some(builder.int(Width::Int, depth - 1).0),
            _ => Some(builder.int_literal(Width::Int, Interval::new(-6, 6)).0),
        };
        let (start, stop) = (end(self), end(self));
        let step = match self.choice.below(4) {
            0 => Some(Expr::int(self.choice.pick(&[2, -1, 3, -2, 1, i128::from(i64::MAX)]), Width::Int)),
            1 => Some(self.nonzero_step(depth)),
            _ => None,
        };
        (Expr::new(Type::Str, Kind::Slice(Box::new(text), Box::new([start, stop, step]))), length)
    }

    fn nonzero_step(&mut self, depth: usize) -> Expr {
        let (value, _) = self.int(Width::Int, depth - 1);
        Expr::binary(BinaryOp::BitOr, Type::INT, value, Expr::int(1, Width::Int))
    }

    /// `str(x)`, `repr(x)`, `type(x)`
    fn text_of_value(&mut self, depth: usize) -> (Expr, usize) {
        let builtin = self.choice.pick(&[Builtin::Str, Builtin::Repr, Builtin::Type]);
        let ty = if builtin == Builtin::Type {
            match self.choice.below(4) {
                0 => Type::Int(self.choice.pick(&Width::ALL)),
                1 => Type::Float,
                2 => Type::Bool,
                _ => Type::Str,
            }
        } else {
            self.ty()
        };
        let value = self.exact(&ty, Self::widest(&ty), depth - 1);
        (Expr::new(Type::Str, Kind::Builtin(builtin, vec![value])), printed_length(&ty))
    }

    /// Parts of a string: `t.join(s.split(u))`, `s.split(u)[0]`
    fn joined(&mut self, depth: usize) -> (Expr, usize) {
        let (text, length) = self.string(depth - 1);
        let arguments = if self.choice.chance(1, 2) { vec![Expr::str(self.short_text())] } else { vec![] };
        let blanks = arguments.is_empty();
        let parts = Expr::new(Type::Str, Kind::Method(Method::Split, Box::new(text), arguments));
        match self.choice.below(3) {
            0 if !blanks => {
                let zero = Expr::int(self.choice.pick(&[0, -1]), Width::Int);
                (Expr::new(Type::Str, Kind::Index(Box::new(parts), Box::new(zero))), length)
            }
            1 => {
                let count = Expr::new(Type::INT, Kind::Builtin(Builtin::Len, vec![parts]));
                (Expr::new(Type::Str, Kind::Builtin(Builtin::Str, vec![count])), 4)
            }
            _ => {
                let between = self.string_within(3, 0);
                let kind = Kind::Method(Method::Join, Box::new(between), vec![parts]);
                (Expr::new(Type::Str, kind), length * 4)
            }
        }
    }

    /// By a method that gives a string.
    fn transformed(&mut self, depth: usize) -> (Expr, usize) {
        let (text, length) = self.string(depth - 1);
        let method = self.choice.pick(&[
            Method::Upper,
            Method::Lower,
            Method::Strip,
            Method::LeftStrip,
            Method::RightStrip,
            Method::Replace,
        ]);
        let strips = matches!(method, Method::Strip | Method::LeftStrip | Method::RightStrip);
        let (arguments, most) = if method == Method::Replace {
            let from = Expr::str(self.short_text());
            let to = self.string_within(6, 0);
            (vec![from, to], length * 6)
        } else if strips && self.choice.chance(1, 3) {
            (vec![Expr::str(self.choice.pick(&["ab", "x", " é", "0-"]))], length)
        } else {
            // `"ß".upper()` has two characters; some have three.
            (vec![], length * 3)
        };
        (Expr::new(Type::Str, Kind::Method(method, Box::new(text), arguments)), most)
    }
}

/// The most characters that a value of this type prints as, also inside a collection, where control characters take
/// several.
pub(super) fn printed_length(ty: &Type) -> usize {
    match ty {
        Type::Int(_) => 20,
        Type::Float | Type::F32 => 25,
        Type::Bool => 5,
        Type::Str => super::LENGTH * 6 + 2,
        Type::Tuple(elements) => 3 + elements.iter().map(|element| printed_length(element) + 2).sum::<usize>(),
        Type::Option(inner) => printed_length(inner).max(3),
    }
}
