//! The whole program: the scripts of its modules in the order of initialisation, then `main`, then what nothing uses.

use std::rc::Rc;

use cranelift_entity::PrimaryMap;
use rustc_hash::{FxHashMap, FxHashSet};
use tandem_runtime::image::FrameVisibility;
use tandem_source::{Diagnostic, Severity, Span};
use tandem_syntax::ast::{self, PatternKind, StmtKind};

use super::function::FnCx;
use super::local::{Open, Var};
use super::{Cx, GlobalTy, PASS_LIMIT, Role, in_order};
use crate::errors;
use crate::hir::{
    Block, Body, Conversion, Expr, ExprKind, FnDeclId, FnId, Function, Global, Initialisation, Program, Stmt,
};
use crate::resolve::{Def, ModuleId, Origin};
use crate::ty::{IntTy, Ty, TyKind};

/// What is called to run the program.
struct Roots {
    scripts: Vec<FnId>,
    main: Option<FnId>,
}

impl Roots {
    fn all(&self) -> Vec<FnId> {
        self.scripts.iter().copied().chain(self.main).collect()
    }
}

/// Checks everything and puts the program together, if nothing is wrong.
pub(crate) fn program(mut cx: Cx<'_>, script: ModuleId) -> (Option<Program>, Vec<Diagnostic>) {
    cx.script = Some(script);
    let main = cx.main_function(script);
    let mut roots = Roots { scripts: vec![], main: None };
    for _ in 0..PASS_LIMIT {
        cx.restart();
        cx.declare_globals();
        roots.scripts.clear();
        for module in cx.names.order.clone() {
            // The library has no statements.
            if cx.names.modules[module].origin == Origin::Program {
                roots.scripts.push(cx.request_script(module));
            }
        }
        roots.main = main.and_then(|decl| cx.request_main(decl));
        cx.solve_pending();
        let open = cx.globals.values().any(|known| known.seen && known.ty == cx.common.never);
        if !cx.globals_changed && (!open || cx.functions_decide) {
            break;
        }
        cx.functions_decide |= !cx.globals_changed;
    }
    let mut checked = cx.reachable(&roots.all());
    let unused = cx.check_unused(&checked);
    checked.extend(cx.reachable(&unused));
    let mut diagnostics = std::mem::take(&mut cx.names.diagnostics);
    diagnostics.append(&mut cx.diagnostics);
    for id in checked {
        diagnostics.append(&mut cx.instances[id].diagnostics);
    }
    let diagnostics = in_order(diagnostics);
    let failed = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    let program = (!failed).then(|| cx.assemble(&roots, script));
    (program, diagnostics)
}

impl Cx<'_> {
    /// `fn main` of the script.
    fn main_function(&mut self, script: ModuleId) -> Option<FnDeclId> {
        let Def::Fn(decl) = self.names.lookup(script, "main")?.def else { return None };
        // An imported `main` is not the program's.
        if self.names.decls[decl].module != script {
            return None;
        }
        let ast = self.names.decls[decl].ast.clone();
        let required = ast.params.iter().find(|param| param.default.is_none() && param.kind == ast::ParamKind::Plain);
        if let Some(param) = required {
            self.names.diagnostics.push(errors::flow::main_parameters(param.span));
            return None;
        }
        Some(decl)
    }

    fn request_main(&mut self, decl: FnDeclId) -> Option<FnId> {
        let ast = self.names.decls[decl].ast.clone();
        let args = ast.params.iter().map(|param| match param.kind {
            ast::ParamKind::Rest => {
                let int = self.common.int;
                Some(self.types.intern(TyKind::Array(int)))
            }
            _ => None,
        });
        let args: Vec<Option<Ty>> = args.collect();
        // A `*rest` of `main` would need an argument; there is none to pass.
        if args.iter().any(Option::is_some) {
            self.names.diagnostics.push(errors::flow::main_parameters(ast.params[0].span));
            return None;
        }
        self.request(decl, args, Role::Main).map(|(id, _)| id)
    }

    /// Module variables with an annotation have their type from the beginning.
    fn declare_globals(&mut self) {
        for known in self.globals.values_mut() {
            known.seen = false;
        }
        for module in self.names.modules.keys() {
            let stmts: Rc<Vec<ast::Stmt>> = self.names.modules[module].stmts.clone();
            for stmt in stmts.iter() {
                let StmtKind::Let { pattern, ty, .. } = &stmt.kind else { continue };
                let (PatternKind::Name(name), Some(ty)) = (&pattern.kind, ty) else { continue };
                let Some(Def::Global(global)) = self.names.lookup(module, &name.name).map(|entry| entry.def.clone())
                else {
                    continue;
                };
                let ty = self.resolve_type(module, ty, &FxHashMap::default(), &mut vec![]);
                let known = GlobalTy { ty, open: Open::Closed, annotated: true, seen: false };
                self.globals.insert(global, known);
            }
        }
    }

    /// Checks functions and constants that nothing uses, with nothing known about unannotated parameters.
    fn check_unused(&mut self, reachable: &[FnId]) -> Vec<FnId> {
        let used: FxHashSet<FnDeclId> = reachable
            .iter()
            .filter_map(|id| match &self.instances[*id].key {
                super::Key::Function { decl, .. } => Some(*decl),
                super::Key::Script(_) | super::Key::Native { .. } => None,
            })
            .collect();
        let mut found = vec![];
        for module in self.names.modules.keys().collect::<Vec<_>>() {
            if self.names.modules[module].origin == Origin::Library {
                continue;
            }
            for decl in self.names.modules[module].functions.clone() {
                if !used.contains(&decl) {
                    let args = self.opaque_arguments(decl);
                    found.extend(self.request(decl, args, Role::Plain).map(|(id, _)| id));
                    self.solve_pending();
                }
            }
            for id in self.names.modules[module].consts.clone() {
                self.evaluate_const(id);
            }
        }
        for id in self.reachable(&found) {
            if !reachable.contains(&id) {
                self.instances[id].diagnostics.retain(|diagnostic| diagnostic.severity == Severity::Error);
            }
        }
        found
    }

    /// Puts the program together from its instances.
    fn assemble(mut self, roots: &Roots, script: ModuleId) -> Program {
        let order = self.reachable(&roots.all());
        let mut numbers: FxHashMap<FnId, FnId> = FxHashMap::default();
        let mut functions: PrimaryMap<FnId, Function> = PrimaryMap::new();
        for id in &order {
            if let Some(function) = self.instances[*id].function.take() {
                numbers.insert(*id, functions.push(function));
            }
        }
        for function in functions.values_mut() {
            if let Body::Expr(body) = &mut function.body {
                body.walk(&mut |expr| {
                    if let ExprKind::Call { function, .. } = &mut expr.kind {
                        *function = numbers[function];
                    }
                });
            }
        }
        let scripts: Vec<FnId> = roots.scripts.iter().map(|id| numbers[id]).collect();
        let main = roots.main.map(|id| numbers[&id]);
        let file = self.names.modules[script].file;
        let entry = entry_function(&self, &functions, &scripts, main, Span::new(file, 0, 0));
        let settled = crate::hir::globals::unsettled(&mut functions, &scripts, main);
        let never = self.common.never;
        let mut globals = PrimaryMap::new();
        for (id, decl) in &self.names.globals {
            let ty = self.globals.get(&id).map_or(never, |known| known.ty);
            let ty = if ty == never { self.common.nil } else { ty };
            let initialisation =
                if settled.contains(&id) { Initialisation::CheckedAtUse } else { Initialisation::SetBeforeUse };
            globals.push(Global { name: decl.name.clone(), ty, initialisation });
        }
        let entry = functions.push(entry);
        Program { types: self.types, functions, globals, declarations: self.names.decl_names, entry }
    }
}

/// The hidden function that runs everything and gives the exit status.
fn entry_function(
    cx: &Cx<'_>,
    functions: &PrimaryMap<FnId, Function>,
    scripts: &[FnId],
    main: Option<FnId>,
    span: Span,
) -> Function {
    let common = cx.common;
    let call = |function: FnId| {
        let kind = ExprKind::Call { function, args: vec![] };
        Expr { kind, ty: functions[function].result, span }
    };
    let mut stmts: Vec<Stmt> = vec![];
    let mut status = None;
    for (at, script) in scripts.iter().enumerate() {
        let last = at + 1 == scripts.len();
        if last && main.is_none() && functions[*script].result == common.int {
            status = Some(call(*script));
        } else {
            stmts.push(Stmt::Expr(call(*script)));
        }
    }
    let status = match main {
        Some(main) => call(main),
        None => status.unwrap_or(Expr { kind: ExprKind::Int(0), ty: common.int, span }),
    };
    let kind = ExprKind::Block(Block { stmts, value: Some(Box::new(status)) });
    Function {
        name: "<entry>".to_owned(),
        visibility: FrameVisibility::Hidden,
        params: vec![],
        result: common.int,
        locals: PrimaryMap::new(),
        body: Body::Expr(Expr { kind, ty: common.int, span }),
        span,
    }
}

impl FnCx<'_, '_> {
    /// The statements of a module; of the script, the status that its variable `main` asks for.
    pub(super) fn script(&mut self, stmts: &[ast::Stmt], span: Span) -> Expr {
        let common = self.cx.common;
        let mut made = vec![];
        self.stmts(stmts, &mut made);
        let done = made.last().is_some_and(|last| matches!(last, Stmt::Expr(value) if value.ty == common.never));
        if done {
            self.results.push(crate::ty::Source::Value(common.never));
            return self.statements(made, common.never, span);
        }
        let is_script = self.cx.script == Some(self.module);
        let status = match self.find_var("main") {
            Some(var) if is_script && (!self.is_tracked(var) || self.flow.is_assigned(var)) => {
                let value = self.status_variable(var, span);
                Some(self.status_of(value, span))
            }
            _ => None,
        };
        let value = status.unwrap_or_else(|| self.make(ExprKind::Nil, common.nil, span));
        self.results.push(crate::ty::Source::Value(value.ty));
        self.after(made, value)
    }

    fn status_variable(&mut self, var: Var, span: Span) -> Expr {
        self.read_declared(var, span)
    }

    /// The exit status that a value stands for: an int (or a bool), else 0.
    fn status_of(&mut self, value: Expr, span: Span) -> Expr {
        let common = self.cx.common;
        let zero = self.make(ExprKind::Int(0), common.int, span);
        match self.cx.types.kind(value.ty).clone() {
            TyKind::Int(IntTy::I64) | TyKind::Never => value,
            TyKind::Int(IntTy::U64) => self.conversion(Conversion::Wrap, value, common.int),
            TyKind::Int(_) => self.conversion(Conversion::Widen, value, common.int),
            TyKind::Bool => self.conversion(Conversion::BoolToInt, value, common.int),
            TyKind::Option(inner) if self.cx.types.int_of(inner) == Some(IntTy::I64) => {
                let kind = ExprKind::Coalesce { option: Box::new(value), otherwise: Box::new(zero) };
                self.make(kind, common.int, span)
            }
            TyKind::Error => self.error_expr(span),
            _ => self.after(vec![Stmt::Expr(value)], zero),
        }
    }

    /// `return e` in `main`: of an int, the exit status.
    pub(super) fn return_of_main(&mut self, value: Option<Expr>, span: Span) -> Expr {
        let common = self.cx.common;
        match value {
            None => self.make(ExprKind::Int(0), common.int, span),
            // A bool is a status only of the variable.
            Some(value) if value.ty == common.bool => {
                let zero = self.make(ExprKind::Int(0), common.int, span);
                self.after(vec![Stmt::Expr(value)], zero)
            }
            Some(value) => self.status_of(value, span),
        }
    }

    /// Whether `main` declares an integer result, which its value then is.
    pub(super) fn main_declares_int(&mut self, decl: &ast::FnDecl) -> bool {
        let Some(ty) = &decl.result else { return false };
        let ty = self.cx.resolve_type(self.module, ty, &FxHashMap::default(), &mut vec![]);
        self.cx.types.int_of(ty).is_some()
    }

    /// The value at the end of a `main` that declares an integer.
    pub(super) fn main_status(&mut self, value: Expr) -> Expr {
        let span = value.span;
        if self.cx.types.int_of(value.ty).is_none() && value.ty != self.cx.common.never {
            let int = self.cx.common.int;
            let because = self.result_because.clone();
            return self.coerce(value, int, because.as_ref());
        }
        self.status_of(value, span)
    }
}
