//! What the keyboard, the pointer and a screen reader can do with the parts of the kit.

use egui::{Key, Modifiers, Pos2, Theme, Ui};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use sferum_console::gui::icons;
use sferum_console::gui::theme::{self, Appearance, ThemeChoice, Tokens};
use sferum_console::gui::widgets::callout::{Callout, CalloutAction};
use sferum_console::gui::widgets::checkbox::Mark;
use sferum_console::gui::widgets::chip::chip_ui;
use sferum_console::gui::widgets::dialog::{Dialog, DialogAnswer};
use sferum_console::gui::widgets::field::{TextField, search_ui};
use sferum_console::gui::widgets::menu::{menu_at, menu_row_ui};
use sferum_console::gui::widgets::table::{Column, DataTable, TableResponse, Width};
use sferum_console::gui::widgets::table_keys::{TableKey, table_keys};
use sferum_console::gui::widgets::{Button, page};

use crate::cpu_renderer::CpuRenderer;

fn window<'a, S: 'a>(state: S, draw: impl FnMut(&mut Ui, &mut S) + 'a) -> Harness<'a, S> {
    Harness::builder()
        .with_size([900.0, 500.0])
        .with_theme(Theme::Light)
        .renderer(CpuRenderer::default())
        .with_context_setup(theme::install)
        .build_ui_state(draw, state)
}

#[test]
fn a_button_is_pressed_by_space_and_by_enter_but_not_while_disabled() {
    let mut harness = window([0_u32; 2], |ui, pressed| {
        pressed[0] += u32::from(ui.add(Button::primary("Добавить")).clicked());
        let disabled = Button::outlined("Сверить").disabled_because(Some("Сначала выберите класс"));
        pressed[1] += u32::from(ui.add(disabled).clicked());
    });
    harness.run();
    for key in [Key::Tab, Key::Space, Key::Enter] {
        harness.key_press(key);
        harness.run();
    }
    harness.get_by_label("Сверить").click();
    harness.run();
    assert_eq!(*harness.state(), [2, 0]);
}

#[test]
fn names_are_there_for_what_has_no_words() {
    let mut harness = window(String::new(), |ui, text| {
        ui.add(Button::icon_only(icons::DOTS_THREE, "Другие действия"));
        chip_ui(ui, "Роль:", "родитель");
        TextField::new("Фамилия", text).show(ui);
        search_ui(ui, egui::Id::unique("search"), &mut "7Б".to_owned(), "Класс или учитель", "", 200.0);
    });
    harness.run();
    for name in ["Другие действия", "Убрать фильтр «Роль: родитель»", "Класс или учитель", "Очистить поиск"]
    {
        harness.get_by_label(name);
    }
    assert!(harness.query_all_by_label("Фамилия").count() >= 1);
}

fn erase_dialog(ui: &mut Ui, last: &mut DialogAnswer) {
    ui.add(Button::outlined("Позади окна"));
    let dialog = Dialog::new("erase", "Стереть сведения?").confirm_danger("Стереть 3 записи");
    let (answer, ()) = dialog.show(ui.ctx(), |ui| {
        Callout::attention("", "Без возврата").show(ui);
    });
    if answer != DialogAnswer::Open {
        *last = answer;
    }
}

/// The answer after some keys pressed one after another.
fn answer_after(keys: &[Key], draw: fn(&mut Ui, &mut DialogAnswer)) -> DialogAnswer {
    let mut harness = window(DialogAnswer::Open, draw);
    harness.run();
    for key in keys {
        harness.key_press(*key);
        harness.run();
    }
    *harness.state()
}

#[test]
fn enter_never_presses_the_dangerous_button() {
    for (keys, expected) in [
        (vec![], DialogAnswer::Open),
        (vec![Key::Enter], DialogAnswer::Cancelled),
        (vec![Key::Tab, Key::Enter], DialogAnswer::Open),
        (vec![Key::Tab, Key::Space], DialogAnswer::Confirmed),
        (vec![Key::Escape], DialogAnswer::Cancelled),
    ] {
        assert_eq!(answer_after(&keys, erase_dialog), expected, "{keys:?}");
    }
}

#[test]
fn tab_stays_inside_a_dialog() {
    let mut harness = window(DialogAnswer::Open, erase_dialog);
    harness.run();
    for step in 0..8 {
        harness.key_press(Key::Tab);
        harness.run();
        assert!(!harness.get_by_label("Позади окна").is_focused(), "after {step} more");
    }
}

#[test]
fn enter_confirms_what_is_not_dangerous() {
    fn dialog(ui: &mut Ui, last: &mut DialogAnswer) {
        let (answer, ()) = Dialog::new("name", "Новый класс").confirm("Добавить").show(ui.ctx(), |_| {});
        if answer != DialogAnswer::Open {
            *last = answer;
        }
    }
    assert_eq!(answer_after(&[Key::Enter], dialog), DialogAnswer::Confirmed);
    assert_eq!(answer_after(&[Key::Escape], dialog), DialogAnswer::Cancelled);
}

#[test]
fn a_callout_tells_its_buttons_apart() {
    let mut harness = window(Vec::new(), |ui, actions: &mut Vec<CalloutAction>| {
        let callout = Callout::danger("Файл не прочитан", "Список не изменён.").closable();
        actions.extend(callout.buttons(&["Указать столбец", "Скачать шаблон"]).show(ui));
    });
    harness.run();
    for name in ["Скачать шаблон", "Скрыть сообщение"] {
        harness.get_by_label(name).click();
        harness.run();
    }
    assert_eq!(*harness.state(), [CalloutAction::Button(1), CalloutAction::Closed]);
}

#[derive(Default)]
struct TableState {
    seen: TableResponse,
    keys: Vec<TableKey>,
    note: String,
    menu: Option<Pos2>,
    copied: bool,
}

const COLUMNS: [Column<'static>; 3] = [
    Column::marks(),
    Column::left("Класс", Width::Remainder(100.0)),
    Column::right("Ученики", Width::Exact(100.0)),
];

fn table_ui(ui: &mut Ui, state: &mut TableState) {
    TextField::bare("Заметка", &mut state.note).show(ui);
    state.keys.extend(table_keys(ui, "links"));
    let table = DataTable::new("links", &COLUMNS).sort(Some((1, true))).header_mark(Mark::Partly);
    let seen = table.show(
        ui,
        500,
        |row| row == 1,
        |row, column, cell| match column {
            0 => {
                cell.checkbox(row == 2, &format!("Отметить строку {row}"));
            }
            1 => {
                cell.caret(Some(false), 1, &format!("{row}А"));
                cell.text_medium(&format!("{row}А"));
            }
            _ => {
                cell.fraction(row, 500);
            }
        },
    );
    if let Some((_, position)) = seen.secondary_clicked_row {
        state.menu = Some(position);
    }
    menu_at(ui, "links", &mut state.menu, |ui| {
        state.copied |= menu_row_ui(ui, icons::COPY, "Копировать ссылку", "Ctrl C", false).clicked();
    });
    let old = &mut state.seen;
    old.clicked_row = seen.clicked_row.or(old.clicked_row);
    old.sort_clicked = seen.sort_clicked.or(old.sort_clicked);
    old.toggled_mark = seen.toggled_mark.or(old.toggled_mark);
    old.toggled_caret = seen.toggled_caret.or(old.toggled_caret);
    old.toggled_all |= seen.toggled_all;
    old.rows_in_sight = seen.rows_in_sight;
}

#[test]
fn clicks_on_a_table_say_what_they_hit() {
    let mut harness = window(TableState::default(), table_ui);
    harness.run();
    assert!(harness.query_by_label("Отметить строку 400").is_none(), "rows out of sight are not drawn");
    for name in ["3А", "Отметить строку 2", "Развернуть: 4А", "Ученики", "Отметить все"]
    {
        harness.get_by_label(name).click();
        harness.run();
    }
    let seen = &harness.state().seen;
    assert_eq!(seen.clicked_row.map(|(row, _)| row), Some(3));
    assert_eq!(seen.toggled_mark.map(|(row, _)| row), Some(2));
    assert_eq!(seen.toggled_caret, Some(4));
    assert_eq!(seen.sort_clicked, Some(2));
    assert!(seen.toggled_all);
    assert!((10..16).contains(&seen.rows_in_sight), "{} rows in 500 points", seen.rows_in_sight);
}

#[test]
fn the_right_button_opens_the_menu_of_a_row_and_a_choice_closes_it() {
    let mut harness = window(TableState::default(), table_ui);
    harness.run();
    harness.get_by_label("3А").click_secondary();
    harness.run();
    assert!(harness.state().menu.is_some());
    harness.key_press(Key::ArrowDown);
    harness.run();
    assert!(harness.state().keys.is_empty(), "an open menu keeps the arrows");
    harness.get_by_label("Копировать ссылку").click();
    harness.run();
    assert!(harness.state().copied);
    assert!(harness.state().menu.is_none());
}

#[test]
fn keys_reach_the_table_unless_somebody_types() {
    let mut harness = window(TableState::default(), table_ui);
    harness.run();
    harness.key_press(Key::ArrowDown);
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.key_press(Key::Enter);
    harness.key_press(Key::Space);
    harness.key_press(Key::Escape);
    harness.run();
    let expected = [
        TableKey::Down { extend: false },
        TableKey::Down { extend: true },
        TableKey::MarkAll,
        TableKey::Open,
        TableKey::Mark,
        TableKey::Escape,
    ];
    assert_eq!(std::mem::take(&mut harness.state_mut().keys), expected);
    harness.get_by_label("Заметка").focus();
    harness.run();
    harness.key_press(Key::ArrowDown);
    harness.key_press(Key::Space);
    harness.run();
    assert_eq!(harness.state().keys, []);
}

#[test]
fn the_whole_window_follows_theme_and_scale_without_a_second_install() {
    let dark = Appearance { theme: ThemeChoice::Dark, scale_percent: 150 };
    let mut harness = window((Appearance::default(), false, 0.0), move |ui, (wanted, is_dark, width)| {
        theme::set_appearance(ui.ctx(), *wanted);
        *is_dark = Tokens::of_context(ui.ctx()).dark;
        *width = ui.ctx().content_rect().width();
        page::header_ui(ui, "Люди", "612 учеников", |_| {});
    });
    harness.state_mut().0 = Appearance { theme: ThemeChoice::Light, scale_percent: 100 };
    harness.run();
    assert!(!harness.state().1);
    harness.state_mut().0 = dark;
    harness.run();
    harness.run();
    assert!(harness.state().1);
    assert!((harness.state().2 - 600.0).abs() < 1.0, "900 points at 150 % are 600: {}", harness.state().2);
}
