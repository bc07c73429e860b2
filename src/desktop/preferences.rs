//! The user's own configuration: appearance, widths, recent files. No names of people, nothing of the register.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Light, dark, or as the desktop says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemePreference {
    Light,
    Dark,
    #[default]
    System,
}

/// What `remind` tells of a file without opening it: a date and a number, nothing of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    pub file: PathBuf,
    /// The day of the next cleanup of links by the school's own schedule.
    #[serde(default)]
    pub next_cleanup: Option<Date>,
    /// How many things waited.
    pub due_tasks: u32,
    /// The day they were counted.
    pub as_of: Date,
}

/// What the user made of a table. Titles of columns, nothing of what stands in them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TableLayout {
    /// Columns that were shown or hidden by hand, by code.
    pub shown: BTreeMap<String, bool>,
    /// Widths in points, by the title of the column.
    pub widths: BTreeMap<String, f32>,
}

/// What is remembered between starts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    pub theme: ThemePreference,
    /// 100, 115, 130 or 150.
    pub scale_percent: u16,
    /// Newest first.
    pub recent_files: Vec<PathBuf>,
    /// What to remind of, a file each.
    pub reminders: Vec<Reminder>,
    /// Navigation folded by hand.
    pub folded_navigation: bool,
    /// Rows of 28 instead of 32.
    pub compact_rows: bool,
    /// Folders chosen for backups, by file (absolute paths): a stick is of this computer, not of the file.
    pub backup_folders: BTreeMap<PathBuf, PathBuf>,
    /// Minutes of the system's idleness after which the file is locked, 1 to 60.
    pub lock_after_minutes: u8,
    /// Columns shown and widths, by the name of the table.
    pub tables: BTreeMap<String, TableLayout>,
    /// Where they are saved; `None`: nowhere (tests).
    #[serde(skip)]
    pub kept_in: Option<PathBuf>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: ThemePreference::System,
            scale_percent: 100,
            recent_files: Vec::new(),
            reminders: Vec::new(),
            folded_navigation: false,
            compact_rows: false,
            backup_folders: BTreeMap::new(),
            lock_after_minutes: 15,
            tables: BTreeMap::new(),
            kept_in: None,
        }
    }
}

const RECENT_FILES: usize = 6;

impl Preferences {
    /// Reads the user's preferences; the defaults where there are none or they cannot be read.
    pub fn load() -> Self {
        let Some(folders) = directories::ProjectDirs::from("ru", "", "sferum-console") else {
            return Self::default();
        };
        let path = folders.config_dir().join("preferences.json");
        let read = std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice::<Self>(&bytes).ok());
        Self { kept_in: Some(path), ..read.unwrap_or_default() }
    }

    /// Writes them back. A failure loses only appearance, so it is not worth a message.
    pub fn save(&self) {
        let Some(path) = &self.kept_in else { return };
        let Some(folder) = path.parent() else { return };
        if let (Ok(()), Ok(bytes)) = (std::fs::create_dir_all(folder), serde_json::to_vec_pretty(self)) {
            drop(crate::files::write_bytes_atomically(path, &bytes));
        }
    }

    /// How long the system may stand idle before the file is locked (faults row 26), whatever the configuration says.
    pub fn lock_after(&self) -> std::time::Duration {
        std::time::Duration::from_secs(60 * u64::from(self.lock_after_minutes.clamp(1, 60)))
    }

    /// Puts a file first among the recent ones.
    pub fn remember_file(&mut self, path: &Path) {
        self.recent_files.retain(|known| known != path);
        self.recent_files.insert(0, path.to_owned());
        self.recent_files.truncate(RECENT_FILES);
    }

    /// Notes what to remind of; tells whether that is news and worth saving.
    pub fn remember_reminder(&mut self, reminder: Reminder) -> bool {
        if self.reminders.contains(&reminder) {
            return false;
        }
        self.reminders.retain(|known| known.file != reminder.file);
        self.reminders.insert(0, reminder);
        self.reminders.truncate(RECENT_FILES);
        true
    }

    /// Keeps the folder chosen for the backups of a file; `None`: the one beside it again.
    pub fn choose_backup_folder(&mut self, file: &Path, folder: Option<&Path>) {
        let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        match folder {
            // What is no text could not be written, and all else with it.
            Some(folder) if file.to_str().is_some() && folder.to_str().is_some() => {
                self.backup_folders.insert(file, folder.to_owned());
            }
            _ => {
                self.backup_folders.remove(&file);
            }
        }
    }

    /// Takes a file off the recent ones.
    pub fn forget_file(&mut self, path: &Path) {
        self.recent_files.retain(|known| known != path);
        self.reminders.retain(|reminder| reminder.file != path);
    }
}
