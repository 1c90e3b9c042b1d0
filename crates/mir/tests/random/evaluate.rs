//! A plain evaluator of both forms, for comparison.

use tandem_mir::eval::eval;
use tandem_mir::{BlockId, EntityRef, FnId, GlobalId, Inst, LocId, Operand, Program, SecondaryMap, Terminator};
use tandem_runtime::Fault;
use tandem_source::Span;

/// What can be observed of a run.
#[derive(Debug, PartialEq)]
pub struct Run {
    /// Changes of module variables.
    pub changes: Vec<(GlobalId, u64)>,
    pub end: End,
}

#[derive(Debug, PartialEq)]
pub enum End {
    Returned(Vec<u64>),
    /// With the places of the frames, innermost first: inlined ones count as frames.
    Failed {
        fault: Fault,
        backtrace: Vec<(Span, String)>,
    },
}

/// Runs the entry of a program; nothing if it takes more blocks than `fuel`.
pub fn evaluate<V: Operand>(program: &Program<V>, fuel: usize) -> Option<Run> {
    let mut machine = Machine { program, globals: vec![0; program.globals.len()], changes: Vec::new(), fuel };
    let end = match machine.call(program.entry, &[]) {
        Ok(values) => End::Returned(values),
        Err((fault, backtrace)) => End::Failed { fault, backtrace },
    };
    (machine.fuel > 0).then_some(Run { changes: machine.changes, end })
}

struct Machine<'a, V: Operand> {
    program: &'a Program<V>,
    globals: Vec<u64>,
    changes: Vec<(GlobalId, u64)>,
    fuel: usize,
}

type Failure = (Fault, Vec<(Span, String)>);

impl<V: Operand> Machine<'_, V> {
    fn frames(&self, loc: LocId) -> Vec<(Span, String)> {
        let loc = &self.program.locs[loc];
        let mut frames = vec![(loc.span, self.program.names[loc.function].name.clone())];
        frames.extend(loc.parent.into_iter().flat_map(|parent| self.frames(parent)));
        frames
    }

    fn call(&mut self, id: FnId, args: &[u64]) -> Result<Vec<u64>, Failure> {
        let function = &self.program.functions[id];
        let mut values: SecondaryMap<V, u64> = SecondaryMap::new();
        function.params.iter().zip(args).for_each(|(param, arg)| values[*param] = *arg);
        let mut at = BlockId::new(0);
        loop {
            self.fuel = self.fuel.saturating_sub(1);
            if self.fuel == 0 {
                return Err((Fault::Limit, Vec::new()));
            }
            let block = &function.blocks[at];
            for (inst, loc) in &block.insts {
                let fail = |fault| (fault, self.frames(*loc));
                match inst {
                    Inst::ConstInt { dst, value } => values[*dst] = *value as u64,
                    Inst::ConstFloat { dst, bits } => values[*dst] = *bits,
                    Inst::ConstBool { dst, value } => values[*dst] = u64::from(*value),
                    Inst::Copy { dst, src } => values[*dst] = values[*src],
                    Inst::UnaryOp { dst, op, arg } => values[*dst] = eval(*op, &[values[*arg]]).map_err(fail)?,
                    Inst::BinOp { dst, op, lhs, rhs } => {
                        values[*dst] = eval(*op, &[values[*lhs], values[*rhs]]).map_err(fail)?;
                    }
                    Inst::Call { dsts, function, args } => {
                        let args: Vec<u64> = args.iter().map(|arg| values[*arg]).collect();
                        let results = self.call(*function, &args).map_err(|(fault, mut backtrace)| {
                            backtrace.extend(self.frames(*loc));
                            (fault, backtrace)
                        })?;
                        dsts.iter().zip(results).for_each(|(dst, result)| values[*dst] = result);
                    }
                    Inst::GlobalGet { dst, global } => values[*dst] = self.globals[global.index()],
                    Inst::GlobalSet { global, src } => {
                        self.globals[global.index()] = values[*src];
                        self.changes.push((*global, values[*src]));
                    }
                    Inst::Wait => {}
                    Inst::ConstNil { .. }
                    | Inst::ConstString { .. }
                    | Inst::CallRt { .. }
                    | Inst::TupleLit { .. }
                    | Inst::FieldGet { .. }
                    | Inst::CountExecution { .. } => unreachable!("not generated: {inst:?}"),
                }
            }
            let edge = match &block.terminator {
                Terminator::Return { values: results } => return Ok(results.iter().map(|v| values[*v]).collect()),
                Terminator::Jump { to } => to,
                Terminator::Branch { condition, then, otherwise } => {
                    if values[*condition] != 0 {
                        then
                    } else {
                        otherwise
                    }
                }
                Terminator::Switch { on, cases, default } => {
                    let case = cases.iter().find(|(case, _)| *case == values[*on] as i64);
                    case.map_or(default, |(_, edge)| edge)
                }
                Terminator::Fail { fault, .. } => return Err((*fault, self.frames(block.terminator_loc))),
                Terminator::Unreachable => unreachable!("control got to `unreachable` in {id}, {at}"),
            };
            let args: Vec<u64> = edge.args.iter().map(|arg| values[*arg]).collect();
            at = edge.block;
            function.blocks[at].params.iter().zip(args).for_each(|(param, arg)| values[*param] = arg);
        }
    }
}
