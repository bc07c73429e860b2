//! Short forms for one step with links: revoke, defer, delegate, hand over, exposed, seen inside.

use std::collections::BTreeMap;

use egui::Ui;
use jiff::ToSpan;
use jiff::civil::Date;

use super::acts::seen;
use super::picker::{MOST_OFFERS, Offer, Picker};
use super::words::{self, day_words, links_accusative, links_done, short_name};
use crate::gui::widgets::button::link_button_ui;
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::choice::Choice;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::field::{TextField, field_label_ui};
use crate::gui::widgets::label::{self, Run};
use crate::gui::{Action, ScreenContext, icons};
use crate::names::{InviteAddress, Role, parse_date};
use crate::register::{
    Delegation, HandOver, HandOverWay, InviteId, Observation, ObservationId, ObservationSource, Operation,
    PersonId, Target,
};
use crate::session::search_words;
use crate::wording::role_genitive_plural;

/// The ways in the order of the choice.
pub(super) const WAYS: [HandOverWay; 5] = [
    HandOverWay::ClassTeacher,
    HandOverWay::InPerson,
    HandOverWay::Print,
    HandOverWay::Published,
    HandOverWay::Other,
];

/// Their words in the choice.
pub(super) const WAY_WORDS: [&str; 5] =
    ["через классного руководителя", "лично", "на бумаге", "на сайте организации", "другое"];

/// Which step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StepKind {
    Revoke,
    Defer,
    Delegate,
    HandOver,
    Expose,
    Observe,
}

/// An open form.
pub(super) struct StepForm {
    kind: StepKind,
    ids: Vec<InviteId>,
    date: String,
    note: String,
    successor: String,
    way: Option<usize>,
    to: Picker<PersonId>,
    numbers: String,
}

/// What the confirming button would do, or why it cannot yet.
type Prepared = Result<Vec<(Operation, String)>, &'static str>;

impl StepForm {
    pub(super) fn new(kind: StepKind, ids: Vec<InviteId>, context: &ScreenContext<'_>) -> Self {
        let defer_days = i64::from(context.register().settings().defer_days.max(1));
        let day = match kind {
            StepKind::Defer => context.today.saturating_add(defer_days.days()),
            _ => context.today,
        };
        let mut form = Self {
            kind,
            ids,
            date: date_text(day),
            note: String::new(),
            successor: String::new(),
            way: Some(0),
            to: Picker::default(),
            numbers: String::new(),
        };
        if let (StepKind::HandOver, [id]) = (kind, form.ids.as_slice()) {
            form.take_hand_over(context, *id);
        }
        form
    }

    /// Fills in what is recorded already, else the class teacher.
    fn take_hand_over(&mut self, context: &ScreenContext<'_>, id: InviteId) {
        let Some(invite) = context.register().invite(id) else { return };
        let person = match &invite.handed_over {
            Some(hand_over) => {
                self.date = hand_over.on.map_or_else(String::new, date_text);
                self.way = WAYS.iter().position(|way| *way == hand_over.way);
                self.note.clone_from(&hand_over.note);
                hand_over.to
            }
            None => words::teacher_of(context.register(), invite, context.today),
        };
        if let Some(person) = person {
            self.to.choose(person, short_name(context.register(), person));
        }
    }

    /// Draws it; answers whether it is closed.
    pub(super) fn show(&mut self, ui: &Ui, context: &ScreenContext<'_>, actions: &mut Vec<Action>) -> bool {
        let prepared = self.prepare(context);
        let (title, confirm) = self.title_and_verb(context);
        let mut dialog = Dialog::new("link step", &title);
        dialog = match self.kind {
            StepKind::Revoke => dialog.confirm_danger(&confirm),
            _ => dialog.confirm(&confirm),
        };
        let (answer, ()) = dialog
            .disabled_because(prepared.as_ref().err().copied())
            .show(ui.ctx(), |ui| self.body_ui(ui, context));
        if answer == DialogAnswer::Confirmed
            && let Ok(operations) = prepared
        {
            for (operation, done) in operations {
                actions.push(Action::execute(operation, done));
            }
        }
        answer != DialogAnswer::Open
    }

    fn title_and_verb(&self, context: &ScreenContext<'_>) -> (String, String) {
        let count = self.ids.len();
        let links = match self.ids.as_slice() {
            [id] => context
                .snapshot
                .invites
                .get(*id)
                .map_or_else(String::new, |row| format!("ссылку {} «{}»", row.tail, row.target_title)),
            _ => links_accusative(count),
        };
        let place = match self.ids.as_slice() {
            [id] => context.snapshot.invites.get(*id).map_or("", |row| row.target_title.as_str()),
            _ => "",
        };
        match self.kind {
            StepKind::Revoke => {
                (format!("Аннулировать {links}?"), format!("Аннулировать {}", links_accusative(count)))
            }
            StepKind::Defer => (format!("Отложить {links}"), format!("Отложить {}", links_accusative(count))),
            StepKind::Delegate => {
                (format!("Поручить учителю {links}"), format!("Поручить {}", links_accusative(count)))
            }
            StepKind::HandOver => (format!("Передать {links}"), "Записать передачу".into()),
            StepKind::Expose => ("Ссылка попала к посторонним".into(), "Записать".into()),
            StepKind::Observe => (format!("Кто внутри: {place}"), "Записать".into()),
        }
    }

    fn body_ui(&mut self, ui: &mut Ui, context: &ScreenContext<'_>) {
        match self.kind {
            StepKind::Revoke => self.revoke_ui(ui, context),
            StepKind::Defer => self.defer_ui(ui, context),
            StepKind::Delegate => self.delegate_ui(ui, context),
            StepKind::HandOver => self.hand_over_ui(ui, context),
            StepKind::Expose => self.expose_ui(ui, context),
            StepKind::Observe => self.observe_ui(ui, context),
        }
    }

    fn revoke_ui(&mut self, ui: &mut Ui, context: &ScreenContext<'_>) {
        let text = "Это запись о том, что уже сделано в кабинете: сама программа ссылку не отключает. \
                    Аннулированные ссылки остаются в учёте.";
        label::body_ui(ui, text);
        self.names_ui(ui, context);
        let today = context.today;
        date_field_ui(ui, "Когда аннулировали", &mut self.date, |text| {
            past(text, today).err()
        });
        let hint = self.usual_reason(context);
        TextField::new("Почему", &mut self.note).hint(&hint).show(ui);
        if self.single_chat(context).is_some() {
            let error = address_error(&self.successor);
            TextField::new("Новая ссылка этого чата, если кабинет её дал", &mut self.successor)
                .hint("https://max.ru/join/…")
                .error(error)
                .show(ui);
        }
    }

    fn defer_ui(&mut self, ui: &mut Ui, context: &ScreenContext<'_>) {
        self.names_ui(ui, context);
        let today = context.today;
        date_field_ui(ui, "До какого дня", &mut self.date, |text| future(text, today).err());
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 16.0;
            for days in [7, 14, 30] {
                if link_button_ui(ui, &crate::wording::age_days(days)).clicked() {
                    self.date = date_text(context.today.saturating_add(days.days()));
                }
            }
        });
        TextField::new("Почему", &mut self.note).hint("ждём ответа классного руководителя").show(ui);
    }

    fn delegate_ui(&mut self, ui: &mut Ui, context: &ScreenContext<'_>) {
        let text = "Ссылки чатов аннулируют их учителя. Запишем, кого вы попросили; ссылка останется в списке, \
                    пока её не аннулируют.";
        label::body_ui(ui, text);
        let (by_teacher, without) = self.by_teacher(context);
        for (teacher, ids) in &by_teacher {
            let name = short_name(context.register(), *teacher);
            let links = words::links_counted(ids.len());
            label::icon_line_ui(
                ui,
                icons::USER,
                crate::gui::theme::Tone::Neutral,
                &[Run::body(&name).medium(), Run::body(" — ").secondary(), Run::body(&links)],
            );
        }
        if !without.is_empty() {
            let text = format!(
                "Учителя не знаем: {}. Назначьте классного руководителя или владельца чата.",
                self.titles(context, &without)
            );
            Callout::attention("", &text).show(ui);
        }
    }

    fn hand_over_ui(&mut self, ui: &mut Ui, context: &ScreenContext<'_>) {
        self.names_ui(ui, context);
        let today = context.today;
        date_field_ui(ui, "Когда", &mut self.date, |text| {
            optional(text, |text| past(text, today)).err()
        });
        let label = field_label_ui(ui, "Как");
        Choice::new("Как передана").labelled_by(label.id).width(412.0).show(ui, &mut self.way, &WAY_WORDS);
        self.to.show(ui, "Кому, если одному человеку", "фамилия", |text| {
            find_people(context, text)
        });
        TextField::new("Примечание", &mut self.note).hint("на родительском собрании").show(ui);
    }

    fn expose_ui(&mut self, ui: &mut Ui, context: &ScreenContext<'_>) {
        self.names_ui(ui, context);
        let text = "Её пора аннулировать сразу, даже если решение было отложено.";
        Callout::danger("", text).show(ui);
        date_field_ui(ui, "Когда узнали", &mut self.date, |text| past(text, context.today).err());
        TextField::new("Что случилось", &mut self.note).hint("переслали в чат двора").show(ui);
    }

    fn observe_ui(&mut self, ui: &mut Ui, context: &ScreenContext<'_>) {
        if let Some(invite) = self.ids.first().and_then(|id| context.register().invite(*id)) {
            let whom = match invite.role {
                Role::Parent => "Сколько детей, у которых внутри есть родитель".to_owned(),
                role => format!("Сколько {} внутри", role_genitive_plural(role)),
            };
            let text = format!("{whom}: по списку участников в кабинете или со слов классного руководителя.");
            label::body_ui(ui, &text);
        }
        let error = self.numbers_error();
        let field = TextField::new("Внутри", &mut self.numbers).hint("19 из 27").error(error);
        let response = field.show(ui);
        if ui.memory(|memory| memory.focused().is_none()) && self.numbers.is_empty() {
            response.request_focus();
        }
        date_field_ui(ui, "На какой день", &mut self.date, |text| past(text, context.today).err());
    }

    fn numbers_error(&self) -> Option<&'static str> {
        if self.numbers.trim().is_empty() || read_numbers(&self.numbers).is_some() {
            return None;
        }
        Some("Напишите «19 из 27» или одно число")
    }

    fn names_ui(&self, ui: &mut Ui, context: &ScreenContext<'_>) {
        if self.ids.len() > 1 {
            label::rich_ui(ui, &[Run::body(&self.titles(context, &self.ids)).medium().line_height(20.0)]);
        }
    }

    fn titles(&self, context: &ScreenContext<'_>, ids: &[InviteId]) -> String {
        let titles: Vec<String> =
            ids.iter().filter_map(|id| context.snapshot.invites.get(*id)).map(words::subject).collect();
        words::listed(&titles, 6)
    }

    /// The one link of the form where it opens a chat.
    fn single_chat(&self, context: &ScreenContext<'_>) -> Option<InviteId> {
        let [id] = self.ids.as_slice() else { return None };
        let invite = context.register().invite(*id)?;
        matches!(invite.target, Target::Chat(_)).then_some(*id)
    }

    fn usual_reason(&self, context: &ScreenContext<'_>) -> String {
        let rows = self.ids.iter().filter_map(|id| context.snapshot.invites.get(*id));
        let mut rules: Vec<_> = rows.filter_map(|row| row.flags.first()).map(|flag| flag.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        let words: Vec<&str> = rules.into_iter().map(|rule| rule.words()).collect();
        if words.is_empty() { "больше не нужна".into() } else { words.join(", ") }
    }

    fn by_teacher(&self, context: &ScreenContext<'_>) -> (BTreeMap<PersonId, Vec<InviteId>>, Vec<InviteId>) {
        let (mut by_teacher, mut without) = (BTreeMap::<_, Vec<_>>::new(), Vec::new());
        for id in &self.ids {
            let Some(invite) = context.register().invite(*id) else { continue };
            match words::teacher_of(context.register(), invite, context.today) {
                Some(teacher) => by_teacher.entry(teacher).or_default().push(*id),
                None => without.push(*id),
            }
        }
        (by_teacher, without)
    }

    fn prepare(&self, context: &ScreenContext<'_>) -> Prepared {
        let today = context.today;
        let invites = seen(context, &self.ids);
        let count = invites.len();
        let about = self.titles(context, &self.ids);
        let note = self.note.trim().to_owned();
        match self.kind {
            StepKind::Revoke => self.prepare_revoke(context),
            StepKind::Defer => {
                let until = future(&self.date, today)?;
                let done =
                    format!("{} до {}: {about}", links_done("Отложен", count), day_words(until, today));
                Ok(vec![(Operation::DeferInvites { seen: invites, until, reason: note }, done)])
            }
            StepKind::Delegate => {
                let (by_teacher, _) = self.by_teacher(context);
                if by_teacher.is_empty() {
                    return Err("Поручить некому: учитель не назначен");
                }
                Ok(by_teacher.into_iter().map(|(teacher, ids)| delegate(context, teacher, &ids)).collect())
            }
            StepKind::HandOver => {
                let on = optional(&self.date, |text| past(text, today))?;
                if self.to.is_unfinished() {
                    return Err("Выберите человека из списка или очистите поле");
                }
                let way = self.way.and_then(|way| WAYS.get(way)).copied().unwrap_or_default();
                let hand_over = HandOver { on, way, to: self.to.chosen(), note };
                let done = format!("Записано, что ссылка передана: {about}");
                Ok(vec![(Operation::HandOverInvites { seen: invites, hand_over }, done)])
            }
            StepKind::Expose => {
                let on = past(&self.date, today)?;
                let done = format!("Записано, что ссылка у посторонних: {about}");
                Ok(vec![(Operation::ExposeInvites { seen: invites, on, note }, done)])
            }
            StepKind::Observe => self.prepare_observation(context),
        }
    }

    fn prepare_revoke(&self, context: &ScreenContext<'_>) -> Prepared {
        let on = past(&self.date, context.today)?;
        let text = self.successor.trim();
        let successor = match text {
            "" => None,
            text => Some(InviteAddress::parse(text).map_err(|_| "Новая ссылка не похожа на адрес")?.0),
        };
        // Links flagged by different rules keep each its own reason.
        let mut by_reason: BTreeMap<String, Vec<InviteId>> = BTreeMap::new();
        for id in &self.ids {
            let flags = context.snapshot.invites.get(*id).map_or(&[][..], |row| &row.flags);
            let reason = if self.note.trim().is_empty() {
                words::reason_of(flags)
            } else {
                self.note.trim().to_owned()
            };
            by_reason.entry(reason).or_default().push(*id);
        }
        let reason = match by_reason.len() {
            1 => by_reason.into_keys().next().unwrap_or_default(),
            _ => by_reason.into_keys().filter(|reason| !reason.is_empty()).collect::<Vec<_>>().join(", "),
        };
        let invites = seen(context, &self.ids);
        let done =
            format!("{}: {}", links_done("Аннулирован", invites.len()), self.titles(context, &self.ids));
        Ok(vec![(Operation::RevokeInvites { seen: invites, on, reason, successor }, done)])
    }

    fn prepare_observation(&self, context: &ScreenContext<'_>) -> Prepared {
        let on = past(&self.date, context.today)?;
        let Some((joined, of)) = read_numbers(&self.numbers) else {
            return Err("Напишите, сколько внутри: «19 из 27»");
        };
        if of.is_some_and(|of| joined > of) {
            return Err("Внутри не может быть больше, чем всего");
        }
        let Some(invite) = self.ids.first().and_then(|id| context.register().invite(*id)) else {
            return Err("Ссылки больше нет в учёте");
        };
        let observation = Observation {
            id: ObservationId(0),
            target: invite.target,
            role: invite.role,
            on,
            source: ObservationSource::Number,
            joined,
            of,
        };
        let title = crate::regulation::target_title(context.register(), invite.target);
        let of = of.map_or_else(String::new, |of| format!(" из {of}"));
        Ok(vec![(Operation::Observe(vec![observation]), format!("Записано: {title}, внутри {joined}{of}"))])
    }
}

/// Asks one teacher to revoke links.
pub(in crate::gui::screens) fn delegate(
    context: &ScreenContext<'_>,
    teacher: PersonId,
    ids: &[InviteId],
) -> (Operation, String) {
    let delegation = Delegation { on: context.today, to: Some(teacher) };
    let operation = Operation::DelegateInvites { seen: seen(context, ids), delegation };
    let done = format!("{}: {}", links_done("Поручен", ids.len()), short_name(context.register(), teacher));
    (operation, done)
}

/// A day as it stands in a field: «12.10.2026».
pub(super) fn date_text(day: Date) -> String {
    day.strftime("%d.%m.%Y").to_string()
}

/// A typed day that is not ahead.
pub(super) fn past(text: &str, today: Date) -> Result<Date, &'static str> {
    let day = parse_date(text, today).map_err(|_| "Такого дня нет: напишите, например, 12.10.2026")?;
    if day > today { Err("Этот день ещё не наступил") } else { Ok(day) }
}

/// A typed day that is ahead; a day without a year is the next one.
pub(super) fn future(text: &str, today: Date) -> Result<Date, &'static str> {
    let year_ahead = today.saturating_add(364.days());
    let day = parse_date(text, year_ahead).map_err(|_| "Такого дня нет: напишите, например, 19.10.2026")?;
    if day <= today { Err("Нужен день после сегодняшнего") } else { Ok(day) }
}

/// A field for a day with what is wrong beneath.
pub(super) fn date_field_ui(
    ui: &mut Ui,
    label: &str,
    text: &mut String,
    problem: impl FnOnce(&str) -> Option<&'static str>,
) {
    let problem = problem(text);
    TextField::new(label, text).width(180.0).error(problem).show(ui);
}

/// Reads a day that may be left out.
pub(super) fn optional(
    text: &str,
    read: impl FnOnce(&str) -> Result<Date, &'static str>,
) -> Result<Option<Date>, &'static str> {
    match text.trim() {
        "" => Ok(None),
        text => read(text).map(Some),
    }
}

/// What is wrong with an address that may be left out.
pub(in crate::gui::screens) fn address_error(text: &str) -> Option<&'static str> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    match InviteAddress::parse(text) {
        Ok((_, shape)) => shape.warning(),
        Err(problem) => Some(super::pasted::address_words(problem)),
    }
}

/// «19 из 27», «19/27», «19».
fn read_numbers(text: &str) -> Option<(u32, Option<u32>)> {
    let text = text.replace("из", "/");
    match text.split_once('/') {
        Some((joined, of)) => Some((joined.trim().parse().ok()?, Some(of.trim().parse().ok()?))),
        None => Some((text.trim().parse().ok()?, None)),
    }
}

/// People whose name fits what was typed.
pub(super) fn find_people(context: &ScreenContext<'_>, text: &str) -> Vec<Offer<PersonId>> {
    let words = search_words(text);
    let rows = context.snapshot.people.iter().filter(|row| !row.left && row.matches(&words));
    rows.take(MOST_OFFERS)
        .map(|row| {
            let roles =
                if row.role_words.is_empty() { String::new() } else { format!(", {}", row.role_words) };
            Offer { value: row.id, words: format!("{}{roles}", row.full_name), icon: icons::USER }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, expected) in [
            ("19 из 27", Some((19, Some(27)))),
            ("19/27", Some((19, Some(27)))),
            (" 19 ", Some((19, None))),
            ("девятнадцать", None),
            ("19 из", None),
            ("", None),
        ] {
            assert_eq!(read_numbers(text), expected, "{text}");
        }
    }

    #[test]
    fn a_day_without_a_year_lies_ahead_or_behind_as_the_field_asks() {
        let today = date(2026, 10, 12);
        assert_eq!(past("20.10", today), Ok(date(2025, 10, 20)));
        assert_eq!(future("20.10", today), Ok(date(2026, 10, 20)));
        assert_eq!(future("3 янв", today), Ok(date(2027, 1, 3)));
        assert!(future("12.10.2026", today).is_err() && past("13.10.2026", today).is_err());
        assert_eq!(past(&date_text(today), today), Ok(today));
    }
}
