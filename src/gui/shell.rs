//! The frame around the screens: navigation, status line, the line after a change, errors.

use egui::Ui;

use super::action::{Action, Destination, Room};
use super::icons;
use super::theme::{Ink, Tone};
use super::view::{Overlay, View};
use super::widgets::navigation::{
    FOLDED_WIDTH, Navigation, NavigationAction, NavigationItem, WIDTH, navigation_ui,
};
use super::widgets::{dialog, page, toast};
use crate::desktop::Preferences;
use crate::register::{OrganizationKind, SchoolYear};

pub(super) const ROOMS: [Room; 7] =
    [Room::Today, Room::Classes, Room::People, Room::Links, Room::Reconcile, Room::Reports, Room::Journal];
pub(super) const BELOW: [Room; 2] = [Room::Help, Room::Settings];

/// How long the line after a change stays, in seconds.
const TOAST_SECONDS: f64 = 8.0;
/// Background work is shown only after so many seconds.
const SHOW_WORK_AFTER: f64 = 0.5;

/// Whether the navigation stands folded.
pub fn is_folded(ui: &Ui, view: &View, preferences: &Preferences) -> bool {
    preferences.folded_navigation
        || page::is_narrow(ui.ctx())
        || matches!(view.overlay, Some(Overlay::Import | Overlay::Cleanup))
}

/// Navigation at the left.
pub fn navigation(ui: &mut Ui, view: &View, preferences: &Preferences, actions: &mut Vec<Action>) {
    let Some(snapshot) = &view.snapshot else { return };
    let organization = snapshot.register.organization();
    let classes = if organization.kind == OrganizationKind::School { "Классы" } else { "Группы" };
    let item = |icon, word, waiting, key| NavigationItem { icon, word, waiting, key };
    let tasks = snapshot.today_list.tasks.iter().chain(&snapshot.today_list.more);
    let to_reconcile = tasks
        .filter(|task| task.kind == crate::regulation::TaskKind::Reconcile)
        .map(|task| task.subjects.len())
        .sum();
    let rooms = [
        item(icons::SUN_HORIZON, "Сегодня", snapshot.today_list.tasks.len(), "Ctrl 1"),
        item(icons::TREE_STRUCTURE, classes, 0, "Ctrl 2"),
        item(icons::USERS, "Люди", 0, "Ctrl 3"),
        item(icons::LINK_SIMPLE, "Ссылки", snapshot.invites.flagged_count(), "Ctrl 4"),
        item(icons::ARROWS_LEFT_RIGHT, "Сверка", to_reconcile, "Ctrl 5"),
        item(icons::CHART_BAR, "Отчёты", 0, "Ctrl 6"),
        item(icons::CLOCK_COUNTER_CLOCKWISE, "Журнал", 0, "Ctrl 7"),
    ];
    let below = [item(icons::LIFEBUOY, "Справка", 0, "F1"), item(icons::GEAR_SIX, "Настройки", 0, "")];
    let place = |room: Room| {
        let above = ROOMS.iter().position(|known| *known == room);
        above.or_else(|| BELOW.iter().position(|known| *known == room).map(|place| ROOMS.len() + place))
    };
    let active = match view.overlay {
        Some(Overlay::Import) => place(Room::People),
        Some(Overlay::Cleanup) => place(Room::Links),
        Some(Overlay::Presence | Overlay::ClassTeachers) => place(Room::Classes),
        Some(Overlay::Statuses) => place(Room::People),
        Some(Overlay::FirstRoster) => None,
        None => place(view.room),
    };
    let pressed = navigation_ui(
        ui,
        &Navigation {
            mark: &mark_of(&organization.name),
            organization: &organization.name,
            school_year: &SchoolYear::of(snapshot.today).to_string(),
            rooms: &rooms,
            below: &below,
            active,
            folded: is_folded(ui, view, preferences),
        },
    );
    match pressed {
        Some(NavigationAction::Open(index)) => {
            let room = ROOMS.iter().chain(&BELOW).nth(index).copied().unwrap_or_default();
            actions.push(Action::Go(Destination::Room(room)));
        }
        Some(NavigationAction::Organization(response)) if response.clicked() => {
            actions.push(Action::Go(Destination::OrganizationCard));
        }
        Some(NavigationAction::Organization(_)) | None => {}
    }
}

/// «14» of «Школа № 14», else the initials of the first two words.
fn mark_of(name: &str) -> String {
    let number: String = name.chars().filter(char::is_ascii_digit).take(3).collect();
    if !number.is_empty() {
        return number;
    }
    let words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(2).filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

/// The line at the bottom.
pub fn status_line(ui: &mut Ui, view: &View, projector: bool, actions: &mut Vec<Action>) {
    let Some(file) = &view.file else { return };
    let now = ui.input(|input| input.time);
    let job = view.job.as_ref().filter(|job| now - job.since >= SHOW_WORK_AFTER);
    if let Some(job) = &view.job {
        let wait = (SHOW_WORK_AFTER - (now - job.since)).clamp(0.05, SHOW_WORK_AFTER);
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(wait));
    }
    let (_, (stop, close, lock, hide)) = page::status_line_ui(
        ui,
        |ui| {
            let backup = view.safe.backup_words();
            let name = page::status_words_ui(ui, icons::FLOPPY_DISK, Ink::Secondary, &file.name());
            if !backup.is_empty() {
                name.on_hover_text(format!("{}: {backup}", file.name()));
            }
            if !file.saved_at.is_empty() {
                let words = format!("Сохранено в {}", file.saved_at);
                let saved = page::status_words_ui(ui, icons::CHECK, Ink::Tone(Tone::Good), &words);
                if !backup.is_empty() {
                    saved.on_hover_text(format!("{words}, {backup}"));
                }
            }
            if file.read_only {
                page::status_words_ui(ui, icons::LOCK_SIMPLE, Ink::Tone(Tone::Attention), "Только чтение");
            }
            if !file.encrypted {
                page::status_words_ui(ui, icons::SHIELD_WARNING, Ink::Secondary, "Без пароля");
            }
            if projector {
                page::status_words_ui(ui, icons::PROHIBIT, Ink::Tone(Tone::Attention), "Режим проектора");
            }
        },
        |ui| {
            let close = page::status_button_ui(ui, icons::X, "Закрыть файл").clicked();
            ui.add_space(8.0);
            let lock = page::status_button_ui(ui, icons::LOCK_SIMPLE, "Заблокировать");
            let lock = lock.on_hover_text("Ctrl+L. Без работы файл заблокируется сам").clicked();
            ui.add_space(8.0);
            let (icon, word) = if projector {
                (icons::PROHIBIT, "Показать имена")
            } else {
                (icons::EYE, "Скрыть имена")
            };
            let hide = page::status_button_ui(ui, icon, word);
            let hide = hide.on_hover_text("Режим проектора, Ctrl+Shift+P").clicked();
            let stop = job.is_some_and(|job| page::status_work_ui(ui, &job.words, job.handle.progress()));
            (stop, close, lock, hide)
        },
    );
    if stop {
        actions.push(Action::CancelJob);
    }
    if close {
        actions.push(Action::CloseFile);
    }
    if lock {
        actions.push(Action::Lock);
    }
    if hide {
        actions.push(Action::ToggleProjector);
    }
}

/// The line at the bottom left after a change.
pub fn toast_line(ui: &mut Ui, view: &mut View, preferences: &Preferences, actions: &mut Vec<Action>) {
    let left = if is_folded(ui, view, preferences) { FOLDED_WIDTH } else { WIDTH } + 16.0;
    let Some(line) = &mut view.toast else { return };
    let now = ui.input(|input| input.time);
    let until = *line.until.get_or_insert(now + TOAST_SECONDS);
    let (action, key) = match (&line.undo, &line.opens) {
        (Some(_), _) => ("Отменить", "Ctrl Z"),
        (None, Some(_)) => ("Открыть", ""),
        (None, None) => ("", ""),
    };
    let response = toast::toast(ui.ctx(), left, &line.text, action, key);
    if response.held {
        line.until = Some(until.max(now + 2.0));
    }
    if response.action {
        if let Some(target) = line.undo.take() {
            actions.push(Action::Undo(target));
        } else if let Some(path) = line.opens.take() {
            actions.push(Action::OpenDocument(path));
        }
        view.toast = None;
    } else if now >= until {
        view.toast = None;
    } else {
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(until - now));
    }
}

/// An error waits until it was read. Answers whether it was closed.
pub fn error_dialog(ui: &Ui, text: &str) -> bool {
    let (title, rest) =
        text.split_once(". ").map_or(("Не получилось", text), |_| ("Не получилось", text));
    let (answer, ()) =
        dialog::Dialog::new("error", title).confirm("Понятно").cancel("Закрыть").show(ui.ctx(), |ui| {
            super::widgets::label::body_ui(ui, rest);
        });
    answer != dialog::DialogAnswer::Open
}
