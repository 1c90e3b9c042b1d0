//! Checking one instance: passes over its body until the types of its locals are stable.

use cranelift_entity::PrimaryMap;
use rustc_hash::FxHashMap;
use tandem_runtime::ffi;
use tandem_runtime::image::FrameVisibility;
use tandem_source::{Diagnostic, Span};
use tandem_syntax::ast::{self, ParamKind};

use super::flow::Flow;
use super::local::{Kind, LocalInfo, Scope};
use super::loops::LoopCx;
use super::{Cx, Key, PASS_LIMIT, Role};
use crate::errors::{self, types::Because};
use crate::hir::{self, Body, Expr, ExprKind, FnId, LocalId, LoopId, Stmt};
use crate::resolve::ModuleId;
use crate::ty::{Source, Ty, TyKind, join, join_all};

/// What code is being checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Script,
    Function,
    /// `main`, whose `return` gives the exit status.
    Main,
    Const,
}

/// The checker of one function.
pub(super) struct FnCx<'c, 's> {
    pub(super) cx: &'c mut Cx<'s>,
    pub(super) module: ModuleId,
    pub(super) place: Place,
    pub(super) locals: PrimaryMap<LocalId, hir::Local>,
    pub(super) info: Vec<LocalInfo>,
    pub(super) scopes: Vec<Scope>,
    pub(super) flow: Flow,
    pub(super) loops: Vec<LoopCx>,
    next_loop: u32,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) calls: Vec<FnId>,
    /// Types that the next pass starts from, by place.
    pub(super) seeds: FxHashMap<Span, Ty>,
    /// Whether a seed changed: then there will be a next pass.
    pub(super) widened: bool,
    /// The types of what was returned.
    pub(super) results: Vec<Source>,
    /// The type of the result, if it is known.
    pub(super) result: Option<Ty>,
    /// Where the result is declared.
    pub(super) result_because: Option<Because>,
    /// The values of locals that began as integer literals.
    pub(super) literal_values: FxHashMap<LocalId, i64>,
    /// Types of the type parameters of a library function.
    pub(super) generics: FxHashMap<String, Ty>,
}

/// Checks an instance with the assumptions known so far; tells whether its result changed.
pub(super) fn check_instance(cx: &mut Cx<'_>, id: FnId) -> bool {
    let at_entry = cx.instances[id].result;
    if cx.types.has_error(at_entry) && !cx.instances[id].declared {
        // Its mistake has been found; checking it again with an unknown result would hide it.
        return false;
    }
    for pass in 0..PASS_LIMIT {
        let assumed = cx.instances[id].result;
        let mut outcome = run_pass(cx, id);
        let instance = &mut cx.instances[id];
        instance.seeds = outcome.seeds;
        let mut again = outcome.widened;
        if !again && !instance.declared {
            match join_all(&mut cx.types, &outcome.results) {
                Ok(result) => match cx.widen_result(id, result) {
                    Ok(_) => {
                        let joined = cx.instances[id].result;
                        let uniform = outcome.results.iter().all(|source| match source {
                            Source::Value(ty) => *ty == joined || *ty == cx.common.never,
                            Source::Literal => joined == cx.common.int,
                        });
                        again = joined != assumed && !uniform && !cx.types.has_error(joined);
                    }
                    Err((known, found)) => {
                        report_union(cx, &mut outcome.diagnostics, outcome.span, known, found);
                        cx.instances[id].result = cx.common.error;
                    }
                },
                Err((first, second)) => {
                    report_union(cx, &mut outcome.diagnostics, outcome.span, first, second);
                    cx.instances[id].result = cx.common.error;
                }
            }
        }
        let result = cx.instances[id].result;
        if let Some(function) = &mut outcome.function {
            function.result = result;
        }
        let instance = &mut cx.instances[id];
        instance.function = outcome.function;
        instance.diagnostics = outcome.diagnostics;
        instance.calls = outcome.calls;
        if !again || pass + 1 == PASS_LIMIT {
            break;
        }
    }
    let result = cx.instances[id].result;
    if cx.types.has_error(result) && !cx.instances[id].declared {
        cx.instances[id].result = cx.common.error;
    }
    cx.instances[id].result != at_entry
}

fn report_union(cx: &Cx<'_>, diagnostics: &mut Vec<Diagnostic>, span: Span, first: Ty, second: Ty) {
    diagnostics.push(errors::types::different_types(span, &cx.show(first), &cx.show(second)));
}

/// What a pass over a body gives.
struct Outcome {
    function: Option<hir::Function>,
    diagnostics: Vec<Diagnostic>,
    calls: Vec<FnId>,
    seeds: FxHashMap<Span, Ty>,
    widened: bool,
    results: Vec<Source>,
    /// The place of an error about the results.
    span: Span,
}

fn run_pass(cx: &mut Cx<'_>, id: FnId) -> Outcome {
    let instance = &cx.instances[id];
    let key = instance.key.clone();
    let seeds = instance.seeds.clone();
    let known = (instance.declared || instance.result != cx.common.never).then_some(instance.result);
    match key {
        Key::Script(module) => {
            let file = cx.names.modules[module].file;
            let span = Span::new(file, 0, 0);
            let stmts = cx.names.modules[module].stmts.clone();
            let mut fcx = FnCx::new(cx, module, Place::Script, seeds);
            let body = fcx.script(&stmts, span);
            fcx.finish("<script>".to_owned(), FrameVisibility::Shown, vec![], Body::Expr(body), span, true)
        }
        Key::Native { native, args, result } => {
            let span = cx
                .names
                .sources
                .files()
                .next()
                .map_or(Span::new(tandem_source::FileId(0), 0, 0), |(file, _)| Span::new(file, 0, 0));
            let mut fcx = FnCx::new(cx, ModuleId::from_u32(0), Place::Function, seeds);
            fcx.result = Some(result);
            let params = args.iter().map(|ty| fcx.temporary(*ty, span)).collect();
            let name = native.symbol().to_owned();
            fcx.bound(name, FrameVisibility::Hidden, params, native.symbol(), span)
        }
        Key::Function { decl, args, role } => {
            let declared = &cx.names.decls[decl];
            let ast = declared.ast.clone();
            let (name, visibility, module) = (declared.name.clone(), declared.visibility, declared.module);
            let (symbol, receiver) = (declared.symbol.clone(), declared.receiver.clone());
            let supported = declared.unsupported.is_none();
            let place = if role == Role::Main { Place::Main } else { Place::Function };
            let mut fcx = FnCx::new(cx, module, place, seeds);
            fcx.result = known;
            if let (Some(receiver), Some(Some(actual))) = (&receiver, args.first()) {
                fcx.generics = fcx.cx.bind_generics(receiver, *actual);
            }
            fcx.generics = fcx.cx.declared_generics(decl, &fcx.generics);
            let (params, mut stmts) = fcx.parameters(&ast, &args);
            fcx.declare_result(&ast);
            let span = ast.signature;
            if let Some(symbol) = symbol {
                if stmts.is_empty() {
                    return fcx.bound(name, visibility, params, &symbol, span);
                }
                let body = fcx.with_defaults(decl, stmts, span);
                return fcx.finish(name, visibility, params, Body::Expr(body), span, false);
            }
            let body = match &ast.body {
                Some(body) if supported => fcx.function_body(body, &mut stmts, &ast),
                Some(_) | None => fcx.error_expr(span),
            };
            let checked = visibility == FrameVisibility::Shown;
            fcx.finish(name, visibility, params, Body::Expr(body), span, checked)
        }
    }
}

impl<'c, 's> FnCx<'c, 's> {
    pub(super) fn new(cx: &'c mut Cx<'s>, module: ModuleId, place: Place, seeds: FxHashMap<Span, Ty>) -> Self {
        FnCx {
            cx,
            module,
            place,
            locals: PrimaryMap::new(),
            info: vec![],
            scopes: vec![Scope::default()],
            flow: Flow::default(),
            loops: vec![],
            next_loop: 0,
            diagnostics: vec![],
            calls: vec![],
            seeds,
            widened: false,
            results: vec![],
            result: None,
            result_because: None,
            literal_values: FxHashMap::default(),
            generics: FxHashMap::default(),
        }
    }

    fn finish(
        mut self,
        name: String,
        visibility: FrameVisibility,
        params: Vec<LocalId>,
        body: Body,
        span: Span,
        lint: bool,
    ) -> Outcome {
        while !self.scopes.is_empty() {
            self.leave_scope();
        }
        if !lint {
            self.diagnostics.retain(|diagnostic| diagnostic.severity == tandem_source::Severity::Error);
        }
        let function =
            hir::Function { name, visibility, params, result: self.cx.common.nil, locals: self.locals, body, span };
        Outcome {
            function: Some(function),
            diagnostics: self.diagnostics,
            calls: self.calls,
            seeds: self.seeds,
            widened: self.widened,
            results: self.results,
            span,
        }
    }

    /// Declares the parameters; those that take their default are set by statements at the start of the body.
    fn parameters(&mut self, decl: &ast::FnDecl, args: &[Option<Ty>]) -> (Vec<LocalId>, Vec<Stmt>) {
        let mut params = vec![];
        let mut stmts = vec![];
        for (param, arg) in decl.params.iter().zip(args) {
            let because =
                param.ty.as_ref().map(|ty| Because::new(ty.span, format!("`{}` is declared here", param.name.name)));
            let annotated = param.ty.as_ref().map(|ty| self.ty(ty));
            let kind = match param.kind {
                ParamKind::Plain => Kind::Param,
                ParamKind::Rest | ParamKind::SelfRef | ParamKind::SelfMut => Kind::Param,
            };
            match arg {
                Some(ty) => {
                    let local = self.new_local(&param.name, *ty, kind, param.ty.as_ref().map(|ty| ty.span));
                    params.push(local);
                }
                None => {
                    let Some(default) = &param.default else { continue };
                    let value = match annotated {
                        Some(ty) => self.expr_as(default, ty, because.as_ref()),
                        None => self.expr(default, None),
                    };
                    let ty = annotated.unwrap_or(value.ty);
                    let local = self.new_local(&param.name, ty, kind, param.ty.as_ref().map(|ty| ty.span));
                    stmts.push(Stmt::Let { local, value });
                }
            }
        }
        (params, stmts)
    }

    fn declare_result(&mut self, decl: &ast::FnDecl) {
        if let Some(ty) = &decl.result {
            let resolved = self.ty(ty);
            if self.place != Place::Main {
                self.result = Some(resolved);
            }
            self.result_because = Some(Because::new(ty.span, "the result is declared here"));
        }
    }

    /// The body of a function, ending in its implicit result.
    fn function_body(&mut self, body: &ast::Block, before: &mut Vec<Stmt>, decl: &ast::FnDecl) -> Expr {
        let wants_value = match (self.place, self.result) {
            // The value of `main` counts only if it is declared to be an integer.
            (Place::Main, _) => self.main_declares_int(decl),
            (_, Some(ty)) if decl.result.is_some() => ty != self.cx.common.nil,
            (_, _) => true,
        };
        self.enter_scope();
        let span = body.span;
        let value = if wants_value && gives_value(body) {
            let value = self.block_value(body, self.result);
            if self.place == Place::Main { self.main_status(value) } else { self.returned(value) }
        } else {
            let done = self.block_nothing(body);
            self.without_value(done, decl, span)
        };
        self.leave_scope();
        if before.is_empty() {
            return value;
        }
        let ty = value.ty;
        let stmts = std::mem::take(before);
        Expr { kind: ExprKind::Block(hir::Block { stmts, value: Some(Box::new(value)) }), ty, span }
    }

    /// A body that ends without a value gives `nil`.
    fn without_value(&mut self, done: Expr, decl: &ast::FnDecl, span: Span) -> Expr {
        let common = self.cx.common;
        if done.ty == common.never {
            return done;
        }
        if self.place == Place::Main {
            let zero = self.make(ExprKind::Int(0), common.int, span);
            return self.after(vec![Stmt::Expr(done)], zero);
        }
        if let (Some(expected), Some(because), false) = (self.result, self.result_because.clone(), self.flow.dead) {
            let optional = matches!(self.cx.types.kind(expected), TyKind::Option(_) | TyKind::Nil | TyKind::Error);
            if decl.result.is_some() && !optional {
                let shown = self.cx.show(expected);
                let end = decl.body.as_ref().and_then(|body| body.stmts.last()).map_or(span, |last| last.span);
                self.report(errors::flow::missing_result(end, &decl.name.name, &shown, because.span));
                return self.error_expr(span);
            }
        }
        let nil = self.make(ExprKind::Nil, common.nil, span);
        let nil = self.returned(nil);
        self.after(vec![Stmt::Expr(done)], nil)
    }

    /// A value on its way out: of the type of the result, as far as that is known.
    pub(super) fn returned(&mut self, value: Expr) -> Expr {
        if self.place != Place::Main && self.result_because.is_none() {
            self.results.push(self.source(&value));
            if let Some(result) = self.result {
                // An inferred result may still grow: what does not fit yet will in the next pass.
                let fits = join(&mut self.cx.types, result, value.ty) == Some(result);
                return if fits { self.coerce(value, result, None) } else { value };
            }
            return value;
        }
        match self.result {
            Some(result) => {
                let because = self.result_because.clone();
                self.coerce(value, result, because.as_ref())
            }
            None => value,
        }
    }

    /// A function that is one of the runtime.
    fn bound(
        mut self,
        name: String,
        visibility: FrameVisibility,
        params: Vec<LocalId>,
        symbol: &str,
        span: Span,
    ) -> Outcome {
        let result = self.result.unwrap_or(self.cx.common.nil);
        let lanes: usize = params.iter().map(|param| self.cx.types.lanes(self.locals[*param].ty)).sum();
        let bound = ffi::by_symbol(symbol)
            .filter(|function| function.params.len() == lanes && function.results.len() == self.cx.types.lanes(result));
        let body = match bound {
            Some(function) => Body::Extern(function),
            None => {
                self.report(errors::types::library_binding(span, &name, symbol));
                Body::Expr(self.error_expr(span))
            }
        };
        self.finish(name, visibility, params, body, span, false)
    }

    /// A function of the runtime that takes defaults: calls it with them.
    fn with_defaults(&mut self, decl: crate::hir::FnDeclId, defaults: Vec<Stmt>, span: Span) -> Expr {
        let ast = self.cx.names.decls[decl].ast.clone();
        let mut args = vec![];
        for param in &ast.params {
            if let Some(super::local::Var::Local(local)) = self.find_var(&param.name.name) {
                let ty = self.locals[local].ty;
                args.push(self.make(ExprKind::Local(local), ty, span));
            }
        }
        let types = args.iter().map(|arg: &Expr| Some(arg.ty)).collect();
        let Some((function, result)) = self.cx.request(decl, types, Role::Plain) else { return self.error_expr(span) };
        self.calls.push(function);
        let call = self.make(ExprKind::Call { function, args }, result, span);
        self.after(defaults, call)
    }

    /// A loop of its own name.
    pub(super) fn new_loop(&mut self) -> LoopId {
        self.next_loop += 1;
        LoopId::from_u32(self.next_loop - 1)
    }

    /// Says something about the program.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The text at a place.
    pub(super) fn text(&self, span: Span) -> String {
        self.cx.names.sources.text(span).to_owned()
    }

    /// The text of a type.
    pub(super) fn show(&self, ty: Ty) -> String {
        self.cx.show(ty)
    }

    /// An expression.
    pub(super) fn make(&self, kind: ExprKind, ty: Ty, span: Span) -> Expr {
        Expr { kind, ty, span }
    }

    /// The expression of something that has been reported.
    pub(super) fn error_expr(&self, span: Span) -> Expr {
        Expr { kind: ExprKind::Unit, ty: self.cx.common.error, span }
    }

    /// A value behind statements.
    pub(super) fn after(&self, stmts: Vec<Stmt>, value: Expr) -> Expr {
        if stmts.is_empty() {
            return value;
        }
        let (ty, span) = (value.ty, value.span);
        Expr { kind: ExprKind::Block(hir::Block { stmts, value: Some(Box::new(value)) }), ty, span }
    }

    /// Parts of an operation that all have a value; if one does not come back or is an error, so is the operation.
    pub(super) fn strict(&self, parts: Vec<Expr>, span: Span) -> Result<Vec<Expr>, Expr> {
        if parts.iter().any(|part| self.cx.types.has_error(part.ty)) {
            return Err(self.error_expr(span));
        }
        let never = self.cx.common.never;
        let Some(at) = parts.iter().position(|part| part.ty == never) else { return Ok(parts) };
        let mut parts = parts;
        parts.truncate(at + 1);
        let stmts = parts.into_iter().map(Stmt::Expr).collect();
        Err(Expr { kind: ExprKind::Block(hir::Block { stmts, value: None }), ty: never, span })
    }

    /// [`FnCx::strict`] for two.
    pub(super) fn strict_pair(&self, a: Expr, b: Expr, span: Span) -> Result<(Expr, Expr), Expr> {
        let mut parts = self.strict(vec![a, b], span)?.into_iter();
        match (parts.next(), parts.next()) {
            (Some(a), Some(b)) => Ok((a, b)),
            _ => unreachable!("two parts stay two"),
        }
    }
}

/// Whether the end of a block is a value: an expression, or branches that all end so (or do not end).
pub(super) fn gives_value(block: &ast::Block) -> bool {
    block.stmts.last().is_some_and(stmt_gives_value)
}

fn stmt_gives_value(stmt: &ast::Stmt) -> bool {
    match &stmt.kind {
        ast::StmtKind::Expr(expr) => match &expr.kind {
            ast::ExprKind::If(parts) => {
                parts.otherwise.as_ref().is_some_and(gives_value)
                    && parts.branches.iter().all(|(_, body)| gives_value(body))
            }
            ast::ExprKind::Match { arms, .. } => arms.iter().all(|arm| gives_value(&arm.body)),
            _ => true,
        },
        ast::StmtKind::Return(_) | ast::StmtKind::Break { .. } | ast::StmtKind::Continue { .. } => true,
        ast::StmtKind::Item(_)
        | ast::StmtKind::Let { .. }
        | ast::StmtKind::Assign { .. }
        | ast::StmtKind::CompoundAssign { .. }
        | ast::StmtKind::While { .. }
        | ast::StmtKind::For { .. }
        | ast::StmtKind::Pass
        | ast::StmtKind::Assert { .. }
        | ast::StmtKind::Defer(_)
        | ast::StmtKind::Send { .. }
        | ast::StmtKind::Contract(_)
        | ast::StmtKind::Error => false,
    }
}
