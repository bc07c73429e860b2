//! Families, appointments, hand edits and departures of the made-up school.

use sferum_console::names::parse_phone;
use sferum_console::register::{Entity, Operation, PersonId, Register};
use sferum_console::roster::{Departing, PlanCounts, ReadChoices, Scope};

use super::importing::*;
use super::support::made_school::*;
use super::support::shapes::{SHAPES, Shape, staff_list};
use super::support::term_later::*;
use super::support::text_files::{TextEncoding, delimited};

fn pupils(shape: &Shape, school: &MadeSchool) -> ReadFile {
    let file = (shape.write)(school).remove(0);
    let bytes = TextEncoding::Utf8.encode(&delimited(&file.tables[0], ';')).expect("utf-8 has every letter");
    read(&bytes, &shape.reading())
}

fn staff(school: &MadeSchool) -> ReadFile {
    let text = delimited(&staff_list(school).tables[0], ';');
    read(text.as_bytes(), &ReadChoices::default())
}

fn shape(part_of_name: &str) -> &'static Shape {
    SHAPES.iter().find(|shape| shape.name.contains(part_of_name)).expect("there is one")
}

fn school_of(before: &MadeSchool) -> Register {
    let mut register = empty_school();
    import_all(&mut register, &[pupils(&SHAPES[0], before)]);
    register
}

#[test]
fn staff_with_class_teachers_and_a_term_later() {
    let before = a_school();
    let after = a_term_later(&before);
    let mut register = school_of(&before);
    let file = staff(&before);
    let first = plan(&register, &file, |choices| choices.scope = Scope::Full);
    let leading = before.staff.iter().filter(|employee| employee.leads.is_some()).count() as u32;
    let expected = PlanCounts { added: STAFF as u32, assignments: leading, ..PlanCounts::default() };
    assert_eq!(first.counts, expected, "first import of the staff");
    apply(&mut register, &first);
    assert!(plan(&register, &file, |choices| choices.scope = Scope::Full).is_empty());

    let later = plan(&register, &staff(&after), |choices| choices.scope = Scope::Full);
    let expected = PlanCounts {
        added: STAFF_NEWCOMERS,
        updated: STAFF_NEW_POSTS,
        unchanged: STAFF as u32 - STAFF_LEAVERS - STAFF_NEW_POSTS,
        absent: STAFF_LEAVERS,
        // The class without a teacher gets one; the other one is not replaced without a word.
        assignments: 1,
        ..PlanCounts::default()
    };
    assert_eq!(later.counts, expected, "the staff a term later");
    let replaced = plan(&register, &staff(&after), |choices| {
        choices.replaced_teachers.insert("6А".to_owned());
    });
    assert_eq!(replaced.counts.assignments, 2, "one replaced by the user's word");
}

#[test]
fn mothers_among_the_staff_are_one_person() {
    let before = a_school();
    let mut register = empty_school();
    let staff_file = staff(&before);
    import_unseen(&mut register, &staff_file);
    let families = pupils(shape("mother and father"), &before);
    let first = plan(&register, &families, |_| {});
    let expected = before.parents_named() as u32 - 5;
    assert_eq!(first.counts.parents_added, expected, "five mothers work at the school");
    apply(&mut register, &first);
    let people = register.tables().people.values().count();
    assert_eq!(people, PUPILS + STAFF + before.parents_named() - 5);
    assert_nothing_to_do(&register, &[families]);
}

#[test]
fn without_a_word_no_family_is_joined() {
    let before = a_school();
    let mut register = empty_school();
    let families = pupils(shape("two parents"), &before);
    let apart = plan(&register, &families, |choices| choices.join_all_adults = false);
    let rows_naming = before.pupils.iter().map(|pupil| pupil.adults().count()).sum::<usize>() as u32;
    assert_eq!(apart.counts.parents_added, rows_naming, "an adult a row");
    assert!(apart.adult_proposals.len() > 20);
    assert!(apart.adult_proposals.iter().all(|proposal| !proposal.joined));
    let some = plan(&register, &families, |choices| {
        choices.join_all_adults = false;
        choices.joined_adults.insert(apart.adult_proposals[0].key.clone());
    });
    assert!(some.counts.parents_added < rows_naming);
    apply(&mut register, &apart);
    let again = plan(&register, &families, |choices| choices.join_all_adults = false);
    assert!(again.is_empty(), "{:?}", again.counts);
}

#[test]
fn class_teachers_in_the_rows_of_pupils() {
    let before = a_school();
    let mut register = empty_school();
    import_unseen(&mut register, &staff(&before));
    // The staff named no class that existed then.
    let file = pupils(shape("class teacher"), &before);
    let first = plan(&register, &file, |_| {});
    assert_eq!((first.counts.added, first.counts.assignments), (PUPILS as u32, CLASSES as u32 - 1));
    apply(&mut register, &first);
    assert_nothing_to_do(&register, &[file]);
}

/// Five phones corrected by hand.
fn correct_phones(register: &mut Register) {
    let ids: Vec<PersonId> = register
        .tables()
        .people
        .values()
        .filter(|person| person.phone.is_some())
        .map(|person| person.id)
        .take(5)
        .collect();
    for (index, id) in ids.into_iter().enumerate() {
        let seen = register.person(id).expect("was listed").clone();
        let phone = parse_phone(&format!("+7999000000{index}")).expect("a phone");
        let wanted = sferum_console::register::Person { phone: Some(phone), ..(*seen).clone() };
        execute(register, &Operation::Edit { seen: Entity::from(seen), wanted: wanted.into() });
    }
}

#[test]
fn hand_edits_stay_unless_ticked_or_refused_for_good() {
    let before = a_school();
    let mut register = school_of(&before);
    correct_phones(&mut register);
    let file = pupils(&SHAPES[0], &before);
    let again = plan(&register, &file, |choices| choices.scope = Scope::Full);
    let expected = PlanCounts { unchanged: PUPILS as u32, conflicts: 5, ..PlanCounts::default() };
    assert_eq!(again.counts, expected);
    assert!(again.is_empty());
    let places: Vec<_> = again.conflicts.iter().map(|conflict| (conflict.row, conflict.field)).collect();

    let taken =
        plan(&register, &file, |choices| choices.take_from_file = places[..2].iter().copied().collect());
    assert_eq!((taken.counts.updated, taken.counts.unchanged), (2, PUPILS as u32 - 2));

    let refused =
        plan(&register, &file, |choices| choices.refuse_for_good = places.iter().copied().collect());
    apply(&mut register, &refused);
    let quiet = plan(&register, &file, |choices| choices.scope = Scope::Full);
    assert_eq!(quiet.counts, PlanCounts { conflicts: 0, ..expected });
}

#[test]
fn renames_accepted_and_leavers_departed() {
    let before = a_school();
    let after = a_term_later(&before);
    let mut register = school_of(&before);
    let people = register.tables().people.values().count();
    let file = pupils(&SHAPES[0], &after);
    let whole = |choices: &mut sferum_console::roster::PlanChoices| {
        choices.scope = Scope::Full;
        choices.accept_renames = true;
        choices.departing = Departing::Everybody;
    };
    let later = plan(&register, &file, whole);
    assert_eq!(later.counts.renamed, CHANGED_SURNAMES as u32);
    assert_eq!((later.counts.absent, later.counts.departed), (LEAVERS as u32, LEAVERS as u32));
    apply(&mut register, &later);
    let now = register.tables().people.values().count();
    assert_eq!(now, people + NEWCOMERS, "nobody is entered twice");
    assert!(plan(&register, &file, whole).is_empty());
    let gone = register.tables().people.values().filter(|person| person.left_on.is_some()).count();
    assert_eq!(gone, LEAVERS);
}

#[test]
fn a_whole_class_missing_needs_the_number_typed() {
    let before = a_school();
    let register = school_of(&before);
    let mut without = before.clone();
    without.pupils.retain(|pupil| pupil.class != "7Б");
    let missing = (before.pupils.len() - without.pupils.len()) as u32;
    let file = pupils(&SHAPES[0], &without);
    let departing = plan(&register, &file, |choices| {
        choices.scope = Scope::Full;
        choices.departing = Departing::Everybody;
    });
    let brake = departing.brake.expect("a class is missing");
    assert_eq!((brake.departing, departing.counts.departed), (missing, missing));
    let listed = plan(&register, &file, |choices| choices.scope = Scope::Full);
    assert_eq!((listed.counts.absent, listed.counts.departed, listed.brake), (missing, 0, None));
}
