//! How far a word may be from how it is spelt, and still be meant.

/// How many slips a word of so many letters may hold.
pub(super) fn slips_allowed(letters: usize) -> usize {
    match letters {
        0..=4 => 0,
        5..=8 => 1,
        _ => 2,
    }
}

/// Whether somebody who typed `typed` may have meant `meant`; with `stem`, something that begins like it.
pub(super) fn may_mean(typed: &[char], meant: &[char], stem: bool) -> bool {
    let (Some(first), Some(first_meant)) = (typed.first(), meant.first()) else { return false };
    let swapped_first = typed.len() > 1 && meant.len() > 1 && typed[0] == meant[1] && typed[1] == meant[0];
    // Hardly anybody misses the first letter of a short word, and false friends differ there.
    if first != first_meant && !swapped_first && meant.len() < 8 {
        return false;
    }
    match slips_allowed(meant.len()) {
        0 => meant.len() == 4 && one_of_four(typed, meant, stem),
        allowed => slips_at_most(typed, meant, stem, allowed),
    }
}

/// In a word of four letters only two that changed places, or one that was typed twice, is taken for a slip.
fn one_of_four(typed: &[char], meant: &[char], stem: bool) -> bool {
    let begins = |meant: &[char]| {
        if stem { typed.starts_with(meant) } else { typed == meant }
    };
    let swapped = (1..meant.len() - 1).any(|index| {
        let mut other = meant.to_vec();
        other.swap(index, index + 1);
        other != meant && begins(&other)
    });
    swapped
        || (0..meant.len()).any(|index| {
            let mut other = meant.to_vec();
            other.insert(index, meant[index]);
            begins(&other)
        })
}

/// Optimal string alignment, given up as soon as more than `allowed` are certain.
fn slips_at_most(typed: &[char], meant: &[char], stem: bool, allowed: usize) -> bool {
    let typed = if stem { &typed[..typed.len().min(meant.len() + allowed)] } else { typed };
    if meant.len() > typed.len() + allowed || typed.len() > meant.len() + allowed {
        return false;
    }
    let width = meant.len() + 1;
    let mut before_last = vec![0; width];
    let mut last: Vec<usize> = (0..width).collect();
    let mut best = last[width - 1];
    for row in 1..=typed.len() {
        let mut now = vec![row; width];
        for column in 1..width {
            let same = typed[row - 1] == meant[column - 1];
            let mut slips =
                (last[column - 1] + usize::from(!same)).min(last[column] + 1).min(now[column - 1] + 1);
            if row > 1
                && column > 1
                && typed[row - 1] == meant[column - 2]
                && typed[row - 2] == meant[column - 1]
            {
                slips = slips.min(before_last[column - 2] + 1);
            }
            now[column] = slips;
        }
        if now.iter().all(|slips| *slips > allowed) {
            return stem && best <= allowed;
        }
        before_last = last;
        last = now;
        best = best.min(last[width - 1]);
    }
    if stem { best <= allowed } else { last[width - 1] <= allowed }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may(typed: &str, meant: &str, stem: bool) -> bool {
        may_mean(&typed.chars().collect::<Vec<_>>(), &meant.chars().collect::<Vec<_>>(), stem)
    }

    #[test]
    fn slips_of_the_finger_are_forgiven_and_other_words_are_not() {
        for (typed, meant, stem, expected) in [
            ("chset", "chest", false, true),
            ("chst", "chest", false, true),
            ("pian", "pain", false, true),
            ("paiin", "pain", false, true),
            ("paid", "pain", false, false),
            ("best", "chest", false, false),
            ("breahting", "breath", true, true),
            ("unconcsious", "unconscious", false, true),
            ("unconshus", "unconscious", false, false),
            ("feel", "fell", false, false),
            ("", "chest", false, false),
        ] {
            assert_eq!(may(typed, meant, stem), expected, "{typed} for {meant}");
        }
    }
}
