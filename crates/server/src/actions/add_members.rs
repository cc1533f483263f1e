use super::{
    Action, Context, Refusal, bad_request,
    circle::approach,
    happened::happened,
    join::{Join, all_in_group, refuse_fixed},
};
use crate::{
    authority::{Act, Object, authorize},
    commit::{View, change::Performed},
};
use hearth_protocol::{
    error::ApiError,
    limits,
    mutations::AddMembers,
    row::RowKey,
    rows::{MemberRow, RowKind},
    stream::StreamId,
    system::SystemEvent,
};
use std::collections::BTreeSet;

/// Takes people into a group conversation or a private channel: what they see of it depends on its setting and on whether they were there before.
impl Action for AddMembers {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let id = self.conversation;
        let Some(facts) = view.conversation_of(id, context.actor).await? else { return Err(ApiError::not_found().into()) };
        refuse_fixed(facts.kind, facts.home)?;
        let (kind, home) = (facts.kind, facts.home);
        let (shared, next_pos, mut present) = (facts.shared_history, facts.last_pos + 1, facts.present().count());
        let role = view.seat(id, context.actor).await?.map(|seat| seat.role);
        authorize(context.actor, Act::AddMembers, Object::Place { role })?;
        if self.members.len() > limits::MEMBERS_PER_CHANGE_MAX {
            return Err(bad_request("At most 500 people can be added at once. Add the others afterwards.").into());
        }
        if let Some(home) = home {
            all_in_group(view, home.group, &self.members).await?;
        }
        let join = Join { conversation: id, kind, group: home.map(|home| home.group), at: context.now };
        let (mut performed, mut added) = (Performed::default(), BTreeSet::new());
        for user in &self.members {
            let standing = view.conversation(id).await?.and_then(|facts| facts.standing(*user)).cloned();
            if standing.as_ref().is_some_and(|member| !member.left) {
                let key = RowKey { kind: MemberRow::KIND.into(), id: user.to_string() };
                performed.existing.push((StreamId::Members(id), key));
                continue;
            }
            let person = approach(view, context, Act::TakeIn, *user).await?;
            performed.changes.extend(join.later(person, standing, shared, next_pos));
            added.insert(*user);
            present += 1;
        }
        if present > limits::GROUP_MEMBERS_MAX {
            return Err(bad_request("A group has at most 10,000 people.").into());
        }
        if !added.is_empty() {
            performed.changes.push(happened(context, id, SystemEvent::Added { people: added }));
        }
        Ok(performed)
    }
}
