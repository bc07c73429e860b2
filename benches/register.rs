//! Speed at 1,000 / 10,000 / 100,000 people: load, one edit, import, staleness, search, a frame.
//!
//! `cargo bench` runs all; `cargo bench -- edit` one. The figures stand in BENCHMARKS.md.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use jiff::civil::{Date, date};
use sferum_console::desktop::{Chooser, Preferences};
use sferum_console::gui::{Action, ConsoleApp, Destination, Room, theme};
use sferum_console::names::{FullName, InviteAddress, Role};
use sferum_console::register::{
    Context, Entity, GroupChoice, GroupId, GroupKind, HandOver, ImportOperation, Invite, InviteId, NewGroup,
    NewMembership, Operation, Organization, Participation, ParticipationState, Person, PersonId, Register,
    RowDecision, RowPerson, SchoolYear, Target, decide,
};
use sferum_console::regulation::{ClockTrust, all_flags};
use sferum_console::roster::{PlanChoices, ReadChoices, plan_import, read_roster};
use sferum_console::session::{Clock, PeopleList, Session, Snapshot, Worker, search_words};

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const TODAY: Date = date(2026, 10, 12);

fn clock() -> Clock {
    Clock::fixed("2026-10-12T14:02:00+03:00[Europe/Moscow]".parse().expect("a valid moment"))
}

fn context() -> Context {
    Context { today: TODAY, now: clock().timestamp(), actor: "Администратор".into() }
}

/// Made-up syllables give each number a name of its own.
fn name(number: usize) -> FullName {
    const SYLLABLES: [&str; 10] = ["бе", "ла", "ри", "но", "ду", "ве", "ми", "та", "со", "жу"];
    let word = |mut number: usize, ending: &str| {
        let mut word = String::new();
        for _ in 0..3 {
            word.push_str(SYLLABLES[number % 10]);
            number /= 10;
        }
        let mut letters = word.chars();
        let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
        format!("{first}{}{ending}", letters.as_str())
    };
    FullName::new(word(number, "в"), word(number / 1000, "н"), word(number / 7, "вич"))
}

fn roster_operation(people: usize) -> Operation {
    let groups = people.div_ceil(27);
    let new_groups = (0..groups)
        .map(|number| NewGroup { label: format!("ИС-{number}"), kind: GroupKind::StudyGroup, unit: None })
        .collect();
    let rows = (0..people)
        .map(|number| RowDecision {
            row: number as u32 + 2,
            person: RowPerson::New { name: name(number), birth_date: Some(date(2011, 3, 4)), phone: None },
            join: Some(NewMembership {
                role: Role::Student,
                group: Some(GroupChoice::New(number / 27)),
                post: String::new(),
            }),
            move_membership: None,
            set_post: None,
            adults: Vec::new(),
            children: Vec::new(),
        })
        .collect();
    Operation::ApplyImport(ImportOperation {
        planned_at: 1,
        file_name: "список.csv".into(),
        year: Some(SchoolYear(2026)),
        new_groups,
        rows,
        ..ImportOperation::default()
    })
}

fn organization() -> Organization {
    Organization { name: "Школа № 14".into(), ..Organization::default() }
}

fn register_of(people: usize) -> Register {
    let mut register = Register::default();
    for operation in [Operation::Found(organization()), roster_operation(people)] {
        let set = decide(&register, &operation, &context()).expect("an accepted operation");
        register.apply(&set);
        register.revision += 1;
    }
    register
}

/// One link a group of 27, so many that there are `count`.
fn with_invites(register: &Register, count: usize) -> Register {
    let groups: Vec<GroupId> = register.tables().groups.values().map(|group| group.id).collect();
    let invites = (0..count)
        .map(|number| Invite {
            id: InviteId(0),
            target: Target::Group(groups[number % groups.len()]),
            role: Role::Student,
            address: InviteAddress::parse(&format!("https://max.ru/join/token{number:030}"))
                .expect("well-formed")
                .0,
            recorded_on: TODAY,
            issued_on: None,
            issued_by: None,
            handed_over: Some(HandOver {
                on: TODAY.checked_sub(jiff::Span::new().days((number % 60) as i64)).ok(),
                ..HandOver::default()
            }),
            expires_on: None,
            replaced_by: None,
            revocation: None,
            deferral: None,
            exposure: None,
            delegation: None,
            failed: None,
        })
        .collect();
    let mut with = register.clone();
    let set = decide(register, &Operation::AddInvites(invites), &context()).expect("accepted links");
    with.apply(&set);
    with.revision += 1;
    with
}

fn file_of(folder: &Path, people: usize) -> PathBuf {
    let path = folder.join(format!("{people}.sferum"));
    let mut session =
        Session::create(&path, None, organization(), clock(), "Администратор").expect("a new file");
    session.execute(&roster_operation(people)).expect("an accepted import");
    path
}

fn csv_of(people: usize) -> Vec<u8> {
    let mut text = String::from("Фамилия;Имя;Отчество;Класс;Дата рождения\r\n");
    for number in 0..people {
        let name = name(number);
        let group = number / 27;
        text.push_str(&format!(
            "{};{};{};ИС-{group};04.03.2011\r\n",
            name.surname, name.given, name.patronymic
        ));
    }
    text.into_bytes()
}

fn load(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut group = criterion.benchmark_group("load");
    group.sample_size(10);
    for people in SIZES {
        let path = file_of(folder.path(), people);
        group.bench_function(BenchmarkId::from_parameter(people), |bencher| {
            bencher.iter(|| {
                Session::open(&path, None, clock(), None).expect("the file opens").register().revision
            });
        });
    }
    group.finish();
}

fn edit(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut group = criterion.benchmark_group("edit: request to new register, synced");
    group.sample_size(20);
    for people in SIZES {
        let path = file_of(folder.path(), people);
        let mut session = Session::open(&path, None, clock(), None).expect("the file opens");
        let mut turn = 0;
        group.bench_function(BenchmarkId::from_parameter(people), |bencher| {
            bencher.iter(|| {
                session
                    .execute(&rename(session.register(), people, &mut turn))
                    .expect("an accepted edit")
                    .entry
            });
        });
    }
    group.finish();
    let mut group = criterion.benchmark_group("edit: lists after it");
    group.sample_size(20);
    for people in SIZES {
        let register = std::sync::Arc::new(register_of(people));
        let snapshot = Snapshot::build(&register, TODAY, ClockTrust::Trusted);
        let mut turn = 0;
        group.bench_function(BenchmarkId::from_parameter(people), |bencher| {
            bencher.iter(|| {
                let set =
                    decide(&register, &rename(&register, people, &mut turn), &context()).expect("accepted");
                let mut after = (*register).clone();
                after.apply(&set);
                snapshot.updated(&std::sync::Arc::new(after), ClockTrust::Trusted, &set)
            });
        });
    }
    group.finish();
}

/// Somebody joins a class, where every class has its links and nearly all of them are flagged.
fn edit_among_links(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("edit: lists after it, as many links as people");
    group.sample_size(20);
    for people in SIZES {
        let register = std::sync::Arc::new(with_invites(&register_of(people), people));
        let snapshot = Snapshot::build(&register, TODAY, ClockTrust::Trusted);
        let seen = register.tables().memberships.get((people / 2) as u32).expect("a pupil").clone();
        let participation = Participation {
            state: ParticipationState::Joined,
            as_of: Some(TODAY),
            ..Participation::default()
        };
        let operation = Operation::SetParticipation { seen: vec![seen.into()], participation };
        let set = decide(&register, &operation, &context()).expect("accepted");
        let mut after = (*register).clone();
        after.apply(&set);
        let after = std::sync::Arc::new(after);
        group.bench_function(BenchmarkId::from_parameter(people), |bencher| {
            bencher.iter(|| snapshot.updated(&after, ClockTrust::Trusted, &set));
        });
    }
    group.finish();
}

fn rename(register: &Register, people: usize, turn: &mut usize) -> Operation {
    *turn += 1;
    let seen = register.person(PersonId((people / 2) as u32)).expect("a person in the middle").clone();
    let wanted = Person { name: name(*turn), ..(*seen).clone() };
    Operation::Edit { seen: Entity::from(seen), wanted: Entity::from(wanted) }
}

fn import(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("import");
    group.sample_size(10);
    for people in SIZES {
        let bytes = csv_of(people);
        group.bench_function(BenchmarkId::new("read and plan", people), |bencher| {
            let register = {
                let mut register = Register::default();
                let set = decide(&register, &Operation::Found(organization()), &context()).expect("accepted");
                register.apply(&set);
                register.revision = 1;
                register
            };
            bencher.iter(|| plan_of(&register, &bytes));
        });
        group.bench_function(BenchmarkId::new("commit", people), |bencher| {
            bencher.iter_custom(|rounds| (0..rounds).map(|_| commit_once(&bytes)).sum());
        });
        let known = register_of(people);
        group.bench_function(BenchmarkId::new("unchanged again", people), |bencher| {
            bencher.iter(|| plan_of(&known, &bytes));
        });
    }
    group.finish();
}

fn plan_of(register: &Register, bytes: &[u8]) -> usize {
    let roster =
        read_roster(bytes, &ReadChoices { default_role: Some(Role::Student), ..ReadChoices::default() });
    let roster = roster.unwrap_or_else(|error| panic!("the made roster reads: {error}"));
    let plan = plan_import(register, &roster, &PlanChoices::for_year(SchoolYear(2026)), TODAY, &|_| true);
    plan.map_or(0, |plan| plan.rows.len())
}

fn commit_once(bytes: &[u8]) -> Duration {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("file.sferum");
    let mut session =
        Session::create(&path, None, organization(), clock(), "Администратор").expect("a new file");
    let roster =
        read_roster(bytes, &ReadChoices { default_role: Some(Role::Student), ..ReadChoices::default() });
    let roster = roster.unwrap_or_else(|error| panic!("the made roster reads: {error}"));
    let plan =
        plan_import(session.register(), &roster, &PlanChoices::for_year(SchoolYear(2026)), TODAY, &|_| true);
    let operation = Operation::ApplyImport(plan.expect("never cancelled").operation("список.csv", ""));
    let start = Instant::now();
    session.execute(&operation).expect("an accepted import");
    start.elapsed()
}

fn staleness(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("staleness of links");
    for count in SIZES {
        let register = with_invites(&register_of(count), count);
        group.bench_function(BenchmarkId::from_parameter(count), |bencher| {
            bencher.iter(|| all_flags(black_box(&register), TODAY).len());
        });
    }
    group.finish();
}

fn search(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("search keystroke");
    for people in SIZES {
        let list = PeopleList::build(&register_of(people), TODAY);
        group.bench_function(BenchmarkId::from_parameter(people), |bencher| {
            bencher.iter(|| {
                let words = search_words(black_box("Ла ИС-1"));
                list.matching(&words).count()
            });
        });
    }
    group.finish();
}

/// One frame of the people table through the whole application, still and scrolling.
fn frame(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut group = criterion.benchmark_group("frame of the people table");
    group.sample_size(50);
    for people in SIZES {
        let path = file_of(folder.path(), people);
        for scrolls in [false, true] {
            let ctx = egui::Context::default();
            theme::install(&ctx);
            let chooser = Chooser::Prepared(Default::default());
            let mut app = ConsoleApp::new(Worker::inline(clock()), clock(), Preferences::default(), chooser);
            app.open(path.clone(), None, None);
            draw(&ctx, &mut app, false);
            app.act(Action::Go(Destination::Room(Room::People)));
            for _ in 0..3 {
                draw(&ctx, &mut app, false);
            }
            let words = if scrolls { "scrolling" } else { "still" };
            group.bench_function(BenchmarkId::new(words, people), |bencher| {
                bencher.iter_batched(|| (), |()| draw(&ctx, &mut app, scrolls), BatchSize::PerIteration);
            });
        }
    }
    group.finish();
}

fn draw(ctx: &egui::Context, app: &mut ConsoleApp, scrolls: bool) -> usize {
    let mut input = egui::RawInput {
        screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(1366.0, 768.0))),
        ..egui::RawInput::default()
    };
    if scrolls {
        input.events.push(egui::Event::PointerMoved(egui::pos2(700.0, 400.0)));
        input.events.push(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, -90.0),
            phase: egui::TouchPhase::Move,
            modifiers: egui::Modifiers::NONE,
            source: egui::MouseWheelSource::Wheel,
        });
    }
    let output = ctx.run_ui(input, |ui| app.draw(ui));
    let shapes = output.shapes.len();
    ctx.tessellate(output.shapes, 1.0).len() + shapes
}

criterion_group!(benches, load, edit, edit_among_links, import, staleness, search, frame);
criterion_main!(benches);
