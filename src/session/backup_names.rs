//! How backups are named and found again: «школа 2026-11-22 0935.sferum». The name of the file, day and time; never
//! names of people.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, DateTime, Time};

use crate::files::safe_file_name;

/// The folder beside the file where backups go when no other was chosen.
const BESIDE: &str = "Резервные копии";
const ENDING: &str = ".sferum";
/// Longest stem in bytes: day, time and ending stay within every file system's limit.
const LONGEST_STEM: usize = 160;

/// A backup as the folder shows it: nothing of it has been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupFile {
    pub path: PathBuf,
    /// Local time of its making, to the minute, by its name.
    pub made_at: DateTime,
    /// Bytes.
    pub size: u64,
    /// Which of several of one minute; 1 for the first.
    pub(super) order: u32,
}

/// `Резервные копии` beside a file.
pub(super) fn folder_beside(file: &Path) -> PathBuf {
    file.parent().unwrap_or(Path::new("")).join(BESIDE)
}

/// The first free name of a backup of `file` in a folder.
pub(super) fn new_backup_path(folder: &Path, file: &Path, at: DateTime) -> PathBuf {
    free_path(folder, &format!("{} {}", stem_of(file), at.strftime("%Y-%m-%d %H%M")))
}

/// The first free name beside a file for what a restore puts aside: «школа до восстановления 2026-11-22 0935.sferum».
pub(super) fn put_aside_path(file: &Path, why: &str, at: DateTime) -> PathBuf {
    let folder = file.parent().unwrap_or(Path::new(""));
    free_path(folder, &format!("{} {why} {}", stem_of(file), at.strftime("%Y-%m-%d %H%M")))
}

fn free_path(folder: &Path, name: &str) -> PathBuf {
    let named = |order: u32| match order {
        1 => folder.join(format!("{name}{ENDING}")),
        order => folder.join(format!("{name}-{order}{ENDING}")),
    };
    // A dangling link is taken as well.
    let is_free = |path: &PathBuf| path.symlink_metadata().is_err();
    (1..).map(named).find(is_free).expect("one of four thousand million names is free")
}

/// The backups of `file` in a folder by their names, newest first.
///
/// # Errors
/// What the system says of the folder.
pub(super) fn list(folder: &Path, file: &Path) -> std::io::Result<Vec<BackupFile>> {
    let stem = stem_of(file);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let Some((made_at, order)) = moment_of(&entry.file_name(), &stem) else { continue };
        // Follows no link: a backup is a file of ours.
        match entry.path().symlink_metadata() {
            Ok(metadata) if metadata.is_file() => {
                found.push(BackupFile { path: entry.path(), made_at, size: metadata.len(), order });
            }
            _ => {}
        }
    }
    found.sort_by_key(|backup| std::cmp::Reverse((backup.made_at, backup.order)));
    Ok(found)
}

fn stem_of(file: &Path) -> String {
    let stem = safe_file_name(&file.file_stem().unwrap_or(OsStr::new("реестр")).to_string_lossy());
    let mut end = stem.len().min(LONGEST_STEM);
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    stem[..end].trim_end_matches([' ', '.']).to_owned()
}

/// The moment in a name of a backup of a file with this stem, and which of the minute it is.
fn moment_of(name: &OsStr, stem: &str) -> Option<(DateTime, u32)> {
    let rest = name.to_str()?.strip_prefix(stem)?.strip_prefix(' ')?.strip_suffix(ENDING)?;
    let (day, time) = rest.split_once(' ')?;
    let (time, order) = match time.split_once('-') {
        Some((time, order)) => (time, order.parse().ok().filter(|order| *order > 1)?),
        None => (time, 1),
    };
    let is_digits =
        |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if day.len() != 10 || !is_digits(time, 4) {
        return None;
    }
    let day: Date = day.parse().ok()?;
    let time = Time::new(time[..2].parse().ok()?, time[2..].parse().ok()?, 0, 0).ok()?;
    Some((day.to_datetime(time), order))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn names_are_made_and_read_back() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = Path::new("/x/Школа 14.sferum");
        let at = date(2026, 11, 22).at(9, 35, 40, 0);
        let minute = date(2026, 11, 22).at(9, 35, 0, 0);
        for (order, expected) in [
            (1, "Школа 14 2026-11-22 0935.sferum"),
            (2, "Школа 14 2026-11-22 0935-2.sferum"),
            (3, "Школа 14 2026-11-22 0935-3.sferum"),
        ] {
            let path = new_backup_path(folder.path(), file, at);
            assert_eq!(path.file_name().and_then(OsStr::to_str), Some(expected));
            crate::files::write_bytes_atomically(&path, b"x").expect("written");
            let listed = list(folder.path(), file).expect("listed");
            assert_eq!((listed[0].order, listed[0].made_at, listed.len()), (order, minute, order as usize));
        }
        assert_eq!(list(folder.path(), Path::new("/x/Школа.sferum")).expect("listed"), []);
    }

    #[test]
    fn other_names_are_nobodys_backups() {
        for name in [
            "школа.sferum",
            "школа 2026-11-22.sferum",
            "школа 2026-11-22 9935.sferum",
            "школа 2026-13-22 0935.sferum",
            "школа 2026-11-22 0935.txt",
            "школа 2026-11-22 0935-1.sferum",
            "школа 2026-11-22 0935-x.sferum",
            "школа 2026-11-22 09-35.sferum",
            "школа до восстановления 2026-11-22 0935.sferum",
            "школа2 2026-11-22 0935.sferum",
            "школа 2026-11-22  0935.sferum",
        ] {
            assert_eq!(moment_of(OsStr::new(name), "школа"), None, "{name}");
        }
    }

    #[test]
    fn long_names_leave_room_for_the_moment() {
        let file = PathBuf::from(format!("{}.sferum", "ж".repeat(110)));
        let path = new_backup_path(Path::new(""), &file, date(2026, 11, 22).at(9, 35, 0, 0));
        assert!(path.as_os_str().len() <= 200, "{}", path.as_os_str().len());
    }
}
