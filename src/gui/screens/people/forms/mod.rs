//! The short forms of the screen. What a form makes is pushed on confirmation only.

mod absence_form;
mod bond_form;
mod bulk_move_form;
mod changed_form;
mod depart_form;
mod family_form;
mod membership_form;
mod participation_form;
mod person_form;
mod transfer_form;
mod verification_form;

use std::sync::Arc;

use egui::Ui;

use self::absence_form::AbsenceForm;
use self::bond_form::BondForm;
use self::bulk_move_form::BulkMoveForm;
use self::changed_form::ChangedForm;
use self::depart_form::DepartForm;
use self::family_form::FamilyForm;
use self::membership_form::MembershipForm;
use self::participation_form::ParticipationForm;
use self::person_form::PersonForm;
use self::transfer_form::TransferForm;
use self::verification_form::VerificationForm;
use super::PeopleState;
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::{Action, ScreenContext};
use crate::register::{
    CabinetTask, Entity, GroupId, Guardianship, Membership, Participation, Person, PersonId,
};
use crate::wording::counted;

/// The open form.
pub enum Form {
    Person(Box<PersonForm>),
    Participation(Box<ParticipationForm>),
    Transfer(Box<TransferForm>),
    Depart(Box<DepartForm>),
    Family(Box<FamilyForm>),
    Membership(Box<MembershipForm>),
    Absence(Box<AbsenceForm>),
    Changed(Box<ChangedForm>),
    Bond(Box<BondForm>),
    BulkMove(Box<BulkMoveForm>),
    BulkVerification(Box<VerificationForm>),
}

impl Form {
    /// «Добавить человека».
    pub fn add_person(context: &ScreenContext<'_>) -> Self {
        Form::Person(Box::new(PersonForm::new(context)))
    }
    /// A person to be changed.
    pub fn edit_person(person: &Person) -> Self {
        Form::Person(Box::new(PersonForm::edit(person)))
    }
    /// Participation of these memberships and guardianships, now as given.
    pub fn participation(seen: Vec<Entity>, now: &Participation, of: &str) -> Self {
        Form::Participation(Box::new(ParticipationForm::new(seen, now, of.to_owned())))
    }
    /// Participation of everything these people have.
    pub fn participation_of(context: &ScreenContext<'_>, people: &[PersonId]) -> Self {
        Form::Participation(Box::new(ParticipationForm::of_people(context, people)))
    }
    /// «Перевести в другой класс».
    pub fn transfer(context: &ScreenContext<'_>, membership: &Arc<Membership>) -> Self {
        Form::Transfer(Box::new(TransferForm::new(context, membership)))
    }
    /// «Выбытие».
    pub fn depart(context: &ScreenContext<'_>, people: &[PersonId]) -> Self {
        Form::Depart(Box::new(DepartForm::new(context, people)))
    }
    /// «Долгое отсутствие».
    pub fn absence(context: &ScreenContext<'_>, person: &Arc<Person>) -> Self {
        Form::Absence(Box::new(AbsenceForm::of_absence(context, person)))
    }
    /// «Срок договора».
    pub fn contract(person: &Arc<Person>) -> Self {
        Form::Absence(Box::new(AbsenceForm::of_contract(person)))
    }
    /// «Сменить имя».
    pub fn rename(context: &ScreenContext<'_>, person: &Arc<Person>) -> Self {
        Form::Changed(Box::new(ChangedForm::of_name(context, person)))
    }
    /// «Новый номер телефона».
    pub fn new_phone(context: &ScreenContext<'_>, person: &Arc<Person>) -> Self {
        Form::Changed(Box::new(ChangedForm::of_phone(context, person)))
    }
    /// An adult of a child.
    pub fn add_adult(child: PersonId) -> Self {
        Form::Family(Box::new(FamilyForm::adult_of(child)))
    }
    /// A child of an adult.
    pub fn add_child(adult: PersonId) -> Self {
        Form::Family(Box::new(FamilyForm::child_of(adult)))
    }
    /// A bond that is there.
    pub fn bond(bond: &Arc<Guardianship>) -> Self {
        Form::Bond(Box::new(BondForm::new(bond)))
    }
    /// «Перевести» several.
    pub fn bulk_move(context: &ScreenContext<'_>, people: &[PersonId]) -> Self {
        Form::BulkMove(Box::new(BulkMoveForm::new(context, people)))
    }
    /// The confirmation of the status of several.
    pub fn bulk_verification(context: &ScreenContext<'_>, people: &[PersonId]) -> Self {
        Form::BulkVerification(Box::new(VerificationForm::new(context, people)))
    }
    /// One more role of a person.
    pub fn add_membership(context: &ScreenContext<'_>, person: PersonId) -> Self {
        Form::Membership(Box::new(MembershipForm::new(context, person)))
    }
}

/// What a form says of itself in this frame.
pub struct FormFrame<'a> {
    pub name: &'a str,
    pub title: String,
    pub confirm: String,
    /// Why it cannot be confirmed yet.
    pub trouble: Option<String>,
    pub dangerous: bool,
}

/// Draws a form in its dialog.
pub fn dialog_ui(ui: &Ui, frame: &FormFrame<'_>, body: impl FnOnce(&mut Ui)) -> DialogAnswer {
    let dialog = Dialog::new(frame.name, &frame.title).width(500.0);
    let dialog =
        if frame.dangerous { dialog.confirm_danger(&frame.confirm) } else { dialog.confirm(&frame.confirm) };
    dialog.disabled_because(frame.trouble.as_deref()).show(ui.ctx(), body).0
}

/// Draws the open form, if there is one.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut PeopleState, actions: &mut Vec<Action>) {
    let Some(open) = &mut state.form else { return };
    let answer = match open {
        Form::Person(form) => form.show(ui, context),
        Form::Participation(form) => form.show(ui, context),
        Form::Transfer(form) => form.show(ui, context),
        Form::Depart(form) => form.show(ui, context),
        Form::Family(form) => form.show(ui, context),
        Form::Membership(form) => form.show(ui, context),
        Form::Absence(form) => form.show(ui, context),
        Form::Changed(form) => form.show(ui, context),
        Form::Bond(form) => form.show(ui, context),
        Form::BulkMove(form) => form.show(ui, context),
        Form::BulkVerification(form) => form.show(ui, context),
    };
    match answer {
        DialogAnswer::Open | DialogAnswer::Alternative => return,
        DialogAnswer::Confirmed => {
            actions.extend(match open {
                Form::Person(form) => form.action(context),
                Form::Participation(form) => form.action(context),
                Form::Transfer(form) => form.action(context),
                Form::Depart(form) => form.action(context),
                Form::Family(form) => form.action(context),
                Form::Membership(form) => form.action(context),
                Form::Absence(form) => form.action(context),
                Form::Changed(form) => form.action(context),
                Form::Bond(form) => form.action(context),
                Form::BulkMove(form) => form.action(context),
                Form::BulkVerification(form) => form.action(),
            });
            state.marked.clear();
        }
        DialogAnswer::Cancelled => {}
    }
    state.form = None;
}

/// The steps that a movement puts onto the list for the cabinet, as they are shown before it.
pub fn steps_ui(ui: &mut Ui, steps: &[CabinetTask]) {
    const MOST: usize = 7;
    if steps.is_empty() {
        return;
    }
    let mut lines: Vec<String> = steps.iter().take(MOST).map(|step| format!("• {}", step.text)).collect();
    if steps.len() > MOST {
        lines.push(format!("и ещё {}", steps.len() - MOST));
    }
    let title = format!("В кабинете: {}", counted(steps.len() as u64, "дело", "дела", "дел"));
    Callout::neutral(&title, &lines.join("\n")).show(ui);
}

/// The groups one can be in now, for a choice: ids and labels.
pub fn group_options(context: &ScreenContext<'_>) -> (Vec<GroupId>, Vec<String>) {
    let rows = context.snapshot.groups.rows().iter();
    rows.map(|row| (row.id, row.label.clone())).unzip()
}
