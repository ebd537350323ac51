//! When a text denies what it names. In doubt it does not: a denial counts only where it clearly governs.

use super::find::{Compiled, Match};
use super::lexicon::{Lexicon, Places};
use super::pattern::Pattern;
use super::text::{Span, Token};

/// How a language denies, as it is written in the list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Grammar {
    /// Denies what follows: "no", "without".
    pub no: Vec<Pattern>,
    /// Denies what stands before, with whether the clause must end with it.
    pub no_behind: Vec<(Pattern, bool)>,
    /// May stand between a denial and what it denies: "any", "have".
    pub between: Vec<Pattern>,
    /// Joins things that are denied together: "or".
    pub or: Vec<Pattern>,
    /// May be denied together with a flag: "fever".
    pub symptoms: Vec<Pattern>,
    /// Leaves in doubt whatever the sentence denies: "not sure", "until", "yesterday".
    pub doubt: Vec<Pattern>,
    /// Says nothing of a flag though its words do: "chest x-ray".
    pub quiet: Vec<Pattern>,
    /// Words that are never a slip for another.
    pub ordinary: Vec<String>,
}

/// The same, with numbers for words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Denials {
    no: Vec<Compiled>,
    no_behind: Vec<(Compiled, bool)>,
    between: Vec<Compiled>,
    or: Vec<Compiled>,
    symptoms: Vec<Compiled>,
    doubt: Vec<Compiled>,
    quiet: Vec<Compiled>,
}

impl Denials {
    pub fn of(grammar: &Grammar, lexicon: &mut Lexicon) -> Self {
        let mut all = |patterns: &[Pattern]| {
            patterns.iter().map(|pattern| Compiled::of(pattern, lexicon, false)).collect::<Vec<_>>()
        };
        let no_behind = grammar.no_behind.iter();
        let no_behind = no_behind
            .flat_map(|(no, ends)| all(std::slice::from_ref(no)).pop().map(|no| (no, *ends)))
            .collect();
        Self {
            no: all(&grammar.no),
            no_behind,
            between: all(&grammar.between),
            or: all(&grammar.or),
            symptoms: all(&grammar.symptoms),
            doubt: all(&grammar.doubt),
            quiet: all(&grammar.quiet),
        }
    }

    /// What the language says is nothing: no flag is found in these words.
    pub fn quiet(&self, tokens: &[Token], places: &Places) -> Vec<Span> {
        let matches = self.quiet.iter().flat_map(|pattern| pattern.find(tokens, places, true));
        matches.flat_map(|found| found.elements).collect()
    }

    /// Reads a text for what it denies.
    pub fn read<'a>(&self, tokens: &'a [Token], places: &Places) -> Reading<'a> {
        let hulls = |patterns: &[Compiled]| {
            let mut spans: Vec<Span> = patterns
                .iter()
                .flat_map(|pattern| pattern.find(tokens, places, true))
                .map(|found| Span { start: found.start(), end: found.end(), exact: true })
                .collect();
            spans.sort_unstable();
            spans.dedup();
            spans
        };
        let steps = |patterns: &[Compiled]| {
            let mut steps = vec![0; tokens.len()];
            for span in hulls(patterns) {
                steps[span.start] = steps[span.start].max(span.end - span.start);
            }
            steps
        };
        let no_behind = self.no_behind.iter().flat_map(|(no, ends)| {
            hulls(std::slice::from_ref(no)).into_iter().map(move |span| (span, *ends))
        });
        let mut no_behind: Vec<(Span, bool)> = no_behind.collect();
        no_behind.sort_unstable();
        let (between, or) = (steps(&self.between), steps(&self.or));
        // "من قبل ولا": a doubtful word that is only part of what joins leaves no doubt.
        let joins = |doubt: &Span| {
            let within = |at: usize| {
                let end = at + between[at].max(or[at]);
                end >= doubt.end && end - at > doubt.end - doubt.start
            };
            (doubt.start.saturating_sub(LONGEST_JOINT)..=doubt.start).any(within)
        };
        let doubtful = hulls(&self.doubt);
        let doubtful = doubtful.iter().filter(|doubt| !joins(doubt));
        let doubtful = doubtful.map(|doubt| tokens[doubt.start].sentence).collect();
        Reading {
            tokens,
            no: without_repetition(hulls(&self.no)),
            no_behind,
            between,
            or,
            symptoms: steps(&self.symptoms),
            doubtful,
        }
    }
}

/// "no no": the second is not another denial, nor is the shorter of two that stand in the same place.
fn without_repetition(spans: Vec<Span>) -> Vec<Span> {
    let mut kept: Vec<Span> = Vec::new();
    for span in spans {
        match kept.last_mut() {
            Some(last) if span.start <= last.start => *last = span,
            Some(last) if span.end <= last.end => {}
            _ => kept.push(span),
        }
    }
    kept
}

/// What a text denies in one language.
pub(super) struct Reading<'a> {
    tokens: &'a [Token],
    no: Vec<Span>,
    no_behind: Vec<(Span, bool)>,
    /// How many tokens of this kind begin at each.
    between: Vec<usize>,
    or: Vec<usize>,
    symptoms: Vec<usize>,
    /// Sentences in which nothing is denied for sure.
    doubtful: Vec<usize>,
}

/// How far before a doubtful word the phrase may begin that it is part of.
const LONGEST_JOINT: usize = 3;

/// The longest way from a denial to what it denies, in tokens.
const FAR: usize = 14;

impl Reading<'_> {
    /// The denial that governs a match; none where there is any doubt.
    pub fn denial_of(&self, found: &Match) -> Option<Span> {
        let first = self.tokens.get(found.start())?;
        if self.doubtful.binary_search(&first.sentence).is_ok() {
            return None;
        }
        // A denial further away than this reaches nothing.
        let from = found.start().saturating_sub(2 * FAR);
        let near = self.no.partition_point(|no| no.start < from);
        let near = self.no[near..].iter().take_while(|no| no.start < found.end());
        let before = near.filter(|no| !found.overlaps(no));
        let before = before.filter_map(|no| Some((self.reaches(no, found)?, *no)));
        let near = self.no_behind.partition_point(|(no, _)| no.start < found.start());
        let near = self.no_behind[near..].iter().take_while(|(no, _)| no.start < found.end() + 2 * FAR);
        let behind = near.filter(|(no, _)| !found.overlaps(no));
        let behind = behind.filter_map(|(no, ends)| Some((self.reached(no, *ends, found)?, *no)));
        let mut governing: Vec<(usize, Span)> = before.chain(behind).collect();
        governing.sort_unstable_by_key(|(_, no)| *no);
        // "no tengo ningún dolor", "neither … nor": the second only goes on with the first.
        let mut first = true;
        governing.retain(|(_, no)| std::mem::take(&mut first) || !self.goes_on(no));
        // "no no pain" denies once.
        governing.dedup_by(|(_, second), (_, first)| {
            let same = |one: usize, other: usize| self.tokens[one].letters == self.tokens[other].letters;
            second.overlaps(first) || (second.start == first.end && same(second.start, first.start))
        });
        // What is denied twice is not denied; "no headache, no fever" denies two things once each.
        governing.sort_unstable();
        let twice = governing.windows(2).any(|two| two[0].0 == two[1].0);
        governing.first().filter(|_| !twice).map(|(_, no)| *no)
    }

    /// Whether a denial is also one of the words that lead on from an earlier denial.
    fn goes_on(&self, no: &Span) -> bool {
        let from = no.start.saturating_sub(2);
        (from..=no.start).any(|at| at + self.between[at].max(self.or[at]) >= no.end)
    }

    fn sentence_at(&self, index: usize) -> Option<usize> {
        self.tokens.get(index).map(|token| token.sentence)
    }

    fn clause_at(&self, index: usize) -> Option<usize> {
        self.tokens.get(index).map(|token| token.clause)
    }

    /// Where a denial reaches a match that stands behind it.
    fn reaches(&self, no: &Span, found: &Match) -> Option<usize> {
        let mut walk = Walk::default();
        let mut at = no.end;
        while at < no.end + FAR && self.sentence_at(at) == self.sentence_at(no.start) {
            if self.clause_at(at) != self.clause_at(at - 1) && !walk.comma() {
                return None;
            }
            // Whoever denies the first half of a word denies the whole of it.
            if found.holds(at) || (self.tokens[at].first_half && found.holds(at + 1)) {
                let clear = !walk.waiting && (!walk.listed || self.list_ends_behind(found));
                return clear.then_some(at);
            }
            let (length, kind) = self.step(at)?;
            walk.take(kind);
            at += length;
        }
        None
    }

    /// Where a denial that stands behind a match, or in the middle of it, reaches it.
    fn reached(&self, no: &Span, ends: bool, found: &Match) -> Option<usize> {
        if found.start() < no.start && no.end < found.end() {
            // "खून नहीं बह रहा": it stands in the middle of what it denies.
            return self.reaches(no, found);
        }
        if ends {
            let mut at = no.end;
            while self.clause_at(at).is_some() && self.clause_at(at) == self.clause_at(no.start) {
                match self.between[at] {
                    0 => return None,
                    length => at += length,
                }
            }
        }
        let last = found.end() - 1;
        let mut at = found.end();
        let mut walk = Walk::default();
        while at <= no.start && self.clause_at(at) == self.clause_at(last) {
            if at == no.start {
                // "pain or fever no": what is waiting stands before the denial itself.
                return (!walk.waiting || walk.joined).then_some(last);
            }
            let (length, kind) = self.step(at)?;
            walk.joined |= kind == Kind::Or;
            walk.waiting |= kind == Kind::Symptom;
            at += length;
        }
        None
    }

    /// "no fever, chest pain or cough": the "or" behind shows that the list is one.
    fn list_ends_behind(&self, found: &Match) -> bool {
        let mut at = found.end();
        while self.sentence_at(at).is_some() && self.sentence_at(at) == self.sentence_at(found.start()) {
            match self.step(at) {
                Some((_, Kind::Or)) => return true,
                Some((length, _)) => at += length,
                None => return false,
            }
        }
        false
    }

    fn step(&self, at: usize) -> Option<(usize, Kind)> {
        let kinds = [(&self.or, Kind::Or), (&self.between, Kind::Between), (&self.symptoms, Kind::Symptom)];
        kinds
            .into_iter()
            .filter_map(|(steps, kind)| match steps.get(at) {
                None | Some(0) => None,
                Some(length) => Some((*length, kind)),
            })
            .max_by_key(|(length, _)| *length)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Or,
    Between,
    Symptom,
}

/// What was seen on the way from a denial.
#[derive(Default)]
struct Walk {
    /// A symptom was denied, and nothing yet says that more is.
    waiting: bool,
    /// A comma stood behind it: more may be, if an "or" comes.
    listed: bool,
    joined: bool,
}

impl Walk {
    fn take(&mut self, kind: Kind) {
        match kind {
            Kind::Or => (self.waiting, self.listed, self.joined) = (false, false, true),
            Kind::Symptom => self.waiting = true,
            Kind::Between => {}
        }
    }

    /// A comma: only a list of what is denied goes on behind it.
    fn comma(&mut self) -> bool {
        let goes_on = self.waiting || self.joined;
        if self.waiting {
            (self.waiting, self.listed) = (false, true);
        }
        goes_on
    }
}
