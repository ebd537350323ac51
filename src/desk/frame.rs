//! What every page of the desk has around its own: one file with the head, the bar, the alarms and the emergency, and
//! places in it that each page fills.

/// The page around a page. A place in it is a line of its own: a comment with the place's name.
const FRAME: &str = include_str!("../../ui/desk/frame.html");

/// A whole page. `path` is where it is opened, which is marked among the links to all pages; `own` is what it fills the
/// frame's places with: it begins with the `head`, and the name of each further place stands as a comment before its part.
pub fn framed(path: &str, own: &str) -> String {
    let parts = parts(own);
    let link = format!("<a href=\"{path}\" ");
    let mut page = String::with_capacity(FRAME.len() + own.len());
    for line in FRAME.lines() {
        let Some(place) = place(line) else {
            page.push_str(&line.replace(&link, &format!("{link}aria-current=\"page\" ")));
            page.push('\n');
            continue;
        };
        let filling = parts.iter().filter(|(name, _)| *name == place);
        for own in filling.flat_map(|(_, lines)| lines) {
            page.push_str(own);
            page.push('\n');
        }
    }
    page
}

/// What a page fills each place with, line by line.
fn parts(own: &str) -> Vec<(&str, Vec<&str>)> {
    let mut parts = vec![("head", Vec::new())];
    for line in own.lines() {
        match place(line) {
            Some(name) => parts.push((name, Vec::new())),
            None => parts.last_mut().into_iter().for_each(|(_, lines)| lines.push(line)),
        }
    }
    parts
}

/// The name of the place that a line is.
fn place(line: &str) -> Option<&str> {
    line.trim().strip_prefix("<!-- ")?.strip_suffix(" -->")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::page::pages;

    #[test]
    fn each_page_stands_whole_in_the_frame_and_marks_itself_among_the_links() {
        let mut count = 0;
        for (path, html) in pages() {
            count += 1;
            for once in
                ["<!doctype html>", "<title>", "<main", "<h1", "<script ", "id=\"emergency\"", "</html>"]
            {
                assert_eq!(html.matches(once).count(), 1, "{once} in {path}");
            }
            assert!(!html.contains("<!-- "), "{path} leaves a place, or fills one that is not there");
            let current = format!("<a href=\"{path}\" aria-current=\"page\" ");
            // Nobody comes to the page of signing in by a link.
            let marks = usize::from(path != "/sign-in");
            assert_eq!(html.matches("aria-current").count(), marks, "{path}");
            assert_eq!(html.matches(&current).count(), marks, "{path}");
        }
        assert_eq!(count, 8);
    }

    #[test]
    fn every_place_that_a_page_fills_is_in_the_frame() {
        let places: Vec<_> = FRAME.lines().filter_map(place).collect();
        for (path, own) in crate::desk::page::OWN {
            for (name, lines) in parts(own) {
                assert!(places.contains(&name), "{path} fills {name:?}, which the frame does not have");
                assert!(!lines.is_empty(), "{path} fills {name:?} with nothing");
            }
        }
    }
}
