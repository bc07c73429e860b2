//! Papers of the school, read back as any word processor would.

use jiff::civil::{Date, date};
use sferum_console::documents::Composed;
use sferum_console::documents::{
    HandoverRequest, HeadReportRequest, InspectionRequest, bar_picture, class_passport_workbook,
    class_teachers_workbook, compose_class_passport, compose_handover_pack, compose_head_report,
    compose_inspection_folder, compose_local_act, compose_order_administrator, compose_order_class_teachers,
    compose_parents_information, compose_responsible_list, docx_file, head_report_workbook,
    responsible_list_workbook,
};
use sferum_console::names::Role;
use sferum_console::register::{
    Entity, LocalAct, Observation, ObservationSource, Operation, OrderReference, Organization, Participation,
    ParticipationState, Target,
};

use super::reading::{
    ADDRESSES, School, TODAY, assert_without_addresses, cells_of, journal, parts_of, text_of,
};

/// A class that was looked at twice, one link in force and one revoked, one pupil who does not take part.
fn school() -> School {
    let mut school = School::new();
    for surname in ["Тихонов", "Ряскина"] {
        school.student(surname);
    }
    let declined = school.student("Отказникова");
    let seen = school.register.membership(declined.id).expect("was added").clone();
    let participation = Participation {
        state: ParticipationState::DoesNotParticipate,
        as_of: Some(date(2026, 9, 20)),
        ..Participation::default()
    };
    school.run(Operation::SetParticipation { seen: vec![Entity::from(seen)], participation });
    for (on, joined) in [(date(2026, 10, 1), 2), (date(2026, 11, 20), 4)] {
        let observation = Observation {
            id: Default::default(),
            target: Target::Group(school.class),
            role: Role::Student,
            on,
            source: ObservationSource::Reconciliation,
            joined,
            of: None,
        };
        school.run(Operation::Observe(vec![observation]));
    }
    let gone = school.link(ADDRESSES[0], Role::Student, |_| {});
    school.link(ADDRESSES[1], Role::Parent, |_| {});
    school.revoke(gone, date(2026, 10, 31), "unclaimed");
    school
}

/// The card maps clauses and names the local act.
fn with_clauses(school: &mut School) {
    let seen = school.register.organization().clone();
    let wanted = Organization {
        own_clauses: [("2.1", "2.1"), ("2.3-9", "п. 3.7"), ("1.8", "1.8"), ("2.4", "5.1")]
            .map(|(duty, own)| (duty.into(), own.into()))
            .into(),
        local_act: LocalAct {
            reference: OrderReference { number: "168".into(), date: Some(date(2026, 8, 22)) },
            page: "https://school99.example/sferum".into(),
        },
        ..seen.clone()
    };
    school.edit(seen, wanted);
}

/// Every paper of the school by its name.
fn papers(school: &School) -> Vec<(&'static str, Composed)> {
    let register = &school.register;
    let report = HeadReportRequest { from: Some(date(2026, 10, 5)), to: None };
    let handover = HandoverRequest { to: "Ветрова Ирина Павловна".into() };
    vec![
        ("report", compose_head_report(register, &report, TODAY)),
        ("passport", compose_class_passport(register, school.class, TODAY).expect("a class")),
        ("responsible", compose_responsible_list(register, TODAY)),
        ("handover", compose_handover_pack(register, &handover, &journal(), TODAY)),
        ("folder", compose_inspection_folder(register, &InspectionRequest::default(), &journal(), TODAY)),
        ("order", compose_order_administrator(register, TODAY)),
        ("class teachers", compose_order_class_teachers(register, TODAY)),
        ("local act", compose_local_act(register, TODAY)),
        ("parents", compose_parents_information(register, TODAY)),
    ]
}

#[test]
fn no_paper_holds_an_address_a_child_or_a_wrong_day() {
    let mut school = school();
    with_clauses(&mut school);
    for (name, paper) in papers(&school) {
        let bytes = docx_file(&paper).expect("a document");
        assert_without_addresses(&school.register, &bytes);
        let text = text_of(&bytes);
        for child in ["Отказникова", "Осокин", "Тихонов"] {
            assert!(!text.contains(child), "{name} names a child");
        }
        // The regulation that many schools copied dates № 1880-р a year too early.
        assert!(!text.contains("12.07.2024"), "{name}");
        assert!(!text.to_lowercase().contains("должник"), "{name}");
        assert!(text.contains("Школа № 99 <им. А & Б>"), "{name}: {text}");
    }
}

#[test]
fn own_clauses_are_printed_or_none_at_all() {
    let mut school = school();
    for (name, paper) in papers(&school) {
        assert!(!paper.to_text().contains("положения)"), "{name} names a clause that nobody mapped");
    }
    with_clauses(&mut school);
    let register = &school.register;
    let order = compose_order_administrator(register, TODAY).to_text();
    assert!(
        order.contains("аннулировать ссылки-приглашения, которые больше не нужны (п. 3.7 положения)"),
        "{order}"
    );
    assert!(order.contains("локального акта от 22 августа 2026 г. № 168"), "{order}");
    assert!(order.contains("Назначить администратором платформы: Журавский Олег Денисович"), "{order}");
    let report = compose_head_report(register, &HeadReportRequest::default(), TODAY).to_text();
    assert!(report.contains("Основание: п. 5.1 положения"), "{report}");
    let parents = compose_parents_information(register, TODAY).to_text();
    assert!(parents.contains("решаете вы (п. 1.8 положения)"), "{parents}");
    let act = compose_local_act(register, TODAY).to_text();
    assert!(act.contains("12.07.2025 № 1880-р"), "{act}");
    assert!(act.contains("списки отказавшихся не составляются"), "{act}");
}

#[test]
fn the_report_says_then_and_now_with_sources_and_neutral_people_beside() {
    let school = school();
    let request = HeadReportRequest { from: Some(date(2026, 10, 5)), to: None };
    let text = compose_head_report(&school.register, &request, TODAY).to_text();
    // Five pupils are awaited, the sixth does not take part.
    assert!(text.contains("Ученики: 4 из 5; было 2 из 5\n"), "{text}");
    assert!(text.contains("Ученики | 4 из 5 | 1 | 1 из 1 классов: 20 ноя 2026"), "{text}");
    assert!(
        text.contains("7Б |  | 2 из 5 → 4 из 5 | нет сведений | 20 ноя 2026, сверка списка участников"),
        "{text}"
    );
    assert!(text.contains("Не участвуют по своему выбору: 1 ученик"), "{text}");
    assert!(text.contains("ссылок аннулировано: 1"), "{text}");
    let cells = cells_of(&head_report_workbook(&school.register, &request, TODAY).expect("a workbook"));
    let row: Vec<&str> = cells[1].iter().map(String::as_str).collect();
    assert_eq!(row[..9], ["7Б", "", "4", "5", "1", "20.11.2026", "сверка списка участников", "2", "5"]);
    let bytes = docx_file(&compose_head_report(&school.register, &request, TODAY)).expect("a document");
    let pictures: Vec<Vec<u8>> = parts_of(&bytes)
        .into_iter()
        .filter(|(name, _)| name.ends_with(".png"))
        .map(|(_, bytes)| bytes)
        .collect();
    assert_eq!(pictures, [bar_picture((4, 5), Some((2, 5))).expect("a picture").png]);
    let xml = super::reading::document_xml(&bytes);
    assert!(xml.contains(r#"descr="Ученики: 4 из 5, было 2 из 5""#), "the bar is read aloud");
}

#[test]
fn the_folder_lists_the_links_of_the_day_it_was_asked_for() {
    let school = school();
    let folder = |on: Date| {
        let request = InspectionRequest { on: Some(on), from: None };
        compose_inspection_folder(&school.register, &request, &journal(), TODAY).to_text()
    };
    let table = [
        (date(2026, 8, 31), "На 31 августа 2026 г.: 0 ссылок.", "ссылки не аннулировались"),
        (date(2026, 9, 2), "На 2 сентября 2026 г.: 2 ссылки, из них в запасе 2.", "ссылки не аннулировались"),
        (date(2026, 10, 30), "На 30 октября 2026 г.: 2 ссылки.", "ссылки не аннулировались"),
        (date(2026, 10, 31), "На 31 октября 2026 г.: 1 ссылка.", "аннулировано: 1 ссылка"),
    ];
    for (day, links, revoked) in table {
        let text = folder(day);
        assert!(text.contains(links), "{day}: {text}");
        assert!(text.contains(revoked), "{day}: {text}");
        assert!(text.contains("Не участвуют по своему выбору: 1 ученик."), "{text}");
        assert!(text.contains("Записей в журнале программы: 214"), "{text}");
    }
    assert!(folder(date(2026, 8, 31)).contains("Учёт ссылок ведётся с 1 сентября 2026 г."));
}

#[test]
fn the_handover_says_of_every_duty_how_it_stands_and_revokes_nothing() {
    let school = school();
    let request = HandoverRequest { to: "Ветрова Ирина Павловна".into() };
    let text = compose_handover_pack(&school.register, &request, &journal(), TODAY).to_text();
    for duty in sferum_console::regulation::Duty::ALL {
        assert!(text.to_lowercase().contains(&duty.title().to_lowercase()), "{}", duty.title());
    }
    assert!(text.contains("Дела принял(а) ____ Ветрова И. П."), "{text}");
    assert!(text.contains("сама по себе передача дел ничего не закрывает"), "{text}");
    assert!(text.contains("родитель"), "the link that stands: {text}");
    let blank = compose_handover_pack(&school.register, &HandoverRequest::default(), &journal(), TODAY);
    assert!(blank.to_text().contains("а ____________ (приказ от"), "to be written in");
}

#[test]
fn tables_are_workbooks_of_texts() {
    let school = school();
    let register = &school.register;
    let list = cells_of(&responsible_list_workbook(register, TODAY).expect("a workbook"));
    assert_eq!(list[2][..2], ["Администратор платформы", "Журавский Олег Денисович"]);
    let passport = cells_of(&class_passport_workbook(register, school.class, TODAY).expect("a workbook"));
    assert_eq!(passport[1][0], "Паспорт класса 7Б");
    assert!(passport.iter().any(|row| row[0] == "Ученики: внутри" && row[1] == "4 из 5"), "{passport:?}");
    let teachers = cells_of(&class_teachers_workbook(register, TODAY).expect("a workbook"));
    assert_eq!(teachers[1][..2], ["7Б", "классный руководитель"]);
}
