//! Who is in a conversation, with what of mine waits to change that.

use crate::{
    GroupPerson, Made, Replica, Result,
    groups::{self, become_this},
    outbox::table,
    tables::{account, person},
};
use hearth_protocol::{
    ids::{ConversationId, GroupId, UserId},
    mutations::{Intent, Lane},
    rows::MemberRole,
};
use sqlx::SqliteConnection;
use std::collections::BTreeSet;

/// The mutations that change who is in a conversation, or what.
const CHANGES: &[&str] = &["create_conversation", "create_channel", "add_members", "remove_member", "set_member_role"];

impl Replica {
    /// Who is in a conversation; those who are to be taken in are there, those who are to be taken out are not. Of a public channel, who is
    /// in its group; of a private one, those of its members who are. `group`: the one that it is in.
    pub async fn people_in(&self, conversation: ConversationId, group: Option<GroupId>) -> Result<Vec<GroupPerson>> {
        if let Some(group) = self.public_in(conversation).await? {
            return self.people_in_group(group).await;
        }
        let here = self.members(conversation).await?.into_iter().filter(|row| row.left_at.is_none());
        let mut people: Vec<GroupPerson> = here.map(GroupPerson::here).collect();
        if let Some(group) = group {
            let there = self.group_members(group).await?.into_iter().filter(|row| row.left_at.is_none());
            let there: BTreeSet<UserId> = there.map(|row| row.person.user).collect();
            people.retain(|member| there.contains(&member.person.user));
        }
        let mut tx = self.read().await?;
        for intent in table::of_names(&mut tx, CHANGES).await? {
            if intent.lane() == Lane::Conversation(conversation) {
                lay_over(&mut tx, &mut people, intent).await?;
            }
        }
        Ok(people)
    }

    /// When a conversation was made, and by whom; `None` while its own row is not here.
    pub async fn made(&self, conversation: ConversationId) -> Result<Option<Made>> {
        let mut tx = self.read().await?;
        let row = sqlx::query("SELECT created_at AS made_at, created_by AS made_by FROM conversation WHERE id = ?")
            .bind(conversation.as_bytes())
            .fetch_optional(&mut *tx)
            .await?;
        match row {
            Some(row) => groups::made(&mut tx, &row).await,
            None => Ok(None),
        }
    }
}

async fn lay_over(tx: &mut SqliteConnection, people: &mut Vec<GroupPerson>, intent: Intent) -> Result<()> {
    match intent {
        Intent::CreateConversation(made) if people.is_empty() => begin(tx, people, made.members).await,
        Intent::CreateChannel(made) if people.is_empty() => begin(tx, people, made.members).await,
        Intent::AddMembers(added) => take_in(tx, people, added.members).await,
        Intent::RemoveMember(removed) => {
            people.retain(|there| there.person.user != removed.member);
            Ok(())
        }
        Intent::SetMemberRole(set) => {
            become_this(people, set.member, set.role);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// I own what I make.
async fn begin(tx: &mut SqliteConnection, people: &mut Vec<GroupPerson>, members: BTreeSet<UserId>) -> Result<()> {
    let me = account::me(tx).await?.map(|me| person::of_account(&me));
    people.extend(me.map(|person| GroupPerson { person, role: MemberRole::Owner, joined_at: None, waiting: false }));
    take_in(tx, people, members).await
}

async fn take_in(tx: &mut SqliteConnection, people: &mut Vec<GroupPerson>, members: BTreeSet<UserId>) -> Result<()> {
    for user in members {
        let known = people.iter().any(|there| there.person.user == user);
        let person = if known { None } else { person::find(tx, user).await? };
        people.extend(person.map(|person| GroupPerson { person, role: MemberRole::Member, joined_at: None, waiting: true }));
    }
    Ok(())
}
