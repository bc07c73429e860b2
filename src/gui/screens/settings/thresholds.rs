//! Thresholds of staleness for each role, with what they would do shown at once. No norm sets them.

use egui::{Align, Layout, Ui, vec2};

use super::draft::read_number;
use crate::gui::ScreenContext;
use crate::gui::icons;
use crate::gui::theme::{Ink, Tone, space};
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::card::{card_ui, divider_ui};
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::names::Role;
use crate::register::{Register, RoleThresholds, Settings, SettingsId};
use crate::regulation::{StalenessRule, all_flags};
use crate::wording::{counted, plural, role_genitive_plural};

/// Days more than a year say nothing.
const MOST_DAYS: u16 = 365;
const NAME_WIDTH: f32 = 132.0;
/// A column must be so wide, in points, to hold the field and the word «дней».
const ROOM_FOR_UNIT: f32 = 112.0;

/// The columns: heading, explanation, whether for staff links only.
const COLUMNS: [(&str, &str, bool); 4] = [
    ("Никто не вступил", "сверка никого не показала", false),
    ("Нет сведений", "после передачи сверок не было", false),
    ("Перестали вступать", "столько времени нет новых", false),
    ("Старая ссылка", "держим не дольше, только для сотрудников", true),
];

/// The fields of the section: days, by role (in the order of [`Role::ALL`]) and column.
#[derive(Clone, Default, PartialEq)]
pub struct ThresholdFields {
    days: [[String; 4]; 4],
}

impl ThresholdFields {
    /// As the settings have them.
    pub fn of(settings: &Settings) -> Self {
        let days = Role::ALL.map(|role| {
            let of_role = settings.thresholds(role);
            [of_role.unclaimed_observed, of_role.unclaimed_silent, of_role.stalled, of_role.privileged]
                .map(|days| days.to_string())
        });
        Self { days }
    }

    /// Puts them into settings.
    pub fn put_into(&self, settings: &mut Settings) -> Result<(), String> {
        for (role, texts) in Role::ALL.into_iter().zip(&self.days) {
            let mut days = [0; 4];
            for (text, days) in texts.iter().zip(&mut days) {
                let words = || format!("Дни для {}: от 1 до {MOST_DAYS}", role_genitive_plural(role));
                *days = read_number(text, MOST_DAYS).map_err(|_| words())?;
            }
            let [unclaimed_observed, unclaimed_silent, stalled, privileged] = days;
            *settings.thresholds_mut(role) =
                RoleThresholds { unclaimed_observed, unclaimed_silent, stalled, privileged };
        }
        Ok(())
    }
}

/// What the thresholds in the fields would do, worked out when they or the register change.
#[derive(Default)]
pub struct Effect {
    key: Option<(ThresholdFields, (u64, jiff::civil::Date))>,
    counts: Option<FlagCounts>,
}

/// How many links would be flagged.
struct FlagCounts {
    links: usize,
    by_rule: Vec<(StalenessRule, usize)>,
}

impl Effect {
    fn refresh(&mut self, context: &ScreenContext<'_>, fields: &ThresholdFields) {
        let version = context.snapshot.version();
        if self.key.as_ref().is_some_and(|(known, day)| known == fields && *day == version) {
            return;
        }
        let mut settings = Settings { id: SettingsId(1), ..context.register().settings().clone() };
        self.counts = fields
            .put_into(&mut settings)
            .ok()
            .map(|()| count_flags(context.register(), settings, context.today));
        self.key = Some((fields.clone(), version));
    }
}

/// The flags of a copy of the register under other settings; the copy shares everything else.
fn count_flags(register: &Register, settings: Settings, today: jiff::civil::Date) -> FlagCounts {
    let mut copy = register.clone();
    copy.put_loaded(settings.into());
    let flags = all_flags(&copy, today);
    let of_rule = |rule| flags.iter().filter(|(_, flags)| flags.iter().any(|flag| flag.rule == rule)).count();
    let ruled = [StalenessRule::Unclaimed, StalenessRule::Stalled, StalenessRule::OldPrivileged];
    FlagCounts { links: flags.len(), by_rule: ruled.map(|rule| (rule, of_rule(rule))).to_vec() }
}

/// Draws the section.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, fields: &mut ThresholdFields, effect: &mut Effect) {
    let text = "Сроков для ссылок не устанавливает ни одна норма. По этим дням программа только предлагает: \
                ссылку отмечает, а решаете вы.";
    Callout::neutral("Это наше предложение, не норма", text).show(ui);
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, 0.0);
        label::lead_ui(ui, "Через сколько дней отмечать ссылку");
        ui.add_space(space::SMALL);
        headings_ui(ui);
        for (role, days) in Role::ALL.into_iter().zip(&mut fields.days) {
            divider_ui(ui, space::SMALL);
            role_row_ui(ui, role, days);
        }
    });
    effect.refresh(context, fields);
    effect_ui(ui, effect, context.snapshot.invites.flagged_count());
}

fn column_width(ui: &Ui) -> f32 {
    ((ui.available_width() - NAME_WIDTH - space::SMALL) / 4.0 - space::SMALL).max(90.0)
}

fn headings_ui(ui: &mut Ui) {
    ui.horizontal_top(|ui| {
        let width = column_width(ui);
        ui.add_space(NAME_WIDTH + space::SMALL);
        for (heading, note, _) in COLUMNS {
            ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = 2.0;
                label::rich_ui(ui, &[Run::caption(heading).medium().main()]);
                label::rich_ui(ui, &[Run::caption(note)]);
            });
        }
    });
}

fn role_row_ui(ui: &mut Ui, role: Role, days: &mut [String; 4]) {
    ui.horizontal_top(|ui| {
        let width = column_width(ui);
        ui.allocate_ui_with_layout(vec2(NAME_WIDTH, 32.0), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_size(vec2(NAME_WIDTH, 32.0));
            let words = format!("Для {}", role_genitive_plural(role));
            label::line_ui(ui, &[Run::body(&words)]);
        });
        for ((heading, _, staff_only), text) in COLUMNS.into_iter().zip(days) {
            ui.allocate_ui_with_layout(vec2(width, 32.0), Layout::left_to_right(Align::Min), |ui| {
                ui.set_min_width(width);
                if staff_only && !role.is_staff() {
                    return;
                }
                let problem = read_number(text, MOST_DAYS).err();
                let name = format!("{heading}, для {}, дней", role_genitive_plural(role));
                TextField::bare(&name, text).width(64.0).error(problem).show(ui);
                if problem.is_none() && width >= ROOM_FOR_UNIT {
                    let days = text.trim().parse().unwrap_or(0);
                    ui.allocate_ui_with_layout(
                        vec2(44.0, 32.0),
                        Layout::left_to_right(Align::Center),
                        |ui| {
                            label::line_ui(ui, &[Run::caption(plural(days, "день", "дня", "дней"))]);
                        },
                    );
                }
            });
        }
    });
}

fn effect_ui(ui: &mut Ui, effect: &Effect, now: usize) {
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        label::lead_ui(ui, "Что получится");
        let Some(counts) = &effect.counts else {
            label::secondary_ui(
                ui,
                "Поправьте числа дней, и здесь будет видно, сколько ссылок попадёт под правило.",
            );
            return;
        };
        let links = counted(counts.links as u64, "ссылка", "ссылки", "ссылок");
        let verb = plural(counts.links as u64, "попадёт", "попадут", "попадёт");
        let line = format!("Под правила {verb} {links}");
        let note = if counts.links == now {
            " · столько же, сколько сейчас".to_owned()
        } else {
            format!(" · сейчас {now}")
        };
        label::icon_line_ui(
            ui,
            icons::FLAG,
            Tone::Accent,
            &[Run::body(&line).medium(), Run::body(&note).ink(Ink::Secondary)],
        );
        let by_rule: Vec<String> =
            counts.by_rule.iter().map(|(rule, count)| format!("{}: {count}", rule.words())).collect();
        label::caption_ui(ui, &by_rule.join(" · "));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_go_into_settings_and_come_back() {
        let mut fields = ThresholdFields::of(&Settings::default());
        fields.days[0][0] = "21".into();
        let mut settings = Settings::default();
        assert_eq!(fields.put_into(&mut settings), Ok(()));
        assert_eq!(settings.thresholds(Role::ALL[0]).unclaimed_observed, 21);
        assert!(ThresholdFields::of(&settings) == fields);
        fields.days[3][2] = "0".into();
        assert!(fields.put_into(&mut settings).is_err());
    }
}
