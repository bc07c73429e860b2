//! The short forms of the screen. A form lives until it is confirmed or cancelled; what it makes is one or
//! two operations, pushed on confirmation only.

mod chat_form;
mod group_form;
mod observe_form;
mod teacher_form;
mod ticks;
mod unit_form;

use egui::Ui;

use self::chat_form::ChatForm;
use self::group_form::GroupForm;
use self::observe_form::ObserveForm;
use self::teacher_form::TeacherForm;
use self::unit_form::UnitForm;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::{Action, ScreenContext};
use crate::register::{Chat, Group, GroupId, Unit};

/// The open form.
pub enum Form {
    Group(Box<GroupForm>),
    Unit(Box<UnitForm>),
    Chat(Box<ChatForm>),
    Teacher(Box<TeacherForm>),
    Observe(Box<ObserveForm>),
}

impl Form {
    /// «Добавить класс».
    pub fn new_group(context: &ScreenContext<'_>) -> Self {
        Form::Group(Box::new(GroupForm::new(context)))
    }
    /// A group to be changed.
    pub fn edit_group(group: &Group) -> Self {
        Form::Group(Box::new(GroupForm::edit(group)))
    }
    /// «Добавить корпус».
    pub fn new_unit() -> Self {
        Form::Unit(Box::default())
    }
    /// A unit to be changed.
    pub fn edit_unit(unit: &Unit) -> Self {
        Form::Unit(Box::new(UnitForm::edit(unit)))
    }
    /// A chat of a group, the first kind that it lacks.
    pub fn new_chat(context: &ScreenContext<'_>, group: Option<GroupId>) -> Self {
        Form::Chat(Box::new(ChatForm::new(context, group)))
    }
    /// A chat to be changed.
    pub fn edit_chat(chat: &Chat) -> Self {
        Form::Chat(Box::new(ChatForm::edit(chat)))
    }
    /// The class teacher of a group.
    pub fn teacher(context: &ScreenContext<'_>, group: &Group) -> Self {
        Form::Teacher(Box::new(TeacherForm::new(context, group)))
    }
    /// «Записать, кто внутри».
    pub fn observe(context: &ScreenContext<'_>, group: &Group) -> Self {
        Form::Observe(Box::new(ObserveForm::new(context, group)))
    }
}

/// What a form says of itself in this frame.
pub struct FormFrame<'a> {
    pub name: &'a str,
    pub title: String,
    pub confirm: String,
    /// Why it cannot be confirmed yet.
    pub trouble: Option<String>,
}

/// Draws a form in its dialog.
pub fn dialog_ui(ui: &Ui, frame: &FormFrame<'_>, body: impl FnOnce(&mut Ui)) -> DialogAnswer {
    let dialog = Dialog::new(frame.name, &frame.title).width(500.0).confirm(&frame.confirm);
    dialog.disabled_because(frame.trouble.as_deref()).show(ui.ctx(), body).0
}

/// Draws the open form, if there is one.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, form: &mut Option<Form>, actions: &mut Vec<Action>) {
    let Some(open) = form else { return };
    let answer = match open {
        Form::Group(form) => form.show(ui, context),
        Form::Unit(form) => form.show(ui),
        Form::Chat(form) => form.show(ui, context),
        Form::Teacher(form) => form.show(ui, context),
        Form::Observe(form) => form.show(ui, context),
    };
    match answer {
        DialogAnswer::Open | DialogAnswer::Alternative => return,
        DialogAnswer::Confirmed => actions.extend(match open {
            Form::Group(form) => form.actions(),
            Form::Unit(form) => form.actions(),
            Form::Chat(form) => form.actions(context),
            Form::Teacher(form) => form.actions(context),
            Form::Observe(form) => form.actions(context),
        }),
        DialogAnswer::Cancelled => {}
    }
    *form = None;
}
