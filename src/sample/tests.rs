use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::{Date, date};

use super::*;
use crate::names::{AddressShape, Role};
use crate::register::{Context, GroupKind, InviteState, Platform, TransferState, decide};
use crate::regulation::{StalenessRule, all_flags};

const KINDS: [SampleKind; 2] = [SampleKind::School, SampleKind::College];

/// The end of a year, the beginning of one, an ordinary day, the middle of winter, leap and turn days.
fn days() -> [Date; 8] {
    [
        date(2026, 8, 30),
        date(2026, 9, 1),
        date(2026, 9, 5),
        date(2026, 10, 12),
        date(2027, 2, 3),
        date(2028, 2, 29),
        date(2026, 12, 31),
        date(2027, 8, 31),
    ]
}

fn told(kind: SampleKind, today: Date) -> Register {
    register(kind, today).unwrap_or_else(|refusal| panic!("{kind:?} on {today}: {refusal}"))
}

#[test]
fn every_step_is_accepted_and_leads_to_the_same_register() {
    for kind in KINDS {
        for today in days() {
            let context =
                Context { today, now: Timestamp::UNIX_EPOCH, actor: organization(kind).administrator.name };
            let mut register = Register::default();
            let founding =
                decide(&register, &Operation::Found(organization(kind)), &context).expect("founds");
            register.apply(&founding);
            // Journals may begin anywhere: only the import's own number may depend on it.
            register.revision = 1;
            let steps = steps(kind, today);
            assert!((50..=85).contains(&steps.len()), "{}", steps.len());
            for (number, step) in steps.iter().enumerate() {
                let operation = step(&register);
                let changes = decide(&register, &operation, &context).unwrap_or_else(|refusal| {
                    panic!("{kind:?} {today} step {number} {}: {refusal}", operation.code())
                });
                assert!(!changes.is_empty(), "step {number} {} changes nothing", operation.code());
                register.apply(&changes);
                register.revision += 1;
            }
            assert!(register.holds_the_same_as(&told(kind, today)));
        }
    }
}

#[test]
fn the_organizations_have_the_size_of_real_ones() {
    let today = date(2026, 10, 12);
    let counts = |kind| {
        let register = told(kind, today);
        let kind = if kind == SampleKind::School { GroupKind::SchoolClass } else { GroupKind::StudyGroup };
        let groups: Vec<_> =
            register.groups_in_year(SchoolYear(2026)).filter(|group| group.kind == kind).cloned().collect();
        let count = |role| {
            let list = register.tables().memberships.values();
            list.filter(|membership| membership.role == role && register.is_current(membership, today))
                .count()
        };
        let adults: BTreeSet<_> = register.tables().guardianships.values().map(|link| link.adult).collect();
        let in_force =
            register.tables().invites.values().filter(|invite| invite.state(today) == InviteState::InForce);
        (
            groups.len(),
            count(Role::Student),
            count(Role::Teacher),
            count(Role::Employee),
            adults.len(),
            in_force.count(),
        )
    };
    let (groups, students, teachers, employees, adults, in_force) = counts(SampleKind::School);
    assert_eq!((groups, teachers, employees), (27, 47, 21));
    assert!((600..=620).contains(&students), "{students}");
    assert!((900..=1000).contains(&adults), "{adults}");
    assert!((135..=170).contains(&in_force), "{in_force}");
    let (groups, students, teachers, employees, adults, in_force) = counts(SampleKind::College);
    assert_eq!((groups, teachers, employees), (18, 39, 12));
    assert!((385..=410).contains(&students), "{students}");
    assert!(adults > 250, "{adults}");
    assert!((100..=160).contains(&in_force), "{in_force}");
}

#[test]
fn each_of_the_ten_rules_holds_for_few_links_on_any_day() {
    for kind in KINDS {
        for today in days() {
            let register = told(kind, today);
            let flags = all_flags(&register, today);
            let mut by_rule: BTreeMap<StalenessRule, usize> = BTreeMap::new();
            for flag in flags.iter().flat_map(|(_, flags)| flags) {
                *by_rule.entry(flag.rule).or_default() += 1;
            }
            for rule in StalenessRule::ALL {
                assert!(
                    by_rule.contains_key(&rule),
                    "{kind:?} on {today}: no {} in {by_rule:?}",
                    rule.code()
                );
            }
            assert!(
                (12..=20).contains(&flags.len()),
                "{kind:?} on {today}: {} flagged, {by_rule:?}",
                flags.len()
            );
        }
    }
}

#[test]
fn everything_a_screen_shows_is_there() {
    let today = date(2026, 10, 12);
    for kind in KINDS {
        let register = told(kind, today);
        let tables = register.tables();
        let state = |state| tables.invites.values().filter(|invite| invite.state(today) == state).count();
        assert_eq!((state(InviteState::Deferred), state(InviteState::Revoked)), (1, 6));
        assert!(state(InviteState::Reserve) >= 6);
        assert_eq!(tables.invites.values().filter(|invite| invite.replaced_by.is_some()).count(), 4);
        let shapes: BTreeSet<_> =
            tables.invites.values().map(|invite| format!("{:?}", invite.address.shape())).collect();
        assert_eq!(shapes.len(), 4, "{shapes:?}");
        assert!(
            !shapes.iter().any(|shape| shape.starts_with("NotAnInvite") || shape == "OtherHost"),
            "{shapes:?}"
        );
        assert!(tables.invites.values().any(|invite| invite.address.shape() == AddressShape::ShortCopy));
        assert_eq!(tables.movements.values().filter(|movement| movement.in_cabinet_on.is_none()).count(), 2);
        assert_eq!(tables.join_requests.values().filter(|request| request.decision.is_none()).count(), 3);
        let stayed =
            tables.chats.values().filter(|chat| chat.transfer == TransferState::NotTransferred).count();
        assert_eq!(stayed, if kind == SampleKind::School { 3 } else { 2 });
        assert_eq!(tables.chats.values().filter(|chat| chat.platform == Platform::Telegram).count(), 1);
        let year = SchoolYear(2026);
        let without: Vec<_> = register
            .groups_in_year(year)
            .filter(|group| {
                group.year == Some(year) && register.class_teachers(group.id, today).next().is_none()
            })
            .map(|group| group.label.clone())
            .collect();
        assert_eq!(without, [if kind == SampleKind::School { "5В" } else { "П-101СД" }]);
        let staff: BTreeSet<_> =
            tables.memberships.values().filter(|m| m.role.is_staff()).map(|m| m.person).collect();
        let parents_of_staff: BTreeSet<_> = tables
            .guardianships
            .values()
            .map(|link| link.adult)
            .filter(|adult| staff.contains(adult))
            .collect();
        assert!((2..=4).contains(&parents_of_staff.len()), "{}", parents_of_staff.len());
        let mut children: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for link in tables.guardianships.values() {
            children.entry(link.adult).or_default().insert(link.child);
        }
        assert!(children.values().filter(|list| list.len() == 2).count() >= 20);
        let named_twice: BTreeMap<_, usize> =
            tables.people.values().fold(BTreeMap::new(), |mut names, person| {
                *names.entry(person.name.match_key()).or_default() += 1;
                names
            });
        assert!(kind == SampleKind::College || named_twice["иванов артем сергеевич"] == 2);
        assert!(tables.people.values().all(|person| person.name.problem().is_none()));
        assert!(tables.people.values().any(|person| person.absent_since.is_some()));
    }
}

fn folder(kind: SampleKind) -> PathBuf {
    let name = if kind == SampleKind::School { "school" } else { "college" };
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(name)
}

/// `WRITE_SAMPLE_DATA=1 cargo test sample` writes the files anew.
#[test]
#[allow(clippy::disallowed_methods, reason = "a test that writes into the source tree, on request only")]
fn the_committed_files_are_what_the_generator_makes() {
    for kind in KINDS {
        let made = || crate::session::sample_roster_files(kind, date(2026, 10, 12)).expect("made");
        let files = made();
        assert_eq!(files, made());
        let write = std::env::var_os("WRITE_SAMPLE_DATA").is_some();
        if write {
            std::fs::create_dir_all(folder(kind)).expect("folder");
        }
        let mut names = BTreeSet::new();
        for (name, bytes) in files {
            let path = folder(kind).join(&name);
            if write {
                std::fs::write(&path, &bytes).expect("written");
            }
            assert_eq!(std::fs::read(&path).ok(), Some(bytes), "{name}");
            names.insert(name);
        }
        let committed: BTreeSet<String> = std::fs::read_dir(folder(kind))
            .expect("folder")
            .map(|entry| entry.expect("entry").file_name().to_string_lossy().into_owned())
            .collect();
        assert_eq!(committed, names);
    }
}

#[test]
fn the_rosters_are_read_as_they_are_meant() {
    use crate::roster::{ReadChoices, read_roster};
    let files: BTreeMap<_, _> =
        KINDS.into_iter().flat_map(|kind| roster_files(kind, date(2026, 10, 12))).collect();
    assert_eq!(files.len(), 8, "names never collide");
    let read = |name: &str| read_roster(&files[name], &ReadChoices::default()).expect(name);
    for (name, encoding, rows) in [
        ("Контингент 2026.csv", "windows-1251", 618..=618),
        ("Сотрудники школы.txt", "utf-16le", 70..=70),
        ("Список 7Б.csv", "utf-8", 28..=28),
        ("Родители 5А.csv", "windows-1251", 27..=27),
        ("Студенты колледжа.csv", "utf-8", 394..=415),
        ("Сотрудники колледжа.txt", "utf-16le", 53..=53),
    ] {
        let roster = read(name);
        assert_eq!(roster.source.encoding, Some(encoding), "{name}");
        assert!(rows.contains(&roster.rows.len()), "{name}: {} rows", roster.rows.len());
    }
    let codes: BTreeSet<_> =
        read("Контингент 2026.csv").issues.iter().map(|issue| issue.code.code()).collect();
    assert_eq!(codes, BTreeSet::from(["bad_birth_date", "two_phones"]));
}
