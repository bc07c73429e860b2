//! «Зачислить» and «Принять на работу»: one form, the people of that name beside it, and at the end the newcomer's page
//! with the links in force (duties 2.3-4, 2.3-8).

mod adults;
mod done;
mod fields;
mod found;

use egui::{Ui, vec2};
use jiff::civil::Date;

use self::adults::AdultFields;
use self::done::Newcomer;
use self::found::FoundNames;
use super::{leave_on_escape, to_people};
use crate::gui::screens::form_fields::{DateField, OrderFields};
use crate::gui::theme::space;
use crate::gui::widgets::scroll_page::{column_ui, scroll_page_ui};
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, ScreenContext, icons};
use crate::names::{FullName, NameProblem, Role, clean};
use crate::register::{
    CabinetTask, Entering, EnteringAdult, Entity, GroupId, GroupKind, MovementOperation, MovementStep,
    Operation, Person, PersonId, Register, Returning,
};
use crate::regulation::{steps_of_entering, steps_of_return};
use crate::session::{Executed, Snapshot};

/// Width of the column beside the form, in points.
const SIDE_WIDTH: f32 = 400.0;
/// The form is no wider, in points.
const MOST_WIDTH: f32 = 640.0;

/// State of the page.
#[derive(Default)]
pub struct EnrolState {
    is_of_staff: bool,
    name: String,
    birth_date: DateField,
    /// Place among the staff roles.
    staff_role: usize,
    post: String,
    contract_until: DateField,
    groups: Vec<GroupId>,
    labels: Vec<String>,
    group: Option<usize>,
    adults: Vec<AdultFields>,
    on: DateField,
    order: OrderFields,
    found: FoundNames,
    /// The namesake was looked at: somebody else.
    is_other_person: bool,
    /// Who comes back instead of being entered anew.
    returning: Option<PersonId>,
    /// The operation was handed over to be written.
    waits: bool,
    newcomer: Option<Newcomer>,
    /// The words around links, one a role.
    pub words: [String; 4],
    had_text_focus: bool,
    focus_name: bool,
}

const STAFF_ROLES: [Role; 2] = [Role::Teacher, Role::Employee];

impl EnrolState {
    /// Begins anew unless somebody was typing; a group that is named is chosen in any case.
    pub fn begin(&mut self, snapshot: &Snapshot, group: Option<GroupId>, is_of_staff: bool) {
        let is_typing = !self.name.trim().is_empty() && self.newcomer.is_none();
        if !is_typing || self.is_of_staff != is_of_staff {
            *self = Self { is_of_staff, on: DateField::of(Some(snapshot.today)), ..Self::default() };
            self.adults = if is_of_staff { Vec::new() } else { vec![AdultFields::default()] };
            self.birth_date = DateField::of_birth(None);
        }
        self.focus_name = true;
        let rows = snapshot.groups.rows().iter();
        let is_offered = |kind: GroupKind| (kind == GroupKind::TeachingStaff) == is_of_staff;
        let offered =
            rows.filter(|row| snapshot.register.group(row.id).is_some_and(|group| is_offered(group.kind)));
        (self.groups, self.labels) = offered.map(|row| (row.id, row.label.clone())).unzip();
        let wanted = group.and_then(|group| self.groups.iter().position(|known| *known == group));
        let only_staff = (is_of_staff && !self.groups.is_empty()).then_some(0);
        self.group = wanted.or(self.group).or(only_staff);
    }

    /// Begins with somebody who left and comes back, in the role and the group they held last.
    pub fn begin_return(&mut self, snapshot: &Snapshot, person: PersonId) {
        let register = &snapshot.register;
        let last = register.memberships_of_person(person).max_by_key(|one| (one.until, one.id));
        let is_of_staff = last.is_some_and(|last| last.role.is_staff());
        *self = Self::default();
        self.begin(snapshot, last.and_then(|last| last.group), is_of_staff);
        if let Some(last) = last.filter(|_| is_of_staff) {
            self.staff_role = STAFF_ROLES.iter().position(|role| *role == last.role).unwrap_or(0);
            self.post = last.post.clone();
        }
        self.returning = Some(person);
    }

    /// Whether the newcomer's page is shown.
    pub fn is_done(&self) -> bool {
        self.newcomer.is_some()
    }

    /// The newcomer whom the operation made, or who came back by it.
    pub fn committed(&mut self, executed: &Executed) {
        if !self.waits || !matches!(executed.code.as_str(), "enrol" | "hire" | "return_person") {
            return;
        }
        self.waits = false;
        let entered = executed.changes.changes.iter().find_map(|change| match &change.after {
            Some(Entity::Membership(membership)) if change.before.is_none() => Some(membership.clone()),
            _ => None,
        });
        self.newcomer = entered.map(|membership| Newcomer::of(&membership));
    }

    fn role(&self) -> Role {
        match self.is_of_staff {
            true => STAFF_ROLES.get(self.staff_role).copied().unwrap_or(Role::Teacher),
            false => Role::Student,
        }
    }

    fn chosen_group(&self) -> Option<GroupId> {
        self.group.and_then(|place| self.groups.get(place)).copied()
    }

    fn label(&self) -> &str {
        self.group.and_then(|place| self.labels.get(place)).map_or("", String::as_str)
    }

    fn read_name(&self) -> Result<FullName, NameProblem> {
        FullName::parse(&self.name)
    }

    /// Why it cannot be confirmed yet.
    fn trouble(&self, context: &ScreenContext<'_>) -> Option<String> {
        let today = context.today;
        if context.file.read_only {
            return Some("Файл открыт только для чтения".into());
        }
        if self.returning.is_none() {
            match self.read_name() {
                Ok(_) => {}
                Err(NameProblem::Digits) => return Some("В имени не бывает цифр".into()),
                Err(NameProblem::TooLong) => return Some("Имя слишком длинное".into()),
                Err(_) => return Some("Напишите фамилию и имя".into()),
            }
        }
        if self.chosen_group().is_none() && !self.is_of_staff {
            return Some("Выберите класс".into());
        }
        let born_later = self.birth_date.date(today).is_some_and(|day| day > today);
        let late = born_later.then_some("Дата рождения впереди");
        let dates = self
            .birth_date
            .trouble(today, false)
            .or(late)
            .or(self.on.trouble(today, true))
            .or(self.order.trouble(today))
            .or(self.contract_until.trouble(today, false));
        if let Some(words) = dates {
            return Some(words.into());
        }
        if self.returning.is_some() {
            return None;
        }
        if let Some(words) = self.adults.iter().find_map(AdultFields::trouble) {
            return Some(words.into());
        }
        let must_look = self.found.is_sure(self.role()) && !self.is_other_person;
        must_look.then(|| "Посмотрите справа: такой человек уже есть".to_owned())
    }

    /// The steps that will stand in the cabinet, as they are shown and written.
    fn own_steps(&self, register: &Register, name: &FullName, today: Date) -> Vec<CabinetTask> {
        let (role, group) = (self.role(), self.chosen_group());
        match self.returning.and_then(|person| register.person(person)) {
            Some(person) => steps_of_return(register, person, role, group, today),
            None => steps_of_entering(register, name, role, group, today),
        }
    }

    fn entering_adults(&self, register: &Register, today: Date) -> Vec<EnteringAdult> {
        let group = self.chosen_group();
        let adults = self.adults.iter().filter_map(|fields| {
            let (name, who) = fields.who(register)?;
            let tasks = steps_of_entering(register, &name, Role::Parent, group, today);
            Some(EnteringAdult { who, basis: clean(&fields.basis), tasks })
        });
        adults.collect()
    }

    fn operation(&self, register: &Register, today: Date) -> Option<Operation> {
        let on = self.on.date(today)?;
        let (role, group) = (self.role(), self.chosen_group());
        let post = if role.is_staff() { clean(&self.post) } else { String::new() };
        let step = match self.returning.and_then(|person| register.person(person)) {
            Some(seen) => {
                let tasks = steps_of_return(register, seen, role, group, today);
                MovementStep::Return(Box::new(Returning { seen: seen.clone(), role, group, post, tasks }))
            }
            None => {
                let name = self.read_name().ok()?;
                let person = Person {
                    birth_date: self.birth_date.date(today).filter(|_| !role.is_staff()),
                    contract_until: self.contract_until.date(today).filter(|_| role.is_staff()),
                    name: name.clone(),
                    ..Person::default()
                };
                let tasks = self.own_steps(register, &name, today);
                let adults = if role.is_staff() { Vec::new() } else { self.entering_adults(register, today) };
                MovementStep::Enter(Box::new(Entering { person, role, group, post, adults, tasks }))
            }
        };
        let order = self.order.order(today);
        Some(Operation::RecordMovement(Box::new(MovementOperation { on, order, step })))
    }
}

/// Draws the page.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut EnrolState, actions: &mut Vec<Action>) {
    if let Some(newcomer) = &mut state.newcomer {
        match done::show(ui, context, newcomer, &state.words, actions) {
            done::Next::Stay => leave_on_escape(ui, &mut state.had_text_focus, actions),
            done::Next::Another => {
                let (group, is_of_staff) = (state.chosen_group(), state.is_of_staff);
                *state = EnrolState::default();
                state.begin(context.snapshot, group, is_of_staff);
            }
        }
        return;
    }
    state.found.refresh(context.snapshot, &state.name, state.returning);
    header_ui(ui, context, state, actions);
    scroll_page_ui(ui, "enrol", |ui| {
        let room = ui.available_width();
        if room > MOST_WIDTH + 220.0 {
            let left = (room - SIDE_WIDTH - space::LARGE).min(MOST_WIDTH);
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing = vec2(space::LARGE, space::LARGE);
                column_ui(ui, left, |ui| fields::show(ui, context, state));
                column_ui(ui, SIDE_WIDTH.min(room - left - space::LARGE), |ui| {
                    found::show(ui, context, state, actions);
                });
            });
        } else {
            fields::show(ui, context, state);
            found::show(ui, context, state, actions);
        }
    });
    leave_on_escape(ui, &mut state.had_text_focus, actions);
}

fn header_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut EnrolState, actions: &mut Vec<Action>) {
    let (title, subtitle) = match state.is_of_staff {
        true => ("Принять на работу", "Движение работников, п. 2.3"),
        false => ("Зачислить", "Движение обучающихся, п. 2.3"),
    };
    let label = state.label().to_owned();
    let verb = match (state.returning.is_some(), state.is_of_staff) {
        (true, _) => "Вернуть",
        (false, true) => "Принять",
        (false, false) => "Зачислить",
    };
    let confirm =
        if label.is_empty() || state.is_of_staff { verb.to_owned() } else { format!("{verb} в {label}") };
    let trouble = state.trouble(context);
    let (mut back, mut confirmed) = (false, false);
    page::header_ui(ui, title, subtitle, |ui| {
        back = ui.add(Button::outlined("К людям").icon(icons::ARROW_LEFT).key("Esc")).clicked();
        let button = Button::primary(&confirm).icon(icons::CHECK).disabled_because(trouble.as_deref());
        confirmed = ui.add(button).clicked();
    });
    if back {
        actions.push(to_people());
    }
    if confirmed && let Some(operation) = state.operation(context.register(), context.today) {
        state.waits = true;
        let name = match state.returning.and_then(|person| context.register().person(person)) {
            Some(person) => person.name.short(),
            None => state.read_name().map_or_else(|_| String::new(), |name| name.short()),
        };
        let done = match (state.returning.is_some(), state.is_of_staff) {
            (true, _) => "Возвращение",
            (false, true) => "Приём на работу",
            (false, false) => "Зачисление",
        };
        let place =
            if label.is_empty() || state.is_of_staff { String::new() } else { format!(" в {label}") };
        actions.push(Action::execute(operation, format!("{done}{place}: {name}")));
    }
}
