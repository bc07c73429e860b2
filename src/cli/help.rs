//! `--help` and `--version`.

use super::arguments::{COMMANDS, Command, usage_line};

const COMMON: &str = "\
Общие ключи:
  --today ГГГГ-ММ-ДД   считать этот день сегодняшним
  --password-stdin     взять пароль файла из первой строки ввода
  --actor ИМЯ          кто действует: попадёт в журнал
  --year 2026/2027     учебный год для --group (обычно текущий)
  --unit КОРПУС        корпус для --group: название, номер или «нет»
  --json               то же в JSON, где что-то перечисляется
  --help, --version

Даты: 2026-10-12, 12.10.2026, 12.10, «12 окт», «вчера».
Коды выхода: 0 сделано, 1 не получилось, 2 ошибка в команде или подходит несколько (они перечислены), 3 файл
открыт в другом месте, 10 есть ссылки, которые пора проверить (links --flagged).
";

/// The help: of everything, or of one command.
pub(super) fn text(command: Option<&Command>) -> String {
    match command {
        Some(command) => format!("{}\n\n  {}\n\n{COMMON}", usage_line(command).trim_start(), command.about),
        None => {
            let mut text = String::from(
                "Консоль администратора Сферума: реестр классов, людей и ссылок рядом с кабинетом. Работает без сети.\n\n",
            );
            for command in COMMANDS.iter().rev().take(1).chain(&COMMANDS[..COMMANDS.len() - 1]) {
                text.push_str(&format!("{}\n      {}\n", usage_line(command), command.about));
            }
            text.push('\n');
            text.push_str(COMMON);
            text
        }
    }
}

/// Name and version.
pub(super) fn version() -> String {
    format!("Консоль администратора Сферума, версия {}\n", env!("CARGO_PKG_VERSION"))
}
