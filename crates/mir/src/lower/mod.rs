//! HIR to slots: everything that branches in the language is written out here.
//!
//! Each expression becomes one register per lane of its type ([`lanes`]). An expression may give the registers of a
//! variable itself; whoever evaluates something else before using them uses [`FunctionCx::operands`].
//! A caller may offer registers (`Into`): they are used if they are written last, after everything was read.
//! Behind what does not come back, the builder drops what is written; [`FunctionCx::value`] then makes up registers.
//!
//! A function starts with the block `restart` behind the entry, to which its calls to itself in tail position jump
//! ([`tail`]).

mod aggregate;
mod arith;
mod call;
mod compare;
mod control;
mod convert;
mod expr;
mod for_loop;
mod format;
mod lanes;
mod option;
mod pattern;
mod tail;
mod walk;

use rustc_hash::FxHashMap;
use tandem_frontend::hir;
use tandem_frontend::ty::{Ty, TyKind};
use tandem_runtime::ffi::RtFn;
use tandem_source::Span;

use crate::builder::{FunctionBuilder, ProgramBuilder};
use crate::{BlockId, FnId, FunctionName, GlobalId, Loc, NameId, Operands, Program, Reg, SecondaryMap, opt, verify};
use lanes::{Lanes, lanes_of};

/// The registers of a value.
type Regs = Operands<Reg>;

/// Registers that a value may be written to, if that is its last step.
type Into<'r> = Option<&'r [Reg]>;

/// Lowers a checked program.
pub fn lower(program: &hir::Program) -> Program<Reg> {
    let mut out = ProgramBuilder::new();
    let mut items = Items::default();
    for (id, function) in &program.functions {
        items.functions[id] = Some(match function.body {
            hir::Body::Expr(_) => Callee::Function(out.declare()),
            hir::Body::Extern(function) => Callee::Runtime(function),
        });
    }
    for (id, global) in &program.globals {
        let lanes = lanes_of(&program.types, global.ty).iter().map(|lane| out.global(*lane)).collect();
        let flag = match global.initialisation {
            hir::Initialisation::SetBeforeUse => None,
            hir::Initialisation::CheckedAtUse => Some(out.global(crate::Lane::Bool)),
        };
        items.globals[id] = GlobalLanes { lanes, flag };
    }
    for (id, function) in &program.functions {
        if let (hir::Body::Expr(body), Some(Callee::Function(target))) = (&function.body, items.functions[id]) {
            let lowered = FunctionCx::new(program, &items, &mut out, id).function(body);
            out.define(target, lowered);
        }
    }
    let Some(Callee::Function(entry)) = items.functions[program.entry] else {
        unreachable!("the entry has a body");
    };
    let mut program = out.finish(entry);
    program.functions.values_mut().for_each(opt::simplify_cfg::simplify);
    verify::debug_verify(&program, "lower");
    program
}

/// What the items of HIR have become.
#[derive(Default)]
struct Items {
    functions: SecondaryMap<hir::FnId, Option<Callee>>,
    globals: SecondaryMap<hir::GlobalId, GlobalLanes>,
}

#[derive(Clone, Copy)]
enum Callee {
    Function(FnId),
    Runtime(&'static RtFn),
}

#[derive(Clone, Default)]
struct GlobalLanes {
    lanes: Vec<GlobalId>,
    /// True when the variable is set; none if nobody can see it before.
    flag: Option<GlobalId>,
}

/// Where `break` and `continue` go.
struct LoopTargets {
    end: BlockId,
    next: BlockId,
    /// The value of the loop.
    result: Regs,
}

/// A function being lowered.
struct FunctionCx<'a> {
    hir: &'a hir::Program,
    items: &'a Items,
    out: &'a mut ProgramBuilder,
    id: hir::FnId,
    function: &'a hir::Function,
    name: NameId,
    b: FunctionBuilder,
    locals: SecondaryMap<hir::LocalId, Option<Regs>>,
    /// The variables to which registers belong.
    owners: FxHashMap<Reg, hir::LocalId>,
    loops: FxHashMap<hir::LoopId, LoopTargets>,
    /// The block behind the entry.
    restart: BlockId,
}

impl<'a> FunctionCx<'a> {
    fn new(hir: &'a hir::Program, items: &'a Items, out: &'a mut ProgramBuilder, id: hir::FnId) -> Self {
        let function = &hir.functions[id];
        let name = out.name(FunctionName { name: function.name.clone(), visibility: function.visibility });
        let loc = out.loc(Loc { span: function.span, function: name, parent: None });
        let mut b = FunctionBuilder::new(name, &lanes_of(&hir.types, function.result), loc);
        let (mut locals, mut owners) = (SecondaryMap::new(), FxHashMap::default());
        for param in &function.params {
            let lanes = lanes_of(&hir.types, function.locals[*param].ty);
            let regs: Regs = lanes.iter().map(|lane| b.param(*lane)).collect();
            owners.extend(regs.iter().map(|reg| (*reg, *param)));
            locals[*param] = Some(regs);
        }
        let restart = b.block();
        FunctionCx { hir, items, out, id, function, name, b, locals, owners, loops: FxHashMap::default(), restart }
    }

    fn function(mut self, body: &hir::Expr) -> crate::Function<Reg> {
        self.b.jump(self.restart);
        self.b.switch_to(self.restart);
        self.tail(body);
        self.b.finish()
    }

    // ---- types

    fn kind(&self, ty: Ty) -> &'a TyKind {
        self.hir.types.kind(ty)
    }

    fn lanes(&self, ty: Ty) -> Lanes {
        lanes_of(&self.hir.types, ty)
    }

    // ---- places

    /// What is written from now on stands at `span`.
    fn at(&mut self, span: Span) {
        let loc = self.out.loc(Loc { span, function: self.name, parent: None });
        self.b.set_loc(loc);
    }

    // ---- registers

    /// The registers of a variable.
    fn local(&mut self, local: hir::LocalId) -> Regs {
        if let Some(regs) = &self.locals[local] {
            return regs.clone();
        }
        let regs = self.new_regs(self.function.locals[local].ty);
        self.owners.extend(regs.iter().map(|reg| (*reg, local)));
        self.locals[local] = Some(regs.clone());
        regs
    }

    fn new_regs(&mut self, ty: Ty) -> Regs {
        let lanes = self.lanes(ty);
        self.b.regs(&lanes)
    }

    /// The registers offered, or new ones.
    fn target(&mut self, into: Into, ty: Ty) -> Regs {
        match into {
            Some(regs) => regs.into(),
            None => self.new_regs(ty),
        }
    }

    /// `dsts = srcs`, all at once.
    fn assign(&mut self, dsts: &[Reg], srcs: &[Reg]) {
        // A source that an earlier copy overwrites is saved first.
        let mut saved: Regs = srcs.into();
        for (index, src) in srcs.iter().enumerate() {
            if dsts[..index.min(dsts.len())].contains(src) {
                saved[index] = self.b.reg(self.b.lane(*src));
                self.b.copy(saved[index], *src);
            }
        }
        for (dst, src) in dsts.iter().zip(&saved) {
            self.b.copy(*dst, *src);
        }
    }

    /// Copies of registers that may change.
    fn saved(&mut self, regs: &[Reg]) -> Regs {
        let copies: Regs = regs.iter().map(|reg| self.b.reg(self.b.lane(*reg))).collect();
        self.assign(&copies, regs);
        copies
    }
}

#[cfg(test)]
mod tests;
