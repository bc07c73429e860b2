//! The form «Новая ссылка»: what it opens, for whom, the address, when and how it was handed over.

use egui::Ui;
use jiff::civil::Date;

use super::picker::{MOST_OFFERS, Offer, Picker};
use super::steps::{WAY_WORDS, WAYS, date_field_ui, date_text, find_people, future, optional, past};
use crate::gui::widgets::choice::{Choice, segmented_ui};
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::field::{TextField, field_label_ui};
use crate::gui::widgets::label;
use crate::gui::{Action, ScreenContext, icons};
use crate::names::{InviteAddress, Role, fold};
use crate::register::{GroupKind, HandOver, Invite, InviteId, Operation, PersonId, Target};
use crate::regulation::{current_year, group_word, role_of_chat, sort_groups, target_title};
use crate::wording::role_name;

/// How the form was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FormAnswer {
    Open,
    Closed,
    /// «Вставить список» instead.
    Paste,
}

/// The open form.
pub(super) struct NewLinkForm {
    target: Picker<Target>,
    role: usize,
    /// The role was chosen by hand: the target no longer changes it.
    role_is_chosen: bool,
    address: String,
    issued_on: String,
    /// 0: handed over, 1: in reserve.
    standing: usize,
    handed_over_on: String,
    way: Option<usize>,
    to: Picker<PersonId>,
    expires_on: String,
}

impl NewLinkForm {
    pub(super) fn new(today: Date) -> Self {
        Self {
            target: Picker::default(),
            role: role_place(Role::Parent),
            role_is_chosen: false,
            address: String::new(),
            issued_on: date_text(today),
            standing: 0,
            handed_over_on: date_text(today),
            way: Some(0),
            to: Picker::default(),
            expires_on: String::new(),
        }
    }

    /// The same with the address filled in.
    pub(super) fn with_address(self, address: String) -> Self {
        Self { address, ..self }
    }

    /// Draws it and answers how it was left.
    pub(super) fn show(
        &mut self,
        ui: &Ui,
        context: &ScreenContext<'_>,
        actions: &mut Vec<Action>,
    ) -> FormAnswer {
        let prepared = self.prepare(context);
        let (answer, ()) = Dialog::new("new link", "Новая ссылка")
            .width(560.0)
            .alternative("Вставить список")
            .confirm("Записать ссылку")
            .disabled_because(prepared.as_ref().err().copied())
            .show(ui.ctx(), |ui| self.body_ui(ui, context));
        match (answer, prepared) {
            (DialogAnswer::Open, _) => FormAnswer::Open,
            (DialogAnswer::Alternative, _) => FormAnswer::Paste,
            (DialogAnswer::Confirmed, Ok(invite)) => {
                let title = target_title(context.register(), invite.target);
                let done = format!("Записана ссылка {}: {title}", invite.address.tail());
                actions.push(Action::execute(Operation::AddInvites(vec![invite]), done));
                FormAnswer::Closed
            }
            _ => FormAnswer::Closed,
        }
    }

    fn body_ui(&mut self, ui: &mut Ui, context: &ScreenContext<'_>) {
        let hint = "7Б, родители 7Б, педагогический коллектив";
        if self.target.show(ui, "Куда ведёт", hint, |text| find_targets(context, text))
            && !self.role_is_chosen
        {
            self.role = role_place(usual_role(context, self.target.chosen()));
        }
        ui.spacing_mut().item_spacing.y = 12.0;
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 5.0;
            field_label_ui(ui, "Для кого");
            let roles = Role::ALL.map(role_name);
            self.role_is_chosen |= segmented_ui(ui, "Роль", &mut self.role, &roles);
        });
        let error = self.address_error(context);
        TextField::new("Адрес ссылки", &mut self.address)
            .hint("https://max.ru/join/…")
            .error(error.as_deref())
            .show(ui);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 16.0;
            let today = context.today;
            date_field_ui(ui, "Создана", &mut self.issued_on, |text| {
                optional(text, |text| past(text, today)).err()
            });
            date_field_ui(ui, "Срок, если он есть", &mut self.expires_on, |text| {
                optional(text, |text| future(text, today)).err()
            });
        });
        segmented_ui(ui, "Отдана", &mut self.standing, &["Передана", "В запасе"]);
        if self.standing == 0 {
            self.hand_over_ui(ui, context);
        } else {
            label::caption_ui(ui, "Никому не дана. Её не проверяют на «никто не вступил».");
        }
    }

    fn hand_over_ui(&mut self, ui: &mut Ui, context: &ScreenContext<'_>) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 16.0;
            date_field_ui(ui, "Когда передана", &mut self.handed_over_on, |text| {
                optional(text, |text| past(text, context.today)).err()
            });
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 5.0;
                let label = field_label_ui(ui, "Как");
                Choice::new("Как передана").labelled_by(label.id).width(300.0).show(
                    ui,
                    &mut self.way,
                    &WAY_WORDS,
                );
            });
        });
        self.to.show(ui, "Кому, если одному человеку", "фамилия", |text| {
            find_people(context, text)
        });
    }

    /// What is wrong with the address, told while it is typed; a duplicate names the link that holds it.
    fn address_error(&self, context: &ScreenContext<'_>) -> Option<String> {
        if self.address.trim().is_empty() {
            return None;
        }
        match InviteAddress::parse(&self.address) {
            Err(problem) => Some(super::pasted::address_words(problem).to_owned()),
            Ok((address, shape)) => match recorded_as(context, &address) {
                Some(id) => {
                    let known = context.snapshot.invites.get(id).map_or("", |row| row.target_title.as_str());
                    Some(format!("Эта ссылка уже записана: {known}"))
                }
                None => shape.warning().map(str::to_owned),
            },
        }
    }

    fn prepare(&self, context: &ScreenContext<'_>) -> Result<Invite, &'static str> {
        let target = self.target.chosen().ok_or("Выберите, куда ведёт ссылка")?;
        let (address, _) = InviteAddress::parse(&self.address).map_err(|_| "Впишите адрес ссылки")?;
        if recorded_as(context, &address).is_some() {
            return Err("Эта ссылка уже записана");
        }
        let issued_on = optional(&self.issued_on, |text| past(text, context.today))?;
        let expires_on = optional(&self.expires_on, |text| future(text, context.today))?;
        let handed_over = if self.standing == 0 {
            let on = optional(&self.handed_over_on, |text| past(text, context.today))?;
            if issued_on.zip(on).is_some_and(|(issued, handed)| handed < issued) {
                return Err("Передана раньше, чем создана: проверьте даты");
            }
            if self.to.is_unfinished() {
                return Err("Выберите человека из списка или очистите поле");
            }
            let way = self.way.and_then(|way| WAYS.get(way)).copied().unwrap_or_default();
            Some(HandOver { on, way, to: self.to.chosen(), note: String::new() })
        } else {
            None
        };
        let role = Role::ALL.get(self.role).copied().unwrap_or(Role::Parent);
        Ok(Invite {
            issued_on,
            expires_on,
            handed_over,
            ..Invite::in_reserve(target, role, address, context.today)
        })
    }
}

fn recorded_as(context: &ScreenContext<'_>, address: &InviteAddress) -> Option<InviteId> {
    let invites = context.register().tables().invites.values();
    invites.into_iter().find(|invite| invite.address == *address).map(|invite| invite.id)
}

fn role_place(role: Role) -> usize {
    Role::ALL.iter().position(|known| *known == role).unwrap_or(0)
}

fn usual_role(context: &ScreenContext<'_>, target: Option<Target>) -> Role {
    let role = match target {
        Some(Target::Chat(chat)) => context.register().chat(chat).and_then(|chat| role_of_chat(chat.kind)),
        Some(Target::Group(group)) => context
            .register()
            .group(group)
            .filter(|group| group.kind == GroupKind::TeachingStaff)
            .map(|_| Role::Teacher),
        _ => None,
    };
    role.unwrap_or(Role::Parent)
}

/// Groups, chats and the organization whose words fit what was typed: chats of a class before the class itself.
fn find_targets(context: &ScreenContext<'_>, text: &str) -> Vec<Offer<Target>> {
    let register = context.register();
    let folded = fold(text);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let fits = |title: &str| {
        let title = fold(title);
        words.iter().all(|word| title.contains(word))
    };
    let mut groups: Vec<_> =
        register.groups_in_year(current_year(register, context.today)).cloned().collect();
    sort_groups(&mut groups);
    let mut offers = Vec::new();
    for group in &groups {
        for chat in register.chats_of_group(group.id).filter(|chat| chat.archived_on.is_none()) {
            let title = target_title(register, Target::Chat(chat.id));
            if fits(&format!("{title} {}", group.label)) {
                let words = format!("{title}, чат");
                offers.push(Offer { value: Target::Chat(chat.id), words, icon: icons::CHAT_CIRCLE });
            }
        }
        let word = group_word(group.kind);
        let words = if fold(&group.label) == word {
            group.label.clone()
        } else {
            format!("{}, {word} целиком", group.label)
        };
        if fits(&words) {
            offers.push(Offer { value: Target::Group(group.id), words, icon: icons::USERS_THREE });
        }
        if offers.len() >= 4 * MOST_OFFERS {
            break;
        }
    }
    let whole = format!("{}, вся организация", target_title(register, Target::Organization));
    if fits(&whole) {
        offers.push(Offer { value: Target::Organization, words: whole, icon: icons::BUILDINGS });
    }
    offers.truncate(MOST_OFFERS);
    offers
}
