//! Copies between registers: of one, and of many at once.

use rustc_hash::FxHashMap;
use tandem_mir::Reg;

use super::{Encoder, Field};
use crate::code::{self, Word};

/// A copy that belongs to a set of copies that happen at once.
#[derive(Clone, Copy)]
pub(super) struct Move {
    pub to: u32,
    pub from: u32,
}

impl Encoder<'_> {
    /// `to = from`
    pub(super) fn copy(&mut self, to: u32, from: u32) {
        match (u16::try_from(to), u16::try_from(from)) {
            _ if to == from => {}
            (Ok(to), Ok(from)) => self.push(Word::new(code::COPY, to, from, 0)),
            (Ok(_) | Err(_), _) => {
                self.push(Word::new(code::COPY_FAR, 0, 0, 0));
                self.push(Word::pair(to, from));
            }
        }
    }

    /// `to` = the constant
    pub(super) fn load_constant(&mut self, to: u32, bits: u64) {
        self.literal(Field::Far, bits);
        match u16::try_from(to) {
            Ok(to) => self.push(Word::far(code::CONST, to, 0)),
            Err(_) => {
                self.push(Word::far(code::CONST_FAR, 0, 0));
                self.push(Word::pair(to, 0));
            }
        }
    }

    /// Brings operands to the registers from `first` on, in order.
    pub(super) fn gather(&mut self, first: u32, operands: &[Reg]) {
        let mut moves = Vec::new();
        let mut constants = Vec::new();
        for (to, reg) in (first..).zip(operands) {
            match self.constant(*reg) {
                Some(bits) => constants.push((to, bits)),
                None => moves.push(Move { to, from: self.register(*reg) }),
            }
        }
        self.move_all(moves);
        for (to, bits) in constants {
            self.load_constant(to, bits);
        }
    }

    /// Takes results from the registers from `first` on, in order.
    pub(super) fn scatter(&mut self, first: u32, results: &[Reg]) {
        let moves = (first..).zip(results).map(|(from, reg)| Move { to: self.register(*reg), from }).collect();
        self.move_all(moves);
    }

    /// The parameters arrive in the first registers; those that live elsewhere are copied.
    pub(super) fn parameters(&mut self) {
        let tidy = self.tidy;
        self.start(tidy.function.blocks.values().next().map_or(self.loc, |block| block.terminator_loc));
        self.scatter(0, &tidy.function.params);
    }

    /// Makes copies whose sources are all read before a target is written. No two have the same target.
    pub(super) fn move_all(&mut self, mut moves: Vec<Move>) {
        moves.retain(|m| m.to != m.from);
        let by_target: FxHashMap<u32, usize> = moves.iter().enumerate().map(|(index, m)| (m.to, index)).collect();
        let mut readers: FxHashMap<u32, u32> = FxHashMap::default();
        moves.iter().for_each(|m| *readers.entry(m.from).or_default() += 1);
        let mut is_done = vec![false; moves.len()];
        let mut ready: Vec<usize> = (0..moves.len()).rev().filter(|i| !readers.contains_key(&moves[*i].to)).collect();
        for next in 0..moves.len() {
            // First those whose targets nobody needs any more, then the circles, each opened by a copy to a side.
            if ready.is_empty() && !is_done[next] {
                // Not a scratch register: in a large frame those may be among the targets.
                let side = self.allocation.frame_size.max(self.scratch + self.scratch_used);
                self.frame_size = self.frame_size.max(side + 1);
                self.copy(side, moves[next].to);
                let reader = reader_in_circle(next, &moves, &by_target);
                moves[reader].from = side;
                self.drain(&mut vec![next], &moves, &by_target, &mut readers, &mut is_done);
            }
            self.drain(&mut ready, &moves, &by_target, &mut readers, &mut is_done);
        }
    }

    fn drain(
        &mut self,
        ready: &mut Vec<usize>,
        moves: &[Move],
        by_target: &FxHashMap<u32, usize>,
        readers: &mut FxHashMap<u32, u32>,
        is_done: &mut [bool],
    ) {
        while let Some(index) = ready.pop() {
            let Move { to, from } = moves[index];
            self.copy(to, from);
            is_done[index] = true;
            let Some(left) = readers.get_mut(&from) else { continue };
            *left -= 1;
            if *left == 0
                && let Some(&freed) = by_target.get(&from)
                && !is_done[freed]
            {
                ready.push(freed);
            }
        }
    }
}

/// The move that reads what `first` overwrites, in the circle of moves that `first` is part of.
fn reader_in_circle(first: usize, moves: &[Move], by_target: &FxHashMap<u32, usize>) -> usize {
    let mut reader = first;
    while moves[reader].from != moves[first].to {
        reader = by_target[&moves[reader].from];
    }
    reader
}
