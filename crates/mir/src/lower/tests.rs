//! Lowering of small programs, built by hand; what they do is tested by the corpus.

use tandem_frontend::hir::{
    Arm, BinaryOp, Block, Body, CompareOp, Coverage, Expr, ExprKind, FnId, Form, FormatPart, Function, Iterable, Local,
    LocalId, LoopId, Pattern, PatternKind, Program, Sink, Stmt,
};
use tandem_frontend::ty::{IntTy, Ty, TyKind, Types};
use tandem_runtime::image::FrameVisibility;
use tandem_source::{FileId, Span};

use super::*;
use crate::{EntityRef, PrimaryMap, Terminator, ssa, text};

/// A function in the making; every expression gets a place of its own.
struct Source {
    types: Types,
    locals: PrimaryMap<LocalId, Local>,
    places: u32,
}

impl Source {
    fn new() -> Self {
        Source { types: Types::default(), locals: PrimaryMap::new(), places: 0 }
    }

    fn ty(&mut self, kind: TyKind) -> Ty {
        self.types.intern(kind)
    }

    fn int(&mut self) -> Ty {
        self.ty(TyKind::Int(IntTy::I64))
    }

    fn span(&mut self) -> Span {
        self.places += 1;
        Span::new(FileId(0), self.places, self.places)
    }

    fn expr(&mut self, ty: TyKind, kind: ExprKind) -> Expr {
        let ty = self.ty(ty);
        Expr { kind, ty, span: self.span() }
    }

    fn number(&mut self, value: i64) -> Expr {
        self.expr(TyKind::Int(IntTy::I64), ExprKind::Int(value))
    }

    fn local(&mut self, ty: TyKind) -> LocalId {
        let (ty, span) = (self.ty(ty), self.span());
        self.locals.push(Local { name: String::new(), ty, span })
    }

    fn read(&mut self, local: LocalId) -> Expr {
        let ty = self.locals[local].ty;
        Expr { kind: ExprKind::Local(local), ty, span: self.span() }
    }

    fn binary(&mut self, op: BinaryOp, lhs: Expr, rhs: Expr) -> Expr {
        let ty = lhs.ty;
        Expr { kind: ExprKind::Binary { op, lhs: Box::new(lhs), rhs: Box::new(rhs) }, ty, span: self.span() }
    }

    fn compare(&mut self, op: CompareOp, lhs: Expr, rhs: Expr) -> Expr {
        self.expr(TyKind::Bool, ExprKind::Compare { op, lhs: Box::new(lhs), rhs: Box::new(rhs) })
    }

    fn pattern(&mut self, ty: Ty, kind: PatternKind) -> Pattern {
        Pattern { kind, ty, span: self.span() }
    }

    /// A program of `<script>`, which calls nothing, and this function.
    fn program(mut self, params: &[LocalId], result: Ty, body: Expr) -> Program {
        let zero = self.number(0);
        let (int, span) = (self.int(), self.span());
        let mut functions = PrimaryMap::new();
        functions.push(Function {
            name: "f".into(),
            visibility: FrameVisibility::Shown,
            params: params.to_vec(),
            result,
            locals: self.locals,
            body: Body::Expr(body),
            span,
        });
        let entry = functions.push(Function {
            name: "<script>".into(),
            visibility: FrameVisibility::Shown,
            params: Vec::new(),
            result: int,
            locals: PrimaryMap::new(),
            body: Body::Expr(zero),
            span,
        });
        Program { types: self.types, functions, globals: PrimaryMap::new(), declarations: PrimaryMap::new(), entry }
    }
}

/// Lowers, checks both forms and the optimised one, and gives the slots of the function as text, without places.
fn lowered(program: &Program) -> String {
    let slots = lower(program);
    let mut values = ssa::build(&slots);
    opt::optimize(&mut values);
    let printed = text::print(&slots);
    let again = text::parse::<Reg>(&printed).unwrap_or_else(|error| panic!("{error}\n{printed}"));
    assert_eq!(printed, text::print(&again));
    let function = text::print_function(&slots, crate::FnId::new(0));
    function.lines().map(|line| line.split(" @").next().unwrap_or(line).trim()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_self_call_in_tail_position_is_a_jump() {
    let mut s = Source::new();
    let (n, total) = (s.local(TyKind::Int(IntTy::I64)), s.local(TyKind::Int(IntTy::I64)));
    let (a, zero) = (s.read(n), s.number(0));
    let condition = s.compare(CompareOp::Eq, a, zero);
    let then = s.read(total);
    let (a, one) = (s.read(n), s.number(1));
    let first = s.binary(BinaryOp::Sub, a, one);
    let (a, b) = (s.read(total), s.read(n));
    let second = s.binary(BinaryOp::Add, a, b);
    let int = TyKind::Int(IntTy::I64);
    let call = s.expr(int.clone(), ExprKind::Call { function: FnId::new(0), args: vec![first, second] });
    let body = s.expr(
        int,
        ExprKind::If { condition: Box::new(condition), then: Box::new(then), otherwise: Some(Box::new(call)) },
    );
    let int = s.int();
    assert_eq!(
        lowered(&s.program(&[n, total], int, body)),
        "fn fn0 name0(r0: int, r1: int) -> int {\n\
         block0:\n\
         jump block1\n\
         block1:\n\
         r2 = int 0\n\
         r3 = int.eq r0, r2\n\
         branch r3, block2, block3\n\
         block2:\n\
         return r1\n\
         block3:\n\
         r4 = int 1\n\
         r5 = int.sub r0, r4\n\
         r6 = int.add r1, r0\n\
         r0 = copy r5\n\
         r1 = copy r6\n\
         wait\n\
         jump block1\n\
         }"
    );
}

#[test]
fn a_closed_range_is_tested_before_it_steps() {
    let mut s = Source::new();
    let (end, sum, i) =
        (s.local(TyKind::Int(IntTy::I64)), s.local(TyKind::Int(IntTy::I64)), s.local(TyKind::Int(IntTy::I64)));
    let (start, limit) = (s.number(1), s.read(end));
    let range = s.expr(
        TyKind::Range,
        ExprKind::Range { start: Box::new(start), end: Box::new(limit), step: None, closed: true },
    );
    let (a, b) = (s.read(sum), s.read(i));
    let value = s.binary(BinaryOp::Add, a, b);
    let set = s.expr(TyKind::Nil, ExprKind::SetLocal { local: sum, value: Box::new(value) });
    let kind = ExprKind::For {
        id: LoopId::new(0),
        binding: i,
        iterable: Iterable::Range(Box::new(range)),
        body: Box::new(set),
    };
    let turns = s.expr(TyKind::Nil, kind);
    let (zero, result) = (s.number(0), s.read(sum));
    let block =
        Block { stmts: vec![Stmt::Let { local: sum, value: zero }, Stmt::Expr(turns)], value: Some(Box::new(result)) };
    let body = s.expr(TyKind::Int(IntTy::I64), ExprKind::Block(block));
    let int = s.int();
    assert_eq!(
        lowered(&s.program(&[end], int, body)),
        "fn fn0 name0(r0: int) -> int {\n\
         block0:\n\
         r1 = int 0\n\
         r2 = int 1\n\
         r4 = int 1\n\
         r3 = copy r2\n\
         r5 = int.le r3, r0\n\
         branch r5, block1, block2\n\
         block1:\n\
         r1 = int.add r1, r3\n\
         r6 = int.lt r3, r0\n\
         r3 = int.wrap_add r3, r4\n\
         wait\n\
         branch r6, block1, block2\n\
         block2:\n\
         return r1\n\
         }"
    );
}

#[test]
fn a_shift_count_is_checked_in_front_of_a_cold_block() {
    let mut s = Source::new();
    let (x, n) = (s.local(TyKind::Int(IntTy::I32)), s.local(TyKind::Int(IntTy::I64)));
    let (a, b) = (s.read(x), s.read(n));
    let body = s.binary(BinaryOp::Shl, a, b);
    let ty = s.ty(TyKind::Int(IntTy::I32));
    assert_eq!(
        lowered(&s.program(&[x, n], ty, body)),
        "fn fn0 name0(r0: int, r1: int) -> int {\n\
         block0:\n\
         r2 = int 32\n\
         r3 = uint.lt r1, r2\n\
         branch r3, block1, block2\n\
         block1:\n\
         r7 = int.shl r0, r1\n\
         r8 = int.sign_extend_32 r7\n\
         return r8\n\
         block2 cold:\n\
         r4 = string const0\n\
         call rt_fmt_str(r4)\n\
         call rt_fmt_int(r1)\n\
         r5 = string const1\n\
         call rt_fmt_str(r5)\n\
         r6 = call rt_fmt_take()\n\
         fail R0005 r6\n\
         }"
    );
}

#[test]
fn a_variable_read_before_a_change_keeps_its_value() {
    let mut s = Source::new();
    let x = s.local(TyKind::Int(IntTy::I64));
    let five = s.number(5);
    let set = s.expr(TyKind::Nil, ExprKind::SetLocal { local: x, value: Box::new(five) });
    let (before, after) = (s.read(x), s.read(x));
    let block = Block { stmts: vec![Stmt::Expr(set)], value: Some(Box::new(after)) };
    let changed = s.expr(TyKind::Int(IntTy::I64), ExprKind::Block(block));
    let body = s.binary(BinaryOp::Add, before, changed);
    let int = s.int();
    let found = lowered(&s.program(&[x], int, body));
    assert!(found.contains("r1 = copy r0\nr0 = int 5\nr2 = int.add r1, r0"), "{found}");
}

#[test]
fn large_tuples_are_boxed_and_compared_lexicographically() {
    let mut s = Source::new();
    let (int, string) = (s.int(), s.ty(TyKind::Str));
    let kind = TyKind::Tuple(vec![int, int, string, int, int]);
    let (a, b) = (s.local(kind.clone()), s.local(kind));
    let (lhs, rhs) = (s.read(a), s.read(b));
    let body = s.compare(CompareOp::Ge, lhs, rhs);
    let bool = s.ty(TyKind::Bool);
    let found = lowered(&s.program(&[a, b], bool, body));
    assert!(found.starts_with("fn fn0 name0(r0: ref, r1: ref) -> bool {"), "{found}");
    assert_eq!(found.matches("= field r1, shape0").count(), 5);
    assert!(found.contains("call rt_string_compare(") && found.contains("call rt_string_eq("), "{found}");
}

#[test]
fn options_of_references_are_references_unless_these_may_be_null() {
    let mut types = Types::default();
    let string = types.intern(TyKind::Str);
    let option = types.intern(TyKind::Option(string));
    let single = types.intern(TyKind::Tuple(vec![string]));
    let single_option = types.intern(TyKind::Tuple(vec![option]));
    let bool = types.intern(TyKind::Bool);
    let mut lanes = |kind: TyKind| {
        let ty = types.intern(kind);
        lanes_of(&types, ty).to_vec()
    };
    use crate::Lane::{Bool, Ref};
    assert_eq!(lanes(TyKind::Option(string)), [Ref]);
    assert_eq!(lanes(TyKind::Option(single)), [Ref]);
    assert_eq!(lanes(TyKind::Option(single_option)), [Ref, Bool]);
    assert_eq!(lanes(TyKind::Option(bool)), [Bool, Bool]);
    assert_eq!(lanes(TyKind::Tuple(vec![option, bool, bool, bool])), [Ref, Bool, Bool, Bool]);
    assert_eq!(lanes(TyKind::Tuple(vec![option, bool, bool, bool, bool])), [Ref]);
}

#[test]
fn matches_try_patterns_in_order() {
    let mut s = Source::new();
    let (int, bool) = (s.int(), s.ty(TyKind::Bool));
    let option = s.ty(TyKind::Option(int));
    let kind = TyKind::Tuple(vec![option, bool]);
    let (x, bound) = (s.local(kind.clone()), s.local(TyKind::Int(IntTy::I64)));
    let pair = s.ty(kind);
    let inner = s.pattern(int, PatternKind::Bind { local: bound, inner: None });
    let some = s.pattern(option, PatternKind::Some(Box::new(inner)));
    let truth = s.expr(TyKind::Bool, ExprKind::Bool(true));
    let truth = s.pattern(bool, PatternKind::Equal(Box::new(truth)));
    let first = s.pattern(pair, PatternKind::Tuple(vec![some, truth]));
    let second = s.pattern(pair, PatternKind::Wildcard);
    let (guard_left, zero, body, other) = (s.read(bound), s.number(0), s.read(bound), s.number(-1));
    let guard = s.compare(CompareOp::Gt, guard_left, zero);
    let scrutinee = s.read(x);
    let arms =
        vec![Arm { pattern: first, guard: Some(guard), body }, Arm { pattern: second, guard: None, body: other }];
    let kind = ExprKind::Match { scrutinee: Box::new(scrutinee), arms, coverage: Coverage::Exhaustive };
    let body = s.expr(TyKind::Int(IntTy::I64), kind);
    assert_eq!(
        lowered(&s.program(&[x], int, body)),
        "fn fn0 name0(r0: int, r1: bool, r2: bool) -> int {\n\
         block0:\n\
         branch r1, block1, block4\n\
         block1:\n\
         r3 = copy r0\n\
         branch r2, block2, block4\n\
         block2:\n\
         r4 = int 0\n\
         r5 = int.lt r4, r3\n\
         branch r5, block3, block4\n\
         block3:\n\
         return r3\n\
         block4:\n\
         r6 = int -1\n\
         return r6\n\
         }"
    );
}

#[test]
fn what_may_change_becomes_text_at_once() {
    let mut s = Source::new();
    let int = s.int();
    let array = s.local(TyKind::Array(int));
    let (value, items) = (s.read(array), s.number(1));
    let literal = s.expr(TyKind::Array(int), ExprKind::Array(vec![items]));
    let part = |value| FormatPart::Value { value, form: Form::Display, spec: None };
    let parts = vec![part(value), FormatPart::Text(" ".into()), part(literal)];
    let body = s.expr(TyKind::Nil, ExprKind::Format { parts, sink: Sink::StandardOutput });
    let nil = s.ty(TyKind::Nil);
    let found = lowered(&s.program(&[array], nil, body));
    let order: Vec<&str> = found.lines().filter_map(|line| line.split_once("call ")).map(|(_, call)| call).collect();
    assert_eq!(
        order,
        [
            "rt_fmt_array(r0)",
            "rt_fmt_take()",
            "rt_array_new(r4, r3)",
            "rt_array_push_int(r5, r2)",
            "rt_fmt_str(r1)",
            "rt_fmt_str(r6)",
            "rt_fmt_array(r5)",
            "rt_fmt_print()"
        ]
    );
}

#[test]
fn what_does_not_come_back_ends_the_function() {
    let mut s = Source::new();
    let x = s.local(TyKind::Int(IntTy::I64));
    let fail = s.expr(TyKind::Never, ExprKind::Fail { fault: tandem_runtime::Fault::Panic, message: None });
    let a = s.read(x);
    let body = s.binary(BinaryOp::Add, a, fail);
    let int = s.int();
    let program = s.program(&[x], int, body);
    let slots = lower(&program);
    let function = &slots.functions[crate::FnId::new(0)];
    assert_eq!(function.blocks.len(), 1);
    assert!(matches!(function.blocks[crate::BlockId::new(0)].terminator, Terminator::Fail { .. }));
}
