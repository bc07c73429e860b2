//! The page after the last link: what was done, what comes back.

use egui::{Ui, UiBuilder, vec2};

use super::progress::{Item, Outcome};
use super::{CleanupState, leave};
use crate::gui::screens::links::words::{self, links_done};
use crate::gui::theme::{Ink, Tokens, Tone, size};
use crate::gui::widgets::card::card_ui;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::{Button, paint};
use crate::gui::{Action, Destination, Room, ScreenContext, icons};
use crate::session::{LinkPaper, PaperFormat, RevocationActRequest};
use crate::wording::{date_short_without_year, plural};

pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut CleanupState,
    actions: &mut Vec<Action>,
) {
    let room = ui.available_rect_before_wrap();
    let width = (room.width() - 48.0).min(560.0);
    let left = room.center().x - width / 2.0;
    let rect = egui::Rect::from_min_max(
        egui::pos2(left, room.top() + 48.0),
        egui::pos2(left + width, room.bottom()),
    );
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect));
    card_ui(&mut child, 28, |ui| {
        heading_ui(ui);
        ui.add_space(8.0);
        for (outcome, stem, icon, tone) in [
            (Outcome::Revoked, "Аннулирован", icons::CHECK_CIRCLE, Tone::Good),
            (Outcome::Deferred, "Отложен", icons::CLOCK, Tone::Attention),
            (Outcome::Failed, "", icons::WARNING_CIRCLE, Tone::Attention),
            (Outcome::Delegated, "Поручен", icons::USER_SWITCH, Tone::Attention),
            (Outcome::NotNeeded, "Уже не надо", icons::CHECK, Tone::Neutral),
        ] {
            let items: Vec<&Item> = state.progress.with_outcome(outcome).collect();
            if !items.is_empty() {
                line_ui(ui, context, outcome, stem, &items, (icon, tone));
            }
        }
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            if ui.add(Button::primary("К ссылкам")).clicked() {
                leave(state, actions);
            }
            let revoked = state.progress.with_outcome(Outcome::Revoked).next().is_some();
            let act = Button::outlined("Сохранить акт").icon(icons::FILE_TEXT);
            if revoked && ui.add(act).clicked() {
                let from = state.begun_on();
                let request =
                    RevocationActRequest { from, until: Some(context.today), commission: Vec::new() };
                let paper = Box::new(LinkPaper::RevocationAct(request));
                actions.push(Action::choose_paper(paper, PaperFormat::Docx));
            }
            if ui.add(Button::outlined("Показать в журнале").icon(icons::CLOCK_COUNTER_CLOCKWISE)).clicked()
            {
                leave(state, actions);
                actions.push(Action::Go(Destination::Room(Room::Journal)));
            }
        });
    });
}

fn heading_ui(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 14.0;
        let (circle, _) = ui.allocate_exact_size(vec2(44.0, 44.0), egui::Sense::hover());
        ui.painter().circle_filled(circle.center(), 22.0, Tone::Good.ground(tokens));
        paint::icon(ui.painter(), circle.center(), icons::CHECK, 22.0, tokens.good);
        label::line_ui(ui, &[Run::body("Всё разобрано").size(size::TITLE).semibold()]);
    });
}

fn line_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    outcome: Outcome,
    stem: &str,
    items: &[&Item],
    (icon, tone): (icons::Icon, Tone),
) {
    let count = items.len();
    let title = match outcome {
        Outcome::Failed => format!("Не удалось аннулировать: {count}"),
        Outcome::NotNeeded => format!("{stem}: {count}"),
        _ => links_done(stem, count),
    };
    let details: Vec<String> = items.iter().map(|item| detail(context, outcome, item)).collect();
    let stays = plural(count as u64, "Останется", "Останутся", "Останутся");
    let note = match outcome {
        Outcome::Failed => format!(" {stays} в списке."),
        Outcome::Delegated => format!(" {stays} в списке, пока учитель не аннулирует."),
        _ => String::new(),
    };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        label::icon_ui(ui, icon, 20.0, Ink::Tone(tone));
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            label::line_ui(ui, &[Run::body(&title).medium()]);
            label::caption_ui(ui, &format!("{}.{note}", words::listed(&details, 8)));
        });
    });
}

fn detail(context: &ScreenContext<'_>, outcome: Outcome, item: &Item) -> String {
    let Some(invite) = context.register().invite(item.id) else { return item.title.clone() };
    let more = match outcome {
        Outcome::Deferred => {
            invite.deferral.as_ref().map(|deferral| format!("до {}", date_short_without_year(deferral.until)))
        }
        Outcome::Failed => invite.failed.as_ref().map(|failed| failed.why.clone()),
        Outcome::Delegated => invite
            .delegation
            .as_ref()
            .and_then(|delegation| delegation.to)
            .map(|to| words::short_name(context.register(), to)),
        _ => None,
    };
    match more.filter(|more| !more.is_empty()) {
        Some(more) => format!("{} ({more})", item.title),
        None => item.title.clone(),
    }
}
