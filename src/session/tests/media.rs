//! Network shares, cloud folders, full disks (faults rows 3, 4, 6, 7).

use super::*;
use crate::files::{Medium, MediumKind};

fn share(_: &Path) -> Medium {
    Medium { read_only: false, kind: MediumKind::NetworkShare }
}

fn cloud(_: &Path) -> Medium {
    Medium { read_only: false, kind: MediumKind::CloudFolder("Яндекс Диск") }
}

fn opened(school: &School, choices: OpenChoices) -> Session {
    Session::open_as(&school.path, None, clock(NOON), None, &choices).expect("opens")
}

#[test]
fn a_file_on_a_network_share_is_opened_to_read_unless_allowed() {
    let school = School::new(None);
    let before = bytes_of(&school.path);
    let mut session = opened(&school, OpenChoices { examine: share, ..OpenChoices::default() });
    let standing = session.standing();
    assert_eq!(standing.read_only, Some(ReadOnlyBecause::NetworkShare));
    assert!(standing.words().expect("a banner").contains("сетевом диске"));
    let person = Person { name: FullName::new("Рощин", "Лев", ""), ..Person::default() };
    let operation = Operation::AddPerson { person, memberships: Vec::new(), children: Vec::new() };
    let refused = session.execute(&operation).expect_err("refused");
    assert!(matches!(refused, SessionError::NetworkShare), "{refused}");
    assert!(matches!(session.put_workspace("x", Some("y")), Err(SessionError::NetworkShare)));
    assert!(session.check_pages_if_due().expect("nothing is due").is_none());
    drop(session);
    assert!(bytes_of(&school.path) == before);
    let mut session = opened(&school, OpenChoices { allow_network: true, examine: share });
    assert_eq!(session.standing().read_only, None);
    add(&mut session, "Рощин");
    let session = session.reopened().expect("open again");
    assert_eq!((session.read_only(), session.standing().medium), (false, MediumKind::NetworkShare));
}

#[test]
fn no_file_is_made_on_a_network_share() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("школа.sferum");
    let make = |allow_network| {
        let organization = Organization { name: "Школа".into(), ..Organization::default() };
        let choices = OpenChoices { allow_network, examine: share };
        Session::create_as(&path, None, organization, clock(NOON), "", &choices)
    };
    assert!(make(false).err().expect("refused").to_string().contains("сетевой диск"));
    assert!(!path.exists());
    assert!(make(true).is_ok());
}

#[test]
fn a_cloud_folder_is_warned_of_by_its_name() {
    let school = School::new(None);
    let session = opened(&school, OpenChoices { examine: cloud, ..OpenChoices::default() });
    assert_eq!(session.standing().read_only, None);
    assert!(session.standing().words().expect("a warning").contains("Яндекс Диск"));
    assert!(opened_again(session).standing().words().is_some());
}

fn opened_again(session: Session) -> Session {
    session.reopened().expect("open again")
}

/// A write that failed for want of room: it is said, nothing committed is lost, and the program goes on.
#[test]
fn after_a_full_disk_the_worker_opens_the_file_again() {
    let school = School::new(Some(raw_key()));
    let mut state =
        super::super::worker::tests_of_care::opened(&school.path, school.key.clone(), clock(NOON));
    let long = "ж".repeat(200_000);
    let put = |value: &str| Request::PutWorkspace { key: "draft".into(), value: Some(value.into()) };
    state.fill_the_disk();
    let answers = state.send(put(&long));
    let [Reply::Refused { text }] = &answers[..] else { panic!("{} answers", answers.len()) };
    assert!(text.contains("нет места"), "{text}");
    // Open again, with room again, and nothing of it is lost.
    assert!(state.send(put("короткий")).is_empty());
    let person = Person { name: FullName::new("Рощин", "Лев", ""), ..Person::default() };
    let operation = Operation::AddPerson { person, memberships: Vec::new(), children: Vec::new() };
    let answers = state.send(Request::Execute(Box::new(operation)));
    assert!(matches!(&answers[..], [Reply::Changed { .. }]));
    drop(state);
    let session = school.open(NOON);
    assert_eq!(people(&session), ["Белкин", "Рощин"]);
    assert_eq!(session.get_workspace("draft").expect("read").as_deref(), Some("короткий"));
}
