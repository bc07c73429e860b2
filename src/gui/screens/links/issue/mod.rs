//! «Выпустить ссылки»: one field for each class and role that lacks a link, the focus moving on by itself
//! (duty 2.3-4).

mod rows;

use std::collections::HashMap;

use egui::{Id, Key, Modifiers, Rect, Ui, UiBuilder, pos2, vec2};
use jiff::civil::Date;

use self::rows::{Draft, IssueRow, Verdict};
use super::words::{links_accusative, links_done};
use crate::gui::action::LinksPage;
use crate::gui::screens::excel_rows::excel_text;
use crate::gui::theme::{Ink, Tokens, Tone};
use crate::gui::widgets::empty_state::EmptyState;
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::progress::progress_ui;
use crate::gui::widgets::shortcut::consume_shortcut_physical;
use crate::gui::widgets::{Button, page, paint};
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::names::{InviteAddress, Role, find_addresses};
use crate::register::{Invite, InviteId, Operation, Target};
use crate::session::Snapshot;
use crate::wording::{counted, number, role_plural};

/// The key of the unsaved addresses in the file.
pub(super) const WORKSPACE_KEY: &str = "issue-links";

const ROW: f32 = 44.0;
/// A row with a line under its field.
const ROW_WITH_WORDS: f32 = 66.0;

/// State of the page.
#[derive(Default)]
pub(super) struct IssueState {
    rows: Vec<IssueRow>,
    texts: Vec<String>,
    verdicts: Vec<Verdict>,
    /// Everything typed here, so that an undone saving gives the addresses back.
    typed: HashMap<(Target, Role), String>,
    recorded: HashMap<InviteAddress, InviteId>,
    made_for: Option<(u64, Date)>,
    go_to: Option<usize>,
    focused: Option<usize>,
    had_text_focus: bool,
    /// Something was typed since it was last put into the file.
    dirty: bool,
    /// It goes into the file now: a whole address is there, or the field was left.
    unsaved: bool,
    started: bool,
}

/// Draws the page.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut IssueState,
    actions: &mut Vec<Action>,
) {
    state.refresh(context.snapshot);
    if !state.started {
        state.started = true;
        state.go_to = state.next_empty(None);
    }
    let saves = ui.ctx().input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    if header_ui(ui, context, state, actions) || saves {
        state.save(context, actions);
    }
    if state.rows.is_empty() {
        let sentence = "У каждого класса и каждой роли есть ссылка, которую можно раздать";
        let done = EmptyState::done("Выпускать нечего", sentence);
        if done.button(Button::primary("Раздать классным")).show(ui) {
            actions.push(Action::Go(Destination::LinksPage(LinksPage::HandOut)));
        }
    } else {
        if hint_ui(ui, context, state) {
            actions.push(copy_for_excel(state));
        }
        rows_ui(ui, context, state);
    }
    state.leave_by_escape(ui, actions);
    state.keep(context, actions);
}

fn header_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &IssueState,
    actions: &mut Vec<Action>,
) -> bool {
    let good = state.good();
    let subtitle = "Создайте ссылку в кабинете, вставьте сюда: курсор уходит ниже сам";
    let save = if good == 0 {
        "Сохранить".to_owned()
    } else {
        format!("Сохранить {}", links_accusative(good))
    };
    let because = if context.file.read_only {
        Some("Файл открыт только для чтения")
    } else if good == 0 {
        Some("Вставьте хотя бы один адрес")
    } else {
        None
    };
    let subtitle = if context.narrow { "" } else { subtitle };
    page::header_above_filters_ui(ui, "Выпустить ссылки", subtitle, |ui| {
        if ui.add(Button::outlined("К ссылкам").icon(icons::ARROW_LEFT).key("Esc")).clicked() {
            actions.push(Action::Go(Destination::LinksPage(LinksPage::List)));
        }
        let button = Button::primary(&save).key("Ctrl Enter").disabled_because(because);
        !state.rows.is_empty() && ui.add(button).clicked()
    })
}

/// Answers whether the table is to be copied.
fn hint_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &IssueState) -> bool {
    let (good, all) = (state.good(), state.rows.len());
    let count = format!("{} из {}", number(good as u64), number(all as u64));
    let refused = state.verdicts.iter().filter(|verdict| matches!(verdict, Verdict::Refused(_))).count();
    page::filter_bar_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        label::line_ui(ui, &[Run::body(&count).semibold()]);
        progress_ui(ui, 200.0, 6.0, good as f32 / all.max(1) as f32, &format!("Вписано {count}"));
        if refused > 0 {
            let words = format!("не записать: {refused}");
            label::icon_line_ui(ui, icons::WARNING_CIRCLE, Tone::Danger, &[Run::caption(&words).main()]);
        }
        if !context.narrow {
            label::line_ui(
                ui,
                &[Run::caption("Здесь только те, у кого ссылки нет. Новые ссылки ложатся в запас.")],
            );
        }
        page::trailing_ui(ui, "issue-excel", |ui| {
            let excel = Button::ghost("Для Excel").icon(icons::TABLE).in_bar();
            let excel = excel.accessible_name("Копировать для Excel").tooltip("Копировать для Excel");
            ui.add(excel).clicked()
        })
    })
}

/// The rows of the page; of an address only its end, since the table is passed on.
fn copy_for_excel(state: &IssueState) -> Action {
    let rows = state.rows.iter().zip(&state.verdicts).map(|(row, verdict)| {
        let typed = match verdict {
            Verdict::Empty => String::new(),
            Verdict::Good(address, _) => address.tail(),
            Verdict::Refused(why) => format!("не записать: {why}"),
        };
        [row.label.clone(), role_plural(row.role).to_owned(), row.chat_title.clone(), typed]
    });
    let text = excel_text(&["Класс", "Роль", "Чат", "Вписано"], rows);
    let count = counted(state.rows.len() as u64, "строка", "строки", "строк");
    Action::CopyText {
        text, what: format!("Скопировано для Excel: {count}, без адресов")
    }
}

/// Where the columns stand.
struct Columns {
    label: f32,
    role: f32,
    place: Option<f32>,
    field: f32,
    field_width: f32,
    mark: f32,
}

impl Columns {
    fn of(room: Rect, narrow: bool) -> Self {
        let label = room.left() + 24.0;
        let role = label + 112.0;
        let place = (!narrow).then_some(role + 104.0);
        let field = place.map_or(role + 104.0, |place| place + 172.0);
        let mark = room.right() - 40.0;
        Self { label, role, place, field, field_width: (mark - field - 12.0).min(560.0), mark }
    }
}

fn rows_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut IssueState) {
    let room = ui.available_rect_before_wrap();
    ui.painter().rect_filled(room, 0.0, Tokens::of(ui).surface);
    paint::horizontal_line(ui.painter(), room.x_range(), room.top(), Tokens::of(ui).border);
    let tops: Vec<f32> = state
        .verdicts
        .iter()
        .scan(0.0, |top, verdict| {
            let this = *top;
            *top += height_of(verdict);
            Some(this)
        })
        .collect();
    let whole = tops.last().copied().unwrap_or(0.0) + state.verdicts.last().map_or(0.0, height_of);
    let go_to = state.go_to.take();
    let mut moved = None;
    egui::ScrollArea::vertical().id_salt("issue rows").auto_shrink(false).show_viewport(ui, |ui, seen| {
        ui.set_height(whole);
        let origin = ui.max_rect().min;
        let columns =
            Columns::of(Rect::from_min_size(origin, vec2(ui.max_rect().width(), whole)), context.narrow);
        for (row, top) in tops.iter().copied().enumerate() {
            let height = height_of(&state.verdicts[row]);
            let in_sight = top + height >= seen.top() && top <= seen.bottom();
            // A field that has the focus, or is to get it, must exist to keep it.
            if !in_sight && go_to != Some(row) && state.focused != Some(row) {
                continue;
            }
            let rect =
                Rect::from_min_size(pos2(origin.x, origin.y + top), vec2(ui.max_rect().width(), height));
            if go_to == Some(row) {
                ui.scroll_to_rect_animation(rect.expand(ROW), None, egui::style::ScrollAnimation::none());
            }
            let happened = row_ui(ui, state, row, rect, &columns, go_to == Some(row));
            moved = moved.take().or(happened);
        }
    });
    if let Some(moved) = moved {
        state.judge(context.snapshot);
        state.go_to = moved.target(state);
        ui.ctx().request_repaint();
    }
}

fn height_of(verdict: &Verdict) -> f32 {
    match verdict {
        Verdict::Empty | Verdict::Good(_, None) => ROW,
        Verdict::Good(_, Some(_)) | Verdict::Refused(_) => ROW_WITH_WORDS,
    }
}

/// What happened in a field.
enum Moved {
    Stays,
    /// The address of this row is whole.
    On(usize),
    To(usize),
}

impl Moved {
    fn target(self, state: &IssueState) -> Option<usize> {
        match self {
            Moved::Stays => None,
            Moved::To(row) => (row < state.rows.len()).then_some(row),
            Moved::On(row) => match state.verdicts.get(row) {
                Some(Verdict::Good(_, None)) => state.next_empty(Some(row)),
                _ => None,
            },
        }
    }
}

fn row_ui(
    ui: &mut Ui,
    state: &mut IssueState,
    row: usize,
    rect: Rect,
    columns: &Columns,
    takes_focus: bool,
) -> Option<Moved> {
    let tokens = Tokens::of(ui);
    let known = state.rows[row].clone();
    let line = rect.top() + ROW / 2.0;
    paint::horizontal_line(ui.painter(), rect.x_range(), rect.bottom() - 1.0, tokens.row_line);
    let word = |left: f32, width: f32, run: Run<'_>| {
        let galley = paint::line(ui, &[run], width);
        paint::put_left(ui.painter(), pos2(left, line), galley);
    };
    // The label stands at every row: rows scroll, and a lone «родители» would belong to nobody.
    let run = Run::body(&known.label);
    word(columns.label, 104.0, if known.begins_group { run.medium() } else { run.secondary() });
    word(columns.role, 96.0, Run::body(role_plural(known.role)).secondary());
    if let Some(place) = columns.place {
        let title = if known.chat_title.is_empty() { "в группу" } else { known.chat_title.as_str() };
        word(place, 164.0, Run::caption(title));
    }
    let field_rect = Rect::from_min_max(
        pos2(columns.field, rect.top() + 6.0),
        pos2(columns.mark - 12.0, rect.bottom() - 4.0),
    );
    let id = Id::unique(("issue field", known.target, known.role));
    let letters_before = state.texts[row].chars().count();
    let name = format!("Адрес ссылки: {}", known.subject());
    let is_refused = matches!(state.verdicts[row], Verdict::Refused(_));
    let mut child = ui.new_child(UiBuilder::new().id_salt(("issue row", row)).max_rect(field_rect));
    child.spacing_mut().item_spacing.y = 3.0;
    let response = TextField::bare(&name, &mut state.texts[row])
        .id(id)
        .hint("https://max.ru/join/…")
        .width(columns.field_width)
        .show(&mut child);
    words_ui(&mut child, &state.verdicts[row]);
    mark_ui(ui, &state.verdicts[row], pos2(columns.mark, line));
    if takes_focus {
        response.request_focus();
    }
    if response.has_focus() {
        state.focused = Some(row);
    } else if state.focused == Some(row) {
        state.focused = None;
    }
    if response.changed() {
        state.dirty = true;
        let whole = state.spread(row) > 1 || rows::is_whole(&state.texts[row], letters_before);
        state.unsaved |= whole;
        return Some(if whole { Moved::On(row) } else { Moved::Stays });
    }
    state.unsaved |= response.lost_focus() && state.dirty;
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    if response.lost_focus() && pressed(Key::Enter) && !is_refused {
        return Some(Moved::To(row + 1));
    }
    if response.has_focus() && pressed(Key::ArrowDown) {
        return Some(Moved::To(row + 1));
    }
    if response.has_focus() && pressed(Key::ArrowUp) {
        return Some(Moved::To(row.saturating_sub(1)));
    }
    None
}

fn words_ui(ui: &mut Ui, verdict: &Verdict) {
    let (tone, icon, words) = match verdict {
        Verdict::Refused(words) => (Tone::Danger, icons::WARNING_CIRCLE, words.as_str()),
        Verdict::Good(_, Some(words)) => (Tone::Attention, icons::WARNING, *words),
        Verdict::Empty | Verdict::Good(_, None) => return,
    };
    let row = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(vec2(ui.available_width(), 18.0), row, |ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        label::icon_ui(ui, icon, 15.0, Ink::Tone(tone));
        label::line_ui(ui, &[Run::caption(words).tone(tone)]).on_hover_text(words);
    });
}

fn mark_ui(ui: &Ui, verdict: &Verdict, center: egui::Pos2) {
    let tokens = Tokens::of(ui);
    match verdict {
        Verdict::Good(..) => paint::icon(ui.painter(), center, icons::CHECK, 17.0, tokens.good),
        Verdict::Refused(_) => paint::icon(ui.painter(), center, icons::X, 15.0, tokens.danger),
        Verdict::Empty => {}
    }
}

impl IssueState {
    /// Takes what an earlier sitting left in the file; what cannot be read is forgotten.
    pub(super) fn resume_from(&mut self, kept: &str) {
        let drafts: Vec<Draft> = serde_json::from_str(kept).unwrap_or_default();
        self.typed = drafts.into_iter().map(|draft| ((draft.target, draft.role), draft.text)).collect();
    }

    /// The next time the page is drawn the first empty field gets the focus.
    pub(super) fn begin(&mut self) {
        self.started = false;
    }

    fn refresh(&mut self, snapshot: &Snapshot) {
        if self.made_for == Some(snapshot.version()) {
            return;
        }
        // What was recorded meanwhile leaves the file's drafts.
        self.unsaved |= self.made_for.is_some();
        self.remember_typed();
        self.rows = rows::lacking(snapshot);
        let text_of = |row: &IssueRow| self.typed.get(&(row.target, row.role)).cloned().unwrap_or_default();
        self.texts = self.rows.iter().map(text_of).collect();
        let invites = snapshot.register.tables().invites.values();
        self.recorded = invites.into_iter().map(|invite| (invite.address.clone(), invite.id)).collect();
        self.made_for = Some(snapshot.version());
        self.judge(snapshot);
    }

    fn remember_typed(&mut self) {
        for (row, text) in self.rows.iter().zip(&self.texts) {
            let key = (row.target, row.role);
            if text.trim().is_empty() {
                self.typed.remove(&key);
            } else {
                self.typed.insert(key, text.clone());
            }
        }
    }

    fn judge(&mut self, snapshot: &Snapshot) {
        self.verdicts = rows::judge(&self.rows, &self.texts, &self.recorded, snapshot);
    }

    fn good(&self) -> usize {
        self.verdicts.iter().filter(|verdict| verdict.is_good()).count()
    }

    /// The first empty row below a row, else the first of all.
    fn next_empty(&self, after: Option<usize>) -> Option<usize> {
        let start = after.map_or(0, |row| row + 1);
        let mut below = start..self.texts.len();
        let is_empty = |row: &usize| self.texts[*row].trim().is_empty();
        below.find(is_empty).or_else(|| (0..start.min(self.texts.len())).find(is_empty))
    }

    /// Several addresses pasted at once go to this row and the empty ones below it; answers how many there were.
    fn spread(&mut self, row: usize) -> usize {
        let found: Vec<String> = find_addresses(&self.texts[row]).into_iter().map(str::to_owned).collect();
        if found.len() < 2 {
            return found.len();
        }
        let mut place = Some(row);
        self.texts[row].clear();
        for address in &found {
            let Some(free) = place else { break };
            self.texts[free].clone_from(address);
            place = (free + 1..self.texts.len()).find(|place| self.texts[*place].trim().is_empty());
        }
        found.len()
    }

    fn save(&mut self, context: &ScreenContext<'_>, actions: &mut Vec<Action>) {
        let today = context.today;
        let good = self.rows.iter().zip(&self.verdicts).filter_map(|(row, verdict)| match verdict {
            Verdict::Good(address, _) => Some(Invite {
                issued_on: Some(today),
                ..Invite::in_reserve(row.target, row.role, address.clone(), today)
            }),
            _ => None,
        });
        let invites: Vec<Invite> = good.collect();
        if invites.is_empty() || context.file.read_only {
            return;
        }
        let done = format!("{}, лежат в запасе", links_done("Записан", invites.len()));
        let done = if invites.len() == 1 { done.replace("лежат", "лежит") } else { done };
        actions.push(Action::execute(Operation::AddInvites(invites), done));
    }

    /// Escape leaves; in a field it leaves the field first.
    fn leave_by_escape(&mut self, ui: &Ui, actions: &mut Vec<Action>) {
        let free = ui.ctx().memory(|memory| memory.allows_interaction(ui.layer_id()));
        if free && !self.had_text_focus && consume_shortcut_physical(ui.ctx(), Modifiers::NONE, Key::Escape) {
            actions.push(Action::Go(Destination::LinksPage(LinksPage::List)));
        }
        self.had_text_focus = ui.ctx().text_edit_focused();
    }

    /// Puts what is typed into the file when it changed.
    fn keep(&mut self, context: &ScreenContext<'_>, actions: &mut Vec<Action>) {
        if !std::mem::take(&mut self.unsaved) || context.file.read_only {
            return;
        }
        self.dirty = false;
        self.remember_typed();
        let typed = self.rows.iter().zip(&self.texts).filter(|(_, text)| !text.trim().is_empty());
        let drafts: Vec<Draft> = typed
            .map(|(row, text)| Draft { target: row.target, role: row.role, text: text.clone() })
            .collect();
        let value = if drafts.is_empty() { None } else { serde_json::to_string(&drafts).ok() };
        actions.push(Action::KeepWorkspace { key: WORKSPACE_KEY, value });
    }
}
