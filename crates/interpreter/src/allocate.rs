//! Gives each slot of a function a register of its frame.
//!
//! Linear scan (Poletto and Sarkar 1999): a slot is alive from its first to its last position in the order of the
//! code, and takes a register that is free then. Registers are plenty, so nothing is ever spilled; what counts is that
//! values are computed where they are needed:
//!
//! - A *window* is where the frame of a callee begins, so the arguments must stand in the registers from there on,
//!   and the results will. Everything that is alive across the call stands below it. A window is chosen when the first
//!   value is computed that is only needed as an argument; that value goes straight to its place.
//! - A result stays where the call leaves it, at best in the window of the call whose argument it is.
//! - A copy of a slot that dies there takes over its register.
//!
//! These are wishes. Where one cannot be granted, `encode` copies.
//!
//! Positions: instruction `n` (terminators are counted too) reads at `2n` and assigns at `2n + 1`.

use tandem_mir::analysis::{Cfg, Liveness};
use tandem_mir::{BlockId, Inst, Reg, SecondaryMap};

use crate::tidy::Tidy;

/// Registers that nobody is given, at the end of what 16 bits can name: `encode` needs them in large frames.
pub(crate) const SCRATCH: std::ops::Range<u32> = (1 << 16) - 16..1 << 16;

/// Arguments up to this number are named by the instruction that calls a runtime function; more stand in a window.
pub(crate) const NAMED_ARGUMENTS: usize = 4;

/// A frame must be at least this much above its caller's (see `frame`).
pub(crate) const SMALLEST_WINDOW: u32 = 2;

/// Where everything is.
pub(crate) struct Allocation {
    /// The register of each slot that is assigned or read; constants have none.
    pub registers: SecondaryMap<Reg, Option<u32>>,
    /// By instruction: the first register of its window, if it has one.
    pub windows: Vec<u32>,
    /// How many registers are used.
    pub frame_size: u32,
}

/// The arguments of a runtime function, if they are too many to be named.
pub(crate) fn window_arguments_of_runtime(args: &[Reg]) -> Option<&[Reg]> {
    (args.len() > NAMED_ARGUMENTS).then_some(args)
}

/// What an instruction needs to stand in consecutive registers.
pub(crate) fn window_arguments(inst: &Inst<Reg>) -> Option<&[Reg]> {
    match inst {
        Inst::Call { args, .. } => Some(args),
        Inst::CallRt { args, .. } => window_arguments_of_runtime(args),
        Inst::TupleLit { lanes, .. } => Some(lanes),
        Inst::ConstInt { .. }
        | Inst::ConstFloat { .. }
        | Inst::ConstBool { .. }
        | Inst::ConstNil { .. }
        | Inst::ConstString { .. }
        | Inst::Copy { .. }
        | Inst::UnaryOp { .. }
        | Inst::BinOp { .. }
        | Inst::GlobalGet { .. }
        | Inst::GlobalSet { .. }
        | Inst::FieldGet { .. }
        | Inst::Wait
        | Inst::CountExecution { .. } => None,
    }
}

/// Allocates the registers of a function.
pub(crate) fn allocate(tidy: &Tidy, cfg: &Cfg, liveness: &Liveness<Reg>) -> Allocation {
    let mut allocator = Allocator::new(tidy, cfg, liveness);
    allocator.run();
    Allocation { registers: allocator.registers, windows: allocator.windows, frame_size: allocator.frame_size }
}

/// From the first to the last position at which a slot is alive.
#[derive(Clone, Copy)]
struct Interval {
    start: u32,
    end: u32,
}

impl Interval {
    const NEVER: Interval = Interval { start: u32::MAX, end: 0 };

    fn extend(&mut self, position: u32) {
        self.start = self.start.min(position);
        self.end = self.end.max(position);
    }
}

/// A slot whose only use is as an argument.
#[derive(Clone, Copy)]
struct Argument {
    /// The instruction.
    call: u32,
    /// Its place in the window.
    index: u32,
}

/// A window that was chosen before its call.
#[derive(Clone, Copy)]
struct Pending {
    call: u32,
    base: u32,
    end: u32,
}

const NOT_CHOSEN: u32 = u32::MAX;

struct Allocator<'a> {
    tidy: &'a Tidy,
    /// By number; terminators are `None`.
    insts: Vec<Option<&'a Inst<Reg>>>,
    intervals: SecondaryMap<Reg, Interval>,
    arguments: SecondaryMap<Reg, Option<Argument>>,
    /// Where the last call seen leaves its results.
    results: SecondaryMap<Reg, Option<u32>>,
    registers: SecondaryMap<Reg, Option<u32>>,
    windows: Vec<u32>,
    frame_size: u32,
    /// By register: the slot that is in it now.
    owners: Vec<Option<Reg>>,
    /// No register below is free.
    first_free: u32,
    /// Windows with arguments in place whose calls are still to come.
    pending: Vec<Pending>,
}

impl Interval {
    fn is_used(self) -> bool {
        self.start <= self.end
    }
}

impl Default for Interval {
    fn default() -> Self {
        Interval::NEVER
    }
}

impl<'a> Allocator<'a> {
    fn new(tidy: &'a Tidy, cfg: &Cfg, liveness: &Liveness<Reg>) -> Self {
        let slots = tidy.function.lanes.len();
        let mut allocator = Allocator {
            tidy,
            insts: Vec::new(),
            intervals: SecondaryMap::with_capacity(slots),
            arguments: SecondaryMap::with_capacity(slots),
            results: SecondaryMap::with_capacity(slots),
            registers: SecondaryMap::with_capacity(slots),
            windows: Vec::new(),
            frame_size: tidy.function.results.len().max(tidy.function.params.len()) as u32,
            owners: Vec::new(),
            first_free: 0,
            pending: Vec::new(),
        };
        for param in &tidy.function.params {
            allocator.intervals[*param].extend(0);
        }
        for block in tidy.function.blocks.keys().filter(|block| cfg.is_reachable(*block)) {
            allocator.scan(block, liveness);
        }
        allocator.windows = vec![NOT_CHOSEN; allocator.insts.len()];
        allocator
    }

    /// Numbers the instructions of a block and notes where slots are alive in it.
    fn scan(&mut self, id: BlockId, liveness: &Liveness<Reg>) {
        let block = &self.tidy.function.blocks[id];
        let first = self.insts.len() as u32;
        let constants = &self.tidy.constants;
        let is_slot = |reg: &Reg| constants[*reg].is_none();
        liveness.live_in(id).iter().filter(is_slot).for_each(|reg| self.intervals[reg].extend(2 * first));
        for (inst, _) in &block.insts {
            let number = self.insts.len() as u32;
            inst.for_each_read(|reg| self.intervals[reg].extend(2 * number));
            inst.dsts().iter().for_each(|reg| self.intervals[*reg].extend(2 * number + 1));
            self.insts.push(Some(inst));
        }
        let last = self.insts.len() as u32;
        block.terminator.for_each_read(|reg| self.intervals[reg].extend(2 * last));
        liveness.live_out(id).iter().filter(is_slot).for_each(|reg| self.intervals[reg].extend(2 * last + 1));
        self.insts.push(None);
        // Temporaries of this block that die as an argument.
        for number in first..last {
            let Some(args) = self.insts[number as usize].and_then(window_arguments) else { continue };
            for (index, arg) in args.iter().enumerate() {
                let interval = self.intervals[*arg];
                if interval.start > 2 * first && interval.end == 2 * number && self.arguments[*arg].is_none() {
                    self.arguments[*arg] = Some(Argument { call: number, index: index as u32 });
                }
            }
        }
    }

    fn run(&mut self) {
        let used = |reg: &Reg| self.intervals[*reg].is_used() && self.tidy.constants[*reg].is_none();
        let mut by_start: Vec<Reg> = self.tidy.function.lanes.keys().filter(used).collect();
        let mut by_end = by_start.clone();
        by_start.sort_by_key(|reg| self.intervals[*reg].start);
        by_end.sort_by_key(|reg| self.intervals[*reg].end);
        for (index, param) in self.tidy.function.params.iter().enumerate() {
            // `encode` copies those that arrive in scratch registers.
            if !SCRATCH.contains(&(index as u32)) {
                self.take(*param, index as u32);
            }
        }
        let (mut starting, mut ending) = (by_start.into_iter().peekable(), by_end.into_iter().peekable());
        for number in 0..self.insts.len() as u32 {
            for position in [2 * number, 2 * number + 1] {
                while let Some(reg) = ending.next_if(|reg| self.intervals[*reg].end < position) {
                    self.release(reg);
                }
                while let Some(reg) = starting.next_if(|reg| self.intervals[*reg].start == position) {
                    if self.registers[reg].is_none() {
                        let register = self.choose(reg, position);
                        self.take(reg, register);
                    }
                }
                if position == 2 * number {
                    self.settle_window(number);
                }
            }
        }
    }

    fn take(&mut self, reg: Reg, register: u32) {
        let index = register as usize;
        if index >= self.owners.len() {
            self.owners.resize(index + 1, None);
        }
        self.owners[index] = Some(reg);
        self.registers[reg] = Some(register);
        self.frame_size = self.frame_size.max(register + 1);
    }

    fn release(&mut self, reg: Reg) {
        if let Some(register) = self.registers[reg] {
            self.owners[register as usize] = None;
            self.first_free = self.first_free.min(register);
            while self.owners.last() == Some(&None) {
                self.owners.pop();
            }
        }
    }

    fn is_free(&self, register: u32) -> bool {
        !SCRATCH.contains(&register) && self.owners.get(register as usize).is_none_or(Option::is_none)
    }

    fn is_reserved(&self, register: u32) -> bool {
        self.pending.iter().any(|window| (window.base..window.end).contains(&register))
    }

    /// The register for a slot that becomes alive.
    fn choose(&mut self, reg: Reg, position: u32) -> u32 {
        if let Some(argument) = self.arguments[reg] {
            let register = self.early_window(argument.call) + argument.index;
            if self.is_free(register) {
                return register;
            }
        }
        let number = (position / 2) as usize;
        let wish = if let Some(Inst::Call { .. }) = self.insts[number] {
            self.results[reg]
        } else if let Some(Inst::Copy { src, .. }) = self.insts[number] {
            self.registers[*src]
        } else {
            None
        };
        match wish {
            Some(register) if position % 2 == 1 && self.is_free(register) && !self.is_reserved(register) => register,
            _ => self.lowest_free(),
        }
    }

    fn lowest_free(&mut self) -> u32 {
        while !self.is_free(self.first_free) {
            self.first_free += 1;
        }
        let mut register = self.first_free;
        while !self.is_free(register) || self.is_reserved(register) {
            register += 1;
        }
        register
    }

    /// The window of a call that is still to come, whose first argument in place is being computed.
    fn early_window(&mut self, call: u32) -> u32 {
        if self.windows[call as usize] == NOT_CHOSEN {
            let top = self.pending.iter().map(|window| window.end).max().unwrap_or(0).max(self.owners.len() as u32);
            self.choose_window(call, top);
            let base = self.windows[call as usize];
            let len = self.insts[call as usize].and_then(window_arguments).map_or(0, <[Reg]>::len) as u32;
            self.pending.push(Pending { call, base, end: base + len });
        }
        self.windows[call as usize]
    }

    /// Chooses a window, not below `top`, unless its result can so become an argument in place.
    fn choose_window(&mut self, call: u32, top: u32) {
        let inst = self.insts[call as usize].expect("terminators have no windows");
        let len = window_arguments(inst).map_or(0, <[Reg]>::len).max(inst.dsts().len()) as u32;
        let outer = inst.dsts().first().and_then(|dst| self.arguments[*dst]);
        let wish = outer.and_then(|argument| {
            let window = self.windows[argument.call as usize];
            (window != NOT_CHOSEN).then(|| window + argument.index)
        });
        let base = match wish {
            Some(register) if self.owners.len() as u32 <= register => register,
            _ => top,
        };
        let base = base.max(SMALLEST_WINDOW);
        // Arguments must not be overwritten while others are copied.
        let base = if base < SCRATCH.end && base + len > SCRATCH.start { SCRATCH.end } else { base };
        self.windows[call as usize] = base;
    }

    /// Before a call: makes sure that what lives on stands below its window.
    fn settle_window(&mut self, number: u32) {
        let Some(inst) = self.insts[number as usize] else { return };
        let Some(args) = window_arguments(inst) else { return };
        let chosen = self.windows[number as usize];
        let lives_on = |owner: &Option<Reg>| owner.is_some_and(|reg| self.intervals[reg].end > 2 * number);
        let below = match chosen {
            NOT_CHOSEN => 0,
            base => (base as usize).min(self.owners.len()),
        };
        let top = self.owners[below..].iter().rposition(lives_on).map(|index| (below + index + 1) as u32);
        if chosen == NOT_CHOSEN || top.is_some() {
            self.choose_window(number, top.unwrap_or(0));
        }
        for (register, dst) in (self.windows[number as usize]..).zip(inst.dsts()) {
            self.results[*dst] = Some(register);
        }
        self.pending.retain(|window| window.call != number);
        let len = args.len().max(inst.dsts().len()) as u32;
        self.frame_size = self.frame_size.max(self.windows[number as usize] + len);
    }
}
