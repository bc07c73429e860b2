//! The adults of a child who is being entered.

use egui::Ui;

use crate::gui::ScreenContext;
use crate::gui::screens::form_fields::side_by_side_ui;
use crate::gui::widgets::button::small_link_button_ui;
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::section::both_ends_ui;
use crate::names::{FullName, Phone, PhoneProblem, parse_phone};
use crate::register::{EnteringWho, PersonId, Register};
use crate::regulation::{Namesake, people_of_name};

/// One adult as they stand in fields. Nothing typed: no adult.
#[derive(Default)]
pub(super) struct AdultFields {
    pub name: String,
    pub basis: String,
    pub phone: String,
    /// «Это она»: somebody of the register.
    known: Option<PersonId>,
    found: Vec<Namesake>,
    /// What `found` answers.
    asked: Option<(String, (u64, jiff::civil::Date))>,
}

impl AdultFields {
    /// Why the form cannot be confirmed because of this adult.
    pub(super) fn trouble(&self) -> Option<&'static str> {
        if self.known.is_some() {
            return None;
        }
        match (self.name.trim().is_empty(), FullName::parse(&self.name)) {
            (true, _) if self.phone.trim().is_empty() => None,
            (true, _) => Some("Телефон есть, а имени взрослого нет"),
            (false, Err(_)) => Some("Напишите фамилию и имя взрослого"),
            (false, Ok(_)) => self.read_phone().err(),
        }
    }

    fn read_phone(&self) -> Result<Option<Phone>, &'static str> {
        match parse_phone(&self.phone) {
            Ok(phone) => Ok(Some(phone)),
            Err(PhoneProblem::Empty) => Ok(None),
            Err(_) => Err("Запишите один номер, например +7 912 345-67-89"),
        }
    }

    /// Who it is, with the name for the words of the steps; `None`: nobody was typed.
    pub(super) fn who(&self, register: &Register) -> Option<(FullName, EnteringWho)> {
        if let Some(known) = self.known.and_then(|known| register.person(known)) {
            return Some((known.name.clone(), EnteringWho::Known(known.id)));
        }
        let name = FullName::parse(&self.name).ok()?;
        let phone = self.read_phone().ok().flatten();
        Some((name.clone(), EnteringWho::New { name, phone }))
    }

    fn refresh(&mut self, context: &ScreenContext<'_>) {
        let asked = (self.name.clone(), context.snapshot.version());
        if self.asked.as_ref() == Some(&asked) {
            return;
        }
        let name = FullName::parse(&self.name);
        self.found =
            name.map_or_else(|_| Vec::new(), |name| people_of_name(context.register(), &name, context.today));
        self.found.truncate(3);
        self.asked = Some(asked);
    }
}

/// Draws the fields of every adult, and adds or takes out one.
pub(super) fn show(ui: &mut Ui, context: &ScreenContext<'_>, adults: &mut Vec<AdultFields>) {
    let mut removed = None;
    let several = adults.len() > 1;
    for (place, adult) in adults.iter_mut().enumerate() {
        ui.push_id(("adult", place), |ui| {
            let title = if several {
                format!("Взрослый {}", place + 1)
            } else {
                "Взрослый".to_owned()
            };
            let (_, pressed) = both_ends_ui(
                ui,
                22.0,
                |ui| label::line_ui(ui, &[Run::body(&title).medium()]),
                |ui| small_link_button_ui(ui, "Убрать", &format!("Убрать: {title}")).clicked(),
            );
            if pressed {
                removed = Some(place);
            }
            adult_ui(ui, context, adult, &title, several);
        });
    }
    if let Some(place) = removed {
        adults.remove(place);
    }
    let word = if adults.is_empty() {
        "Добавить взрослого"
    } else {
        "Добавить ещё взрослого"
    };
    if small_link_button_ui(ui, word, word).clicked() {
        adults.push(AdultFields::default());
    }
}

/// Of several adults every field says whose it is.
fn adult_ui(ui: &mut Ui, context: &ScreenContext<'_>, adult: &mut AdultFields, title: &str, several: bool) {
    let names = match several {
        true => [format!("{title}: ФИО"), format!("{title}: кем приходится"), format!("{title}: телефон")],
        false => ["ФИО взрослого", "Кем приходится", "Телефон взрослого"].map(str::to_owned),
    };
    if let Some(person) = adult.known.and_then(|known| context.register().person(known)) {
        let name = person.name.full();
        let (_, other) = both_ends_ui(
            ui,
            28.0,
            |ui| label::line_ui(ui, &[Run::body(&name), Run::caption(" · уже в реестре")]),
            |ui| small_link_button_ui(ui, "Другой человек", &format!("{title}: другой человек")).clicked(),
        );
        if other {
            adult.known = None;
        }
    } else {
        TextField::new(&names[0], &mut adult.name)
            .hint("Фамилия, имя и отчество; можно оставить пустым")
            .show(ui);
        adult.refresh(context);
        for one in &adult.found {
            let Some(person) = context.register().person(one.person) else { continue };
            let groups = context.snapshot.people.get(one.person).map_or("", |row| row.group_labels.as_str());
            let words = match groups {
                "" => format!("В реестре есть: {}", person.name.full()),
                groups => format!("В реестре есть: {}, {groups}", person.name.full()),
            };
            let (_, pressed) = both_ends_ui(
                ui,
                22.0,
                |ui| label::line_ui(ui, &[Run::caption(&words)]),
                |ui| {
                    small_link_button_ui(ui, "Это тот же человек", &format!("Тот же: {}", person.name.full()))
                        .clicked()
                },
            );
            if pressed {
                adult.known = Some(one.person);
            }
        }
    }
    let is_new = adult.known.is_none();
    let error = adult.read_phone().err();
    let (basis, phone) = (&mut adult.basis, &mut adult.phone);
    side_by_side_ui(
        ui,
        |ui, width| TextField::new(&names[1], basis).hint("мать, отец, опекун").width(width).show(ui),
        |ui, width| {
            if is_new {
                TextField::new(&names[2], phone).hint("Если нужен").error(error).width(width).show(ui);
            }
        },
    );
}
