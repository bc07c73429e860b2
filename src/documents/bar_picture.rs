//! A bar as a picture for paper: one hue and grey, no letters; the words stand beside it as text.

use super::DocumentError;

/// Width of a bar in pixels.
const WIDTH: usize = 600;
/// Height of the bar of now, of the thin one of then, and of the room between them, in pixels.
const NOW_HEIGHT: usize = 28;
const THEN_HEIGHT: usize = 10;
const GAP: usize = 4;
/// Rows of empty ground above and below.
const MARGIN: usize = 4;

/// Places in the palette.
const GROUND: u8 = 0;
const TRACK: u8 = 1;
const INSIDE: u8 = 2;
const EARLIER: u8 = 3;
const PALETTE: [u8; 12] = [255, 255, 255, 226, 231, 239, 36, 87, 214, 148, 163, 184];

/// A bar drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarPicture {
    /// PNG of four colours.
    pub png: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Draws how many are inside of how many, and thinly beneath it how it was; shares over one are drawn as one.
///
/// # Errors
/// [`DocumentError::Picture`] for a defect.
pub fn bar_picture(now: (u32, u32), then: Option<(u32, u32)>) -> Result<BarPicture, DocumentError> {
    let height = 2 * MARGIN + NOW_HEIGHT + if then.is_some() { GAP + THEN_HEIGHT } else { 0 };
    let mut pixels = vec![GROUND; WIDTH * height];
    paint(&mut pixels, MARGIN, NOW_HEIGHT, filled(now), INSIDE);
    if let Some(then) = then {
        paint(&mut pixels, MARGIN + NOW_HEIGHT + GAP, THEN_HEIGHT, filled(then), EARLIER);
    }
    let (width, height) = (WIDTH as u32, u32::try_from(height).map_err(|_| DocumentError::Picture)?);
    Ok(BarPicture { png: encoded(&pixels, width, height)?, width, height })
}

/// Pixels of the filled part: none only where nobody is inside, all only where everybody is.
fn filled((inside, expected): (u32, u32)) -> usize {
    if inside == 0 || expected == 0 {
        return 0;
    }
    if inside >= expected {
        return WIDTH;
    }
    let share = u64::from(inside) * WIDTH as u64 / u64::from(expected);
    usize::try_from(share).unwrap_or(WIDTH).clamp(3, WIDTH - 3)
}

fn paint(pixels: &mut [u8], top: usize, height: usize, filled: usize, ink: u8) {
    for line in pixels.chunks_exact_mut(WIDTH).skip(top).take(height) {
        line[..filled].fill(ink);
        line[filled..].fill(TRACK);
    }
}

fn encoded(pixels: &[u8], width: u32, height: u32) -> Result<Vec<u8>, DocumentError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(PALETTE.as_slice());
    let mut writer = encoder.write_header().map_err(|_| DocumentError::Picture)?;
    writer.write_image_data(pixels).map_err(|_| DocumentError::Picture)?;
    writer.finish().map_err(|_| DocumentError::Picture)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_can_be_seen_and_one_missing_too() {
        let table = [
            ((0, 27), 0),
            ((0, 0), 0),
            ((1, 5000), 3),
            ((27, 54), WIDTH / 2),
            ((4999, 5000), WIDTH - 3),
            ((27, 27), WIDTH),
            ((30, 27), WIDTH),
        ];
        for (numbers, expected) in table {
            assert_eq!(filled(numbers), expected, "{numbers:?}");
        }
    }

    #[test]
    fn a_comparison_makes_the_picture_higher() {
        let alone = bar_picture((3, 4), None).expect("a picture");
        let both = bar_picture((3, 4), Some((1, 4))).expect("a picture");
        assert_eq!((alone.width, both.width), (600, 600));
        assert_eq!((alone.height, both.height), (36, 50));
    }
}
