//! The genitive of names: «мама Саши Ивановой» names the child in it.
//!
//! Declined forwards, from the nominative that the register holds: the way back is ambiguous («Иванова» is
//! Иванов's genitive and Иванова's nominative). All names come folded.

/// The genitives a given name or its short form may take.
pub(super) fn given_genitives(name: &str) -> Vec<String> {
    match name {
        "лев" => return vec!["льва".into(), "лева".into()],
        "павел" => return vec!["павла".into(), "павела".into()],
        _ => {}
    }
    let (stem, last) = split_last(name);
    match last {
        Some('а') if takes_i(stem) => vec![format!("{stem}и")],
        Some('а') => vec![format!("{stem}ы")],
        Some('я') => vec![format!("{stem}и")],
        Some('й') => vec![format!("{stem}я")],
        Some('ь') => vec![format!("{stem}я"), format!("{stem}и")],
        Some('к') if stem.ends_with('е') => vec![format!("{}ька", &stem[..stem.len() - 2])],
        Some('к') if stem.ends_with('о') => {
            vec![format!("{}ка", &stem[..stem.len() - 2]), format!("{name}а")]
        }
        Some(letter) if is_vowel(letter) => vec![name.to_owned()],
        Some(_) => vec![format!("{name}а"), name.to_owned()],
        None => Vec::new(),
    }
}

/// The genitives a surname may take: as a man's, a woman's and a family's («Саши и Пети Ивановых»).
pub(super) fn surname_genitives(surname: &str) -> Vec<String> {
    let halves: Vec<&str> = surname.split(['-', ' ']).filter(|half| !half.is_empty()).collect();
    if halves.len() == 2 {
        let (first, second) = (simple_surname_genitives(halves[0]), simple_surname_genitives(halves[1]));
        let joined = first.iter().zip(&second).map(|(first, second)| format!("{first}-{second}"));
        let mut all: Vec<String> = joined.collect();
        // «Ким-Соколовой»: the first half may stay as it is.
        all.extend(second.iter().map(|second| format!("{}-{second}", halves[0])));
        all.extend(first);
        all.extend(second);
        return all;
    }
    simple_surname_genitives(surname)
}

fn simple_surname_genitives(surname: &str) -> Vec<String> {
    let with = |cut: usize, ending: &str| {
        let letters = surname.chars().count();
        let stem: String = surname.chars().take(letters.saturating_sub(cut)).collect();
        format!("{stem}{ending}")
    };
    let ends = |endings: &[&str]| endings.iter().any(|ending| surname.ends_with(ending));
    if ends(&["ова", "ева", "ина", "ына"]) {
        return vec![with(1, "ой"), with(1, "ых"), with(1, "ы")];
    }
    if ends(&["ов", "ев", "ин", "ын"]) {
        return vec![with(0, "а"), with(0, "ых")];
    }
    if ends(&["ая"]) {
        return vec![with(2, "ой"), with(2, "их"), with(2, "ых")];
    }
    if ends(&["ий", "ый", "ой"]) {
        return vec![with(2, "ого"), with(2, "его"), with(2, "их"), with(2, "ых"), with(1, "я")];
    }
    if ends(&["ых", "их"]) {
        return vec![surname.to_owned()];
    }
    let (stem, last) = split_last(surname);
    match last {
        Some('а') => vec![format!("{stem}{}", if takes_i(stem) { "и" } else { "ы" }), format!("{stem}ой")],
        Some('я') => vec![format!("{stem}и"), format!("{stem}ей")],
        Some('й' | 'ь') => vec![format!("{stem}я")],
        Some('ц') if stem.ends_with('е') => vec![format!("{}ца", &stem[..stem.len() - 2]), with(0, "а")],
        Some(letter) if !is_vowel(letter) => vec![with(0, "а")],
        _ => vec![surname.to_owned()],
    }
}

/// What a man's and a woman's form of one surname share: «Иванов», «Иванова» → «иванов»; «-ский», «-ская» → «-ск».
pub(super) fn surname_stem(surname: &str) -> &str {
    for ending in ["ая", "ий", "ый", "ой"] {
        if let Some(stem) = surname.strip_suffix(ending) {
            return stem;
        }
    }
    for ending in ["ова", "ева", "ина", "ына"] {
        if surname.ends_with(ending) {
            return &surname[..surname.len() - 'а'.len_utf8()];
        }
    }
    surname
}

fn split_last(word: &str) -> (&str, Option<char>) {
    match word.char_indices().next_back() {
        Some((place, letter)) => (&word[..place], Some(letter)),
        None => (word, None),
    }
}

fn takes_i(stem: &str) -> bool {
    stem.ends_with(['г', 'к', 'х', 'ж', 'ч', 'ш', 'щ'])
}

fn is_vowel(letter: char) -> bool {
    "аеёиоуыэюя".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn genitives_of_given_names() {
        let cases = [
            ("саша", "саши"),
            ("ваня", "вани"),
            ("анна", "анны"),
            ("мария", "марии"),
            ("илья", "ильи"),
            ("андрей", "андрея"),
            ("игорь", "игоря"),
            ("любовь", "любови"),
            ("иван", "ивана"),
            ("лев", "льва"),
            ("павел", "павла"),
            ("петр", "петра"),
            ("санек", "санька"),
            ("сашок", "сашка"),
            ("марк", "марка"),
            ("лео", "лео"),
        ];
        for (name, genitive) in cases {
            assert!(given_genitives(name).iter().any(|form| form == genitive), "{name}");
        }
    }

    #[test]
    fn genitives_of_surnames() {
        let cases = [
            ("иванов", "иванова"),
            ("иванова", "ивановой"),
            ("иванова", "ивановых"),
            ("волжский", "волжского"),
            ("волжская", "волжской"),
            ("толстой", "толстого"),
            ("мельник", "мельника"),
            ("коваленко", "коваленко"),
            ("седых", "седых"),
            ("гайдай", "гайдая"),
            ("орлова-волжская", "орловой-волжской"),
            ("орлова-волжская", "орловой"),
            ("ким-соколова", "ким-соколовой"),
            ("кравец", "кравца"),
        ];
        for (name, genitive) in cases {
            assert!(surname_genitives(name).iter().any(|form| form == genitive), "{name}");
        }
    }

    #[test]
    fn one_stem_for_both_forms_of_a_surname() {
        for (man, woman) in [("иванов", "иванова"), ("волжский", "волжская"), ("мельник", "мельник")]
        {
            assert_eq!(surname_stem(man), surname_stem(woman));
        }
    }
}
