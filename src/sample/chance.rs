//! The sample's own small generator of pseudo-random numbers, so that the same day gives the same bytes on every
//! machine: SplitMix64 (Steele, Lea, Flood, 2014), seeded by a constant. Not for secrets: the addresses of the
//! sample open nothing.

/// A stream of numbers that depends on nothing but its seed.
pub(super) struct Chance(u64);

impl Chance {
    /// A stream of its own for every part of the sample, so that a draw more in one moves nothing in another.
    pub(super) fn new(stream: &str) -> Self {
        // FNV-1a spreads the name over the seed.
        let seed = stream.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(seed)
    }

    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `limit - 1`; 0 for a limit of 0.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        if limit == 0 { 0 } else { (self.draw() % limit as u64) as usize }
    }

    /// Whether something with this share of a hundred happens.
    pub(super) fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    /// One of a list that is not empty.
    pub(super) fn pick<'list, T>(&mut self, list: &'list [T]) -> &'list T {
        &list[self.below(list.len())]
    }

    /// Puts a list into another order (Fisher–Yates).
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }

    /// So many characters of an alphabet.
    pub(super) fn token(&mut self, alphabet: &str, length: usize) -> String {
        let letters: Vec<char> = alphabet.chars().collect();
        (0..length).map(|_| *self.pick(&letters)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_depends_on_its_name_only() {
        let numbers =
            |stream: &str| (0..4).map(|_| 0).scan(Chance::new(stream), |chance, _| Some(chance.below(1000)));
        assert_eq!(numbers("а").collect::<Vec<_>>(), numbers("а").collect::<Vec<_>>());
        assert_ne!(numbers("а").collect::<Vec<_>>(), numbers("б").collect::<Vec<_>>());
        let mut list: Vec<u32> = (0..50).collect();
        Chance::new("в").shuffle(&mut list);
        assert_ne!(list, (0..50).collect::<Vec<u32>>());
        list.sort_unstable();
        assert_eq!(list, (0..50).collect::<Vec<u32>>());
    }
}
