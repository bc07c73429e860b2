//! Every part of the kit on pictures, in both themes and at the greatest scale.

use egui::{Align, Layout, Rect, Theme, Ui, UiBuilder, pos2, vec2};
use sferum_console::gui::theme::{Ink, Tone, size};
use sferum_console::gui::widgets::answer_key::{Answer, answer_card_ui, answer_row_ui};
use sferum_console::gui::widgets::badge::{badge_ui, change_ui, icon_tile_ui, quiet_badge_ui};
use sferum_console::gui::widgets::button::{link_button_ui, named_link_button_ui};
use sferum_console::gui::widgets::callout::Callout;
use sferum_console::gui::widgets::card::{card_ui, divider_ui};
use sferum_console::gui::widgets::checkbox::{
    Mark, bare_checkbox_ui, checkbox_ui, mark_row_ui, radio_row_ui,
};
use sferum_console::gui::widgets::chip::chip_ui;
use sferum_console::gui::widgets::choice::{Choice, segmented_ui};
use sferum_console::gui::widgets::coverage_bar::{CoverageBar, coverage_row_ui};
use sferum_console::gui::widgets::dialog::Dialog;
use sferum_console::gui::widgets::empty_state::{EmptyState, nothing_found_ui};
use sferum_console::gui::widgets::field::{TextField, search_ui};
use sferum_console::gui::widgets::histogram::{Bar, histogram_ui};
use sferum_console::gui::widgets::key_cap::{big_key_ui, key_cap_ui};
use sferum_console::gui::widgets::label::{self, Run};
use sferum_console::gui::widgets::list_row::ListRow;
use sferum_console::gui::widgets::menu::{menu_divider_ui, menu_row_ui};
use sferum_console::gui::widgets::navigation::{Navigation, NavigationItem, navigation_ui};
use sferum_console::gui::widgets::page::{self, Inspector};
use sferum_console::gui::widgets::progress::progress_ui;
use sferum_console::gui::widgets::section::{section_ui, section_with_link_ui, section_with_note_ui};
use sferum_console::gui::widgets::step_line::step_line_ui;
use sferum_console::gui::widgets::table::{Column, DataTable, Width};
use sferum_console::gui::widgets::toast::toast_ui;
use sferum_console::gui::widgets::{Button, avatar};
use sferum_console::gui::{icons, widgets::table_cell::Cell};

use crate::pictures::{compare_picture, window};

const SIZE: [f32; 2] = [1366.0, 768.0];

/// Lays contents out in a rectangle given in points.
fn at<R>(
    ui: &mut Ui,
    left: f32,
    top: f32,
    width: f32,
    height: f32,
    contents: impl FnOnce(&mut Ui) -> R,
) -> R {
    let rect = Rect::from_min_size(pos2(left, top), vec2(width, height));
    let builder = UiBuilder::new()
        .max_rect(rect)
        .layout(Layout::top_down(Align::Min))
        .id_salt((left as i32, top as i32));
    contents(&mut ui.new_child(builder))
}

fn controls_ui(ui: &mut Ui) {
    section_ui(ui, "Кнопки: главная, обычная, тихая, опасная, последнее подтверждение");
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        ui.add(Button::primary("Добавить").icon(icons::PLUS));
        ui.add(Button::outlined("Для Excel").icon(icons::COPY));
        ui.add(Button::ghost("Сбросить"));
        ui.add(Button::danger("Аннулировать").icon(icons::PROHIBIT));
        ui.add(Button::danger_solid("Удалить 3"));
    });
    section_ui(ui, "В фокусе, недоступна, включена, с клавишей, в полосе, одна иконка");
    ui.horizontal(|ui| {
        let focused = ui.add(Button::outlined("В фокусе"));
        if ui.memory(|memory| memory.focused().is_none()) {
            focused.request_focus();
        }
        ui.add(Button::outlined("Недоступна").disabled_because(Some("Сначала выберите класс")));
        ui.add(Button::outlined("Фильтр").icon(icons::FUNNEL_SIMPLE).selected(true));
        ui.add(Button::outlined("Отмена").key("Esc"));
        ui.add(Button::outlined("Для Excel").icon(icons::COPY).in_bar());
        ui.add(Button::icon_only(icons::DOTS_THREE, "Другие действия"));
    });
    section_ui(ui, "Поля: обычное, заполненное, с ошибкой");
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        let (mut search, mut name, mut day) = (String::new(), "Ковалёва".to_owned(), "31.02.2026".to_owned());
        search_ui(ui, egui::Id::unique("kit search"), &mut search, "Класс или учитель", "Ctrl K", 232.0);
        TextField::bare("Фамилия", &mut name).width(160.0).show(ui);
        TextField::bare("Дата", &mut day).width(160.0).error(Some("Такого дня нет")).show(ui);
    });
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        let mut note = "Приказ № 214\nот 9 октября".to_owned();
        TextField::new("Основание", &mut note).rows(2).width(232.0).show(ui);
        ui.vertical(|ui| {
            let label = sferum_console::gui::widgets::field::field_label_ui(ui, "Роль");
            Choice::new("Роль").labelled_by(label.id).width(160.0).show(
                ui,
                &mut Some(1),
                &["учитель", "родитель"],
            );
            segmented_ui(ui, "Показать", &mut 0, &["Классы", "Группы"]);
        });
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            radio_row_ui(ui, true, "Перевести", "в 7Б с 1 октября");
            radio_row_ui(ui, false, "Это другой человек", "");
        });
    });
}

fn marks_ui(ui: &mut Ui) {
    section_ui(ui, "Галки, фильтры, клавиши");
    ui.horizontal(|ui| {
        for mark in [Mark::Off, Mark::On, Mark::Partly] {
            bare_checkbox_ui(ui, mark, "Отметить");
        }
        let mut on = true;
        checkbox_ui(ui, &mut on, "Со взрослым");
        mark_row_ui(ui, Mark::Partly, "Весь класс");
        chip_ui(ui, "Роль:", "родитель");
        chip_ui(ui, "", "с флагом");
    });
    ui.horizontal(|ui| {
        for key in ["1", "Esc", "Ctrl K", "Пробел"] {
            key_cap_ui(ui, key);
        }
        big_key_ui(ui, "1", true);
        big_key_ui(ui, "C", false);
    });
    section_ui(ui, "Метки: цвет есть только у того, что требует дела");
    ui.horizontal(|ui| {
        badge_ui(ui, Tone::Danger, icons::WARNING_OCTAGON, "попала к посторонним");
        badge_ui(ui, Tone::Attention, icons::HOURGLASS_MEDIUM, "никто не вступил");
        badge_ui(ui, Tone::Accent, icons::LINK_SIMPLE, "предложено");
        badge_ui(ui, Tone::Neutral, icons::ARCHIVE, "в запасе");
    });
    ui.horizontal(|ui| {
        badge_ui(ui, Tone::Good, icons::CHECK, "действует");
        quiet_badge_ui(ui, Tone::Good, icons::CHECK, "действует, в таблице: без подложки");
        change_ui(ui, Tone::Danger, "−", "7А");
        change_ui(ui, Tone::Good, "+", "7Б");
        icon_tile_ui(ui, Tone::Attention, icons::LINK_BREAK, 40.0);
        icon_tile_ui(ui, Tone::Good, icons::PLUS, 22.0);
    });
}

fn bars_ui(ui: &mut Ui) {
    section_ui(ui, "Охват: внутри, ждём, не участвуют или не приглашены");
    ui.horizontal(|ui| {
        ui.add(CoverageBar::new("Ученики", 548, 63, 41).width(400.0));
        label::line_ui(ui, &[Run::body("548 из 611").medium()]);
    });
    ui.horizontal(|ui| {
        progress_ui(ui, 200.0, 6.0, 0.33, "4 из 12");
        label::line_ui(ui, &[Run::caption("4 из 12")]);
        link_button_ui(ui, "Показать");
    });
    step_line_ui(ui, &["Файл", "Столбцы", "Проверка", "Готово"], 2);
    ui.horizontal(|ui| toast_ui(ui, "Добавлено 902 ученика", "Отменить", "Ctrl Z"));
}

fn sizes_ui(ui: &mut Ui) {
    section_ui(ui, "Размеры: 20 / 15 / 14 / 13");
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 14.0;
        label::title_ui(ui, "Заголовок 20");
        label::lead_ui(ui, "Раздел 15");
        label::line_ui(ui, &[Run::body("Текст 14")]);
        label::line_ui(ui, &[Run::body("Важное 14").medium()]);
        label::line_ui(ui, &[Run::caption("Подпись 13")]);
    });
}

fn kit_ui(ui: &mut Ui) {
    at(ui, 24.0, 16.0, 640.0, 740.0, |ui| {
        controls_ui(ui);
        marks_ui(ui);
        bars_ui(ui);
    });
    at(ui, 700.0, 16.0, 300.0, 330.0, |ui| {
        section_with_note_ui(ui, "Внутри", "сверено 12 дней назад");
        coverage_row_ui(ui, CoverageBar::new("Ученики", 25, 1, 1), "1 не участвует: отказ");
        coverage_row_ui(ui, CoverageBar::new("Со взрослым", 22, 4, 0), "");
        section_with_link_ui(ui, "Классный руководитель", "Изменить");
        avatar::person_ui(ui, "КН", "Ковалёва Наталья Игоревна", "Приказ № 187 от 28 авг 2026");
        divider_ui(ui, 6.0);
        label::icon_line_ui(ui, icons::USER_PLUS, Tone::Neutral, &[Run::body("Лыткина Дарья, зачислена")]);
        label::line_ui(ui, &[Run::body("Очень длинное название, которое не помещается в строку")]);
        named_link_button_ui(
            ui,
            Some(icons::FILE_XLS),
            "Копировать для Excel",
            "Копировать таблицу для Excel",
        );
    });
    at(ui, 1020.0, 16.0, 330.0, 330.0, |ui| {
        card_ui(ui, 16, |ui| {
            label::lead_ui(ui, "Ссылки, по которым никто не вступил");
            label::caption_ui(ui, "по числу дней с передачи");
            let bars = [("до 7", 5), ("8–14", 4), ("15–30", 6), ("31–60", 4), ("> 60", 1)];
            let bars = bars.map(|(label, count)| Bar { label, count });
            histogram_ui(ui, "Ссылки по возрасту", &bars, 2, "пора решать: 11", 180.0);
        });
    });
    at(ui, 700.0, 350.0, 300.0, 230.0, |ui| {
        card_ui(ui, 6, |ui| {
            menu_row_ui(ui, icons::SIDEBAR, "Открыть", "Enter", false);
            menu_row_ui(ui, icons::COPY, "Копировать ссылку", "Ctrl C", false);
            menu_row_ui(ui, icons::CLOCK, "Отложить…", "", false);
            menu_divider_ui(ui);
            menu_row_ui(ui, icons::PROHIBIT, "Аннулировать…", "Delete", true);
        });
    });
    at(ui, 1030.0, 330.0, 310.0, 300.0, |ui| {
        Callout::attention("Одну ссылку пора аннулировать", "30 дней новых нет, внутри 22 из 26")
            .opens()
            .show(ui);
        let text = "На листе нет столбца с фамилией. Список не изменён. Укажите столбец на шаге 2 или скачайте шаблон.";
        Callout::danger("Файл «9Б.xlsx» не прочитан", text)
            .closable()
            .buttons(&["Указать столбец", "Шаблон"])
            .show(ui);
        Callout::neutral("", "Столбец «СНИЛС» пропущен: для этой работы он не нужен").show(ui);
    });
    at(ui, 700.0, 540.0, 300.0, 150.0, |ui| {
        nothing_found_ui(ui, "Таких ссылок нет: роль «сотрудник», параллели 5–9");
    });
    at(ui, 540.0, 700.0, 480.0, 60.0, sizes_ui);
    at(ui, 1030.0, 640.0, 310.0, 110.0, |ui| {
        label::rich_ui(
            ui,
            &[Run::body("Было ").secondary(), Run::body("7А").medium(), Run::body(", станет 7Б")],
        );
        label::icon_line_ui(
            ui,
            icons::WARNING,
            Tone::Attention,
            &[Run::body("не назначен").medium().tone(Tone::Attention)],
        );
        label::line_ui(ui, &[Run::body("Ошибка").ink(Ink::Tone(Tone::Danger)).size(size::LEAD)]);
    });
}

#[test]
fn kit_light() {
    compare_picture(&mut window(Theme::Light, SIZE, 1.0, kit_ui), "kit-light");
}

#[test]
fn kit_dark() {
    compare_picture(&mut window(Theme::Dark, SIZE, 1.0, kit_ui), "kit-dark");
}

#[test]
fn kit_at_one_and_a_half() {
    compare_picture(&mut window(Theme::Light, SIZE, 1.5, kit_ui), "kit-light-150");
}

struct Row {
    depth: usize,
    open: Option<bool>,
    name: &'static str,
    teacher: &'static str,
    students: (usize, usize),
    checked: &'static str,
    late: bool,
}

const fn row(
    depth: usize,
    open: Option<bool>,
    name: &'static str,
    teacher: &'static str,
    students: (usize, usize),
    checked: &'static str,
    late: bool,
) -> Row {
    Row { depth, open, name, teacher, students, checked, late }
}

const ROWS: [Row; 9] = [
    row(0, Some(true), "Садовая, 3", "9 классов", (224, 231), "", false),
    row(1, Some(false), "5А", "Лаптева И. В.", (26, 27), "3 дня назад", false),
    row(1, Some(false), "5Б", "Мухаметшина Г. Р.", (27, 27), "3 дня назад", false),
    row(1, Some(false), "5В", "", (24, 25), "5 дней назад", false),
    row(1, Some(true), "7Б", "Ковалёва Н. И.", (25, 26), "12 дней назад", false),
    row(2, None, "7Б, класс", "Ковалёва Н. И.", (25, 26), "12 дней назад", false),
    row(2, None, "Учителя 7Б", "Ковалёва Н. И.", (0, 0), "нет сведений", false),
    row(1, Some(false), "8Б", "Гаврилов Р. О.", (26, 27), "38 дней назад", true),
    row(0, Some(false), "Педагогический коллектив", "46 из 48 внутри", (46, 48), "2 дня назад", false),
];

fn class_cell(row: usize, column: usize, cell: &mut Cell<'_>) {
    let class = &ROWS[row];
    match column {
        0 => {
            if class.depth == 0 {
                cell.span(2);
            }
            cell.caret(class.open, class.depth, class.name);
            if class.depth == 0 {
                cell.icon(Tone::Neutral, icons::BUILDINGS);
                cell.runs(&[Run::body(class.name).medium(), Run::caption("  "), Run::caption(class.teacher)]);
            } else if class.depth == 2 {
                cell.icon(Tone::Neutral, icons::CHAT_CIRCLE);
                cell.text(class.name);
            } else {
                cell.text_medium(class.name);
            }
        }
        1 if class.depth == 0 => {}
        1 if class.teacher.is_empty() => {
            cell.icon_text(Tone::Attention, icons::WARNING, "не назначен");
        }
        1 => {
            cell.text(class.teacher);
        }
        2 => {
            cell.fraction(class.students.0, class.students.1);
        }
        _ if class.late => {
            cell.icon_text(Tone::Attention, icons::CLOCK, class.checked);
        }
        _ => {
            cell.text_secondary(class.checked);
        }
    }
}

fn page_ui(ui: &mut Ui) {
    page::status_line_ui(
        ui,
        |ui| {
            page::status_words_ui(ui, icons::FLOPPY_DISK, Ink::Secondary, "Школа 14");
            page::status_words_ui(ui, icons::CHECK, Ink::Tone(Tone::Good), "Сохранено в 14:02");
        },
        |ui| {
            page::status_work_ui(ui, "Копия на флешку, 63 %", 0.63);
            page::status_button_ui(ui, icons::LOCK_SIMPLE, "Закрыть на пароль");
        },
    );
    let item = |icon, word, waiting| NavigationItem { icon, word, waiting, key: "" };
    let rooms = [
        item(icons::SUN_HORIZON, "Сегодня", 6),
        item(icons::TREE_STRUCTURE, "Классы", 0),
        item(icons::USERS, "Люди", 0),
        item(icons::LINK_SIMPLE, "Ссылки", 12),
    ];
    let below = [item(icons::LIFEBUOY, "Справка", 0), item(icons::GEAR_SIX, "Настройки", 0)];
    let narrow = page::is_narrow(ui.ctx());
    navigation_ui(
        ui,
        &Navigation {
            mark: "14",
            organization: "Школа № 14",
            school_year: "2026/2027",
            rooms: &rooms,
            below: &below,
            active: Some(1),
            folded: narrow,
        },
    );
    if !narrow {
        inspector_ui(ui);
    }
    page::header_above_filters_ui(
        ui,
        "Классы",
        "27 классов, 612 учеников · показано 11",
        |ui| {
            let id = egui::Id::unique("page search");
            search_ui(ui, id, &mut String::new(), "Класс или учитель", "", 212.0);
            ui.add(Button::primary("Добавить класс").icon(icons::PLUS));
        },
    );
    page::filter_bar_ui(ui, |ui| {
        ui.add(Button::outlined("Фильтр").icon(icons::FUNNEL_SIMPLE).in_bar());
        chip_ui(ui, "Параллель:", "5–9");
        ui.add(Button::ghost("Сбросить").in_bar());
    });
    page::marked_bar_ui(ui, |ui| {
        mark_row_ui(ui, Mark::Partly, "Отмечено 3");
        ui.add(Button::danger("Аннулировать 3 ссылки").icon(icons::PROHIBIT).in_bar());
        page::trailing_ui(ui, "unmark", |ui| link_button_ui(ui, "Снять отметки"));
    });
    let columns = [
        Column::left("Класс", Width::Exact(206.0)),
        Column::left("Руководитель", Width::Remainder(120.0)),
        Column::right("Ученики", Width::Exact(92.0)),
        Column::right("Сверено", Width::Exact(142.0)),
    ];
    let table = DataTable::new("classes", &columns).sort(Some((0, true)));
    table.show(ui, ROWS.len(), |row| row == 4, class_cell);
}

fn inspector_ui(ui: &mut Ui) {
    Inspector::new("7Б", "Садовая, 3 · 27 учеников").show(
        ui,
        |ui| {
            Callout::attention("Одну ссылку пора аннулировать", "30 дней новых нет, внутри 22 из 26")
                .opens()
                .show(ui);
            ui.add_space(8.0);
            section_with_link_ui(ui, "Классный руководитель", "Изменить");
            avatar::person_ui(ui, "КН", "Ковалёва Наталья Игоревна", "Приказ № 187 от 28 авг 2026");
            ui.add_space(8.0);
            section_with_note_ui(ui, "Внутри", "сверено 12 дней назад");
            coverage_row_ui(ui, CoverageBar::new("Ученики", 25, 1, 1), "1 не участвует: отказ");
        },
        |ui| {
            ui.add(Button::primary("Сверить 7Б").icon(icons::ARROWS_LEFT_RIGHT));
            ui.add(Button::outlined("Для Excel").icon(icons::COPY));
        },
    );
}

#[test]
fn page_light() {
    let mut harness = window(Theme::Light, SIZE, 1.0, page_ui);
    harness.run();
    harness.hover_at(pos2(520.0, 250.0));
    compare_picture(&mut harness, "kit-page-light");
}

#[test]
fn page_narrow_dark_at_one_and_a_half() {
    compare_picture(&mut window(Theme::Dark, [911.0, 512.0], 1.5, page_ui), "kit-page-dark-150");
}

fn answers_ui(ui: &mut Ui) {
    let answer = |key, word, likely| Answer { key, word, note: "готово, следующая", likely };
    answer_row_ui(ui, &answer("1", "Аннулирована", true));
    answer_row_ui(ui, &answer("C", "Копировать ссылку", false));
    ui.horizontal(|ui| {
        answer_card_ui(ui, &answer("1", "Аннулирована", true), icons::CHECK, 160.0);
        answer_card_ui(ui, &answer("2", "Отложить", false), icons::CLOCK, 160.0);
    });
}

fn list_ui(ui: &mut Ui) {
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.add(ListRow::new("Новые").tile(Tone::Good, icons::PLUS).count("23"));
    ui.add(ListRow::new("Изменятся").tile(Tone::Accent, icons::PENCIL_SIMPLE).count("6").selected(true));
    ui.add(ListRow::new("Нет в файле").tile(Tone::Danger, icons::MINUS).count("2"));
    let done = Ink::Tone(Tone::Good);
    ui.add(ListRow::new("Родители 5В").filled_icon(icons::CHECK_CIRCLE, done).right("…m3Wt").quiet(true));
    ui.add(
        ListRow::new("Родители 7Б")
            .icon(icons::ARROW_RIGHT, Ink::Tone(Tone::Accent))
            .right("…k7Qx")
            .selected(true),
    );
    ui.add(ListRow::new("7Б, класс").icon(icons::CIRCLE, Ink::Secondary).right("…pY2c"));
}

#[test]
fn dialog_and_empty_states() {
    let mut harness = window(Theme::Light, SIZE, 1.0, |ui| {
        at(ui, 24.0, 24.0, 424.0, 330.0, |ui| {
            let sentence = "Здесь видно, кому они отданы и какие пора аннулировать";
            EmptyState::new(icons::LINK_SIMPLE, "Ссылок пока нет", sentence)
                .primary(icons::PLUS, "Записать первую ссылку")
                .second_line("или вставьте несколько: Ctrl V")
                .show(ui);
        });
        at(ui, 900.0, 24.0, 424.0, 330.0, |ui| {
            EmptyState::done("На сегодня всё", "Возвращайтесь в среду, 14 октября: сверить 2А и 2Б")
                .button(Button::outlined("Показать сделанное: 9"))
                .show(ui);
        });
        at(ui, 24.0, 400.0, 340.0, 330.0, answers_ui);
        at(ui, 950.0, 400.0, 316.0, 330.0, list_ui);
        Dialog::new("erase", "Стереть сведения о 3 людях?").confirm_danger("Стереть 3 записи").show(ui.ctx(), |ui| {
            label::body_ui(ui, "Имена, телефоны и связи исчезнут из списка без возврата. В журнале останется, что записи были, но без имён.");
            Callout::attention("", "Орлов Артём на 30 сен ещё был в чате «7Б, класс». Сначала исключите его там.").show(ui);
        });
    });
    compare_picture(&mut harness, "kit-dialog");
}
