//! Arguments: by position, by name, the rest; in the order in which they are written.

use std::rc::Rc;

use tandem_source::Span;
use tandem_syntax::ast::{self, Arg, Expr as AstExpr, ExprKind as Ast, ParamKind};

use super::function::FnCx;
use crate::errors::{self, types::Because, unsupported::Feature};
use crate::hir::{Expr, FnDeclId, Stmt};
use crate::ty::{Ty, TyKind};

/// Arguments in the order of the parameters.
pub(super) struct Bound {
    /// What is evaluated first, where the order of writing is another one.
    pub(super) before: Vec<Stmt>,
    /// The arguments that are given.
    pub(super) values: Vec<Expr>,
    /// The type of each parameter; `None` where the default is taken.
    pub(super) types: Vec<Option<Ty>>,
}

/// Where an argument goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slot {
    Param(usize),
    Rest,
}

impl FnCx<'_, '_> {
    /// Matches arguments with parameters; what is wrong has been reported when there is no result.
    pub(super) fn bind_arguments(
        &mut self,
        decl: FnDeclId,
        receiver: Option<Expr>,
        args: &[Arg],
        span: Span,
    ) -> Option<Bound> {
        let ast = self.cx.names.decls[decl].ast.clone();
        let slots = self.slots(decl, &ast, receiver.is_some(), args, span);
        let Some(slots) = slots else {
            drop(self.poisoned_call(args, span));
            return None;
        };
        // The receiver decides what the type parameters of its `impl` are.
        let generics = match (&receiver, self.cx.names.decls[decl].receiver.clone()) {
            (Some(receiver), Some(written)) => self.cx.bind_generics(&written, receiver.ty),
            _ => Default::default(),
        };
        let mut given: Vec<Option<Expr>> = ast.params.iter().map(|_| None).collect();
        let mut rest = vec![];
        let mut order = vec![];
        if let (Some(receiver), Some(slot)) = (receiver, given.first_mut()) {
            *slot = Some(receiver);
            order.push(0);
        }
        let rest_at = ast.params.iter().position(|param| param.kind == ParamKind::Rest);
        let mut failed = false;
        for (arg, slot) in args.iter().zip(slots) {
            let param = match slot {
                Slot::Param(at) => &ast.params[at],
                Slot::Rest => &ast.params[rest_at.unwrap_or_default()],
            };
            let wanted = param.ty.as_ref().map(|ty| (self.cx.signature_type(decl, ty, &generics), ty.span));
            let wanted = match (slot, wanted) {
                (Slot::Rest, Some((ty, at))) => match self.cx.types.kind(ty) {
                    TyKind::Array(element) => Some((*element, at)),
                    _ => Some((ty, at)),
                },
                (_, wanted) => wanted,
            };
            let value = self.argument(&arg.value, wanted, &param.name.name);
            failed |= self.cx.types.has_error(value.ty);
            match slot {
                Slot::Param(at) => {
                    given[at] = Some(value);
                    order.push(at);
                }
                Slot::Rest => {
                    if rest.is_empty() {
                        order.push(rest_at.unwrap_or_default());
                    }
                    rest.push(value);
                }
            }
        }
        if failed {
            return None;
        }
        if let Some(at) = rest_at {
            let wanted = ast.params[at].ty.as_ref().map(|ty| self.cx.signature_type(decl, ty, &generics));
            let element = wanted.map(|ty| match self.cx.types.kind(ty) {
                TyKind::Array(element) => *element,
                _ => ty,
            });
            let values = match self.strict(rest, span) {
                Ok(values) => self.array_of(values, element, span),
                Err(never) => never,
            };
            if self.cx.types.has_error(values.ty) {
                return None;
            }
            given[at] = Some(values);
        }
        let mut before = vec![];
        if order.windows(2).any(|pair| pair[0] > pair[1]) {
            for at in &order {
                if let Some(value) = given[*at].take() {
                    given[*at] = Some(if self.is_constant(&value) || value.ty == self.cx.common.never {
                        value
                    } else {
                        let (stmt, held) = self.hold(value);
                        before.push(stmt);
                        self.read_held(held)
                    });
                }
            }
        }
        let types = given.iter().map(|value| value.as_ref().map(|value| value.ty)).collect();
        // Never-typed arguments have the type of their parameter; the call is not reached.
        Some(Bound { before, values: given.into_iter().flatten().collect(), types })
    }

    fn argument(&mut self, value: &AstExpr, wanted: Option<(Ty, Span)>, name: &str) -> Expr {
        match wanted {
            Some((ty, at)) => {
                let because = Because::new(at, format!("`{name}` is declared here"));
                self.expr_as(value, ty, Some(&because))
            }
            None => self.expr(value, None),
        }
    }

    /// Where each argument goes.
    fn slots(
        &mut self,
        decl: FnDeclId,
        ast: &Rc<ast::FnDecl>,
        has_receiver: bool,
        args: &[Arg],
        span: Span,
    ) -> Option<Vec<Slot>> {
        let function = ast.name.name.clone();
        let shown = self.cx.names.decls[decl].visibility == tandem_runtime::image::FrameVisibility::Shown;
        let declared = shown.then_some(ast.signature);
        let first = usize::from(has_receiver);
        let rest = ast.params.iter().position(|param| param.kind == ParamKind::Rest);
        let mut taken = vec![false; ast.params.len()];
        if has_receiver {
            taken.iter_mut().take(1).for_each(|taken| *taken = true);
        }
        let mut next = first;
        let mut named = false;
        let mut slots = vec![];
        let mut good = true;
        for arg in args {
            if let Ast::Spread(_) = &arg.value.kind {
                drop(self.unsupported(Feature::Spread, arg.value.span));
                return None;
            }
            if let Some(name) = &arg.name {
                named = true;
                let at =
                    ast.params.iter().position(|param| param.name.name == name.name && param.kind == ParamKind::Plain);
                match at {
                    Some(at) if taken[at] => {
                        self.report(errors::types::argument_twice(name.span, &function, &name.name));
                        good = false;
                    }
                    Some(at) => {
                        taken[at] = true;
                        slots.push(Slot::Param(at));
                    }
                    None => {
                        let names = ast.params[first..].iter().map(|param| param.name.name.as_str());
                        let near = errors::nearest(&name.name, names).map(str::to_owned);
                        self.report(errors::types::unknown_argument(name.span, &function, &name.name, near));
                        good = false;
                    }
                }
                continue;
            }
            if named {
                self.report(errors::types::positional_after_named(arg.value.span));
                return None;
            }
            let plain = |at: usize| ast.params.get(at).is_some_and(|param| param.kind == ParamKind::Plain);
            if plain(next) {
                taken[next] = true;
                slots.push(Slot::Param(next));
                next += 1;
            } else if rest == Some(next) {
                slots.push(Slot::Rest);
            } else {
                let most = ast.params.len() - first;
                self.report(errors::types::too_many_arguments(arg.value.span, &function, most, declared));
                return None;
            }
        }
        let missing: Vec<String> = ast
            .params
            .iter()
            .zip(&taken)
            .filter(|(param, taken)| !**taken && param.default.is_none() && param.kind == ParamKind::Plain)
            .map(|(param, _)| param.name.name.clone())
            .collect();
        if !missing.is_empty() && good {
            self.report(errors::types::missing_arguments(span, &function, &missing, declared));
            return None;
        }
        good.then_some(slots)
    }
}

impl FnCx<'_, '_> {
    /// A call with values that have been computed.
    pub(super) fn call_with_values(&mut self, decl: FnDeclId, values: Vec<Expr>, span: Span) -> Expr {
        let ast = self.cx.names.decls[decl].ast.clone();
        let required = ast.params.iter().filter(|param| param.default.is_none()).count();
        if ast.params.iter().any(|param| param.kind == ParamKind::Rest) {
            return self.unsupported(Feature::Spread, span);
        }
        if values.len() < required {
            let missing: Vec<String> = ast.params[values.len()..].iter().map(|param| param.name.name.clone()).collect();
            self.report(errors::types::missing_arguments(span, &ast.name.name, &missing, Some(ast.signature)));
            return self.error_expr(span);
        }
        if values.len() > ast.params.len() {
            let most = ast.params.len();
            self.report(errors::types::too_many_arguments(span, &ast.name.name, most, Some(ast.signature)));
            return self.error_expr(span);
        }
        let mut types = vec![];
        let mut args = vec![];
        let mut values = values.into_iter();
        for param in &ast.params {
            let Some(value) = values.next() else {
                types.push(None);
                continue;
            };
            let value = match &param.ty {
                Some(ty) => {
                    let because = Because::new(ty.span, format!("`{}` is declared here", param.name.name));
                    let ty = self.cx.signature_type(decl, ty, &Default::default());
                    self.coerce(value, ty, Some(&because))
                }
                None => value,
            };
            types.push(Some(value.ty));
            args.push(value);
        }
        let args = match self.strict(args, span) {
            Ok(args) => args,
            Err(never) => return never,
        };
        let Some((function, result)) = self.cx.request(decl, types, super::Role::Plain) else {
            return self.unsupported(Feature::Instances, span);
        };
        self.calls.push(function);
        self.make(crate::hir::ExprKind::Call { function, args }, result, span)
    }
}
