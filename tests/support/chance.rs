//! Chance from a seed, so that what went wrong can be played again.

use uuid::Uuid;

/// SplitMix64: small, and the same on every machine.
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// The seed of this run: a new one, or that of `VESTIBULE_SEED`. It is printed, and shown if the test fails.
pub fn seed() -> u64 {
    let seed = match std::env::var("VESTIBULE_SEED") {
        Ok(seed) => seed.parse().expect("VESTIBULE_SEED is a number"),
        Err(_) => u64::from_le_bytes(Uuid::now_v7().into_bytes()[8..].try_into().unwrap()),
    };
    println!("play it again with VESTIBULE_SEED={seed}");
    seed
}
