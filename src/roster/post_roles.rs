//! Posts of the staff → roles of the platform, by a rule that the import screen shows and the user can overrule.
//!
//! «Учитель» is who teaches or leads children [R 2.5–2.6], «сотрудник» everybody else of the staff [R 2.7]. The head
//! and the deputies are «сотрудник», unless the same cell names teaching too («заместитель директора, учитель физики»).
//! «Педагог-психолог», «учитель-логопед», «социальный педагог» are pedagogic workers by law but teach no class, so they
//! are «сотрудник» here: it is a proposal, shown with the number of people, and one choice changes it.

use std::collections::{BTreeMap, HashMap};

use super::mapped::PostRole;
use crate::names::{Role, clean, fold};

/// Beginnings of words of posts that stand near teaching and do not teach; looked at before everything else.
const NOT_TEACHING: [&str; 24] = [
    "помощник",
    "помощниц",
    "ассистент",
    "секретар",
    "директор",
    "завуч",
    "заместител",
    "зам",
    "советник",
    "психолог",
    "логопед",
    "дефектолог",
    "социальн",
    "соцпедагог",
    "библиотекар",
    "методист",
    "организатор",
    "вожат",
    "лаборант",
    "заведующ",
    "ахч",
    "ахр",
    "хозяйств",
    "инженер",
];

/// Beginnings of words of posts that teach or lead children.
const TEACHING: [&str; 15] = [
    "учител",
    "преподават",
    "препод",
    "педагог",
    "воспитател",
    "тьютор",
    "куратор",
    "тренер",
    "концертмейстер",
    "хормейстер",
    "балетмейстер",
    "доцент",
    "профессор",
    "инструктор",
    "наставник",
];

/// Beginnings of words of other posts.
const OTHER_STAFF: [&str; 46] = [
    "сотрудни",
    "работник",
    "персонал",
    "руководител",
    "начальник",
    "завхоз",
    "уборщ",
    "охран",
    "бухгалтер",
    "повар",
    "медсестр",
    "медбрат",
    "медицинск",
    "врач",
    "фельдшер",
    "сторож",
    "вахтер",
    "дворник",
    "гардеробщ",
    "водител",
    "кухон",
    "программист",
    "электр",
    "слесар",
    "сантехник",
    "плотник",
    "рабоч",
    "техник",
    "технолог",
    "делопроизводител",
    "документовед",
    "кадр",
    "специалист",
    "экономист",
    "юрист",
    "юрисконсульт",
    "администратор",
    "диспетчер",
    "кладовщ",
    "кастелянш",
    "оператор",
    "архив",
    "контрактн",
    "машинист",
    "мойщи",
    "буфетчи",
];

/// The role of a post, or `None` for one the rule does not know. A cell of several posts («директор, учитель истории»)
/// is a teacher's when one of them teaches.
pub fn role_of_post(post: &str) -> Option<Role> {
    let folded = fold(post);
    let roles = folded.split([',', ';', '+', '(']).filter_map(role_of_single_post);
    // Teacher comes before Employee.
    roles.min()
}

fn role_of_single_post(post: &str) -> Option<Role> {
    let words: Vec<&str> =
        post.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let names_any = |stems: &[&str]| words.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)));
    let pair = |first: &str, second: &str| {
        words.windows(2).any(|pair| pair[0].starts_with(first) && pair[1].starts_with(second))
    };
    if pair("классн", "руковод") || (words.contains(&"кл") && names_any(&["рук"])) {
        return Some(Role::Teacher);
    }
    // «Мастер п/о», «мастер производственного обучения»; other masters lead workshops.
    if pair("мастер", "производств") || post.contains("мастер п/о") || pair("мастер", "по")
    {
        return Some(Role::Teacher);
    }
    if names_any(&NOT_TEACHING) || pair("младш", "воспит") {
        return Some(Role::Employee);
    }
    if names_any(&TEACHING) {
        return Some(Role::Teacher);
    }
    (names_any(&OTHER_STAFF) || words.contains(&"мастер")).then_some(Role::Employee)
}

/// The posts of one file.
pub(super) struct Posts<'h> {
    chosen: &'h BTreeMap<String, Role>,
    /// What people of a post that the rule does not know are: the role of the file, else «сотрудник», since only staff
    /// have posts. A pupil's «староста» stays a pupil.
    unknown: Role,
    posts: Vec<PostRole>,
    post_of: HashMap<String, usize>,
}

impl<'h> Posts<'h> {
    /// `chosen` are the user's roles by folded post, `default_role` is the role of the file.
    pub fn new(chosen: &'h BTreeMap<String, Role>, default_role: Option<Role>) -> Self {
        let unknown = default_role.unwrap_or(Role::Employee);
        Self { chosen, unknown, posts: Vec::new(), post_of: HashMap::new() }
    }

    /// Counts the post of a row and tells its role.
    pub fn role_of(&mut self, text: &str) -> Option<Role> {
        let key = fold(text);
        let index = match self.post_of.get(&key) {
            Some(index) => *index,
            None => {
                let chosen = self.chosen.get(&key).copied();
                let role = chosen.or_else(|| role_of_post(text)).unwrap_or(self.unknown);
                self.posts.push(PostRole {
                    written: clean(text),
                    key: key.clone(),
                    role: Some(role),
                    rows: 0,
                    chosen: chosen.is_some(),
                });
                self.post_of.insert(key, self.posts.len() - 1);
                self.posts.len() - 1
            }
        };
        self.posts[index].rows += 1;
        self.posts[index].role
    }

    /// The posts in the order of the file.
    pub fn finish(self) -> Vec<PostRole> {
        self.posts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_become_roles() {
        let teachers = [
            "учитель физики",
            "Учитель начальных классов",
            "преподаватель",
            "Педагог дополнительного образования",
            "воспитатель ГПД",
            "тьютор",
            "мастер п/о",
            "Мастер производственного обучения",
            "классный руководитель",
            "кл. рук.",
            "заместитель директора по УВР, учитель математики",
            "директор (учитель истории)",
        ];
        let employees = [
            "директор",
            "Заместитель директора по ВР",
            "завуч",
            "секретарь учебной части",
            "педагог-психолог",
            "учитель-логопед",
            "социальный педагог",
            "педагог-библиотекарь",
            "педагог-организатор",
            "советник директора по воспитанию",
            "библиотекарь",
            "главный бухгалтер",
            "повар",
            "помощник воспитателя",
            "младший воспитатель",
            "Рабочий по обслуживанию здания",
            "Вахтёр",
            "охранник",
        ];
        for (posts, role) in [(&teachers[..], Role::Teacher), (&employees[..], Role::Employee)] {
            for post in posts {
                assert_eq!(role_of_post(post), Some(role), "{post}");
            }
        }
        for post in ["звонарь", "староста", "", "5А"] {
            assert_eq!(role_of_post(post), None, "{post}");
        }
    }
}
