//! QR codes of links, as pictures for paper.

use qrcode::{Color, EcLevel, QrCode};

use super::DocumentError;

/// Pixels of a module: a printer of 300 dots an inch draws four centimetres of them without a blurred edge.
const MODULE_PIXELS: usize = 8;
/// Modules of white around the code, as the standard asks.
const QUIET_MODULES: usize = 4;

/// A picture of a code.
#[derive(Clone, PartialEq, Eq)]
pub struct QrPicture {
    /// PNG, black and white, one bit a pixel, square.
    pub png: Vec<u8>,
    /// Width and height in pixels, the white border of four modules included.
    pub side: u32,
}

/// The code that holds `text` to the letter, error correction M, eight pixels a module.
///
/// # Errors
/// [`DocumentError::CodeTooLong`] for texts over what a code holds (2331 bytes).
pub fn qr_picture(text: &str) -> Result<QrPicture, DocumentError> {
    let code =
        QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| DocumentError::CodeTooLong)?;
    let modules = code.width();
    let side = (modules + 2 * QUIET_MODULES) * MODULE_PIXELS;
    let line_bytes = side.div_ceil(8);
    // White: in a grey picture of one bit a set bit is light.
    let mut pixels = vec![0xFF_u8; line_bytes * side];
    let colors = code.to_colors();
    for (place, _) in colors.iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
        let left = (place % modules + QUIET_MODULES) * MODULE_PIXELS;
        let top = (place / modules + QUIET_MODULES) * MODULE_PIXELS;
        for line in top..top + MODULE_PIXELS {
            for column in left..left + MODULE_PIXELS {
                pixels[line * line_bytes + column / 8] &= !(0x80 >> (column % 8));
            }
        }
    }
    let side = u32::try_from(side).map_err(|_| DocumentError::CodeTooLong)?;
    Ok(QrPicture { png: encode(&pixels, side)?, side })
}

fn encode(pixels: &[u8], side: u32) -> Result<Vec<u8>, DocumentError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header().map_err(|_| DocumentError::Picture)?;
    writer.write_image_data(pixels).map_err(|_| DocumentError::Picture)?;
    writer.finish().map_err(|_| DocumentError::Picture)?;
    Ok(bytes)
}
