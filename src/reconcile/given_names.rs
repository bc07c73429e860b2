//! Given names with the forms people use for them: read once from `assets/names/diminutives.txt`.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::declension::given_genitives;
use super::latin::{foreign_names, skeleton, skeletons};
use crate::names::fold;

const FILE: &str = include_str!("../../assets/names/diminutives.txt");

/// Whose name it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sex {
    Man,
    Woman,
}

/// One name in all its spellings: the number of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct NameNumber(pub u16);

/// All given names.
pub(super) struct GivenNames {
    /// Folded spelling a roster may hold → the name.
    full: HashMap<String, NameNumber>,
    /// Folded form of any kind → the names it may stand for.
    forms: HashMap<String, Vec<NameNumber>>,
    /// Skeleton of any form → the names it may stand for.
    skeletons: HashMap<String, Vec<NameNumber>>,
    /// For every name its folded forms, full spellings first.
    forms_of: Vec<Vec<String>>,
    sexes: Vec<Sex>,
}

/// The table, read at the first call.
pub(super) fn given_names() -> &'static GivenNames {
    static READ: OnceLock<GivenNames> = OnceLock::new();
    READ.get_or_init(|| GivenNames::read(FILE))
}

impl GivenNames {
    fn read(text: &str) -> GivenNames {
        let mut names = GivenNames {
            full: HashMap::new(),
            forms: HashMap::new(),
            skeletons: HashMap::new(),
            forms_of: Vec::new(),
            sexes: Vec::new(),
        };
        let mut sex = Sex::Man;
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line {
                "[мужские]" => sex = Sex::Man,
                "[женские]" => sex = Sex::Woman,
                _ => {
                    let (spellings, forms) = line.split_once(':').unwrap_or((line, ""));
                    names.add(spellings, forms, sex);
                }
            }
        }
        for (name, forms) in foreign_names() {
            if let Some(number) = names.full.get(&fold(name)).copied() {
                for form in forms.iter().flat_map(|form| skeletons(&fold(form))) {
                    add_once(&mut names.skeletons, form, number);
                }
            }
        }
        names
    }

    fn add(&mut self, spellings: &str, forms: &str, sex: Sex) {
        let number = NameNumber(self.sexes.len() as u16);
        self.sexes.push(sex);
        let words = |list: &str| -> Vec<String> {
            list.split(',').map(fold).filter(|word| !word.is_empty()).collect()
        };
        let spellings = words(spellings);
        for spelling in &spellings {
            self.full.entry(spelling.clone()).or_insert(number);
        }
        let mut all = spellings;
        for form in words(forms) {
            if !all.contains(&form) {
                all.push(form);
            }
        }
        for form in &all {
            add_once(&mut self.forms, form.clone(), number);
            add_once(&mut self.skeletons, skeleton(form), number);
        }
        self.forms_of.push(all);
    }

    /// The name that a roster's given name (folded) is a spelling of.
    pub(super) fn name_of(&self, given: &str) -> Option<NameNumber> {
        self.full.get(given).copied()
    }

    /// The names that a folded Russian word may stand for.
    pub(super) fn readings(&self, word: &str) -> &[NameNumber] {
        self.forms.get(word).map_or(&[], Vec::as_slice)
    }

    /// The names that a Latin word of this skeleton may stand for.
    pub(super) fn latin_readings(&self, skeleton: &str) -> &[NameNumber] {
        self.skeletons.get(skeleton).map_or(&[], Vec::as_slice)
    }

    /// Whether the word is a full spelling of a name, not a short form.
    pub(super) fn is_full(&self, word: &str) -> bool {
        self.full.contains_key(word)
    }

    /// All forms of a name, folded.
    pub(super) fn forms_of(&self, name: NameNumber) -> &[String] {
        self.forms_of.get(usize::from(name.0)).map_or(&[], Vec::as_slice)
    }

    /// Whose name it is.
    pub(super) fn sex_of(&self, name: NameNumber) -> Option<Sex> {
        self.sexes.get(usize::from(name.0)).copied()
    }

    /// Whether a word is the genitive of some name and no nominative: «Саши», not «Саша».
    pub(super) fn is_only_genitive(&self, word: &str) -> bool {
        static GENITIVES: OnceLock<std::collections::HashSet<String>> = OnceLock::new();
        let genitives =
            GENITIVES.get_or_init(|| self.forms.keys().flat_map(|form| given_genitives(form)).collect());
        !self.forms.contains_key(word) && genitives.contains(word)
    }
}

fn add_once(map: &mut HashMap<String, Vec<NameNumber>>, key: String, number: NameNumber) {
    let list = map.entry(key).or_default();
    if !list.contains(&number) {
        list.push(number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stands_for(form: &str, full: &str) -> bool {
        let names = given_names();
        names.name_of(&fold(full)).is_some_and(|number| names.readings(&fold(form)).contains(&number))
    }

    #[test]
    fn short_forms_stand_for_every_name_they_belong_to() {
        for (form, full) in [
            ("Саша", "Александр"),
            ("Саша", "Александра"),
            ("Алёна", "Елена"),
            ("Слава", "Вячеслав"),
            ("Наташа", "Наталия"),
            ("Лёша", "Алексей"),
            ("Соня", "Софья"),
            ("Гоша", "Егор"),
        ] {
            assert!(stands_for(form, full), "{form} {full}");
        }
        assert!(!stands_for("Саша", "Мария") && !stands_for("Анна", "Яна"));
    }

    #[test]
    fn the_table_is_large_and_every_spelling_stands_once() {
        let names = given_names();
        assert!(names.sexes.len() >= 250, "{}", names.sexes.len());
        let with_forms = names.forms_of.iter().filter(|forms| forms.len() > 2).count();
        assert!(with_forms >= 150, "{with_forms}");
        let mut seen = std::collections::BTreeSet::new();
        let mut section = "";
        for line in FILE.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if line.starts_with('[') {
                section = line;
                continue;
            }
            for spelling in line.split(':').next().unwrap_or("").split(',') {
                assert!(seen.insert((section, fold(spelling))), "{spelling} stands twice");
            }
        }
    }

    #[test]
    fn foreign_forms_are_read() {
        let names = given_names();
        for (form, full) in [("alexander", "александр"), ("peter", "петр"), ("kate", "екатерина")]
        {
            let number = names.name_of(full).expect("in the table");
            assert!(
                skeletons(form).iter().any(|skeleton| names.latin_readings(skeleton).contains(&number)),
                "{form}"
            );
        }
    }
}
