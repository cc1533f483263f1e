//! What a message said before it was edited: asked of the server when somebody wants to see it, and kept from then on.

use super::{Client, server::needs_server};
use crate::view::{PartChange, Problem, VersionPart, VersionView, VersionsView};
use hearth_protocol::{
    Millis,
    body::Body,
    ids::{ConversationId, MessageId},
    versions::MessageVersion,
};
use hearth_replica::Versions;
use similar::{ChangeTag, TextDiff};
use std::time::Duration;

/// After so long two texts are compared more coarsely.
const COMPARING_MAX: Duration = Duration::from_millis(100);

impl Client {
    /// A message's texts. What was looked up before is there offline as well; where earlier ones are missing, the answer says why.
    ///
    /// # Errors
    /// `message_gone` when the message is deleted or not here.
    pub async fn list_versions(&self, conversation: ConversationId, message: MessageId) -> Result<VersionsView, Problem> {
        let found = self.versions_here(conversation, message).await?;
        if found.is_whole() {
            return Ok(view(found, None));
        }
        match self.fetch_versions(conversation, message).await {
            Ok(()) => Ok(view(self.versions_here(conversation, message).await?, None)),
            Err(problem) => Ok(view(found, Some(problem))),
        }
    }

    async fn versions_here(&self, conversation: ConversationId, message: MessageId) -> Result<Versions, Problem> {
        let session = self.session()?;
        let found = session.checked(session.replica.versions(conversation, message).await)?;
        found.filter(|found| found.row.body.is_some()).ok_or_else(message_gone)
    }

    async fn fetch_versions(&self, conversation: ConversationId, message: MessageId) -> Result<(), Problem> {
        let session = self.session()?;
        let told = self.server()?.versions(conversation, message).await.map_err(needs_server)?;
        Ok(session.checked(session.replica.keep_versions(conversation, message, &told.versions).await)?)
    }
}

pub(super) fn message_gone() -> Problem {
    Problem::new("message_gone", "This message is no longer there, or is from a time when you were not in the conversation.")
}

/// What is here from before the message as it is, then that, then what it will be, each beside the one before it.
fn view(found: Versions, problem: Option<Problem>) -> VersionsView {
    let Versions { row, kept, waits } = found;
    let sent_at = row.created_at;
    let is = row.body.map(|body| MessageVersion { revision: row.revision, body, edited_at: row.edited_at });
    let there = kept.into_iter().filter(|version| version.revision < row.revision).chain(is);
    let mut all: Vec<(Option<Millis>, MessageVersion)> =
        there.map(|version| (Some(version.edited_at.unwrap_or(sent_at)), version)).collect();
    all.extend(waits.map(|body| (None, MessageVersion { revision: row.revision.saturating_add(1), body, edited_at: None })));
    let mut before: Option<MessageVersion> = None;
    let mut versions = Vec::with_capacity(all.len());
    for (at, version) in all {
        let expected = before.as_ref().map_or(0, |before| before.revision.saturating_add(1));
        let missing = version.revision.saturating_sub(expected);
        let parts = parts(before.as_ref().map(|before| &before.body), &version.body);
        versions.push(VersionView { revision: version.revision, at, missing, parts });
        before = Some(version);
    }
    VersionsView { versions, problem }
}

/// A text, word by word beside the one before it. What this build cannot read has no words.
fn parts(before: Option<&Body>, now: &Body) -> Vec<VersionPart> {
    let Some(now) = now.searchable() else { return vec![] };
    let Some(before) = before.and_then(Body::searchable) else {
        return vec![VersionPart { change: PartChange::Kept, text: now.to_owned() }];
    };
    let diff = TextDiff::configure().timeout(COMPARING_MAX).diff_unicode_words(before, now);
    let mut parts: Vec<VersionPart> = Vec::new();
    for one in diff.iter_all_changes() {
        let change = match one.tag() {
            ChangeTag::Equal => PartChange::Kept,
            ChangeTag::Insert => PartChange::Added,
            ChangeTag::Delete => PartChange::Removed,
        };
        match parts.last_mut() {
            Some(last) if last.change == change => last.text.push_str(one.value()),
            _ => parts.push(VersionPart { change, text: one.value().to_owned() }),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(before: &str, now: &str) -> String {
        let one = |part: VersionPart| match part.change {
            PartChange::Kept => part.text,
            PartChange::Added => format!("+{}+", part.text),
            PartChange::Removed => format!("-{}-", part.text),
        };
        parts(Some(&Body::text(before)), &Body::text(now)).into_iter().map(one).collect()
    }

    #[test]
    fn what_changed_is_told_word_by_word() {
        assert_eq!(drawn("See you at noon.", "See you at midnight."), "See you at -noon-+midnight+.");
        assert_eq!(drawn("one two", "one two three"), "one two+ three+");
        assert_eq!(drawn("the same", "the same"), "the same");
        assert_eq!(drawn("a\nb", "a\nc"), "a\n-b-+c+");
        // Marks stay what was typed, and markup is words.
        assert_eq!(drawn("<b>x</b>", "<b>y</b>"), "<b>-x-+y+</b>");
    }

    #[test]
    fn what_is_kept_and_added_is_the_text_and_what_is_kept_and_removed_the_one_before() {
        let texts = ["", "one", "Ein Wort, noch ein Wort.", "今日はいい天気ですね", "今日は悪い天気ですね", "مرحبا بالعالم", "👨‍👩‍👧 at home"];
        for before in texts {
            for now in texts {
                let parts = parts(Some(&Body::text(before)), &Body::text(now));
                let without =
                    |left_out| parts.iter().filter(|part| part.change != left_out).map(|part| part.text.as_str()).collect::<String>();
                assert_eq!((without(PartChange::Added).as_str(), without(PartChange::Removed).as_str()), (before, now));
            }
        }
    }
}
