use super::{Action, Context, Refusal, bad_request, circle::approach, invitations::arrived, join::JoinGroup};
use crate::{
    authority::{Act, Object, authorize},
    commit::{View, change::Performed},
};
use hearth_protocol::{
    limits,
    mutations::AddGroupMembers,
    row::RowKey,
    rows::{GroupMemberRow, MemberRole, RowKind},
    stream::StreamId,
};
use std::collections::BTreeSet;

/// Takes people into a group: two rows for each, however many channels it has.
impl Action for AddGroupMembers {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let group = self.group;
        let role = view.group_member(group, context.actor).await?.map(|member| member.role);
        authorize(context.actor, Act::AddGroupMembers, Object::Place { role })?;
        if self.people.len() > limits::MEMBERS_PER_CHANGE_MAX {
            return Err(bad_request("At most 500 people can be added at once. Add the others afterwards.").into());
        }
        let mut present = view.group(group).await?.map_or(0, |facts| facts.present().count());
        let join = JoinGroup { group, at: context.now };
        let mut performed = Performed::default();
        let mut arriving = BTreeSet::new();
        for user in &self.people {
            let standing = view.group(group).await?.and_then(|facts| facts.standing(*user)).cloned();
            if standing.as_ref().is_some_and(|member| !member.left) {
                let key = RowKey { kind: GroupMemberRow::KIND.into(), id: user.to_string() };
                performed.existing.push((StreamId::Group(group), key));
                continue;
            }
            let person = approach(view, context, Act::TakeIn, *user).await?;
            performed.changes.extend(join.changes(person, MemberRole::Member, standing));
            arriving.insert(*user);
            present += 1;
        }
        if present > limits::GROUP_MEMBERS_MAX {
            return Err(bad_request("A group has at most 10,000 people.").into());
        }
        performed.changes.extend(arrived(view, context, group, &arriving).await?);
        Ok(performed)
    }
}
