//! «Ход разбора»: how old the links are, when to come back, what teachers were asked for, what was done before
//! (duty 2.3-9).

mod facts;

use egui::{Key, Modifiers, Ui, vec2};
use jiff::civil::Date;

use self::facts::{Asked, Facts, OpenLink};
use super::words::{day_words, days_between, links_counted};
use crate::gui::action::LinksPage;
use crate::gui::theme::{Ink, Tone, space};
use crate::gui::widgets::button::{named_link_button_ui, small_link_button_ui};
use crate::gui::widgets::card::{card_ui, divider_ui};
use crate::gui::widgets::choice::Choice;
use crate::gui::widgets::histogram::{Bar, histogram_ui};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::scroll_page::{column_ui, scroll_page_ui};
use crate::gui::widgets::section::both_ends_ui;
use crate::gui::widgets::shortcut::consume_shortcut_physical;
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, Destination, Room, ScreenContext, icons};
use crate::register::{Operation, Settings};
use crate::regulation::next_cleanup;
use crate::session::Snapshot;
use crate::wording::{counted, date_short, days_ago};

const DAYS_SHOWN: usize = 12;
const LINKS_SHOWN: usize = 8;
const FEWEST_WEEKS: u16 = 1;
const MOST_WEEKS: u16 = 12;

/// State of the page.
#[derive(Default)]
pub(super) struct CourseState {
    facts: Facts,
    made_for: Option<(u64, Date)>,
}

impl CourseState {
    fn refresh(&mut self, snapshot: &Snapshot) {
        if self.made_for != Some(snapshot.version()) {
            self.facts = Facts::of(snapshot);
            self.made_for = Some(snapshot.version());
        }
    }
}

/// Draws the page.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut CourseState,
    actions: &mut Vec<Action>,
) {
    state.refresh(context.snapshot);
    let facts = &state.facts;
    page::header_ui(
        ui,
        "Ход разбора",
        "Аннулирование невостребованных ссылок, п. 2.3",
        |ui| {
            if ui.add(Button::outlined("К ссылкам").icon(icons::ARROW_LEFT).key("Esc")).clicked() {
                actions.push(Action::Go(Destination::LinksPage(LinksPage::List)));
            }
            let flagged = context.snapshot.invites.flagged_count();
            let sort_out = format!("Разобрать {flagged}");
            if flagged > 0 && ui.add(Button::primary(&sort_out).icon(icons::LIST_CHECKS)).clicked() {
                actions.push(Action::Go(Destination::Cleanup(None)));
            }
        },
    );
    scroll_page_ui(ui, "course of cleanups", |ui| {
        let room = ui.available_width();
        let wide = room > 820.0;
        let width = if wide { ((room - space::LARGE) / 2.0).floor().min(560.0) } else { room };
        let left = |ui: &mut Ui, actions: &mut Vec<Action>| {
            ages_ui(ui, context);
            schedule_ui(ui, context, actions);
            days_ui(ui, context, facts, actions);
        };
        let right = |ui: &mut Ui, actions: &mut Vec<Action>| {
            asked_ui(ui, context, facts, actions);
            failed_ui(ui, context, facts, actions);
        };
        if wide {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing = vec2(space::LARGE, space::LARGE);
                column_ui(ui, width, |ui| left(ui, actions));
                column_ui(ui, width, |ui| right(ui, actions));
            });
        } else {
            left(ui, actions);
            right(ui, actions);
        }
    });
    let free = ui.ctx().memory(|memory| memory.allows_interaction(ui.layer_id()));
    if free && consume_shortcut_physical(ui.ctx(), Modifiers::NONE, Key::Escape) {
        actions.push(Action::Go(Destination::LinksPage(LinksPage::List)));
    }
}

fn ages_ui(ui: &mut Ui, context: &ScreenContext<'_>) {
    let ages = &context.snapshot.today_list.pending_ages;
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        label::lead_ui(ui, "Возраст ссылок");
        label::caption_ui(ui, "по числу дней с передачи");
        ui.add_space(6.0);
        let bars = ages.buckets.map(|bucket| Bar { label: bucket.words, count: bucket.count });
        let due = if ages.due > 0 { format!("пора решать: {}", ages.due) } else { String::new() };
        histogram_ui(ui, "Ссылки по возрасту", &bars, ages.threshold_before, &due, 160.0);
    });
}

fn schedule_ui(ui: &mut Ui, context: &ScreenContext<'_>, actions: &mut Vec<Action>) {
    let settings = context.register().settings();
    let weeks = settings.cleanup_every_weeks.max(FEWEST_WEEKS);
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        label::lead_ui(ui, "Разбирать ссылки");
        let next = match next_cleanup(context.register()) {
            None => "Первый разбор ещё впереди: с него начнётся отсчёт".to_owned(),
            Some(day) if day <= context.today => "По нашему графику пора: сегодня".to_owned(),
            Some(day) => {
                let days = days_between(context.today, day);
                let in_days = counted(days.unsigned_abs(), "день", "дня", "дней");
                format!("Следующий раз {}, через {in_days}", day_words(day, context.today))
            }
        };
        let most = MOST_WEEKS.max(weeks);
        let options: Vec<String> = (FEWEST_WEEKS..=most).map(every_weeks).collect();
        let mut chosen = Some(usize::from(weeks - FEWEST_WEEKS));
        ui.horizontal(|ui| {
            let changed =
                Choice::new("Как часто разбирать ссылки").width(190.0).show(ui, &mut chosen, &options);
            label::line_ui(ui, &[Run::body(&next)]);
            let wanted = chosen.and_then(|place| u16::try_from(place).ok()).map(|place| place + FEWEST_WEEKS);
            if let Some(wanted) = wanted.filter(|wanted| changed && *wanted != settings.cleanup_every_weeks) {
                let seen = settings.clone();
                let wanted = Settings { cleanup_every_weeks: wanted, ..seen.clone() };
                let done = format!("Разбор ссылок: {}", every_weeks(wanted.cleanup_every_weeks));
                let operation = Operation::Edit { seen: seen.into(), wanted: wanted.into() };
                actions.push(Action::execute(operation, done));
            }
        });
        label::caption_ui(ui, "Срок вы ставите себе сами: норма его не устанавливает.");
    });
}

/// «каждую неделю», «каждые 2 недели», «каждые 5 недель».
fn every_weeks(weeks: u16) -> String {
    match weeks {
        1 => "каждую неделю".into(),
        // «каждые 21 неделю»: the accusative.
        weeks => format!("каждые {}", counted(weeks.into(), "неделю", "недели", "недель")),
    }
}

fn days_ui(ui: &mut Ui, context: &ScreenContext<'_>, facts: &Facts, actions: &mut Vec<Action>) {
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        let journal = both_ends_ui(
            ui,
            24.0,
            |ui| label::lead_ui(ui, "Прошлые разборы"),
            |ui| small_link_button_ui(ui, "Журнал", "Показать разборы в журнале").clicked(),
        )
        .1;
        if journal {
            actions.push(Action::Go(Destination::Room(Room::Journal)));
        }
        if facts.days.is_empty() {
            label::secondary_ui(ui, "Пока ни одной ссылки не аннулировали.");
        }
        for (on, day) in facts.days.iter().take(DAYS_SHOWN) {
            let ago = days_ago(days_between(*on, context.today));
            let by = if day.by.is_empty() { ago } else { format!("{ago} · {}", day.by.join(", ")) };
            both_ends_ui(
                ui,
                24.0,
                |ui| {
                    ui.spacing_mut().item_spacing.x = 10.0;
                    let row = egui::Layout::left_to_right(egui::Align::Center);
                    ui.allocate_ui_with_layout(vec2(98.0, 24.0), row, |ui| {
                        ui.set_min_width(98.0);
                        label::line_ui(ui, &[Run::body(&date_short(*on)).medium()]);
                    });
                    label::line_ui(ui, &[Run::caption(&by)]);
                },
                |ui| label::line_ui(ui, &[Run::body(&links_counted(day.revoked))]),
            );
        }
        if let Some(more) = facts.days.len().checked_sub(DAYS_SHOWN).filter(|more| *more > 0) {
            let words = counted(more as u64, "день", "дня", "дней");
            label::caption_ui(ui, &format!("и ещё {words} раньше"));
        }
    });
}

fn asked_ui(ui: &mut Ui, context: &ScreenContext<'_>, facts: &Facts, actions: &mut Vec<Action>) {
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        label::lead_ui(ui, "Поручено учителям");
        if facts.asked.is_empty() {
            label::secondary_ui(ui, "Ничего не ждём: что поручите в разборе, встанет сюда.");
        }
        for (place, asked) in facts.asked.iter().enumerate() {
            if place > 0 {
                divider_ui(ui, 4.0);
            }
            asked_teacher_ui(ui, context, asked, actions);
        }
    });
}

fn asked_teacher_ui(ui: &mut Ui, context: &ScreenContext<'_>, asked: &Asked, actions: &mut Vec<Action>) {
    let name = if asked.name.is_empty() { "Без имени" } else { asked.name.as_str() };
    let since = asked.links.first().map(|link| link.since);
    let waits = since.map_or_else(String::new, |since| {
        let days = days_between(since, context.today);
        if days == 0 {
            "с сегодняшнего дня".to_owned()
        } else {
            format!("ждём {}", crate::wording::age_days(days))
        }
    });
    let remind = both_ends_ui(
        ui,
        28.0,
        |ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            label::icon_ui(ui, icons::USER_SWITCH, 17.0, Ink::Secondary);
            label::line_ui(ui, &[Run::body(name).medium()]);
            label::line_ui(ui, &[Run::caption(&waits)]);
        },
        |ui| {
            let copy = format!("Скопировать напоминание: {name}");
            named_link_button_ui(ui, Some(icons::COPY), "Напоминание", &copy).clicked()
        },
    )
    .1;
    if remind {
        let text = reminder(context, asked);
        actions.push(Action::CopyText {
            text, what: format!("Напоминание скопировано: {name}")
        });
    }
    for link in asked.links.iter().take(LINKS_SHOWN) {
        open_link_ui(ui, context, link, actions);
    }
    if asked.links.len() > LINKS_SHOWN {
        label::caption_ui(ui, &format!("и ещё {}", links_counted(asked.links.len() - LINKS_SHOWN)));
    }
}

/// The words to the teacher: titles and last characters, never addresses.
fn reminder(context: &ScreenContext<'_>, asked: &Asked) -> String {
    let teacher = asked.teacher.and_then(|teacher| context.unveiled.register.person(teacher));
    let polite = teacher.map_or_else(String::new, |person| {
        format!(", {} {}", person.name.given, person.name.patronymic).trim_end().to_owned()
    });
    let mut text = format!(
        "Здравствуйте{polite}. Обновите, пожалуйста, ссылки-приглашения в настройках ваших чатов, чтобы прежние \
         перестали действовать, и ответьте, когда сделаете:"
    );
    for link in &asked.links {
        let since = day_words(link.since, context.today);
        text.push_str(&format!("\n— {}, ссылка оканчивается на {} (просили {since})", link.title, link.tail));
    }
    text
}

fn open_link_ui(ui: &mut Ui, context: &ScreenContext<'_>, link: &OpenLink, actions: &mut Vec<Action>) {
    let since = day_words(link.since, context.today);
    let opened = both_ends_ui(
        ui,
        24.0,
        |ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            ui.add_space(25.0);
            let name = format!("Открыть ссылку {} {}", link.title, link.tail);
            let opened = small_link_button_ui(ui, &link.title, &name).clicked();
            label::line_ui(ui, &[Run::caption(&link.tail)]);
            opened
        },
        |ui| label::line_ui(ui, &[Run::caption(&since)]),
    )
    .0;
    if opened {
        actions.push(Action::Go(Destination::Invite(link.invite)));
    }
}

fn failed_ui(ui: &mut Ui, context: &ScreenContext<'_>, facts: &Facts, actions: &mut Vec<Action>) {
    if facts.failed.is_empty() {
        return;
    }
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        label::lead_ui(ui, "Не удалось аннулировать");
        label::caption_ui(ui, "Вернутся в следующем разборе");
        for link in facts.failed.iter().take(LINKS_SHOWN) {
            open_link_ui(ui, context, link, actions);
            if !link.why.is_empty() {
                ui.horizontal(|ui| {
                    ui.add_space(25.0);
                    label::line_ui(ui, &[Run::caption(&link.why).tone(Tone::Attention)]);
                });
            }
        }
        if facts.failed.len() > LINKS_SHOWN {
            label::caption_ui(ui, &format!("и ещё {}", links_counted(facts.failed.len() - LINKS_SHOWN)));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_decline() {
        for (weeks, expected) in
            [(1, "каждую неделю"), (2, "каждые 2 недели"), (5, "каждые 5 недель"), (12, "каждые 12 недель")]
        {
            assert_eq!(every_weeks(weeks), expected);
        }
    }
}
