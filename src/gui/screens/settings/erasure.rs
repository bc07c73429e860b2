//! «Данные выбывших»: the term, who is due, erasing them after the number was typed, the act and the export.

use std::collections::BTreeSet;

use egui::{ScrollArea, Ui, vec2};
use jiff::civil::Date;

use super::draft::read_number;
use crate::gui::theme::{Ink, Tone, space};
use crate::gui::widgets::Button;
use crate::gui::widgets::callout::{Callout, CalloutAction};
use crate::gui::widgets::card::{card_ui, divider_ui};
use crate::gui::widgets::checkbox::{Mark, bare_checkbox_ui, checkbox_ui};
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::section::both_ends_ui;
use crate::gui::{Action, ScreenContext, icons};
use crate::register::{PersonId, Settings};
use crate::regulation::{ErasureObstacle, erasure_cutoff, erasure_due};
use crate::session::{ErasureActRequest, ErasureOutcome, FilePaper, PaperFormat};
use crate::wording::{counted, date_short, plural, role_name};

/// The longest term in months: ten years.
const MOST_MONTHS: u16 = 120;
const ROW: f32 = 34.0;
/// The list scrolls by itself beyond so many rows.
const MOST_ROWS: usize = 9;

/// The term as it is typed.
#[derive(Clone, Default, PartialEq)]
pub struct ErasureFields {
    months: String,
}

impl ErasureFields {
    /// As the settings have it.
    pub fn of(settings: &Settings) -> Self {
        Self { months: settings.erase_after_months.to_string() }
    }

    /// Puts it into settings.
    pub fn put_into(&self, settings: &mut Settings) -> Result<(), String> {
        settings.erase_after_months = self.read().map_err(str::to_owned)?;
        Ok(())
    }

    fn read(&self) -> Result<u16, &'static str> {
        match read_number(&self.months, 365) {
            Ok(months) if months <= MOST_MONTHS => Ok(months),
            _ => Err("От 1 до 120"),
        }
    }
}

struct Row {
    person: PersonId,
    name: String,
    /// «ученик · выбыл 30 июн 2025 · 7 записей».
    note: String,
    /// Why they must stay for now; empty: may go.
    obstacle: String,
}

/// What is marked and what was done.
#[derive(Default)]
pub struct ErasureList {
    rows: Vec<Row>,
    made_for: Option<(u64, Date)>,
    /// Who left before this day is due.
    before: Option<Date>,
    unmarked: BTreeSet<PersonId>,
    /// The dialog: the number as far as it is typed.
    confirming: Option<String>,
    done: Option<ErasureOutcome>,
}

impl ErasureList {
    /// Shows what an erasure did.
    pub fn take_outcome(&mut self, outcome: ErasureOutcome) {
        self.done = Some(outcome);
        self.confirming = None;
        self.unmarked.clear();
    }

    fn refresh(&mut self, context: &ScreenContext<'_>) {
        if self.made_for == Some(context.snapshot.version()) {
            return;
        }
        let register = context.register();
        let row = |departed: &crate::regulation::DepartedPerson| {
            let person = register.person(departed.person)?;
            let roles: Vec<&str> = departed.roles.iter().map(|role| role_name(*role)).collect();
            let records = counted(departed.record_count().into(), "запись", "записи", "записей");
            let mut note = roles.join(", ");
            if !note.is_empty() {
                note.push_str(" · ");
            }
            note.push_str(&format!("с {} не в организации · {records}", date_short(departed.departed_on)));
            let obstacle = departed.obstacles.first().map(|it| obstacle_words(*it)).unwrap_or_default();
            Some(Row { person: departed.person, name: person.name.full(), note, obstacle })
        };
        self.rows = erasure_due(register, context.today).iter().filter_map(row).collect();
        self.before = Some(erasure_cutoff(register, context.today));
        self.made_for = Some(context.snapshot.version());
    }

    fn marked(&self) -> Vec<PersonId> {
        let may_go = self.rows.iter().filter(|row| row.obstacle.is_empty());
        may_go.map(|row| row.person).filter(|person| !self.unmarked.contains(person)).collect()
    }
}

fn obstacle_words(obstacle: ErasureObstacle) -> String {
    match obstacle {
        ErasureObstacle::OpenTask(_) => "есть дело в кабинете".into(),
        ErasureObstacle::LinkInForce(link) => format!("действует ссылка № {link}"),
        ErasureObstacle::OwnsChat(_) => "владеет чатом".into(),
        ErasureObstacle::ClassTeacher(_) => "не снято классное руководство".into(),
    }
}

/// Draws the section.
pub fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    fields: &mut ErasureFields,
    list: &mut ErasureList,
    actions: &mut Vec<Action>,
) {
    list.refresh(context);
    done_ui(ui, list, actions);
    term_ui(ui, fields);
    list_ui(ui, context, list);
    dialog_ui(ui, list, actions);
}

fn term_ui(ui: &mut Ui, fields: &mut ErasureFields) {
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        label::lead_ui(ui, "Когда пора удалять");
        let text = "Закон велит не хранить данные дольше, чем они нужны, но месяцев не называет. 12 месяцев: предложение \
                    программы";
        label::caption_ui(ui, text);
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::SMALL;
            label::line_ui(ui, &[Run::body("Предлагать через")]);
            let problem = fields.read().err();
            TextField::bare("Удалять через, месяцев", &mut fields.months).width(64.0).error(problem).show(ui);
            let unit = plural(fields.months.trim().parse().unwrap_or(0), "месяц", "месяца", "месяцев");
            label::line_ui(ui, &[Run::body(&format!("{unit} после выбытия")).secondary()]);
        });
    });
}

fn list_ui(ui: &mut Ui, context: &ScreenContext<'_>, list: &mut ErasureList) {
    let may_go = list.rows.iter().filter(|row| row.obstacle.is_empty()).count();
    let marked = list.marked().len();
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, 6.0);
        let reason = match marked {
            _ if context.file.read_only => Some("Файл открыт только для чтения"),
            0 => Some("Никто не отмечен"),
            _ => None,
        };
        let word = match marked {
            0 => "Удалить данные…".to_owned(),
            count => format!("Удалить данные {}…", counted(count as u64, "человека", "человек", "человек")),
        };
        let (_, pressed) = both_ends_ui(
            ui,
            space::CONTROL,
            |ui| label::lead_ui(ui, "Пора удалить"),
            |ui| !list.rows.is_empty() && ui.add(Button::danger(&word).disabled_because(reason)).clicked(),
        );
        if pressed {
            list.confirming = Some(String::new());
        }
        if list.rows.is_empty() {
            label::secondary_ui(ui, "Сейчас удалять некого: все, кто выбыл, ещё внутри срока");
            return;
        }
        label::caption_ui(ui, "Только те, кто больше ничем не связан с организацией: ни ролью, ни ребёнком");
        let mut all = marked == may_go && may_go > 0;
        if may_go > 0 && checkbox_ui(ui, &mut all, "Отметить всех, кого можно удалить").clicked()
        {
            list.unmarked.clear();
            if !all {
                list.unmarked.extend(list.rows.iter().map(|row| row.person));
            }
        }
        divider_ui(ui, 4.0);
        rows_ui(ui, list);
    });
}

fn rows_ui(ui: &mut Ui, list: &mut ErasureList) {
    let ErasureList { rows, unmarked, .. } = list;
    ui.spacing_mut().item_spacing.y = 0.0;
    let height = ROW * rows.len().min(MOST_ROWS) as f32;
    ScrollArea::vertical()
        .id_salt("due for erasure")
        .max_height(height)
        .min_scrolled_height(height)
        .show_rows(ui, ROW, rows.len(), |ui, range| {
            for row in &rows[range] {
                row_ui(ui, row, unmarked);
            }
        });
}

fn row_ui(ui: &mut Ui, row: &Row, unmarked: &mut BTreeSet<PersonId>) {
    let may_go = row.obstacle.is_empty();
    ui.allocate_ui_with_layout(
        vec2(ui.available_width(), ROW),
        egui::Layout::left_to_right(egui::Align::Center),
        |ui| {
            ui.set_min_height(ROW);
            ui.spacing_mut().item_spacing.x = space::SMALL;
            if may_go {
                let is_marked = !unmarked.contains(&row.person);
                let mark = if is_marked { Mark::On } else { Mark::Off };
                if bare_checkbox_ui(ui, mark, &format!("Удалить: {}", row.name)).clicked() {
                    if is_marked {
                        unmarked.insert(row.person);
                    } else {
                        unmarked.remove(&row.person);
                    }
                }
            } else {
                ui.allocate_ui(vec2(24.0, 24.0), |ui| {
                    label::icon_ui(ui, icons::WARNING, 16.0, Ink::Tone(Tone::Attention));
                });
            }
            let name = Run::body(&row.name).medium();
            if may_go {
                label::line_ui(ui, &[name, Run::body("  "), Run::caption(&row.note)]);
            } else {
                let obstacle = format!("  мешает: {}", row.obstacle);
                label::line_ui(ui, &[name, Run::caption(&obstacle).tone(Tone::Attention)])
                    .on_hover_text(&row.note);
            }
        },
    );
}

fn dialog_ui(ui: &mut Ui, list: &mut ErasureList, actions: &mut Vec<Action>) {
    let people = list.marked();
    let (Some(typed), Some(before)) = (&mut list.confirming, list.before) else { return };
    let count = people.len();
    let whose = counted(count as u64, "человека", "человек", "человек");
    let about = counted(count as u64, "человеке", "людях", "людях");
    let confirm = format!("Удалить данные {whose}");
    let reason = (typed.trim() != count.to_string()).then_some("Впишите число людей");
    let answer = Dialog::new("erase", "Удалить данные выбывших?")
        .width(520.0)
        .confirm_danger(&confirm)
        .disabled_because(reason)
        .show(ui.ctx(), |ui| {
            let text = format!(
                "Имена, телефоны, роли, движение и всё, что записано о {about}, исчезнет из файла и из журнала. Отменить это \
                 нельзя. В журнале останутся номера: по ним составляется акт."
            );
            label::body_ui(ui, &text);
            label::secondary_ui(ui, "Копии файла, сделанные вами вручную, программа не найдёт: удалите их сами.");
            let label = format!("Впишите, сколько людей: {count}");
            TextField::new(&label, typed).width(240.0).show(ui);
        })
        .0;
    match answer {
        DialogAnswer::Confirmed => {
            list.confirming = None;
            actions.push(Action::ErasePeople { people, before });
        }
        DialogAnswer::Cancelled => list.confirming = None,
        DialogAnswer::Open | DialogAnswer::Alternative => {}
    }
}

fn done_ui(ui: &mut Ui, list: &mut ErasureList, actions: &mut Vec<Action>) {
    let Some(done) = &list.done else { return };
    let people = done.record.people.len() as u64;
    let title = format!("Удалены данные {}", counted(people, "человека", "человек", "человек"));
    let mut text = "Сохраните акт и выгрузку событий: их хранят три года".to_owned();
    match &done.backups {
        None => text.push_str(". Копии файла, сделанные раньше, удалите сами и укажите это в акте"),
        Some(backups) if backups.unreachable.is_empty() => {
            text.push_str(&format!(". Резервных копий заменено новой: {}", backups.replaced));
        }
        Some(backups) => text.push_str(&format!(
            ". Не нашлись копии, удалите их сами: {}",
            crate::wording::list_of(&backups.unreachable, 5)
        )),
    }
    let buttons = ["Акт об уничтожении…", "Выгрузка событий…"];
    let callout = Callout::new(Tone::Good, icons::CHECK_CIRCLE, &title, &text).buttons(&buttons).closable();
    let entry = done.entry;
    match callout.show(ui) {
        Some(CalloutAction::Button(0)) => {
            let request = ErasureActRequest::default();
            actions.push(Action::ChooseFilePaper {
                paper: Box::new(FilePaper::ErasureAct { entry, request }),
                format: PaperFormat::Docx,
            });
        }
        Some(CalloutAction::Button(_)) => actions.push(Action::ChooseFilePaper {
            paper: Box::new(FilePaper::ErasureEvents { entry: Some(entry) }),
            format: PaperFormat::Xlsx,
        }),
        Some(CalloutAction::Closed) => list.done = None,
        Some(CalloutAction::Opened) | None => {}
    }
}
