//! What is allowed in routines and probably not meant. What is not allowed is refused when they are read.

mod payments;

pub use payments::hints;

use super::Clinic;
use super::branding::check_branding;
use super::routine_files::SENTENCES;
use super::routines::{CategoryKind, Routines};
use super::ticket_layout::check_ticket_layout;
use crate::front_desk::form::{Form, Kind};
use crate::front_desk::message::Side;
use crate::front_desk::red_flag::Shadow;
use crate::front_desk::registration::Question;
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
        if reason == RequestReason::FormAnswer && !needs_a_person(routines) {
            continue;
        }
        if !routines.hand_overs.iter().any(|hand_over| hand_over.reason == reason) {
            find(
                format!("No routine says what happens when the kiosk hands over \"{}\".", reason.id()),
                "It goes to `otherwise` without steps; add a part [[hand_over]] for it.",
            );
        }
    }
    for clinician in &routines.schedule.clinicians {
        let runs = |service: &String| {
            let mut sessions = clinician.sessions.iter();
            sessions.any(|it| it.service == *service && it.last_day.is_none_or(|last| last >= today))
        };
        for service in clinician.services.iter().filter(|service| !runs(service)) {
            find(
                format!(
                    "Nobody can book \"{service}\" with {}: there is no session of it any more.",
                    clinician.name
                ),
                "Add a [[clinician.session]] to schedule.toml, or take the service from the clinician.",
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
        .chain(routines.forms.iter().flat_map(raised_to))
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
    findings.extend(check_registration(clinic));
    findings.extend(check_red_flags(clinic));
    findings.extend(check_forms(clinic));
    for service in &clinic.services {
        let points = routines.queue.points_of(&service.id).count();
        if points < usize::from(service.service_points) {
            findings.push(Finding {
                what: format!(
                    "\"{}\" sees {} patients at a time, and queue.toml calls its patients to {points}.",
                    service.id, service.service_points
                ),
                advice:
                    "Add a [[point]] for each place where its patients are seen, or lower service_points."
                        .into(),
            });
        }
    }
    findings.extend(payments::check_payments(clinic));
    findings.extend(check_branding(clinic));
    findings.extend(check_ticket_layout(clinic));
    findings
}

/// Whether an answer to a form can need a person for whom no destination is named: own words always can.
fn needs_a_person(routines: &Routines) -> bool {
    let mut questions = routines.forms.iter().flat_map(|form| &form.questions);
    questions.any(|question| {
        matches!(question.kind, Kind::Text { .. }) || question.raise.iter().any(|rule| rule.to.is_none())
    })
}

fn raised_to(form: &Form) -> impl Iterator<Item = &str> {
    form.questions.iter().flat_map(|question| &question.raise).filter_map(|rule| rule.to.as_deref())
}

/// More questions than this are a burden for somebody who stands and is unwell.
const MANY_QUESTIONS: usize = 8;
/// More letters than this are not read by somebody who stands.
const LONG_QUESTION: usize = 120;

/// What is probably not meant in the forms.
fn check_forms(clinic: &Clinic) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut find = |what: String, advice: &str| findings.push(Finding { what, advice: advice.to_string() });
    for form in &clinic.routines.forms {
        let always = form.questions.iter().filter(|question| question.show_when.is_none()).count();
        if always > MANY_QUESTIONS {
            find(
                format!("The form \"{}\" asks everybody {always} questions.", form.id),
                "Ask less, or give some of them a show_when: patients stand, and some are in pain.",
            );
        }
        for question in &form.questions {
            let what = format!("the question \"{}\" of the form \"{}\"", question.id, form.id);
            for language in &clinic.languages {
                if question.text.text(language).chars().count() > LONG_QUESTION {
                    let advice = "Ask in one short sentence, and put what explains it into hint.";
                    find(format!("In \"{language}\" {what} is long."), advice);
                }
                let (Kind::Choice(options) | Kind::Several(options)) = &question.kind else { continue };
                let mut names = BTreeMap::new();
                for option in options {
                    let name = option.name.text(language).trim().to_lowercase();
                    if let Some(first) = names.insert(name, &option.id) {
                        find(
                            format!(
                                "\"{first}\" and \"{}\" have the same name in \"{language}\" in {what}.",
                                option.id
                            ),
                            "Give each a name of its own.",
                        );
                    }
                }
            }
            if question.required && question.show_when.is_none() && matches!(question.kind, Kind::Text { .. })
            {
                find(
                    format!("Everybody must write something for {what}."),
                    "Make it optional, or ask with yes-no before: not everybody can write.",
                );
            }
        }
    }
    findings
}

/// More questions than these nobody answers in three minutes.
const MOST_QUESTIONS: usize = 15;

/// What is probably not meant in what new patients are asked.
fn check_registration(clinic: &Clinic) -> Vec<Finding> {
    let form = &clinic.routines.registration;
    let mut findings = Vec::new();
    let mut find = |what: String, advice: &str| findings.push(Finding { what, advice: advice.to_string() });
    if form.country.is_none() {
        find(
            "Registration says no country: telephone numbers and postal codes are not checked.".into(),
            "Write country = \"…\" at the beginning of registration.toml.",
        );
    }
    if form.asked.len() > MOST_QUESTIONS {
        find(
            format!("A new patient is asked {} questions.", form.asked.len()),
            "Ask for what is needed before the visit only; the rest can be asked by people.",
        );
    }
    if form.scheme.is_some() && form.asked(Question::SchemeNumber).is_none() {
        let what = "The number of [scheme] is described and never asked.".to_string();
        find(what, "Add \"scheme-number\" to the ask = […] of a step, or remove [scheme].");
    }
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
    fn what_is_probably_not_meant_in_a_form_is_told() {
        const LANGUAGES: [&str; 8] = ["en", "es", "fr", "de", "pt", "ar", "hi", "zh"];
        let all =
            |text: &str| LANGUAGES.map(|language| format!("{language} = \"{text} {language}\"")).join(", ");
        let same = LANGUAGES.map(|language| format!("{language} = \"Same\"")).join(", ");
        let question = |id: usize| {
            format!(
                "[[form.question]]\nid = \"q{id}\"\nkind = \"yes-no\"\ntext = {{ {} }}\n",
                all("Question")
            )
        };
        let text = format!(
            "[[form]]\nid = \"long\"\ntitle = {{ {} }}\nasked = [\"check-in\"]\n{}[[form.question]]\nid = \"words\"\nkind = \"text\"\nrequired = true\ntext = {{ {} }}\n[[form.question]]\nid = \"one\"\nkind = \"choice\"\ntext = {{ {} }}\noptions = [{{ id = \"a\", name = {{ {same} }} }}, {{ id = \"b\", name = {{ {same} }} }}]\n",
            all("Title"),
            (0..8).map(question).collect::<String>(),
            all(&"Long ".repeat(30)),
            all("One"),
        );
        let mut routines = RoutineTexts::example();
        routines.replace("forms.toml", text);
        let clinic =
            read_texts("clinic.toml", EXAMPLE, &routines).unwrap_or_else(|errors| panic!("{errors:?}"));
        let found: Vec<String> = check_forms(&clinic).iter().map(Finding::to_string).collect();
        for expected in [
            "asks everybody 10 questions",
            "In \"hi\" the question \"words\" of the form \"long\" is long",
            "Everybody must write something for the question \"words\"",
            "\"a\" and \"b\" have the same name in \"ar\"",
        ] {
            assert!(found.iter().any(|finding| finding.contains(expected)), "{expected}: {found:#?}");
        }
        assert_eq!(found.len(), 1 + LANGUAGES.len() + 1 + LANGUAGES.len(), "{found:#?}");
        let example = read_texts("clinic.toml", EXAMPLE, &RoutineTexts::example()).unwrap();
        assert_eq!(check_forms(&example), []);
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
