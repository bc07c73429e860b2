//! Restoring, whole, damaged, killed (faults rows 10 and 14).

use super::*;
use crate::session::restoring::RestoreStep;
use crate::store::{Holder, Store};

/// A school of three with a backup of the first two; its session is open.
fn with_backup(key: Option<Key>) -> (School, GoodBackup, Session) {
    let school = School::new(key);
    let mut session = school.open(MORNING);
    add(&mut session, "Рощин");
    let made = session.back_up(&school.place(), BackupOccasion::Asked).expect("made").expect("made");
    add(&mut session, "Зорин");
    add(&mut session, "Ясенев");
    (school, made, session)
}

fn kept(school: &School, word: &str) -> Vec<PathBuf> {
    let names = school.names().into_iter().filter(|name| name.contains(word) && !name.ends_with("-journal"));
    names.map(|name| school.folder.path().join(name)).collect()
}

#[test]
fn what_would_change_is_shown_first_and_nothing_is_written() {
    let (school, backup, session) = with_backup(Some(raw_key()));
    let before = bytes_of(&backup.file.path);
    let preview = prepare_restore(&session, &backup.file.path, school.key.as_ref()).expect("restorable");
    assert_eq!(preview.details, backup.details);
    let against = preview.against.expect("the present file is open");
    let discarded = against.discarded.expect("two entries");
    assert_eq!((against.common, against.brought_back), (3, 0));
    assert_eq!((discarded.count, discarded.from, discarded.to), (2, 4, 5));
    assert_eq!(discarded.head_hash, session.head_hash());
    let numbers: Vec<u64> = against.newest_discarded.iter().map(|entry| entry.number).collect();
    assert_eq!(numbers, [5, 4]);
    assert!(against.newest_discarded.iter().all(|entry| entry.sentence == "Добавлен человек"));
    let [kind] = &against.kinds[..] else { panic!("{:?}", against.kinds) };
    assert_eq!((kind.title, kind.vanish, kind.return_, kind.change), ("человек", 2, 0, 0));
    assert!(bytes_of(&backup.file.path) == before);
    assert_eq!(school.names().len(), 4, "folder, file, its journal and its side file");
    assert_eq!(people(&session).len(), 4);
}

#[test]
fn the_restored_file_says_what_was_discarded_and_the_present_one_is_kept() {
    for key in [None, Some(raw_key()), Key::from_password("очень длинный пароль")] {
        let (school, backup, session) = with_backup(key);
        let last_id = session.register().counter(crate::register::EntityKind::Person);
        let (head, backup_bytes) = (session.head_hash(), bytes_of(&backup.file.path));
        let (restored, session) = session.restore(&backup.file.path, school.key.as_ref());
        let (restored, mut session) = (restored.expect("restored"), session.expect("open again"));
        assert_eq!(people(&session), ["Белкин", "Рощин"]);
        assert_eq!((restored.entry, session.register().revision), (4, 4));
        assert_eq!(restored.discarded.map(|discarded| discarded.head_hash), Some(head));
        let entry = &session.list_entries(None, 1).expect("read")[0];
        let sentence = entry_sentence(entry);
        assert!(sentence.contains("отброшено: 2 записи, № 4–5"), "{sentence}");
        assert!(entry.details.contains(&head.to_string()));
        assert_eq!(session.verify().expect("checked").problems, []);
        add(&mut session, "Лунин");
        let new = session.register().tables().people.values().next_back().expect("a person").id;
        assert_eq!(new.0, last_id + 1, "a number once given out is not given out again");
        assert!(bytes_of(&backup.file.path) == backup_bytes, "restoring leaves the backup alone");
        drop(session);
        let [old] = &kept(&school, "до восстановления")[..] else {
            panic!("{:?}", school.names())
        };
        assert_eq!(restored.kept_as.as_ref().and_then(|path| path.file_name()), old.file_name());
        let old = Session::open(old, school.key.as_ref(), clock(NOON), None).expect("the kept one opens");
        assert_eq!(people(&old), ["Белкин", "Рощин", "Зорин", "Ясенев"]);
        drop(old);
        assert_eq!(school.names().len(), 3, "no side file stays: {:?}", school.names());
        // The way back: the kept one is a file like any backup.
        let kept_as = restored.kept_as.expect("kept");
        let session = school.open(NOON);
        let preview = prepare_restore(&session, &kept_as, school.key.as_ref()).expect("restorable");
        assert_eq!(preview.against.map(|against| (against.common, against.brought_back)), Some((3, 2)));
        let (again, session) = session.restore(&kept_as, school.key.as_ref());
        again.expect("restored");
        assert_eq!(people(&session.expect("open again")), ["Белкин", "Рощин", "Зорин", "Ясенев"]);
    }
}

#[test]
fn what_cannot_be_restored_changes_nothing() {
    let (school, backup, session) = with_backup(Some(raw_key()));
    let other_key = Key::from_raw([1; 32]);
    let broken = school.folder.path().join("битая.sferum");
    let mut bytes = bytes_of(&backup.file.path);
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    put_bytes(&broken, &bytes);
    let missing = school.folder.path().join("нет.sferum");
    let names = school.names();
    let mut session = session;
    for (path, key, expected) in [
        (&backup.file.path, Some(&other_key), "другим паролем"),
        (&backup.file.path, None, "другим паролем"),
        (&broken, school.key.as_ref(), "повреждена"),
        (&missing, school.key.as_ref(), "нет на месте"),
        (&school.path, school.key.as_ref(), "сам открытый файл"),
    ] {
        let problem = prepare_restore(&session, path, key).expect_err("refused").to_string();
        assert!(problem.contains(expected), "{problem}");
        let (outcome, same) = session.restore(path, key);
        session = same.expect("goes on");
        assert_eq!(outcome.expect_err("refused").to_string(), problem);
        assert_eq!(school.names(), names);
    }
    add(&mut session, "Лунин");
    assert_eq!(people(&session).len(), 5);
}

/// The file is damaged in many ways: either it opens whole or the newest good backup is offered, and restoring keeps
/// the bytes of the bad one.
#[test]
fn a_damaged_file_is_offered_its_newest_good_backup() {
    type Damage = fn(&mut Vec<u8>);
    let damages: [(&str, Damage); 5] = [
        ("the first page", |bytes| bytes[100] ^= 1),
        ("the salt", |bytes| bytes[3] ^= 1),
        ("cut off", |bytes| bytes.truncate(5000)),
        ("almost nothing left", |bytes| bytes.truncate(100)),
        ("zeros", |bytes| bytes[..4096].fill(0)),
    ];
    for (name, damage) in damages {
        let (school, _, session) = with_backup(Some(raw_key()));
        drop(session);
        let mut bytes = bytes_of(&school.path);
        damage(&mut bytes);
        put_bytes(&school.path, &bytes);
        let mut worker = Worker::inline(clock(NOON));
        worker.send(Request::Open { path: school.path.clone(), key: school.key.clone(), actor: None });
        let answers = replies(&mut worker);
        let [Reply::OpenFailed { offer: Some(offer), path, .. }] = &answers[..] else {
            panic!("{name}: no offer");
        };
        assert!(offer.text.contains("22 ноя 2026 09:35"), "{}", offer.text);
        let backup = offer.backup.file.path.clone();
        let (file, key) = (path.clone(), school.key.clone());
        worker.send(Request::Care(CareRequest::Restore { file, backup, key }));
        let answers = replies(&mut worker);
        let [Reply::Care(CareReply::Restored { outcome: Ok(restored), .. }), Reply::Opened { snapshot, .. }] =
            &answers[..]
        else {
            panic!("{name}: not restored");
        };
        assert_eq!(snapshot.register.tables().people.len(), 2, "{name}");
        let [bad] = &kept(&school, "повреждён")[..] else { panic!("{name}: {:?}", school.names()) };
        assert!(bytes_of(bad) == bytes, "{name}: the bad file keeps its bytes");
        assert_eq!(restored.discarded, None);
    }
}

#[test]
fn a_lost_file_comes_back_and_a_wrong_password_offers_nothing() {
    let (school, _, session) = with_backup(Some(raw_key()));
    drop(session);
    let mut worker = Worker::inline(clock(NOON));
    let mut open = |key: Option<Key>| {
        worker.send(Request::Open { path: school.path.clone(), key, actor: None });
        match replies(&mut worker).pop() {
            Some(Reply::OpenFailed { offer, .. }) => offer.is_some(),
            _ => panic!("opened"),
        }
    };
    assert!(!open(Some(Key::from_raw([1; 32]))), "the wrong key is no damage");
    assert!(!open(None), "nor is no key");
    std::fs::remove_file(&school.path).expect("removed");
    assert!(open(school.key.clone()));
    let backup = &list_backups(&school.place(), &school.path).expect("listed")[0];
    let (restored, session) =
        restore_unreadable(&school.path, &backup.path, school.key.as_ref(), &clock(NOON), None)
            .expect("restored");
    assert_eq!((restored.kept_as, people(&session).len()), (None, 2));
}

/// Damage that opening does not see is found by the check that is due, and no backup is made of it.
#[test]
fn damage_found_after_opening_is_said_with_an_offer() {
    let school = School::new(Some(raw_key()));
    let mut session = school.open(MORNING);
    for number in 0..200 {
        add(&mut session, &format!("Рощин{number}"));
    }
    session.back_up(&school.place(), BackupOccasion::Asked).expect("made");
    drop(session);
    let whole = bytes_of(&school.path);
    let mut found = 0;
    for page in (1..whole.len() / 4096).rev() {
        let mut bytes = whole.clone();
        bytes[page * 4096 + 2000] ^= 1;
        put_bytes(&school.path, &bytes);
        let mut worker = Worker::inline(clock(NOON));
        worker.send(Request::Open { path: school.path.clone(), key: school.key.clone(), actor: None });
        worker.send(Request::Care(CareRequest::AtOpening));
        match &replies(&mut worker)[..] {
            [Reply::OpenFailed { offer: Some(_), .. }] => {}
            [Reply::Opened { .. }, Reply::Care(CareReply::Checked { check, offer: Some(_) })] => {
                assert!(!check.problems.is_empty());
                found += 1;
                let backup = list_backups(&school.place(), &school.path).expect("listed").remove(0).path;
                if page % 9 == 0 {
                    let request = CareRequest::Restore { file: school.path.clone(), backup, key: None };
                    worker.send(Request::Care(request));
                    let answers = replies(&mut worker);
                    let [
                        Reply::Care(CareReply::Restored { outcome: Ok(_), .. }),
                        Reply::Opened { snapshot, .. },
                    ] = &answers[..]
                    else {
                        panic!("page {page}: not restored");
                    };
                    assert_eq!(snapshot.register.tables().people.len(), 201);
                }
            }
            other => panic!("page {page}: {} replies", other.len()),
        }
        drop(worker);
        assert_eq!(names_in(&school.place().folder).len(), 1, "no copy of a damaged file");
    }
    assert!(found > 0, "some damage is seen only by the check");
}

/// A stale journal beside the file must not be rolled into the restored one.
#[test]
fn side_files_of_the_old_one_do_not_meet_the_new_one() {
    let (school, backup, session) = with_backup(Some(raw_key()));
    drop(session);
    let mut bytes = bytes_of(&school.path);
    bytes[50] ^= 1;
    put_bytes(&school.path, &bytes);
    // With the magic of a journal that is to be rolled back.
    let journal = school.folder.path().join("школа.sferum-journal");
    let mut stale = vec![0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];
    stale.resize(9000, 7);
    put_bytes(&journal, &stale);
    put_bytes(&school.folder.path().join("школа.sferum.open"), b"{}");
    let key = school.key.as_ref();
    let (_, session) =
        restore_unreadable(&school.path, &backup.file.path, key, &clock(NOON), None).expect("restored");
    assert_eq!(people(&session), ["Белкин", "Рощин"]);
    assert_eq!(session.verify().expect("checked").problems, []);
    drop(session);
    assert!(!journal.exists());
    let [bad] = &kept(&school, "повреждён")[..] else { panic!("{:?}", school.names()) };
    let mut kept_journal = bad.clone().into_os_string();
    kept_journal.push("-journal");
    assert!(bytes_of(Path::new(&kept_journal)) == stale, "kept with its journal");
}

const KILLED_AT: &str = "SFERUM_TEST_RESTORE_KILLED_AT";
const STEPS: [RestoreStep; 6] = [
    RestoreStep::BackupChecked,
    RestoreStep::Copied,
    RestoreStep::EventWritten,
    RestoreStep::CopyChecked,
    RestoreStep::PresentClosed,
    RestoreStep::Swapped,
];

/// The process that is killed in the next test; by itself it does nothing.
#[test]
fn restore_until_killed() {
    let Some(wish) = std::env::var_os(KILLED_AT) else { return };
    let wish = wish.into_string().expect("text");
    let [path, backup, step] = wish.split('|').collect::<Vec<_>>()[..] else { panic!("three parts") };
    let step = STEPS[step.parse::<usize>().expect("a number")];
    let session = Session::open(Path::new(path), Some(&raw_key()), clock(NOON), None).expect("opens");
    let _ = session.restore_in_steps(Path::new(backup), Some(&raw_key()), &mut |reached| {
        if reached == step {
            println!("killed");
            std::process::abort();
        }
    });
}

#[test]
fn killed_at_any_step_the_file_is_the_old_one_whole_or_the_new_one_whole() {
    use std::process::{Command, Stdio};
    for (place, step) in STEPS.iter().enumerate() {
        let (school, backup, session) = with_backup(Some(raw_key()));
        drop(session);
        let wish = format!("{}|{}|{place}", school.path.display(), backup.file.path.display());
        let output = Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "--nocapture", "session::tests::restoring::restore_until_killed"])
            .env(KILLED_AT, wish)
            .stderr(Stdio::null())
            .output()
            .expect("started");
        assert!(String::from_utf8_lossy(&output.stdout).contains("killed"), "{step:?} was not reached");
        let session = school.open(NOON);
        assert_eq!(session.verify().expect("checked").problems, [], "{step:?}");
        let swapped = *step == RestoreStep::Swapped;
        assert_eq!(people(&session).len(), if swapped { 2 } else { 4 }, "{step:?}");
        drop(session);
        assert_eq!(kept(&school, "до восстановления").len(), usize::from(swapped), "{step:?}");
        // The next restore goes through, whatever was left.
        let (restored, session) = school.open(NOON).restore(&backup.file.path, school.key.as_ref());
        restored.expect("restored");
        assert_eq!(people(&session.expect("open again")).len(), 2, "{step:?}");
    }
}

/// Older than an hour by the times of the files, what a killed process left is removed.
#[test]
fn what_killed_processes_left_is_removed() {
    let (school, _, session) = with_backup(None);
    let folder = school.place().folder;
    let (old, new) = (folder.join(".copy-old"), folder.join(".copy-new"));
    for left in [&old, &new] {
        std::fs::create_dir(left).expect("made");
        put_bytes(&left.join("copy"), b"half");
    }
    let then = std::fs::metadata(&old).expect("metadata").modified().expect("a time")
        - std::time::Duration::from_secs(2 * 60 * 60);
    let times = std::fs::FileTimes::new().set_modified(then);
    std::fs::File::open(&old).expect("opened").set_times(times).expect("aged");
    session.back_up(&school.place(), BackupOccasion::Asked).expect("made");
    assert_eq!((old.exists(), new.exists()), (false, true));
}

/// A holder in another process keeps the file: nothing is swapped under it.
#[test]
fn nothing_is_swapped_under_a_holder() {
    let (school, backup, session) = with_backup(None);
    drop(session);
    let holder = Holder { pc: String::new(), user: String::new(), since: jiff::Timestamp::UNIX_EPOCH };
    let (_held, _) = Store::open(&school.path, None, &holder).expect("held");
    let outcome = restore_unreadable(&school.path, &backup.file.path, None, &clock(NOON), None);
    assert!(outcome.is_err());
    assert!(kept(&school, "повреждён").is_empty());
}
