//! A snapshot: the register of one revision with the lists derived from it, built off the drawing thread.

mod groups;
mod invites;
mod people;
mod requests;
mod veiled;

use std::sync::Arc;

use jiff::civil::Date;

pub use groups::{GroupList, GroupRow};
pub use invites::{InviteList, InviteRow};
pub use people::{PeopleList, PersonRow, search_words};
pub use requests::RequestRow;
pub use veiled::{NameIsHidden, unveiled_operation, veil_change, veil_entries, veil_text};

use self::requests::{are_touched, waiting_requests};
use crate::register::{ChangeSet, Register};
use crate::regulation::{
    CabinetStepList, ClassSummary, ClockTrust, Judged, ReconcileDue, TodayList, Touched, current_year,
    list_of_day, summary_after, summary_of,
};

/// The register and its lists, shared by everything that shows them.
#[derive(Clone)]
pub struct Snapshot {
    pub register: Arc<Register>,
    /// The day the lists were judged by.
    pub today: Date,
    /// Whether the wall clock may be believed; if not, `today` stands still.
    pub clock_trust: ClockTrust,
    pub people: Arc<PeopleList>,
    pub groups: Arc<GroupList>,
    pub invites: Arc<InviteList>,
    pub today_list: Arc<TodayList>,
    /// The click list for the cabinet.
    pub steps: CabinetStepList,
    /// «Сводка классов».
    pub summary: Arc<ClassSummary>,
    /// The requests that wait, the oldest first.
    pub requests: Arc<Vec<RequestRow>>,
    /// The groups that it is time to reconcile, in their order.
    pub reconcile_due: Arc<Vec<ReconcileDue>>,
    /// What the lists are made of.
    pub judged: Arc<Judged>,
    /// Whether names of people are hidden in it: [`Snapshot::veiled`].
    pub veiled: bool,
}

impl Snapshot {
    /// Builds every list.
    pub fn build(register: &Arc<Register>, today: Date, clock_trust: ClockTrust) -> Snapshot {
        let judged = Judged::of(register, today);
        Snapshot {
            register: register.clone(),
            today,
            clock_trust,
            people: Arc::new(PeopleList::build(register, today)),
            groups: Arc::new(GroupList::build(register, &judged)),
            invites: Arc::new(InviteList::build(register, &judged)),
            today_list: Arc::new(list_of_day(register, &judged)),
            steps: CabinetStepList::of(register, &judged),
            summary: Arc::new(summary_of(register, &judged)),
            requests: Arc::new(waiting_requests(register, today)),
            reconcile_due: judged.reconcile_due().clone(),
            judged: Arc::new(judged),
            veiled: false,
        }
    }

    /// The snapshot after a change on the same day. The cost grows with what changed, not with what the register
    /// holds: only rows that the change touches are made anew.
    pub fn updated(
        &self,
        register: &Arc<Register>,
        clock_trust: ClockTrust,
        changes: &ChangeSet,
    ) -> Snapshot {
        let today = self.today;
        let touched = Touched::of(&self.register, register, changes);
        if touched.everything || current_year(register, today) != self.judged.year() {
            return Snapshot::build(register, today, clock_trust);
        }
        let judged = self.judged.after(&self.register, register, &touched);
        let people = match touched.listed_people.is_empty() {
            true => self.people.clone(),
            false => Arc::new(self.people.updated(register, today, touched.listed_people.iter())),
        };
        let requests = match are_touched(&touched) {
            true => Arc::new(waiting_requests(register, today)),
            false => self.requests.clone(),
        };
        Snapshot {
            register: register.clone(),
            today,
            clock_trust,
            people,
            groups: Arc::new(self.groups.updated(register, &judged, &touched)),
            invites: Arc::new(self.invites.updated(register, &judged, &touched)),
            today_list: Arc::new(list_of_day(register, &judged)),
            steps: self.steps.after(register, &judged, &touched),
            summary: Arc::new(summary_after(&self.summary, register, &judged, &touched)),
            requests,
            reconcile_due: judged.reconcile_due().clone(),
            judged: Arc::new(judged),
            veiled: false,
        }
    }

    /// What tells one snapshot from another: caches of screens hang on it.
    pub fn version(&self) -> (u64, Date) {
        // No file sees so many entries: the highest bit is free.
        (self.register.revision | (u64::from(self.veiled) << 63), self.today)
    }

    /// Which lists differ from those of another snapshot, by name: for the law that a snapshot renewed change by
    /// change equals one built from nothing.
    pub fn differing_lists(&self, other: &Snapshot) -> Vec<&'static str> {
        let same = [
            ("people", self.people == other.people),
            ("groups", self.groups == other.groups),
            ("invites", self.invites == other.invites),
            ("today", self.today_list == other.today_list),
            ("steps", self.steps == other.steps),
            ("summary", self.summary == other.summary),
            ("requests", self.requests == other.requests),
            ("reconcile_due", self.reconcile_due == other.reconcile_due),
        ];
        same.into_iter().filter(|(_, same)| !same).map(|(name, _)| name).collect()
    }
}
