//! Opens a document that was just written with the program that the system has for it. No shell takes part, so nothing
//! in a file's name is ever a command.

use std::path::{Path, absolute};
use std::process::{Command, Stdio};

/// What is opened: documents only, never a program or a script.
const ENDINGS: [&str; 6] = ["docx", "xlsx", "csv", "pdf", "txt", "png"];

/// Why a document was not opened. Holds nothing of its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenDocumentError {
    /// Not a file, or not a document by its ending.
    #[error("this is not a document")]
    NotADocument,
    /// The system has no opener.
    #[error("the system has no program that opens documents")]
    NoOpener,
}

/// Asks the system to open a document and returns at once; what becomes of it is the system's affair.
///
/// # Errors
/// [`OpenDocumentError`].
pub fn open_with_system(path: &Path) -> Result<(), OpenDocumentError> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("").to_lowercase();
    if !ENDINGS.contains(&ending.as_str()) || !path.is_file() {
        return Err(OpenDocumentError::NotADocument);
    }
    // An absolute path begins with no hyphen: it cannot be taken for an option.
    let path = absolute(path).map_err(|_| OpenDocumentError::NotADocument)?;
    let mut child = opener(&path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_| OpenDocumentError::NoOpener)?;
    // Somebody has to take note of its end; the window must not wait for it.
    std::thread::spawn(move || drop(child.wait()));
    Ok(())
}

#[cfg(windows)]
fn opener(path: &Path) -> Command {
    let mut command = Command::new("rundll32.exe");
    command.arg("url.dll,FileProtocolHandler").arg(path);
    command
}

#[cfg(target_os = "macos")]
fn opener(path: &Path) -> Command {
    let mut command = Command::new("open");
    command.arg(path);
    command
}

#[cfg(not(any(windows, target_os = "macos")))]
fn opener(path: &Path) -> Command {
    let mut command = Command::new("xdg-open");
    command.arg(path);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_nothing_but_documents_that_are_there() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let named_like_a_document = folder.path().join("папка.docx");
        std::fs::create_dir(&named_like_a_document).expect("made");
        for name in ["run.sh", "run.exe", "без окончания", "school.sferum", "нет.docx"] {
            let path = folder.path().join(name);
            if name != "нет.docx" {
                crate::files::write_bytes_atomically(&path, b"x").expect("written");
            }
            assert_eq!(open_with_system(&path), Err(OpenDocumentError::NotADocument), "{name}");
        }
        assert_eq!(open_with_system(&named_like_a_document), Err(OpenDocumentError::NotADocument));
    }
}
