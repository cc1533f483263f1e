//! Groups: those that I am in, and who is in them.

use crate::{
    Replica, Result,
    outbox::{shown, table},
    people::member_row,
    sql::{damaged, get, id},
    tables::{account, person},
};
use hearth_protocol::{
    ids::{ConversationId, GroupId},
    mutations::Intent,
    rows::{MemberRole, MemberRow, Person},
};
use sqlx::SqliteConnection;

/// A group that I am in, or that waits in the outbox to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupItem {
    pub id: GroupId,
    /// Empty while nothing has told it.
    pub name: String,
    pub about: String,
    pub role: MemberRole,
    /// That I leave it waits in the outbox.
    pub leaving: bool,
}

/// Somebody who is in a group, or is on their way into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupPerson {
    pub person: Person,
    pub role: MemberRole,
    /// That they are taken in waits in the outbox.
    pub waiting: bool,
}

/// The mutations that say who is in a group.
const WHO_IS_IN: &[&str] = &["create_group", "add_group_members", "remove_group_member"];

impl Replica {
    /// My groups by name, then those that are not made yet.
    pub async fn groups(&self) -> Result<Vec<GroupItem>> {
        let mut tx = self.read().await?;
        let rows = sqlx::query(
            "SELECT m.group_id AS id, m.role AS role, coalesce(g.name, '') AS name, coalesce(g.about, '') AS about
             FROM group_membership m LEFT JOIN group_info g ON g.id = m.group_id WHERE m.left_at IS NULL ORDER BY name, m.group_id",
        )
        .fetch_all(&mut *tx)
        .await?;
        let mut groups = Vec::with_capacity(rows.len());
        for row in &rows {
            let role = MemberRole::parse(get(row, "role")?).ok_or_else(|| damaged("a member's role"))?;
            groups.push(GroupItem { id: id(get(row, "id")?)?, name: get(row, "name")?, about: get(row, "about")?, role, leaving: false });
        }
        for (id, name) in shown::groups(&mut tx).await? {
            if groups.iter().all(|group| group.id != id) {
                groups.push(GroupItem { id, name, about: String::new(), role: MemberRole::Owner, leaving: false });
            }
        }
        let me = account::my_id(&mut tx).await?;
        for intent in table::of_names(&mut tx, WHO_IS_IN).await? {
            if let Intent::RemoveGroupMember(removed) = intent
                && Some(removed.person) == me
                && let Some(group) = groups.iter_mut().find(|group| group.id == removed.group)
            {
                group.leaving = true;
            }
        }
        Ok(groups)
    }

    /// Who is in a group, with what waits in the outbox laid over it: those who are to be taken in are there, those who are to be taken
    /// out are not.
    pub async fn people_in_group(&self, group: GroupId) -> Result<Vec<GroupPerson>> {
        let mut tx = self.read().await?;
        let rows = members(&mut tx, group).await?.into_iter().filter(|row| row.left_at.is_none());
        let mut people: Vec<GroupPerson> = rows.map(|row| GroupPerson { person: row.person, role: row.role, waiting: false }).collect();
        for intent in table::of_names(&mut tx, WHO_IS_IN).await? {
            match intent {
                Intent::CreateGroup(made) if made.group == group && people.is_empty() => {
                    let me = account::me(&mut tx).await?.map(|me| person::of_account(&me));
                    people.extend(me.map(|person| GroupPerson { person, role: MemberRole::Owner, waiting: false }));
                }
                Intent::AddGroupMembers(added) if added.group == group => {
                    for user in added.people {
                        let known = people.iter().any(|there| there.person.user == user);
                        let person = if known { None } else { person::find(&mut tx, user).await? };
                        people.extend(person.map(|person| GroupPerson { person, role: MemberRole::Member, waiting: true }));
                    }
                }
                Intent::RemoveGroupMember(removed) if removed.group == group => {
                    people.retain(|there| there.person.user != removed.person);
                }
                _ => {}
            }
        }
        Ok(people)
    }

    /// Who is or was in a group.
    pub async fn group_members(&self, group: GroupId) -> Result<Vec<MemberRow>> {
        members(&mut *self.read().await?, group).await
    }

    /// The group whose public channel a conversation is: everybody in it is in the conversation.
    pub(crate) async fn public_in(&self, conversation: ConversationId) -> Result<Option<GroupId>> {
        let group: Option<Vec<u8>> = sqlx::query_scalar("SELECT group_id FROM channel WHERE conversation = ? AND closed = 0")
            .bind(conversation.as_bytes())
            .fetch_optional(&mut *self.read().await?)
            .await?;
        group.map(|group| id(&group)).transpose()
    }
}

async fn members(tx: &mut SqliteConnection, group: GroupId) -> Result<Vec<MemberRow>> {
    let rows = sqlx::query(
        "SELECT m.role AS role, m.joined_at AS joined_at, m.left_at AS left_at, p.user AS person, p.username, p.first_name, p.last_name
         FROM group_member m JOIN person p ON p.user = m.user WHERE m.group_id = ? ORDER BY m.joined_at, m.user",
    )
    .bind(group.as_bytes())
    .fetch_all(tx)
    .await?;
    rows.iter().map(member_row).collect()
}
