//! A file into a register that lives in memory: read, plan, decide, apply.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use sferum_console::register::{ChangeSet, Context, Operation, Organization, Register, SchoolYear, decide};
use sferum_console::roster::{
    ImportPlan, MappedRoster, OpenedRoster, PlanChoices, PlanCounts, ReadChoices, Scope, WorkbookReader,
    open_body, open_roster, plan_import, read_body, read_opened,
};

pub const TODAY: Date = date(2027, 1, 15);

/// A school without anybody.
pub fn empty_school() -> Register {
    let mut register = Register::default();
    let card = Organization { name: "Школа № 14".into(), ..Organization::default() };
    execute(&mut register, &Operation::Found(card));
    register
}

pub fn execute(register: &mut Register, operation: &Operation) -> ChangeSet {
    let context =
        Context { today: TODAY, now: Timestamp::UNIX_EPOCH, actor: "Администратор".into() };
    let changes =
        decide(register, operation, &context).unwrap_or_else(|refusal| panic!("refused: {refusal}"));
    register.apply(&changes);
    register.revision += 1;
    changes
}

/// A file read to its rows, with the column map the plan names columns by.
pub struct ReadFile {
    pub opened: OpenedRoster,
    pub roster: MappedRoster,
}

pub fn read(bytes: &[u8], choices: &ReadChoices) -> ReadFile {
    let opened = open_roster(bytes, choices).unwrap_or_else(|error| panic!("{error}"));
    let roster = read_opened(&opened, choices).unwrap_or_else(|error| panic!("{error}"));
    ReadFile { opened, roster }
}

/// A file of any kind, workbooks through a child process of the program.
pub fn read_any(bytes: Vec<u8>, choices: &ReadChoices) -> ReadFile {
    let reader = WorkbookReader::new(env!("CARGO_BIN_EXE_sferum-console").into());
    let body = read_body(bytes, &reader, &|| false).unwrap_or_else(|error| panic!("{error}"));
    let opened = open_body(&body.expect("nobody cancels"), choices).unwrap_or_else(|error| panic!("{error}"));
    let roster = read_opened(&opened, choices).unwrap_or_else(|error| panic!("{error}"));
    ReadFile { opened, roster }
}

/// A plan in which every family is joined, as the user confirms it in bulk.
pub fn plan(register: &Register, file: &ReadFile, change: impl FnOnce(&mut PlanChoices)) -> ImportPlan {
    let mut choices = PlanChoices {
        columns: file.opened.header.columns.clone(),
        join_all_adults: true,
        ..PlanChoices::for_year(SchoolYear(2026))
    };
    change(&mut choices);
    plan_import(register, &file.roster, &choices, TODAY, &|_| true).expect("nobody cancels")
}

pub fn apply(register: &mut Register, plan: &ImportPlan) -> ChangeSet {
    execute(register, &Operation::ApplyImport(plan.operation("список.csv", "00")))
}

/// Imports a file, whatever its plan says.
pub fn import_unseen(register: &mut Register, file: &ReadFile) -> ChangeSet {
    let unseen = plan(register, file, |_| {});
    apply(register, &unseen)
}

/// The first import: everybody is added, and nothing is said but that two pairs of namesakes share a class, and that
/// nobody of the class teachers named is known yet.
pub fn import_all(register: &mut Register, files: &[ReadFile]) -> PlanCounts {
    let mut sum = PlanCounts::default();
    let mut namesakes = 0;
    for file in files {
        let first = plan(register, file, |_| {});
        let said = first.issues.iter().map(|issue| (issue.row, issue.code));
        let said = said.filter(|(_, code)| *code != "class_teacher_unknown");
        let (known, odd): (Vec<_>, Vec<_>) = said.partition(|(_, code)| *code == "namesakes");
        assert!(odd.is_empty(), "the first import complains: {:?}", &odd[..odd.len().min(5)]);
        namesakes += known.len();
        sum = add(sum, &first.counts);
        apply(register, &first);
    }
    assert_eq!(namesakes, 4, "namesakes of one class are pointed out");
    sum
}

/// Plans of all files against one register, each for its own classes where there are several.
pub fn plan_all(register: &Register, files: &[ReadFile]) -> PlanCounts {
    let scope = if files.len() > 1 { Scope::Groups } else { Scope::Full };
    let plans = files.iter().map(|file| plan(register, file, |choices| choices.scope = scope).counts);
    plans.fold(PlanCounts::default(), |sum, counts| add(sum, &counts))
}

/// No plan of these files changes anything.
pub fn assert_nothing_to_do(register: &Register, files: &[ReadFile]) {
    for file in files {
        let again = plan(register, file, |choices| choices.scope = Scope::Groups);
        let odd = again.rows.iter().find(|row| row.kind.code() != "unchanged");
        let odd = odd.map(|row| {
            let fields: Vec<_> = row.changes.iter().map(|change| change.code).collect();
            (row.row, row.kind.code(), fields)
        });
        assert!(again.is_empty(), "an applied file changes {:?}, as {odd:?}", again.counts);
        assert_eq!(odd, None, "an applied file has rows to look at");
        assert!(again.absent.is_empty(), "an applied file misses {} people", again.absent.len());
    }
}

pub fn add(sum: PlanCounts, more: &PlanCounts) -> PlanCounts {
    PlanCounts {
        added: sum.added + more.added,
        updated: sum.updated + more.updated,
        moved: sum.moved + more.moved,
        unchanged: sum.unchanged + more.unchanged,
        absent: sum.absent + more.absent,
        ambiguous: sum.ambiguous + more.ambiguous,
        skipped: sum.skipped + more.skipped,
        renamed: sum.renamed + more.renamed,
        conflicts: sum.conflicts + more.conflicts,
        departed: sum.departed + more.departed,
        parents_added: sum.parents_added + more.parents_added,
        assignments: sum.assignments + more.assignments,
    }
}
