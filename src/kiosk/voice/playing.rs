//! Makes sound of what is to be said, and plays it: one thing after the other on a thread of its own, until it is told
//! to be silent.

use super::health::{Health, Silent};
use super::{Sound, Utterance};
use crate::speech::{self, Manner, silenced, spoken};
use std::cell::Cell;
use std::collections::VecDeque;
use std::path::Path;
use std::process::Stdio;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use vestibule_ui::words::{Language, Words};

/// A sound that is not played to its end so long after it should have been is not being played.
const LATE: Duration = Duration::from_secs(5);

/// What the thread is told.
enum Order {
    Stop,
    Say(Utterance, Manner),
}

/// What is to be heard.
enum Task {
    /// Something for whoever listens.
    Say(Utterance, Manner),
    /// Nothing, to find out whether something would be.
    Trial,
}

/// A thread that speaks. It ends with this.
pub(super) struct Playing {
    orders: Option<UnboundedSender<Order>>,
    thread: Option<JoinHandle<()>>,
}

impl Playing {
    /// Starts the thread, with a sound device by its ALSA name. It tells why nothing is heard, in words for staff, and
    /// with no words that something is heard again; `troubled` is whether the former was told before it started.
    pub(super) fn start(
        output: Option<String>,
        troubled: bool,
        tell: impl Fn(&'static str) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (orders, ordered) = unbounded_channel();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let thread = std::thread::Builder::new().name("voice".into()).spawn(move || {
            runtime.block_on(async {
                play(ordered, output.as_deref(), Health::new(troubled, tell)).await;
            });
        })?;
        Ok(Self { orders: Some(orders), thread: Some(thread) })
    }

    fn tell(&self, order: Order) {
        // Without a receiver the thread has ended, and the kiosk goes on in silence.
        let _ = self.orders.as_ref().map(|orders| orders.send(order));
    }
}

impl Drop for Playing {
    /// Nothing speaks any more when the kiosk has ended, or another program has taken its place.
    fn drop(&mut self) {
        self.orders.take();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Sound for Playing {
    fn stop(&self) {
        self.tell(Order::Stop);
    }

    fn say(&self, what: Utterance, manner: Manner) {
        self.tell(Order::Say(what, manner));
    }
}

async fn play(
    mut orders: UnboundedReceiver<Order>,
    output: Option<&str>,
    mut health: Health<impl Fn(&'static str)>,
) {
    let mut waiting = VecDeque::new();
    loop {
        let task = match waiting.pop_front() {
            Some((what, manner)) => Task::Say(what, manner),
            None => tokio::select! {
                biased;
                order = orders.recv() => match order {
                    None => return,
                    Some(Order::Stop) => continue,
                    Some(Order::Say(what, manner)) => Task::Say(what, manner),
                },
                () = health.next_trial() => Task::Trial,
            },
        };
        let (began, made) = (Instant::now(), Cell::new(false));
        let sounding = sound(&task, output, &made);
        tokio::pin!(sounding);
        // Dropped when it must stop, and with it the programs that make and play the sound.
        loop {
            tokio::select! {
                biased;
                order = orders.recv() => match order {
                    None => return,
                    Some(Order::Stop) => {
                        waiting.clear();
                        if !made.get() {
                            health.stopped_in_vain_after(began.elapsed());
                        }
                        break;
                    }
                    Some(Order::Say(what, manner)) => {
                        waiting.push_back((what, manner));
                        if matches!(task, Task::Trial) {
                            break;
                        }
                    }
                },
                result = &mut sounding => {
                    health.ended(result);
                    break;
                }
            }
        }
    }
}

/// Notes in `made` that there is a sound, which is then played.
async fn sound(task: &Task, output: Option<&str>, made: &Cell<bool>) -> Result<(), Silent> {
    let speaks = speech::program().ok_or(Silent::NoVoice)?;
    let wav = match task {
        Task::Say(what, manner) => spoken(&speaks, what.language, &what.text, *manner).await,
        Task::Trial => spoken(&speaks, any_language(), "1 2 3", Manner::ANNOUNCING).await.map(silenced),
    };
    let wav = wav.map_err(Silent::Unspoken)?;
    made.set(true);
    let plays = speech::player().ok_or(Silent::NoPlayer)?;
    let within = speech::length(&wav).unwrap_or_default() + LATE;
    tokio::time::timeout(within, played(&plays, output, &wav))
        .await
        .unwrap_or_else(|_| Err("it did not come to the end of a sound".into()))
        .map_err(Silent::NotPlayed)
}

fn any_language() -> Language {
    Words::own().language_or_english("en")
}

async fn played(program: &Path, output: Option<&str>, wav: &[u8]) -> Result<(), String> {
    let failed = |error: std::io::Error| error.to_string();
    let mut command = Command::new(program);
    command.arg("-q");
    if let Some(output) = output {
        command.args(["-D", output]);
    }
    let mut child = command
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(failed)?;
    let mut stdin = child.stdin.take();
    if let Some(stdin) = &mut stdin {
        stdin.write_all(wav).await.map_err(failed)?;
        stdin.flush().await.map_err(failed)?;
    }
    drop(stdin);
    let ended = child.wait().await.map_err(failed)?;
    if ended.success() { Ok(()) } else { Err(format!("it ended with {ended}")) }
}
