//! Intervals of integers: what the generator knows of a value.
//!
//! Bounds are `i128`, in which every operation on bounds of 64 bits is exact, so an interval tells whether a checked
//! operation can fail.

/// The integers from `low` to `high`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub struct Interval {
    pub low: i128,
    pub high: i128,
}

impl Interval {
    /// From `low` to `high`.
    pub const fn new(low: i128, high: i128) -> Interval {
        Interval { low, high }
    }

    /// One value.
    pub const fn only(value: i128) -> Interval {
        Interval { low: value, high: value }
    }

    /// Whether `value` lies in it.
    pub fn has(self, value: i128) -> bool {
        self.low <= value && value <= self.high
    }

    /// Whether all of it lies in `outer`.
    pub fn is_within(self, outer: Interval) -> bool {
        outer.low <= self.low && self.high <= outer.high
    }

    /// What lies in both; `other` where nothing does.
    pub fn clamped_to(self, other: Interval) -> Interval {
        let (low, high) = (self.low.max(other.low), self.high.min(other.high));
        if low <= high { Interval { low, high } } else { other }
    }

    /// Both, and what lies between.
    pub fn join(self, other: Interval) -> Interval {
        Interval { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    fn spanning(corners: [i128; 4]) -> Interval {
        let low = corners.into_iter().min().expect("four corners");
        let high = corners.into_iter().max().expect("four corners");
        Interval { low, high }
    }

    /// Of sums.
    pub fn plus(self, other: Interval) -> Interval {
        Interval { low: self.low + other.low, high: self.high + other.high }
    }

    /// Of differences.
    pub fn minus(self, other: Interval) -> Interval {
        Interval { low: self.low - other.high, high: self.high - other.low }
    }

    /// Of products; saturated, which is beyond every type all the same.
    pub fn times(self, other: Interval) -> Interval {
        let product = |a: i128, b: i128| a.saturating_mul(b);
        Interval::spanning([
            product(self.low, other.low),
            product(self.low, other.high),
            product(self.high, other.low),
            product(self.high, other.high),
        ])
    }

    /// Of negations.
    pub fn negated(self) -> Interval {
        Interval { low: -self.high, high: -self.low }
    }

    /// Of absolute values.
    pub fn absolute(self) -> Interval {
        let top = self.low.abs().max(self.high.abs());
        Interval { low: if self.has(0) { 0 } else { self.low.abs().min(self.high.abs()) }, high: top }
    }

    /// Of quotients, however they are rounded: a quotient is never farther from zero than the dividend, but for the
    /// rounding down of `//`.
    pub fn quotient(self) -> Interval {
        let top = self.low.abs().max(self.high.abs());
        Interval { low: -top - 1, high: top }
    }

    /// Of remainders by `divisor`, with the sign of the dividend.
    pub fn remainder(self, divisor: Interval) -> Interval {
        let top = (divisor.absolute().high - 1).max(0);
        Interval { low: if self.low < 0 { (-top).max(self.low) } else { 0 }, high: self.high.clamp(0, top) }
    }

    /// Of remainders with the sign of the divisor.
    pub fn modulo(divisor: Interval) -> Interval {
        Interval { low: (divisor.low + 1).min(0), high: (divisor.high - 1).max(0) }
    }
}
