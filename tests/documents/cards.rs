//! Cards with QR codes, decoded by a library that had no part in making them.

use image::ImageFormat;
use jiff::civil::date;
use sferum_console::documents::{
    CardsFor, QrCardsRequest, compose_qr_cards, count_cards, docx_file, qr_picture,
};
use sferum_console::names::Role;
use sferum_console::register::{Participation, ParticipationState};

use super::reading::{ADDRESSES, School, TODAY, document_xml, parts_of, text_of};

fn decoded(png: &[u8]) -> String {
    let picture = image::load_from_memory_with_format(png, ImageFormat::Png).expect("a PNG").to_luma8();
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        picture.get_pixel(x as u32, y as u32).0[0]
    });
    let grids = prepared.detect_grids();
    assert_eq!(grids.len(), 1, "one code");
    grids[0].decode().expect("a readable code").1
}

fn decoded_pictures(docx: &[u8]) -> Vec<String> {
    let mut parts = parts_of(docx);
    parts.retain(|(name, _)| name.starts_with("word/media/"));
    parts.iter().map(|(_, png)| decoded(png)).collect()
}

#[test]
fn a_code_holds_the_exact_address() {
    let mut school = School::new();
    for (address, role) in ADDRESSES.into_iter().zip([Role::Student, Role::Parent, Role::Teacher]) {
        school.link(address, role, |_| {});
    }
    let composed = compose_qr_cards(&school.register, &QrCardsRequest::of_class(school.class), TODAY);
    let docx = docx_file(&composed).expect("written");
    let mut found = decoded_pictures(&docx);
    found.sort();
    let mut wanted = ADDRESSES.map(str::to_owned).to_vec();
    wanted.sort();
    assert_eq!(found, wanted);
    let text = text_of(&docx);
    assert!(ADDRESSES.iter().all(|address| !text.contains(address)), "the address stands in the code only");
}

#[test]
fn the_picture_has_a_quiet_zone_and_large_modules() {
    let picture = qr_picture(ADDRESSES[0]).expect("made");
    let luma = image::load_from_memory(&picture.png).expect("a PNG").to_luma8();
    assert_eq!((luma.width(), luma.height()), (picture.side, picture.side));
    let dark = |x: u32, y: u32| luma.get_pixel(x, y).0[0] < 128;
    assert!(
        !(0..32).any(|line| (0..picture.side).any(|x| dark(x, line) || dark(line, x))),
        "four modules of white"
    );
    assert!(dark(32, 32) && dark(32 + 7 * 8 - 1, 32) && !dark(32 + 7 * 8, 32), "eight pixels a module");
    assert!(qr_picture(&"я".repeat(2000)).is_err());
}

#[test]
fn only_links_that_open_a_door_are_printed() {
    let mut school = School::new();
    let revoked = school.link("https://max.ru/join/1revoked", Role::Student, |_| {});
    school.revoke(revoked, TODAY, "served");
    school.link("https://max.ru/join/2expired", Role::Student, |invite| {
        invite.expires_on = Some(date(2026, 11, 21))
    });
    school.link("https://max.ru/join/3reserve", Role::Student, |invite| invite.handed_over = None);
    school.link("https://max.ru/someprofile", Role::Student, |_| {});
    let exposed = school.link("https://max.ru/join/4exposed", Role::Student, |_| {});
    school.expose(exposed, "");
    let request = QrCardsRequest::of_class(school.class);
    assert_eq!(count_cards(&compose_qr_cards(&school.register, &request, TODAY)), 0);
    let with_reserve = QrCardsRequest { with_reserve: true, ..request };
    assert_eq!(count_cards(&compose_qr_cards(&school.register, &with_reserve, TODAY)), 1);
    school.link(ADDRESSES[0], Role::Student, |invite| invite.expires_on = Some(TODAY));
    let composed = compose_qr_cards(&school.register, &request, TODAY);
    assert_eq!(
        composed.to_text(),
        "[7Б] для учеников\n\
         Войдите в MAX по своему номеру телефона.\n\
         Наведите камеру телефона на код и откройте ссылку.\n\
         Проверьте название и вступите. Не получилось: спросите классного руководителя.\n\
         Действует до 22 ноября 2026 г.\n\
         Регистрация добровольная. Без неё остаются электронный дневник и объявления на занятиях.\n\
         Карточку не пересылайте и не выкладывайте. Код …BcZq\n"
    );
}

#[test]
fn a_card_for_each_who_is_not_in_and_did_not_decline() {
    let mut school = School::new();
    for (surname, state) in [
        ("Внутренний", ParticipationState::Joined),
        ("Несогласный", ParticipationState::DoesNotParticipate),
        ("Приглашённый", ParticipationState::Invited),
    ] {
        let seen = school.student(surname);
        let participation = Participation { state, as_of: Some(TODAY), ..Participation::default() };
        school.edit(seen.clone(), sferum_console::register::Membership { participation, ..seen });
    }
    school.link(ADDRESSES[0], Role::Student, |_| {});
    let sheet = |with_names| {
        let cards_for = CardsFor::EachPersonOutside { with_names };
        compose_qr_cards(
            &school.register,
            &QrCardsRequest { cards_for, ..QrCardsRequest::of_class(school.class) },
            TODAY,
        )
    };
    assert_eq!(count_cards(&sheet(false)), 4);
    assert!(!sheet(false).to_text().contains("Осокин"));
    let names: Vec<String> = sheet(true)
        .to_text()
        .lines()
        .filter_map(|line| line.strip_prefix("Кому: ").map(str::to_owned))
        .collect();
    assert_eq!(names, ["Ёлкин Л. И.", "Осокин Л. И.", "Приглашённый Л. И.", "Ряскин Л. И."]);
    let docx = docx_file(&sheet(false)).expect("written");
    assert!(decoded_pictures(&docx).iter().all(|address| address == ADDRESSES[0]));
    let xml = document_xml(&docx);
    for number in 1..=4 {
        assert_eq!(
            xml.matches(&format!(r#"<wp:docPr id="{number}" "#)).count(),
            1,
            "pictures are numbered apart"
        );
    }
}

#[test]
fn parents_are_told_that_nobody_has_to_and_staff_are_not() {
    for (role, expected) in
        [(Role::Student, true), (Role::Parent, true), (Role::Teacher, false), (Role::Employee, false)]
    {
        let mut school = School::new();
        school.link(ADDRESSES[1], role, |_| {});
        let text =
            compose_qr_cards(&school.register, &QrCardsRequest::of_class(school.class), TODAY).to_text();
        assert_eq!(text.contains("Регистрация добровольная"), expected, "{text}");
        assert!(text.contains("VK Мессенджер"), "{text}");
    }
}
