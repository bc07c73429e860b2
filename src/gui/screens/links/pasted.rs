//! «Вставить список»: many lines with links at once, seen row by row before anything is recorded.

use egui::Ui;

use super::steps::{date_field_ui, optional, past};
use super::words::links_accusative;
use crate::gui::theme::{Ink, Tone};
use crate::gui::widgets::button::{link_button_ui, named_link_button_ui};
use crate::gui::widgets::card::divider_ui;
use crate::gui::widgets::choice::segmented_ui;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::section::both_ends_ui;
use crate::gui::{Action, ScreenContext, icons};
use crate::names::AddressProblem;
use crate::register::{
    HandOver, HandOverWay, Invite, Operation, PastedInvite, PastedInviteProblem, read_pasted_invites,
    read_table_invites,
};
use crate::regulation::{current_year, target_title};
use crate::session::InviteFile;
use crate::wording::{counted, date_short, list_of, role_name};

/// The open form.
pub(super) struct PasteForm {
    text: String,
    /// Read instead of the text.
    file: Option<InviteFile>,
    /// 0: handed over, 1: in reserve.
    standing: usize,
    handed_over_on: String,
    read: Vec<PastedInvite>,
    read_for: Option<(u64, String)>,
}

impl PasteForm {
    pub(super) fn new(text: String) -> Self {
        Self {
            text,
            file: None,
            standing: 0,
            handed_over_on: String::new(),
            read: Vec::new(),
            read_for: None,
        }
    }

    /// Links of a table: its addresses are never shown whole.
    pub(super) fn of_file(file: InviteFile) -> Self {
        Self { file: Some(file), ..Self::new(String::new()) }
    }

    /// Draws it; answers whether it is closed.
    pub(super) fn show(&mut self, ui: &Ui, context: &ScreenContext<'_>, actions: &mut Vec<Action>) -> bool {
        self.read_again(context);
        let good = self.read.iter().filter(|line| line.outcome.is_ok()).count();
        let day = optional(&self.handed_over_on, |text| past(text, context.today));
        let because = match (good, &day) {
            (0, _) => Some("Нет ни одной строки, которую можно записать"),
            (_, Err(problem)) if self.standing == 0 => Some(*problem),
            _ => None,
        };
        let word = if good == 0 {
            "Записать".to_owned()
        } else {
            format!("Записать {}", links_accusative(good))
        };
        let (answer, ()) = Dialog::new("pasted links", "Вставить список ссылок")
            .width(760.0)
            .confirm(&word)
            .disabled_because(because)
            .show(ui.ctx(), |ui| self.body_ui(ui, context, good, actions));
        if answer == DialogAnswer::Confirmed {
            let on = day.unwrap_or_default();
            let invites: Vec<Invite> = self.invites(context, on);
            let done = format!("{} в учёт", super::words::links_done("Записан", invites.len()));
            actions.push(Action::execute(Operation::AddInvites(invites), done));
        }
        answer != DialogAnswer::Open
    }

    fn read_again(&mut self, context: &ScreenContext<'_>) {
        let revision = context.register().revision;
        if self.read_for.as_ref().is_some_and(|(read, text)| *read == revision && *text == self.text) {
            return;
        }
        let year = current_year(context.register(), context.today);
        self.read = match &self.file {
            Some(file) => read_table_invites(context.register(), &file.table, year),
            None => read_pasted_invites(context.register(), &self.text, year),
        };
        self.read_for = Some((revision, self.text.clone()));
    }

    /// The file that was read, with the way back to typing.
    fn file_ui(&mut self, ui: &mut Ui) {
        let Some(file) = &self.file else { return };
        let mut drops = false;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            label::line_ui(ui, &[Run::body(&format!("Файл «{}»", file.name)).medium()]);
            drops = link_button_ui(ui, "Вписать вместо этого").clicked();
        });
        if !file.unread_sheets.is_empty() {
            let names: Vec<String> = file.unread_sheets.iter().map(|name| format!("«{name}»")).collect();
            let words =
                format!("На других листах тоже есть ссылки, они не прочитаны: {}", list_of(&names, 5));
            label::caption_ui(ui, &words);
        }
        if drops {
            self.file = None;
            self.read_for = None;
        }
    }

    fn text_ui(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let way = "По ссылке в строке, слова в любом порядке: «7Б родители https://…»";
        let from_file = both_ends_ui(
            ui,
            24.0,
            |ui| label::caption_ui(ui, way),
            |ui| named_link_button_ui(ui, Some(icons::FILE_XLS), "Из файла…", "Ссылки из файла…").clicked(),
        );
        if from_file.1 {
            actions.push(Action::ChooseInviteTable);
        }
        let edit = TextField::bare("Строки со ссылками", &mut self.text)
            .rows(5)
            .hint("7Б родители https://max.ru/join/…\n7Б ученики https://max.ru/join/…");
        let response = edit.show(ui);
        if self.text.is_empty() && ui.memory(|memory| memory.focused().is_none()) {
            response.request_focus();
        }
    }

    fn body_ui(&mut self, ui: &mut Ui, context: &ScreenContext<'_>, good: usize, actions: &mut Vec<Action>) {
        match self.file {
            Some(_) => self.file_ui(ui),
            None => self.text_ui(ui, actions),
        }
        if !self.read.is_empty() {
            self.preview_ui(ui, context, good);
            ui.add_space(4.0);
        }
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 24.0;
            ui.vertical(|ui| {
                ui.add_space(22.0);
                segmented_ui(ui, "Эти ссылки", &mut self.standing, &["Уже розданы", "В запасе"]);
            });
            if self.standing == 0 {
                date_field_ui(ui, "Когда, если помните", &mut self.handed_over_on, |text| {
                    optional(text, |text| past(text, context.today)).err()
                });
            }
        });
    }

    fn preview_ui(&self, ui: &mut Ui, context: &ScreenContext<'_>, good: usize) {
        let bad = self.read.len() - good;
        let summary = match (good, bad) {
            (_, 0) => format!("Распознано: {}", counted(good as u64, "строка", "строки", "строк")),
            _ => format!(
                "Распознано: {}, не записать: {bad}",
                counted(good as u64, "строка", "строки", "строк")
            ),
        };
        label::line_ui(ui, &[Run::body(&summary).medium()]);
        ui.spacing_mut().item_spacing.y = 0.0;
        let rows = self.read.len();
        egui::ScrollArea::vertical().id_salt("pasted lines").max_height(220.0).show_rows(
            ui,
            33.0,
            rows,
            |ui, range| {
                for line in &self.read[range] {
                    line_ui(ui, context, line);
                }
            },
        );
        ui.spacing_mut().item_spacing.y = 12.0;
    }

    fn invites(&self, context: &ScreenContext<'_>, on: Option<jiff::civil::Date>) -> Vec<Invite> {
        let recognised = self.read.iter().filter_map(|line| line.outcome.as_ref().ok());
        let handed_over = (self.standing == 0).then(|| HandOver {
            on,
            way: HandOverWay::ClassTeacher,
            to: None,
            note: String::new(),
        });
        recognised
            .map(|found| Invite {
                handed_over: handed_over.clone(),
                expires_on: found.expires_on,
                ..Invite::in_reserve(found.target, found.role, found.address.clone(), context.today)
            })
            .collect()
    }
}

fn line_ui(ui: &mut Ui, context: &ScreenContext<'_>, line: &PastedInvite) {
    let number = format!("{}", line.line);
    let (tone, icon) = match &line.outcome {
        Ok(found) if found.shape.warning().is_some() => (Tone::Attention, icons::WARNING),
        Ok(_) => (Tone::Good, icons::CHECK),
        Err(_) => (Tone::Danger, icons::WARNING_CIRCLE),
    };
    let row = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(egui::vec2(ui.available_width(), 32.0), row, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let cell = |ui: &mut Ui, width: f32, run: Run<'_>| {
            ui.allocate_ui_with_layout(egui::vec2(width, 32.0), row, |ui| {
                ui.set_min_width(width);
                label::line_ui(ui, &[run]);
            });
        };
        cell(ui, 28.0, Run::body(&number).secondary());
        cell(ui, 220.0, Run::body(&line.words).secondary());
        label::icon_ui(ui, icon, 16.0, Ink::Tone(tone));
        match &line.outcome {
            Ok(found) => {
                let title = target_title(context.register(), found.target);
                let until =
                    found.expires_on.map_or_else(String::new, |day| format!("  до {}", date_short(day)));
                let role = format!("  {}  {}{until}", role_name(found.role), found.address.tail());
                let response =
                    label::line_ui(ui, &[Run::body(&title).medium(), Run::body(&role).secondary()]);
                if let Some(warning) = found.shape.warning() {
                    response.on_hover_text(warning);
                }
            }
            Err(problem) => {
                let words = problem_words(*problem, context);
                label::line_ui(ui, &[Run::body(&words).tone(Tone::Danger)]);
            }
        }
    });
    divider_ui(ui, 0.0);
}

/// A problem of a line in words.
fn problem_words(problem: PastedInviteProblem, context: &ScreenContext<'_>) -> String {
    match problem {
        PastedInviteProblem::NoAddress => "нет адреса ссылки".into(),
        PastedInviteProblem::SeveralAddresses(count) => {
            format!("в строке {}: оставьте по одной", counted(count as u64, "ссылка", "ссылки", "ссылок"))
        }
        PastedInviteProblem::Address(problem) => lower_first(address_words(problem)),
        PastedInviteProblem::NotAnInvite(shape) => {
            lower_first(shape.warning().unwrap_or("Это не приглашение").trim_end_matches('.'))
        }
        PastedInviteProblem::NoTarget => "такого класса, группы или чата нет: допишите название".into(),
        PastedInviteProblem::SeveralTargets => "подходит несколько классов: оставьте один".into(),
        PastedInviteProblem::NoRole => "не сказано, для кого: допишите «родители» или «ученики»".into(),
        PastedInviteProblem::AlreadyRecorded(id) => {
            let title = context.snapshot.invites.get(id).map_or("", |row| row.target_title.as_str());
            format!("уже записана: {title}")
        }
        PastedInviteProblem::RepeatsLine(line) => format!("повторяет строку {line}"),
        PastedInviteProblem::Expiry => "срок не похож на дату".into(),
        PastedInviteProblem::Revoked => "в списке она аннулирована".into(),
    }
}

/// Why an address is not taken, in words.
pub(super) fn address_words(problem: AddressProblem) -> &'static str {
    match problem {
        AddressProblem::Empty => "Адреса нет",
        AddressProblem::NoScheme => "Адрес начинается с https://",
        AddressProblem::NoHost => "В адресе нет имени сайта",
        AddressProblem::InnerWhitespace => "В адресе пробел: это две ссылки или адрес разорван",
        AddressProblem::TooLong => "Адрес слишком длинный",
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
    first + letters.as_str()
}
