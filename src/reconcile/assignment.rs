//! One person takes one line: what is certain is settled first, and whoever fits equally is never guessed.

use std::collections::{BTreeMap, BTreeSet};

use super::MOST_CANDIDATES;
use super::agreement::Level;
use super::candidates::{Candidate, Finding, Ground};
use super::outcome::Confidence;
use super::place::{BELONGS, ELSEWHERE, NEAR};
use crate::register::PersonId;

/// What a line is taken for.
#[derive(Clone, Debug)]
pub(super) enum Chosen {
    Found {
        person: PersonId,
        confidence: Confidence,
        why: String,
    },
    /// The same person, certainly, as in an earlier line.
    Again {
        person: PersonId,
    },
    Several {
        candidates: Vec<PersonId>,
        why: String,
    },
    Stranger {
        children: Vec<PersonId>,
        why: String,
    },
}

/// What the candidates of a line come to.
enum Decision<'finding> {
    One(&'finding Candidate),
    Many(Vec<&'finding Candidate>),
    Nobody,
}

/// Chooses for every line, in order.
pub(super) fn assign(findings: &[Finding]) -> Vec<Chosen> {
    let mut chosen: Vec<Option<Chosen>> = vec![None; findings.len()];
    let mut settled: BTreeSet<PersonId> = BTreeSet::new();
    for (line, finding) in findings.iter().enumerate() {
        if let Some(candidate) = certain(finding) {
            let person = candidate.person;
            chosen[line] = Some(if settled.insert(person) {
                Chosen::Found { person, confidence: Confidence::Certain, why: why(finding, candidate) }
            } else {
                Chosen::Again { person }
            });
        }
    }
    let open: Vec<usize> = (0..findings.len()).filter(|line| chosen[*line].is_none()).collect();
    let mut wanted: BTreeMap<PersonId, Vec<(Level, usize)>> = BTreeMap::new();
    for line in &open {
        let finding = &findings[*line];
        match decide(finding, &settled) {
            Decision::One(candidate) => {
                wanted.entry(candidate.person).or_default().push((candidate.level, *line));
                let person = candidate.person;
                chosen[*line] = Some(Chosen::Found {
                    person,
                    confidence: Confidence::Likely,
                    why: why(finding, candidate),
                });
            }
            Decision::Many(candidates) => chosen[*line] = Some(several(finding, &candidates)),
            Decision::Nobody => chosen[*line] = Some(nobody(finding)),
        }
    }
    part_rivals(&wanted, &mut chosen);
    chosen
        .into_iter()
        .map(|chosen| chosen.unwrap_or(Chosen::Stranger { children: Vec::new(), why: String::new() }))
        .collect()
}

/// Two lines for one person: the better fitting one keeps them; of equals, neither.
fn part_rivals(wanted: &BTreeMap<PersonId, Vec<(Level, usize)>>, chosen: &mut [Option<Chosen>]) {
    for (person, lines) in wanted.iter().filter(|(_, lines)| lines.len() > 1) {
        let best = lines.iter().map(|(level, _)| *level).min();
        let is_single = lines.iter().filter(|(level, _)| Some(*level) == best).count() == 1;
        for (level, line) in lines {
            if !(is_single && Some(*level) == best) {
                let why = "на одного человека похожи две записи списка".to_owned();
                chosen[*line] = Some(Chosen::Several { candidates: vec![*person], why });
            }
        }
    }
}

/// The candidate who cannot be somebody else.
fn certain(finding: &Finding) -> Option<&Candidate> {
    if !finding.may_be_certain {
        return None;
    }
    if let [only] = finding.candidates.as_slice()
        && matches!(only.ground, Ground::Alias | Ground::Answer | Ground::Phone)
    {
        return Some(only);
    }
    let mut exact = finding.candidates.iter().filter(|candidate| candidate.level == Level::Exact);
    let (Some(only), None) = (exact.next(), exact.next()) else { return None };
    // Outside the place a full name is not enough: the city has namesakes whom the register does not know.
    let others_may_be_meant = finding.candidates.iter().any(|candidate| {
        candidate.person != only.person && candidate.tier < ELSEWHERE && candidate.level <= Level::Half
    });
    (only.tier == BELONGS && !others_may_be_meant).then_some(only)
}

fn decide<'finding>(finding: &'finding Finding, settled: &BTreeSet<PersonId>) -> Decision<'finding> {
    let free: Vec<&Candidate> =
        finding.candidates.iter().filter(|candidate| !settled.contains(&candidate.person)).collect();
    for tier in [BELONGS, NEAR, ELSEWHERE] {
        let Some(best) =
            free.iter().filter(|candidate| candidate.tier == tier).map(|candidate| candidate.level).min()
        else {
            continue;
        };
        // Whoever stands further off counts beside the nearer ones only by fitting better.
        let fits = |candidate: &&Candidate| {
            candidate.tier == tier && candidate.level == best
                || candidate.tier > tier && candidate.level < best
        };
        let fitting: Vec<&Candidate> = free.iter().copied().filter(|candidate| fits(candidate)).collect();
        return match fitting.as_slice() {
            [only] if !finding.is_ambiguous => Decision::One(only),
            _ => Decision::Many(fitting),
        };
    }
    Decision::Nobody
}

fn several(finding: &Finding, candidates: &[&Candidate]) -> Chosen {
    let why = match candidates {
        [] => String::new(),
        [first, ..] => {
            let same = why(finding, first);
            if candidates.len() > 1 { format!("{same}; подходят несколько") } else { same }
        }
    };
    Chosen::Several {
        candidates: candidates.iter().take(MOST_CANDIDATES).map(|candidate| candidate.person).collect(),
        why,
    }
}

/// Nobody is free: the line is a second entry of somebody found already, or a stranger.
fn nobody(finding: &Finding) -> Chosen {
    let found_already: Vec<PersonId> = finding
        .candidates
        .iter()
        .filter(|candidate| candidate.level < Level::Alone)
        .take(MOST_CANDIDATES)
        .map(|candidate| candidate.person)
        .collect();
    if !found_already.is_empty() {
        let why = "похожа на того, кто уже найден в другой строке".to_owned();
        return Chosen::Several { candidates: found_already, why };
    }
    let children: Vec<PersonId> = finding.children.iter().copied().take(MOST_CANDIDATES).collect();
    let why = match children.len() {
        0 => String::new(),
        1 => "возможно, взрослый этого ребёнка".to_owned(),
        _ => "возможно, взрослый одного из этих детей".to_owned(),
    };
    Chosen::Stranger { children, why }
}

fn why(finding: &Finding, candidate: &Candidate) -> String {
    match &candidate.ground {
        Ground::Alias => "вы уже отвечали, кто это".to_owned(),
        Ground::Answer => "отметили вы".to_owned(),
        Ground::Phone => "номер телефона".to_owned(),
        Ground::Child(written) => format!("через ребёнка: {written}"),
        Ground::Name(agreement) => {
            let mut why = agreement.why(&finding.written, &finding.words);
            let is_named =
                |other: &&Candidate| other.person != candidate.person && other.level <= candidate.level;
            if candidate.level <= Level::Reading && finding.candidates.iter().any(|other| is_named(&other)) {
                why.push_str("; в реестре есть тёзка");
            }
            why
        }
    }
}
