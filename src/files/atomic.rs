//! The old one whole or the new one whole (faults rows 22 and 23).

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Writes a file through a new private (0600) one beside it: synced, then renamed over the target,
/// then the folder synced where the system can. A link planted at the target is replaced, never
/// followed; the name of the new file is random and created exclusively, so nothing can be planted there.
///
/// # Errors
/// Whatever the system or `write` says; the target is then as it was and nothing stays beside it.
/// The error carries no path.
pub fn write_atomically(
    target: &Path,
    write: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>,
) -> io::Result<()> {
    let folder = folder_of(target);
    let temporary =
        tempfile::Builder::new().prefix(".new-").suffix(".tmp").tempfile_in(folder).map_err(without_path)?;
    let mut writer = BufWriter::new(temporary.as_file());
    write(&mut writer)?;
    writer.flush()?;
    drop(writer);
    temporary.as_file().sync_all()?;
    temporary.persist(target).map_err(|failure| without_path(failure.error))?;
    sync_folder(folder)
}

/// [`write_atomically`] for bytes that are there already.
///
/// # Errors
/// As [`write_atomically`].
pub fn write_bytes_atomically(target: &Path, bytes: &[u8]) -> io::Result<()> {
    write_atomically(target, |writer| writer.write_all(bytes))
}

/// The folder a file lies in; the current one for a bare name.
fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Makes a rename last through a power cut. Only Unix can; elsewhere the file system orders it itself.
///
/// # Errors
/// What the system says, unless the file system knows no such thing.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        match File::open(folder).and_then(|folder| folder.sync_all()) {
            // Some file systems (network, FUSE) cannot sync folders; the rename itself was done.
            Err(error)
                if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) =>
            {
                Ok(())
            }
            outcome => outcome,
        }
    } else {
        Ok(())
    }
}

/// Paths hold names of schools and users: only the kind goes on.
fn without_path(error: io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => error.kind().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_in(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).expect("the test's folder can be read");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn replaces_whole_and_leaves_nothing_beside() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let target = folder.path().join("отчёт.csv");
        write_bytes_atomically(&target, b"one").expect("written");
        write_bytes_atomically(&target, b"two").expect("replaced");
        assert_eq!(std::fs::read(&target).expect("read"), b"two");
        assert_eq!(names_in(folder.path()), ["отчёт.csv"]);
    }

    #[test]
    fn a_failing_writer_leaves_the_old_one() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let target = folder.path().join("a");
        write_bytes_atomically(&target, b"old").expect("written");
        let outcome = write_atomically(&target, |writer| {
            writer.write_all(b"half")?;
            Err(io::ErrorKind::StorageFull.into())
        });
        assert_eq!(outcome.map_err(|error| error.kind()), Err(io::ErrorKind::StorageFull));
        assert_eq!(std::fs::read(&target).expect("read"), b"old");
        assert_eq!(names_in(folder.path()), ["a"]);
    }

    #[test]
    fn errors_carry_no_path() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let target = folder.path().join("нет такой папки").join("a");
        let error = write_bytes_atomically(&target, b"").expect_err("the folder is missing");
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        assert!(!error.to_string().contains("папки"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn is_private_and_follows_no_planted_link() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (target, victim) = (folder.path().join("report"), folder.path().join("victim"));
        write_bytes_atomically(&victim, b"untouched").expect("written");
        symlink(&victim, &target).expect("a planted link");
        write_bytes_atomically(&target, b"secret").expect("written");
        assert_eq!(std::fs::read(&victim).expect("read"), b"untouched");
        let metadata = std::fs::symlink_metadata(&target).expect("metadata");
        assert!(metadata.is_file());
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
    }

    /// A link that leads nowhere, a link to a folder and a link to itself are replaced like any other; a folder at the
    /// target is refused and stays.
    #[cfg(unix)]
    #[test]
    fn planted_links_lead_nowhere_and_a_folder_stays() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let inner = folder.path().join("inner");
        std::fs::create_dir(&inner).expect("made");
        for (name, leads_to) in [("a", "/nowhere/at/all"), ("b", "inner"), ("c", "c"), ("d", "../d")] {
            let target = folder.path().join(name);
            symlink(leads_to, &target).expect("a planted link");
            write_bytes_atomically(&target, b"x").expect("written");
            assert!(std::fs::symlink_metadata(&target).expect("metadata").is_file(), "{name}");
        }
        assert!(names_in(&inner).is_empty());
        assert!(write_bytes_atomically(&inner, b"x").is_err());
        assert_eq!(names_in(folder.path()), ["a", "b", "c", "d", "inner"]);
    }
}
