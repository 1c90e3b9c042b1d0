//! Slices `[start:stop:step]` with Python's meaning: negative positions count from the end, those outside are clamped.

use crate::context::Context;
use crate::fault::{Failed, Fault};

/// The positions a slice picks, in order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slice {
    next: i64,
    step: i64,
    left: usize,
}

impl Slice {
    fn new(len: usize, start: Option<i64>, stop: Option<i64>, step: i64) -> Slice {
        let len = len as i64;
        let clamp = |position: i64, lowest: i64, highest: i64| {
            let position = if position < 0 { position.saturating_add(len) } else { position };
            position.clamp(lowest, highest)
        };
        let (start, span) = if step > 0 {
            let start = start.map_or(0, |start| clamp(start, 0, len));
            let stop = stop.map_or(len, |stop| clamp(stop, 0, len));
            (start, stop - start)
        } else {
            let start = start.map_or(len - 1, |start| clamp(start, -1, len - 1));
            let stop = stop.map_or(-1, |stop| clamp(stop, -1, len - 1));
            (start, start - stop)
        };
        let left = if span <= 0 { 0 } else { (span as u64).div_ceil(step.unsigned_abs()) as usize };
        Slice { next: start, step, left }
    }

    /// How many positions there are.
    pub(crate) fn len(&self) -> usize {
        self.left
    }

    /// The range, if the positions follow one another.
    pub(crate) fn as_range(&self) -> Option<std::ops::Range<usize>> {
        (self.step == 1 || self.left == 0).then(|| {
            let start = usize::try_from(self.next).unwrap_or(0);
            start..start + self.left
        })
    }
}

impl Iterator for Slice {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        self.left = self.left.checked_sub(1)?;
        let position = self.next as usize;
        self.next = self.next.wrapping_add(self.step);
        Some(position)
    }
}

impl Context {
    /// The positions that `[start:stop:step]` picks of `len`; R0028 if the step is zero.
    pub(crate) fn slice(
        &mut self,
        len: usize,
        start: Option<i64>,
        stop: Option<i64>,
        step: i64,
    ) -> Result<Slice, Failed> {
        if step == 0 {
            return Err(self.fail(Fault::BadArgument, "a slice's step is zero"));
        }
        Ok(Slice::new(len, start, stop, step))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_are_pythons() {
        let pick = |start, stop, step| Slice::new(7, start, stop, step).collect::<Vec<_>>();
        assert_eq!(pick(None, None, 1), [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(pick(Some(5), Some(1), -2), [5, 3]);
        assert_eq!(pick(Some(-1), Some(-4), -1), [6, 5, 4]);
        assert_eq!(pick(Some(1), Some(5), -1), []);
        assert_eq!(pick(None, None, i64::MIN), [6]);
        assert_eq!(pick(Some(i64::MIN), Some(i64::MAX), i64::MAX), [0]);
        assert_eq!(pick(Some(9), None, 1), []);
    }
}
