//! Groups: those that I am in, and who is in them.

use crate::{
    Replica, Result,
    outbox::{shown, table},
    people::member_row,
    sql::{damaged, get, id, optional_id},
    tables::{account, channel, person},
};
use hearth_protocol::{
    Millis,
    ids::{ConversationId, GroupId, MediaId, UserId},
    mutations::{Intent, Lane},
    rows::{MemberRole, MemberRow, Person},
};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

/// When something was made, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub at: Millis,
    /// `None` where it is not told, who it is was never learned, or their account is deleted.
    pub by: Option<Person>,
}

/// A group that I am in, or that waits in the outbox to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupItem {
    pub id: GroupId,
    /// Empty while nothing has told it.
    pub name: String,
    pub about: String,
    /// What it looks like.
    pub picture: Option<MediaId>,
    pub role: MemberRole,
    /// `None` while its own row is not here.
    pub made: Option<Made>,
    /// That I leave it waits in the outbox.
    pub leaving: bool,
    /// That it is deleted for everybody waits in the outbox.
    pub deleting: bool,
}

/// Somebody who is in a group, or is on their way into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupPerson {
    pub person: Person,
    pub role: MemberRole,
    /// Since when they are in it; `None` while that waits.
    pub joined_at: Option<Millis>,
    /// That they are taken in, or are this in it, waits in the outbox.
    pub waiting: bool,
}

impl GroupPerson {
    /// As the server has told it.
    pub(crate) fn here(row: MemberRow) -> Self {
        let MemberRow { person, role, joined_at, .. } = row;
        Self { person, role, joined_at: Some(joined_at), waiting: false }
    }
}

/// The mutations that change a group, or who is what in it.
const CHANGES: &[&str] =
    &["create_group", "edit_group", "add_group_members", "remove_group_member", "set_group_role", "hand_over_group", "delete_group"];

impl Replica {
    /// My groups by name, then those that are not made yet.
    pub async fn groups(&self) -> Result<Vec<GroupItem>> {
        let mut tx = self.read().await?;
        let rows = sqlx::query(
            "SELECT m.group_id AS id, m.role AS role, coalesce(g.name, '') AS name, coalesce(g.about, '') AS about, g.picture AS picture,
                g.created_at AS made_at, g.created_by AS made_by
             FROM group_membership m LEFT JOIN group_info g ON g.id = m.group_id WHERE m.left_at IS NULL ORDER BY name, m.group_id",
        )
        .fetch_all(&mut *tx)
        .await?;
        let mut groups = Vec::with_capacity(rows.len());
        for row in &rows {
            let role = MemberRole::parse(get(row, "role")?).ok_or_else(|| damaged("a member's role"))?;
            groups.push(GroupItem {
                id: id(get(row, "id")?)?,
                name: get(row, "name")?,
                about: get(row, "about")?,
                picture: optional_id(get(row, "picture")?)?,
                role,
                made: made(&mut tx, row).await?,
                leaving: false,
                deleting: false,
            });
        }
        for (id, name) in shown::groups(&mut tx).await? {
            if groups.iter().all(|group| group.id != id) {
                let (about, role) = (String::new(), MemberRole::Owner);
                groups.push(GroupItem { id, name, about, picture: None, role, made: None, leaving: false, deleting: false });
            }
        }
        let me = account::my_id(&mut tx).await?;
        for intent in table::of_names(&mut tx, CHANGES).await? {
            let Lane::Group(id) = intent.lane() else { continue };
            if let Some(group) = groups.iter_mut().find(|group| group.id == id) {
                lay_over(group, intent, me);
            }
        }
        Ok(groups)
    }

    /// Who is in a group, with what waits in the outbox laid over it: those who are to be taken in are there, those who are to be taken
    /// out are not.
    pub async fn people_in_group(&self, group: GroupId) -> Result<Vec<GroupPerson>> {
        let mut tx = self.read().await?;
        let rows = members(&mut tx, group).await?.into_iter().filter(|row| row.left_at.is_none());
        let mut people: Vec<GroupPerson> = rows.map(GroupPerson::here).collect();
        for intent in table::of_names(&mut tx, CHANGES).await? {
            if intent.lane() == Lane::Group(group) {
                lay_over_people(&mut tx, &mut people, intent).await?;
            }
        }
        Ok(people)
    }

    /// Who is or was in a group.
    pub async fn group_members(&self, group: GroupId) -> Result<Vec<MemberRow>> {
        members(&mut *self.read().await?, group).await
    }

    /// The channels of a group to which a text in one of its conversations may lead, by name.
    pub async fn channels_of(&self, group: GroupId, from: ConversationId) -> Result<Vec<(ConversationId, String)>> {
        channel::of_group(&mut *self.read().await?, group, from).await
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

/// Reads `made_at` and `made_by`, which are null where the row that says it is not here.
pub(crate) async fn made(tx: &mut SqliteConnection, row: &SqliteRow) -> Result<Option<Made>> {
    let Some(at) = get(row, "made_at")? else { return Ok(None) };
    let by = match optional_id(get(row, "made_by")?)? {
        Some(user) => person::find(tx, user).await?.filter(|person| !person.is_deleted()),
        None => None,
    };
    Ok(Some(Made { at, by }))
}

/// What of mine waits to change a group.
fn lay_over(group: &mut GroupItem, intent: Intent, me: Option<UserId>) {
    match intent {
        Intent::EditGroup(edit) => {
            group.name = edit.name.unwrap_or_else(|| std::mem::take(&mut group.name));
            group.about = edit.about.unwrap_or_else(|| std::mem::take(&mut group.about));
        }
        Intent::RemoveGroupMember(removed) if Some(removed.person) == me => group.leaving = true,
        Intent::HandOverGroup(handed) if Some(handed.to) != me && group.role == MemberRole::Owner => group.role = MemberRole::Admin,
        Intent::DeleteGroup(_) => group.deleting = true,
        _ => {}
    }
}

/// The same for who is what in it.
async fn lay_over_people(tx: &mut SqliteConnection, people: &mut Vec<GroupPerson>, intent: Intent) -> Result<()> {
    match intent {
        Intent::CreateGroup(_) if people.is_empty() => {
            let me = account::me(tx).await?.map(|me| person::of_account(&me));
            people.extend(me.map(|person| GroupPerson { person, role: MemberRole::Owner, joined_at: None, waiting: false }));
        }
        Intent::AddGroupMembers(added) => {
            for user in added.people {
                let known = people.iter().any(|there| there.person.user == user);
                let person = if known { None } else { person::find(tx, user).await? };
                people.extend(person.map(|person| GroupPerson { person, role: MemberRole::Member, joined_at: None, waiting: true }));
            }
        }
        Intent::RemoveGroupMember(removed) => people.retain(|there| there.person.user != removed.person),
        Intent::SetGroupRole(set) => become_this(people, set.person, set.role),
        Intent::HandOverGroup(handed) if people.iter().any(|there| there.person.user == handed.to) => {
            let others = people.iter().filter(|there| there.role == MemberRole::Owner && there.person.user != handed.to);
            let owners: Vec<UserId> = others.map(|there| there.person.user).collect();
            owners.into_iter().for_each(|owner| become_this(people, owner, MemberRole::Admin));
            become_this(people, handed.to, MemberRole::Owner);
        }
        _ => {}
    }
    Ok(())
}

pub(crate) fn become_this(people: &mut [GroupPerson], user: UserId, role: MemberRole) {
    if let Some(there) = people.iter_mut().find(|there| there.person.user == user && there.role != role) {
        (there.role, there.waiting) = (role, true);
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
