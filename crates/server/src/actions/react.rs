use super::{
    Action, Context, Refusal, bad_request,
    circle::floor,
    look_up::{Found, look_up},
};
use crate::{
    authority::{Act, authorize},
    commit::{
        Reactions, View,
        change::{Change, Performed},
    },
    store::{reaction::Reaction, rows::Record},
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    limits,
    mutations::React,
    row::{Row, RowKey},
    rows::{ReactionRow, RowData, RowKind},
    stream::StreamId,
};

/// Puts an emoji on a message, or takes it back.
impl Action for React {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        if !is_emoji(&self.emoji) {
            return Err(bad_request("A reaction is one emoji of those that this server knows. Choose another one.").into());
        }
        let found = look_up(view, context, self.conversation, self.message).await?;
        if self.on {
            authorize(context.actor, Act::React, floor(view, context, self.conversation).await?)?;
        } else {
            authorize(context.actor, Act::TakeReactionBack, found.object())?;
        }
        let stream = StreamId::Conversation(self.conversation);
        let id = ReactionRow::id_of(self.message, context.actor, &self.emoji);
        let key = RowKey { kind: ReactionRow::KIND.into(), id };
        let there = match view.row(stream, key.clone()).await? {
            Some(Row { data: RowData::Reaction(row), .. }) => Some(row),
            _ => None,
        };
        match (self.on, there) {
            // Nothing stands on what was deleted.
            (true, _) if found.row.body.is_none() => Err(deleted(found, context)),
            (true, Some(row)) if row.at.is_some() => Ok(as_it_is(stream, key)),
            (true, _) => {
                check_room(&view.reactions(stream, self.message, context.actor).await?, &self.emoji)?;
                let (message, pos, user, emoji) = (self.message, found.row.pos, context.actor, self.emoji.clone());
                let row = ReactionRow { message, pos, user, emoji, at: Some(context.now) };
                Ok(vec![Change::new(stream, Record::Reaction(Reaction { row, removed_at: None }))].into())
            }
            (false, Some(row)) if row.at.is_some() && found.row.body.is_some() => {
                Ok(vec![Change::new(stream, Record::Reaction(Reaction::tombstone(row, context.now)))].into())
            }
            (false, Some(_)) => Ok(as_it_is(stream, key)),
            (false, None) => Ok(Performed::default()),
        }
    }
}

fn check_room(there: &Reactions, emoji: &str) -> Result<(), ApiError> {
    if there.of_user >= limits::EMOJI_PER_PERSON_MAX {
        return Err(bad_request("You can put at most 10 emoji on a message. Take one back first."));
    }
    if there.emoji.len() >= limits::EMOJI_PER_MESSAGE_MAX && !there.emoji.contains(emoji) {
        return Err(bad_request("There are 20 different emoji on this message already. Choose one of them."));
    }
    if there.all >= limits::REACTIONS_PER_MESSAGE_MAX {
        return Err(bad_request("This message has as many reactions as a message can have: 10,000."));
    }
    Ok(())
}

/// One emoji as Unicode lists it, in any tone of skin. In its fullest form alone, so that nobody has to know which others look the same.
fn is_emoji(text: &str) -> bool {
    emojis::get(text).is_some_and(|found| found.as_str() == text)
}

fn as_it_is(stream: StreamId, key: RowKey) -> Performed {
    Performed { existing: vec![(stream, key)], ..Performed::default() }
}

fn deleted(found: Found, context: &Context) -> Refusal {
    let message = "The message was deleted in between, so nothing can be put on it.";
    ApiError::new(ErrorCode::EditConflict, message).with_current(found.current(context)).into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{check_room, is_emoji};
    use crate::commit::Reactions;
    use hearth_protocol::limits::{EMOJI_PER_MESSAGE_MAX, EMOJI_PER_PERSON_MAX, REACTIONS_PER_MESSAGE_MAX};

    #[test]
    fn there_is_room_for_so_many_and_no_more() {
        let there = |kinds: usize, of_user, all| Reactions { emoji: (0..kinds).map(|n| n.to_string()).collect(), of_user, all };
        let full = EMOJI_PER_MESSAGE_MAX;
        check_room(&there(full, EMOJI_PER_PERSON_MAX - 1, REACTIONS_PER_MESSAGE_MAX - 1), "0").unwrap();
        check_room(&there(full - 1, 0, full - 1), "👍").unwrap();
        for (there, emoji) in
            [(there(1, EMOJI_PER_PERSON_MAX, 10), "0"), (there(full, 0, full), "👍"), (there(1, 0, REACTIONS_PER_MESSAGE_MAX), "0")]
        {
            check_room(&there, emoji).unwrap_err();
        }
    }

    #[test]
    fn one_emoji_in_full_is_one() {
        for emoji in ["👍", "❤️", "👍🏽", "👨‍👩‍👧", "🇳🇴", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "1️⃣", "🧑🏻‍❤️‍💋‍🧑🏿"]
        {
            assert!(is_emoji(emoji), "{emoji}");
        }
        for other in ["", " ", "a", "1", "👍👍", "👍 ", "❤", ":+1:", "<b>", "\u{1f3fd}👍", "\u{200d}"] {
            assert!(!is_emoji(other), "{other}");
        }
    }
}
