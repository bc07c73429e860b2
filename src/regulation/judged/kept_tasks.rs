//! Tasks of the day that are found by looking through whole tables: kept until a record of those tables changes.

use super::{Judged, Touched};
use crate::register::{EntityKind, Register};
use crate::regulation::today::{
    Task, appeals, banned_messengers, cabinet_tasks, chat_transfer, exposed_links, join_requests,
    movements_to_cabinet, stale_links,
};

/// The kept tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::regulation) struct KeptTasks {
    /// Exposed links, then stale ones.
    links: [Option<Task>; 2],
    join_requests: Option<Task>,
    movements: Option<Task>,
    cabinet_tasks: Option<Task>,
    appeals: Option<Task>,
    /// On banned messengers, then those to transfer.
    chats: [Option<Task>; 2],
}

impl KeptTasks {
    /// Looks through everything.
    pub(super) fn of(register: &Register, judged: &Judged) -> KeptTasks {
        let today = judged.today();
        KeptTasks {
            links: of_links(register, judged),
            join_requests: join_requests(register, today),
            movements: movements_to_cabinet(register),
            cabinet_tasks: cabinet_tasks(register, today),
            appeals: appeals(register, today),
            chats: [banned_messengers(register), chat_transfer(register)],
        }
    }

    /// Looks through the tables that a change touched. `links_changed`: whether flags or their words may differ.
    pub(super) fn after(
        &self,
        register: &Register,
        judged: &Judged,
        touched: &Touched,
        links_changed: bool,
    ) -> KeptTasks {
        let today = judged.today();
        let mut kept = self.clone();
        if links_changed {
            kept.links = of_links(register, judged);
        }
        if touched.kind(EntityKind::JoinRequest) {
            kept.join_requests = join_requests(register, today);
        }
        if touched.kind(EntityKind::Movement) {
            kept.movements = movements_to_cabinet(register);
        }
        if touched.kind(EntityKind::CabinetTask) {
            kept.cabinet_tasks = cabinet_tasks(register, today);
        }
        if touched.kind(EntityKind::Appeal) {
            kept.appeals = appeals(register, today);
        }
        if touched.kind(EntityKind::Chat) {
            kept.chats = [banned_messengers(register), chat_transfer(register)];
        }
        kept
    }

    /// Every kept task that there is.
    pub(in crate::regulation) fn iter(&self) -> impl Iterator<Item = &Task> {
        let others = [&self.join_requests, &self.movements, &self.cabinet_tasks, &self.appeals];
        self.links.iter().chain(others).chain(&self.chats).flatten()
    }
}

fn of_links(register: &Register, judged: &Judged) -> [Option<Task>; 2] {
    let today = judged.today();
    let flags: Vec<_> = judged.flagged().collect();
    [exposed_links(register, &flags, today), stale_links(register, &flags, today)]
}
