//! The list of the day: at most seven tasks, the most pressing first, each with its reason, its duty and
//! one button; beside it coverage and the ages of pending links (section 2; look.md, «Сегодня»).

mod first_steps;
mod later;
mod movement_tasks;
mod pending_ages;
mod tasks;

#[cfg(test)]
mod tests;

use jiff::civil::Date;

pub(super) use self::later::{Coming, Reason, coming_of_group, coming_of_invite, coming_of_task};
pub(super) use self::pending_ages::{PendingCounts, is_unclaimed, pending_bar};
pub(super) use self::tasks::{
    appeals, banned_messengers, cabinet_tasks, chat_transfer, exposed_links, join_requests,
    movements_to_cabinet, stale_links,
};
use super::coverage::SummedCoverage;
use super::duty::Duty;
use super::judged::Judged;
use crate::names::Role;
use crate::register::{EntityKey, Register};

/// No more tasks than this at once.
pub const MOST_TASKS: usize = 7;
/// No more than this while the file is fresh.
pub const MOST_FIRST_TASKS: usize = 3;

/// What a task is about; decides where its button leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TaskKind {
    /// Links that got to strangers.
    ExposedLinks,
    /// First step: no people yet.
    LoadRoster,
    /// First step: people, but nobody looked who is in.
    SeeWhoIsInside,
    /// First step: no links yet.
    RecordLinks,
    StaleLinks,
    JoinRequests,
    Reconcile,
    ClassTeachers,
    MovementsToCabinet,
    /// Steps in the cabinet whose day has come.
    CabinetTasks,
    /// Appeals without an answer.
    Appeals,
    /// Statuses that wait for confirmation.
    StatusConfirmation,
    /// People who left and may still be inside.
    Leavers,
    /// Contracts for a time that end soon.
    ContractEnds,
    /// Chats on banned messengers.
    ForeignChats,
    /// Chats that did not move to MAX.
    ChatTransfer,
    /// Facts missing on the organization card.
    OrganizationCard,
}

/// How much a task presses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Urgency {
    AtOnce,
    /// By the school's own schedule it is time.
    Due,
    Routine,
}

/// One task of the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    pub kind: TaskKind,
    /// How many things it holds.
    pub count: u32,
    /// A verb and a number: «Рассмотреть 6 заявок».
    pub title: String,
    /// The fact behind it: «Самая давняя ждёт 4 дня».
    pub reason: String,
    pub duty: Duty,
    /// The word on its button: «Рассмотреть».
    pub button: String,
    pub urgency: Urgency,
    /// What it is about, to open or to work through.
    pub subjects: Vec<EntityKey>,
}

impl Task {
    /// «п. 2.3, рассмотрение заявок на вступление».
    pub fn duty_line(&self) -> String {
        match self.kind {
            TaskKind::ExposedLinks => {
                format!("{}, аннулирование ссылок ради безопасности участников", self.duty.clause())
            }
            _ => self.duty.line(),
        }
    }
}

/// Something of the coming days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaterTask {
    pub kind: TaskKind,
    pub on: Date,
    pub count: u32,
    /// «Вернуться к 2 отложенным ссылкам».
    pub title: String,
}

/// One bar of the ages of pending links.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PendingBucket {
    /// «15–30».
    pub words: &'static str,
    /// Links of this age by which nobody is known to have joined.
    pub count: u32,
    /// Of them flagged `unclaimed`.
    pub due: u32,
}

/// Links by which nobody is known to have joined, by days since the hand-over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PendingAges {
    pub buckets: [PendingBucket; 5],
    /// The first bucket that lies wholly after the students' threshold: the line stands before it.
    pub threshold_before: usize,
    /// «Пора решать: 11».
    pub due: u32,
}

/// The page «Сегодня».
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TodayList {
    /// At most seven (three on a fresh file), the most pressing first.
    pub tasks: Vec<Task>,
    /// What did not fit, in the same order.
    pub more: Vec<Task>,
    /// The coming seven days, by date.
    pub later: Vec<LaterTask>,
    /// Teachers, employees, students, children with an adult in.
    pub coverage: Vec<SummedCoverage>,
    pub pending_ages: PendingAges,
    /// When to come back: the nearest thing to come.
    pub next_visit: Option<Date>,
    /// Whether the file is still being set up.
    pub is_fresh: bool,
}

/// The list of a day. Whether the clock may be believed is asked apart (`clock_trust`).
pub fn today_tasks(register: &Register, today: Date) -> TodayList {
    list_of_day(register, &Judged::of(register, today))
}

/// The same of a register that is judged already.
pub fn list_of_day(register: &Register, judged: &Judged) -> TodayList {
    let today = judged.today();
    let mut tasks = tasks::tasks_of_day(register, judged);
    tasks.extend(first_steps::first_steps(register));
    tasks.sort_by_key(|task| (task.urgency, task.kind));
    let is_fresh = first_steps::is_fresh(register);
    let most = if is_fresh { MOST_FIRST_TASKS } else { MOST_TASKS };
    let more = tasks.split_off(tasks.len().min(most));
    let later = later::later_tasks(judged.coming());
    let next_cleanup = super::duties::cleanup_after(register, judged.last_revocation());
    let next_cleanup = next_cleanup.filter(|day| *day > today);
    TodayList {
        next_visit: later.first().map(|later| later.on).into_iter().chain(next_cleanup).min(),
        tasks,
        more,
        later,
        coverage: Role::ALL.into_iter().map(|role| judged.school_coverage(register, role)).collect(),
        pending_ages: pending_ages::pending_ages(register, judged.pending()),
        is_fresh,
    }
}
