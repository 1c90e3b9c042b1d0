//! Expressions as text, with no more parentheses than the language's precedence asks for.

use crate::tree::{Argument, BinaryOp, Expr, Kind, NilTest, Part, Suffix, UnaryOp};
use crate::ty::Type;

/// How tightly an expression holds together: the operator table of the language, loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Conditional,
    Or,
    And,
    Not,
    Comparison,
    Coalesce,
    Range,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Sum,
    Product,
    Unary,
    Power,
    Postfix,
    Atom,
}

impl Level {
    fn tighter(self) -> Level {
        match self {
            Level::Conditional => Level::Or,
            Level::Or => Level::And,
            Level::And => Level::Not,
            Level::Not => Level::Comparison,
            Level::Comparison => Level::Coalesce,
            Level::Coalesce => Level::Range,
            Level::Range => Level::BitOr,
            Level::BitOr => Level::BitXor,
            Level::BitXor => Level::BitAnd,
            Level::BitAnd => Level::Shift,
            Level::Shift => Level::Sum,
            Level::Sum => Level::Product,
            Level::Product => Level::Unary,
            Level::Unary => Level::Power,
            Level::Power => Level::Postfix,
            Level::Postfix | Level::Atom => Level::Atom,
        }
    }
}

/// An expression as it stands between brackets or commas.
pub fn expr(expr: &Expr) -> String {
    at(expr, Level::Conditional)
}

/// An expression as a guard, where `if` would begin another one.
pub fn guard(expr: &Expr) -> String {
    at(expr, Level::Or)
}

/// An expression where at least `level` is needed.
fn at(expr: &Expr, level: Level) -> String {
    let (text, own) = written(expr);
    if own < level { format!("({text})") } else { text }
}

fn binary_level(op: BinaryOp) -> Level {
    match op {
        BinaryOp::Or => Level::Or,
        BinaryOp::And => Level::And,
        BinaryOp::BitOr => Level::BitOr,
        BinaryOp::BitXor => Level::BitXor,
        BinaryOp::BitAnd => Level::BitAnd,
        BinaryOp::ShiftLeft | BinaryOp::ShiftRight => Level::Shift,
        BinaryOp::Add | BinaryOp::Subtract | BinaryOp::WrapAdd | BinaryOp::WrapSubtract => Level::Sum,
        BinaryOp::Multiply
        | BinaryOp::Divide
        | BinaryOp::FloorDivide
        | BinaryOp::Remainder
        | BinaryOp::WrapMultiply
        | BinaryOp::Repeat => Level::Product,
        BinaryOp::Power => Level::Power,
    }
}

fn written(expr: &Expr) -> (String, Level) {
    match &expr.kind {
        Kind::Int(value, suffix) => (int(*value, *suffix, &expr.ty), sign_level(*value < 0)),
        Kind::Float(value) => (float(*value, &expr.ty), sign_level(value.is_sign_negative())),
        Kind::Bool(value) => (value.to_string(), Level::Atom),
        Kind::Str(text) => (format!("\"{}\"", escaped(text)), Level::Atom),
        Kind::Nil => ("nil".to_owned(), Level::Atom),
        Kind::Name(variable) => (variable.name.clone(), Level::Atom),
        Kind::FunctionName(name) => (name.clone(), Level::Atom),
        Kind::Unary(UnaryOp::Not, operand) => (format!("not {}", at(operand, Level::Comparison)), Level::Not),
        Kind::Unary(UnaryOp::Negate, operand) => (format!("-{}", at(operand, Level::Power)), Level::Unary),
        Kind::Unary(UnaryOp::Invert, operand) => (format!("~{}", at(operand, Level::Power)), Level::Unary),
        Kind::Binary(op, left, right) => {
            let level = binary_level(*op);
            // `**` groups to the right, and its right side may carry a unary operator.
            let (left_level, right_level) =
                if *op == BinaryOp::Power { (Level::Postfix, Level::Unary) } else { (level, level.tighter()) };
            (format!("{} {} {}", at(left, left_level), op.text(), at(right, right_level)), level)
        }
        Kind::Compare(operands, operators) => {
            let mut text = at(&operands[0], Level::Coalesce);
            for (op, operand) in operators.iter().zip(&operands[1..]) {
                text += &format!(" {} {}", op.text(), at(operand, Level::Coalesce));
            }
            (text, Level::Comparison)
        }
        Kind::TestNil(NilTest::Bare, operand) => written(operand),
        Kind::TestNil(test, operand) => {
            (format!("{} {}", at(operand, Level::Coalesce), nil_test(*test)), Level::Comparison)
        }
        Kind::Contains(needle, text) => {
            (format!("{} in {}", at(needle, Level::Coalesce), at(text, Level::Coalesce)), Level::Comparison)
        }
        Kind::InRange(value, bound, low, high) => (
            format!(
                "{} in {}{}{}",
                at(value, Level::Coalesce),
                at(low, Level::BitOr),
                bound.text(),
                at(high, Level::BitOr)
            ),
            Level::Comparison,
        ),
        Kind::If(yes, condition, no) => (
            format!("{} if {} else {}", at(yes, Level::Or), at(condition, Level::Or), at(no, Level::Conditional)),
            Level::Conditional,
        ),
        Kind::Call(name, given) => (format!("{name}({})", arguments(given)), Level::Postfix),
        Kind::CallValue(variable, given) => (format!("{}({})", variable.name, list(given)), Level::Postfix),
        Kind::Builtin(builtin, given) => (format!("{}({})", builtin.name(), list(given)), Level::Postfix),
        Kind::Method(method, receiver, given) => {
            (format!("{}.{}({})", self::receiver(receiver), method.name(), list(given)), Level::Postfix)
        }
        Kind::Index(value, index) => (format!("{}[{}]", self::receiver(value), self::expr(index)), Level::Postfix),
        Kind::Slice(value, parts) => (format!("{}[{}]", self::receiver(value), slice(parts)), Level::Postfix),
        Kind::Tuple(elements) if elements.len() == 1 => (format!("({},)", self::expr(&elements[0])), Level::Atom),
        Kind::Tuple(elements) => (format!("({})", list(elements)), Level::Atom),
        Kind::Field(tuple, place) if place % 2 == 0 => (format!("{}.{place}", self::receiver(tuple)), Level::Postfix),
        Kind::Field(tuple, place) => (format!("{}[{place}]", self::receiver(tuple)), Level::Postfix),
        Kind::Coalesce(left, right) => {
            (format!("{} ?? {}", at(left, Level::Coalesce), at(right, Level::Range)), Level::Coalesce)
        }
        Kind::Interpolation(parts) => (interpolation(parts), Level::Atom),
        Kind::Convert(inner) => written(inner),
    }
}

fn sign_level(negative: bool) -> Level {
    if negative { Level::Unary } else { Level::Atom }
}

fn nil_test(test: NilTest) -> &'static str {
    match test {
        NilTest::Equal => "== nil",
        NilTest::NotEqual => "!= nil",
        NilTest::IsNil => "is nil",
        NilTest::IsNotNil => "is not nil",
        NilTest::IsSome => "is Some",
        NilTest::Bare => "",
    }
}

/// What stands before a `.` or `[`.
fn receiver(expr: &Expr) -> String {
    // `7.mod(3)` is a call, but not every number reads well before a point.
    if let Kind::Int(value, Suffix::Omitted) = expr.kind
        && (0..10).contains(&value)
    {
        return value.to_string();
    }
    if matches!(expr.kind, Kind::Int(..) | Kind::Float(_)) {
        return format!("({})", self::expr(expr));
    }
    at(expr, Level::Postfix)
}

fn list(exprs: &[Expr]) -> String {
    exprs.iter().map(expr).collect::<Vec<_>>().join(", ")
}

fn arguments(arguments: &[Argument]) -> String {
    let mut texts = Vec::new();
    for (at, argument) in arguments.iter().enumerate() {
        let value = expr(&argument.value);
        texts.push(match &argument.name {
            Some(name) if at % 2 == 0 => format!("{name} = {value}"),
            Some(name) => format!("{name}: {value}"),
            None => value,
        });
    }
    texts.join(", ")
}

fn slice(parts: &[Option<Expr>; 3]) -> String {
    let part = |part: &Option<Expr>| part.as_ref().map_or(String::new(), |expr| at(expr, Level::Or));
    let [start, stop, step] = parts;
    match step {
        Some(step) => format!("{}:{}:{}", part(start), part(stop), at(step, Level::Or)),
        None => format!("{}:{}", part(start), part(stop)),
    }
}

/// An integer literal, in one of the bases that its value picks.
fn int(value: i128, suffix: Suffix, ty: &Type) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let size = value.unsigned_abs();
    let digits = match size % 11 {
        3 if size > 9 => format!("{size:#x}"),
        5 if size > 9 && size < 256 => format!("{size:#b}"),
        7 if size > 9 && size < 4096 => format!("{size:#o}"),
        8 if size > 999 => format!("{}_{:03}", size / 1000, size % 1000),
        _ => size.to_string(),
    };
    let suffix = match (suffix, ty) {
        (Suffix::Written, Type::Int(width)) => width.suffix(),
        _ => "",
    };
    format!("{sign}{digits}{suffix}")
}

fn float(value: f64, ty: &Type) -> String {
    if *ty == Type::F32 { format!("{:?}f32", value as f32) } else { format!("{value:?}") }
}

/// The content of a string literal.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '{' => out.push_str("{{"),
            '}' => out.push_str("}}"),
            control if control.is_control() => out.push_str(&format!("\\u{{{:x}}}", control as u32)),
            plain => out.push(plain),
        }
    }
    out
}

fn interpolation(parts: &[Part]) -> String {
    let mut out = String::from("\"");
    for part in parts {
        match part {
            Part::Text(text) => out += &escaped(text),
            Part::Value(value, spec) if spec.is_empty() => out += &format!("{{{}}}", expr(value)),
            Part::Value(value, spec) => out += &format!("{{{}:{spec}}}", expr(value)),
        }
    }
    out.push('"');
    out
}
