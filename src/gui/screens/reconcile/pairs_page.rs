//! The second page: pasted lines and the roster side by side. Certain ones fold away; what needs a person stays.

use egui::{
    Align, Frame, Layout, Margin, Panel, Rect, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::cards::{self, CARD, GAP, columns};
use super::done::Finished;
use super::pairing::{ItemKind, Pairing};
use super::{ReconcileState, keys};
use crate::gui::theme::{Ink, Tokens, Tone, size};
use crate::gui::widgets::button::small_link_button_ui;
use crate::gui::widgets::checkbox::{Mark, mark_row_ui};
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::key_cap::key_cap_ui;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::{Button, page, paint};
use crate::gui::{Action, ScreenContext, icons};
use crate::session::reconciliation_operation;
use crate::wording::{counted, plural};

const FOLD: f32 = 40.0;
const HEADING: f32 = 26.0;
const CERTAIN: f32 = 32.0;
/// Room for the tick «Пригласить» at the end of the heading of the missing.
const INVITE_ALL: f32 = 128.0;

/// What stands in the list, from top to bottom.
enum Block {
    Fold(usize),
    Certain(usize),
    Quiet(usize, usize),
    Item(usize),
    /// The kind whose heading it is; none: those without a pair.
    Heading(Option<ItemKind>),
    /// A stranger at the left, somebody missing at the right.
    Unpaired(Option<usize>, Option<usize>),
    /// What the right column alone says.
    Note(&'static str),
}

/// Draws the page.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ReconcileState,
    actions: &mut Vec<Action>,
) {
    let title = format!("Сверка: {}", state.choose.short_title());
    let Some(pairing) = state.pairing.as_deref_mut() else { return };
    let is_stale = pairing.prepared.compared_at != context.register().revision;
    let leaves = keys::take(ui, pairing);
    let (again, write) = header_ui(ui, context, pairing, &title);
    foot_ui(ui, pairing);
    if is_stale {
        stale_ui(ui, actions);
    }
    super::restricted::show(ui, context, &pairing.prepared.result.restricted, actions);
    heads_ui(ui, pairing);
    body_ui(ui, context, pairing);
    if let Some(form) = &mut pairing.form
        && let Some(closed) = form.show(ui, context)
    {
        pairing.form = None;
        if let Some((index, answer)) = closed {
            pairing.answer(index, Some(answer));
        }
    }
    let mut back = false;
    if (again || leaves) && !pairing.is_touched() {
        back = true;
    } else if again || leaves {
        pairing.confirm_leaving = true;
    }
    back |= confirm_leaving_ui(ui, pairing);
    if write && !is_stale {
        let answers = pairing.answers();
        let (operation, counts) = reconciliation_operation(
            context.register(),
            &pairing.prepared,
            &answers,
            &pairing.invited,
            context.today,
        );
        let done = format!("Сверка записана: {}", state.choose.short_title());
        state.handed_over = Some(Finished::of(counts, pairing, state.choose.short_title()));
        actions.push(Action::execute(operation, done));
    }
    if back {
        state.pairing = None;
        if again {
            state.choose.forget_text();
        }
    }
}

fn header_ui(ui: &mut Ui, context: &ScreenContext<'_>, pairing: &Pairing, title: &str) -> (bool, bool) {
    let (lines, open) = (pairing.prepared.list.lines.len() as u64, pairing.open_count());
    let pasted = format!("Вставлено {}", counted(lines, "имя", "имени", "имён"));
    let certain = pairing.certain.len() as u64;
    let agreed = plural(certain, "совпало точно", "совпали точно", "совпали точно");
    let rest = if open == 0 { "всё решено".to_owned() } else { format!("решить {open}") };
    let ignored = pairing.prepared.list.ignored.len();
    let skipped = if ignored == 0 {
        String::new()
    } else {
        format!(" · без имён пропущено строк: {ignored}")
    };
    let subtitle = format!("{pasted} · {agreed} {certain}, {rest}{skipped}");
    let reason = context.file.read_only.then_some("Файл открыт только для чтения");
    let reason = reason.or((pairing.prepared.compared_at != context.register().revision)
        .then_some("Список с тех пор изменился: сверьте заново"));
    page::header_ui(ui, title, &subtitle, |ui| {
        let again = ui.add(Button::outlined("Вставить заново").icon(icons::CLIPBOARD_TEXT)).clicked();
        let write = Button::primary("Записать сверку").icon(icons::CHECK).disabled_because(reason);
        (again, ui.add(write).clicked())
    })
}

/// The register changed under the comparison: what it says may no longer be true.
fn stale_ui(ui: &mut Ui, actions: &mut Vec<Action>) {
    use crate::gui::widgets::callout::{Callout, CalloutAction};
    let frame = Frame::new().inner_margin(Margin { left: 24, right: 24, top: 12, bottom: 0 });
    let panel = Panel::top("reconcile-stale").resizable(false).show_separator_line(false).frame(frame);
    let pressed = panel.show(ui, |ui| {
        Callout::attention(
            "Список с тех пор изменился",
            "Ответы на вероятные строки нужно будет дать ещё раз.",
        )
        .buttons(&["Сверить заново"])
        .show(ui)
    });
    if matches!(pressed.inner, Some(CalloutAction::Button(_))) {
        actions.push(Action::CompareMembers);
    }
}

fn heads_ui(ui: &mut Ui, pairing: &Pairing) {
    let tokens = Tokens::of(ui);
    let panel = Panel::top("reconcile-heads")
        .exact_size(44.0)
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::new().fill(tokens.window));
    panel.show(ui, |ui| {
        let rect = ui.max_rect().shrink2(vec2(24.0, 0.0));
        let both = columns(rect);
        let lines = pairing.prepared.list.lines.len() as u64;
        let names = counted(lines, "имя", "имени", "имён");
        let pasted = if pairing.pasted_at.is_empty() {
            names
        } else {
            format!("{names}, вставлены в {}", pairing.pasted_at)
        };
        let place = if pairing.where_words == "в чате" { "В чате" } else { "В кабинете" };
        head_ui(ui, both.left, place, &pasted);
        head_ui(ui, both.right, "В нашем списке", &pairing.roster_words);
    });
}

fn head_ui(ui: &Ui, rect: Rect, title: &str, note: &str) {
    let y = rect.center().y + 3.0;
    let title_galley = paint::line(ui, &[Run::body(title).size(size::LEAD).semibold()], rect.width());
    paint::put_left(ui.painter(), pos2(rect.left(), y), title_galley);
    let galley = paint::line(ui, &[Run::caption(note)], rect.width() * 0.6);
    paint::put_right(ui.painter(), pos2(rect.right(), y), galley);
    let response = ui.interact(rect, ui.scope_id().with(("head", title)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Heading, true, format!("{title}: {note}")));
}

fn blocks(pairing: &Pairing) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !pairing.certain.is_empty() {
        blocks.push(Block::Fold(0));
        if pairing.open_folds[0] {
            blocks.extend((0..pairing.certain.len()).map(Block::Certain));
        }
    }
    let mut heading = None;
    for (index, item) in pairing.items.iter().enumerate() {
        if item.kind == ItemKind::Stranger {
            continue;
        }
        if item.kind.heading().is_some() && heading != Some(item.kind) {
            heading = Some(item.kind);
            blocks.push(Block::Heading(Some(item.kind)));
        }
        blocks.push(Block::Item(index));
    }
    let strangers: Vec<usize> =
        (0..pairing.items.len()).filter(|index| pairing.items[*index].kind == ItemKind::Stranger).collect();
    let pairs = strangers.len().max(pairing.missing.len());
    if pairs > 0 {
        blocks.push(Block::Heading(None));
        blocks.extend((0..pairs).map(|place| {
            let missing = (place < pairing.missing.len()).then_some(place);
            Block::Unpaired(strangers.get(place).copied(), missing)
        }));
    } else if pairing.items.is_empty() {
        blocks.push(Block::Note("Все, кого ждали, на месте. Чужих нет."));
    }
    for (fold, rows) in [(1, &pairing.declined), (2, &pairing.covered)] {
        if !rows.is_empty() {
            blocks.push(Block::Fold(fold));
            if pairing.open_folds[fold] {
                blocks.extend((0..rows.len()).map(|row| Block::Quiet(fold, row)));
            }
        }
    }
    blocks
}

fn height_of(pairing: &Pairing, block: &Block) -> f32 {
    match block {
        Block::Fold(0) => FOLD + 10.0,
        Block::Fold(_) => FOLD,
        Block::Certain(_) => CERTAIN - GAP,
        Block::Heading(_) => HEADING,
        Block::Item(index) => cards::height_of(&pairing.items[*index]),
        Block::Unpaired(..) | Block::Quiet(..) => CARD,
        Block::Note(_) => 60.0,
    }
}

fn body_ui(ui: &mut Ui, context: &ScreenContext<'_>, pairing: &mut Pairing) {
    let tokens = Tokens::of(ui);
    let room = ui.available_rect_before_wrap();
    ui.painter().rect_filled(room, 0.0, tokens.window);
    let blocks = blocks(pairing);
    let total: f32 = blocks.iter().map(|block| height_of(pairing, block) + GAP).sum::<f32>() + 16.0;
    let mut pressed = None;
    let mut folded = None;
    let (mut ticked, mut all_ticked) = (None, false);
    ScrollArea::vertical().id_salt("reconcile-pairs").auto_shrink(false).show_viewport(ui, |ui, viewport| {
        ui.set_height(total);
        let origin = ui.max_rect().min + vec2(24.0, 0.0);
        let width = room.width() - 48.0;
        let mut top = 0.0;
        for block in &blocks {
            let height = height_of(pairing, block);
            let rect = Rect::from_min_size(origin + vec2(0.0, top), vec2(width, height));
            let is_cursor = match block {
                Block::Item(index) | Block::Unpaired(Some(index), _) => pairing.cursor == Some(*index),
                _ => false,
            };
            if is_cursor && pairing.scroll_to_cursor {
                ui.scroll_to_rect(rect.expand(12.0), None);
            }
            if top + height >= viewport.top() && top <= viewport.bottom() {
                match block {
                    Block::Item(index) => {
                        let answer = cards::item_ui(ui, context, pairing, *index, rect);
                        pressed = answer.map(|answer| (*index, answer)).or(pressed.take());
                    }
                    Block::Unpaired(stranger, missing) => {
                        let both = columns(rect);
                        if let Some(row) = missing.and_then(|missing| pairing.missing.get(missing)) {
                            let invited = pairing.invited.contains(&row.person);
                            if cards::missing_with_tick_ui(ui, row, invited, both.right) {
                                ticked = Some(row.person);
                            }
                        }
                        if let Some(index) = stranger {
                            let answer = cards::item_ui(ui, context, pairing, *index, rect);
                            pressed = answer.map(|answer| (*index, answer)).or(pressed.take());
                        }
                    }
                    Block::Fold(fold) => {
                        if fold_ui(ui, pairing, *fold, rect) {
                            folded = Some(*fold);
                        }
                    }
                    Block::Certain(index) => certain_ui(ui, pairing, *index, rect),
                    Block::Quiet(fold, row) => {
                        let rows = if *fold == 1 { &pairing.declined } else { &pairing.covered };
                        if let Some(row) = rows.get(*row) {
                            cards::missing_ui(ui, row, columns(rect).right);
                        }
                    }
                    Block::Heading(kind) => {
                        all_ticked |= heading_ui(ui, pairing, *kind, rect);
                    }
                    Block::Note(text) => {
                        let mut child = ui.new_child(UiBuilder::new().max_rect(rect));
                        label::icon_line_ui(
                            &mut child,
                            icons::CHECK_CIRCLE,
                            Tone::Good,
                            &[Run::body(text).medium()],
                        );
                    }
                }
            }
            top += height + GAP;
        }
    });
    pairing.scroll_to_cursor = false;
    if let Some(person) = ticked {
        pairing.toggle_invited(person);
    }
    if all_ticked {
        pairing.toggle_all_invited();
    }
    if let Some(fold) = folded {
        pairing.open_folds[fold] = !pairing.open_folds[fold];
    }
    if let Some((index, pressed)) = pressed {
        cards::apply(pairing, index, pressed);
    }
}

/// «Совпали точно: 19  Показать»; at the right «Не участвуют: 2».
fn fold_ui(ui: &mut Ui, pairing: &Pairing, fold: usize, rect: Rect) -> bool {
    let tokens = Tokens::of(ui);
    let open = pairing.open_folds[fold];
    let (words, note) = match fold {
        0 => {
            let count = pairing.certain.len();
            (format!("Совпали точно: {count}"), "спрашивать не о чем")
        }
        1 => (format!("Не участвуют: {}", pairing.declined.len()), "отказ, нет телефона: их не ищем"),
        _ => (format!("Не искали: {}", pairing.covered.len()), "у ребёнка внутри другой взрослый"),
    };
    let rect = if fold == 0 { rect } else { columns(rect).right };
    let rect = Rect::from_min_size(rect.min, vec2(rect.width(), FOLD));
    let response = ui.interact(rect, ui.scope_id().with(("fold", fold)), Sense::click());
    let verb = if open { "Свернуть" } else { "Показать" };
    response.widget_info(|| {
        WidgetInfo::selected(
            egui::Role::DisclosureTriangle,
            ui.is_enabled(),
            open,
            format!("{words}, {verb}"),
        )
    });
    let fill = if response.hovered() { tokens.hover } else { tokens.surface };
    paint::boxed(ui.painter(), rect, 8, fill, tokens.border);
    let y = rect.center().y;
    let caret = if open { icons::CARET_DOWN } else { icons::CARET_RIGHT };
    paint::icon(ui.painter(), pos2(rect.left() + 20.0, y), caret, 14.0, tokens.secondary);
    let mut left = rect.left() + 36.0;
    if fold == 0 {
        paint::filled_icon(ui.painter(), pos2(rect.left() + 44.0, y), icons::CHECK_CIRCLE, 18.0, tokens.good);
        left = rect.left() + 62.0;
    }
    let galley = paint::line(ui, &[Run::body(&words).medium()], 300.0);
    let words_rect = paint::put_left(ui.painter(), pos2(left, y), galley);
    let word = paint::line(ui, &[Run::body(verb).medium().tone(Tone::Accent)], 120.0);
    let word = paint::put_right(ui.painter(), pos2(rect.right() - 16.0, y), word);
    let most = word.left() - words_rect.right() - 24.0;
    let galley = paint::line(ui, &[Run::caption(note)], most.max(8.0));
    paint::put_left(ui.painter(), pos2(words_rect.right() + 12.0, y), galley);
    paint::focus_ring(ui, &response, 8);
    response.clicked()
}

fn certain_ui(ui: &mut Ui, pairing: &Pairing, index: usize, rect: Rect) {
    let Some(row) = pairing.certain.get(index) else { return };
    let both = columns(rect);
    let y = rect.center().y;
    let put = |left: f32, most: f32, run: Run<'_>| {
        let galley = paint::line(ui, &[run], most);
        paint::put_left(ui.painter(), pos2(left, y), galley);
    };
    put(both.left.left() + 47.0, both.left.width() - 60.0, Run::body(&row.written));
    put(both.right.left() + 19.0, both.right.width() - 30.0, Run::body(&row.name));
    let gap = both.right.left() - both.left.right() - 16.0;
    let galley = paint::line(ui, &[Run::caption(&row.why)], gap.max(8.0));
    let elided = galley.elided;
    paint::put_center(ui.painter(), pos2((both.left.right() + both.right.left()) / 2.0, y), galley);
    let response = ui.interact(rect, ui.scope_id().with(("certain", index)), Sense::hover());
    let name = format!("{}: {}, {}", row.written, row.name, row.why);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &name));
    if elided {
        response.on_hover_text(&row.why);
    }
}

/// Answers whether «Пригласить» above the missing was pressed.
fn heading_ui(ui: &mut Ui, pairing: &Pairing, kind: Option<ItemKind>, rect: Rect) -> bool {
    let both = columns(rect);
    let heads: Vec<(Rect, String)> = match kind {
        Some(kind) => {
            let count = pairing.items.iter().filter(|item| item.kind == kind).count();
            let words = kind.heading().unwrap_or_default();
            vec![(Rect::from_min_max(rect.min, rect.max), format!("{words}: {count}"))]
        }
        None => {
            let strangers = pairing.items.iter().filter(|item| item.kind == ItemKind::Stranger).count();
            let mut heads = Vec::new();
            if strangers > 0 {
                heads.push((both.left, format!("Не опознаны: {strangers}")));
            }
            if !pairing.missing.is_empty() {
                heads.push((
                    both.right,
                    format!("Не найдены {}: {}", pairing.where_words, pairing.missing.len()),
                ));
            }
            heads
        }
    };
    for (rect, words) in heads {
        let galley = paint::line(ui, &[Run::caption(&words).semibold()], rect.width());
        let placed = paint::put_left(ui.painter(), rect.left_center(), galley);
        let is_of_missing = kind.is_none() && rect.left() == both.right.left();
        let all = if is_of_missing { INVITE_ALL } else { 0.0 };
        let line = placed.right() + 16.0..=rect.right() - all;
        paint::horizontal_line(ui.painter(), line, rect.center().y, Tokens::of(ui).border);
        let response = ui.interact(rect, ui.scope_id().with(("heading", &words)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Heading, true, &words));
    }
    kind.is_none() && !pairing.missing.is_empty() && invite_all_ui(ui, pairing, both.right)
}

/// «Пригласить» above the ticks of the missing.
fn invite_all_ui(ui: &mut Ui, pairing: &Pairing, rect: Rect) -> bool {
    let corner = pos2(rect.right() - INVITE_ALL + 16.0, rect.center().y - 12.0);
    let place = Rect::from_min_max(corner, pos2(rect.right(), rect.center().y + 12.0));
    let mut child = ui.new_child(UiBuilder::new().id_salt("invite-all").max_rect(place));
    let mark = Mark::of_count(pairing.invited.len(), pairing.missing.len());
    mark_row_ui(&mut child, mark, "Пригласить").on_hover_text("Отметить всех, кого не нашли").clicked()
}

/// The keys of the row under the cursor, and how much is left.
fn foot_ui(ui: &mut Ui, pairing: &mut Pairing) {
    let tokens = Tokens::of(ui);
    let panel = Panel::bottom("reconcile-foot")
        .exact_size(44.0)
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::new().fill(tokens.surface));
    let (mut accept, mut taken) = (false, 0.0);
    panel.show(ui, |ui| {
        let rect = ui.max_rect();
        paint::horizontal_line(ui.painter(), rect.x_range(), rect.top(), tokens.border);
        let room = rect.shrink2(vec2(24.0, 0.0));
        let layout = Layout::left_to_right(Align::Center);
        let mut right = ui.new_child(UiBuilder::new().max_rect(room).layout(layout));
        accept = page::trailing_ui(&mut right, "reconcile-left", |ui| {
            ui.spacing_mut().item_spacing.x = 16.0;
            let likely = pairing.open_likely();
            let all = format!("Принять все вероятные: {likely}");
            let pressed = likely > 1 && small_link_button_ui(ui, &all, &all).clicked();
            let open = pairing.open_count();
            let words = if open == 0 {
                "Всё решено".to_owned()
            } else {
                format!("Осталось решить {open}")
            };
            let said = label::line_ui(ui, &[Run::caption(&words).semibold().main()]);
            taken = room.right() - ui.min_rect().left().min(said.rect.left());
            pressed
        });
        let hints = Rect::from_min_max(room.min, pos2(room.right() - taken - 16.0, room.bottom()));
        hints_ui(&mut ui.new_child(UiBuilder::new().max_rect(hints).layout(layout)), pairing);
    });
    if accept {
        pairing.accept_likely();
    }
}

fn hints_ui(ui: &mut Ui, pairing: &Pairing) {
    ui.spacing_mut().item_spacing.x = 6.0;
    // What does not fit is left out: the menus of the rows name the same keys.
    let hint = |ui: &mut Ui, keys: &[&str], words: &str| {
        let galley = paint::line(ui, &[Run::caption(words)], f32::INFINITY);
        let caps: usize = keys.iter().map(|key| 18 + 7 * key.chars().count()).sum();
        if caps as f32 + galley.size().x + 16.0 > ui.available_width() {
            return;
        }
        for key in keys {
            key_cap_ui(ui, key);
        }
        ui.add_space(2.0);
        label::line_ui(ui, &[Run::caption(words).ink(Ink::Secondary)]);
        ui.add_space(10.0);
    };
    hint(ui, &["↑", "↓"], "по строкам");
    let Some(item) = pairing.cursor.and_then(|index| pairing.items.get(index)) else { return };
    match item.kind {
        ItemKind::Likely => hint(ui, &["Пробел"], "подтвердить"),
        ItemKind::Several => {
            let digits: Vec<String> =
                (1..=item.candidates.len().min(4)).map(|digit| digit.to_string()).collect();
            let digits: Vec<&str> = digits.iter().map(String::as_str).collect();
            hint(ui, &digits, "выбрать");
        }
        _ => hint(ui, &["Пробел"], "оставить"),
    }
    hint(ui, &["0"], "уточнить");
    hint(ui, &["Р"], "взрослый ребёнка");
    hint(ui, &["Э"], "это…");
    hint(ui, &["Н"], "не из школы");
}

fn confirm_leaving_ui(ui: &Ui, pairing: &mut Pairing) -> bool {
    if !pairing.confirm_leaving {
        return false;
    }
    let dialog = Dialog::new("reconcile-leave", "Оставить сверку?").confirm("Оставить").cancel("Вернуться");
    let (answer, ()) = dialog.show(ui.ctx(), |ui| {
        label::body_ui(ui, "Ответы на этой странице не записаны и пропадут. В списке ничего не изменится.");
    });
    if answer != DialogAnswer::Open {
        pairing.confirm_leaving = false;
    }
    answer == DialogAnswer::Confirmed
}
