//! One real window of the app, and what can be done to a page by its `data-testid` names.

use crate::{Desktop, Message, Process, free_port, message, until};
use anyhow::{Context as _, Result, bail};
use serde::de::DeserializeOwned;
use std::{
    path::{Path, PathBuf},
    time::Duration,
};
use thirtyfour::{By, Capabilities, Key, WebDriver, WebElement};

/// Starting the app in a debug build on a busy machine.
const START_MAX: Duration = Duration::from_secs(90);

/// The app runs as long as this is open.
#[derive(Debug)]
pub struct Window {
    // Some until it is closed.
    session: Option<WebDriver>,
}

impl Drop for Window {
    fn drop(&mut self) {
        // The session would wait for an answer that cannot come from here; the app ends with its driver.
        if let Some(session) = self.session.take() {
            let _ = session.leak();
        }
    }
}

impl Window {
    /// Starts the app through tauri-driver at `port` and waits for its page.
    pub async fn open(port: u16, app: &Path, arguments: &[String]) -> Result<Self> {
        let mut wanted = Capabilities::new();
        wanted.set("tauri:options", serde_json::json!({ "application": app, "args": arguments }))?;
        let session = WebDriver::builder(format!("http://127.0.0.1:{port}"), wanted)
            .request_timeout(START_MAX)
            .await
            .context("the app's window did not open; the driver's log has what it said")?;
        Ok(Self { session: Some(session) })
    }

    fn driver(&self) -> Result<&WebDriver> {
        self.session.as_ref().context("the window is closed")
    }

    /// Ends the app, as closing the session does it: at once, without asking.
    pub async fn close(mut self) -> Result<()> {
        match self.session.take() {
            Some(session) => Ok(session.quit().await?),
            None => Ok(()),
        }
    }

    /// Moves it so that its upper left corner is there.
    pub async fn move_to(&self, (x, y): (i32, i32)) -> Result<()> {
        let driver = self.driver()?;
        let now = driver.get_window_rect().await?;
        driver.set_window_rect(i64::from(x), i64::from(y), now.width.try_into()?, now.height.try_into()?).await?;
        Ok(())
    }

    /// Where it stands on the screen and how large it is, in pixels: left, top, width, height.
    pub async fn place(&self) -> Result<(i64, i64, i64, i64)> {
        let now = self.driver()?.get_window_rect().await?;
        Ok((now.x, now.y, now.width, now.height))
    }

    /// Gives it another size where it is, as pulling at its edge does it.
    pub async fn resize(&self, (width, height): (u32, u32)) -> Result<()> {
        let driver = self.driver()?;
        let now = driver.get_window_rect().await?;
        Ok(driver.set_window_rect(now.x, now.y, width, height).await?)
    }

    pub async fn has(&self, name: &str) -> Result<bool> {
        Ok(!self.driver()?.find_all(by(name)).await?.is_empty())
    }

    /// Waits until the page has it and it can be seen.
    pub async fn wait(&self, name: &str) -> Result<WebElement> {
        until(&format!("{name:?} in the window"), || async {
            for element in self.driver()?.find_all(by(name)).await? {
                if element.is_displayed().await? {
                    return Ok(Some(element));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Waits until the page no longer has it.
    pub async fn wait_gone(&self, name: &str) -> Result<()> {
        until(&format!("{name:?} gone from the window"), || async { Ok((!self.has(name).await?).then_some(())) }).await
    }

    /// Waits for whichever of these comes first.
    pub async fn wait_any<'n>(&self, names: &[&'n str]) -> Result<&'n str> {
        until(&format!("one of {names:?} in the window"), || async {
            for name in names {
                if self.has(name).await? {
                    return Ok(Some(*name));
                }
            }
            Ok(None)
        })
        .await
    }

    pub async fn click(&self, name: &str) -> Result<()> {
        // Between being found and being clicked the page may have drawn it anew.
        until(&format!("a click on {name:?}"), || async {
            self.wait(name).await?.click().await?;
            Ok(Some(()))
        })
        .await
    }

    /// Clicks the one of several whose attribute is this.
    pub async fn click_where(&self, name: &str, attribute: &str, value: &str) -> Result<()> {
        until(&format!("a click on {name:?} with {attribute} {value:?}"), || async {
            for element in self.driver()?.find_all(by(name)).await? {
                if element.attr(attribute).await?.as_deref() == Some(value) {
                    element.click().await?;
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Replaces what is in a field.
    pub async fn fill(&self, name: &str, text: &str) -> Result<()> {
        // What is above it may still be coming and push it away from under the pointer.
        let field = until(&format!("a click into {name:?}"), || async {
            let field = self.wait(name).await?;
            field.click().await?;
            Ok(Some(field))
        })
        .await?;
        if !field.prop("value").await?.unwrap_or_default().is_empty() {
            field.send_keys(Key::Control + "a").await?;
            field.send_keys(Key::Backspace).await?;
        }
        field.send_keys(text).await?;
        let typed = field.prop("value").await?.unwrap_or_default();
        if typed != text {
            bail!("{name:?} has {typed:?} after {text:?} was typed");
        }
        Ok(())
    }

    /// Replaces what is in a field as a paste does it, with what no keyboard has too; returns what the field has of it.
    pub async fn paste(&self, name: &str, text: &str) -> Result<String> {
        self.wait(name).await?;
        let script = format!(
            "const field = document.querySelector('[data-testid=\"{name}\"]');
            field.focus();
            field.select();
            document.execCommand('insertText', false, {});
            return field.value;",
            serde_json::to_string(text)?
        );
        self.run(&script).await
    }

    /// Chooses a file, as its dialog would: the field itself is never seen.
    pub async fn choose_file(&self, name: &str, file: &Path) -> Result<()> {
        Ok(self.driver()?.find(by(name)).await?.send_keys(file.to_string_lossy()).await?)
    }

    /// Chooses from a list: the system's own, which no driver opens.
    pub async fn choose(&self, name: &str, value: &str) -> Result<()> {
        self.wait(name).await?;
        let script = format!(
            "const list = document.querySelector('[data-testid=\"{name}\"]');
            list.value = '{value}';
            list.dispatchEvent(new Event('change', {{ bubbles: true }}));
            return list.value;"
        );
        let chosen: String = self.run(&script).await?;
        if chosen != value {
            bail!("{name:?} has no {value:?}");
        }
        Ok(())
    }

    /// Types keys into a field.
    pub async fn press(&self, name: &str, keys: impl Into<thirtyfour::TypingData>) -> Result<()> {
        self.wait(name).await?.send_keys(keys).await?;
        Ok(())
    }

    /// Types keys wherever the page's focus is.
    pub async fn type_keys(&self, keys: impl Into<thirtyfour::TypingData>) -> Result<()> {
        Ok(self.driver()?.action_chain().send_keys(keys).perform().await?)
    }

    pub async fn value(&self, name: &str) -> Result<String> {
        Ok(self.wait(name).await?.prop("value").await?.unwrap_or_default())
    }

    pub async fn text(&self, name: &str) -> Result<String> {
        Ok(self.wait(name).await?.prop("textContent").await?.unwrap_or_default())
    }

    /// What all that are called so say.
    pub async fn texts(&self, name: &str) -> Result<Vec<String>> {
        self.run(&format!("return Array.from(document.querySelectorAll('[data-testid=\"{name}\"]'), (one) => one.textContent);")).await
    }

    pub async fn attribute(&self, name: &str, attribute: &str) -> Result<String> {
        Ok(self.wait(name).await?.attr(attribute).await?.unwrap_or_default())
    }

    /// Waits until an attribute has this value.
    pub async fn wait_attribute(&self, name: &str, attribute: &str, value: &str) -> Result<()> {
        until(&format!("{name:?} with {attribute} {value:?}"), || async {
            Ok((self.attribute(name, attribute).await? == value).then_some(()))
        })
        .await
    }

    /// Every message that the timeline shows.
    pub async fn messages(&self) -> Result<Vec<Message>> {
        self.run(message::READ).await
    }

    /// Runs a script in the page.
    pub async fn run<T: DeserializeOwned>(&self, script: &str) -> Result<T> {
        Ok(self.driver()?.execute(script, Vec::new()).await?.convert()?)
    }

    /// Pictures the page once what it says is also drawn: that is two frames later.
    pub async fn picture(&self, path: PathBuf) -> Result<PathBuf> {
        self.driver()?.execute_async(DRAWN, Vec::new()).await?;
        self.driver()?.execute(STIR, Vec::new()).await?;
        self.driver()?.screenshot(&path).await?;
        Ok(path)
    }
}

/// A window that nobody sees has no frames: then a second has to do.
const DRAWN: &str = "const done = arguments[0];
setTimeout(done, 1000);
requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)));";

/// WebKit takes a picture with the next frame, and a page in which nothing moves, not even a caret, never has one: a pixel that nobody can
/// see changes until the picture is long taken.
const STIR: &str = "const pixel = document.createElement('i');
Object.assign(pixel.style, { position: 'fixed', insetBlockStart: '0', insetInlineStart: '0', inlineSize: '1px', blockSize: '1px' });
document.body.append(pixel);
let beats = 0;
const beat = setInterval(() => {
    beats += 1;
    pixel.style.backgroundColor = beats % 2 ? 'rgb(0 0 0 / 0.01)' : 'rgb(0 0 0 / 0.02)';
    if (beats < 100) return;
    clearInterval(beat);
    pixel.remove();
}, 30);";

fn by(name: &str) -> By {
    By::Css(format!("[data-testid=\"{name}\"]"))
}

/// Starts a tauri-driver, with the WebKitWebDriver behind it, and returns its port.
pub async fn driver(desktop: &Desktop, name: &str) -> Result<u16> {
    let (port, native) = (free_port().await?, free_port().await?);
    let mut command = desktop.command(desktop.programs().driver()?);
    command.args(["--port", &port.to_string(), "--native-port", &native.to_string()]);
    let process = Process::start(&format!("{name}-driver"), command, desktop.logs(), None).await?;
    for port in [port, native] {
        until(&format!("{name}'s driver"), || async {
            Ok(tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok().then_some(()))
        })
        .await?;
    }
    desktop.keep(process);
    Ok(port)
}
