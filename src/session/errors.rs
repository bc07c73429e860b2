//! Errors in Russian: what failed, what was left unchanged, what to do. Without names of people,
//! addresses of links or paths, since they go to stderr too.

use crate::register::{EntityKey, EntityKind, Refusal, Register};
use crate::store::{Holder, StoreError};
use crate::wording::date_short;

/// What a session could not do. `Display` is the Russian sentence.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// `decide` refused; nothing was changed.
    #[error("{text}")]
    Refused { refusal: Refusal, text: String },
    /// The file is held by another program.
    #[error("{}", held_text(.0.as_ref()))]
    Held(Option<Holder>),
    /// Anything else of the file.
    #[error("{}", store_text(.0))]
    Store(StoreError),
    /// The file lies on a network share and was opened for reading only.
    #[error("{}", super::opening::NETWORK_SHARE)]
    NetworkShare,
    /// The password to be set is not taken.
    #[error("{0} Пароль не задан, ничего не изменено.")]
    Password(super::password::PasswordRefusal),
    /// The password given is not that of the open file.
    #[error("Пароль не подходит. Ничего не изменено.")]
    WrongPassword,
    /// The new password is the old one.
    #[error("Новый пароль такой же, как прежний. Ничего не изменено. Возьмите другой.")]
    SamePassword,
    /// What was typed is no recovery code.
    #[error("{}", super::file_key::code_typo_words(*.0))]
    Code(super::recovery_code::CodeTypo),
    /// A recovery code without a typing slip that does not open this file.
    #[error(
        "Код введён без опечаток, но этот файл он не открывает: код от другого файла, отменён сменой пароля, или файл \
         повреждён. Файл не изменён."
    )]
    CodeOpensNothing,
    /// The groups typed to confirm a code are not those asked for.
    #[error("Группы не совпали с кодом. Сверьте лист: будут спрошены другие две.")]
    WrongGroups,
    #[error("Отменять нечего: в журнале нет записей, которые можно вернуть.")]
    NothingToUndo,
    #[error("Возвращать нечего: последнее действие не было отменой.")]
    NothingToRedo,
    #[error("В журнале нет записи № {entry}. Ничего не изменено.")]
    NoSuchEntry { entry: u64 },
    #[error("Запись № {entry} уже отменена. Ничего не изменено.")]
    AlreadyUndone { entry: u64 },
    #[error("Удаление данных не отменяется: того, что стёрто, в файле больше нет. Ничего не изменено.")]
    ErasureStays,
    /// A file other than the register could not be read or written.
    #[error("{0}")]
    Outside(String),
}

impl From<StoreError> for SessionError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::HeldByAnother(holder) => SessionError::Held(holder),
            other => SessionError::Store(other),
        }
    }
}

impl SessionError {
    /// A refusal with its subject named from the register.
    pub fn refused(refusal: Refusal, register: &Register) -> Self {
        let text = refusal_text(&refusal, register);
        SessionError::Refused { refusal, text }
    }
}

fn held_text(holder: Option<&Holder>) -> String {
    match holder {
        Some(holder) if !holder.pc.is_empty() => {
            let since = holder.since.to_zoned(jiff::tz::TimeZone::system());
            let time = since.strftime("%H:%M");
            format!(
                "Файл уже открыт: компьютер «{}», пользователь «{}», с {} {time}. Здесь он не открыт и не изменён. \
                 Закройте его там и повторите.",
                holder.pc,
                holder.user,
                date_short(since.date())
            )
        }
        _ => "Файл уже открыт другой программой. Здесь он не открыт и не изменён. Закройте его там и повторите.".into(),
    }
}

fn store_text(error: &StoreError) -> String {
    match error {
        StoreError::HeldByAnother(holder) => held_text(holder.as_ref()),
        StoreError::NotFound => "Такого файла нет. Проверьте папку и имя файла.".into(),
        StoreError::AlreadyExists => {
            "Файл с таким именем уже есть. Он не изменён. Выберите другое имя или откройте его.".into()
        }
        StoreError::NotOurs => "Это не файл консоли Сферума. Он не изменён. Выберите файл с окончанием .sferum.".into(),
        StoreError::NewerVersion { file, program } => format!(
            "Файл создан более новой версией программы (запись {file}, эта программа знает {program}). Он не изменён. \
             Установите новую версию."
        ),
        StoreError::KeyRequired => "Файл закрыт паролем. Введите пароль, чтобы его открыть.".into(),
        StoreError::KeyNotNeeded => "Файл открыт без пароля, а пароль указан. Файл не изменён. Откройте без пароля.".into(),
        StoreError::WrongKeyOrDamaged => {
            "Файл не открылся: он закрыт паролем, пароль другой или файл повреждён. Файл не изменён.".into()
        }
        StoreError::Damaged(_) => {
            "Файл повреждён и не открыт. Он не изменён. Откройте последнюю резервную копию.".into()
        }
        StoreError::ForeignSchema => {
            "Устройство файла не такое, как делает программа: он не открыт и не изменён. Возьмите резервную копию.".into()
        }
        StoreError::ReadOnly => {
            "Файл открыт только для чтения: носитель или папка закрыты для записи. Ничего не изменено. \
             Скопируйте файл в свою папку."
                .into()
        }
        StoreError::RevisionMismatch { .. } | StoreError::MustReopen => {
            "Запись не удалась, последнее сохранённое цело. Закройте файл и откройте его снова.".into()
        }
        StoreError::DiskFull => {
            "На диске нет места: изменение не записано, прежнее сохранено. Освободите место и повторите.".into()
        }
        _ => "Файл не удалось прочитать или записать. Последнее сохранённое цело. Проверьте носитель и повторите.".into(),
    }
}

fn subject(key: EntityKey, register: &Register) -> String {
    match key.kind {
        EntityKind::Group => match register.tables().groups.get(key.id) {
            Some(group) => format!("группа «{}»", group.label),
            None => format!("группа № {}", key.id),
        },
        EntityKind::Organization => "карточка организации".into(),
        EntityKind::Settings => "настройки".into(),
        EntityKind::Unit => format!("корпус № {}", key.id),
        EntityKind::Person => format!("человек № {}", key.id),
        EntityKind::Chat => format!("чат № {}", key.id),
        EntityKind::Membership => format!("участие № {}", key.id),
        EntityKind::Guardianship => format!("связь взрослого и ребёнка № {}", key.id),
        EntityKind::Assignment => format!("закрепление № {}", key.id),
        EntityKind::Invite => format!("ссылка № {}", key.id),
        EntityKind::Observation => format!("сверка № {}", key.id),
        EntityKind::JoinRequest => format!("заявка № {}", key.id),
        EntityKind::Movement => format!("движение № {}", key.id),
        EntityKind::CabinetTask => format!("дело № {}", key.id),
        EntityKind::Appeal => format!("обращение № {}", key.id),
        EntityKind::Remembered => format!("запомненный ответ № {}", key.id),
    }
}

fn field_words(field: &str) -> &str {
    match field {
        "name" => "Название",
        "label" => "Название группы",
        "surname" => "Фамилия",
        "given" => "Имя",
        "birth_date" => "Дата рождения",
        "address" => "Адрес",
        "title" => "Название чата",
        "note" => "Заметка",
        "reason" | "why" => "Причина",
        "head" => "Руководитель",
        "administrator" => "Администратор",
        "page" => "Страница на сайте",
        "post" => "Должность",
        "question" => "Обращение",
        "text" => "Что сделать",
        "issued_on" => "Выдана",
        "handed_over_on" => "Передана",
        "until" => "Отложить до",
        "on" | "as_of" => "Дата",
        "restriction" => "Ограничение доступа",
        "column" => "Столбец",
        "written_name" => "Как записан",
        "received_on" => "Когда пришло",
        "answered_on" => "Когда ответили",
        "answer" => "Ответ",
        other => other,
    }
}

fn refusal_text(refusal: &Refusal, register: &Register) -> String {
    let unchanged = "Ничего не изменено.";
    match refusal {
        Refusal::AlreadyFounded => format!("В файле уже есть организация. {unchanged}"),
        Refusal::NotFounded => format!("В файле ещё нет организации. {unchanged} Создайте файл заново."),
        Refusal::Missing(key) => {
            format!(
                "Записи больше нет: {}. {unchanged} Обновите список и повторите.",
                subject(*key, register)
            )
        }
        Refusal::ChangedSinceSeen(key) => format!(
            "Запись изменилась, пока вы её правили: {}. {unchanged} Посмотрите новое и повторите.",
            subject(*key, register)
        ),
        Refusal::PlannedOnOlderRegister { .. } => {
            format!(
                "Пока вы смотрели, список изменился. {unchanged} План составлен заново, проверьте его ещё раз."
            )
        }
        Refusal::EmptyField { field } => {
            format!("Поле «{}» пустое. {unchanged} Заполните его.", field_words(field))
        }
        Refusal::TooLong { field, limit } => {
            format!("Поле «{}» длиннее {limit} знаков. {unchanged} Сократите его.", field_words(field))
        }
        Refusal::DuplicateAddress { first } => {
            format!("Эта ссылка уже записана под № {first}. {unchanged} Откройте ту запись.")
        }
        Refusal::DuplicateGroup { first } => format!(
            "Такая группа в этом учебном году уже есть: {}. {unchanged} Возьмите другое название или корпус.",
            subject((*first).into(), register)
        ),
        Refusal::DuplicateMembership(_) => {
            format!("Человек уже состоит в этой группе в этой роли. {unchanged}")
        }
        Refusal::StillReferred { subject: what, by } => format!(
            "Убрать нельзя: {} ещё упоминается, {}. {unchanged}",
            subject(*what, register),
            subject(*by, register)
        ),
        Refusal::AlreadyRevoked(invite) => format!("Ссылка № {invite} уже аннулирована. {unchanged}"),
        Refusal::AlreadyDecided(request) => {
            format!("Заявка № {request} уже рассмотрена. {unchanged} Сначала отмените прежнее решение.")
        }
        Refusal::NotInReserve(invite) => format!("Ссылка № {invite} уже передана. {unchanged}"),
        Refusal::OneInviteOnly => {
            format!("Замену можно указать только для одной ссылки. {unchanged} Аннулируйте их по одной.")
        }
        Refusal::DateInFuture { field } => {
            format!("«{}»: этот день ещё не наступил. {unchanged} Исправьте дату.", field_words(field))
        }
        Refusal::DateNotAfterToday { field } => {
            format!("«{}»: нужен день позже сегодняшнего. {unchanged} Исправьте дату.", field_words(field))
        }
        Refusal::EndBeforeBeginning => format!("Конец раньше начала. {unchanged} Исправьте даты."),
        Refusal::MoreThanAll { joined, of } => {
            format!("{joined} из {of}: вступивших больше, чем всего. {unchanged} Исправьте число.")
        }
        Refusal::SamePerson(_) => format!("Это одна и та же карточка. {unchanged}"),
        Refusal::AdultAndChild(_) => {
            format!("Это ребёнок и его взрослый: объединить их нельзя. {unchanged}")
        }
        Refusal::OwnChild => format!("Человек не может быть своим ребёнком. {unchanged}"),
        Refusal::NotArchivable(_) | Refusal::NotEditable(_) => {
            format!("Это действие к такой записи не относится. {unchanged}")
        }
        Refusal::YearNotAfter => {
            format!("Новый учебный год должен идти после прежнего. {unchanged} Выберите другой год.")
        }
        Refusal::NotOfThisYear(key) => format!(
            "{}: не из того учебного года, который заканчивается. {unchanged} Составьте план заново.",
            subject(*key, register)
        ),
        Refusal::GroupsDiffer => {
            format!("Объединить можно группы одного вида и одного учебного года. {unchanged}")
        }
        Refusal::CannotUndoFounding => format!("Создание файла не отменяется. {unchanged}"),
        Refusal::NothingToUndo => format!("Отменять нечего. {unchanged}"),
        Refusal::NoSuchPart => format!("В записи журнала нет такой части. {unchanged}"),
        Refusal::EveryPartKept => {
            format!(
                "Отменить не получилось: всё это изменено позже. {unchanged} Сначала отмените более поздние записи."
            )
        }
    }
}
