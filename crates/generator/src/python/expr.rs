//! Expressions in Python.

use super::{Parameters, name};
use crate::tree::{Argument, BinaryOp, Bound, Builtin, Expr, Kind, Method, NilTest, Part, UnaryOp};
use crate::ty::{Type, Width};

/// Prints expressions; knows the parameters, to say named arguments.
#[derive(Clone, Copy)]
pub struct Python<'p> {
    pub parameters: &'p Parameters,
}

impl Python<'_> {
    /// An expression, in parentheses where it needs them.
    pub fn expr(self, expr: &Expr) -> String {
        match &expr.kind {
            Kind::Int(value, _) => format!("({value})"),
            Kind::Float(value) => format!("({value:?})"),
            Kind::Bool(value) => if *value { "True" } else { "False" }.to_owned(),
            Kind::Str(text) => literal(text),
            Kind::Nil => "None".to_owned(),
            Kind::Name(variable) => name(variable),
            Kind::FunctionName(function) => format!("f_{function}"),
            Kind::Unary(op, operand) => self.unary(*op, &expr.ty, operand),
            Kind::Binary(op, left, right) => self.binary(*op, &expr.ty, left, right),
            Kind::Compare(operands, operators) => {
                let operands: Vec<String> =
                    operands.iter().map(|operand| format!("lambda: {}", self.expr(operand))).collect();
                let operators: Vec<String> = operators.iter().map(|op| format!("\"{}\"", op.text())).collect();
                format!("chain([{}], [{}])", operands.join(", "), operators.join(", "))
            }
            Kind::TestNil(NilTest::Equal | NilTest::IsNil, operand) => format!("({} is None)", self.expr(operand)),
            Kind::TestNil(NilTest::NotEqual | NilTest::IsNotNil | NilTest::IsSome | NilTest::Bare, operand) => {
                format!("({} is not None)", self.expr(operand))
            }
            Kind::Contains(needle, text) => format!("({} in {})", self.expr(needle), self.expr(text)),
            Kind::InRange(value, bound, low, high) => {
                let closed = if *bound == Bound::Closed { "True" } else { "False" };
                format!("in_range({}, {}, {}, {closed})", self.expr(value), self.expr(low), self.expr(high))
            }
            Kind::If(yes, condition, no) => {
                format!("({} if {} else {})", self.expr(yes), self.expr(condition), self.expr(no))
            }
            Kind::Call(function, arguments) => format!("f_{function}({})", self.arguments(function, arguments)),
            Kind::CallValue(variable, arguments) => format!("{}({})", name(variable), self.list(arguments)),
            Kind::Builtin(builtin, arguments) => self.builtin(*builtin, &expr.ty, arguments),
            Kind::Method(method, receiver, arguments) => self.method(*method, &expr.ty, receiver, arguments),
            Kind::Index(value, at) => format!("index({}, {})", self.expr(value), self.expr(at)),
            Kind::Slice(value, parts) => {
                let part = |part: &Option<Expr>| part.as_ref().map_or("None".to_owned(), |part| self.expr(part));
                let [start, stop, step] = parts.as_ref();
                format!("cut({}, {}, {}, {})", self.expr(value), part(start), part(stop), part(step))
            }
            Kind::Tuple(elements) => format!("({},)", self.list(elements)),
            Kind::Field(tuple, place) => format!("{}[{place}]", self.expr(tuple)),
            Kind::Coalesce(left, right) => format!("coalesce({}, lambda: {})", self.expr(left), self.expr(right)),
            Kind::Interpolation(parts) => {
                let parts: Vec<String> = parts
                    .iter()
                    .map(|part| match part {
                        Part::Text(text) => literal(text),
                        Part::Value(value, spec) if spec.is_empty() => format!("show({})", self.expr(value)),
                        Part::Value(value, spec) => format!("formatted({}, {})", self.expr(value), literal(spec)),
                    })
                    .collect();
                format!("\"\".join([{}])", parts.join(", "))
            }
            Kind::Convert(inner) if expr.ty == Type::Float => format!("float({})", self.expr(inner)),
            Kind::Convert(inner) => self.expr(inner),
        }
    }

    pub fn list(self, exprs: &[Expr]) -> String {
        exprs.iter().map(|expr| self.expr(expr)).collect::<Vec<_>>().join(", ")
    }

    fn arguments(self, function: &str, arguments: &[Argument]) -> String {
        let texts: Vec<String> = arguments
            .iter()
            .map(|argument| {
                let value = self.expr(&argument.value);
                let named =
                    argument.name.as_ref().and_then(|name| self.parameters.get(&(function.to_owned(), name.clone())));
                named.map_or(value.clone(), |variable| format!("{} = {value}", name(variable)))
            })
            .collect();
        texts.join(", ")
    }

    fn unary(self, op: UnaryOp, ty: &Type, operand: &Expr) -> String {
        let operand = self.expr(operand);
        match (op, ty) {
            (UnaryOp::Not, _) => format!("(not {operand})"),
            (UnaryOp::Negate, Type::Int(width)) => format!("neg(\"{}\", {operand})", width.name()),
            (UnaryOp::Negate, _) => format!("(-{operand})"),
            (UnaryOp::Invert, Type::Int(width)) => format!("inv(\"{}\", {operand})", width.name()),
            (UnaryOp::Invert, _) => format!("(~{operand})"),
        }
    }

    /// An operation on two expressions.
    fn binary(self, op: BinaryOp, ty: &Type, left: &Expr, right: &Expr) -> String {
        operation(op, ty, &self.expr(left), &self.expr(right))
    }

    fn builtin(self, builtin: Builtin, ty: &Type, arguments: &[Expr]) -> String {
        let given = self.list(arguments);
        match (builtin, ty) {
            (Builtin::Abs, Type::Int(width)) => format!("absolute(\"{}\", {given})", width.name()),
            (Builtin::Abs, _) => format!("abs({given})"),
            (Builtin::Min, _) => format!("min({given})"),
            (Builtin::Max, _) => format!("max({given})"),
            (Builtin::Len, _) => format!("len({given})"),
            (Builtin::Ord, _) => format!("ord({given})"),
            (Builtin::Chr, _) => format!("chr({given})"),
            (Builtin::Str, _) => format!("show({given})"),
            (Builtin::Repr, _) => format!("inside({given})"),
            (Builtin::Round, Type::Int(_)) => format!("rounded({given})"),
            (Builtin::Round, _) => format!("round({given})"),
            (Builtin::Float | Builtin::F32, _) => format!("to_float({given})"),
            // The operand is evaluated, its type is known.
            (Builtin::Type, _) => format!("({given}, \"{}\")[1]", arguments[0].ty),
            (Builtin::Some, _) => given,
            (Builtin::Integer(width), _) => format!("to_int(\"{}\", {given})", width.name()),
            (Builtin::Panic, _) => format!("panic({given})"),
            (Builtin::Exit, _) => format!("leave({given})"),
        }
    }

    fn method(self, method: Method, ty: &Type, receiver: &Expr, arguments: &[Expr]) -> String {
        let (on, given) = (self.expr(receiver), self.list(arguments));
        let plain = |name: &str| format!("{on}.{name}({given})");
        match method {
            Method::Mod => {
                let width = if let Type::Int(width) = ty { *width } else { Width::Int };
                format!("mod(\"{}\", {on}, {given})", width.name())
            }
            Method::Wrap(width) => format!("wrapped(\"{}\", {on})", width.name()),
            Method::Find => format!("found({})", plain("find")),
            Method::RightFind => format!("found({})", plain("rfind")),
            Method::ToInt => format!("parsed({on})"),
            Method::ToFloat => format!("parsed_float({on})"),
            Method::Unwrap | Method::Expect => format!("unwrap({on})"),
            Method::UnwrapOr => format!("(lambda x, y: y if x is None else x)({on}, {given})"),
            Method::IsSome => format!("({on} is not None)"),
            Method::IsNone => format!("({on} is None)"),
            Method::Upper
            | Method::Lower
            | Method::Strip
            | Method::LeftStrip
            | Method::RightStrip
            | Method::Replace
            | Method::Count
            | Method::StartsWith
            | Method::EndsWith
            | Method::Split
            | Method::Join => plain(&method.name()),
        }
    }
}

/// An operation on two texts.
pub fn operation(op: BinaryOp, ty: &Type, left: &str, right: &str) -> String {
    let call = |function: &str| match ty {
        Type::Int(width) => format!("{function}(\"{}\", {left}, {right})", width.name()),
        Type::Float | Type::F32 | Type::Bool | Type::Str | Type::Tuple(_) | Type::Option(_) => {
            format!("f{function}({left}, {right})")
        }
    };
    let plain = |symbol: &str| format!("({left} {symbol} {right})");
    let integer = matches!(ty, Type::Int(_));
    match op {
        BinaryOp::Add if integer => call("add"),
        BinaryOp::Subtract if integer => call("sub"),
        BinaryOp::Multiply if integer => call("mul"),
        BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply => plain(op.text()),
        BinaryOp::Divide => call("div"),
        BinaryOp::FloorDivide => call("floordiv"),
        BinaryOp::Remainder => call("rem"),
        BinaryOp::Power => call("power"),
        BinaryOp::WrapAdd => call("wadd"),
        BinaryOp::WrapSubtract => call("wsub"),
        BinaryOp::WrapMultiply => call("wmul"),
        BinaryOp::ShiftLeft => call("shl"),
        BinaryOp::ShiftRight => call("shr"),
        BinaryOp::BitAnd | BinaryOp::BitOr | BinaryOp::BitXor | BinaryOp::And | BinaryOp::Or | BinaryOp::Repeat => {
            plain(op.text())
        }
    }
}

/// A string literal.
pub fn literal(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            ' '..='~' => out.push(character),
            other => out += &format!("\\U{:08x}", other as u32),
        }
    }
    out.push('"');
    out
}
