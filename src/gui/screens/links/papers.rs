//! Short forms before a paper is made: the period of the act, the kind of the register.

use egui::Ui;
use jiff::civil::Date;

use super::steps::{date_field_ui, date_text, optional, past};
use super::words::links_counted;
use crate::desktop::overwrite;
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::checkbox::checkbox_ui;
use crate::gui::widgets::choice::segmented_ui;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::{Action, ScreenContext};
use crate::register::SchoolYear;
use crate::session::{LinkPaper, LinkRegisterRequest, PaperFormat, RevocationActRequest};
use crate::store::Key;

/// «Акт…»: for which days, with whom.
pub(super) struct ActForm {
    from: String,
    until: String,
    commission: String,
}

impl ActForm {
    /// The school year so far.
    pub(super) fn new(today: Date) -> Self {
        let begins = SchoolYear::of(today).0;
        let from = Date::new(begins, 9, 1).unwrap_or(today);
        Self { from: date_text(from), until: date_text(today), commission: String::new() }
    }

    /// Draws it; answers whether it is closed.
    pub(super) fn show(&mut self, ui: &Ui, context: &ScreenContext<'_>, actions: &mut Vec<Action>) -> bool {
        let period = self.period(context.today);
        let count = period.as_ref().map(|(from, until)| count(context, *from, *until)).unwrap_or_default();
        let because = match &period {
            Err(problem) => Some(*problem),
            Ok(_) if count == 0 => Some("За эти дни ни одна ссылка не аннулирована"),
            Ok(_) => None,
        };
        let (answer, ()) = Dialog::new("revocation act", "Акт об аннулировании ссылок")
            .confirm("Сохранить акт")
            .disabled_because(because)
            .show(ui.ctx(), |ui| self.body_ui(ui, context.today, count));
        if let (DialogAnswer::Confirmed, Ok((from, until))) = (answer, period) {
            let names = self.commission.split([';', ',', '\n']).map(str::trim);
            let commission = names.filter(|name| !name.is_empty()).map(str::to_owned).collect();
            let paper = LinkPaper::RevocationAct(RevocationActRequest { from, until, commission });
            actions.push(Action::choose_paper(Box::new(paper), PaperFormat::Docx));
        }
        answer != DialogAnswer::Open
    }

    fn body_ui(&mut self, ui: &mut Ui, today: Date, count: usize) {
        label::body_ui(ui, "В акт войдут ссылки, аннулированные за эти дни. Полных адресов в нём нет.");
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 16.0;
            date_field_ui(ui, "С какого дня", &mut self.from, |text| {
                optional(text, |text| past(text, today)).err()
            });
            date_field_ui(ui, "По какой день", &mut self.until, |text| {
                optional(text, |text| past(text, today)).err()
            });
        });
        let words = format!("Войдёт в акт: {}", links_counted(count));
        label::line_ui(ui, &[Run::body(&words).medium()]);
        TextField::new("Комиссия, если она есть", &mut self.commission)
            .hint("Ветрова И. П.; Журавский О. Д.")
            .show(ui);
    }

    fn period(&self, today: Date) -> Result<(Option<Date>, Option<Date>), &'static str> {
        let from = optional(&self.from, |text| past(text, today))?;
        let until = optional(&self.until, |text| past(text, today))?;
        match from.zip(until) {
            Some((from, until)) if from > until => Err("Конец периода раньше начала"),
            _ => Ok((from, until)),
        }
    }
}

fn count(context: &ScreenContext<'_>, from: Option<Date>, until: Option<Date>) -> usize {
    let invites = context.register().tables().invites.values();
    let is_within = |on: Date| from.is_none_or(|from| on >= from) && until.is_none_or(|until| on <= until);
    invites
        .into_iter()
        .filter_map(|invite| invite.revocation.as_ref())
        .filter(|revocation| is_within(revocation.on))
        .count()
}

/// The forms of the register in the order of the choice.
const FORMATS: [PaperFormat; 3] = [PaperFormat::Xlsx, PaperFormat::Docx, PaperFormat::Csv];

/// «Реестр ссылок…»: which file, with addresses or without.
#[derive(Default)]
pub(super) struct RegisterForm {
    format: usize,
    with_addresses: bool,
    /// The password once more, for the addresses of an encrypted file.
    password: String,
}

impl RegisterForm {
    /// Draws it; answers whether it is closed.
    pub(super) fn show(&mut self, ui: &Ui, context: &ScreenContext<'_>, actions: &mut Vec<Action>) -> bool {
        let asks = self.with_addresses && context.file.encrypted;
        let because = match () {
            () if self.with_addresses && context.file.read_only => {
                Some("Файл открыт только для чтения: выгрузку адресов нечем записать в журнал")
            }
            () if asks && self.password.is_empty() => Some("Введите пароль файла"),
            () => None,
        };
        let (answer, ()) = Dialog::new("link register", "Реестр ссылок")
            .confirm("Сохранить реестр")
            .disabled_because(because)
            .show(ui.ctx(), |ui| {
                label::body_ui(ui, "Все ссылки с датами и состоянием, аннулированные тоже.");
                segmented_ui(ui, "Вид файла", &mut self.format, &["Excel", "Word", "CSV"]);
                checkbox_ui(ui, &mut self.with_addresses, "С полными адресами");
                if self.with_addresses {
                    let text = "По адресу войдёт любой, у кого он есть: храните такой файл как ключи. Выгрузка \
                                останется в журнале.";
                    Callout::attention("", text).show(ui);
                    if asks {
                        TextField::new("Пароль файла ещё раз", &mut self.password).password(true).show(ui);
                    }
                } else {
                    label::caption_ui(ui, "Без галки в файле только последние 4 знака.");
                }
            });
        if answer == DialogAnswer::Confirmed {
            let request =
                LinkRegisterRequest { with_addresses: self.with_addresses, ..LinkRegisterRequest::default() };
            let format = FORMATS.get(self.format).copied().unwrap_or(PaperFormat::Xlsx);
            let paper = Box::new(LinkPaper::LinkRegister(request));
            let confirmed_by = asks.then(|| Key::from_password(&self.password)).flatten();
            actions.push(Action::ChooseLinkPaper { paper, format, confirmed_by });
        }
        if answer != DialogAnswer::Open {
            overwrite(std::mem::take(&mut self.password));
        }
        answer != DialogAnswer::Open
    }
}
