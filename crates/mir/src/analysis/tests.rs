use super::*;
use crate::{BlockId, EntityRef, FnId, Function, Operand, Reg, Value, text};

fn function<V: Operand>(blocks: &str) -> Function<V> {
    let source = format!("global global0: bool\nfn fn0() -> int {{\nblock0:\n{blocks}\n}}");
    let program = text::parse::<V>(&source).unwrap_or_else(|error| panic!("{error}"));
    program.functions[FnId::new(0)].clone()
}

fn block(index: usize) -> BlockId {
    BlockId::new(index)
}

/// A loop with a branch in it, a way out, and a block that nothing leads to.
const LOOP: &str = "
    r0 = get global0
    r1 = int 1
    jump block1
block1:
    branch r0, block2, block5
block2:
    branch r0, block3, block4
block3:
    r2 = int.add r1, r1
    jump block4
block4:
    r3 = int.add r1, r1
    r1 = copy r3
    jump block1
block5:
    return r1
block6:
    jump block5";

#[test]
fn graph() {
    let cfg = Cfg::new(&function::<Reg>(LOOP));
    assert_eq!(cfg.reverse_postorder(), [0, 1, 2, 3, 4, 5].map(block));
    assert_eq!(cfg.predecessors(block(1)), [block(0), block(4)]);
    assert_eq!(cfg.predecessors(block(5)), [block(1)]);
    assert!(!cfg.is_reachable(block(6)));
}

#[test]
fn dominator_tree() {
    let tree = Dominators::new(&Cfg::new(&function::<Reg>(LOOP)));
    let parents: Vec<Option<BlockId>> = (0..6).map(|index| tree.parent(block(index))).collect();
    assert_eq!(parents, [None, Some(0), Some(1), Some(2), Some(2), Some(1)].map(|parent| parent.map(block)));
    assert!(tree.dominates(block(1), block(4)));
    assert!(tree.dominates(block(4), block(4)));
    assert!(!tree.dominates(block(3), block(4)));
    assert!(!tree.dominates(block(4), block(1)));
}

/// The example of Cooper, Harvey and Kennedy, figure 4: no order settles it in one round.
#[test]
fn dominators_of_an_irreducible_graph() {
    let blocks = "
    r0 = get global0
    branch r0, block1, block2
block1:
    jump block3
block2:
    branch r0, block4, block5
block3:
    jump block4
block4:
    branch r0, block3, block5
block5:
    jump block4";
    let tree = Dominators::new(&Cfg::new(&function::<Reg>(blocks)));
    assert!((1..6).all(|index| tree.parent(block(index)) == Some(block(0))));
}

#[test]
fn liveness_around_a_loop() {
    let function = function::<Reg>(LOOP);
    let live = Liveness::new(&function, &Cfg::new(&function));
    let at_start = |index: usize| live.live_in(block(index)).iter().map(EntityRef::index).collect::<Vec<_>>();
    assert_eq!(at_start(0), [0; 0]);
    assert_eq!(at_start(1), [0, 1]);
    assert_eq!(at_start(4), [0, 1]);
    assert_eq!(at_start(5), [1]);
    let mut behind = Vec::new();
    live.for_each_inst_backward(&function, block(4), |index, _, alive| {
        behind.push((index, alive.iter().map(EntityRef::index).collect::<Vec<_>>()));
    });
    assert_eq!(behind, [(1, vec![0, 1]), (0, vec![0, 3])]);
}

#[test]
fn block_parameters_are_not_alive_at_the_start_of_their_block() {
    let blocks = "
    v0 = int 1
    v1 = int 2
    jump block1(v0)
block1(v2: int):
    v3 = int.add v1, v2
    return v3";
    let function = function::<Value>(blocks);
    let live = Liveness::new(&function, &Cfg::new(&function));
    assert_eq!(live.live_in(block(1)).iter().map(EntityRef::index).collect::<Vec<_>>(), [1]);
    assert_eq!(live.live_out(block(0)).iter().map(EntityRef::index).collect::<Vec<_>>(), [1]);
}
