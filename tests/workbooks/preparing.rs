//! The job of the import over workbooks: read once, planned as often as choices change.

use std::cell::Cell;
use std::sync::Arc;

use sferum_console::regulation::usual_group_kind;
use sferum_console::roster::{PlanChoices, WorkbookReader, read_body};
use sferum_console::sample::SampleKind;
use sferum_console::session::{
    Clock, JobHandle, RosterImport, RosterRequest, RosterSource, create_sample, prepare_roster,
};

use crate::fixture::*;
use crate::writing::*;

#[test]
fn a_file_is_read_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let clock = Clock::fixed("2026-10-12T14:02:00+03:00[Europe/Moscow]".parse().expect("a valid moment"));
    let session =
        create_sample(&folder.path().join("a.sferum"), SampleKind::School, &clock).expect("a sample");
    let (register, today) = (session.register(), clock.today());
    let list = folder.path().join("Список.xls");
    // The ending lies: it is an xlsx.
    std::fs::copy(made(folder.path(), &xlsx(&[tab("5А", &[&["ФИО"], &["Ким Ян"]])])), &list).expect("copied");
    let mut plan = PlanChoices::for_year(sferum_console::regulation::current_year(register, today));
    plan.group_kind = usual_group_kind(register.organization().kind);
    let mut request =
        RosterRequest { source: RosterSource::File(list.clone()), read: students(), plan, reuse: None };
    let RosterImport::Ready(first) =
        prepare_roster(register, &request, today, &reader(), &JobHandle::default())
    else {
        panic!("reads")
    };
    assert_eq!(people(&first.roster), ["2 Ким Ян 5А — —"]);
    assert_eq!((first.hash.len(), first.roster.source.format), (64, "xlsx"));

    std::fs::remove_file(&list).expect("removed");
    request.reuse = first.content.clone();
    let nobody = WorkbookReader::new("no such program".into());
    let again = prepare_roster(register, &request, today, &nobody, &JobHandle::default());
    let RosterImport::Ready(again) = again else { panic!("plans without reading") };
    assert!(Arc::ptr_eq(&again.roster, &first.roster), "the same choices are not read again");
    request.read.group = Some("5Б".into());
    let other = prepare_roster(register, &request, today, &nobody, &JobHandle::default());
    let RosterImport::Ready(other) = other else { panic!("maps without reading") };
    assert_eq!(people(&other.roster), ["2 Ким Ян 5Б — —"]);
    assert_eq!(other.hash, first.hash);

    request.source = RosterSource::File(folder.path().join("другой.xlsx"));
    let missing = prepare_roster(register, &request, today, &nobody, &JobHandle::default());
    assert!(
        matches!(missing, RosterImport::Unreadable { code: "not_readable", .. }),
        "another source is read"
    );
}

#[test]
fn a_cancelled_job_ends_the_child() {
    let mut list = tab("Все", &[&["ФИО", "Класс"]]);
    list.rows.extend((0..5_000).map(|_| text(&["Ким Ян", "5А"])));
    let asked = Cell::new(0);
    // Not yet when the child is started, but at the first look after that.
    let cancelled = || asked.replace(asked.get() + 1) > 0;
    let read = read_body(xlsx(&[list]), &reader(), &cancelled);
    assert!(matches!(read, Ok(None)));
    assert_eq!(asked.get(), 2);
}

/// The bytes as a file of this folder.
fn made(folder: &std::path::Path, bytes: &[u8]) -> std::path::PathBuf {
    let path = folder.join("made");
    let mut file = std::fs::File::create(&path).expect("a file");
    std::io::Write::write_all(&mut file, bytes).expect("written");
    path
}
