//! What earlier imports of the same kind of file taught: the meaning of its columns, how complete it is, whom it
//! lists, and what its class values are. Files are of one kind when their headers are (the signature of the header).
//!
//! The user's present choices always win over what is remembered, and what was taken from memory is told, so that
//! the screen can say «как в прошлый раз». Answers are written with the import that they were given for and are taken
//! back with it. No names of people are kept here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::ReadChoices;
use super::aliases::{Field, fold_header};
use super::header::{ColumnOverride, Header, MappedColumn};
use super::mapped::{ClassAnswer, MappedRoster};
use super::plan::{PlanChoices, Scope};
use crate::names::Role;
use crate::register::{Register, Remembered, RememberedKind};
use crate::wording::role_name;

/// Class values longer than this are no class values; they are not kept.
const LONGEST_KEPT_VALUE: usize = 100;

/// The folded header of the column that says what is to be corrected in a row (`problem_rows` of the session).
const CORRECTION_HEADER: &str = "чтоисправить";

/// What was taken from memory for a file. Empty where nothing was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recalled {
    /// Columns whose meaning is remembered.
    pub columns: Vec<MappedColumn>,
    /// How complete files of this kind are.
    pub scope: Option<Scope>,
    /// Whom files of this kind list.
    pub default_role: Option<Role>,
    /// Roles of posts, as [`ReadChoices::post_roles`].
    pub post_roles: BTreeMap<String, Role>,
    /// What class values become, as [`ReadChoices::class_answers`].
    pub class_answers: BTreeMap<String, ClassAnswer>,
}

/// The value of [`RememberedKind::ImportScope`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct KindOfFile {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    role: Option<Role>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    posts: BTreeMap<String, Role>,
}

/// The value of [`RememberedKind::GroupAlias`]: a label, or `null` for rows that are not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct GroupAlias {
    group: Option<String>,
}

/// The value of [`RememberedKind::ColumnMap`]: codes of fields by the position of their column, from 0.
type FieldCodes = BTreeMap<usize, String>;

/// What is remembered for files with this header and is not answered otherwise by the present choices.
///
/// The scope is recalled only where [`PlanChoices::recall_scope`] asks for it, the role only where neither the user
/// nor the file says whom it lists.
pub fn recall(register: &Register, header: &Header, read: &ReadChoices, plan: &PlanChoices) -> Recalled {
    let signature = header.signature();
    let known = KnownAnswers::of(register, &signature);
    let kind = known.kind.unwrap_or_default();
    let chosen_role = read.default_role.or(plan.default_role).or(header.role_hint);
    let scope = kind.scope.as_deref().and_then(Scope::from_code);
    let scope = scope.filter(|_| plan.recall_scope && !is_correction(header));
    // A group for the whole file leaves no class values to be answered.
    let mut class_answers = if read.group.is_some() { BTreeMap::new() } else { known.classes };
    class_answers.retain(|written, _| !read.class_answers.contains_key(written));
    let mut post_roles = kind.posts;
    post_roles.retain(|post, _| !read.post_roles.contains_key(post));
    Recalled {
        columns: recalled_columns(&known.columns.unwrap_or_default(), header, read),
        scope,
        default_role: kind.role.filter(|_| chosen_role.is_none()),
        post_roles,
        class_answers,
    }
}

fn recalled_columns(codes: &FieldCodes, header: &Header, read: &ReadChoices) -> Vec<MappedColumn> {
    let mut columns = Vec::new();
    for (index, code) in codes {
        let Some(field) = Field::from_code(code) else { continue };
        let known = header.columns.columns.iter().find(|column| column.index == *index);
        // What is not taken for the protection of people stays so, whatever it was once said to be.
        let is_protected = known.is_some_and(|column| matches!(column.field, Field::Sensitive(_)));
        let is_answered = read
            .column_overrides
            .iter()
            .any(|chosen| chosen.index == *index || (chosen.field == field && field != Field::Unknown));
        if is_protected || is_answered {
            continue;
        }
        let written = known.map_or_else(|| unnamed_column(*index), |column| column.header.clone());
        columns.push(MappedColumn { index: *index, header: written, field });
    }
    columns
}

/// The answers of an import that differ from what is remembered for files with this header: to be written with it.
/// `read` and `plan` are the choices the import goes by, with what was recalled for it.
pub fn answers_to_remember(
    register: &Register,
    header: &Header,
    read: &ReadChoices,
    plan: &PlanChoices,
) -> Vec<Remembered> {
    let signature = header.signature();
    let known = KnownAnswers::of(register, &signature);
    let mut answers = Vec::new();
    let codes: FieldCodes =
        read.column_overrides.iter().map(|chosen| (chosen.index, chosen.field.code())).collect();
    if codes != known.columns.unwrap_or_default() {
        answers.extend(remembered(RememberedKind::ColumnMap, signature.clone(), &codes));
    }
    let before = known.kind.unwrap_or_default();
    let mut kind = kind_of_file(&before, read, plan);
    if is_correction(header) {
        kind.scope.clone_from(&before.scope);
    }
    if kind != before {
        answers.extend(remembered(RememberedKind::ImportScope, signature.clone(), &kind));
    }
    for (written, answer) in &read.class_answers {
        let is_new = known.classes.get(written) != Some(answer);
        if is_new && written.chars().count() <= LONGEST_KEPT_VALUE {
            let group = match answer {
                ClassAnswer::Group(label) => Some(label.clone()),
                ClassAnswer::LeaveOut => None,
            };
            let key = format!("{signature}:{written}");
            answers.extend(remembered(RememberedKind::GroupAlias, key, &GroupAlias { group }));
        }
    }
    answers
}

/// What the user said of this kind of file, over what was said before. The plainest scope is no answer until it
/// takes another one's place.
fn kind_of_file(before: &KindOfFile, read: &ReadChoices, plan: &PlanChoices) -> KindOfFile {
    let mut kind = before.clone();
    let is_said = !plan.recall_scope && (plan.scope != Scope::default() || before.scope.is_some());
    if is_said {
        kind.scope = Some(plan.scope.code().to_owned());
    }
    kind.role = read.default_role.or(plan.default_role).or(before.role);
    kind.posts.extend(read.post_roles.clone());
    kind
}

fn remembered(kind: RememberedKind, key: String, value: &impl Serialize) -> Option<Remembered> {
    let value = serde_json::to_string(value).ok()?;
    Some(Remembered { kind, key, value, ..Remembered::default() })
}

impl Recalled {
    /// Whether nothing was remembered.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Fills the choices with what was recalled. Columns go before the user's own, which win.
    pub fn fill(&self, read: &mut ReadChoices, plan: &mut PlanChoices) {
        let recalled = self.columns.iter();
        let recalled = recalled.map(|column| ColumnOverride { index: column.index, field: column.field });
        let chosen = std::mem::take(&mut read.column_overrides);
        read.column_overrides = recalled.chain(chosen).collect();
        plan.scope = self.scope.unwrap_or(plan.scope);
        read.default_role = read.default_role.or(self.default_role);
        plan.default_role = plan.default_role.or(self.default_role);
        read.post_roles.extend(self.post_roles.clone());
        read.class_answers.extend(self.class_answers.clone());
    }

    /// Leaves out answers about classes and posts that do not occur in the file.
    pub fn kept_to(mut self, roster: &MappedRoster) -> Self {
        self.class_answers
            .retain(|written, _| roster.class_values.iter().any(|value| value.written == *written));
        self.post_roles.retain(|key, _| roster.post_roles.iter().any(|post| post.key == *key));
        self
    }

    /// `remembered` of `import --json`: only what was recalled.
    pub fn to_json(&self) -> Value {
        let mut object = serde_json::Map::new();
        if !self.columns.is_empty() {
            let columns = self.columns.iter();
            let columns =
                columns.map(|column| json!({ "column": column.header, "field": column.field.code() }));
            object.insert("columns".into(), columns.collect());
        }
        if let Some(scope) = self.scope {
            object.insert("scope".into(), scope.code().into());
        }
        if let Some(role) = self.default_role {
            object.insert("role".into(), role.code().into());
        }
        if !self.post_roles.is_empty() {
            object.insert("posts".into(), json!(self.post_roles));
        }
        if !self.class_answers.is_empty() {
            let classes = self.class_answers.iter().map(|(written, answer)| match answer {
                ClassAnswer::Group(label) => json!({ "written": written, "group": label }),
                ClassAnswer::LeaveOut => json!({ "written": written, "group": null }),
            });
            object.insert("classes".into(), classes.collect());
        }
        Value::Object(object)
    }
}

/// A remembered answer in Russian, for the journal: what it is about and what was said. `None` for kinds that this
/// part does not write, and for values it cannot read.
pub fn remembered_words(remembered: &Remembered) -> Option<(String, String)> {
    match remembered.kind {
        RememberedKind::ColumnMap => {
            let codes: FieldCodes = serde_json::from_str(&remembered.value).ok()?;
            let columns = codes.iter().filter_map(|(index, code)| {
                Some(format!("столбец {}: {}", index + 1, Field::from_code(code)?.russian_name()))
            });
            Some(("Столбцы таких списков".into(), columns.collect::<Vec<_>>().join("; ")))
        }
        RememberedKind::ImportScope => {
            let kind: KindOfFile = serde_json::from_str(&remembered.value).ok()?;
            let scope = kind.scope.as_deref().and_then(Scope::from_code).map(scope_words);
            let role = kind.role.map(|role| format!("роль: {}", role_name(role)));
            let posts = kind.posts.iter().map(|(post, role)| format!("«{post}»: {}", role_name(*role)));
            let said = scope.map(str::to_owned).into_iter().chain(role).chain(posts);
            Some(("Что в таких списках".into(), said.collect::<Vec<_>>().join("; ")))
        }
        RememberedKind::GroupAlias => {
            let alias: GroupAlias = serde_json::from_str(&remembered.value).ok()?;
            let (_, written) = remembered.key.split_once(':')?;
            let label = alias.group.unwrap_or_else(|| "не загружать".into());
            Some((format!("Класс «{written}» в списках"), label))
        }
        RememberedKind::PersonAlias | RememberedKind::RefusedValue | RememberedKind::DifferentPeople => None,
    }
}

/// «только новенькие», «полный список этих классов», «вся школа».
pub fn scope_words(scope: Scope) -> &'static str {
    match scope {
        Scope::Additions => "только новенькие",
        Scope::Groups => "полный список этих классов",
        Scope::Full => "вся школа",
    }
}

/// Everything remembered for one signature.
#[derive(Default)]
struct KnownAnswers {
    columns: Option<FieldCodes>,
    kind: Option<KindOfFile>,
    classes: BTreeMap<String, ClassAnswer>,
}

impl KnownAnswers {
    /// Values that this program cannot read (of a newer one) count as not there.
    fn of(register: &Register, signature: &str) -> Self {
        let mut known = Self::default();
        for (_, remembered) in register.tables().remembered.iter() {
            let (key, value) = (remembered.key.as_str(), remembered.value.as_str());
            match remembered.kind {
                RememberedKind::ColumnMap if key == signature => {
                    known.columns = serde_json::from_str(value).ok();
                }
                RememberedKind::ImportScope if key == signature => {
                    known.kind = serde_json::from_str(value).ok();
                }
                RememberedKind::GroupAlias => {
                    let written = key.strip_prefix(signature).and_then(|rest| rest.strip_prefix(':'));
                    let alias = serde_json::from_str::<GroupAlias>(value).ok();
                    if let (Some(written), Some(alias)) = (written, alias) {
                        let answer = alias.group.map_or(ClassAnswer::LeaveOut, ClassAnswer::Group);
                        known.classes.insert(written.to_owned(), answer);
                    }
                }
                _ => {}
            }
        }
        known
    }
}

/// Whether the file holds the rows of another that were to be corrected: never a whole list of anything.
fn is_correction(header: &Header) -> bool {
    header.columns.columns.iter().any(|column| fold_header(&column.header) == CORRECTION_HEADER)
}

fn unnamed_column(index: usize) -> String {
    format!("столбец {}", index + 1)
}

#[cfg(test)]
mod tests {
    use super::super::{find_header, read_sheet};
    use super::*;
    use crate::register::{Context, ImportOperation, Operation, Organization, SchoolYear, decide};

    fn header(text: &str) -> Header {
        let sheet = read_sheet(&format!("{text}\n1;2;3;4\n"), None).expect("reads");
        find_header(&sheet, None, &[]).expect("found")
    }

    fn plan() -> PlanChoices {
        PlanChoices { recall_scope: true, ..PlanChoices::for_year(SchoolYear(2026)) }
    }

    fn context() -> Context {
        Context {
            now: jiff::Timestamp::UNIX_EPOCH,
            today: jiff::civil::date(2026, 9, 1),
            actor: "Проверка".into(),
        }
    }

    /// A register that remembers these answers.
    fn after(register: &Register, remember: Vec<Remembered>) -> Register {
        let import =
            ImportOperation { planned_at: register.revision, remember, ..ImportOperation::default() };
        let changes = decide(register, &Operation::ApplyImport(import), &context()).expect("allowed");
        let mut next = register.clone();
        next.apply(&changes);
        next
    }

    fn empty() -> Register {
        let organization = Organization { name: "Школа".into(), ..Organization::default() };
        let mut register = Register::default();
        let founded = decide(&register, &Operation::Found(organization), &context()).expect("allowed");
        register.apply(&founded);
        register
    }

    /// Choices of a user who answered everything.
    fn answered() -> (ReadChoices, PlanChoices) {
        let read = ReadChoices {
            column_overrides: vec![ColumnOverride { index: 2, field: Field::Group }],
            default_role: Some(Role::Student),
            class_answers: [
                ("5 гум".to_owned(), ClassAnswer::Group("5Г".into())),
                ("резерв".to_owned(), ClassAnswer::LeaveOut),
            ]
            .into(),
            post_roles: [("тьютор".to_owned(), Role::Teacher)].into(),
            ..ReadChoices::default()
        };
        (read, PlanChoices { scope: Scope::Groups, recall_scope: false, ..plan() })
    }

    #[test]
    fn answers_come_back_for_the_same_header_only() {
        let header_row = header("Фамилия;Имя;Команда;Телефон");
        let (read, choices) = answered();
        let register = after(&empty(), answers_to_remember(&empty(), &header_row, &read, &choices));
        // Letter case, blanks, «ё» and the overrides themselves do not make another kind of file.
        let same = header("ФАМИЛИЯ ; имя;  команда;Телефон.");
        let recalled = recall(&register, &same, &ReadChoices::default(), &plan());
        let (mut filled, mut filled_plan) = (ReadChoices::default(), plan());
        recalled.fill(&mut filled, &mut filled_plan);
        assert!(filled == read, "{filled:?}");
        assert_eq!((filled_plan.scope, filled_plan.default_role), (Scope::Groups, Some(Role::Student)));
        assert_eq!(recalled.to_json()["columns"][0]["field"], "group");
        assert!(answers_to_remember(&register, &same, &filled, &filled_plan).is_empty(), "nothing is new");
        let other = header("Фамилия;Имя;Команда;Класс");
        assert!(recall(&register, &other, &ReadChoices::default(), &plan()).is_empty());
    }

    #[test]
    fn present_choices_win_and_take_the_place_of_the_remembered_ones() {
        let header_row = header("Фамилия;Имя;Команда;Отряд");
        let (read, choices) = answered();
        let register = after(&empty(), answers_to_remember(&empty(), &header_row, &read, &choices));
        let mut now = ReadChoices {
            column_overrides: vec![ColumnOverride { index: 3, field: Field::Group }],
            default_role: Some(Role::Parent),
            class_answers: [("5 гум".to_owned(), ClassAnswer::LeaveOut)].into(),
            ..ReadChoices::default()
        };
        let mut now_plan = PlanChoices { recall_scope: false, ..plan() };
        let recalled = recall(&register, &header_row, &now, &now_plan);
        assert!(recalled.columns.is_empty() && recalled.scope.is_none() && recalled.default_role.is_none());
        assert_eq!(recalled.class_answers.keys().collect::<Vec<_>>(), ["резерв"]);
        recalled.fill(&mut now, &mut now_plan);
        let answers = answers_to_remember(&register, &header_row, &now, &now_plan);
        let register = after(&register, answers);
        let recalled = recall(&register, &header_row, &ReadChoices::default(), &plan());
        assert_eq!(recalled.columns.iter().map(|column| column.index).collect::<Vec<_>>(), [3]);
        assert_eq!((recalled.scope, recalled.default_role), (Some(Scope::Additions), Some(Role::Parent)));
        assert_eq!(recalled.class_answers["5 гум"], ClassAnswer::LeaveOut);
    }

    #[test]
    fn a_file_that_says_whom_it_lists_is_believed() {
        let register = empty();
        let plain = header("Фамилия;Имя;Класс;Телефон");
        let read = ReadChoices { default_role: Some(Role::Student), ..ReadChoices::default() };
        let register = after(&register, answers_to_remember(&register, &plain, &read, &plan()));
        let titled = header("Список педагогов\n\nФамилия;Имя;Класс;Телефон");
        assert_eq!(titled.role_hint, Some(Role::Teacher));
        assert_eq!(recall(&register, &titled, &ReadChoices::default(), &plan()).default_role, None);
        let untitled = recall(&register, &plain, &ReadChoices::default(), &plan());
        assert_eq!(untitled.default_role, Some(Role::Student));
    }

    #[test]
    fn corrected_rows_are_the_same_kind_of_file_but_never_a_whole_list() {
        let whole = header("Фамилия;Имя;Команда;Телефон");
        let (read, choices) = answered();
        let register = after(&empty(), answers_to_remember(&empty(), &whole, &read, &choices));
        let rows = header("Фамилия;Имя;Команда;Телефон;Строка файла;Что исправить");
        let recalled = recall(&register, &rows, &ReadChoices::default(), &plan());
        assert_eq!((recalled.scope, recalled.default_role), (None, Some(Role::Student)));
        assert_eq!(recalled.columns.len(), 1);
        let (mut read, mut choices) = (ReadChoices::default(), PlanChoices { recall_scope: false, ..plan() });
        recalled.fill(&mut read, &mut choices);
        assert!(answers_to_remember(&register, &rows, &read, &choices).is_empty());
    }

    #[test]
    fn protected_columns_stay_protected() {
        let header_row = header("Фамилия;Имя;Адрес;Класс");
        let read = ReadChoices {
            column_overrides: vec![ColumnOverride { index: 2, field: Field::Group }],
            ..ReadChoices::default()
        };
        let register = after(&empty(), answers_to_remember(&empty(), &header_row, &read, &plan()));
        assert!(recall(&register, &header_row, &ReadChoices::default(), &plan()).columns.is_empty());
    }

    #[test]
    fn answers_are_told_in_russian() {
        let header_row = header("Фамилия;Имя;Команда;Телефон");
        let (read, choices) = answered();
        let answers = answers_to_remember(&empty(), &header_row, &read, &choices);
        let told: Vec<String> = answers
            .iter()
            .map(|answer| remembered_words(answer).map(|(about, said)| format!("{about} = {said}")))
            .collect::<Option<_>>()
            .expect("every answer is readable");
        assert_eq!(
            told,
            [
                "Столбцы таких списков = столбец 3: класс или группа",
                "Что в таких списках = полный список этих классов; роль: ученик; «тьютор»: учитель",
                "Класс «5 гум» в списках = 5Г",
                "Класс «резерв» в списках = не загружать",
            ]
        );
    }

    #[test]
    fn nothing_said_is_nothing_kept() {
        let choices = PlanChoices { recall_scope: false, ..plan() };
        let header_row = header("Фамилия;Имя;Класс;Телефон");
        assert!(answers_to_remember(&empty(), &header_row, &ReadChoices::default(), &choices).is_empty());
    }
}
