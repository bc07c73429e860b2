//! Groups as wholes within a year: another unit, split, joined, archived and brought back.

use super::*;
use crate::register::{Chat, ChatKind, GroupMerge, GroupSplit};

struct Made {
    register: Register,
    group: GroupId,
    members: Vec<MembershipId>,
}

/// The class of the import with its people and a chat.
fn made() -> Made {
    let mut register = founded();
    let operation = import(&register);
    done(&mut register, &operation);
    let group = register.tables().groups.values().last().expect("7Б").id;
    done(
        &mut register,
        &Operation::Add(vec![Chat { group: Some(group), kind: ChatKind::Parents, ..Chat::default() }.into()]),
    );
    let members = register.memberships_of_group(group).map(|member| member.id).collect();
    Made { register, group, members }
}

fn seen(register: &Register, group: GroupId) -> std::sync::Arc<Group> {
    register.group(group).expect("is there").clone()
}

#[test]
fn groups_move_to_a_unit_and_out_of_it() {
    let Made { mut register, group, .. } = made();
    done(&mut register, &Operation::Add(vec![Unit { name: "Лесная, 12".into(), ..Unit::default() }.into()]));
    let stale = seen(&register, group);
    let to = |seen, unit| Operation::MoveGroups { seen: vec![seen], unit };
    done(&mut register, &to(stale.clone(), Some(UnitId(1))));
    assert_eq!(seen(&register, group).unit, Some(UnitId(1)));
    assert_eq!(refused(&register, &to(stale, None)), Refusal::ChangedSinceSeen(group.into()));
    let now = seen(&register, group);
    done(&mut register, &to(now, None));
    assert_eq!(seen(&register, group).unit, None);
}

#[test]
fn a_split_moves_people_with_movements_and_is_undone_by_parts() {
    let Made { mut register, group, members } = made();
    let before = register.clone();
    let split = |register: &Register, parts, ends| {
        let order = OrderReference { number: "12".into(), date: Some(TODAY) };
        Operation::SplitGroup(GroupSplit { seen: seen(register, group), parts, on: TODAY, order, ends })
    };
    let operation = split(&register, vec![("7 В".into(), vec![members[0]])], false);
    let changes = done(&mut register, &operation);
    let new = register.tables().groups.values().last().expect("7В");
    assert_eq!(
        (new.label.as_str(), new.predecessor, new.year),
        ("7 В", Some(group), seen(&register, group).year)
    );
    let moved = register.memberships_of_group(new.id).map(|member| member.person).collect::<Vec<_>>();
    assert_eq!(moved, [register.membership(members[0]).expect("is there").person]);
    assert_eq!(register.tables().movements.len(), before.tables().movements.len() + 1);
    let refusal = refused(&register, &split(&register, vec![("7Г".into(), vec![members[0]])], false));
    assert_eq!(refusal, Refusal::ChangedSinceSeen(members[0].into()), "they went already");
    let taken_back = undo(&changes, "split_group");
    done(&mut register, &taken_back);
    assert!(register.holds_the_same_as(&before));
    let same = split(&register, vec![("7Б".into(), vec![])], false);
    assert!(matches!(refused(&register, &same), Refusal::DuplicateGroup { .. }));
}

#[test]
fn joined_groups_bring_people_and_chats_and_end() {
    let Made { mut register, group, members } = made();
    done(&mut register, &class("7В"));
    let into = register.tables().groups.values().last().expect("7В").id;
    let before = register.clone();
    let merge = |register: &Register, joined| {
        Operation::MergeGroups(GroupMerge {
            into: seen(register, into),
            joined: vec![seen(register, joined)],
            on: TODAY,
            order: OrderReference::default(),
        })
    };
    let changes = done(&mut register, &merge(&before, group));
    assert_eq!(register.memberships_of_group(into).count(), members.len());
    assert!(seen(&register, group).archived_on.is_some());
    assert!(register.chats_of_group(into).all(|chat| chat.archived_on.is_none()));
    assert_eq!(register.chats_of_group(into).count(), 1, "a chat keeps its people");
    done(&mut register, &undo(&changes, "merge_groups"));
    assert!(register.holds_the_same_as(&before));
    assert_eq!(refused(&register, &merge(&register, into)), Refusal::GroupsDiffer, "with itself");
    assert_eq!(refused(&register, &merge(&register, GroupId(1))), Refusal::GroupsDiffer, "with the staff");
}
