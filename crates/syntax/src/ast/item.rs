//! Items: what a module declares.

use super::{Asyncness, Block, Contract, Expr, Ident, Mutability, Type};
use tandem_source::Span;

/// An item.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its form.
    pub kind: ItemKind,
    /// `@name`, `@name(args)`, `#[name]`, in order.
    pub attributes: Vec<Attribute>,
    /// Whether `pub` stands before it.
    pub visibility: Visibility,
    /// The text of the `##` comments above it.
    pub docs: Vec<String>,
    /// Its place, with attributes.
    pub span: Span,
}

/// Whether other modules see an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Visibility {
    Private,
    Public,
}

/// An attribute or decorator.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// What stands behind `@`: a name, a path, or a call of one.
    pub expr: Expr,
    /// Its place with the `@`.
    pub span: Span,
}

/// The forms of items.
#[derive(Clone, Debug)]
pub enum ItemKind {
    /// `fn`, `async fn`
    Fn(Box<FnDecl>),
    /// `struct`, `class`
    Record(Box<RecordDecl>),
    /// `enum`
    Enum(Box<EnumDecl>),
    /// `trait`
    Trait(Box<TraitDecl>),
    /// `impl T:`, `impl Trait for T:`
    Impl(Box<ImplDecl>),
    /// `actor Name:`
    Actor(Box<ActorDecl>),
    /// `type Id = int`
    Alias { name: Ident, generics: Vec<GenericParam>, ty: Type },
    /// `const N: int = 3`
    Const { name: Ident, ty: Option<Type>, value: Expr },
    /// `use …`
    Use(UseDecl),
    /// `pub let x = 1`: a public module variable.
    Let { mutability: Mutability, pattern: super::Pattern, ty: Option<Type>, value: Option<Expr> },
}

/// A function, method, handler or requirement of a trait.
#[derive(Clone, Debug)]
pub struct FnDecl {
    /// Whether it is `async`.
    pub asyncness: Asyncness,
    /// Its name.
    pub name: Ident,
    /// `<T: Ord, U>`
    pub generics: Vec<GenericParam>,
    /// Its parameters, `self` first if it has one.
    pub params: Vec<Param>,
    /// `-> T`
    pub result: Option<Type>,
    /// Its body; none for a requirement of a trait.
    pub body: Option<Block>,
    /// From `fn` to the end of the signature.
    pub signature: Span,
}

/// `T`, `T: Ord + Eq`.
#[derive(Clone, Debug)]
pub struct GenericParam {
    /// The name.
    pub name: Ident,
    /// The bounds.
    pub bounds: Vec<Type>,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Param {
    /// How it takes arguments.
    pub kind: ParamKind,
    /// Its name (`self` for the receiver).
    pub name: Ident,
    /// Its annotation.
    pub ty: Option<Type>,
    /// Its default.
    pub default: Option<Expr>,
    /// Its place.
    pub span: Span,
}

/// The kinds of parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamKind {
    /// `a`
    Plain,
    /// `*rest`
    Rest,
    /// `self`
    SelfRef,
    /// `mut self`
    SelfMut,
}

/// `struct` or `class`.
#[derive(Clone, Debug)]
pub struct RecordDecl {
    /// Which.
    pub kind: RecordKind,
    /// Its name.
    pub name: Ident,
    /// Its type parameters.
    pub generics: Vec<GenericParam>,
    /// Its fields, in order.
    pub fields: Vec<FieldDecl>,
    /// Methods in the body.
    pub methods: Vec<Item>,
    /// `invariant:` blocks.
    pub invariants: Vec<Contract>,
}

/// A value or a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum RecordKind {
    Struct,
    Class,
}

/// A field: `x: int = 0`, `x = 0`, `x`.
#[derive(Clone, Debug)]
pub struct FieldDecl {
    /// Whether `pub` stands before it.
    pub visibility: Visibility,
    /// Its name.
    pub name: Ident,
    /// Its annotation.
    pub ty: Option<Type>,
    /// Its default.
    pub default: Option<Expr>,
    /// The text of the `##` comments above it.
    pub docs: Vec<String>,
    /// Its place.
    pub span: Span,
}

/// `enum`.
#[derive(Clone, Debug)]
pub struct EnumDecl {
    /// Its name.
    pub name: Ident,
    /// Its type parameters.
    pub generics: Vec<GenericParam>,
    /// Its variants, in order.
    pub variants: Vec<VariantDecl>,
    /// Methods in the body.
    pub methods: Vec<Item>,
}

/// `Red`, `Circle(float)`, `Rect(w: float, h: float)`.
#[derive(Clone, Debug)]
pub struct VariantDecl {
    /// Its name.
    pub name: Ident,
    /// Its payload: all or none named.
    pub payload: Vec<PayloadDecl>,
    /// The text of the `##` comments above it.
    pub docs: Vec<String>,
    /// Its place.
    pub span: Span,
}

/// One value of a payload.
#[derive(Clone, Debug)]
pub struct PayloadDecl {
    /// Its name.
    pub name: Option<Ident>,
    /// Its type.
    pub ty: Type,
}

/// `trait`.
#[derive(Clone, Debug)]
pub struct TraitDecl {
    /// Its name.
    pub name: Ident,
    /// Its type parameters.
    pub generics: Vec<GenericParam>,
    /// `trait A: B + C`
    pub supertraits: Vec<Type>,
    /// Required methods (without a body) and default methods.
    pub methods: Vec<Item>,
}

/// `impl`.
#[derive(Clone, Debug)]
pub struct ImplDecl {
    /// Type parameters of the impl, as found in `impl<T> Box<T>` if written.
    pub generics: Vec<GenericParam>,
    /// The trait of `impl Trait for T`.
    pub trait_: Option<Type>,
    /// The type.
    pub ty: Type,
    /// Its methods.
    pub methods: Vec<Item>,
    /// `invariant:` blocks.
    pub invariants: Vec<Contract>,
}

/// `actor`.
#[derive(Clone, Debug)]
pub struct ActorDecl {
    /// Its name.
    pub name: Ident,
    /// Its state.
    pub fields: Vec<FieldDecl>,
    /// `fn init` and other methods.
    pub methods: Vec<Item>,
    /// `on Message(args) -> T:`; each a function without `self` among its parameters.
    pub handlers: Vec<Item>,
}

/// `use lib`, `use lib.{a, b as c}`, `use std.json as j`.
#[derive(Clone, Debug)]
pub struct UseDecl {
    /// `std.json`; at least one part.
    pub path: Vec<Ident>,
    /// What is imported.
    pub kind: UseKind,
}

/// What a `use` brings into scope.
#[derive(Clone, Debug)]
pub enum UseKind {
    /// The module (or item) under its own or another name.
    Whole { alias: Option<Ident> },
    /// Names from it.
    Names(Vec<(Ident, Option<Ident>)>),
}
