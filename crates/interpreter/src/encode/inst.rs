//! Instructions.

use tandem_mir::{FnId, Inst, Op, Reg};
use tandem_runtime::ffi::RtFn;

use super::{Call, Encoder, Field, Operand, Reach};
use crate::code::{self, Form, Operands, Word};

/// A row of the operation table with its operands.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub op: Op,
    pub lhs: Reg,
    pub rhs: Option<Reg>,
}

impl Row {
    /// The row that computes `condition`, if `inst` is that.
    pub fn of(inst: &Inst<Reg>, condition: Reg) -> Option<Row> {
        if inst.dsts() != [condition] {
            None
        } else if let Inst::UnaryOp { op, arg, .. } = inst {
            Some(Row { op: *op, lhs: *arg, rhs: None })
        } else if let Inst::BinOp { op, lhs, rhs, .. } = inst {
            Some(Row { op: *op, lhs: *lhs, rhs: Some(*rhs) })
        } else {
            None
        }
    }
}

impl Encoder<'_> {
    pub(super) fn inst(&mut self, inst: &Inst<Reg>, roots: u32) {
        match inst {
            Inst::ConstInt { dst, value } => self.constant_to(*dst, *value as u64),
            Inst::ConstFloat { dst, bits } => self.constant_to(*dst, *bits),
            Inst::ConstBool { dst, value } => self.constant_to(*dst, *value as u64),
            Inst::ConstNil { dst } => self.constant_to(*dst, 0),
            Inst::ConstString { dst, constant } => {
                let dst = self.write(*dst);
                self.push(Word::far(code::CONST_STRING, dst, constant.as_u32() as i32));
            }
            Inst::Copy { dst, src } => match self.constant(*src) {
                Some(bits) => self.constant_to(*dst, bits),
                None => self.copy(self.register(*dst), self.register(*src)),
            },
            Inst::UnaryOp { dst, op, arg } => {
                let dst = self.write(*dst);
                self.row(Row { op: *op, lhs: *arg, rhs: None }, Place::Value(dst));
            }
            Inst::BinOp { dst, op, lhs, rhs } => {
                let dst = self.write(*dst);
                self.row(Row { op: *op, lhs: *lhs, rhs: Some(*rhs) }, Place::Value(dst));
            }
            Inst::Call { dsts, function, args } => self.call(dsts, *function, args, roots),
            Inst::CallRt { dsts, function, args } => self.call_runtime(dsts, function, args, roots),
            Inst::GlobalGet { dst, global } => {
                let dst = self.write(*dst);
                self.push(Word::far(code::GLOBAL_GET, dst, global.as_u32() as i32));
            }
            Inst::GlobalSet { global, src } => {
                let src = self.read(*src);
                self.push(Word::far(code::GLOBAL_SET, src, global.as_u32() as i32));
            }
            Inst::TupleLit { dst, shape, lanes } => {
                let window = self.allocation.windows[self.number];
                self.gather(window, lanes);
                let dst = self.write(*dst);
                self.push(Word::far(code::TUPLE_LIT, dst, lanes.len() as i32));
                self.push(Word::pair(shape.as_u32(), window));
                self.set_roots(roots);
            }
            Inst::FieldGet { dst, object, shape: _, index } => {
                let object = self.read(*object);
                let dst = self.write(*dst);
                match u16::try_from(*index) {
                    Ok(index) => self.push(Word::new(code::FIELD_GET, dst, object, index)),
                    Err(_) => {
                        self.push(Word::new(code::FIELD_GET_FAR, dst, object, 0));
                        self.push(Word::pair(*index, 0));
                    }
                }
            }
            Inst::Wait => {
                self.push(Word::new(code::WAIT, 0, 0, 0));
                self.set_roots(roots);
            }
            Inst::CountExecution { name } => {
                self.push(Word::far(code::COUNT_EXECUTION, 0, name.as_u32() as i32));
            }
        }
        self.finish_stores();
    }

    fn constant_to(&mut self, dst: Reg, bits: u64) {
        self.load_constant(self.register(dst), bits);
    }

    /// Writes a row in the form that fits its operands.
    pub(super) fn row(&mut self, row: Row, place: Place) {
        let lhs = self.row_operand(row.lhs);
        let rhs = row.rhs.map(|rhs| self.row_operand(rhs));
        let (operands, lhs, rhs) = match (lhs, rhs) {
            (lhs, None) => (Operands::Registers, Operand::Register(self.in_register(lhs)), Operand::Register(0)),
            (Operand::Constant(lhs), Some(Operand::Register(rhs))) => {
                (Operands::ConstantLeft, Operand::Constant(lhs), Operand::Register(rhs))
            }
            (lhs, Some(Operand::Constant(rhs))) => {
                (Operands::ConstantRight, Operand::Register(self.in_register(lhs)), Operand::Constant(rhs))
            }
            (lhs, Some(rhs)) => (Operands::Registers, lhs, rhs),
        };
        let (form, fields) = match place {
            Place::Value(_) => (Form::Value, [Field::B, Field::C]),
            Place::JumpIf => (Form::JumpIf, [Field::A, Field::B]),
            Place::JumpUnless => (Form::JumpUnless, [Field::A, Field::B]),
            Place::LoopIf => (Form::LoopIf, [Field::A, Field::B]),
        };
        let [lhs, rhs] = [(lhs, fields[0]), (rhs, fields[1])].map(|(operand, field)| match operand {
            Operand::Register(register) => register,
            Operand::Constant(bits) => {
                self.literal(field, bits);
                0
            }
        });
        let opcode = code::opcode(form, operands, row.op);
        self.push(match place {
            Place::Value(dst) => Word::new(opcode, dst, lhs, rhs),
            Place::JumpIf | Place::JumpUnless | Place::LoopIf => Word::new(opcode, lhs, rhs, 0),
        });
    }

    /// An operand of a row; a constant only if the row can reach the pool.
    fn row_operand(&mut self, reg: Reg) -> Operand {
        match self.reach {
            Reach::Near => self.operand(reg),
            Reach::Far => Operand::Register(self.read(reg)),
        }
    }

    fn in_register(&mut self, operand: Operand) -> u16 {
        match operand {
            Operand::Register(register) => register,
            Operand::Constant(bits) => self.materialise(bits),
        }
    }

    fn call(&mut self, dsts: &[Reg], function: FnId, args: &[Reg], roots: u32) {
        let window = self.allocation.windows[self.number];
        self.gather(window, args);
        self.calls.push(Call { at: self.code.words.len(), function });
        match u16::try_from(window) {
            Ok(window) => self.push(Word::far(code::CALL, window, 0)),
            Err(_) => {
                self.push(Word::far(code::CALL_FAR, 0, 0));
                self.push(Word::pair(window, 0));
            }
        }
        self.set_roots(roots);
        self.scatter(window, dsts);
    }

    fn call_runtime(&mut self, dsts: &[Reg], function: &'static RtFn, args: &[Reg], roots: u32) {
        let index = function.index;
        let named: Vec<u16> = match crate::allocate::window_arguments_of_runtime(args) {
            None => args.iter().map(|arg| self.read(*arg)).collect(),
            Some(_) => Vec::new(),
        };
        let result = |encoder: &mut Self, index: usize| match dsts.get(index) {
            Some(dst) => encoder.write(*dst),
            None => encoder.scratch(),
        };
        let (first, second) = (result(self, 0), result(self, 1));
        let word = |opcode, b, c| Word::new(opcode, index, b, c);
        let extension = |a, b| Word::new(a, b, first, second);
        let words = match (named.as_slice(), args.len()) {
            ([], 0) => [word(code::CALL_RT_0, 0, 0), extension(0, 0)],
            ([a], 1) => [word(code::CALL_RT_1, *a, 0), extension(0, 0)],
            ([a, b], 2) => [word(code::CALL_RT_2, *a, *b), extension(0, 0)],
            ([a, b, c], 3) => [word(code::CALL_RT_3, *a, *b), extension(*c, 0)],
            ([a, b, c, d], 4) => [word(code::CALL_RT_4, *a, *b), extension(*c, *d)],
            _ => {
                let window = self.allocation.windows[self.number];
                self.gather(window, args);
                [word(code::CALL_RT_MANY, 0, 0), extension(window as u16, (window >> 16) as u16)]
            }
        };
        words.into_iter().for_each(|word| self.push(word));
        self.set_roots(roots);
    }
}

/// What becomes of a row's result.
#[derive(Clone, Copy)]
pub(super) enum Place {
    Value(u16),
    JumpIf,
    JumpUnless,
    LoopIf,
}
