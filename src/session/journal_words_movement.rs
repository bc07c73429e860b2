//! Movements in the journal (duty 2.3-8): their sentences, and the words of their fields.

use crate::wording::counted;

/// What an entry of a movement did; `None`: it is none.
pub(super) fn movement_sentence(code: &str, changes: u64) -> Option<String> {
    Some(match code {
        "enrol" => "Зачисление".into(),
        "hire" => "Приём на работу".into(),
        "transfer" => "Перевод".into(),
        "leave" => "Отчисление".into(),
        "graduate" => "Выпуск".into(),
        "dismiss" => "Увольнение".into(),
        "return_person" => "Возвращение".into(),
        "rename_person" => "Смена имени".into(),
        "new_phone" => "Новый номер телефона".into(),
        "tick_movements" => {
            format!("Отмечено в кабинете: {}", counted(changes, "движение", "движения", "движений"))
        }
        _ => return None,
    })
}

/// The words of fields that movements brought; any other name as it is.
pub(super) fn movement_field_words(name: &str) -> &str {
    match name {
        "absent_until" => "Отсутствует по",
        "absence_reason" => "Причина отсутствия",
        "contract_until" => "Договор до",
        "former_names" => "Прежние имена",
        "refusal_withdrawn_on" => "Отказ отозван",
        "staff_act" => "Акт, обязывающий сотрудников",
        other => other,
    }
}

/// The words of codes that movements brought.
pub(super) fn movement_code_words(code: &str) -> Option<&'static str> {
    Some(match code {
        "returned" => "возвращение",
        "renamed" => "смена имени",
        "parental_leave" => "декрет, отпуск по уходу",
        "sick_leave" => "больничный",
        "other_leave" => "другое",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::{MovementOperation, MovementStep, Operation, Person};

    #[test]
    fn every_movement_has_a_sentence() {
        let step = MovementStep::NewPhone { seen: Person::default().into(), phone: None, tasks: vec![] };
        let operation =
            MovementOperation { on: jiff::civil::date(2026, 10, 12), order: Default::default(), step };
        let code = Operation::RecordMovement(Box::new(operation)).code();
        assert_eq!(movement_sentence(&code, 1).as_deref(), Some("Новый номер телефона"));
        assert_eq!(
            movement_sentence("tick_movements", 3).as_deref(),
            Some("Отмечено в кабинете: 3 движения")
        );
        assert_eq!(movement_sentence("undo", 1), None);
    }
}
