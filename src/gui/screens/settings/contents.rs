//! «Что было в файле»: categories and counts for the case of a leak, and the way to revoke every link by danger.

use crate::names::capitalized;
use egui::{Align, Layout, Ui, vec2};
use jiff::civil::Date;

use crate::gui::theme::{Tone, space};
use crate::gui::widgets::Button;
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::card::{card_ui, divider_ui};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::section::both_ends_ui;
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::regulation::{ContentsSubject, FileContents, LinkDanger, file_contents};
use crate::session::{FilePaper, PaperFormat};
use crate::wording::{counted, number};

const COLUMN: f32 = 74.0;
const ROW: f32 = 26.0;

/// The counts of a snapshot.
#[derive(Default)]
pub struct ContentsPage {
    made: Option<((u64, Date), FileContents)>,
}

/// Draws the section.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, page: &mut ContentsPage, actions: &mut Vec<Action>) {
    let version = context.snapshot.version();
    if page.made.as_ref().is_none_or(|(made_for, _)| *made_for != version) {
        page.made = Some((version, file_contents(context.register(), context.today)));
    }
    let Some((_, contents)) = &page.made else { return };
    Callout::neutral(
        "Если файл попал к посторонним",
        "Роскомнадзору сообщают в течение 24 часов, итоги расследования в течение 72 часов. Сначала аннулируйте ссылки",
    )
    .show(ui);
    links_ui(ui, context, contents, actions);
    people_ui(ui, context, contents, actions);
}

fn links_ui(ui: &mut Ui, context: &ScreenContext<'_>, contents: &FileContents, actions: &mut Vec<Action>) {
    let open = contents.open_link_count();
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, 6.0);
        label::lead_ui(ui, "Ссылки, по которым можно войти");
        if open == 0 {
            label::secondary_ui(ui, "Таких ссылок в файле нет");
            return;
        }
        label::caption_ui(ui, "Самые опасные сверху; тот же порядок будет в разборе");
        ui.spacing_mut().item_spacing.y = 0.0;
        for (danger, count) in &contents.open_links {
            let tone = if *danger <= LinkDanger::Children { Tone::Danger } else { Tone::Neutral };
            let words = capitalized(danger.words());
            both_ends_ui(
                ui,
                ROW,
                |ui| match tone {
                    Tone::Danger => label::line_ui(ui, &[Run::body(&words).tone(tone)]),
                    _ => label::line_ui(ui, &[Run::body(&words)]),
                },
                |ui| label::line_ui(ui, &[Run::body(&number(u64::from(*count))).medium()]),
            );
        }
        divider_ui(ui, 8.0);
        let word = format!("Аннулировать все ссылки ({open}) по порядку опасности");
        let reason = context.file.read_only.then_some("Файл открыт только для чтения");
        let button = Button::danger(&word).icon(icons::LINK_BREAK).disabled_because(reason);
        if ui.add(button).clicked() {
            actions.push(Action::Go(Destination::CleanupByDanger));
        }
    });
}

fn people_ui(ui: &mut Ui, context: &ScreenContext<'_>, contents: &FileContents, actions: &mut Vec<Action>) {
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, 6.0);
        let (_, pressed) = both_ends_ui(
            ui,
            space::CONTROL,
            |ui| label::lead_ui(ui, "Что было в файле"),
            |ui| ui.add(Button::outlined("Сохранить страницу…").icon(icons::FILE_ARROW_DOWN)).clicked(),
        );
        if pressed {
            let paper = Box::new(FilePaper::Contents);
            actions.push(Action::ChooseFilePaper { paper, format: PaperFormat::Docx });
        }
        let mut words = format!(
            "{}, выбыли {}",
            counted(contents.people_count().into(), "человек", "человека", "человек"),
            contents.departed
        );
        if contents.known_minors > 0 {
            words.push_str(&format!(", несовершеннолетних по датам рождения {}", contents.known_minors));
        }
        let password = if context.file.encrypted {
            "файл зашифрован"
        } else {
            "файл без пароля"
        };
        label::caption_ui(ui, &format!("{words}; {password}"));
        divider_ui(ui, 4.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        line_ui(ui, "", &ContentsSubject::ALL.map(short_words), true);
        for line in &contents.lines {
            let cells = line.people.map(|count| if count == 0 { "—".into() } else { number(count.into()) });
            line_ui(ui, line.category.words(), &cells.each_ref().map(String::as_str), false);
        }
        divider_ui(ui, 8.0);
        let text = "Паспортов, СНИЛС, адресов, паролей и сведений о здоровье программа не хранит. В журнале файла есть прежние \
                    значения";
        label::caption_ui(ui, text);
    });
}

fn short_words(subject: ContentsSubject) -> &'static str {
    match subject {
        ContentsSubject::Students => "ученики",
        ContentsSubject::Parents => "родители",
        ContentsSubject::Staff => "персонал",
        ContentsSubject::Others => "другие",
    }
}

fn line_ui(ui: &mut Ui, words: &str, cells: &[&str; 4], is_head: bool) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let rest = (ui.available_width() - 4.0 * COLUMN).max(120.0);
        ui.allocate_ui_with_layout(vec2(rest, ROW), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_size(vec2(rest, ROW));
            label::line_ui(ui, &[Run::body(words)]);
        });
        for cell in cells {
            ui.allocate_ui_with_layout(vec2(COLUMN, ROW), Layout::right_to_left(Align::Center), |ui| {
                ui.set_min_size(vec2(COLUMN, ROW));
                let run = if is_head { Run::caption(cell) } else { Run::body(cell) };
                label::line_ui(ui, &[run]);
            });
        }
    });
}
