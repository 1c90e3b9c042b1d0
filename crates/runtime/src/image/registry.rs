//! Which native code lies where: from a return address to its function's stack map and place.

use super::{CodeFunction, NO_PLACE};

/// All native code of a context.
#[derive(Default)]
pub(crate) struct CodeRegistry {
    /// By address; they do not overlap.
    loaded: Vec<LoadedCode>,
}

/// The code of one image in memory.
struct LoadedCode {
    base: usize,
    len: usize,
    /// By `start`.
    functions: Vec<CodeFunction>,
}

impl CodeRegistry {
    /// Makes code known that lies at `base`.
    pub(crate) fn add(&mut self, base: usize, len: usize, mut functions: Vec<CodeFunction>) {
        functions.sort_by_key(|function| function.start);
        let at = self.loaded.partition_point(|code| code.base < base);
        self.loaded.insert(at, LoadedCode { base, len, functions });
    }

    /// The function whose code holds `address`, and the offset in it.
    fn function(&self, address: usize) -> Option<(&CodeFunction, u32)> {
        let code = &self.loaded[self.loaded.partition_point(|code| code.base <= address).checked_sub(1)?];
        let offset = address - code.base;
        if offset >= code.len {
            return None;
        }
        let index = code.functions.partition_point(|function| function.start as usize <= offset).checked_sub(1)?;
        let function = &code.functions[index];
        let offset = offset as u32 - function.start;
        (offset < function.len).then_some((function, offset))
    }

    /// The offsets from the stack pointer of the references that are live in the frame that goes on at `pc`; `None` if
    /// `pc` is no native code.
    pub(crate) fn stack_map(&self, pc: usize) -> Option<&[u32]> {
        // A call that does not come back may be a function's last instruction, so `pc` itself may be behind its end.
        let (function, offset) = self.function(pc - 1)?;
        let maps = &function.stack_maps;
        Some(match maps.binary_search_by_key(&(offset + 1), |map| map.0) {
            Ok(index) => &maps[index].1,
            Err(_) => &[],
        })
    }

    /// The `LocId` of the call that returns to `pc` (`Some(None)` if that is not known); `None` if `pc` is no native
    /// code.
    pub(crate) fn location(&self, pc: usize) -> Option<Option<u32>> {
        let (function, offset) = self.function(pc - 1)?;
        let index = function.places.partition_point(|place| place.0 <= offset);
        Some(index.checked_sub(1).map(|index| function.places[index].1).filter(|loc| *loc != NO_PLACE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_return_address_finds_its_function() {
        let mut registry = CodeRegistry::default();
        let function = |start, len| CodeFunction {
            start,
            len,
            stack_maps: vec![(8, vec![start, 16])],
            places: vec![(0, start), (6, start + 1)],
        };
        registry.add(0x1000, 64, vec![function(32, 20), function(0, 32)]);
        registry.add(0x400, 16, vec![function(0, 16)]);
        assert_eq!(registry.location(0x1005), Some(Some(0)));
        assert_eq!(registry.location(0x1007), Some(Some(1)));
        assert_eq!(registry.location(0x1020), Some(Some(1)));
        assert_eq!(registry.location(0x1021), Some(Some(32)));
        assert_eq!(registry.stack_map(0x1028), Some(&[32u32, 16][..]));
        assert_eq!(registry.stack_map(0x1029), Some(&[][..]));
        assert_eq!(registry.location(0x1036), None);
        assert_eq!(registry.location(0x408), Some(Some(1)));
        assert_eq!(registry.location(0x411), None);
        assert_eq!(registry.location(0x3ff), None);
    }
}
