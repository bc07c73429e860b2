//! Speed of imports at 1,000 / 20,000 / 100,000 rows, CSV and XLSX: the first one, a term later, and the same file
//! again; plan and commit without the reading; the backup before an import, apart.
//!
//! `cargo bench --bench roster` runs all, `cargo bench --bench roster -- csv` one format. The figures stand in
//! BENCHMARKS.md.

mod made_rosters;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use criterion::{BenchmarkGroup, BenchmarkId, Criterion, SamplingMode, criterion_group, criterion_main};
use jiff::civil::{Date, date};
use made_rosters::{MadeStudent, a_term_later, csv, students, xlsx};
use sferum_console::files::write_bytes_atomically;
use sferum_console::names::Role;
use sferum_console::register::{Operation, Organization, SchoolYear};
use sferum_console::roster::{
    Departing, MappedRoster, PlanChoices, ReadChoices, Scope, WorkbookReader, plan_import, read_roster,
};
use sferum_console::session::{
    Clock, JobHandle, PreparedRoster, RosterImport, RosterRequest, RosterSource, Session, prepare_roster,
};
use sferum_console::store::{Holder, Store};

const SIZES: [usize; 3] = [1_000, 20_000, 100_000];
const TODAY: Date = date(2026, 10, 12);

/// A way to write a roster.
type Writer = fn(&[MadeStudent]) -> Vec<u8>;
const FORMATS: [(&str, Writer); 2] = [("csv", csv), ("xlsx", xlsx)];

fn clock() -> Clock {
    Clock::fixed("2026-10-12T14:02:00+03:00[Europe/Moscow]".parse().expect("a valid moment"))
}

fn new_file(path: &Path) -> Session {
    let organization = Organization { name: "Школа № 14".into(), ..Organization::default() };
    Session::create(path, None, organization, clock(), "Администратор").expect("a new file")
}

fn open(path: &Path) -> Session {
    Session::open(path, None, clock(), None).expect("the file opens")
}

fn read_choices() -> ReadChoices {
    ReadChoices { default_role: Some(Role::Student), ..ReadChoices::default() }
}

/// The whole school; whoever is missing is entered as left.
fn plan_choices() -> PlanChoices {
    PlanChoices {
        scope: Scope::Full,
        departing: Departing::Everybody,
        ..PlanChoices::for_year(SchoolYear(2026))
    }
}

/// From the file to the plan, as the window and the command do it.
fn prepare(session: &Session, roster: &Path) -> Result<Box<PreparedRoster>, &'static str> {
    let request = RosterRequest {
        source: RosterSource::File(roster.to_owned()),
        read: read_choices(),
        plan: plan_choices(),
        reuse: None,
    };
    let reader = WorkbookReader::new(env!("CARGO_BIN_EXE_sferum-console").into());
    match prepare_roster(session.register(), &request, TODAY, &reader, &JobHandle::default()) {
        RosterImport::Ready(prepared) => Ok(prepared),
        RosterImport::Unreadable { code, .. } => Err(code),
        RosterImport::Cancelled => Err("cancelled"),
    }
}

fn import(session: &mut Session, roster: &Path) {
    let prepared = prepare(session, roster).expect("a plan");
    session.execute(&prepared.operation()).expect("an accepted import");
}

/// The rosters of one size and format, and a file that holds the first.
struct Made {
    folder: tempfile::TempDir,
    first: PathBuf,
    later: PathBuf,
    base: PathBuf,
}

impl Made {
    fn new(size: usize, format: &str, write: Writer) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = |name: &str| folder.path().join(name);
        let before = students(size);
        let (first, later) = (path(&format!("first.{format}")), path(&format!("later.{format}")));
        write_bytes_atomically(&first, &write(&before)).expect("written");
        write_bytes_atomically(&later, &write(&a_term_later(&before))).expect("written");
        let base = path("base.sferum");
        let mut session = new_file(&base);
        match prepare(&session, &first) {
            Ok(prepared) => assert_eq!(prepared.plan.rows.len(), size),
            Err(code) => panic!("the made roster is refused: {code}"),
        }
        import(&mut session, &first);
        drop(session);
        Self { folder, first, later, base }
    }

    /// A fresh copy of the file that holds the first roster.
    fn copy(&self, round: u64) -> PathBuf {
        let copy = self.folder.path().join(format!("copy-{round}.sferum"));
        std::fs::copy(&self.base, &copy).expect("copied");
        copy
    }
}

fn flat<'c>(
    criterion: &'c mut Criterion,
    name: &str,
) -> BenchmarkGroup<'c, criterion::measurement::WallTime> {
    let mut group = criterion.benchmark_group(name);
    // Rounds of seconds, each on a file of its own.
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    group
}

/// The sum of the rounds; what prepares and what clears up a round is not counted.
fn timed<State>(
    rounds: u64,
    mut prepare: impl FnMut(u64) -> State,
    mut work: impl FnMut(&mut State),
) -> Duration {
    (0..rounds)
        .map(|round| {
            let mut state = prepare(round);
            let started = Instant::now();
            work(&mut state);
            started.elapsed()
        })
        .sum()
}

fn imports(criterion: &mut Criterion) {
    for (format, write) in FORMATS {
        for size in SIZES {
            let made = Made::new(size, format, write);
            let mut group = flat(criterion, &format!("roster {format}: read, plan, commit"));
            group.bench_function(BenchmarkId::new("first", size), |bencher| {
                bencher.iter_custom(|rounds| {
                    let fresh = |_| {
                        let folder = tempfile::tempdir().expect("a temporary folder");
                        (new_file(&folder.path().join("file.sferum")), folder)
                    };
                    timed(rounds, fresh, |(session, _)| import(session, &made.first))
                });
            });
            group.bench_function(BenchmarkId::new("a term later", size), |bencher| {
                bencher.iter_custom(|rounds| {
                    timed(rounds, |round| open(&made.copy(round)), |session| import(session, &made.later))
                });
            });
            group.bench_function(BenchmarkId::new("unchanged", size), |bencher| {
                let session = open(&made.base);
                bencher.iter(|| {
                    let prepared = prepare(&session, &made.first).expect("a plan");
                    assert!(prepared.plan.is_empty(), "the same roster again changes nothing");
                });
            });
            group.finish();
        }
    }
}

/// The rows are read already: what an import costs by itself, whatever the file was.
fn plan_and_commit(criterion: &mut Criterion) {
    let mut group = flat(criterion, "roster rows: plan and commit");
    for size in SIZES {
        let rows = mapped(&students(size));
        group.bench_function(BenchmarkId::new("first", size), |bencher| {
            bencher.iter_custom(|rounds| {
                let fresh = |_| {
                    let folder = tempfile::tempdir().expect("a temporary folder");
                    (new_file(&folder.path().join("file.sferum")), folder)
                };
                timed(rounds, fresh, |(session, _)| commit(session, &rows))
            });
        });
        let made = Made::new(size, "csv", csv);
        let later = mapped(&a_term_later(&students(size)));
        group.bench_function(BenchmarkId::new("a term later", size), |bencher| {
            bencher.iter_custom(|rounds| {
                timed(rounds, |round| open(&made.copy(round)), |session| commit(session, &later))
            });
        });
    }
    group.finish();
}

fn mapped(students: &[MadeStudent]) -> MappedRoster {
    read_roster(&csv(students), &read_choices())
        .unwrap_or_else(|error| panic!("the made roster reads: {error}"))
}

fn commit(session: &mut Session, rows: &MappedRoster) {
    let plan =
        plan_import(session.register(), rows, &plan_choices(), TODAY, &|_| true).expect("not cancelled");
    let operation = Operation::ApplyImport(plan.operation("список.csv", ""));
    session.execute(&operation).expect("an accepted import");
}

/// The copy that is made and checked before every import.
fn backup(criterion: &mut Criterion) {
    let mut group = flat(criterion, "roster: backup before an import");
    for size in SIZES {
        let made = Made::new(size, "csv", csv);
        let holder = Holder { pc: String::new(), user: String::new(), since: clock().timestamp() };
        let (store, _) = Store::open(&made.base, None, &holder).expect("the file opens");
        let target = made.folder.path().join("copy.sferum");
        group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
            bencher.iter(|| store.backup_to(&target).expect("a sound copy"));
        });
    }
    group.finish();
}

criterion_group!(benches, imports, plan_and_commit, backup);
criterion_main!(benches);
