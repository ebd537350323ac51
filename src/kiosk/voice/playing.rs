//! Makes sound of what is to be said, and plays it: one thing after the other on a thread of its own, until it is told
//! to be silent.

use super::{Sound, Utterance};
use crate::speech::{self, Manner, Unspoken, spoken};
use std::collections::VecDeque;
use std::path::Path;
use std::process::Stdio;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// What the thread is told.
enum Order {
    Stop,
    Say(Utterance, Manner),
}

/// A thread that speaks. It ends with this.
pub(super) struct Playing {
    orders: UnboundedSender<Order>,
}

impl Playing {
    /// Starts the thread, with a sound device by its ALSA name.
    pub(super) fn start(output: Option<String>) -> std::io::Result<Self> {
        let (orders, ordered) = unbounded_channel();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        std::thread::Builder::new()
            .name("voice".into())
            .spawn(move || runtime.block_on(play(ordered, output.as_deref())))?;
        Ok(Self { orders })
    }

    fn tell(&self, order: Order) {
        // Without a receiver the thread has ended, and the kiosk goes on in silence.
        let _ = self.orders.send(order);
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

async fn play(mut orders: UnboundedReceiver<Order>, output: Option<&str>) {
    let mut waiting = VecDeque::new();
    // What fails is told once, not with every word.
    let mut failing = false;
    loop {
        let (what, manner) = match waiting.pop_front() {
            Some(next) => next,
            None => match orders.recv().await {
                None => return,
                Some(Order::Stop) => continue,
                Some(Order::Say(what, manner)) => (what, manner),
            },
        };
        let sounding = sound(&what, manner, output);
        tokio::pin!(sounding);
        // Dropped when it must stop, and with it the programs that make and play the sound.
        loop {
            tokio::select! {
                biased;
                order = orders.recv() => match order {
                    None => return,
                    Some(Order::Stop) => {
                        waiting.clear();
                        break;
                    }
                    Some(Order::Say(what, manner)) => waiting.push_back((what, manner)),
                },
                result = &mut sounding => {
                    if let Err(error) = &result && !failing {
                        tracing::error!("the voice cannot be heard: {error}");
                    }
                    failing = result.is_err();
                    break;
                }
            }
        }
    }
}

async fn sound(what: &Utterance, manner: Manner, output: Option<&str>) -> Result<(), Unspoken> {
    let speaks = speech::program().ok_or(Unspoken::NoVoice)?;
    let wav = spoken(&speaks, what.language, &what.text, manner).await?;
    let plays =
        speech::player().ok_or_else(|| Unspoken::Failed("nothing plays it: install alsa-utils".into()))?;
    played(&plays, output, &wav).await
}

async fn played(program: &Path, output: Option<&str>, wav: &[u8]) -> Result<(), Unspoken> {
    let failed = |error: std::io::Error| Unspoken::Failed(format!("aplay: {error}"));
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
    if !ended.success() {
        return Err(Unspoken::Failed(format!("aplay ended with {ended}: check the sound device (output)")));
    }
    Ok(())
}
