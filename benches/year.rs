//! Speed of the change of the year at 1,000 / 10,000 / 100,000 people: plan, rehearsal, commit.
//!
//! `cargo bench --bench year`. The figures stand in BENCHMARKS.md.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use jiff::civil::{Date, date};
use sferum_console::names::{FullName, Role};
use sferum_console::register::{
    Context, GroupChoice, GroupKind, ImportOperation, NewGroup, NewMembership, Operation, Organization,
    RowDecision, RowPerson, SchoolYear,
};
use sferum_console::regulation::{YearPlan, rehearse_year};
use sferum_console::session::{Clock, Session};

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const TODAY: Date = date(2027, 9, 1);
const FROM: SchoolYear = SchoolYear(2026);

fn clock() -> Clock {
    Clock::fixed("2027-09-01T10:02:00+03:00[Europe/Moscow]".parse().expect("a valid moment"))
}

fn context() -> Context {
    Context { today: TODAY, now: clock().timestamp(), actor: "Администратор".into() }
}

/// Groups of 27 whose names stay, so that everybody goes on: the most that a change of the year can be.
fn roster(people: usize) -> Operation {
    let group =
        |number| NewGroup { label: format!("Группа {number}"), kind: GroupKind::Club, unit: None };
    let row = |number: usize| RowDecision {
        row: number as u32 + 2,
        person: RowPerson::New {
            name: FullName::new(format!("Белкин{number}"), "Пётр", "Львович"),
            birth_date: None,
            phone: None,
        },
        join: Some(NewMembership {
            role: Role::Student,
            group: Some(GroupChoice::New(number / 27)),
            post: String::new(),
        }),
        move_membership: None,
        set_post: None,
        adults: Vec::new(),
        children: Vec::new(),
    };
    Operation::ApplyImport(ImportOperation {
        planned_at: 1,
        file_name: "список.csv".into(),
        year: Some(FROM),
        new_groups: (0..people.div_ceil(27)).map(group).collect(),
        rows: (0..people).map(row).collect(),
        ..ImportOperation::default()
    })
}

fn year(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut group = criterion.benchmark_group("year");
    group.sample_size(10).measurement_time(Duration::from_secs(10));
    for people in SIZES {
        let path = folder.path().join(format!("{people}.sferum"));
        let organization = Organization { name: "Школа № 14".into(), ..Organization::default() };
        let mut session =
            Session::create(&path, None, organization, clock(), "Администратор").expect("a new file");
        session.execute(&roster(people)).expect("an accepted import");
        let register = session.register().clone();
        drop(session);
        group.bench_function(BenchmarkId::new("rehearsal", people), |bencher| {
            bencher.iter(|| {
                let plan = YearPlan::by_hand(&register, FROM, FROM.next(), TODAY);
                let preview = plan.preview(&register);
                let change = plan.change(&register).expect("every group is answered");
                let rehearsal = rehearse_year(&register, &change, &context()).expect("may be done");
                black_box((preview.counts, rehearsal.changes.changes.len()))
            });
        });
        group.bench_function(BenchmarkId::new("commit", people), |bencher| {
            bencher.iter_custom(|rounds| {
                let mut spent = Duration::ZERO;
                for round in 0..rounds {
                    let copy = folder.path().join(format!("{people}-{round}.sferum"));
                    std::fs::copy(&path, &copy).expect("a copy of the file");
                    let mut session = Session::open(&copy, None, clock(), None).expect("the copy opens");
                    let plan = YearPlan::by_hand(session.register(), FROM, FROM.next(), TODAY);
                    let change = plan.change(session.register()).expect("every group is answered");
                    let start = Instant::now();
                    session.execute(&Operation::ChangeYear(Box::new(change))).expect("an accepted change");
                    spent += start.elapsed();
                    drop(session);
                    let _ = std::fs::remove_file(&copy);
                }
                spent
            });
        });
    }
    group.finish();
}

criterion_group!(benches, year);
criterion_main!(benches);
