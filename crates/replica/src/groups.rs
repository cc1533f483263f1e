//! Groups: those that I am in, and who is in them.

use crate::{
    Replica, Result,
    outbox::table,
    people::member_row,
    sql::{damaged, get, id},
};
use hearth_protocol::{
    ids::{ConversationId, GroupId},
    rows::{MemberRole, MemberRow},
};

/// A group that I am in, or that waits in the outbox to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupItem {
    pub id: GroupId,
    /// Empty while nothing has told it.
    pub name: String,
    pub about: String,
    pub role: MemberRole,
}

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
            groups.push(GroupItem { id: id(get(row, "id")?)?, name: get(row, "name")?, about: get(row, "about")?, role });
        }
        for (id, name) in table::groups(&mut tx).await? {
            if groups.iter().all(|group| group.id != id) {
                groups.push(GroupItem { id, name, about: String::new(), role: MemberRole::Owner });
            }
        }
        Ok(groups)
    }

    /// Who is or was in a group.
    pub async fn group_members(&self, group: GroupId) -> Result<Vec<MemberRow>> {
        let mut tx = self.read().await?;
        let rows = sqlx::query(
            "SELECT m.role AS role, m.joined_at AS joined_at, m.left_at AS left_at, p.user AS person, p.username, p.first_name, p.last_name
             FROM group_member m JOIN person p ON p.user = m.user WHERE m.group_id = ? ORDER BY m.joined_at, m.user",
        )
        .bind(group.as_bytes())
        .fetch_all(&mut *tx)
        .await?;
        rows.iter().map(member_row).collect()
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
