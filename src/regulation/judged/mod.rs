//! What a register says on a day, kept in pieces: links, groups, the organization's rosters. Judged once from nothing,
//! then piece by piece: the cost of a change grows with what it touched, not with what the register holds.
//!
//! There is one way to judge a piece, so a register judged step by step equals one judged from nothing; the law of
//! that stands in `tests/laws.rs`.

mod kept_tasks;
mod touched;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

pub(super) use kept_tasks::KeptTasks;
pub use touched::Touched;

use self::touched::targets_of_group;
use super::class_teachers::{ClassTeacherFinding, finding_of_group, needs_class_teacher};
use super::coverage::{
    Coverage, SummedCoverage, group_coverage, place_coverage_beside, staff_coverage, summed,
};
use super::observations::last_look_at_group;
use super::organization_roster::OrganizationRosters;
use super::reconcile_due::{ReconcileDue, WaitingLink, due_of_group, waits_for_look};
use super::staleness::{Flag, judge_links};
use super::today::{
    Coming, PendingCounts, Reason, coming_of_group, coming_of_invite, coming_of_task, is_unclaimed,
    pending_bar,
};
use super::year::{current_year, sort_groups};
use crate::names::{Role, group_sort_key};
use crate::register::{
    EntityKind, Group, GroupId, GroupKind, InviteId, Membership, MembershipId, Register, SchoolYear, Table,
    Target, UnitId, Verification,
};

/// A link on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JudgedInvite {
    /// Why it should be looked at, the most pressing first.
    pub flags: Vec<Flag>,
    /// Inside and expected at its place in its role; `None`: no information.
    pub joined: Option<(u32, u32)>,
    coming: [Option<(Date, Reason)>; 2],
    /// Its bar among the pending, and whether it is due.
    pending: Option<(usize, bool)>,
    waiting: Option<WaitingLink>,
    revoked_on: Option<Date>,
}

/// A group of the current school year on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgedGroup {
    pub kind: GroupKind,
    pub unit: Option<UnitId>,
    /// In the order of [`Role::ALL`].
    pub coverage: [Coverage; 4],
    /// When anything was last seen of it.
    pub last_look: Option<Date>,
    /// Why it is time to reconcile it.
    pub due: Option<ReconcileDue>,
    /// Links of the group and its chats that are not revoked.
    pub links: usize,
    /// Of them with a flag.
    pub flagged_links: usize,
    finding: Option<ClassTeacherFinding>,
    coming: Option<(Date, Reason)>,
}

impl JudgedGroup {
    /// Coverage in a role.
    pub fn coverage(&self, role: Role) -> Coverage {
        let place = Role::ALL.iter().position(|known| *known == role);
        place.map_or_else(Coverage::default, |place| self.coverage[place])
    }
}

/// A register as it is judged on a day.
#[derive(Clone, Debug)]
pub struct Judged {
    today: Date,
    year: SchoolYear,
    invites: Table<JudgedInvite>,
    groups: Table<JudgedGroup>,
    organization: OrganizationRosters,
    coming: Coming,
    pending: PendingCounts,
    /// Days of revocations, each with how many.
    revocations: BTreeMap<Date, u32>,
    /// Memberships of the staff whose status waits for confirmation.
    waiting_statuses: Arc<BTreeSet<MembershipId>>,
    /// The groups to reconcile, in their order.
    due: Arc<Vec<ReconcileDue>>,
    /// What is to settle about class teachers, in the order of the groups.
    findings: Arc<Vec<ClassTeacherFinding>>,
    tasks: KeptTasks,
}

impl Judged {
    /// Judges everything.
    pub fn of(register: &Register, today: Date) -> Judged {
        let mut judged = Judged {
            today,
            year: current_year(register, today),
            invites: Table::default(),
            groups: Table::default(),
            organization: OrganizationRosters::of(register, today),
            coming: Coming::new(),
            pending: PendingCounts::default(),
            revocations: BTreeMap::new(),
            waiting_statuses: Arc::default(),
            due: Arc::default(),
            findings: Arc::default(),
            tasks: KeptTasks::default(),
        };
        let tables = register.tables();
        let groups = || tables.groups.values().map(|group| group.id);
        judged.judge_links_of(register, Target::Organization);
        for chat in tables.chats.values().filter(|chat| chat.group.is_none()) {
            judged.judge_links_of(register, Target::Chat(chat.id));
        }
        for group in groups() {
            for target in targets_of_group(register, group) {
                judged.judge_links_of(register, target);
            }
            judged.judge_group(register, group);
        }
        for task in tables.cabinet_tasks.values() {
            judged.count_coming(coming_of_task(task, today), true);
        }
        let waiting = tables.memberships.values().filter(|membership| waits_for_status(membership));
        judged.waiting_statuses = Arc::new(waiting.map(|membership| membership.id).collect());
        judged.due = Arc::new(judged.due_in_order(register));
        judged.findings = Arc::new(judged.findings_in_order(register));
        judged.tasks = KeptTasks::of(register, &judged);
        judged
    }

    /// The register after a change on the same day; only what it touched is judged anew.
    pub fn after(&self, before: &Register, register: &Register, touched: &Touched) -> Judged {
        if touched.everything || current_year(register, self.today) != self.year {
            return Judged::of(register, self.today);
        }
        let mut judged = self.clone();
        judged.organization.recount(before, register, &touched.counted_people, self.today);
        // The words of a flag hold names and titles.
        let renames = [EntityKind::Person, EntityKind::Group];
        let mut links_changed = !touched.invites.is_empty()
            || touched.kind(EntityKind::Chat)
            || !touched.groups.is_empty() && renames.into_iter().any(|kind| touched.kind(kind));
        for invite in &touched.invites {
            judged.put_invite(*invite, None);
        }
        for target in touched.targets(register) {
            links_changed |= judged.judge_links_of(register, target);
        }
        // Labels give the order.
        let (mut due_differs, mut findings_differ) =
            (touched.kind(EntityKind::Group), touched.kind(EntityKind::Group));
        for group in &touched.groups {
            judged.judge_group(register, *group);
            let (was, is) = (self.group(*group), judged.group(*group));
            due_differs |= was.map(|group| group.due) != is.map(|group| group.due);
            findings_differ |= was.map(|group| &group.finding) != is.map(|group| &group.finding);
        }
        if due_differs {
            judged.due = Arc::new(judged.due_in_order(register));
        }
        if findings_differ {
            judged.findings = Arc::new(judged.findings_in_order(register));
        }
        for step in &touched.steps {
            for (register, counts) in [(before, false), (register, true)] {
                if let Some(step) = register.tables().cabinet_tasks.get(step.0) {
                    judged.count_coming(coming_of_task(step, self.today), counts);
                }
            }
        }
        judged.follow_statuses(before, register, touched);
        judged.tasks = self.tasks.after(register, &judged, touched, links_changed);
        judged
    }

    /// The day it is judged by.
    pub fn today(&self) -> Date {
        self.today
    }

    /// The school year worked in.
    pub fn year(&self) -> SchoolYear {
        self.year
    }

    /// A link.
    pub fn invite(&self, id: InviteId) -> Option<&JudgedInvite> {
        self.invites.get(id.0).map(AsRef::as_ref)
    }

    /// The flagged links, ids rising.
    pub fn flagged(&self) -> impl Iterator<Item = (InviteId, &[Flag])> {
        let flags = self.invites.iter().map(|(id, invite)| (InviteId(id), invite.flags.as_slice()));
        flags.filter(|(_, flags)| !flags.is_empty())
    }

    /// A group of the current year.
    pub fn group(&self, id: GroupId) -> Option<&JudgedGroup> {
        self.groups.get(id.0).map(AsRef::as_ref)
    }

    /// Coverage of the whole school; see [`super::school_coverage`].
    pub fn school_coverage(&self, register: &Register, role: Role) -> SummedCoverage {
        match role.is_staff() {
            true => staff_coverage(register, role, self.organization.counted(role)),
            false => self.summed(role, |_| true),
        }
    }

    /// Coverage of the groups of a unit; see [`super::unit_coverage`].
    pub fn unit_coverage(&self, unit: Option<UnitId>, role: Role) -> SummedCoverage {
        self.summed(role, |group| group.unit == unit)
    }

    fn summed(&self, role: Role, wanted: impl Fn(&JudgedGroup) -> bool) -> SummedCoverage {
        let groups = self.groups.values().filter(|group| wanted(group));
        summed(role, groups.map(|group| (group.kind, group.coverage(role))))
    }

    /// The groups to reconcile, in their order; see [`super::reconcile_due`].
    pub fn reconcile_due(&self) -> &Arc<Vec<ReconcileDue>> {
        &self.due
    }

    /// What is to settle about class teachers; see [`super::class_teacher_findings`].
    pub fn class_teacher_findings(&self) -> &[ClassTeacherFinding] {
        &self.findings
    }

    fn due_in_order(&self, register: &Register) -> Vec<ReconcileDue> {
        let mut due: Vec<ReconcileDue> = self.groups.values().filter_map(|group| group.due).collect();
        due.sort_by_cached_key(|due| register.group(due.group).map(|group| group_sort_key(&group.label)));
        due
    }

    fn findings_in_order(&self, register: &Register) -> Vec<ClassTeacherFinding> {
        let found = |group: GroupId| self.groups.get(group.0)?.finding.clone();
        let with_finding = self.groups.iter().filter(|(_, group)| group.finding.is_some());
        let mut groups: Vec<&Arc<Group>> =
            with_finding.filter_map(|(id, _)| register.group(GroupId(id))).collect();
        sort_groups(&mut groups);
        groups.into_iter().filter_map(|group| found(group.id)).collect()
    }

    /// What comes in the coming days.
    pub(super) fn coming(&self) -> &Coming {
        &self.coming
    }

    /// Links by which nobody is known to have joined, by age.
    pub(super) fn pending(&self) -> &PendingCounts {
        &self.pending
    }

    /// The tasks that are kept from change to change.
    pub(super) fn tasks(&self) -> &KeptTasks {
        &self.tasks
    }

    /// Memberships of the staff whose status waits for confirmation.
    pub(super) fn waiting_statuses(&self) -> &BTreeSet<MembershipId> {
        &self.waiting_statuses
    }

    /// The day of the last revocation.
    pub(super) fn last_revocation(&self) -> Option<Date> {
        self.revocations.keys().next_back().copied()
    }

    /// Judges the links of a target; says whether any is judged otherwise than before.
    fn judge_links_of(&mut self, register: &Register, target: Target) -> bool {
        let today = self.today;
        let mut judged: Vec<(InviteId, JudgedInvite)> = Vec::new();
        for role in Role::ALL {
            let everybody = self.organization.counted(role);
            let mut joined = None;
            judge_links(register, target, role, everybody, today, |invite, place, flags| {
                let coverage = joined.get_or_insert_with(|| {
                    place_coverage_beside(register, target, role, today, || place.roster(register, today))
                });
                let seen = place.seen.last().copied();
                let due = is_unclaimed(&flags);
                judged.push((
                    invite.id,
                    JudgedInvite {
                        joined: coverage.inside.map(|inside| (inside, coverage.expected)),
                        coming: coming_of_invite(register, invite, seen, today),
                        pending: pending_bar(invite, seen, today).map(|bar| (bar, due)),
                        waiting: waits_for_look(register, invite, || seen, today),
                        revoked_on: invite.revocation.as_ref().map(|revocation| revocation.on),
                        flags,
                    },
                ));
            });
        }
        let mut changed = false;
        for (id, invite) in judged {
            changed |= self.put_invite(id, Some(invite));
        }
        changed
    }

    /// Puts a judged link in place of what stood there, and every sum follows.
    fn put_invite(&mut self, id: InviteId, invite: Option<JudgedInvite>) -> bool {
        if self.invites.get(id.0).map(AsRef::as_ref) == invite.as_ref() {
            return false;
        }
        let invite = invite.map(Arc::new);
        let old = self.invites.put(id.0, invite.clone());
        for (invite, counts) in [(old, false), (invite, true)] {
            let Some(invite) = invite else { continue };
            for coming in invite.coming {
                self.count_coming(coming, counts);
            }
            if let Some((bar, due)) = invite.pending {
                let (all, of_them_due) = &mut self.pending[bar];
                (*all, *of_them_due) = match counts {
                    true => (*all + 1, *of_them_due + u32::from(due)),
                    false => (*all - 1, *of_them_due - u32::from(due)),
                };
            }
            if let Some(on) = invite.revoked_on {
                count(&mut self.revocations, on, counts);
            }
        }
        true
    }

    fn judge_group(&mut self, register: &Register, id: GroupId) {
        let in_year = |group: &&Arc<Group>| {
            group.archived_on.is_none() && group.year.is_none_or(|year| year == self.year)
        };
        let judged =
            register.group(id).filter(in_year).map(|group| Arc::new(self.judge_one(register, group)));
        let coming = judged.as_ref().and_then(|group| group.coming);
        let old = self.groups.put(id.0, judged);
        self.count_coming(old.and_then(|group| group.coming), false);
        self.count_coming(coming, true);
    }

    /// Judges one group, of whatever year, beside the links that are judged already.
    pub fn judge_one(&self, register: &Register, group: &Group) -> JudgedGroup {
        let (today, id) = (self.today, group.id);
        let links = || {
            let invites =
                targets_of_group(register, id).flat_map(|target| register.invites_of_target(target));
            invites.filter_map(|invite| self.invite(invite.id))
        };
        let in_use = || links().filter(|link| link.revoked_on.is_none());
        let last_look = last_look_at_group(register, id);
        let waiting = links().filter_map(|link| link.waiting).min();
        let is_led = needs_class_teacher(group.kind);
        JudgedGroup {
            kind: group.kind,
            unit: group.unit,
            coverage: Role::ALL.map(|role| group_coverage(register, id, role, today)),
            last_look,
            due: due_of_group(register, id, last_look, waiting, today),
            links: in_use().count(),
            flagged_links: in_use().filter(|link| !link.flags.is_empty()).count(),
            finding: is_led.then(|| finding_of_group(register, group, today)).flatten(),
            coming: coming_of_group(register, last_look, today),
        }
    }

    fn count_coming(&mut self, coming: Option<(Date, Reason)>, counts: bool) {
        if let Some(coming) = coming {
            count(&mut self.coming, coming, counts);
        }
    }

    fn follow_statuses(&mut self, before: &Register, register: &Register, touched: &Touched) {
        if !touched.kind(EntityKind::Membership) {
            return;
        }
        let mut waiting = (*self.waiting_statuses).clone();
        for person in &touched.counted_people {
            for membership in before.memberships_of_person(*person) {
                waiting.remove(&membership.id);
            }
            let now = register.memberships_of_person(*person);
            waiting.extend(now.filter(|membership| waits_for_status(membership)).map(|one| one.id));
        }
        self.waiting_statuses = Arc::new(waiting);
    }
}

fn waits_for_status(membership: &Membership) -> bool {
    membership.role.is_staff() && membership.verification == Verification::Waiting
}

/// Counts one up or down; what counts nothing is gone.
fn count<K: Ord>(counts: &mut BTreeMap<K, u32>, key: K, up: bool) {
    let known = counts.entry(key).or_default();
    *known = if up { *known + 1 } else { known.saturating_sub(1) };
    if !up {
        counts.retain(|_, count| *count > 0);
    }
}
