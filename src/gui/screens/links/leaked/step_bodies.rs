//! What each step of a leak asks for.

use egui::Ui;

use super::super::acts::seen;
use super::super::address_error;
use super::texts::{self, Done};
use super::{LeakedState, Steps};
use crate::gui::widgets::Button;
use crate::gui::widgets::button::{link_button_ui, named_link_button_ui};
use crate::gui::widgets::card::inset_card_ui;
use crate::gui::widgets::checkbox::checkbox_ui;
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::names::InviteAddress;
use crate::register::{Invite, InviteId, Operation};
use crate::regulation::StalenessRule;
use crate::session::{LinkPaper, PaperFormat};
use crate::wording::role_genitive_plural;

pub(super) fn expose_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut LeakedState,
    invite: &std::sync::Arc<Invite>,
    actions: &mut Vec<Action>,
) {
    TextField::new("Что случилось", &mut state.note).hint("переслали в чат двора").show(ui);
    let because = read_only(context);
    if ui.add(Button::primary("Записать, что утекла").disabled_because(because)).clicked() {
        let note = state.note.trim().to_owned();
        let title = title_of(context, invite.id);
        let operation =
            Operation::ExposeInvites { seen: seen(context, &[invite.id]), on: context.today, note };
        actions.push(Action::execute(operation, format!("Записано, что ссылка у посторонних: {title}")));
    }
}

pub(super) fn replace_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut LeakedState,
    invite: &std::sync::Arc<Invite>,
    actions: &mut Vec<Action>,
) {
    let text = "Обновите ссылку в кабинете или в настройках чата: прежняя перестанет открывать дверь. Новую \
                вставьте сюда, она ляжет в запас.";
    label::secondary_ui(ui, text);
    let text = state.successor.trim();
    let parsed = InviteAddress::parse(text).map(|(address, _)| address);
    let same = parsed.as_ref().is_ok_and(|address| *address == invite.address);
    let error = if same {
        Some("Это прежняя ссылка: нужна новая")
    } else {
        address_error(text)
    };
    TextField::new("Новая ссылка", &mut state.successor).hint("https://max.ru/join/…").error(error).show(ui);
    let because = read_only(context).or_else(|| (parsed.is_err() || same).then_some("Вставьте новую ссылку"));
    let pressed = ui
        .horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 16.0;
            let replace = Button::primary("Записать замену").disabled_because(because);
            let replaced = ui.add(replace).clicked();
            let only = link_button_ui(ui, "Аннулирована без замены").clicked() && !context.file.read_only;
            (replaced, only)
        })
        .inner;
    let successor = match (pressed, parsed) {
        ((true, _), Ok(address)) => Some(address),
        ((_, true), _) => None,
        _ => return,
    };
    let operation = Operation::RevokeInvites {
        seen: seen(context, &[invite.id]),
        on: context.today,
        reason: StalenessRule::Exposed.code().to_owned(),
        successor,
    };
    let title = title_of(context, invite.id);
    actions.push(Action::execute(operation, format!("Аннулирована утёкшая ссылка: {title}")));
    state.successor.clear();
}

pub(super) fn reconcile_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut LeakedState,
    invite: &Invite,
    actions: &mut Vec<Action>,
) {
    let place = title_of(context, invite.id);
    let whom = role_genitive_plural(invite.role);
    let text = format!(
        "Кто успел войти, тот внутри и с новой ссылкой. Откройте список участников «{place}», сравните со списком \
         {whom} и удалите чужих."
    );
    label::secondary_ui(ui, &text);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        let name = format!("Сверить: {place}");
        let compare = Button::primary("Сверить").icon(icons::ARROWS_LEFT_RIGHT).accessible_name(&name);
        if ui.add(compare).clicked() {
            let (target, role) = (invite.target, invite.role);
            actions.push(Action::Go(Destination::ReconcilePlace { target, role }));
        }
        if let Some(group) = context.register().group_of_target(invite.target) {
            let name = format!("Открыть список: {place}");
            if named_link_button_ui(ui, Some(icons::USERS_THREE), "Открыть список людей", &name).clicked()
            {
                actions.push(Action::Go(Destination::Group(group)));
            }
        }
    });
    let mut ticked = false;
    if checkbox_ui(ui, &mut ticked, "Сверено: чужих внутри нет").clicked() {
        let today = context.today;
        state.change(context, actions, |kept| kept.reconciled_on = Some(today));
    }
}

pub(super) fn parents_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut LeakedState,
    invite: &Invite,
    actions: &mut Vec<Action>,
) {
    let text = texts::for_the_chat(context.register(), invite);
    inset_card_ui(ui, 14, |ui| label::rich_ui(ui, &[Run::body(&text).line_height(20.0)]));
    if ui.add(Button::outlined("Скопировать текст").icon(icons::COPY)).clicked() {
        actions.push(Action::CopyText {
            text, what: "Текст скопирован: отправьте его в чат".into()
        });
        state.change(context, actions, |kept| kept.parents_told = true);
    }
}

pub(super) fn memo_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut LeakedState,
    invite: &Invite,
    steps: &Steps,
    actions: &mut Vec<Action>,
) {
    let done = Done { reconciled_on: steps.reconciled_on, parents_told: steps.parents_told };
    label::secondary_ui(
        ui,
        "Что случилось, кому ссылка была дана и что сделано. Самого адреса в записке нет.",
    );
    let (saved, copied) = ui
        .horizontal(|ui| {
            let save = Button::outlined("Сохранить записку").icon(icons::FILE_TEXT);
            let copy = Button::outlined("Скопировать записку").icon(icons::COPY);
            ui.spacing_mut().item_spacing.x = 8.0;
            (ui.add(save).clicked(), ui.add(copy).clicked())
        })
        .inner;
    if saved {
        let paper = Box::new(LinkPaper::LeakMemo(invite.id));
        actions.push(Action::choose_paper(paper, PaperFormat::Docx));
    }
    if copied {
        let text = texts::memo(&context.unveiled.register, invite, &done, context.today);
        actions.push(Action::CopyText {
            text, what: "Служебная записка скопирована".into()
        });
        state.change(context, actions, |kept| kept.memo_copied = true);
    }
}

fn read_only(context: &ScreenContext<'_>) -> Option<&'static str> {
    context.file.read_only.then_some("Файл открыт только для чтения")
}

fn title_of(context: &ScreenContext<'_>, invite: InviteId) -> String {
    context.snapshot.invites.get(invite).map_or_else(String::new, |row| row.target_title.clone())
}
