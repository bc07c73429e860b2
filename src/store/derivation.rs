//! PBKDF2-HMAC-SHA512 as SQLCipher 4 uses it: one block of output, salt of 16 bytes.
//!
//! The loop stands here, over the compression function of `sha2`, because the generic one of a library is compiled
//! with this crate: unoptimised in every test build, where 256,000 rounds then take seconds. Tests compare it with
//! that library, and those of the store with SQLCipher itself.

use sha2::block_api::compress512;
use sha2::{Digest, Sha512};
use zeroize::{Zeroize, Zeroizing};

const BLOCK: usize = 128;
/// What SHA-512 begins with (FIPS 180-4, 5.3.5).
const BEGINNING: [u64; 8] = [
    0x6a09_e667_f3bc_c908,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
    0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1,
    0x9b05_688c_2b3e_6c1f,
    0x1f83_d9ab_fb41_bd6b,
    0x5be0_cd19_137e_2179,
];

/// Derives 32 bytes from a password. `rounds`: at least 1.
pub(super) fn derive(password: &[u8], salt: &[u8; 16], rounds: u32, key: &mut [u8; 32]) {
    let mut padded = Zeroizing::new([0_u8; BLOCK]);
    if password.len() > BLOCK {
        padded[..64].copy_from_slice(&Sha512::digest(password));
    } else {
        padded[..password.len()].copy_from_slice(password);
    }
    let inner = after_padding(&padded, 0x36);
    let outer = after_padding(&padded, 0x5c);
    // The salt and the number of the only block.
    let mut message = [0_u8; 20];
    message[..16].copy_from_slice(salt);
    message[19] = 1;
    let mut block = Zeroizing::new([0_u8; BLOCK]);
    fill(&mut block, &message);
    let mut digest = Zeroizing::new([0_u64; 8]);
    compress_twice(&inner, &outer, &mut block, &mut digest);
    let mut sum = Zeroizing::new(*digest);
    for _ in 1..rounds {
        put_digest(&mut block, &digest);
        compress_twice(&inner, &outer, &mut block, &mut digest);
        for word in 0..8 {
            sum[word] ^= digest[word];
        }
    }
    for (bytes, word) in key.chunks_exact_mut(8).zip(sum.iter()) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
}

/// The state after the padded key, which every HMAC of one password begins with.
fn after_padding(key: &[u8; BLOCK], padding: u8) -> Zeroizing<[u64; 8]> {
    let mut block = key.map(|byte| byte ^ padding);
    let mut state = Zeroizing::new(BEGINNING);
    compress512(&mut state, &[block]);
    block.zeroize();
    state
}

/// The HMAC of the message that stands, padded, in `block`; leaves the block padded for a digest.
fn compress_twice(inner: &[u64; 8], outer: &[u64; 8], block: &mut [u8; BLOCK], state: &mut [u64; 8]) {
    *state = *inner;
    compress512(state, std::slice::from_ref(block));
    fill(block, &[0; 64]);
    put_digest(block, state);
    *state = *outer;
    compress512(state, std::slice::from_ref(block));
}

/// Puts a digest at the beginning of a block that is padded for one.
fn put_digest(block: &mut [u8; BLOCK], digest: &[u64; 8]) {
    for (bytes, word) in block.chunks_exact_mut(8).zip(digest) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
}

/// A last block: the message (at most 111 bytes), its mark and its length with that of the key before it.
fn fill(block: &mut [u8; BLOCK], message: &[u8]) {
    block.fill(0);
    block[..message.len()].copy_from_slice(message);
    block[message.len()] = 0x80;
    let bits = ((BLOCK + message.len()) * 8) as u64;
    block[BLOCK - 8..].copy_from_slice(&bits.to_be_bytes());
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn by_library(password: &[u8], salt: &[u8; 16], rounds: u32) -> [u8; 32] {
        let mut key = [0; 32];
        pbkdf2::pbkdf2_hmac::<Sha512>(password, salt, rounds, &mut key);
        key
    }

    #[test]
    fn lengths_about_a_block_agree_with_the_library() {
        for length in [0, 1, 63, 64, 127, 128, 129, 400] {
            let password = vec![b'p'; length];
            let mut key = [0; 32];
            derive(&password, &[9; 16], 3, &mut key);
            assert_eq!(key, by_library(&password, &[9; 16], 3), "{length}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_library(
            password in prop::collection::vec(any::<u8>(), 0..300),
            salt in any::<[u8; 16]>(),
            rounds in 1..20_u32,
        ) {
            let mut key = [0; 32];
            derive(&password, &salt, rounds, &mut key);
            prop_assert_eq!(key, by_library(&password, &salt, rounds));
        }
    }
}
