//! The duties of the administrator and, beside them, what teachers do [R 1.8, 2.1–2.10].

/// One duty. The dashes of clause 2.3 carry no numbers in the regulation: 2.3-1 … 2.3-10 are ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Duty {
    /// 2.1 The administrator is appointed by the head's order.
    Appointment,
    /// 2.2 After the move to MAX every needed chat exists.
    ChatTransfer,
    /// 2.3-1 Information on the organization.
    OrganizationCard,
    /// 2.3-2 The component that joins all teaching staff.
    TeachingStaff,
    /// 2.3-3 The structure.
    Structure,
    /// 2.3-4 Invite links.
    InviteLinks,
    /// 2.3-5 Class teachers.
    ClassTeachers,
    /// 2.3-6 Join requests.
    JoinRequests,
    /// 2.3-7 Confirmation of status.
    StatusConfirmation,
    /// 2.3-8 Movement of students and staff.
    Movement,
    /// 2.3-9 Unclaimed links are revoked.
    RevokeUnclaimed,
    /// 2.3-10 Help and support.
    Support,
    /// 2.4 Oversight of the use.
    Oversight,
    /// 2.5 The class teacher's chats.
    ClassChats,
    /// 2.6 The subject teacher's chats.
    SubjectChats,
    /// 2.7 The role of non-teaching employees.
    EmployeeRole,
    /// 2.8 Students join by a teacher's link.
    StudentsJoin,
    /// 2.9 Parents join by a link or through the diary.
    ParentsJoin,
    /// 2.10 Safe mode.
    SafeMode,
    /// 1.8 Taking part is voluntary.
    Voluntary,
}

impl Duty {
    /// Every duty: the administrator's own first, in the order of the regulation.
    pub const ALL: [Duty; 20] = [
        Duty::Appointment,
        Duty::OrganizationCard,
        Duty::TeachingStaff,
        Duty::Structure,
        Duty::InviteLinks,
        Duty::ClassTeachers,
        Duty::JoinRequests,
        Duty::StatusConfirmation,
        Duty::Movement,
        Duty::RevokeUnclaimed,
        Duty::Support,
        Duty::Oversight,
        Duty::Voluntary,
        Duty::ChatTransfer,
        Duty::ClassChats,
        Duty::SubjectChats,
        Duty::EmployeeRole,
        Duty::StudentsJoin,
        Duty::ParentsJoin,
        Duty::SafeMode,
    ];

    /// Stable code, «2.3-9»: the key of `Organization::own_clauses` and `not_required`.
    pub fn code(self) -> &'static str {
        match self {
            Duty::Appointment => "2.1",
            Duty::ChatTransfer => "2.2",
            Duty::OrganizationCard => "2.3-1",
            Duty::TeachingStaff => "2.3-2",
            Duty::Structure => "2.3-3",
            Duty::InviteLinks => "2.3-4",
            Duty::ClassTeachers => "2.3-5",
            Duty::JoinRequests => "2.3-6",
            Duty::StatusConfirmation => "2.3-7",
            Duty::Movement => "2.3-8",
            Duty::RevokeUnclaimed => "2.3-9",
            Duty::Support => "2.3-10",
            Duty::Oversight => "2.4",
            Duty::ClassChats => "2.5",
            Duty::SubjectChats => "2.6",
            Duty::EmployeeRole => "2.7",
            Duty::StudentsJoin => "2.8",
            Duty::ParentsJoin => "2.9",
            Duty::SafeMode => "2.10",
            Duty::Voluntary => "1.8",
        }
    }

    /// The duty with this code.
    pub fn from_code(code: &str) -> Option<Duty> {
        Duty::ALL.into_iter().find(|duty| duty.code() == code)
    }

    /// The clause as it stands on screen, «п. 2.3»; our own numbers of the dashes are not shown.
    pub fn clause(self) -> String {
        let code = self.code();
        format!("п. {}", code.split_once('-').map_or(code, |(clause, _)| clause))
    }

    /// Short name in Russian, lower case, to stand after the clause.
    pub fn title(self) -> &'static str {
        match self {
            Duty::Appointment => "назначение администратора приказом",
            Duty::ChatTransfer => "перенос чатов из VK Мессенджера в MAX",
            Duty::OrganizationCard => "сведения об организации",
            Duty::TeachingStaff => "педагогический коллектив",
            Duty::Structure => "структура организации",
            Duty::InviteLinks => "создание и передача ссылок-приглашений",
            Duty::ClassTeachers => "закрепление классных руководителей",
            Duty::JoinRequests => "рассмотрение заявок на вступление",
            Duty::StatusConfirmation => "подтверждение статусов «учитель» и «сотрудник»",
            Duty::Movement => "движение обучающихся и сотрудников",
            Duty::RevokeUnclaimed => "аннулирование невостребованных ссылок",
            Duty::Support => "помощь и поддержка участников",
            Duty::Oversight => "контроль использования",
            Duty::ClassChats => "чаты классных руководителей",
            Duty::SubjectChats => "чаты по предметам",
            Duty::EmployeeRole => "роль «сотрудник» у тех, кто не преподаёт",
            Duty::StudentsJoin => "вступление учеников по ссылке учителя",
            Duty::ParentsJoin => "вступление родителей по ссылке или через дневник",
            Duty::SafeMode => "безопасный режим",
            Duty::Voluntary => "добровольность участия",
        }
    }

    /// «п. 2.3, аннулирование невостребованных ссылок».
    pub fn line(self) -> String {
        format!("{}, {}", self.clause(), self.title())
    }

    /// Whether the administrator answers for it («Мои обязанности»); the others are «Делают учителя:
    /// вижу, не отвечаю» [R 2.2, 2.5–2.10].
    pub fn ours(self) -> bool {
        match self {
            Duty::ChatTransfer
            | Duty::ClassChats
            | Duty::SubjectChats
            | Duty::EmployeeRole
            | Duty::StudentsJoin
            | Duty::ParentsJoin
            | Duty::SafeMode => false,
            Duty::Appointment
            | Duty::OrganizationCard
            | Duty::TeachingStaff
            | Duty::Structure
            | Duty::InviteLinks
            | Duty::ClassTeachers
            | Duty::JoinRequests
            | Duty::StatusConfirmation
            | Duty::Movement
            | Duty::RevokeUnclaimed
            | Duty::Support
            | Duty::Oversight
            | Duty::Voluntary => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_duty_has_a_code_of_its_own_and_is_listed() {
        for duty in Duty::ALL {
            assert_eq!(Duty::from_code(duty.code()), Some(duty));
        }
        let own: Vec<&str> = Duty::ALL.into_iter().filter(|duty| duty.ours()).map(Duty::code).collect();
        let of_section: Vec<String> = (1..=10).map(|number| format!("2.3-{number}")).collect();
        assert!(of_section.iter().all(|code| own.contains(&code.as_str())), "{own:?}");
        assert_eq!(Duty::from_code("2.3-11"), None);
    }

    #[test]
    fn our_numbers_of_the_dashes_stay_off_the_screen() {
        assert_eq!(Duty::RevokeUnclaimed.line(), "п. 2.3, аннулирование невостребованных ссылок");
        assert_eq!(Duty::Support.clause(), "п. 2.3");
        assert_eq!(Duty::SafeMode.clause(), "п. 2.10");
    }
}
