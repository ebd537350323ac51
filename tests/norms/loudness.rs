//! How loud the voice is, as the real espeak-ng makes it.

use vestibule::kiosk::voice::VOLUMES;
use vestibule::speech::{self, Manner, spoken};
use vestibule_ui::words::Words;

/// The level of a WAV file of 16 bits, in decibels.
fn decibels(wav: &[u8]) -> f64 {
    let begins = wav.windows(4).position(|four| four == b"data").unwrap() + 8;
    let samples: Vec<f64> =
        wav[begins..].chunks_exact(2).map(|two| f64::from(i16::from_le_bytes([two[0], two[1]]))).collect();
    assert!(samples.len() > 10_000, "{} samples", samples.len());
    let mean = samples.iter().map(|it| it * it).sum::<f64>() / samples.len() as f64;
    10.0 * mean.log10()
}

/// EN 301 549 8.2.1.1 and 8.2.1.2: a range of 18 dB, and a step between that is 12 dB above the softest.
#[test]
fn the_volume_goes_over_eighteen_decibels_with_a_step_at_twelve() {
    let program = speech::program().expect("espeak-ng is installed");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let words = Words::own();
    for code in ["en", "es", "hi"] {
        let language = words.language_or_english(code);
        let sentence = words.text(language, "voice-how-to-move");
        let levels = VOLUMES.map(|loudness| {
            let manner = Manner { speed: 150, loudness, signs: false };
            decibels(&runtime.block_on(spoken(&program, language, &sentence, manner)).unwrap())
        });
        let above = levels.map(|level| level - levels[0]);
        println!("{code}: {above:.1?} dB above the softest");
        assert!(above.is_sorted(), "{code}: {above:?}");
        assert!(above[VOLUMES.len() - 1] >= 18.0, "{code}: {above:?}");
        assert!(
            above[1..VOLUMES.len() - 1].iter().any(|step| (12.0..15.0).contains(step)),
            "{code}: {above:?}"
        );
    }
}
