//! The page's end of the one channel of updates.

use hearth_client::view::Update;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tauri::ipc::Channel;

/// Where updates go; what wants to be shown before the page listens waits here.
#[derive(Default)]
pub struct Page(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    channel: Option<Channel<Update>>,
    /// The newest link or conversation to show; an older one has been overtaken.
    waiting: Option<Update>,
}

impl Page {
    /// A page listens from now on. One that was reloaded replaces itself.
    pub fn subscribe(&self, channel: Channel<Update>) {
        let mut inner = self.lock();
        if let Some(update) = inner.waiting.take() {
            deliver(&channel, update);
        }
        inner.channel = Some(channel);
    }

    /// Tells the page, and says whether there is one. A page that comes later asks for everything, so nothing is kept.
    pub fn tell(&self, update: Update) -> bool {
        self.lock().channel.as_ref().is_some_and(|channel| deliver(channel, update))
    }

    /// Tells the page what to show, now or when it comes.
    pub fn show(&self, update: Update) {
        let mut inner = self.lock();
        match &inner.channel {
            Some(channel) => drop(deliver(channel, update)),
            None => inner.waiting = Some(update),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn deliver(channel: &Channel<Update>, update: Update) -> bool {
    channel.send(update).inspect_err(|error| tracing::warn!(%error, "the page did not take an update")).is_ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use std::sync::Arc;
    use tauri::ipc::InvokeResponseBody;

    fn listener() -> (Channel<Update>, Arc<Mutex<Vec<String>>>) {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ear = heard.clone();
        let channel = Channel::new(move |body| {
            if let InvokeResponseBody::Json(json) = body {
                ear.lock().unwrap().push(json);
            }
            Ok(())
        });
        (channel, heard)
    }

    fn link(text: &str) -> Update {
        Update::ConnectLink { link: text.into() }
    }

    #[test]
    fn a_link_waits_for_the_page_and_comes_once() {
        let page = Page::default();
        page.show(link("first"));
        page.show(link("second"));
        assert!(!page.tell(Update::Conversations), "nobody listens yet");
        let (channel, heard) = listener();
        page.subscribe(channel);
        let (again, heard_again) = listener();
        page.subscribe(again);
        page.show(link("third"));
        assert_eq!(*heard.lock().unwrap(), [r#"{"kind":"connect_link","link":"second"}"#]);
        assert_eq!(*heard_again.lock().unwrap(), [r#"{"kind":"connect_link","link":"third"}"#]);
    }
}
