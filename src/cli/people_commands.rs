//! The commands about records of one person.

use super::arguments::{Command, Run};
use super::duplicates;

/// In the order of the help.
pub(super) const PEOPLE_COMMANDS: [Command; 3] = [
    Command {
        words: "duplicates",
        usage: "duplicates ФАЙЛ [--apply-certain] [--json]",
        about: "карточки, похожие на одного человека; --apply-certain объединяет те, где совпали ФИО и телефон",
        options: &["apply-certain", "json"],
        places: (1, 1),
        run: Run::Headless(duplicates::duplicates),
    },
    Command {
        words: "merge",
        usage: "merge ФАЙЛ НОМЕР НОМЕР",
        about: "объединить две карточки одного человека: первая остаётся, в неё переходит всё из второй",
        options: &[],
        places: (3, 3),
        run: Run::Headless(duplicates::merge),
    },
    Command {
        words: "apart",
        usage: "apart ФАЙЛ НОМЕР НОМЕР",
        about: "запомнить, что это разные люди: больше не предлагать их объединить",
        options: &[],
        places: (3, 3),
        run: Run::Headless(duplicates::apart),
    },
];
