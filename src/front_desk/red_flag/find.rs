//! Finding patterns in a text.

use super::lexicon::{Lexicon, Places};
use super::pattern::{Link, Pattern, Word};
use super::text::{Span, Token};

/// How far apart, in half words, parts may stand that are near each other: five words.
const WINDOW: usize = 10;

/// How many spans may stand between a match and what is before it; more would be further than the window.
const FEW: usize = 64;

/// A pattern whose words are numbers in the lexicon.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Compiled {
    parts: Vec<Part>,
}

/// A place in a pattern: one of some phrases, each by the numbers of its words.
#[derive(Debug, Clone, PartialEq)]
struct Part {
    link: Link,
    phrases: Vec<Vec<usize>>,
    optional: bool,
    aside: bool,
}

/// Where a pattern was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Match {
    /// Each part.
    pub elements: Vec<Span>,
    /// Parts that only had to be there.
    asides: Vec<Span>,
}

impl Match {
    pub fn start(&self) -> usize {
        self.all().map(|element| element.start).min().unwrap_or(0)
    }

    pub fn end(&self) -> usize {
        self.all().map(|element| element.end).max().unwrap_or(0)
    }

    fn all(&self) -> impl Iterator<Item = &Span> {
        self.elements.iter().chain(&self.asides)
    }

    fn with(mut self, span: Span, aside: bool) -> Self {
        if aside {
            self.asides.push(span)
        } else {
            self.elements.push(span)
        }
        self
    }

    pub fn exact(&self) -> bool {
        self.elements.iter().all(|element| element.exact)
    }

    pub fn holds(&self, token: usize) -> bool {
        self.elements.iter().any(|element| element.holds(token))
    }

    pub fn overlaps(&self, span: &Span) -> bool {
        self.elements.iter().any(|element| element.overlaps(span))
    }
}

impl Compiled {
    /// Takes the words of a pattern into the lexicon.
    pub fn of(pattern: &Pattern, lexicon: &mut Lexicon, flagged: bool) -> Self {
        let parts = pattern.parts.iter().map(|part| {
            // Slips are forgiven in what alarms, never in what denies.
            let strict = |word: &Word| Word { strict: word.strict || !flagged, ..word.clone() };
            let phrases = part.phrases.iter().map(|phrase| {
                phrase.0.iter().map(|word| lexicon.number_of(&strict(word), flagged)).collect()
            });
            let phrases = phrases.collect();
            Part { link: part.link, phrases, optional: part.optional, aside: part.aside }
        });
        Self { parts: parts.collect() }
    }

    /// Where it stands in a text. With `whole`, nothing that belongs together may be parted by a comma.
    pub fn find(&self, tokens: &[Token], places: &Places, whole: bool) -> Vec<Match> {
        let mut parts = Vec::with_capacity(self.parts.len());
        for Part { link, phrases, optional, aside } in &self.parts {
            let spans = spans_of(phrases, tokens, places);
            match (spans.is_empty(), optional) {
                (true, true) => {}
                (true, false) => return Vec::new(),
                (false, _) => parts.push(Placed { link: *link, spans, optional: *optional, aside: *aside }),
            }
        }
        let mut matches = Vec::new();
        for first in 0..parts.len() {
            for span in &parts[first].spans {
                let begun = Match { elements: Vec::new(), asides: Vec::new() };
                let begun = begun.with(*span, parts[first].aside);
                matches.extend(continued(begun, &parts[first + 1..], tokens, whole));
            }
            if !parts[first].optional {
                break;
            }
        }
        matches
    }
}

/// A part and where it stands in a text.
struct Placed {
    link: Link,
    spans: Vec<Span>,
    optional: bool,
    aside: bool,
}

/// A match that has begun, through the parts that follow.
fn continued(begun: Match, others: &[Placed], tokens: &[Token], whole: bool) -> Vec<Match> {
    let mut found = vec![begun];
    for Placed { link, spans, optional, aside } in others {
        let mut longer = Vec::new();
        for begun in found {
            let next = nearest(&begun, *link, spans, tokens, whole);
            longer.extend(next.map(|span| begun.clone().with(span, *aside)));
            if *optional {
                longer.push(begun);
            }
        }
        found = longer;
    }
    found
}

/// Where one of the phrases stands.
fn spans_of(phrases: &[Vec<usize>], tokens: &[Token], places: &Places) -> Vec<Span> {
    let mut spans = Vec::new();
    for phrase in phrases {
        let Some((first, others)) = phrase.split_first() else { continue };
        'places: for &start in places.of(*first) {
            let mut span = start;
            for word in others {
                let places = places.of(*word);
                let from = places.partition_point(|next| next.start < span.end);
                let clause = tokens[span.start].clause;
                let next = places.get(from).filter(|next| next.start == span.end);
                match next.filter(|next| tokens[next.start].clause == clause) {
                    Some(next) => {
                        span = Span { start: span.start, end: next.end, exact: span.exact && next.exact }
                    }
                    None => continue 'places,
                }
            }
            spans.push(span);
        }
    }
    // What is spelt right stands before the same words as a slip for others.
    spans.sort_unstable_by_key(|span| (span.start, span.end, !span.exact));
    spans.dedup_by_key(|span| (span.start, span.end));
    spans
}

/// What continues a match: the nearest behind it, and the nearest before it where the link allows that.
fn nearest<'a>(
    begun: &'a Match,
    link: Link,
    spans: &'a [Span],
    tokens: &'a [Token],
    whole: bool,
) -> impl Iterator<Item = Span> + 'a {
    let (start, end) = (begun.start(), begun.end());
    let sentence = tokens[start].sentence;
    // The words before sentences were parted: the last token's place and width.
    let end_place = tokens[end - 1].place + if tokens[end - 1].is_han() { 1 } else { 2 };
    let first_behind = spans.partition_point(|span| span.start < end);
    let behind = spans.get(first_behind).map(|span| {
        let gap = tokens[span.start].place.saturating_sub(end_place);
        (*span, gap, if link == Link::Next { span.start == end } else { gap <= WINDOW })
    });
    let before = spans[..first_behind].iter().rev().take(FEW).find(|span| span.end <= start).map(|span| {
        let token = &tokens[span.end - 1];
        let gap = tokens[start].place.saturating_sub(token.place + if token.is_han() { 1 } else { 2 });
        (*span, gap, link == Link::Near && gap <= WINDOW)
    });
    let fits = move |(span, _, near): &(Span, usize, bool)| {
        let token = &tokens[span.start];
        *near
            && token.sentence == sentence
            && tokens[span.end - 1].sentence == sentence
            && (!whole || link != Link::Next || token.clause == tokens[end - 1].clause)
    };
    let behind = behind.filter(fits);
    let before = before.filter(fits);
    let (gap_behind, gap_before) = (behind.map(|found| found.1), before.map(|found| found.1));
    // The nearer of the two is meant; where both are as near, either may be.
    let behind = behind.filter(move |(_, gap, _)| gap_before.is_none_or(|other| *gap <= other));
    let before = before.filter(move |(_, gap, _)| gap_behind.is_none_or(|other| *gap <= other));
    behind.into_iter().chain(before).map(|(span, ..)| span)
}
