//! «Похоже, один человек»: pairs of records that may be of one person, each confirmed or told apart.

mod compare;

use std::collections::BTreeSet;

use egui::Ui;
use jiff::civil::Date;

pub use self::compare::{Compare, show as compare_ui};
use super::PeopleState;
use crate::gui::theme::Tone;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::empty_state::EmptyState;
use crate::gui::widgets::table::{Column, DataTable, Width};
use crate::gui::widgets::table_cell::Cell;
use crate::gui::widgets::table_keys::{TableKey, table_keys};
use crate::gui::widgets::{Button, label, page};
use crate::gui::{Action, ScreenContext, icons};
use crate::register::{Operation, PersonId};
use crate::regulation::{Duplicate, duplicates, merges_of, why_same_words};
use crate::session::Snapshot;
use crate::wording::counted;

const NAME: &str = "duplicates";

/// What was found, and in which register.
pub struct FoundDuplicates {
    version: (u64, Date),
    pairs: Vec<Duplicate>,
}

impl FoundDuplicates {
    /// Looks through a register; not for the drawing thread.
    pub fn of(snapshot: &Snapshot) -> FoundDuplicates {
        FoundDuplicates { version: snapshot.version(), pairs: duplicates(&snapshot.register, snapshot.today) }
    }
}

/// State of the page.
#[derive(Default)]
pub struct DuplicatesState {
    /// The page stands instead of the list of people.
    pub open: bool,
    asked: Option<(u64, Date)>,
    found: Option<FoundDuplicates>,
    selected: Option<(PersonId, PersonId)>,
    scroll: bool,
    confirming: bool,
    /// Two records side by side.
    pub compare: Option<Compare>,
}

impl DuplicatesState {
    /// Asks to look anew once after every change.
    pub fn ask(&mut self, context: &ScreenContext<'_>, actions: &mut Vec<Action>) {
        let version = context.unveiled.version();
        if self.asked != Some(version) {
            self.asked = Some(version);
            actions.push(Action::FindDuplicates);
        }
    }

    /// Takes what was found; an answer about an older register is of no use.
    pub fn take(&mut self, found: FoundDuplicates) {
        if self.asked.is_none_or(|asked| asked == found.version) {
            self.found = Some(found);
        }
    }

    /// How many pairs wait.
    pub fn count(&self) -> usize {
        self.pairs().len()
    }

    fn pairs(&self) -> &[Duplicate] {
        self.found.as_ref().map_or(&[], |found| &found.pairs)
    }

    fn place_of_selected(&self) -> Option<usize> {
        let selected = self.selected?;
        self.pairs().iter().position(|pair| (pair.keep, pair.merge) == selected)
    }

    fn open_pair(&mut self, context: &ScreenContext<'_>, place: usize) {
        if let Some(pair) = self.pairs().get(place) {
            let compare = Compare::of(context, pair.keep, pair.merge, &pair.because);
            self.selected = Some((pair.keep, pair.merge));
            self.compare = compare;
        }
    }
}

/// Draws the page.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut PeopleState, actions: &mut Vec<Action>) {
    let page = &mut state.duplicates;
    take_keys(ui, context, page);
    let certain = page.pairs().iter().filter(|pair| pair.certain).count();
    let subtitle = match (page.found.is_some(), page.count()) {
        (false, _) => "Ищу похожие карточки".to_owned(),
        (true, 0) => "Похожих карточек нет".to_owned(),
        (true, count) => format!(
            "{} · точно один человек: {certain}",
            counted(count as u64, "пара карточек", "пары карточек", "пар карточек")
        ),
    };
    let reason = context.file.read_only.then_some("Файл открыт только для чтения");
    let (back, merge) = page::header_ui(ui, "Похоже, один человек", &subtitle, |ui| {
        let back = ui.add(Button::outlined("К списку людей").icon(icons::ARROW_LEFT)).clicked();
        let word = format!("Объединить точных: {certain}");
        let merge = Button::primary(&word).icon(icons::INTERSECT).disabled_because(reason);
        (back, certain > 0 && ui.add(merge).clicked())
    });
    if back {
        page.open = false;
    }
    page.confirming |= merge;
    if page.found.is_some() && page.count() == 0 {
        let sentence =
            "Ищутся по ФИО вместе с телефоном, датой рождения или семьёй; одно имя ничего не значит";
        EmptyState::done("Похожих карточек нет", sentence).show(ui);
    } else {
        table_ui(ui, context, page);
    }
    confirm_ui(ui, context, page, actions);
}

fn take_keys(ui: &Ui, context: &ScreenContext<'_>, page: &mut DuplicatesState) {
    if page.compare.is_some() || page.confirming {
        return;
    }
    let sight = ((ui.available_height() - 160.0) / context.row_height()).max(1.0) as usize;
    for key in table_keys(ui, NAME) {
        let current = page.place_of_selected();
        if let Some(target) = key.target(current, page.count(), sight) {
            page.selected = page.pairs().get(target).map(|pair| (pair.keep, pair.merge));
            page.scroll = true;
            continue;
        }
        match (key, current) {
            (TableKey::Open, Some(place)) => page.open_pair(context, place),
            (TableKey::Escape, _) => page.open = false,
            _ => {}
        }
    }
}

fn table_ui(ui: &mut Ui, context: &ScreenContext<'_>, page: &mut DuplicatesState) {
    let columns = [
        Column::left("ФИО", Width::Remainder(220.0)).unsortable(),
        Column::left("Остаётся", Width::Exact(220.0)).unsortable(),
        Column::left("Вливается", Width::Exact(220.0)).unsortable(),
        Column::left("Почему", Width::Exact(340.0)).unsortable(),
    ];
    let selected = page.place_of_selected();
    let scroll = std::mem::take(&mut page.scroll);
    let pairs = page.pairs();
    let response = DataTable::new(NAME, &columns)
        .accessible_name("Похоже, один человек")
        .row_height(context.row_height())
        .scroll_to_row(selected.filter(|_| scroll))
        .show(
            ui,
            pairs.len(),
            |row| Some(row) == selected,
            |row, column, cell| {
                if let Some(pair) = pairs.get(row) {
                    cell_ui(context, pair, column, cell);
                }
            },
        );
    if let Some((row, _)) = response.clicked_row {
        page.open_pair(context, row);
    }
}

fn cell_ui(context: &ScreenContext<'_>, pair: &Duplicate, column: usize, cell: &mut Cell<'_>) {
    let people = &context.snapshot.people;
    let place_words = |person: PersonId| {
        people.get(person).map_or_else(String::new, |row| match (row.left, row.group_labels.is_empty()) {
            (true, _) => "выбытие".to_owned(),
            (false, true) if row.role_words.is_empty() => "без роли".to_owned(),
            (false, true) => row.role_words.clone(),
            (false, false) => format!("{}, {}", row.role_words, row.group_labels),
        })
    };
    match column {
        0 => {
            cell.text_medium(people.get(pair.keep).map_or("", |row| &row.full_name));
        }
        1 => {
            cell.text(&place_words(pair.keep));
        }
        2 => {
            cell.text(&place_words(pair.merge));
        }
        _ => {
            let (tone, icon) =
                if pair.certain { (Tone::Good, icons::CHECKS) } else { (Tone::Neutral, icons::QUESTION) };
            cell.icon(tone, icon);
            cell.text_secondary(&why_same_words(&pair.because));
        }
    }
}

fn confirm_ui(ui: &Ui, context: &ScreenContext<'_>, page: &mut DuplicatesState, actions: &mut Vec<Action>) {
    if !page.confirming {
        return;
    }
    let certain = page.pairs().iter().filter(|pair| pair.certain);
    let merges = merges_of(context.register(), certain);
    let count = counted(merges.len() as u64, "карточку", "карточки", "карточек");
    let confirm = format!("Объединить {}", merges.len());
    let title = format!("Объединить {count}?");
    let (answer, ()) =
        Dialog::new("merge-certain", &title).confirm(&confirm).show(ui.ctx(), |ui| {
            label::body_ui(
                ui,
                "У них совпали ФИО целиком и телефон. Роли, дети, ссылки и заявки перейдут в карточку, в которой их \
                 больше. Это одна запись журнала, её можно отменить всю или по человеку.",
            );
            for merge in merges.iter().take(8) {
                label::caption_ui(ui, &merge.keep.name.full());
            }
            if merges.len() > 8 {
                label::caption_ui(ui, &format!("и ещё {}", merges.len() - 8));
            }
        });
    match answer {
        DialogAnswer::Open => return,
        DialogAnswer::Confirmed => {
            let done = counted(merges.len() as u64, "карточка", "карточки", "карточек");
            actions.push(Action::execute(Operation::MergePeople(merges), format!("Объединены: {done}")));
        }
        DialogAnswer::Cancelled | DialogAnswer::Alternative => {}
    }
    page.confirming = false;
}

/// People who stand in a pair: told of on their cards.
pub fn pairs_of(state: &DuplicatesState, person: PersonId) -> BTreeSet<PersonId> {
    let pairs = state.pairs().iter().filter(|pair| pair.keep == person || pair.merge == person);
    pairs.map(|pair| if pair.keep == person { pair.merge } else { pair.keep }).collect()
}
