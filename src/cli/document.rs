//! `document`: acts, registers, cards and sheets as files (duties 2.3-4, 2.3-6, 2.3-9).

use std::path::PathBuf;

use jiff::civil::Date;

use super::failure::{DONE, Failure, Outcome};
use super::given::Given;
use super::opening::{group, judged_day, open};
use super::output::print_line;
use crate::register::{GroupId, InviteId, Register};
use crate::session::{
    CardsFor, ClassSheetRequest, HandoverRequest, HeadReportRequest, InspectionRequest, LinkPaper,
    LinkRegisterRequest, PaperFormat, QrCardsRequest, RevocationActRequest, SchoolPaper, WrittenPaper,
    WrittenSheets, export_link_paper, write_all_class_sheets,
};
use crate::wording::counted;

/// The kinds, as typed.
const KINDS: &str = "revocation-act, link-register, qr-cards, class-sheet, leak-memo, leak-notice, head-report, \
                     class-passport, responsible-list, handover, inspection-folder, order-administrator, \
                     order-class-teachers, local-act, parents-information";
/// Which option speaks to which kinds.
const OPTIONS_OF_KINDS: [(&str, &[&str]); 11] = [
    ("from", &["revocation-act", "head-report", "inspection-folder"]),
    ("to", &["revocation-act", "head-report"]),
    ("on", &["inspection-folder"]),
    ("name", &["handover"]),
    ("commission", &["revocation-act"]),
    ("group", &["link-register", "qr-cards", "class-sheet", "class-passport"]),
    ("role", &["link-register", "qr-cards"]),
    ("with-addresses", &["link-register"]),
    ("per-person", &["qr-cards"]),
    ("with-names", &["qr-cards"]),
    ("link", &["leak-memo", "leak-notice"]),
];

/// `document FILE KIND --out PATH [--from --to] [--commission] [--group] [--role] [--with-addresses] [--link]`.
pub(super) fn document(given: &Given) -> Outcome {
    let kind = given.place(1).unwrap_or_default().to_owned();
    if !KINDS.split(", ").any(|known| known == kind) {
        return Err(Failure::usage(format!("Такого документа нет. Есть: {KINDS}.")));
    }
    refuse_foreign_options(given, &kind)?;
    let out = PathBuf::from(
        given
            .values
            .get("out")
            .and_then(|values| values.last())
            .ok_or_else(|| Failure::usage("Нужен ключ --out."))?,
    );
    let mut session = open(given)?;
    let today = judged_day(&session);
    if kind == "class-sheet" && out.is_dir() && given.text("group")?.is_none() {
        let sheets = write_all_class_sheets(session.register(), PaperFormat::Xlsx, today, &out)?;
        print_line(&all_sheets_words(sheets))?;
        return Ok(DONE);
    }
    let paper = paper(given, &kind, session.register(), today)?;
    let written = export_link_paper(&mut session, &paper, &out)?;
    print_line(&report(&paper, written))?;
    Ok(DONE)
}

fn all_sheets_words(sheets: WrittenSheets) -> String {
    let written = counted(sheets.written as u64, "лист", "листа", "листов");
    match sheets.kept {
        0 => format!("Листы классов записаны: {written}."),
        kept => format!("Листы классов записаны: {written}. Уже были и не тронуты: {kept}."),
    }
}

fn refuse_foreign_options(given: &Given, kind: &str) -> Result<(), Failure> {
    let is_given = |name: &str| given.has(name) || given.values.contains_key(name);
    match OPTIONS_OF_KINDS.into_iter().find(|(name, kinds)| is_given(name) && !kinds.contains(&kind)) {
        Some((name, kinds)) => {
            Err(Failure::usage(format!("Ключ --{name} бывает только у документов: {}.", kinds.join(", "))))
        }
        None => Ok(()),
    }
}

fn paper(given: &Given, kind: &str, register: &Register, today: Date) -> Result<LinkPaper, Failure> {
    let wanted_group = || -> Result<GroupId, Failure> { Ok(group(given, register, today)?.id) };
    Ok(match kind {
        "revocation-act" => LinkPaper::RevocationAct(RevocationActRequest {
            from: given.date("from", today)?,
            until: given.date("to", today)?,
            commission: commission(given.text("commission")?.unwrap_or_default()),
        }),
        "link-register" => LinkPaper::LinkRegister(LinkRegisterRequest {
            with_addresses: given.has("with-addresses"),
            group: given.text("group")?.map(|_| wanted_group()).transpose()?,
            role: given.role()?,
        }),
        "qr-cards" => {
            let with_names = given.has("with-names");
            let cards_for = if given.has("per-person") || with_names {
                CardsFor::EachPersonOutside { with_names }
            } else {
                CardsFor::EachLink
            };
            let group = wanted_group()?;
            LinkPaper::QrCards(QrCardsRequest {
                role: given.role()?,
                cards_for,
                ..QrCardsRequest::of_class(group)
            })
        }
        "class-sheet" => {
            LinkPaper::ClassSheet(ClassSheetRequest { group: wanted_group()?, with_known: false })
        }
        "leak-memo" => LinkPaper::LeakMemo(link(given)?),
        "leak-notice" => LinkPaper::LeakNotice(link(given)?),
        "class-passport" => LinkPaper::School(SchoolPaper::ClassPassport(wanted_group()?)),
        other => LinkPaper::School(school_paper(given, other, today)?),
    })
}

fn school_paper(given: &Given, kind: &str, today: Date) -> Result<SchoolPaper, Failure> {
    let from = given.date("from", today)?;
    Ok(match kind {
        "head-report" => SchoolPaper::HeadReport(HeadReportRequest { from, to: given.date("to", today)? }),
        "responsible-list" => SchoolPaper::ResponsibleList,
        "handover" => {
            SchoolPaper::Handover(HandoverRequest { to: given.text("name")?.unwrap_or_default().to_owned() })
        }
        "inspection-folder" => {
            SchoolPaper::InspectionFolder(InspectionRequest { on: given.date("on", today)?, from })
        }
        "order-administrator" => SchoolPaper::OrderAdministrator,
        "order-class-teachers" => SchoolPaper::OrderClassTeachers,
        "local-act" => SchoolPaper::LocalAct,
        _ => SchoolPaper::ParentsInformation,
    })
}

/// Names apart by semicolons; a comma may stand before a post.
pub(super) fn commission(text: &str) -> Vec<String> {
    text.split([';', '\n']).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn link(given: &Given) -> Result<InviteId, Failure> {
    given
        .number("link")?
        .map(InviteId)
        .ok_or_else(|| Failure::usage("Нужен ключ --link: номер ссылки из команды links."))
}

/// What was written; the path is known to whoever typed it.
fn report(paper: &LinkPaper, written: WrittenPaper) -> String {
    let count = written.counted.unwrap_or_default() as u64;
    match paper {
        LinkPaper::RevocationAct(_) => {
            format!("Акт записан: {}.", counted(count, "ссылка", "ссылки", "ссылок"))
        }
        LinkPaper::LinkRegister(request) if request.with_addresses => {
            "Реестр ссылок записан, с полными адресами: храните его как ключи.".to_owned()
        }
        LinkPaper::LinkRegister(_) => "Реестр ссылок записан, без адресов.".to_owned(),
        LinkPaper::QrCards(_) => {
            format!(
                "Карточки записаны: {}. По ним можно вступить: храните их как ключи.",
                counted(count, "карточка", "карточки", "карточек")
            )
        }
        LinkPaper::ClassSheet(_) => "Лист класса записан.".to_owned(),
        LinkPaper::LeakMemo(_) => "Служебная записка записана. Заполните пропуски.".to_owned(),
        LinkPaper::LeakNotice(_) => "Сообщение для родителей записано. Заполните пропуски.".to_owned(),
        LinkPaper::School(paper) => match paper {
            SchoolPaper::OrderAdministrator
            | SchoolPaper::OrderClassTeachers
            | SchoolPaper::LocalAct
            | SchoolPaper::ParentsInformation => {
                "Проект записан. Заполните пропуски и сверьте с вашими документами.".to_owned()
            }
            SchoolPaper::InspectionFolder(_) => "Папка проверки записана, без адресов ссылок.".to_owned(),
            SchoolPaper::HeadReport(_)
            | SchoolPaper::ClassPassport(_)
            | SchoolPaper::ResponsibleList
            | SchoolPaper::Handover(_) => "Документ записан.".to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::commission;

    #[test]
    fn names_of_a_commission_are_split_and_trimmed() {
        assert_eq!(
            commission(" Ветрова И. П., завуч; Журавский О. Д.;; "),
            ["Ветрова И. П., завуч", "Журавский О. Д."]
        );
        assert!(commission(" ; ").is_empty());
    }
}
