//! What the screen shows, computed beside the worker: a file of a town would hold a frame up.

use jiff::civil::Date;

use crate::names::Role;
use crate::register::Register;
use crate::regulation::{CoursePoint, Duty, DutyLine, HeadReport, coverage_course, duty_page, head_report};

/// Most points of a course.
const MOST_POINTS: usize = 12;

/// Which facts: of which register, judged on which day, compared with which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactsKey {
    pub version: (u64, Date),
    /// The day of «было».
    pub then: Option<Date>,
}

/// The facts of one register on one day.
pub struct ReportFacts {
    pub key: FactsKey,
    pub duties: Vec<DutyLine>,
    pub report: HeadReport,
    /// How coverage of students and parents went over the school year.
    pub courses: Vec<(Role, Vec<CoursePoint>)>,
}

impl ReportFacts {
    /// Computes everything; pure, and too slow for a frame where there are 100,000 people.
    pub fn of(register: &Register, key: FactsKey, today: Date) -> ReportFacts {
        let course = |role| (role, coverage_course(register, role, today, today, MOST_POINTS));
        ReportFacts {
            key,
            duties: duty_page(register, today),
            report: head_report(register, key.then, today, today),
            courses: [Role::Student, Role::Parent].map(course).into(),
        }
    }

    /// The page of a duty.
    pub fn duty(&self, duty: Duty) -> Option<&DutyLine> {
        self.duties.iter().find(|line| line.status.duty == duty)
    }
}
