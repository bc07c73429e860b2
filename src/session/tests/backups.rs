//! When a backup is made, where, and which one counts (faults row 15).

use super::*;

fn back_up(school: &School, moment: &str, occasion: BackupOccasion) -> bool {
    school.open(moment).back_up(&school.place(), occasion).expect("made or not due").is_some()
}

fn backup_names(school: &School) -> Vec<String> {
    names_in(&school.place().folder)
}

#[test]
fn one_is_made_on_the_first_opening_of_a_day_if_something_changed() {
    let school = School::new(Some(raw_key()));
    let daily = BackupOccasion::FirstOpeningOfDay;
    assert!(back_up(&school, MORNING, daily), "there is none yet");
    assert!(!back_up(&school, MORNING, daily), "nothing changed");
    add(&mut school.open(NOON), "Рощин");
    assert!(!back_up(&school, NOON, daily), "changed, but today has one");
    assert!(back_up(&school, NOON, BackupOccasion::BeforeBigChange), "before an import it is due");
    assert!(!back_up(&school, NOON, BackupOccasion::BeforeBigChange), "and then it is not");
    assert!(!back_up(&school, NEXT_DAY, daily), "a new day, nothing changed");
    add(&mut school.open(NEXT_DAY), "Зорин");
    assert!(back_up(&school, DAY_AFTER, daily));
    assert!(back_up(&school, DAY_AFTER, BackupOccasion::Asked), "asked for: always");
    assert_eq!(
        backup_names(&school),
        [
            // Of the day before yesterday only the newest is left.
            "школа 2026-11-22 1200.sferum",
            "школа 2026-11-24 0800-2.sferum",
            "школа 2026-11-24 0800.sferum",
        ]
    );
    let state = school.open(DAY_AFTER).backup_state(&school.place());
    let newest = state.newest.expect("a good one");
    assert_eq!(newest.file.path.file_name().expect("a name"), "школа 2026-11-24 0800-2.sferum");
    assert_eq!((newest.details.revision, state.problem), (4, None));
}

#[test]
fn a_backup_is_encrypted_like_the_file_and_opens_with_the_same_raw_key() {
    let password = Key::from_password("очень длинный пароль").expect("usable");
    let school = School::new(Some(password));
    let made =
        school.open(NOON).back_up(&school.place(), BackupOccasion::Asked).expect("made").expect("made");
    let bytes = bytes_of(&made.file.path);
    assert_eq!(bytes[..16], bytes_of(&school.path)[..16], "the salt, so password and recovery code fit both");
    assert!(!bytes.windows(12).any(|window| window == "Белкин".as_bytes()));
    assert!(backup_details(&made.file.path, Key::from_password("другой пароль").as_ref()).is_err());
    assert!(backup_details(&made.file.path, None).is_err());
}

#[test]
fn a_missing_chosen_folder_is_said_and_never_made() {
    let school = School::new(None);
    let stick = school.folder.path().join("флешка");
    let place = BackupPlace { folder: stick.clone(), chosen: true };
    let session = school.open(NOON);
    for occasion in
        [BackupOccasion::FirstOpeningOfDay, BackupOccasion::BeforeBigChange, BackupOccasion::Asked]
    {
        assert_eq!(session.back_up(&place, occasion).err(), Some(BackupProblem::FolderMissing));
    }
    assert!(!stick.exists());
    assert_eq!(session.backup_state(&place).problem, Some(BackupProblem::FolderMissing));
    assert_eq!(list_backups(&place, &school.path), Err(BackupProblem::FolderMissing));
    put_bytes(&stick, b"a file where a folder was");
    assert_eq!(session.back_up(&place, BackupOccasion::Asked).err(), Some(BackupProblem::FolderClosed));
    let beside = school.place();
    assert_eq!(list_backups(&beside, &school.path), Ok(Vec::new()), "the one beside the file may be missing");
    assert!(session.back_up(&beside, BackupOccasion::Asked).expect("made").is_some());
}

#[test]
fn the_worker_says_a_missing_folder_at_opening() {
    let school = School::new(None);
    let mut worker = Worker::inline(clock(NOON));
    let folders = [(school.path.clone(), school.folder.path().join("флешка"))].into();
    worker.send(Request::Care(CareRequest::UseBackupFolders(folders)));
    worker.send(Request::Open { path: school.path.clone(), key: None, actor: None });
    worker.send(Request::Care(CareRequest::AtOpening));
    let replies = replies(&mut worker);
    let [
        Reply::Opened { .. },
        Reply::Care(CareReply::Checked { check, .. }),
        Reply::Care(CareReply::Backups { state, made }),
    ] = &replies[..]
    else {
        panic!("{} other replies", replies.len());
    };
    assert_eq!((check.because, check.problems.len()), (CheckedBecause::Weekly, 0));
    assert_eq!((state.problem, *made), (Some(BackupProblem::FolderMissing), false));
}

#[test]
fn two_schools_of_one_name_share_a_folder_without_harm() {
    let (mine, other) = (School::new(None), School::new(None));
    let place = BackupPlace { folder: mine.folder.path().to_owned(), chosen: true };
    let theirs = other.open(MORNING).back_up(&place, BackupOccasion::Asked).expect("made").expect("made");
    let session = mine.open(NOON);
    assert_eq!(session.backup_state(&place).newest, None, "theirs does not count");
    assert!(matches!(prepare_restore(&session, &theirs.file.path, None), Err(RestoreProblem::OtherFile)));
    let (restored, session) = session.restore(&theirs.file.path, None);
    assert!(matches!(restored, Err(RestoreProblem::OtherFile)));
    let session = session.expect("goes on");
    // Years old by its name, so thinning would take it.
    let old = place.folder.join("школа 2020-01-01 0900.sferum");
    std::fs::rename(&theirs.file.path, &old).expect("renamed");
    session.back_up(&place, BackupOccasion::Asked).expect("made").expect("made");
    assert!(old.exists(), "nobody removes what is not theirs");
}

#[test]
fn old_backups_are_thinned_when_a_new_one_is_made() {
    let school = School::new(Some(raw_key()));
    let session = school.open(NOON);
    let made = session.back_up(&school.place(), BackupOccasion::Asked).expect("made").expect("made");
    let bytes = bytes_of(&made.file.path);
    let folder = school.place().folder;
    let older =
        ["2025-01-01 0900", "2026-11-15 0900", "2026-11-15 1500", "2026-11-21 0900", "2026-11-21 1000"];
    for moment in older {
        put_bytes(&folder.join(format!("школа {moment}.sferum")), &bytes);
    }
    put_bytes(&folder.join("школа 2024-01-01 0900.sferum"), b"unreadable, so nobody knows whose");
    put_bytes(&folder.join("отчёт.docx"), b"not ours");
    session.back_up(&school.place(), BackupOccasion::Asked).expect("made").expect("made");
    assert_eq!(
        backup_names(&school),
        [
            "отчёт.docx",
            "школа 2024-01-01 0900.sferum",
            "школа 2026-11-15 1500.sferum",
            "школа 2026-11-21 0900.sferum",
            "школа 2026-11-21 1000.sferum",
            "школа 2026-11-22 1200-2.sferum",
            "школа 2026-11-22 1200.sferum",
        ]
    );
}

#[test]
fn after_an_erasure_one_fresh_backup_replaces_the_reachable_ones() {
    let school = School::new(Some(raw_key()));
    let mut session = school.open(NOON);
    session.back_up(&school.place(), BackupOccasion::Asked).expect("made");
    session.back_up(&school.place(), BackupOccasion::Asked).expect("made");
    let foreign = school.place().folder.join("школа 2026-01-01 0900.sferum");
    put_bytes(&foreign, &[0x55; 8192]);
    add(&mut session, "Рощин");
    let (made, replaced) = session.replace_backups(&school.place(), None).expect("replaced");
    assert_eq!((replaced.removed, replaced.left), (2, vec![foreign]));
    assert_eq!(made.details.revision, session.register().revision);
    assert_eq!(backup_names(&school).len(), 2);
}

#[test]
fn the_newest_good_one_is_not_the_newest_broken_one() {
    let school = School::new(Some(raw_key()));
    let session = school.open(MORNING);
    let good = session.back_up(&school.place(), BackupOccasion::Asked).expect("made").expect("made");
    put_bytes(&school.place().folder.join("школа 2026-11-22 2000.sferum"), &[0; 100]);
    assert_eq!(session.backup_state(&school.place()).newest.map(|newest| newest.file), Some(good.file));
}

#[test]
fn pages_are_checked_once_a_week() {
    let school = School::new(Some(raw_key()));
    let checked =
        |moment| school.open(moment).check_pages_if_due().expect("checked").map(|check| check.problems);
    assert_eq!(checked(MORNING), Some(Vec::new()));
    assert_eq!(checked(NOON), None);
    assert_eq!(checked("2026-11-28T09:00:00+03:00[Europe/Moscow]"), None);
    assert_eq!(checked("2026-11-29T09:00:00+03:00[Europe/Moscow]"), Some(Vec::new()));
    // The clock was far ahead then: a day to come is no excuse.
    assert_eq!(checked(MORNING), Some(Vec::new()));
}

/// In a worker with a thread of its own the copy is checked beside it: an edit sent after it is answered too.
#[test]
fn a_backup_beside_the_worker_arrives() {
    let school = School::new(None);
    let mut worker = Worker::spawn(clock(NOON), std::sync::Arc::new(|| {}));
    worker.send(Request::Open { path: school.path.clone(), key: None, actor: None });
    worker.send(Request::Care(CareRequest::BackUp(BackupOccasion::BeforeBigChange)));
    let person = Person { name: FullName::new("Рощин", "Лев", ""), ..Person::default() };
    let operation = Operation::AddPerson { person, memberships: Vec::new(), children: Vec::new() };
    worker.send(Request::Execute(Box::new(operation)));
    let (mut changed, mut made_at) = (false, None);
    for _ in 0..1000 {
        match worker.try_receive() {
            Some(Reply::Changed { .. }) => changed = true,
            Some(Reply::Care(CareReply::Backups { state, made: true })) => {
                made_at = state.newest.map(|newest| newest.details.revision);
            }
            Some(_) => {}
            None if changed && made_at.is_some() => break,
            None => std::thread::sleep(std::time::Duration::from_millis(10)),
        }
    }
    assert_eq!((changed, made_at), (true, Some(2)), "the copy is of before the edit");
}
