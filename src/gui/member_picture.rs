//! What the window says of a picture that was not opened, and the picture as it is drawn.

use std::path::Path;
use std::sync::Arc;

use egui::ColorImage;

use crate::desktop::{PictureFileError, read_picture_file};

/// A picture of a member list, or why there is none, in Russian.
pub(super) struct MemberPicture(pub(super) Result<Arc<ColorImage>, String>);

/// Whether a dropped file is meant as a picture.
pub(super) fn is_picture(path: &Path) -> bool {
    let endings = ["png", "jpg", "jpeg", "webp", "bmp", "gif"];
    path.extension().is_some_and(|own| endings.iter().any(|ending| own.eq_ignore_ascii_case(ending)))
}

/// Reads a picture beside the drawing thread.
pub(super) fn read(path: &Path) -> MemberPicture {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    MemberPicture(match read_picture_file(path) {
        Ok(picture) => {
            let size = [picture.width, picture.height];
            Ok(Arc::new(ColorImage::from_rgba_unmultiplied(size, &picture.rgba)))
        }
        Err(error) => Err(format!("Картинка «{name}» не открыта: {} Ничего не изменилось.", words(error))),
    })
}

fn words(error: PictureFileError) -> &'static str {
    match error {
        PictureFileError::NotReadable => "файл не читается. Проверьте, на месте ли он.",
        PictureFileError::TooLarge => "она слишком велика. Вырежьте из неё список участников.",
        PictureFileError::NotPng => {
            "это не PNG. Откройте её в просмотре, скопируйте и вставьте на страницу (Ctrl+V)."
        }
    }
}
