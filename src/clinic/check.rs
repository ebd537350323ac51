//! What is allowed in routines and probably not meant. What is not allowed is refused when they are read.

use super::Clinic;
use super::routine_files::SENTENCES;
use super::routines::{CategoryKind, Routines};
use crate::front_desk::message::Side;
use crate::front_desk::red_flag::Shadow;
use crate::front_desk::request::RequestReason;
use crate::front_desk::urgency::Urgency;
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;
use std::fmt;

/// Something that a supervisor should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub what: String,
    /// What to do about it.
    pub advice: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.what, self.advice)
    }
}

/// How the red flags judge the clinic's own sentences of one language.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SentenceFigures {
    /// How many sentences there are.
    pub sentences: usize,
    /// How many of them should raise the urgency.
    pub alarms: usize,
    /// How many are judged to be less urgent than they should be.
    pub misses: usize,
    /// How many are judged to be more urgent than they should be.
    pub false_alarms: usize,
}

/// The figures of each language that the clinic has sentences in.
pub fn sentence_figures(routines: &Routines) -> BTreeMap<&str, SentenceFigures> {
    let mut figures: BTreeMap<&str, SentenceFigures> = BTreeMap::new();
    for sentence in &routines.red_flag_sentences {
        let found = routines.red_flags.judge(&sentence.text).urgency;
        let counted = figures.entry(&sentence.language).or_default();
        counted.sentences += 1;
        counted.alarms += usize::from(sentence.expected > Urgency::Routine);
        counted.misses += usize::from(found < sentence.expected);
        counted.false_alarms += usize::from(found > sentence.expected);
    }
    figures
}

/// Looks for what is probably not meant in a clinic's routines.
pub fn check_routines(clinic: &Clinic, today: NaiveDate) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut find = |what: String, advice: &str| findings.push(Finding { what, advice: advice.to_string() });
    let routines = &clinic.routines;

    for reason in RequestReason::HANDED_OVER {
        if !routines.hand_overs.iter().any(|hand_over| hand_over.reason == reason) {
            find(
                format!("No routine says what happens when the kiosk hands over \"{}\".", reason.id()),
                "It goes to `otherwise` without steps; add a part [[hand_over]] for it.",
            );
        }
    }
    for kind in [CategoryKind::Complaint, CategoryKind::Report] {
        if !routines.categories.iter().any(|category| category.kind == kind) {
            let advice = "Add a part [[category]] of this kind, or patients cannot bring it forward.";
            find(format!("Nothing can be chosen for: {}.", kind.words().to_lowercase()), advice);
        }
    }
    for category in &routines.categories {
        if category.steps.is_empty() {
            find(
                format!("\"{}\" says nothing about what staff do.", category.id),
                "Add steps = [\"…\"]: whoever answers sees them.",
            );
        }
    }
    // Two buttons with the same words: whichever stands second is never chosen for what it is.
    for language in &clinic.languages {
        let mut names: BTreeMap<String, &str> = BTreeMap::new();
        let named = routines.categories.iter().map(|category| (&category.name, category.id.as_str()));
        for (name, id) in named.chain([(&routines.emergency.name, "emergency")]) {
            let written = name.text(language).trim().to_lowercase();
            if let Some(first) = names.insert(written, id) {
                find(
                    format!(
                        "\"{first}\" and \"{id}\" have the same name in \"{language}\": one shadows the other."
                    ),
                    "Give each a name of its own.",
                );
            }
        }
    }
    let reached: Vec<&str> = routines
        .categories
        .iter()
        .map(|category| category.to.as_str())
        .chain(routines.hand_overs.iter().map(|hand_over| hand_over.to.as_str()))
        .chain([routines.otherwise.as_str(), routines.emergency.to.as_str()])
        .flat_map(|to| routines.succession(to))
        .map(|destination| destination.id.as_str())
        .collect();
    for destination in &routines.destinations {
        if !reached.contains(&destination.id.as_str()) {
            let what = format!("Nothing ever comes to \"{}\".", destination.id);
            find(what, "Send something there, or remove it.");
        }
    }
    for phrase in &routines.phrases {
        let answers = |other: &super::routines::Phrase| other.answers.contains(&phrase.id);
        match phrase.from {
            Side::Staff if phrase.answers.is_empty() => find(
                format!("The phrase \"{}\" offers the patient no answer.", phrase.id),
                "Add answers = [\"yes\", \"no\"], for example; the patient could only type.",
            ),
            Side::Patient if !routines.phrases.iter().any(answers) => find(
                format!("The phrase \"{}\" answers nothing that staff say.", phrase.id),
                "Name it among the answers of a phrase of staff, or remove it.",
            ),
            Side::Staff | Side::Patient => {}
        }
    }
    if !routines.phrases.iter().any(|phrase| phrase.from == Side::Staff) {
        let what = "Staff have no phrase to say to a patient.".to_string();
        find(what, "Add parts [[phrase]] with from = \"staff\" to phrases.toml.");
    }
    if !clinic.sites.is_empty() {
        for kiosk in clinic.kiosks.iter().filter(|kiosk| kiosk.site.is_none()) {
            find(
                format!("Kiosk \"{}\" does not say at which site it stands.", kiosk.name),
                "Add site = \"…\" to it in clinic.toml, or it checks in who should be elsewhere.",
            );
        }
    }
    let soon = today.checked_add_days(Days::new(60)).unwrap_or(today);
    if !routines.calendar.holidays.keys().any(|day| (today..=soon).contains(day) || *day > soon) {
        find(
            "No holiday stands in the calendar from today on.".to_string(),
            "Add the coming ones to hours.toml: deadlines of complaints count working days.",
        );
    }
    findings.extend(check_red_flags(clinic));
    findings
}

/// What is probably not meant in the list of red flags.
fn check_red_flags(clinic: &Clinic) -> Vec<Finding> {
    let mut findings = Vec::new();
    let routines = &clinic.routines;
    let list = &routines.red_flags;
    for language in clinic.languages.iter().filter(|language| !list.has_language(language)) {
        findings.push(Finding {
            what: format!("No red flag has words in \"{language}\", which the clinic offers."),
            advice: format!(
                "Add say.{language} = [\"…\"] to the flags, or nothing that is typed in it alarms."
            ),
        });
    }
    for sentence in &routines.red_flag_sentences {
        let found = list.judge(&sentence.text);
        if found.urgency != sentence.expected {
            let raised = match found.raised.as_slice() {
                [] => "nothing is raised".to_string(),
                raised => raised.join(", "),
            };
            findings.push(Finding {
                what: format!(
                    "{SENTENCES}:{}: \"{}\" is expected to be {} and is {} ({raised}).",
                    sentence.line,
                    sentence.text,
                    word_of(sentence.expected),
                    word_of(found.urgency),
                ),
                advice: match found.urgency < sentence.expected {
                    true => "Give a flag the words that this sentence says it with.".into(),
                    false => "Add what is harmless in it to quiet, or what denies it to no, of its language."
                        .into(),
                },
            });
        }
    }
    for Shadow { flag, language, pattern, by } in list.shadowed() {
        findings.push(Finding {
            what: format!(
                "\"{pattern}\" of \"{}\" in \"{language}\" finds nothing that \"{by}\" does not.",
                flag.id
            ),
            advice: "Remove it.".into(),
        });
    }
    findings
}

fn word_of(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Routine => "routine",
        Urgency::Urgent => "urgent",
        Urgency::Emergency => "emergency",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinic::{EXAMPLE, RoutineTexts, read_texts};

    fn findings_with(file: &str, text: &str) -> Vec<String> {
        let mut routines = RoutineTexts::example();
        if !file.is_empty() {
            routines.replace(file, text.to_string());
        }
        let clinic =
            read_texts("clinic.toml", EXAMPLE, &routines).unwrap_or_else(|errors| panic!("{errors:?}"));
        check_red_flags(&clinic).iter().map(Finding::to_string).collect()
    }

    #[test]
    fn the_examples_red_flags_do_what_the_example_expects() {
        assert_eq!(findings_with("", ""), Vec::<String>::new());
    }

    #[test]
    fn a_sentence_that_is_judged_otherwise_is_shown_with_its_line() {
        let found = findings_with(SENTENCES, "[en]\nroutine = [\n\"chest pain\"]\n");
        let expected = "red-flag-sentences.toml:3: \"chest pain\" is expected to be routine and is emergency";
        assert!(found.len() == 1 && found[0].starts_with(expected), "{found:?}");
    }

    #[test]
    fn a_language_without_words_and_a_pattern_without_use_are_told() {
        let text = "[language.en]\n[[flag]]\nid = \"pain\"\nname = \"Pain\"\nurgency = \"urgent\"\nsay.en = [\"pain*\", \"pain in chest\"]\n";
        let found = findings_with("red-flags.toml", text);
        assert!(
            found.iter().any(|finding| finding.starts_with("No red flag has words in \"es\"")),
            "{found:?}"
        );
        let shadowed = "\"pain in chest\" of \"pain\" in \"en\" finds nothing that \"pain*\" does not.";
        assert!(found.iter().any(|finding| finding.starts_with(shadowed)), "{found:?}");
    }
}
