//! Dominators (Cooper, Harvey, Kennedy: A Simple, Fast Dominance Algorithm, 2001).

use cranelift_entity::SecondaryMap;
use cranelift_entity::packed_option::PackedOption;

use crate::BlockId;
use crate::analysis::Cfg;

/// The dominator tree of the reachable blocks.
#[derive(Clone, Debug)]
pub struct Dominators {
    parent: SecondaryMap<BlockId, PackedOption<BlockId>>,
    /// Position in reverse postorder.
    order: SecondaryMap<BlockId, u32>,
}

impl Dominators {
    /// The tree of a graph.
    pub fn new(cfg: &Cfg) -> Self {
        let blocks = cfg.reverse_postorder();
        let mut tree = Dominators { parent: SecondaryMap::new(), order: SecondaryMap::new() };
        for (position, block) in blocks.iter().enumerate() {
            tree.order[*block] = position as u32;
        }
        let Some((&entry, rest)) = blocks.split_first() else { return tree };
        tree.parent[entry] = entry.into(); // marks it as done; removed below
        let mut changed = true;
        while changed {
            changed = false;
            for &block in rest {
                let mut done = cfg.predecessors(block).iter().copied().filter(|p| tree.parent[*p].is_some());
                let first = done.next().expect("in reverse postorder a predecessor comes before");
                let parent = done.fold(first, |a, b| tree.meet(a, b));
                if tree.parent[block].expand() != Some(parent) {
                    tree.parent[block] = parent.into();
                    changed = true;
                }
            }
        }
        tree.parent[entry] = None.into();
        tree
    }

    fn meet(&self, mut a: BlockId, mut b: BlockId) -> BlockId {
        while a != b {
            let later = if self.order[a] > self.order[b] { &mut a } else { &mut b };
            *later = self.parent[*later].expect("blocks that are done have parents up to the entry");
        }
        a
    }

    /// The closest block that every path to this one passes; none for the entry.
    pub fn parent(&self, block: BlockId) -> Option<BlockId> {
        self.parent[block].expand()
    }

    /// Whether every path to `below` passes `above`. A block dominates itself.
    pub fn dominates(&self, above: BlockId, below: BlockId) -> bool {
        let mut at = below;
        loop {
            if at == above {
                return true;
            }
            if self.order[at] <= self.order[above] {
                return false;
            }
            match self.parent(at) {
                Some(parent) => at = parent,
                None => return false,
            }
        }
    }
}
