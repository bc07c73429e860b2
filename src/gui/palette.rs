//! The command palette (Ctrl+K): commands, people, groups, links by name.

use egui::Ui;

use super::action::{Action, Destination, Room};
use super::context::ScreenContext;

/// State of the open palette.
#[derive(Default)]
pub struct PaletteState {
    pub search: String,
    pub selected: usize,
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
    Command { word: "Журнал", key: "Ctrl 5", action: || Action::Go(Destination::Room(Room::Journal)) },
    Command { word: "Справка", key: "F1", action: || Action::Go(Destination::Room(Room::Help)) },
    Command { word: "Настройки", key: "", action: || Action::Go(Destination::Room(Room::Settings)) },
    Command {
        word: "Загрузить список", key: "Ctrl O", action: || Action::Go(Destination::Import)
    },
    Command {
        word: "Кто уже в системе?", key: "", action: || Action::Go(Destination::Presence)
    },
    Command { word: "Записать ссылку", key: "", action: || Action::Go(Destination::NewInvite) },
    Command {
        word: "Разобрать ссылки", key: "", action: || Action::Go(Destination::Cleanup(None))
    },
    Command {
        word: "Отменить последнее", key: "Ctrl Z", action: || Action::Undo(Default::default())
    },
    Command { word: "Вернуть отменённое", key: "Ctrl Y", action: || Action::Redo },
    Command { word: "Закрыть файл", key: "", action: || Action::CloseFile },
];

/// Draws the palette above everything; `true`: it was closed.
pub fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut PaletteState,
    actions: &mut Vec<Action>,
) -> bool {
    let _ = (ui, context, state, actions);
    false
}
