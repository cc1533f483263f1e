//! A person at the desktop: their profile, their window, and what they do with it. Tests read like a conversation.

use crate::{Desktop, Message, Process, SmallDisk, Window, process, until, window};
use anyhow::{Context as _, Result, bail};
use std::path::{Path, PathBuf};
use thirtyfour::Key;

/// Everybody's in tests.
pub const PASSWORD: &str = "correct horse battery staple";

#[derive(Debug)]
pub struct Person<'d> {
    name: String,
    desktop: &'d Desktop,
    profile: PathBuf,
    window: Option<Window>,
    port: u16,
    seat: (i32, i32),
    disk: Option<SmallDisk>,
}

impl<'d> Person<'d> {
    /// Somebody who has never used the app.
    pub async fn arrives(desktop: &'d Desktop, name: &str) -> Result<Self> {
        let profile = desktop.home().join("people").join(name);
        Self::returns(desktop, name, profile).await
    }

    /// Somebody with a profile.
    pub async fn returns(desktop: &'d Desktop, name: &str, profile: PathBuf) -> Result<Self> {
        let port = window::driver(desktop, name).await?;
        Ok(Self { name: name.into(), desktop, profile, window: None, port, seat: desktop.seat(), disk: None })
    }

    /// The folder with everything of theirs, apart from the keychain's entries.
    pub fn profile(&self) -> &PathBuf {
        &self.profile
    }

    /// The keychain's name of the token or the replica's key.
    pub fn keychain_entry(&self, what: &str) -> String {
        format!("{}/{what}", self.profile_name())
    }

    fn profile_name(&self) -> String {
        format!("e2e-{}", self.name)
    }

    /// From the next start on their profile lies on a disk that can be filled.
    ///
    /// # Errors
    /// This machine lets nobody mount one.
    pub async fn moves_to_a_small_disk(&mut self) -> Result<()> {
        self.disk = Some(SmallDisk::prepare(self.desktop, &self.profile).await?);
        Ok(())
    }

    pub fn disk(&self) -> Result<&SmallDisk> {
        self.disk.as_ref().with_context(|| format!("{} has no small disk", self.name))
    }

    fn app(&self) -> Result<&Path> {
        self.disk.as_ref().map_or_else(|| self.desktop.programs().app(), |disk| Ok(disk.launcher()))
    }

    fn arguments(&self, more: &[&str]) -> Result<Vec<String>> {
        let profile = self.profile.to_str().context("the temporary folder's path is not UTF-8")?;
        let own = ["--profile".to_owned(), self.profile_name(), "--profile-dir".to_owned(), profile.to_owned()];
        Ok(own.into_iter().chain(more.iter().map(|&argument| argument.to_owned())).collect())
    }

    pub async fn opens_the_app(&mut self, more: &[&str]) -> Result<()> {
        let window = Window::open(self.port, self.app()?, &self.arguments(more)?).await?;
        window.move_to(self.seat).await?;
        if let Some(disk) = &self.disk {
            disk.is_there().await?;
        }
        self.window = Some(window);
        Ok(())
    }

    /// Starts the app as a desktop does, with nobody who drives its window.
    pub async fn launches_the_app(&self) -> Result<Process> {
        let mut command = self.desktop.command(self.app()?);
        command.args(self.arguments(&[])?);
        Process::start(&format!("{}-app", self.name), command, self.desktop.logs(), None).await
    }

    /// Ends the app at once, as a power cut does: what was promised to be kept has to be kept already.
    pub async fn app_ends(&mut self) -> Result<()> {
        self.window.take().context("the app is not open")?.close().await
    }

    /// Kills the app and waits for nothing. Its driver has lost its window with that.
    pub fn app_crashes(&mut self) -> Result<()> {
        process::signal("-KILL", &self.app_process()?.to_string());
        self.window = None;
        Ok(())
    }

    /// The app's process; those of its pages are its children.
    pub fn app_process(&self) -> Result<u32> {
        let profile = self.profile.to_str().context("the temporary folder's path is not UTF-8")?;
        process::running(self.app()?, profile)?.with_context(|| format!("{}'s app does not run", self.name))
    }

    pub fn window(&self) -> Result<&Window> {
        self.window.as_ref().with_context(|| format!("{}'s app is not open", self.name))
    }

    /// Starts a server inside the app, for this computer only.
    pub async fn starts_a_server(&self) -> Result<()> {
        let window = self.window()?;
        window.click("start-server").await?;
        window.click("start-server-loopback").await?;
        window.click("start-server-go").await?;
        window.wait("sign-in-page").await.map(drop)
    }

    pub async fn connects_to(&self, link: &str) -> Result<()> {
        let window = self.window()?;
        window.fill("connect-link", link).await?;
        window.click("connect-go").await?;
        if window.wait_any(&["sign-in-page", "problem"]).await? == "problem" {
            bail!("{} could not connect: {}", self.name, window.text("problem").await?);
        }
        Ok(())
    }

    /// Fills in the form for a new account and sends it, whatever comes of it.
    pub async fn asks_to_sign_up(&self, code: Option<&str>) -> Result<()> {
        let window = self.window()?;
        if !window.has("sign-up-go").await? {
            window.click("to-sign-up").await?;
        }
        window.fill("username", &self.name).await?;
        window.fill("first-name", &capital(&self.name)).await?;
        window.fill("last-name", "Example").await?;
        window.fill("password", PASSWORD).await?;
        window.fill("password-again", PASSWORD).await?;
        if let Some(code) = code {
            window.fill("set-up-code", code).await?;
        }
        window.click("sign-up-go").await
    }

    pub async fn signs_up(&self, code: Option<&str>) -> Result<()> {
        self.asks_to_sign_up(code).await?;
        self.gets_in().await
    }

    pub async fn signs_in(&self, username: &str, password: &str) -> Result<()> {
        let window = self.window()?;
        if !window.has("sign-in-go").await? {
            window.click("to-sign-in").await?;
        }
        window.fill("username", username).await?;
        window.fill("password", password).await?;
        window.click("sign-in-go").await
    }

    /// Signs in to an account that was made here, with everybody's password.
    pub async fn signs_in_as(&self, username: &str) -> Result<()> {
        self.signs_in(username, PASSWORD).await?;
        self.gets_in().await
    }

    /// Waits for the conversations after signing up or in.
    pub async fn gets_in(&self) -> Result<()> {
        let window = self.window()?;
        if window.wait_any(&["main", "problem"]).await? == "problem" {
            bail!("{} was not let in: {}", self.name, window.text("problem").await?);
        }
        Ok(())
    }

    /// Waits until the ember says so: `offline`, `connecting`, `catching_up`, `live`, `blocked`.
    pub async fn is(&self, connection: &str) -> Result<()> {
        self.window()?.wait_attribute("ember", "data-state", connection).await
    }

    /// Looks for somebody and opens a direct conversation with them.
    pub async fn starts_talking_to(&self, username: &str) -> Result<()> {
        let window = self.window()?;
        window.click("new-conversation").await?;
        window.fill("people-query", username).await?;
        window.click_where("person", "data-username", username).await?;
        window.wait("composer").await.map(drop)
    }

    /// Opens the conversation that the list calls so.
    pub async fn opens(&self, conversation: &str) -> Result<()> {
        let window = self.window()?;
        window.click_where("conversation-row", "data-name", conversation).await?;
        window.wait("timeline").await.map(drop)
    }

    /// Types and sends; the composer is empty afterwards, for the message is kept.
    pub async fn says(&self, text: &str) -> Result<()> {
        let window = self.window()?;
        window.fill("composer", text).await?;
        window.press("composer", Key::Enter).await?;
        until(&format!("{}'s composer empty", self.name), || async { Ok(window.value("composer").await?.is_empty().then_some(())) })
            .await?;
        self.sees(text).await.map(drop)
    }

    /// Waits until the open timeline has a message with this text, and returns it.
    pub async fn sees(&self, text: &str) -> Result<Message> {
        let window = self.window()?;
        until(&format!("{} sees {text:?}", self.name), || async {
            Ok(window.messages().await?.into_iter().find(|message| message.text == text))
        })
        .await
    }

    /// Waits until a message of one's own is there in this state, and returns it. What was delivered or read has been sent.
    pub async fn sees_own(&self, text: &str, state: &str) -> Result<Message> {
        let window = self.window()?;
        until(&format!("{} sees {text:?} {state}", self.name), || async {
            let messages = window.messages().await?;
            Ok(messages.into_iter().find(|message| message.mine && message.text == text && message.is(state)))
        })
        .await
    }

    /// How often a text is in the open timeline.
    pub async fn count(&self, text: &str) -> Result<usize> {
        Ok(self.window()?.messages().await?.iter().filter(|message| message.text == text).count())
    }

    /// Searches everything and waits for a hit with these words.
    pub async fn finds(&self, query: &str, words: &str) -> Result<()> {
        let window = self.window()?;
        window.click("open-search").await?;
        window.fill("search-query", query).await?;
        until(&format!("{} finds {words:?}", self.name), || async {
            let hits = window.texts("search-hit").await?;
            Ok(hits.iter().any(|hit| hit.contains(words)).then_some(()))
        })
        .await
    }

    pub async fn leaves_the_search(&self) -> Result<()> {
        let window = self.window()?;
        window.press("search-query", Key::Escape).await?;
        window.wait_gone("search-query").await
    }

    /// The connect link that the settings show, to hand on.
    pub async fn reads_the_invitation(&self) -> Result<String> {
        let window = self.window()?;
        window.click("open-settings").await?;
        let link = window.text("server-link").await?.trim().to_owned();
        window.type_keys(Key::Escape).await?;
        window.wait_gone("server-link").await?;
        Ok(link)
    }

    /// A picture of the window, kept under the name of what it shows.
    pub async fn picture(&self, what: &str) -> Result<PathBuf> {
        self.window()?.picture(self.desktop.screens().next(&format!("{}-{what}", self.name))).await
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
