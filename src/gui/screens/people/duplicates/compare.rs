//! Two records side by side: what stays, what goes over, and «не один человек».

use std::sync::Arc;

use egui::Ui;

use super::super::PeopleState;
use crate::gui::screens::form_fields::side_by_side_ui;
use crate::gui::theme::Tone;
use crate::gui::widgets::card::divider_ui;
use crate::gui::widgets::checkbox::radio_row_ui;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::{Button, section::section_ui};
use crate::gui::{Action, ScreenContext, icons};
use crate::names::Role;
use crate::register::{
    EntityKind, MergeChoice, Operation, PeopleMerge, Person, PersonId, Register, merged_person,
};
use crate::regulation::{SameBecause, why_same_words};
use crate::wording::{counted, date_short, list_of, role_name};

/// Two records that are compared.
pub struct Compare {
    keep: Arc<Person>,
    merge: Arc<Person>,
    choice: MergeChoice,
    why: String,
    /// What hangs on each, told once.
    told: [Vec<(&'static str, String)>; 2],
}

impl Compare {
    /// Two people of the register; `None` where one of them is not there.
    pub fn of(
        context: &ScreenContext<'_>,
        keep: PersonId,
        merge: PersonId,
        because: &[SameBecause],
    ) -> Option<Compare> {
        let register = context.register();
        let (keep, merge) = (register.person(keep)?.clone(), register.person(merge)?.clone());
        let why = if because.is_empty() {
            String::new()
        } else {
            format!("Почему: {}", why_same_words(because))
        };
        Some(Compare {
            choice: MergeChoice::suggested(&keep, &merge),
            told: [told_of(context, &keep), told_of(context, &merge)],
            keep,
            merge,
            why,
        })
    }

    fn swap(&mut self) {
        std::mem::swap(&mut self.keep, &mut self.merge);
        self.told.reverse();
        let old = self.choice;
        self.choice = MergeChoice {
            name_of_merged: !old.name_of_merged && self.keep.name != self.merge.name,
            birth_date_of_merged: !old.birth_date_of_merged && self.keep.birth_date.is_some(),
            phone_of_merged: !old.phone_of_merged && self.keep.phone.is_some(),
        };
    }

    fn is_stale(&self, register: &Register) -> bool {
        let same = |seen: &Arc<Person>| register.person(seen.id).is_some_and(|now| now == seen);
        !same(&self.keep) || !same(&self.merge)
    }
}

/// Roles, families and what else hangs on a record.
fn told_of(context: &ScreenContext<'_>, person: &Person) -> Vec<(&'static str, String)> {
    let register = context.register();
    let name = |id: PersonId| register.person(id).map_or_else(String::new, |person| person.name.short());
    let mut roles: Vec<String> = register
        .memberships_of_person(person.id)
        .filter(|one| register.is_current(one, context.today))
        .map(|one| match one.group.and_then(|group| register.group(group)) {
            Some(group) => format!("{}, {}", role_name(one.role), group.label),
            None => role_name(one.role).to_owned(),
        })
        .collect();
    let lasting = |until: Option<jiff::civil::Date>| until.is_none_or(|until| until >= context.today);
    let children: Vec<String> = register
        .guardianships_of_adult(person.id)
        .filter(|bond| lasting(bond.until))
        .map(|bond| name(bond.child))
        .collect();
    let adults: Vec<String> = register
        .guardianships_of_child(person.id)
        .filter(|bond| lasting(bond.until))
        .map(|bond| name(bond.adult))
        .collect();
    if !children.is_empty() {
        roles.push(role_name(Role::Parent).to_owned());
    }
    let count = |kind: EntityKind| {
        register.referrers(person.id).iter().filter(|referrer| referrer.kind == kind).count() as u64
    };
    let mut rest = Vec::new();
    for (kind, one, few, many) in [
        (EntityKind::Assignment, "руководство", "руководства", "руководств"),
        (EntityKind::Invite, "ссылка", "ссылки", "ссылок"),
        (EntityKind::Chat, "чат", "чата", "чатов"),
        (EntityKind::JoinRequest, "заявка", "заявки", "заявок"),
        (EntityKind::CabinetTask, "дело", "дела", "дел"),
        (EntityKind::Movement, "движение", "движения", "движений"),
        (EntityKind::Appeal, "обращение", "обращения", "обращений"),
    ] {
        if count(kind) > 0 {
            rest.push(counted(count(kind), one, few, many));
        }
    }
    let mut told = Vec::new();
    if !roles.is_empty() {
        told.push(("Роли", list_of(&roles, 5)));
    }
    if !children.is_empty() {
        told.push(("Дети", list_of(&children, 5)));
    }
    if !adults.is_empty() {
        told.push(("Взрослые", list_of(&adults, 5)));
    }
    if !rest.is_empty() {
        told.push(("Ещё", list_of(&rest, 7)));
    }
    if let Some(left) = person.left_on {
        told.push(("Выбытие", date_short(left)));
    }
    told
}

/// Draws the open comparison.
pub fn show(ui: &Ui, context: &ScreenContext<'_>, state: &mut PeopleState, actions: &mut Vec<Action>) {
    let Some(compare) = &mut state.duplicates.compare else { return };
    let trouble = if compare.is_stale(context.register()) {
        Some("Карточка с тех пор изменилась: откройте пару ещё раз")
    } else if context.file.read_only {
        Some("Файл открыт только для чтения")
    } else {
        None
    };
    let dialog = Dialog::new("compare-people", "Один ли это человек?")
        .width(760.0)
        .confirm("Объединить")
        .alternative("Не один человек")
        .cancel("Решить позже")
        .disabled_because(trouble);
    let (answer, ()) = dialog.show(ui.ctx(), |ui| body_ui(ui, compare));
    let name = compare.keep.name.short();
    match answer {
        DialogAnswer::Open => return,
        DialogAnswer::Confirmed => {
            let (keep, merge) = (compare.keep.clone(), compare.merge.clone());
            let stays = keep.id;
            let merge = PeopleMerge { keep, merge, choice: compare.choice };
            let operation = Operation::MergePeople(vec![merge]);
            actions.push(Action::execute(operation, format!("Объединены карточки: {name}")));
            if state.selected == Some(compare.merge.id) {
                state.selected = Some(stays);
            }
        }
        DialogAnswer::Alternative => {
            let pair = (compare.keep.id, compare.merge.id);
            let done = format!("Запомнено, что это разные люди: {name}");
            actions.push(Action::execute(Operation::TellApart(vec![pair]), done));
        }
        DialogAnswer::Cancelled => {}
    }
    state.duplicates.compare = None;
}

fn body_ui(ui: &mut Ui, compare: &mut Compare) {
    ui.spacing_mut().item_spacing.y = 8.0;
    if !compare.why.is_empty() {
        label::icon_line_ui(ui, icons::INTERSECT, Tone::Neutral, &[Run::body(&compare.why).secondary()]);
    }
    let mut swapped = false;
    side_by_side_ui(
        ui,
        |ui, width| head_ui(ui, width, "Эта карточка остаётся", compare.keep.id),
        |ui, width| head_ui(ui, width, "Эта вольётся в неё", compare.merge.id),
    );
    let (keep, merge) = (compare.keep.clone(), compare.merge.clone());
    let choice = &mut compare.choice;
    value_ui(ui, "ФИО", &keep.name.full(), &merge.name.full(), &mut choice.name_of_merged);
    let phone = |person: &Person| person.phone.as_ref().map_or_else(String::new, |phone| phone.masked());
    if keep.phone == merge.phone {
        plain_ui(ui, "Телефон", &phone(&keep), &phone(&merge));
    } else {
        value_ui(ui, "Телефон", &phone(&keep), &phone(&merge), &mut choice.phone_of_merged);
    }
    let born = |person: &Person| person.birth_date.map_or_else(String::new, date_short);
    value_ui(ui, "Дата рождения", &born(&keep), &born(&merge), &mut choice.birth_date_of_merged);
    divider_ui(ui, 2.0);
    let mut names: Vec<&'static str> = Vec::new();
    for (name, _) in compare.told.iter().flatten() {
        if !names.contains(name) {
            names.push(name);
        }
    }
    let told = |side: usize, name: &str| {
        let found = compare.told[side].iter().find(|(known, _)| *known == name);
        found.map_or("", |(_, value)| value.as_str())
    };
    for name in names {
        plain_ui(ui, name, told(0, name), told(1, name));
    }
    divider_ui(ui, 2.0);
    let after = merged_person(&compare.keep, &compare.merge, compare.choice);
    let former = match after.former_names.last() {
        Some(former) => format!("; прежнее имя запомнится: {}", former.full()),
        None => String::new(),
    };
    let said = format!("Останется: {}{former}. Всё из второй карточки перейдёт в первую.", after.name.full());
    label::caption_ui(ui, &said);
    if ui.add(Button::ghost("Поменять местами").icon(icons::SWAP).in_bar()).clicked() {
        swapped = true;
    }
    if swapped {
        compare.swap();
    }
}

fn head_ui(ui: &mut Ui, width: f32, title: &str, id: PersonId) {
    ui.vertical(|ui| {
        ui.set_width(width);
        section_ui(ui, title);
        label::caption_ui(ui, &format!("карточка № {id}"));
    });
}

/// A field that both records have: where they differ, one is chosen.
fn value_ui(ui: &mut Ui, field: &str, keep: &str, merge: &str, of_merged: &mut bool) {
    if keep == merge || keep.is_empty() || merge.is_empty() {
        return plain_ui(ui, field, keep, merge);
    }
    label::caption_ui(ui, field);
    let side = |ui: &mut Ui, width: f32, chosen: bool, value: &str| {
        ui.vertical(|ui| {
            ui.set_width(width);
            radio_row_ui(ui, chosen, value, "").clicked()
        })
        .inner
    };
    let now = *of_merged;
    let (first, second) =
        side_by_side_ui(ui, |ui, width| side(ui, width, !now, keep), |ui, width| side(ui, width, now, merge));
    if first || second {
        *of_merged = second;
    }
}

fn plain_ui(ui: &mut Ui, field: &str, keep: &str, merge: &str) {
    if keep.is_empty() && merge.is_empty() {
        return;
    }
    label::caption_ui(ui, field);
    let side = |ui: &mut Ui, width: f32, value: &str| {
        ui.vertical(|ui| {
            ui.set_width(width);
            let value = if value.is_empty() { "—" } else { value };
            label::rich_ui(ui, &[Run::body(value)]);
        });
    };
    side_by_side_ui(ui, |ui, width| side(ui, width, keep), |ui, width| side(ui, width, merge));
}
