use super::*;

#[test]
fn every_row_knows_its_index() {
    for (index, function) in ALL.iter().enumerate() {
        assert_eq!(function.index as usize, index, "{function:?}");
        assert!(function.symbol.starts_with("rt_"), "{function:?}");
        assert!(function.results.len() <= 2, "{function:?}");
        assert!((function.address)() != 0);
    }
}

#[test]
fn symbols_are_unique() {
    let mut symbols: Vec<&str> = ALL.iter().map(|function| function.symbol).collect();
    symbols.sort_unstable();
    let count = symbols.len();
    symbols.dedup();
    assert_eq!(symbols.len(), count);
}
