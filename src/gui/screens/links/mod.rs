//! Ссылки: the register of invite links (duties 2.3-4 and 2.3-9).

mod acts;
mod course;
mod hand_out;
mod inspector;
mod issue;
mod leaked;
mod listing;
mod more_menu;
mod new_link;
mod papers;
mod pasted;
mod picker;
mod steps;
mod table;
pub mod words;

pub(in crate::gui::screens) use self::inspector::{capital, seen_words};
pub(in crate::gui::screens) use self::steps::address_error;

use std::collections::BTreeSet;

use egui::{Event, Id, Key, Modifiers, Popup, PopupCloseBehavior, Pos2, Ui};

use self::acts::LinkAct;
use self::listing::{Filter, Listing, STATES, SortBy};
use self::new_link::NewLinkForm;
use self::pasted::PasteForm;
use self::steps::StepForm;
use crate::gui::action::LinksPage;
use crate::gui::widgets::button::named_link_button_ui;
use crate::gui::widgets::checkbox::{Mark, mark_row_ui};
use crate::gui::widgets::chip::chip_ui;
use crate::gui::widgets::empty_state::{EmptyState, nothing_found_ui};
use crate::gui::widgets::field::search_ui;
use crate::gui::widgets::section::section_ui;
use crate::gui::widgets::shortcut::consume_shortcut_physical;
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::names::Role;
use crate::register::{InviteId, InviteState};
use crate::session::InviteFile;
use crate::wording::{number, plural, role_name};

/// A form or a confirmation above the screen.
enum LinkDialog {
    Step(StepForm),
    New(Box<NewLinkForm>),
    Paste(PasteForm),
    Act(papers::ActForm),
    Register(papers::RegisterForm),
}

/// State of the screen.
#[derive(Default)]
pub struct LinksState {
    filter: Filter,
    /// `None`: by state, the flagged first.
    sort: Option<(SortBy, bool)>,
    listing: Listing,
    marked: BTreeSet<InviteId>,
    /// Where a range of marks begins.
    anchor: Option<InviteId>,
    cursor: Option<InviteId>,
    inspected: Option<InviteId>,
    scroll_to_cursor: bool,
    rows_in_sight: usize,
    menu: Option<Pos2>,
    dialog: Option<LinkDialog>,
    opens_form: bool,
    page: LinksPage,
    issue: issue::IssueState,
    hand_out: hand_out::HandOutState,
    leaked: leaked::LeakedState,
    course: course::CourseState,
    /// How many links an unfinished cleanup has left; 0: none is paused.
    pub paused_cleanup: usize,
}

/// Draws the screen.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut LinksState, actions: &mut Vec<Action>) {
    match state.page {
        LinksPage::List => table_page_ui(ui, context, state, actions),
        LinksPage::Issue => issue::show(ui, context, &mut state.issue, actions),
        LinksPage::HandOut => hand_out::show(ui, context, &mut state.hand_out, actions),
        LinksPage::Course => course::show(ui, context, &mut state.course, actions),
        LinksPage::Leaked(_) => {
            if let leaked::Asked::Record(address) = leaked::show(ui, context, &mut state.leaked, actions) {
                let form = NewLinkForm::new(context.today).with_address(address);
                state.dialog = Some(LinkDialog::New(Box::new(form)));
            }
            dialogs_ui(ui, context, state, actions);
        }
    }
}

fn table_page_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut LinksState,
    actions: &mut Vec<Action>,
) {
    if std::mem::take(&mut state.opens_form) {
        state.dialog = Some(LinkDialog::New(Box::new(NewLinkForm::new(context.today))));
    }
    state.refresh(context);
    if state.dialog.is_none() {
        state.take_paste(ui);
        if state.inspected.is_none() || !context.narrow {
            focus_search_by_key(ui);
        }
    }
    let inspected = state.inspected.and_then(|id| context.snapshot.invites.get(id));
    if let Some(row) = inspected {
        inspector::show(ui, context, state, row, actions);
    } else {
        state.inspected = None;
    }
    if inspected.is_none() || !context.narrow {
        list_ui(ui, context, state, actions);
    }
    dialogs_ui(ui, context, state, actions);
}

fn list_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut LinksState, actions: &mut Vec<Action>) {
    header_ui(ui, context, state, actions);
    if context.snapshot.invites.is_empty() {
        let sentence = "Здесь видно, кому они отданы и какие пора аннулировать";
        let pressed = EmptyState::new(icons::LINK_SIMPLE, "Ссылок пока нет", sentence)
            .primary(icons::PLUS, "Записать первую ссылку")
            .second_line("или вставьте несколько: Ctrl V")
            .show(ui);
        if pressed {
            state.opens_form = true;
        }
        return;
    }
    filter_bar_ui(ui, context, state, actions);
    state.refresh(context);
    if !state.marked.is_empty() {
        marked_bar_ui(ui, context, state, actions);
    }
    if state.listing.len() == 0 {
        let sentence = format!("Таких ссылок нет: {}", state.filter.words());
        ui.add_space(16.0);
        let dropped = ui
            .horizontal(|ui| {
                ui.add_space(24.0);
                ui.vertical(|ui| {
                    ui.set_max_width(420.0);
                    nothing_found_ui(ui, &sentence)
                })
                .inner
            })
            .inner;
        if dropped {
            state.filter = Filter::default();
        }
        return;
    }
    table::show(ui, context, state, actions);
}

fn header_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut LinksState, actions: &mut Vec<Action>) {
    let flagged = context.snapshot.invites.flagged_count();
    let in_force = context.snapshot.invites.count_in_state(InviteState::InForce) as u64;
    let shown = number(state.listing.len() as u64);
    let has_little_room = state.inspected.is_some() || context.narrow;
    // The button beside it says how many are flagged.
    let mut subtitle = format!("показано {shown} из {}", number(context.snapshot.invites.len() as u64));
    if !has_little_room {
        let standing = plural(in_force, "действует", "действуют", "действуют");
        subtitle = format!(
            "{} {standing}, {} пора аннулировать · показано {shown}",
            number(in_force),
            number(flagged as u64)
        );
    }
    let paused = state.paused_cleanup;
    let sort_out = match (paused, flagged) {
        (0, 0) => String::new(),
        (0, flagged) => format!("Разобрать {flagged}"),
        (paused, _) => format!("Продолжить разбор: {paused} осталось"),
    };
    page::header_above_filters_ui(ui, "Ссылки", &subtitle, |ui| {
        let width = if has_little_room { 160.0 } else { 200.0 };
        search_ui(ui, search_id(), &mut state.filter.search, "Класс или 4 знака", "", width);
        more_menu::show(ui, context, state, actions);
        if !sort_out.is_empty() && ui.add(Button::outlined(&sort_out).icon(icons::LIST_CHECKS)).clicked() {
            actions.push(Action::Go(Destination::Cleanup(None)));
        }
        if ui.add(Button::primary("Новая ссылка").icon(icons::PLUS)).clicked() {
            state.opens_form = true;
        }
    });
}

fn search_id() -> Id {
    Id::unique("links search")
}

fn focus_search_by_key(ui: &Ui) {
    if consume_shortcut_physical(ui.ctx(), Modifiers::COMMAND, Key::F) {
        ui.memory_mut(|memory| memory.request_focus(search_id()));
    }
}

fn filter_bar_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut LinksState,
    actions: &mut Vec<Action>,
) {
    page::filter_bar_ui(ui, |ui| {
        let button = ui.add(Button::outlined("Фильтр").icon(icons::FUNNEL_SIMPLE).in_bar());
        let (filter, listing) = (&mut state.filter, &state.listing);
        Popup::menu(&button)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .show(|ui| filter_menu_ui(ui, filter, listing));
        chips_ui(ui, filter);
        let has_little_room = state.inspected.is_some() || context.narrow;
        page::trailing_ui(ui, "list actions", |ui| {
            ui.spacing_mut().item_spacing.x = 20.0;
            table::columns_button_ui(ui, context, actions);
            let paste = "Вставить список ссылок";
            if named_link_button_ui(ui, Some(icons::CLIPBOARD_TEXT), "Вставить список", paste).clicked()
            {
                state.dialog = Some(LinkDialog::Paste(PasteForm::new(String::new())));
            }
            let word = if has_little_room { "Для Excel" } else { "Копировать для Excel" };
            let copy = "Копировать таблицу ссылок для Excel";
            if named_link_button_ui(ui, Some(icons::FILE_XLS), word, copy).clicked() {
                acts::copy_for_excel(context, state, false, actions);
            }
        });
    });
}

fn chips_ui(ui: &mut Ui, filter: &mut Filter) {
    if !filter.parallels.is_empty() && chip_ui(ui, "Параллели:", &filter.parallel_words()).clicked()
    {
        filter.parallels.clear();
    }
    if !filter.roles.is_empty() && chip_ui(ui, "Роль:", &filter.role_words()).clicked() {
        filter.roles.clear();
    }
    if !filter.states.is_empty() && chip_ui(ui, "Состояние:", &filter.state_words()).clicked() {
        filter.states.clear();
    }
    if filter.only_flagged && chip_ui(ui, "", "пора аннулировать").clicked() {
        filter.only_flagged = false;
    }
    let narrowed = Filter { search: String::new(), ..filter.clone() };
    if !narrowed.is_empty() && ui.add(Button::ghost("Сбросить").in_bar()).clicked() {
        *filter = Filter { search: std::mem::take(&mut filter.search), ..Filter::default() };
    }
}

fn filter_menu_ui(ui: &mut Ui, filter: &mut Filter, listing: &Listing) {
    ui.set_width(320.0);
    ui.spacing_mut().item_spacing.y = 4.0;
    ui.spacing_mut().interact_size.y = 24.0;
    egui::Frame::new().inner_margin(8).show(ui, |ui| {
        if mark_row_ui(ui, Mark::from(filter.only_flagged), "Только те, что пора аннулировать").clicked()
        {
            filter.only_flagged = !filter.only_flagged;
        }
        ui.add_space(6.0);
        section_ui(ui, "Параллели");
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 14.0;
            for parallel in listing.known_parallels() {
                let on = filter.parallels.contains(&parallel);
                if mark_row_ui(ui, Mark::from(on), &parallel.to_string()).clicked() {
                    toggle(&mut filter.parallels, parallel);
                }
            }
        });
        ui.add_space(6.0);
        section_ui(ui, "Роль");
        for role in Role::ALL {
            if mark_row_ui(ui, Mark::from(filter.roles.contains(&role)), role_name(role)).clicked() {
                toggle(&mut filter.roles, role);
            }
        }
        ui.add_space(6.0);
        section_ui(ui, "Состояние");
        for known in STATES {
            let on = filter.states.contains(&known);
            if mark_row_ui(ui, Mark::from(on), words::state_name(known)).clicked() {
                toggle(&mut filter.states, known);
            }
        }
    });
}

fn toggle<T: Ord>(set: &mut BTreeSet<T>, value: T) {
    if !set.remove(&value) {
        set.insert(value);
    }
}

fn marked_bar_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut LinksState,
    actions: &mut Vec<Action>,
) {
    let marked: Vec<InviteId> = state.marked.iter().copied().collect();
    let open = acts::not_revoked(context, &marked).len();
    let mut pressed = None;
    let mut unmark = false;
    page::marked_bar_ui(ui, |ui| {
        let all = Mark::of_count(marked.len(), state.listing.len());
        unmark |= mark_row_ui(ui, all, &format!("Отмечено {}", marked.len())).clicked();
        let because = (open == 0).then_some("Все отмеченные ссылки уже аннулированы");
        let revoke = format!("Аннулировать {}", words::links_accusative(open));
        let revoke = Button::danger(&revoke).icon(icons::PROHIBIT).in_bar().disabled_because(because);
        if ui.add(revoke).clicked() {
            pressed = Some(LinkAct::Revoke);
        }
        let more = [
            ("Отложить", icons::CLOCK, LinkAct::Defer, because),
            ("Поручить учителю", icons::USER_SWITCH, LinkAct::Delegate, because),
            ("Для Excel", icons::COPY, LinkAct::Excel, None),
        ];
        for (word, icon, act, because) in more {
            let name = format!("{word}: отмеченные ссылки, {}", marked.len());
            let button = Button::outlined(word).icon(icon).in_bar().accessible_name(&name);
            if ui.add(button.disabled_because(because)).clicked() {
                pressed = Some(act);
            }
        }
        page::trailing_ui(ui, "unmark", |ui| {
            unmark |= crate::gui::widgets::button::link_button_ui(ui, "Снять отметки").clicked();
        });
    });
    if unmark {
        state.marked.clear();
    }
    if let Some(act) = pressed {
        acts::perform(context, state, act, &marked, actions);
    }
}

fn dialogs_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut LinksState, actions: &mut Vec<Action>) {
    let closed = match &mut state.dialog {
        None => false,
        Some(LinkDialog::Step(form)) => form.show(ui, context, actions),
        Some(LinkDialog::New(form)) => {
            let answer = form.show(ui, context, actions);
            if answer == new_link::FormAnswer::Paste {
                state.dialog = Some(LinkDialog::Paste(PasteForm::new(String::new())));
                return;
            }
            answer == new_link::FormAnswer::Closed
        }
        Some(LinkDialog::Paste(form)) => form.show(ui, context, actions),
        Some(LinkDialog::Act(form)) => form.show(ui, context, actions),
        Some(LinkDialog::Register(form)) => form.show(ui, context, actions),
    };
    if closed {
        state.dialog = None;
    }
}

impl LinksState {
    /// The words that stand around a link of each role, in the order of [`Role::ALL`]: ours or the school's own.
    pub fn words_for_roles(&self) -> [String; 4] {
        Role::ALL.map(|role| self.hand_out.words_of(role).to_owned())
    }

    /// Selects a link and opens its card.
    pub fn select(&mut self, invite: InviteId) {
        self.page = LinksPage::List;
        self.filter = Filter::default();
        self.cursor = Some(invite);
        self.inspected = Some(invite);
        self.scroll_to_cursor = true;
    }

    /// Shows only flagged links.
    pub fn show_flagged(&mut self) {
        self.page = LinksPage::List;
        self.filter = Filter { only_flagged: true, ..Filter::default() };
        self.sort = None;
        self.inspected = None;
    }

    /// Opens the form «Новая ссылка».
    pub fn open_new_form(&mut self) {
        self.page = LinksPage::List;
        self.opens_form = true;
    }

    /// What stands in the room.
    pub fn page(&self) -> LinksPage {
        self.page
    }

    /// Shows a page beside the table, or the table again.
    pub fn open_page(&mut self, page: LinksPage) {
        self.page = page;
        match page {
            LinksPage::Issue => self.issue.begin(),
            LinksPage::Leaked(invite) => self.leaked.begin(invite),
            LinksPage::List | LinksPage::HandOut | LinksPage::Course => {}
        }
    }

    /// Takes what an earlier sitting left in the file under a key.
    pub fn resume_from(&mut self, key: &str, kept: &str) {
        match key {
            issue::WORKSPACE_KEY => self.issue.resume_from(kept),
            hand_out::WORKSPACE_KEY => self.hand_out.resume_from(kept),
            leaked::WORKSPACE_KEY => self.leaked.resume_from(kept),
            _ => {}
        }
    }

    /// A paper lies on the disk: a step of the leaked link may be done with it.
    pub fn paper_written(&mut self, paper: &crate::session::LinkPaper) {
        self.leaked.paper_written(paper);
    }

    fn sort(&self) -> (SortBy, bool) {
        self.sort.unwrap_or((SortBy::State, true))
    }

    fn refresh(&mut self, context: &ScreenContext<'_>) {
        let sort = self.sort();
        if self.listing.refresh(context.snapshot, &self.filter, sort) {
            self.marked.retain(|id| context.snapshot.invites.get(*id).is_some());
        }
    }

    /// Takes links out of a file, to be looked at before they are recorded.
    pub fn take_table(&mut self, file: InviteFile) {
        self.dialog = Some(LinkDialog::Paste(PasteForm::of_file(file)));
    }

    /// Ctrl+V while nobody types: a list of links.
    fn take_paste(&mut self, ui: &Ui) {
        if ui.ctx().text_edit_focused() {
            return;
        }
        let mut pasted = None;
        ui.input_mut(|input| {
            input.events.retain(|event| match event {
                Event::Paste(text) => {
                    pasted = Some(text.clone());
                    false
                }
                _ => true,
            });
        });
        if let Some(text) = pasted {
            self.dialog = Some(LinkDialog::Paste(PasteForm::new(text)));
        }
    }
}
