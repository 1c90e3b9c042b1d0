//! The control-flow graph of a function.

use cranelift_entity::{EntityRef, SecondaryMap};

use crate::{BlockId, Function};

/// Who leads to whom. Only edges from blocks that can be reached count.
#[derive(Clone, Debug)]
pub struct Cfg {
    predecessors: SecondaryMap<BlockId, Vec<BlockId>>,
    reverse_postorder: Vec<BlockId>,
    reachable: SecondaryMap<BlockId, bool>,
}

impl Cfg {
    /// The graph of a function.
    pub fn new<V: EntityRef>(function: &Function<V>) -> Self {
        let mut cfg = Cfg {
            predecessors: SecondaryMap::with_capacity(function.blocks.len()),
            reverse_postorder: Vec::with_capacity(function.blocks.len()),
            reachable: SecondaryMap::with_capacity(function.blocks.len()),
        };
        let Some(entry) = function.entry() else { return cfg };
        // Depth first with an own stack: functions can have many blocks.
        cfg.reachable[entry] = true;
        let mut stack = vec![(entry, successors(function, entry).into_iter())];
        while let Some((block, rest)) = stack.last_mut() {
            let block = *block;
            match rest.next() {
                Some(next) => {
                    if !cfg.predecessors[next].contains(&block) {
                        cfg.predecessors[next].push(block);
                    }
                    if !cfg.reachable[next] {
                        cfg.reachable[next] = true;
                        stack.push((next, successors(function, next).into_iter()));
                    }
                }
                None => {
                    cfg.reverse_postorder.push(block);
                    stack.pop();
                }
            }
        }
        cfg.reverse_postorder.reverse();
        cfg
    }

    /// The blocks that lead here, each once.
    pub fn predecessors(&self, block: BlockId) -> &[BlockId] {
        &self.predecessors[block]
    }

    /// The reachable blocks, each before its successors except along back-edges; the first is the entry.
    pub fn reverse_postorder(&self) -> &[BlockId] {
        &self.reverse_postorder
    }

    /// Whether the entry leads here.
    pub fn is_reachable(&self, block: BlockId) -> bool {
        self.reachable[block]
    }
}

fn successors<V: EntityRef>(function: &Function<V>, block: BlockId) -> Vec<BlockId> {
    let mut blocks = Vec::new();
    function.blocks[block].terminator.for_each_edge(|edge| blocks.push(edge.block));
    // The first successor is visited last, so that it comes first in reverse postorder.
    blocks.reverse();
    blocks
}
