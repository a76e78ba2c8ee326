//! Chance that can be repeated: the same seed gives the same walk. `CRM_TORTURE=1` makes the long
//! tests long.

/// Whether the long form of a torture test is wanted.
pub fn torture() -> bool {
    std::env::var_os("CRM_TORTURE").is_some()
}

/// A small generator of numbers (xorshift64*).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `sides`.
    pub fn below(&mut self, sides: u64) -> u64 {
        (self.next() >> 16) % sides.max(1)
    }

    /// One of them.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let sides = u64::try_from(of.len()).expect("a length");
        &of[usize::try_from(self.below(sides)).expect("below the length")]
    }
}
