//! Why somebody was told of a message, or not.

use super::{
    Client, lock,
    telling::{Moment, facts},
    versions::message_gone,
};
use crate::{
    notice::Focus,
    rules::{self, Facts, Verdict},
    view::{Problem, WhyView},
};
use hearth_protocol::{
    Millis,
    ids::{ConversationId, MessageId},
};

impl Client {
    /// What the rules said when the message came, as long as that is remembered; or else what they would say if it came now, while its person
    /// looks elsewhere.
    ///
    /// # Errors
    /// `message_gone` when the message is deleted or not here.
    pub async fn why_told(&self, conversation: ConversationId, message: MessageId) -> Result<WhyView, Problem> {
        let session = self.session()?;
        let row = session.checked(session.replica.message_row(conversation, message).await)?;
        let row = row.filter(|row| row.body.is_some()).ok_or_else(message_gone)?;
        if let Some(kept) = lock(&session.told).of(message) {
            return Ok(view(kept.verdict.clone(), Some(kept.at_local)));
        }
        let line = session.checked(session.replica.conversation(conversation).await)?.ok_or_else(message_gone)?;
        // Whoever asks has it on the screen and has read it: that is why nobody is told of it now, and not what they ask.
        let elsewhere = Moment { focus: Focus::default(), ..self.moment(&session) };
        let facts = session.checked(facts(&session, &line, &row, &elsewhere).await)?;
        Ok(view(rules::decide(&Facts { read: false, ..facts }), None))
    }
}

fn view(verdict: Verdict, decided_at_local: Option<Millis>) -> WhyView {
    let Verdict { told, decided_by, steps } = verdict;
    WhyView { told, decided_at_local, decided_by, steps }
}
