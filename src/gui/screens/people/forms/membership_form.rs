//! One more role of a person, in a group or without one.

use egui::Ui;
use jiff::civil::Date;

use super::super::card::short_name;
use super::{FormFrame, dialog_ui, group_options};
use crate::gui::screens::form_fields::{labelled_choice_ui, side_by_side_ui};
use crate::gui::widgets::dialog::DialogAnswer;
use crate::gui::widgets::field::TextField;
use crate::gui::{Action, ScreenContext};
use crate::names::{Role, clean};
use crate::register::{
    GroupId, Membership, MembershipId, Operation, Origin, Participation, PersonId, Verification,
};
use crate::wording::role_name;

/// Role, group and post: a part of two forms.
pub struct RoleFields {
    role: Option<usize>,
    groups: Vec<GroupId>,
    labels: Vec<String>,
    /// Place among the groups, after «без класса».
    group: Option<usize>,
    post: String,
}

impl RoleFields {
    /// A student without a group.
    pub fn new(context: &ScreenContext<'_>) -> Self {
        let (groups, mut labels) = group_options(context);
        labels.insert(0, "без класса".into());
        let role = Role::ALL.iter().position(|role| *role == Role::Student);
        Self { role, groups, labels, group: Some(0), post: String::new() }
    }

    /// The chosen role.
    pub fn role(&self) -> Role {
        self.role.and_then(|place| Role::ALL.get(place)).copied().unwrap_or(Role::Student)
    }

    /// Draws them.
    pub fn show(&mut self, ui: &mut Ui) {
        let (role, group, labels) = (&mut self.role, &mut self.group, &self.labels);
        side_by_side_ui(
            ui,
            |ui, width| labelled_choice_ui(ui, "Роль", width, role, &Role::ALL.map(role_name)),
            |ui, width| labelled_choice_ui(ui, "Класс или группа", width, group, labels),
        );
        if self.role().is_staff() {
            TextField::new("Должность", &mut self.post).hint("учитель математики").show(ui);
        }
    }

    /// The membership they describe.
    pub fn membership(&self, person: PersonId, today: Date) -> Membership {
        let group = self.group.and_then(|place| self.groups.get(place.checked_sub(1)?)).copied();
        let role = self.role();
        Membership {
            id: MembershipId::default(),
            person,
            role,
            group,
            origin: Origin::Hand,
            post: if role.is_staff() { clean(&self.post) } else { String::new() },
            post_origin: Origin::Hand,
            since: Some(today),
            until: None,
            participation: Participation::default(),
            verification: Verification::default(),
            verification_since: None,
        }
    }
}

/// The form of a membership.
pub struct MembershipForm {
    person: PersonId,
    fields: RoleFields,
}

impl MembershipForm {
    /// One more role of a person.
    pub fn new(context: &ScreenContext<'_>, person: PersonId) -> Self {
        Self { person, fields: RoleFields::new(context) }
    }

    /// Draws it.
    pub fn show(&mut self, ui: &Ui, context: &ScreenContext<'_>) -> DialogAnswer {
        let wanted = self.fields.membership(self.person, context.today);
        let mut now = context.register().memberships_of_person(self.person);
        let held = now.any(|one| {
            (one.role, one.group) == (wanted.role, wanted.group)
                && context.register().is_current(one, context.today)
        });
        let frame = FormFrame {
            name: "membership",
            title: format!("Роль: {}", short_name(context, self.person)),
            confirm: "Добавить роль".into(),
            trouble: held.then(|| "Такая роль уже есть".to_owned()),
            dangerous: false,
        };
        dialog_ui(ui, &frame, |ui| self.fields.show(ui))
    }

    /// What it does.
    pub fn action(&self, context: &ScreenContext<'_>) -> Vec<Action> {
        let membership = self.fields.membership(self.person, context.today);
        let done =
            format!("{}: добавлена роль {}", short_name(context, self.person), role_name(membership.role));
        vec![Action::execute(Operation::Add(vec![membership.into()]), done)]
    }
}
