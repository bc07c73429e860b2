//! The commands about personal data as the law sees it: what is in the file, erasing who left, and the reminder.

use super::arguments::{Command, Run};
use super::{contents, erase, remind};

/// In the order of the help.
pub(super) const ERASURE_COMMANDS: [Command; 3] = [
    Command {
        words: "erase",
        usage: "erase ФАЙЛ [--departed-before ДАТА] [--dry-run] [--json] | erase ФАЙЛ --departed-before ДАТА --confirm \
                ЧИСЛО [--act ПУТЬ.docx] [--events ПУТЬ.csv] [--commission \"ФИО, должность; ФИО\"] [--order ПРИКАЗ]",
        about: "данные выбывших: кого пора удалить; --confirm удаляет без возможности вернуть",
        options: &["departed-before", "dry-run", "confirm", "act", "events", "commission", "order", "json"],
        places: (1, 1),
        run: Run::Headless(erase::erase),
    },
    Command {
        words: "contents",
        usage: "contents ФАЙЛ [--out ПУТЬ.docx] [--json]",
        about: "что в файле: категории сведений и сколько людей; на случай утечки",
        options: &["out", "json"],
        places: (1, 1),
        run: Run::Headless(contents::contents),
    },
    Command {
        words: "remind",
        usage: "remind [--json]",
        about: "напомнить о делах, не открывая файла: для планировщика системы",
        options: &["json"],
        places: (0, 0),
        run: Run::Headless(remind::remind),
    },
];
