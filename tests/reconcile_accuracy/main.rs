//! How good the reconciliation is, over made-up lists whose truth is known.
//!
//! `LINES=100000 cargo test --release --test reconcile_accuracy -- --nocapture` prints the figures of BENCHMARKS.md.

#[path = "../support/made_lists.rs"]
mod made_lists;
#[path = "../support/made_members.rs"]
mod made_members;
#[path = "../support/made_names.rs"]
mod made_names;

use std::collections::BTreeMap;

use made_lists::{Truth, made_list};
use made_members::{MadeSchool, TODAY};
use made_names::Chance;
use sferum_console::reconcile::{Confidence, Reconciliation, read_member_list, reconcile};
use sferum_console::register::PersonId;

/// What the program says of one line.
#[derive(Clone, Debug)]
enum Said {
    One(PersonId, Confidence, String),
    Several(Vec<PersonId>),
    Stranger,
}

fn said_of_lines(result: &Reconciliation) -> BTreeMap<u32, Said> {
    let mut said = BTreeMap::new();
    let matches =
        [&result.present, &result.left, &result.wrong_role, &result.wrong_group, &result.declined_present];
    for found in matches.into_iter().flatten() {
        said.insert(found.line, Said::One(found.person, found.confidence, found.why.clone()));
    }
    for line in &result.several {
        said.insert(line.line, Said::Several(line.candidates.clone()));
    }
    for stranger in &result.strangers {
        said.insert(stranger.line, Said::Stranger);
    }
    for twice in &result.twice {
        for line in &twice.lines {
            said.entry(*line).or_insert(Said::One(twice.person, Confidence::Certain, "twice".into()));
        }
    }
    said
}

#[derive(Default)]
struct Score {
    lines: u32,
    people: u32,
    strangers: u32,
    certain: u32,
    certain_wrong: u32,
    likely: u32,
    likely_wrong: u32,
    several: u32,
    several_without: u32,
    recalled: u32,
    strangers_certain: u32,
    strangers_likely: u32,
    nicknames_certain: u32,
    members_lost: u32,
    noise_as_members: u32,
    /// Way → people, certain, likely, several, not found.
    ways: BTreeMap<&'static str, [u32; 5]>,
    shown: u32,
}

impl Score {
    fn add(&mut self, school: &MadeSchool, chance: &mut Chance) {
        let list = made_list(school, chance);
        let read = read_member_list(&list.text);
        let result = reconcile(&school.register, &list.scope, &read, TODAY);
        let said = said_of_lines(&result);
        assert_eq!(said.len(), read.lines.len(), "every member stands in one list");
        let texts: Vec<&str> = list.text.lines().collect();
        for line in &list.lines {
            self.lines += 1;
            let said = said.get(&line.number);
            self.members_lost += u32::from(said.is_none());
            self.judge(line.truth, line.way, said, texts[line.number as usize - 1]);
        }
        let is_member = |number: &u32| list.lines.iter().any(|line| line.number == *number);
        for number in said.keys().filter(|number| !is_member(number)) {
            self.noise_as_members += 1;
            self.show(&format!("noise read as a member: {}", texts[*number as usize - 1]));
        }
    }

    fn judge(&mut self, truth: Truth, way: &'static str, said: Option<&Said>, text: &str) {
        match said {
            Some(Said::One(person, Confidence::Certain, why)) => {
                self.certain += 1;
                if truth != Truth::Person(*person) && truth != Truth::Nickname(*person) {
                    self.certain_wrong += 1;
                    self.show(&format!("certain and wrong ({way}): {text}: {why}"));
                }
                self.strangers_certain += u32::from(truth == Truth::Stranger);
                self.nicknames_certain += u32::from(matches!(truth, Truth::Nickname(_)));
            }
            Some(Said::One(person, Confidence::Likely, why)) => {
                self.likely += 1;
                self.strangers_likely += u32::from(truth == Truth::Stranger);
                if truth != Truth::Person(*person) {
                    self.likely_wrong += 1;
                    if truth != Truth::Stranger {
                        self.show(&format!("likely and wrong ({way}): {text}: {why}"));
                    }
                }
            }
            Some(Said::Several(candidates)) => {
                self.several += 1;
                let holds = matches!(truth, Truth::Person(person) if candidates.contains(&person));
                self.several_without += u32::from(!holds);
            }
            _ => {}
        }
        match truth {
            Truth::Stranger => self.strangers += 1,
            Truth::Nickname(_) => {}
            Truth::Person(person) => {
                self.people += 1;
                let (column, recalled) = match said {
                    Some(Said::One(found, Confidence::Certain, _)) => (1, *found == person),
                    Some(Said::One(found, Confidence::Likely, _)) => (2, *found == person),
                    Some(Said::Several(candidates)) => (3, candidates.contains(&person)),
                    _ => (4, false),
                };
                let counts = self.ways.entry(way).or_default();
                counts[0] += 1;
                counts[if recalled { column } else { 4 }] += 1;
                self.recalled += u32::from(recalled);
                if !recalled {
                    self.show(&format!("not found ({way}): {text}"));
                }
            }
        }
    }

    /// Names here are invented, so they may be printed; a few are enough.
    fn show(&mut self, text: &str) {
        self.shown += 1;
        if self.shown <= std::env::var("SHOW").ok().and_then(|count| count.parse().ok()).unwrap_or(0) {
            println!("{text}");
        }
    }

    fn print(&self) {
        let share = |part: u32, whole: u32| f64::from(part) * 100.0 / f64::from(whole.max(1));
        println!("lines {} (people {}, strangers {})", self.lines, self.people, self.strangers);
        println!(
            "certain {} ({:.1} % of people), right {:.4} % ({} wrong)",
            self.certain,
            share(self.certain, self.people),
            share(self.certain - self.certain_wrong, self.certain),
            self.certain_wrong
        );
        println!(
            "likely {}, right {:.2} %; several {}, with the right one {:.2} %",
            self.likely,
            share(self.likely - self.likely_wrong, self.likely),
            self.several,
            share(self.several - self.several_without, self.several)
        );
        println!("recall of certain + likely + several {:.2} %", share(self.recalled, self.people));
        println!(
            "strangers taken with certainty {}, offered as likely {:.2} %; nicknames with certainty {}",
            self.strangers_certain,
            share(self.strangers_likely, self.strangers),
            self.nicknames_certain
        );
        println!(
            "members lost by reading {}, noise read as members {}",
            self.members_lost, self.noise_as_members
        );
        for (way, [people, certain, likely, several, missed]) in &self.ways {
            println!(
                "  {way}: {people}; certain {:.1} %, likely {:.1} %, several {:.1} %, not found {:.2} %",
                share(*certain, *people),
                share(*likely, *people),
                share(*several, *people),
                share(*missed, *people)
            );
        }
    }
}

#[test]
fn certain_is_right_and_people_are_found() {
    let wanted: u32 = std::env::var("LINES").ok().and_then(|lines| lines.parse().ok()).unwrap_or(3_000);
    let mut score = Score::default();
    let mut seed = 1;
    while score.lines < wanted {
        // A new school now and then, so that no lucky set of names decides.
        let school = MadeSchool::new(seed, 12);
        let mut chance = Chance::new(seed + 1_000_000);
        for _ in 0..40 {
            if score.lines < wanted {
                score.add(&school, &mut chance);
            }
        }
        seed += 1;
    }
    score.print();
    assert_eq!(score.certain_wrong, 0, "a certain match was wrong");
    assert_eq!(score.strangers_certain, 0, "a stranger was taken for somebody with certainty");
    assert!(
        f64::from(score.recalled) >= 0.97 * f64::from(score.people),
        "only {} of {} people were found",
        score.recalled,
        score.people
    );
    assert!(score.certain * 4 > score.people, "hardly anybody is certain: the ticks would be endless");
    assert_eq!(score.members_lost, 0, "members were taken for noise");
}
