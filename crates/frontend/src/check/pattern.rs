//! Patterns: what they test and what they bind.

use tandem_source::Span;
use tandem_syntax::ast::{Ident, Pattern as AstPattern, PatternArg, PatternKind as Ast};

use super::function::FnCx;
use super::local::Kind;
use crate::errors::{self, unsupported::Feature};
use crate::hir::{LocalId, Pattern, PatternKind};
use crate::resolve::Def;
use crate::ty::{Ty, TyKind};

/// The names that a pattern binds.
struct Binder {
    kind: Kind,
    bound: Vec<(String, LocalId, Span)>,
    /// Inside a later alternative of `p | q`: the names of the first one, and which of them have been seen.
    shared: Option<Vec<(String, LocalId, bool)>>,
}

impl FnCx<'_, '_> {
    /// A pattern whose names are like `let`s.
    pub(super) fn pattern(&mut self, pattern: &AstPattern, ty: Ty) -> Pattern {
        self.pattern_of(pattern, ty, Kind::Fixed)
    }

    /// A pattern for values of type `ty`, binding names of this kind.
    pub(super) fn pattern_of(&mut self, pattern: &AstPattern, ty: Ty, kind: Kind) -> Pattern {
        let mut binder = Binder { kind, bound: vec![], shared: None };
        self.pattern_in(pattern, ty, &mut binder)
    }

    fn pattern_in(&mut self, pattern: &AstPattern, ty: Ty, binder: &mut Binder) -> Pattern {
        let span = pattern.span;
        let made = |kind| Pattern { kind, ty, span };
        match &pattern.kind {
            Ast::Wildcard => made(PatternKind::Wildcard),
            Ast::Name(name) => match self.bind(name, ty, binder) {
                Some(local) => made(PatternKind::Bind { local, inner: None }),
                None => self.error_pattern(span),
            },
            Ast::As { pattern: inner, name } => {
                let inner = self.pattern_in(inner, ty, binder);
                match self.bind(name, ty, binder) {
                    Some(local) => made(PatternKind::Bind { local, inner: Some(Box::new(inner)) }),
                    None => self.error_pattern(span),
                }
            }
            Ast::Tuple(parts) => self.tuple_pattern(parts, ty, span, binder),
            Ast::Or(parts) => self.or_pattern(parts, ty, span, binder),
            Ast::Literal(literal) => self.literal_pattern(literal, ty, span),
            Ast::Range { start, end, limits } => {
                self.range_pattern(start.as_deref(), end.as_deref(), *limits, ty, span)
            }
            Ast::Typed { pattern: inner, ty: written } => {
                let tested = self.ty(written);
                let poisoned = self.cx.types.has_error(tested) || self.is_open_type(ty);
                if poisoned || tested == ty {
                    return self.pattern_in(inner, ty, binder);
                }
                if self.cx.types.option_of(ty) == Some(tested) {
                    let inner = self.pattern_in(inner, tested, binder);
                    return made(PatternKind::Some(Box::new(inner)));
                }
                self.pattern_in(inner, self.cx.common.error, binder);
                let (tested, shown) = (self.show(tested), self.show(ty));
                self.report(errors::patterns::pattern_type(span, &tested, &shown));
                self.error_pattern(span)
            }
            Ast::Path(path) => self.path_pattern(path, ty, span),
            Ast::Variant { path, args } => self.variant_pattern(path, args, ty, span, binder),
            Ast::DotVariant { name, args } => match args {
                Some(args) => self.variant_pattern(std::slice::from_ref(name), args, ty, span, binder),
                None if name.name == "None" => self.nil_pattern(ty, span),
                None => {
                    if !self.is_open_type(ty) {
                        self.report(errors::unsupported::feature(span, Feature::Enum));
                    }
                    self.error_pattern(span)
                }
            },
            Ast::Array(_) | Ast::Rest(_) => {
                self.bind_errors(pattern, binder);
                self.report(errors::unsupported::feature(span, Feature::ArrayPattern));
                self.error_pattern(span)
            }
            Ast::Struct { path, .. } => {
                self.bind_errors(pattern, binder);
                if self.is_unsupported(path) {
                    return self.error_pattern(span);
                }
                self.report(errors::unsupported::feature(span, Feature::Struct));
                self.error_pattern(span)
            }
            Ast::Error => self.error_pattern(span),
        }
    }

    /// The pattern of something that has been reported.
    pub(super) fn error_pattern(&self, span: Span) -> Pattern {
        Pattern { kind: PatternKind::Wildcard, ty: self.cx.common.error, span }
    }

    /// Whether nothing can be said about patterns for this type.
    pub(super) fn is_open_type(&self, ty: Ty) -> bool {
        self.cx.types.has_error(ty) || ty == self.cx.common.never
    }

    fn bind(&mut self, name: &Ident, ty: Ty, binder: &mut Binder) -> Option<LocalId> {
        if let Some(shared) = &mut binder.shared {
            let Some((_, local, seen)) = shared.iter_mut().find(|(known, ..)| *known == name.name) else {
                self.report(errors::patterns::alternatives_bind(name.span, &name.name));
                return None;
            };
            *seen = true;
            let (local, known) = (*local, self.locals[*local].ty);
            if known != ty && !self.is_open_type(known) && !self.is_open_type(ty) {
                let (first, second) = (self.show(known), self.show(ty));
                self.report(errors::patterns::alternative_types(name.span, &name.name, &first, &second));
                return None;
            }
            return Some(local);
        }
        if let Some((_, _, first)) = binder.bound.iter().find(|(known, ..)| *known == name.name) {
            self.report(errors::patterns::bound_twice(name.span, &name.name, *first));
            return None;
        }
        let local = self.new_local(name, ty, binder.kind, None);
        binder.bound.push((name.name.clone(), local, name.span));
        Some(local)
    }

    /// After an error, the names exist all the same.
    fn bind_errors(&mut self, pattern: &AstPattern, binder: &mut Binder) {
        let mut names = vec![];
        crate::resolve::walk::pattern_names(pattern, &mut |ident| names.push(ident.clone()));
        for name in names {
            self.bind(&name, self.cx.common.error, binder);
        }
    }

    fn tuple_pattern(&mut self, parts: &[AstPattern], ty: Ty, span: Span, binder: &mut Binder) -> Pattern {
        if let Some(inner) = self.cx.types.option_of(ty) {
            let inner = self.tuple_pattern(parts, inner, span, binder);
            let ty = if self.cx.types.has_error(inner.ty) { inner.ty } else { ty };
            return Pattern { kind: PatternKind::Some(Box::new(inner)), ty, span };
        }
        let types = match self.cx.types.kind(ty) {
            TyKind::Tuple(types) if types.len() == parts.len() => types.clone(),
            _ => {
                let open = self.is_open_type(ty);
                let filler = if open { ty } else { self.cx.common.error };
                for part in parts {
                    self.pattern_in(part, filler, binder);
                }
                if open {
                    return Pattern { kind: PatternKind::Wildcard, ty, span };
                }
                let shown = self.show(ty);
                match self.tuple_parts(ty) {
                    Some(types) => self.report(errors::patterns::tuple_length(span, parts.len(), types.len(), &shown)),
                    None => self.report(errors::patterns::pattern_type(span, "a tuple", &shown)),
                }
                return self.error_pattern(span);
            }
        };
        let parts: Vec<Pattern> = parts.iter().zip(types).map(|(part, ty)| self.pattern_in(part, ty, binder)).collect();
        if let Some(wrong) = parts.iter().find(|part| self.cx.types.has_error(part.ty)) {
            return self.error_pattern(wrong.span);
        }
        Pattern { kind: PatternKind::Tuple(parts), ty, span }
    }

    fn or_pattern(&mut self, parts: &[AstPattern], ty: Ty, span: Span, binder: &mut Binder) -> Pattern {
        let Some((first, others)) = parts.split_first() else { return self.error_pattern(span) };
        let outer = binder.bound.len();
        let first = self.pattern_in(first, ty, binder);
        let names: Vec<(String, LocalId)> = match &binder.shared {
            // Within a later alternative all names are known already.
            Some(_) => vec![],
            None => binder.bound[outer..].iter().map(|(name, local, _)| (name.clone(), *local)).collect(),
        };
        let mut patterns = vec![first];
        for part in others {
            let nested = binder.shared.is_some();
            if !nested {
                binder.shared = Some(names.iter().map(|(name, local)| (name.clone(), *local, false)).collect());
            }
            patterns.push(self.pattern_in(part, ty, binder));
            if !nested {
                for (name, _, seen) in binder.shared.take().unwrap_or_default() {
                    if !seen {
                        self.report(errors::patterns::alternatives_bind(part.span, &name));
                    }
                }
            }
        }
        if patterns.iter().any(|pattern| self.cx.types.has_error(pattern.ty)) {
            return self.error_pattern(span);
        }
        Pattern { kind: PatternKind::Or(patterns), ty, span }
    }

    /// `None`, `LIMIT`, `codes.OK`
    fn path_pattern(&mut self, path: &[Ident], ty: Ty, span: Span) -> Pattern {
        let Some(last) = path.last() else { return self.error_pattern(span) };
        let shadowed = self.cx.names.lookup(self.module, &last.name).is_some();
        match (path.len(), last.name.as_str()) {
            (1 | 2, "None") if !shadowed => return self.nil_pattern(ty, span),
            (1, "Ok" | "Err") => {
                self.report(errors::unsupported::feature(span, Feature::Result));
                return self.error_pattern(span);
            }
            _ => {}
        }
        let def = match path {
            [name] => self.cx.names.lookup(self.module, &name.name).map(|entry| entry.def.clone()),
            [module, name] => match self.cx.names.lookup(self.module, &module.name).map(|entry| entry.def.clone()) {
                Some(Def::Module(module)) => self.module_item(module, name),
                other => other,
            },
            _ => None,
        };
        match def {
            Some(Def::Const(id)) => {
                let value = self.const_value(id, span);
                self.constant_pattern(value, ty, span)
            }
            Some(Def::Unsupported | Def::Poisoned | Def::Import { .. }) => self.error_pattern(span),
            Some(Def::Fn(_) | Def::Global(_) | Def::Module(_)) => {
                self.report(errors::patterns::not_constant(span));
                self.error_pattern(span)
            }
            None => {
                self.report(errors::patterns::unknown_pattern(span, &last.name));
                self.error_pattern(span)
            }
        }
    }

    /// `Some(p)`
    fn variant_pattern(
        &mut self,
        path: &[Ident],
        args: &[PatternArg],
        ty: Ty,
        span: Span,
        binder: &mut Binder,
    ) -> Pattern {
        let name = path.last().map_or("", |last| last.name.as_str());
        if let ("Some", [PatternArg { name: None, pattern, .. }]) = (name, args) {
            if self.is_open_type(ty) || ty == self.cx.common.nil {
                let open = if ty == self.cx.common.nil { self.cx.common.never } else { ty };
                self.pattern_in(pattern, open, binder);
                // `nil` alone is never `Some`; an arm for it does no harm.
                return if ty == self.cx.common.nil {
                    Pattern { kind: PatternKind::Or(vec![]), ty, span }
                } else {
                    Pattern { kind: PatternKind::Wildcard, ty, span }
                };
            }
            return match self.cx.types.option_of(ty) {
                Some(inner) => {
                    let inner = self.pattern_in(pattern, inner, binder);
                    let ty = if self.cx.types.has_error(inner.ty) { inner.ty } else { ty };
                    Pattern { kind: PatternKind::Some(Box::new(inner)), ty, span }
                }
                // `Some(x)` is `x`.
                None => self.pattern_in(pattern, ty, binder),
            };
        }
        for arg in args {
            self.bind_errors(&arg.pattern, binder);
        }
        let feature = if matches!(name, "Ok" | "Err") { Feature::Result } else { Feature::Enum };
        if self.is_open_type(ty) || self.is_unsupported(path) {
            return self.error_pattern(span);
        }
        match path {
            [only] if self.cx.names.lookup(self.module, &only.name).is_none() && !matches!(name, "Ok" | "Err") => {
                self.report(errors::patterns::unknown_pattern(only.span, name));
            }
            _ => self.report(errors::unsupported::feature(span, feature)),
        }
        self.error_pattern(span)
    }

    /// Whether a path begins with a type of which it has been said that it is not supported yet.
    pub(super) fn is_unsupported(&self, path: &[Ident]) -> bool {
        let def = path.first().and_then(|first| self.cx.names.lookup(self.module, &first.name)).map(|entry| &entry.def);
        matches!(def, Some(Def::Unsupported | Def::Poisoned))
    }

    /// `nil`, `None`
    pub(super) fn nil_pattern(&mut self, ty: Ty, span: Span) -> Pattern {
        match self.cx.types.kind(ty) {
            TyKind::Option(_) => Pattern { kind: PatternKind::Nil, ty, span },
            TyKind::Nil | TyKind::Never | TyKind::Error => Pattern { kind: PatternKind::Wildcard, ty, span },
            _ => {
                let shown = self.show(ty);
                self.report(errors::patterns::pattern_type(span, "nil", &shown));
                self.error_pattern(span)
            }
        }
    }
}
