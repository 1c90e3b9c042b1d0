//! Makes a program smaller while it still shows what it showed.
//!
//! Greedy, after Zeller's delta debugging, on the tree: functions go, then runs of statements (halves, quarters, single
//! ones), then blocks take the place of the statements around them, then expressions become one of their own parts or a
//! literal. It goes round until nothing more can be taken away. A step that makes the program wrong (a name that is no
//! longer there) does not show what is looked for and is not taken.

use crate::Type;
use crate::tree::walk::{self, Visitor};
use crate::tree::{Block, Computation, Expr, Kind, Program, Stmt};

/// The smallest program found that `shows` holds of, with at most so many questions.
pub fn reduce(program: &Program, questions: usize, shows: &mut dyn FnMut(&Program) -> bool) -> Program {
    let mut search = Search { best: program.clone(), left: questions, shows };
    loop {
        let before = search.left;
        let took = search.drop_functions()
            | search.drop_statements()
            | search.unwrap_statements()
            | search.simplify_expressions();
        if !took || search.left == 0 || search.left == before {
            return search.best;
        }
    }
}

struct Search<'s> {
    best: Program,
    left: usize,
    shows: &'s mut dyn FnMut(&Program) -> bool,
}

impl Search<'_> {
    /// Takes `candidate` if it still shows what is looked for.
    fn try_out(&mut self, candidate: Program) -> bool {
        if self.left == 0 || candidate == self.best {
            return false;
        }
        self.left -= 1;
        let shows = (self.shows)(&candidate);
        if shows {
            self.best = candidate;
        }
        shows
    }

    fn drop_functions(&mut self) -> bool {
        let mut took = false;
        for at in (0..self.best.functions.len()).rev() {
            let mut candidate = self.best.clone();
            candidate.functions.remove(at);
            took |= self.try_out(candidate);
        }
        took
    }

    fn drop_statements(&mut self) -> bool {
        let mut took = false;
        let mut block = 0;
        while let Some(length) = block_length(&mut self.best, block) {
            let mut run = length;
            while run > 0 {
                let mut start = 0;
                while let Some(length) = block_length(&mut self.best, block).filter(|length| start < *length) {
                    let end = (start + run).min(length);
                    let mut candidate = self.best.clone();
                    at_block(&mut candidate, block, |statements| drop(statements.drain(start..end)));
                    if self.try_out(candidate) {
                        took = true;
                    } else {
                        start += run;
                    }
                }
                run /= 2;
            }
            block += 1;
        }
        took
    }

    /// `if c: a` becomes `a`, and the like.
    fn unwrap_statements(&mut self) -> bool {
        let mut took = false;
        let mut block = 0;
        while let Some(length) = block_length(&mut self.best, block) {
            for at in (0..length).rev() {
                let mut choice = 0;
                loop {
                    let mut candidate = self.best.clone();
                    let mut found = false;
                    at_block(&mut candidate, block, |statements| {
                        if let Some(inner) = statements.get(at).and_then(|outer| inner_block(outer, choice)) {
                            found = true;
                            statements.splice(at..=at, inner);
                        }
                    });
                    if !found {
                        break;
                    }
                    if self.try_out(candidate) {
                        took = true;
                        break;
                    }
                    choice += 1;
                }
            }
            block += 1;
        }
        took
    }

    fn simplify_expressions(&mut self) -> bool {
        let mut took = false;
        let mut at = 0;
        loop {
            let mut choice = 0;
            loop {
                let mut candidate = self.best.clone();
                match replace_expr(&mut candidate, at, choice) {
                    Replaced::NoSuchExpression => return took,
                    Replaced::NoMoreChoices => break,
                    Replaced::Done => {}
                }
                if self.try_out(candidate) {
                    took = true;
                    // What took the place may be simplified again.
                    choice = 0;
                } else {
                    choice += 1;
                }
                if self.left == 0 {
                    return took;
                }
            }
            at += 1;
        }
    }
}

/// The length of the block with this number, in the order of the walk.
fn block_length(program: &mut Program, number: usize) -> Option<usize> {
    let mut length = None;
    at_block(program, number, |block| length = Some(block.len()));
    length
}

fn at_block(program: &mut Program, number: usize, change: impl FnMut(&mut Block)) {
    struct At<F> {
        left: usize,
        change: F,
        done: bool,
    }
    impl<F: FnMut(&mut Block)> Visitor for At<F> {
        fn block(&mut self, block: &mut Block) {
            if self.left == 0 && !self.done {
                (self.change)(block);
                self.done = true;
            }
            self.left = self.left.saturating_sub(1);
        }
    }
    walk::program(program, &mut At { left: number, change, done: false });
}

/// The `choice`-th block inside a statement.
fn inner_block(statement: &Stmt, choice: usize) -> Option<Block> {
    let of_computation = |value: &Computation| match value {
        Computation::Expr(_) => vec![],
        Computation::If(arms, otherwise) => {
            arms.iter().map(|(_, block)| block.clone()).chain([otherwise.clone()]).collect()
        }
        Computation::Match(_, arms) => arms.iter().map(|arm| arm.body.clone()).collect(),
        Computation::Loop(body) => vec![body.clone()],
    };
    let blocks: Vec<Block> = match statement {
        Stmt::If(arms, otherwise) => {
            arms.iter().map(|(_, block)| block.clone()).chain(otherwise.iter().cloned()).collect()
        }
        Stmt::Match(_, arms) => arms.iter().map(|arm| arm.body.clone()).collect(),
        Stmt::While { body, .. } | Stmt::Loop { body, .. } | Stmt::For { body, .. } => vec![body.clone()],
        Stmt::Let { value, .. } | Stmt::Assign(_, value) | Stmt::Tail(value) | Stmt::Return(Some(value)) => {
            of_computation(value)
        }
        Stmt::LetPattern { .. }
        | Stmt::AssignSeveral(..)
        | Stmt::Compound(..)
        | Stmt::Print(_)
        | Stmt::Value(_)
        | Stmt::Break(_)
        | Stmt::BreakWith(_)
        | Stmt::Continue(_)
        | Stmt::Return(None)
        | Stmt::Assert(..)
        | Stmt::Pass => vec![],
    };
    blocks.into_iter().nth(choice)
}

enum Replaced {
    Done,
    NoMoreChoices,
    NoSuchExpression,
}

/// Puts the `choice`-th simpler expression in the place of the `number`-th.
fn replace_expr(program: &mut Program, number: usize, choice: usize) -> Replaced {
    struct Replace {
        left: usize,
        choice: usize,
        result: Replaced,
        done: bool,
    }
    impl Visitor for Replace {
        fn expr(&mut self, expr: &mut Expr) {
            if self.left == 0 && !self.done {
                self.done = true;
                self.result = match simpler(expr).into_iter().nth(self.choice) {
                    Some(simpler) => {
                        *expr = simpler;
                        Replaced::Done
                    }
                    None => Replaced::NoMoreChoices,
                };
            }
            self.left = self.left.saturating_sub(1);
        }
    }
    let mut replace = Replace { left: number, choice, result: Replaced::NoSuchExpression, done: false };
    walk::program(program, &mut replace);
    replace.result
}

/// What may stand for an expression, the simplest first.
fn simpler(expr: &mut Expr) -> Vec<Expr> {
    let ty = expr.ty.clone();
    let mut found = Vec::new();
    let literal = match &ty {
        Type::Int(width) => Some(Expr::int(0, *width)),
        Type::Bool => Some(Expr::bool(false)),
        Type::Str => Some(Expr::str("")),
        Type::Float | Type::F32 => Some(Expr::new(ty.clone(), Kind::Float(0.0))),
        Type::Tuple(_) | Type::Option(_) => None,
    };
    if !expr.is_literal() && !matches!(expr.kind, Kind::Name(_) | Kind::FunctionName(_)) {
        found.extend(literal);
    }
    let parts: Vec<Expr> = walk::children(expr).into_iter().map(|child| child.clone()).collect();
    found.extend(parts.into_iter().filter(|part| part.ty == ty));
    found
}
