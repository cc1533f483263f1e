//! Whom people know and have blocked: what each sees is what the server holds, and a block leaves nothing between two.

use super::World;
use crate::violation::{Result, Violation};
use hearth_protocol::{ids::UserId, rows::Person};
use hearth_replica::Replica;
use std::collections::BTreeSet;

impl World<'_> {
    pub(super) async fn check_friends(&mut self, person: usize, fresh: &Replica) -> Result<()> {
        let me = self.people[person].user;
        let Some(inside) = self.host.up() else { return Ok(()) };
        let [contacts, blocks] = inside.circles().await?;
        let seen = fresh.friends().await?;
        for (what, seen, held) in
            [("contacts", users(&seen.contacts), of(&contacts, me)), ("blocked", users(&seen.blocked), of(&blocks, me))]
        {
            if seen != held {
                return Err(Violation::new("friends", format!("{me} sees {what} {seen:?}, the server has {held:?}")));
            }
        }
        let barred = |other: UserId| blocks.contains(&(me, other)) || blocks.contains(&(other, me));
        if let Some(other) = of(&contacts, me).into_iter().find(|other| !contacts.contains(&(*other, me)) || barred(*other)) {
            return Err(Violation::new("friends", format!("{other} is a contact of {me}, and not the other way round, or blocked")));
        }
        let mut asking = seen.incoming.iter().chain(seen.invited.iter().map(|invited| &invited.asked));
        if let Some(asked) = asking.find(|asked| blocks.contains(&(me, asked.person.user))) {
            return Err(Violation::new("friends", format!("{me} is asked by {:?}, whom they have blocked", asked.person)));
        }
        Ok(())
    }
}

fn users(people: &[Person]) -> BTreeSet<UserId> {
    people.iter().map(|person| person.user).collect()
}

fn of(pairs: &BTreeSet<(UserId, UserId)>, me: UserId) -> BTreeSet<UserId> {
    pairs.iter().filter(|(one, _)| *one == me).map(|(_, other)| *other).collect()
}
