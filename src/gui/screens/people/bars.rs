//! Header, filter bar and the bar of marked people.

use egui::Ui;

use super::card_sections::verification_words;
use super::forms::Form;
use super::{Filter, PeopleState, columns, excel, saved_filters};
use crate::gui::screens::form_fields::focus_search_on_shortcut;
use crate::gui::screens::table_layouts;
use crate::gui::widgets::button::{link_button_ui, named_link_button_ui};
use crate::gui::widgets::checkbox::{Mark, mark_row_ui};
use crate::gui::widgets::chip::chip_ui;
use crate::gui::widgets::choice::Choice;
use crate::gui::widgets::field::search_ui;
use crate::gui::widgets::menu::{menu_divider_ui, menu_on, menu_row_ui};
use crate::gui::widgets::{Button, ButtonKind, page};
use crate::gui::{Action, Destination, PeoplePage, ScreenContext, icons};
use crate::names::Role;
use crate::register::{OrganizationKind, ParticipationStage, Verification};
use crate::wording::{counted, number, role_plural};

/// Title, search, «Загрузить список», «Добавить человека».
pub fn header_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut PeopleState,
    actions: &mut Vec<Action>,
) {
    let search = egui::Id::unique("people search");
    focus_search_on_shortcut(ui, search);
    let mut subtitle = counted(state.found.here as u64, "человек", "человека", "человек");
    if state.filter != Filter::default() || !state.search.trim().is_empty() {
        subtitle.push_str(&format!(" · показано {}", number(state.found.people.len() as u64)));
    }
    let beside_card = state.card_open && state.selected.is_some() && !context.narrow;
    page::header_above_filters_ui(ui, "Люди", &subtitle, |ui| {
        let cramped = ui.ctx().content_rect().width() < 860.0;
        let width = if beside_card || context.narrow { 172.0 } else { 232.0 };
        search_ui(ui, search, &mut state.search, "ФИО или класс", "", width);
        let load = if cramped {
            Button::icon_only(icons::UPLOAD_SIMPLE, "Загрузить список").kind(ButtonKind::Outlined)
        } else {
            Button::outlined("Загрузить список").icon(icons::UPLOAD_SIMPLE)
        };
        if ui.add(load).clicked() {
            actions.push(Action::Go(Destination::Import));
        }
        let more = ui.add(Button::icon_only(icons::DOTS_THREE, "Другие действия с людьми"));
        menu_on(&more, |ui| more_menu_ui(ui, context, state, actions));
        if ui.add(Button::primary("Зачислить").icon(icons::USER_PLUS)).clicked() {
            actions.push(Action::Go(Destination::PeoplePage(PeoplePage::Enrol(state.filter.group))));
        }
    });
}

fn more_menu_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut PeopleState,
    actions: &mut Vec<Action>,
) {
    let pages = [
        (icons::IDENTIFICATION_CARD, "Принять на работу", PeoplePage::Hire),
        (icons::SWAP, "Движение за период", PeoplePage::Movement),
        (icons::USER_MINUS, "Выбывшие: кто ещё внутри", PeoplePage::Leavers),
    ];
    for (icon, word, page) in pages {
        if menu_row_ui(ui, icon, word, "", false).clicked() {
            actions.push(Action::Go(Destination::PeoplePage(page)));
        }
    }
    menu_divider_ui(ui);
    if menu_row_ui(ui, icons::PLUS, "Добавить человека", "", false).clicked() {
        state.form = Some(Form::add_person(context));
    }
}

/// Filters and «Копировать для Excel».
pub fn filter_bar_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut PeopleState,
    actions: &mut Vec<Action>,
) {
    page::filter_bar_ui(ui, |ui| {
        let button = ui.add(Button::outlined("Фильтр").icon(icons::FUNNEL_SIMPLE).in_bar());
        menu_on(&button, |ui| filter_menu_ui(ui, &mut state.filter));
        group_choice_ui(ui, context, &mut state.filter);
        saved_filters::button_ui(ui, context, state, actions);
        if chips_ui(ui, context, &mut state.filter) {
            state.reset_filter();
        }
        page::trailing_ui(ui, "copy", |ui| {
            let statuses = Button::ghost("Статусы").icon(icons::SHIELD_CHECK).in_bar();
            let statuses = statuses.accessible_name("Статусы учителей и сотрудников");
            if ui.add(statuses.tooltip("Подтверждение статусов «учитель» и «сотрудник»")).clicked()
            {
                actions.push(Action::Go(Destination::Statuses));
            }
            let pairs = state.duplicates.count();
            if pairs > 0 {
                let word = format!("Похоже, один человек: {pairs}");
                if named_link_button_ui(ui, Some(icons::INTERSECT), &word, &word).clicked() {
                    state.open_duplicates();
                }
            }
            let hideable = columns::HIDEABLE.map(|(_, column)| column);
            let asked = actions.len();
            table_layouts::columns_button_ui(ui, context, columns::NAME, &hideable, actions);
            if actions.len() > asked {
                // From now on the columns are the user's own again.
                state.columns = None;
            }
            let cramped = context.narrow || state.card_open && state.selected.is_some();
            let copy = if cramped {
                Button::icon_only(icons::FILE_XLS, "Копировать для Excel").in_bar()
            } else {
                Button::ghost("Копировать для Excel").icon(icons::FILE_XLS).in_bar()
            };
            if ui.add(copy).clicked() {
                actions.push(excel::copy_people(context, &state.found.people));
            }
        });
    });
}

fn filter_menu_ui(ui: &mut Ui, filter: &mut Filter) {
    for (role, icon) in [
        (Role::Student, icons::STUDENT),
        (Role::Parent, icons::USERS),
        (Role::Teacher, icons::CHALKBOARD_TEACHER),
        (Role::Employee, icons::IDENTIFICATION_CARD),
    ] {
        let words = role_plural(role);
        let mut letters = words.chars();
        let words: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        if menu_row_ui(ui, icon, &words, "", false).clicked() {
            filter.role = Some(role);
        }
    }
    menu_divider_ui(ui);
    for (stage, icon, words) in [
        (ParticipationStage::Inside, icons::CHECK, "Внутри"),
        (ParticipationStage::OnTheWay, icons::HOURGLASS_MEDIUM, "Приглашены или просятся"),
    ] {
        if menu_row_ui(ui, icon, words, "", false).clicked() {
            filter.stage = Some(stage);
        }
    }
    if menu_row_ui(ui, icons::SHIELD_CHECK, "Ждут подтверждения статуса", "", false).clicked()
    {
        filter.verification = Some(Verification::Waiting);
    }
    if menu_row_ui(ui, icons::SHIELD_WARNING, "Доступ к ребёнку ограничен", "", false).clicked()
    {
        filter.restricted = true;
    }
    if menu_row_ui(ui, icons::PAUSE, "Долго отсутствуют", "", false).clicked() {
        filter.absent = true;
    }
    menu_divider_ui(ui);
    if menu_row_ui(ui, icons::CIRCLE_DASHED, "Без класса", "", false).clicked() {
        filter.without_group = true;
        filter.group = None;
    }
    if menu_row_ui(ui, icons::USER_MINUS, "Выбыли", "", false).clicked() {
        *filter = Filter { left: true, ..Filter::default() };
    }
}

fn group_choice_ui(ui: &mut Ui, context: &ScreenContext<'_>, filter: &mut Filter) {
    let groups = context.snapshot.groups.rows();
    let school = context.register().organization().kind == OrganizationKind::School;
    let (name, any) = if school {
        ("Класс", "Любой класс")
    } else {
        ("Группа", "Любая группа")
    };
    let mut chosen = filter.group.and_then(|group| groups.iter().position(|row| row.id == group));
    // Borrowed labels: nothing is written anew in a frame.
    let labels: Vec<&str> = groups.iter().map(|row| row.label.as_str()).collect();
    if Choice::new(name).placeholder(any).width(124.0).in_bar().show(ui, &mut chosen, &labels) {
        filter.group = chosen.and_then(|place| groups.get(place)).map(|row| row.id);
        filter.without_group = false;
    }
}

/// Answers whether «Сбросить» was pressed.
fn chips_ui(ui: &mut Ui, context: &ScreenContext<'_>, filter: &mut Filter) -> bool {
    if let Some(role) = filter.role
        && chip_ui(ui, "Роль:", role_plural(role)).clicked()
    {
        filter.role = None;
    }
    if let Some(group) = filter.group
        && let Some(group) = context.register().group(group)
        && chip_ui(ui, "Группа:", &group.label).clicked()
    {
        filter.group = None;
    }
    if let Some(stage) = filter.stage {
        let words = match stage {
            ParticipationStage::Inside => "внутри",
            ParticipationStage::OnTheWay => "приглашены или просятся",
        };
        if chip_ui(ui, "", words).clicked() {
            filter.stage = None;
        }
    }
    if let Some(verification) = filter.verification
        && chip_ui(ui, "Статус:", verification_words(verification)).clicked()
    {
        filter.verification = None;
    }
    for (word, on) in [
        ("без класса", &mut filter.without_group),
        ("выбыли", &mut filter.left),
        ("доступ ограничен", &mut filter.restricted),
        ("долго отсутствуют", &mut filter.absent),
    ] {
        if *on && chip_ui(ui, "", word).clicked() {
            *on = false;
        }
    }
    *filter != Filter::default() && ui.add(Button::ghost("Сбросить").in_bar()).clicked()
}

/// What can be done with all marked people at once.
pub fn marked_bar_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut PeopleState,
    actions: &mut Vec<Action>,
) {
    if state.marked.is_empty() {
        return;
    }
    let count = state.marked.len();
    page::marked_bar_ui(ui, |ui| {
        let all = state.found.people.len();
        let words = format!("Отмечено {}", number(count as u64));
        let mark = Mark::of_count(count, all);
        if mark_row_ui(ui, mark, &words).clicked() {
            if mark == Mark::On {
                state.marked.clear();
            } else {
                state.marked.extend(state.found.people.iter().copied());
            }
        }
        let people: Vec<_> = state.marked.iter().copied().collect();
        let cramped = ui.available_width() < 900.0;
        let button = |ui: &mut Ui, icon, word: &str| {
            let button = if cramped {
                Button::icon_only(icon, word).kind(ButtonKind::Outlined)
            } else {
                Button::outlined(word).icon(icon)
            };
            ui.add(button.in_bar()).clicked()
        };
        if button(ui, icons::USER_CHECK, "Отметить участие") {
            state.form = Some(Form::participation_of(context, &people));
        }
        if button(ui, icons::SWAP, "Перевести") {
            state.form = Some(Form::bulk_move(context, &people));
        }
        if button(ui, icons::SHIELD_CHECK, "Статус в кабинете") {
            state.form = Some(Form::bulk_verification(context, &people));
        }
        if button(ui, icons::USER_MINUS, "Выбыли") {
            state.form = Some(Form::depart(context, &people));
        }
        if let [one, other] = people[..]
            && button(ui, icons::INTERSECT, "Один человек?")
        {
            state.compare(context, one, other);
        }
        if button(ui, icons::COPY, "Для Excel") {
            let shown: Vec<_> =
                state.found.people.iter().copied().filter(|person| state.marked.contains(person)).collect();
            actions.push(excel::copy_people(context, &shown));
        }
        page::trailing_ui(ui, "unmark", |ui| {
            if link_button_ui(ui, "Снять отметки").clicked() {
                state.marked.clear();
            }
        });
    });
}
