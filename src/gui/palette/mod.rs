//! The command palette (Ctrl+K): commands, people, groups, links by name.

mod results;

use egui::{Align, Align2, Area, Id, Key, Modal, Modifiers, ScrollArea, Ui, vec2};

use self::results::{Found, find};
use super::action::{Action, Destination, PeoplePage, ReportsPage, Room};
use super::context::ScreenContext;
use super::theme::{Tokens, space};
use super::widgets::dialog::dialog_frame;
use super::widgets::field::search_ui;
use super::widgets::label;
use super::widgets::result_row::ResultRow;
use super::widgets::section::section_ui;

/// State of the open palette.
#[derive(Default)]
pub struct PaletteState {
    pub search: String,
    pub selected: usize,
    cache: Option<Cache>,
    was_focused: bool,
}

/// What was found, for which text in which snapshot.
struct Cache {
    text: String,
    version: (u64, jiff::civil::Date),
    found: Vec<Found>,
}

/// A command: one place for its word, its key and what it does.
pub struct Command {
    pub word: &'static str,
    pub key: &'static str,
    pub action: fn() -> Action,
}

/// Every command of the program.
pub const COMMANDS: &[Command] = &[
    Command { word: "Сегодня", key: "Ctrl 1", action: || Action::Go(Destination::Room(Room::Today)) },
    Command { word: "Классы", key: "Ctrl 2", action: || Action::Go(Destination::Room(Room::Classes)) },
    Command { word: "Люди", key: "Ctrl 3", action: || Action::Go(Destination::Room(Room::People)) },
    Command { word: "Ссылки", key: "Ctrl 4", action: || Action::Go(Destination::Room(Room::Links)) },
    Command { word: "Журнал", key: "Ctrl 7", action: || Action::Go(Destination::Room(Room::Journal)) },
    Command {
        word: "Сверка", key: "Ctrl 5", action: || Action::Go(Destination::Room(Room::Reconcile))
    },
    Command { word: "Отчёты", key: "Ctrl 6", action: || Action::Go(Destination::Room(Room::Reports)) },
    Command {
        word: "Обязанности",
        key: "",
        action: || Action::Go(Destination::Reports(ReportsPage::Duties)),
    },
    Command {
        word: "Охват", key: "", action: || Action::Go(Destination::Reports(ReportsPage::Coverage))
    },
    Command {
        word: "Документы",
        key: "",
        action: || Action::Go(Destination::Reports(ReportsPage::Documents)),
    },
    Command {
        word: "Сводка классов", key: "", action: || Action::Go(Destination::ClassSummary)
    },
    Command { word: "Заявки", key: "", action: || Action::Go(Destination::JoinRequests) },
    Command {
        word: "Задачи для кабинета", key: "", action: || Action::Go(Destination::CabinetTasks)
    },
    Command {
        word: "Загрузить список", key: "Ctrl O", action: || Action::Go(Destination::Import)
    },
    Command {
        word: "Зачислить ученика",
        key: "Ctrl N",
        action: || Action::Go(Destination::PeoplePage(PeoplePage::Enrol(None))),
    },
    Command {
        word: "Принять на работу",
        key: "",
        action: || Action::Go(Destination::PeoplePage(PeoplePage::Hire)),
    },
    Command {
        word: "Движение за период",
        key: "",
        action: || Action::Go(Destination::PeoplePage(PeoplePage::Movement)),
    },
    Command {
        word: "Выбывшие: кто ещё внутри",
        key: "",
        action: || Action::Go(Destination::PeoplePage(PeoplePage::Leavers)),
    },
    Command { word: "Записать ссылку", key: "", action: || Action::Go(Destination::NewInvite) },
    Command {
        word: "Разобрать ссылки", key: "", action: || Action::Go(Destination::Cleanup(None))
    },
    Command {
        word: "Кто уже в системе?", key: "", action: || Action::Go(Destination::Presence)
    },
    Command {
        word: "Классные руководители",
        key: "",
        action: || Action::Go(Destination::ClassTeachers(None)),
    },
    Command {
        word: "Статусы учителей и сотрудников", key: "", action: || Action::Go(Destination::Statuses)
    },
    Command {
        word: "Похоже, один человек", key: "", action: || Action::Go(Destination::Duplicates)
    },
    Command {
        word: "Отменить последнее", key: "Ctrl Z", action: || Action::Undo(Default::default())
    },
    Command { word: "Вернуть отменённое", key: "Ctrl Y", action: || Action::Redo },
    Command {
        word: "Карточка организации", key: "", action: || Action::Go(Destination::OrganizationCard)
    },
    Command {
        word: "Что было в файле", key: "", action: || Action::Go(Destination::FileContents)
    },
    Command {
        word: "Удалить данные выбывших", key: "", action: || Action::Go(Destination::Erasure)
    },
    Command { word: "Проверить журнал", key: "", action: || Action::CheckJournal },
    Command { word: "Настройки", key: "", action: || Action::Go(Destination::Room(Room::Settings)) },
    Command { word: "Справка", key: "F1", action: || Action::Go(Destination::Room(Room::Help)) },
    Command { word: "Заблокировать", key: "Ctrl L", action: || Action::Lock },
    Command {
        word: "Режим проектора", key: "Ctrl Shift P", action: || Action::ToggleProjector
    },
    Command { word: "Закрыть файл", key: "", action: || Action::CloseFile },
];

/// How far below the top of the window it stands, in points: it must not jump as results come and go.
const TOP: f32 = 72.0;
/// Width in points.
const WIDTH: f32 = 620.0;

/// Draws the palette above everything; `true`: it was closed.
pub fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut PaletteState,
    actions: &mut Vec<Action>,
) -> bool {
    let keys = take_keys(ui);
    refresh(state, context);
    let count = state.cache.as_ref().map_or(0, |cache| cache.found.len());
    match keys {
        Keys { close: true, .. } => return true,
        Keys { step, .. } if step != 0 && count > 0 => {
            state.selected = (state.selected as i64 + step).rem_euclid(count as i64) as usize;
        }
        _ => {}
    }
    let mut chosen = keys.open.then_some(state.selected);
    let id = Id::unique("palette");
    let (ctx, tokens) = (ui.ctx().clone(), Tokens::of(ui));
    let area = Area::new(id).kind(egui::UiKind::Modal).sense(egui::Sense::hover()).interactable(true);
    let area = area.anchor(Align2::CENTER_TOP, vec2(0.0, TOP)).order(egui::Order::Foreground);
    let frame = dialog_frame(&ctx, tokens).inner_margin(egui::Margin::same(12));
    let modal = Modal::new(id).area(area).backdrop_color(tokens.scrim).frame(frame);
    let shown = modal.show(&ctx, |ui| {
        ui.set_width(WIDTH.min(ctx.content_rect().width() - 48.0) - 24.0);
        ui.spacing_mut().item_spacing.y = space::SMALL;
        search_field_ui(ui, state);
        refresh(state, context);
        results_ui(ui, state, keys.step != 0).or(chosen)
    });
    chosen = shown.inner.or(chosen);
    if let Some(action) = chosen.and_then(|place| action_at(state, place)) {
        actions.push(action);
        return true;
    }
    shown.backdrop_response.clicked()
}

struct Keys {
    close: bool,
    open: bool,
    /// Rows down (negative: up).
    step: i64,
}

/// The keys are taken before the field sees them: ↑ and ↓ would move its cursor, Enter would drop its focus.
fn take_keys(ui: &Ui) -> Keys {
    ui.input_mut(|input| {
        let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
        Keys {
            close: pressed(Key::Escape),
            open: pressed(Key::Enter),
            step: i64::from(pressed(Key::ArrowDown)) - i64::from(pressed(Key::ArrowUp)),
        }
    })
}

fn refresh(state: &mut PaletteState, context: &ScreenContext<'_>) {
    let version = context.snapshot.version();
    let is_known =
        state.cache.as_ref().is_some_and(|cache| cache.text == state.search && cache.version == version);
    if !is_known {
        let found = find(context.snapshot, &state.search);
        state.cache = Some(Cache { text: state.search.clone(), version, found });
        state.selected = 0;
    }
}

fn search_field_ui(ui: &mut Ui, state: &mut PaletteState) {
    let width = ui.available_width();
    let hint = "Команда, человек, класс или ссылка";
    let response = search_ui(ui, Id::unique("palette search"), &mut state.search, hint, "Esc", width);
    if !state.was_focused {
        state.was_focused = true;
        response.request_focus();
    }
}

/// Draws the results under the words of their kinds; answers the one that was pressed.
fn results_ui(ui: &mut Ui, state: &PaletteState, scroll_to_selected: bool) -> Option<usize> {
    let found = state.cache.as_ref().map_or(&[][..], |cache| &cache.found);
    if found.is_empty() {
        ui.add_space(4.0);
        label::secondary_ui(ui, "Ничего не нашлось. Попробуйте фамилию, класс или последние 4 знака ссылки.");
        ui.add_space(4.0);
        return None;
    }
    let most = (ui.ctx().content_rect().height() - TOP - 140.0).max(120.0);
    let mut pressed = None;
    ScrollArea::vertical().max_height(most).min_scrolled_height(most).auto_shrink([false, true]).show(
        ui,
        |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let mut kind = None;
            for (place, one) in found.iter().enumerate() {
                if kind != Some(one.kind) {
                    kind = Some(one.kind);
                    kind_heading_ui(ui, one.kind.words(), place > 0);
                }
                let response = ui.add(ResultRow {
                    icon: one.icon,
                    word: &one.word,
                    note: &one.note,
                    key: one.key,
                    selected: place == state.selected,
                });
                if place == state.selected && scroll_to_selected {
                    response.scroll_to_me(Some(Align::Center));
                }
                if response.clicked() {
                    pressed = Some(place);
                }
            }
        },
    );
    pressed
}

fn kind_heading_ui(ui: &mut Ui, words: &str, space_above: bool) {
    ui.add_space(if space_above { space::SMALL } else { 2.0 });
    ui.horizontal(|ui| {
        ui.add_space(10.0);
        section_ui(ui, words);
    });
    ui.add_space(2.0);
}

fn action_at(state: &PaletteState, place: usize) -> Option<Action> {
    state.cache.as_ref()?.found.get(place).map(|found| found.target.action())
}
