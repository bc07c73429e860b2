//! The page for the head's safe: the recovery code in big groups and what it is for.

use jiff::civil::Date;

use super::composed::{Block, Composed, LineAlignment, PageLayout, Signature};
use super::link_words::{day_of_document, head_post, short_name};
use crate::register::Organization;

/// Groups of the code on a line.
const ON_A_LINE: usize = 4;

/// Composes the page. `groups`: the groups of the code; `file_name`: of the file it opens, without its folder.
pub fn compose_recovery_page(
    organization: &Organization,
    file_name: &str,
    groups: &[impl AsRef<str>],
    today: Date,
) -> Composed {
    let lines = groups.chunks(ON_A_LINE).enumerate().map(|(line, groups)| {
        let groups: Vec<&str> = groups.iter().map(AsRef::as_ref).collect();
        let first = line * ON_A_LINE + 1;
        format!("{first}–{}:   {}", first + groups.len() - 1, groups.join("   "))
    });
    let text = |text: &str| Block::Paragraph(text.to_owned(), LineAlignment::Left);
    let blocks = vec![
        Block::Paragraph(organization.name.clone(), LineAlignment::Center),
        Block::Title("КОД ВОССТАНОВЛЕНИЯ\nк файлу программы учёта платформы «Сферум»".into()),
        Block::Paragraph(day_of_document(today), LineAlignment::Right),
        text(&format!("Файл: «{file_name}».")),
        Block::Code(lines.collect()),
        text(
            "Зачем он. Если пароль от файла забыт, этот код открывает файл и позволяет задать новый пароль. Другого \
              способа нет: если потеряны и пароль, и код, файл не откроет никто, и разработчик программы тоже.",
        ),
        text(
            "Как ввести. В окне пароля нажмите «Забыли пароль?» и наберите все группы по порядку. Пробелы, чёрточки и \
              величина букв неважны; буквы О и I вместо цифр 0 и 1 программа поймёт.",
        ),
        text(
            "Где хранить. В сейфе руководителя, в запечатанном конверте, отдельно от компьютера. Не фотографируйте, не \
              пересылайте и не храните рядом с паролем: кто прочёл код, тот может открыть файл.",
        ),
        text(
            "Когда менять. При каждой смене пароля печатается новый лист: старый код больше не действует, прежний лист \
              надо уничтожить. Если лист потерян, смените пароль в программе.",
        ),
        Block::Signatures(vec![
            Signature {
                post: "Передал(а): администратор".into(),
                name: short_name(&organization.administrator.name),
            },
            Signature {
                post: format!("Принял(а) на хранение:\n{}", head_post(organization.kind)),
                name: short_name(&organization.head),
            },
        ]),
    ];
    Composed { layout: PageLayout::Portrait, made_on: today, blocks, page_numbers: false }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::documents::docx_file;

    #[test]
    fn the_page_holds_every_group_and_what_it_is_for() {
        let card = Organization { name: "Школа № 14".into(), ..Organization::default() };
        let groups: Vec<String> = (10..24).map(|number| format!("AB{number}")).collect();
        let page = compose_recovery_page(&card, "школа.sferum", &groups, date(2026, 10, 12));
        let text = page.to_text();
        for words in groups.iter().map(String::as_str).chain([
            "Школа № 14",
            "школа.sferum",
            "12 октября 2026",
            "старый код больше не действует",
            "13–14:",
        ]) {
            assert!(text.contains(words), "{words}: {text}");
        }
        let bytes = docx_file(&page).expect("written");
        assert!(bytes.starts_with(b"PK"));
    }
}
