//! What is on the screen and how the person wants it.

use super::{Client, lock};
use crate::{
    notice::Focus,
    view::{Problem, Settings, Update},
};
use hearth_protocol::ids::{ConversationId, MessageId};

impl Client {
    pub fn settings(&self) -> Settings {
        lock(&self.0.settings).clone()
    }

    pub fn set_settings(&self, settings: Settings) -> Result<(), Problem> {
        self.0.profile.set_settings(&settings).map_err(Problem::internal)?;
        *lock(&self.0.settings) = settings.clone();
        self.tell(Update::Settings { settings });
        Ok(())
    }

    /// The conversation on the screen, and whether the window is in front: no notifications for it, its history first.
    pub async fn set_focus(&self, conversation: Option<ConversationId>, focused: bool) -> Result<(), Problem> {
        let before = std::mem::replace(&mut *lock(&self.0.focus), Focus { conversation, focused });
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

    /// Asks the page to show a conversation: a notification or a link was clicked.
    pub fn show(&self, conversation: ConversationId, message: Option<MessageId>) {
        self.tell(Update::Open { conversation, message });
    }

    /// Asks the page whether closing means staying in the tray.
    pub fn ask_close(&self) {
        self.tell(Update::AskClose);
    }

    /// Shows a connect link on the first page. Nothing is done with it before the person says so.
    pub fn offer_link(&self, link: String) {
        self.tell(Update::ConnectLink { link });
    }

    /// Try to reach the server now.
    pub async fn sync_now(&self) -> Result<(), Problem> {
        self.session()?.wake().await;
        Ok(())
    }
}
