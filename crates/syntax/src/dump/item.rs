//! Items and types as s-expressions.

use super::expr::{expr, ident};
use super::stmt::{block, contract, let_};
use super::{Sexp, atom, list, optional, quoted};
use crate::ast::{
    Asyncness, Attribute, FieldDecl, FnDecl, GenericParam, Ident, Item, ItemKind, Param, ParamKind, RecordKind, Type,
    TypeKind, UseDecl, UseKind, VariantDecl, Visibility,
};

pub(super) fn item(item: &Item) -> Sexp {
    let inner = match &item.kind {
        ItemKind::Fn(function) => self::function(function),
        ItemKind::Record(record) => {
            let head = match record.kind {
                RecordKind::Struct => "struct-decl",
                RecordKind::Class => "class-decl",
            };
            let members = record.fields.iter().map(field).chain(record.methods.iter().map(self::item));
            let invariants = record.invariants.iter().map(contract);
            list(head, header(&record.name, &record.generics).chain(members).chain(invariants))
        }
        ItemKind::Enum(decl) => {
            let members = decl.variants.iter().map(variant).chain(decl.methods.iter().map(self::item));
            list("enum-decl", header(&decl.name, &decl.generics).chain(members))
        }
        ItemKind::Trait(decl) => {
            let supertraits = types("supertraits", &decl.supertraits);
            let methods = decl.methods.iter().map(self::item);
            list("trait-decl", header(&decl.name, &decl.generics).chain(supertraits).chain(methods))
        }
        ItemKind::Impl(decl) => {
            let trait_ = optional("trait", decl.trait_.as_ref().map(ty));
            let members = decl.methods.iter().map(self::item).chain(decl.invariants.iter().map(contract));
            list("impl", generics(&decl.generics).into_iter().chain(trait_).chain([ty(&decl.ty)]).chain(members))
        }
        ItemKind::Actor(decl) => {
            let handlers = decl.handlers.iter().map(|handler| list("on", [self::item(handler)]));
            let members = decl.fields.iter().map(field).chain(decl.methods.iter().map(self::item)).chain(handlers);
            list("actor-decl", std::iter::once(ident(&decl.name)).chain(members))
        }
        ItemKind::Alias { name, generics, ty } => list("alias", header(name, generics).chain([self::ty(ty)])),
        ItemKind::Const { name, ty, value } => {
            let ty = optional("type", ty.as_ref().map(self::ty));
            list("const", std::iter::once(ident(name)).chain(ty).chain([expr(value)]))
        }
        ItemKind::Use(decl) => use_(decl),
        ItemKind::Let { mutability, pattern, ty, value } => {
            let_("module-let", *mutability, pattern, ty.as_ref(), value.as_ref())
        }
    };
    let docs = item.docs.iter().map(|line| list("doc", [quoted(line)]));
    let attributes = item.attributes.iter().map(attribute);
    let visibility = public(item.visibility);
    let mut around: Vec<Sexp> = docs.chain(attributes).chain(visibility).collect();
    if around.is_empty() {
        return inner;
    }
    around.push(inner);
    list("item", around)
}

fn attribute(attribute: &Attribute) -> Sexp {
    list("@", [expr(&attribute.expr)])
}

fn public(visibility: Visibility) -> Option<Sexp> {
    match visibility {
        Visibility::Public => Some(atom("pub")),
        Visibility::Private => None,
    }
}

fn header(name: &Ident, generics: &[GenericParam]) -> impl Iterator<Item = Sexp> {
    std::iter::once(ident(name)).chain(self::generics(generics))
}

fn generics(generics: &[GenericParam]) -> Option<Sexp> {
    let generic = |generic: &GenericParam| {
        list("generic", std::iter::once(ident(&generic.name)).chain(generic.bounds.iter().map(ty)))
    };
    (!generics.is_empty()).then(|| list("generics", generics.iter().map(generic)))
}

fn types(head: &str, types: &[Type]) -> Option<Sexp> {
    (!types.is_empty()).then(|| list(head, types.iter().map(ty)))
}

fn function(function: &FnDecl) -> Sexp {
    let head = match function.asyncness {
        Asyncness::Sync => "fn",
        Asyncness::Async => "async-fn",
    };
    let params = list("params", function.params.iter().map(param));
    let result = optional("result", function.result.as_ref().map(ty));
    let body = function.body.as_ref().map(block);
    list(head, header(&function.name, &function.generics).chain([params]).chain(result).chain(body))
}

pub(super) fn param(param: &Param) -> Sexp {
    let name = match param.kind {
        ParamKind::Plain => param.name.name.clone(),
        ParamKind::Rest => format!("*{}", param.name.name),
        ParamKind::SelfRef => "&self".to_string(),
        ParamKind::SelfMut => "&mut-self".to_string(),
    };
    if param.ty.is_none() && param.default.is_none() {
        return atom(name);
    }
    let ty = optional("type", param.ty.as_ref().map(ty));
    let default = optional("default", param.default.as_ref().map(expr));
    list("param", std::iter::once(atom(name)).chain(ty).chain(default))
}

fn field(field: &FieldDecl) -> Sexp {
    let docs = field.docs.iter().map(|line| list("doc", [quoted(line)]));
    let ty = optional("type", field.ty.as_ref().map(ty));
    let default = optional("default", field.default.as_ref().map(expr));
    list("field", docs.chain(public(field.visibility)).chain([ident(&field.name)]).chain(ty).chain(default))
}

fn variant(variant: &VariantDecl) -> Sexp {
    let docs = variant.docs.iter().map(|line| list("doc", [quoted(line)]));
    let payload = variant.payload.iter().map(|value| match &value.name {
        Some(name) => list("named", [ident(name), ty(&value.ty)]),
        None => ty(&value.ty),
    });
    list("variant", docs.chain([ident(&variant.name)]).chain(payload))
}

fn use_(decl: &UseDecl) -> Sexp {
    let path = list("path", decl.path.iter().map(ident));
    let renamed = |(name, alias): &(Ident, Option<Ident>)| match alias {
        Some(alias) => list("as", [ident(name), ident(alias)]),
        None => ident(name),
    };
    match &decl.kind {
        UseKind::Whole { alias } => list("use", std::iter::once(path).chain(optional("as", alias.as_ref().map(ident)))),
        UseKind::Names(names) => list("use", [path, list("names", names.iter().map(renamed))]),
    }
}

pub(super) fn ty(ty: &Type) -> Sexp {
    match &ty.kind {
        TypeKind::Path { path, args } => {
            let path = path.iter().map(|part| part.name.as_str()).collect::<Vec<_>>().join(".");
            if args.is_empty() { atom(path) } else { list(&path, args.iter().map(self::ty)) }
        }
        TypeKind::Array(element) => list("array-of", [self::ty(element)]),
        TypeKind::Dict(key, value) => list("dict-of", [self::ty(key), self::ty(value)]),
        TypeKind::Tuple(types) => list("tuple-of", types.iter().map(self::ty)),
        TypeKind::Fn { params, result } => {
            let params = list("params", params.iter().map(self::ty));
            list("fn-type", std::iter::once(params).chain(result.as_deref().map(self::ty)))
        }
        TypeKind::Option(inner) => list("option", [self::ty(inner)]),
        TypeKind::Union(types) => list("union", types.iter().map(self::ty)),
        TypeKind::Nil => atom("nil"),
        TypeKind::Error => atom("error"),
    }
}
