//! The page's end of the one channel of updates.

use hearth_client::view::{AccountId, Update};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tauri::ipc::Channel;

/// Where updates go; what wants to be shown before the page listens waits here.
#[derive(Default)]
pub struct Page(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    /// Of the account that the page shows: it hears nothing of another one.
    listener: Option<(AccountId, Channel<Update>)>,
    /// The newest link or conversation to show, and in which account; an older one has been overtaken.
    waiting: Option<(AccountId, Update)>,
}

impl Page {
    /// A page listens from now on, for an account. One that was reloaded, or shows another account, replaces itself.
    pub fn subscribe(&self, account: AccountId, channel: Channel<Update>) {
        let mut inner = self.lock();
        if let Some((_, update)) = inner.waiting.take_if(|(of, _)| *of == account) {
            deliver(&channel, update);
        }
        inner.listener = Some((account, channel));
    }

    /// The account that the page shows.
    pub fn account(&self) -> Option<AccountId> {
        self.lock().listener.as_ref().map(|(account, _)| *account)
    }

    /// Tells the page what is new of an account, if it shows that one. A page that comes later asks for everything, so nothing is kept.
    pub fn tell(&self, account: AccountId, update: Update) {
        if let Some((of, channel)) = &self.lock().listener
            && *of == account
        {
            deliver(channel, update);
        }
    }

    /// Tells the page what is of no account, and says whether there is one.
    pub fn tell_any(&self, update: Update) -> bool {
        self.lock().listener.as_ref().is_some_and(|(_, channel)| deliver(channel, update))
    }

    /// Tells the page what to show in an account: now, or when it shows that one, which it is asked to.
    pub fn show(&self, account: AccountId, update: Update) {
        let mut inner = self.lock();
        match &inner.listener {
            Some((of, channel)) if *of == account => {
                let _ = deliver(channel, update);
            }
            Some((_, channel)) => {
                deliver(channel, Update::ShowAccount { account });
                inner.waiting = Some((account, update));
            }
            None => inner.waiting = Some((account, update)),
        }
    }

    /// In which account something waits to be shown: a page that comes begins there.
    pub fn wanted(&self) -> Option<AccountId> {
        self.lock().waiting.as_ref().map(|(account, _)| *account)
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
        Update::ConnectLink { link: text.into(), here: false }
    }

    fn other() -> AccountId {
        "01890000-0000-7000-8000-000000000001".parse().unwrap()
    }

    #[test]
    fn a_link_waits_for_the_page_and_comes_once() {
        let page = Page::default();
        page.show(AccountId::FIRST, link("first"));
        page.show(AccountId::FIRST, link("second"));
        assert!(!page.tell_any(Update::Conversations), "nobody listens yet");
        let (channel, heard) = listener();
        page.subscribe(AccountId::FIRST, channel);
        let (again, heard_again) = listener();
        page.subscribe(AccountId::FIRST, again);
        page.show(AccountId::FIRST, link("third"));
        assert_eq!(*heard.lock().unwrap(), [r#"{"kind":"connect_link","link":"second","here":false}"#]);
        assert_eq!(*heard_again.lock().unwrap(), [r#"{"kind":"connect_link","link":"third","here":false}"#]);
    }

    #[test]
    fn a_page_hears_of_the_account_that_it_shows_and_is_asked_to_show_another() {
        let page = Page::default();
        let (channel, heard) = listener();
        page.subscribe(AccountId::FIRST, channel);
        page.tell(other(), Update::Conversations);
        page.tell(AccountId::FIRST, Update::Groups);
        page.show(other(), link("elsewhere"));
        assert_eq!(page.wanted(), Some(other()));
        let asked = format!(r#"{{"kind":"show_account","account":"{}"}}"#, other());
        assert_eq!(*heard.lock().unwrap(), [r#"{"kind":"groups"}"#.to_owned(), asked]);
        let (channel, heard) = listener();
        page.subscribe(other(), channel);
        page.tell(AccountId::FIRST, Update::Groups);
        page.tell(other(), Update::Conversations);
        assert_eq!(*heard.lock().unwrap(), [r#"{"kind":"connect_link","link":"elsewhere","here":false}"#, r#"{"kind":"conversations"}"#]);
        assert_eq!((page.account(), page.wanted()), (Some(other()), None));
    }
}
