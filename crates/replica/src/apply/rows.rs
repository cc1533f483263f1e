//! Rows of a stream, kind by kind, each guarded by its seq.

use super::{Changes, NewMessage};
use crate::{
    Result,
    tables::{account, conversation, known::Known, member, membership, message, person, read_marker, stream, unknown_row},
};
use hearth_protocol::{
    Seq,
    ids::ConversationId,
    row::Row,
    rows::{MembershipRow, MessageRow, RowData},
    stream::StreamId,
};

impl Changes<'_> {
    /// Applies everything but messages, and returns those.
    pub(super) async fn rows<'r>(&mut self, stream: StreamId, rows: &'r [Row]) -> Result<Vec<(Seq, &'r MessageRow)>> {
        let mut messages = vec![];
        for row in rows {
            match (stream, &row.data) {
                (StreamId::Conversation(_), RowData::Message(message)) => messages.push((row.seq, message)),
                _ => self.row(stream, row).await?,
            }
        }
        Ok(messages)
    }

    async fn row(&mut self, stream: StreamId, row: &Row) -> Result<()> {
        match (stream, &row.data) {
            (StreamId::User(user), RowData::Account(account)) if account.user == user => {
                if account::apply(self.tx, Some(row.seq), account).await? {
                    person::learn(self.tx, &person::of_account(account)).await?;
                    self.me = Some(account.user);
                }
            }
            (StreamId::User(_), RowData::Membership(membership)) => self.membership(row.seq, membership).await?,
            (StreamId::User(_), RowData::ReadMarker(marker)) => {
                if read_marker::apply(self.tx, row.seq, marker).await? {
                    self.touch(marker.conversation);
                }
            }
            (StreamId::Conversation(id), RowData::Conversation(row_data)) => {
                if conversation::apply(self.tx, id, row.seq, row_data).await? {
                    self.touch(id);
                }
            }
            (StreamId::Members(id), RowData::Member(member)) => {
                if member::apply(self.tx, id, row.seq, member).await? {
                    person::learn(self.tx, &member.person).await?;
                    self.touch(id);
                }
            }
            (_, data) => {
                let raw = match data {
                    RowData::Unknown { raw, .. } => raw.get().to_owned(),
                    _ => crate::sql::json(row)?,
                };
                unknown_row::apply(self.tx, stream, row.seq, &row.data.key(), &raw).await?;
            }
        }
        Ok(())
    }

    async fn membership(&mut self, seq: Seq, row: &MembershipRow) -> Result<()> {
        if !membership::apply(self.tx, seq, row).await? {
            return Ok(());
        }
        if let Some(peer) = &row.peer {
            person::learn(self.tx, peer).await?;
        }
        self.touch(row.conversation);
        if row.left_at.is_some() {
            self.forget(row.conversation).await?;
        } else {
            stream::begin_conversation(self.tx, row.conversation).await?;
        }
        Ok(())
    }

    /// Applies messages of a conversation: visible where its places are known.
    pub(super) async fn messages(
        &mut self,
        conversation: ConversationId,
        known: &Known,
        rows: &[(Seq, &MessageRow)],
        live: bool,
    ) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let written = message::apply(self.tx, &mut self.index, conversation, known, rows).await?;
        if written.changed {
            self.touch(conversation);
        }
        if live {
            let appeared = written.appeared.iter().filter_map(|at| rows.get(*at)).map(|(_, row)| *row);
            let news = appeared.filter(|row| row.body.is_some() && Some(row.sender) != self.me);
            self.applied.new_messages.extend(news.map(|row| NewMessage { conversation, message: row.clone() }));
        }
        Ok(())
    }
}
