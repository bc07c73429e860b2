//! The commands of movement (duty 2.3-8).

use super::arguments::{Command, Run};
use super::movement;

/// In the order of the help.
pub(super) const MOVEMENT_COMMANDS: [Command; 7] = [
    Command {
        words: "enrol",
        usage: "enrol ФАЙЛ ФИО --class КЛАСС [--adult ФИО [--phone НОМЕР]] [--order ПРИКАЗ] [--date ДАТА] [--namesake]",
        about: "зачислить: ученик, его взрослый, дела в кабинете; в ответе, какие ссылки отдать",
        options: &["class", "group", "adult", "phone", "order", "date", "namesake"],
        places: (2, 2),
        run: Run::Headless(movement::enrol),
    },
    Command {
        words: "hire",
        usage: "hire ФАЙЛ ФИО [--role teacher|employee] [--post ДОЛЖНОСТЬ] [--group ГРУППА] [--until ДАТА] \
                [--order ПРИКАЗ] [--date ДАТА] [--namesake]",
        about: "принять на работу; --until: договор до",
        options: &["role", "post", "class", "group", "until", "order", "date", "namesake"],
        places: (2, 2),
        run: Run::Headless(movement::hire),
    },
    Command {
        words: "transfer",
        usage: "transfer ФАЙЛ ФИО|НОМЕР --class КЛАСС [--order ПРИКАЗ] [--date ДАТА]",
        about: "перевести в другой класс, взрослые переходят с ребёнком",
        options: &["class", "group", "order", "date"],
        places: (2, 2),
        run: Run::Headless(movement::transfer),
    },
    Command {
        words: "leave",
        usage: "leave ФАЙЛ ФИО|НОМЕР [--graduated] [--order ПРИКАЗ] [--date ДАТА]",
        about: "отчислить или выпустить",
        options: &["graduated", "order", "date"],
        places: (2, 2),
        run: Run::Headless(movement::leave),
    },
    Command {
        words: "dismiss",
        usage: "dismiss ФАЙЛ ФИО|НОМЕР [--order ПРИКАЗ] [--date ДАТА]",
        about: "уволить: роли сотрудника закончатся, родителем человек остаётся",
        options: &["order", "date"],
        places: (2, 2),
        run: Run::Headless(movement::dismiss),
    },
    Command {
        words: "return",
        usage: "return ФАЙЛ ФИО|НОМЕР [--class КЛАСС] [--role РОЛЬ] [--post ДОЛЖНОСТЬ] [--order ПРИКАЗ] [--date ДАТА]",
        about: "вернуть того, кто выбыл",
        options: &["class", "group", "role", "post", "order", "date"],
        places: (2, 2),
        run: Run::Headless(movement::come_back),
    },
    Command {
        words: "movement",
        usage: "movement ФАЙЛ [--from ДАТА] [--to ДАТА] [--kind ВИД] [--order ПРИКАЗ] [--open] [--json] [--out ПУТЬ]",
        about: "движение за период; --open: чего ещё нет в кабинете; --out пишет .xlsx или .csv",
        options: &["from", "to", "kind", "order", "open", "json", "out"],
        places: (1, 1),
        run: Run::Headless(movement::movement),
    },
];
