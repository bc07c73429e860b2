//! The whole matrix: state of the link × role × what it opens × facts, day by day, against the committed `matrix.txt`.
//! A line says from which day on which flags stand; day 0 is the hand-over. `UPDATE_MATRIX=1` writes the file anew:
//! then read its difference as what the change does to every school.

use std::fmt::Write;

use super::*;
use crate::register::InviteState;

const COMMITTED: &str = include_str!("matrix.txt");

const STATES: [(InviteState, &str); 4] = [
    (InviteState::InForce, "in force"),
    (InviteState::Reserve, "in reserve"),
    (InviteState::Deferred, "deferred until day 40"),
    (InviteState::Revoked, "revoked"),
];

#[derive(Clone, Copy, PartialEq)]
enum Place {
    Organization,
    Class,
    StudentsChat,
    ParentsChat,
    TeachingStaff,
}

const PLACES: [(Place, &str); 5] = [
    (Place::Organization, "organization"),
    (Place::Class, "class"),
    (Place::StudentsChat, "chat with students"),
    (Place::ParentsChat, "chat with parents"),
    (Place::TeachingStaff, "teaching staff"),
];

/// The facts beside the link itself; on day 20 where they have a day of their own.
#[derive(Clone, Copy, PartialEq)]
enum Facts {
    None,
    NobodySeen,
    SameNumber,
    EverybodyIn,
    Expires,
    Archived,
    HolderLeft,
    Newer,
    Leaked,
}

const FACTS: [(Facts, &str); 9] = [
    (Facts::None, "nothing known"),
    (Facts::NobodySeen, "day 10: 0 of 27"),
    (Facts::SameNumber, "days 1 and 31: 5 of 27"),
    (Facts::EverybodyIn, "day 5: 27 of 27"),
    (Facts::Expires, "last day 20"),
    (Facts::Archived, "archived on day 20"),
    (Facts::HolderLeft, "its only holder left on day 20"),
    (Facts::Newer, "a newer link since day 20"),
    (Facts::Leaked, "leaked on day 20"),
];

/// The days looked at: around every threshold, and around the end of the school year (day 364 is 31 August).
fn days() -> impl Iterator<Item = u16> {
    (0..=60).chain(363..=366)
}

/// The days on which the facts came to be known: a day before them is judged without them.
fn known_on(facts: Facts) -> &'static [u16] {
    match facts {
        Facts::None | Facts::Expires => &[],
        Facts::NobodySeen => &[10],
        Facts::SameNumber => &[1, 31],
        Facts::EverybodyIn => &[5],
        Facts::Archived | Facts::HolderLeft | Facts::Newer | Facts::Leaked => &[20],
    }
}

/// The register as it stood on a day.
fn school_on(number: u16, state: InviteState, role: Role, place: Place, facts: Facts) -> (School, InviteId) {
    let is_known = |on: u16| number >= on;
    let mut school = School::new();
    let class = school.class("7Б");
    let (students, parents) = (school.chat(class, ChatKind::Students), school.chat(class, ChatKind::Parents));
    let target = match place {
        Place::Organization => Target::Organization,
        Place::Class => Target::Group(class),
        Place::StudentsChat => Target::Chat(students),
        Place::ParentsChat => Target::Chat(parents),
        Place::TeachingStaff => Target::Group(school.staff_group()),
    };
    let holder = school.person("Рощина", Role::Teacher, None);
    let handed = (state != InviteState::Reserve).then_some(HANDED);
    let id = school.link_with(target, role, handed, |invite| {
        (invite.issued_on, invite.recorded_on) = (Some(HANDED), HANDED);
        if state == InviteState::Deferred {
            invite.deferral = Some(Deferral { until: day(40), reason: String::new() });
        }
        if state == InviteState::Revoked {
            invite.revocation = Some(Revocation { on: HANDED, ..Revocation::default() });
        }
        match facts {
            Facts::Expires => invite.expires_on = Some(day(20)),
            Facts::Leaked if is_known(20) => {
                invite.exposure = Some(Exposure { on: day(20), note: String::new() })
            }
            Facts::HolderLeft => {
                if let Some(hand_over) = &mut invite.handed_over {
                    hand_over.to = Some(holder);
                }
            }
            _ => {}
        }
    });
    match facts {
        Facts::None | Facts::Expires | Facts::Leaked => {}
        Facts::NobodySeen if is_known(10) => school.observe(target, role, day(10), 0, Some(27)),
        Facts::SameNumber => {
            for on in [1, 31].into_iter().filter(|on| is_known(*on)) {
                school.observe(target, role, day(on), 5, Some(27));
            }
        }
        Facts::EverybodyIn if is_known(5) => school.observe(target, role, day(5), 27, Some(27)),
        Facts::Archived if is_known(20) && target != Target::Organization => {
            school.run(Operation::Archive { keys: vec![target.key()], on: day(20) });
        }
        Facts::HolderLeft if is_known(20) => school.leaves(holder, day(20)),
        Facts::Newer if is_known(20) => {
            school.link(target, role, Some(day(20)));
        }
        _ => {}
    }
    (school, id)
}

/// «0 -, 14 unclaimed, 365 target_gone unclaimed»: from which day on which flags.
fn line_of(state: InviteState, role: Role, place: Place, facts: Facts) -> String {
    let mut line = String::new();
    let mut last: Option<String> = None;
    let (mut school, mut id) = school_on(0, state, role, place, facts);
    for number in days() {
        if known_on(facts).contains(&number) {
            (school, id) = school_on(number, state, role, place, facts);
        }
        let found = codes(&school.register, id, day(number)).join(" ");
        let found = if found.is_empty() { "-".to_owned() } else { found };
        if last.as_ref() != Some(&found) {
            let comma = if line.is_empty() { "" } else { ", " };
            let _ = write!(line, "{comma}{number} {found}");
            last = Some(found);
        }
    }
    line
}

fn matrix() -> String {
    let mut text = String::from(
        "Flags of a link: state, role, what it opens, facts; then from which day on which flags (day 0: hand-over).\n",
    );
    for (state, state_words) in STATES {
        for role in Role::ALL {
            for (place, place_words) in PLACES {
                let _ = writeln!(text, "\n{state_words}, {}, {place_words}", role.code());
                for (facts, facts_words) in FACTS {
                    let _ = writeln!(text, "  {facts_words}: {}", line_of(state, role, place, facts));
                }
            }
        }
    }
    text
}

#[test]
fn the_matrix_is_the_committed_one() {
    let computed = matrix();
    if std::env::var_os("UPDATE_MATRIX").is_some() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("src/regulation/staleness/tests/matrix.txt");
        crate::files::write_bytes_atomically(&path, computed.as_bytes())
            .expect("the source folder is writable");
        return;
    }
    let differs = COMMITTED.lines().zip(computed.lines()).enumerate().find(|(_, (old, new))| old != new);
    if let Some((place, (old, new))) = differs {
        panic!(
            "line {} of matrix.txt:\n  committed {old}\n  computed  {new}\nUPDATE_MATRIX=1 writes it anew",
            place + 1
        );
    }
    assert_eq!(COMMITTED.lines().count(), computed.lines().count());
}

#[test]
fn every_rule_stands_somewhere_in_the_matrix() {
    for rule in StalenessRule::ALL {
        assert!(COMMITTED.contains(&format!(" {}", rule.code())), "{}", rule.code());
    }
}
