//! What is on the screen and how the person wants it.

use super::{Client, lock};
use crate::{
    notice::Focus,
    session::Session,
    view::{Problem, Settings, Status, Update},
};
use hearth_protocol::{
    ids::{ConversationId, MessageId},
    limits::{KEYWORD_CHARS_MAX, KEYWORDS_MAX},
};
use hearth_words::Spoken;

impl Client {
    /// They are those of all accounts.
    pub fn settings(&self) -> Settings {
        self.0.profile.settings()
    }

    pub fn set_settings(&self, settings: Settings) -> Result<(), Problem> {
        let is_long = |word: &String| word.chars().count() > KEYWORD_CHARS_MAX;
        if settings.keywords.len() > KEYWORDS_MAX || settings.keywords.iter().any(is_long) {
            let most =
                format!("Hearth looks for {KEYWORDS_MAX} words at most, each of up to {KEYWORD_CHARS_MAX} characters. Take one out first.");
            return Err(Problem::new("too_many_keywords", most));
        }
        self.0.profile.set_settings(&settings).map_err(Problem::internal)?;
        self.tell(Update::Settings { settings });
        Ok(())
    }

    /// The language of the window, for what is said elsewhere: the archive, and letters of the server, which hears of it with the next connection.
    /// Like the settings it is that of all accounts.
    pub fn speak(&self, spoken: Spoken) {
        self.0.profile.language.speak(spoken);
    }

    /// What the foot of the list and the tray show, as the person wants to be told.
    pub(super) async fn status(&self, session: &Session) -> Status {
        session.status(self.settings().mentions_break_mute).await
    }

    /// Tells the numbers again: what counts is a matter of the settings, too.
    pub async fn count_again(&self) {
        if let Ok(session) = self.session() {
            self.tell(Update::Status { status: self.status(&session).await });
        }
    }

    /// The conversation on the screen, the root of the thread whose window is open, and whether the window is in front: no notifications
    /// for what is shown there, the history of the conversation first.
    pub async fn set_focus(&self, conversation: Option<ConversationId>, thread: Option<MessageId>, focused: bool) -> Result<(), Problem> {
        let before = std::mem::replace(&mut *lock(&self.0.focus), Focus { conversation, thread, focused });
        if before.conversation != conversation
            && let Ok(session) = self.session()
        {
            session.opened(conversation).await;
        }
        Ok(())
    }

    /// The person writes something: those who are there see it for a moment. Said often, told rarely; offline nobody is.
    pub async fn typing(&self, conversation: ConversationId) -> Result<(), Problem> {
        self.session()?.typing(conversation).await;
        Ok(())
    }

    /// Try to reach the server now.
    pub async fn sync_now(&self) -> Result<(), Problem> {
        self.session()?.wake().await;
        Ok(())
    }
}
