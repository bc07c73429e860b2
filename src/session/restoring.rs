//! Restoring a backup: what would change, then the swap (faults rows 10, 14). The present file is kept under another
//! name, and the restored register says in its journal what was discarded.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::backup_names::put_aside_path;
use super::backups::{BackupPlace, GoodBackup, newest_good_backup};
use super::clock::Clock;
use super::erasure::reapply_erasures;
use super::errors::SessionError;
use super::journal_words::{entry_sentence, kind_words};
use super::registers::{Session, holder};
use crate::register::{EntityKind, Register};
use crate::store::{
    CheckedFile, FileDetails, HeadHash, Key, Loaded, NewEntry, Store, StoreError, check_file, making_folder,
    read_details, replace_file,
};
use crate::wording::{counted, date_short};

/// The code of the journal entry.
const RESTORED: &str = "restore_backup";
/// Lost entries that a preview names one by one.
const NAMED: usize = 200;

/// Why a backup is not restored. `Display` is the Russian sentence, without folders and names; the present file is as
/// it was.
#[derive(Debug, thiserror::Error)]
pub enum RestoreProblem {
    #[error("Копии нет на месте. Ничего не изменено. Вставьте носитель или выберите другую копию.")]
    Missing,
    #[error(
        "Это копия другого файла: их журналы начинаются по-разному. Ничего не изменено. Выберите другую копию."
    )]
    OtherFile,
    /// Ask for the password of the backup.
    #[error(
        "Копия закрыта другим паролем. Ничего не изменено. Введите пароль, который был, когда её делали."
    )]
    OtherKey,
    #[error("Копия повреждена. Ничего не изменено. Выберите другую копию.")]
    Unsound,
    #[error("Это сам открытый файл, а не его копия. Ничего не изменено. Выберите другую копию.")]
    TheFileItself,
    #[error("Копия не восстановлена. {0}")]
    Session(#[from] SessionError),
}

impl RestoreProblem {
    fn of_backup(error: StoreError) -> RestoreProblem {
        match error {
            StoreError::NotFound => RestoreProblem::Missing,
            StoreError::KeyRequired | StoreError::KeyNotNeeded | StoreError::WrongKeyOrDamaged => {
                RestoreProblem::OtherKey
            }
            StoreError::Damaged(_)
            | StoreError::CopyUnsound
            | StoreError::ForeignSchema
            | StoreError::NotOurs => RestoreProblem::Unsound,
            StoreError::HeldByAnother(_) => RestoreProblem::TheFileItself,
            other => RestoreProblem::Session(other.into()),
        }
    }
}

impl RestoreProblem {
    /// What is wrong with the backup is told otherwise, so this is the present file.
    fn is_of_damaged_present(&self) -> bool {
        matches!(self, RestoreProblem::Session(SessionError::Store(StoreError::Damaged(_))))
    }
}

impl From<StoreError> for RestoreProblem {
    fn from(error: StoreError) -> Self {
        RestoreProblem::Session(error.into())
    }
}

/// What a restore would change. Names no people: it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestorePreview {
    pub backup: PathBuf,
    /// Bytes.
    pub size: u64,
    pub details: FileDetails,
    /// `None`: the present file cannot be read, so nothing can be compared.
    pub against: Option<RestoreDifference>,
}

/// Backup against present file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoreDifference {
    /// The newest entry that both have.
    pub common: u64,
    /// Entries of the present file that the backup does not have; they stay in the file that is put aside.
    pub discarded: Option<Discarded>,
    /// The newest of them, at most 200, newest first.
    pub newest_discarded: Vec<DiscardedEntry>,
    /// Entries that only the backup has: it is of before another restore.
    pub brought_back: u64,
    /// By kind of record; kinds without a difference are left out.
    pub kinds: Vec<KindDifference>,
}

/// The end of a journal that a restore leaves behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Discarded {
    pub count: u64,
    /// Number of the first and the last of them.
    pub from: u64,
    pub to: u64,
    pub first_day: Date,
    pub last_day: Date,
    /// Hash of the last of them, to be compared with printed acts.
    pub head_hash: HeadHash,
}

/// One entry that would be discarded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiscardedEntry {
    pub number: u64,
    pub at: Timestamp,
    pub actor: String,
    /// What it did, without names of people.
    pub sentence: String,
}

/// What becomes of the records of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindDifference {
    pub kind: EntityKind,
    /// «человек», «ссылка», for a column.
    pub title: &'static str,
    /// There now, not in the backup.
    pub vanish: u64,
    /// Not there now, in the backup.
    pub return_: u64,
    /// In both, as the backup has it afterwards.
    pub change: u64,
}

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Where the file of before lies; `None` where there was none.
    pub kept_as: Option<PathBuf>,
    /// `None`: nothing, or the file of before could not be read.
    pub discarded: Option<Discarded>,
    /// The journal entry that says so.
    pub entry: u64,
    /// The backup as it was.
    pub details: FileDetails,
}

/// A backup offered where a file does not open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoreOffer {
    pub backup: GoodBackup,
    /// The sentence beside the button.
    pub text: String,
}

/// The newest good backup, where a file failed to open for a reason that a backup cures.
pub fn offer_for(
    error: &SessionError,
    file: &Path,
    key: Option<&Key>,
    place: &BackupPlace,
) -> Option<RestoreOffer> {
    let SessionError::Store(error) = error else { return None };
    let beginning = match error {
        StoreError::Damaged(_) | StoreError::ForeignSchema | StoreError::CopyUnsound => "Файл повреждён.",
        StoreError::NotOurs => "Файл не читается как файл консоли.",
        StoreError::NotFound => "Файла нет на месте.",
        // A wrong password opens the backup as little as the file.
        StoreError::WrongKeyOrDamaged => {
            "Файл не открылся, а его копия этим паролем открывается: файл повреждён."
        }
        StoreError::KeyRequired => "Файл не открылся, а его копия открывается без пароля: файл повреждён.",
        _ => return None,
    };
    let backup = newest_good_backup(place, file, key, None).ok()??;
    let text = format!("{beginning} {}", offer_words(&backup));
    Some(RestoreOffer { backup, text })
}

/// «Есть исправная копия от 22.11.2026 09:35. …»
pub(super) fn offer_words(backup: &GoodBackup) -> String {
    let at = backup.file.made_at;
    format!(
        "Есть исправная копия от {} {}. Восстановите её: нынешний файл останется рядом под другим именем.",
        date_short(at.date()),
        at.strftime("%H:%M")
    )
}

/// What restoring a backup over an open file would change. Nothing is written.
///
/// # Errors
/// Why it cannot be restored.
pub fn prepare_restore(
    session: &Session,
    backup: &Path,
    key: Option<&Key>,
) -> Result<RestorePreview, RestoreProblem> {
    let (store, loaded) = open_backup(backup, key)?;
    let details = details_of(&store)?;
    let compared = || {
        if details.identity != session.store.identity()? {
            return Err(RestoreProblem::OtherFile);
        }
        compare(session, &store, &loaded)
    };
    let against = match compared() {
        // The present file is open and damaged: what it holds cannot be told.
        Err(problem) if problem.is_of_damaged_present() => None,
        compared => Some(compared?),
    };
    Ok(RestorePreview { backup: backup.to_owned(), size: size_of(backup), details, against })
}

/// The same where the present file does not open: the backup is checked, there is nothing to compare it with.
///
/// # Errors
/// Why it cannot be restored.
pub fn prepare_restore_of_unreadable(
    backup: &Path,
    key: Option<&Key>,
) -> Result<RestorePreview, RestoreProblem> {
    let (store, _) = open_backup(backup, key)?;
    let details = details_of(&store)?;
    Ok(RestorePreview { backup: backup.to_owned(), size: size_of(backup), details, against: None })
}

/// Opens a backup from a private copy and checks everything in it.
fn open_backup(backup: &Path, key: Option<&Key>) -> Result<(Store, Loaded), RestoreProblem> {
    let (store, loaded) = Store::open_read_only(backup, key).map_err(RestoreProblem::of_backup)?;
    let report = store.verify().map_err(RestoreProblem::of_backup)?;
    if report.problems.is_empty() { Ok((store, loaded)) } else { Err(RestoreProblem::Unsound) }
}

fn details_of(store: &Store) -> Result<FileDetails, RestoreProblem> {
    let newest = store.list_entries(None, 1)?;
    let last_entry = newest.first().map(|entry| (entry.at, entry.day));
    let (revision, head_hash) = (store.revision(), store.head_hash());
    Ok(FileDetails { identity: store.identity()?, revision, head_hash, last_entry })
}

fn size_of(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |metadata| metadata.len())
}

fn compare(session: &Session, backup: &Store, loaded: &Loaded) -> Result<RestoreDifference, RestoreProblem> {
    let common = last_common_entry(&session.store, backup)?;
    let discarded = discarded_after(&session.store, common)?;
    let count = discarded.map_or(0, |discarded| discarded.count);
    let named = session.store.list_entries(None, NAMED.min(usize::try_from(count).unwrap_or(NAMED)))?;
    let newest_discarded = named.iter().map(|entry| DiscardedEntry {
        number: entry.number,
        at: entry.at,
        actor: entry.actor.clone(),
        sentence: entry_sentence(entry),
    });
    Ok(RestoreDifference {
        common,
        discarded,
        newest_discarded: newest_discarded.collect(),
        brought_back: backup.revision() - common,
        kinds: differences(&session.register, &loaded.register),
    })
}

/// Hashes are chained: where two entries of one number agree, so do all before.
fn last_common_entry(present: &Store, backup: &Store) -> Result<u64, StoreError> {
    let (mut agreed, mut differing) = (0, present.revision().min(backup.revision()) + 1);
    while agreed + 1 < differing {
        let middle = agreed + (differing - agreed) / 2;
        let hash = present.hash_of_entry(middle)?;
        if hash.is_some() && hash == backup.hash_of_entry(middle)? {
            agreed = middle;
        } else {
            differing = middle;
        }
    }
    Ok(agreed)
}

fn discarded_after(present: &Store, common: u64) -> Result<Option<Discarded>, StoreError> {
    let to = present.revision();
    if to <= common {
        return Ok(None);
    }
    let unreadable = || StoreError::Damaged("a journal entry is missing".into());
    let from = common + 1;
    let first = present.get_entry(from)?.ok_or_else(unreadable)?;
    let last = present.get_entry(to)?.ok_or_else(unreadable)?;
    Ok(Some(Discarded {
        count: to - common,
        from,
        to,
        first_day: first.day,
        last_day: last.day,
        head_hash: present.head_hash(),
    }))
}

fn differences(present: &Register, backup: &Register) -> Vec<KindDifference> {
    let empty = |kind| KindDifference { kind, title: kind_words(kind), vanish: 0, return_: 0, change: 0 };
    let mut kinds: Vec<KindDifference> = EntityKind::ALL.iter().copied().map(empty).collect();
    let mut of = |kind: EntityKind, count: fn(&mut KindDifference)| {
        kinds.iter_mut().filter(|difference| difference.kind == kind).for_each(count);
    };
    for entity in present.tables().entities() {
        match backup.get(entity.key()) {
            None => of(entity.key().kind, |difference| difference.vanish += 1),
            Some(other) if other != entity => of(entity.key().kind, |difference| difference.change += 1),
            Some(_) => {}
        }
    }
    for key in backup.tables().entities().map(|entity| entity.key()) {
        if !present.tables().contains(key) {
            of(key.kind, |difference| difference.return_ += 1);
        }
    }
    kinds.retain(|difference| difference.vanish + difference.return_ + difference.change > 0);
    kinds
}

/// The points between which a kill may fall; tests stop there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RestoreStep {
    BackupChecked,
    Copied,
    EventWritten,
    CopyChecked,
    PresentClosed,
    Swapped,
}

pub(super) type AfterStep<'test> = &'test mut dyn FnMut(RestoreStep);

/// A checked file that only waits for the swap.
struct Staged {
    /// Removed on drop, after the swap an empty folder.
    _folder: TempDir,
    file: CheckedFile,
    key: Option<Key>,
    kept_as: PathBuf,
    restored: Restored,
}

impl Session {
    /// Restores a backup over the open file: the copy is checked and made ready beside it, the file closed, kept under
    /// another name and replaced in one step; then the file is opened again, whatever came of it.
    ///
    /// `key`: of the backup; the restored file has the key of the present one.
    pub fn restore(
        self,
        backup: &Path,
        key: Option<&Key>,
    ) -> (Result<Restored, RestoreProblem>, Result<Session, SessionError>) {
        self.restore_in_steps(backup, key, &mut |_| {})
    }

    pub(super) fn restore_in_steps(
        self,
        backup: &Path,
        key: Option<&Key>,
        after: AfterStep<'_>,
    ) -> (Result<Restored, RestoreProblem>, Result<Session, SessionError>) {
        if self.store.read_only() {
            let error = self.write_failed(StoreError::ReadOnly);
            return (Err(error.into()), Ok(self));
        }
        let mut staged = stage(&self.path, Some(&self), backup, key, &self.clock, &self.actor, after);
        if staged.as_ref().is_err_and(RestoreProblem::is_of_damaged_present) {
            staged = stage(&self.path, None, backup, key, &self.clock, &self.actor, after);
        }
        let staged = match staged {
            Ok(staged) => staged,
            Err(problem) => return (Err(problem), Ok(self)),
        };
        let key = staged.key.clone();
        let Session { store, path, clock, actor, medium, .. } = self;
        drop(store);
        after(RestoreStep::PresentClosed);
        let restored = staged.put(&path);
        after(RestoreStep::Swapped);
        let choices = super::OpenChoices { allow_network: true, ..super::OpenChoices::default() };
        let session = Session::open_as(&path, key.as_ref(), clock, Some(&actor), &choices);
        (restored, session.map(|session| Session { medium, ..session }))
    }
}

/// Restores a backup where the present file does not open or is gone. A damaged one is kept under another name.
///
/// # Errors
/// Why it was not restored, or why the restored file did not open.
pub fn restore_unreadable(
    file: &Path,
    backup: &Path,
    key: Option<&Key>,
    clock: &Clock,
    actor: Option<&str>,
) -> Result<(Restored, Session), RestoreProblem> {
    let staged = stage(file, None, backup, key, clock, actor.unwrap_or_default(), &mut |_| {})?;
    let key = staged.key.clone();
    let restored = staged.put(file)?;
    let session = Session::open(file, key.as_ref(), clock.clone(), actor)?;
    Ok((restored, session))
}

fn stage(
    path: &Path,
    present: Option<&Session>,
    backup: &Path,
    key: Option<&Key>,
    clock: &Clock,
    actor: &str,
    after: AfterStep<'_>,
) -> Result<Staged, RestoreProblem> {
    let (store, loaded) = open_backup(backup, key)?;
    let details = details_of(&store)?;
    let mut discarded = None;
    if let Some(present) = present {
        if details.identity != present.store.identity()? {
            return Err(RestoreProblem::OtherFile);
        }
        discarded = discarded_after(&present.store, last_common_entry(&present.store, &store)?)?;
    }
    after(RestoreStep::BackupChecked);
    // A link is followed: the file stands where it leads.
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let beside = real.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = making_folder(beside)?;
    let staged_path = folder.path().join("restored");
    store.copy_for(present.map(|present| &present.store), &staged_path)?;
    drop(store);
    after(RestoreStep::Copied);
    let key = present.map_or(key, |present| present.store.key());
    let now = clock.now();
    let at = now.datetime();
    let actor = if actor.is_empty() { &loaded.register.organization().administrator.name } else { actor };
    let entry = append_event(&staged_path, key, clock, actor, present, &details, discarded)?;
    after(RestoreStep::EventWritten);
    let file = check_file(&staged_path, key)?;
    after(RestoreStep::CopyChecked);
    let kept_as = put_aside(&real, present.is_some(), at);
    let restored = Restored { kept_as: None, discarded, entry, details };
    Ok(Staged { _folder: folder, file, key: key.cloned(), kept_as, restored })
}

fn put_aside(file: &Path, is_readable: bool, at: DateTime) -> PathBuf {
    put_aside_path(file, if is_readable { "до восстановления" } else { "повреждён" }, at)
}

/// The restored file says itself what was discarded: the swap brings file and entry in one step.
fn append_event(
    staged: &Path,
    key: Option<&Key>,
    clock: &Clock,
    actor: &str,
    present: Option<&Session>,
    details: &FileDetails,
    discarded: Option<Discarded>,
) -> Result<u64, RestoreProblem> {
    let (mut store, mut loaded) = Store::open(staged, key, &holder(clock))?;
    if let Some(present) = present {
        store.raise_counters_to(&present.register)?;
        reapply_erasures(&present.store, &mut store, &mut loaded.register, clock, actor)?;
    }
    let discarded = discarded.map(|discarded| {
        json!({
            "count": discarded.count,
            "from": discarded.from,
            "to": discarded.to,
            "head": discarded.head_hash.to_string(),
        })
    });
    let event = json!({
        "backup": { "revision": details.revision, "day": details.last_entry.map(|(_, day)| day) },
        "discarded": discarded,
        "unreadable": present.is_none(),
    });
    let entry = NewEntry {
        at: clock.timestamp(),
        day: clock.wall_day(),
        actor,
        code: RESTORED,
        details: event.to_string(),
        undoes: None,
    };
    Ok(store.append_event(&entry)?.number)
}

impl Staged {
    /// The swap itself; the present file must be closed.
    fn put(self, path: &Path) -> Result<Restored, RestoreProblem> {
        let is_there = path.exists();
        replace_file(path, &self.file, Some(&self.kept_as))?;
        Ok(Restored { kept_as: is_there.then_some(self.kept_as), ..self.restored })
    }
}

/// The journal's sentence.
pub(super) fn restored_sentence(details: &Value) -> String {
    let day = details["backup"]["day"].as_str().and_then(|day| day.parse().ok());
    let of = day.map_or_else(String::new, |day| format!(" с последней записью от {}", date_short(day)));
    let discarded = &details["discarded"];
    let lost = match (discarded["count"].as_u64(), details["unreadable"].as_bool()) {
        (Some(count), _) => format!(
            "; отброшено: {}, № {}–{}",
            counted(count, "запись", "записи", "записей"),
            discarded["from"],
            discarded["to"]
        ),
        (None, Some(true)) => "; прежний файл не читался".into(),
        (None, _) => "; записи не потеряны".into(),
    };
    format!("Файл восстановлен из копии{of}{lost}")
}

/// Reads one backup for a list: what it holds, or why that cannot be told.
///
/// # Errors
/// As [`prepare_restore`]; a backup that cannot be read is of no use.
pub fn backup_details(backup: &Path, key: Option<&Key>) -> Result<FileDetails, RestoreProblem> {
    read_details(backup, key).map_err(RestoreProblem::of_backup)
}
