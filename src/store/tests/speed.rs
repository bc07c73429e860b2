//! How long 100,000 people take. Not a check: `cargo test --lib store::tests::speed -- --ignored --nocapture`.

use std::time::{Duration, Instant};

use super::*;

/// CPU time of this thread where the system tells it, since the wall clock also counts what others do.
fn cpu_time() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(text.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or_default())
}

#[test]
#[ignore = "prints times, checks none; benchmarks proper are in benches/"]
fn one_hundred_thousand_people() {
    for key in [None, Some(raw_key())] {
        let mut bench = Bench::founded(key.clone());
        let groups = (0..4000).map(|number| group(&format!("Г-{number}")).into()).collect();
        bench.execute(Operation::Add(groups)).expect("groups");
        let people = (0..100_000).map(|number| person(&format!("Фамилия{number}")).into()).collect();
        let changes = decide(&bench.register, &Operation::Add(people), &context()).expect("decided");
        bench.register.apply(&changes);
        let members =
            (0..100_000).map(|number| membership(PersonId(number + 4), GroupId(number % 4000 + 3)).into());
        let joined =
            decide(&bench.register, &Operation::Add(members.collect()), &context()).expect("decided");
        bench.register.apply(&joined);
        let mut all = changes;
        all.changes.extend(joined.changes);
        let revision = bench.register.revision;
        let timed = |what: &str, (wall, cpu): (Instant, Duration)| {
            println!(
                "keyed {}: {what} {:?}, of it CPU {:?}",
                key.is_some(),
                wall.elapsed(),
                cpu_time() - cpu
            );
        };
        let started = (Instant::now(), cpu_time());
        bench.store.append(&all, &new_entry("import"), revision).expect("appended");
        timed("append 200,000 changes", started);
        let Bench { folder: _folder, path, store, register, .. } = bench;
        drop(store);
        let started = (Instant::now(), cpu_time());
        let (mut store, loaded) = Store::open(&path, key.as_ref(), &holder()).expect("opens");
        timed("open and load", started);
        assert!(loaded.register.holds_the_same_as(&register));
        let started = (Instant::now(), cpu_time());
        let one = decide(&loaded.register, &add_person("Орлов", GroupId(9)), &context()).expect("decided");
        store.append(&one, &new_entry("x"), loaded.register.revision).expect("appended");
        timed("one edit", started);
        let started = (Instant::now(), cpu_time());
        assert_eq!(store.verify().expect("readable").problems, []);
        timed("verify", started);
        let started = (Instant::now(), cpu_time());
        store.backup_to(&path.with_extension("copy")).expect("copied");
        timed("backup", started);
        println!("bytes {}", bytes_of(&path.with_extension("copy")).len());
        let started = (Instant::now(), cpu_time());
        store.append(&all.inverted(), &new_entry("undo"), store.revision()).expect("everything taken back");
        timed("undo of 200,000 changes", started);
    }
}
