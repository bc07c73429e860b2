//! Groups: one to be changed, or new ones, a label a line.

use egui::Ui;
use jiff::civil::Date;

use super::{FormFrame, dialog_ui};
use crate::gui::screens::form_fields::{labelled_choice_ui, side_by_side_ui};
use crate::gui::widgets::dialog::DialogAnswer;
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label;
use crate::gui::{Action, ScreenContext};
use crate::names::parse_group_label;
use crate::register::{Entity, Group, GroupKind, Operation, Register, SchoolYear, UnitId};
use crate::regulation::{current_year, group_word, usual_group_kind};
use crate::wording::{counted, plural};

const KINDS: [GroupKind; 5] = [
    GroupKind::SchoolClass,
    GroupKind::StudyGroup,
    GroupKind::KindergartenGroup,
    GroupKind::Club,
    GroupKind::TeachingStaff,
];

/// The form of groups.
pub struct GroupForm {
    seen: Option<Group>,
    labels: String,
    kind: Option<usize>,
    /// Place among the units of the register, after «без корпуса».
    unit: Option<UnitId>,
    year: Option<SchoolYear>,
}

impl GroupForm {
    /// New groups.
    pub fn new(context: &ScreenContext<'_>) -> Self {
        let register = context.register();
        let usual = usual_group_kind(register.organization().kind);
        let units: Vec<_> = open_units(register);
        Self {
            seen: None,
            labels: String::new(),
            kind: KINDS.iter().position(|kind| *kind == usual),
            unit: if units.len() == 1 { units.first().map(|(id, _)| *id) } else { None },
            year: Some(current_year(register, context.today)),
        }
    }

    /// A group to be changed.
    pub fn edit(group: &Group) -> Self {
        Self {
            labels: group.label.clone(),
            kind: KINDS.iter().position(|kind| *kind == group.kind),
            unit: group.unit,
            year: group.year,
            seen: Some(group.clone()),
        }
    }

    fn kind(&self) -> GroupKind {
        self.kind.and_then(|place| KINDS.get(place)).copied().unwrap_or_default()
    }

    /// The labels that are typed, as they will be kept.
    fn read_labels(&self) -> Result<Vec<String>, String> {
        let lines = self.labels.lines().map(str::trim).filter(|line| !line.is_empty());
        let mut labels: Vec<String> = Vec::new();
        for line in lines {
            let label = parse_group_label(line).map_err(|_| "Название длиннее 60 знаков".to_owned())?.text;
            if labels.contains(&label) {
                return Err(format!("{label} записан дважды"));
            }
            labels.push(label);
        }
        if labels.is_empty() { Err("Напишите название".into()) } else { Ok(labels) }
    }

    /// Draws it.
    pub fn show(&mut self, ui: &Ui, context: &ScreenContext<'_>) -> DialogAnswer {
        let labels = self.read_labels();
        let word = group_word(self.kind());
        let count = labels.as_ref().map_or(1, Vec::len) as u64;
        let (title, confirm) = match (&self.seen, count) {
            (Some(group), _) => (group.label.clone(), "Сохранить".to_owned()),
            (None, 1) => (new_title(self.kind()), format!("Добавить {}", accusative(self.kind()))),
            (None, count) => {
                (new_title(self.kind()), format!("Добавить {}", counted_groups(self.kind(), count)))
            }
        };
        let frame = FormFrame { name: "group", title, confirm, trouble: labels.err() };
        dialog_ui(ui, &frame, |ui| {
            if self.seen.is_some() {
                TextField::new("Название", &mut self.labels).show(ui);
            } else {
                TextField::new("Названия, по одному в строке", &mut self.labels)
                    .hint("7А\n7Б")
                    .rows(3)
                    .show(ui);
                label::caption_ui(
                    ui,
                    &format!("«7 а» и «7-А» станут «7А». Что это — {word}, можно выбрать ниже."),
                );
            }
            let (kind, year) = (&mut self.kind, &mut self.year);
            side_by_side_ui(
                ui,
                |ui, width| labelled_choice_ui(ui, "Что это", width, kind, &KINDS.map(kind_words)),
                |ui, width| year_ui(ui, context.today, width, year),
            );
            self.unit_ui(ui, context);
        })
    }

    fn unit_ui(&mut self, ui: &mut Ui, context: &ScreenContext<'_>) {
        let units = open_units(context.register());
        if units.is_empty() {
            return;
        }
        let mut words = vec!["без корпуса".to_owned()];
        words.extend(units.iter().map(|(_, name)| name.clone()));
        let place = self.unit.and_then(|unit| units.iter().position(|(id, _)| *id == unit));
        let mut chosen = Some(place.map_or(0, |place| place + 1));
        let width = ui.available_width();
        if labelled_choice_ui(ui, "Корпус", width, &mut chosen, &words) {
            self.unit = chosen.and_then(|place| units.get(place.checked_sub(1)?)).map(|(id, _)| *id);
        }
    }

    /// What it does.
    pub fn actions(&self) -> Vec<Action> {
        let Ok(labels) = self.read_labels() else { return Vec::new() };
        let wanted = |label: &String| Group {
            label: label.clone(),
            kind: self.kind(),
            unit: self.unit,
            year: self.year,
            ..self.seen.clone().unwrap_or_default()
        };
        if let Some(seen) = &self.seen {
            let Some(label) = labels.first() else { return Vec::new() };
            let operation = Operation::Edit { seen: seen.clone().into(), wanted: wanted(label).into() };
            return vec![Action::execute(operation, format!("Сохранено: {label}"))];
        }
        let groups: Vec<Entity> = labels.iter().map(|label| wanted(label).into()).collect();
        let done = match labels.as_slice() {
            [label] => format!("Добавлено: {label}"),
            labels => format!("Добавлено: {}", counted_groups(self.kind(), labels.len() as u64)),
        };
        vec![Action::execute(Operation::Add(groups), done)]
    }
}

fn year_ui(ui: &mut Ui, today: Date, width: f32, year: &mut Option<SchoolYear>) {
    let calendar = SchoolYear::of(today);
    let mut years: Vec<SchoolYear> = (-1..=1).map(|more| SchoolYear(calendar.0 + more)).collect();
    years.extend(year.filter(|year| !years.contains(year)));
    let mut words: Vec<String> = years.iter().map(ToString::to_string).collect();
    words.push("без учебного года".into());
    let place = year.and_then(|year| years.iter().position(|known| *known == year));
    let mut chosen = Some(place.unwrap_or(years.len()));
    if labelled_choice_ui(ui, "Учебный год", width, &mut chosen, &words) {
        *year = chosen.and_then(|place| years.get(place)).copied();
    }
}

fn open_units(register: &Register) -> Vec<(UnitId, String)> {
    let units = register.tables().units.values().filter(|unit| unit.archived_on.is_none());
    units.map(|unit| (unit.id, unit.name.clone())).collect()
}

fn kind_words(kind: GroupKind) -> &'static str {
    match kind {
        GroupKind::SchoolClass => "класс",
        GroupKind::StudyGroup => "учебная группа",
        GroupKind::KindergartenGroup => "группа детского сада",
        GroupKind::Club => "кружок",
        GroupKind::TeachingStaff => "педагогический коллектив",
    }
}

fn accusative(kind: GroupKind) -> &'static str {
    match kind {
        GroupKind::StudyGroup | GroupKind::KindergartenGroup => "группу",
        other => group_word(other),
    }
}

fn new_title(kind: GroupKind) -> String {
    let new = match kind {
        GroupKind::StudyGroup | GroupKind::KindergartenGroup => "Новая",
        _ => "Новый",
    };
    format!("{new} {}", group_word(kind))
}

fn counted_groups(kind: GroupKind, count: u64) -> String {
    match kind {
        GroupKind::SchoolClass => counted(count, "класс", "класса", "классов"),
        GroupKind::StudyGroup | GroupKind::KindergartenGroup => counted(count, "группу", "группы", "групп"),
        GroupKind::Club => counted(count, "кружок", "кружка", "кружков"),
        GroupKind::TeachingStaff => {
            format!("{count} {}", plural(count, "коллектив", "коллектива", "коллективов"))
        }
    }
}
