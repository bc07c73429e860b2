//! Speed of the reconciliation at 1,000 / 10,000 / 100,000 people: a list of 3,000 lines against the whole
//! organization, and the list of one chat. `cargo bench --bench reconcile`; the figures stand in BENCHMARKS.md.

#[allow(dead_code, reason = "the truth of the lists is for the accuracy test")]
#[path = "../tests/support/made_lists.rs"]
mod made_lists;
#[path = "../tests/support/made_members.rs"]
mod made_members;
#[path = "../tests/support/made_names.rs"]
mod made_names;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use made_lists::made_list;
use made_members::{MadeSchool, TODAY};
use made_names::Chance;
use sferum_console::reconcile::{ReconcileScope, read_member_list, reconcile};
use sferum_console::register::Target;

/// Classes that make about so many people with their families.
const CLASSES: [(usize, usize); 3] = [(1_000, 13), (10_000, 130), (100_000, 1_300)];

/// Lists of many chats, one after the other, until there are so many lines.
fn long_text(school: &MadeSchool, lines: usize) -> String {
    let mut chance = Chance::new(7);
    let mut text = String::new();
    while text.lines().count() < lines {
        text.push_str(&made_list(school, &mut chance).text);
    }
    text.lines().take(lines).flat_map(|line| [line, "\n"]).collect()
}

fn whole_organization(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("reconcile: 3,000 members, organization");
    group.sample_size(10);
    for (people, classes) in CLASSES {
        let school = MadeSchool::new(1, classes);
        let mut list = read_member_list(&long_text(&school, 9_000));
        list.lines.truncate(3_000);
        let scope = ReconcileScope { target: Target::Organization, role: None };
        group.bench_function(BenchmarkId::from_parameter(people), |bencher| {
            bencher.iter(|| reconcile(&school.register, &scope, &list, TODAY));
        });
    }
    group.finish();
}

fn one_chat(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("reconcile: one chat, reading and comparing");
    group.sample_size(10);
    for (people, classes) in CLASSES {
        let school = MadeSchool::new(1, classes);
        let made = made_list(&school, &mut Chance::new(5));
        group.bench_function(BenchmarkId::from_parameter(people), |bencher| {
            bencher.iter(|| reconcile(&school.register, &made.scope, &read_member_list(&made.text), TODAY));
        });
    }
    group.finish();
}

criterion_group!(benches, whole_organization, one_chat);
criterion_main!(benches);
