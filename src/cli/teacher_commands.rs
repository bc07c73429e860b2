//! The commands of duties 2.3-5 and 2.3-7: class teachers and the confirmation of statuses.

use super::arguments::{Command, Run};
use super::{class_teachers, verification};

/// In the order of the help.
pub(super) const TEACHER_COMMANDS: [Command; 2] = [
    Command {
        words: "class-teachers",
        usage: "class-teachers ФАЙЛ [--paste СПИСОК|-] [--order НОМЕР] [--date ДАТА] [--on ДАТА] [--cabinet [--whole]] \
                [--dry-run] [--json]",
        about: "кто какой класс ведёт; --paste: распределение руководителя из текста или таблицы; --cabinet: сверить с \
                кабинетом список оттуда, расхождения станут делами (--whole: в списке все классы)",
        options: &["paste", "order", "date", "on", "cabinet", "whole", "dry-run", "json"],
        places: (1, 1),
        run: Run::Headless(class_teachers::class_teachers),
    },
    Command {
        words: "verification",
        usage: "verification ФАЙЛ [НОМЕР…] [--set waiting|verified|rejected|none] [--on ДАТА] [--json]",
        about: "подтверждение статусов «учитель» и «сотрудник»: кто ждёт дольше всех; --set: отметить этих людей",
        options: &["set", "on", "json"],
        places: (1, 500),
        run: Run::Headless(verification::verification),
    },
];
