//! A real X display without a screen, real pointer events, and pictures of what is on it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub struct Display {
    server: Child,
    pub name: String,
    size: (u32, u32),
}

impl Display {
    pub fn open((width, height): (u32, u32)) -> Self {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0"])
            .arg(format!("{width}x{height}x24"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb starts; tests/run installs it");
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        assert!(!number.trim().is_empty(), "Xvfb has opened no display");
        Self { server, name: format!(":{}", number.trim()), size: (width, height) }
    }

    fn tool(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("DISPLAY", &self.name);
        command
    }

    /// A finger goes down and up.
    pub fn tap(&self, (x, y): (i32, i32)) {
        let done = self
            .tool("xdotool")
            .args(["mousemove", &x.to_string(), &y.to_string(), "click", "1"])
            .status()
            .expect("xdotool starts; tests/run installs it");
        assert!(done.success());
    }

    /// Red, green and blue of every pixel.
    pub fn picture(&self) -> Vec<u8> {
        let taken = self
            .tool("xwd")
            .args(["-root", "-silent"])
            .output()
            .expect("xwd starts; tests/run installs it (x11-apps)");
        let dump = taken.stdout;
        // The header is of 32-bit words, most significant byte first (X11/XWDFile.h): 0 its length, 4 and 5
        // width and height, 11 bits a pixel, 12 bytes a line, 19 the number of colours that follow it.
        let word =
            |place: usize| u32::from_be_bytes(dump[place * 4..place * 4 + 4].try_into().unwrap()) as usize;
        assert_eq!((word(4), word(5), word(11)), (self.size.0 as usize, self.size.1 as usize, 32));
        let pixels = &dump[word(0) + word(19) * 12..];
        let rows = pixels.chunks_exact(word(12)).take(word(5));
        rows.flat_map(|row| row[..word(4) * 4].chunks_exact(4))
            .flat_map(|pixel| [pixel[2], pixel[1], pixel[0]])
            .collect()
    }

    /// Waits until the display shows this picture; the pointer and the blinking cursor may differ.
    pub fn shows(&self, what: &str, expected: &[u8], within: Duration) {
        let began = Instant::now();
        loop {
            let picture = self.picture();
            let differs = differing(&picture, expected);
            // A blinking cursor is 0.02 % of the glass, another word 0.2 % and more.
            if differs < 0.0008 {
                return;
            }
            if began.elapsed() > within {
                let folder = std::env::temp_dir().join("vestibule-end-to-end");
                std::fs::create_dir_all(&folder).unwrap();
                for (name, pixels) in [("shown", &picture[..]), ("expected", expected)] {
                    let (width, height) = self.size;
                    let head = format!("P6\n{width} {height}\n255\n");
                    let file = [head.as_bytes(), pixels].concat();
                    std::fs::write(folder.join(format!("{name}.ppm")), file).unwrap();
                }
                panic!("{what}: {:.2} % of the glass differs; see {}", differs * 100.0, folder.display());
            }
            std::thread::sleep(Duration::from_millis(150));
        }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The part of pixels that are clearly another colour.
fn differing(one: &[u8], other: &[u8]) -> f64 {
    assert_eq!(one.len(), other.len());
    let pixels = one.chunks_exact(3).zip(other.chunks_exact(3));
    let differ = pixels.filter(|(a, b)| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > 40)).count();
    differ as f64 / (one.len() / 3) as f64
}
