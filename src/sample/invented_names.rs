//! Lists from which the people of the sample are put together. Every single word is common, every combination is
//! chance; no list of a real school stands behind them.

use super::chance::Chance;
use crate::names::FullName;

/// A surname as a man and as a woman bears it.
type Surname = (&'static str, &'static str);
/// A man's given name and what his son and his daughter get from it.
type Father = (&'static str, &'static str, &'static str);

#[rustfmt::skip]
const SURNAMES: [Surname; 66] = [
    ("Агапов", "Агапова"), ("Аксёнов", "Аксёнова"), ("Балашов", "Балашова"), ("Баранов", "Баранова"),
    ("Белов", "Белова"), ("Березин", "Березина"), ("Бобров", "Боброва"), ("Бойко", "Бойко"),
    ("Воронцов", "Воронцова"), ("Галкин", "Галкина"), ("Голубев", "Голубева"), ("Гордеев", "Гордеева"),
    ("Громов", "Громова"), ("Демидов", "Демидова"), ("Дроздов", "Дроздова"), ("Дьячков", "Дьячкова"),
    ("Егоров", "Егорова"), ("Ежов", "Ежова"), ("Ершов", "Ершова"), ("Жданов", "Жданова"),
    ("Журавлёв", "Журавлёва"), ("Зайцев", "Зайцева"), ("Зимин", "Зимина"), ("Зуев", "Зуева"),
    ("Казаков", "Казакова"), ("Калинин", "Калинина"), ("Карпов", "Карпова"), ("Киселёв", "Киселёва"),
    ("Климов", "Климова"), ("Коваленко", "Коваленко"), ("Комаров", "Комарова"), ("Королёв", "Королёва"),
    ("Крылов", "Крылова"), ("Кудрявцев", "Кудрявцева"), ("Лебедев", "Лебедева"), ("Логинов", "Логинова"),
    ("Лужин", "Лужина"), ("Лыткин", "Лыткина"), ("Макаров", "Макарова"), ("Мартынов", "Мартынова"),
    ("Мельник", "Мельник"), ("Миронов", "Миронова"), ("Морозов", "Морозова"), ("Некрасов", "Некрасова"),
    ("Овчинников", "Овчинникова"), ("Осипов", "Осипова"), ("Панфилов", "Панфилова"), ("Пестов", "Пестова"),
    ("Рогов", "Рогова"), ("Рябинин", "Рябинина"), ("Савельев", "Савельева"), ("Седых", "Седых"),
    ("Семёнов", "Семёнова"), ("Скворцов", "Скворцова"), ("Снегирёв", "Снегирёва"), ("Субботин", "Субботина"),
    ("Сухарев", "Сухарева"), ("Тарасов", "Тарасова"), ("Трофимов", "Трофимова"), ("Туманов", "Туманова"),
    ("Ушаков", "Ушакова"), ("Фомин", "Фомина"), ("Чайкин", "Чайкина"), ("Шубин", "Шубина"),
    ("Орлов-Волжский", "Орлова-Волжская"), ("Луговой-Сосновский", "Луговая-Сосновская"),
];

#[rustfmt::skip]
const FATHERS: [Father; 24] = [
    ("Александр", "Александрович", "Александровна"), ("Алексей", "Алексеевич", "Алексеевна"),
    ("Андрей", "Андреевич", "Андреевна"), ("Антон", "Антонович", "Антоновна"),
    ("Борис", "Борисович", "Борисовна"), ("Вадим", "Вадимович", "Вадимовна"),
    ("Виктор", "Викторович", "Викторовна"), ("Владимир", "Владимирович", "Владимировна"),
    ("Геннадий", "Геннадьевич", "Геннадьевна"), ("Денис", "Денисович", "Денисовна"),
    ("Дмитрий", "Дмитриевич", "Дмитриевна"), ("Евгений", "Евгеньевич", "Евгеньевна"),
    ("Иван", "Иванович", "Ивановна"), ("Игорь", "Игоревич", "Игоревна"),
    ("Кирилл", "Кириллович", "Кирилловна"), ("Максим", "Максимович", "Максимовна"),
    ("Михаил", "Михайлович", "Михайловна"), ("Николай", "Николаевич", "Николаевна"),
    ("Олег", "Олегович", "Олеговна"), ("Павел", "Павлович", "Павловна"),
    ("Пётр", "Петрович", "Петровна"), ("Роман", "Романович", "Романовна"),
    ("Сергей", "Сергеевич", "Сергеевна"), ("Юрий", "Юрьевич", "Юрьевна"),
];

#[rustfmt::skip]
const BOYS: [&str; 30] = [
    "Александр", "Алексей", "Артём", "Богдан", "Вадим", "Василий", "Глеб", "Даниил", "Денис", "Дмитрий", "Егор",
    "Захар", "Иван", "Илья", "Кирилл", "Лев", "Макар", "Максим", "Марк", "Матвей", "Михаил", "Никита", "Павел",
    "Пётр", "Роман", "Савелий", "Семён", "Степан", "Тимофей", "Фёдор",
];

#[rustfmt::skip]
const GIRLS: [&str; 30] = [
    "Алиса", "Алёна", "Анастасия", "Анна", "Арина", "Валерия", "Варвара", "Вера", "Вероника", "Виктория", "Дарья",
    "Ева", "Екатерина", "Елизавета", "Злата", "Ксения", "Кира", "Маргарита", "Мария", "Милана", "Надежда", "Нина",
    "Ольга", "Полина", "Софья", "Стефания", "Таисия", "Ульяна", "Юлия", "Яна",
];

#[rustfmt::skip]
const WOMEN: [&str; 24] = [
    "Алла", "Анна", "Валентина", "Вера", "Галина", "Дарья", "Евгения", "Екатерина", "Елена", "Жанна", "Инна",
    "Ирина", "Ксения", "Лариса", "Любовь", "Людмила", "Марина", "Надежда", "Наталья", "Оксана", "Ольга", "Светлана",
    "Татьяна", "Юлия",
];

#[rustfmt::skip]
const TATAR_SURNAMES: [Surname; 8] = [
    ("Абдуллин", "Абдуллина"), ("Валиев", "Валиева"), ("Галимов", "Галимова"), ("Закиров", "Закирова"),
    ("Мухаметшин", "Мухаметшина"), ("Сафин", "Сафина"), ("Хасанов", "Хасанова"), ("Юсупов", "Юсупова"),
];
#[rustfmt::skip]
const TATAR_FATHERS: [Father; 6] = [
    ("Айрат", "Айратович", "Айратовна"), ("Ильдар", "Ильдарович", "Ильдаровна"),
    ("Марат", "Маратович", "Маратовна"), ("Рустам", "Рустамович", "Рустамовна"),
    ("Тимур", "Тимурович", "Тимуровна"), ("Фарид", "Фаридович", "Фаридовна"),
];
const TATAR_BOYS: [&str; 6] = ["Амир", "Булат", "Дамир", "Камиль", "Ринат", "Тагир"];
const TATAR_GIRLS: [&str; 6] = ["Азалия", "Алия", "Диляра", "Камила", "Лейсан", "Эльвира"];
const TATAR_WOMEN: [&str; 5] = ["Альбина", "Гульнара", "Зульфия", "Резеда", "Фарида"];

const AZERBAIJANI_SURNAMES: [Surname; 4] =
    [("Алиев", "Алиева"), ("Гасанов", "Гасанова"), ("Мамедов", "Мамедова"), ("Рзаев", "Рзаева")];
#[rustfmt::skip]
const AZERBAIJANI_FATHERS: [Father; 4] = [
    ("Рашид", "Рашид оглы", "Рашид кызы"), ("Фикрет", "Фикрет оглы", "Фикрет кызы"),
    ("Эльчин", "Эльчин оглы", "Эльчин кызы"), ("Ялчин", "Ялчин оглы", "Ялчин кызы"),
];
const AZERBAIJANI_BOYS: [&str; 4] = ["Анар", "Вугар", "Орхан", "Турал"];
const AZERBAIJANI_GIRLS: [&str; 4] = ["Айгюн", "Гюнель", "Лейла", "Нигяр"];
const AZERBAIJANI_WOMEN: [&str; 3] = ["Севда", "Улькер", "Эльмира"];

/// Names that go together.
struct Circle {
    surnames: &'static [Surname],
    fathers: &'static [Father],
    boys: &'static [&'static str],
    girls: &'static [&'static str],
    women: &'static [&'static str],
}

const RUSSIAN: Circle =
    Circle { surnames: &SURNAMES, fathers: &FATHERS, boys: &BOYS, girls: &GIRLS, women: &WOMEN };
const TATAR: Circle = Circle {
    surnames: &TATAR_SURNAMES,
    fathers: &TATAR_FATHERS,
    boys: &TATAR_BOYS,
    girls: &TATAR_GIRLS,
    women: &TATAR_WOMEN,
};
const AZERBAIJANI: Circle = Circle {
    surnames: &AZERBAIJANI_SURNAMES,
    fathers: &AZERBAIJANI_FATHERS,
    boys: &AZERBAIJANI_BOYS,
    girls: &AZERBAIJANI_GIRLS,
    women: &AZERBAIJANI_WOMEN,
};

/// A child with the adults its name comes from.
pub(super) struct FamilyNames {
    pub(super) child: FullName,
    pub(super) mother: FullName,
    pub(super) father: FullName,
}

fn circle(chance: &mut Chance) -> &'static Circle {
    match chance.below(100) {
        0..=6 => &TATAR,
        7..=8 => &AZERBAIJANI,
        _ => &RUSSIAN,
    }
}

/// A child and both parents; one mother in nine bears another surname, one child in a hundred no patronymic.
pub(super) fn family(chance: &mut Chance) -> FamilyNames {
    let circle = circle(chance);
    let surname = *chance.pick(circle.surnames);
    let father = *chance.pick(circle.fathers);
    let mothers_surname = if chance.below(9) == 0 { *chance.pick(circle.surnames) } else { surname };
    let grandfathers = (*chance.pick(circle.fathers), *chance.pick(circle.fathers));
    FamilyNames {
        child: child_of(chance, circle, surname, father),
        mother: FullName::new(mothers_surname.1, chance.pick(circle.women), grandfathers.0.2),
        father: FullName::new(surname.0, father.0, grandfathers.1.1),
    }
}

/// A brother or sister: the father's surname and name decide; `None` for a father from outside the lists.
pub(super) fn sibling(chance: &mut Chance, father: &FullName) -> Option<FullName> {
    let circle = [&RUSSIAN, &TATAR, &AZERBAIJANI]
        .into_iter()
        .find(|circle| circle.surnames.iter().any(|surname| surname.0 == father.surname))?;
    let surname = *circle.surnames.iter().find(|surname| surname.0 == father.surname)?;
    let father = *circle.fathers.iter().find(|listed| listed.0 == father.given)?;
    Some(child_of(chance, circle, surname, father))
}

fn child_of(chance: &mut Chance, circle: &Circle, surname: Surname, father: Father) -> FullName {
    let boy = chance.percent(50);
    let (surname, given, patronymic) = if boy {
        (surname.0, chance.pick(circle.boys), father.1)
    } else {
        (surname.1, chance.pick(circle.girls), father.2)
    };
    let patronymic = if chance.below(100) == 0 { "" } else { patronymic };
    FullName::new(surname, given, patronymic)
}

/// Somebody who works at the school; mostly women, as in schools.
pub(super) fn employee(chance: &mut Chance, women_percent: usize) -> FullName {
    let circle = if chance.below(12) == 0 { &TATAR } else { &RUSSIAN };
    let surname = *chance.pick(circle.surnames);
    let father = *chance.pick(circle.fathers);
    if chance.percent(women_percent) {
        FullName::new(surname.1, chance.pick(circle.women), father.2)
    } else {
        FullName::new(surname.0, chance.pick(circle.fathers).0, father.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_child_agrees_with_its_parents() {
        let mut chance = Chance::new("проверка имён");
        for _ in 0..500 {
            let made = family(&mut chance);
            for name in [&made.child, &made.mother, &made.father] {
                assert_eq!(name.problem(), None);
            }
            let circle = [&RUSSIAN, &TATAR, &AZERBAIJANI]
                .into_iter()
                .find(|circle| circle.surnames.iter().any(|surname| surname.0 == made.father.surname))
                .expect("the father's surname is in a list");
            let father =
                circle.fathers.iter().find(|father| father.0 == made.father.given).expect("a father's name");
            let boy = circle.boys.contains(&made.child.given.as_str());
            let expected = if boy { father.1 } else { father.2 };
            assert!([expected, ""].contains(&made.child.patronymic.as_str()));
            assert!(sibling(&mut chance, &made.father).is_some());
        }
    }
}
