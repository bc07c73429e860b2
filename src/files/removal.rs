//! Removing a file so that its content is not simply left behind.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// Overwrites a file with zeros, syncs and removes it. As well as can be: a solid-state disk, a journal of the file
/// system or a snapshot may still keep the blocks it had. A file with a second name is only removed, since what is
/// overwritten under one name is gone under the other as well; so is one that cannot be written.
///
/// # Errors
/// When it cannot be removed.
pub fn overwrite_and_remove(path: &Path) -> io::Result<()> {
    if path.symlink_metadata()?.is_file() && has_one_name(path) {
        // What cannot be overwritten is still to be removed.
        let _ = overwrite(path);
    }
    std::fs::remove_file(path)
}

fn overwrite(path: &Path) -> io::Result<()> {
    let mut file = File::options().write(true).open(path)?;
    let mut left = file.metadata()?.len();
    let zeros = [0; 64 * 1024];
    while left > 0 {
        let count = left.min(zeros.len() as u64);
        file.write_all(&zeros[..count as usize])?;
        left -= count;
    }
    file.sync_all()
}

#[cfg(unix)]
fn has_one_name(path: &Path) -> bool {
    std::fs::symlink_metadata(path)
        .is_ok_and(|metadata| std::os::unix::fs::MetadataExt::nlink(&metadata) == 1)
}

#[cfg(not(unix))]
fn has_one_name(_: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::write_bytes_atomically;

    #[test]
    fn another_name_keeps_its_content() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (file, name) = (folder.path().join("a"), folder.path().join("b"));
        write_bytes_atomically(&file, b"content").expect("written");
        std::fs::hard_link(&file, &name).expect("a second name");
        overwrite_and_remove(&file).expect("removed");
        assert_eq!(std::fs::read(&name).expect("read"), b"content");
        overwrite_and_remove(&name).expect("removed");
        assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 0);
    }

    #[test]
    fn the_bytes_are_overwritten_in_place() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a");
        write_bytes_atomically(&path, &[7; 100_000]).expect("written");
        overwrite(&path).expect("overwritten");
        assert_eq!(std::fs::read(&path).expect("read"), vec![0; 100_000]);
    }
}
