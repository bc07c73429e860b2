//! «Ссылка утекла»: from the pasted address to the memo, each step ticked by what the register knows
//! (duties 2.3-9, 2.3-4).

mod step_bodies;
mod texts;

use egui::{Key, Modifiers, Ui, vec2};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::words::{day_words, hand_over_words, place_line};
use super::{address_error, capital};
use crate::gui::action::LinksPage;
use crate::gui::theme::{Ink, Tokens, Tone, size};
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::card::{card_ui, inset_card_ui};
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::scroll_page::{column_ui, scroll_page_ui};
use crate::gui::widgets::section::named_value_ui;
use crate::gui::widgets::shortcut::consume_shortcut_physical;
use crate::gui::widgets::{Button, page, paint};
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::names::InviteAddress;
use crate::register::{Invite, InviteId, Register, Target};
use crate::regulation::place_coverage;
use crate::session::LinkPaper;
use crate::wording::counted;

/// The key of the unfinished work in the file.
pub(super) const WORKSPACE_KEY: &str = "leaked-link";

const WIDTH: f32 = 720.0;
const NAME_WIDTH: f32 = 120.0;

/// What the register does not know by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    invite: InviteId,
    /// Ticked by hand: the chat was compared with the list.
    #[serde(default)]
    reconciled_on: Option<Date>,
    #[serde(default)]
    parents_told: bool,
    #[serde(default)]
    memo_copied: bool,
}

/// State of the page.
#[derive(Default)]
pub(super) struct LeakedState {
    kept: Option<Kept>,
    /// The address as pasted.
    text: String,
    /// What happened, in own words.
    note: String,
    successor: String,
    had_text_focus: bool,
    /// The memo was written as a document since the page was last drawn.
    memo_written: bool,
}

/// What is done already, read from the register where it knows.
struct Steps {
    exposed: bool,
    replaced: bool,
    reconciled_on: Option<Date>,
    parents_told: bool,
    memo_copied: bool,
}

impl Steps {
    fn of(register: &Register, invite: &Invite, kept: &Kept) -> Self {
        Self {
            exposed: invite.exposure.is_some(),
            replaced: invite.revocation.is_some(),
            reconciled_on: kept.reconciled_on.or_else(|| reconciled_on(register, invite)),
            parents_told: kept.parents_told,
            memo_copied: kept.memo_copied,
        }
    }

    fn done(&self) -> [bool; 5] {
        [self.exposed, self.replaced, self.reconciled_on.is_some(), self.parents_told, self.memo_copied]
    }

    /// Whether a step shows what it asks for: the first two one after the other, the rest when the door is shut.
    fn is_open(&self, step: usize) -> bool {
        match step {
            0 => !self.exposed,
            1 => self.exposed && !self.replaced,
            step => self.replaced && !self.done()[step],
        }
    }
}

/// The day the place was compared with the list since the leak became known.
fn reconciled_on(register: &Register, invite: &Invite) -> Option<Date> {
    let since = invite.exposure.as_ref()?.on;
    let group = match invite.target {
        Target::Chat(_) => register.group_of_target(invite.target).map(Target::Group),
        Target::Group(_) | Target::Organization => None,
    };
    let observations =
        std::iter::once(invite.target).chain(group).flat_map(|place| register.observations_of_target(place));
    observations
        .filter(|seen| seen.role == invite.role && seen.source.compares_people())
        .map(|seen| seen.on)
        .filter(|on| *on >= since)
        .max()
}

impl LeakedState {
    /// Takes what an earlier sitting left in the file; what cannot be read is forgotten.
    pub(super) fn resume_from(&mut self, kept: &str) {
        self.kept = serde_json::from_str(kept).ok();
    }

    /// Goes on with what is unfinished, or begins with this link.
    pub(super) fn begin(&mut self, invite: Option<InviteId>) {
        if let Some(invite) = invite
            && self.kept.as_ref().is_none_or(|kept| kept.invite != invite)
        {
            *self = Self { kept: Some(Kept::of(invite)), ..Self::default() };
        }
    }

    /// The memo about this link lies on the disk.
    pub(super) fn paper_written(&mut self, paper: &LinkPaper) {
        let about = self.kept.as_ref().map(|kept| kept.invite);
        self.memo_written |= matches!(paper, LinkPaper::LeakMemo(link) if Some(*link) == about);
    }

    /// Whether a leak is being dealt with.
    pub(super) fn is_unfinished(&self) -> bool {
        self.kept.is_some()
    }

    fn keep(&self, context: &ScreenContext<'_>, actions: &mut Vec<Action>) {
        if !context.file.read_only {
            let value = self.kept.as_ref().and_then(|kept| serde_json::to_string(kept).ok());
            actions.push(Action::KeepWorkspace { key: WORKSPACE_KEY, value });
        }
    }

    fn change(
        &mut self,
        context: &ScreenContext<'_>,
        actions: &mut Vec<Action>,
        change: impl FnOnce(&mut Kept),
    ) {
        if let Some(kept) = &mut self.kept {
            change(kept);
            self.keep(context, actions);
        }
    }

    fn forget(&mut self, context: &ScreenContext<'_>, actions: &mut Vec<Action>) {
        *self = Self::default();
        self.keep(context, actions);
    }
}

impl Kept {
    fn of(invite: InviteId) -> Self {
        Self { invite, reconciled_on: None, parents_told: false, memo_copied: false }
    }
}

/// What the page asks of the room.
pub(super) enum Asked {
    Nothing,
    /// The address is not in the register: record it first.
    Record(String),
}

/// Draws the page.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut LeakedState,
    actions: &mut Vec<Action>,
) -> Asked {
    let invite = state.kept.as_ref().and_then(|kept| context.register().invite(kept.invite)).cloned();
    if std::mem::take(&mut state.memo_written) {
        state.change(context, actions, |kept| kept.memo_copied = true);
    }
    header_ui(ui, context, state, actions);
    let mut asked = Asked::Nothing;
    scroll_page_ui(ui, "leaked link", |ui| {
        let width = WIDTH.min(ui.available_width());
        column_ui(ui, width, |ui| {
            ui.spacing_mut().item_spacing.y = 12.0;
            match &invite {
                None => asked = find_step_ui(ui, context, state, actions),
                Some(invite) => steps_ui(ui, context, state, invite, actions),
            }
        });
    });
    let free = ui.ctx().memory(|memory| memory.allows_interaction(ui.layer_id()));
    if free && !state.had_text_focus && consume_shortcut_physical(ui.ctx(), Modifiers::NONE, Key::Escape) {
        actions.push(Action::Go(Destination::LinksPage(LinksPage::List)));
    }
    state.had_text_focus = ui.ctx().text_edit_focused();
    asked
}

fn header_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut LeakedState, actions: &mut Vec<Action>) {
    let subtitle = "Можно прерваться: продолжите с того же шага";
    page::header_ui(ui, "Ссылка утекла", subtitle, |ui| {
        if ui.add(Button::outlined("К ссылкам").icon(icons::ARROW_LEFT).key("Esc")).clicked() {
            actions.push(Action::Go(Destination::LinksPage(LinksPage::List)));
        }
        if state.kept.is_some() && ui.add(Button::ghost("Другая ссылка")).clicked() {
            state.forget(context, actions);
        }
    });
}

/// Before the link is known.
fn find_step_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut LeakedState,
    actions: &mut Vec<Action>,
) -> Asked {
    let found = find(context, &state.text);
    let mut asked = Asked::Nothing;
    step_card_ui(
        ui,
        0,
        "Какая ссылка",
        false,
        "",
        Some(|ui: &mut Ui| {
            let text = "Вставьте адрес, который попал к посторонним, или впишите его последние 4 знака.";
            label::secondary_ui(ui, text);
            let error = match &found {
                Found::Nothing => None,
                _ => address_error(&state.text).filter(|_| state.text.contains('/')),
            };
            let field = TextField::bare("Адрес утёкшей ссылки", &mut state.text)
                .hint("https://max.ru/join/…")
                .error(error)
                .show(ui);
            if state.text.is_empty() && ui.memory(|memory| memory.focused().is_none()) {
                field.request_focus();
            }
            match &found {
                Found::Nothing => {}
                Found::Unknown => {
                    let text =
                        "В учёте её нет. Запишите её: без записи нельзя ни аннулировать, ни доказать это.";
                    Callout::attention("", text).show(ui);
                    if ui.add(Button::outlined("Записать эту ссылку").icon(icons::PLUS)).clicked()
                    {
                        asked = Asked::Record(state.text.trim().to_owned());
                    }
                }
                Found::Several(count) => {
                    let links = counted(*count as u64, "ссылка", "ссылки", "ссылок");
                    label::secondary_ui(ui, &format!("Так оканчиваются {links}: вставьте адрес целиком."));
                }
                Found::One(id) => {
                    if let Some(invite) = context.register().invite(*id) {
                        facts_ui(ui, context, invite);
                    }
                    if ui.add(Button::primary("Это она").key("Enter")).clicked()
                        || ui.input(|input| input.key_pressed(Key::Enter))
                    {
                        state.kept = Some(Kept::of(*id));
                        state.text.clear();
                        state.keep(context, actions);
                    }
                }
            }
        }),
    );
    for (step, title) in TITLES.iter().enumerate().skip(1) {
        step_card_ui(ui, step, title, false, "", None::<fn(&mut Ui)>);
    }
    asked
}

const TITLES: [&str; 5] = [
    "Записать, что ссылка утекла",
    "Заменить ссылку в кабинете",
    "Сверить, кто внутри",
    "Предупредить тех, чей это чат",
    "Служебная записка руководителю",
];

/// What the pasted text names.
enum Found {
    Nothing,
    Unknown,
    One(InviteId),
    Several(usize),
}

fn find(context: &ScreenContext<'_>, text: &str) -> Found {
    let text = text.trim();
    if text.is_empty() {
        return Found::Nothing;
    }
    if let Ok((address, _)) = InviteAddress::parse(text) {
        let mut invites = context.register().tables().invites.values();
        return match invites.find(|invite| invite.address == address) {
            Some(invite) => Found::One(invite.id),
            None => Found::Unknown,
        };
    }
    let end = text.trim_start_matches('…');
    if end.chars().count() < 4 {
        return Found::Nothing;
    }
    let rows = context.snapshot.invites.rows();
    let ids: Vec<InviteId> =
        rows.filter(|row| row.tail.trim_start_matches('…') == end).map(|row| row.id).collect();
    match ids.as_slice() {
        [] => Found::Nothing,
        [id] => Found::One(*id),
        several => Found::Several(several.len()),
    }
}

/// What it opens and who was given it; never the address.
fn facts_ui(ui: &mut Ui, context: &ScreenContext<'_>, invite: &Invite) {
    let register = context.register();
    inset_card_ui(ui, 14, |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        let masked = invite.address.masked();
        named_value_ui(ui, "Адрес", NAME_WIDTH, &[Run::body(&masked)]);
        let place = place_line(register, invite, context.today);
        named_value_ui(ui, "Что открывает", NAME_WIDTH, &[Run::body(&place).medium()]);
        let given = capital(&hand_over_words(invite, register, context.today));
        named_value_ui(ui, "Кому дана", NAME_WIDTH, &[Run::body(&given)]);
        let coverage = place_coverage(register, invite.target, invite.role, context.today);
        let inside = match coverage.inside {
            Some(inside) => format!("{inside} из {} по последним сведениям", coverage.expected),
            None => "нет сведений".to_owned(),
        };
        named_value_ui(ui, "Внутри", NAME_WIDTH, &[Run::body(&inside)]);
    });
}

fn steps_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut LeakedState,
    invite: &std::sync::Arc<Invite>,
    actions: &mut Vec<Action>,
) {
    let Some(kept) = state.kept.clone() else { return };
    let steps = Steps::of(context.register(), invite, &kept);
    let done = steps.done();
    if done.iter().all(|done| *done) {
        let text = "Ссылка заменена, чат сверен, люди предупреждены, записка готова.";
        Callout::new(Tone::Good, icons::CHECK_CIRCLE, "Всё сделано", text).show(ui);
        if ui.add(Button::primary("Закончить")).clicked() {
            state.forget(context, actions);
            actions.push(Action::Go(Destination::Invite(invite.id)));
            return;
        }
    }
    facts_ui(ui, context, invite);
    for (step, title) in TITLES.iter().enumerate() {
        let note = note_of(step, context, invite, &steps);
        let open = steps.is_open(step);
        step_card_ui(
            ui,
            step,
            title,
            done[step],
            &note,
            open.then_some(|ui: &mut Ui| match step {
                0 => step_bodies::expose_ui(ui, context, state, invite, actions),
                1 => step_bodies::replace_ui(ui, context, state, invite, actions),
                2 => step_bodies::reconcile_ui(ui, context, state, invite, actions),
                3 => step_bodies::parents_ui(ui, context, state, invite, actions),
                _ => step_bodies::memo_ui(ui, context, state, invite, &steps, actions),
            }),
        );
    }
}

/// What a finished step says.
fn note_of(step: usize, context: &ScreenContext<'_>, invite: &Invite, steps: &Steps) -> String {
    let today = context.today;
    let when = |on: Date| day_words(on, today);
    match step {
        0 => invite.exposure.as_ref().map_or_else(String::new, |exposure| when(exposure.on)),
        1 => match (&invite.revocation, invite.replaced_by) {
            (Some(revocation), Some(new)) => {
                let tail = context.register().invite(new).map(|new| new.address.tail());
                format!("{}, новая {} лежит в запасе", when(revocation.on), tail.unwrap_or_default())
            }
            (Some(revocation), None) => format!("{}, без замены", when(revocation.on)),
            _ => String::new(),
        },
        2 => steps.reconciled_on.map_or_else(String::new, when),
        3 if steps.parents_told => "текст скопирован".into(),
        4 if steps.memo_copied => "записка готова".into(),
        _ => String::new(),
    }
}

fn step_card_ui(
    ui: &mut Ui,
    step: usize,
    title: &str,
    done: bool,
    note: &str,
    body: Option<impl FnOnce(&mut Ui)>,
) {
    card_ui(ui, 16, |ui| {
        ui.spacing_mut().item_spacing.y = 10.0;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            step_mark_ui(ui, step, done);
            label::line_ui(ui, &[Run::body(title).size(size::LEAD).medium()]);
            if !note.is_empty() {
                label::line_ui(ui, &[Run::caption(note)]);
            }
        });
        let Some(body) = body else { return };
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.add_space(36.0);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 10.0;
                body(ui);
            });
        });
    });
}

fn step_mark_ui(ui: &mut Ui, step: usize, done: bool) {
    let tokens = Tokens::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(24.0, 24.0), egui::Sense::hover());
    let center = rect.center();
    if done {
        ui.painter().circle_filled(center, 12.0, Tone::Good.ground(tokens));
        paint::icon(ui.painter(), center, icons::CHECK, 15.0, tokens.good);
    } else {
        ui.painter().circle_filled(center, 12.0, tokens.subtle);
        let number = (step + 1).to_string();
        let galley = paint::line(ui, &[Run::caption(&number).medium().ink(Ink::Main)], 24.0);
        paint::put_center(ui.painter(), center, galley);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_open_one_after_the_other_until_the_door_is_shut() {
        let steps = |exposed, replaced| Steps {
            exposed,
            replaced,
            reconciled_on: None,
            parents_told: true,
            memo_copied: false,
        };
        let open = |steps: Steps| (0..5).filter(|step| steps.is_open(*step)).collect::<Vec<usize>>();
        assert_eq!(open(steps(false, false)), [0]);
        assert_eq!(open(steps(true, false)), [1]);
        assert_eq!(open(steps(true, true)), [2, 4]);
    }
}
