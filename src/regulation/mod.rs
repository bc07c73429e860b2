//! regulation: what section 2.3 says of a register on a date. Pure functions of the register and a given
//! "today": staleness of links, coverage, chats, class teachers, duties, the list of the day.
//!
//! One file a rule, each names its clause. Nothing computed here is ever stored, nothing here changes
//! the register, and who declined or was not invited is nowhere a debt [R 1.8].

mod cabinet_tasks;
mod chats;
mod class_summary;
mod class_teachers;
mod clock_trust;
mod coverage;
mod coverage_on_date;
mod danger_order;
mod distribution;
mod duplicates;
mod duties;
mod duty;
mod duty_facts;
mod duty_page;
mod erasure_due;
mod file_contents;
mod head_report;
mod invite_chain;
mod judged;
mod link_teacher;
mod links_on_date;
mod missing_invites;
mod movement;
mod observations;
mod organization_roster;
mod participation;
mod reconcile_due;
mod staleness;
mod step_texts;
mod structure_line;
mod summary_answers;
mod today;
mod verification_queue;
mod year;
mod year_plan;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod neutral_matrix;

pub use cabinet_tasks::{CabinetSection, CabinetStep, CabinetStepList, CabinetSubject, cabinet_steps};
pub use chats::{
    ForeignChat, MissingChat, TransferItem, chat_kind_words, foreign_chats, missing_chats, platform_words,
    required_chats, transfer_list, transfer_words,
};
pub use class_summary::{
    ClassSummary, SummaryCell, SummaryRow, class_summary, summary_after, summary_of, summary_request_text,
};
pub use class_teachers::{
    ClassTeacherFinding, ClassTeacherRow, class_teacher_findings, class_teacher_history, class_teacher_rows,
    day_of_year, needs_class_teacher,
};
pub use clock_trust::{ClockTrust, FAR_AHEAD_DAYS, clock_trust};
pub use coverage::{
    Coverage, RosterCounts, SummedCoverage, chat_coverage, group_coverage, place_coverage, roster_of_group,
    school_coverage, unit_coverage,
};
pub use coverage_on_date::{CoverageOnDay, KnownBy, coverage_on, school_coverage_on};
pub use danger_order::{LinkDanger, link_danger, links_by_danger};
pub use distribution::{
    CabinetDifference, CabinetRow, DistributionAnswers, DistributionLine, DistributionPlan, PersonAnswer,
    PlannedAppointment, PlannedState, StaffNames, TeacherMatch, cabinet_steps_of, compare_with_cabinet,
    handover_steps, plan_distribution, read_distribution, read_distribution_rows,
};
pub use duplicates::{Duplicate, SameBecause, duplicates, merges_of, why_same_words};
pub use duties::{DutyState, DutyStatus, duties, next_cleanup};
pub use duty::Duty;
pub use duty_page::{
    DutyLeft, DutyLine, DutyPaper, DutyPlace, NextLook, NextLookBecause, duty_codes, duty_line, duty_page,
    duty_papers,
};
pub use erasure_due::{DepartedPerson, ErasureObstacle, departed_before, erasure_cutoff, erasure_due};
pub use file_contents::{ContentsCategory, ContentsLine, ContentsSubject, FileContents, file_contents};
pub use head_report::{
    Comparison, CoursePoint, GroupLine, HeadReport, PeriodNumbers, RoleLine, ThenAndNow, coverage_course,
    head_report,
};
pub use invite_chain::{LeakFacts, LeakSteps, find_invite_by_address, leak_facts, predecessors};
pub use judged::{Judged, JudgedGroup, JudgedInvite, Touched};
pub use link_teacher::teacher_of;
pub use links_on_date::{LinkOnDay, link_records_begin, links_in_force_on};
pub use missing_invites::{MissingInvite, invited_roles, missing_invites};
pub use movement::{
    CONTRACT_REMINDER_DAYS, EndingContract, Leaver, LedgerFilter, LedgerRow, MonthCounts, Namesake,
    comes_of_age_on, ending_contracts, leaver_steps, leavers, link_in_force, links_for_newcomer,
    movement_kind_words, movement_ledger, movements_by_month, people_of_name, places_of_member,
    steps_of_entering, steps_of_leaving, steps_of_new_phone, steps_of_renaming, steps_of_return,
    steps_of_transfer,
};
pub use observations::{
    Seen, last_look_at_chat, last_look_at_group, latest_seen_of_group, role_of_chat, seen_of_place,
    seen_of_target,
};
pub use participation::{ParticipationCounts, is_inside, is_neutral, is_outside_count, participation_words};
pub use reconcile_due::{ReconcileBecause, ReconcileDue, reconcile_due};
pub use staleness::{Flag, FlagFact, StalenessRule, all_flags, explain, flags_of_invite};
pub use step_texts::{StepKind, step_template};
pub use structure_line::{
    ProposedGroup, StructurePreview, StructureProblem, StructureProblemKind, read_structure_line,
};
pub use summary_answers::{
    FigureLine, SummaryAnswer, SummaryProblem, Told, ToldFigures, observations_of_answers, read_figure_lines,
    read_summary_answers,
};
pub use today::{
    LaterTask, MOST_FIRST_TASKS, MOST_TASKS, PendingAges, PendingBucket, Task, TaskKind, TodayList, Urgency,
    list_of_day, today_tasks,
};
pub use verification_queue::{
    StatusRow, status_waiting_days, statuses, verification_code, verification_from_code, verification_words,
};
pub use year::{
    chat_title, class_teacher_word, current_year, group_word, short_name, sort_groups, target_title,
    usual_group_kind,
};
pub use year_plan::{
    EndingLine, FateBecause, GroupFate, NextLabel, NextShape, NextYearLine, PersonFate, PlacedPupil,
    PlannedGroup, PlannedTeacher, Rehearsal, RosterFacts, YearCounts, YearEdit, YearPlan, YearPreview,
    YearProblem, due_year_change, members_of_ended_groups, merge_edits, parts_of_group, rehearse_year,
    split_edits,
};
