//! People and places of every kind, so that anybody can stand to anything in every way.

use crate::{
    channels,
    host::Host,
    person::{Person, message},
};
use hearth_protocol::{
    ids::{ConversationId, GroupId, MutationId},
    mutations::{Intent, RemoveGroupMember, SetGroupRole, SetMemberRole},
    rows::MemberRole,
};

pub struct Town {
    server_admin: Person,
    pub owner: Person,
    /// Of the groups that hold channels, and of conversations of several.
    pub admin: Person,
    pub member: Person,
    pub former: Person,
    pub colleague: Person,
    pub outsider: Person,
    /// The outsider on another device.
    pub elsewhere: Person,
    /// In each place too: what is done to somebody is done to them.
    pub other: Person,
    /// In the groups, and in none of their private channels: who is taken in.
    pub bystander: Person,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Direct,
    Group,
    PublicChannel,
    PrivateChannel,
    Team,
}

pub const CONVERSATIONS: [Kind; 4] = [Kind::Direct, Kind::Group, Kind::PublicChannel, Kind::PrivateChannel];

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Group => "group",
            Self::PublicChannel => "public_channel",
            Self::PrivateChannel => "private_channel",
            Self::Team => "team",
        }
    }

    /// How one can stand to such a place.
    pub fn standings(self) -> &'static [&'static str] {
        match self {
            Self::Direct => &["member", "outsider", "server_admin"],
            Self::Group | Self::PublicChannel | Self::Team => &["owner", "admin", "member", "former", "outsider", "server_admin"],
            Self::PrivateChannel => &["owner", "admin", "member", "former", "colleague", "outsider", "server_admin"],
        }
    }
}

/// A new place, and the messages in it by who wrote them.
pub struct Place {
    pub conversation: ConversationId,
    pub group: GroupId,
    written: Vec<(String, MutationId)>,
}

impl Place {
    /// Ids of nothing.
    pub fn nowhere() -> Self {
        Self { conversation: ConversationId::new(), group: GroupId::new(), written: vec![] }
    }

    /// The first message; nowhere one that is nobody's.
    pub fn first(&self) -> MutationId {
        self.written.first().map_or_else(MutationId::new, |(_, id)| *id)
    }

    /// The message that this person wrote.
    pub fn by(&self, person: &Person) -> MutationId {
        let name = person.user.to_string();
        self.written.iter().find(|(writer, _)| *writer == name).expect("their message").1
    }
}

impl Town {
    pub async fn of(host: &Host) -> Self {
        Self {
            // Whoever comes first administers the server.
            server_admin: host.resident("ada").await,
            owner: host.resident("olga").await,
            admin: host.resident("abel").await,
            member: host.resident("mia").await,
            former: host.resident("finn").await,
            colleague: host.resident("cleo").await,
            outsider: host.resident("otto").await,
            elsewhere: host.returning("otto").await,
            other: host.resident("omar").await,
            bystander: host.resident("beth").await,
        }
    }

    pub fn person(&self, standing: &str) -> &Person {
        match standing {
            "server_admin" => &self.server_admin,
            "owner" => &self.owner,
            "admin" => &self.admin,
            "member" => &self.member,
            "former" => &self.former,
            "colleague" => &self.colleague,
            "outsider" | "anybody" => &self.outsider,
            nobody => panic!("who is {nobody}?"),
        }
    }

    /// Everybody is in it who can be, has written there, and who is former has gone.
    pub async fn place(&self, kind: Kind) -> Place {
        let owner = &self.owner;
        let mut all = vec![&self.member, &self.former, &self.other];
        all.extend((kind != Kind::Direct).then_some(&self.admin));
        let mut place = Place::nowhere();
        match kind {
            Kind::Direct => place.conversation = owner.direct(&self.member).await,
            Kind::Group => {
                place.conversation = owner.group("Friends", &all, true).await;
                let promoted = SetMemberRole { conversation: place.conversation, member: self.admin.user, role: MemberRole::Admin };
                owner.perform(MutationId::new(), promoted.into()).await.expect("an admin");
            }
            Kind::PublicChannel | Kind::PrivateChannel | Kind::Team => {
                place.group = channels::team(owner, &[&all[..], &[&self.colleague, &self.bystander]].concat()).await;
                let promoted = SetGroupRole { group: place.group, person: self.admin.user, role: MemberRole::Admin };
                owner.perform(MutationId::new(), promoted.into()).await.expect("an admin");
                let private = kind == Kind::PrivateChannel;
                let channel = if private { channels::private(place.group, "plans", &all) } else { channels::channel(place.group, "plans") };
                place.conversation = channels::opens(owner, channel).await;
            }
        }
        let writers = if kind == Kind::Direct { vec![owner, &self.member] } else { [&all[..], &[owner]].concat() };
        for writer in writers {
            let id = MutationId::new();
            writer.perform(id, message(place.conversation, "here I am")).await.expect("it is sent");
            place.written.push((writer.user.to_string(), id));
        }
        match kind {
            Kind::Direct => {}
            Kind::Group | Kind::PrivateChannel => drop(owner.remove(place.conversation, &self.former).await.expect("they go")),
            Kind::PublicChannel | Kind::Team => {
                let goes: Intent = RemoveGroupMember { group: place.group, person: self.former.user }.into();
                owner.perform(MutationId::new(), goes).await.expect("they go");
            }
        }
        place
    }
}
