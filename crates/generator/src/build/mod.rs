//! From decisions to a program.
//!
//! A file a construct: `expr` finds what gives a value of any type, `int`, `float`, `boolean`, `string`, `option` and
//! `format` what gives theirs; `stmt`, `loops`, `matching` and `function` make statements; `failure` makes what fails.

mod boolean;
mod call;
mod expr;
mod failure;
mod float;
mod format;
mod function;
mod int;
mod loops;
mod matching;
mod option;
mod program;
mod stmt;
mod string;

use arbitrary::Unstructured;

use crate::Interval;
use crate::choice::Choice;
use crate::scope::{Binding, Domain, Home, Mutability, Scope};
use crate::tree::{Block, Program, Variable};
use crate::ty::{Type, Width};

/// What programs may contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// What will judge the program beside the engines.
    pub oracle: Oracle,
    /// How many statements a program may execute, about.
    pub work: u64,
}

/// A judge beside the engines; programs leave out what it does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oracle {
    /// The engines judge each other.
    Engines,
    /// An implementation without static types: no `f32`, no literals typed by their surroundings, no powers that are
    /// not exact, no errors for which it has other codes.
    Untyped,
}

impl Options {
    /// For programs that an untyped oracle judges too.
    pub fn untyped() -> Options {
        Options { oracle: Oracle::Untyped, ..Options::default() }
    }
}

impl Default for Options {
    fn default() -> Self {
        Options { oracle: Oracle::Engines, work: 4000 }
    }
}

/// The program that these bytes stand for.
pub fn program(source: &mut Unstructured, options: &Options) -> Program {
    Builder::new(source, *options).program()
}

/// A function that calls can name.
#[derive(Clone)]
struct Signature {
    name: String,
    parameters: Vec<Accepted>,
    rest: Option<Type>,
    result: Type,
    domain: Domain,
    cost: u64,
}

/// What a parameter takes.
#[derive(Clone)]
struct Accepted {
    name: String,
    ty: Type,
    domain: Domain,
    written: bool,
    optional: bool,
}

/// Whether a program is meant to end well.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Ends,
    Fails,
}

/// A loop around the place being generated.
struct Around {
    label: Option<String>,
    /// Whether `break` must give a value, so that plain `break`s cannot leave it.
    gives_value: bool,
}

/// What is around the place being generated.
struct Builder<'a, 'b> {
    choice: Choice<'a, 'b>,
    options: Options,
    fate: Fate,
    scope: Scope,
    home: Home,
    signatures: Vec<Signature>,
    loops: Vec<Around>,
    /// What `return` gives, in a function.
    returns: Option<(Type, Domain)>,
    next_variable: u32,
    next_tag: i128,
    /// How often the place runs for each time its function is called.
    turns: u64,
    /// The work of one call of the function, as far as it has been generated.
    spent: u64,
    budget: u64,
    /// The module variables that the function assigns.
    assigned: Vec<Variable>,
    /// Depth of blocks.
    nesting: usize,
    /// Statements that the one being generated needs before it.
    pending: Block,
    /// The fuel of a recursive function, which nothing may hide.
    kept: Option<u32>,
}

impl<'a, 'b> Builder<'a, 'b> {
    fn new(source: &'b mut Unstructured<'a>, options: Options) -> Self {
        let mut choice = Choice::new(source);
        let fate = if choice.chance(1, 5) { Fate::Fails } else { Fate::Ends };
        Builder {
            choice,
            options,
            fate,
            scope: Scope::default(),
            home: Home::Module,
            signatures: Vec::new(),
            loops: Vec::new(),
            returns: None,
            next_variable: 0,
            next_tag: 0,
            turns: 1,
            spent: 0,
            budget: options.work,
            assigned: Vec::new(),
            nesting: 0,
            pending: Block::new(),
            kept: None,
        }
    }

    /// Whether all engines, but no untyped oracle, judge the program.
    fn only_engines(&self) -> bool {
        self.options.oracle == Oracle::Engines
    }

    /// Whether to leave out a check here that keeps the program from failing.
    fn risks(&mut self) -> bool {
        self.fate == Fate::Fails && self.choice.chance(1, 8)
    }

    fn variable(&mut self) -> Variable {
        self.next_variable += 1;
        Variable { id: self.next_variable, name: name(self.next_variable) }
    }

    /// A number that tells one printing place from another.
    fn tag(&mut self) -> i128 {
        self.next_tag += 1;
        self.next_tag
    }

    /// Counts work of the place being generated.
    fn spend(&mut self, work: u64) {
        self.spent = self.spent.saturating_add(work.saturating_mul(self.turns));
    }

    /// Whether so much more work may be done here.
    fn affords(&self, work: u64) -> bool {
        self.spent.saturating_add(work.saturating_mul(self.turns)) <= self.budget
    }

    /// What is known of every value of a type that nothing more is known of.
    fn widest(ty: &Type) -> Domain {
        match ty {
            Type::Int(width) => Domain::Int(width.range()),
            Type::Str => Domain::Length(LENGTH),
            Type::Float | Type::F32 | Type::Bool | Type::Tuple(_) | Type::Option(_) => Domain::Any,
        }
    }

    /// A domain for a new variable: often the widest, else one that leaves room for arithmetic.
    fn domain(&mut self, ty: &Type) -> Domain {
        let Type::Int(width) = ty else { return Self::widest(ty) };
        let small = match self.choice.below(5) {
            0 => Interval::new(-1000, 1000),
            1 => return Domain::Int(width.range()),
            2 => Interval::new(0, 15),
            3 => Interval::new(-8, 8),
            _ => Interval::new(0, 255),
        };
        Domain::Int(small.clamped_to(width.range()))
    }

    /// Adds a variable to the scope.
    fn declare(&mut self, variable: &Variable, ty: &Type, mutability: Mutability, domain: Domain, firm: bool) {
        let (variable, ty, home) = (variable.clone(), ty.clone(), self.home);
        self.scope.add(Binding { variable, ty, mutability, domain, home, firm });
    }

    /// A type for a variable.
    fn ty(&mut self) -> Type {
        match self.choice.below(16) {
            0..=3 => Type::INT,
            4..=6 => Type::Int(self.choice.pick(&Width::ALL)),
            7..=8 => Type::Float,
            9 => Type::Bool,
            10..=11 => Type::Str,
            12 => {
                let elements = 2 + self.choice.below(2);
                Type::Tuple((0..elements).map(|_| self.element()).collect())
            }
            13..=14 => self.element().optional(),
            _ if self.only_engines() => Type::F32,
            _ => Type::INT,
        }
    }

    /// A type for an element of a tuple, or for the value of an option.
    fn element(&mut self) -> Type {
        match self.choice.below(10) {
            0..=3 => Type::INT,
            4 => Type::Float,
            5 => Type::Bool,
            6..=7 => Type::Str,
            8 => Type::Int(self.choice.pick(&Width::ALL)),
            _ => Type::Tuple(vec![Type::INT, Type::Str]),
        }
    }
}

/// The most characters that a string variable, element or result holds.
const LENGTH: usize = 40;

/// How deep blocks nest.
const NESTING: usize = 4;

/// `a`, `b`, … `z`, `a1`, …: but no reserved words, since a letter is followed by a digit.
fn name(number: u32) -> String {
    let letter = char::from(b'a' + (number % 26) as u8);
    format!("{letter}{}", number / 26)
}
