//! The words for roles, in the cases that sentences need.

use super::number_words::counted;
use crate::names::Role;

/// «учитель», «сотрудник», «ученик», «родитель»: one of them, as a label.
pub fn role_name(role: Role) -> &'static str {
    forms(role).name
}

/// «ученика»: «роль ученика», «2 ученика».
pub fn role_genitive(role: Role) -> &'static str {
    forms(role).genitive
}

/// «ученики»: headings and filters.
pub fn role_plural(role: Role) -> &'static str {
    forms(role).plural
}

/// «учеников»: «ссылка для учеников», «добавить учеников» (people: genitive and accusative are one form).
pub fn role_genitive_plural(role: Role) -> &'static str {
    forms(role).genitive_plural
}

/// «ученикам»: «передана ученикам».
pub fn role_dative_plural(role: Role) -> &'static str {
    forms(role).dative_plural
}

/// «27 учеников», «1 родитель».
pub fn role_counted(n: u64, role: Role) -> String {
    let forms = forms(role);
    counted(n, forms.name, forms.genitive, forms.genitive_plural)
}

struct RoleForms {
    name: &'static str,
    genitive: &'static str,
    plural: &'static str,
    genitive_plural: &'static str,
    dative_plural: &'static str,
}

fn forms(role: Role) -> RoleForms {
    match role {
        Role::Teacher => RoleForms {
            name: "учитель",
            genitive: "учителя",
            plural: "учителя",
            genitive_plural: "учителей",
            dative_plural: "учителям",
        },
        Role::Employee => RoleForms {
            name: "сотрудник",
            genitive: "сотрудника",
            plural: "сотрудники",
            genitive_plural: "сотрудников",
            dative_plural: "сотрудникам",
        },
        Role::Student => RoleForms {
            name: "ученик",
            genitive: "ученика",
            plural: "ученики",
            genitive_plural: "учеников",
            dative_plural: "ученикам",
        },
        Role::Parent => RoleForms {
            name: "родитель",
            genitive: "родителя",
            plural: "родители",
            genitive_plural: "родителей",
            dative_plural: "родителям",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_counted_in_the_right_form() {
        let cases = [
            (1, Role::Student, "1 ученик"),
            (2, Role::Student, "2 ученика"),
            (27, Role::Student, "27 учеников"),
            (21, Role::Parent, "21 родитель"),
            (5, Role::Teacher, "5 учителей"),
            (3, Role::Employee, "3 сотрудника"),
        ];
        for (n, role, text) in cases {
            assert_eq!(role_counted(n, role), text);
        }
    }

    #[test]
    fn every_role_has_its_own_words() {
        for word in [role_name, role_genitive, role_plural, role_genitive_plural, role_dative_plural] {
            let mut words: Vec<&str> = Role::ALL.into_iter().map(word).collect();
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), Role::ALL.len());
        }
        assert_eq!(role_plural(Role::Student), "ученики");
        assert_eq!(role_genitive_plural(Role::Student), "учеников");
    }
}
