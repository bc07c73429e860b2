//! Set, change, recover: what opens afterwards and what does not (faults rows 24 and 25).

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::date;
use tempfile::TempDir;

use super::*;
use crate::session::{PasswordReply, PasswordRequest, Reply, Request, Worker, wait_before_password};

const FIRST: &str = "барсук овраг сирень";
const SECOND: &str = "лодка перец 'туман'";

fn secret(text: &str) -> SecretText {
    SecretText::new(text.into())
}

fn clock() -> Clock {
    Clock::fixed(date(2026, 10, 12).at(10, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).expect("a moment"))
}

fn a_day_later() -> Clock {
    Clock::fixed(date(2026, 10, 13).at(10, 0, 1, 0).to_zoned(jiff::tz::TimeZone::UTC).expect("a moment"))
}

fn card() -> Organization {
    Organization { name: "Школа «Канарейка»".into(), ..Organization::default() }
}

fn bench() -> (TempDir, PathBuf, BackupPlace) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("школа.sferum");
    let place = BackupPlace::beside(&path);
    (folder, path, place)
}

fn created(path: &Path) -> (Session, RecoveryCode) {
    let choices = OpenChoices::default();
    Session::create_with_password(path, &secret(FIRST), card(), clock(), "", &choices).expect("created")
}

fn recovered(path: &Path, code: &RecoveryCode, new: &str) -> Result<(Session, PasswordSet), SessionError> {
    let choices = OpenChoices::default();
    Session::recover(path, code, &secret(new), clock(), None, &BackupPlace::beside(path), &choices)
}

/// By the store, without the waiting of the session.
fn opens(path: &Path, key: Option<&Key>) -> bool {
    crate::store::read_details(path, key).is_ok()
}

fn by_password(password: &str) -> Option<Key> {
    Key::from_password(password)
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("listed") {
        let path = entry.expect("entry").path();
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    files
}

#[test]
fn a_new_file_has_a_password_and_a_code_that_waits() {
    let (_folder, path, _) = bench();
    let (session, code) = created(&path);
    assert_eq!(session.code_state(), CodeState::Waiting { since: date(2026, 10, 12), late: false });
    drop(session);
    assert!(opens(&path, by_password(FIRST).as_ref()) && opens(&path, Some(&code.key())));
    assert!(!opens(&path, None) && !opens(&path, by_password(SECOND).as_ref()));
    let session = Session::open(&path, Some(&code.key()), a_day_later(), None).expect("opens");
    assert_eq!(session.code_state(), CodeState::Waiting { since: date(2026, 10, 12), late: true });
}

#[test]
fn a_weak_password_makes_no_file() {
    let (folder, path, _) = bench();
    for weak in ["короткий", "сферум2026", "Канарейка14"] {
        let made =
            Session::create_with_password(&path, &secret(weak), card(), clock(), "", &OpenChoices::default());
        assert!(matches!(made, Err(SessionError::Password(_))), "{weak}");
    }
    assert_eq!(files_below(folder.path()), [] as [PathBuf; 0]);
}

#[test]
fn a_changed_password_kills_the_old_one_its_code_and_its_backups() {
    let (folder, path, place) = bench();
    let (mut session, old_code) = created(&path);
    session.back_up(&place, BackupOccasion::Asked).expect("backed up").expect("made");
    let wrong = session.set_password(Some(&secret("лодка и перец")), &secret(SECOND), &place);
    assert!(matches!(wrong, Err(SessionError::WrongPassword)));
    assert!(matches!(session.set_password(None, &secret(SECOND), &place), Err(SessionError::WrongPassword)));
    let same = session.set_password(Some(&secret(FIRST)), &secret(FIRST), &place);
    assert!(matches!(same, Err(SessionError::SamePassword)));
    let set = session.set_password(Some(&secret(FIRST)), &secret(SECOND), &place).expect("changed");
    assert!(set.replaces_code && !set.code.is_same_as(&old_code));
    let replaced = set.backups.expect("backups were replaced");
    assert!(replaced.removed >= 1 && replaced.left.is_empty(), "{replaced:?}");
    assert!(matches!(session.code_state(), CodeState::Waiting { late: false, .. }));
    let newest = session.list_entries(None, 1).expect("read").remove(0);
    assert_eq!((newest.code.as_str(), newest.details.as_str()), ("change_password", ""));
    assert!(matches!(session.undo(&Default::default()), Err(SessionError::NothingToUndo)));
    assert_eq!(session.verify().expect("verified").problems, []);
    drop(session);
    let files = files_below(folder.path());
    assert_eq!(files.len(), 2, "the file and one backup: {files:?}");
    for file in files {
        assert!(opens(&file, by_password(SECOND).as_ref()), "{file:?}");
        assert!(opens(&file, Some(&set.code.key())), "{file:?}");
        assert!(
            !opens(&file, by_password(FIRST).as_ref()) && !opens(&file, Some(&old_code.key())),
            "{file:?}"
        );
    }
}

#[test]
fn an_open_file_without_a_password_is_closed_and_nothing_readable_stays() {
    let (folder, path, place) = bench();
    let mut session = Session::create(&path, None, card(), clock(), "").expect("created");
    session.back_up(&place, BackupOccasion::Asked).expect("backed up").expect("made");
    assert_eq!(session.code_state(), CodeState::NoPassword);
    let register = session.register().clone();
    let set = session.set_password(None, &secret(FIRST), &place).expect("set");
    assert!(!set.replaces_code);
    assert_eq!(session.register().tables(), register.tables());
    drop(session);
    let code = set.code.text();
    let hex: String =
        set.code.key().raw_bytes().expect("raw").iter().map(|byte| format!("{byte:02x}")).collect();
    let canaries =
        ["Канарейка", "SQLite format", FIRST, code.as_str(), &code.replace('-', ""), &hex].map(str::to_owned);
    let files = files_below(folder.path());
    assert_eq!(files.len(), 2, "{files:?}");
    for file in files {
        let bytes = std::fs::read(&file).expect("read");
        for canary in canaries.iter().map(String::as_bytes) {
            assert!(!bytes.windows(canary.len()).any(|window| window == canary), "{file:?}");
        }
    }
    // Not inside either, where only the password leads.
    let (session, _) = recovered(&path, &set.code, SECOND).expect("recovered");
    for entry in session.list_entries(None, 50).expect("read") {
        let text = format!("{entry:?}");
        assert!(!canaries[2..].iter().any(|canary| text.contains(canary.as_str())));
    }
    let row = session.get_workspace(CODE_ROW).expect("read").expect("kept");
    assert!(!canaries[2..].iter().any(|canary| row.contains(canary.as_str())));
    assert_eq!(session.get_workspace(PUT_ASIDE_ROW).expect("read"), None);
}

#[test]
fn a_code_recovers_once() {
    let (_folder, path, _) = bench();
    let (session, code) = created(&path);
    drop(session);
    let weak = recovered(&path, &code, "пароль123456");
    assert!(matches!(weak, Err(SessionError::Password(_))));
    assert!(opens(&path, by_password(FIRST).as_ref()), "a weak password changes nothing");
    let typed = code.text().to_lowercase();
    let code = RecoveryCode::parse(&typed).expect("read");
    Session::check_code(&path, &code, clock()).expect("it opens");
    let (session, set) = recovered(&path, &code, SECOND).expect("recovered");
    assert_eq!(session.list_entries(None, 1).expect("read")[0].code, "recover_password");
    drop(session);
    assert!(matches!(Session::check_code(&path, &code, clock()), Err(SessionError::CodeOpensNothing)));
    assert!(!opens(&path, by_password(FIRST).as_ref()) && opens(&path, by_password(SECOND).as_ref()));
    assert!(opens(&path, Some(&set.code.key())));
}

#[test]
fn two_groups_of_the_paper_confirm_a_code() {
    let (_folder, path, _) = bench();
    let (mut session, code) = created(&path);
    let groups = code.groups();
    assert!(matches!(session.confirm_code(["", ""]), Err(SessionError::WrongGroups)), "nothing was asked");
    let [first, second] = session.ask_for_groups().expect("asked");
    assert!(first < second && (1..=CODE_GROUPS).contains(&first) && second <= CODE_GROUPS);
    let wrong = session.confirm_code([&groups[first - 1], "????"]);
    assert!(matches!(wrong, Err(SessionError::WrongGroups)));
    let again = session.confirm_code([&groups[first - 1], &groups[second - 1]]);
    assert!(matches!(again, Err(SessionError::WrongGroups)), "the question was used up");
    let [first, second] = session.ask_for_groups().expect("asked");
    let typed = groups[first - 1].to_lowercase();
    let state = session.confirm_code([&format!(" {typed} "), &groups[second - 1]]).expect("confirmed");
    assert_eq!(state, CodeState::Confirmed { on: date(2026, 10, 12) });
    assert_eq!(session.code_state(), state);
    let asked: std::collections::BTreeSet<_> =
        (0..200).flat_map(|_| session.ask_for_groups().expect("asked")).collect();
    assert_eq!(asked.len(), CODE_GROUPS, "every group can be asked for");
}

#[test]
fn the_page_is_written_and_noted_without_the_code() {
    let (folder, path, _) = bench();
    let (mut session, code) = created(&path);
    let page = folder.path().join("лист.docx");
    session.write_code_page(&code, &page).expect("written");
    assert!(std::fs::read(&page).expect("read").starts_with(b"PK"));
    assert_eq!(session.list_entries(None, 1).expect("read")[0].code, "print_code");
    let other = RecoveryCode::from_bytes(&[7; 32]);
    assert!(matches!(session.write_code_page(&other, &page), Err(SessionError::CodeOpensNothing)));
    assert!(matches!(session.write_code_page(&code, &path), Err(SessionError::Outside(_))));
    assert_eq!(session.verify().expect("verified").problems, []);
}

/// Killed after the swap and before the old file was removed: the next opening removes it.
#[test]
fn what_a_kill_leaves_of_the_old_file_goes_at_the_next_opening() {
    let (folder, path, place) = bench();
    let mut session = Session::create(&path, None, card(), clock(), "").expect("created");
    let set = session.set_password(None, &secret(FIRST), &place).expect("set");
    let aside = folder.path().join("школа до смены пароля.sferum");
    crate::files::write_bytes_atomically(&aside, b"SQLite format 3").expect("as a kill leaves it");
    session.put_workspace(PUT_ASIDE_ROW, Some("школа до смены пароля.sferum")).expect("kept");
    drop(session);
    let session = Session::open(&path, Some(&set.code.key()), clock(), None).expect("opens");
    assert!(!aside.exists());
    assert_eq!(session.get_workspace(PUT_ASIDE_ROW).expect("read"), None);
}

#[test]
fn a_name_made_up_in_the_file_leads_nowhere() {
    let (folder, path, _) = bench();
    let victim = folder.path().join("чужой.txt");
    crate::files::write_bytes_atomically(&victim, b"untouched").expect("written");
    std::fs::create_dir(folder.path().join("папка")).expect("a folder");
    let inner = folder.path().join("папка").join("школа.sferum");
    let mut session = Session::create(&inner, None, card(), clock(), "").expect("created");
    for name in ["../чужой.txt", "школа.sferum", victim.to_str().expect("UTF-8"), ".."] {
        session.put_workspace(PUT_ASIDE_ROW, Some(name)).expect("kept");
        let _ = session.remove_put_aside();
        assert!(victim.exists() && inner.exists(), "{name}");
    }
    drop(session);
    assert!(!path.exists());
}

#[test]
fn wrong_passwords_make_the_next_try_wait() {
    let (_folder, path, _) = bench();
    drop(created(&path));
    assert_eq!(wait_before_password(&path), Duration::ZERO);
    let wrong = Session::open(&path, by_password(SECOND).as_ref(), clock(), None);
    assert!(matches!(wrong, Err(SessionError::Store(StoreError::WrongKeyOrDamaged))));
    assert!(wait_before_password(&path) > Duration::ZERO);
    let session = Session::open(&path, by_password(FIRST).as_ref(), clock(), None).expect("after the wait");
    assert_eq!(wait_before_password(&path), Duration::ZERO);
    session.check_password(&secret(FIRST)).expect("right");
}

fn password_reply(worker: &mut Worker) -> PasswordReply {
    match worker.try_receive() {
        Some(Reply::Password(reply)) => reply,
        Some(Reply::OpenFailed { text, .. } | Reply::Refused { text }) => panic!("{text}"),
        _ => panic!("another answer"),
    }
}

#[test]
fn the_worker_goes_the_whole_way() {
    let (_folder, path, _) = bench();
    let mut worker = Worker::inline(clock());
    let mut ask = |request: PasswordRequest| {
        worker.send(Request::Password(request));
        let first = worker.try_receive().expect("an answer");
        match first {
            Reply::Password(reply) => (None, reply),
            opened => (Some(opened), password_reply(&mut worker)),
        }
    };
    let refused = ask(PasswordRequest::Create {
        path: path.clone(),
        password: secret("пароль2026"),
        organization: Box::new(card()),
    });
    assert!(matches!(refused, (None, PasswordReply::Refused { wait_seconds: 0, .. })));
    let made = ask(PasswordRequest::Create {
        path: path.clone(),
        password: secret(FIRST),
        organization: Box::new(card()),
    });
    let (Some(Reply::Opened { code_state, .. }), PasswordReply::Set { set, .. }) = made else {
        panic!("opened, then the code")
    };
    assert!(matches!(code_state, CodeState::Waiting { late: false, .. }));
    let (None, PasswordReply::GroupsAsked { numbers }) = ask(PasswordRequest::AskForGroups) else {
        panic!("asked")
    };
    let groups = set.code.groups();
    let answers = numbers.map(|number| secret(&groups[number - 1]));
    let (None, PasswordReply::CodeConfirmed { code_state, .. }) =
        ask(PasswordRequest::ConfirmCode { answers })
    else {
        panic!("confirmed")
    };
    assert!(matches!(code_state, CodeState::Confirmed { .. }));
    let change = PasswordRequest::Set { old: Some(secret(FIRST)), new: secret(SECOND) };
    let (None, PasswordReply::Set { set: changed, snapshot, .. }) = ask(change) else { panic!("set") };
    assert!(snapshot.register.revision > 1 && changed.replaces_code);
    let (None, PasswordReply::Refused { wait_seconds, .. }) =
        ask(PasswordRequest::ShowCode { password: secret(FIRST) })
    else {
        panic!("refused")
    };
    assert_eq!(wait_seconds, 1);
    let shown = ask(PasswordRequest::ShowCode { password: secret(SECOND) });
    let (None, PasswordReply::CodeShown { code }) = shown else { panic!("shown") };
    assert!(code.is_same_as(&changed.code));
}

#[test]
fn nothing_secret_stands_in_debug() {
    let code = RecoveryCode::from_bytes(&[7; 32]);
    let set = PasswordSet { code: code.clone(), replaces_code: true, backups: Ok(Default::default()) };
    let text = format!("{set:?}");
    assert!(!code.groups().iter().any(|group| text.contains(group.as_str())), "{text}");
}
