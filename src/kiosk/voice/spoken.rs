//! What a screen says to who cannot see it. Pure: the same view always makes the same words. All that stands on the
//! glass is said, but what is to be chosen: that is said when the keys come to it.

use crate::kiosk::screens::{Entry, Pay, Question, Screen, View};
use crate::speech::spelled;
use vestibule_ui::words::{Language, Value, Words};

/// One thing to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Utterance {
    /// The words.
    pub text: String,
    /// The language.
    pub language: Language,
}

/// What keys have come to stand at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Focus {
    /// Its name.
    pub label: String,
    /// A key of a keyboard on the screen.
    pub is_key: bool,
    /// One of several, or a key that is switched on and off; whether it is.
    pub chosen: Option<bool>,
    /// Which one of how many it is.
    pub position: Option<(usize, usize)>,
}

/// Says texts in the language of a view.
pub struct Teller<'a> {
    words: &'a Words,
    language: Language,
}

impl<'a> Teller<'a> {
    /// One that speaks as a view is written.
    pub fn of(view: &View, words: &'a Words) -> Self {
        Self { words, language: words.language_or_english(&view.frame.language) }
    }

    /// Words in this language.
    pub fn utterance(&self, text: &str) -> Utterance {
        // What keeps directions apart on a screen, and what stands for hidden letters, is nothing to a voice.
        let is_said = |c: &char| !matches!(c, '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '•');
        Utterance { text: text.chars().filter(is_said).collect(), language: self.language }
    }

    /// A text of the translations.
    pub fn say(&self, key: &str) -> Utterance {
        self.utterance(&self.words.text(self.language, key))
    }

    fn counted(&self, key: &str, number: usize, count: usize) -> String {
        let value = |number: usize| Value::Number(i64::try_from(number).unwrap_or(i64::MAX));
        self.words.text_with(self.language, key, &[("step", value(number)), ("steps", value(count))])
    }

    /// Which one of how many something is, after a key of the translations.
    pub fn step(&self, key: &str, number: usize, count: usize) -> Utterance {
        self.utterance(&self.counted(key, number, count))
    }

    fn named(&self, key: &str, name: &str) -> Utterance {
        self.utterance(&self.words.text_with(self.language, key, &[("name", name.into())]))
    }
}

/// How to get on without seeing, for who has just come.
pub fn introduction(teller: &Teller<'_>) -> Vec<Utterance> {
    ["voice-how-to-move", "voice-how-to-hear"].map(|key| teller.say(key)).into()
}

/// Everything that a view says, in the order of reading, and how many things there are to choose from.
pub fn screen(view: &View, teller: &Teller<'_>) -> Vec<Utterance> {
    if let Some(warning) = &view.warning {
        let mut said: Vec<_> =
            [&warning.title, &warning.countdown].into_iter().map(|text| teller.utterance(text)).collect();
        said.push(teller.say("voice-any-key"));
        return said;
    }
    let mut said = written(view, teller);
    let count = choices(view);
    if count > 0 {
        said.push(teller.counted("voice-choices", count, count));
    }
    said.iter().filter(|text| !text.trim().is_empty()).map(|text| teller.utterance(text)).collect()
}

/// What stands on the glass to be read, but for what can be pressed.
pub fn written(view: &View, teller: &Teller<'_>) -> Vec<String> {
    let mut written = vec![view.frame.practice.clone(), view.frame.banner.clone()];
    written.extend(texts(&view.screen, teller));
    written
}

fn texts(screen: &Screen, teller: &Teller<'_>) -> Vec<String> {
    let mut said = Vec::new();
    let mut add = |texts: &[&String]| said.extend(texts.iter().map(|text| (*text).clone()));
    match screen {
        Screen::Welcome(welcome) => {
            let what = if welcome.here_for.is_empty() { &welcome.prompt } else { &welcome.here_for };
            add(&[&welcome.title, what, &welcome.scan_hint]);
        }
        Screen::Question(question) => said.extend(asked(question, teller)),
        Screen::Confirm(confirm) => {
            add(&[&confirm.title, &confirm.name]);
            said.extend(confirm.lines.iter().cloned());
        }
        Screen::Notice(notice) => {
            add(&[&notice.title]);
            said.extend(notice.lines.iter().cloned());
        }
        Screen::Done(done) => {
            let number =
                format!("{} {}", done.number_label, spelled(teller.words, teller.language, &done.number));
            add(&[&done.title, &number]);
            said.extend(done.lines.iter().chain(&done.on_paper).cloned());
            said.push(done.paper.clone());
            for (code, label) in [(&done.code, &done.code_label), (&done.calendar, &done.calendar_label)] {
                if !code.is_empty() {
                    said.push(label.clone());
                }
            }
        }
        Screen::Help(help) => add(&[&help.title, &help.prompt]),
        Screen::Emergency(emergency) => {
            add(&[&emergency.title]);
            said.extend(emergency.lines.iter().enumerate().map(|(at, line)| format!("{}. {line}", at + 1)));
            said.push(emergency.told.clone());
        }
        Screen::Talk(talk) => {
            add(&[&talk.title]);
            said.extend(talk.lines.iter().cloned());
            said.extend(talk.messages.iter().map(|message| format!("{}: {}", message.who, message.text)));
            if talk.messages.is_empty() {
                said.push(talk.none.clone());
            }
        }
        Screen::Review(review) => {
            add(&[&review.title, &review.hint]);
            said.extend(review.rows.iter().map(|row| format!("{}: {}", row.question, row.answer)));
        }
        Screen::Pay(pay) => said.extend(payment(pay)),
        Screen::Closed(closed) => add(&[&closed.title, &closed.message, &closed.way]),
        Screen::Preferences(preferences) => add(&[&preferences.title]),
    }
    said
}

fn asked(question: &Question, teller: &Teller<'_>) -> Vec<String> {
    let mut said = vec![question.progress.clone(), question.title.clone()];
    // As on the glass, how to put it right takes the place of how it is done.
    said.push(if question.error.is_empty() { question.hint.clone() } else { question.error.clone() });
    match &question.entry {
        Entry::Statement(statement) => said.push(statement.clone()),
        Entry::Number { unit, .. } => said.push(unit.clone()),
        Entry::Signature(signature) => {
            said.extend([signature.statement.clone(), signature.pad.clone()]);
            // Nobody draws by keys.
            if !signature.typing {
                said.push(teller.named("voice-sign", &signature.other_way).text);
            }
        }
        _ => {}
    }
    said
}

fn payment(pay: &Pay) -> Vec<String> {
    match pay {
        Pay::Choose { title, items, total_label, total, note, .. } => {
            let items = items.iter().map(|item| format!("{}: {}", item.text, item.amount));
            let mut said: Vec<String> = std::iter::once(title.clone()).chain(items).collect();
            said.extend([format!("{total_label}: {total}"), note.clone()]);
            said
        }
        Pay::Card { title, amount, says, says_label, .. } => {
            vec![title.clone(), amount.clone(), says_label.clone(), says.clone()]
        }
        Pay::Code { title, amount, code_label, lines, .. } => {
            let mut said = vec![title.clone(), amount.clone(), code_label.clone()];
            said.extend(lines.iter().cloned());
            said
        }
    }
}

/// How many things there are to choose from; keys of keyboards are not counted.
fn choices(view: &View) -> usize {
    let frame = &view.frame;
    let banner = usize::from(!frame.banner.is_empty() && !frame.banner_action.is_empty());
    let help = !matches!(view.screen, Screen::Welcome(_) | Screen::Emergency(_) | Screen::Help(_));
    let start_over = !matches!(view.screen, Screen::Emergency(_)) && !frame.start_over.is_empty();
    let there = |labels: &[&String]| labels.iter().filter(|label| !label.is_empty()).count();
    let own = match &view.screen {
        Screen::Welcome(it) => {
            let rest = [&it.have_appointment, &it.appointments, &it.pay, &it.new_here, &it.need_help];
            it.languages.len() + there(&rest) + there(&[&it.for_somebody_else])
        }
        Screen::Question(question) => {
            let labels = &question.labels;
            let steps = match question.entry {
                Entry::Statement(_) => there(&[&labels.back, &labels.yes, &labels.no]),
                _ => there(&[&labels.back, &labels.skip, &labels.next]),
            };
            steps
                + match &question.entry {
                    Entry::Choices(choices) | Entry::Several(choices) => choices.len(),
                    Entry::Signature(signature) => 1 + usize::from(!signature.strokes.is_empty()),
                    _ => 0,
                }
        }
        Screen::Confirm(it) => there(&[&it.yes, &it.no, &it.all]),
        Screen::Notice(it) => there(&[&it.primary, &it.secondary]),
        Screen::Done(it) => there(&[&it.again, &it.pay, &it.another, &it.finish]),
        Screen::Help(it) => it.choices.len() + there(&[&it.call, &it.emergency, &it.case, &it.back]),
        Screen::Emergency(it) => there(&[&it.finish, &it.again]),
        Screen::Talk(it) => it.answers.len() + there(&[&it.write, &it.close]),
        Screen::Review(it) => it.rows.len() + there(&[&it.back, &it.send]),
        Screen::Pay(Pay::Choose { ways, later, .. }) => ways.len() + there(&[later]),
        Screen::Pay(Pay::Card { stop, stopping, .. }) => usize::from(!stopping) * there(&[stop]),
        Screen::Pay(Pay::Code { paid, other_way, .. }) => there(&[paid, other_way]),
        Screen::Closed(it) => it.languages.len(),
        // Three sizes, four switches, and the way back.
        Screen::Preferences(it) => it.languages.len() + it.text_sizes.len() + 5,
    };
    banner + own + usize::from(help) + usize::from(start_over)
}

/// What is wrong with what was entered, as a view says it.
pub fn problem(view: &View) -> Option<&str> {
    match &view.screen {
        Screen::Question(question) if !question.error.is_empty() => Some(&question.error),
        _ => None,
    }
}

/// What has been entered so far, as it was typed. Nothing of a secret.
pub fn typed(view: &View) -> Option<String> {
    let Screen::Question(question) = &view.screen else { return None };
    match &question.entry {
        Entry::Letters(text) | Entry::Text(text) | Entry::Digits(text) => Some(text.clone()),
        Entry::Number { typed, .. } => Some(typed.clone()),
        Entry::Date(parts, _) => Some(parts.concat()),
        Entry::Signature(signature) if signature.typing => Some(signature.name.clone()),
        _ => None,
    }
}

/// Whether what is typed must not be heard.
pub fn is_secret(view: &View) -> bool {
    matches!(&view.screen, Screen::Question(question) if question.secret)
}

/// What has been entered or chosen, to be heard once more; never a secret.
pub fn entered(view: &View, teller: &Teller<'_>) -> Option<Utterance> {
    let Screen::Question(question) = &view.screen else { return None };
    if question.secret {
        return None;
    }
    let entered = match &question.entry {
        Entry::Date(parts, _) => parts.join(" "),
        Entry::Number { typed, unit, .. } if !typed.is_empty() => format!("{typed} {unit}"),
        Entry::Choices(choices) | Entry::Several(choices) => {
            let chosen = choices.iter().filter(|choice| choice.selected);
            chosen.map(|choice| choice.label.as_str()).collect::<Vec<_>>().join(", ")
        }
        _ => typed(view)?,
    };
    (!entered.trim().is_empty()).then(|| teller.named("voice-entered", entered.trim()))
}

/// What was typed or erased between two views of one question.
pub fn change(before: &View, after: &View, teller: &Teller<'_>) -> Option<Utterance> {
    let (old, new) = (typed(before)?, typed(after)?);
    if old == new {
        return None;
    }
    let added = new.strip_prefix(old.as_str());
    if is_secret(after) {
        return Some(teller.say(if added.is_some() { "voice-character" } else { "voice-erased" }));
    }
    match added {
        Some(" ") => Some(match &after.screen {
            Screen::Question(question) => teller.utterance(&question.labels.space),
            _ => teller.utterance(" "),
        }),
        Some(added) => Some(teller.utterance(added)),
        None => Some(teller.say("voice-erased")),
    }
}

/// What keys have come to stand at.
pub fn focus(focus: &Focus, teller: &Teller<'_>) -> Utterance {
    let name = match focus.label.as_str() {
        "▲" => teller.say("voice-scroll-up").text,
        "▼" => teller.say("voice-scroll-down").text,
        "⇧" => teller.say("voice-shift").text,
        label => label.to_string(),
    };
    let mut said = vec![name];
    match focus.chosen {
        Some(true) => said.push(teller.say("voice-chosen").text),
        Some(false) => said.push(teller.say("voice-not-chosen").text),
        None if !focus.is_key => said.push(teller.say("voice-button").text),
        None => {}
    }
    if let Some((number, count)) = focus.position {
        said.push(teller.counted("voice-position", number, count));
    }
    // A language is called by its own voice: whoever looks for it may understand no other.
    match teller.words.languages().find(|language| language.own_name() == focus.label) {
        Some(language) => {
            let own = Teller { words: teller.words, language };
            let mut said = vec![focus.label.clone()];
            if focus.chosen == Some(true) {
                said.push(own.say("voice-chosen").text);
            }
            own.utterance(&said.join(", "))
        }
        None => teller.utterance(&said.join(", ")),
    }
}
