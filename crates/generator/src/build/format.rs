//! Interpolations and format specs.

use super::Builder;
use super::string::printed_length;
use crate::tree::{Expr, Kind, Part};
use crate::ty::{Type, Width};

impl Builder<'_, '_> {
    /// `"… {value:spec} …"`
    pub(super) fn interpolation(&mut self, depth: usize) -> (Expr, usize) {
        let mut parts = Vec::new();
        let mut length = 0;
        for _ in 0..1 + self.choice.below(3) {
            if self.choice.chance(1, 2) {
                let text = self.choice.pick(&["", " ", "x=", "{", "}", "é", "\"", "[", ": ", "\\n", "\t"]);
                length += text.chars().count();
                parts.push(Part::Text(text.to_owned()));
            }
            let ty = self.ty();
            let value = self.exact(&ty, Self::widest(&ty), depth - 1);
            let spec = if self.choice.chance(1, 2) { self.spec(&ty) } else { String::new() };
            // Texts that a short spec gives are short, but `f` writes out large floats.
            length += printed_length(&ty).max(if spec.is_empty() { 0 } else { 340 });
            parts.push(Part::Value(value, spec));
        }
        (Expr::new(Type::Str, Kind::Interpolation(parts)), length)
    }

    /// A spec that fits values of this type: `[[fill]align][sign][#][0][width][,][.precision][type]`
    fn spec(&mut self, ty: &Type) -> String {
        let mut spec = String::new();
        let numeric = matches!(ty, Type::Int(_) | Type::Float | Type::F32);
        if self.choice.chance(1, 2) {
            if self.choice.chance(1, 2) {
                spec.push_str(self.choice.pick(&["*", "é", " ", "0", "-", "<"]));
            }
            let aligns: &[&str] = if numeric { &["<", ">", "^", "="] } else { &["<", ">", "^"] };
            spec.push_str(self.choice.pick(aligns));
        }
        match ty {
            Type::Int(_) => self.integer_spec(&mut spec),
            Type::Float | Type::F32 => {
                self.sign_and_width(&mut spec);
                if self.choice.chance(1, 4) {
                    spec.push(',');
                }
                self.precision(&mut spec);
                spec.push_str(self.choice.pick(&["", "f", "e", "g", "%"]));
            }
            Type::Str => {
                self.width(&mut spec);
                self.precision(&mut spec);
                spec.push_str(self.choice.pick(&["", "s"]));
            }
            Type::Bool | Type::Tuple(_) | Type::Option(_) => self.width(&mut spec),
        }
        spec
    }

    fn integer_spec(&mut self, spec: &mut String) {
        self.sign_and_width(spec);
        match self.choice.pick(&["", "d", "x", "X", "b", "o", "e", "f", "g", "%"]) {
            kind @ ("x" | "X" | "b" | "o") => spec.push_str(kind),
            kind @ ("e" | "f" | "g" | "%") => {
                if self.choice.chance(1, 4) {
                    spec.push(',');
                }
                self.precision(spec);
                spec.push_str(kind);
            }
            kind => {
                if self.choice.chance(1, 4) {
                    spec.push(',');
                }
                spec.push_str(kind);
            }
        }
    }

    fn sign_and_width(&mut self, spec: &mut String) {
        spec.push_str(self.choice.pick(&["", "", "+", " ", "-"]));
        if self.choice.chance(1, 5) {
            spec.push('#');
        }
        if self.choice.chance(1, 4) {
            spec.push('0');
        }
        self.width(spec);
    }

    fn width(&mut self, spec: &mut String) {
        if self.choice.chance(2, 3) {
            let width = 1 + self.choice.below(14);
            spec.push_str(&width.to_string());
        }
    }

    fn precision(&mut self, spec: &mut String) {
        if self.choice.chance(1, 2) {
            let precision = self.choice.below(9);
            spec.push_str(&format!(".{precision}"));
        }
    }

    /// An interpolation that shows several names.
    pub(super) fn names_shown(&mut self) -> Expr {
        let mut parts = vec![Part::Text("names".to_owned())];
        for ty in [Type::Int(Width::Int), Type::Float, Type::Str, Type::Bool] {
            if let Some((name, _)) = self.name_of(&ty) {
                parts.push(Part::Text(" ".to_owned()));
                parts.push(Part::Value(name, String::new()));
            }
        }
        Expr::new(Type::Str, Kind::Interpolation(parts))
    }
}
