//! A picture of the user's, read into memory and nowhere else.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use png::{ColorType, Decoder, Limits, Transformations};

/// The largest file that is read, in bytes.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// The most pixels a picture may have: a screen of a telephone scrolled through forty times.
const MOST_PIXELS: u64 = 120_000_000;

/// A picture: RGBA, eight bits a channel, rows from the top. No `Debug`: it shows people.
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub rgba: Vec<u8>,
}

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureFileError {
    #[error("the file cannot be opened or read")]
    NotReadable,
    #[error("the picture is too large")]
    TooLarge,
    #[error("the file is no PNG picture")]
    NotPng,
}

/// Reads a PNG picture.
///
/// # Errors
/// When the file cannot be read, is no PNG, or is larger than a screen can be.
pub fn read_picture_file(path: &Path) -> Result<Picture, PictureFileError> {
    let file = File::open(path).map_err(|_| PictureFileError::NotReadable)?;
    let mut bytes = Vec::new();
    let mut limited = BufReader::new(file).take(MOST_BYTES + 1);
    limited.read_to_end(&mut bytes).map_err(|_| PictureFileError::NotReadable)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(PictureFileError::TooLarge);
    }
    decode_picture(&bytes)
}

/// Decodes a PNG picture.
///
/// # Errors
/// When the bytes are no PNG, or the picture is larger than a screen can be.
pub fn decode_picture(bytes: &[u8]) -> Result<Picture, PictureFileError> {
    let mut decoder =
        Decoder::new_with_limits(std::io::Cursor::new(bytes), Limits { bytes: MOST_PIXELS as usize * 4 });
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|_| PictureFileError::NotPng)?;
    let (width, height) = reader.info().size();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(PictureFileError::TooLarge);
    }
    let size = reader.output_buffer_size().ok_or(PictureFileError::TooLarge)?;
    let mut samples = vec![0; size];
    let frame = reader.next_frame(&mut samples).map_err(|_| PictureFileError::NotPng)?;
    samples.truncate(frame.buffer_size());
    let rgba = match frame.color_type {
        ColorType::Rgba => samples,
        ColorType::Rgb => samples.as_chunks::<3>().0.iter().flat_map(|[r, g, b]| [*r, *g, *b, 255]).collect(),
        ColorType::Grayscale => samples.iter().flat_map(|grey| [*grey, *grey, *grey, 255]).collect(),
        ColorType::GrayscaleAlpha => {
            samples.as_chunks::<2>().0.iter().flat_map(|[grey, a]| [*grey, *grey, *grey, *a]).collect()
        }
        // The transformation has expanded it.
        ColorType::Indexed => return Err(PictureFileError::NotPng),
    };
    let (width, height) = (width as usize, height as usize);
    if rgba.len() != width * height * 4 {
        return Err(PictureFileError::NotPng);
    }
    Ok(Picture { width, height, rgba })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png_of(color: ColorType, samples: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 2, 1);
        encoder.set_color(color);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().expect("a header can be written");
        writer.write_image_data(samples).expect("the samples fit");
        writer.finish().expect("the picture ends");
        bytes
    }

    #[test]
    fn every_kind_of_png_becomes_rgba() {
        for (color, samples, expected) in [
            (ColorType::Rgba, vec![1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5, 6, 7, 8]),
            (ColorType::Rgb, vec![1, 2, 3, 5, 6, 7], [1, 2, 3, 255, 5, 6, 7, 255]),
            (ColorType::Grayscale, vec![9, 8], [9, 9, 9, 255, 8, 8, 8, 255]),
            (ColorType::GrayscaleAlpha, vec![9, 1, 8, 2], [9, 9, 9, 1, 8, 8, 8, 2]),
        ] {
            let picture =
                decode_picture(&png_of(color, &samples)).map_err(|_| "not read").expect("a picture");
            assert_eq!((picture.width, picture.height), (2, 1));
            assert_eq!(picture.rgba, expected, "{color:?}");
        }
    }

    #[test]
    fn what_is_no_picture_is_said_so() {
        let whole = png_of(ColorType::Rgba, &[1, 2, 3, 4, 5, 6, 7, 8]);
        for bytes in [&b"GIF89a"[..], &[], &whole[..whole.len() / 2]] {
            assert_eq!(decode_picture(bytes).err(), Some(PictureFileError::NotPng));
        }
        let nowhere = read_picture_file(Path::new("/nowhere/at/all.png"));
        assert_eq!(nowhere.err(), Some(PictureFileError::NotReadable));
    }

    #[test]
    fn a_picture_larger_than_a_screen_is_refused_before_it_is_unpacked() {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 60_000, 60_000);
        encoder.set_color(ColorType::Grayscale);
        drop(encoder.write_header().expect("a header can be written"));
        assert!(matches!(
            decode_picture(&bytes).err(),
            Some(PictureFileError::TooLarge | PictureFileError::NotPng)
        ));
    }
}
