//! Bytes from a number.

/// A few kilobytes that depend on nothing but `seed`; how many depends on it too, so that programs differ in size.
pub fn expand(seed: u64) -> Vec<u8> {
    let mut state = seed;
    let length = 512 + split_mix(&mut state) as usize % 5632;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        bytes.extend(split_mix(&mut state).to_le_bytes());
    }
    bytes
}

/// Steele, Lea, Flood 2014: fast splittable pseudorandom number generators.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
