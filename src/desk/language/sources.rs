//! What the sources say to staff, found by reading them as their compilers do: for the test that every text of it is
//! translated, and that nothing is said without.

/// A text in a source, with how it stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    pub text: String,
    pub line: usize,
    /// The function or macro to which it is an argument, and which one; empty outside of any.
    pub callee: String,
    pub argument: usize,
    /// Whether it is the whole argument, or the beginning of it.
    pub is_first: bool,
    /// Whether it stands in an attribute of Rust, or is a name in an object of JavaScript.
    pub is_aside: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Rust,
    JavaScript,
}

struct Open {
    bracket: char,
    callee: String,
    argument: usize,
    is_attribute: bool,
}

/// Every text of a source, without those of its tests.
pub fn literals(source: &str, kind: Source) -> Vec<Literal> {
    let mut reader =
        Reader { rest: source, line: 1, before: String::new(), stack: Vec::new(), found: Vec::new() };
    let end = source.find("#[cfg(test)]\nmod tests").filter(|_| kind == Source::Rust);
    reader.rest = &source[..end.unwrap_or(source.len())];
    reader.read(kind);
    reader.found
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
    /// The last thing that was no blank: a word, or one sign.
    before: String,
    stack: Vec<Open>,
    found: Vec<Literal>,
}

impl Reader<'_> {
    fn read(&mut self, kind: Source) {
        while let Some(next) = self.rest.chars().next() {
            match next {
                _ if next.is_whitespace() => self.skip(next.len_utf8()),
                _ if self.rest.starts_with("//") => {
                    let end = self.rest.find('\n').unwrap_or(self.rest.len());
                    self.skip(end);
                }
                _ if self.rest.starts_with("/*") => {
                    let end = self.rest.find("*/").map_or(self.rest.len(), |at| at + 2);
                    self.skip(end);
                }
                '"' => self.literal('"', kind),
                '`' if kind == Source::JavaScript => self.template(),
                '\'' if kind == Source::JavaScript => self.literal('\'', kind),
                '/' if kind == Source::JavaScript && self.begins_regex() => self.regex(),
                '\'' => self.character_or_lifetime(),
                '(' | '[' | '{' => self.open(next),
                ')' | ']' | '}' => {
                    let closed = self.stack.pop();
                    self.take(1);
                    // Behind a part of a template the template goes on.
                    if closed.is_some_and(|open| open.bracket == '`') {
                        self.template_rest();
                    }
                }
                ',' => {
                    if let Some(open) = self.stack.last_mut() {
                        open.argument += 1;
                    }
                    self.take(1);
                }
                _ if next.is_alphanumeric() || next == '_' || next == '$' => {
                    let end = self.rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$');
                    self.take(end.unwrap_or(self.rest.len()));
                }
                _ => self.take(next.len_utf8()),
            }
        }
    }

    fn skip(&mut self, length: usize) {
        let (gone, rest) = self.rest.split_at(length);
        self.line += gone.matches('\n').count();
        self.rest = rest;
    }

    fn take(&mut self, length: usize) {
        let taken = &self.rest[..length];
        // The name of a macro stands before its mark.
        if taken != "!" || !self.before.ends_with(|c: char| c.is_alphanumeric()) {
            self.before = taken.to_string();
        }
        self.skip(length);
    }

    fn open(&mut self, bracket: char) {
        let callee = if bracket == '(' { self.before.clone() } else { String::new() };
        let is_attribute =
            bracket == '[' && self.before == "#" || self.stack.last().is_some_and(|open| open.is_attribute);
        self.stack.push(Open { bracket, callee, argument: 0, is_attribute });
        self.take(1);
    }

    fn begins_regex(&self) -> bool {
        matches!(
            self.before.as_str(),
            "(" | "," | "=" | ":" | "[" | "!" | "&" | "|" | "?" | "{" | "}" | ";" | "return"
        )
    }

    fn regex(&mut self) {
        let mut is_class = false;
        let mut escaped = false;
        let end = self.rest.char_indices().skip(1).find(|(_, c)| {
            let ends = *c == '/' && !is_class && !escaped;
            match c {
                '[' if !escaped => is_class = true,
                ']' if !escaped => is_class = false,
                _ => {}
            }
            escaped = *c == '\\' && !escaped;
            ends
        });
        self.take(end.map_or(self.rest.len(), |(at, _)| at + 1));
    }

    fn character_or_lifetime(&mut self) {
        let mut signs = self.rest.char_indices().skip(1);
        let length = match (signs.next(), signs.next()) {
            (Some((_, '\\')), _) => self.rest[2..].find('\'').map_or(self.rest.len(), |at| at + 3),
            (Some(_), Some((at, '\''))) => at + 1,
            _ => 1,
        };
        // An escaped apostrophe.
        let length = if self.rest.starts_with("'\\''") { 4 } else { length };
        self.take(length);
    }

    fn literal(&mut self, quote: char, kind: Source) {
        let is_raw = kind == Source::Rust && matches!(self.before.as_str(), "r" | "br");
        let line = self.line;
        let mut text = String::new();
        let mut end = 1;
        while let Some(sign) = self.rest[end..].chars().next() {
            end += sign.len_utf8();
            if sign == quote {
                break;
            }
            if sign != '\\' || is_raw {
                text.push(sign);
                continue;
            }
            let Some(escaped) = self.rest[end..].chars().next() else { break };
            end += escaped.len_utf8();
            match escaped {
                // A line that goes on: what the next one is set in by does not count.
                '\n' => end = self.rest.len() - self.rest[end..].trim_start().len(),
                'u' => {
                    let code = self.rest[end..].trim_start_matches('{');
                    let code: String = code.chars().take_while(char::is_ascii_hexdigit).collect();
                    text.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
                    end += self.rest[end..].find('}').map_or(0, |at| at + 1);
                }
                'n' => text.push('\n'),
                other => text.push(other),
            }
        }
        self.note(text, line);
        self.take(end);
        self.before = "text".into();
    }

    fn template(&mut self) {
        self.take(1);
        self.template_rest();
    }

    /// A piece of a template up to its end or to a value in it.
    fn template_rest(&mut self) {
        let end = [self.rest.find('`'), self.rest.find("${")].into_iter().flatten().min();
        let end = end.unwrap_or(self.rest.len());
        let (text, line) = (self.rest[..end].to_string(), self.line);
        self.note(text, line);
        self.skip(end);
        if self.rest.starts_with("${") {
            self.stack.push(Open { bracket: '`', callee: "${".into(), argument: 0, is_attribute: false });
            self.skip(2);
            self.before = "(".into();
        } else if !self.rest.is_empty() {
            self.skip(1);
            self.before = "text".into();
        }
    }

    fn note(&mut self, text: String, line: usize) {
        let call = self.stack.last();
        self.found.push(Literal {
            text,
            line,
            callee: call.map(|open| open.callee.clone()).unwrap_or_default(),
            argument: call.map_or(0, |open| open.argument),
            is_first: matches!(self.before.as_str(), "(" | "," | "&"),
            is_aside: self.stack.iter().any(|open| open.is_attribute),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str, kind: Source) -> Vec<(String, String, usize)> {
        literals(source, kind).into_iter().map(|each| (each.text, each.callee, each.argument)).collect()
    }

    #[test]
    fn texts_are_found_with_the_call_that_they_are_an_argument_of() {
        let rust = "// \"no\"\nfn a<'a>() { who.say(\"One \\\n    two\", &[]); let c = '\"'; x.count(n, \"a\", \"b\\u{201c}\", &v); warn!(\"{c}\") }";
        let wanted =
            [("One two", "say", 0), ("a", "count", 1), ("b\u{201c}", "count", 2), ("{c}", "warn", 0)];
        assert_eq!(found(rust, Source::Rust), wanted.map(|(a, b, c)| (a.into(), b.into(), c)));
        let script = "t('it\\'s'); s.replace(/[\"/]/g, `a${t(\"b\", { c })}d`);";
        let wanted = [("it's", "t", 0), ("a", "replace", 1), ("b", "t", 0), ("d", "replace", 1)];
        assert_eq!(found(script, Source::JavaScript), wanted.map(|(a, b, c)| (a.into(), b.into(), c)));
    }
}
