//! 乱数 — the one place of the house where chance is allowed, and it is seeded.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A stream of chance that depends on nothing but what it was made from. Integers only, so that every machine
/// throws the same.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream `number` of `purpose`: streams do not depend on one another, so any thread may throw any of them.
    pub(super) fn new(seed: u64, purpose: u64, number: u64) -> Dice {
        let mut key = [0_u8; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&purpose.to_le_bytes());
        key[16..24].copy_from_slice(&number.to_le_bytes());
        Dice(ChaCha8Rng::from_seed(key))
    }

    /// A number from 0 to below `bound`, which is at least 1. (The bias of the product is below 2^-32.)
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        let product = u128::from(self.0.next_u64()) * u128::from(bound.max(1));
        u32::try_from(product >> 64).expect("below a bound of 32 bits")
    }

    /// A number from `low` to `high`, both possible.
    pub(super) fn between(&mut self, low: i32, high: i32) -> i32 {
        let span = u32::try_from(i64::from(high) - i64::from(low) + 1).expect("low is not above high");
        low + i32::try_from(self.below(span)).expect("within the span")
    }

    /// True in `parts` of 10,000 throws.
    pub(super) fn chance(&mut self, parts: u32) -> bool {
        self.below(10_000) < parts
    }

    /// One of them; there is at least one.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(u32::try_from(items.len()).expect("few items")) as usize]
    }

    /// One of them, the later the rarer (quadratically); for "mostly recent, mostly small".
    pub(super) fn skewed(&mut self, bound: u32) -> u32 {
        let first = self.below(bound);
        self.below(first + 1)
    }
}

/// Items with weights, drawn by binary search in the running sums.
pub(super) struct Weighted<T> {
    sums: Vec<u32>,
    items: Vec<T>,
}

impl<T> Weighted<T> {
    /// At least one of the weights is above 0.
    pub(super) fn new(items: impl IntoIterator<Item = (u32, T)>) -> Weighted<T> {
        let mut total = 0;
        let (sums, items) = items
            .into_iter()
            .map(|(weight, item)| {
                total += weight;
                (total, item)
            })
            .unzip();
        assert!(total > 0, "something can be drawn");
        Weighted { sums, items }
    }

    /// One of them.
    pub(super) fn draw(&self, dice: &mut Dice) -> &T {
        let throw = dice.below(*self.sums.last().expect("something can be drawn"));
        &self.items[self.sums.partition_point(|&sum| sum <= throw)]
    }
}
