use super::*;
use crate::fonts;
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn typed(character: char) -> Stroke {
    Stroke::Typed { character, begins_name: false }
}

/// What comes of typing: what is left to be chosen, and what is written.
fn type_in(composition: Composition, text: &str) -> (Composition, String) {
    let mut written = String::new();
    let composition =
        text.chars().fold(composition, |composition, c| apply(composition, typed(c), &mut written));
    (composition, written)
}

fn apply(composition: Composition, stroke: Stroke, text: &mut String) -> Composition {
    let (composition, written) = step(composition, stroke);
    for written in written {
        match written {
            Written::Character(character) => text.push(character),
            Written::Erased => drop(text.pop()),
        }
    }
    composition
}

fn composed(text: &str) -> Composition {
    let (composition, written) = type_in(Composition::default(), text);
    assert_eq!(written, "", "{text}");
    composition
}

/// As whoever chooses a character by looking for it.
fn choose(composition: Composition, character: char, text: &mut String) -> Composition {
    let mut composition = composition;
    for _ in 0..composition.pages() {
        if let Some(at) = composition.offered().iter().position(|offered| *offered == character) {
            return apply(composition, Stroke::Chosen(at), text);
        }
        composition = apply(composition, Stroke::Turned { on: true }, text);
    }
    panic!("{character} is not offered for {}", composition.spelling());
}

#[test]
fn letters_are_cut_into_syllables() {
    for (letters, spelling) in [
        ("wangxiaoming", "wang xiao ming"),
        ("wangxiaom", "wang xiao m"),
        ("xian", "xian"),
        ("xi'an", "xi an"),
        ("xi’an", "xi an"),
        ("huangong", "huan gong"),
        ("tiananmen", "tian an men"),
        ("changan", "chang an"),
        ("nuer", "nu er"),
        ("nüer", "nü er"),
        ("nver", "nv er"),
        ("LiXiaoLong", "Li Xiao Long"),
        ("lyu", "lyu"),
        ("zhuangzi", "zhuang zi"),
        ("zh", "zh"),
        ("smith", "smith"),
        ("wangsmith", "wang smith"),
        ("xi''an", "xi an"),
        ("xi'", "xi"),
    ] {
        assert_eq!(composed(letters).spelling(), spelling);
    }
}

#[test]
fn a_name_is_chosen_character_by_character() {
    for (letters, name) in [
        ("wangxiaoming", "王小明"),
        ("lvbu", "吕布"),
        ("lyubu", "吕布"),
        ("lübu", "吕布"),
        ("ouyangxiu", "欧阳修"),
        ("lve", "略"),
        ("zengguofan", "曾国藩"),
        ("xian", "西安"),
        ("fangan", "翻干"),
        ("fangan", "方案"),
        ("RENMIN", "人民"),
    ] {
        let mut written = String::new();
        let left = name
            .chars()
            .fold(composed(letters), |composition, character| choose(composition, character, &mut written));
        assert_eq!((written.as_str(), left.is_empty()), (name, true), "{letters}");
    }
}

#[test]
fn where_a_name_begins_surnames_are_offered_first() {
    for (letters, surname, often) in [("wang", '王', '网'), ("shi", '石', '是'), ("yu", '于', '与')] {
        let stroke = |character| Stroke::Typed { character, begins_name: true };
        let begun =
            letters.chars().fold(Composition::default(), |composition, c| step(composition, stroke(c)).0);
        assert_eq!(begun.offered()[0], surname);
        assert_eq!(composed(letters).offered()[0], often);
    }
    // What follows the surname is no surname.
    let mut name = String::new();
    let begins = |character| Stroke::Typed { character, begins_name: true };
    let li = "liyu".chars().fold(Composition::default(), |composition, c| step(composition, begins(c)).0);
    assert_eq!(choose(li, '李', &mut name).offered()[0], '与');
}

#[test]
fn space_and_return_take_what_stands_first() {
    let first = composed("hao").offered()[0];
    let mut text = String::new();
    for stroke in [typed(' '), Stroke::Accepted] {
        text.clear();
        assert!(apply(composed("hao"), stroke, &mut text).is_empty());
        assert_eq!(text, first.to_string());
    }
    // One syllable after the other; with none left, a space is a space.
    let (left, written) = type_in(Composition::default(), "nihao   ");
    assert!(left.is_empty());
    assert_eq!(written, "你好 ");
    // First is what is seen to be first.
    let turned = step(composed("hao"), Stroke::Turned { on: true }).0;
    text.clear();
    let seen = turned.offered()[0];
    apply(turned, typed(' '), &mut text);
    assert_eq!(text, seen.to_string());
    // What is no pinyin is written as it stands.
    assert_eq!(type_in(Composition::default(), "Smith J").1, "Smith ");
    text.clear();
    assert!(apply(composed("Smith"), Stroke::Accepted, &mut text).is_empty());
    assert_eq!(text, "Smith");
}

#[test]
fn nothing_that_was_typed_is_lost() {
    let mut text = String::new();
    let left = choose(composed("wangxiao'Ming"), '王', &mut text);
    assert!(apply(left, Stroke::Left, &mut text).is_empty());
    assert_eq!(text, "王xiao'Ming");
    for (typed, written) in [
        ("nihao。", "你好。"),
        ("smith，", "smith，"),
        ("wang@qq.com ", "wang@qq.com "),
        ("wang-", "wang-"),
        ("café", "café"),
        ("'", "'"),
        ("7", "7"),
        (" ", " "),
    ] {
        let (left, text) = type_in(Composition::default(), typed);
        assert_eq!(text + &left.spelling(), written, "{typed}");
    }
}

#[test]
fn a_figure_chooses_of_what_is_offered() {
    let offered = composed("wang").offered();
    assert_eq!(type_in(Composition::default(), "wang2").1, offered[1].to_string());
    for nothing in ["wang0", "wang9", "smith1"] {
        assert_eq!(type_in(Composition::default(), nothing).1, "", "{nothing}");
    }
}

#[test]
fn the_offer_is_turned_on_and_back_and_comes_round() {
    let first = composed("yi");
    let pages = first.pages();
    assert!(pages > 10);
    let turn = |composition: &Composition, on| step(composition.clone(), Stroke::Turned { on }).0;
    let mut seen = Vec::new();
    let mut now = first.clone();
    for _ in 0..pages {
        seen.extend(now.offered());
        let next = turn(&now, true);
        assert_eq!(turn(&next, false), now);
        now = next;
    }
    assert_eq!(now, first);
    let kinds: std::collections::BTreeSet<char> = seen.iter().copied().collect();
    assert_eq!(kinds.len(), seen.len());
    assert_eq!(turn(&first, false).offered().last(), seen.last());
    // The offer begins anew with the next letter.
    assert_eq!(type_in(turn(&first, true), "n").0, composed("yin"));
}

#[test]
fn no_composition_grows_without_end() {
    let (long, written) = type_in(Composition::default(), &"wang".repeat(1000));
    assert_eq!(long.letters.len(), MOST);
    assert_eq!(written, "");
}

#[test]
fn the_table_is_whole() {
    assert!(SYLLABLES.len() > 400);
    for pair in SYLLABLES.windows(2) {
        assert!(pair[0].spelling < pair[1].spelling, "{pair:?}");
    }
    for line in SYLLABLES.iter() {
        assert!((1..=LONGEST).contains(&line.spelling.len()), "{line:?}");
        assert!(line.spelling.chars().all(|c| c.is_ascii_lowercase()), "{line:?}");
        assert!(!line.characters.is_empty(), "{line:?}");
        assert!(line.surnames.chars().all(|surname| line.characters.contains(surname)), "{line:?}");
        assert!(fonts::without_glyph(line.characters).is_empty(), "{line:?}");
    }
    let all: String = SYLLABLES.iter().map(|line| line.characters).collect();
    // The names that most people have, each read as it is read in a name.
    for surname in
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭肖萧蔡潘田董袁于余叶".chars()
    {
        assert!(all.contains(surname), "{surname}");
        assert!(SYLLABLES.iter().any(|line| line.surnames.contains(surname)), "{surname}");
    }
    for (spelling, surname) in [("zeng", '曾'), ("shan", '单'), ("xie", '解'), ("miao", '缪'), ("yu", '俞')]
    {
        assert!(syllable(spelling).unwrap().surnames.contains(surname), "{spelling}");
    }
}

/// A finger waits for nothing: the longest composition and the largest offer there are.
#[test]
fn the_offer_is_there_at_once() {
    let (longest, _) = type_in(Composition::default(), &"yi".repeat(MOST / 2));
    assert!(!longest.offered().is_empty(), "the table is read");
    let started = Instant::now();
    const TIMES: u32 = 200;
    for _ in 0..TIMES {
        assert_eq!(longest.offered().len(), AT_ONCE);
    }
    let each = started.elapsed() / TIMES;
    println!("{each:?} for the offer to {} letters", MOST);
    assert!(each < Duration::from_millis(5), "{each:?}");
}

fn strokes() -> impl Strategy<Value = Vec<Stroke>> {
    let character = prop_oneof![
        12 => prop::sample::select(('a'..='z').chain(['\'', 'ü', 'G', ' ']).collect::<Vec<_>>()),
        1 => any::<char>(),
    ];
    let typed = (character, any::<bool>())
        .prop_map(|(character, begins_name)| Stroke::Typed { character, begins_name });
    let stroke = prop_oneof![
        10 => typed,
        2 => Just(Stroke::Erased),
        2 => (0..12usize).prop_map(Stroke::Chosen),
        1 => any::<bool>().prop_map(|on| Stroke::Turned { on }),
        1 => Just(Stroke::Accepted),
        1 => Just(Stroke::Left),
    ];
    prop::collection::vec(stroke, 0..60)
}

proptest! {
    /// Whatever is struck, the glass has room for what is offered, and the key that takes away takes all of it away.
    #[test]
    fn erasing_takes_all_away(strokes in strokes()) {
        let mut text = String::new();
        let mut composition = Composition::default();
        for stroke in strokes {
            composition = apply(composition, stroke, &mut text);
            prop_assert!(composition.offered().len() <= AT_ONCE);
            prop_assert!(composition.page < composition.pages());
            let letters: String = composition.letters.chars().filter(|c| !is_apostrophe(*c)).collect();
            prop_assert_eq!(composition.spelling().replace(' ', ""), letters);
        }
        let count = composition.letters.chars().count() + text.chars().count();
        for _ in 0..count {
            composition = apply(composition, Stroke::Erased, &mut text);
        }
        prop_assert_eq!((composition, text.as_str()), (Composition::default(), ""));
    }

    /// Leaving writes what was typed since the last character was chosen, letter by letter.
    #[test]
    fn leaving_writes_what_was_typed(letters in "[a-zA-Zü][a-zA-Zü']{0,39}") {
        let mut text = String::new();
        let composition = apply(composed(&letters), Stroke::Left, &mut text);
        prop_assert!(composition.is_empty());
        prop_assert_eq!(text, letters);
    }

    /// Taking the first of everything ends in characters, or in letters that are no pinyin.
    #[test]
    fn accepting_comes_to_an_end(letters in "[a-z][a-z']{0,39}") {
        let mut text = String::new();
        let mut composition = composed(&letters);
        for _ in 0..MOST {
            composition = apply(composition, Stroke::Accepted, &mut text);
        }
        prop_assert!(composition.is_empty());
        prop_assert!(composition.offered().is_empty());
    }
}
