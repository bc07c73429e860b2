//! «Раздать классным»: one row a class teacher, one button that copies the message and records the hand-over
//! (duties 2.3-4, 2.3-5).

mod message;
mod rows;
mod texts_dialog;

use egui::{Key, Modifiers, Ui};
use jiff::civil::Date;

use self::message::{Texts, label_of, message};
use self::rows::{HandOutList, TeacherRow};
use self::texts_dialog::TextsDialog;
use super::acts::seen;
use super::words::{day_words, links_counted, listed};
use crate::gui::action::LinksPage;
use crate::gui::screens::excel_rows::excel_text;
use crate::gui::screens::group_titles::group_titles;
use crate::gui::theme::Tone;
use crate::gui::widgets::button::named_link_button_ui;
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::card::inset_card_ui;
use crate::gui::widgets::empty_state::EmptyState;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::page::Inspector;
use crate::gui::widgets::section::section_ui;
use crate::gui::widgets::shortcut::consume_shortcut_physical;
use crate::gui::widgets::table::{Column, DataTable, TALL_ROW, Width};
use crate::gui::widgets::table_cell::Cell;
use crate::gui::widgets::table_keys::{TableKey, table_keys};
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::register::{HandOver, HandOverWay, Operation};
use crate::session::{LinkPaper, PaperFormat, QrCardsRequest, Snapshot};
use crate::wording::{counted, number, plural};

/// The key of the school's own words in the file.
pub(super) const WORKSPACE_KEY: &str = "hand-out-texts";

const TABLE: &str = "hand out";

/// State of the page.
#[derive(Default)]
pub(super) struct HandOutState {
    list: HandOutList,
    made_for: Option<(u64, Date)>,
    cursor: Option<usize>,
    scroll_to_cursor: bool,
    texts: Texts,
    dialog: Option<TextsDialog>,
}

impl HandOutState {
    /// Takes the school's own words; what cannot be read leaves ours.
    pub(super) fn resume_from(&mut self, kept: &str) {
        self.texts = serde_json::from_str(kept).unwrap_or_default();
    }

    /// The words around a link of a role.
    pub(super) fn words_of(&self, role: crate::names::Role) -> &str {
        self.texts.of(role)
    }

    fn refresh(&mut self, snapshot: &Snapshot) {
        if self.made_for != Some(snapshot.version()) {
            self.list = HandOutList::of(snapshot);
            self.made_for = Some(snapshot.version());
        }
    }
}

/// Draws the page.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut HandOutState,
    actions: &mut Vec<Action>,
) {
    state.refresh(context.snapshot);
    if state.dialog.is_none() {
        keys(ui, context, state, actions);
    }
    let selected = state.cursor.and_then(|row| state.list.rows.get(row)).cloned();
    if let Some(row) = &selected
        && !context.narrow
    {
        card_ui(ui, context, state, row, actions);
    }
    header_ui(ui, context, state, actions);
    if state.list.rows.is_empty() {
        empty_ui(ui, state, actions);
    } else {
        without_teacher_ui(ui, state);
        table_ui(ui, context, state, actions);
    }
    dialog_ui(ui, context, state, actions);
}

fn header_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut HandOutState, actions: &mut Vec<Action>) {
    let waiting = state.list.rows.iter().filter(|row| !row.fresh.is_empty()).count();
    let all = state.list.rows.len();
    let subtitle = match waiting {
        0 => format!("Роздано всем: {}", number(all as u64)),
        waiting => format!(
            "{} {} из {all}, кому есть что отдать",
            plural(waiting as u64, "Остался", "Осталось", "Осталось"),
            number(waiting as u64)
        ),
    };
    let subtitle = if all == 0 { String::new() } else { subtitle };
    page::header_ui(ui, "Раздать классным", &subtitle, |ui| {
        if ui.add(Button::outlined("К ссылкам").icon(icons::ARROW_LEFT).key("Esc")).clicked() {
            actions.push(Action::Go(Destination::LinksPage(LinksPage::List)));
        }
        let excel = if context.narrow {
            Button::icon_only(icons::TABLE, "Копировать для Excel")
        } else {
            Button::outlined("Для Excel").icon(icons::TABLE).accessible_name("Копировать для Excel")
        };
        if !state.list.rows.is_empty() && ui.add(excel).clicked() {
            actions.push(copy_for_excel(&state.list, context.today));
        }
        let because = context.file.read_only.then_some("Файл открыт только для чтения");
        let words = Button::outlined("Тексты").icon(icons::PENCIL_SIMPLE);
        let words = words.accessible_name("Изменить тексты сообщений").disabled_because(because);
        if ui.add(words).clicked() {
            state.dialog = Some(TextsDialog::new(state.texts.clone()));
        }
    });
}

fn empty_ui(ui: &mut Ui, state: &HandOutState, actions: &mut Vec<Action>) {
    let (title, sentence) = if state.list.without_teacher.is_empty() {
        ("Раздавать пока нечего", "Здесь будет готовое сообщение для каждого классного руководителя")
    } else {
        ("Раздать некому", "Ссылки есть, но классные руководители не назначены")
    };
    if EmptyState::new(icons::LINK_SIMPLE, title, sentence).primary(icons::PLUS, "Выпустить ссылки").show(ui)
    {
        actions.push(Action::Go(Destination::LinksPage(LinksPage::Issue)));
    }
}

fn without_teacher_ui(ui: &mut Ui, state: &HandOutState) {
    if state.list.without_teacher.is_empty() {
        return;
    }
    let words = format!("Некому отдать, классный не назначен: {}", listed(&state.list.without_teacher, 8));
    page::filter_bar_ui(ui, |ui| {
        label::icon_line_ui(ui, icons::WARNING, Tone::Attention, &[Run::caption(&words).main()]);
    });
}

fn table_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut HandOutState, actions: &mut Vec<Action>) {
    let little_room = context.narrow || state.cursor.is_some();
    let columns = [
        Column::left(
            group_titles(context.register().organization().kind).1,
            Width::Exact(if little_room { 200.0 } else { 250.0 }),
        )
        .unsortable(),
        Column::left("Ссылки", Width::Remainder(150.0)).unsortable(),
        Column::left("Состояние", Width::Exact(if little_room { 164.0 } else { 190.0 })).unsortable(),
        Column::left("", Width::Exact(170.0)).unsortable(),
    ];
    let mut copied = None;
    let (rows, cursor) = (&state.list.rows, state.cursor);
    let scroll_to = std::mem::take(&mut state.scroll_to_cursor).then_some(cursor).flatten();
    let response = DataTable::new(TABLE, &columns)
        .accessible_name("Классные руководители и их ссылки")
        .row_height(TALL_ROW)
        .scroll_to_row(scroll_to)
        .show(
            ui,
            rows.len(),
            |row| cursor == Some(row),
            |row, column, cell| {
                let Some(known) = rows.get(row) else { return };
                match column {
                    0 => cell.two_lines(&[Run::body(&known.name).medium()], &[Run::caption(&known.classes)]),
                    1 => {
                        cell.text_secondary(&known.links_words);
                    }
                    2 => state_ui(cell, known, context.today),
                    _ => {
                        let name = format!("Скопировать сообщение: {}", known.name);
                        let button = Button::outlined("Скопировать").icon(icons::COPY).in_bar();
                        if cell.ui().add(button.accessible_name(&name)).clicked() {
                            copied = Some(row);
                        }
                    }
                }
            },
        );
    if let Some((row, _)) = response.clicked_row {
        state.cursor = Some(row);
    }
    if let Some(row) = copied {
        copy(context, state, row, actions);
    }
}

fn state_ui(cell: &mut Cell<'_>, row: &TeacherRow, today: Date) {
    let words = state_words(row, today);
    if row.fresh.is_empty() {
        cell.quiet_badge(Tone::Good, icons::CHECK, &words);
    } else {
        cell.quiet_badge(Tone::Attention, icons::HOURGLASS_MEDIUM, &words);
    }
}

/// «2 ссылки отдать», «передано сегодня».
fn state_words(row: &TeacherRow, today: Date) -> String {
    match (row.fresh.len(), row.handed_to_them_on.or(row.handed_on)) {
        (0, Some(on)) => format!("передано {}", day_words(on, today)),
        (0, None) => "передано до учёта".into(),
        (fresh, _) => format!("{} отдать", links_counted(fresh)),
    }
}

/// Who has what, without addresses.
fn copy_for_excel(list: &HandOutList, today: Date) -> Action {
    let rows = list
        .rows
        .iter()
        .map(|row| [row.name.clone(), row.classes.clone(), row.links_words.clone(), state_words(row, today)]);
    let text = excel_text(&["Классный руководитель", "Классы", "Ссылки", "Состояние"], rows);
    let count = counted(list.rows.len() as u64, "строка", "строки", "строк");
    Action::CopyText {
        text, what: format!("Скопировано для Excel: {count}, без адресов")
    }
}

/// Copies the message; links that lay in reserve are recorded as handed over. Those handed over earlier keep
/// their day: their age counts from it.
fn copy(context: &ScreenContext<'_>, state: &mut HandOutState, row: usize, actions: &mut Vec<Action>) {
    let Some(known) = state.list.rows.get(row).cloned() else { return };
    state.cursor = Some(row);
    let text = text_of(context, &state.texts, &known, false);
    actions.push(Action::CopySecret {
        text, what: format!("Сообщение скопировано: {}", known.name)
    });
    if known.fresh.is_empty() || context.file.read_only {
        return;
    }
    let hand_over = HandOver {
        on: Some(context.today),
        way: HandOverWay::ClassTeacher,
        to: Some(known.teacher),
        note: String::new(),
    };
    let count = known.fresh.len();
    let handed = plural(count as u64, "передана", "переданы", "передано");
    let done =
        format!("Скопировано и записано: {} {handed} через классного, {}", links_counted(count), known.name);
    let seen = seen(context, &known.fresh);
    actions.push(Action::execute(Operation::HandOverInvites { seen, hand_over }, done));
}

fn text_of(context: &ScreenContext<'_>, texts: &Texts, row: &TeacherRow, masked: bool) -> String {
    // What is sent names the teacher even while names are hidden on screen.
    let register = if masked { context.register() } else { &context.unveiled.register };
    let Some(teacher) = register.person(row.teacher) else { return String::new() };
    let invites = seen(context, &row.links);
    let links: Vec<_> = invites.iter().map(|invite| (label_of(register, invite), invite.as_ref())).collect();
    message(texts, &teacher.name, &links, masked, context.today)
}

/// The message of the chosen teacher as it will be copied, the addresses masked.
fn card_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut HandOutState,
    row: &TeacherRow,
    actions: &mut Vec<Action>,
) {
    let subtitle = format!("{}, {}", row.classes, links_counted(row.links.len()));
    let response = Inspector::new(&row.name, &subtitle).show(
        ui,
        |ui| {
            section_ui(ui, "Сообщение");
            ui.add_space(6.0);
            let text = text_of(context, &state.texts, row, true);
            inset_card_ui(ui, 14, |ui| {
                label::rich_ui(ui, &[Run::body(&text).line_height(20.0)]);
            });
            ui.add_space(10.0);
            let text = "На экране видны только концы адресов, в буфер попадут целые.";
            label::caption_ui(ui, text);
            ui.add_space(6.0);
            for (group, label) in &row.groups {
                let name = format!("Карточки с QR-кодом: {label}");
                if named_link_button_ui(ui, Some(icons::FILE_TEXT), &name, &name).clicked() {
                    let paper = Box::new(LinkPaper::QrCards(QrCardsRequest::of_class(*group)));
                    actions.push(Action::choose_paper(paper, PaperFormat::Docx));
                }
            }
            if row.fresh.is_empty() {
                ui.add_space(8.0);
                let text = "Всё уже передано. Копировать можно ещё раз: дата передачи не изменится.";
                Callout::neutral("", text).show(ui);
            }
        },
        |ui| {
            let copy = Button::primary("Скопировать сообщение").icon(icons::COPY);
            ui.add(copy.key("Enter")).clicked()
        },
    );
    if response.closed {
        state.cursor = None;
    } else if response.foot {
        copy(context, state, state.cursor.unwrap_or_default(), actions);
    }
}

fn keys(ui: &Ui, context: &ScreenContext<'_>, state: &mut HandOutState, actions: &mut Vec<Action>) {
    for key in table_keys(ui, TABLE) {
        match key {
            TableKey::Open => {
                if let Some(row) = state.cursor {
                    copy(context, state, row, actions);
                }
            }
            TableKey::Escape => leave(state, actions),
            key => {
                if let Some(target) = key.target(state.cursor, state.list.rows.len(), 8) {
                    state.cursor = Some(target);
                    state.scroll_to_cursor = true;
                }
            }
        }
    }
    if consume_shortcut_physical(ui.ctx(), Modifiers::NONE, Key::Escape) {
        leave(state, actions);
    }
}

/// Escape closes the card first.
fn leave(state: &mut HandOutState, actions: &mut Vec<Action>) {
    if state.cursor.take().is_none() {
        actions.push(Action::Go(Destination::LinksPage(LinksPage::List)));
    }
}

fn dialog_ui(ui: &Ui, context: &ScreenContext<'_>, state: &mut HandOutState, actions: &mut Vec<Action>) {
    let Some(dialog) = &mut state.dialog else { return };
    match dialog.show(ui) {
        texts_dialog::Answer::Open => {}
        texts_dialog::Answer::Closed => state.dialog = None,
        texts_dialog::Answer::Wanted(texts) => {
            state.dialog = None;
            if !context.file.read_only {
                let ours = *texts == Texts::default();
                let value = if ours { None } else { serde_json::to_string(&*texts).ok() };
                actions.push(Action::KeepWorkspace { key: WORKSPACE_KEY, value });
            }
            state.texts = *texts;
            actions.push(Action::Say("Тексты сохранены".into()));
        }
    }
}
