//! The act and the register of links.

use jiff::civil::date;
use sferum_console::documents::{
    LinkRegisterRequest, RevocationActRequest, compose_link_register, compose_revocation_act, docx_file,
    link_register_csv, link_register_workbook,
};
use sferum_console::names::Role;
use sferum_console::register::{HandOver, HandOverWay, Organization, Register};
use sferum_console::sample::{self, SampleKind};

use super::reading::{
    ADDRESSES, School, TODAY, assert_without_addresses, cells_of, document_xml, journal, text_of,
};

/// Three links, two of them revoked; whoever handed one over pasted its address into the note.
fn school_with_revoked() -> School {
    let mut school = School::new();
    let first = school.link(ADDRESSES[0], Role::Student, |_| {});
    let second = school.link(ADDRESSES[1], Role::Parent, |invite| {
        invite.handed_over = Some(HandOver {
            way: HandOverWay::Other,
            note: format!("в записке: {} (копия)", ADDRESSES[1]),
            ..HandOver::default()
        });
    });
    school.link(ADDRESSES[2], Role::Parent, |_| {});
    school.revoke(first, date(2026, 11, 20), "unclaimed, superseded");
    school.revoke(second, date(2026, 10, 31), "попросили сами");
    school
}

fn act(school: &School, request: &RevocationActRequest) -> String {
    compose_revocation_act(&school.register, request, &journal(), TODAY).to_text()
}

#[test]
fn the_act_says_what_was_revoked_in_the_period() {
    let school = school_with_revoked();
    let november = RevocationActRequest { from: Some(date(2026, 11, 1)), ..RevocationActRequest::default() };
    insta_free_eq(
        &act(&school, &november),
        "Школа № 99 <им. А & Б>\n\
         АКТ № ____________\n\
         об аннулировании невостребованных ссылок-приглашений\n\
         22 ноября 2026 г.\n\
         Основание: приказ от 25 августа 2026 г. № 171 о назначении администратора.\n\
         Акт составил администратор: Журавский Олег Денисович.\n\
         За период с 1 ноября 2026 г. по 22 ноября 2026 г. в кабинете платформы «Сферум» аннулированы \
         ссылки-приглашения, перечисленные в таблице.\n\
         № | Класс, группа | Роль | Вид | Создана | Передана | Основание | Аннулирована в кабинете, подтвердил | \
         Конец адреса\n\
         1 | 7Б | ученик | класс | 01.09.2026 | 03.09.2026, через классного руководителя | никто не вступил, есть \
         новее | 20.11.2026, Журавский О. Д. | …BcZq\n\
         Итого аннулировано: 1 ссылка (в классы и группы 1; по ролям: ученики 1).\n",
    );
    let whole = act(&school, &RevocationActRequest::default());
    assert!(whole.contains("По 22 ноября 2026 г. включительно"), "{whole}");
    assert!(whole.contains("1 | 7Б | родитель"), "the earlier one comes first: {whole}");
    assert!(whole.contains("Итого аннулировано: 2 ссылки"), "{whole}");
    assert!(whole.contains("попросили сами"), "{whole}");
    assert!(
        whole.contains("в записке: …=6 (копия)") || whole.contains("в записке: …_7=6 (копия)"),
        "{whole}"
    );
    assert!(
        whole.contains(&format!(
            "Записей в журнале программы: 214, контрольная отметка {}",
            "8f3a".repeat(16)
        ))
    );
    assert!(!whole.to_lowercase().contains("хеш"), "{whole}");
}

#[track_caller]
fn insta_free_eq(text: &str, beginning: &str) {
    let shown: String = text.chars().take(beginning.chars().count()).collect();
    assert_eq!(shown, beginning);
}

#[test]
fn the_clause_is_the_schools_own_or_none() {
    let mut school = school_with_revoked();
    assert!(!act(&school, &RevocationActRequest::default()).contains("пункт"));
    let seen = school.register.organization().clone();
    let mut wanted: Organization = seen.clone();
    wanted.own_clauses.insert("2.3-9".into(), "3.7".into());
    school.edit(seen, wanted);
    let text = act(&school, &RevocationActRequest::default());
    assert!(text.contains("пункт 3.7 положения об использовании платформы."), "{text}");
    assert!(!text.contains("2.3"), "{text}");
}

#[test]
fn a_commission_signs_instead_of_the_administrator() {
    let school = school_with_revoked();
    let commission = vec!["Ветрова Ирина Павловна".to_owned(), "Полевой Виктор Андреевич".to_owned()];
    let text = act(&school, &RevocationActRequest { commission, ..RevocationActRequest::default() });
    assert!(
        text.contains("Комиссия в составе:\n1. Ветрова Ирина Павловна\n2. Полевой Виктор Андреевич\n"),
        "{text}"
    );
    assert!(text.contains("Член комиссии ____ Ветрова И. П.\nЧлен комиссии ____ Полевой В. А.\n"), "{text}");
    assert!(!text.contains("Администратор ____"), "{text}");
}

#[test]
fn a_bare_card_leaves_blanks() {
    let mut school = school_with_revoked();
    let seen = school.register.organization().clone();
    school.edit(seen, Organization { name: "Школа".into(), ..Organization::default() });
    let text = act(&school, &RevocationActRequest::default());
    assert!(text.contains("приказ от «___» ____________ 20___ г. № ____________"), "{text}");
    assert!(text.contains("администратор: ____________."), "{text}");
}

#[test]
fn the_written_act_holds_the_rows_and_no_address() {
    let school = school_with_revoked();
    let composed =
        compose_revocation_act(&school.register, &RevocationActRequest::default(), &journal(), TODAY);
    let docx = docx_file(&composed).expect("written");
    assert_without_addresses(&school.register, &docx);
    let text = text_of(&docx);
    for wanted in [
        "Школа № 99 <им. А & Б>",
        "7Б",
        "…BcZq",
        "никто не вступил, есть новее",
        "20.11.2026, Журавский О. Д.",
    ] {
        assert!(text.contains(wanted), "{wanted} is missing in {text}");
    }
    let xml = document_xml(&docx);
    assert_eq!(xml.matches("<w:tblHeader />").count(), 1, "the header is repeated on every page");
    assert!(xml.contains(r#"w:w="11906" w:h="16838""#), "A4 upright");
}

#[test]
fn the_register_masks_addresses_unless_asked() {
    let school = school_with_revoked();
    let (masked, whole) =
        (LinkRegisterRequest::default(), LinkRegisterRequest { with_addresses: true, ..Default::default() });
    let docx = |request| {
        docx_file(&compose_link_register(&school.register, request, &journal(), TODAY)).expect("written")
    };
    let xlsx = |request| link_register_workbook(&school.register, request, TODAY).expect("written");
    for bytes in [docx(&masked), xlsx(&masked), link_register_csv(&school.register, &masked, TODAY)] {
        assert_without_addresses(&school.register, &bytes);
    }
    let (text, cells) = (text_of(&docx(&whole)), cells_of(&xlsx(&whole)));
    for (place, address) in ADDRESSES.iter().enumerate() {
        assert!(text.contains(address));
        assert_eq!(&cells[place + 1][4], address);
    }
    assert!(text.contains("Храните его как ключи"), "{text}");
    assert!(document_xml(&docx(&masked)).contains(r#"w:orient="landscape""#));
}

#[test]
fn the_workbook_holds_texts_and_days() {
    let school = school_with_revoked();
    let cells = cells_of(
        &link_register_workbook(&school.register, &LinkRegisterRequest::default(), TODAY).expect("written"),
    );
    assert_eq!(cells.len(), 4);
    assert_eq!(
        cells[1],
        [
            "1",
            "7Б",
            "класс",
            "ученик",
            "…BcZq",
            "аннулирована",
            "01.09.2026",
            "01.09.2026",
            "03.09.2026",
            "через классного руководителя",
            "",
            "",
            "20.11.2026",
            "Журавский Олег Денисович",
            "никто не вступил, есть новее",
            ""
        ]
    );
    let parents = LinkRegisterRequest { role: Some(Role::Parent), ..Default::default() };
    assert_eq!(
        cells_of(&link_register_workbook(&school.register, &parents, TODAY).expect("written")).len(),
        3
    );
}

/// The made-up schools have links of every kind: none of their addresses comes out, every link stands in the register.
#[test]
fn no_address_of_the_sample_schools_comes_out() {
    for kind in [SampleKind::School, SampleKind::College] {
        let register: Register = sample::register(kind, TODAY).expect("the sample is allowed");
        let act = compose_revocation_act(&register, &RevocationActRequest::default(), &journal(), TODAY);
        let list = compose_link_register(&register, &LinkRegisterRequest::default(), &journal(), TODAY);
        for composed in [&act, &list] {
            assert_without_addresses(&register, &docx_file(composed).expect("written"));
        }
        let all = register.tables().invites.len();
        let cells = cells_of(
            &link_register_workbook(&register, &LinkRegisterRequest::default(), TODAY).expect("written"),
        );
        assert_eq!(cells.len(), all + 1);
        let revoked = register.tables().invites.values().filter(|invite| invite.revocation.is_some()).count();
        assert!(
            revoked > 0 && act.to_text().contains(&format!("\n{revoked} | ")),
            "every revoked link has a row"
        );
    }
}
